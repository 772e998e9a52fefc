/**
 * Invisible characters that programs stumble over: word-processor line breaks that do not end a line, no-break blanks,
 * zero-width marks, controls, the tabs after automatic numbers.
 */
import { isBlank, isHan } from '../text/characters';
import { splitLines } from '../text/lines';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

/** Vertical tab (Word's soft break), form feed, next line, line and paragraph separator (Unicode 5.8). */
const SOFT_BREAK = /[\u000b\u000c\u0085\u2028\u2029]+/g;

/** Whether `text` contains anything for {@link breakSoftLines}. */
export function hasSoftBreak(text: string): boolean {
  return text.search(SOFT_BREAK) >= 0;
}

/** Replaces soft line breaks by real ones. */
export function breakSoftLines(text: string): StepResult {
  const lineBreak = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const edits: TextReplacement[] = [];
  for (const { 0: run, index } of text.matchAll(SOFT_BREAK)) {
    const end = index + run.length;
    const beside = /[\r\n]/.test(text.charAt(index - 1)) || /[\r\n]/.test(text.charAt(end)) || end === text.length;
    edits.push({ start: index, end, newText: beside ? '' : lineBreak });
  }
  return doneBy('soft-breaks', text, edits);
}

/**
 * Zero-width and direction marks, soft hyphens, objects, controls except tab and line breaks; see {@link joins} for
 * two.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffc]+/g;

/** Removes invisible characters. */
export function removeInvisible(text: string): StepResult {
  const edits: TextReplacement[] = [];
  for (const { 0: run, index } of text.matchAll(INVISIBLE)) {
    // A byte order mark at the start belongs to the file.
    const start = index === 0 && run.startsWith('\ufeff') ? 1 : index;
    const end = index + run.length;
    if (start < end && !joins(text, start, end)) edits.push({ start, end, newText: '' });
  }
  return doneBy('invisible', text, edits);
}

/** Whether they are the marks that join or separate letters in other scripts, and combine emoji. */
function joins(text: string, start: number, end: number): boolean {
  if (!/[\u200c\u200d]/.test(text.slice(start, end))) return false;
  const around = `${text.slice(Math.max(0, start - 2), start)} ${text.slice(end, end + 2)}`;
  return /\ufe0f|[\p{Extended_Pictographic}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tibetan}]/u.test(
    around,
  );
}

const NO_BREAK = /[\u00a0\u2002-\u200a\u202f\u205f]/;
const EVERY_NO_BREAK = new RegExp(NO_BREAK.source, 'g');
const BLANK_RUN =
  /[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]{0,99}[\u00a0\u2002-\u200a\u202f\u205f][ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]{0,99}/g;
const INDENT = '\u3000\u3000';

/** Replaces no-break and fixed-width blanks by ordinary ones; an indent of them becomes two ideographic blanks. */
export function plainBlanks(text: string): StepResult {
  const edits: TextReplacement[] = [];
  for (const { 0: run, index } of text.matchAll(BLANK_RUN)) {
    const end = index + run.length;
    const before = text.charAt(index - 1);
    const after = text.charAt(end);
    let newText = run.replace(EVERY_NO_BREAK, ' ');
    if (after === '' || after === '\n' || after === '\r') newText = '';
    else if (before === '' || before === '\n' || before === '\r') newText = indentFor(run);
    // In titles, tables and lists of names they separate words, and are intended.
    else if (!isInSentence(text, index)) continue;
    else if (run.length === 1 && (isChineseMark(before) || isChineseMark(after))) newText = '';
    else if (run.length === 1 && isHan(before.charCodeAt(0)) && isHan(after.charCodeAt(0))) newText = '';
    edits.push({ start: index, end, newText });
  }
  return doneBy('no-break-blanks', text, edits);
}

/** Half an ideographic blank is hardly an indent, and much more than two of them centres a line. */
function indentFor(run: string): string {
  let columns = 0;
  for (const blank of run) columns += /[\t\u2003\u3000]/.test(blank) ? 2 : 1;
  if (columns < 2) return '';
  return columns <= 10 ? INDENT : '\u3000'.repeat(Math.round(columns / 2));
}

/** Whether the line contains sentences; in titles and lists of names a blank separates words. */
function isInSentence(text: string, at: number): boolean {
  const start = Math.max(text.lastIndexOf('\n', at), at - 400);
  const end = text.indexOf('\n', at);
  return /[，。；]/.test(text.slice(start + 1, end < 0 ? at + 400 : Math.min(end, at + 400)));
}

function isChineseMark(character: string): boolean {
  return /[，。、；：？！（）《》“”‘’「」『』【】〔〕…—]/.test(character);
}

const NUMBERED =
  /^[ \u3000]*(?:(第[一二三四五六七八九十百千零〇\d]{1,6}[编編章节節条條])|(\d{1,3}(?:[.．]\d{1,3}){1,4}[.．]?)|[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}[、．.]|\d{1,3}[、．.]|[①-⑳])(?=\t)/;

/** Removes the tab after a word processor's automatic number. Rows of a table keep theirs. */
export function removeMarkerTabs(text: string): StepResult {
  if (!text.includes('\t')) return { edits: [], entries: [] };
  const lines = splitLines(text);
  const edits: TextReplacement[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const words = text.slice(start, Math.min(lines.end(line), start + 400));
    const found = NUMBERED.exec(words);
    if (!found) continue;
    const from = found[0].length;
    let to = from;
    while (isBlank(words.charCodeAt(to))) to++;
    const rest = words.slice(to).split('\t');
    if (to === words.length || (rest.length > 1 && !/^[\s.…·]*\d{1,4}\s*$/.test(rest.slice(1).join('')))) continue;
    if (!isHan(words.charCodeAt(to)) && !/[“《〈「（(A-Za-z\d]/.test(words.charAt(to))) continue;
    edits.push({ start: start + from, end: start + to, newText: found[1] ? '\u3000' : found[2] ? ' ' : '' });
  }
  return doneBy('marker-tabs', text, edits);
}
