/** Display of text in a terminal, where Chinese characters take two columns and control characters are dangerous. */

import { eastAsianWidth } from 'get-east-asian-width';
import type { LineTable } from '../text/lines';
import type { Span } from '../text/span';

const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that `text` takes on screen. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) as number;
  if (code < 0x300) return 1;
  if (code < 0x2e80 || code >= 0xd800) {
    if (INVISIBLE.test(character)) return 0;
  }
  return eastAsianWidth(code);
}

/**
 * Makes `text` safe for one line of a terminal: control characters become their pictures, tabs and line breaks blanks,
 * lone surrogates U+FFFD; bidirectional controls and other invisible characters are removed.
 */
export function printable(text: string): string {
  let result = '';
  for (const character of text) result += printableCharacter(character);
  return result;
}

function printableCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code === 9 || code === 10 || code === 13 || code === 0x2028 || code === 0x2029) return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if ((code >= 0x80 && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  if (code >= 0x200b && INVISIBLE.test(character) && /\p{Cf}/u.test(character)) return '';
  return character;
}

/** Truncates `text`, already printable, to `width` columns; … marks the cut. */
export function truncate(text: string, width: number): string {
  if (text.length * 2 <= width || displayWidth(text) <= width) return text;
  let result = '';
  let used = 1;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    result += character;
  }
  return `${result}…`;
}

/** An excerpt of a line and the carets to print below it. */
export interface Frame {
  readonly source: string;
  readonly carets: string;
}

/**
 * The part of the line around `span` that fits into `width` columns, and carets exactly below the span. Leading blanks
 * are left out; a span over several lines is marked on its first. Only the neighbourhood is scanned, so that a line of
 * a million characters costs no more than any other.
 */
export function frame(text: string, lines: LineTable, span: Span, width: number): Frame {
  const line = lines.lineAt(span.start);
  let lineStart = lines.start(line);
  const lineEnd = lines.end(line);
  const start = Math.min(span.start, lineEnd);
  const end = Math.max(start, Math.min(span.end, lineEnd));
  while (lineStart < start && /\s/.test(text.charAt(lineStart))) lineStart++;

  const room = width - 2;
  const marked = takeForward(text, start, end, room);
  const wholeMark = marked.end === end;
  const free = room - marked.width;
  const wanted = takeForward(text, end, lineEnd, free);
  // Room the right side does not need goes to the left; of a long line two thirds of the rest show what follows.
  const rightRoom = wholeMark ? Math.min(wanted.width, Math.max(Math.ceil((free * 2) / 3), 0)) : 0;
  const left = takeBackward(text, lineStart, start, free - rightRoom);
  const right = wholeMark ? takeForward(text, end, lineEnd, free - left.width) : { text: '', end, width: 0 };

  const head = left.start > lineStart ? '…' : '';
  const tail = right.end < lineEnd || !wholeMark ? '…' : '';
  return {
    source: head + left.text + marked.text + right.text + tail,
    carets: ' '.repeat(displayWidth(head) + left.width) + '^'.repeat(Math.max(1, marked.width)),
  };
}

function takeForward(text: string, start: number, limit: number, room: number) {
  let taken = '';
  let width = 0;
  let at = start;
  while (at < limit) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const shown = printableCharacter(character);
    const columns = displayWidth(shown);
    if (width + columns > room || at - start > room * 4) break;
    taken += shown;
    width += columns;
    at += character.length;
  }
  return { text: taken, end: Math.min(at, limit), width };
}

function takeBackward(text: string, limit: number, end: number, room: number) {
  const taken: string[] = [];
  let width = 0;
  let at = end;
  while (at > limit) {
    const pair = at - 2 >= limit && (text.codePointAt(at - 2) as number) > 0xffff;
    const character = text.slice(at - (pair ? 2 : 1), at);
    const shown = printableCharacter(character);
    const columns = displayWidth(shown);
    if (width + columns > room || end - at > room * 4) break;
    taken.push(shown);
    width += columns;
    at -= character.length;
  }
  return { text: taken.reverse().join(''), start: at, width };
}
