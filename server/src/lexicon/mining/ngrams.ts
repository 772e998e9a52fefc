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

export class NgramTable {
  private constructor(
    private readonly units: Uint16Array,
    private readonly levels: Uint8Array,
    /** The children of node n are the nodes from firstChild[n] to firstChild[n + 1]. */
    private readonly firstChild: Uint32Array,
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
  static load(stored: StoredNgrams): NgramTable {
    const encoder = new TextEncoder();
    const ranks = encoder.encode(stored.ranks);
    const counts = encoder.encode(stored.counts);
    const size = counts.length + 1;
    const flags = readFlags(encoder.encode(stored.flags), counts.length);
    const units = new Uint16Array(size);
    const levels = new Uint8Array(size);
    const firstChild = new Uint32Array(size + 1);
    const unitOf = Uint16Array.from({ length: stored.units.length }, (_, rank) => stored.units.charCodeAt(rank));
    levels[0] = COUNTS.length - 1;
    firstChild[0] = 1;
    let at = 0;
    let worst = 0;
    // The parent of the group being read; groups come in the order of their parents.
    let parent = 0;
    for (let node = 1; node < size; node++) {
      let rank = VALUES[ranks[at++] as number] as number;
      if (rank >= ONE_DIGIT) rank = ONE_DIGIT + (rank - ONE_DIGIT) * BASE + (VALUES[ranks[at++] as number] as number);
      const level = VALUES[counts[node - 1] as number] as number;
      if (rank > worst) worst = rank;
      units[node] = unitOf[rank] as number;
      // Larger values are rejected below.
      levels[node] = level;
      if (level > MAX_LEVEL) worst = MAX_RANKS;
      if (((flags[node - 1] as number) & 1) === 0) continue;
      // The last sibling: the next group belongs to the next node that has children.
      if (node === size - 1) break;
      parent++;
      while (parent <= node && ((flags[parent - 1] as number) & 2) === 0) firstChild[parent++] = node + 1;
      if (parent > node) throw new Error('broken n-gram table');
      firstChild[parent] = node + 1;
    }
    if (size > 1 && worst >= unitOf.length) throw new Error('broken n-gram table');
    if (at !== ranks.length || (size > 1 && ((flags[size - 2] as number) & 1) === 0)) {
      throw new Error('broken n-gram table');
    }
    for (let node = parent + 1; node <= size; node++) firstChild[node] = size;
    return new NgramTable(units, levels, firstChild, stored.weights ?? []);
  }

  /** The table of the n-grams in `tree`. */
  static of({ units, counts, firstChild }: NgramTree, weights: readonly number[] = []): NgramTable {
    const levels = Uint8Array.from(counts, levelOf);
    levels[0] = COUNTS.length - 1;
    return new NgramTable(units, levels, firstChild, weights);
  }

  /**
   * The n-grams of this table and of `other` merged into one table; the counts of `other` are multiplied by `factor`.
   */
  with(other: NgramTable, factor: number): NgramTable {
    const [one, two] = [this, other];
    let room = 1 << 12;
    let units = new Uint16Array(room);
    let counts = new Float64Array(room);
    const firstChild: number[] = [];
    // Nodes of the merged trie in level order, as pairs of nodes; -1 if one of the two has none.
    let pairs = new Int32Array(2 * room);
    let size = 1;
    const add = (unit: number, left: number, right: number): void => {
      if (size === room) {
        room *= 2;
        units = extended(units, new Uint16Array(room));
        counts = extended(counts, new Float64Array(room));
        pairs = extended(pairs, new Int32Array(2 * room));
      }
      units[size] = unit;
      counts[size] = (left < 0 ? 0 : one.count(left)) + (right < 0 ? 0 : factor * two.count(right));
      pairs[2 * size] = left;
      pairs[2 * size++ + 1] = right;
    };
    for (let node = 0; node < size; node++) {
      firstChild.push(size);
      const left = pairs[2 * node] as number;
      const right = pairs[2 * node + 1] as number;
      let a = left < 0 ? 0 : one.childrenStart(left);
      let b = right < 0 ? 0 : two.childrenStart(right);
      const aEnd = left < 0 ? 0 : one.childrenEnd(left);
      const bEnd = right < 0 ? 0 : two.childrenEnd(right);
      while (a < aEnd || b < bEnd) {
        const x = a < aEnd ? one.unit(a) : 0x10000;
        const y = b < bEnd ? two.unit(b) : 0x10000;
        add(Math.min(x, y), x <= y ? a++ : -1, y <= x ? b++ : -1);
      }
    }
    firstChild.push(size);
    const tree = {
      units: units.slice(0, size),
      counts: counts.slice(0, size),
      firstChild: Uint32Array.from(firstChild),
    };
    return NgramTable.of(tree, this.weights);
  }
}

function extended<Kind extends { set(from: Kind): void }>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}

/** Counts by level: 1, 1.26, 1.59, 2, … */
const COUNTS = Float64Array.from({ length: MAX_LEVEL + 1 }, (_, level) => 2 ** (level / STEPS_PER_OCTAVE));

function levelOf(count: number): number {
  return Math.min(MAX_LEVEL, Math.max(0, Math.round(Math.log2(count || 1) * STEPS_PER_OCTAVE)));
}

/** The stored form of `tree`. */
export function storeNgrams({ units, counts, firstChild }: NgramTree, weights?: readonly number[]): StoredNgrams {
  const size = units.length;
  const uses = new Float64Array(0x10000);
  for (let node = 1; node < size; node++) uses[units[node] as number]!++;
  const byUse = [...uses.keys()]
    .filter((unit) => (uses[unit] as number) > 0)
    .sort((a, b) => (uses[b] as number) - (uses[a] as number) || a - b);
  const rankOf = new Int32Array(0x10000);
  byUse.forEach((unit, rank) => {
    rankOf[unit] = rank;
  });
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

function packFlags(flags: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(flags.length / FLAGS_TOGETHER));
  flags.forEach((flag, at) => {
    packed[Math.floor(at / FLAGS_TOGETHER)]! |= flag << (2 * (at % FLAGS_TOGETHER));
  });
  return packed;
}

function readFlags(packed: Uint8Array, size: number): Uint8Array {
  const flags = new Uint8Array(size);
  for (let at = 0, one = 0; at < size; one++) {
    const three = VALUES[packed[one] as number] ?? 0xff;
    if (three >= 1 << (2 * FLAGS_TOGETHER)) throw new Error('broken n-gram table');
    for (let shift = 0; shift < 2 * FLAGS_TOGETHER && at < size; shift += 2) flags[at++] = (three >> shift) & 3;
  }
  return flags;
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
