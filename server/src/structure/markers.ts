/**
 * Reads a single marker at one offset. A marker is only a candidate here: whether 第五条 or 2.5 begins a section is
 * decided by the sequence it is in (reading.ts). Forms follow GB/T 15834-2011 B.3 and the deviations found in real
 * documents.
 */
import { isBlank, isDigit, isFullWidthDigit, isHan, isLatin } from '../text/characters';
import {
  CHINESE_NUMERALS,
  isChineseNumeral,
  type NumeralSystem,
  parseChineseNumeral,
  parseRoman,
  parseSingleNumeral,
  STEMS,
} from '../text/numerals';
import type { MarkerFamily } from './kinds';

/**
 * How strong the evidence of the characters alone is, apart from the sequence. `reference` looks like the middle of a
 * sentence (第五条、第六条规定 …) and never begins a list; `bare` is a numeral directly followed by words (2重点任务), which only
 * its neighbours in the sequence can distinguish from a count (3个乡镇).
 */
export type MarkerStrength = 'strong' | 'plain' | 'weak' | 'reference' | 'bare';

/** A marker read from a line; offsets are relative to the start of the line. */
export interface ParsedMarker {
  readonly at: number;
  readonly end: number;
  readonly family: MarkerFamily;
  readonly value: number;
  readonly path: readonly number[];
  readonly shape: string;
  readonly numeral: NumeralSystem;
  readonly strength: MarkerStrength;
  /** Set if its characters show another number than is meant: l. for 1., （—） for （一）, 84 for 4 after a page number. */
  readonly misread?: Misread;
}

/**
 * `lookalike`: a letter, dash or katakana that looks like the numeral; `glued`: a page number right before the marker,
 * which begins at `ParsedMarker.at`.
 */
export type Misread = 'lookalike' | 'glued';

const UNITS = new Map<string, MarkerFamily>([
  ['编', 'volume'],
  ['編', 'volume'],
  ['篇', 'volume'],
  ['章', 'chapter'],
  ['节', 'division'],
  ['節', 'division'],
  ['条', 'article'],
  ['條', 'article'],
]);

const CLOSING = new Map<string, string>([
  ['（', '）)'],
  ['(', '）)'],
  ['〔', '〕］]'],
  ['［', '］]〕'],
  ['[', '］]〕'],
  ['【', '】'],
]);

/** Largest number of a bracketed or bare marker; a larger figure is a year, an amount or a page. */
const MAX_NUMBER = 400;
/** The longest code has some 1,300 articles. */
const MAX_ARTICLE = 2000;

interface ParsedNumeral {
  readonly end: number;
  readonly value: number;
  readonly numeral: NumeralSystem;
}

/** The characters of a marker and their interpretation; `shape` is derived from them. */
interface MarkerParts {
  readonly line: string;
  readonly at: number;
  readonly end: number;
  readonly family: MarkerFamily;
  readonly read: { readonly value: number; readonly numeral: NumeralSystem; readonly end?: number };
  /** The range of the numeral itself; by default from `at` to the end of `read`. */
  readonly numeralAt?: number;
  readonly numeralEnd?: number;
  readonly strength: MarkerStrength;
  /** Defaults to the value alone. */
  readonly path?: readonly number[];
}

function markerOf(parts: MarkerParts): ParsedMarker {
  const { line, at, end, family, read, strength, numeralAt = at, numeralEnd = read.end ?? end } = parts;
  const { value, numeral } = read;
  const shape = `${line.slice(at, numeralAt).trimEnd()}#${line.slice(numeralEnd, end).trimStart()}`;
  return { at, end, family, value, path: parts.path ?? [value], shape, numeral, strength };
}

