/**
 * Finds the gaps a writer left to be filled: ** × XX ○○ 某某 ____ 〔待补〕 {{…}}. Each function looks at one line and is
 * called at a character that can begin a gap, so that a line without such characters costs nothing.
 */
import { isBlank, isDigit, isFullWidthDigit, isHan, isLatin } from '../text/characters';
import { isChineseNumeral } from '../text/numerals';
import type { PlaceholderKind } from './kinds';

/** A gap in a line; offsets count from the start of the line. */
export interface ParsedPlaceholder {
  readonly at: number;
  readonly end: number;
  readonly kind: PlaceholderKind;
}

/** The characters at which {@link placeholderAt} must be asked. Asterisks are read by {@link asteriskGaps}. */
export const PLACEHOLDER_STARTS = '×XxＸｘ○〇◯某_＿【〔［[（({';

/** What a single × or X stands before when it means "to be filled": ×月×日, X省, ×同志. */
const COUNTED = new Set('年月日时分省市县區区镇鎮乡鄉村街号號届屆次个個名人户戶亩万萬亿億元项項家条條局厅廳委局某同');
const PENDING =
  /^(?:待|需|尚待|有待|请|請)(?:进一步|進一步|再)?(?:补|補|核|定|填|查|确认|確認|完善|更新|落实|落實|细化|細化|明确|明確|商|续|續|议|議|提供)/;
/** 数据待核实, 名单待补: what is waited for stands before it. */
const AWAITED = /^[\u4e00-\u9fff]{1,6}待(?:核实|核實|核对|核對|核定|补充|補充|补|補|填|填写|填寫|确认|確認|定|更新)$/;
const HERE = /^此[处處](?:待|需|应|應|请|請|填|补|補|插|加|写|寫|略去)/;
const TODO = /^(?:TODO|TBD|FIXME)\b/i;
/** What is waited for has so many characters at most, and 待. */
const AWAITED_WITHIN = 7;
/** The characters that the others begin with. */
const NOTE_STARTS = '待需尚有请請此TtFf';
const CLOSE: Record<string, string> = { '【': '】', '〔': '〕', '［': '］', '[': ']', '（': '）', '(': ')' };
const MAX_NOTE_LENGTH = 60;
const MAX_TEMPLATE_LENGTH = 100;

const GAP_UNITS = new Set(`${PLACEHOLDER_STARTS}*＊】〕］])）}`);

