/**
 * Remains of printed pages: page numbers on lines of their own (— 3 —, GB/T 9704 7.5), and the header or footer printed
 * beside them page after page. A sentence interrupted by the end of a page is rejoined.
 */

import { lazily } from '../text/lazily';
import { type LineTable, splitLines } from '../text/lines';
import { partitionPoint } from '../text/partitionPoint';
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, NOTHING, type StepResult } from './report';
import { ENDS, STARTS, wrapWidth } from './wrappedLines';

const MARKED = /^[-—–－─]{1,3}\s{0,4}(\d{1,4})\s{0,4}[-—–－─]{1,3}$/;
const WORDED =
  /^(?:第\s{0,4}(\d{1,4})\s{0,4}[页頁](?:\s{0,4}[，,/／]?\s{0,4}共\s{0,4}\d{1,4}\s{0,4}[页頁])?|Page\s{0,4}(\d{1,4})(?:\s{0,4}(?:of|\/)\s{0,4}\d{1,4})?|(\d{1,4})\s{0,4}[/／]\s{0,4}\d{1,4})$/i;
const BARE = /^\d{1,4}$/;
const MAX_LENGTH = 40;
/** A header occurs beside at least this many page numbers. */
const MIN_HEADERS = 3;
/**
 * Bare figures in a text whose lines are not broken: minimum length of a sequence, and minimum number of lines of a
 * page.
 */
const MIN_CHAIN = 3;
const MIN_PAGE = 4;

interface Mark {
  readonly line: number;
  readonly number: number;
  readonly bare: boolean;
}

/** Removes page numbers and headers or footers beside them from `text`; the caller may pass its lines. */
export function removePageMarks(text: string): StepResult {
  return runToCompletion(findPageMarks(text, splitLines(text)));
}

/** The same in steps. */
export function* findPageMarks(text: string, lines: LineTable): Resumable<StepResult> {
  // If all lines are broken, those at the end of a page are joined with the others, by their width.
  const isWrapped = lazily(() => wrapWidth(text) !== undefined);
  const marks = yield* pageNumbers(text, lines, isWrapped);
  if (marks.length === 0) return NOTHING;
  const wrapped = isWrapped();
  const gone = new Set(marks.map(({ line }) => line));
  for (const line of headersBeside(text, lines, gone)) gone.add(line);
  const edits: TextReplacement[] = [];
  for (let line = 0; line < lines.count; line++) {
    if (!gone.has(line)) continue;
    let last = line;
    let next = line + 1;
    while (next < lines.count && (gone.has(next) || wordsOf(text, lines, next) === '')) {
      if (gone.has(next)) last = next;
      next++;
    }
    edits.push(removal(text, lines, { first: line, last, next }, wrapped));
    line = next - 1;
  }
  return doneBy('page-marks', text, edits);
}

interface Gap {
  readonly first: number;
  readonly last: number;
  /** The next line that is not blank. */
  readonly next: number;
}

/** The edit that removes the lines of `gap`, including the blank ones around them if they are inside a sentence. */
function removal(text: string, lines: LineTable, { first, last, next }: Gap, wrapped: boolean): TextReplacement {
  let above = first - 1;
  while (above >= 0 && wordsOf(text, lines, above) === '') above--;
  const before = above < 0 ? '' : text.slice(lines.start(above), lines.end(above)).trimEnd();
  const after =
    next < lines.count ? text.slice(lines.start(next), Math.min(lines.end(next), lines.start(next) + MAX_LENGTH)) : '';
  const isBroken =
    before.length >= 12 &&
    /[，。；、]/.test(before) &&
    !ENDS.test(before) &&
    /^[\u3400-\u9fff，、；“《（]/.test(after) &&
    !STARTS.test(after);
  if (isBroken && wrapped) return { start: lines.start(above + 1), end: lines.start(next), newText: '' };
  if (isBroken) return { start: lines.start(above) + before.length, end: lines.start(next), newText: '' };
  if (last + 1 < lines.count) return { start: lines.start(first), end: lines.start(last + 1), newText: '' };
  // The last line is removed with the break before it.
  return { start: first > 0 ? lines.end(first - 1) : 0, end: lines.end(last), newText: '' };
}

