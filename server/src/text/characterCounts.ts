/** Occurrences of the characters and of the pairs of adjacent characters of a text. */

const MIN_BITS = 8;

/**
 * Counts of characters and pairs of adjacent ones, as UTF-16 units, that can be added and subtracted. Open addressing: maps
 * of numbers are slow, and a text has tens of thousands of pairs.
 */
export class CharacterCounts {
  private bits = MIN_BITS;
  /** By slot: first unit × 65536 + second, the first 0 for single units; 0 if the slot is free. */
  private keys = new Int32Array(1 << MIN_BITS);
  private counts = new Int32Array(1 << MIN_BITS);
  private used = 0;

  /** The counts of all of `text`. */
  static of(text: string): CharacterCounts {
    const counts = new CharacterCounts();
    counts.add(text, 0, text.length, 1);
    return counts;
  }

  /**
   * Adds `by` for each unit of `text` from `start` up to `end`, and for each pair whose second unit is there. NUL is not
   * counted.
   */
  add(text: string, start: number, end: number, by: number): void {
    let before = start > 0 ? text.charCodeAt(start - 1) : 0;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit !== 0) {
        this.change(unit, by);
        if (before !== 0) this.change((before << 16) | unit, by);
      }
      before = unit;
    }
  }

  /** Number of occurrences of the unit `code`; 0 for NaN. */
  single(code: number): number {
    return this.counts[this.slotOf(code | 0)]!;
  }

  /** Number of occurrences of `second` right after `first`; 0 if either is NaN. */
  pair(first: number, second: number): number {
    const isPair = first > 0 && second > 0;
    return isPair ? this.counts[this.slotOf((first << 16) | second)]! : 0;
  }

  private change(key: number, by: number): void {
    const slot = this.slotOf(key);
    this.counts[slot]! += by;
    if (this.keys[slot] === key) return;
    this.keys[slot] = key;
    if (++this.used > this.keys.length >>> 1) this.rebuild();
  }

  /** The slot of `key`, or the free one where it would be. */
  private slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> (32 - this.bits);
    while (keys[slot] !== key && keys[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  /** Drops what no longer occurs, with twice the room if that leaves little. */
  private rebuild(): void {
    const { keys, counts } = this;
    let occurring = 0;
    for (const count of counts) if (count !== 0) occurring++;
    if (occurring > keys.length >>> 2) this.bits++;
    this.keys = new Int32Array(1 << this.bits);
    this.counts = new Int32Array(1 << this.bits);
    this.used = occurring;
    for (let old = 0; old < keys.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.slotOf(keys[old]!);
      this.keys[slot] = keys[old]!;
      this.counts[slot] = counts[old]!;
    }
  }
}
