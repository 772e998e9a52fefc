/** How Word writes the numbers of lists: the values of ST_NumberFormat, ECMA-376 part 1, 17.18.59. */
import { STEMS } from '../text/numerals';

const DIGITS = '〇一二三四五六七八九';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';
const KOREAN = '가나다라마바사아자차카타파하';
const CHOSUNG = 'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ';
const AIUEO = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const IROHA = 'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン';
const HEBREW = 'אבגדהוזחטיכלמנסעפצקרשת';
const ARABIC = 'أبتثجحخدذرزسشصضطظعغفقكلمنهوي';
const ABJAD = 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ';
const THAI = 'กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ';
const RUSSIAN = 'абвгдежзиклмнопрстуфхцчшщыэюя';
const HINDI_VOWELS = 'कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह';
const HINDI_CONSONANTS = 'अआइईउऊऋऌऍऎएऐऑऒओऔअंअः';

/** A Chinese number system: its digits and the words for tens, hundreds, thousands and ten thousands. */
interface Counting {
  readonly digits: string;
  readonly units: string;
  /** Writes 十 rather than 一十. */
  readonly shortTen?: boolean;
  readonly zero?: string;
}

const SIMPLE: Counting = { digits: DIGITS, units: '十百千万', shortTen: true, zero: '零' };
const LEGAL_SIMPLIFIED: Counting = { digits: '零壹贰叁肆伍陆柒捌玖', units: '拾佰仟萬', zero: '零' };
const LEGAL_TRADITIONAL: Counting = { digits: '零壹貳參肆伍陸柒捌玖', units: '拾佰仟萬', zero: '零' };
const JAPANESE: Counting = { digits: DIGITS, units: '十百千万', shortTen: true };
const JAPANESE_LEGAL: Counting = { digits: '〇壱弐参四伍六七八九', units: '拾百阡萬' };
const TAIWANESE: Counting = { digits: DIGITS, units: '十百千萬', shortTen: true, zero: '零' };
const KOREAN_COUNTING: Counting = { digits: '영일이삼사오육칠팔구', units: '십백천만', shortTen: true };

const decimal = (value: number): string => String(value);

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  decimal,
  none: () => '',
  bullet: () => '',
  decimalZero: (value) => String(value).padStart(2, '0'),
  upperRoman: roman,
  lowerRoman: (value) => roman(value).toLowerCase(),
  upperLetter: (value) => repeatedLetter('ABCDEFGHIJKLMNOPQRSTUVWXYZ', value),
  lowerLetter: (value) => repeatedLetter('abcdefghijklmnopqrstuvwxyz', value),
  ordinal: (value) => `${value}${ordinalSuffix(value)}`,
  cardinalText: (value) => capital(englishCardinal(value)),
  ordinalText: (value) => capital(englishOrdinal(value)),
  hex: (value) => value.toString(16).toUpperCase(),
  chicago: (value) => '*†‡§'.charAt((value - 1) % 4).repeat(Math.floor((value - 1) / 4) + 1),
  numberInDash: (value) => `- ${value} -`,
  decimalHalfWidth: decimal,
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: (value) => circled(value),
  decimalEnclosedCircleChinese: (value) => circled(value),
  decimalEnclosedFullstop: (value) => (value <= 20 ? shifted(0x2488, value) : String(value)),
  decimalEnclosedParen: (value) => (value <= 20 ? shifted(0x2474, value) : String(value)),
  ideographEnclosedCircle: (value) => (value <= 10 ? shifted(0x3280, value) : String(value)),
  ideographTraditional: (value) => STEMS.charAt(value - 1) || String(value),
  ideographZodiac: (value) => BRANCHES.charAt(value - 1) || String(value),
  ideographZodiacTraditional: (value) => STEMS.charAt((value - 1) % 10) + BRANCHES.charAt((value - 1) % 12),
  // From a hundred on these are written digit by digit: 一〇〇.
  chineseCounting: (value) => (value < 100 ? counted(value, SIMPLE) : figures(value, DIGITS)),
  taiwaneseCounting: (value) => (value < 100 ? counted(value, TAIWANESE) : figures(value, DIGITS)),
  chineseCountingThousand: (value) => counted(value, SIMPLE),
  taiwaneseCountingThousand: (value) => counted(value, TAIWANESE),
  taiwaneseDigital: (value) => figures(value, DIGITS),
  ideographDigital: (value) => figures(value, DIGITS),
  japaneseDigitalTenThousand: (value) => figures(value, DIGITS),
  japaneseCounting: (value) => counted(value, JAPANESE),
  japaneseLegal: (value) => counted(value, JAPANESE_LEGAL),
  chineseLegalSimplified: (value) => counted(value, LEGAL_SIMPLIFIED),
  ideographLegalTraditional: (value) => counted(value, LEGAL_TRADITIONAL),
  koreanDigital: (value) => figures(value, '영일이삼사오육칠팔구'),
  koreanDigital2: (value) => figures(value, '零一二三四五六七八九'),
  koreanCounting: (value) => counted(value, KOREAN_COUNTING),
  koreanLegal: koreanNative,
  ganada: (value) => letter(KOREAN, value),
  chosung: (value) => letter(CHOSUNG, value),
  aiueo: (value) => letter(AIUEO, value),
  aiueoFullWidth: (value) => letter(AIUEO, value),
  iroha: (value) => letter(IROHA, value),
  irohaFullWidth: (value) => letter(IROHA, value),
  hebrew2: (value) => repeatedLetter(HEBREW, value),
  hebrew1: hebrewNumber,
  arabicAlpha: (value) => repeatedLetter(ARABIC, value),
  arabicAbjad: (value) => repeatedLetter(ABJAD, value),
  thaiLetters: (value) => repeatedLetter(THAI, value),
  thaiNumbers: (value) => figures(value, '๐๑๒๓๔๕๖๗๘๙'),
  hindiNumbers: (value) => figures(value, '०१२३४५६७८९'),
  hindiVowels: (value) => repeatedLetter(HINDI_VOWELS, value),
  hindiConsonants: (value) => repeatedLetter(HINDI_CONSONANTS, value),
  russianLower: (value) => repeatedLetter(RUSSIAN, value),
  russianUpper: (value) => repeatedLetter(RUSSIAN.toUpperCase(), value),
};

