/**
 * Recognises the form of cross-references: 本办法第五条, 第三章第二节, 第十条第（三）项, 第五条至第八条, 第（一）至（三）项, 前两条, 第3.2条, 附件2. Whether one
 * means a place in this text is decided here as far as the words around it show; which place, in references.ts.
 */

import { isDigit } from '../text/characters';
import { parseChineseCount, parseChineseNumeral } from '../text/numerals';
import type { Resumable } from '../text/resumable';
import type { Span } from '../text/span';
import type { Analysis } from './analysis';
import { LineMemo } from './lineMemo';

export type ReferenceUnit =
  | 'volume'
  | 'part'
  | 'chapter'
  | 'division'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'attachment';

/** One step of a reference as written: 第三部分 and 第（二）条 in 第三部分第（二）条. */
export interface ParsedPart extends Span {
  readonly unit: ReferenceUnit;
  /** Its number; minus the count for 前条 (-1) and 前两条 (-2). The last figure of a decimal number. */
  readonly value: number;
  /** All figures of a decimal number: 第3.2条. */
  readonly path: readonly number[] | undefined;
  /** The second figure of 第十条之一. */
  readonly insertion: number | undefined;
  /** The numeral alone; empty for 前条. */
  readonly numeral: Span;
  /** Whether its number is in brackets like that of an item: 第（二）条. */
  readonly bracketed: boolean;
}

/** A reference as written. */
export interface ParsedReference extends Span {
  readonly parts: readonly ParsedPart[];
  /** Whether it certainly means this text: 本办法第五条, 见第三部分. */
  readonly own: boolean;
  /** Whether it means another text: 《…法》第五条, 民法典第五条. */
  readonly other: boolean;
  /** 本条, 本章 or 本部分 before it: it is inside the enclosing section. */
  readonly around: ReferenceUnit | undefined;
  /** 上述第（三）项: an item of the enclosing list. */
  readonly aboveSaid: boolean;
  /** 按照第九条, 违反第九条, in a line that has not named another text yet: inside a law it means that law. */
  readonly bare: boolean;
}

const CHINESE = '[一二三四五六七八九十百千零〇]{1,9}';
const NUMERAL = `(?:${CHINESE}|\\d{1,4})`;
const UNIT = '部分|编|編|章|节|節|条|條|款|项|項';
const PART = new RegExp(
  `第\\s?(?:（(${NUMERAL})）|\\((${NUMERAL})\\)|(${NUMERAL}))\\s?(${UNIT})(?:之([一二三四五六七八九十]{1,3}))?`,
  'y',
);
/** 第（一）至（三）项, 第五、六条, 第三至五部分: numbers that share the unit after the last of them. */
const ROW = new RegExp(
  `第\\s?((?:（${NUMERAL}）|\\(${NUMERAL}\\)|${NUMERAL})(?:(?:、|至|到|和|及|或)第?(?:（${NUMERAL}）|\\(${NUMERAL}\\)|${NUMERAL})){1,30})\\s?(${UNIT})`,
  'y',
);
const IN_ROW = new RegExp(`[（(]?(${NUMERAL})[）)]?`, 'g');
const DECIMAL = /第?(\d{1,2}(?:[.．]\d{1,2}){1,4})(?:\s?(部分|章|节|節|条|條|款|项|項))?/y;
const ATTACHMENT = new RegExp(`附[件录錄]\\s?(${NUMERAL})`, 'y');
const BEFORE = /前([一二两兩三四五六七八九])?([条條款])/y;

const UNITS: Readonly<Record<string, ReferenceUnit>> = {
  部分: 'part',
  编: 'volume',
  編: 'volume',
  章: 'chapter',
  节: 'division',
  節: 'division',
  条: 'article',
  條: 'article',
  款: 'paragraph',
  项: 'item',
  項: 'item',
};

/** Kinds of documents, as named in 本办法 and in the titles of other texts. */
const KINDS =
  '法|法典|典|宪法|憲法|办法|辦法|条例|條例|规定|規定|决定|決定|决议|決議|意见|意見|通知|通告|公告|方案|细则|細則|规则|規則|规划|規劃|纲要|綱要|章程|预案|預案|解释|解釋|制度|准则|準則|通则|通則|规程|規程|规范|規範|标准|標準|指引|指南|要点|要點|计划|計劃|公约|公約|协定|協定|修正案|合同|协议|協議|批复|批復|函|令|报告|報告|清单|清單|目录|目錄|文件|文';
