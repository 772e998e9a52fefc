/** Decides which suggestions are worth opening a list unasked, and which fit the text around the caret. */

import { NgramTable } from '../lexicon/mining/ngrams';
import type { Lexicon } from '../lexicon/model/lexicon';
import { isHan } from '../text/characters';
import { isWordPair, lastWordStart } from '../text/words';
import type { Suggestion, SuggestionPlace } from './suggestion';

/** Number of items seen at a glance. */
const GLANCE = 5;
/**
 * A list opens unasked if one of its first five items is right with at least this likelihood, and they are expected to
 * save this many characters. Likelihoods, so that a better model opens more lists, not worse ones; measured by `npm run
 * bench:completion`.
 */
const MIN_RIGHT = 0.4;
const MIN_SAVED = 0.5;
/**
 * In a heading, or a line that may be one, the text is more likely complete: there a list must be more certain, or be
 * expected to save more. A long slogan is never certain to its end, because any character of it may differ.
 */
const MIN_RIGHT_IN_HEADING = 0.7;
const MIN_SAVED_IN_HEADING = 2;
/** A continuation with a colon shows that the words before it are complete: 总体要求, not 总体要求是：. */
const LABELS = /^.?[：:]/;
/** Maximum length of a line without any mark that is a heading, or the beginning of a sentence. */
const MAX_HEADING = 30;

/**
 * The likelihood that one of the first five of `suggestions` is right, 0 to 1, and the number of characters that the
 * longest right one saves on average. Of two that differ only one can be right; if one is a prefix of the other, it is
 * right whenever the other is.
 */
export function oddsOf(suggestions: readonly Suggestion[]): { right: number; saved: number } {
  const rests: { rest: string; likelihood: number }[] = [];
  for (const { text, replace, filter, likelihood } of suggestions.slice(0, GLANCE)) {
    if (likelihood !== undefined && filter === text) rests.push({ rest: text.slice(replace), likelihood });
  }
  let right = 0;
  let saved = 0;
  for (const { rest, likelihood } of rests) {
    let begun = 0;
    for (const other of rests) {
      if (other.rest.length < rest.length && rest.startsWith(other.rest)) begun = Math.max(begun, other.rest.length);
    }
    if (begun === 0) right += likelihood;
    // The keystroke that accepts it costs one; savings of a shorter one are included.
    saved += likelihood * (rest.length - Math.max(1, begun));
  }
  return { right: Math.min(1, right), saved };
}

/** Whether a list of `suggestions` may open at `place` unasked. */
export function isWorthOpening(suggestions: readonly Suggestion[], { left, right: behind }: SuggestionPlace): boolean {
  const inHeading = behind.trim() === '' && mayBeHeading(left);
  const { right, saved } = oddsOf(
    inHeading ? suggestions.filter(({ text, replace }) => !LABELS.test(text.slice(replace))) : suggestions,
  );
  if (right < MIN_RIGHT || saved < MIN_SAVED) return false;
  return !inHeading || right >= MIN_RIGHT_IN_HEADING || saved >= MIN_SAVED_IN_HEADING;
}

/** Whether the line before the caret contains only words, as a heading does, with or without a number. */
export function mayBeHeading(left: string): boolean {
  const near = left.slice(-2 * MAX_HEADING);
  const line = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1);
  if (line.length === near.length && left.length > near.length) return false;
  const words = line
    .replace(/^[\s　#*]*/, '')
    .replace(
      /^(?:第[^\s　。，]{1,6}[章节節条條]|[（(]?[一二三四五六七八九十百\d]{1,4}(?:[）)]|[、.．])+|[①-⑳])[\s　]*/,
      '',
    );
  return words.length <= MAX_HEADING && !/[。，；：！？、“”《》,;:!?]/.test(words);
}

/** How often the text after the caret must follow the last characters of a suggestion: two of them, else one. */
const FOLLOWS_TWO = 0.01;
const FOLLOWS_ONE = 0.004;
/** A context known from fewer places says nothing. */
const TELLING = 8;

/**
 * False if `rest`, inserted at the caret, would precede words that hardly ever follow it: 会议精神，上的讲话. Marks and the
 * line's end may follow everything.
 */
export function fitsBefore({ ngrams }: Lexicon, left: string, rest: string, right: string): boolean {
  const next = right.charCodeAt(0);
  if (!isHan(next) || rest === '') return true;
  const written = left.slice(-2) + rest;
  for (const [size, least] of [
    [2, FOLLOWS_TWO],
    [1, FOLLOWS_ONE],
  ] as const) {
    let node: number = NgramTable.ROOT;
    for (let at = written.length - size; at < written.length && node >= 0; at++) {
      node = at < 0 ? -1 : ngrams.child(node, written.charCodeAt(at));
    }
    if (node < 0 || ngrams.count(node) < TELLING) continue;
    const follower = ngrams.child(node, next);
    return follower >= 0 && ngrams.count(follower) >= least * ngrams.count(node);
  }
  return false;
}

/**
 * Whether `rest` is based only on the last character before the caret, which belongs to another word: it ends a longer
 * one (签约 → 约车), or begins one with `rest` that it did not begin before (县里 → 里程).
 */
export function crossesWord(left: string, replace: number, rest: string): boolean {
  if (replace > 1) return false;
  const last = left.charCodeAt(left.length - 1);
  if (!isHan(last) || !isHan(left.charCodeAt(left.length - 2))) return false;
  return isWordPair(last, rest.charCodeAt(0)) || lastWordStart(left.slice(-8)) < Math.min(8, left.length) - 1;
}

/** Share of the recently queried places at which a list may open, in documents of any kind. */
const MAX_SHARE = 0.235;
/** Number of places remembered; with fewer than `MIN_KNOWN` all may open. */
const REMEMBERED = 120;
const MIN_KNOWN = 40;

/**
 * Attention is limited: in a text so predictable that lists could open all the time, they open where they are expected
 * to save most. One budget per document.
 */
export class OpeningBudget {
  private readonly savings: number[] = [];

  /**
   * Records a place whose list is expected to save `saved` characters; returns whether it is among those that may open.
   */
  admits(saved: number): boolean {
    const { savings } = this;
    savings.push(saved);
    if (savings.length > REMEMBERED) savings.shift();
    if (savings.length < MIN_KNOWN) return true;
    let better = 0;
    for (const other of savings) if (other > saved) better++;
    return better < MAX_SHARE * savings.length;
  }
}
