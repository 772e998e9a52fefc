/** Possible misspellings in each line of a text, from the model and from word lists; cached with the line. */
import type { Slip } from '../../spelling/checker';
import { CONFUSED_WORDS } from '../../spelling/confusedWords';
import { setPhraseSlips } from '../../spelling/setPhrases';
import type { SpellingModel } from '../../spelling/spellingModel';
import { tokenise } from '../../spelling/tokens';
import { rightPlaces, type WordMatch, type WordRule, wordMatches } from '../../spelling/wordRules';
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import type { LineRecord } from '../../structure/lineScan';
import { partitionPoint } from '../../text/partitionPoint';
import { Pace, type Resumable } from '../../text/resumable';
import { piecesOf } from '../../text/sentences';
import type { Span } from '../../text/span';
import { hiddenLines } from '../markup';
import type { Suspicion } from './misspellingEvidence';
import { suspicionsOf, worthwhile } from './misspellingSuspicions';
import { inDocumentNumber, inForeignName } from './properNames';

/** Number of characters of new lines checked between two yields. */
const PIECE = 1_500;
/** Number of lines looked at between two yields, and what a suspicion costs in lines. */
const LOOKED_AT = 5_000;
const SUSPICION = 20;
/** A longer line is checked in pieces, which end with a sentence if possible. */
const LONG_LINE = 6_000;

/** A slip found by the model, or a match of a word list. */
export interface Mistake extends Slip {
  readonly word?: WordRule;
}

interface InLine {
  readonly by: SpellingModel;
  readonly found: readonly Mistake[];
}

const HAN = /[\u3400-\u9fff]/;
const inLine = new LineCacheKey<InLine>();
/** The cached value of lines without findings. */
const nothingFound = new AnalysisMemo((by: SpellingModel): InLine => ({ by, found: [] }));

/** Searches all lines for the possible mistakes according to `by`; unchanged lines are not searched again. */
export function* readMistakes(analysis: Analysis, by: SpellingModel): Resumable<void> {
  const { lines } = analysis;
  const hidden = hiddenLines(analysis);
  const pace = Pace.rising(PIECE);
  for (let line = 0; line < lines.count; line++) {
    if (inLine.at(analysis, line)?.by === by) continue;
    const length = lines.end(line) - lines.start(line);
    if (length < 3 || hidden.has(line)) continue;
    if (pace.isOver(length)) yield;
    inLine.put(analysis, line, yield* readLine(analysis, line, by));
  }
}

/** What looks wrong in a line, with offsets in the line. */
export interface SuspectedLine {
  /** The matches of word lists. */
  readonly words: readonly Mistake[];
  /** What the model suspects. */
  readonly suspicions: readonly Suspicion[];
}

/** A {@link SuspectedLine} and what it was made with. */
interface KnownSuspectedLine extends SuspectedLine {
  readonly found: readonly Mistake[];
  readonly replace: readonly WordRule[] | undefined;
  readonly isTraditional: boolean;
}

const suspected = new LineCacheKey<KnownSuspectedLine>();

/** With what lines are suspected. */
export interface Suspecting {
  /** The model that {@link readMistakes} was called with. */
  readonly spelling?: SpellingModel | undefined;
  /** A unit's own word list. */
  readonly replace?: readonly WordRule[] | undefined;
  /** Whether replacements are in traditional script. */
  readonly isTraditional: boolean;
}

/** The lines in which something looks wrong, each with the offset of its start; cached line by line, and read in steps. */
export function* suspectedLines(
  analysis: Analysis,
  by: Suspecting,
): Resumable<{ readonly base: number; readonly line: SuspectedLine }[]> {
  const all: { base: number; line: SuspectedLine }[] = [];
  const pace = new Pace(LOOKED_AT);
  const { lines } = analysis;
  const hidden = hiddenLines(analysis);
  const replace = by.replace?.length ? by.replace : undefined;
  for (let number = 0; number < lines.count; number++) {
    if (pace.isOver()) yield;
    const found = (by.spelling && inLine.at(analysis, number)?.found) ?? [];
    if ((found.length === 0 && !replace) || hidden.has(number)) continue;
    let line = suspected.at(analysis, number);
    if (line?.found !== found || line.replace !== replace || line.isTraditional !== by.isTraditional) {
      line = suspectedLine(analysis, number, found, { ...by, replace });
      suspected.put(analysis, number, line);
      if (pace.isOver(line.suspicions.length * SUSPICION)) yield;
    }
    if (line.words.length > 0 || line.suspicions.length > 0) all.push({ base: lines.start(number), line });
  }
  return all;
}

