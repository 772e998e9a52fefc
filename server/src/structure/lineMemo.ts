/**
 * What was made of a line, kept for as long as the line stays the same text: its record then goes from one analysis to
 * the next. After an edit only the lines that changed are read again.
 */
import type { Resumable } from '../text/resumable';
import type { Analysis } from './analysis';
import { LineCacheKey } from './lineCache';
import { type CharacterMask, type CharacterTriggers, characterMask, EVERY_LINE, lineMatches } from './linePrefilter';

/** New lines of so many characters are read at a time by {@link LineMemo.ahead}. */
const PIECE = 6_000;

/** Something read line by line, each line once, and lines without the signs of it not at all. */
export class LineMemo<Value> {
  private readonly slot = new LineCacheKey<Value>();
  private readonly mask: CharacterMask;

  /**
   * `read` gets a line without its break and must go by nothing else. Where a line holds none of `signs`, reading it must
   * give `otherwise`.
   */
  constructor(
    private readonly read: (line: string) => Value,
    private readonly rare?: { readonly signs: CharacterTriggers; readonly otherwise: Value },
  ) {
    this.mask = rare ? characterMask(rare.signs) : EVERY_LINE;
  }

  /** What `read` makes of line `number` of `analysis`. */
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

  /** Reads all lines in pieces of a few milliseconds; {@link of} then has them at hand. */
  *ahead(analysis: Analysis): Resumable<void> {
    const { lines } = analysis;
    let read = 0;
    for (let number = 0; number < lines.count; number++) {
      if (this.slot.at(analysis, number) !== undefined) continue;
      read += lines.end(number) - lines.start(number);
      this.of(analysis, number);
      if (read < PIECE) continue;
      yield;
      read = 0;
    }
  }

  /** True where `wanted` holds for what is made of some line. */
  some(analysis: Analysis, wanted: (value: Value) => boolean): boolean {
    for (let number = 0; number < analysis.lines.count; number++) {
      if (wanted(this.of(analysis, number))) return true;
    }
    return false;
  }
}