/** False where `offset` surely is neither in nor at a gap of `text`; a long note or template is found by its ends. */
export function mayBeGap(text: string, offset: number): boolean {
  if (GAP_UNITS.has(text[offset] ?? '') || GAP_UNITS.has(text[offset - 1] ?? '')) return true;
  const from = offset - MAX_NOTE_LENGTH;
  const before = text.slice(Math.max(0, from), offset);
  const opened = before.search(/[【〔［[（({][^【〔［[（({】〕］\])）}\r\n]*$/);
  return opened >= 0;
}

function runEnd(line: string, at: number, same: (code: number) => boolean): number {
  let end = at + 1;
  while (end < line.length && same(line.charCodeAt(end))) end++;
  return end;
}

const isCross = (code: number) => code === 0xd7;
const isLetterX = (code: number) => code === 0x58 || code === 0xff38;
const isSmallX = (code: number) => code === 0x78 || code === 0xff58;
const isCircle = (code: number) => code === 0x25cb || code === 0x3007 || code === 0x25ef;
const isUnderscore = (code: number) => code === 0x5f || code === 0xff3f;
const isPercent = (character: string | undefined) => character === '%' || character === '％';
const isAnyDigit = (code: number) => isDigit(code) || isFullWidthDigit(code);

/** Reads the placeholder that begins at `at` in `line`; undefined where the characters mean something else. */
export function placeholderAt(line: string, at: number): ParsedPlaceholder | undefined {
  const code = line.charCodeAt(at);
  const before = at > 0 ? line.charCodeAt(at - 1) : 0x20;
  if (isCross(code)) {
    const end = runEnd(line, at, isCross);
    const after = line.charCodeAt(end);
    if (end - at > 1) {
      return isAnyDigit(before) && isAnyDigit(after) ? undefined : { at, end, kind: 'cross' };
    }
    // 480毫米×140毫米, 长×宽×高 and 3×5 multiply; ×月×日 is a gap.
    if (isAnyDigit(before) || isLatin(before) || isAnyDigit(after)) return undefined;
    return COUNTED.has(line[end] ?? '?') || isPercent(line[end]) ? { at, end, kind: 'cross' } : undefined;
  }
  if (isLetterX(code) || isSmallX(code)) {
    const end = runEnd(line, at, isLetterX(code) ? isLetterX : isSmallX);
    const after = line.charCodeAt(end);
    if (isLatin(before) || isLatin(after)) return undefined;
    if (end - at > 1) {
      // XX月, 20XX年, 第XX届; a lone xx between figures or marks of a formula is none.
      const filled = isHan(after) || isHan(before) || /[“”《》（）()、，。：；\-—]/.test(line[end] ?? '。');
      return filled ? { at, end, kind: 'latinX' } : undefined;
    }
    if (isSmallX(code) || isAnyDigit(before)) return undefined;
    // 增长X%, 投资X亿元: the figure is to come.
    const figure = isHan(before) && ('亿億万萬元'.includes(line[end] ?? '?') || isPercent(line[end]));
    return figure || '年月日省市县区镇乡村号'.includes(line[end] ?? '?') ? { at, end, kind: 'latinX' } : undefined;
  }
  if (isCircle(code)) {
    const end = runEnd(line, at, isCircle);
    if (end - at < 2) return undefined;
    // 二○○四年, 一○○周年: a figure stands beside the noughts.
    const numeral = (c: number) => isAnyDigit(c) || isChineseNumeral(c);
    return numeral(before) || numeral(line.charCodeAt(end)) ? undefined : { at, end, kind: 'circle' };
  }
  if (code === 0x67d0) {
    const end = runEnd(line, at, (c) => c === 0x67d0);
    return end - at > 1 ? { at, end, kind: 'mou' } : undefined;
  }
  if (isUnderscore(code)) {
    const end = runEnd(line, at, isUnderscore);
    if (end - at < 2) return undefined;
    const after = line.charCodeAt(end);
    const inWord = (c: number) => isLatin(c) || isDigit(c);
    return end - at < 4 && (inWord(before) || inWord(after)) ? undefined : { at, end, kind: 'underscore' };
  }
  if (code === 0x7b) {
    if (line[at + 1] !== '{') return undefined;
    const close = line.slice(at + 2, at + 2 + MAX_TEMPLATE_LENGTH).indexOf('}}');
    return close > 0 ? { at, end: at + close + 4, kind: 'template' } : undefined;
  }
  const closing = CLOSE[line[at] as string];
  if (closing !== undefined) {
    // Brackets are many and notes few: most are told by the first characters behind them.
    let from = at + 1;
    while (from < line.length && isBlank(line.charCodeAt(from))) from++;
    if (!NOTE_STARTS.includes(line[from] ?? '?') && !line.slice(from, from + AWAITED_WITHIN).includes('待')) {
      return undefined;
    }
    const window = line.slice(at + 1, at + 1 + MAX_NOTE_LENGTH);
    const close = window.indexOf(closing);
    if (close < 0) return undefined;
    const note = window.slice(0, close).trim();
    if (!PENDING.test(note) && !AWAITED.test(note) && !HERE.test(note) && !TODO.test(note)) return undefined;
    // （请补充说明理由。） is an instruction in a sentence; a note to oneself is short.
    return note.length <= 24 ? { at, end: at + close + 2, kind: 'bracket' } : undefined;
  }
  return undefined;
}

/** A run of asterisks, plain or full-width. */
interface Run {
  readonly at: number;
  readonly end: number;
}

const isAsterisk = (code: number) => code === 0x2a || code === 0xff0a;

function runsOf(line: string, from: number): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < line.length; at++) {
    if (!isAsterisk(line.charCodeAt(at))) continue;
    const end = runEnd(line, at, isAsterisk);
    runs.push({ at, end });
    at = end - 1;
  }
  return runs;
}

/**
 * Reads the asterisks of a line from offset `from`. `headings` are the offsets where a heading's words or its marker
 * begin: in `policytext` a pair of ** is emphasis where it wraps the whole line or the whole heading, in `markdown`
 * wherever it reads better as emphasis than as two gaps. Every other run in prose is a gap.
 */
export function asteriskGaps(
  line: string,
  from: number,
  markdown: boolean,
  headings: ReadonlySet<number>,
): readonly ParsedPlaceholder[] {
  const text = line.trim();
  if (text.length < 100 && /^[*＊\s]{3,}$/.test(text) && (markdown || text.length >= 5 || /\s/.test(text))) {
    return []; // a rule across the page: * * *
  }
  const inCode = codeSpans(line, markdown);
  const runs = runsOf(line, from).filter((run) => !inCode(run.at) && mayBeFilled(line, run, from));
  const pairCost = markdown
    ? (open: Run, close: Run) => emphasisCost(line, open, close)
    : (open: Run, close: Run) => (wrapsHeading(line, from, open, close, headings) ? 0 : Number.POSITIVE_INFINITY);
  return gapsAmong(line, runs, pairCost).map(({ at, end }) => ({ at, end, kind: 'asterisk' }));
}

/** False for asterisks that are no gap whatever stands around them: bullets, footnote marks, 5*3, a*b. */
function mayBeFilled(line: string, run: Run, from: number): boolean {
  const before = run.at > 0 ? line.charCodeAt(run.at - 1) : 0x20;
  const after = line.charCodeAt(run.end);
  // A bullet, or the mark of a footnote: *注：
  const note = isBlank(after) || /^[注备備]/.test(line.slice(run.end, run.end + 1));
  if (run.at === from && run.end - run.at === 1 && note) return false;
  return !(isAnyDigit(before) && isAnyDigit(after)) && !(isLatin(before) && isLatin(after));
}

const GAP_BEFORE_UNIT = 0.3;
const GAP_BEFORE_STOP = 0.6;
const GAP = 1;
const EMPHASIS = 0.5;
const EMPHASIS_FROM_UNIT = 0.4;
const EMPHASIS_FROM_STOP = 1.5;
const STOPS = '，。；、：！？）》”’,.;:%％|';

/** What it costs to read a run as a gap: little before what a figure or a name stands before, as in **亿元. */
function gapCost(line: string, run: Run): number {
  const after = line[run.end] ?? '。';
  return isPercent(after) || COUNTED.has(after) ? GAP_BEFORE_UNIT : STOPS.includes(after) ? GAP_BEFORE_STOP : GAP;
}

/** What it costs to read two runs as Markdown's emphasis; words in bold begin neither with a blank nor with a stop. */
function emphasisCost(line: string, open: Run, close: Run): number {
  const first = line[open.end] as string;
  if (isBlank(first.charCodeAt(0)) || isBlank(line.charCodeAt(close.at - 1))) return Number.POSITIVE_INFINITY;
  return EMPHASIS + (STOPS.includes(first) ? EMPHASIS_FROM_STOP : COUNTED.has(first) ? EMPHASIS_FROM_UNIT : 0);
}

/** The runs that are gaps in the cheapest reading of a line: each run is one, or emphasis together with the next. */
function gapsAmong(line: string, runs: readonly Run[], pairCost: (open: Run, close: Run) => number): Run[] {
  const costs = [0];
  const paired: boolean[] = [false];
  runs.forEach((run, index) => {
    const alone = (costs[index] as number) + gapCost(line, run);
    const open = runs[index - 1];
    const together =
      open && open.end - open.at === run.end - run.at && run.at > open.end
        ? (costs[index - 1] as number) + pairCost(open, run)
        : Number.POSITIVE_INFINITY;
    costs.push(Math.min(alone, together));
    paired.push(together <= alone);
  });
  const gaps: Run[] = [];
  for (let index = runs.length; index > 0; index--) {
    if (paired[index]) index--;
    else gaps.unshift(runs[index - 1] as Run);
  }
  return gaps;
}

/** Tells which offsets of a Markdown line lie inside a code span; asked with ascending offsets. */
function codeSpans(line: string, markdown: boolean): (at: number) => boolean {
  if (!markdown || !line.includes('`')) return () => false;
  const spans: Run[] = [];
  for (let open = line.indexOf('`'); open >= 0; ) {
    const close = line.indexOf('`', open + 1);
    if (close < 0) break;
    spans.push({ at: open, end: close });
    open = line.indexOf('`', close + 1);
  }
  let index = 0;
  return (at) => {
    while (index < spans.length && (spans[index] as Run).end < at) index++;
    const span = spans[index];
    return span !== undefined && span.at < at;
  };
}

/** True where the pair stands around a whole line, or around a heading that begins at one of `headings`. */
function wrapsHeading(line: string, from: number, open: Run, close: Run, headings: ReadonlySet<number>): boolean {
  const rest = line.slice(close.end).trim();
  if (from === open.at && rest === '' && close.at - open.end > 1) return true;
  if (!headings.has(open.at) && !headings.has(open.end)) return false;
  return (
    rest === '' ||
    /[。：:！？]/.test(line[close.at - 1] ?? '') ||
    /^[。：:\s]/.test(line.slice(close.end, close.end + 1))
  );
}
