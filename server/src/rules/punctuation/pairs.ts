/** Pairs quotes, brackets and title marks within a line, and finds those without a partner. */

import { isBlank, isDigit, isFullWidthDigit, isLatin } from '../../text/characters';
import { partitionPoint } from '../../text/partitionPoint';
import { foreignSpans, isInside } from '../prose';

/** A mark that opens or closes. `family` is an index into {@link FAMILIES}. */
export interface PairedMark {
  readonly offset: number;
  readonly family: number;
  readonly opens: boolean;
}

/** Two marks that belong together; `parent` is the pair around it. */
export interface MarkPair {
  readonly open: number;
  readonly close: number;
  readonly family: number;
  readonly parent: MarkPair | undefined;
}

/** Opening and closing mark of each family; half-width brackets pair with full-width ones. */
export const FAMILIES = ['“”', '‘’', '（）', '《》', '〈〉', '【】', '〔〕', '「」', '『』', '〖〗', '［］'] as const;
export const DOUBLE_QUOTES = 0;
export const SINGLE_QUOTES = 1;
export const BRACKETS = 2;
export const TITLES = 3;
export const INNER_TITLES = 4;
export const SIX_ANGLE = 6;
export const CORNER_QUOTES = 7;
export const WHITE_CORNER_QUOTES = 8;

/** Every character that can be part of a pair. */
export const PAIRED = `${FAMILIES.join('')}()`;

/** family * 2 + 1, plus 1 if the mark closes; 0 for every other character. */
const CODES = new Uint8Array(0x10000);
FAMILIES.forEach((marks, family) => {
  CODES[marks.charCodeAt(0)] = family * 2 + 1;
  CODES[marks.charCodeAt(1)] = family * 2 + 2;
});
CODES[0x28] = BRACKETS * 2 + 1;
CODES[0x29] = BRACKETS * 2 + 2;

/** Identifies a mark by its character; undefined for other characters. */
export function pairedMarkAt(text: string, offset: number): PairedMark | undefined {
  const code = CODES[text.charCodeAt(offset)];
  return code ? { offset, family: (code - 1) >> 1, opens: code % 2 === 1 } : undefined;
}

/** Maximum length of a quotation or a gloss, so that a single slip does not upset a text on one line. */
const REACH = 2500;
/** Number of marks examined to decide between two readings. */
const LOOK_AHEAD = 40;
const LOOK_BACK = 6;

export interface Pairing {
  /** In order of their opening marks. */
  readonly pairs: readonly MarkPair[];
  /** Marks without a partner in this line, in order. */
  readonly alone: readonly PairedMark[];
}

/** Result of a first look at a line. */
export interface PairGlance {
  /** Some mark may have no partner. */
  readonly uneven: boolean;
  /** Marks of one kind, or of its inner kind, are nested. */
  readonly nested: boolean;
}

const GLANCES: readonly PairGlance[] = [
  { uneven: false, nested: false },
  { uneven: true, nested: false },
  { uneven: false, nested: true },
  { uneven: true, nested: true },
];
const UNEVEN = 1;
const NESTED = 2;
/** Families that are not nested in themselves, and their inner ones. */
const INNER_OF: readonly number[] = [SINGLE_QUOTES, -1, -1, INNER_TITLES, -1, -1, -1, WHITE_CORNER_QUOTES, -1, -1, -1];
const DEPTH = 32;
const openFamilies = new Uint8Array(DEPTH);
const openOffsets = new Int32Array(DEPTH);
let glancedLine: string | undefined;
let glanced = GLANCES[0]!;

/**
 * Examines the marks of `line` without pairing them, which is enough for nearly all lines. If it reports nothing uneven
 * and nothing nested, {@link pairMarks} would give the same result.
 */
export function glanceAtPairs(line: string): PairGlance {
  if (line === glancedLine) return glanced;
  let result = 0;
  let depth = 0;
  for (let offset = 0; offset < line.length; offset++) {
    const code = CODES[line.charCodeAt(offset)]!;
    if (code === 0) continue;
    const family = (code - 1) >> 1;
    if (family === SINGLE_QUOTES && isApostrophe(line, offset)) continue;
    if (code % 2 === 0) {
      depth--;
      if (depth < 0 || openFamilies[depth] !== family || offset - openOffsets[depth]! > REACH) {
        result |= UNEVEN;
        break;
      }
      continue;
    }
    if (depth === DEPTH) {
      result |= UNEVEN;
      break;
    }
    const inner = INNER_OF[family]!;
    if (inner >= 0) {
      for (let at = 0; at < depth; at++) {
        if (openFamilies[at] === family || openFamilies[at] === inner) result |= NESTED;
      }
    }
    openFamilies[depth] = family;
    openOffsets[depth] = offset;
    depth++;
  }
  if (depth > 0) result |= UNEVEN;
  // Marks after the place where the look ended may be nested.
  if (result & UNEVEN) result |= NESTED;
  glanced = GLANCES[result]!;
  glancedLine = line;
  return glanced;
}