function skipBlanks(line: string, at: number): number {
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

/** Reads a counting numeral (Chinese, ASCII or full-width digits) at `at`; undefined if there is none. */
function readNumeral(line: string, at: number): ParsedNumeral | undefined {
  const first = line.charCodeAt(at);
  let end = at;
  if (isDigit(first) || isFullWidthDigit(first)) {
    const same = isDigit(first) ? isDigit : isFullWidthDigit;
    let value = 0;
    while (end < line.length && end - at < 5 && same(line.charCodeAt(end))) {
      value = value * 10 + (line.charCodeAt(end) & 0xf);
      end++;
    }
    if (end - at > 4 || value === 0) return undefined;
    return { end, value, numeral: isDigit(first) ? 'arabic' : 'fullWidth' };
  }
  if (!isChineseNumeral(first)) return undefined;
  while (end < line.length && end - at < 8 && isChineseNumeral(line.charCodeAt(end))) end++;
  const text = line.slice(at, end);
  const value = parseChineseNumeral(text);
  if (value === undefined) return undefined;
  return { end, value, numeral: /[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]/.test(text) ? 'traditional' : 'chinese' };
}

/** 第一章, 第二部分, 第十条之一, 第三， 第三、 */
function readOrdinal(line: string, at: number): ParsedMarker | undefined {
  const numeralAt = skipBlanks(line, at + 1);
  const numeral = readNumeral(line, numeralAt);
  if (!numeral || numeral.value > MAX_ARTICLE) return undefined;
  const unitAt = skipBlanks(line, numeral.end);
  const unit = line[unitAt];
  if (unit === undefined) return undefined;
  if (unitAt === numeral.end && '，、：,:'.includes(unit)) {
    // 第一、第二产业 is a phrase, 第一、加强领导 a marker with the wrong mark.
    if (unit === '、' && line[unitAt + 1] === '第') return undefined;
    const strength = unit === '，' || unit === ',' ? 'strong' : 'plain';
    return markerOf({
      line,
      at,
      end: unitAt + 1,
      family: 'ordinal',
      read: numeral,
      numeralAt,
      strength,
    });
  }
  let family = UNITS.get(unit);
  let end = unitAt + 1;
  if ((unit === '部' && line[unitAt + 1] === '分') || (unit === '分' && '编編'.includes(line[unitAt + 1] ?? '?'))) {
    family = 'part';
    end = unitAt + 2;
  }
  if (!family && '点點个個方件步类類层層项項'.includes(unit)) return readCounted(line, at, numeral, numeralAt, unitAt);
  if (!family) return undefined;
  let path: readonly number[] = [numeral.value];
  while (family === 'article' && line[end] === '之' && path.length < 3) {
    const insertion = readNumeral(line, end + 1);
    if (!insertion || insertion.value >= 100) break;
    path = [...path, insertion.value];
    end = insertion.end;
  }
  const next = line.charCodeAt(end);
  let strength: MarkerStrength;
  if (family === 'article' && isBlank(next) && GOES_ON_WITH.test(line.slice(end, end + 8))) {
    strength = 'weak';
  } else if (Number.isNaN(next) || isBlank(next) || line[end] === '：' || line[end] === ':' || line[end] === '*') {
    strength = 'strong';
  } else if (line[end] === '、' && isHan(line.charCodeAt(end + 1)) && line[end + 1] !== '第' && opensLine(line, at)) {
    // 第一条、 with a superfluous mark; 第五条、第六条规定 names two.
    strength = 'plain';
    end++;
  } else if (REFERRED_TO.test(line.slice(end, end + 3))) {
    strength = 'reference';
  } else if (family === 'article') {
    strength = 'plain';
  } else {
    // 第一章总则 has no room for a sentence; 第三节课讲的是…… has.
    strength = isShortTitle(line, end) ? 'plain' : 'weak';
  }
  return markerOf({ line, at, end, family, read: numeral, numeralAt, strength, path });
}

/** The families of the parts of a law. */
export const LAW_FAMILIES: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['chapter', 'division', 'article']);

/** What follows a number in a reference, which begins no section: 第五条规定的, 第五条修改为, 第五条第二款. */
const REFERRED_TO =
  /^(?:[、，。；）)》”」的和及与至或中第款项項规規所]|修改|改为|改為|改作|删去|刪去|删除|刪除|增加一|增加第|原第|作为第|作為第|之[规規]定)/;

/** 第三条　所列人员: the rest of a sentence with a reference, where a line was broken before its number. */
const GOES_ON_WITH = /^\s{1,4}(?:所[列称稱述指规規]|[规規]定的)/;

/** Whether only blanks, bullets and emphasis precede `at`. */
function opensLine(line: string, at: number): boolean {
  for (let index = 0; index < at; index++) {
    const code = line.charCodeAt(index);
    if (!isBlank(code) && code !== 0x2a && code !== 0x23 && code !== 0x3e && code !== 0x2d) return false;
  }
  return true;
}

/** Whether the text after `at` is short and contains no mark: a title, not a sentence. */
function isShortTitle(line: string, at: number): boolean {
  const rest = line.slice(at, at + 40);
  return rest.length > 0 && rest.length < 30 && !/[，。；]/.test(rest);
}

/** 第一点意见， 第二个方面： 第三步，: an ordinal with the thing it counts. */
function readCounted(
  line: string,
  at: number,
  numeral: ParsedNumeral,
  numeralAt: number,
  unitAt: number,
): ParsedMarker | undefined {
  let end = unitAt;
  while (end - unitAt < 5 && isHan(line.charCodeAt(end))) end++;
  if (!'，：,:'.includes(line[end] ?? '?')) return undefined;
  const strength = isShortTitle(line, end + 1) ? 'plain' : 'weak';
  return markerOf({
    line,
    at,
    end: end + 1,
    family: 'ordinal',
    read: numeral,
    numeralAt,
    strength,
  });
}

