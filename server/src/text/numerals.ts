/**
 * Numerals as written in headings: 一 二十一 百零三, 1, １, ①, Ⅰ, 甲, A. Follows the forms named in GB/T 15834-2011 annex B and
 * GB/T 15835-2011.
 */

const CHINESE_DIGITS = '〇一二三四五六七八九';
const DIGIT_VALUES = new Map<string, number>([
  ...[...CHINESE_DIGITS].map((digit, value): [string, number] => [digit, value]),
  ['零', 0],
  ['○', 0],
  ['壹', 1],
  ['贰', 2],
  ['貳', 2],
  ['叁', 3],
  ['參', 3],
  ['肆', 4],
  ['伍', 5],
  ['陆', 6],
  ['陸', 6],
  ['柒', 7],
  ['捌', 8],
  ['玖', 9],
]);
const UNIT_VALUES = new Map<string, number>([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);

/** The characters of Chinese counting numerals: 一…十百千, 零 〇 ○, 壹贰… */
export const CHINESE_NUMERALS = [...DIGIT_VALUES.keys(), ...UNIT_VALUES.keys()].join('');
const NUMERAL_CODES = new Set([...CHINESE_NUMERALS].map((digit) => digit.charCodeAt(0)));

/** Whether `code` is one of {@link CHINESE_NUMERALS}. */
export function isChineseNumeral(code: number): boolean {
  return NUMERAL_CODES.has(code);
}

/**
 * Parses a Chinese counting numeral from 1 to 9999 (十二, 二十一, 一百零三, 一千二百六十, and 一百十 as in the laws of Taiwan). Returns
 * undefined for anything else, including positional figures such as 二〇〇四, because those are years and not ordinals.
 */
export function parseChineseNumeral(text: string): number | undefined {
  let total = 0;
  let digit = -1;
  let lastUnit = 10_000;
  let zero = false;
  for (const character of text) {
    const unit = UNIT_VALUES.get(character);
    if (unit !== undefined) {
      if (unit >= lastUnit || digit === 0) return undefined;
      // 十二 and 一百十二 need no 一, but nobody writes 百二 for a hundred and twenty.
      if (digit < 0 && unit !== 10) return undefined;
      // A skipped place is filled with 零: 一千零二十, but 一千二百.
      if (zero !== (lastUnit < 10_000 && unit * 10 < lastUnit)) return undefined;
      total += (digit < 0 ? 1 : digit) * unit;
      lastUnit = unit;
      digit = -1;
      zero = false;
      continue;
    }
    const value = DIGIT_VALUES.get(character);
    if (value === undefined) return undefined;
    if (value === 0) {
      if (digit >= 0 || zero || lastUnit < 100 || lastUnit === 10_000) return undefined;
      zero = true;
      continue;
    }
    if (digit > 0) return undefined;
    digit = value;
  }
  if (digit > 0) {
    // 一百零三, never 一百三 for a hundred and three.
    if (zero !== (lastUnit > 10 && lastUnit < 10_000)) return undefined;
    total += digit;
  } else if (zero) return undefined;
  return total > 0 ? total : undefined;
}

/** The same before a measure word, where two is 两. */
export function parseChineseCount(text: string): number | undefined {
  return text === '两' || text === '兩' ? 2 : parseChineseNumeral(text);
}

/** Formats 1–9999 the way headings do: 十, 十一, 二十, 一百零三, 一千零二十. */
export function formatChineseNumeral(value: number): string {
  let text = '';
  let skipped = false;
  for (const [unit, name] of PLACES) {
    const figure = Math.floor(value / unit) % 10;
    if (figure === 0) {
      skipped = text !== '';
      continue;
    }
    if (skipped) text += '零';
    skipped = false;
    text += `${unit === 10 && figure === 1 && text === '' ? '' : CHINESE_DIGITS[figure]}${name}`;
  }
  return text;
}

const PLACES: readonly (readonly [number, string])[] = [
  [1000, '千'],
  [100, '百'],
  [10, '十'],
  [1, ''],
];

/** `value` in the kind of numeral that `sample` uses: 3 or 三. */
export function numeralLike(sample: string, value: number): string {
  return /^\d/.test(sample) ? String(value) : formatChineseNumeral(value);
}

export const STEMS = '甲乙丙丁戊己庚辛壬癸';
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** Value of an upper-case ASCII Roman numeral from I to XII, or undefined. */
export function parseRoman(text: string): number | undefined {
  const index = ROMAN.indexOf(text);
  return index < 0 ? undefined : index + 1;
}

/** Code point ranges in which each character is one number: [first, last, value of the first]. */
const SINGLE_RUNS: readonly (readonly [number, number, number, SingleNumeral])[] = [
  [0x2460, 0x2473, 1, 'circled'], // ①–⑳
  [0x3251, 0x325f, 21, 'circled'], // ㉑–㉟
  [0x32b1, 0x32bf, 36, 'circled'], // ㊱–㊿
  [0x2776, 0x277f, 1, 'circled'], // ❶–❿
  [0x2780, 0x2789, 1, 'circled'], // ➀–➉
  [0x2474, 0x2487, 1, 'bracketed'], // ⑴–⒇
  [0x2488, 0x249b, 1, 'pointed'], // ⒈–⒛
  [0x3220, 0x3229, 1, 'bracketedChinese'], // ㈠–㈩
  [0x2160, 0x216b, 1, 'roman'], // Ⅰ–Ⅻ
];

export type SingleNumeral = 'circled' | 'bracketed' | 'pointed' | 'bracketedChinese' | 'roman';

/** Reads a single-character number (①, ⑴, ⒈, ㈠, Ⅰ); undefined for any other character. */
export function parseSingleNumeral(code: number): { value: number; kind: SingleNumeral } | undefined {
  if (code < 0x2160 || code > 0x32bf) return undefined;
  for (const [first, last, value, kind] of SINGLE_RUNS) {
    if (code >= first && code <= last) return { value: value + code - first, kind };
  }
  return undefined;
}

/** How a numeral is written. */
export type NumeralSystem =
  | 'chinese'
  | 'traditional'
  | 'arabic'
  | 'fullWidth'
  | 'circled'
  | 'roman'
  | 'stem'
  | 'latin'
  | 'upperLatin'
  | 'word';

const SEQUENCE_WORDS = ['首先', '其次', '再次'];

const PLAIN_NUMERALS = '零一二三四五六七八九十百千';
const FORMAL_NUMERALS = '零壹贰叁肆伍陆柒捌玖拾佰仟';
const FORMAL_NUMERALS_TRADITIONAL = '零壹貳參肆伍陸柒捌玖拾佰仟';

/** 壹, 贰 (貳 in traditional script) … 拾壹. */
function formatFormalNumeral(value: number, traditional: boolean): string {
  const numerals = traditional ? FORMAL_NUMERALS_TRADITIONAL : FORMAL_NUMERALS;
  return formatChineseNumeral(value).replace(/./g, (digit) => numerals[PLAIN_NUMERALS.indexOf(digit)] ?? digit);
}

/**
 * Formats `value` in `system`; `model` is a numeral of the same list whose variant (ASCII or single-character Roman,
 * upper or lower case, ⑴ or ①, 贰 or 貳) is kept. Returns undefined if the system has no such numeral, such as ㊿ + 1.
 */
export function formatNumeral(value: number, system: NumeralSystem, model = ''): string | undefined {
  switch (system) {
    case 'chinese':
      return value >= 1 && value <= 9999 ? formatChineseNumeral(value) : undefined;
    case 'traditional':
      return value >= 1 && value <= 9999 ? formatFormalNumeral(value, /[貳參陸]/.test(model)) : undefined;
    case 'arabic':
      return String(value);
    case 'fullWidth':
      return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    case 'circled': {
      const kind = parseSingleNumeral(model.charCodeAt(0))?.kind ?? 'circled';
      for (const [first, last, start, runKind] of SINGLE_RUNS) {
        const code = first + value - start;
        if (runKind === kind && code >= first && code <= last) return String.fromCharCode(code);
      }
      return undefined;
    }
    case 'roman':
      if (value < 1 || value > 12) return undefined;
      if (!/^[A-Za-z]/.test(model)) return String.fromCharCode(0x2160 + value - 1);
      return model >= 'a' ? ROMAN[value - 1]?.toLowerCase() : ROMAN[value - 1];
    case 'stem':
      return STEMS[value - 1];
    case 'latin':
    case 'upperLatin': {
      if (value < 1 || value > 26) return undefined;
      const base = model >= 'a' ? 0x60 : 0x40;
      return String.fromCharCode(base + value);
    }
    case 'word':
      return SEQUENCE_WORDS[value - 1];
  }
}