function* pageNumbers(text: string, lines: LineTable, isWrapped: () => boolean): Resumable<Mark[]> {
  const sure: Mark[] = [];
  const worded: Mark[] = [];
  const bare: Mark[] = [];
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    if (lines.end(line) - lines.start(line) > MAX_LENGTH) continue;
    const words = wordsOf(text, lines, line);
    if (words === '') continue;
    const marked = MARKED.exec(words);
    const named = marked ? undefined : WORDED.exec(words);
    if (marked) sure.push({ line, number: Number(marked[1]), bare: false });
    else if (named) worded.push({ line, number: Number(named[1] ?? named[2] ?? named[3]), bare: false });
    else if (BARE.test(words)) bare.push({ line, number: Number(words), bare: true });
  }
  if (sure.length + worded.length + bare.length === 0) return [];
  const wrapped = isWrapped();
  const found = [...sure, ...(wrapped || worded.length > 1 ? worded : [])];
  if (bare.length > 0)
    found.push(...(wrapped ? bare.filter((mark) => standsAlone(text, lines, mark)) : chainOf(text, lines, bare)));
  return found.sort((a, b) => a.line - b.line);
}

/** Whether there is no other figure above or below, as in a table of one column. */
function standsAlone(text: string, lines: LineTable, { line }: Mark): boolean {
  const figure = (at: number): boolean => at >= 0 && at < lines.count && /^[\d.,%]+$/.test(wordsOf(text, lines, at));
  return !figure(line - 1) && !figure(line + 1) && line > 0;
}

/** Bare figures that count on from page to page, at least one of them in the middle of a sentence. */
function chainOf(text: string, lines: LineTable, bare: readonly Mark[]): readonly Mark[] {
  const best = longestChain(bare);
  if (best.length < MIN_CHAIN) return [];
  const breaksSentence = best.some(({ line }) => {
    let above = line - 1;
    while (above >= 0 && wordsOf(text, lines, above) === '') above--;
    const words = above < 0 ? '' : wordsOf(text, lines, above);
    return words.length >= 12 && /[，。；、]/.test(words) && !ENDS.test(words);
  });
  return breaksSentence ? best : [];
}

/**
 * The first of the longest sequences of marks, in order of lines, that count up by one with a page between. What
 * follows a mark is the same in every sequence, so the lengths are computed from the end.
 */
function longestChain(marks: readonly Mark[]): readonly Mark[] {
  const byNumber = new Map<number, number[]>();
  for (const [index, { number }] of marks.entries()) {
    const places = byNumber.get(number);
    if (places) places.push(index);
    else byNumber.set(number, [index]);
  }
  const next = marks.map(({ number, line }) => {
    const places = byNumber.get(number + 1) ?? [];
    const isBefore = (place: number) => (marks[places[place] as number] as Mark).line < line + MIN_PAGE;
    return places[partitionPoint(places.length, isBefore)];
  });
  const lengths = new Uint32Array(marks.length);
  let best = marks.length - 1;
  for (let index = marks.length - 1; index >= 0; index--) {
    const after = next[index];
    lengths[index] = 1 + (after === undefined ? 0 : (lengths[after] as number));
    if ((lengths[index] as number) >= (lengths[best] as number)) best = index;
  }
  const chain: Mark[] = [];
  for (let index: number | undefined = best; index !== undefined && index >= 0; index = next[index])
    chain.push(marks[index] as Mark);
  return chain;
}

/** Lines beside page numbers with the same text on page after page. */
function headersBeside(text: string, lines: LineTable, numbers: ReadonlySet<number>): number[] {
  const beside = new Map<string, number[]>();
  const note = (line: number): void => {
    if (line < 0 || line >= lines.count || numbers.has(line)) return;
    const words = wordsOf(text, lines, line);
    if (words === '' || words.length > MAX_LENGTH || /[，。；：！？]/.test(words)) return;
    beside.set(words, [...(beside.get(words) ?? []), line]);
  };
  for (const line of numbers) {
    let above = line - 1;
    while (above >= 0 && wordsOf(text, lines, above) === '') above--;
    let below = line + 1;
    while (below < lines.count && wordsOf(text, lines, below) === '') below++;
    note(above);
    note(below);
  }
  return [...beside.values()].filter((places) => places.length >= MIN_HEADERS).flat();
}

function wordsOf(text: string, lines: LineTable, line: number): string {
  const start = lines.start(line);
  return text.slice(start, Math.min(lines.end(line), start + 2 * MAX_LENGTH)).trim();
}
