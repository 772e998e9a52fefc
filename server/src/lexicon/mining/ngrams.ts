/**
 * How often short runs of characters follow one another: a trie of n-grams in typed arrays. Each level of the trie lies
 * together and the children of a node lie side by side in the order of their units, so that a child is found by binary
 * search. Counts are kept to the third of an octave, which is finer than they are sure.
 */

/** Characters of the longest n-gram kept. */
export const NGRAM_ORDER = 6;

const STEPS_PER_OCTAVE = 3;
/** Ranks below this take one byte, the others two. */
const ONE_BYTE = 200;

/** The stored form: `units` by falling frequency, `nodes` level by level as base64 of (rank, flags and count). */
export interface StoredNgrams {
  readonly units: string;
  readonly nodes: string;
}

export class NgramTable {
  private constructor(
    private readonly units: Uint16Array,
    private readonly levels: Uint8Array,
    /** The children of node n are the nodes from firstChild[n] to firstChild[n + 1]. */
    private readonly firstChild: Uint32Array,
  ) {
    const end = this.childrenEnd(NgramTable.ROOT);
    for (let node = this.childrenStart(NgramTable.ROOT); node < end; node++) this.single[units[node] as number] = node;
  }

  /** The node of each single unit, the step that is taken most. */
  private readonly single = new Int32Array(0x10000).fill(-1);

  /** Number of n-grams. */
  get size(): number {
    return this.units.length - 1;
  }

  /** The root, the n-gram of no characters. */
  static readonly ROOT = 0;

  unit(node: number): number {
    return this.units[node] as number;
  }

  /** About how often the n-gram stands in the corpus. */
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

  /** The n-gram of `node` and one more character, -1 where there is none. */
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

  /** Reads what {@link NgramBuilder.store} wrote. Throws on anything else. */
  static load(stored: StoredNgrams): NgramTable {
    const bytes = fromBase64(stored.nodes);
    const ranks = stored.units;
    let size = 1;
    for (let at = 0; at < bytes.length; size++) at += (bytes[at] as number) < ONE_BYTE ? 2 : 3;
    const units = new Uint16Array(size);
    const levels = new Uint8Array(size);
    const firstChild = new Uint32Array(size + 1);
    levels[0] = COUNTS.length - 1;
    let parent = 0;
    firstChild[0] = 1;
    let at = 0;
    // Nodes with children whose groups are still to come, in order: exactly the level order.
    const waiting = new Uint32Array(size);
    let waitingEnd = 0;
    let waitingStart = 0;
    for (let node = 1; node < size; node++) {
      let rank = bytes[at++] as number;
      if (rank >= ONE_BYTE) rank = ONE_BYTE + ((rank - ONE_BYTE) << 8) + (bytes[at++] ?? 0);
      const flags = bytes[at++];
      if (flags === undefined || rank >= ranks.length) throw new Error('broken n-gram table');
      units[node] = ranks.charCodeAt(rank);
      levels[node] = flags >> 2;
      if (flags & 2) waiting[waitingEnd++] = node;
      if (flags & 1) {
        // The last sibling: the next group belongs to the next node that has children.
        if (node === size - 1) break;
        if (waitingStart === waitingEnd) throw new Error('broken n-gram table');
        const next = waiting[waitingStart++] as number;
        for (let childless = parent + 1; childless <= next; childless++) firstChild[childless] = node + 1;
        parent = next;
      }
    }
    for (let node = parent + 1; node <= size; node++) firstChild[node] = size;
    return new NgramTable(units, levels, firstChild);
  }
}

/** Counts by level: 1, 1.26, 1.59, 2, … */
const COUNTS = Float64Array.from({ length: 64 }, (_, level) => 2 ** (level / STEPS_PER_OCTAVE));

/** Collects n-grams with their counts and writes them in the stored form. */
export class NgramBuilder {
  private units = new Uint16Array(1 << 16);
  private counts = new Float64Array(1 << 16);
  private parents = new Uint32Array(1 << 16);
  private size = 1;
  private slots = new Uint32Array(1 << 18);

