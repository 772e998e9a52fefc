/** Which findings are withheld while writing: those on the unfinished clause. */
import { unfinishedAt } from '../../server/src/text/sentences';

/** The part of a finding that matters here; satisfied by VS Code's diagnostic. */
export interface Finding {
  readonly range: { readonly start: TypingPosition; readonly end: TypingPosition };
  readonly message: string;
  readonly code?: unknown;
}

export interface TypingPosition {
  readonly line: number;
  readonly character: number;
}

/** Position of the caret, and the text of its line. */
export interface Writing {
  readonly caret: TypingPosition;
  readonly line: string;
}

/** Rules that report something missing which may still follow further on in the line than the clause. */
const OPEN_ENDED: ReadonlySet<unknown> = new Set(['punctuation.unpaired']);

/**
 * The findings to show: all except those that touch the clause being written and were not shown before. Findings
 * already visible stay, so that nothing flickers. `shown` are the keys of what was shown last ({@link keyOf}).
 */
export function shownFindings<One extends Finding>(
  findings: readonly One[],
  writing: Writing | undefined,
  shown: readonly string[],
): One[] {
  if (!writing) return [...findings];
  const { caret, line } = writing;
  const clause = unfinishedAt(line, caret.character);
  const isUnfinished = ({ range: { start, end }, code }: Finding): boolean => {
    if (start.line > caret.line || end.line < caret.line) return false;
    const from = start.line < caret.line ? 0 : start.character;
    const to = end.line > caret.line ? line.length : end.character;
    return from < clause.end && (to > clause.start || OPEN_ENDED.has(code));
  };
  // Two gaps in a line may have equal keys: of equal findings as many stay as were shown.
  const seen = new Map<string, number>();
  for (const key of shown) seen.set(key, (seen.get(key) ?? 0) + 1);
  const take = (one: Finding): boolean => {
    const key = keyOf(one);
    const left = seen.get(key) ?? 0;
    seen.set(key, left - 1);
    return left > 0;
  };
  const finished = new Set(findings.filter((one) => !isUnfinished(one)));
  for (const one of finished) take(one);
  return findings.filter((one) => finished.has(one) || take(one));
}

/** Equal for the same finding in two versions of a text, unless lines were added or removed above it. */
export function keyOf({ range, code, message }: Finding): string {
  return `${range.start.line} ${String(code)} ${message}`;
}

/** Whether both columns of `line` are in one clause. */
export function sameClause(line: string, one: number, other: number): boolean {
  return unfinishedAt(line, one).start === unfinishedAt(line, other).start;
}

/** A change of a document, as VS Code reports it. */
export interface Change {
  readonly range: { readonly start: TypingPosition; readonly end: TypingPosition };
  readonly text: string;
}

/** A longer insertion is a paste, not typing. */
const MAX_TYPED = 40;

/**
 * The caret after `change`, if that is typing at `caret`: an insertion there, or a deletion next to it. Undefined for a
 * command's edits elsewhere, and for pastes.
 */
export function caretAfterTyping(change: Change, caret: TypingPosition): TypingPosition | undefined {
  const { range, text } = change;
  if (text.length > MAX_TYPED || isBefore(caret, range.start) || isBefore(range.end, caret)) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines[lines.length - 1] as string;
  return lines.length > 1
    ? { line: range.start.line + lines.length - 1, character: last.length }
    : { line: range.start.line, character: range.start.character + last.length };
}

function isBefore(a: TypingPosition, b: TypingPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
