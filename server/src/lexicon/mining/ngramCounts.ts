/**
 * The n-grams of a text with their counts, as a trie in level order, from one pass over its suffix array; and their
 * pruning to a budget: those that add most information to the shorter context are kept (Stolcke, "Entropy-based pruning
 * of backoff language models", 1998).
 */
import { SEPARATOR } from './lcp';

/**
 * A trie in level order: node 0 is the root, the children of node n are the nodes from `firstChild[n]` to before
 * `firstChild[n + 1]`, in the order of their units.
 */
export interface NgramTree {
  readonly units: Uint16Array;
  readonly counts: Float64Array;
  /** One entry more than the number of nodes. */
  readonly firstChild: Uint32Array;
}

/** Minimum number of documents with an n-gram: one that occurs in one document is that document's own wording. */
const MIN_DOCUMENTS = 2;

/** Nodes of one level in the order in which they are found. */
class Level {
  units = new Uint16Array(1 << 12);
  counts = new Float64Array(1 << 12);
  parents = new Uint32Array(1 << 12);
  size = 0;

  add(unit: number, count: number, parent: number): void {
    if (this.size === this.units.length) {
      this.units = grown(this.units, new Uint16Array(this.size * 2));
      this.counts = grown(this.counts, new Float64Array(this.size * 2));
      this.parents = grown(this.parents, new Uint32Array(this.size * 2));
    }
    this.units[this.size] = unit;
    this.counts[this.size] = count;
    this.parents[this.size++] = parent;
  }
}

function grown<Kind extends { set(from: Kind): void }>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}

/** Maximum number of n-grams kept while counting: the rarest are dropped first. */
export const MAX_NODES = 16_000_000;

/** Calls `note` for each run of up to `order` units, in the order of the runs: see {@link NgramCounter.add}. */
export type RunSource = (note: NgramCounter['add']) => void;

/** The weight of each document, a whole number; 0 excludes it. */
export type Weighting = (document: number) => number;

/**
 * Counts all n-grams of up to `order` units that occur in two documents, with one weighting after another. If there are
 * more than `most`, the rarest are dropped, those of one count together. The runs, which are merged from many parts of a
 * large corpus, are gone through once for each weighting, and if there are too many once more in all.
 */
export class NgramCounts {
  /** The smallest count kept with the next weighting, if it is known that there are too many n-grams. */
  private nextLeast: number | undefined;

  constructor(
    private readonly runs: RunSource,
    private readonly order: number,
    private readonly most = MAX_NODES,
  ) {}

  /** The n-grams with the weights of `weightOf`. They are counted with `next` after that, which excludes no more documents. */
  of(weightOf: Weighting, next?: Weighting): NgramTree {
    const least = this.nextLeast;
    this.nextLeast = undefined;
    const counter =
      least === undefined
        ? new NgramCounter(this.order, weightOf, this.most)
        : new NgramCounter(this.order, weightOf, Number.POSITIVE_INFINITY, least);
    this.run([counter]);
    if (!counter.isFull) return treeOf(counter.levels);
    const again = new NgramCounter(this.order, weightOf, Number.POSITIVE_INFINITY, counter.leastFor(this.most));
    // There will be too many with the next weighting, too: only how many have each count is noted.
    const ahead = next && new NgramCounter(this.order, next, 0);
    this.run(ahead ? [again, ahead] : [again]);
    this.nextLeast = ahead?.leastFor(this.most);
    return treeOf(again.levels);
  }

  private run(counters: readonly NgramCounter[]): void {
    const [one, other] = counters as readonly [NgramCounter, NgramCounter?];
    this.runs(
      other
        ? (text, start, shared, document, times) => {
            one.add(text, start, shared, document, times);
            other.add(text, start, shared, document, times);
          }
        : one.add,
    );
    for (const counter of counters) counter.finish();
  }
}

/** Counts above this are treated as equal. */
const MAX_COUNTED = 1 << 16;

/** Counts n-grams from their longest runs, which must come in order. */
export class NgramCounter {
  readonly levels: Level[];
  private readonly counts: Float64Array;
  private readonly firstDocument: Int32Array;
  private readonly documents: Uint8Array;
  private readonly units: Uint16Array;
  /** Number of n-grams with each count. */
  private readonly sizes = new Float64Array(MAX_COUNTED + 1);
  private open = 0;
  private size = 0;

  constructor(
    private readonly order: number,
    private readonly weightOf: (document: number) => number,
    private readonly most: number,
    private readonly least = 0,
  ) {
    this.levels = Array.from({ length: order + 1 }, () => new Level());
    this.counts = new Float64Array(order + 1);
    this.firstDocument = new Int32Array(order + 1);
    this.documents = new Uint8Array(order + 1);
    this.units = new Uint16Array(order + 1);
  }

  /** Whether there were more than `most`; they are counted, but no longer stored. */
  get isFull(): boolean {
    return this.size > this.most;
  }

  /**
   * Adds a run of up to `order` units in `text` from `start` on, ended by a {@link SEPARATOR} if it is shorter. It
   * shares its first `shared` units with the previous run, and occurs `times` times in `document`.
   */
  readonly add = (text: ArrayLike<number>, start: number, shared: number, document: number, times: number): void => {
    this.close(shared);
    const weight = times * this.weightOf(document);
    for (let size = 1; size <= this.order; size++) {
      const unit = text[start + size - 1] ?? SEPARATOR;
      if (size > this.open) {
        if (unit === SEPARATOR) break;
        this.open = size;
        this.units[size] = unit;
        this.counts[size] = 0;
        this.documents[size] = 0;
      }
      if (weight === 0) continue;
      this.counts[size]! += weight;
      if (this.documents[size] === 0) {
        this.documents[size] = 1;
        this.firstDocument[size] = document;
      } else if (this.documents[size] === 1 && this.firstDocument[size] !== document) {
        this.documents[size] = MIN_DOCUMENTS;
      }
    }
  };

