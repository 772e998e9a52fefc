/**
 * Counts the contexts of all occurrences of a string, and its documents by year: counts that can be summed over parts
 * of a corpus.
 */
import { partitionPoint } from '../../text/partitionPoint';
import { isAlphanumeric, isBorder, isClosing, isOpening } from './boundaries';
import type { Corpus } from './corpus';
import { SEPARATOR } from './lcp';
import type { CorpusPlan } from './plan';

/** How often each unit is next to a string; if that is 、 the unit beyond it, plus {@link PAUSED}. */
export type SideCounts = Map<number, number>;

/** Distinguishes these from units next to the string itself. */
export const PAUSED = 0x10000;
const PAUSE = '、'.charCodeAt(0);

/** The counts of a string. */
export interface Occurrences {
  count: number;
  documents: number;
  left: SideCounts;
  right: SideCounts;
  /** First and last year; 0 if no document has a date. */
  since: number;
  until: number;
  /** Number of documents of the last two years, and how many of these are central. */
  recent: number;
  central: number;
}

/** Adds `more`, counted in other documents, to `sum`. */
export function addOccurrences(sum: Occurrences, more: Occurrences): void {
  sum.count += more.count;
  sum.documents += more.documents;
  addCounts(sum.left, more.left);
  addCounts(sum.right, more.right);
  sum.since = sum.since === 0 || more.since === 0 ? sum.since || more.since : Math.min(sum.since, more.since);
  sum.until = Math.max(sum.until, more.until);
  sum.recent += more.recent;
  sum.central += more.central;
}

export function addCounts<Key>(sum: Map<Key, number>, more: ReadonlyMap<Key, number>): void {
  for (const [key, count] of more) sum.set(key, (sum.get(key) ?? 0) + count);
}

/** Counts strings of a corpus, or of a part of one, by its suffix array. */
export class OccurrenceCounter {
  /** For each document the last string that was seen in it. */
  private readonly lastSeen: Int32Array;
  private strings = 0;

  /** `places` are the indices of the documents of `corpus` among all of the plan. */
  constructor(
    private readonly corpus: Corpus,
    private readonly suffixes: Int32Array,
    private readonly plan: CorpusPlan,
    private readonly places: ArrayLike<number>,
  ) {
    this.lastSeen = new Int32Array(corpus.documents.count).fill(-1);
  }

  /** The counts of the string of `size` units that the suffixes from `first` to `last` begin with. */
  count(first: number, last: number, size: number): Occurrences {
    const sum: Occurrences = {
      count: last - first + 1,
      documents: 0,
      left: this.side(first, last, -1),
      right: this.side(first, last, size),
      since: 0,
      until: 0,
      recent: 0,
      central: 0,
    };
    const string = this.strings++;
    for (let at = first; at <= last; at++) {
      const document = this.corpus.documents.documentOf(this.suffixes[at] as number);
      if (this.lastSeen[document] === string) continue;
      this.lastSeen[document] = string;
      sum.documents++;
      const place = this.places[document] as number;
      const year = this.plan.yearOf(place);
      if (year === 0) continue;
      sum.since = sum.since === 0 ? year : Math.min(sum.since, year);
      sum.until = Math.max(sum.until, year);
      if (!this.plan.isRecent(year)) continue;
      sum.recent++;
      if (this.plan.isCentral(place)) sum.central++;
    }
    return sum;
  }

