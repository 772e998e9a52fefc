/** Mines a corpus: the phrases worth knowing, with their neighbours and series, and the n-grams behind completion. */

import type { Phrase, Series } from '../model/lexicon';
import { BoundaryModel } from './boundaries';
import { type Candidate, CandidateFinder, MAX_PHRASE_LENGTH } from './candidates';
import { Cohesion } from './cohesion';
import type { Corpus } from './corpus';
import { Interpolation } from './interpolation';
import { commonPrefixes, visitIntervals } from './lcp';
import { NeighbourFinder } from './neighbours';
import { countNgrams, type NgramTree, prunedNgrams } from './ngramCounts';
import { NGRAM_ORDER, NgramTable, type StoredNgrams, storeNgrams } from './ngrams';
import { findSeries, isNumeralTerm } from './series';
import { suffixArray } from './suffixArray';

/** What is known of the documents of a corpus beside their text; by document, in the order of the corpus. */
export interface DocumentFacts {
  /** The year of each document, 0 where it is not known. */
  readonly years: ArrayLike<number>;
  /** 1 for a text of the central authorities: what is canonical is decided there. */
  readonly central: ArrayLike<number>;
}

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
/** Four megabytes in the stored form. */
const MAX_NGRAMS = 1_290_000;
/** Intervals kept for closer looking; past that the rarer half is dropped. */
const MAX_INTERVALS = 2_000_000;

/** The document frequency that makes a phrase of a corpus: 3 of fifty documents, 10 of five hundred. */
function defaultMinDocuments(documents: number): number {
  return Math.max(MIN_DOCUMENTS, Math.round(Math.sqrt(documents) * 0.45));
}

/** Mines `corpus`. Linear in its length but for sorting what was found; reports progress from 0 to 1. */
export function mine(
  corpus: Corpus,
  options: MineOptions = {},
  progress: MineProgress = () => {},
  facts: DocumentFacts = { years: [], central: [] },
): Mined {
  const { text, documents } = corpus;
  const lives = new Lives(corpus, facts);
  const minDocuments = Math.max(MIN_DOCUMENTS, options.minDocuments ?? defaultMinDocuments(corpus.documentCount));
  // A new slogan counts by its year, not against all years.
  const minRecent = Math.max(3, options.minDocuments ?? defaultMinDocuments(lives.recentDocuments));
  const minSeen = Math.min(minDocuments, lives.recentDocuments > 0 ? minRecent : minDocuments);
  progress(0);
  const suffixes = suffixArray(text);
  progress(0.5);
  const prefixes = commonPrefixes(text, suffixes);
  progress(0.65);
  const boundaries = new BoundaryModel(text);
  const finder = new CandidateFinder(text, suffixes, boundaries);
  progress(0.7);

  const whole = new Intervals();
  visitIntervals(suffixes, prefixes, documents, (first, last, length, parent, inDocuments) => {
    if (inDocuments >= minSeen && parent < MAX_PHRASE_LENGTH && length > 3) {
      whole.add(first, last, length, parent, inDocuments);
    }
  });
  progress(0.8);

  const candidates: Candidate[] = [];
  whole.each((first, last, length, parent, inDocuments) => {
    for (const candidate of finder.find(first, last, length, parent, inDocuments)) {
      if (inDocuments >= minDocuments || lives.of(candidate, suffixes).recent >= minRecent) candidates.push(candidate);
    }
  });
  progress(0.85);
  const cohesion = new Cohesion(text, suffixes);
  const held = candidates.filter((candidate) => cohesion.holds(candidate));
  const alive = held.filter((candidate) => lives.isAlive(candidate, suffixes));
  const chosen = chooseForms(
    giveWay(alive, (one) => lives.of(one, suffixes)),
    (one) => lives.of(one, suffixes),
  ).slice(0, options.maxPhrases ?? MAX_PHRASES);
  progress(0.9);
  const most = options.maxNgrams ?? MAX_NGRAMS;
  const counted = (weightOf: (document: number) => number): NgramTree =>
    prunedNgrams(
      countNgrams(
        { text, suffixes, prefixes, documentOf: (place) => documents.documentOf(place), weightOf },
        NGRAM_ORDER,
      ),
      most,
    );
  const weights = learnWeights(corpus, lives, counted);
  progress(0.92);
  const ngrams = storeNgrams(
    counted((document) => lives.weightOf(document)),
    weights,
  );
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
    const { since, until } = lives.of(candidate, suffixes);
    return {
      text: candidate.text,
      count: candidate.count,
      documents: candidate.documents,
      ...(own && { series: own }),
      ...(since > 0 && { since, until }),
      before: neighbours.before(candidate),
      after: neighbours.after(candidate),
      variants,
    };
  });
  progress(1);
  return { phrases, series, ngrams };
}

/** Fewer documents are all needed for counting. */
const MIN_FOR_WEIGHTS = 40;
/** Documents held out to learn the weights on, and characters of each. */
const HELD_OUT = 16;
const MAX_HELD_OUT_LENGTH = 20_000;

/**
 * How far each context is to be believed, learned on some of the newest documents while these are not counted; undefined
 * where there are too few documents.
 */
