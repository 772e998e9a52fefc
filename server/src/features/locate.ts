/** Conversion between offsets, which the analysis uses, and LSP's lines and characters. */

import type { Position, Range } from 'vscode-languageserver-types';
import type { LineTable } from '../text/lines';
import type { Span } from '../text/span';

/** A jump further than this many lines is looked up instead of walked. */
const STEPS = 64;

/**
 * Converts offsets to positions. Remembers the line of the last one, so that a sequence of growing offsets costs one
 * pass over the lines; any other order is correct too, only slower. Offsets outside the text are clamped.
 */
export class Locator {
  private line = 0;

  constructor(private readonly lines: LineTable) {}

  position(offset: number): Position {
    const { lines } = this;
    let line = this.line;
    if (offset < lines.start(line)) {
      line = lines.lineAt(offset);
    } else {
      const last = lines.count - 1;
      for (let steps = 0; line < last && lines.start(line + 1) <= offset; line++) {
        if (++steps > STEPS) {
          line = lines.lineAt(offset);
          break;
        }
      }
    }
    this.line = line;
    return { line, character: Math.max(0, Math.min(offset, lines.end(line)) - lines.start(line)) };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}

/** Whether two ranges are equal. */
export function sameRange({ start, end }: Range, other: Range): boolean {
  return (
    start.line === other.start.line &&
    start.character === other.start.character &&
    end.line === other.end.line &&
    end.character === other.end.character
  );
}
