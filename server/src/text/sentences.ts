/**
 * Sentences and clauses around a place. Both work outwards from the place and look at nothing beyond the sentence, so
 * the length of the document does not matter.
 *
 * A sentence ends with 。！？ or …… (GB/T 15834-2011, 3.1) and the closing quotes and brackets right after; ，；： part
 * its clauses, 、 does not. A stop inside a quoted or bracketed piece does not end the sentence around it where that
 * goes on: “怎么办？”，《谁是最可爱的人？》一文, “前进！”的号召 is the one case only its words would tell and is cut.
 */
import { isBlank, isDigit } from './characters';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch longer than this without a stop is no sentence; the search gives up and takes the limits it was given. */
const LONGEST = 20_000;

const CLOSERS = new Set(codes('”’」』）〕】)"'));
/** Closers of a title: what ends inside it never ends the sentence. */
const TITLE_CLOSERS = new Set(codes('》〉'));
const OPENERS = new Set(codes('“‘「『（《〈〔【('));
/** After a closing quote these carry the sentence on. */
const CONTINUING = new Set(codes('，、；：,;:。！？'));
const STOPS = new Set(codes('。！？!?…'));
const CLAUSE_MARKS = new Set(codes('，；：,;:'));
const SECOND_FIGURE_MARKS = new Set(codes(',:'));

/**
 * The sentence of `text` at `offset`, between the limits `from` and `to` (a paragraph's), without blanks at its ends.
 * Between two sentences the one that follows is meant, at the end of the last one that one. Empty where all is blank.
 */
export function sentenceAt(text: string, offset: number, from: number, to: number): Range {
  const place = Math.max(from, Math.min(offset, to));
  let start = sentenceStart(text, place, from);
  while (start < to && isBlank(text.charCodeAt(start))) start++;
  // At the end of the paragraph, or in the blanks after it, the sentence before is the nearest.
  if (start >= to || (start > place && !hasText(text, place, start))) {
    if (start >= to) return trimmed(text, sentenceStart(text, lastText(text, from, to), from), to);
  }
  return trimmed(text, start, sentenceEnd(text, Math.max(start, place), to));
}
