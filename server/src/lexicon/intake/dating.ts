/** Dates a document and identifies its authors, from its name, its folder and its text. */

export interface Dating {
  /** 0 if unknown. */
  readonly year: number;
  /** Whether it is a text of the central authorities. */
  readonly central: boolean;
  /** The folder that contains it. */
  readonly source: string;
}

const OLDEST = 1949;
/** Larger figures are not years. */
const NEWEST = 2100;
const DIGITS = '〇一二三四五六七八九';
/** A year in figures that is not part of a longer number, or in Chinese numerals. */
const YEAR_IN_NAME = /(?<!\d)((?:19|20)\d{2})(?!\d)/;
const YEAR_IN_TEXT =
  /(?<![\d〇○零一二三四五六七八九])((?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s*年/;
/** Front matter as written by static site generators. */
const FRONT_MATTER = /^---\r?\n([\s\S]{0,2000}?)\r?\n---/;
const DATE_FIELD =
  /^[ \t]{0,20}(?:date|year|日期|时间|成文日期|发布日期)[ \t]{0,20}[:：][ \t]{0,20}["']?((?:19|20)\d{2})/im;
/** Titles, dates and document numbers are in short lines at the head and the foot. */
const SHORT_LINE = 60;
const HEAD = 8;
const FOOT = 4;
const NUMBER = /[〔[（(]((?:19|20)\d{2})[〕\]）)]\s*\d+\s*号/;

const CENTRAL =
  /国务院|中共中央|中央办公厅|全国人民代表大会|全国人大|中国共产党(?:第|中央|章程)|党的[一二三四五六七八九十]+大|国家主席|总书记|(?:^|[-_/])central(?:[-_/]|$)/;
const LOCAL = /省|自治区|自治州|市|县|区|旗|乡|镇/;

/**
 * Dates a document by its path and its decoded text. The year in the file's name takes precedence, then front matter,
 * then lines at the head and the foot with a title, a date or a document number, and last the folder. Never throws.
 */
export function datingOf(file: string, text: string): Dating {
  const parts = file.split(/[\\/]/);
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  const lines = shortLines(text);
  const year =
    yearIn(YEAR_IN_NAME.exec(name)) ||
    yearIn(DATE_FIELD.exec(FRONT_MATTER.exec(text)?.[1] ?? '')) ||
    firstYear(lines) ||
    yearIn(YEAR_IN_NAME.exec(folder));
  const title = `${name} ${lines.slice(0, 3).join(' ')}`;
  return { year, central: CENTRAL.test(title) && !LOCAL.test(lines[0] ?? name), source: folder };
}

function firstYear(lines: readonly string[]): number {
  for (const line of lines) {
    const year = yearIn(NUMBER.exec(line)) || yearIn(YEAR_IN_TEXT.exec(line));
    if (year > 0) return year;
  }
  return 0;
}

/** The short lines at the head and the foot of `text`, trimmed. */
function shortLines(text: string): string[] {
  const head = text.slice(0, 2000).split(/[\r\n]+/, HEAD * 2);
  const foot = text.slice(-1000).split(/[\r\n]+/);
  const filled = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter((line) => line !== '');
  return [...filled(head).slice(0, HEAD), ...filled(foot).slice(-FOOT)].filter((line) => line.length <= SHORT_LINE);
}

function yearIn(match: RegExpExecArray | null): number {
  const written = match?.[1];
  if (written === undefined) return 0;
  const year = Number(
    written.replace(/[○零]/g, '〇').replace(/[〇一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit))),
  );
  return year >= OLDEST && year < NEWEST ? year : 0;
}
