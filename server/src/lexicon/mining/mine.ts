/** Mines a corpus: the phrases worth knowing, with their neighbours and series, and the n-grams behind completion. */

import type { Phrase, Series } from '../model/lexicon';
import { BoundaryModel } from './boundaries';
import { type Candidate, CandidateFinder, MAX_PHRASE_LENGTH } from './candidates';
import { Cohesion } from './cohesion';
import type { Corpus } from './corpus';
import { commonPrefixes, visitIntervals } from './lcp';
import { NeighbourFinder } from './neighbours';
import { NGRAM_ORDER, NgramBuilder, type StoredNgrams } from './ngrams';
import { findSeries, isNumeralTerm } from './series';
import { suffixArray } from './suffixArray';

export interface MineOptions {
  /** In how many documents a phrase must stand. The default grows with the number of documents. */
  readonly minDocuments?: number | undefined;
  /** The most phrases and n-grams kept. */
  readonly maxPhrases?: number;
  readonly maxNgrams?: number;
}

/** Called between the steps, with the part of the work that is done. May throw to stop the work. */
export type MineProgress = (part: number) => void;

export interface Mined {
  readonly phrases: Phrase[];
  readonly series: Series[];
  readonly ngrams: StoredNgrams;
}

/** A phrase gives way to a longer one that holds this part of its occurrences. */
const MOSTLY_INSIDE = 0.7;
/** What stands in one document only is that document's, and no phrase. */
const MIN_DOCUMENTS = 2;
/** Words that only lead into a phrase, a closed class: 我们坚持以… is no other phrase than 坚持以…. */
const LEAD_IN = /^(?:我们|要|将|也|都)/;
/** Words that no phrase begins with: they tie it to what stands before. */
const TIES = /^(?:在于|是)/;
const MAX_PHRASES = 6_000;
const MAX_NGRAMS = 200_000;
/** Intervals kept for closer looking; past that the rarer half is dropped. */
const MAX_INTERVALS = 2_000_000;

/** The document frequency that makes a phrase of a corpus: 3 of fifty documents, 10 of five hundred. */
function defaultMinDocuments(documents: number): number {
  return Math.max(MIN_DOCUMENTS, Math.round(Math.sqrt(documents) * 0.45));
}

/** Mines `corpus`. Linear in its length but for sorting what was found; reports progress from 0 to 1. */
export function mine(corpus: Corpus, options: MineOptions = {}, progress: MineProgress = () => {}): Mined {
  const { text, documents } = corpus;
  const minDocuments = Math.max(MIN_DOCUMENTS, options.minDocuments ?? defaultMinDocuments(corpus.documentCount));
  progress(0);
  const suffixes = suffixArray(text);
  progress(0.5);
  const prefixes = commonPrefixes(text, suffixes);
  progress(0.65);
  const boundaries = new BoundaryModel(text);
  const finder = new CandidateFinder(text, suffixes, boundaries);
  progress(0.7);

  const runs = new Intervals();
  const whole = new Intervals();
  visitIntervals(suffixes, prefixes, documents, (first, last, length, parent, inDocuments) => {
    if (inDocuments < MIN_DOCUMENTS) return;
    if (parent < NGRAM_ORDER) runs.add(first, last, Math.min(length, NGRAM_ORDER), parent, inDocuments);
    if (inDocuments >= minDocuments && parent < MAX_PHRASE_LENGTH && length > 3) {
      whole.add(first, last, length, parent, inDocuments);
    }
  });
  progress(0.8);

  const candidates: Candidate[] = [];
  whole.each((first, last, length, parent, inDocuments) => {
    for (const candidate of finder.find(first, last, length, parent, inDocuments)) candidates.push(candidate);
  });
  progress(0.85);
  const cohesion = new Cohesion(text, suffixes);
  const held = candidates.filter((candidate) => cohesion.holds(candidate));
  const chosen = chooseForms(giveWay(held)).slice(0, options.maxPhrases ?? MAX_PHRASES);
  progress(0.9);
  const ngrams = collectNgrams(text, suffixes, runs, options.maxNgrams ?? MAX_NGRAMS);
  progress(0.95);

  const series = findSeries(corpus, minDocuments);
  const seriesOf = new Map<string, Series>();
  for (const one of series) {
    for (const member of one.members) {
      if (one.members.length > (seriesOf.get(member)?.members.length ?? 0)) seriesOf.set(member, one);
    }
  }
  const neighbours = new NeighbourFinder(corpus, suffixes, boundaries);
  const phrases = chosen.map(({ candidate, variants }): Phrase => {
    const own = seriesOf.get(candidate.text);
    return {
      text: candidate.text,
      count: candidate.count,
      documents: candidate.documents,
      ...(own && { series: own }),
      before: neighbours.before(candidate),
      after: neighbours.after(candidate),
      variants,
    };
  });
  progress(1);
  return { phrases, series, ngrams };
}

