/**
 * Checks figures of one sentence that must add up or follow from each other: parts and total, shares, from–to and
 * growth.
 */
import { Pace, type Resumable } from '../text/resumable';
import { type Quantity, quantitiesIn } from './quantity';

/** Parts that do not add up to their total. Offsets are within the line. */
export interface SumSlip {
  /** `some`: parts that are less than their total, and may not be all of them. */
  readonly kind: 'parts' | 'some' | 'ratio';
  readonly start: number;
  readonly end: number;
  /** The sum of the parts, and the total as stated, both in the unit of the total as written. */
  readonly sum: number;
  readonly total: number;
  readonly unit: string;
  /** The total's range; the same as the whole for shares. */
  readonly totalStart: number;
  readonly totalEnd: number;
  /** The part that would fit with one figure changed, and its corrected text; only if there is exactly one. */
  readonly slip?: { readonly start: number; readonly end: number; readonly right: string };
}

const RATIO =
  /(\d{1,2}(?:\.\d{1,2})?)\s?[:：∶︰]\s?(\d{1,2}(?:\.\d{1,2})?)\s?[:：∶︰]\s?(\d{1,2}(?:\.\d{1,2})?)(?![\d:：∶])/g;

/** 三次产业结构10:40:51: shares that do not add up to a hundred. */
export function ratioSlips(line: string): SumSlip[] {
  const slips: SumSlip[] = [];
  RATIO.lastIndex = 0;
  for (let match = RATIO.exec(line); match; match = RATIO.exec(line)) {
    const before = line.slice(Math.max(0, match.index - 40), match.index);
    if (!/结构|比例|占比|比重/.test(before) || /时间|比分/.test(before)) continue;
    const parts = match.slice(1, 4).map(Number);
    const decimals = Math.max(...match.slice(1, 4).map((part) => part.split('.')[1]?.length ?? 0));
    const sum = parts.reduce((all, part) => all + part, 0);
    // Rounding may shift each part by half of its last place.
    const tolerance = 1.5 * 10 ** -decimals + 1e-9;
    if (Math.abs(sum - 100) <= tolerance || sum < 80 || sum > 120) continue;
    const place = { start: match.index, end: match.index + match[0].length };
    slips.push({
      kind: 'ratio',
      ...place,
      sum: rounded(sum),
      total: 100,
      unit: '',
      totalStart: place.start,
      totalEnd: place.end,
    });
  }
  return slips;
}

