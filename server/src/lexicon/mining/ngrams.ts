import { Pace, type Resumable } from '../../text/resumable';
import { inSharedMemory } from '../../text/sharedMemory';
import type { NgramTree } from './ngramCounts';

/**
 * Frequencies of short character sequences: a trie of n-grams in typed arrays. Each level of the trie is contiguous and
 * the children of a node are adjacent in the order of their units, so that a child is found by binary search. Counts
 * are stored to a third of an octave, which is finer than their statistical precision.
 */

/** Length of the longest n-gram kept. */
export const NGRAM_ORDER = 8;

const STEPS_PER_OCTAVE = 3;
/** Printable ASCII except the quotation mark and the backslash, which JSON would escape. */
const DIGITS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(at + 0x21)).filter(
  (one) => !'"\\'.includes(one),
);
const BASE = DIGITS.length;
/** The value of each digit, by its code. */
const VALUES = new Uint8Array(0x100).fill(0xff);
for (const [value, digit] of DIGITS.entries()) VALUES[digit.charCodeAt(0)] = value;
/** Ranks below this take one digit, the others two. */
const ONE_DIGIT = 30;
const MAX_RANKS = ONE_DIGIT + (BASE - ONE_DIGIT) * BASE;
const MAX_LEVEL = 63;
/** Number of nodes whose flags share a digit. */
const FLAGS_TOGETHER = 3;

/**
 * The stored form: `units` by falling frequency; for each node, level by level, the rank of its unit (one or two
 * printable ASCII characters), its count in thirds of an octave (one character) and its flags (three nodes to a
 * character: has children, is the last of its siblings). Each is a separate stream with whole characters for recurring
 * values, so that it compresses as well as bytes would.
 */
export interface StoredNgrams {
  readonly units: string;
  readonly ranks: string;
  readonly counts: string;
  readonly flags: string;
  /** See {@link import('./interpolation').Interpolation}; absent for the defaults. */
  readonly weights?: readonly number[];
}

/** The same with the bytes of the streams, as they are in a file. */
export interface NgramBytes extends Omit<StoredNgrams, 'ranks' | 'counts' | 'flags'> {
  readonly ranks: Uint8Array;
  readonly counts: Uint8Array;
  readonly flags: Uint8Array;
}

/** The same as typed arrays that need no decoding, see {@link import('../model/packedForm')}. */
export interface PackedNgrams {
  /** All units by falling frequency. */
  readonly byRank: Uint16Array;
  /**
   * The rank of the unit of each node, the root first: the low bytes, and the high ones, nearly all small. Apart they
   * compress a fifth better than units.
   */
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  readonly levels: Uint8Array;
  /** The number of children of each node, or {@link MANY}. */
  readonly children: Uint8Array;
  /** For each node with {@link MANY}, in order, what it has above that. */
  readonly excess: Uint32Array;
}

/** The highest number of children that a byte holds. */
const MANY = 0xff;

/** A table as another thread receives it: arrays in shared memory. */
export interface SharedNgrams {
  readonly units: Uint16Array;
  readonly levels: Uint8Array;
  readonly firstChild: Uint32Array;
  readonly weights: readonly number[];
}

/** Average size of an n-gram in the stored form, in bytes. */
const NGRAM_BYTES = 3.1;

/** Number of n-grams that take about `bytes` in the stored form. */
export function ngramsWithin(bytes: number): number {
  return Math.floor(bytes / NGRAM_BYTES);
}

export class NgramTable {
  private constructor(
    private units: Uint16Array,
    private levels: Uint8Array,
    /** The children of node n are the nodes from firstChild[n] to firstChild[n + 1]. */
    private firstChild: Uint32Array,
    /** The weight of each context, see {@link import('./interpolation').Interpolation}; empty for the defaults. */
    readonly weights: readonly number[],
  ) {
    const end = this.childrenEnd(NgramTable.ROOT);
    for (let node = this.childrenStart(NgramTable.ROOT); node < end; node++) this.single[units[node] as number] = node;
  }

