/** Mines a corpus: useful phrases, with their neighbours and series, and the n-grams for completion. */

import type { Phrase, Series } from '../model/lexicon';
import { BoundaryModel } from './boundaries';
import {
  candidateOf,
  kindOf,
  MAX_PHRASE_LENGTH,
  MIN_PHRASE_LENGTH,
  mayBeginAfter,
  type PhraseCandidate,
} from './candidates';
import { type ChosenPhrase, choosePhrases, isWidespread } from './choosing';
import type { Corpus } from './corpus';
import { Interpolation } from './interpolation';
import { commonPrefixes, type IntervalVisitor, visitIntervals } from './lcp';
import { type NeighbourCounts, NeighbourFinder, neighboursOf } from './neighbours';
import { NgramCounts, prunedNgrams, type RunSource, runsOf, type Weighting } from './ngramCounts';
import { NGRAM_ORDER, NgramTable, type StoredNgrams, storeNgrams } from './ngrams';
import { isBorderAfter, OccurrenceCounter, sideOf } from './occurrences';
import { CorpusPlan, type DocumentFacts } from './plan';
import { chooseSeries, countSeries } from './series';
import { suffixArray } from './suffixArray';

export type { DocumentFacts };

export interface MineOptions {
  /** Minimum number of documents with a phrase. The default grows with the number of documents. */
  readonly minDocuments?: number | undefined;
  /** Maximum number of phrases and n-grams kept. */
  readonly maxPhrases?: number;
  readonly maxNgrams?: number;
}

/** Called between the steps, with the share of the work done. May throw to stop the work. */
export type MineProgress = (part: number) => void;

export interface Mined {
  readonly phrases: Phrase[];
  readonly series: Series[];
  readonly ngrams: StoredNgrams;
}

const MAX_PHRASES = 6_000;
/** Four megabytes in the stored form. */
const MAX_NGRAMS = 1_290_000;

/** Mines `corpus` in one go. Linear in its length except for sorting the results; reports progress from 0 to 1. */
export function mine(
  corpus: Corpus,
  options: MineOptions = {},
  progress: MineProgress = () => {},
  facts?: DocumentFacts,
): Mined {
  const { text, documents } = corpus;
  const plan = new CorpusPlan(corpus.documentCount, facts, options.minDocuments);
  const places = [...Array(corpus.documentCount).keys()];
  progress(0);
  const suffixes = suffixArray(text);
  progress(0.5);
  const prefixes = commonPrefixes(text, suffixes);
  progress(0.65);
  const boundaries = BoundaryModel.of(text);
  const counter = new OccurrenceCounter(corpus, suffixes, plan, places);
  progress(0.7);

  const sources = { text, suffixes, counter, boundaries };
  const candidates: PhraseCandidate[] = [];
  const visit: IntervalVisitor = (first, last, length, parent, inDocuments, recent) => {
    if (parent >= MAX_PHRASE_LENGTH || length < MIN_PHRASE_LENGTH) return;
    if (!isWidespread({ documents: inDocuments, recent }, plan)) return;
    candidates.push(...candidatesOf({ first, last, length, parent }, sources));
  };
  visitIntervals(
    suffixes,
    prefixes,
    documents,
    visit,
    Uint8Array.from(places, (place) => (plan.isRecent(plan.yearOf(place)) ? 1 : 0)),
  );
  progress(0.85);
  const parts = new Map<string, number>();
  const countOf = (part: string): number => {
    let count = parts.get(part);
    if (count === undefined) {
      count = counter.find(part).count;
      parts.set(part, count);
    }
    return count;
  };
  const chosen = choosePhrases(candidates, plan, text.length, countOf, mostPhrases(options));
  progress(0.9);
  const heldOut = [...plan.heldOut()].map((document) => heldOutText(corpus, document));
  const ngrams = storedNgrams(
    runsOf(text, suffixes, prefixes, (place) => documents.documentOf(place)),
    plan,
    heldOut,
    options,
  );
  progress(0.95);
  const series = chooseSeries(countSeries(corpus), plan.minDocuments);
  const neighbours = new NeighbourFinder(corpus, boundaries).count(chosen.map(({ candidate }) => candidate.text));
  progress(1);
  return { phrases: phrasesOf(chosen, series, neighbours), series, ngrams };
}

