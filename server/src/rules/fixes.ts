/** Applying replacements to a text, and the safe fixes of all rules until nothing is left to mend. */
import type { Lexicon } from '../lexicon/model/lexicon';
import { analyse } from '../structure/analyse';
import type { Analysis, DocumentKind, Span } from '../structure/analysis';
import { type LintConfiguration, type LintResult, lint } from './lint';
import type { Fix, TextReplacement } from './rule';

/** One fix may uncover the next (a comma turned full-width is then doubled); more rounds than this none needs. */
const ROUNDS = 10;

/**
 * Returns `text` with `edits` made, all given in offsets of the text before. Edits need not be in order; where two
 * overlap only the first by position is made.
 */
export function applyEdits(text: string, edits: readonly TextReplacement[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let done = 0;
  let lastStart = -1;
  for (const edit of ordered) {
    if (edit.start < done || (edit.start === lastStart && edit.end === edit.start)) continue;
    pieces.push(text.slice(done, edit.start), edit.newText);
    done = Math.max(edit.start, edit.end);
    lastStart = edit.start;
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

/** Where `offset` stands after `edits`; inside a replacement, at its end at the latest. */
export function mapped(edits: readonly TextReplacement[], offset: number): number {
  let shift = 0;
  for (const { start, end, newText } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start >= offset) break;
    if (end > offset) return start + shift + Math.min(newText.length, offset - start);
    shift += newText.length - (end - start);
  }
  return offset + shift;
}

/**
 * The fix that fix-all makes for `result`: the preferred one of its safe fixes, or its only safe fix. None where several
 * are offered and nothing tells which is right.
 */
export function safeFixOf(result: Pick<LintResult, 'fixes'>): Fix | undefined {
  const safe = (result.fixes ?? []).filter((fix) => fix.safe && fix.edits.length > 0);
  return safe.length === 1 ? safe[0] : safe.find((fix) => fix.preferred);
}

/**
 * The edits of the safe fixes of `results`, in order and without overlap: a fix is taken whole or not at all, the
 * earlier one first. Returns also how many fixes they make up.
 */
export function collectSafeEdits(results: readonly LintResult[]): { edits: TextReplacement[]; fixes: number } {
  const taken: TextReplacement[] = [];
  let fixes = 0;
  for (const result of results) {
    const fix = safeFixOf(result);
    if (!fix || fix.edits.some((edit) => overlaps(taken, edit))) continue;
    for (const edit of fix.edits) taken.splice(placeOf(taken, edit.start), 0, edit);
    fixes++;
  }
  return { edits: taken, fixes };
}

/** Index in `taken`, ordered and free of overlaps, of the first edit that starts after `offset`. */
function placeOf(taken: readonly TextReplacement[], offset: number): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where `edit` meets one of `taken`; two insertions at one place also do, since their order would be open. */
function overlaps(taken: readonly TextReplacement[], edit: TextReplacement): boolean {
  const after = placeOf(taken, edit.start);
  const before = taken[after - 1];
  const next = taken[after];
  return (
    (before !== undefined && (before.end > edit.start || before.start === edit.start)) ||
    (next !== undefined && next.start < edit.end)
  );
}

/**
 * Makes all safe fixes in `text` until none is left, in a bounded number of rounds.
 * Returns the text and how many fixes were made.
 */
export function fixAll(
  text: string,
  kind: DocumentKind,
  configuration?: LintConfiguration,
  lexicon?: Lexicon,
): { text: string; applied: number } {
  const { edits, applied } = fixAllEdits(analyse(text, kind), configuration, undefined, lexicon);
  return { text: applyEdits(text, edits), applied };
}

/**
 * What {@link fixAll} does, as edits of the text of `analysis`, in order and without overlap. `wanted` picks the findings
 * that are mended, all by default. Returns also how many fixes they make up.
 */
export function fixAllEdits(
  analysis: Analysis,
  configuration?: LintConfiguration,
  wanted: (result: LintResult) => boolean = () => true,
  lexicon?: Lexicon,
): { edits: TextReplacement[]; applied: number } {
  const composed = new EditComposer(analysis.text.length);
  let applied = 0;
  let current = analysis;
  for (let round = 0; round < ROUNDS; round++) {
    const { edits, fixes } = collectSafeEdits(lint(current, configuration, lexicon).filter(wanted));
    const next = applyEdits(current.text, edits);
    if (fixes === 0 || next === current.text) break;
    composed.add(edits);
    applied += fixes;
    current = analyse(next, analysis.kind, current);
  }
  return { edits: composed.edits(), applied };
}

/** A stretch of the first text, or text that an edit put in its place. */
type Piece = Span | string;

/** Adds up rounds of edits, each made in the text the round before left, to edits of the first text. */
export class EditComposer {
  private pieces: readonly Piece[];

  /** `length` is that of the first text. */
  constructor(private readonly length: number) {
    this.pieces = [{ start: 0, end: length }];
  }

  /** `edits` are in order and do not overlap. */
  add(edits: readonly TextReplacement[]): void {
    const result: Piece[] = [];
    let index = 0;
    let within = 0;
    let offset = 0;
    const advance = (to: number, keep: boolean): void => {
      while (offset < to && index < this.pieces.length) {
        const piece = this.pieces[index] as Piece;
        const length = (typeof piece === 'string' ? piece.length : piece.end - piece.start) - within;
        const taken = Math.min(length, to - offset);
        if (keep) {
          if (typeof piece === 'string') result.push(piece.slice(within, within + taken));
          else result.push({ start: piece.start + within, end: piece.start + within + taken });
        }
        offset += taken;
        within += taken;
        if (taken === length) {
          index++;
          within = 0;
        }
      }
    };
    for (const { start, end, newText } of edits) {
      advance(start, true);
      advance(end, false);
      result.push(newText);
    }
    advance(Number.POSITIVE_INFINITY, true);
    this.pieces = result;
  }

  /** The sum, in order and without overlap. */
  edits(): TextReplacement[] {
    const edits: TextReplacement[] = [];
    let done = 0;
    let newText = '';
    const flush = (start: number): void => {
      if (start > done || newText !== '') edits.push({ start: done, end: start, newText });
      newText = '';
    };
    for (const piece of this.pieces) {
      if (typeof piece === 'string') {
        newText += piece;
        continue;
      }
      if (piece.start === piece.end) continue;
      flush(piece.start);
      done = piece.end;
    }
    flush(this.length);
    return edits;
  }
}