  /** The node of each single unit, the most frequent step. */
  private readonly single = new Int32Array(0x10000).fill(-1);

  /** Number of n-grams. */
  get size(): number {
    return this.units.length - 1;
  }

  /** The root, the empty n-gram. */
  static readonly ROOT = 0;

  unit(node: number): number {
    return this.units[node] as number;
  }

  /** Approximate number of occurrences of the n-gram in the corpus. */
  count(node: number): number {
    return COUNTS[this.levels[node] as number] as number;
  }

  /** The nodes that continue `node` by one character: from the first to before the second. */
  childrenStart(node: number): number {
    return this.firstChild[node] as number;
  }

  childrenEnd(node: number): number {
    return this.firstChild[node + 1] as number;
  }

  /** The n-gram of `node` and one more character, -1 if there is none. */
  child(node: number, unit: number): number {
    if (node === NgramTable.ROOT) return this.single[unit] as number;
    let low = this.firstChild[node] as number;
    let high = (this.firstChild[node + 1] as number) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.units[middle] as number;
      if (found === unit) return middle;
      if (found < unit) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Restores the output of {@link storeNgrams}. Throws on anything else. */
  static load(stored: StoredNgrams | NgramBytes): NgramTable {
    const { units, levels, firstChild } = readNodes(stored);
    return new NgramTable(units, levels, firstChild, stored.weights ?? []);
  }

  /** The table of {@link packed} n-grams, whose levels become part of it. Throws on anything else. */
  static unpacked(ngrams: PackedNgrams, weights: readonly number[] = []): NgramTable {
    const { units, firstChild } = unpackNodes(ngrams);
    return new NgramTable(units, ngrams.levels, firstChild, weights);
  }

  /** The n-grams in the form in which they are loaded fastest. */
  packed(): PackedNgrams {
    const { units, levels, firstChild } = this;
    const { byUse, rankOf } = ranked(units);
    const excess: number[] = [];
    const children = Uint8Array.from(units, (_, node) => {
      const own = (firstChild[node + 1] as number) - (firstChild[node] as number);
      if (own >= MANY) excess.push(own - MANY);
      return Math.min(own, MANY);
    });
    // The root has no unit.
    const ranks = Uint16Array.from(units, (unit, node) => (node === NgramTable.ROOT ? 0 : (rankOf[unit] as number)));
    return {
      byRank: Uint16Array.from(byUse),
      low: Uint8Array.from(ranks),
      high: Uint8Array.from(ranks, (rank) => rank >> 8),
      levels,
      children,
      excess: Uint32Array.from(excess),
    };
  }

  /** The table that another thread has {@link shared}. */
  static from({ units, levels, firstChild, weights }: SharedNgrams): NgramTable {
    return new NgramTable(units, levels, firstChild, weights);
  }

  /** The table for another thread: see {@link from}. Moves it to shared memory, a few milliseconds at a time. */
  *shared(): Resumable<SharedNgrams> {
    this.units = inSharedMemory(this.units, Uint16Array);
    yield;
    this.levels = inSharedMemory(this.levels, Uint8Array);
    yield;
    this.firstChild = inSharedMemory(this.firstChild, Uint32Array);
    const { units, levels, firstChild, weights } = this;
    return { units, levels, firstChild, weights };
  }

  /** The table of the n-grams in `tree`. */
  static of({ units, counts, firstChild }: NgramTree, weights: readonly number[] = []): NgramTable {
    const levels = Uint8Array.from(counts, levelOf);
    levels[0] = COUNTS.length - 1;
    return new NgramTable(units, levels, firstChild, weights);
  }

  /**
   * The n-grams of this table and of `other` merged into one table; the counts of `other` are multiplied by `factor`.
   * Done in steps of some thousand n-grams.
   */
  *mergedWith(other: NgramTable, factor: number): Resumable<NgramTable> {
    const [one, two] = [this, other];
    const most = one.size + two.size + 1;
    const units = new Uint16Array(most);
    const levels = new Uint8Array(most);
    const firstChild = new Uint32Array(most + 1);
    // For each node of the merged trie, in level order, the nodes of the two; -1 if one of them has none.
    const inOne = new Int32Array(most);
    const inTwo = new Int32Array(most);
    levels[0] = MAX_LEVEL;
    const pace = new Pace(MERGED_AT_ONCE);
    let size = 1;
    for (let node = 0; node < size; node++) {
      firstChild[node] = size;
      const left = inOne[node] as number;
      const right = inTwo[node] as number;
      let a = left < 0 ? 0 : one.childrenStart(left);
      let b = right < 0 ? 0 : two.childrenStart(right);
      const aEnd = left < 0 ? 0 : one.childrenEnd(left);
      const bEnd = right < 0 ? 0 : two.childrenEnd(right);
      while (a < aEnd || b < bEnd) {
        const x = a < aEnd ? one.unit(a) : 0x10000;
        const y = b < bEnd ? two.unit(b) : 0x10000;
        units[size] = Math.min(x, y);
        // Most are in one of them only, and need no logarithm.
        if (x < y) levels[size] = one.levels[a] as number;
        else levels[size] = levelOf((x === y ? one.count(a) : 0) + factor * two.count(b));
        inOne[size] = x <= y ? a++ : -1;
        inTwo[size++] = y <= x ? b++ : -1;
      }
      if (pace.isOver(1 + size - (firstChild[node] as number))) yield;
    }
    firstChild[size] = size;
    return new NgramTable(units.slice(0, size), levels.slice(0, size), firstChild.slice(0, size + 1), this.weights);
  }
}

/** Number of n-grams merged in a step, in about a millisecond. */
const MERGED_AT_ONCE = 10_000;

/** Counts by level: 1, 1.26, 1.59, 2, … */
const COUNTS = Float64Array.from({ length: MAX_LEVEL + 1 }, (_, level) => 2 ** (level / STEPS_PER_OCTAVE));

function levelOf(count: number): number {
  return Math.min(MAX_LEVEL, Math.max(0, Math.round(Math.log2(count || 1) * STEPS_PER_OCTAVE)));
}

/** The stored form of `tree`. */
export function storeNgrams({ units, counts, firstChild }: NgramTree, weights?: readonly number[]): StoredNgrams {
  const size = units.length;
  const { byUse, rankOf } = ranked(units);
  if (byUse.length > MAX_RANKS) throw new Error('too many characters');
  const digits = new Uint8Array(size * 2);
  const levels = new Uint8Array(size - 1);
  const flags = new Uint8Array(size - 1);
  const code = (value: number): number => (DIGITS[value] as string).charCodeAt(0);
  let end = 0;
  for (let parent = 0; parent < size; parent++) {
    const last = (firstChild[parent + 1] as number) - 1;
    for (let node = firstChild[parent] as number; node <= last; node++) {
      const rank = rankOf[units[node] as number] as number;
      if (rank < ONE_DIGIT) digits[end++] = code(rank);
      else {
        digits[end++] = code(ONE_DIGIT + Math.floor((rank - ONE_DIGIT) / BASE));
        digits[end++] = code((rank - ONE_DIGIT) % BASE);
      }
      levels[node - 1] = code(levelOf(counts[node] as number));
      const hasChildren = (firstChild[node + 1] as number) > (firstChild[node] as number) ? 2 : 0;
      flags[node - 1] = hasChildren | (node === last ? 1 : 0);
    }
  }
  const decoder = new TextDecoder();
  return {
    units: byUse.map((unit) => String.fromCharCode(unit)).join(''),
    ranks: decoder.decode(digits.subarray(0, end)),
    counts: decoder.decode(levels),
    flags: decoder.decode(packFlags(flags).map(code)),
    ...(weights && { weights }),
  };
}

/** The units of all nodes but the root by falling frequency, and the rank of each. */
function ranked(units: Uint16Array): { byUse: number[]; rankOf: Int32Array } {
  const uses = new Float64Array(0x10000);
  for (let node = 1; node < units.length; node++) uses[units[node] as number]!++;
  const byUse = [...uses.keys()]
    .filter((unit) => (uses[unit] as number) > 0)
    .sort((a, b) => (uses[b] as number) - (uses[a] as number) || a - b);
  const rankOf = new Int32Array(0x10000);
  byUse.forEach((unit, rank) => {
    rankOf[unit] = rank;
  });
  return { byUse, rankOf };
}

function packFlags(flags: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(flags.length / FLAGS_TOGETHER));
  flags.forEach((flag, at) => {
    packed[Math.floor(at / FLAGS_TOGETHER)]! |= flag << (2 * (at % FLAGS_TOGETHER));
  });
  return packed;
}

