import { type LineRange, withChange } from './lineColumns';

/**
 * The sets of characters that the lines of an analysis contain, in contiguous arrays: see `linePrefilter.ts`, which
 * fills them.
 */
export class LineSigns {
  /** Number of sets when it was filled; -1 before. */
  sets = -1;
  /** By line, in two words of bits: sets of which the line contains a character. */
  low: Int32Array = NONE;
  high: Int32Array = NONE;
  /** Sets of which it contains two adjacent characters. */
  lowAdjacent: Int32Array = NONE;
  highAdjacent: Int32Array = NONE;
  /** Number of sets for which all lines outside {@link gap} are known; -1 if none is. */
  knownSets = -1;
  gap: LineRange = { first: 0, end: 0 };

  /** Copies what `before` knows of its first `head` and last `tail` lines, which are those of this text of `count` lines. */
  copy(before: LineSigns, count: number, head: number, tail: number): this {
    const known = before.low.length;
    if (before.knownSets < 0 || known === 0) return this;
    const moved = (old: Int32Array): Int32Array => {
      const column = new Int32Array(count);
      column.set(old.subarray(0, head));
      column.set(old.subarray(known - tail), count - tail);
      return column;
    };
    this.low = moved(before.low);
    this.high = moved(before.high);
    this.lowAdjacent = moved(before.lowAdjacent);
    this.highAdjacent = moved(before.highAdjacent);
    this.knownSets = before.knownSets;
    this.gap = withChange(before.gap, { first: head, end: known - tail }, count - head - tail);
    return this;
  }
}

const NONE = new Int32Array(0);
