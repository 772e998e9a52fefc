/**
 * Restores half-width marks to full-width ones in Chinese context (GB/T 15834-2011, 5.1).
 *
 * A text whose marks were folded has more half-width commas and stops between Chinese than full-width ones. A sound
 * text with an occasional slip, or one that uses half-width parentheses throughout, is left to the rule on half-width
 * marks, which shows every place.
 */

import { isBlank, isDigit, isHan, isLatin } from '../text/characters';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, NOTHING, type StepResult } from './report';

const STOPS = ',;:?!';
const FIELD_ERROR = /^!(?:未定义书签|未找到|未知|不能|链接|文档中没有|超链接)/;

/** Whether most commas and stops of `text` are half-width. */
export function isFolded(text: string): boolean {
  let half = 0;
  let full = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xff0c || code === 0xff1b || code === 0xff1a || code === 0xff1f || code === 0xff01) full++;
    else if (STOPS.includes(text.charAt(at)) && isStopInChinese(text, at)) half++;
  }
  return half > full;
}

/** Restores the full-width marks of a folded `text`; with `always`, of any text. */
export function widen(text: string, always = false): StepResult {
  if (!always && !isFolded(text)) return NOTHING;
  const edits: TextReplacement[] = [];
  const replace = (start: number, end: number, newText: string) => edits.push({ start, end, newText });
  const open: { readonly at: number; readonly edit: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const mark = text.charAt(at);
    if (mark === '\n' || mark === '\r') open.length = 0;
    if (mark === '(') {
      open.push({ at, edit: edits.length });
      // Whether it is widened depends on its partner; until then its place in the list is reserved.
      replace(at, at, '');
    } else if (mark === ')') {
      const partner = open.pop();
      if (partner && isChinesePair(text, partner.at, at)) {
        edits[partner.edit] = { start: partner.at, end: partner.at + 1, newText: '（' };
        replace(at, at + 1, '）');
      } else if (!partner && isChineseAt(text, at - 1) && !isMarker(text, at)) replace(at, at + 1, '）');
    } else if (mark === '!' && FIELD_ERROR.test(text.slice(at, at + 10))) {
      // 错误!未定义书签。 is an error message of Word: to be deleted, not to be typeset well.
    } else if (STOPS.includes(mark) && isStopInChinese(text, at)) {
      replace(at, at + 1 + followingBlank(text, at, mark), String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
    } else if (mark === '.' && isFullStop(text, at)) replace(at, at + 1, '。');
  }
  for (const { at, edit } of open) {
    if (isChineseAt(text, at + 1)) edits[edit] = { start: at, end: at + 1, newText: '（' };
  }
  return doneBy(
    'half-width',
    text,
    edits.filter(({ start, end }) => end > start),
  );
}

/** Whether the character occurs only in Chinese text: ideographs and full-width marks. */
function isChineseAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    isHan(code) ||
    (code >= 0x3001 && code <= 0x301b) ||
    (code >= 0xff01 && code <= 0xff5e) ||
    code === 0x201c ||
    code === 0x201d ||
    code === 0x2018 ||
    code === 0x2019 ||
    code === 0x2026 ||
    code === 0x2014
  );
}

function isStopInChinese(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at + 1);
  if (isDigit(before) && isDigit(after)) return false;
  // Addresses and paths: http://, C:\
  if (text.charCodeAt(at) === 0x3a && (after === 0x2f || after === 0x5c)) return false;
  if (isChineseAt(text, at - 1)) return true;
  if (text.charAt(at - 1) === ')') return isChinesePair(text, openerOf(text, at - 1), at - 1);
  const next = isBlank(after) ? at + 2 : at + 1;
  return (isDigit(before) || isLatin(before) || before === 0x25) && isChineseAt(text, next);
}

/** The parenthesis that the one at `at` closes, searched within a short distance; -1 if there is none. */
function openerOf(text: string, at: number): number {
  for (let place = at - 1; place >= 0 && at - place < 200; place--) {
    const mark = text.charAt(place);
    if (mark === '(') return place;
    if (mark === ')' || mark === '\n') return -1;
  }
  return -1;
}

function isChinesePair(text: string, open: number, close: number): boolean {
  if (open < 0 || text.charAt(open - 1) === ']') return false;
  if (isChineseAt(text, open - 1) || isChineseAt(text, close + 1)) return true;
  for (let at = open + 1; at < close && at < open + 60; at++) if (isHan(text.charCodeAt(at))) return true;
  return false;
}

/** Whether it is the parenthesis of 1) or a) at the start of a line. */
function isMarker(text: string, at: number): boolean {
  let place = at - 1;
  while (place >= 0 && at - place < 5 && (isDigit(text.charCodeAt(place)) || isLatin(text.charCodeAt(place)))) place--;
  return place < at - 1 && (place < 0 || /[\s\u3000]/.test(text.charAt(place)));
}

/** A single blank typed after the mark out of Latin habit. */
function followingBlank(text: string, at: number, mark: string): number {
  return mark !== '?' && mark !== '!' && text.charAt(at + 1) === ' ' && isChineseAt(text, at + 2) ? 1 : 0;
}

function isFullStop(text: string, at: number): boolean {
  if (!isHan(text.charCodeAt(at - 1)) || text.charAt(at - 1) === '第') return false;
  // The point of a numeral, 一. 总则, is not a stop.
  if (/[一二三四五六七八九十〇]/.test(text.charAt(at - 1))) return false;
  const after = text.charCodeAt(at + 1);
  return at + 1 >= text.length || after === 0x0a || after === 0x0d || isHan(after) || after === 0x201d;
}
