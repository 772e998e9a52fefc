/** Straight double quotes in a line that has curly ones too: which of them belong together. */

import type { Span } from '../../text/span';
import { isInside } from '../prose';
import { looksLikeClosing, looksLikeOpening } from './pairs';

/** Two double quotes that belong together, in whatever form. */
export interface QuotePair {
  readonly open: number;
  readonly close: number;
  /** Whether they are inside another quotation. */
  readonly inner: boolean;
  /** The next pair if the marks between the two are reversed: fixed together or not at all. */
  readonly behind?: Pick<QuotePair, 'open' | 'close'>;
}

export interface MixedQuotes {
  /** Pairs with at least one wrong mark. */
  readonly pairs: readonly QuotePair[];
  /** Straight quotes whose partner is uncertain. */
  readonly left: readonly number[];
}

/** The text between two quotations, not inside one: a mark first, or a word that joins them and nothing else. */
const BETWEEN = /^(?:[、，；。：,;:].*|.{0,40}[、，；和与及與]|[或同並并]|以及|或者|还有|還有)$/;

/**
 * Reads the double quotes of `line` outside `foreign` in order. A curly opener takes the following straight mark if no
 * curly one closes it; the content of a sound curly pair is inside it; reversed “ and ”, between two straight ones with
 * a joining word, are corrected. Undefined if the line does not have both kinds.
 */
export function readMixedQuotes(line: string, foreign: readonly Span[]): MixedQuotes | undefined {
  const marks: number[] = [];
  let curly = false;
  let straight = false;
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] as string;
    if (!'"＂“”'.includes(mark) || isInside(foreign, at)) continue;
    marks.push(at);
    if (mark === '“' || mark === '”') curly = true;
    else straight = true;
  }
  if (!curly || !straight) return undefined;
  const at = (index: number): string => line[marks[index] ?? -1] ?? '';
  const isStraight = (index: number): boolean => at(index) === '"' || at(index) === '＂';
  const pairs: QuotePair[] = [];
  const left: number[] = [];
  const pair = (open: number, close: number, inner = false): void => {
    pairs.push({ open: marks[open] as number, close: marks[close] as number, inner });
  };
  for (let index = 0; index < marks.length; ) {
    if (at(index) === '”') index++;
    else if (at(index) === '“') {
      let next = index + 1;
      while (isStraight(next)) next++;
      const between = next - index - 1;
      const joined = between >= 2 && BETWEEN.test(line.slice((marks[index + 1] as number) + 1, marks[index + 2]));
      if (at(next) === '”' && !joined) {
        // Inside a quotation; an odd one out may be anything.
        if (between % 2 === 0) for (let one = index + 1; one < next; one += 2) pair(one, one + 1, true);
        else for (let one = index + 1; one < next; one++) left.push(marks[one] as number);
        index = next + 1;
      } else if (between > 0) {
        pair(index, index + 1);
        index += 2;
      } else index++;
    } else if (at(index + 1) === '”') {
      pair(index, index + 1);
      index += 2;
    } else if (isStraight(index + 1)) {
      const here = marks[index] as number;
      if (looksLikeClosing(line, here) && !looksLikeOpening(line, here)) left.push(marks[index++] as number);
      else {
        pair(index, index + 1);
        index += 2;
      }
    } else if (at(index + 1) === '“' && at(index + 2) === '”' && isStraight(index + 3)) {
      if (BETWEEN.test(line.slice((marks[index + 1] as number) + 1, marks[index + 2]))) {
        const behind = { open: marks[index + 2] as number, close: marks[index + 3] as number };
        pairs.push({ open: marks[index] as number, close: marks[index + 1] as number, inner: false, behind });
      } else pair(index, index + 3);
      index += 4;
    } else left.push(marks[index++] as number);
  }
  return { pairs, left };
}
