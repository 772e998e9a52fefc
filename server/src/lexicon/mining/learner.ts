/** Learns a lexicon in its stored form from documents of any origin. */

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
  /** Hash of its bytes. */
  readonly hash: string;
  /** 0 or absent if unknown. */
  readonly year?: number;
  /** Whether it is a text of the central authorities. */
  readonly central?: boolean;
  /** The folder or series that it belongs to. */
  readonly source?: string;
  /**
   * Contributes no phrases and no n-grams, but dates the use of phrases and shows which other forms are written: for
   * documents too old to be suggested from.
   */
  readonly history?: boolean;
}

export interface LearnedLexicon {
  /** The stored form, see {@link import('../model/store').loadLexicon}. */
  readonly json: string;
  readonly source: LexiconSource;
  /** Names of the documents left out as near-duplicates of another. */
  readonly duplicates: readonly string[];
  readonly phrases: readonly Phrase[];
}

/**
 * Learns from the documents it is given. Caches the prepared form of each text, so that learning again after a change
 * prepares only the changed document.
 */
export class Learner {
  private prepared = new Map<string, string>();
  /** Dates of documents, by their hash and path. */
  private datings = new Map<string, Dating>();

  /** `clean` repairs damaged text before it is learned from and must not throw. */
  constructor(private readonly clean: Cleaner) {}

  /** The prepared form of a text identified by the hash of its bytes; `read` returns the text if it is new. */
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

  /** The prepared text of a document; empty if it was not prepared. */
  textOf(hash: string): string {
    return this.prepared.get(hash) ?? '';
  }

  /** The date and origin of the document at `file`, once it has been prepared. */
  dating(hash: string, file: string): Dating {
    return this.datings.get(`${hash} ${file}`) ?? UNDATED;
  }

  /**
   * Learns from prepared documents, sorted by their hashes, so that the result does not depend on how they were found.
   * `inputs` identifies what was read, see {@link inputsOf}. Cached forms of other documents are dropped.
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

/** The order in which documents are learned from: independent of where they were found. */
export function byHash(one: LearnedDocument, other: LearnedDocument): number {
  if (one.hash !== other.hash) return one.hash < other.hash ? -1 : 1;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

/** `document`, whose prepared text is `text`, in the form for a survey. */
export function surveyedText({ year = 0, source = '' }: Omit<LearnedDocument, 'name'>, text: string): SurveyedText {
  return { text, year, source };
}

/** The phrases supplemented by the survey of all texts, from `sources` sources; `sightings` are in the same order. */
export function withLives(
  phrases: readonly Phrase[],
  sightings: readonly PhraseSightings[],
  sources: number,
): Phrase[] {
  return phrases.map((phrase, index): Phrase => {
    const life = lifeOf(sightings[index] as PhraseSightings);
    // Neighbours are counted only where the phrase was mined.
    const scale = Math.max(1, life.count / phrase.count);
    const scaled = (neighbours: readonly Neighbour[]): Neighbour[] =>
      neighbours.map(([text, count]) => [text, Math.round(count * scale)]);
    // A phrase from a single source is not used for proofreading: it counts for completion only.
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
 * Minimum number of documents with a phrase for proofreading, given the years of the surveyed documents (0 if unknown):
 * a share of those that are not older than the phrase.
 */
export function leastWidespread(years: readonly number[]): { minDocuments: number; minDocumentsSince: LeastSince } {
  const part = (documents: number): number => Math.round(documents * WIDESPREAD_PART);
  const minDocuments = Math.max(MIN_DOCUMENTS, part(years.length));
  const floor = Math.max(MIN_DOCUMENTS, Math.round(minDocuments * MIN_PART));
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
/** Share of mining in the progress. */
const MINING = 0.8;
/** A phrase in this share of all documents is widespread enough for proofreading. */
const WIDESPREAD_PART = 0.01;
/** And this share of the documents required for older phrases: few documents are from the newest year. */
const MIN_PART = 0.2;

/** Identifies the files (by the hashes of their bytes, in any order) and settings that a lexicon is learned from. */
export function inputsOf(hashes: readonly string[], options: MineOptions): string {
  const key = [...new Set(hashes)].sort().join(' ');
  // FNV-1a twice: distinguishes versions, no protection against an adversary.
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
