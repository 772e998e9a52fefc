/** Where the lines of a text begin and end. Breaks are LF, CRLF and CR, as in LSP; U+2028 and the like are text. */
export interface LineTable {
  readonly count: number;
  /** Offset of the first character of `line`. */
  start(line: number): number;
  /** Offset just after the last character of `line`, before its line break. */
  end(line: number): number;
  /** The line (0-based) that holds `offset`; offsets outside the text give the first or the last line. */
  lineAt(offset: number): number;
}

const LF = 10;
const CR = 13;

class Lines implements LineTable {
  constructor(
    private readonly starts: ArrayLike<number>,
    private readonly ends: ArrayLike<number>,
    readonly count: number,
  ) {}

  start(line: number): number {
    return this.starts[line] ?? 0;
  }

  end(line: number): number {
    return this.ends[line] ?? 0;
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Finds the lines of `text`; a text has at least one line, and one that ends in a break has an empty last line. */
export function splitLines(text: string): LineTable {
  const starts: number[] = [0];
  const ends: number[] = [];
  // indexOf is native and much faster than a loop; CR is rare enough to look for only where there is one.
  if (text.indexOf('\r') < 0) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      ends.push(at);
      starts.push(at + 1);
    }
  } else {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== LF && code !== CR) continue;
      ends.push(at);
      if (code === CR && text.charCodeAt(at + 1) === LF) at++;
      starts.push(at + 1);
    }
  }
  ends.push(text.length);
  return new Lines(starts, ends, starts.length);
}

/** Turns an offset into LSP's zero-based line and UTF-16 character. */
export function positionAt(lines: LineTable, offset: number): { line: number; character: number } {
  const line = lines.lineAt(offset);
  return { line, character: Math.max(0, Math.min(offset, lines.end(line)) - lines.start(line)) };
}

/** Turns an LSP position into an offset; positions outside the text are moved to the nearest place inside. */
export function offsetAt(lines: LineTable, position: { line: number; character: number }): number {
  if (position.line < 0) return 0;
  if (position.line >= lines.count) return lines.end(lines.count - 1);
  return Math.min(lines.start(position.line) + Math.max(0, position.character), lines.end(position.line));
}
