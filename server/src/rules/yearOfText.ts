import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';

/** Number of lines at the head of a text that include its title and date. */
const HEAD = 6;

/**
 * The year that `analysis` is about: the one in its title or beside it, or else on the last line; undefined if none is
 * named. Phrases not in use then cannot have been meant, and what was standard then is no mistake.
 */
export function yearOf(analysis: Analysis): number | undefined {
  return years.of(analysis);
}

const years = new AnalysisMemo(({ text, lines }): number | undefined => {
  const lineAt = (line: number): string => text.slice(lines.start(line), lines.end(line)).trim();
  const written = Array.from({ length: lines.count }, (_, line) => line).filter((line) => lineAt(line) !== '');
  const places = [...written.slice(0, HEAD), ...written.slice(-2)]
    .map(lineAt)
    .filter((line) => line.length < SHORT_LINE);
  const named = places.map((line) => YEAR.exec(line)?.[1]).find((year) => year !== undefined);
  return named === undefined ? undefined : yearNumber(named);
});

/** Titles and dates are short; in a sentence a year may be any. */
const SHORT_LINE = 60;
const YEAR = /(?<![\d〇○零一二三四五六七八九])((?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})年/;
const DIGITS = '〇一二三四五六七八九';

function yearNumber(written: string): number {
  return Number(
    written.replace(/[○零]/g, '〇').replace(/[〇一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit))),
  );
}
