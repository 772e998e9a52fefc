/** The name of a section in the outline, the breadcrumbs, the status bar and the search for symbols. */
import type { Analysis, MarkerFamily, Section } from '../structure/analysis';
import { isBlank, isHan } from '../text/characters';
import { type Locale, localise } from '../text/message';

/** Maximum length of a name in UTF-16 units: a list in the editor shows no more. */
const MAX_LENGTH = 80;

const UNTITLED = { en: '(untitled)', zh: '（无题）' };

/** Families whose marker is followed by a blank: 第一章 总则, 1.1 背景 (GB/T 15834-2011 B.3.6, B.3.5). */
const SPACED: ReadonlySet<MarkerFamily> = new Set([
  'volume',
  'part',
  'chapter',
  'division',
  'article',
  'decimal',
  'chinese',
  'formal',
  'roman',
]);

/** Marker and title of `section` on one line, truncated to a displayable length. Never empty. */
export function sectionName(section: Section, analysis: Analysis, locale: Locale): string {
  const marker = section.marker;
  const title = oneLine(section.title);
  if (!marker)
    return (
      title ||
      oneLine(analysis.text.slice(section.titleSpan.start, section.titleSpan.end)) ||
      localise(UNTITLED, locale)
    );
  // A decimal marker may end in a dot or a comma of its own (1.1、); then it needs no blank.
  const gap = SPACED.has(marker.family) && title !== '' && /[\p{L}\p{N}]$/u.test(marker.text) ? ' ' : '';
  return cut(oneLine(marker.text) + gap + title) || localise(UNTITLED, locale);
}

/**
 * `count` characters as a message: `1,234 字`, `1,234 chars`. Computed for every heading after every edit, so it is
 * simple.
 */
export function characterCount(count: number, locale: Locale): string {
  if (locale !== 'en') return `${grouped(count)} 字`;
  return count === 1 ? '1 char' : `${grouped(count)} chars`;
}

/** Digits in groups of three, as both languages write large counts. Intl would take longer than the whole outline. */
export function grouped(count: number): string {
  let figures = String(count);
  let result = '';
  while (figures.length > 3) {
    result = `,${figures.slice(-3)}${result}`;
    figures = figures.slice(0, -3);
  }
  return figures + result;
}

/**
 * The beginning of `text` on one line: runs of blanks become one space, a line break between Han characters is dropped
 * (a wrapped title), and letter-spacing is removed (总　　则 becomes 总则).
 */
function oneLine(text: string): string {
  let plain = 0;
  while (plain < text.length && !isGap(text.charCodeAt(plain))) plain++;
  if (plain === text.length) return cut(text);

  const words: string[] = [];
  const breaks: boolean[] = [];
  let length = 0;
  for (let at = 0; at < text.length && length <= MAX_LENGTH; ) {
    let broken = false;
    for (; at < text.length && isGap(text.charCodeAt(at)); at++) broken ||= isLineBreak(text.charCodeAt(at));
    const start = at;
    while (at < text.length && at - start <= MAX_LENGTH && !isGap(text.charCodeAt(at))) at++;
    if (at === start) break;
    words.push(text.slice(start, at));
    breaks.push(broken);
    length += at - start;
  }
  const spaced = words.length > 1 && words.every((word) => word.length === 1 && isHan(word.charCodeAt(0)));
  if (spaced) return cut(words.join(''));
  return cut(
    words.reduce((line, word, index) => {
      const joined = breaks[index] && isHan(line.charCodeAt(line.length - 1)) && isHan(word.charCodeAt(0));
      return line === '' || joined ? line + word : `${line} ${word}`;
    }, ''),
  );
}

function isGap(code: number): boolean {
  return code <= 0x20 || isBlank(code);
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function cut(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const last = text.charCodeAt(MAX_LENGTH - 1);
  // Half a surrogate pair is not a character.
  const end = last >= 0xd800 && last <= 0xdbff ? MAX_LENGTH - 1 : MAX_LENGTH;
  return `${text.slice(0, end)}…`;
}