/** Drops candidates that nearly always stand inside a longer one, most useful first. Quoted terms stay by themselves. */
function giveWay(candidates: readonly Candidate[]): Candidate[] {
  const byText = new Map(candidates.map((candidate) => [candidate.text, candidate]));
  const inside = new Map<Candidate, number>();
  const kept: Candidate[] = [];
  const useful = new Map<Candidate, number>();
  const longestFirst = [...candidates].sort((a, b) => b.text.length - a.text.length || b.count - a.count);
  for (const candidate of longestFirst) {
    const { text, count } = candidate;
    const around = inside.get(candidate) ?? 0;
    if (TIES.test(text)) continue;
    if (LEAD_IN.test(text) && byText.has(text.replace(LEAD_IN, ''))) continue;
    if (around >= MOSTLY_INSIDE * count && !(isNumeralTerm(text) && around < count * 2)) continue;
    kept.push(candidate);
    useful.set(candidate, usefulness(candidate) * (1 - around / (2 * count)));
    for (let size = text.length - 1; size >= 4; size--) {
      for (let start = 0; start + size <= text.length; start++) {
        const part = byText.get(text.slice(start, start + size));
        if (part && (inside.get(part) ?? 0) < count) inside.set(part, count);
      }
    }
  }
  return kept.sort((a, b) => (useful.get(b) as number) - (useful.get(a) as number) || (a.text < b.text ? -1 : 1));
}

/** Keystrokes that the phrase is good for beyond those of a common word, by how many writers use it. */
function usefulness({ text, documents, count, leftBorders, rightBorders }: Candidate): number {
  const standsAlone = Math.min(1, 0.3 + leftBorders + rightBorders);
  return documents * Math.sqrt(Math.log2(1 + count / documents)) * (Math.min(text.length, 24) - 3) * standsAlone;
}

/** Of forms that differ only in punctuation the most widespread is the canonical one; the others become its variants. */
function chooseForms(
  candidates: readonly Candidate[],
): { candidate: Candidate; variants: (readonly [string, number])[] }[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const words = candidate.text.replace(/[“”‘’《》，、]/g, '');
    const group = groups.get(words);
    if (group) group.push(candidate);
    else groups.set(words, [candidate]);
  }
  return [...groups.values()].map((group) => {
    const [best, ...others] = group.sort(
      (a, b) => b.documents - a.documents || b.count - a.count || b.text.length - a.text.length,
    ) as [Candidate, ...Candidate[]];
    const variants = others
      // Without its quotation marks a term is part of itself with them.
      .map(({ text, count }) => [text, best.text.includes(text) ? count - best.count : count] as const)
      .filter(([text, count]) => count > 0 && !text.includes(best.text));
    return { candidate: best, variants };
  });
}

/** The n-grams of the intervals, no more than `most`: the rarest go first. */
function collectNgrams(text: Uint16Array, suffixes: Int32Array, runs: Intervals, most: number): StoredNgrams {
  const howMany = new Float64Array(4096);
  runs.each((first, last, length, parent) => {
    howMany[Math.min(4095, last - first + 1)]! += length - parent;
  });
  let total = 0;
  let least = 4096;
  while (least > 2 && total + (howMany[least - 1] as number) <= most) total += howMany[--least] as number;
  const builder = new NgramBuilder();
  runs.each((first, last, length, parent) => {
    const count = last - first + 1;
    if (count < least) return;
    const start = suffixes[first] as number;
    for (let size = parent + 1; size <= length; size++) builder.set(text, start, size, count);
  });
  return builder.store();
}

/** Many LCP intervals in little memory. */
class Intervals {
  private fields = new Int32Array(5 << 12);
  private size = 0;
  private least = 0;

  add(first: number, last: number, length: number, parent: number, documents: number): void {
    if (documents < this.least) return;
    if (this.size * 5 === this.fields.length) {
      if (this.size >= MAX_INTERVALS) this.dropRare();
      else {
        const { fields } = this;
        this.fields = new Int32Array(fields.length * 2);
        this.fields.set(fields);
      }
    }
    const at = this.size++ * 5;
    this.fields[at] = first;
    this.fields[at + 1] = last;
    this.fields[at + 2] = length;
    this.fields[at + 3] = parent;
    this.fields[at + 4] = documents;
  }

  each(visit: (first: number, last: number, length: number, parent: number, documents: number) => void): void {
    const { fields } = this;
    for (let at = 0; at < this.size * 5; at += 5) {
      visit(
        fields[at] as number,
        fields[at + 1] as number,
        fields[at + 2] as number,
        fields[at + 3] as number,
        fields[at + 4] as number,
      );
    }
  }

  /** Raises the least document frequency until at least half of the intervals are gone. */
  private dropRare(): void {
    const { fields } = this;
    const before = this.size;
    while (this.size > before / 2) {
      this.least = Math.max(3, this.least + 1);
      let kept = 0;
      for (let at = 0; at < this.size * 5; at += 5) {
        if ((fields[at + 4] as number) < this.least) continue;
        fields.copyWithin(kept++ * 5, at, at + 5);
      }
      this.size = kept;
    }
  }
}
