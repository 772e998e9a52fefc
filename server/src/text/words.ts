/** Word boundaries from the platform's segmenter (UAX 29, with the ICU dictionary). */

import { isHan } from './characters';
import { lazily } from './lazily';

const segmenter = lazily(() => new Intl.Segmenter('zh', { granularity: 'word' }));
/** Cache: whether a pair of characters is one word: 重要, not 下要. */
const known = new Map<number, boolean>();
/** Texts are segmented in pieces of this length, because the segmenter is disproportionately slow on longer ones. */
const PIECE = 60;

/** The words of `text` with their offsets; undefined if the platform has no segmenter. */
export function segments(text: string): Iterable<{ index: number; segment: string }> | undefined {
  if (typeof Intl.Segmenter !== 'function') return undefined;
  return segmenter().segment(text);
}

/** Those `pairs` of characters that are one word each; empty without a segmenter. */
export function wordsAmong(pairs: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (let at = 0; at < pairs.length; at += PIECE) {
    const piece = pairs.slice(at, at + PIECE).join('\n');
    for (const { segment } of segments(piece) ?? []) if (segment.length === 2) words.add(segment);
  }
  return words;
}

/** Whether the two units on their own form one word. */
export function isWordPair(one: number, two: number): boolean {
  if (!isHan(one) || !isHan(two)) return false;
  const key = one * 0x10000 + two;
  let word = known.get(key);
  if (word === undefined) {
    const pair = String.fromCharCode(one, two);
    word = wordsAmong([pair]).has(pair);
    known.set(key, word);
  }
  return word;
}

/** Offset where the last word of `text` begins; its last unit without a segmenter. */
export function lastWordStart(text: string): number {
  let start = Math.max(0, text.length - 1);
  for (const { index } of segments(text) ?? []) start = index;
  return start;
}

/** Whether a word of `text` ends at `at`; always true without a segmenter. */
export function endsWord(text: string, at: number): boolean {
  const all = segments(text);
  if (!all || at >= text.length) return true;
  for (const { index } of all) if (index >= at) return index === at;
  return false;
}
