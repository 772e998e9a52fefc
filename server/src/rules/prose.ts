/** Which characters of a line are Chinese prose and which are something else: addresses, code, markup, file names. */

import type { Analysis, Block, BlockKind } from '../structure/analysis';
import { isBlank, isHan, isLatin } from '../text/characters';
import { partitionPoint } from '../text/partitionPoint';
import type { Span } from '../text/span';
import { matchesOf } from './matches';

const ASTERISK = 0x2a;

/** Whether it is a mark of Chinese prose, full-width forms and dashes included. */
export function isChineseMark(code: number): boolean {
  return (
    (code >= 0x3001 && code <= 0x301f && code !== 0x3007) ||
    (code >= 0xff01 && code <= 0xff65 && !(code >= 0xff10 && code <= 0xff19)) ||
    (code >= 0x2014 && code <= 0x201d) ||
    code === 0x2026
  );
}

/** Whether it is Han or a Chinese mark. */
export function isChinese(code: number): boolean {
  return isHan(code) || isChineseMark(code);
}

/** The code unit before `offset`, skipping emphasis and at most one blank; 0 at the start of the line. */
export function codeBefore(line: string, offset: number): number {
  let at = offset - 1;
  while (line.charCodeAt(at) === ASTERISK) at--;
  if (isBlank(line.charCodeAt(at))) at--;
  while (line.charCodeAt(at) === ASTERISK) at--;
  return at < 0 ? 0 : line.charCodeAt(at);
}

/** The code unit at `offset`, skipping emphasis and at most one blank; 0 at the end of the line. */
export function codeAfter(line: string, offset: number): number {
  let at = offset;
  while (line.charCodeAt(at) === ASTERISK) at++;
  if (isBlank(line.charCodeAt(at))) at++;
  while (line.charCodeAt(at) === ASTERISK) at++;
  return at >= line.length ? 0 : line.charCodeAt(at);
}

const STOPS = new Set('。！？；：!?;:');

/** Whether the sentence of `line` (0-based) may continue on the line below: a line break made by a narrow page. */
export function runsOn({ text, lines, records }: Analysis, line: number): boolean {
  const record = records[line];
  const next = records[line + 1];
  if (!record || !next) return false;
  if (record.contentEnd === 0 || next.contentStart > 0 || next.contentEnd === 0) return false;
  if (record.hashes > 0 || next.hashes > 0 || next.headings.some(({ place }) => place === 'start')) return false;
  return !STOPS.has(text[lines.start(line) + record.contentEnd - 1] ?? '');
}

const MAYBE_FOREIGN = /[A-Za-z`<{&]|\[\^|\]\(/;

/**
 * One alternative each for: code in backticks, templates, HTML comments and tags, entities, the target of a Markdown
 * link, a footnote's label, addresses, e-mail, Windows paths. Every repetition is bounded and runs over characters that
 * the next part cannot start with, so that matching stays linear.
 */
const FOREIGN = new RegExp(
  [
    '`[^`]{1,400}`',
    '\\{\\{[^{}]{0,200}\\}\\}',
    '<!--[^<>]{0,400}-->',
    '</?[A-Za-z][^<>]{0,400}>',
    '&#?\\w{1,10};',
    '(?<=\\])\\((?:[^()\\s]|\\([^()\\s]{0,200}\\)){1,400}(?: "[^"]{0,200}")?\\)',
    '\\[\\^[^\\[\\]]{1,40}\\]:?',
    '(?:https?|ftps?|file)://[^\\s<>“”‘’「」（）《》，。；：、！？\\u3400-\\u9fff]{1,2000}',
    'www\\.[^\\s<>“”‘’「」（）《》，。；：、！？\\u3400-\\u9fff]{1,2000}',
    '(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64}){1,8}',
    '(?<![A-Za-z])[A-Za-z]:\\\\[^\\s<>“”，。；：！？"|*?]{1,400}',
  ].join('|'),
  'gi',
);

/** The end of a file name; its start is searched backwards, because names may be Chinese. */
const EXTENSION =
  /\.(?:docx?|xlsx?|pptx?|pdf|txt|md|csv|json|xml|html?|wps|ofd|et|rtf|zip|rar|7z|jpe?g|png|gif|mp[34]|exe)(?![A-Za-z0-9])/gi;
const NAME_ENDS = /[\s<>“”‘’「」《》，。；：、！？,;:"|*?/\\]/;
const NAME_LENGTH = 80;

const NOWHERE: readonly Span[] = [];
let lastLine = '';
let lastSpans: readonly Span[] = NOWHERE;

/** The ranges of `line`, sorted, in which the rules of Chinese punctuation do not apply. */
export function foreignSpans(line: string): readonly Span[] {
  // Several rules query the same line one after the other.
  if (line === lastLine) return lastSpans;
  lastSpans = MAYBE_FOREIGN.test(line) ? findForeign(line) : NOWHERE;
  lastLine = line;
  return lastSpans;
}

function findForeign(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of matchesOf(FOREIGN, line)) spans.push({ start: match.index, end: match.index + match[0].length });
  const names: Span[] = [];
  for (const match of matchesOf(EXTENSION, line)) {
    const end = match.index + match[0].length;
    let start = match.index;
    const floor = Math.max(names.at(-1)?.end ?? 0, start - NAME_LENGTH);
    while (start > floor && !NAME_ENDS.test(line.charAt(start - 1))) start--;
    if (!isInside(spans, start)) names.push({ start, end });
  }
  return names.length === 0 ? spans : merged([...spans, ...names]);
}

/** `spans`, sorted, with overlapping ones merged. */
function merged(spans: Span[]): Span[] {
  spans.sort((a, b) => a.start - b.start);
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

/** Whether `offset` is in one of `spans`, which are sorted and disjoint. */
export function isInside(spans: readonly Span[], offset: number): boolean {
  const span = spans[partitionPoint(spans.length, (at) => (spans[at] as Span).end <= offset)];
  return span !== undefined && span.start <= offset;
}

/** Whether it is a line of another language that only mentions Chinese: more than two Latin letters for each Han. */
export function readsAsLatin(line: string): boolean {
  let han = 0;
  let latin = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (isHan(code)) han++;
    else if (isLatin(code)) latin++;
  }
  return latin > 2 * han;
}

/**
 * Whether a text writes all its brackets half-width, not only those of its markers. Then punctuation.half-width reports
 * it; otherwise the markers are left to numbering.marker-punctuation.
 */
export function writesBracketsHalfWidth({ text, lists }: Analysis): boolean {
  let half = 0;
  let full = 0;
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) half++;
  if (half === 0) return false;
  for (let at = text.indexOf('（'); at >= 0; at = text.indexOf('（', at + 1)) full++;
  for (const list of lists) for (const marker of list.markers) if (marker.shape.startsWith('(')) half--;
  // A few full-width brackets in pasted words do not change the habit.
  return full === 0 ? half > 0 : half > full * 4 + 2;
}

/** The kind of the block that contains `line`. */
export function blockKindAt({ blocks }: Analysis, line: number): BlockKind {
  const block = blocks[partitionPoint(blocks.length, (at) => (blocks[at] as Block).lastLine < line)];
  return block !== undefined && block.firstLine <= line ? block.kind : 'body';
}
