/** Where a suggested text may begin and end, so that it consists of words and phrases. */
import { isDigit, isHan } from '../../text/characters';
import { endsWord, isWordPair, lastWordStart } from '../../text/words';
import { isBorder, isClosing, isOpening, isStop } from '../mining/boundaries';
import { NGRAM_ORDER, NgramTable } from '../mining/ngrams';
import type { Lexicon } from '../model/lexicon';
import { type Run, textOf } from './prediction';

/** A run does not end where its continuation is certain: 坚持以习近 is useless beside 坚持以习近平. */
const SURELY = 0.9;
/** Nor inside a known phrase where no clause ends and one continuation has this likelihood. */
const OPEN_SURELY = 0.55;
const MAY_CLOSE = 0.05;
/** Nor after 、 if the next member of the list has this likelihood. */
const KNOWN_MEMBER = 0.5;
/** Words are suggested with the following stop if it follows in this share of all cases. */
const NEARLY_ALWAYS = 0.9;
/** Words after a mark are suggested along with those before it if they follow in this share of all cases. */
const LIKELY_CLAUSE = 0.15;
/** A less likely step joins unrelated text. */
const UNLIKELY_STEP = 0.05;
/** A figure cannot be predicted. */
const SURE_FIGURE = 0.1;
/** Minimum share of a word's occurrences that end clauses, for it to be the last word of a suggestion. */
const ENDING_PART = 0.03;
/** A word may begin this far before the matched text. */
const MAX_NAME_LENGTH = 4;
/** A repeated member of a list: nobody means 不能腐、不能腐. */
const REPEATED = /(?:^|[、，。；：])([^、，。；：]{2,12})、\1(?:[、，。；：]|$)/;
const PAUSE = '、'.charCodeAt(0);

/**
 * Number of units before the caret that belong to the suggestion: the context that led to it, back to the last mark,
 * and to the start of a word: 以习近平同志为|核心, not 近平同志为|核心.
 */
export function matchedSuffix(left: string, text: string, order: number, ngrams: NgramTable): number {
  const whole = wholeSize(left, Math.min(left.length, order + MAX_NAME_LENGTH));
  const begins = (size: number): boolean => {
    const start = left.length - size;
    if (size === whole && (start === 0 || isBorder(left.charCodeAt(start - 1)) || left.charCodeAt(start - 1) <= 0x20))
      return true;
    const unit = left.charCodeAt(start);
    const before = left.charCodeAt(start - 1);
    const after = size > 1 ? left.charCodeAt(start + 1) : text.charCodeAt(0);
    return pairs(ngrams, before, unit) < pairs(ngrams, unit, after) && !isWordPair(before, unit);
  };
  const matched = Math.min(order, whole);
  for (let size = matched; size > 0 && size <= whole; size++) if (begins(size)) return size;
  for (let size = matched - 1; size > 0; size--) if (begins(size)) return size;
  return pairs(ngrams, left.charCodeAt(left.length - 1), text.charCodeAt(0)) > 0 ? matched : 0;
}

/** Length of the end of `left`, at most `most`, after its last mark or blank. */
function wholeSize(left: string, most: number): number {
  let size = 0;
  while (size < most) {
    const unit = left.charCodeAt(left.length - 1 - size);
    if (unit <= 0x20 || isMark(unit)) break;
    size++;
  }
  return size;
}

/**
 * False if a run ends inside a word, a phrase or a figure, before its closing mark, with a word that cannot end
 * anything, or contains words that are a guess.
 */
export function endsWhole(run: Run, lexicon: Lexicon, tail: string): boolean {
  const { unit, next = 0, nextLikelihood, closing } = run;
  if (isOpening(unit) || isGuess(run)) return false;
  if (REPEATED.test(tail + textOf(run))) return false;
  // A list continues: after 稳就业、稳企业、 the next member is known.
  if (unit === PAUSE && nextLikelihood >= KNOWN_MEMBER) return false;
  if (isStop(unit) && run.length > 2) return run.likelihood >= NEARLY_ALWAYS * (run.parent?.likelihood ?? 1);
  if (isBorder(unit)) return true;
  if (isClosing(next) || isDigit(unit)) return false;
  const before = run.parent?.unit ?? 0;
  if (before !== 0 && isBorder(before)) return false;
  const text = tail + textOf(run);
  if (next !== 0 && (!isBorder(next) || next === PAUSE || isOpening(next))) {
    if (nextLikelihood >= SURELY) return false;
    if (nextLikelihood >= OPEN_SURELY && closing < MAY_CLOSE && isInsidePhrase(lexicon, text)) return false;
  }
  // The last character forms a word with its likeliest successor rather than with its predecessor.
  if (next !== 0 && !isBorder(next) && pairs(lexicon.ngrams, before, unit) < pairs(lexicon.ngrams, unit, next))
    return false;
  if (isHan(next) && !endsWord(text + String.fromCharCode(next), text.length)) return false;
  return !isHan(unit) || mayEndClause(lexicon.ngrams, unit) || lastWordStart(text) < text.length - 1;
}

/** Whether `text` ends inside a phrase, longer than n-grams can see. */
function isInsidePhrase(lexicon: Lexicon, text: string): boolean {
  for (let size = NGRAM_ORDER; size <= text.length; size++) {
    const [phrase] = lexicon.startingWith(text.slice(-size), 1);
    if (phrase && phrase.text.length > size) return true;
  }
  return false;
}

/** Whether a run takes an unlikely step, leaves its clause for a guess, or guesses a figure. */
function isGuess(run: Run): boolean {
  let crosses = false;
  for (let one = run; one.parent?.parent; one = one.parent) {
    const { likelihood } = one.parent;
    if (one.likelihood < UNLIKELY_STEP * likelihood) return true;
    if (!crosses && isStop(one.parent.unit) && one.parent.unit !== PAUSE) {
      crosses = true;
      if (run.likelihood < LIKELY_CLAUSE * likelihood) return true;
    }
    if (isDigit(one.unit) && run.likelihood < SURE_FIGURE) return true;
    if (isMarkup(one.unit)) return true;
  }
  return false;
}

/** Whether the unit occurs in addresses and markup but not in prose: / = < > @ _ */
function isMarkup(unit: number): boolean {
  return unit < 0x80 && '/=<>@_\\#'.includes(String.fromCharCode(unit));
}

/** Whether clauses end with this word of one character: 和, 把 and 以 never do. */
function mayEndClause(ngrams: NgramTable, unit: number): boolean {
  const node = ngrams.child(NgramTable.ROOT, unit);
  if (node < 0) return true;
  let ended = 0;
  for (let child = ngrams.childrenStart(node); child < ngrams.childrenEnd(node); child++) {
    const after = ngrams.unit(child);
    if (isBorder(after) && !isOpening(after)) ended += ngrams.count(child);
  }
  return ended >= ENDING_PART * ngrams.count(node);
}

/** Number of occurrences of the two units together in the corpus. */
function pairs(ngrams: NgramTable, one: number, two: number): number {
  const node = ngrams.child(NgramTable.ROOT, one);
  const pair = node < 0 ? -1 : ngrams.child(node, two);
  return pair < 0 ? 0 : ngrams.count(pair);
}

/** Marks that are not doubled: closing ones and those that end clauses. */
export function isMark(unit: number): boolean {
  return isClosing(unit) || isStop(unit);
}
