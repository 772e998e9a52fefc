/**
 * Quantities in running text: 2854亿元, 3.2%左右, 近三千人, 百分之五, 翻一番. A quantity is normalised to a base unit, keeps its
 * precision, and records whether it is a bound (以上, 近) or an estimate (约, 左右). GB/T 15835-2011 names the forms.
 */

/**
 * What a quantity measures. `count` is for things counted with a measure word; the unit is then part of the comparison.
 */
export type Dimension =
  | 'money'
  | 'percent'
  | 'points'
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'power'
  | 'energy'
  | 'ratio'
  | 'count';

/** How exactly the writer gives the value: exactly, about, at least, at most. */
export type Qualifier = 'exact' | 'about' | 'atLeast' | 'atMost';

/** A quantity in a line; offsets refer to the text that was read. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** Where the figures start, excluding 约, 近, 超过 before them; `start` is the same offset. */
  readonly figureEnd: number;
  /** In base units: yuan, metres, square metres, tonnes, kilowatts; percent as written. */
  readonly value: number;
  /** The unit of the last place given, in base units: 28.5亿元 is exact to 0.1亿元. */
  readonly step: number;
  readonly dimension: Dimension;
  /** The base unit, or the measure word of a count: 元, 美元, 家, 人. */
  readonly unit: string;
  readonly qualifier: Qualifier;
  /** The words of the qualifier, for messages and for comparing like with like: 以上, 近. */
  readonly qualifierText: string;
  /** Number of significant figures as written. */
  readonly figures: number;
}

interface Unit {
  readonly dimension: Dimension;
  readonly base: string;
  readonly factor: number;
}

const UNITS: Readonly<Record<string, Unit>> = {
  元: { dimension: 'money', base: '元', factor: 1 },
  圆: { dimension: 'money', base: '元', factor: 1 },
  人民币: { dimension: 'money', base: '元', factor: 1 },
  美元: { dimension: 'money', base: '美元', factor: 1 },
  美金: { dimension: 'money', base: '美元', factor: 1 },
  欧元: { dimension: 'money', base: '欧元', factor: 1 },
  港元: { dimension: 'money', base: '港元', factor: 1 },
  港币: { dimension: 'money', base: '港元', factor: 1 },
  日元: { dimension: 'money', base: '日元', factor: 1 },
  '%': { dimension: 'percent', base: '%', factor: 1 },
  '％': { dimension: 'percent', base: '%', factor: 1 },
  '‰': { dimension: 'percent', base: '‰', factor: 1 },
  个百分点: { dimension: 'points', base: '个百分点', factor: 1 },
  百分点: { dimension: 'points', base: '个百分点', factor: 1 },
  个千分点: { dimension: 'points', base: '个千分点', factor: 1 },
  公里: { dimension: 'length', base: '米', factor: 1000 },
  千米: { dimension: 'length', base: '米', factor: 1000 },
  里: { dimension: 'length', base: '米', factor: 500 },
  米: { dimension: 'length', base: '米', factor: 1 },
  平方公里: { dimension: 'area', base: '平方米', factor: 1e6 },
  平方千米: { dimension: 'area', base: '平方米', factor: 1e6 },
  平方米: { dimension: 'area', base: '平方米', factor: 1 },
  平米: { dimension: 'area', base: '平方米', factor: 1 },
  // 亩 is a dimension of its own in reports: nobody converts it to square metres.
  亩: { dimension: 'area', base: '亩', factor: 1 },
  亩次: { dimension: 'area', base: '亩次', factor: 1 },
  公顷: { dimension: 'area', base: '公顷', factor: 1 },
  立方米: { dimension: 'volume', base: '立方米', factor: 1 },
  方: { dimension: 'volume', base: '立方米', factor: 1 },
  立方: { dimension: 'volume', base: '立方米', factor: 1 },
  吨: { dimension: 'mass', base: '吨', factor: 1 },
  公吨: { dimension: 'mass', base: '吨', factor: 1 },
  公噸: { dimension: 'mass', base: '吨', factor: 1 },
  吨标准煤: { dimension: 'mass', base: '吨标准煤', factor: 1 },
  公斤: { dimension: 'mass', base: '吨', factor: 1e-3 },
  千克: { dimension: 'mass', base: '吨', factor: 1e-3 },
  斤: { dimension: 'mass', base: '吨', factor: 5e-4 },
  千瓦: { dimension: 'power', base: '千瓦', factor: 1 },
  兆瓦: { dimension: 'power', base: '千瓦', factor: 1000 },
  吉瓦: { dimension: 'power', base: '千瓦', factor: 1e6 },
  千伏安: { dimension: 'power', base: '千伏安', factor: 1 },
  千瓦时: { dimension: 'energy', base: '千瓦时', factor: 1 },
  度: { dimension: 'energy', base: '千瓦时', factor: 1 },
  倍: { dimension: 'ratio', base: '倍', factor: 1 },
  '微克/立方米': { dimension: 'count', base: '微克/立方米', factor: 1 },
};

