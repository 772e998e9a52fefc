/** Whether the words of a phrase belong together or only happen to meet. */
import type { Candidate } from './candidates';

/** Bits by which a phrase must be likelier than its two parts meeting by chance, at its weakest joint. */
const MIN_BITS = 4;

/** Counts any substring of a text through its suffix array, and judges candidates by the counts of their parts. */
export class Cohesion {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly text: Uint16Array,
    private readonly suffixes: Int32Array,
  ) {}

  /**
   * True where the pointwise mutual information of the candidate's two parts is enough at every joint (the "symmetrical"
   * view of Church & Hanks 1990). Each part has at least two characters: single ones meet everything.
   */
  holds({ text, start, count }: Candidate): boolean {
    // What commas bind was bounded on both sides already, and long coincidences do not happen.
    if (text.length > 12) return true;
    const total = this.text.length;
    for (let joint = 2; joint + 2 <= text.length; joint++) {
      const left = this.countOf(text.slice(0, joint), start);
      const right = this.countOf(text.slice(joint), start + joint);
      if (Math.log2((count * total) / (left * right)) < MIN_BITS) return false;
    }
    return true;
  }

  /** How often `part`, which stands at `start`, stands in the text. */
  private countOf(part: string, start: number): number {
    const known = this.counts.get(part);
    if (known !== undefined) return known;
    const count = this.bound(start, part.length, true) - this.bound(start, part.length, false);
    this.counts.set(part, count);
    return count;
  }

  /** The first suffix not before the `length` units at `start` (`past`: the first after all that begin with them). */
  private bound(start: number, length: number, past: boolean): number {
    const { text, suffixes } = this;
    let low = 0;
    let high = suffixes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = suffixes[middle] as number;
      let shared = 0;
      while (shared < length && text[start + shared] === text[other + shared]) shared++;
      const before = shared === length ? past : (text[other + shared] ?? -1) < (text[start + shared] as number);
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
