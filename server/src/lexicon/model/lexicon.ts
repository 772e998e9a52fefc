/** What was learned from a corpus, as the features read it. */
import type { NgramTable } from '../mining/ngrams';

/** A neighbour of a phrase and how often it stands there. */
export type Neighbour = readonly [text: string, count: number];

/** A phrase that many documents write the same way. */
export interface Phrase {
  /** The canonical form, with its quotation marks. */
  readonly text: string;
  readonly count: number;
  /** In how many documents it stands. */
  readonly documents: number;
  /** In how many of them that are the writer's own; absent for none. */
  readonly own?: number;
  /** The first and the last year of the documents that have it; absent where no document has a date. */
  readonly since?: number;
  readonly until?: number;
  /** For a term like “两个维护”: the terms that stand with it in this order, itself among them. */
  readonly series?: Series;
  /** What usually stands right before and after it, most frequent first. */
  readonly before: readonly Neighbour[];
  readonly after: readonly Neighbour[];
  /** Other ways of writing the same words, with their counts. */
  readonly variants: readonly Neighbour[];
}

/** Numeral-quoted terms that stand together in one order: “四个意识” “四个自信” “两个维护”. */
export interface Series {
  readonly members: readonly string[];
  readonly count: number;
  readonly documents: number;
  /** How often two of its members stand together in another order; absent where it was not counted. */
  readonly turned?: number;
  /** How often each member is left out where its neighbours in the series stand together; absent where not counted. */
  readonly leftOut?: readonly number[];
  /** In how many documents of the writer's own it stands, where it was learned from these. */
  readonly own?: number;
}

/** What tells how widespread words are: in how many documents they stand, how many of these are the writer's own, since when. */
export type Spread = Pick<Phrase, 'documents' | 'own' | 'since'>;

/** What the lexicon was learned from. */
export interface LexiconSource {
  readonly documents: number;
  readonly duplicates: number;
  readonly characters: number;
  /** How many of the documents are the writer's own; absent for none. */
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
  /**
   * Proofreading goes by phrases that stand in this many documents at least: fewer than those of completion, and
   * widespread.
   */
  readonly minDocuments: number;
  /** How many times the documents have the words that must have them to proofread by; older documents cannot have new words. */
  spread(words: Spread): number;
  /** Forms that look like slips and stand in the texts surveyed, with the number of documents that have them. */
  readonly nearForms: ReadonlyMap<string, number>;
  /** The phrase with this canonical form or variant. */
  find(text: string): Phrase | undefined;
  /** Phrases that begin with `prefix`, the most useful first. */
  startingWith(prefix: string, limit: number): Phrase[];
}