/**
 * Formats `value`, 0 or more, as a list whose w:numFmt is `format` shows it; an unknown format gives Arabic figures.
 */
export function formatNumber(value: number, format: string): string {
  if (value < 1 && format !== 'none' && format !== 'bullet') return format === 'decimalZero' ? '00' : String(value);
  return (FORMATS[format] ?? decimal)(value);
}

function shifted(first: number, value: number): string {
  return String.fromCodePoint(first + value - 1);
}

function fullWidth(value: number): string {
  return [...String(value)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
}

/** Word has circled numbers up to ⑳; beyond that it shows plain figures. */
function circled(value: number): string {
  return value <= 20 ? shifted(0x2460, value) : String(value);
}

function figures(value: number, digits: string): string {
  return [...String(value)].map((digit) => digits.charAt(Number(digit))).join('');
}

/** Letters that repeat after Z: AA; Word repeats the same letter. */
function repeatedLetter(letters: string, value: number): string {
  return letters
    .charAt((value - 1) % letters.length)
    .repeat(Math.min(30, Math.floor((value - 1) / letters.length) + 1));
}

function letter(letters: string, value: number): string {
  return letters.charAt((value - 1) % letters.length);
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(value: number): string {
  if (value >= 32_768) return String(value);
  let left = value;
  let text = '';
  for (const [size, letters] of ROMAN) {
    text += letters.repeat(Math.floor(left / size));
    left %= size;
  }
  return text;
}

function counted(value: number, { digits, units, shortTen, zero }: Counting): string {
  if (value >= 100_000_000) return String(value);
  const [ten, hundred, thousand, tenThousand] = units as unknown as [string, string, string, string];
  const below = (part: number, gap: boolean): string => {
    let text = '';
    let pending = gap;
    for (const [size, unit] of [
      [1000, thousand],
      [100, hundred],
      [10, ten],
      [1, ''],
    ] as const) {
      const digit = Math.floor(part / size) % 10;
      if (digit === 0) {
        if (text !== '') pending = true;
        continue;
      }
      if (pending) text += zero ?? '';
      pending = false;
      // Japanese writes 百 and 十, never 一百.
      const bare = digit === 1 && size > 1 && shortTen && (!zero || (size === 10 && text === '' && !gap));
      text += (bare ? '' : digits.charAt(digit)) + unit;
    }
    return text;
  };
  const high = Math.floor(value / 10_000);
  const low = value % 10_000;
  if (high === 0) return below(low, false);
  return below(high, false) + tenThousand + (low === 0 ? '' : below(low, low < 1000));
}

function koreanNative(value: number): string {
  if (value > 99) return String(value);
  const tens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];
  const ones = ['', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉'];
  return `${tens[Math.floor(value / 10)]}${ones[value % 10]}`;
}

function hebrewNumber(value: number): string {
  if (value > 399) return String(value);
  const hundreds = ['', 'ק', 'ר', 'ש'][Math.floor(value / 100)] ?? '';
  const rest = value % 100;
  // 15 and 16 would spell a divine name, which is avoided.
  if (rest === 15) return `${hundreds}טו`;
  if (rest === 16) return `${hundreds}טז`;
  const tens = ['', 'י', 'כ', 'ל', 'מ', 'נ', 'ס', 'ע', 'פ', 'צ'][Math.floor(rest / 10)] ?? '';
  const ones = rest % 10;
  return hundreds + tens + (ones > 0 ? HEBREW.charAt(ones - 1) : '');
}

function ordinalSuffix(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function englishCardinal(value: number): string {
  if (value >= 1_000_000) return String(value);
  if (value >= 1000) return joined(`${englishCardinal(Math.floor(value / 1000))} thousand`, value % 1000, ' ');
  if (value >= 100) return joined(`${ONES[Math.floor(value / 100)]} hundred`, value % 100, ' ');
  if (value >= 20) return joined(TENS[Math.floor(value / 10)] as string, value % 10, '-');
  return ONES[value] as string;
}

function joined(head: string, rest: number, between: string): string {
  return rest === 0 ? head : head + between + englishCardinal(rest);
}

const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

function englishOrdinal(value: number): string {
  const cardinal = englishCardinal(value);
  const last = cardinal.slice(Math.max(cardinal.lastIndexOf(' '), cardinal.lastIndexOf('-')) + 1);
  const ordinal = IRREGULAR[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return cardinal.slice(0, cardinal.length - last.length) + ordinal;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
