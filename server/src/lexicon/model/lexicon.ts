/** What was learned from a corpus, as the features read it. */
import type { NgramTable } from '../mining/ngrams';

/** A neighbour of a phrase and its count. */
export type Neighbour = readonly [text: string, count: number];

/** A phrase that many documents write the same way. */
export interface Phrase {
  /** The canonical form, with its quotation marks. */
  readonly text: string;
  readonly count: number;
  /** Number of documents that contain it. */
  readonly documents: number;
  /** Number of these that are the writer's own; absent for none. */
  readonly own?: number;
  /** The first and the last year of the documents that have it; absent if no document has a date. */
  readonly since?: number;
  readonly until?: number;
  /** For a term like “两个维护”: the terms listed with it in this order, including itself. */
  readonly series?: Series;
  /** What usually directly precedes and follows it, most frequent first. */
  readonly before: readonly Neighbour[];
  readonly after: readonly Neighbour[];
  /** Other forms of the same words, with their counts. */
  readonly variants: readonly Neighbour[];
}

/** Numeral-quoted terms that occur together in one order: “四个意识” “四个自信” “两个维护”. */
export interface Series {
  readonly members: readonly string[];
  readonly count: number;
  readonly documents: number;
  /** How often two of its members occur together in another order; absent if not counted. */
  readonly turned?: number;
  /** How often each member is missing between its neighbours in the series; absent if not counted. */
  readonly leftOut?: readonly number[];
  /** Number of the writer's own documents that contain it, if it was learned from these. */
  readonly own?: number;
}

/** Data on how widespread words are: the number of documents, how many of these are the writer's own, since when. */
export type Spread = Pick<Phrase, 'documents' | 'own' | 'since'>;

/** Years, ascending, and the minimum number of documents for proofreading with words in use from then on. */
export type LeastSince = readonly (readonly [year: number, documents: number])[];

/** The minimum number of documents for proofreading with words. */
export interface LeastDocuments {
  readonly documents: number;
  readonly since: LeastSince;
}

/** What the lexicon was learned from. */
export interface LexiconSource {
  readonly documents: number;
  readonly duplicates: number;
  readonly characters: number;
  /** Number of the documents that are the writer's own; absent for none. */
  readonly own?: number;
}

export interface Lexicon {
  /** The most useful first: in many documents, and long. */
  readonly phrases: readonly Phrase[];
  readonly series: readonly Series[];
  readonly source: LexiconSource;
  /** A hash of the documents and settings that it was learned from. */
  readonly inputs: string;
  readonly ngrams: NgramTable;
  /** Proofreading uses phrases in at least this many documents: fewer than completion does, and widespread ones. */
  readonly minDocuments: number;
  /** The same as it is stored, by the year in which words came up; a second one is required of the writer's own documents. */
  readonly required: readonly LeastDocuments[];
  /**
   * The number of documents with the words as a multiple of the number required for proofreading; older documents
   * cannot contain new words.
   */
  spread(words: Spread): number;
  /** Forms that look like slips and occur in the surveyed texts, with the number of documents that have them. */
  readonly nearForms: ReadonlyMap<string, number>;
  /** The phrase with this canonical form or variant. */
  find(text: string): Phrase | undefined;
  /** Phrases that begin with `prefix`, the most useful first. */
  startingWith(prefix: string, limit: number): Phrase[];
}
