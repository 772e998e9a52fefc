/** Recognises lines that may be entries of a printed table of contents. */
import { isBlank } from '../text/characters';
import type { LineRole } from './lineRoles';
import type { ParsedHeading } from './lineScan';

const MAX_ENTRY_LENGTH = 90;

/**
 * Whether a line may be an entry of a table of contents: a short heading or title. A whole sentence after a heading
 * never is.
 */
export function couldBeEntry(
  line: string,
  from: number,
  to: number,
  headings: readonly ParsedHeading[],
  role: LineRole,
): boolean {
  if (to - from > MAX_ENTRY_LENGTH) return false;
  const last = headings.at(-1);
  return last ? !(last.runsOn && '。；'.includes(line[to - 1] as string)) : role === 'titleLike';
}

/** Leaders or a gap, and a page number: 一、总体要求……………3 */
export const LEADER = /(?:(?<![….·．—-])[….·．—-]{2,}|\t|(?<! ) {2,}|(?<!\u3000)\u3000{2,})\s{0,8}[（(]?\d{1,4}[）)]?$/;

/** Whether the line, its content from `from` to `to`, ends in leaders or a gap and a page number. */
export function hasLeader(line: string, from: number, to: number): boolean {
  return to - from <= MAX_ENTRY_LENGTH && LEADER.test(line.slice(from, to));
}

/** Equal hashes mean that two entries are the same except for blanks, emphasis, page number and width. Never 0. */
export function entryHash(text: string): number {
  const words = text.replace(/^(?:[-+·•][ \u3000]+)?[#*\s]*/, '').replace(LEADER, '');
  let hash = 0x811c9dc5;
  let counted = 0;
  for (let at = 0; at < words.length; at++) {
    let code = words.charCodeAt(at);
    if (isBlank(code) || code === 0x2a) continue;
    counted++;
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
  }
  return hash * 256 + (counted & 0xff) + 1;
}
