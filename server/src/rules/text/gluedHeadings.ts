/** Headings that a lost line break has left at the end of the preceding paragraph. */
import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { parseChineseNumeral } from '../../text/numerals';
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

const glued = new AnalysisMemo<readonly GluedHeading[]>(read);

/**
 * The headings of `analysis` after the last full stop of a paragraph, if those that count on are on lines of their own.
 * Offsets are of the number.
 */
export function gluedHeadings(analysis: Analysis): readonly GluedHeading[] {
  return glued.of(analysis);
}

function read({ text, lines, records }: Analysis): GluedHeading[] {
  const found: GluedHeading[] = [];
  /** The numbers at line starts, with their lines. */
  const opened: { line: number; value: number; bracketed: boolean }[] = [];
  const waiting: (GluedHeading & { line: number })[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = start + (records[line]?.contentEnd ?? 0);
    const number = NUMBERED.exec(text.slice(start, Math.min(end, start + 24)));
    if (number) opened.push({ line, ...numberOf(number[1], number[2]) });
    if (end - start < MIN_PARAGRAPH) continue;
    const from = Math.max(start + MIN_PARAGRAPH - 1, end - 40);
    const match = GLUED.exec(text.slice(from, end));
    if (!match) continue;
    const at = from + match.index + 1;
    waiting.push({ line, start: at, end: end - (match[3] ?? '').length, ...numberOf(match[1], match[2]) });
  }
  for (const { line, ...heading } of waiting) {
    const same = (one: (typeof opened)[number], value: number): boolean =>
      one.value === value && one.bracketed === heading.bracketed;
    const next = opened.find((one) => one.line > line && same(one, heading.value + 1));
    const again = opened.find((one) => one.line > line && same(one, heading.value));
    const before = heading.value === 1 || opened.some((one) => one.line < line && same(one, heading.value - 1));
    if (next && before && !(again && again.line < next.line)) found.push(heading);
  }
  return found;
}

function numberOf(plain: string | undefined, inBrackets: string | undefined): { value: number; bracketed: boolean } {
  return { value: parseChineseNumeral(plain ?? inBrackets ?? '') ?? 0, bracketed: inBrackets !== undefined };
}