const OF_WHICH = /[，,：:（(；;—、](?:其中|包括|具体为|分别为|分别是)[，,：:]?/g;
/** Words that show that a list of parts is not complete. */
const PARTIAL = /等(?![奖级])|以及其他|主要有|增长|下降|左右|以上/;
const MAX_SENTENCE = 300;
/** Maximum number of characters between a total and 其中: the noun that is counted. */
const MAX_APART = 16;

/** Words that mark an increment rather than an amount: 增加110万套 beside 改造580万套 is not part of 740万套. */
const GROWTH = /(?:增加|增长|减少|下降|提高|提升|上升|净增|多|少)(?:了|到|至)?(?:近|约|超过|超)?$/;
/** A comparison with another time, inside a list of parts. */
const COMPARED = /[较比](?:上|去|前)|同比|环比|分别/;
/** Digits of one numeral separated by its marks: 一五、四九三·四万. */
const OLD_FIGURES = /[〇零一二三四五六七八九][、·]$/;
/** Parts rounded more coarsely than this many units of the total's last place are rough. */
const ROUGH = 10;
/** After these words the list of parts is complete. */
const WHOLE = /包括|具体为|分别[为是]/;

/**
 * 共12家，其中甲类5家、乙类8家: parts that do not add up to their total. Reported only if changing one figure makes it right. Parts
 * that sum to less than the total may just not be all of them.
 */
export function partSlips(line: string): SumSlip[] {
  if (!/其中|包括|具体为/.test(line)) return [];
  const slips: SumSlip[] = [];
  for (const { start, text } of sentencesOf(line)) {
    if (text.length > MAX_SENTENCE) continue;
    const all = quantitiesIn(text);
    for (const list of partLists(text)) {
      const slip = partSlip(text, all, list);
      if (!slip) continue;
      const shifted = (place: { start: number; end: number }) => ({
        start: start + place.start,
        end: start + place.end,
      });
      slips.push({
        ...slip,
        ...shifted(slip),
        totalStart: start + slip.totalStart,
        totalEnd: start + slip.totalEnd,
        ...(slip.slip && { slip: { ...slip.slip, ...shifted(slip.slip) } }),
      });
    }
  }
  return slips;
}

/** Where 其中 is and how far its parts may extend. */
interface PartList {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

/**
 * The lists of parts in a sentence: one in brackets ends with them, one outside brackets is the only one in its
 * sentence.
 */
function partLists(text: string): PartList[] {
  const lists: (PartList & { readonly bracketed: boolean })[] = [];
  OF_WHICH.lastIndex = 0;
  for (let match = OF_WHICH.exec(text); match; match = OF_WHICH.exec(text)) {
    const from = match.index + match[0].length;
    const bracketed = /[（(]/.test(match[0].charAt(0));
    const close = bracketed ? /[）)]/.exec(text.slice(from)) : undefined;
    const to = close ? from + close.index : text.length;
    lists.push({ at: match.index, from, to, isWhole: WHOLE.test(match[0]), bracketed });
  }
  const open = lists.filter(({ bracketed }) => !bracketed);
  return lists.filter(({ bracketed }) => bracketed || (open.length === 1 && lists.length === 1));
}

/** Checks one list of parts; offsets are within the sentence. */
function partSlip(text: string, all: readonly Quantity[], { at, from, to, isWhole }: PartList): SumSlip | undefined {
  const total = all.filter(({ end }) => end <= at + 1).at(-1);
  if (!total || at - total.end > MAX_APART) return undefined;
  if (total.dimension === 'percent' || total.dimension === 'points' || total.dimension === 'ratio') return undefined;
  // 一等奖21项（含创新团队3项）: a figure in brackets belongs to the part before it.
  const behind = all.filter(({ start, end }) => start >= from && end <= to && !isBracketed(text.slice(from, start)));
  const parts = behind.filter((one) => one.dimension === total.dimension && one.unit === total.unit);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || first === last) return undefined;
  if (parts.length < behind.filter(({ dimension }) => dimension !== 'percent').length) return undefined;
  const vague = parts.some(({ qualifier }) => qualifier !== 'exact');
  // 约 before the total covers its parts; a bound does not add up.
  if (
    total.qualifier === 'exact'
      ? vague
      : parts.some(({ qualifier }) => qualifier !== total.qualifier && qualifier !== 'exact')
  )
    return undefined;
  const list = text.slice(from, last.end);
  if (/[；;]/.test(list) || PARTIAL.test(list.replace(/（[^（）]{0,60}）/g, ''))) return undefined;
  if (PARTIAL.test(text.slice(last.end, last.end + 2)) || COMPARED.test(text.slice(first.end, last.start)))
    return undefined;
  const figures = [total, ...parts];
  const grows = figures.map(({ start }) => GROWTH.test(text.slice(Math.max(0, start - 6), start)));
  if (grows.some((one) => one !== grows[0])) return undefined;
  if (figures.some(({ start }) => OLD_FIGURES.test(text.slice(Math.max(0, start - 2), start)))) return undefined;
  const sum = parts.reduce((value, part) => value + part.value, 0);
  const step = Math.max(...figures.map((one) => one.step));
  if (step > total.step * ROUGH) return undefined;
  const exact = figures.every((one) => one.step === 1 && one.dimension === 'count');
  const tolerance = exact ? 0 : (step * (parts.length + 1)) / 2 + step * 1e-6;
  if (Math.abs(sum - total.value) <= tolerance) return undefined;
  // 其中新开工268个、续建235个，竣工100个: the list continues with something else.
  let running = 0;
  const complete = parts.some((part) => {
    running += part.value;
    return Math.abs(running - total.value) <= tolerance;
  });
  if (complete) return undefined;
  const fitting = parts.filter((part) => differsInOneFigure(part, part.value + total.value - sum));
  if (fitting.length === 0) return undefined;
  // Two-figure sums fit by chance too often, and a round total may be approximate, unless the parts are more than the
  // whole.
  const places = total.value / total.step;
  if (sum < total.value ? total.figures < 2 || places < 100 : places < 10) return undefined;
  const scale = total.value === 0 ? 1 : total.value / writtenNumber(text, total);
  const only = fitting.length === 1 ? fitting[0] : undefined;
  return {
    kind: sum < total.value && !isWhole ? 'some' : 'parts',
    start: from,
    end: last.end,
    sum: rounded(sum / scale),
    total: rounded(total.value / scale),
    unit: text.slice(total.start, total.end).replace(/^[\d.,，]+/, ''),
    totalStart: total.start,
    totalEnd: total.end,
    ...(only && {
      slip: {
        start: only.start,
        end: only.end,
        right: text
          .slice(only.start, only.end)
          .replace(
            /^[\d.,，]+/,
            String(rounded((only.value + total.value - sum) / (only.value / writtenNumber(text, only)))),
          ),
      },
    }),
  };
}

/** Whether a bracket that opens in `before` is still open at its end. */
function isBracketed(before: string): boolean {
  return (
    Math.max(before.lastIndexOf('（'), before.lastIndexOf('(')) >
    Math.max(before.lastIndexOf('）'), before.lastIndexOf(')'))
  );
}

/** The number as written, without its unit. */
export function writtenNumber(text: string, { start, end }: Quantity): number {
  const figures = /[\d.,，]+/.exec(text.slice(start, end))?.[0].replace(/[,，]/g, '');
  return figures ? Number(figures) || 1 : 1;
}

/** Whether `value` is the part with one of its figures changed. */
function differsInOneFigure(part: Quantity, value: number): boolean {
  // A corrected value has no more places than the part is written with.
  if (value <= 0 || Math.abs(value / part.step - Math.round(value / part.step)) > 0.06) return false;
  const one = String(Math.round(part.value / part.step));
  const other = String(Math.round(value / part.step));
  if (one.length !== other.length || one.length < 2) return one.length === 1 && other.length === 1;
  return [...one].filter((digit, at) => digit !== other[at]).length === 1;
}

/** Growth that does not follow from the two values. Offsets are within the line. */
export interface GrowthSlip {
  readonly start: number;
  readonly end: number;
  readonly said: string;
  readonly right: string;
  readonly from: string;
  readonly to: string;
}

const FROM_TO =
  /(?:由|从)((?:19|20)\d{2}年底?末?的?|上年的?|去年的?|五年前的?)?([^，。；、由从]{0,12}?)(\d+(?:\.\d+)?)(万亿|亿|万)?(%|元|美元|人次|人|户|家|个|亩|公里|吨|平方公里|平方米|千瓦)?(?:(?:左右)?，?)(增长|增加|提高|上升|提升|扩大|下降|减少|降低|降|增|升|跃升|发展|攀升|压减|缩小)(?:到了?|至|为)((?:19|20)\d{2}年底?末?的?)?(\d+(?:\.\d+)?)(万亿|亿|万)?(%|元|美元|人次|人|户|家|个|亩|公里|吨|平方公里|平方米|千瓦)，(年均|平均每年)?(增长|提高|上升|提升|下降|降低|减少|增加|翻了?)(?:了)?(近|约|超过|超)?(\d+(?:\.\d+)?|一)(%|个百分点|倍|番)(以上|左右|多)?/g;
const SCALE: Readonly<Record<string, number>> = { 万亿: 1e12, 亿: 1e8, 万: 1e4 };
/** Growth in constant prices, which nominal values do not give. */
export const REAL_TERMS = /生产总值|增加值|GDP|总产值|实际增长|可比|不变价/;

/** 由100亿元增加到150亿元，增长40%: the growth does not follow from the values. */
export function growthSlips(line: string): GrowthSlip[] {
  if (!/[由从]/.test(line)) return [];
  const slips: GrowthSlip[] = [];
  FROM_TO.lastIndex = 0;
  for (let match = FROM_TO.exec(line); match; match = FROM_TO.exec(line)) {
    const [whole, fromTime = '', , a = '', aScale = '', aUnit, , toTime = '', b = '', bScale = '', bUnit = ''] = match;
    const [yearly, , vague = '', said = '', saidUnit = '', after = ''] = match.slice(11);
    if (aUnit !== undefined && aUnit !== bUnit) continue;
    const context = line.slice(Math.max(0, match.index - 30), match.index);
    if (REAL_TERMS.test(context) || REAL_TERMS.test(whole)) continue;
    const from = Number(a) * (SCALE[aScale || (aUnit === undefined ? bScale : '')] ?? 1);
    const to = Number(b) * (SCALE[bScale] ?? 1);
    if (!from || !to) continue;
    const places = said.split('.')[1]?.length ?? 0;
    const value = said === '一' ? 1 : Number(said);
    let right: number;
    let slack = 10 ** -places;
    // How far the rounding of both values may shift the result.
    const relative = stepOf(a) / Number(a) + stepOf(b) / Number(b);
    if (saidUnit === '个百分点') {
      if (bUnit !== '%' || yearly) continue;
      right = Math.abs(to - from);
      slack += (stepOf(a) + stepOf(b)) / 2;
    } else if (saidUnit === '%') {
      if (bUnit === '%') continue;
      let ratio = to / from;
      if (yearly) {
        // The growth of incomes over years is published in constant prices.
        if (/收入/.test(context + whole)) continue;
        const years =
          Number(/\d{4}/.exec(toTime)?.[0] ?? Number.NaN) - Number(/\d{4}/.exec(fromTime)?.[0] ?? Number.NaN);
        if (!(years > 0)) continue;
        ratio = ratio ** (1 / years);
      }
      right = Math.abs(ratio - 1) * 100;
      slack += ratio * relative * 60 + 0.3;
    } else if (saidUnit === '倍') {
      right = to / from - 1;
      // 增长3倍 is written both for three times as much and for three times more.
      if (Math.abs(to / from - value) <= 0.15 * value) continue;
      slack += 0.15 * Math.max(value, right) + (to / from) * relative;
    } else {
      right = Math.log2(to / from);
      slack = 0.25 * Math.max(1, value);
    }
    const difference = value - right;
    if (Math.abs(difference) <= slack) continue;
    const atLeast = vague.startsWith('超') || after === '以上' || after === '多';
    // 翻了一番多 says anything below two doublings.
    if (atLeast && difference < 0 && right < (saidUnit === '番' ? value + 1 : value * 1.5)) continue;
    if ((vague === '近' || vague === '约' || after === '左右') && Math.abs(difference) < value * 0.1) continue;
    const unitAt = match.index + whole.length - after.length - saidUnit.length;
    const start = unitAt - said.length;
    slips.push({
      start,
      end: unitAt + saidUnit.length,
      said: `${said}${saidUnit}`,
      right: `${right.toFixed(saidUnit === '%' || saidUnit === '个百分点' ? Math.max(places, 1) : 1).replace(/\.0$/, '')}${saidUnit}`,
      from: `${a}${aScale}${aUnit ?? ''}`,
      to: `${b}${bScale}${bUnit}`,
    });
  }
  return slips;
}

function stepOf(figures: string): number {
  return 10 ** -(figures.split('.')[1]?.length ?? 0);
}

/** Removes the noise of binary fractions. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function sentencesOf(line: string): { start: number; text: string }[] {
  const sentences: { start: number; text: string }[] = [];
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    if (at < line.length && !'。！？；'.includes(line.charAt(at))) continue;
    if (at > start) sentences.push({ start, text: line.slice(start, at) });
    start = at + 1;
  }
  return sentences;
}

/** A column of a table whose 合计 is not the sum of the rows above it. */
export interface TableSlip {
  /** Offsets in the text of the cell with the total. */
  readonly start: number;
  readonly end: number;
  readonly sum: number;
  readonly total: number;
  readonly column: string;
}

const TOTAL_ROW = /^(?:合计|总计|共计|小计|总和|合\s*计|总\s*计)$/;

/** Reads tables whose rows separate cells with | or tab, and checks the columns of a last row 合计. */
export function* tableSlips(
  text: string,
  lineCount: number,
  lineAt: (line: number) => readonly [number, number],
): Resumable<TableSlip[]> {
  const slips: TableSlip[] = [];
  const pace = new Pace();
  let rows: { cells: { text: string; start: number }[] }[] = [];
  for (let line = 0; line <= lineCount; line++) {
    if (pace.isOver()) yield;
    const cells = line < lineCount ? cellsOf(text, ...lineAt(line)) : [];
    if (cells === RULE) continue;
    if (cells.length >= 2 && (rows.length === 0 || rows[0]?.cells.length === cells.length)) {
      rows.push({ cells });
      if (TOTAL_ROW.test((cells.find(({ text: cell }) => cell !== '')?.text ?? '').replace(/\*/g, ''))) {
        slips.push(...checkTotal(rows));
        rows = [];
      }
      continue;
    }
    rows = cells.length >= 2 ? [{ cells }] : [];
  }
  return slips;
}

/** The line of dashes below a table's head, which does not end the table. */
const RULE: Cell[] = [];

interface Cell {
  readonly text: string;
  readonly start: number;
}

function cellsOf(text: string, start: number, end: number): Cell[] {
  const line = text.slice(start, end);
  const mark = line.includes('|') ? '|' : line.includes('\t') ? '\t' : undefined;
  if (!mark || line.length > 2_000) return [];
  const cells: { text: string; start: number }[] = [];
  let at = 0;
  for (const piece of line.split(mark)) {
    const lead = piece.length - piece.trimStart().length;
    cells.push({ text: piece.trim(), start: start + at + lead });
    at += piece.length + 1;
  }
  if (mark === '|') {
    if (cells[0]?.text === '') cells.shift();
    if (cells.at(-1)?.text === '') cells.pop();
  }
  return cells.length > 0 && cells.every(({ text: cell }) => /^:?-+:?$/.test(cell)) ? RULE : cells;
}

const NUMBER = /^\*{0,2}(-?\d+(?:,\d{3})*(?:\.\d+)?)\*{0,2}$/;
const NO_SUM = /率|比|%|％|序号|编号|平均|均|价|排名|年份|增速|增长|人均|占|名次|时间|日期|电话/;

function checkTotal(rows: readonly { cells: readonly { text: string; start: number }[] }[]): TableSlip[] {
  const total = rows.at(-1);
  const head = rows[0];
  if (!total || !head || rows.length < 4) return [];
  const slips: TableSlip[] = [];
  for (const [column, cell] of total.cells.entries()) {
    const figure = NUMBER.exec(cell.text);
    if (!figure) continue;
    const name = head.cells[column]?.text ?? '';
    if (NO_SUM.test(name) || NUMBER.test(name)) continue;
    const above = rows.slice(1, -1).map((row) => NUMBER.exec(row.cells[column]?.text ?? ''));
    if (above.some((one) => !one)) continue;
    const values = above.map((one) => Number((one?.[1] ?? '').replace(/,/g, '')));
    const sum = values.reduce((all, one) => all + one, 0);
    const said = Number((figure[1] ?? '').replace(/,/g, ''));
    const decimals = Math.max(...[...above, figure].map((one) => one?.[1]?.split('.')[1]?.length ?? 0));
    const tolerance = decimals === 0 ? 0 : ((values.length + 1) / 2) * 10 ** -decimals;
    if (Math.abs(sum - said) <= tolerance + 1e-9) continue;
    slips.push({ start: cell.start, end: cell.start + cell.text.length, sum: rounded(sum), total: said, column: name });
  }
  return slips;
}
