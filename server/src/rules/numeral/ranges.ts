/** Finds ranges of two numbers of which only the second has its unit. */

import { matchesOf } from '../matches';

/** Part of every range; searching for it is cheap, and few lines have it. */
const BEFORE_JOINT = /\d\s?[-–—―～~〜－至到]/;

/** Two figures, what joins them, and the unit after the second. The unit is left to the caller. */
const NUMBER = '(\\d{1,9}(?:\\.\\d{1,6})?)';
const JOINED = '\\s?([-–—―～~〜－]{1,2}|至|到)\\s?';
const NOT_WITHIN = '(?<![\\d.,，:：/／\\-–—―～~〜－A-Za-z])';

export interface NumberRange {
  readonly start: number;
  readonly end: number;
  /** Where the unit is missing: just after the first figure. */
  readonly gap: number;
  readonly from: string;
  readonly to: string;
  readonly joint: string;
  readonly unit: string;
}

/** A pattern for ranges before one of `units`, a character class; for {@link findRanges}. */
export function rangePattern(units: string): RegExp {
  return new RegExp(`${NOT_WITHIN}${NUMBER}${JOINED}${NUMBER}\\s?([${units}])`, 'g');
}

/** The rising ranges in `line` that `pattern` finds. Figures that look like years are left out. */
export function findRanges(line: string, pattern: RegExp): NumberRange[] {
  const ranges: NumberRange[] = [];
  if (!BEFORE_JOINT.test(line)) return ranges;
  for (const match of matchesOf(pattern, line)) {
    const [whole, from, joint, to, unit] = match as unknown as [string, string, string, string, string];
    if (Number(from) >= Number(to) || Number(from) >= 1000) continue;
    ranges.push({
      start: match.index,
      end: match.index + whole.length,
      gap: match.index + from.length,
      from,
      to,
      joint,
      unit,
    });
  }
  return ranges;
}