/** The first digit that has another after it: {@link DIGITS} ascend. */
const FIRST_OF_TWO = (DIGITS[ONE_DIGIT] as string).charCodeAt(0);
/** What {@link unitsByDigits} has in place of a unit. */
const BROKEN = 1 << 16;

/** The unit of each rank by its two digits, the first being the higher byte; or by the first alone. */
function unitsByDigits(byRank: string): Int32Array {
  const entries = new Int32Array(0x10000).fill(BROKEN);
  for (let value = 0; value < BASE; value++) {
    const row = (DIGITS[value] as string).charCodeAt(0) << 8;
    if (value < ONE_DIGIT) {
      if (value < byRank.length) entries.fill(byRank.charCodeAt(value), row, row + 0x100);
      continue;
    }
    const start = ONE_DIGIT + (value - ONE_DIGIT) * BASE;
    for (let low = 0; low < BASE && start + low < byRank.length; low++) {
      entries[row | (DIGITS[low] as string).charCodeAt(0)] = byRank.charCodeAt(start + low);
    }
  }
  return entries;
}

/**
 * The nodes from their streams, see {@link StoredNgrams}. Goes over two million of them while the writer waits for the
 * first list, in code that has not run before. So there are two loops only, as it takes milliseconds until one is
 * compiled; and no branch in them that depends on the data, which would be mispredicted every second time.
 */