function learnWeights(
  corpus: Corpus,
  lives: Lives,
  counted: (weightOf: (document: number) => number) => NgramTree,
): number[] | undefined {
  if (corpus.documentCount < MIN_FOR_WEIGHTS) return undefined;
  const newest = [...Array(corpus.documentCount).keys()].sort((a, b) => lives.weightOf(b) - lives.weightOf(a) || a - b);
  const likely = newest.slice(0, Math.max(2 * HELD_OUT, Math.ceil(corpus.documentCount / 5)));
  const step = Math.ceil(likely.length / HELD_OUT);
  const aside = new Set(likely.filter((_, index) => index % step === 0));
  const table = NgramTable.of(counted((document) => (aside.has(document) ? 0 : lives.weightOf(document))));
  const decoder = new TextDecoder('utf-16le');
  const texts = [...aside].map((document) => {
    const start = corpus.documents.startOf(document);
    return decoder.decode(
      corpus.text.slice(start, Math.min(start + MAX_HELD_OUT_LENGTH, corpus.documents.endOf(document))),
    );
  });
  return Interpolation.learn(table, texts);
}

/** Drops candidates that nearly always stand inside a longer one, most useful first. Quoted terms stay by themselves. */
function giveWay(candidates: readonly Candidate[], lifeOf: (candidate: Candidate) => Life): Candidate[] {
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
    useful.set(candidate, usefulness(candidate, lifeOf(candidate)) * (1 - around / (2 * count)));
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
function usefulness({ text, documents, count, leftBorders, rightBorders }: Candidate, { recent }: Life): number {
  const standsAlone = Math.min(1, 0.3 + leftBorders + rightBorders);
  return (
    (documents + RECENT_WEIGHT * recent) *
    Math.sqrt(Math.log2(1 + count / documents)) *
    (Math.min(text.length, 24) - 3) *
    standsAlone
  );
}

/**
 * Of forms that differ only in punctuation the newest widespread one is canonical, and central texts decide over others;
 * the others become its variants.
 */
function chooseForms(
  candidates: readonly Candidate[],
  lifeOf: (candidate: Candidate) => Life,
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
      (a, b) =>
        lifeOf(b).standing - lifeOf(a).standing ||
        b.documents - a.documents ||
        b.count - a.count ||
        b.text.length - a.text.length,
    ) as [Candidate, ...Candidate[]];
    const variants = others
      // Without its quotation marks a term is part of itself with them.
      .map(({ text, count }) => [text, best.text.includes(text) ? count - best.count : count] as const)
      .filter(([text, count]) => count > 0 && !text.includes(best.text));
    return { candidate: best, variants };
  });
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

/** When and by whom a phrase is written. */
interface Life {
  /** First and last year; 0 where no document has a date. */
  readonly since: number;
  readonly until: number;
  /** In how many documents of the last two years, and those weighted by who wrote them. */
  readonly recent: number;
  readonly standing: number;
}

/** A document of the newest year counts so many times in the n-grams, one of the year before so many. */
const NEWEST_WEIGHT = 3;
const RECENT_WEIGHT = 2;
/** Central texts decide what is canonical over others. */
const CENTRAL_WEIGHT = 10;
/** Years within which a phrase must stand to be alive. */
const ALIVE = 2;

/** What recent documents have in a smaller part than all is going out of use. */
const FADED = 0.25;

class Lives {
  private readonly known = new Map<string, Life>();
  private readonly newest: number;
  readonly recentDocuments: number;

  constructor(
    private readonly corpus: Corpus,
    private readonly facts: DocumentFacts,
  ) {
    this.newest = Array.from(facts.years).reduce((newest, year) => Math.max(newest, year), 0);
    this.recentDocuments = Array.from(facts.years).filter((year) => this.isRecent(year)).length;
  }

  private isRecent(year: number): boolean {
    return year > 0 && year > this.newest - ALIVE;
  }

  weightOf(document: number): number {
    const year = this.facts.years[document] ?? 0;
    return year === 0 || year < this.newest - 1 ? 1 : year === this.newest ? NEWEST_WEIGHT : RECENT_WEIGHT;
  }

  /** False for what no document of the last two years has, where documents have dates. */
  isAlive(candidate: Candidate, suffixes: Int32Array): boolean {
    const { until, recent } = this.of(candidate, suffixes);
    if (until === 0) return true;
    const expected = (candidate.documents * this.recentDocuments) / Math.max(1, this.corpus.documentCount);
    return this.isRecent(until) && recent >= FADED * expected;
  }

  of({ text, first, last }: Candidate, suffixes: Int32Array): Life {
    const known = this.known.get(text);
    if (known) return known;
    let since = 0;
    let until = 0;
    const recent = new Set<number>();
    let central = 0;
    for (let at = first; at <= last; at++) {
      const document = this.corpus.documents.documentOf(suffixes[at] as number);
      const year = this.facts.years[document] ?? 0;
      if (year === 0) continue;
      since = since === 0 ? year : Math.min(since, year);
      until = Math.max(until, year);
      if (!this.isRecent(year) || recent.has(document)) continue;
      recent.add(document);
      if (this.facts.central[document] === 1) central++;
    }
    const life = { since, until, recent: recent.size, standing: recent.size + CENTRAL_WEIGHT * central };
    this.known.set(text, life);
    return life;
  }
}