let lastLine: string | undefined;
let lastPairing: Pairing = { pairs: [], alone: [] };

/** Pairs the marks of `line`. Never throws; close to linear. */
export function pairMarks(line: string): Pairing {
  // Two rules query the same line one after the other.
  if (line !== lastLine) {
    lastPairing = pair(marksOf(line));
    lastLine = line;
  }
  return lastPairing;
}

function marksOf(line: string): PairedMark[] {
  const marks: PairedMark[] = [];
  const foreign = foreignSpans(line);
  for (let offset = 0; offset < line.length; offset++) {
    const mark = pairedMarkAt(line, offset);
    if (!mark || (foreign.length > 0 && isInside(foreign, offset))) continue;
    if (mark.family === SINGLE_QUOTES && isApostrophe(line, offset)) continue;
    if (
      mark.family === BRACKETS &&
      (isItemBracket(line, mark, marks) || isInterval(line, mark) || isReadingEnd(line, mark, marks))
    )
      continue;
    marks.push(mark);
  }
  return marks;
}

/** The stack of open marks decides; if it does not fit, the reading that leaves fewer marks unpaired. */
function pair(marks: readonly PairedMark[]): Pairing {
  const alone: PairedMark[] = [];
  const matched: { open: number; close: number; family: number }[] = [];
  const stack: PairedMark[] = [];
  for (let at = 0; at < marks.length; at++) {
    const mark = marks[at]!;
    if (stack.length > 0 && mark.offset - stack[0]!.offset > REACH) {
      const within = stack.findIndex((open) => mark.offset - open.offset <= REACH / 2);
      alone.push(...stack.splice(0, within < 0 ? stack.length : within));
    }
    if (mark.opens) {
      stack.push(mark);
      continue;
    }
    const depth = depthOf(stack, mark.family);
    if (depth < 0 || (depth > 0 && closesLater(marks, at + 1, stack.at(-1)!.family))) {
      alone.push(mark);
      continue;
    }
    for (let skipped = 0; skipped < depth; skipped++) alone.push(stack.pop()!);
    const open = stack.pop()!;
    matched.push({ open: open.offset, close: mark.offset, family: mark.family });
  }
  alone.push(...stack);
  alone.sort((a, b) => a.offset - b.offset);
  return { pairs: nested(matched), alone };
}

/** Number of open marks above the last one of `family`, or -1 if it is not open. */
function depthOf(stack: readonly PairedMark[], family: number): number {
  for (let depth = 0; depth < Math.min(stack.length, LOOK_BACK); depth++) {
    if (stack[stack.length - 1 - depth]!.family === family) return depth;
  }
  return -1;
}

/** Whether a mark of `family` that is open now is closed further on. */
function closesLater(marks: readonly PairedMark[], from: number, family: number): boolean {
  let open = 1;
  for (let at = from; at < Math.min(marks.length, from + LOOK_AHEAD); at++) {
    if (marks[at]!.family !== family) continue;
    open += marks[at]!.opens ? 1 : -1;
    if (open === 0) return true;
  }
  return false;
}

/** Assigns to each pair the innermost one around it. */
function nested(matched: { open: number; close: number; family: number }[]): MarkPair[] {
  matched.sort((a, b) => a.open - b.open);
  const around: MarkPair[] = [];
  const pairs: MarkPair[] = [];
  for (const { open, close, family } of matched) {
    while (around.length > 0 && around[around.length - 1]!.close < open) around.pop();
    const pair: MarkPair = { open, close, family, parent: around[around.length - 1] };
    around.push(pair);
    pairs.push(pair);
  }
  return pairs;
}

/** Distance before a ’ within which the ‘ that it closes is looked for, in words of another language. */
const MAX_QUOTED_LATIN = 60;

