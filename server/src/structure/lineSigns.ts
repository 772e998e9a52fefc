/**
 * The sets of characters that the lines of an analysis contain, in contiguous arrays: see `linePrefilter.ts`, which
 * fills them.
 */
export class LineSigns {
  /** Number of sets when it was filled; -1 before. */
  sets = -1;
  /** By line, in two words of bits: sets of which the line contains a character. */
  low = NONE;
  high = NONE;
  /** Sets of which it contains two adjacent characters. */
  lowAdjacent = NONE;
  highAdjacent = NONE;
}

const NONE = new Int32Array(0);
