/**
 * Finds printed tables of contents: after 目录, or a run of headings at the head of a text that are repeated further
 * down.
 */
import { Pace, type Resumable } from '../../text/resumable';
import type { LayoutBuilder } from './builder';

/** A page number after a blank or a full stop, which is weak evidence outside a table of contents: 用车管理办法. 3 */
const PAGE_BEHIND =
  /(?:[^\d\s.．%％亿万年元][\s\u3000]{0,99}[.．·…]{1,200}[\s\u3000]{0,99}|[\u4e00-\u9fff”》）)][\s\u3000]{1,99})\d{1,4}$/;
/** What Word leaves when a field of the contents is broken. */
const BROKEN_FIELD = /(?:错误[!！]|Error!)/;
const MAX_PAGE_LINE = 12;
/** A longer paragraph before a run of headings shows that the body has begun. */
const MAX_HEAD_PARAGRAPH = 40;

/** Marks the tables of contents from line `from` on. */
export function* contents(builder: LayoutBuilder, from: number): Resumable<void> {
  const again = yield* repeatedLines(builder, from);
  const pace = new Pace();
  let body = false;
  let line = from;
  while (line < builder.count) {
    if (pace.isOver()) yield;
    const record = builder.record(line);
    const named = record.role === 'contentsHead';
    const start = named ? builder.nextContent(line) : line;
    const begins = named || (!body && record.headings.length > 0 && again(line) > 0);
    const end = !begins ? -1 : named ? namedEnd(builder, start, again) : repeatedEnd(builder, start, again);
    if (end > start) {
      for (let at = line; at < end; at++) builder.mark(at, 'contents', true);
      builder.boundaries.set(end, 'hard');
      line = end;
      continue;
    }
    if (named) builder.mark(line, 'contents', true);
    else if (isBody(builder, line)) body = true;
    line++;
  }
}

function isBody(builder: LayoutBuilder, line: number): boolean {
  const { role, characters, headings } = builder.record(line);
  if (role !== 'text' || builder.kindOf(line)) return false;
  if (characters > MAX_HEAD_PARAGRAPH) return true;
  return headings.some(
    ({ marker, runsOn, endMark }) => marker.family === 'article' || runsOn || endMark === '。' || endMark === '；',
  );
}

/** For each short line the next line with the same text, or -1; most texts have no such pair. */
function* repeatedLines(builder: LayoutBuilder, from: number): Resumable<(line: number) => number> {
  const pace = new Pace();
  let entries = 0;
  for (let line = from; line < builder.count; line++) {
    if (builder.record(line).entry !== 0) entries++;
    if (pace.isOver()) yield;
  }
  if (entries < 2) return () => -1;
  // Open addressing: a map of a million lines takes half a second. Not `Keys`, which have 32 of these 40 bits and look for a
  // key before they enter it: with them, reading 60,000 different lines takes a sixth longer.
  const bits = Math.ceil(Math.log2(2 * entries));
  const keys = new Float64Array(1 << bits);
  /** By slot: the last line seen with the key. */
  const seen = new Int32Array(1 << bits);
  const nextLike = new Int32Array(builder.count).fill(-1);
  for (let line = builder.count - 1; line >= from; line--) {
    if (pace.isOver()) yield;
    const { entry } = builder.record(line);
    if (entry === 0) continue;
    let slot = Math.imul(entry | 0, 0x9e3779b1) >>> (32 - bits);
    while (keys[slot] !== 0 && keys[slot] !== entry) slot = (slot + 1) & (keys.length - 1);
    if (keys[slot] === entry) nextLike[line] = seen[slot]!;
    keys[slot] = entry;
    seen[slot] = line;
  }
  return (line) => nextLike[line] ?? -1;
}

/**
 * The end of the contents after the word 目录, whose first entry is in line `start`: after the last entry of the run that
 * has a page number or is repeated below; `start` if there are none.
 */
function namedEnd(builder: LayoutBuilder, start: number, again: (line: number) => number): number {
  // The body begins where the first entry is repeated.
  const target = start < builder.count ? again(start) : -1;
  let entries = 0;
  let paged = 0;
  let repeated = 0;
  let end = start;
  for (let at = start; at < builder.count && at !== target; at++) {
    const record = builder.record(at);
    if (record.role === 'blank' || isPageLine(builder, at)) continue;
    const page = hasPage(builder, at);
    if (record.entry === 0 && !page) break;
    entries++;
    const twin = again(at) > 0;
    if (page) paged++;
    if (twin) repeated++;
    if (page || (twin && paged === 0)) end = at + 1;
  }
  if (target > 0 && (repeated >= 2 || paged >= 2)) return target;
  if (paged >= 2) return end;
  return repeated >= 2 || (entries >= 2 && end > start) ? end : start;
}

function hasPage(builder: LayoutBuilder, line: number): boolean {
  const { leader, contentEnd, contentStart } = builder.record(line);
  if (leader) return true;
  if (contentEnd - contentStart > 60) return false;
  const text = builder.textOf(line);
  return PAGE_BEHIND.test(text) || BROKEN_FIELD.test(text);
}

/** A page number between the entries: I I, 1, - 2 -. */
function isPageLine(builder: LayoutBuilder, line: number): boolean {
  const { characters } = builder.record(line);
  return characters <= MAX_PAGE_LINE && /^[\dIVXivx\s.—–-]+$/.test(builder.textOf(line));
}

/** The end of a run of headings without 目录 above it, each of which is repeated below; -1 if it is not one. */
function repeatedEnd(builder: LayoutBuilder, start: number, again: (line: number) => number): number {
  const target = again(start);
  let repeated = 0;
  let end = -1;
  let at = start;
  for (; at < builder.count && at !== target; at++) {
    const record = builder.record(at);
    if (record.role === 'blank') continue;
    if (record.entry === 0 && !record.leader) break;
    if (again(at) > 0) repeated++;
    else if (!record.leader) break;
    end = at + 1;
  }
  if (at === target && repeated >= 2) return at;
  return repeated >= 3 && again(start) >= end ? end : -1;
}
