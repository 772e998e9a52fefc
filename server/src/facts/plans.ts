/** Checks five-year plans against the years given beside them: “十四五”（2021—2025年）, 2021年是“十四五”开局之年. */
import { planYears } from './time';

/** Years that do not belong to the plan. Offsets are within the line. */
export interface PlanSlip {
  readonly start: number;
  readonly end: number;
  readonly plan: string;
  readonly right: string;
}

const PLAN = '[“"‘]?((?:十[一二三四五]?|[一二三四五六七八九])五)[”"’]?';
const YEARS = '((?:19|20)\\d{2})年?\\s?(?:[-—－–~～至到]{1,2})\\s?((?:19|20)\\d{2})年?';
const SPAN = new RegExp(`${PLAN}(?:规划|计划|时期|期间|规划期|规划时期|计划时期)?[（(]${YEARS}[）)]`, 'g');
const OPENING = new RegExp(
  `((?:19|20)\\d{2})年(?:[，,]?(?:既|也|又|将)?是)[^，。；]{0,12}?${PLAN}(?:规划|计划|时期|规划实施|发展)?的?(开局|起步|第一年|首年|收官|收关|最后一年|末年|承上启下|中期)`,
  'g',
);

/** Every plan of `line` given with wrong years. */
export function planSlips(line: string): PlanSlip[] {
  if (!line.includes('五')) return [];
  const slips: PlanSlip[] = [];
  for (const match of line.matchAll(SPAN)) {
    const [whole, plan = '', from, to] = match;
    const years = planYears(plan);
    if (!years || (years[0] === Number(from) && years[1] === Number(to))) continue;
    const start = match.index + whole.search(/[（(]/) + 1;
    slips.push({ start, end: match.index + whole.length - 1, plan, right: `${years[0]}—${years[1]}年` });
  }
  for (const match of line.matchAll(OPENING)) {
    const [, year = '', plan = '', what = ''] = match;
    const years = planYears(plan);
    if (!years) continue;
    const opening = /开局|起步|第一年|首年/.test(what);
    const closing = /收官|收关|最后一年|末年/.test(what);
    const right = opening ? years[0] : closing ? years[1] : undefined;
    const said = Number(year);
    if (right === undefined ? said >= years[0] && said <= years[1] : said === right) continue;
    slips.push({
      start: match.index,
      end: match.index + year.length + 1,
      plan,
      right: right === undefined ? `${years[0]}—${years[1]}年` : `${right}年`,
    });
  }
  return slips;
}

/** A period whose end is before its start. Offsets are within the line. */
export interface PeriodSlip {
  readonly start: number;
  readonly end: number;
}

const YEAR_SPAN = /(?<![\d〔（(第.])((?:19|20)\d{2})年?(?:[-—－–~～]{1,2}|至|到)((?:19|20)\d{2})年/g;
const DAY_SPAN =
  /((?:19|20)\d{2})年(\d{1,2})月(?:(\d{1,2})日)?(?:[-—－–~～]{1,2}|至|到)(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:(\d{1,2})日)?/g;
const SAME_MONTH = /(?<!\d)(\d{1,2})月(\d{1,2})日?(?:[-—－–~～]{1,2}|至|到)(\d{1,2})日/g;

/** Every period of `line` that ends before it starts: 2025—2021年, 2026年5月8日至3月6日, 6月20日至15日. */
export function periodSlips(line: string): PeriodSlip[] {
  const slips: PeriodSlip[] = [];
  for (const match of line.matchAll(YEAR_SPAN)) {
    // 由2015年到2012年 is not a period; nor is a house number or a ratio.
    if (Number(match[2]) < Number(match[1]) && !/[比较从由与和]/.test(line.charAt(match.index - 1))) {
      slips.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  for (const match of line.matchAll(DAY_SPAN)) {
    const [whole, year, month, day, endYear, endMonth, endDay] = match.map((one) => one ?? '');
    if (endYear === '' && /次年|翌年/.test(line.slice(match.index, match.index + whole!.length + 4))) continue;
    const from = Number(year) * 372 + Number(month) * 31 + (day ? Number(day) : 0);
    const to = Number(endYear || year) * 372 + Number(endMonth) * 31 + (endDay ? Number(endDay) : 31);
    // 2026年11月至3月 plainly continues into the next year.
    if (to >= from || (endYear === '' && Number(month) - Number(endMonth) >= 5)) continue;
    slips.push({ start: match.index, end: match.index + whole!.length });
  }
  for (const match of line.matchAll(SAME_MONTH)) {
    if (Number(match[3]) < Number(match[2]) && Number(match[1]) <= 12 && Number(match[2]) <= 31) {
      if (/次月|下月/.test(match[0])) continue;
      slips.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return slips;
}
