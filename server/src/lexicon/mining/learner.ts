/** From documents to a stored lexicon, wherever the documents come from. */

import { type Dating, datingOf } from '../intake/dating';
import type { LexiconSource, Neighbour, Phrase } from '../model/lexicon';
import { LEXICON_VERSION, type LeastSince, loadLexicon, MIN_DOCUMENTS, storeLexicon } from '../model/store';
import { joinDocuments } from './corpus';
import { type MineOptions, mine } from './mine';
import { type Cleaner, prepareText } from './prepare';
import { formsMeant, lifeOf, nearFormsIn, type PhraseSightings, type SurveyedText, sightingsOf } from './survey';

/** A document to learn from. */
export interface LearnedDocument {
  readonly name: string;
  /** Of its bytes. */
  readonly hash: string;
  /** 0 or absent where it is not known. */
  readonly year?: number;
  /** A text of the central authorities. */
  readonly central?: boolean;
  /** What it belongs to: a folder, a series. */
  readonly source?: string;
  /**
   * Gives no phrases and no n-grams, but tells since when phrases are in use and which other forms are written: what is
   * too old to be offered.
   */
  readonly history?: boolean;
}

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
  /** What dates documents, by their hash and path. */
  private datings = new Map<string, Dating>();

  /** `clean` mends damaged text before it is learned from and must not throw. */
  constructor(private readonly clean: Cleaner) {}

  /** The prepared form of a text known by the hash of its bytes; `read` gives the text if it is new. */
  async prepare(hash: string, read: () => Promise<string>, file = hash): Promise<string> {
    const known = this.prepared.get(hash);
    const key = `${hash} ${file}`;
    if (known !== undefined && this.datings.has(key)) return known;
    const raw = await read();
    this.datings.set(key, datingOf(file, raw));
    if (known !== undefined) return known;
    const text = await prepareText(raw, this.clean);
    this.prepared.set(hash, text);
    return text;
  }

  /** The prepared text of a document; empty where it was not prepared. */
  textOf(hash: string): string {
    return this.prepared.get(hash) ?? '';
  }

  /** What is known of the date and origin of the document at `file`, once it has been prepared. */
  dating(hash: string, file: string): Dating {
    return this.datings.get(`${hash} ${file}`) ?? UNDATED;
  }

  /**
   * Learns from prepared documents, which it takes in the order of their hashes, so that the result does not depend on
   * how they were found. `inputs` identifies what was read, see {@link inputsOf}. What is prepared of other documents is
   * forgotten.
   */
  learn(
    documents: readonly LearnedDocument[],
    options: MineOptions,
    progress: (part: number) => void = () => {},
    inputs = inputsOf(
      documents.map(({ hash }) => hash),
      options,
    ),
  ): LearnedLexicon {
    const sorted = [...documents].sort(byHash);
    const textOf = ({ hash }: LearnedDocument): string => this.textOf(hash);
    const fresh = sorted.filter(({ history }) => !history);
    const corpus = joinDocuments(fresh.map(textOf));
    const left = new Set(corpus.duplicates);
    const kept = fresh.filter((_, index) => !left.has(index));
    const mined = mine(corpus, options, (part) => progress(MINING * part), {
      years: kept.map(({ year = 0 }) => year),
      central: kept.map(({ central }) => (central ? 1 : 0)),
    });
    const source: LexiconSource = {
      documents: corpus.documentCount,
      duplicates: corpus.duplicates.length,
      characters: corpus.text.length,
    };
    const surveyed = [...kept, ...sorted.filter(({ history }) => history)].map(
      (document): SurveyedText => surveyedText(document, textOf(document)),
    );
    let done = 0;
    const pause = (): void => progress(MINING + ((1 - MINING) * done++) / (2 * surveyed.length));
    const texts = mined.phrases.map(({ text }) => text);
    const phrases = withLives(
      mined.phrases,
      sightingsOf(texts, surveyed, pause),
      new Set(surveyed.map((one) => one.source)).size,
    );
    const contents = { ...mined, phrases, source, inputs, ...leastWidespread(surveyed.map(({ year }) => year)) };
    const nearForms = formsMeant(nearFormsIn(loadLexicon(storeLexicon(contents)), surveyed, pause));
    this.prepared = new Map(sorted.map((document) => [document.hash, textOf(document)]));
    progress(1);
    return {
      json: storeLexicon({ ...contents, nearForms }),
      source,
      duplicates: corpus.duplicates.map((index) => fresh[index]?.name ?? ''),
      phrases,
    };
  }
}

/** The order in which documents are learned from: the same wherever they were found. */
export function byHash(one: LearnedDocument, other: LearnedDocument): number {
  if (one.hash !== other.hash) return one.hash < other.hash ? -1 : 1;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

/** `document`, whose prepared text is `text`, as it is surveyed. */
export function surveyedText({ year = 0, source = '' }: Omit<LearnedDocument, 'name'>, text: string): SurveyedText {
  return { text, year, source };
}

/** The phrases with what all texts surveyed, from so many `sources`, tell of them; `sightings` are in the same order. */
export function withLives(
  phrases: readonly Phrase[],
  sightings: readonly PhraseSightings[],
  sources: number,
): Phrase[] {
  return phrases.map((phrase, index): Phrase => {
    const life = lifeOf(sightings[index] as PhraseSightings);
    // Neighbours are counted where the phrase was mined.
    const scale = Math.max(1, life.count / phrase.count);
    const scaled = (neighbours: readonly Neighbour[]): Neighbour[] =>
      neighbours.map(([text, count]) => [text, Math.round(count * scale)]);
    // What one source alone writes is proofread by nobody: it counts for completion only.
    const documents = sources > 1 && life.sources.size < 2 ? phrase.documents : life.documents;
    return {
      ...phrase,
      count: Math.max(phrase.count, life.count),
      documents: Math.max(phrase.documents, documents),
      before: scaled(phrase.before),
      after: scaled(phrase.after),
      ...(life.since > 0 && { since: life.since, until: life.until }),
    };
  });
}

/**
 * In how many documents a phrase must stand to proofread by, where documents of these years (0 where it is not known) were
 * surveyed: a part of those that are not older than the phrase.
 */
export function leastWidespread(years: readonly number[]): { minDocuments: number; minDocumentsSince: LeastSince } {
  const part = (documents: number): number => Math.round(documents * WIDESPREAD_PART);
  const minDocuments = Math.max(MIN_DOCUMENTS, part(years.length));
  const floor = Math.max(MIN_DOCUMENTS, Math.round(minDocuments * LEAST_PART));
  const minDocumentsSince: (readonly [number, number])[] = [];
  let last = minDocuments;
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const written = years.filter((other) => other === 0 || other >= year).length;
    const since = year > 0 ? Math.max(floor, part(written)) : last;
    if (since < last) minDocumentsSince.push([year, since]);
    last = since;
  }
  return { minDocuments, minDocumentsSince };
}

const UNDATED: Dating = { year: 0, central: false, source: '' };
/** The part of the work that mining is. */
const MINING = 0.8;
/** What stands in this part of all documents is widespread enough to proofread by. */
const WIDESPREAD_PART = 0.01;
/** And this part of the documents that older words need: of the newest year there are few. */
const LEAST_PART = 0.2;

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
  const caps = [options.minDocuments, options.maxNgrams].map((value) => value ?? 'auto').join('-');
  return `${LEXICON_VERSION}-${caps}-${hex(low)}${hex(high)}`;
}