function readNodes(stored: StoredNgrams | NgramBytes) {
  const ranks = bytesOf(stored.ranks);
  const counts = bytesOf(stored.counts);
  const packed = bytesOf(stored.flags);
  const size = counts.length + 1;
  if (packed.length !== Math.ceil((size - 1) / FLAGS_TOGETHER)) throw broken();
  const entries = unitsByDigits(stored.units);
  const units = new Uint16Array(size);
  const levels = new Uint8Array(size);
  // Groups of siblings in order: where each ends, the first being that of the root.
  const ends = new Uint32Array(size + 1);
  const hasChildren = new Uint8Array(size);
  levels[0] = MAX_LEVEL;
  hasChildren[0] = size > 1 ? 1 : 0;
  ends[0] = 1;
  let group = 1;
  let rank = 0;
  let worstUnit = 0;
  let worstLevel = 0;
  let worstFlags = 0;
  for (let node = 1; node < size; node++) {
    const digit = ranks[rank] as number;
    const unit = entries[(digit << 8) | (ranks[rank + 1] as number)] as number;
    worstUnit |= unit;
    units[node] = unit;
    // All other steps wait for this one, so that it looks up nothing: two if the digit is not below the first of two.
    rank += 1 + ((FIRST_OF_TWO - 1 - digit) >>> 31);
    const level = VALUES[counts[node - 1] as number] as number;
    worstLevel |= level;
    levels[node] = level;
    const at = ((node - 1) / FLAGS_TOGETHER) | 0;
    const together = VALUES[packed[at] as number] as number;
    worstFlags |= together;
    const flags = together >> (2 * (node - 1 - FLAGS_TOGETHER * at));
    hasChildren[node] = (flags >> 1) & 1;
    ends[group] = node + 1;
    group += flags & 1;
  }
  if (worstUnit >= BROKEN || rank !== ranks.length) throw broken();
  if (worstLevel > MAX_LEVEL || worstFlags >= 1 << (2 * FLAGS_TOGETHER)) throw broken();
  const firstChild = new Uint32Array(size + 1);
  let first = 1;
  let used = 0;
  let isLate = 0;
  for (let node = 0; node < size; node++) {
    firstChild[node] = first;
    const has = hasChildren[node] as number;
    // Children come after their parents.
    isLate |= (first - node - 1) & -has;
    used += has;
    first = ends[used] as number;
  }
  firstChild[size] = first;
  if (isLate < 0 || used !== group - 1 || first !== size) throw broken();
  return { units, levels, firstChild };
}