/** Whether （三 at the start of a line of words is never closed: a marker whose second half was forgotten. */
function lacksClosing(line: string, at: number, end: number, closings: string): boolean {
  if (!isHan(line.charCodeAt(end)) || line.slice(0, at).trim() !== '') return false;
  for (let index = end; index < line.length; index++) if (closings.includes(line[index] as string)) return false;
  return true;
}

/** （一） (1) 〔三〕 ［2］ （甲） and （一 without its second half */
function readBracketed(line: string, at: number): ParsedMarker | undefined {
  const opening = line[at] as string;
  const closings = CLOSING.get(opening);
  if (!closings) return undefined;
  const numeralAt = skipBlanks(line, at + 1);
  let numeral = readNumeral(line, numeralAt);
  let family: MarkerFamily | undefined;
  if (numeral) {
    family = numeral.numeral === 'chinese' || numeral.numeral === 'traditional' ? 'chineseBracket' : 'arabicBracket';
  } else {
    const stem = STEMS.indexOf(line[numeralAt] ?? '?');
    const code = line.charCodeAt(numeralAt);
    if (stem >= 0) {
      numeral = { end: numeralAt + 1, value: stem + 1, numeral: 'stem' };
      family = 'stem';
    } else if (isLatin(code) && !isLatin(line.charCodeAt(numeralAt + 1))) {
      numeral = { end: numeralAt + 1, value: (code | 0x20) - 0x60, numeral: latinOf(code) };
      family = 'latin';
    }
  }
  if (!numeral || !family || numeral.value > MAX_NUMBER) return undefined;
  const closingAt = skipBlanks(line, numeral.end);
  const closing = line[closingAt];
  if (closing === undefined || !closings.includes(closing)) {
    return lacksClosing(line, at, numeral.end, closings)
      ? markerOf({
          line,
          at,
          end: numeral.end,
          family,
          read: numeral,
          numeralAt,
          strength: 'weak',
        })
      : undefined;
  }
  let end = closingAt + 1;
  const next = line[end] ?? '';
  let strength: MarkerStrength = opening === '（' || opening === '(' ? 'strong' : 'weak';
  if (family === 'latin') strength = 'weak';
  if ('、.．，,：:'.includes(next) && next !== '') {
    const after = line[skipBlanks(line, end + 1)] ?? '';
    // 第（一）、（二）项: a mark followed by the next bracket lists places in a law.
    if (after === '（' || after === '(' || after === '第') strength = 'reference';
    else if (next !== '，' && next !== ',') end++;
  } else if (
    /^(?:[项項](?![目链鏈])|款(?![项項物待式])|[至和及或与與](?:[（(]|第[一二三四五六七八九十百\d]{1,5}[项項款条條]))/.test(
      line.slice(end, end + 8),
    )
  ) {
    // （二）项规定 and （一）至（三）项 name places in a law; （二）项目建设 is a heading.
    strength = 'reference';
  }
  return markerOf({ line, at, end, family, read: numeral, numeralAt, strength });
}

/** Whether the text after an Arabic marker reads as words and not as a measure, a place or a table's cell. */
function readsAsWords(line: string, at: number): boolean {
  // Nothing is not a cell either: 3. on a line whose words are still to come.
  if (skipBlanks(line, at) >= line.length) return true;
  const end = Math.min(line.length, at + 24);
  let han = 0;
  let letters = 0;
  let figures = 0;
  for (let index = at; index < end; index++) {
    const code = line.charCodeAt(index);
    if (isHan(code)) han++;
    else if (isLatin(code)) letters++;
    else if (isDigit(code) || code === 0xb0 || (code >= 0x2032 && code <= 0x2034)) figures++;
  }
  if (han === 0) return letters > 1 ? letters * 2 >= figures : NOTHING.test(line.slice(at, end));
  return han * 2 >= figures;
}

/** A line meant to be left empty is filled with a stroke: 2．/ */
const NOTHING = /^\s*[/／—-]{1,3}\s*$/;

/** The offset after the 、 of 一 、 and 1 、, separated from its numeral; 0 if there is none. */
function afterSpacedMark(line: string, at: number): number {
  if (!isBlank(line.charCodeAt(at))) return 0;
  const mark = skipBlanks(line, at);
  return mark - at <= 2 && line[mark] === '、' ? mark + 1 : 0;
}

/** A numeral that may open a marker at `at`. */
interface Opening {
  readonly line: string;
  readonly at: number;
  readonly read: ParsedNumeral;
}

function openedMarker(
  { line, at, read }: Opening,
  end: number,
  family: MarkerFamily,
  strength: MarkerStrength,
): ParsedMarker {
  return markerOf({ line, at, end, family, read, strength });
}

/** 1. 1． 1、 1） 1.1 1.2.3 and the bare 1 before a blank. There may be more than one reading: 1.2026年 … */
function readArabic(line: string, at: number): ParsedMarker[] {
  const read = readNumeral(line, at);
  if (!read || read.value > MAX_NUMBER) return [];
  const opening: Opening = { line, at, read };
  const { end } = read;
  const mark = line[end] ?? '';
  // 1\. as converters escape it in Markdown.
  if (mark === '\\' && (line[end + 1] === '.' || line[end + 1] === ')')) return readEscaped(opening);
  const spaced = afterSpacedMark(line, end);
  if (spaced > 0) return [openedMarker(opening, spaced, 'arabic', 'strong')];
  if (mark === '）' || mark === ')') {
    return readsAsWords(line, end + 1) ? [openedMarker(opening, end + 1, 'arabicParenthesis', 'strong')] : [];
  }
  if (mark !== '' && isBlank(mark.charCodeAt(0))) return readBeforeBlank(opening, mark);
  const bare = isBare(line, at, end) ? [openedMarker(opening, end, 'arabic', 'bare')] : [];
  if (mark === '') return bare;
  if ('.．、，,：:。'.includes(mark)) return [...bare, ...readPunctuated(opening, mark)];
  // Other dots that keyboards and converters produce: 1﹒ 1· 1•
  const dotted = DOTS.includes(mark) && startsWords(line, skipBlanks(line, end + 1));
  if (!dotted || !readsAsWords(line, end + 1)) return bare;
  return [openedMarker(opening, end + 1, 'arabic', mark === '﹒' ? 'strong' : 'plain')];
}

/** A figure before an escaped mark, `1\.` or `1\)`: what Markdown shows as 1. without making it a list. */
function readEscaped(opening: Opening): ParsedMarker[] {
  const { line, read } = opening;
  const end = read.end + 2;
  if (!readsAsWords(line, end)) return [];
  return [openedMarker(opening, end, line[end - 1] === '.' ? 'arabic' : 'arabicParenthesis', 'strong')];
}

/** A bare figure before a blank begins a section only in decimal numbering: 1　总则. */
function readBeforeBlank(opening: Opening, blank: string): ParsedMarker[] {
  const { line, at, read } = opening;
  const found: ParsedMarker[] = [];
  const after = skipBlanks(line, read.end);
  // 4 and a blank, with nothing after it, can only continue an existing list.
  if (read.value < 100 && after >= line.length && /^[\s#*>]*$/.test(line.slice(0, at))) {
    found.push(openedMarker(opening, read.end, 'decimal', 'weak'));
  }
  const words =
    isHan(line.charCodeAt(after)) ||
    /^[（(][删刪]除[）)]$/.test(line.slice(after).trimEnd()) ||
    (blank === '\u3000' && /^(?:[12]\d{3}年|[“《「])/.test(line.slice(after, after + 5)));
  if (words && readsAsWords(line, after) && !looksTabular(line, after)) {
    found.push(openedMarker(opening, read.end, 'decimal', 'weak'));
  }
  return found;
}

/** A figure before one of .．、，,：:。, by itself or as the first of 1.1 and 1.2.3. */
function readPunctuated(opening: Opening, mark: string): ParsedMarker[] {
  const { line, at, read } = opening;
  const found: ParsedMarker[] = [];
  const after = read.end + 1;
  const isDot = mark === '.' || mark === '．';
  const figureFollows = isDigit(line.charCodeAt(after)) || isFullWidthDigit(line.charCodeAt(after));
  if (isDot && figureFollows) {
    const decimal = readDecimal(line, at, read);
    if (decimal) found.push(decimal);
    if (decimal && decimal.strength !== 'weak') return found;
  }
  if (read.numeral === 'arabic' && read.value >= 100 && !isDot && mark !== '、') return found;
  if (!readsAsWords(line, after) || (figureFollows && (mark === ',' || mark === ':'))) return found;
  let strength: MarkerStrength = isDot || mark === '、' ? 'strong' : 'weak';
  // A slip of the input method, 1。提高认识 or 1，提高认识; inside a line it ends a sentence.
  if ((mark === '。' || mark === '，') && isHan(line.charCodeAt(after)) && line.slice(0, at).trim() === '') {
    // A lone 1 may be the end of a number that was broken over two lines.
    strength = read.value === 1 ? 'weak' : 'plain';
  }
  // 3、2026年重点工作 is a heading, 3、5天 is not.
  if (figureFollows && !/^[12]\d{3}[—-]?\d{0,4}年/.test(line.slice(after, after + 10))) strength = 'weak';
  found.push(openedMarker(opening, after, 'arabic', strength));
  return found;
}

const DOTS = '﹒·•‧・｡';

/** What the numeral before it counts or measures. */
const MEASURES =
  /^[年月日号號时時点點分秒个個名人位户戶口亩畝项項家条條件次批届屆倍成周岁歲层層级級期类類种種吨噸米里度元角万萬亿億千百十多余餘大]/;

/**
 * Whether a numeral is at the line start and directly followed by the words of a title: 2重点任务, with its mark forgotten.
 */
function isBare(line: string, at: number, end: number): boolean {
  if (line.slice(0, at).trim() !== '') return false;
  const rest = line.slice(end, end + 41);
  // 41“一网通办”：……, an entry of a glossary.
  if (/^[“《][^”》]{1,24}[”》][^，。；]{0,12}[：:]/.test(rest)) return true;
  if (!isHan(line.charCodeAt(end)) && !/^(?:[“《]|[12]\d{3}年)/.test(rest)) return false;
  return rest.length <= 40 && !/[。；]/.test(rest) && !MEASURES.test(rest);
}

/** Whether the line seems to contain more than one cell: a tab, or wide gaps twice. */
function looksTabular(line: string, at: number): boolean {
  const rest = line.slice(at, at + 80);
  return rest.includes('\t') || /\S(?: {2,}|\u3000{2,})\S.*\S(?: {2,}|\u3000{2,})\S/.test(rest);
}

/** Whether a title may begin at `at`: 响应, Ⅰ级响应, GIS系统, “一网通办”; not a table's next figure. */
function startsWords(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  if (isHan(code)) return true;
  const opens = isLatin(code) || (code >= 0x2160 && code <= 0x217f) || '“《「（'.includes(line[at] ?? '?');
  return opens && readsAsWords(line, at);
}

function readDecimal(line: string, at: number, first: ParsedNumeral): ParsedMarker | undefined {
  const path = [first.value];
  let end = first.end;
  while (path.length < 5 && (line[end] === '.' || line[end] === '．')) {
    const next = readNumeral(line, end + 1);
    if (!next || next.numeral !== first.numeral) break;
    if (next.value > 99) return undefined;
    path.push(next.value);
    end = next.end;
  }
  if (path.length < 2 || isDate(path)) return undefined;
  const numeralEnd = end;
  if ('.．、'.includes(line[end] ?? '?')) end++;
  const next = line.charCodeAt(end);
  const value = path[path.length - 1] as number;
  let strength: MarkerStrength;
  if (Number.isNaN(next)) strength = 'weak';
  else if (isBlank(next)) strength = startsWords(line, skipBlanks(line, end)) ? 'plain' : 'weak';
  else if (isHan(next) || '“《「（'.includes(line[end] as string)) strength = path.length > 2 ? 'plain' : 'weak';
  else return undefined;
  if (!readsAsWords(line, end)) return undefined;
  return markerOf({
    line,
    at,
    end,
    family: 'decimal',
    read: { value, numeral: first.numeral },
    numeralEnd,
    strength,
    path,
  });
}

/** 97.6.6 and 103.12.28 are dates of the Republic of China; no section is preceded by so many. */
function isDate([year = 0, month = 0, day = 0, ...rest]: readonly number[]): boolean {
  return rest.length === 0 && year >= 50 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const YI_VERBS = new Map<string, MarkerFamily>([
  ['是', 'yishi'],
  ['则', 'yishi'],
  ['則', 'yishi'],
  ['要', 'yiyao'],
]);

/** 一、 一. 一是 一要 一方面 and the bare 一 before a blank. */
function readChinese(line: string, at: number): ParsedMarker | undefined {
  const read = readNumeral(line, at);
  if (!read || read.value > MAX_NUMBER) return undefined;
  const opening: Opening = { line, at, read };
  const { end } = read;
  const mark = line[end] ?? '';
  if (mark === '') return undefined;
  const spaced = afterSpacedMark(line, end);
  if (spaced > 0) return openedMarker(opening, spaced, chineseFamily(read), 'strong');
  // 四 是: a blank left by a converter.
  const verbAt = mark === ' ' && line[end + 1] === '是' ? end + 1 : end;
  const verb = YI_VERBS.get(line[verbAt] ?? '');
  if (verb) return readBeforeVerb(opening, verb, verbAt);
  if (mark === '方' && line[end + 1] === '面' && read.value === 1) {
    return openedMarker(opening, end + 2, 'yifang', 'plain');
  }
  if (mark === '）' || mark === ')') return openedMarker(opening, end + 1, 'chineseBracket', 'weak');
  if ('、.．，,：:'.includes(mark)) {
    return openedMarker(opening, end + 1, chineseFamily(read), strengthBefore(opening, mark));
  }
  const after = skipBlanks(line, end);
  if (isBlank(mark.charCodeAt(0)) && isHan(line.charCodeAt(after))) {
    // 一　工作回顾 on a line of its own; 一　般　规　定 is one letter-spaced word.
    const title =
      mark === '\u3000' &&
      isHan(line.charCodeAt(after + 1)) &&
      /^[^，。；]{2,30}$/.test(line.slice(after, after + 40).trimEnd());
    return openedMarker(opening, end, 'chinese', title ? 'plain' : 'weak');
  }
  return isBare(line, at, end) ? openedMarker(opening, end, 'chinese', 'bare') : undefined;
}

function chineseFamily({ numeral }: ParsedNumeral): MarkerFamily {
  return numeral === 'traditional' ? 'formal' : 'chinese';
}

/** 一是 一要, with the verb at `verbAt`. */
function readBeforeVerb(opening: Opening, family: MarkerFamily, verbAt: number): ParsedMarker | undefined {
  const { line, read } = opening;
  // 一是一、二是二 and 一要务 are words.
  const isWord = line[read.end] === '要' && /^[务素点點]/.test(line.slice(read.end + 1, read.end + 2));
  if (read.value > 30 || isWord) return undefined;
  const end = verbAt + 1;
  const mark = line[end];
  const isMarked = mark === '、' || mark === '，' || mark === ':' || mark === '：';
  const strength = verbAt === read.end && !isMarked ? 'strong' : 'plain';
  return openedMarker(opening, mark === '、' ? end + 1 : end, family, strength);
}

/** How surely a Chinese numeral before `mark` is a marker. */
function strengthBefore({ line, read }: Opening, mark: string): MarkerStrength {
  const next = readNumeral(line, read.end + 1);
  if (next) {
    // 三、四十年前 and 五、六百人 are counts, too.
    if (isApproximate(read.value, next.value) && MEASURES.test(line.slice(next.end))) return 'weak';
    // 二、三产业 does not enumerate; 一、二〇二五年工作 does, and its numeral was not read.
    const goesOn = next.value === read.value + 1 && next.numeral === read.numeral;
    if (goesOn && !'年十'.includes(line[next.end] ?? '?')) return 'weak';
  }
  return mark === '、' ? 'strong' : mark === '.' || mark === '．' ? 'plain' : 'weak';
}

/** Whether the pair is an approximate number: 三、四十 is some thirty or forty, likewise hundreds. */
function isApproximate(first: number, second: number): boolean {
  return first < 10 && [10, 100, 1000].includes(second / (first + 1));
}

/** ① ⑴ ⒈ ㈠ Ⅰ. */
function readSingle(line: string, at: number): ParsedMarker | undefined {
  const single = parseSingleNumeral(line.charCodeAt(at));
  if (!single) return undefined;
  const next = line[at + 1] ?? '';
  let end = at + 1;
  if (single.kind === 'roman') {
    const marked = '.．、：:'.includes(next) && next !== '';
    if (!marked && !isBlank(next.charCodeAt(0))) return undefined;
    if (marked) end++;
    const read = { value: single.value, numeral: 'roman' as const };
    return markerOf({
      line,
      at,
      end,
      family: 'roman',
      read,
      numeralEnd: at + 1,
      strength: marked ? 'strong' : 'weak',
    });
  }
  if ('、.．'.includes(next) && next !== '') end++;
  const family: MarkerFamily =
    single.kind === 'circled'
      ? 'circled'
      : single.kind === 'bracketed'
        ? 'arabicBracket'
        : single.kind === 'pointed'
          ? 'arabic'
          : 'chineseBracket';
  const found = markerOf({
    line,
    at,
    end,
    family,
    read: { value: single.value, numeral: 'circled' },
    numeralEnd: at + 1,
    strength: 'strong',
  });
  return {
    ...found,
    shape: found.shape.replace(
      '#',
      { circled: '#', bracketed: '⑴', pointed: '⒈', bracketedChinese: '㈠' }[single.kind],
    ),
  };
}

/** A. and a. are two systems: one of them numbers the items of the other. */
const latinOf = (code: number): NumeralSystem => (code >= 0x61 ? 'latin' : 'upperLatin');

/** 甲、 A. a) I. */
function readLetter(line: string, at: number): ParsedMarker[] {
  const stem = STEMS.indexOf(line[at] as string);
  const found: ParsedMarker[] = [];
  if (stem >= 0) {
    if ('、.．'.includes(line[at + 1] ?? '?')) {
      const strength = line[at + 1] === '、' && STEMS.includes(line[at + 2] ?? '?') ? 'weak' : 'plain';
      found.push(
        markerOf({
          line,
          at,
          end: at + 2,
          family: 'stem',
          read: { value: stem + 1, numeral: 'stem' },
          numeralEnd: at + 1,
          strength,
        }),
      );
    }
    return found;
  }
  let end = at;
  while (end - at < 4 && isLatin(line.charCodeAt(end))) end++;
  const mark = line[end] ?? '';
  if (!'.．、）)'.includes(mark) || mark === '') return found;
  const after = skipBlanks(line, end + 1);
  if (!isHan(line.charCodeAt(after)) && !'“《「'.includes(line[after] ?? '?')) return found;
  const letters = line.slice(at, end);
  const lower = letters === letters.toLowerCase();
  const roman = parseRoman(letters.toUpperCase());
  if (roman !== undefined && (lower || (letters === letters.toUpperCase() && mark !== '）' && mark !== ')'))) {
    found.push(
      markerOf({
        line,
        at,
        end: end + 1,
        // i. ii. iii. are the lowest level of items; I. II. III. begin chapters.
        family: lower ? 'latin' : 'roman',
        read: { value: roman, numeral: 'roman' },
        numeralEnd: end,
        strength: 'weak',
      }),
    );
  }
  if (end - at === 1) {
    const value = (line.charCodeAt(at) | 0x20) - 0x60;
    found.push(
      markerOf({
        line,
        at,
        end: end + 1,
        family: 'latin',
        read: { value, numeral: latinOf(line.charCodeAt(at)) },
        numeralEnd: end,
        strength: 'weak',
      }),
    );
  }
  return found;
}

const SEQUENCE_VALUES: readonly (readonly [string, number])[] = [
  ['首先', 1],
  ['其次', 2],
  ['再次', 3],
  ['再者', 3],
  ['最后', Number.POSITIVE_INFINITY],
  ['最後', Number.POSITIVE_INFINITY],
];

/** 首先，我代表县委…… and 最后，祝大家……: the speaker greets and thanks; nothing is enumerated. */
const SPEAKING =
  /^(?:(?:请|請)?(?:允许|允許|让|讓)?我(?!们|們)(?:谨|謹|仅|僅|还|還|想|再)?(?:代表|向|对|對|要?(?:感谢|感謝)|衷心|宣布|祝|表示)|(?:谨|謹|衷心|预祝|預祝|祝|感谢|感謝|再次|请允许|請允許|让我们|讓我們|向.{1,12}(?:表示|致以)))/;
const MAX_SPEAKING = 24;

/** 首先， 其次， 最后， 其一， 另一方面 */
function readWord(line: string, at: number): ParsedMarker | undefined {
  if (line.startsWith('另一方面', at)) {
    return markerOf({
      line,
      at,
      end: at + 4,
      family: 'yifang',
      read: { value: 2, numeral: 'word' },
      numeralEnd: at + 4,
      strength: 'plain',
    });
  }
  const mark = line[at + 2] ?? '';
  if (!'，,：:、'.includes(mark) || mark === '') return undefined;
  for (const [word, value] of SEQUENCE_VALUES) {
    if (line.startsWith(word, at)) {
      if (SPEAKING.test(line.slice(at + 3, at + 3 + MAX_SPEAKING))) return undefined;
      const strength = value === 1 ? 'plain' : 'weak';
      return markerOf({
        line,
        at,
        end: at + 3,
        family: 'sequence',
        read: { value, numeral: 'word' },
        numeralEnd: at + 2,
        strength,
      });
    }
  }
  if (line[at] === '其') {
    const numeral = readNumeral(line, at + 1);
    if (numeral && numeral.numeral === 'chinese') {
      return markerOf({
        line,
        at,
        end: numeral.end + 1,
        family: 'itemised',
        read: numeral,
        numeralAt: at + 1,
        strength: 'plain',
      });
    }
  }
  return undefined;
}

const NONE: readonly ParsedMarker[] = [];

/** For each UTF-16 unit 1 if a marker may begin with it. Most clauses begin with another, which is rejected at once. */
const OPENS = new Uint8Array(0x10000);
OPENS.fill(1, 0x30, 0x3a).fill(1, 0xff10, 0xff1a);
OPENS.fill(1, 0x41, 0x5b).fill(1, 0x61, 0x7b);
OPENS.fill(1, 0x2160, 0x32c0);
for (const character of `第首其再最另${CHINESE_NUMERALS}${STEMS}${[...CLOSING.keys()].join('')}`) {
  OPENS[character.charCodeAt(0)] = 1;
}

/** Whether a marker may begin with the UTF-16 unit `code`. */
export function opensMarker(code: number): boolean {
  return OPENS[code] === 1;
}

/**
 * Reads the possible markers in `line` at offset `at` (no blanks are skipped). Most offsets have none, some one, and
 * 1.2026年… two: a decimal and an Arabic one.
 */
export function readMarkers(line: string, at: number): readonly ParsedMarker[] {
  const code = line.charCodeAt(at);
  if (!opensMarker(code)) return NONE;
  let one: ParsedMarker | undefined;
  if (code === 0x7b2c) one = readOrdinal(line, at);
  else if (isDigit(code) || isFullWidthDigit(code)) return readArabic(line, at);
  else if (CLOSING.has(line[at] as string)) one = readBracketed(line, at);
  else if (isChineseNumeral(code)) one = readChinese(line, at);
  else if (code >= 0x2160 && code <= 0x32bf) one = readSingle(line, at);
  else if (isLatin(code) || STEMS.includes(line[at] ?? '?')) return readLetter(line, at);
  else if (code === 0x9996 || code === 0x5176 || code === 0x518d || code === 0x6700 || code === 0x53e6) {
    one = readWord(line, at);
  }
  return one ? [one] : NONE;
}

/** Characters that look like the figures 1 and 0 in a sans-serif typeface, or to OCR. */
const LOOKALIKE_FIGURES = /^[lI|\dOo]{1,3}/;
/** Characters that look like the numerals 一 and 二. */
const LOOKALIKE_NUMERALS = new Map([...[...'—―－-ーｰ–'].map((dash): [string, number] => [dash, 1]), ['ニ', 2]]);
const MAX_PAGE_DIGITS = 4;

/**
 * Reads, at the line start, text that is a marker only if one of its characters was misread or a page number was glued
 * to it: l. （—） ニ、 84 内容 12一、总则. `sound` are the literal readings at the same offset. Only a list that such a marker
 * fits into can show whether it is one.
 */
export function readMisread(line: string, at: number, sound: readonly ParsedMarker[]): ParsedMarker[] {
  const code = line.charCodeAt(at);
  if (isDigit(code)) return readGlued(line, at, sound);
  const found: ParsedMarker[] = [];
  const bracketed = line[at] === '（' || line[at] === '(';
  const numeralAt = bracketed ? at + 1 : at;
  const numeral = LOOKALIKE_NUMERALS.get(line[numeralAt] ?? '');
  const figures = LOOKALIKE_FIGURES.exec(line.slice(numeralAt, numeralAt + 4))?.[0] ?? '';
  const misread = 'lookalike' as const;
  const add = (family: MarkerFamily, value: number, system: NumeralSystem, numeralEnd: number) => {
    const mark = line[numeralEnd] ?? '';
    const closed = bracketed ? mark === '）' || mark === ')' : '.．、'.includes(mark) && mark !== '';
    if (!closed || !startsWords(line, skipBlanks(line, numeralEnd + 1))) return;
    const read = { value, numeral: system };
    const marker = markerOf({
      line,
      at,
      end: numeralEnd + 1,
      family,
      read,
      numeralAt,
      numeralEnd,
      strength: 'weak',
    });
    found.push({ ...marker, misread });
  };
  if (numeral !== undefined) {
    add(bracketed ? 'chineseBracket' : 'chinese', numeral, 'chinese', numeralAt + 1);
  }
  if (figures !== '' && !/^\d+$/.test(figures)) {
    const value = Number(figures.replace(/[lI|]/g, '1').replace(/[Oo]/g, '0'));
    if (value > 0) add(bracketed ? 'arabicBracket' : 'arabic', value, 'arabic', numeralAt + figures.length);
  }
  return found;
}

/** 84 内容 may be 4 内容 after the page number 8, and 12一、 the marker 一、 after page 12. */
function readGlued(line: string, at: number, sound: readonly ParsedMarker[]): ParsedMarker[] {
  let digits = at;
  while (digits < line.length && digits - at < MAX_PAGE_DIGITS && isDigit(line.charCodeAt(digits))) digits++;
  const found: ParsedMarker[] = [];
  const misread = 'glued' as const;
  const decimal = sound.some(({ family }) => family === 'decimal');
  for (let start = at + 1; decimal && start < digits; start++) {
    if (line[start] === '0') continue;
    for (const marker of readArabic(line, start)) {
      if (marker.family === 'decimal') found.push({ ...marker, misread, strength: 'weak' });
    }
  }
  if (isChineseNumeral(line.charCodeAt(digits)) || '第（'.includes(line[digits] ?? '?')) {
    const marker = readMarkers(line, digits)[0];
    if (marker?.strength === 'strong') found.push({ ...marker, misread, strength: 'weak' });
  }
  return found;
}