/** 基本法 and 根本法 are words. */
const OWN = new RegExp(`(?<![基根])本(?:${KINDS}|讲话|講話|讲稿|发言|發言)(?:的)?$`);
const AROUND = /本(条|條|章|节|節|编|編|部分)(?:的|中)?$/;
const OTHER = new RegExp(`(?:[》”」』]|${KINDS}|[同该該])(?:[（(][^（）()]{0,30}[）)])?(?:的|中|中的)?$`);
const POINTING = /(?:见|見|详见|詳見|参见|參見|参照|參照)(?:本文)?$/;
const BY = /(?:按照?|依照|依据|依據|根据|根據)$/;
const APPLYING =
  /(?:按照?|依照?|依据|依據|根据|根據|违反|違反|违背|違背|符合|适用|適用|参照|參照|对照|對照|执行|執行|前述|不受|属于|屬於|有|由|除|对|對)$/;
/** A sentence begins, also right after the number of an article: 第四条　第二条规定的报告应当公开。 */
const SENTENCE_BEGINS =
  /(?:^|[。；！？\r\n])[\s\u3000*]{0,99}$|(?:^|[\r\n])[\s\u3000*#-]{0,99}第[一二三四五六七八九十百千零〇]{1,9}[条條](?:之[一二三四五六七八九十]{1,3})?[\s\u3000*]{1,99}$/;
/** Words that point to a part of the same text: 如第三部分所述, 对照第二部分, 我在第二部分已经讲到. */
const POINTING_TO_PART = /(?:如|对照|對照|按照|依照|参照|根据|结合|正如|我在|前面在|上面在)$/;
const SAID_IN_PART =
  /^(?:所述|所列|所讲|所说|所講|所說|(?:中|里|裡)?(?:已经?|已經|还|刚才)?(?:讲|講|提|谈|談|说|說)(?:到|过|過|了|的)|的(?:要求|部署|安排|规定))/;
const ABOVE_SAID = /(?:上述|前述|上列|以上)$/;
/** What may be between references that continue each other: 第五条、第六条和第七条至第九条. */
const JOINT = /^(?:、|，|和|及|以及|或|或者|至|到|与|與|第[一二三四五六七八九十]{1,3}[款项])?第?$/;

/** Maximum number of steps of a reference: 第三部分第二章第一节第五条第二款第（三）项. */
const MAX_PARTS = 12;
/** Distance within which an opening quotation mark is looked for. */
const MAX_DISTANCE = 400;

const NOWHERE: readonly number[] = [];
const NO_HEADS: ReadonlySet<number> = new Set();
/** Offsets in a line at which something has the form of a reference, whether or not a section begins there. */
const places = new LineMemo(
  (line) => {
    const found = beginnings(line).filter((at) => readAt(line, at, NO_HEADS));
    return found.length > 0 ? found : NOWHERE;
  },
  { signs: { triggers: ['第附前.．'] }, otherwise: NOWHERE },
);

const BEGINNING = /[第附前]|\d[.．](?=\d)/g;

/** Offsets of 第, 附, 前 or a figure with a point in it (with at most two digits before the point) in `line`, in order. */
function beginnings(line: string): number[] {
  const found: number[] = [];
  let done = 0;
  BEGINNING.lastIndex = 0;
  // The end of a match determines its start, so that no match object is needed.
  while (BEGINNING.test(line)) {
    const end = BEGINNING.lastIndex;
    const index = isPoint(line.charCodeAt(end - 1)) ? end - 2 : end - 1;
    if (index === end - 1) {
      found.push(index);
    } else if (index >= done) {
      found.push(index > done && isDigit(line.charCodeAt(index - 1)) ? index - 1 : index);
      done = index + 3;
    }
  }
  return found;
}

function isPoint(code: number): boolean {
  return code === 0x2e || code === 0xff0e;
}

/** Reads the lines of `analysis` incrementally, so that {@link referenceDrafts} then returns quickly. */
export function prepareReferences(analysis: Analysis): Resumable<void> {
  return places.prepare(analysis);
}

/** Reads what has the form of a reference in a text, at any offset that is not in `heads`, where sections begin. */
export function referenceDrafts(analysis: Analysis, heads: ReadonlySet<number>): ParsedReference[] {
  const { text, lines } = analysis;
  const drafts: ParsedReference[] = [];
  let done = 0;
  for (let line = 0; line < lines.count; line++) {
    for (const place of places.of(analysis, line)) {
      const start = lines.start(line) + place;
      if (start < done || heads.has(start)) continue;
      const rows = readAt(text, start, heads);
      if (!rows) continue;
      done = (rows.at(-1) as Steps).end;
      for (const steps of rows) drafts.push(inContext(text, steps, drafts.at(-1)));
    }
  }
  return drafts;
}

/** Which text a reference right after `before` means: this one, another one, or undetermined. */
export function ownerOf(before: string): 'own' | 'other' | 'open' {
  if (isQuoted(before)) return 'other';
  if (OWN.test(before) || AROUND.test(before)) return 'own';
  return OTHER.test(before) ? 'other' : 'open';
}

/**
 * Parses `words`, which must be exactly one reference, as if they were at `offset`; undefined if they are not one.
 * `own` says whether it certainly means this text.
 */
export function referenceDraftFrom(words: string, offset: number, own: boolean): ParsedReference | undefined {
  const shifted = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
  const parts: ParsedPart[] = [];
  let end = 0;
  for (let part = partAt(words, 0); part; part = partAt(words, end)) {
    end = part.end;
    parts.push({ ...part, ...shifted(part), numeral: shifted(part.numeral) });
  }
  if (parts.length === 0 || end < words.length) return undefined;
  return {
    start: offset,
    end: offset + end,
    parts,
    own,
    other: false,
    around: undefined,
    aboveSaid: false,
    bare: false,
  };
}

interface Steps extends Span {
  readonly parts: readonly ParsedPart[];
}

/** The reference at `start`, part by part; several if they share a unit: 第（一）至（三）项. */
function readAt(text: string, start: number, heads: ReadonlySet<number>): Steps[] | undefined {
  const rows = stepsAt(text, start, heads);
  return rows && (!isDigit(text.charCodeAt(start)) || isPointedAt(text, start)) ? rows : undefined;
}

/** A bare figure such as 3.2 is a reference only after words that point to it. */
function isPointedAt(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  return POINTING.test(before) || BY.test(before) || OWN.test(before);
}

function stepsAt(text: string, start: number, heads: ReadonlySet<number>): Steps[] | undefined {
  const parts: ParsedPart[] = [];
  let end = start;
  for (;;) {
    const row = rowAt(text, end);
    if (row) {
      const first = { start, end: (row[0] as ParsedPart).end, parts: [...parts, row[0] as ParsedPart] };
      return [first, ...row.slice(1).map((part) => ({ start: part.start, end: part.end, parts: [part] }))];
    }
    const part = partAt(text, end);
    if (!part || (parts.length > 0 && heads.has(part.start))) break;
    parts.push(part);
    end = part.end;
    if (parts.length === MAX_PARTS) break;
  }
  return parts.length > 0 ? [{ start, end, parts }] : undefined;
}

function inContext(text: string, { start, end, parts }: Steps, previous: ParsedReference | undefined): ParsedReference {
  const before = text.slice(Math.max(0, start - 40), start);
  const joined =
    previous !== undefined &&
    previous.end <= start &&
    start - previous.end < 12 &&
    JOINT.test(text.slice(previous.end, start));
  const around = AROUND.exec(before)?.[1];
  const named = OWN.test(before) || around !== undefined || pointsToPart(text, before, end, parts);
  const own = named || (joined ? previous.own : POINTING.test(before));
  // Between quotation marks the words belong to another text, such as the new wording of an amended law.
  const near = text.slice(Math.max(0, start - MAX_DISTANCE), start);
  const quoted = isQuoted(near);
  const other = quoted || (!named && (joined ? previous.other : OTHER.test(before)));
  const lineStart = start - near.length + near.lastIndexOf('\n') + 1;
  // A reference to another text named earlier in this line may continue without its name.
  const strange = previous !== undefined && previous.start >= lineStart && !previous.own && !previous.bare;
  const bare =
    !named && !other && !strange && (joined ? previous.bare : APPLYING.test(before) || SENTENCE_BEGINS.test(before));
  return {
    start,
    end,
    parts,
    own: own && !other,
    other,
    around: around === undefined ? (joined ? previous.around : undefined) : UNITS[around],
    aboveSaid: joined ? previous.aboveSaid : ABOVE_SAID.test(before),
    bare,
  };
}

/** Whether it is a part, as in 如第三部分所述 and 我在第二部分已经讲到, that is not said to be another text's. */
function pointsToPart(text: string, before: string, end: number, [first]: readonly ParsedPart[]): boolean {
  if (first?.unit !== 'part' || OTHER.test(before)) return false;
  return POINTING_TO_PART.test(before) || SAID_IN_PART.test(text.slice(end, end + 10));
}

function isQuoted(near: string): boolean {
  const before = near.slice(near.lastIndexOf('\n') + 1);
  return before.lastIndexOf('“') > before.lastIndexOf('”') || before.lastIndexOf('「') > before.lastIndexOf('」');
}

function rowAt(text: string, at: number): ParsedPart[] | undefined {
  ROW.lastIndex = at;
  const match = ROW.exec(text);
  if (!match) return undefined;
  const [whole, numbers = '', unit = ''] = match;
  const from = at + whole.indexOf(numbers, 1);
  const parts: ParsedPart[] = [];
  for (const one of numbers.matchAll(IN_ROW)) {
    const numeral = one[1] as string;
    const value = numberIn(numeral);
    if (value === undefined) return undefined;
    const start = from + one.index;
    const inner = start + one[0].indexOf(numeral);
    parts.push({
      start: parts.length === 0 ? at : start,
      end: start + one[0].length,
      unit: UNITS[unit] as ReferenceUnit,
      value,
      path: undefined,
      insertion: undefined,
      numeral: { start: inner, end: inner + numeral.length },
      bracketed: one[0].length > numeral.length,
    });
  }
  const last = parts.at(-1);
  if (last) parts[parts.length - 1] = { ...last, end: at + whole.length };
  return parts;
}

function partAt(text: string, at: number): ParsedPart | undefined {
  DECIMAL.lastIndex = at;
  const decimal = DECIMAL.exec(text);
  if (decimal) return decimalPart(decimal, at, text[at + decimal[0].length] ?? '');
  PART.lastIndex = at;
  const part = PART.exec(text);
  if (part) {
    const [whole, bracketed, halfBracketed, bare, unit = '', insertion] = part;
    const numeral = bracketed ?? halfBracketed ?? bare ?? '';
    const value = numberIn(numeral);
    if (value === undefined) return undefined;
    const numeralStart = at + whole.indexOf(numeral, 1);
    return {
      start: at,
      end: at + whole.length,
      unit: UNITS[unit] as ReferenceUnit,
      value,
      path: undefined,
      insertion: insertion === undefined ? undefined : numberIn(insertion),
      numeral: { start: numeralStart, end: numeralStart + numeral.length },
      bracketed: bare === undefined,
    };
  }
  ATTACHMENT.lastIndex = at;
  const attachment = ATTACHMENT.exec(text);
  if (attachment) {
    const [whole, numeral = ''] = attachment;
    const end = at + whole.length;
    const value = numberIn(numeral);
    if (value === undefined || value > 99) return undefined;
    return simplePart(at, end, 'attachment', value, { start: end - numeral.length, end });
  }
  BEFORE.lastIndex = at;
  const before = BEFORE.exec(text);
  if (!before) return undefined;
  const [whole, count, unit = ''] = before;
  const end = at + whole.length;
  const value = count === undefined ? 1 : (parseChineseCount(count) as number);
  return simplePart(at, end, UNITS[unit] as ReferenceUnit, -value, { start: end, end });
}

/** 3.2 of 第3.2条 and 见3.2. A figure followed by a measure is not a reference. */
function decimalPart(match: RegExpExecArray, at: number, next: string): ParsedPart | undefined {
  const [whole, figures = '', unit] = match;
  const ordinal = whole.startsWith('第');
  if (ordinal ? unit === undefined : unit === undefined && !/^[的所、，。；）)及和至规規]?$/.test(next))
    return undefined;
  const path = figures.split(/[.．]/).map(Number);
  const start = at + (ordinal ? 1 : 0);
  return {
    ...simplePart(at, at + whole.length, UNITS[unit ?? '条'] as ReferenceUnit, path.at(-1) as number, {
      start,
      end: start + figures.length,
    }),
    path,
  };
}

function simplePart(start: number, end: number, unit: ReferenceUnit, value: number, numeral: Span): ParsedPart {
  return { start, end, unit, value, path: undefined, insertion: undefined, numeral, bracketed: false };
}

/** The number that `numeral` shows in Chinese or in figures; undefined if it is not a number. */
export function numberIn(numeral: string): number | undefined {
  return /^\d+$/.test(numeral) ? Number(numeral) || undefined : parseChineseNumeral(numeral);
}
