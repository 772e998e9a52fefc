/**
 * Replacements in a text and their algebra. Rules, repairs, the refactoring engine, the language server and the command
 * line all speak of edits in these terms.
 */
import { partitionPoint } from './partitionPoint';
import type { Span } from './span';

/** `newText` in place of `start`–`end`; an insertion where the two are equal. */
export interface TextReplacement extends Span {
  readonly newText: string;
}

/**
 * Replacements of one text that are sorted and disjoint, by construction. All offsets are of the text before the edits.
 *
 * - Two replacements may touch: `[2, 4)` and `[4, 5)` are both made.
 * - An insertion where a replacement starts comes before it; where one ends, after it.
 * - Of two that overlap, the one that starts first is kept and the other is left out; so are all but the first of several
 *   insertions at one offset, because nothing says in which order they belong.
 */
export class TextEdits {
  static readonly NONE = new TextEdits([]);

  /** Offset in the text after the edits at which each replacement's new text starts. */
  private newStarts: number[] | undefined;

  private constructor(readonly replacements: readonly TextReplacement[]) {}

  /** From replacements in any order. */
  static of(replacements: Iterable<TextReplacement>): TextEdits {
    const sorted = [...replacements].sort((a, b) => a.start - b.start || a.end - b.end);
    let end = 0;
    let lastStart = -1;
    const disjoint = sorted.filter((edit) => {
      if (edit.start < end || (edit.start === lastStart && edit.end === edit.start)) return false;
      end = Math.max(end, edit.end);
      lastStart = edit.start;
      return true;
    });
    return new TextEdits(disjoint);
  }

  /** The text after the edits. */
  apply(text: string): string {
    if (this.replacements.length === 0) return text;
    const parts: string[] = [];
    let done = 0;
    for (const { start, end, newText } of this.replacements) {
      parts.push(text.slice(done, start), newText);
      done = end;
    }
    parts.push(text.slice(done));
    return parts.join('');
  }

  /**
   * Where `offset` of the text before is in the text after. At an insertion it stays before the inserted text; inside a
   * replacement it keeps its distance from the start, as far as the new text reaches.
   */
  map(offset: number): number {
    const index = this.lastBefore(offset);
    if (index < 0) return offset;
    const { start, end, newText } = this.replacements[index] as TextReplacement;
    const newStart = this.starts()[index] as number;
    if (end > offset) return newStart + Math.min(newText.length, offset - start);
    return newStart + newText.length + offset - end;
  }

  /** Where `offset` of the text after was in the text before; inside new text, the start of what it replaced. */
  unmap(offset: number): number {
    const starts = this.starts();
    const last = partitionPoint(starts.length, (index) => (starts[index] as number) <= offset) - 1;
    const edit = this.replacements[last];
    if (!edit) return offset;
    const into = offset - (starts[last] as number);
    return into < edit.newText.length ? edit.start : edit.end + into - edit.newText.length;
  }

  /**
   * These edits and then `next`, which are edits of the text after these, as one set of edits of the text before.
   * Replacements that touch each other become one. Linear in the number of replacements.
   */
  compose(next: TextEdits): TextEdits {
    if (next.replacements.length === 0) return this;
    if (this.replacements.length === 0) return next;
    const source = new PieceReader(this.replacements);
    const result = new PieceWriter();
    for (const { start, end, newText } of next.replacements) {
      source.read(start, (piece) => result.write(piece));
      source.read(end, () => {});
      result.write(newText);
    }
    source.read(Number.POSITIVE_INFINITY, (piece) => result.write(piece));
    return new TextEdits(result.replacements());
  }

  /** Index of the last replacement that starts before `offset`, −1 where there is none. */
  private lastBefore(offset: number): number {
    const { replacements } = this;
    return partitionPoint(replacements.length, (index) => (replacements[index] as TextReplacement).start < offset) - 1;
  }

