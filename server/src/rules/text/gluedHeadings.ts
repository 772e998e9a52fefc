/** Headings that a lost line break has left at the end of the preceding paragraph. */
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
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

function* read({ text, lines, records }: Analysis): Resumable<GluedHeading[]> {
  const found: GluedHeading[] = [];
  /** The lines that begin with a number, in order, by {@link keyOf} the number. */
  const opened = new Map<number, number[]>();
  const waiting: (GluedHeading & { line: number })[] = [];
  const pace = new Pace();
  for (let line = 0; line < lines.count; line++) {
    if (pace.isOver()) yield;
    const start = lines.start(line);
    const end = start + (records[line]?.contentEnd ?? 0);
    const number = NUMBERED.exec(text.slice(start, Math.min(end, start + 24)));
    if (number) {
      const key = keyOf(numberOf(number[1], number[2]));
      const known = opened.get(key);
      if (known) known.push(line);
      else opened.set(key, [line]);
    }
    if (end - start < MIN_PARAGRAPH) continue;
    const from = Math.max(start + MIN_PARAGRAPH - 1, end - 40);
    const match = GLUED.exec(text.slice(from, end));
    if (!match) continue;
    const at = from + match.index + 1;
    waiting.push({ line, start: at, end: end - (match[3] ?? '').length, ...numberOf(match[1], match[2]) });
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