  /** The units `offset` units after the start of the suffixes from `first` to `last`. */
  side(first: number, last: number, offset: number): SideCounts {
    const { text } = this.corpus;
    const counts: SideCounts = new Map();
    for (let at = first; at <= last; at++) {
      const place = (this.suffixes[at] as number) + offset;
      let unit = text[place] ?? SEPARATOR;
      if (unit === PAUSE) unit = PAUSED + (text[place + Math.sign(offset)] ?? SEPARATOR);
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * The suffixes that begin with `text`: the first, and their number; none if it does not occur. Of sorted texts each is
   * found near the one before, if `from` is its first suffix.
   */
  find(text: string, from?: number): { first: number; count: number } {
    const first =
      from === undefined
        ? partitionPoint(this.suffixes.length, (index) => this.isBefore(index, text, false))
        : this.boundFrom(text, false, from);
    // Most occur a few times.
    return { first, count: this.boundFrom(text, true, first) - first };
  }

  /** The first suffix from `from` on that is not before `sought`, or not before what begins with it (`past`). */
  private boundFrom(sought: string, past: boolean, from: number): number {
    const { length } = this.suffixes;
    let low = from;
    let step = 1;
    while (low + step <= length && this.isBefore(low + step - 1, sought, past)) {
      low += step;
      step *= 2;
    }
    const high = Math.min(length, low + step - 1);
    return low + partitionPoint(high - low, (index) => this.isBefore(low + index, sought, past));
  }

  private isBefore(index: number, sought: string, past: boolean): boolean {
    const { text } = this.corpus;
    const start = this.suffixes[index] as number;
    let shared = 0;
    while (shared < sought.length && sought.charCodeAt(shared) === text[start + shared]) shared++;
    return shared === sought.length ? past : (text[start + shared] ?? -1) < sought.charCodeAt(shared);
  }
}

/** One side of a string, over its occurrences. */
export interface Side {
  /** Share of the occurrences with a border there. */
  readonly borders: number;
  /** Share of the occurrences with a clause border there: a comma, a stop, the end of a line. */
  readonly clauses: number;
  /** Share of the occurrences with a digit there, and with any part of a figure or a Latin word. */
  readonly digits: number;
  readonly figures: number;
  /** Branching entropy in bits; each border counts as a symbol of its own. */
  readonly entropy: number;
}

const CLAUSE_MARKS = new Set('，。；：！？…—'.split('').map((mark) => mark.charCodeAt(0)));

/** Evaluates the context before (or after) a string by its `counts`; independent of their order. */
export function sideOf(counts: SideCounts, isBefore: boolean): Side {
  let total = 0;
  let borders = 0;
  let clauses = 0;
  let digits = 0;
  let figures = 0;
  let pauses = 0;
  let mostPaused = 0;
  const symbols: number[] = [];
  for (const [unit, count] of counts) {
    total += count;
    if (unit >= PAUSED) {
      // 落实党中央、国务院 is cut at its 、, a member of a free list is not: what is beyond the mark decides.
      pauses += count;
      mostPaused = Math.max(mostPaused, count);
      symbols.push(count);
      continue;
    }
    if (unit === SEPARATOR || CLAUSE_MARKS.has(unit)) clauses += count;
    if (unit >= 0x30 && unit <= 0x39) digits += count;
    if (isFigure(unit)) figures += count;
    if (isBefore ? isBorderBefore(unit) : isBorderAfter(unit)) borders += count;
    else symbols.push(count);
  }
  let entropy = borders > 0 ? (borders / total) * Math.log2(total) : 0;
  // Floating-point sums depend on their order.
  for (const count of symbols.sort((a, b) => a - b)) entropy -= (count / total) * Math.log2(count / total);
  const free = borders + (pauses > 0 ? pauses * (1 - mostPaused / pauses) : 0);
  return {
    borders: free / total,
    clauses: clauses / total,
    digits: digits / total,
    figures: figures / total,
    entropy,
  };
}

/**
 * The unit that always follows a string, or undefined if several do or lines end there. A string with only one
 * continuation is part of a longer one.
 */
export function onlyUnit(counts: SideCounts): number | undefined {
  let only: number | undefined;
  for (const key of counts.keys()) {
    const unit = key >= PAUSED ? PAUSE : key;
    if (unit === SEPARATOR || (only !== undefined && only !== unit)) return undefined;
    only = unit;
  }
  return only;
}

/** A border that a phrase may begin after: not a closing mark, “三个代表”|重要思想 continues. */
function isBorderBefore(unit: number): boolean {
  return isBorder(unit) && !isClosing(unit);
}

/** A border that a phrase may end before: not an opening mark, 实现|“十四五”目标 continues. */
export function isBorderAfter(unit: number): boolean {
  return isBorder(unit) && !isOpening(unit);
}

/** Digits, letters and the characters that join them into one figure: 5.4%. */
function isFigure(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2e || unit === 0x25;
}
