/** Headings that a lost line break has left at the end of the preceding paragraph. */
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { LineCacheKey } from '../../structure/lineCache';
import { parseChineseNumeral } from '../../text/numerals';
import { partitionPoint } from '../../text/partitionPoint';
import { Pace, type Resumable, runToCompletion } from '../../text/resumable';
import type { Span } from '../../text/span';

export interface GluedHeading extends Span {
  readonly value: number;
  /** True for （一）, false for 一、. */
  readonly bracketed: boolean;
}

/** A full stop, a number of a heading and a few words without a stop, at the end of a paragraph. */
const GLUED =
  /[。！？；”」）](?:([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[）)])([^，。；：！？、“”\d]{1}[^。；：！？]{1,29})$/;
const NUMBERED = /^[\s　*#]{0,12}(?:([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[）)])/;
/** Minimum number of characters of a paragraph before the heading. */
const MIN_PARAGRAPH = 20;

const glued = new AnalysisMemo<readonly GluedHeading[]>((analysis) => runToCompletion(read(analysis)));

/** Reads them in steps, so that {@link gluedHeadings} then returns at once. */
export function* readGluedHeadings(analysis: Analysis): Resumable<void> {
  if (!glued.has(analysis)) glued.set(analysis, yield* read(analysis));
}

/**
 * The headings of `analysis` after the last full stop of a paragraph, if those that count on are on lines of their own.
 * Offsets are of the number.
 */
export function gluedHeadings(analysis: Analysis): readonly GluedHeading[] {
  return glued.of(analysis);
}

/** The number that a line begins with, and the heading glued to its end, with offsets in the line. */
interface NumbersOfLine {
  readonly opening: number | undefined;
  readonly glued: GluedHeading | undefined;
}

const NO_NUMBERS: NumbersOfLine = { opening: undefined, glued: undefined };
const numbersOfLines = new LineCacheKey<NumbersOfLine>();

function numbersOf(line: string, contentEnd: number): NumbersOfLine {
  const number = NUMBERED.exec(line.slice(0, Math.min(contentEnd, 24)));
  const opening = number ? keyOf(numberOf(number[1], number[2])) : undefined;
  let glued: GluedHeading | undefined;
  if (contentEnd >= MIN_PARAGRAPH) {
    const from = Math.max(MIN_PARAGRAPH - 1, contentEnd - 40);
    const match = GLUED.exec(line.slice(from, contentEnd));
    if (match) {
      const start = from + match.index + 1;
      glued = { start, end: contentEnd - (match[3] ?? '').length, ...numberOf(match[1], match[2]) };
    }
  }
  return opening === undefined && !glued ? NO_NUMBERS : { opening, glued };
}

function* read(analysis: Analysis): Resumable<GluedHeading[]> {
  const { text, lines, records } = analysis;
  const found: GluedHeading[] = [];
  /** The lines that begin with a number, in order, by {@link keyOf} the number. */
  const opened = new Map<number, number[]>();
  const waiting: (GluedHeading & { line: number })[] = [];
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    let numbers = numbersOfLines.at(analysis, line);
    if (!numbers) {
      numbers = numbersOf(text.slice(lines.start(line), lines.end(line)), records[line]?.contentEnd ?? 0);
      numbersOfLines.put(analysis, line, numbers);
    }
    if (numbers === NO_NUMBERS) continue;
    const { opening, glued } = numbers;
    if (opening !== undefined) {
      const known = opened.get(opening);
      if (known) known.push(line);
      else opened.set(opening, [line]);
    }
    if (!glued) continue;
    const start = lines.start(line);
    waiting.push({ ...glued, line, start: start + glued.start, end: start + glued.end });
  }
  for (const { line, ...heading } of waiting) {
    if (pace.isOver()) yield;
    const linesOf = (value: number): readonly number[] => opened.get(keyOf({ ...heading, value })) ?? [];
    const below = (value: number): number => {
      const all = linesOf(value);
      return all[partitionPoint(all.length, (at) => all[at]! <= line)] ?? Number.POSITIVE_INFINITY;
    };
    const next = below(heading.value + 1);
    const isBegun = heading.value === 1 || (linesOf(heading.value - 1)[0] ?? line) < line;
    if (next < Number.POSITIVE_INFINITY && isBegun && below(heading.value) >= next) found.push(heading);
  }
  return found;
}

function keyOf({ value, bracketed }: Pick<GluedHeading, 'value' | 'bracketed'>): number {
  return 2 * value + Number(bracketed);
}

function numberOf(plain: string | undefined, inBrackets: string | undefined): { value: number; bracketed: boolean } {
  return { value: parseChineseNumeral(plain ?? inBrackets ?? '') ?? 0, bracketed: inBrackets !== undefined };
}
