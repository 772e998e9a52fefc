/** Possible misspellings in each line of a text, from the model and from word lists; cached with the line. */
import type { Slip } from '../../spelling/checker';
import { CONFUSED_WORDS } from '../../spelling/confusedWords';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { type WordMatch, type WordRule, wordMatches } from '../../spelling/wordRules';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import type { LineRecord } from '../../structure/lineScan';
import { partitionPoint } from '../../text/partitionPoint';
import type { Resumable } from '../../text/resumable';
import type { Span } from '../../text/span';
import { hiddenLines } from '../markup';
import { worthwhile } from './misspellingSuspicions';
import { inDocumentNumber, inForeignName } from './properNames';

/** Number of characters of new lines checked between two yields. */
const PIECE = 1_500;
/** A longer line is checked in pieces, which end with a sentence if possible. */
const LONG_LINE = 6_000;

/** A slip found by the model, or a match of a word list. */
export interface Mistake extends Slip {
  readonly word?: WordRule;
  /** The slip with offsets in its line, which stays the same object as long as the line is unchanged. */
  readonly inLine?: Slip;
}

interface InLine {
  readonly by: SpellingModel;
  readonly found: readonly Mistake[];
}

const HAN = /[\u3400-\u9fff]/;
const inLine = new LineCacheKey<InLine>();
/** The cached value of lines without findings. */
const nothingFound = new AnalysisMemo((by: SpellingModel): InLine => ({ by, found: [] }));

/** Shared by the rule's `prepare` and `check`: the mistakes of one analysis by one model. */
const inText = new AnalysisMemo<{ by?: SpellingModel; found?: readonly Mistake[] }>(() => ({}));

/** The possible mistakes in all lines, in order; unchanged lines are not checked again. */
export function* mistakesIn(analysis: Analysis, by: SpellingModel): Resumable<readonly Mistake[]> {
  const known = inText.of(analysis);
  if (known.by !== by || !known.found) Object.assign(known, { by, found: yield* readLines(analysis, by) });
  return known.found as readonly Mistake[];
}

function* readLines(analysis: Analysis, by: SpellingModel): Resumable<readonly Mistake[]> {
  const { lines } = analysis;
  const hidden = hiddenLines(analysis);
  const all: Mistake[] = [];
  let read = 0;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const length = lines.end(line) - start;
    if (length < 3 || hidden.has(line)) continue;
    let known = inLine.at(analysis, line);
    if (known?.by !== by) {
      read += length;
      if (read > PIECE) {
        yield;
        read = 0;
      }
      known = yield* readLine(analysis, line, by);
      inLine.put(analysis, line, known);
    }
    for (const slip of known.found)
      all.push({ ...slip, start: start + slip.start, end: start + slip.end, inLine: slip });
  }
  return all;
}

function* readLine({ text, lines, records }: Analysis, line: number, by: SpellingModel): Resumable<InLine> {
  const words = text.slice(lines.start(line), lines.end(line));
  const empty = nothingFound.of(by);
  // A text without Chinese never waits for the model to be decoded.
  if (!HAN.test(words)) return empty;
  const { placeholders } = records[line] as LineRecord;
  const slips: Mistake[] = [];
  for (const piece of piecesOf(words)) {
    if (piece.start > 0) yield;
    // push(...slips) would pass every slip as an argument and could overflow the stack.
    for (const slip of slipsOf(words, piece, placeholders, by)) slips.push(slip);
  }
  if (slips.length === 0) return empty;
  const quoted = quotedSpans(words);
  const found = worthwhile(slips)
    .filter((slip) => !quoted.some((span) => span.start < slip.end && slip.start < span.end))
    .filter((slip) => !inForeignName(words, slip) && !inDocumentNumber(words, slip));
  return found.length > 0 ? { by, found } : empty;
}

function* piecesOf(line: string): Generator<Span> {
  for (let start = 0; start < line.length; ) {
    let end = Math.min(line.length, start + LONG_LINE);
    if (end < line.length) {
      const stop = line.lastIndexOf('。', end - 1);
      if (stop >= start + LONG_LINE / 2) end = stop + 1;
    }
    yield { start, end };
    start = end;
  }
}

/** The possible mistakes in a piece of `line`, with offsets in the line. */
function slipsOf(
  line: string,
  { start, end }: Span,
  placeholders: LineRecord['placeholders'],
  by: SpellingModel,
): readonly Mistake[] {
  const isWhole = start === 0 && end === line.length;
  const words = isWhole ? line : line.slice(start, end);
  const gaps = isWhole ? placeholders : gapsWithin(placeholders, start, end);
  const confused = wordMatches(words, CONFUSED_WORDS).map((match) => mistakeOf(match, 0));
  const slips = withWords(by.checker.check(tokenise(words), gaps), confused);
  return isWhole ? slips : slips.map((slip) => ({ ...slip, start: slip.start + start, end: slip.end + start }));
}

function gapsWithin(all: LineRecord['placeholders'], start: number, end: number): LineRecord['placeholders'] {
  const gaps: LineRecord['placeholders'][number][] = [];
  for (let index = partitionPoint(all.length, (at) => all[at]!.end <= start); index < all.length; index++) {
    const gap = all[index]!;
    if (gap.at >= end) break;
    gaps.push({ ...gap, at: Math.max(0, gap.at - start), end: Math.min(end, gap.end) - start });
  }
  return gaps;
}

/** The matches of `rules` in the whole text. */
export function placesOfWords(analysis: Analysis, rules: readonly WordRule[]): Mistake[] {
  const { text, lines } = analysis;
  const hidden = hiddenLines(analysis);
  const all: Mistake[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    if (hidden.has(line)) continue;
    for (const match of wordMatches(text.slice(start, lines.end(line)), rules)) all.push(mistakeOf(match, start));
  }
  return all;
}

function mistakeOf({ start, end, rule }: WordMatch, base: number): Mistake {
  const codes = Array.from({ length: rule.right.length }, (_, at) => rule.right.charCodeAt(at));
  const certain = Number.POSITIVE_INFINITY;
  return {
    kind: 'wrong',
    start: base + start,
    end: base + end,
    codes,
    gain: certain,
    odds: certain,
    features: [],
    word: rule,
  };
}

/** Merges `words` into `slips` in order; slips that touch a word are dropped. */
export function withWords(slips: readonly Mistake[], words: readonly Mistake[]): readonly Mistake[] {
  if (words.length === 0) return slips;
  const others = slips.filter((slip) => !words.some((word) => word.start <= slip.end && slip.start <= word.end));
  return [...others, ...words].sort((a, b) => a.start - b.start);
}

/** Opening quotation and title marks with their closing marks. */
const MARKS = new Map(
  [...'《》〈〉“”‘’「」『』'].flatMap((mark, at, all) => (at % 2 === 0 ? [[mark, all[at + 1]!]] : [])),
);

/** Quotations and titles in `line`, which are not checked. An unclosed one extends to the end. */
function quotedSpans(line: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < line.length; at++) {
    const closer = MARKS.get(line[at]!);
    if (closer === undefined) continue;
    const close = line.indexOf(closer, at);
    const end = close < 0 ? line.length : close;
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}
