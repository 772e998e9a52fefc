/** Words that are wrong always or under a condition: commonly confused ones, and those of a unit's own list. */
import { AnalysisMemo } from '../structure/analysisMemo';
import { isDigit, isFullWidthDigit } from '../text/characters';

/** A wrong and a right form. Conditions are words, any of which may occur there; `#` is a figure. */
export interface WordRule {
  readonly wrong: string;
  readonly right: string;
  readonly level: 'warning' | 'information' | 'hint';
  /** Applies only after one of these. */
  readonly before?: readonly string[];
  /** Applies only before one of these. */
  readonly after?: readonly string[];
  readonly notBefore?: readonly string[];
  readonly notAfter?: readonly string[];
  /** The year from which on the form is wrong; before it either was standard. */
  readonly since?: number;
}

/** A word that is right as it is, under the same conditions. */
export type AllowedWord = Pick<WordRule, 'before' | 'after' | 'notBefore' | 'notAfter'> & { readonly word: string };

/** A unit's own lists. */
export interface WordLists {
  readonly replace: readonly WordRule[];
  readonly allow: readonly AllowedWord[];
}

export interface WordMatch {
  readonly start: number;
  readonly end: number;
  readonly rule: WordRule;
}

/** The rules of a list by the first character of their wrong form. */
interface RulesByStart {
  readonly isStart: Uint8Array;
  readonly rules: ReadonlyMap<number, readonly WordRule[]>;
}

/** By list. A list has dozens of words, of which most lines contain no first character. */
const byStart = new AnalysisMemo((list: readonly WordRule[]): RulesByStart => {
  const isStart = new Uint8Array(0x10000);
  const rules = new Map<number, WordRule[]>();
  for (const rule of list) {
    if (rule.wrong === '') continue;
    const code = rule.wrong.charCodeAt(0);
    isStart[code] = 1;
    const others = rules.get(code);
    if (others) others.push(rule);
    else rules.set(code, [rule]);
  }
  return { isStart, rules };
});

/** All matches of `rules` in `line`, in order; at one offset the longest wrong form wins. */
export function wordMatches(line: string, rules: readonly WordRule[]): WordMatch[] {
  const matches: WordMatch[] = [];
  const { isStart, rules: starting } = byStart.of(rules);
  for (let start = 0; start < line.length; start++) {
    const code = line.charCodeAt(start);
    if (isStart[code] === 0) continue;
    for (const rule of starting.get(code) ?? []) {
      if (!line.startsWith(rule.wrong, start)) continue;
      const end = start + rule.wrong.length;
      if (contextAllows(line, start, end, rule) && !isRight(line, start, rule)) matches.push({ start, end, rule });
    }
  }
  if (matches.length < 2) return matches;
  matches.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return matches.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/** The places in `line` that look like a wrong form but are right, by what stands before or after. */
export function rightPlaces(line: string, rules: readonly WordRule[]): { start: number; end: number }[] {
  return rules
    .filter(({ notBefore, notAfter }) => notBefore || notAfter)
    .flatMap(({ wrong, notBefore = [], notAfter = [] }) =>
      places(line, wrong)
        .map((start) => ({ start, end: start + wrong.length }))
        .filter(
          ({ start, end }) =>
            notBefore.some((word) => standsBefore(line, start, word)) ||
            notAfter.some((word) => standsAfter(line, end, word)),
        ),
    );
}

/** Whether the wrong form at `start` is part of an occurrence of the right one: 村官 in 大学生村官. */
function isRight(line: string, start: number, { wrong, right }: WordRule): boolean {
  return places(right, wrong).some((at) => line.startsWith(right, start - at) && start >= at);
}

/** The ranges of `line` that `words` allow. */
export function allowedSpans(line: string, words: readonly AllowedWord[]): { start: number; end: number }[] {
  return words.flatMap((word) =>
    places(line, word.word)
      .map((start) => ({ start, end: start + word.word.length }))
      .filter(({ start, end }) => contextAllows(line, start, end, word)),
  );
}

function places(line: string, word: string): number[] {
  const found: number[] = [];
  if (word === '') return found;
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) found.push(at);
  return found;
}

function contextAllows(line: string, start: number, end: number, rule: Omit<AllowedWord, 'word'>): boolean {
  const { before, after, notBefore, notAfter } = rule;
  if (before && !before.some((word) => standsBefore(line, start, word))) return false;
  if (after && !after.some((word) => standsAfter(line, end, word))) return false;
  if (notBefore?.some((word) => standsBefore(line, start, word))) return false;
  return !notAfter?.some((word) => standsAfter(line, end, word));
}

function standsBefore(line: string, start: number, word: string): boolean {
  return word === '#' ? isFigure(line.charCodeAt(start - 1)) : word !== '' && line.endsWith(word, start);
}

function standsAfter(line: string, end: number, word: string): boolean {
  return word === '#' ? isFigure(line.charCodeAt(end)) : word !== '' && line.startsWith(word, end);
}

function isFigure(code: number): boolean {
  return isDigit(code) || isFullWidthDigit(code);
}
