/** Occurrences of the characters and of the pairs of adjacent characters of a text. */

import { KeyCounts } from './keys';

const MIN_BITS = 8;

/** Counts of characters and pairs of adjacent ones, as UTF-16 units, that can be added and subtracted. */
export class CharacterCounts {
  /** By first unit × 65536 + second, the first 0 for single units. */
  private readonly counts = new KeyCounts(MIN_BITS);

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
        this.counts.add(unit, by);
        if (before !== 0) this.counts.add((before << 16) | unit, by);
      }
      before = unit;
    }
  }

  /** Number of occurrences of the unit `code`; 0 for NaN. */
  single(code: number): number {
    return this.counts.of(code | 0);
  }

  /** Number of occurrences of `second` right after `first`; 0 if either is NaN. */
  pair(first: number, second: number): number {
    const isPair = first > 0 && second > 0;
    return isPair ? this.counts.of((first << 16) | second) : 0;
  }
}
