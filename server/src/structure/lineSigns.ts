/** Which sets of characters the lines of an analysis hold, side by side for all lines: see `linePrefilter.ts`, which fills it. */
export class LineSigns {
  /** How many sets there were when it was filled; none before. */
  sets = -1;
  /** By line, in two words of bits: sets of which the line holds a character. */
  low = NONE;
  high = NONE;
  /** Sets of which it holds two characters side by side. */
  lowAdjacent = NONE;
  highAdjacent = NONE;
}

const NONE = new Int32Array(0);
