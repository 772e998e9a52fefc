/** Times that statements refer to: 2022年, 2021—2025年, “十四五”时期, 今年, 上半年, 到2025年. */
import { LineMemo } from '../structure/lineMemo';

/** A time as far as the words specify it; years are full. */
export interface FactTime {
  readonly start: number;
  readonly end: number;
  /** First and last year; both the same for one year. Absent if the words are relative to the time of writing (今年). */
  readonly from?: number;
  readonly to?: number;
  /** 今年 is 0, 去年 −1, 明年 1, with `from` absent. */
  readonly relative?: number;
  /** Part of the year: 上半年, 1—10月, 末. Empty for the whole. */
  readonly part: string;
}

const PLAN_NUMBERS = [
  '一五',
  '二五',
  '三五',
  '四五',
  '五五',
  '六五',
  '七五',
  '八五',
  '九五',
  '十五',
  '十一五',
  '十二五',
  '十三五',
  '十四五',
  '十五五',
  '十六五',
];

/** The years of a five-year plan by its short name, 十四五 → [2021, 2025]; undefined if it is not a plan. */
export function planYears(name: string): readonly [number, number] | undefined {
  const index = PLAN_NUMBERS.indexOf(name);
  if (index < 0) return undefined;
  // The third plan began in 1966: 1963 to 1965 were years of adjustment.
  const first = index < 2 ? 1953 + index * 5 : 1966 + (index - 2) * 5;
  return [first, first + 4];
}

const PART =
  '(?:上半年|下半年|[一二三四1-4]季度|前[一二三四1-4]季度|前三季度|(?:前)?\\d{1,2}(?:[-—－~～至到]\\d{1,2})?个?月份?|年初|年中|年底|年末|底|末|初)';
const TIME = new RegExp(
  [
    `((?:19|20)\\d{2})年?(?:[-—－–~～至到]{1,2})((?:19|20)\\d{2})年`,
    `((?:19|20)\\d{2}|[一二][〇零○一二三四五六七八九]{3})年(${PART})?`,
    `[“"]?((?:十[一二三四五]?|[一二三四五六七八九])五)[”"]?(?:规划|计划)?(?:时期|期间|末期|末|以来|期末|五年)`,
    `(今年|本年|去年|上年|上一年|明年|来年|前年)(${PART})?`,
    `(过去五年|五年来|过去的五年|今后五年|未来五年|本届政府|近五年|五年间|过去[三四]年|[三四]年来)`,
    `(?<!\\d)(上半年|下半年|前[一二三四1-4]季度|[一二三四]季度|前\\d{1,2}个月|\\d{1,2}[-—－~～至到]\\d{1,2}月份?)`,
  ].join('|'),
  'g',
);

const RELATIVE: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  去年: -1,
  上年: -1,
  上一年: -1,
  前年: -2,
  明年: 1,
  来年: 1,
};

/** All times of `line`, in order. */
export function timesIn(line: string): FactTime[] {
  const found: FactTime[] = [];
  TIME.lastIndex = 0;
  for (let match = TIME.exec(line); match; match = TIME.exec(line)) {
    const place = { start: match.index, end: match.index + match[0].length };
    const [, from, to, year, part = '', plan, relative, relativePart = '', span, bare] = match;
    if (from && to) found.push({ ...place, from: Number(from), to: Number(to), part: '' });
    else if (year) found.push({ ...place, from: yearOf(year), to: yearOf(year), part: part.replace(/^年/, '') });
    else if (plan) {
      const years = planYears(plan);
      if (years) found.push({ ...place, from: years[0], to: years[1], part: /末/.test(match[0]) ? '末' : '' });
    } else if (relative)
      found.push({ ...place, relative: RELATIVE[relative] ?? 0, part: relativePart.replace(/^年/, '') });
    else if (span) found.push({ ...place, part: span });
    else if (bare) found.push({ ...place, relative: Number.NaN, part: bare });
  }
  return found;
}

/** A day as written: year if given, month, day, and the weekday that follows it (0 is Sunday). */
export interface DateMention {
  readonly start: number;
  readonly end: number;
  readonly year?: number;
  readonly month: number;
  readonly day: number;
  readonly weekday?: number;
  /** Where the weekday's words start. */
  readonly weekdayStart?: number;
}

const DATE =
  /(?:((?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3})年)?([0-9]{1,2}|十[一二]?|[一二三四五六七八九])月([0-9]{1,2}|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])[日号](?:[，、\s]?[（(]?(?:(?:星期|周|礼拜)([一二三四五六日天]))[）)]?)?/g;
const WEEKDAYS = '日一二三四五六';
const DIGITS = '〇一二三四五六七八九';

/** All days of `line`, in order; including 2月30日, because it is for rules to say that it does not exist. */
export function datesIn(line: string): DateMention[] {
  const found: DateMention[] = [];
  DATE.lastIndex = 0;
  for (let match = DATE.exec(line); match; match = DATE.exec(line)) {
    if (/[\d.]/.test(line.charAt(match.index - 1))) continue;
    const [whole, year, month = '', day = '', weekday] = match;
    const start = match.index;
    found.push({
      start,
      end: start + whole.length,
      ...(year !== undefined && { year: yearOf(year) }),
      month: smallNumber(month),
      day: smallNumber(day),
      ...(weekday !== undefined && {
        weekday: WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday),
        weekdayStart: start + whole.search(/(?:星期|周|礼拜)[一二三四五六日天]/),
      }),
    });
  }
  return found;
}

const NO_DATES: readonly DateMention[] = [];
/** Memo of {@link datesIn} for each line. */
export const dateMentions = new LineMemo<readonly DateMention[]>(datesIn, {
  signs: { triggers: ['月'] },
  otherwise: NO_DATES,
});

function yearOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return Number([...text].map((digit) => Math.max(0, DIGITS.indexOf(digit))).join(''));
}

/** 1 to 31 in Arabic or Chinese figures. */
function smallNumber(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  if (!text.includes('十')) return DIGITS.indexOf(text);
  const [tens = '', units = ''] = text.split('十');
  return (tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (units === '' ? 0 : DIGITS.indexOf(units));
}

/** Number of days in `month` (1 to 12) of `year`; 29 for February if the year is not known. */
export function daysIn(month: number, year: number | undefined): number {
  if (month === 2 && year === undefined) return 29;
  return new Date(Date.UTC(year ?? 2023, month, 0)).getUTCDate();
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
