/** From documents to a stored lexicon, wherever the documents come from. */

import type { LexiconSource, Phrase } from '../model/lexicon';
import { LEXICON_VERSION, loadLexicon, storeLexicon } from '../model/store';
import { joinDocuments } from './corpus';
import { type MineOptions, mine } from './mine';
import { nearFormsIn } from './nearForms';
import { type Cleaner, prepareText } from './prepare';

export interface LearnedLexicon {
  /** The stored form, see {@link import('../model/store').loadLexicon}. */
  readonly json: string;
  readonly source: LexiconSource;
  /** Names of the documents left out because they are nearly the same as another. */
  readonly duplicates: readonly string[];
  readonly phrases: readonly Phrase[];
}

/**
 * Learns from the documents it is given. Keeps what it made of each text, so that learning again after one of them
 * changed prepares that one only.
 */
export class Learner {
  private prepared = new Map<string, string>();

  /** `clean` mends damaged text before it is learned from and must not throw. */
  constructor(private readonly clean: Cleaner) {}

  /** The prepared form of a text known by the hash of its bytes; `read` gives the text if it is new. */
  async prepare(hash: string, read: () => Promise<string>): Promise<string> {
    const known = this.prepared.get(hash);
    if (known !== undefined) return known;
    const text = await prepareText(await read(), this.clean);
    this.prepared.set(hash, text);
    return text;
  }

  /**
   * Learns from prepared documents, which it takes in the order of their hashes, so that the result does not depend on
   * how they were found. `inputs` identifies what was read, see {@link inputsOf}. What is prepared of other documents is
   * forgotten.
   */
  learn(
    documents: readonly { readonly name: string; readonly hash: string }[],
    options: MineOptions,
    progress: (part: number) => void = () => {},
    inputs = inputsOf(
      documents.map(({ hash }) => hash),
      options,
    ),
  ): LearnedLexicon {
    const sorted = [...documents].sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
    const texts = sorted.map(({ hash }) => this.prepared.get(hash) ?? '');
    this.prepared = new Map(sorted.map(({ hash }, index) => [hash, texts[index] as string]));
    const corpus = joinDocuments(texts);
    const mined = mine(corpus, options, progress);
    const source: LexiconSource = {
      documents: corpus.documentCount,
      duplicates: corpus.duplicates.length,
      characters: corpus.text.length,
    };
    const learned = loadLexicon(storeLexicon({ ...mined, source, inputs }));
    const nearForms = nearFormsIn(learned, texts, () => progress(1));
    return {
      json: storeLexicon({ ...mined, source, inputs, nearForms }),
      source,
      duplicates: corpus.duplicates.map((index) => sorted[index]?.name ?? ''),
      phrases: mined.phrases,
    };
  }
}

/** Identifies the files (by the hashes of their bytes, in any order) and settings that a lexicon is learned from. */
export function inputsOf(hashes: readonly string[], options: MineOptions): string {
  const key = [...new Set(hashes)].sort().join(' ');
  // FNV-1a twice: this tells versions apart, it keeps nobody out.
  let low = 0x811c9dc5;
  let high = 0x01234567;
  for (let at = 0; at < key.length; at++) {
    low = Math.imul(low ^ key.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ key.charCodeAt(at), 0x85ebca6b) ^ (high >>> 13);
  }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  return `${LEXICON_VERSION}-${options.minDocuments ?? 'auto'}-${hex(low)}${hex(high)}`;
}
