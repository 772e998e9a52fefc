/**
 * Sentences and clauses around an offset. Both search outwards from the offset and scan nothing beyond the sentence, so
 * the length of the document does not matter.
 *
 * A sentence ends with 。！？ or …… and the closing quotes and brackets right after it; ，；： separate its clauses, 、 does
 * not (GB/T 15834-2011, 4.1–4.8, 4.11). A stop before a closing mark does not end the sentence if that plainly goes on:
 * “怎么办？”，… or 《谁来种地？》一文.
 */
import { isBlank, isDigit, isFullWidthDigit, trimmedEnd } from './characters';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A longer stretch without a stop is not a sentence; the search gives up and returns the limits it was given. */
const MAX_LENGTH = 5_000;
/** No stop is followed by more closing marks than this. */
const MAX_CLOSERS = 8;

const ELLIPSIS = 0x2026;
const AND_SO_ON = 0x7b49; // 等

const setOf = (characters: string): ReadonlySet<number> => new Set(Array.from(characters, (one) => one.charCodeAt(0)));
const STOPS = setOf('。！？!?…');
const CLOSERS = setOf('”’」』）〕】)"\'');
/** Closes a title in running text; a stop before it belongs to the title. */
const TITLE_CLOSERS = setOf('》〉');
const OPENERS = setOf('“‘「『（《〈〔【(');
const ALL_CLOSERS = setOf('”’」』）〕】)》〉');
/** After a closing mark these continue the sentence. */
const CONTINUING = setOf('，、；：,;:');
const CLAUSE_MARKS = setOf('，；：,;:');
/** Between two figures these are part of a number, a time or a ratio. */
const FIGURE_MARKS = setOf(',:：');

/**
 * The sentence of `text` at `offset` between the limits `from` and `to`, which are a paragraph's first and last offset.
 * Between two sentences the second is returned. Blanks at its ends are trimmed, so the range may be empty or not touch
 * `offset`.
 */
export function sentenceAt(text: string, offset: number, from: number, to: number): Range {
  if (from >= to) return { start: from, end: from };
  const place = Math.max(from, Math.min(offset, to - 1));
  let start = place;
  while (start > from && place - start <= MAX_LENGTH && !endsSentence(text, start, from)) start--;
  if (place - start > MAX_LENGTH) start = from;
  let end = place + 1;
  while (end < to && end - place <= MAX_LENGTH && !endsSentence(text, end, from)) end++;
  if (end - place > MAX_LENGTH) end = to;
  return trimmed(text, start, end);
}

/**
 * The clause at `offset` in the sentence `sentence`: from one of ，；： to the next, excluding the mark, the stop and
 * unpaired quotes or brackets. May be empty, or not touch `offset` if that is inside such marks.
 */
export function clauseAt(text: string, offset: number, sentence: Range): Range {
  const place = Math.max(sentence.start, Math.min(offset, sentence.end));
  let start = place;
  while (start > sentence.start && place - start <= MAX_LENGTH && !isClauseMark(text, start - 1)) start--;
  if (place - start > MAX_LENGTH) start = sentence.start;
  let end = place;
  while (end < sentence.end && end - place <= MAX_LENGTH && !isClauseMark(text, end)) end++;
  if (end - place > MAX_LENGTH) end = sentence.end;
  return end - start > MAX_LENGTH ? trimmed(text, start, end) : withoutLooseEnds(text, start, end);
}

/**
 * The text being written at `offset` of `line`: from after the last mark that ends a clause or a sentence to the next
 * one. Unlike {@link clauseAt} it keeps blanks, quotes and brackets, and is empty right after a mark.
 */
export function unfinishedAt(line: string, offset: number): Range {
  const place = Math.max(0, Math.min(offset, line.length));
  const ends = (at: number) => STOPS.has(line.charCodeAt(at)) || isClauseMark(line, at);
  let start = place;
  while (start > 0 && place - start <= MAX_LENGTH && !ends(start - 1)) start--;
  let end = place;
  while (end < line.length && end - place <= MAX_LENGTH && !ends(end)) end++;
  return { start, end };
}

/** Whether a sentence ends just before `at`. Looks back no further than `from`. */
function endsSentence(text: string, at: number, from: number): boolean {
  const next = text.charCodeAt(at);
  if (STOPS.has(next) || CLOSERS.has(next) || TITLE_CLOSERS.has(next)) return false;
  let last = at - 1;
  while (last >= from && at - last <= MAX_CLOSERS && CLOSERS.has(text.charCodeAt(last))) last--;
  if (last < from) return false;
  const stop = text.charCodeAt(last);
  if (!STOPS.has(stop)) return false;
  if (last < at - 1 && CONTINUING.has(next)) return false;
  if (stop !== ELLIPSIS) return true;
  // ……等 continues the sentence, and “…… at the start of a quotation only marks an omission.
  if (next === AND_SO_ON) return false;
  let first = last;
  while (first > from && last - first < MAX_CLOSERS && text.charCodeAt(first - 1) === ELLIPSIS) first--;
  return first > from && !OPENERS.has(text.charCodeAt(first - 1));
}

function isClauseMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!CLAUSE_MARKS.has(code)) return false;
  return !(FIGURE_MARKS.has(code) && isFigure(text.charCodeAt(at - 1)) && isFigure(text.charCodeAt(at + 1)));
}

function isFigure(code: number): boolean {
  return isDigit(code) || isFullWidthDigit(code);
}

/** Trims blanks, stops at the end, and marks at either end whose partner is outside. */
function withoutLooseEnds(text: string, from: number, to: number): Range {
  const loose = new Set<number>();
  const open: number[] = [];
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (OPENERS.has(code)) open.push(at);
    else if (ALL_CLOSERS.has(code) && open.pop() === undefined) loose.add(at);
  }
  for (const at of open) loose.add(at);
  let start = from;
  let end = to;
  while (start < end && (isBlank(text.charCodeAt(start)) || loose.has(start))) start++;
  while (
    end > start &&
    (isBlank(text.charCodeAt(end - 1)) || loose.has(end - 1) || STOPS.has(text.charCodeAt(end - 1)))
  )
    end--;
  return { start, end };
}

/** `text` from `from` to `to` without the blanks at both ends. */
export function trimmed(text: string, from: number, to: number): Range {
  let start = from;
  while (start < to && isBlank(text.charCodeAt(start))) start++;
  return { start, end: trimmedEnd(text, start, to) };
}

/** `text` from `from` to `to` in pieces of `most` characters at most, which end with a sentence where they can. */
export function* piecesOf(text: string, from: number, to: number, most: number): Generator<Range> {
  for (let start = from; start < to; ) {
    let end = Math.min(to, start + most);
    if (end < to) {
      const stop = text.lastIndexOf('。', end - 1);
      if (stop >= start + most / 2) end = stop + 1;
    }
    yield { start, end };
    start = end;
  }
}
