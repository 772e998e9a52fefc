/**
 * Predicts what a writer is likely to write next: of the likely runs (prediction.ts) those that end well (endings.ts),
 * ranked by expected savings of keystrokes.
 */

import type { Lexicon } from '../model/lexicon';
import { endsWhole, isMark, matchedSuffix } from './endings';
import { knowledgeOf, likelyRuns, lookBeyond, MIN_LIKELIHOOD, type Run, textOf } from './prediction';

export interface Continuation {
  /** Text to replace the `replace` units before and the `over` units after the caret. */
  readonly text: string;
  /** Number of units before the caret that are the beginning of the text: the part of the draft that led to it. */
  readonly replace: number;
  /** 1 if the text ends with a mark that is already right after the caret, else 0. */
  readonly over: 0 | 1;
  /** The likelihood that it comes next, 0 to 1. */
  readonly score: number;
}

export interface ContinuationOptions {
  /** Less likely ones are left out. */
  readonly threshold?: number;
}

/** Minimum average number of characters saved for a place in the list. */
const MIN_SAVED = 0.02;
/** Exponent and bonus that combine likelihood and length into the value of a run; found by cross-validation. */
const CAUTION = 1.6;
const BONUS = 1.2;
/** Number of units of the draft read to find where words begin. */
const TAIL = 12;

/**
 * Given the text before and after the caret, returns up to `limit` continuations, the best first; none of them repeats
 * what follows the caret. Uses only the line's end before the caret as context, and the draft for its habits. Never
 * throws.
 */
export function continuations(
  lexicon: Lexicon,
  left: string,
  right: string,
  limit: number,
  options: ContinuationOptions = {},
): Continuation[] {
  // Lower-case letters before the caret are pinyin, or a foreign word, which would be continued with the address of
  // some page.
  if (/[a-z]$/.test(left.slice(-1))) return [];
  const known = knowledgeOf(lexicon);
  const { draft } = known;
  draft.set(left);
  const runs = likelyRuns(known, draft, right.charCodeAt(0), Math.max(MIN_LIKELIHOOD, options.threshold ?? 0));
  const usable = runs.filter((run) => run.likelihood * (run.length - 1) >= MIN_SAVED && !repeats(run, right));
  const tail = left.slice(-TAIL);
  const ends = (run: Run): boolean => {
    lookBeyond(known, draft, run);
    return endsWhole(run, lexicon, tail);
  };
  return choose(usable, limit, ends).map((run) => {
    const text = textOf(run);
    const replace = matchedSuffix(left, text, run.order, lexicon.ngrams);
    const last = text.charCodeAt(text.length - 1);
    return {
      text: left.slice(left.length - replace) + text,
      replace,
      over: isMark(last) && right.charCodeAt(0) === last ? 1 : 0,
      score: run.likelihood,
    };
  });
}

/**
 * Picks runs greedily by added value: a run that is right saves all its characters but one, minus what an already
 * picked prefix of it saves. Only runs that `ends` accepts are picked.
 */
function choose(runs: readonly Run[], limit: number, ends: (run: Run) => boolean): Run[] {
  const chosen: Run[] = [];
  while (chosen.length < limit) {
    let best: Run | undefined;
    let most = 0;
    for (const run of runs) {
      if (run.chosen || run.rejected) continue;
      const saved = chosenBeginning(run);
      let value = run.likelihood ** CAUTION * (run.length - saved + (saved === 1 ? BONUS : 0));
      if (value <= most) continue;
      for (const other of chosen) {
        // A longer one picked before keeps only its savings beyond this run.
        if (other.length <= run.length || !isBeginning(run, other)) continue;
        value -= other.likelihood * Math.max(0, run.length - chosenBeginning(other));
      }
      if (value > most) {
        most = value;
        best = run;
      }
    }
    if (!best) break;
    if (!ends(best) || chosen.some((other) => differInMark(best as Run, other))) best.rejected = true;
    else {
      best.chosen = true;
      chosen.push(best);
    }
  }
  return chosen;
}

/** Whether the two are equal but for a mark at the end: only one of them is worth a place in the list. */
function differInMark(one: Run, other: Run): boolean {
  return (isMark(one.unit) ? one.parent : one) === (isMark(other.unit) ? other.parent : other);
}

/** Length of the longest picked prefix of `run`, 1 if there is none: one character costs one keystroke anyway. */
function chosenBeginning(run: Run): number {
  for (let one = run.parent; one; one = one.parent) if (one.chosen) return one.length;
  return 1;
}

function isBeginning(run: Run, of: Run): boolean {
  let one: Run | undefined = of;
  while (one && one.length > run.length) one = one.parent;
  return one === run;
}

/** Whether the run, but for a mark at its end, is already right after the caret. */
function repeats(run: Run, right: string): boolean {
  const last = right.charCodeAt(run.length - 1);
  let one: Run | undefined = run;
  if (isMark(run.unit) && last !== run.unit) one = run.parent;
  for (; one?.parent; one = one.parent) if (right.charCodeAt(one.length - 1) !== one.unit) return false;
  return true;
}
