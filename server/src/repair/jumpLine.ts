/** Newspaper jump lines, （下转第四版）（上接第一版）: the sentence continues across them. */

import { isBlank } from '../text/characters';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

const NUMBER = '[一二三四五六七八九十0-9０-９A-Za-z]{1,4}';
const JUMP = new RegExp(
  `[（(【[][\\t 　]{0,3}(?:下[转轉]|上接|紧接|緊接|接|[转轉])[\\t 　]{0,3}(?:本[报報])?(?:第?${NUMBER}版|第${NUMBER}[页頁])[^（）()【】\\[\\]\\r\\n]{0,12}[）)】\\]]`,
  'g',
);

/** Whether a line contains a jump line; none spans a line break. */
export function holdsJumpLine(line: string): boolean {
  return line.search(JUMP) >= 0;
}

/** A range of `text` with jump lines and the blanks and breaks around them. */
export interface JumpLine {
  readonly start: number;
  readonly end: number;
  /** Replacement that joins the parts: nothing within a sentence, a break or a blank between two. */
  readonly joint: string;
}

/** Finds the jump lines of `text`; consecutive ones are merged. */
export function jumpLinesIn(text: string): JumpLine[] {
  const found: JumpLine[] = [];
  for (const match of text.matchAll(JUMP)) {
    const end = skip(text, match.index + match[0].length, 1);
    const last = found[found.length - 1];
    if (last && last.end >= match.index) found.pop();
    const start = last && last.end >= match.index ? last.start : skip(text, match.index, -1);
    found.push({ start, end, joint: jointFor(text, start, end) });
  }
  return found;
}

/** Removes the jump lines and rejoins their sentences. */
export function removeJumpLines(text: string): StepResult {
  const edits: TextReplacement[] = jumpLinesIn(text).map(({ start, end, joint }) => ({ start, end, newText: joint }));
  return doneBy('jump-line', text, edits);
}

/** The offset after the blanks and breaks at `at`, looking forwards (1) or backwards (-1). */
function skip(text: string, at: number, direction: 1 | -1): number {
  let place = at;
  for (;;) {
    const code = text.charCodeAt(direction === 1 ? place : place - 1);
    if (!(isBlank(code) || code === 0x0a || code === 0x0d)) return place;
    place += direction;
  }
}

function jointFor(text: string, start: number, end: number): string {
  if (start === 0 || end === text.length) return '';
  const ended = /[。！？；：…!?;:]["”’」』）)》]{0,3}$/.test(text.slice(Math.max(0, start - 5), start));
  if (!ended) return '';
  const between = text.slice(start, end);
  const lineBreak = /\r\n?|\n/.exec(between)?.[0];
  if (lineBreak === undefined) return /^[ \t\u3000]|[ \t\u3000]$/.test(between) ? ' ' : '';
  // The blanks that indent the next paragraph are kept with it.
  const indent = /(?<![ \t\u3000])[ \t\u3000]*$/.exec(text.slice(Math.max(start, end - 8), end))![0];
  return lineBreak + indent;
}
