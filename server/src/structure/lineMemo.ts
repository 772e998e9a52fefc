/**
 * Values derived from a line, kept as long as the line is unchanged: its record then passes from one analysis to the
 * next. After an edit only the changed lines are read again.
 */
import { Pace, type Resumable } from '../text/resumable';
import type { Analysis } from './analysis';
import { LineCacheKey } from './lineCache';
import {
  type CharacterMask,
  type CharacterTriggers,
  characterMask,
  EVERY_LINE,
  lineMatches,
  prepareSigns,
} from './linePrefilter';
import type { LineRecord } from './lineScan';

/** Number of characters of new lines read between two yields of {@link LineMemo.prepare}; every line counts for some more. */
const PIECE = 6_000;
const LINE_COST = 5;

/** A value derived from each line at most once, and not at all from lines without its trigger characters. */
export class LineMemo<Value> {
  private readonly slot = new LineCacheKey<Value>();
  private readonly mask: CharacterMask;

  /**
   * `read` gets a line without its break and must depend on nothing else. For a line without the characters of `signs`
   * it must return `otherwise`.
   */
  constructor(
    private readonly read: (line: string) => Value,
    private readonly rare?: { readonly signs: CharacterTriggers; readonly otherwise: Value },
  ) {
    this.mask = rare ? characterMask(rare.signs) : EVERY_LINE;
  }

  /** The value of `read` for line `number` of `analysis`. */
  of(analysis: Analysis, number: number): Value {
    if (this.rare && !lineMatches(analysis, number, this.mask)) return this.rare.otherwise;
    let value = this.slot.at(analysis, number);
    if (value === undefined) {
      const { text, lines } = analysis;
      value = this.read(text.slice(lines.start(number), lines.end(number)));
      this.slot.put(analysis, number, value);
    }
    return value;
  }

  /** The value for the line that `record` was made from, which is `line`; for lines of earlier versions. */
  ofRecord(record: LineRecord, line: string): Value {
    let value = this.slot.get(record);
    if (value === undefined) {
      value = this.read(line);
      this.slot.set(record, value);
    }
    return value;
  }

  /**
   * Reads all lines incrementally, a few milliseconds at a time; {@link of} then returns at once. After an edit it visits the
   * changed lines only.
   */
  *prepare(analysis: Analysis): Resumable<void> {
    const { lines } = analysis;
    const pace = Pace.rising(PIECE);
    if (this.rare) yield* prepareSigns(analysis);
    const { first, end } = this.slot.gapIn(analysis);
    for (let number = first; number < end; number++) {
      const isMissing =
        (!this.rare || lineMatches(analysis, number, this.mask)) && this.slot.at(analysis, number) === undefined;
      if (isMissing) this.of(analysis, number);
      if (pace.isOver(isMissing ? lines.end(number) - lines.start(number) + LINE_COST : 1)) yield;
    }
    this.slot.filledIn(analysis);
  }

  /** Whether `wanted` is true for the value of some line. */
  some(analysis: Analysis, wanted: (value: Value) => boolean): boolean {
    for (let number = 0; number < analysis.lines.count; number++) {
      if (wanted(this.of(analysis, number))) return true;
    }
    return false;
  }
}
