/** Finds the end of a heading's words when its paragraph continues after them. */
import { isBlank, isDigit } from '../text/characters';
import type { ParsedPlaceholder } from './placeholders';

const OPENING = '“‘（(《〈「『【〔［[';
const CLOSING = '”’）)》〉」』】〕］]';

/**
 * Cuts a heading that begins at `from` as a person would: at the first 。 or ： (or ；！？ or a half-width colon in Chinese)
 * outside quotation marks and brackets, or at `to`. Returns the offset where the words end, excluding the mark (？ and ！
 * belong to the words).
 */
export function titleEnd(line: string, from: number, to: number): number {
  let depth = 0;
  let firstMark = -1;
  for (let at = from; at < to; at++) {
    const character = line[at] as string;
    const code = character.charCodeAt(0);
    if (code > 0x7f && code < 0x2018) continue;
    if (code >= 0x3400 && code < 0xff00) continue;
    const closing = CLOSING.indexOf(character);
    if (closing >= 0) {
      if (depth > 0) depth--;
      continue;
    }
    if (OPENING.includes(character)) {
      // An opening mark that never closes must not consume the paragraph.
      depth++;
      continue;
    }
    const ends =
      character === '。' ||
      character === '：' ||
      character === '；' ||
      character === '！' ||
      character === '？' ||
      character === ';' ||
      character === '!' ||
      character === '?' ||
      (character === ':' && !(isDigit(line.charCodeAt(at + 1)) && isDigit(line.charCodeAt(at - 1))));
    if (!ends) continue;
    const words = character === '？' || character === '！' || character === '?' || character === '!';
    const end = words ? at + 1 : at;
    if (depth === 0) return end;
    if (firstMark < 0 && character === '。') firstMark = end;
  }
  // Unbalanced quotation: fall back on the first full stop.
  if (depth > 0 && firstMark >= 0) return firstMark;
  let end = to;
  while (end > from && isBlank(line.charCodeAt(end - 1))) end--;
  return end;
}

const ANNOTATION = /\([a-züê]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}\)/g;

/**
 * The part of `line` from `from` to `to` without the asterisks that emphasise: all but those at `gaps`, which a writer has
 * yet to fill.
 */
export function withoutEmphasis(line: string, from: number, to: number, gaps: readonly ParsedPlaceholder[]): string {
  const words = line.slice(from, to);
  if (!words.includes('*')) return words;
  const isGap = (at: number) => gaps.some((gap) => gap.at <= at && at < gap.end);
  return words
    .replace(/\*/g, (asterisk, index: number) => (isGap(from + index) ? asterisk : ''))
    .replace(/(?<!\*)\*\s*$/, '');
}

/** The words of a heading as an outline shows them: without glued pinyin and stray blanks. */
export function cleanTitle(words: string): string {
  let title = words.trim();
  if (title.includes('(')) title = title.replace(ANNOTATION, '');
  // 总　　则 is one letter-spaced word, not two words.
  if (/^\S(?:[\s\u3000]+\S){1,40}$/.test(title)) title = title.replace(/[\s\u3000]+/g, '');
  return title;
}