function suspectedLine(
  { text, lines }: Analysis,
  number: number,
  found: readonly Mistake[],
  { spelling, replace, isTraditional }: Suspecting,
): KnownSuspectedLine {
  const line = text.slice(lines.start(number), lines.end(number));
  const mistakes = replace
    ? withWords(
        found,
        wordMatches(line, replace).map((match) => mistakeOf(match, 0)),
      )
    : found;
  const slips = mistakes.filter(({ word }) => !word);
  const suspicions = spelling ? suspicionsOf(line, slips, spelling.language, isTraditional) : [];
  return { found, replace, isTraditional, words: mistakes.filter(({ word }) => word), suspicions };
}

function* readLine({ text, lines, records }: Analysis, line: number, by: SpellingModel): Resumable<InLine> {
  const words = text.slice(lines.start(line), lines.end(line));
  const empty = nothingFound.of(by);
  // A text without Chinese never waits for the model to be decoded.
  if (!HAN.test(words)) return empty;
  const { placeholders } = records[line] as LineRecord;
  const slips: Mistake[] = [];
  for (const piece of piecesOf(words, 0, words.length, LONG_LINE)) {
    if (piece.start > 0) yield;
    // push(...slips) would pass every slip as an argument and could overflow the stack.
    for (const slip of slipsOf(words, piece, placeholders, by)) slips.push(slip);
  }
  if (slips.length === 0) return empty;
  const quoted = quotedSpans(words);
  const found = worthwhile(slips)
    .filter((slip) => !meetsSpan(quoted, slip))
    .filter((slip) => !inForeignName(words, slip) && !inDocumentNumber(words, slip));
  return found.length > 0 ? { by, found } : empty;
}

/** Whether one of `spans`, which are sorted and disjoint, overlaps the other. */
function meetsSpan(spans: readonly Span[], { start, end }: Span): boolean {
  const next = spans[partitionPoint(spans.length, (at) => spans[at]!.end <= start)];
  return next !== undefined && next.start < end;
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
  const confused = wordMatches(words, CONFUSED_WORDS);
  const phrases = setPhraseSlips(words, by.confusions, by.language).filter((slip) => !meetsSpan(confused, slip));
  const listed = [...confused, ...phrases].map((match) => mistakeOf(match, 0));
  const slips = withWords(withoutRight(by.checker.check(tokenise(words), gaps), words), listed);
  return isWhole ? slips : slips.map((slip) => ({ ...slip, start: slip.start + start, end: slip.end + start }));
}

/** `slips` without those in words that are right there although they look like a commonly confused one: 按|装机. */
function withoutRight(slips: readonly Slip[], line: string): readonly Slip[] {
  if (slips.length === 0) return slips;
  const right = rightPlaces(line, CONFUSED_WORDS);
  return slips.filter((slip) => !right.some(({ start, end }) => start <= slip.start && slip.end <= end));
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
function withWords(slips: readonly Mistake[], words: readonly Mistake[]): readonly Mistake[] {
  if (words.length === 0) return slips;
  const others = slips.filter((slip) => !words.some((word) => word.start <= slip.end && slip.start <= word.end));
  return [...others, ...words].sort((a, b) => a.start - b.start);
}

/** Opening quotation and title marks with their closing marks. */
const MARKS = new Map(
  [...'《》〈〉“”‘’「」『』'].flatMap((mark, at, all) => (at % 2 === 0 ? [[mark, all[at + 1]!]] : [])),
);

/**
 * The beginnings of titles of official documents, and the ends: their wording is that of official language, unlike that of
 * books and articles.
 */
const OFFICIAL_TITLE =
  /^(?:中华人民共和国|中共中央|国务院|全国人民代表大会)|(?:法|条例|规定|办法|细则|规则|准则|章程|通知|意见|决定|决议|规划|纲要|方案|公告|批复|请示)$/;
/** A shorter one may be anything. */
const MIN_OFFICIAL = 6;

/**
 * Quotations and titles in `line`, which are not checked, except titles of official documents. An unclosed one extends to
 * the end.
 */
function quotedSpans(line: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < line.length; at++) {
    // All marks are among the general and the CJK punctuation.
    const block = line.charCodeAt(at) >>> 8;
    const closer = block === 0x20 || block === 0x30 ? MARKS.get(line[at]!) : undefined;
    if (closer === undefined) continue;
    const close = line.indexOf(closer, at);
    const end = close < 0 ? line.length : close;
    if (closer === '》' && end - at > MIN_OFFICIAL && close > 0 && OFFICIAL_TITLE.test(line.slice(at + 1, end)))
      continue;
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}
