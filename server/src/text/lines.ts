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
  readonly count: number;

  constructor(
    readonly starts: Int32Array,
    readonly ends: Int32Array,
  ) {
    this.count = starts.length;
  }

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
  findBreaks(text, 0, text.length, starts, ends);
  ends.push(text.length);
  return new Lines(Int32Array.from(starts), Int32Array.from(ends));
}

/** Adds where lines end, and where the next ones start, for the breaks that begin between `from` and `to`. */
function findBreaks(text: string, from: number, to: number, starts: number[], ends: number[]): void {
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  // indexOf is native and much faster than a loop; CR is rare enough to look for only where there is one.
  if (part.indexOf('\r') < 0) {
    for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) {
      ends.push(from + at);
      starts.push(from + at + 1);
    }
    return;
  }
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== LF && code !== CR) continue;
    ends.push(at);
    if (code === CR && text.charCodeAt(at + 1) === LF) at++;
    starts.push(at + 1);
  }
}

/** What two texts have in common: so many characters at the beginning and, beyond those, at the end. */
export interface Common {
  readonly prefix: number;
  readonly suffix: number;
}

/**
 * The lines of `text`, which shares `common` with the text of `length` characters whose lines are `before`. Equal to
 * {@link splitLines}, but only what differs is looked at.
 */
export function splitLinesAgain(
  text: string,
  before: LineTable,
  length: number,
  { prefix, suffix }: Common,
): LineTable {
  if (!(before instanceof Lines)) return splitLines(text);
  const shift = text.length - length;
  // A break just before the change may have become one with what follows it, or been parted from it.
  const head = Math.max(0, before.lineAt(prefix) - 1);
  // Lines whose break before them lies in the common end.
  let tail = before.lineAt(length - suffix) + 1;
  if (tail <= head) tail = head + 1;
  const tailStart = tail < before.count ? before.start(tail) + shift : text.length + 1;
  const starts: number[] = [before.start(head)];
  const ends: number[] = [];
  findBreaks(text, before.start(head), Math.min(tailStart, text.length), starts, ends);
  if (tail < before.count) starts.pop();
  else ends.push(text.length);
  const count = head + starts.length + before.count - tail;
  const allStarts = new Int32Array(count);
  const allEnds = new Int32Array(count);
  allStarts.set(before.starts.subarray(0, head));
  allEnds.set(before.ends.subarray(0, head));
  allStarts.set(starts, head);
  allEnds.set(ends, head);
  for (let old = tail, line = head + starts.length; old < before.count; old++, line++) {
    allStarts[line] = (before.starts[old] as number) + shift;
    allEnds[line] = (before.ends[old] as number) + shift;
  }
  return new Lines(allStarts, allEnds);
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