  /** Ends the last run. */
  finish(): void {
    this.close(0);
  }

  /** The smallest count such that at most `most` n-grams have it or more. */
  leastFor(most: number): number {
    let least = MAX_COUNTED;
    let size = this.sizes[least] as number;
    while (least > 1 && size + (this.sizes[least - 1] as number) <= most) size += this.sizes[--least] as number;
    return least;
  }

  private close(shared: number): void {
    for (; this.open > shared; this.open--) {
      const { open } = this;
      const count = this.counts[open] as number;
      if ((this.documents[open] as number) < MIN_DOCUMENTS || count < this.least) continue;
      this.sizes[Math.min(MAX_COUNTED, count)]!++;
      if (++this.size > this.most) continue;
      const parent = (this.levels[open - 1] as Level).size;
      (this.levels[open] as Level).add(this.units[open] as number, count, open === 1 ? 0 : parent);
    }
  }
}

/** The runs of a text in the order of its suffixes; `places` are the indices of its documents among all. */
export function runsOf(
  text: Uint16Array,
  suffixes: Int32Array,
  prefixes: Uint8Array,
  documentOf: (place: number) => number,
): RunSource {
  return (note) => {
    for (let at = 0; at < suffixes.length; at++) {
      const start = suffixes[at] as number;
      note(text, start, prefixes[at] as number, documentOf(start), 1);
    }
  };
}

/** The levels as one trie; `parents` are indices within the level above. */
function treeOf(levels: readonly Level[]): NgramTree {
  const size = 1 + levels.reduce((sum, level) => sum + level.size, 0);
  const tree = { units: new Uint16Array(size), counts: new Float64Array(size), firstChild: new Uint32Array(size + 1) };
  let above = 0;
  let start = 1;
  let filled = 0;
  for (const [depth, level] of levels.entries()) {
    if (depth === 0) continue;
    tree.units.set(level.units.subarray(0, level.size), start);
    tree.counts.set(level.counts.subarray(0, level.size), start);
    for (let index = 0; index < level.size; index++) {
      const parent = above + (level.parents[index] as number);
      while (filled <= parent) tree.firstChild[filled++] = start + index;
    }
    above = start;
    start += level.size;
    // Nodes of the level above without children after the last that has some.
    while (filled < above) tree.firstChild[filled++] = start;
  }
  while (filled <= size) tree.firstChild[filled++] = size;
  let total = 0;
  for (let node = 1; node < (tree.firstChild[1] as number); node++) total += tree.counts[node] as number;
  tree.counts[0] = total;
  return tree;
}

/** The child of `node` with `unit`, -1 if there is none. */
export function childIn({ units, firstChild }: NgramTree, node: number, unit: number): number {
  let low = firstChild[node] as number;
  let high = (firstChild[node + 1] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = units[middle] as number;
    if (found === unit) return middle;
    if (found < unit) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The trie of the `most` most informative n-grams of `tree`: the measure is the count of an n-gram times the logarithm
 * by which its last unit is likelier after all the others than after all but the first. All single units and all
 * prefixes of what is kept are kept as well.
 */
export function prunedNgrams(tree: NgramTree, most: number): NgramTree {
  const { units, counts, firstChild } = tree;
  const size = units.length;
  if (size - 1 <= most) return tree;
  // For each node the n-gram without its first unit.
  const shorter = new Uint32Array(size);
  const parents = new Uint32Array(size);
  const scores = new Float32Array(size);
  const seconds = firstChild[1] as number;
  for (let node = 0; node < size; node++) {
    for (let child = firstChild[node] as number; child < (firstChild[node + 1] as number); child++) {
      parents[child] = node;
      if (node === 0) continue;
      const link = childIn(tree, shorter[node] as number, units[child] as number);
      shorter[child] = link;
      const inContext = (counts[child] as number) / (counts[node] as number);
      const otherwise = (counts[link] as number) / (counts[shorter[node] as number] as number);
      scores[child] = (counts[child] as number) * Math.abs(Math.log(inContext / otherwise));
    }
  }
  for (let node = 0; node < seconds; node++) scores[node] = Number.POSITIVE_INFINITY;
  // A prefix is worth as much as its best extension.
  for (let node = size - 1; node >= seconds; node--) {
    const parent = parents[node] as number;
    if ((scores[node] as number) > (scores[parent] as number)) scores[parent] = scores[node] as number;
  }
  const least = scores.slice().sort()[size - most - 1] as number;
  const kept: number[] | Uint32Array = new Uint32Array(size).fill(0);
  let left = 0;
  for (let node = 0; node < size; node++) if ((scores[node] as number) > least || node < seconds) kept[node] = ++left;
  const smaller = {
    units: new Uint16Array(left),
    counts: new Float64Array(left),
    firstChild: new Uint32Array(left + 1),
  };
  for (let node = 0, next = firstKept(kept, 1); node < size; node++) {
    const own = kept[node] as number;
    if (own === 0) continue;
    smaller.units[own - 1] = units[node] as number;
    smaller.counts[own - 1] = counts[node] as number;
    smaller.firstChild[own - 1] = next;
    for (let child = firstChild[node] as number; child < (firstChild[node + 1] as number); child++) {
      if ((kept[child] as number) > 0) next = kept[child] as number;
    }
  }
  smaller.firstChild[left] = left;
  return smaller;
}

function firstKept(kept: Uint32Array, from: number): number {
  let node = from;
  while (node < kept.length && kept[node] === 0) node++;
  return node < kept.length ? (kept[node] as number) - 1 : kept.length;
}
