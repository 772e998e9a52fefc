/**
 * Finds the gaps a writer left to be filled: ** × XX ○○ 某某 ____ 〔待补〕 [金额] {{…}} ${…} <<…>>. Each function looks at one
 * line and is called at a character that can begin a gap, so that a line without such characters costs nothing. What
 * only the rest of the text can tell — a masked name, a form to be filled in by hand — is decided in
 * placeholderContext.ts.
 */
import { isBlank, isDigit, isFullWidthDigit, isHan, isLatin } from '../text/characters';
import { isChineseNumeral } from '../text/numerals';
import type { PlaceholderKind } from './kinds';

/** A gap in a line; offsets are relative to the start of the line. */
export interface ParsedPlaceholder {
  readonly at: number;
  readonly end: number;
  readonly kind: PlaceholderKind;
}

/** The characters at which {@link placeholderAt} must be called. Asterisks are read by {@link asteriskGaps}. */
export const PLACEHOLDER_STARTS = '×XxＸｘ○〇◯某_＿【〔［[（({$<';

/** What follows a single × or X that means "to be filled": ×月×日, X省, ×同志. */
const COUNTED = new Set('年月日时分省市县區区镇鎮乡鄉村街号號届屆次个個名人户戶亩万萬亿億元项項家条條局厅廳委局某同');
const PENDING =
  /^(?:待|需|尚待|有待|请|請)(?:进一步|進一步|再)?(?:补|補|核|定|填|查|确认|確認|完善|更新|落实|落實|细化|細化|明确|明確|商|续|續|议|議|提供)/;
/** 数据待核实, 名单待补: preceded by what is awaited. */
const AWAITED = /^[\u4e00-\u9fff]{1,6}待(?:核实|核實|核对|核對|核定|补充|補充|补|補|填|填写|填寫|确认|確認|定|更新)$/;
const HERE = /^此[处處](?:待|需|应|應|请|請|填|补|補|插|加|写|寫|略去)/;
const TODO = /^(?:TODO|TBD|FIXME)\b/i;
/** A field named in brackets, to be replaced by its value: [金额], 〔单位名称〕, {姓名}. */
const FIELD =
  /^(?:请填写|請填寫|填写|填寫|此处填|输入|輸入)?[\u4e00-\u9fff]{0,6}(?:金额|金額|姓名|名称|名稱|人名|地名|县名|市名|单位|單位|日期|时间|時間|地点|地點|数字|數字|数量|數量|数据|數據|数值|比例|人数|人數|百分比|年份|月份|地址|职务|職務|职位|文号|文號|编号|編號|标题|標題|电话|電話|联系人|聯繫人|联系方式|项目名|部门|部門)$/;
const MAX_FIELD_LENGTH = 12;
/** The name of a template field: ${name}, <<姓名>>. */
const FIELD_NAME = /^\s?[\w\u4e00-\u9fff][\w\u4e00-\u9fff .:/-]{0,38}$/;
/** Maximum number of characters up to and including 待. */
const AWAITED_WITHIN = 7;
/** The first characters of the others. */
const NOTE_STARTS = '待需尚有请請此TtFf';
const CLOSE: Record<string, string> = { '【': '】', '〔': '〕', '［': '］', '[': ']', '（': '）', '(': ')' };
/** Brackets that contain words of the text more often than notes about it. */
const PARENTHESES = '（(';
const MAX_NOTE_LENGTH = 60;
const MAX_TEMPLATE_LENGTH = 100;

/** This many underscores with nothing beside them are a rule. */
const MIN_RULE = 6;

const GAP_UNITS = new Set(`${PLACEHOLDER_STARTS}*＊】〕］])）}>`);