  /** Notes that the n-gram of `length` units from `start` on stands `count` times, all shorter ones having been noted or to come. */
  set(text: ArrayLike<number>, start: number, length: number, count: number): void {
    let node = 0;
    for (let at = start; at < start + length; at++) node = this.childOf(node, text[at] as number);
    this.counts[node] = count;
  }

  /** Adds the n-grams of a loaded table, so that two can be used as one. */
  add(table: NgramTable): void {
    const visit = (from: number, to: number): void => {
      for (let child = table.childrenStart(from); child < table.childrenEnd(from); child++) {
        const own = this.childOf(to, table.unit(child));
        this.counts[own]! += table.count(child);
        visit(child, own);
      }
    };
    visit(NgramTable.ROOT, 0);
  }

  /** The stored form. */
  store(): StoredNgrams {
    const { size } = this;
    // Children by parent, each group in the order of units, groups in level order.
    const children = new Map<number, number[]>();
    for (let node = 1; node < size; node++) {
      const siblings = children.get(this.parents[node] as number);
      if (siblings) siblings.push(node);
      else children.set(this.parents[node] as number, [node]);
    }
    for (const siblings of children.values())
      siblings.sort((a, b) => (this.units[a] as number) - (this.units[b] as number));
    const uses = new Map<number, number>();
    for (let node = 1; node < size; node++) {
      const unit = this.units[node] as number;
      uses.set(unit, (uses.get(unit) ?? 0) + 1);
    }
    const byUse = [...uses].sort(([a, m], [b, n]) => n - m || a - b).map(([unit]) => unit);
    const rankOf = new Map(byUse.map((unit, rank) => [unit, rank]));
    const bytes = new Uint8Array(size * 3);
    let end = 0;
    const queue: number[] = [0];
    for (let head = 0; head < queue.length; head++) {
      const siblings = children.get(queue[head] as number) ?? [];
      siblings.forEach((node, index) => {
        const rank = rankOf.get(this.units[node] as number) as number;
        if (rank < ONE_BYTE) bytes[end++] = rank;
        else {
          bytes[end++] = ONE_BYTE + ((rank - ONE_BYTE) >> 8);
          bytes[end++] = (rank - ONE_BYTE) & 0xff;
        }
        const level = Math.min(63, Math.max(0, Math.round(Math.log2(this.counts[node] || 1) * STEPS_PER_OCTAVE)));
        const hasChildren = children.has(node) ? 2 : 0;
        bytes[end++] = (level << 2) | hasChildren | (index === siblings.length - 1 ? 1 : 0);
        if (hasChildren) queue.push(node);
      });
    }
    return { units: String.fromCharCode(...byUse), nodes: toBase64(bytes.subarray(0, end)) };
  }

  private childOf(parent: number, unit: number): number {
    if (this.size * 2 > this.slots.length) this.rehash();
    const mask = this.slots.length - 1;
    let slot = hashOf(parent, unit) & mask;
    for (;;) {
      const node = this.slots[slot] as number;
      if (node === 0) break;
      if (this.parents[node] === parent && this.units[node] === unit) return node;
      slot = (slot + 1) & mask;
    }
    if (this.size === this.units.length) this.grow();
    const node = this.size++;
    this.parents[node] = parent;
    this.units[node] = unit;
    this.slots[slot] = node;
    return node;
  }

  private grow(): void {
    const { units, counts, parents } = this;
    this.units = new Uint16Array(units.length * 2);
    this.counts = new Float64Array(units.length * 2);
    this.parents = new Uint32Array(units.length * 2);
    this.units.set(units);
    this.counts.set(counts);
    this.parents.set(parents);
  }

  private rehash(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let node = 1; node < this.size; node++) {
      let slot = hashOf(this.parents[node] as number, this.units[node] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = node;
    }
  }
}

function hashOf(parent: number, unit: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 3;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x2000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