  private starts(): readonly number[] {
    if (this.newStarts) return this.newStarts;
    let shift = 0;
    this.newStarts = this.replacements.map(({ start, end, newText }) => {
      const newStart = start + shift;
      shift += newText.length - (end - start);
      return newStart;
    });
    return this.newStarts;
  }
}

/** `text` after `edits`, given in any order; see {@link TextEdits} for those that meet. */
export function applyEdits(text: string, edits: Iterable<TextReplacement>): string {
  return TextEdits.of(edits).apply(text);
}

/** Where `offset` is after `edits`, given in any order. For many offsets keep a {@link TextEdits}. */
export function mapOffset(edits: Iterable<TextReplacement>, offset: number): number {
  return TextEdits.of(edits).map(offset);
}

/**
 * Collects groups of replacements, each of which is made whole or not at all. Two insertions at one offset are in each
 * other's way here, as everything that shares a start is.
 */
export class TextEditsBuilder {
  private readonly taken: TextReplacement[] = [];

  /** Adds `group` unless one of it meets what was added before; returns whether it was added. */
  add(group: readonly TextReplacement[]): boolean {
    if (group.some((edit) => this.meets(edit))) return false;
    for (const edit of group) this.taken.splice(this.indexAfter(edit.start), 0, edit);
    return true;
  }

  build(): TextEdits {
    return TextEdits.of(this.taken);
  }

  private meets(edit: TextReplacement): boolean {
    const after = this.indexAfter(edit.start);
    const before = this.taken[after - 1];
    const next = this.taken[after];
    return (
      (before !== undefined && (before.end > edit.start || before.start === edit.start)) ||
      (next !== undefined && next.start < edit.end)
    );
  }

  /** Index of the first replacement that starts after `offset`. */
  private indexAfter(offset: number): number {
    return partitionPoint(this.taken.length, (index) => (this.taken[index] as TextReplacement).start <= offset);
  }
}

/** A stretch of the text before, or text that an edit wrote. */
type Piece = Span | string;

/** Reads the text after some edits, piece by piece, from its start on. */
class PieceReader {
  private readonly pieces: Piece[] = [];
  private index = 0;
  /** How much of the current piece has been read. */
  private within = 0;
  private offset = 0;

  constructor(replacements: readonly TextReplacement[]) {
    let done = 0;
    for (const { start, end, newText } of replacements) {
      if (start > done) this.pieces.push({ start: done, end: start });
      if (newText !== '') this.pieces.push(newText);
      done = end;
    }
    this.pieces.push({ start: done, end: Number.POSITIVE_INFINITY });
  }

  /** Hands everything up to `to` to `take`. */
  read(to: number, take: (piece: Piece) => void): void {
    while (this.offset < to && this.index < this.pieces.length) {
      const piece = this.pieces[this.index] as Piece;
      const left = (typeof piece === 'string' ? piece.length : piece.end - piece.start) - this.within;
      const size = Math.min(left, to - this.offset);
      const from = this.within;
      take(
        typeof piece === 'string'
          ? piece.slice(from, from + size)
          : { start: piece.start + from, end: piece.start + from + size },
      );
      this.offset += size;
      this.within += size;
      if (size === left) {
        this.index++;
        this.within = 0;
      }
    }
  }
}

/** Turns pieces back into replacements of the text that the spans among them are of. */
class PieceWriter {
  private readonly written: TextReplacement[] = [];
  /** End of the last stretch that was kept. */
  private done = 0;
  private newText = '';

  write(piece: Piece): void {
    if (typeof piece === 'string') {
      this.newText += piece;
      return;
    }
    if (piece.start > this.done || this.newText !== '') {
      this.written.push({ start: this.done, end: piece.start, newText: this.newText });
      this.newText = '';
    }
    this.done = piece.end;
  }

  /** The text before ends in a piece without an end, so nothing is left to write. */
  replacements(): readonly TextReplacement[] {
    return this.written;
  }
}