/** False if `offset` is certainly neither in nor at a gap of `text`; a long note or template is found by its ends. */
export function mayBeGap(text: string, offset: number): boolean {
  if (GAP_UNITS.has(text[offset] ?? '') || GAP_UNITS.has(text[offset - 1] ?? '')) return true;
  const from = offset - MAX_NOTE_LENGTH;
  const before = text.slice(Math.max(0, from), offset);
  const opened = before.search(/[【〔［[（({<][^【〔［[（({<】〕］\])）}>\r\n]*$/);
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
const isMou = (code: number) => code === 0x67d0;
/** Whether a gap that is a run of `code` would continue from `before`. */
function goesOn(code: number, before: number): boolean {
  if (isCross(code)) return isCross(before);
  if (isCircle(code)) return isCircle(before);
  if (isLetterX(code)) return isLetterX(before);
  if (isSmallX(code)) return isSmallX(before);
  if (isUnderscore(code)) return isUnderscore(before);
  return isMou(code) && isMou(before);
}
/** What follows a number at the start of a wrapped line: 〇〇倍, 〇〇公斤. */
const NUMBER_UNITS = '倍斤公吨噸万萬亿億元人里米亩畝千瓦个個年';
const isPercent = (character: string | undefined) => character === '%' || character === '％';
const isAnyDigit = (code: number) => isDigit(code) || isFullWidthDigit(code);

/** Reads the placeholder that begins at `at` in `line`; undefined if the characters mean something else. */
export function placeholderAt(line: string, at: number): ParsedPlaceholder | undefined {
  const code = line.charCodeAt(at);
  const before = at > 0 ? line.charCodeAt(at - 1) : 0x20;
  // A run is read at its start: a rule across the page is not read again at each of its characters.
  if (goesOn(code, before)) return undefined;
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
      // XX月, 20XX年, 第XX届; a lone xx between figures or marks of a formula is not a gap.
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
    // 二○○四年, 一○○周年: there is a figure beside the zeros. 二、○○○斤: thousands, which may be at a line start.
    const numeral = (c: number) => isAnyDigit(c) || isChineseNumeral(c) || isCircle(c);
    if (numeral(before) || numeral(line.charCodeAt(end))) return undefined;
    const first = at === line.length - line.trimStart().length;
    // 一四·〇〇亿元
    if ('．.·•・'.includes(line[at - 1] ?? '?') && numeral(line.charCodeAt(at - 2))) return undefined;
    if ('、，,．.·'.includes(line[at - 1] ?? '?')) {
      const whole =
        end - at === 3 && (numeral(line.charCodeAt(at - 2)) || at - 1 === line.length - line.trimStart().length);
      if (whole) return undefined;
    }
    if (first && NUMBER_UNITS.includes(line[end] ?? '?')) return undefined;
    if (line[end] === '、' && numeral(line.charCodeAt(end + 1)) && isCircle(line.charCodeAt(end + 1))) return undefined;
    return { at, end, kind: 'circle' };
  }
  if (isMou(code)) {
    const end = runEnd(line, at, isMou);
    return end - at > 1 ? { at, end, kind: 'mou' } : undefined;
  }
  if (isUnderscore(code)) {
    const end = runEnd(line, at, isUnderscore);
    if (end - at < 2) return undefined;
    // A signature line, or a rule across the page.
    if (end - at >= MIN_RULE && /^[_＿\s]+$/.test(line)) return undefined;
    const after = line.charCodeAt(end);
    const inWord = (c: number) => isLatin(c) || isDigit(c);
    return end - at < 4 && (inWord(before) || inWord(after)) ? undefined : { at, end, kind: 'underscore' };
  }
  if (code === 0x7b || code === 0x24 || code === 0x3c) return templateAt(line, at, code);
  const closing = CLOSE[line[at] as string];
  if (closing !== undefined) {
    const field = PARENTHESES.includes(line[at] as string) ? undefined : fieldAt(line, at, closing);
    if (field) return field;
    // Brackets are many and notes few: most are distinguished by the first characters after them.
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

/**
 * A template field at `at`: {{…}}, ${…}, <<…>>, {姓名}. A shortcode of a site generator, {{< video >}} or {{% … %}}, is
 * markup and not a gap.
 */
function templateAt(line: string, at: number, code: number): ParsedPlaceholder | undefined {
  const field = (from: number, closing: string): ParsedPlaceholder | undefined => {
    const close = line.slice(from, from + MAX_TEMPLATE_LENGTH).indexOf(closing);
    if (close <= 0) return undefined;
    const end = from + close + closing.length;
    const inner = line.slice(from, from + close);
    if (closing === '}}') return /^[<%]/.test(inner) ? undefined : { at, end, kind: 'template' };
    return FIELD_NAME.test(inner) ? { at, end, kind: 'template' } : undefined;
  };
  if (code === 0x24) return line[at + 1] === '{' ? field(at + 2, '}') : undefined;
  if (code === 0x3c) return line[at + 1] === '<' && line[at + 2] !== '<' ? field(at + 2, '>>') : undefined;
  if (line[at + 1] === '{') return field(at + 2, '}}');
  const close = line.slice(at + 1, at + 2 + MAX_FIELD_LENGTH).indexOf('}');
  return close > 0 && FIELD.test(line.slice(at + 1, at + 1 + close))
    ? { at, end: at + close + 2, kind: 'template' }
    : undefined;
}

/** A field named in brackets inside a sentence; 【会议时间】 at the start of a line is a caption, [金额](…) a link. */
function fieldAt(line: string, at: number, closing: string): ParsedPlaceholder | undefined {
  const close = line.slice(at + 1, at + 2 + MAX_FIELD_LENGTH).indexOf(closing);
  if (close <= 0 || !FIELD.test(line.slice(at + 1, at + 1 + close).trim())) return undefined;
  const end = at + close + 2;
  const after = line[end] ?? '';
  if ('：:'.includes(after) && after !== '') return undefined;
  if (line[at] === '[' && (after === '(' || after === '[')) return undefined;
  const captions = '【〔'.includes(line[at] as string);
  if (captions && (line.slice(0, at).trim() === '' || (isBlank(after.charCodeAt(0)) && after !== ''))) return undefined;
  return { at, end, kind: 'bracket' };
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
 * begin: in `policytext` a pair of ** is emphasis if it wraps the whole line or the whole heading, in `markdown`
 * wherever it reads better as emphasis than as two gaps. Every other run in prose is a gap.
 */
export function asteriskGaps(
  line: string,
  from: number,
  markdown: boolean,
  headings: ReadonlySet<number>,
): readonly ParsedPlaceholder[] {
  // A rule across the page, * * *, or a separator between two parts.
  if (line.length < 100 && /^[*＊\s]+$/.test(line)) return [];
  const inCode = codeSpans(line, markdown);
  const runs = runsOf(line, from).filter((run) => !inCode(run.at) && mayBeFilled(line, run, from, markdown));
  const pairCost = markdown
    ? (open: Run, close: Run) => emphasisCost(line, from, open, close)
    : (open: Run, close: Run) => (wrapsHeading(line, from, open, close, headings) ? 0 : Number.POSITIVE_INFINITY);
  return gapsAmong(line, runs, pairCost).map(({ at, end }) => ({ at, end, kind: 'asterisk' }));
}

/** Words after a note mark, at the start of a line or in it: *注：, *说明：. */
const NOTE = /^\s?(?:注|备注|備註|附注|附註|说明|說明|注释|註釋)\s?[:：]/;
/** A code in a table that refers to a note below it: 8630*. */
const CODE_BEFORE = /(?:^|[|\t\s])[\dA-Za-z.-]{1,12}$/;

/** False for asterisks that are not a gap in any context: bullets, note marks, \\*, 5*3, a*b, 8630*. */
function mayBeFilled(line: string, run: Run, from: number, markdown: boolean): boolean {
  const size = run.end - run.at;
  const before = run.at > 0 ? line.charCodeAt(run.at - 1) : 0x20;
  const after = line.charCodeAt(run.end);
  const rest = line.slice(run.end, run.end + 6);
  if (before === 0x5c || (size === 1 && NOTE.test(rest))) return false;
  const ends = line.slice(run.end).trim() === '';
  const unit = isPercent(rest[0]) || (COUNTED.has(rest[0] ?? '') && (rest[0] !== '同' || rest.startsWith('同志')));
  if (run.at === from && size === 1) {
    // A bullet, or a footnote mark: *“……, *同总理会谈; *本报评论* is emphasis.
    if (isBlank(after) || /^[注备備]/.test(rest)) return false;
    if (!unit && !isAsterisk(line.trimEnd().charCodeAt(line.trimEnd().length - 1))) return false;
  }
  // A footnote mark after a name in quotation marks.
  if (size === 1 && (before === 0x201d || before === 0x300d || before === 0x300b) && !unit) return false;
  // Emphasis over several lines begins or ends with this one.
  if (markdown && size === 2 && !unit && (run.at === from || ends) && !/[：:]/.test(line[run.at - 1] ?? '')) {
    if (!line.slice(from, run.at).includes('**') && !line.includes('**', run.end)) return false;
  }
  if (size <= 2 && (ends || isBlank(after) || after === 0x7c)) {
    if (CODE_BEFORE.test(line.slice(Math.max(0, run.at - 14), run.at))) return false;
  }
  return !(isAnyDigit(before) && isAnyDigit(after)) && !(isLatin(before) && isLatin(after));
}

const GAP_BEFORE_UNIT = 0.3;
const GAP_BEFORE_STOP = 0.6;
const GAP = 1;
const EMPHASIS = 0.5;
const EMPHASIS_FROM_UNIT = 0.85;
const EMPHASIS_FROM_STOP = 1.5;
const EMPHASIS_OF_SENTENCE = 0.2;
const SENTENCE_END = /[。！？]/;
const STOPS = '，。；、：！？）》”’,.;:%％|';

/** Cost of reading a run as a gap: low before words that follow a figure or a name, as in **亿元. */
function gapCost(line: string, run: Run): number {
  const after = line[run.end] ?? '。';
  return isPercent(after) || COUNTED.has(after) ? GAP_BEFORE_UNIT : STOPS.includes(after) ? GAP_BEFORE_STOP : GAP;
}

/** Asterisks beside a unit, as in **年**月, are hardly ever emphasis. */
const EMPHASIS_BETWEEN_UNITS = 1.5;

/**
 * Cost of reading two runs as Markdown emphasis; bold words begin neither with a blank nor with a stop, and a bold line
 * is a heading: **县长 王小明**.
 */
function emphasisCost(line: string, from: number, open: Run, close: Run): number {
  const first = line[open.end] as string;
  if (isBlank(first.charCodeAt(0)) || isBlank(line.charCodeAt(close.at - 1))) return Number.POSITIVE_INFINITY;
  const after = line[close.end] ?? '';
  const opensLine = line.slice(from, open.at).trim() === '';
  if (opensLine && (line.slice(close.end).trim() === '' || /[。：:！？]/.test(line[close.at - 1] ?? ''))) return 0;
  // Of a whole sentence, even if its first character is a unit: 增长。**市场充满活力。**人流
  if (SENTENCE_END.test(line[open.at - 1] ?? '') && SENTENCE_END.test(line[close.at - 1] ?? ''))
    return EMPHASIS_OF_SENTENCE;
  if (STOPS.includes(first)) return EMPHASIS + EMPHASIS_FROM_STOP;
  if (!COUNTED.has(first) && !isPercent(first)) return EMPHASIS;
  return isPercent(after) || COUNTED.has(after) ? EMPHASIS_BETWEEN_UNITS : EMPHASIS_FROM_UNIT;
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

/**
 * Returns a function that tells whether an offset of a Markdown line is inside a code span; call it with ascending
 * offsets.
 */
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

/** Whether the pair encloses a whole line, or a heading that begins at one of `headings`. */
function wrapsHeading(line: string, from: number, open: Run, close: Run, headings: ReadonlySet<number>): boolean {
  const rest = line.slice(close.end).trim();
  const opensLine = from === open.at || /^\s*[-+•·]\s+$/.test(line.slice(0, open.at));
  if (opensLine && rest === '' && close.at - open.end > 1) return true;
  if (!headings.has(open.at) && !headings.has(open.end)) return false;
  return (
    rest === '' ||
    /[。：:！？]/.test(line[close.at - 1] ?? '') ||
    /^[。：:\s]/.test(line.slice(close.end, close.end + 1))
  );
}
