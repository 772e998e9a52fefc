/**
 * Stray blanks between the characters of Chinese words, as in text extracted from a PDF. Meaningful blanks stay:
 * between names, in letter-spaced titles and tables, after numbers of articles.
 */

import { isHan } from '../text/characters';
import { splitLines } from '../text/lines';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, NOTHING, type StepResult } from './report';

/** A text with fewer stray blanks than this, in total or per this many characters, is not considered damaged. */
const MIN_COUNT = 4;
const DENSE = 60;
const BLANK = /[ \t\u00a0\u200b\u3000]/;

/** Removes stray blanks from the sentences of `text`; with `always`, even if there are few. */
export function removeBlanks(text: string, always = false): StepResult {
  const lines = splitLines(text);
  const edits: TextReplacement[] = [];
  let characters = 0;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    if (!isProse(text, start, end)) continue;
    characters += end - start;
    for (let at = start + 1; at < end - 1; at++) {
      if (!BLANK.test(text.charAt(at))) continue;
      let after = at + 1;
      while (after < end && BLANK.test(text.charAt(after))) after++;
      if (after < end && isStray(text, start, at, after)) edits.push({ start: at, end: after, newText: '' });
      at = after;
    }
  }
  if (!always && (edits.length < MIN_COUNT || edits.length * DENSE < characters)) return NOTHING;
  return doneBy('blanks', text, edits);
}

/** Whether a line contains sentences; titles, tables and lists of names do not. */
function isProse(text: string, start: number, end: number): boolean {
  if (end - start < 20) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3002 || code === 0xff0c || code === 0xff1b) return true;
  }
  return false;
}

/**
 * Whether it is a single blank between two Chinese characters or marks, neither after a heading's number nor between
 * two names.
 */
function isStray(text: string, lineStart: number, at: number, after: number): boolean {
  const before = text.charCodeAt(at - 1);
  const next = text.charCodeAt(after);
  if (after - at > 1 || !(isHan(before) || isMark(before)) || !(isHan(next) || isMark(next))) return false;
  // A blank after a full stop may be the remains of a paragraph break.
  if (before === 0x3002 || before === 0xff01 || before === 0xff1f) return false;
  return !/^[\s\u3000]*第[一二三四五六七八九十百千零〇\d]+[编章节条]$/.test(text.slice(lineStart, at));
}

function isMark(code: number): boolean {
  return code === 0x3001 || code === 0x3002 || code === 0xff0c || code === 0xff1b || code === 0xff1a;
}
