/** Searches passages of other drafts on the topic of a query: BM25 over sentences, with MiniSearch. */
import MiniSearch from 'minisearch';
import { sentencesOf } from '../compare/sentences';
import type { Resumable } from '../text/resumable';

/** A sentence of another draft. */
export interface Passage {
  readonly text: string;
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
  readonly score: number;
}

interface Entry {
  readonly id: string;
  readonly text: string;
  readonly uri: string;
  readonly line: number;
}

/** A draft to be searched; the same object as long as its text is unchanged. */
export interface SearchedDraft {
  readonly uri: string;
  readonly text: string;
}

const MIN_LENGTH = 12;
const MAX_LENGTH = 600;
const MAX_QUERY = 400;

/** An index over a changing set of drafts: only changed ones are read again. */
export class PassageIndex {
  private readonly index = new MiniSearch<Entry>({
    fields: ['text'],
    storeFields: ['text', 'uri', 'line'],
    tokenize: pairsOf,
    processTerm: (term) => term.toLowerCase(),
  });
  private readonly known = new Map<string, { readonly text: string; readonly ids: readonly string[] }>();

  /** Version numbers for the sentences of drafts: MiniSearch removes discarded ids only gradually. */
  private versions = 0;

  /**
   * Updates the index to exactly these drafts, one after the other; if abandoned half way, it can be searched and
   * updated.
   */
  *update(drafts: readonly SearchedDraft[]): Resumable<void> {
    const wanted = new Map(drafts.map(({ uri, text }) => [uri, text]));
    for (const [uri, { text, ids }] of this.known) {
      if (wanted.get(uri) === text) continue;
      this.index.discardAll(ids);
      this.known.delete(uri);
      yield;
    }
    for (const [uri, text] of wanted) {
      if (this.known.has(uri)) continue;
      const entries = entriesOf(uri, text, this.versions++);
      this.index.addAll(entries);
      this.known.set(uri, { text, ids: entries.map(({ id }) => id) });
      yield;
    }
  }

  /**
   * At most `limit` passages on the topic of `query`, the best first; a sentence that many drafts share is returned
   * once.
   */
  find(query: string, limit: number): Passage[] {
    const passages = new Map<string, Passage>();
    for (const { text, uri, line, score } of this.index.search(query.slice(0, MAX_QUERY))) {
      if (!passages.has(text)) passages.set(text, { text, uri, line, score });
      if (passages.size >= limit) break;
    }
    return [...passages.values()];
  }
}

function entriesOf(uri: string, text: string, version: number): Entry[] {
  const entries: Entry[] = [];
  for (const [line, words] of text.split(/\r\n|\r|\n/).entries()) {
    for (const [index, sentence] of sentencesOf(words).entries()) {
      if (sentence.length < MIN_LENGTH || sentence.length > MAX_LENGTH) continue;
      entries.push({ id: `${version}:${line}:${index}`, text: sentence, uri, line });
    }
  }
  return entries;
}

/** Pairs of adjacent ideographs, and words of letters and figures. */
export function pairsOf(text: string): string[] {
  const terms: string[] = [];
  for (const run of text.match(/[\u4e00-\u9fff]{1,600}|[A-Za-z0-9.]{1,40}/g) ?? []) {
    if (/^[A-Za-z0-9]/.test(run) || run.length === 1) terms.push(run);
    else for (let at = 0; at + 1 < run.length; at++) terms.push(run.slice(at, at + 2));
  }
  return terms;
}
