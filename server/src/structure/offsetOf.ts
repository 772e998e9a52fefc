/** Offsets of positions that a client has sent. */
import { offsetAt } from '../text/lines';
import type { Analysis } from './analysis';

/** 0-based line and UTF-16 character, as in LSP. */
interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * Converts a client's position to an offset inside the text. Fractions are truncated, numbers out of range clamped,
 * anything but a number counts as 0.
 */
export function offsetOf(analysis: Analysis, position: Position): number {
  const { lines } = analysis;
  const line = whole(position?.line, lines.count);
  return offsetAt(lines, { line, character: whole(position?.character, analysis.text.length) });
}

function whole(value: unknown, most: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return 0;
  return Math.max(0, Math.min(Math.trunc(value), most));
}
