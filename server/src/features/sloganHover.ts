/** The slogan at a place of the draft, and information on it. */
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';

export interface SloganAt {
  readonly phrase: Phrase;
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
}

/** Maximum length of a relevant slogan. */
const MAX_LENGTH = 80;
const MIN_LENGTH = 3;

/**
 * The longest phrase of `lexicon` that covers the character at or before `column` of `line`, in its canonical form or
 * another. `line` is in the form of the lexicon: simplified script, “ ”.
 */
export function sloganAt(lexicon: Lexicon, line: string, column: number): SloganAt | undefined {
  let found: SloganAt | undefined;
  for (let start = Math.max(0, column - MAX_LENGTH); start <= column; start++) {
    const least = Math.max(MIN_LENGTH, column - start, (found ? found.end - found.start : 0) + 1);
    for (let size = Math.min(MAX_LENGTH, line.length - start); size >= least; size--) {
      const phrase = lexicon.find(line.slice(start, start + size));
      if (!phrase) continue;
      found = { phrase, start, end: start + size };
      break;
    }
  }
  return found;
}

/**
 * The term in quotation marks that covers `column` of `line`, if it is a phrase by itself: for 坚决做到“两个维护” other
 * occurrences of “两个维护” are searched. Undefined if there is none.
 */
export function termAt(lexicon: Lexicon, line: string, column: number): SloganAt | undefined {
  const start = line.lastIndexOf('“', column);
  const end = start < 0 ? -1 : line.indexOf('”', start) + 1;
  if (end <= 0 || end < column || end - start > MAX_LENGTH) return undefined;
  const phrase = lexicon.find(line.slice(start, end));
  return phrase && { phrase, start, end };
}
