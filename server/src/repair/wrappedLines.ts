/**
 * Rejoins lines broken at a fixed width, as by e-mail and old printers, and markers broken in two, “（” at the end of
 * one line and “三）…” on the next.
 */

import { isBlank, isHan, trimmedEnd } from '../text/characters';
import { splitLines } from '../text/lines';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

/** A text with fewer lines does not show a width. */
const MIN_COUNT = 6;
const MIN_WIDTH = 12;
const MAX_WIDTH = 120;
export const ENDS = /[。！？…：；!?;:][”’」』）)》]{0,3}$/;
export const STARTS =
  /^(?:[（(【]?[一二三四五六七八九十百零〇\d]{1,4}[）)】、．.]|第[一二三四五六七八九十百零〇\d]{1,5}[编章节条款部]|[①-⑳]|[#>*-]|附件|附：|抄送|——)/;

/** Joins the lines of `text` that were broken at its width. */
export function joinWrappedLines(text: string): StepResult {
  const lines = splitLines(text);
  const edits: TextReplacement[] = [];
  const width = wrapWidth(text);
  const few = width === undefined ? widestOfFew(text) : undefined;
  for (let line = 0; line + 1 < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    const next = text.slice(lines.start(line + 1), Math.min(lines.end(line + 1), lines.start(line + 1) + 40));
    if (!splitsMarker(text.slice(Math.max(start, end - 8), end), next)) {
      if (next.length === 0 || isBlank(next.charCodeAt(0)) || STARTS.test(next)) continue;
      if (width === undefined) {
        if (!few || !breaksSentence(text, start, end, next, few)) continue;
      } else if (displayWidth(text, start, end, MAX_WIDTH * 2 + 2) < width - 2) continue;
    }
    edits.push({ start: trimmedEnd(text, start, end), end: lines.start(line + 1), newText: '' });
  }
  return doneBy('wrapped-lines', text, edits);
}

/**
 * The width in columns (a Chinese character has two) at which the lines of `text` were broken; undefined if lines are
 * paragraphs. Broken lines agree in their width, make up most of the text and end in the middle of a sentence.
 */
export function wrapWidth(text: string): number | undefined {
  const lines = splitLines(text);
  const widths = new Map<number, number>();
  let counted = 0;
  let middle = 0;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    const width = displayWidth(text, start, end, MAX_WIDTH * 2 + 2);
    if (width > MAX_WIDTH * 2) return undefined;
    if (width < MIN_WIDTH * 2) continue;
    counted++;
    widths.set(width, (widths.get(width) ?? 0) + 1);
    if (!ENDS.test(text.slice(Math.max(start, end - 5), end))) middle++;
  }
  if (counted < MIN_COUNT || middle * 2 < counted) return undefined;
  const widest = Math.max(...widths.keys());
  // A mark that may not begin a line makes it a column or two longer or shorter.
  let full = 0;
  for (const [width, number] of widths) if (width >= widest - 4) full += number;
  return full * 5 >= counted * 3 ? widest : undefined;
}

/**
 * The width in columns of the widest line of a text too short to be systematic, such as a paragraph pasted from a page;
 * undefined for longer texts.
 */
function widestOfFew(text: string): number | undefined {
  const lines = splitLines(text);
  let widest = 0;
  let counted = 0;
  for (let line = 0; line < lines.count; line++) {
    const width = displayWidth(text, lines.start(line), lines.end(line), MAX_WIDTH * 2 + 2);
    if (width > MAX_WIDTH * 2) return undefined;
    if (width >= MIN_WIDTH * 2) counted++;
    widest = Math.max(widest, width);
  }
  return counted < MIN_COUNT ? widest : undefined;
}

/** Whether it is a line of prose, as wide as any, that stops in mid-sentence while the next continues it. */
function breaksSentence(text: string, start: number, end: number, next: string, widest: number): boolean {
  const line = text.slice(start, end).trimEnd();
  if (displayWidth(text, start, end, MAX_WIDTH * 2 + 2) < Math.max(MIN_WIDTH * 2, widest - 4)) return false;
  if (ENDS.test(line) || !/[，。；]/.test(line) || !/[\u3400-\u9fff，、\d%]$/.test(line)) return false;
  return /^[\u3400-\u9fff，、；\d“《（]/.test(next) && !/^[^，。；]{1,10}：/.test(next) && /[，。；！？]/.test(next);
}

function splitsMarker(ending: string, next: string): boolean {
  return /[（(]$/.test(ending) && /^[一二三四五六七八九十\d]{1,3}[）)]/.test(next);
}

function displayWidth(text: string, start: number, end: number, most: number): number {
  let width = 0;
  for (let at = start; at < end && width <= most; at++) {
    const code = text.charCodeAt(at);
    width +=
      code < 0x1100
        ? 1
        : code >= 0xdc00 && code <= 0xdfff
          ? 0
          : isHan(code) || code >= 0x2e80
            ? 2
            : isWideMark(code)
              ? 2
              : 1;
  }
  return width;
}

/** Marks that Chinese fonts set as wide as a character. */
function isWideMark(code: number): boolean {
  return (code >= 0x2014 && code <= 0x2026) || (code >= 0x2460 && code <= 0x24ff);
}
