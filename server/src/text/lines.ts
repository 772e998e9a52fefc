/**
 * Start and end offsets of the lines of a text. Breaks are LF, CRLF and CR, as in LSP; U+2028 and the like are text.
 */
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

/** Splits `text` into lines; a text has at least one line, and one that ends in a break has an empty last line. */
export function splitLines(text: string): LineTable {
  const starts: number[] = [0];
  const ends: number[] = [];
  findBreaks(text, 0, text.length, starts, ends);
  ends.push(text.length);
  return new Lines(Int32Array.from(starts), Int32Array.from(ends));
}

/** Appends the line ends, and the starts of the following lines, for the breaks that begin between `from` and `to`. */
function findBreaks(text: string, from: number, to: number, starts: number[], ends: number[]): void {
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  // indexOf is native and much faster than a loop; CR is rare enough to be searched for only if present.
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

/** Number of characters two texts share at the beginning and, beyond those, at the end. */
export interface Common {
  readonly prefix: number;
  readonly suffix: number;
}

/**
 * Splits `text`, which shares `common` with the text of `length` characters whose lines are `before`. Equal to {@link
 * splitLines}, but only the part that differs is scanned.
 */
export function splitLinesAgain(
  text: string,
  before: LineTable,
  length: number,
  { prefix, suffix }: Common,
): LineTable {
  if (!(before instanceof Lines)) return splitLines(text);
  const shift = text.length - length;
  // A break just before the change may have merged with what follows it, or been separated from it.
  const head = Math.max(0, before.lineAt(prefix) - 1);
  // Lines whose preceding break is in the common end.
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

/** Converts an offset to LSP's zero-based line and UTF-16 character. */
export function positionAt(lines: LineTable, offset: number): { line: number; character: number } {
  const line = lines.lineAt(offset);
  return { line, character: Math.max(0, Math.min(offset, lines.end(line)) - lines.start(line)) };
}

/** Converts an LSP position to an offset; positions outside the text are clamped. */
export function offsetAt(lines: LineTable, position: { line: number; character: number }): number {
  if (position.line < 0) return 0;
  if (position.line >= lines.count) return lines.end(lines.count - 1);
  return Math.min(lines.start(position.line) + Math.max(0, position.character), lines.end(position.line));
}