/** Measure words; the noun they count is part of the indicator. 年 and 号 are times and names. */
const MEASURES =
  '人次 人 户次 户 家次 家 个 项 件次 件 名 所 座 条 台 套 辆 列次 列 架次 架 班次 次 场次 场 起 例 处 宗 张 床 位 天 小时 分钟 倍 批 轮 种 类 部 篇 只 头 羽 株 棵 口 艘 枚 块 片 支 幅 本 册 幢 栋 间 孔 桩 标箱 箱 平 组 群 队 卷 首 岁 票 席 门 款 笔 趟 盏 尾 匹 眼 团 副 把 根 棚 盘 页 缕 桶 瓶'.split(
    ' ',
  );
for (const measure of MEASURES) {
  if (!(measure in UNITS)) (UNITS as Record<string, Unit>)[measure] = { dimension: 'count', base: measure, factor: 1 };
}
// Persons are counted with several measure words, among which the writer may alternate.
(UNITS as Record<string, Unit>).名 = { dimension: 'count', base: '人', factor: 1 };
(UNITS as Record<string, Unit>).位 = { dimension: 'count', base: '人', factor: 1 };

/** Whether `word` is a unit of measure or a measure word. */
export function isUnitOfMeasure(word: string): boolean {
  return Object.hasOwn(UNITS, word);
}