/** The ’ of a year of the last century or of the first decade of this one: ’98 and ’2003. */
const SHORT_YEAR = /^’(?:[789]\d|0\d|(?:19|20)\d\d)(?!\d)/;
const OPEN_SINGLE = /‘[^‘’]{0,40}$/;

/** The ’ of John’s, of ’80s and of ’98. */
function isApostrophe(line: string, offset: number): boolean {
  const before = line.charCodeAt(offset - 1);
  const after = line.charCodeAt(offset + 1);
  // Students’ Federation; ‘Belt and Road’ Initiative closes what it has opened.
  if (line[offset] === '’' && before === 0x73 && after === 0x20 && isLatin(line.charCodeAt(offset + 2))) {
    const near = line.slice(Math.max(0, offset - MAX_QUOTED_LATIN), offset);
    if (near.lastIndexOf('‘') <= near.lastIndexOf('’')) return true;
  }
  if ((isLatin(before) && isLatin(after)) || /^’\d0(?:年|s|后|後)/.test(line.slice(offset, offset + 4))) return true;
  // ’98 of a fair, unless a ‘ is open: ‘村村通’98户.
  return (
    SHORT_YEAR.test(line.slice(offset, offset + 6)) && !OPEN_SINGLE.test(line.slice(Math.max(0, offset - 41), offset))
  );
}

const ITEM =
  /(?:^|[\s，。；：、！？,;:（(“])(?:\d{1,3}|[０-９]{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,4})$/;

/** The bracket of 1） a) 一）, which closes without opening. */
function isItemBracket(line: string, mark: PairedMark, before: readonly PairedMark[]): boolean {
  if (mark.opens) return false;
  const code = line.charCodeAt(mark.offset - 1);
  if (
    !isDigit(code) &&
    !isFullWidthDigit(code) &&
    !isLatin(code) &&
    !'一二三四五六七八九十'.includes(line[mark.offset - 1] ?? ' ')
  ) {
    return false;
  }
  const open = before.at(-1);
  if (open?.opens && open.family === BRACKETS) return false;
  return ITEM.test(line.slice(Math.max(0, mark.offset - 5), mark.offset));
}

const TONED = /[a-z]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}$/i;

/** The bracket after a reading, as in 婺(wù), whose partner was lost to damage: it says nothing about the prose. */
function isReadingEnd(line: string, mark: PairedMark, before: readonly PairedMark[]): boolean {
  if (mark.opens || line[mark.offset] !== ')') return false;
  const open = before.at(-1);
  if (open?.opens && open.family === BRACKETS && mark.offset - open.offset < 9) return false;
  return TONED.test(line.slice(Math.max(0, mark.offset - 7), mark.offset));
}

/** A pair of numbers between brackets of two kinds. */
const INTERVAL =
  /^(?:[(（](?=[^)）]{0,38}\])|\[(?=[^\]]{0,38}[)）]))\s{0,2}[-－]?[\d.]{1,12}\s{0,2}[,，]\s{0,2}(?:[-+－＋]?[\d.]{1,12}|[-+－＋]?∞)\s{0,2}[)\]）]/;

/** The mathematical half-open interval (0,1]. */
function isInterval(line: string, mark: PairedMark): boolean {
  if (mark.opens) return INTERVAL.test(line.slice(mark.offset, mark.offset + 40));
  const near = line.slice(Math.max(0, mark.offset - 40), mark.offset + 1);
  const open = near.lastIndexOf('[');
  return open >= 0 && INTERVAL.test(near.slice(open));
}

/** The innermost of `pairs` (of one line, sorted) around `offset`. */
export function pairAround(pairs: readonly MarkPair[], offset: number): MarkPair | undefined {
  let pair = pairs[partitionPoint(pairs.length, (index) => pairs[index]!.open < offset) - 1];
  while (pair && pair.close <= offset) pair = pair.parent;
  return pair;
}

/** Whether a mark may open after the character before `offset`: a blank, the line's start, a stop or an opener. */
export function looksLikeOpening(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  return (
    Number.isNaN(before) ||
    before === 10 ||
    before === 13 ||
    isBlank(before) ||
    '，。；：、！？（《“‘【—,;:('.includes(text[offset - 1]!)
  );
}

/** Whether a mark may close before the character after `offset`: the line's end, a stop or a closer. */
export function looksLikeClosing(text: string, offset: number): boolean {
  const after = text[offset + 1];
  return after === undefined || '\n\r，。；：、！？）》”’】,.;:!?)'.includes(after);
}