/** An LCP interval: the suffixes from `first` to `last` share `length` units, those around them only `parent`. */
interface Interval {
  readonly first: number;
  readonly last: number;
  readonly length: number;
  readonly parent: number;
}

interface CandidateSources {
  readonly text: Uint16Array;
  readonly suffixes: Int32Array;
  readonly counter: OccurrenceCounter;
  readonly boundaries: BoundaryModel;
}

/** The candidates among the substrings of one LCP interval: those that end before a border, and the longest. */
function candidatesOf({ first, last, length, parent }: Interval, sources: CandidateSources): PhraseCandidate[] {
  const { text, suffixes, counter, boundaries } = sources;
  const found: PhraseCandidate[] = [];
  const start = suffixes[first] as number;
  const longest = Math.min(length, MAX_PHRASE_LENGTH);
  let left: ReturnType<typeof sideOf> | undefined;
  for (let size = Math.max(parent + 1, MIN_PHRASE_LENGTH); size <= longest; size++) {
    if (size < length && !isBorderAfter(text[start + size] as number)) continue;
    const string = String.fromCharCode(...text.subarray(start, start + size));
    const kind = kindOf(string);
    if (!kind) continue;
    left ??= sideOf(counter.side(first, last, -1), true);
    if (!mayBeginAfter(string, left)) continue;
    const counted = counter.count(first, last, size);
    const candidate = candidateOf(string, kind, counted, boundaries, left);
    if (candidate) found.push(candidate);
  }
  return found;
}

/** Maximum number of phrases kept. */
export function mostPhrases({ maxPhrases = MAX_PHRASES }: MineOptions): number {
  return maxPhrases;
}

/** Maximum number of characters of each held-out document. */
const MAX_HELD_OUT_LENGTH = 20_000;

/** The part of a held-out document that is used. */
export function heldOutText(corpus: Corpus, document: number): string {
  // The separator before the first document belongs to none.
  const start = Math.max(1, corpus.documents.startOf(document));
  const end = Math.min(start + MAX_HELD_OUT_LENGTH, corpus.documents.endOf(document));
  return new TextDecoder('utf-16le').decode(corpus.text.slice(start, end));
}

/**
 * The most informative n-grams of the runs of all documents, and the interpolation weights, learned on held-out
 * documents, whose texts are given in the order of {@link CorpusPlan.heldOut} and which are not counted meanwhile.
 */
export function storedNgrams(
  runs: RunSource,
  plan: CorpusPlan,
  heldOut: readonly string[],
  { maxNgrams = MAX_NGRAMS }: MineOptions,
): StoredNgrams {
  const counts = new NgramCounts(runs, NGRAM_ORDER);
  const aside = plan.heldOut();
  const weightOf: Weighting = (document) => plan.weightOf(document);
  const withoutHeldOut: Weighting = (document) => (aside.has(document) ? 0 : plan.weightOf(document));
  const weights =
    aside.size === 0
      ? undefined
      : Interpolation.learn(NgramTable.of(prunedNgrams(counts.of(withoutHeldOut, weightOf), maxNgrams)), heldOut);
  return storeNgrams(prunedNgrams(counts.of(weightOf), maxNgrams), weights);
}

/** The phrases in the form of the lexicon, with `neighbours` in the same order. */
export function phrasesOf(
  chosen: readonly ChosenPhrase[],
  series: readonly Series[],
  neighbours: readonly NeighbourCounts[],
): Phrase[] {
  const seriesOf = new Map<string, Series>();
  for (const one of series) {
    for (const member of one.members) {
      if (one.members.length > (seriesOf.get(member)?.members.length ?? 0)) seriesOf.set(member, one);
    }
  }
  return chosen.map(({ candidate, variants }, index): Phrase => {
    const own = seriesOf.get(candidate.text);
    const { text, count, documents, since, until } = candidate;
    const { before, after } = neighbours[index] as NeighbourCounts;
    return {
      text,
      count,
      documents,
      ...(own && { series: own }),
      ...(since > 0 && { since, until }),
      before: neighboursOf(before),
      after: neighboursOf(after),
      variants,
    };
  });
}