const UNIT_PATTERN = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|')
  .replace(/\//g, '\\/');

const MULTIPLIERS: Readonly<Record<string, number>> = {
  万亿: 1e12,
  千亿: 1e11,
  百亿: 1e10,
  亿: 1e8,
  千万: 1e7,
  百万: 1e6,
  万: 1e4,
};

const BEFORE =
  '约|大约|近|将近|接近|超过|超|突破|跨越|跨上|站上|迈上|跃上|越过|逾|高于|多于|不少于|不低于|至少|不足|不到|低于|不超过|少于|达到?';
const AFTER = '以上|左右|以内|以下|上下';
const QUANTITY = new RegExp(
  `(${BEFORE})?(?:` +
    `(百分之|千分之)([零〇一二三四五六七八九十百点两\\d.]{1,8})|` +
    // Figures, a multiplier, 多 or 余, the unit.
    `((?:(?<![\\d.,，．A-Za-z])\\d{1,3}(?:[,，]\\d{3}(?!\\d))+|(?<![\\d.A-Za-z．])\\d{1,15})(?:\\.\\d{1,6})?)` +
    `(万亿|千亿|百亿|亿|千万|百万|万)?([多余几])?(${UNIT_PATTERN})?|` +
    `([一二三四五六七八九十百千万亿两〇零]{1,16})([多余])?(${UNIT_PATTERN})` +
    `)(${AFTER})?`,
  'g',
);

const CHINESE_DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/**
 * Parses 三千二百万, 十二, 一亿零五百; undefined for anything that is not a number (一一, 十百). `step` is the unit of the last place
 * given.
 */
export function parseChineseQuantity(text: string): { value: number; step: number } | undefined {
  let total = 0;
  let section = 0;
  let digit = -1;
  let step = 1;
  let small = 10_000;
  let large = Number.POSITIVE_INFINITY;
  for (const character of text) {
    const value = CHINESE_DIGITS[character];
    if (value !== undefined) {
      if (digit > 0) return undefined;
      digit = value;
      if (value > 0) step = 1;
      continue;
    }
    const unit = { 十: 10, 百: 100, 千: 1000 }[character];
    if (unit !== undefined) {
      if (unit >= small || digit === 0) return undefined;
      if (digit < 0 && (unit !== 10 || section !== 0)) return undefined;
      section += (digit < 0 ? 1 : digit) * unit;
      step = unit;
      small = unit;
      digit = -1;
      continue;
    }
    const multiplier = { 万: 1e4, 亿: 1e8 }[character];
    if (multiplier === undefined) return undefined;
    const part = section + Math.max(0, digit);
    if (multiplier === 1e8 && large === 1e4) total = (total + part) * 1e8;
    else {
      if (part === 0 || multiplier >= large) return undefined;
      total += part * multiplier;
    }
    step = multiplier;
    large = multiplier;
    section = 0;
    small = 10_000;
    digit = -1;
  }
  total += section + Math.max(0, digit);
  return total > 0 ? { value: total, step } : undefined;
}

const BOUND: Readonly<Record<string, Qualifier>> = {
  约: 'about',
  大约: 'about',
  左右: 'about',
  上下: 'about',
  近: 'atMost',
  将近: 'atMost',
  接近: 'atMost',
  不足: 'atMost',
  不到: 'atMost',
  低于: 'atMost',
  不超过: 'atMost',
  少于: 'atMost',
  以内: 'atMost',
  以下: 'atMost',
  超过: 'atLeast',
  超: 'atLeast',
  突破: 'atLeast',
  跨越: 'atLeast',
  跨上: 'atLeast',
  站上: 'atLeast',
  迈上: 'atLeast',
  跃上: 'atLeast',
  越过: 'atLeast',
  逾: 'atLeast',
  高于: 'atLeast',
  多于: 'atLeast',
  不少于: 'atLeast',
  不低于: 'atLeast',
  至少: 'atLeast',
  以上: 'atLeast',
  多: 'atLeast',
  余: 'atLeast',
  几: 'about',
};

/** A unit that continues as another word is not a unit: 3个性, 5家庭, 2条例. */
const NOT_UNIT: Readonly<Record<string, RegExp>> = {
  个: /^个(?:人|体|性|案|股)/,
  家: /^家(?:庭|园|长|乡)/,
  条: /^条(?:例|件|款|约|规)/,
  部: /^部(?:门|分|委|署|长|队)/,
  位: /^位(?:于|列|居)/,
  方: /^方(?:面|式|向|案|针)/,
  次: /^次(?:产业|会议|全会|常委)/,
  度: /^度(?:假|过)/,
  里: /^里(?:程|面|约)/,
  平: /^平(?!方|米)/,
};

/** 2～ of 2～3亿元: the value lies between the two. */
const RANGE_START = /\d{1,9}(?:\.\d{1,4})?[%％]?[～~—–－-]{1,2}$/;
const MAX_RANGE_START = 18;

/**
 * All quantities of `line`, in order and disjoint. Times (2022年, 3月), document numbers and ordinals (第三批) are excluded.
 */
export function quantitiesIn(line: string): Quantity[] {
  const found: Quantity[] = [];
  QUANTITY.lastIndex = 0;
  for (let match = QUANTITY.exec(line); match; match = QUANTITY.exec(line)) {
    const quantity = quantityOf(line, match);
    if (quantity) {
      // 5%-6%: the first half has been read on its own.
      if (quantity.start < (found.at(-1)?.end ?? 0)) found.pop();
      found.push(quantity);
    } else
      QUANTITY.lastIndex = match.index + Math.max(1, match[1]?.length ?? 0) + (match[1] ? 0 : figureLength(match) - 1);
  }
  return found;
}

/** Length of the figures of a match that is not a quantity, which are skipped. */
function figureLength(match: RegExpExecArray): number {
  return Math.max(1, (match[4] ?? match[7] ?? '').length);
}

function quantityOf(line: string, match: RegExpExecArray): Quantity | undefined {
  const [
    ,
    before = '',
    fraction,
    fractionValue,
    arabic,
    multiplier,
    vague,
    unitWord,
    chinese,
    chineseVague,
    chineseUnit,
  ] = match;
  const after = match[11] ?? '';
  const numeralAt = match.index + before.length;
  const previous = line.charAt(numeralAt - 1);
  if (!before && /[第〔（(]/.test(previous) && previous === '第') return undefined;
  const prefix = BOUND[before] ? before : '';
  const suffix = after || vague || chineseVague || '';
  const qualifierText = `${prefix}${suffix}`;
  const qualifier = BOUND[suffix] ?? BOUND[prefix] ?? 'exact';
  const end = match.index + match[0].length;
  const lower = before
    ? 0
    : (RANGE_START.exec(line.slice(Math.max(0, numeralAt - MAX_RANGE_START), numeralAt))?.[0].length ?? 0);
  const make = (value: number, step: number, unit: Unit, figures: number): Quantity => ({
    start: prefix ? match.index : numeralAt - lower,
    end,
    figureEnd: end - after.length,
    value: value * unit.factor,
    step: step * unit.factor,
    dimension: unit.dimension,
    unit: unit.base,
    qualifier: lower > 0 ? 'about' : qualifier,
    qualifierText,
    figures,
  });

  if (fraction && fractionValue) {
    const value = /^[\d.]+$/.test(fractionValue) ? Number(fractionValue) : decimalOf(fractionValue);
    if (value === undefined || !Number.isFinite(value)) return undefined;
    return make(value, 1, UNITS[fraction === '百分之' ? '%' : '‰'] as Unit, 1);
  }
  if (arabic) {
    const rest = line.slice(numeralAt + arabic.length, numeralAt + arabic.length + 8);
    if (!unitWord && !multiplier) return undefined;
    if (unitWord && /^[年月日号时点:：]/.test(rest)) return undefined;
    const word = unitWord ?? '';
    const unitAt = end - after.length - word.length;
    if (unitWord && !isUnit(line, unitAt, unitWord)) return undefined;
    if (!unitWord && /^(?:年|月|日|元)/.test(line.slice(end))) return undefined;
    const unit = unitWord ? (UNITS[unitWord] as Unit) : { dimension: 'count' as const, base: '', factor: 1 };
    const digits = arabic.replace(/[,，]/g, '');
    const scale = multiplier ? (MULTIPLIERS[multiplier] ?? 1) : 1;
    const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
    let step = 10 ** -decimals;
    // 7000多 is exact to the thousand.
    if (decimals === 0 && (vague || qualifier !== 'exact')) step = roundness(digits);
    const significant = digits.replace(/^0?\.?0*/, '').replace('.', '');
    const figures = significant.length - (decimals > 0 ? 0 : trailingZeros(significant));
    return make(Number(digits) * scale, step * scale, unit, Math.max(1, figures));
  }
  if (chinese && chineseUnit) {
    if (!isUnit(line, end - after.length - chineseUnit.length, chineseUnit)) return undefined;
    const parsed = parseChineseQuantity(chinese);
    if (!parsed) return undefined;
    const unit = UNITS[chineseUnit] as Unit;
    // “两个确立” names a set; 二元结构 and 三元正极 are not money.
    if (/[“‘「『]/.test(previous) || (chineseUnit === '元' && parsed.value < 10)) return undefined;
    // 一个, 一批 and 百家 are idioms; a real count has more than one figure, or is more than one.
    if (unit.dimension === 'count' && (parsed.value < 2 || /^[百千万亿]/.test(chinese))) return undefined;
    // 三次全会, “二十条”, 二期: ordinals and names.
    if (/^[次条批期届轮款门]$/.test(chineseUnit)) return undefined;
    return make(parsed.value, parsed.step, unit, chinese.length);
  }
  return undefined;
}

function isUnit(line: string, at: number, unit: string): boolean {
  const test = NOT_UNIT[unit];
  return !test?.test(line.slice(at, at + 4));
}

/** 1 for 12, 1000 for 7000. */
function roundness(digits: string): number {
  return 10 ** trailingZeros(digits);
}

function trailingZeros(digits: string): number {
  let zeros = 0;
  while (digits.charAt(digits.length - 1 - zeros) === '0') zeros++;
  return zeros;
}

function decimalOf(text: string): number | undefined {
  const [whole = '', part] = text.split('点');
  const value = whole === '零' ? 0 : parseChineseQuantity(whole)?.value;
  if (value === undefined) return undefined;
  if (part === undefined) return value;
  const decimals = [...part].map((one) => CHINESE_DIGITS[one]);
  if (decimals.some((one) => one === undefined)) return undefined;
  return Number(`${value}.${decimals.join('')}`);
}

/**
 * Whether both quantities may be the same figure: equal after the finer one is rounded or truncated to the places of
 * the coarser, or within the bound of a qualifier. Two bounds of one kind (5000以上, 6000以上) are not the same figure.
 */
export function agrees(a: Quantity, b: Quantity): boolean {
  if (a.dimension !== b.dimension || a.unit !== b.unit) return false;
  const [coarse, fine] = a.step >= b.step ? [a, b] : [b, a];
  const places = fine.value / coarse.step;
  const given = Math.round(coarse.value / coarse.step);
  // Writers round and truncate; only an upper bound is rounded up.
  if (Math.abs(places - given) <= 0.5 + 1e-6 || Math.floor(places + 1e-6) === given) return true;
  if (coarse.qualifier === 'atMost' && Math.ceil(places - 1e-6) === given) return true;
  if (a.qualifier === b.qualifier) return false;
  return boundHolds(a, b) || boundHolds(b, a);
}

/** Whether `bound`, which has a qualifier, is compatible with the value of `other`. */
function boundHolds(bound: Quantity, other: Quantity): boolean {
  const ratio = other.value / bound.value;
  if (bound.qualifier === 'about') return ratio > 0.93 && ratio < 1.07;
  if (bound.qualifier === 'atLeast') return ratio >= 0.999 && ratio < 1.5;
  if (bound.qualifier === 'atMost') return ratio <= 1.001 && ratio > 0.7;
  return false;
}
