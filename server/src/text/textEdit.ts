/**
 * Text replacements and their algebra, shared by rules, repairs, the refactoring engine, the language server and the
 * command line.
 */
import { partitionPoint } from './partitionPoint';
import type { Span } from './span';

/** Replaces `start`–`end` with `newText`; an insertion if the two are equal. */
export interface TextReplacement extends Span {
  readonly newText: string;
}

/**
 * Replacements of one text, sorted and disjoint by construction. All offsets refer to the text before the edits.
 *
 * - Two replacements may touch: `[2, 4)` and `[4, 5)` are both applied.
 * - An insertion where a replacement starts comes before it; where one ends, after it.
 * - Of two that overlap, the one that starts first is kept and the other is dropped; so are all but the first of
 *   several insertions at one offset, because their order is undefined.
 */
export class TextEdits {
  static readonly NONE = new TextEdits([]);

  /** Offset in the text after the edits at which each replacement's new text starts. */
  private newStarts: number[] | undefined;

  private constructor(readonly replacements: readonly TextReplacement[]) {}

  /** Accepts replacements in any order. */
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
   * Maps an offset of the text before to the text after. At an insertion it stays before the inserted text; inside a
   * replacement it keeps its distance from the start, up to the length of the new text.
   */
  map(offset: number): number {
    const index = this.lastBefore(offset);
    if (index < 0) return offset;
    const { start, end, newText } = this.replacements[index] as TextReplacement;
    const newStart = this.starts()[index] as number;
    if (end > offset) return newStart + Math.min(newText.length, offset - start);
    return newStart + newText.length + offset - end;
  }

  /** Maps an offset of the text after to the text before; inside new text, to the start of what it replaced. */
  unmap(offset: number): number {
    const starts = this.starts();
    const last = partitionPoint(starts.length, (index) => (starts[index] as number) <= offset) - 1;
    const edit = this.replacements[last];
    if (!edit) return offset;
    const into = offset - (starts[last] as number);
    return into < edit.newText.length ? edit.start : edit.end + into - edit.newText.length;
  }

  /**
   * These edits followed by `next`, which are edits of the text after these, as one set of edits of the text before.
   * Replacements that touch each other are merged. Linear in the number of replacements.
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

  /** Index of the last replacement that starts before `offset`, −1 if there is none. */
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

/** `text` after `edits`, given in any order; see {@link TextEdits} for overlapping ones. */
export function applyEdits(text: string, edits: Iterable<TextReplacement>): string {
  return TextEdits.of(edits).apply(text);
}

/** Maps `offset` through `edits`, given in any order. For many offsets keep a {@link TextEdits}. */
export function mapOffset(edits: Iterable<TextReplacement>, offset: number): number {
  return TextEdits.of(edits).map(offset);
}

/**
 * Collects groups of replacements, each of which is applied whole or not at all. Two insertions at one offset conflict
 * here, as do any two replacements with the same start.
 */
export class TextEditsBuilder {
  private readonly taken: TextReplacement[] = [];

  /** Adds `group` unless one of its edits conflicts with one added before; returns whether it was added. */
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

/** A range of the text before, or text inserted by an edit. */
type Piece = Span | string;

/** Reads the text after some edits sequentially, piece by piece. */
class PieceReader {
  private readonly pieces: Piece[] = [];
  private index = 0;
  /** Offset within the current piece. */
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

  /** Passes everything up to `to` to `take`. */
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

/** Turns pieces back into replacements of the text that the spans among them refer to. */
class PieceWriter {
  private readonly written: TextReplacement[] = [];
  /** End of the last span that was kept. */
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

  /** The last piece of the text before is unbounded, so nothing is left to flush. */
  replacements(): readonly TextReplacement[] {
    return this.written;
  }
}