/** Units, and where the children of each node begin: one pass over two million nodes, in code that has not run before. */
function unpackNodes({ byRank, low, high, levels, children, excess }: PackedNgrams) {
  const size = children.length;
  const units = new Uint16Array(size);
  const firstChild = new Uint32Array(size + 1);
  let first = 1;
  let large = 0;
  let isLate = 0;
  let worstLevel = 0;
  let worstRank = 0;
  for (let node = 0; node < size; node++) {
    const rank = (low[node] as number) | ((high[node] as number) << 8);
    if (rank > worstRank) worstRank = rank;
    units[node] = byRank[rank] as number;
    firstChild[node] = first;
    // Children come after their parents.
    isLate |= first - node - 1;
    worstLevel |= levels[node] as number;
    const own = children[node] as number;
    first += own;
    if (own === MANY) first += excess[large++] ?? size;
  }
  firstChild[size] = first;
  units[NgramTable.ROOT] = 0;
  if (isLate < 0 || first !== size || large !== excess.length) throw broken();
  if (worstLevel > MAX_LEVEL || (size > 1 && worstRank >= byRank.length)) throw broken();
  return { units, firstChild };
}

function bytesOf(digits: string | Uint8Array): Uint8Array {
  return typeof digits === 'string' ? new TextEncoder().encode(digits) : digits;
}

function broken(): Error {
  return new Error('broken n-gram table');
}

/** Collects n-grams individually: for small or hand-made tables. */
export class NgramBuilder {
  private readonly root: Entry = { count: 0, next: new Map() };

  /**
   * Sets the count of the n-gram of `length` units from `start` on to `count`; all shorter ones must be set before or
   * after.
   */
  set(text: ArrayLike<number>, start: number, length: number, count: number): void {
    let entry = this.root;
    for (let at = start; at < start + length; at++) {
      const unit = text[at] as number;
      let next = entry.next.get(unit);
      if (!next) {
        next = { count: 0, next: new Map() };
        entry.next.set(unit, next);
      }
      entry = next;
    }
    entry.count = count;
  }

  /** The collected n-grams. */
  tree(): NgramTree {
    const units = [0];
    const entries = [this.root];
    const firstChild: number[] = [];
    for (const entry of entries) {
      firstChild.push(entries.length);
      for (const [unit, next] of [...entry.next].sort(([a], [b]) => a - b)) {
        units.push(unit);
        entries.push(next);
      }
    }
    firstChild.push(entries.length);
    return {
      units: Uint16Array.from(units),
      counts: Float64Array.from(entries, ({ count }) => count),
      firstChild: Uint32Array.from(firstChild),
    };
  }

  /** The stored form. */
  store(): StoredNgrams {
    return storeNgrams(this.tree());
  }
}

interface Entry {
  count: number;
  readonly next: Map<number, Entry>;
}
