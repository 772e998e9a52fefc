import type { MojibakePlace } from '../../repair/mojibake';
import type { Analysis } from '../../structure/analysis';
import { isBlank } from '../../text/characters';
import type { Message } from '../../text/message';
import { partitionPoint } from '../../text/partitionPoint';
import { Pace, type Resumable } from '../../text/resumable';
import type { Finding, Fix, LineRule, PlacedFinding } from '../rule';
import { damageOf, prepareDamage } from '../text/damage';
import {
  BRACKETS,
  CORNER_QUOTES,
  DOUBLE_QUOTES,
  FAMILIES,
  glanceAtPairs,
  INNER_TITLES,
  looksLikeClosing,
  looksLikeOpening,
  PAIRED,
  type PairedMark,
  pairedMarkAt,
  pairMarks,
  SINGLE_QUOTES,
  SIX_ANGLE,
  TITLES,
  WHITE_CORNER_QUOTES,
} from './pairs';

/** Maximum number of non-blank lines that a quotation, and any other pair, may span. */
const QUOTED_LINES = 40;
const OTHER_LINES = 12;
/** A mark of another family further away than this is not a wrong partner. */
const MAX_DISTANCE = 80;
/** A line with more unpaired marks than this is not prose, and nobody reads findings on it. */
const MAX_COUNT = 300;
/** Number of marks looked at between two yields. */
const MARKS_AT_ONCE = 500;
/** Number of characters of a speech after a colon that are examined. */
const MAX_SPEECH_LENGTH = 400;
/** Maximum usual length of a quoted phrase. */
const QUOTED_LENGTH = 40;
/** Inner families: ‘ ’ in “ ”, 〈 〉 in 《 》, 『 』 in 「 」. */
const INNER_OF: ReadonlyMap<number, number> = new Map([
  [SINGLE_QUOTES, DOUBLE_QUOTES],
  [INNER_TITLES, TITLES],
  [WHITE_CORNER_QUOTES, CORNER_QUOTES],
]);
/** Endings of titles of documents. */
const TITLE_END =
  /(?:办法|条例|规定|意见|通知|方案|规划|纲要|决定|细则|报告|计划|公报|章程|目录|法|辦法|條例|規定|意見|規劃|綱要|決定|細則|報告|計劃|公報)/g;
const STOP = /[，。；：、！？,;!?]/;
const STOPS_AT_END = /[。！？…]$/;

/** A mark without a partner in its line. */
interface LoneMark extends PairedMark {
  readonly line: number;
}

export const unpaired: LineRule = {
  id: 'punctuation.unpaired',
  scope: 'line',
  title: { zh: '引号、括号、书名号不成对', en: 'Quote, bracket or title mark without its partner' },
  reason: {
    zh: '引号、括号、书名号成对使用，缺了一半，读者看不出引用或注释到哪里为止。',
    en: 'These marks come in pairs; with one missing, the reader cannot tell where a quotation or a gloss ends.',
  },
  authority: { zh: 'GB/T 15834-2011 4.8、4.9、4.15', en: 'GB/T 15834-2011, 4.8, 4.9 and 4.15' },
  tier: 'standard',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '全面落实⟦“⟧三优先要求，推动青禾县各项工作走在前列。' },
      { text: '要牢记为民⟦”⟧宗旨，把实事办好。' },
      { text: '认真贯彻⟦《⟧云岭省河湖管理条例，压实各级河湖长责任。' },
      { text: '省级财政给予补助，每亩不超过300元⟦）⟧。各县配套解决（其余资金）。' },
      { text: '深化“一网通办⟦“⟧改革，提升服务水平。' },
      { text: '深化⟦”⟧一网通办”改革，提升服务水平。' },
      { text: '开展“清河净岸”行动，推进⟦“⟧绿满望海工程，实施“净空计划”，办好“开放论坛”。' },
      { text: '印发《青禾县档案管理办法⟦〉⟧，请遵照执行。' },
      { text: '对“三类人员（老人、儿童、残疾人⟦”⟧）给予救助。' },
      { text: '印发⟦〈⟧青禾县档案管理办法》，深化⟦‘⟧一网通办”改革。' },
      { text: '会议指出：“要坚持‘五个一⟦”⟧工作法。”' },
      { text: '会议指出：“要抓好⟦“⟧六个一’工程。”' },
      { text: '关于印发《青禾县乡村\n建设规划⟦〉⟧的通知' },
      {
        text: '按照“凡是没有法律法规规章依据的证明事项一律取消、凡是能够通过数据共享核验的一律不再要求提供⟦“⟧的要求办理。',
      },
      { text: '由县财政局（牵头⟦（⟧会同县水利局负责。' },
      { text: '由县农业局⟦）⟧配合）县水利局负责。' },
    ],
    clean: [
      { text: '落实“三优先”要求，印发《云岭省河湖管理条例》（以下简称《条例》）。' },
      { text: '省长在调研时指出：\n“青禾的发展，靠的是实干。\n“今后的发展，还要靠实干。”' },
      { text: '会议强调：“要坚持底线思维。\n既要看到成绩，也要看到不足。”' },
      { text: '主要任务是：1）摸清底数；2）建立台账；a)逐项销号。' },
      { text: '取值区间为(0,1]，超出部分不计。' },
      { text: '（一）抓好春耕。\n（二抓好防汛。\n三）抓好秋收。\n（四）抓好冬修。' },
      { text: '实施“产业创新工程”和“‘互联网＋、标准化＋’4个行动计划”。' },
      { text: '办好‘Belt and Roads’ Initiative 主题展，‘Belt and Road’ Initiative 另行安排。' },
      { text: '学联（英文译名为“All Students’ Federation”）是群众组织。' },
      { text: '成功举办了’98甲县兰花节，办好中国’2003乙县茶博会，筹备“’99丙县渔业年”。' },
      { text: '该项目由 John’s Hopkins 团队承担，’90年代已有基础。' },
      { text: '关于印发《青禾县乡村\n建设规划》的通知' },
      { text: '增长30%（其中:工业增长40%)，好于预期。' },
      { text: '推行「一卡通」與『一碼通』並行。' },
      { text: '说明见[附件](https://example.org/a(b))和`foo(`。', kind: 'markdown' },
      { text: '根据青政发〔2026）3号、青政发（2026〕5号文件精神。' },
      { text: '全縣推進落實,確!鞍税藨戰略”全鏈條、全要素、全方位體現到工作理念、思路、政策、舉措中。' },
    ],
  },
  triggers: [PAIRED],

  check(line) {
    if (!glanceAtPairs(line).uneven) return [];
    return pairMarks(line)
      .alone.slice(0, MAX_COUNT)
      .map(({ offset }) => ({ start: offset, end: offset + 1, message: OPEN }));
  },

  *prepare(found, analysis) {
    if (found.length > 0) yield* prepareDamage(analysis);
  },

  *finalize(found, analysis) {
    if (found.length === 0) return found;
    const { text, lines } = analysis;
    const pace = new Pace(MARKS_AT_ONCE);
    const marks: LoneMark[] = [];
    for (const { base, finding } of found) {
      if (pace.isOver()) yield;
      const mark = pairedMarkAt(text, base + finding.start);
      if (!mark) continue;
      const lone = { ...mark, line: lines.lineAt(mark.offset) };
      if (!isToldElsewhere(lone, analysis)) marks.push(lone);
    }
    const lone = yield* pairAcrossLines(marks, analysis);
    if (lone.length === 0) return [];
    const damage = damageOf(analysis);
    const sound = damage.length === 0 ? lone : lone.filter((mark) => !isGarbled(mark, damage, analysis));
    return yield* explain(sound, analysis);
  },
};

const OPEN: Message = {
  zh: '「{0}」没有对应的「{1}」：请补上，或删去这个符号。',
  en: '"{0}" is never closed: add "{1}" where it ends, or delete it.',
};
const CLOSED: Message = {
  zh: '「{0}」没有对应的「{1}」：请在开头补上，或删去这个符号。',
  en: '"{0}" closes nothing: add "{1}" where it begins, or delete it.',
};

/** The finding for an unpaired mark, with possible fixes: which one is right is uncertain. */
function findingOf({ offset, opens, family, line }: LoneMark, { text, lines }: Analysis): Finding {
  const partner = FAMILIES[family]![opens ? 1 : 0]!;
  const mark = text[offset]!;
  const at = opens
    ? closingPlace(text, offset, family, lines.end(line))
    : openingPlace(text, offset, lines.start(line));
  const add: Fix | undefined =
    at === undefined
      ? undefined
      : {
          title: opens
            ? { zh: '在“{0}”后补上「{1}」', en: 'Add "{1}" after "{0}"', values: [text.slice(at - 4, at), partner] }
            : { zh: '在“{0}”前补上「{1}」', en: 'Add "{1}" before "{0}"', values: [text.slice(at, at + 4), partner] },
          edits: [{ start: at, end: at, newText: partner }],
          safe: false,
        };
  const drop: Fix = {
    title: { zh: '删去「{0}」', en: 'Delete "{0}"', values: [mark] },
    edits: [{ start: offset, end: offset + 1, newText: '' }],
    safe: false,
  };
  return {
    start: offset,
    end: offset + 1,
    message: { ...(opens ? OPEN : CLOSED), values: [mark, partner] },
    fixes: add ? [add, drop] : [drop],
  };
}

/** Where the pair opened at `offset` may end: with a speech, with the name of a document, or before the next stop. */
function closingPlace(text: string, offset: number, family: number, end: number): number | undefined {
  const words = text.slice(offset + 1, Math.min(end, offset + 1 + MAX_SPEECH_LENGTH)).trimEnd();
  const isSpeech = /[：:]$/.test(text.slice(Math.max(0, offset - 1), offset)) && STOPS_AT_END.test(words);
  if (isSpeech && family !== BRACKETS && family !== TITLES) return offset + 1 + words.length;
  let clause = 0;
  while (clause < words.length && !STOP.test(words[clause]!) && !PAIRED.includes(words[clause]!)) clause++;
  if (family === TITLES) {
    const ends = [...words.slice(0, clause).matchAll(TITLE_END)].map((match) => match.index + match[0].length);
    const last = words.startsWith('关于') || words.startsWith('關於');
    const at = last ? ends.at(-1) : ends[0];
    if (at !== undefined) return offset + 1 + at;
  }
  return clause > 0 && clause <= QUOTED_LENGTH ? offset + 1 + clause : undefined;
}

/** Where the pair closed at `offset` may begin: with a speech, after its colon. */
function openingPlace(text: string, offset: number, start: number): number | undefined {
  const words = text.slice(Math.max(start, offset - MAX_SPEECH_LENGTH), offset);
  if (!STOPS_AT_END.test(words)) return undefined;
  const colon = Math.max(words.lastIndexOf('：'), words.lastIndexOf(':'));
  return colon < 0 ? undefined : offset - words.length + colon + 1;
}

/**
 * Whether the partner of the mark was garbled: a reading of the damage beside it contains the partner, or the mark
 * itself is part of the damage. One mistake, one diagnostic: text.mojibake reports it.
 */
function isGarbled(
  { offset, opens, family, line }: LoneMark,
  damage: readonly MojibakePlace[],
  { lines }: Analysis,
): boolean {
  const partner = FAMILIES[family]![opens ? 1 : 0]!;
  const first = partitionPoint(damage.length, (at) => damage[at]!.end < offset - MAX_DISTANCE);
  for (let at = first; at < damage.length && damage[at]!.start <= offset + MAX_DISTANCE; at++) {
    const { start, end, candidates } = damage[at]!;
    const isWithin = start >= lines.start(line) && end <= lines.end(line);
    if (isWithin && ((start <= offset && offset < end) || candidates.some((words) => words.includes(partner))))
      return true;
  }
  return false;
}

/**
 * 〔2022] belongs to document.number, “十四五" to punctuation.straight-quotes, （三 and 三） before a heading to
 * numbering.marker-style: one mistake, one diagnostic.
 */
function isToldElsewhere(mark: LoneMark, { text, lines, headings }: Analysis): boolean {
  if (isNumberMark(mark, text)) return true;
  if (mark.family === BRACKETS) {
    const next = partitionPoint(headings.length, (at) => headings[at]!.span.start <= mark.offset);
    const marker = headings[next - 1]?.marker;
    return marker !== undefined && mark.offset < marker.end;
  }
  if (mark.family === DOUBLE_QUOTES) {
    const from = mark.opens ? mark.offset : Math.max(lines.start(mark.line), mark.offset - MAX_DISTANCE);
    const to = mark.opens ? Math.min(lines.end(mark.line), mark.offset + MAX_DISTANCE) : mark.offset;
    return text.slice(from, to).includes('"');
  }
  return false;
}

const YEAR_BEHIND = /^.\s?\d{2,4}\s?年?\s?[〕\])）】》〉］]\s?第?\s?\d{1,5}\s?[号號]/;
const YEAR_BEFORE = /[〔[［(（【〈《]\s?\d{2,4}\s?年?\s?.$/;

/** Whether it is a mark around the year of a document number: 〔2026）3号. Around 〔2026] no number is required. */
function isNumberMark({ offset, opens, family }: LoneMark, text: string): boolean {
  if (opens) {
    const behind = text.slice(offset, offset + 20);
    return YEAR_BEHIND.test(behind) || (family === SIX_ANGLE && /^.\s?\d{2,4}年?\s?[\])）】]/.test(behind));
  }
  if (!YEAR_BEFORE.test(text.slice(Math.max(0, offset - 8), offset + 1))) return false;
  return family === SIX_ANGLE || /^\s?第?\s?\d{1,5}\s?[号號]/.test(text.slice(offset + 1, offset + 10));
}

/** Removes the marks whose partner is in a later line. Returns the others, in order. */
function* pairAcrossLines(lone: readonly LoneMark[], analysis: Analysis): Resumable<LoneMark[]> {
  const below = new LinesBelow(analysis);
  const resolved = new Set<LoneMark>();
  const pace = new Pace(MARKS_AT_ONCE);
  const byFamily: LoneMark[][] = FAMILIES.map(() => []);
  for (const mark of lone) byFamily[mark.family]!.push(mark);
  for (const own of byFamily) {
    for (let at = 0; at < own.length; at++) {
      if (pace.isOver()) yield;
      const mark = own[at]!;
      if (mark.opens && !resolved.has(mark)) for (const member of continued(own, at, below)) resolved.add(member);
    }
  }
  return resolved.size === 0 ? [...lone] : lone.filter((mark) => !resolved.has(mark));
}

/**
 * The marks that form one pair over several lines, beginning with the opening mark `own[from]`: a closing mark not far
 * below; or a quotation of several paragraphs, each opened and only the last closed (GB/T 15834-2011, 4.8.3.5). Empty
 * if the opening mark stays unpaired.
 */
function continued(own: readonly LoneMark[], from: number, below: LinesBelow): LoneMark[] {
  const { family } = own[from]!;
  const runsOn = family !== BRACKETS && family !== TITLES;
  const taken: LoneMark[] = [];
  let last = own[from]!;
  for (let at = from + 1; taken.length < QUOTED_LINES; at++) {
    taken.push(last);
    const next = own[at];
    if (next && !next.opens) {
      const near = next.line > last.line && below.within(last.line, next.line, runsOn ? QUOTED_LINES : OTHER_LINES);
      return near ? [...taken, next] : [];
    }
    if (next && next.line === below.next(last.line) && below.starts(next)) last = next;
    else return runsOn && below.isQuotation(below.next(last.line), family) ? taken : [];
  }
  return [];
}

/** Queries about the lines below a line, cached so that many marks cost no more. */
class LinesBelow {
  private readonly quotations = new Map<number, boolean>();

  constructor(private readonly analysis: Analysis) {}

  /** The first non-blank line after `line`, or -1 if there is none near. */
  next(line: number): number {
    const { text, lines } = this.analysis;
    for (let next = line + 1; next < Math.min(lines.count, line + 12); next++) {
      for (let at = lines.start(next); at < lines.end(next); at++) if (!isBlank(text.charCodeAt(at))) return next;
    }
    return -1;
  }

  /** Whether `to` is at most `steps` non-blank lines below `from`. */
  within(from: number, to: number, steps: number): boolean {
    let line = from;
    for (let step = 0; step < steps && line >= 0 && line < to; step++) line = this.next(line);
    return line >= to;
  }

  /** Whether `mark` is the first character of its line. */
  starts(mark: LoneMark): boolean {
    const { text, lines } = this.analysis;
    for (let at = lines.start(mark.line); at < mark.offset; at++) if (!isBlank(text.charCodeAt(at))) return false;
    return true;
  }

  /** Whether the paragraph is a single quotation from its first character to its last. */
  isQuotation(line: number, family: number): boolean {
    const { text, lines } = this.analysis;
    if (line < 0) return false;
    const key = line * FAMILIES.length + family;
    let known = this.quotations.get(key);
    if (known === undefined) {
      const words = text.slice(lines.start(line), lines.end(line)).trim();
      const first = pairMarks(words).pairs[0];
      known = first?.open === 0 && first.family === family && /^[。；）]?$/.test(words.slice(first.close + 1));
      this.quotations.set(key, known);
    }
    return known;
  }
}

/** Converts unpaired marks to findings; two that form one slip together give one. */
function* explain(lone: readonly LoneMark[], analysis: Analysis): Resumable<PlacedFinding[]> {
  const findings: PlacedFinding[] = [];
  const pace = new Pace(MARKS_AT_ONCE);
  for (let at = 0; at < lone.length; at++) {
    if (pace.isOver()) yield;
    const mark = lone[at]!;
    const next = lone[at + 1];
    // A title or a gloss that continues on the next line may be closed by the wrong mark there.
    const near = next && (next.line === mark.line || (mark.opens && !next.opens && next.line === mark.line + 1));
    const slip = near ? asOneSlip(mark, next, analysis) : undefined;
    findings.push({ base: 0, finding: slip ?? findingOf(mark, analysis) });
    if (slip) at++;
  }
  return findings;
}

/** The finding if `first` and `second`, adjacent unpaired marks in one line, are one mistake. */
function asOneSlip(first: LoneMark, second: LoneMark, analysis: Analysis): Finding | undefined {
  const { text } = analysis;
  const marks = FAMILIES[first.family]!;
  if (first.family === second.family) {
    if (first.opens === second.opens && isShort(text, first.offset, second.offset)) {
      // After a stop a second opening mark does open, and before one a first closing mark does close: two slips.
      if (first.opens && !looksLikeOpening(text, second.offset)) return turned(second.offset, marks[1]!, text);
      if (!first.opens && !looksLikeClosing(text, first.offset)) return turned(first.offset, marks[0]!, text);
    }
  }
  if (first.family === second.family && first.family !== BRACKETS) {
    if (!first.opens && second.opens && second.offset - first.offset < MAX_DISTANCE) {
      return {
        ...turned(first.offset, marks[0]!, text),
        fixes: [
          {
            title: { zh: '改为“{0}……{1}”', en: 'Reverse both marks', values: [marks[0]!, marks[1]!] },
            edits: [
              { start: first.offset, end: first.offset + 1, newText: marks[0]! },
              { start: second.offset, end: second.offset + 1, newText: marks[1]! },
            ],
            safe: false,
            preferred: true,
          },
        ],
      };
    }
  }
  if (first.opens && !second.opens && second.offset - first.offset < MAX_DISTANCE) {
    if (first.family === second.family) {
      return {
        start: second.offset,
        end: second.offset + 1,
        message: {
          zh: '「{0}」与别的成对符号交叉：它的「{1}」在外层，请调整位置。',
          en: '"{0}" crosses another pair: its "{1}" is outside that pair. Move one of them.',
          values: [text[second.offset]!, text[first.offset]!],
        },
        related: [{ start: first.offset, end: first.offset + 1, message: { zh: '开头在这里', en: 'It opens here' } }],
      };
    }
    const inner = innerForOuter(first, second, analysis);
    if (inner) return inner;
    // Either of the two may be the wrong one; the reader comes to the first one first.
    const finding = turned(second.offset, marks[1]!, text);
    const other = turned(first.offset, FAMILIES[second.family]![0]!, text).fixes![0]!;
    return { ...finding, fixes: [...finding.fixes!, { ...other, preferred: false }] };
  }
  return undefined;
}

/**
 * The finding if one of two marks is of the inner family and the other of the outer: within a pair of outer marks it is
 * that pair's own mark that was taken for an inner one; elsewhere the inner one should be an outer one.
 */
function innerForOuter(first: LoneMark, second: LoneMark, analysis: Analysis): Finding | undefined {
  const { text, lines } = analysis;
  const start = lines.start(first.line);
  const [from, to] = [first.offset - start, second.offset - start];
  const { pairs } = pairMarks(text.slice(start, lines.end(first.line)));
  if (INNER_OF.get(first.family) === second.family) {
    const outer = pairs.find(
      ({ family, open, close }) => family === second.family && open < from && from < close && close < to,
    );
    if (outer) return turned(start + outer.close, FAMILIES[first.family]![1]!, text);
    return turned(first.offset, FAMILIES[second.family]![0]!, text);
  }
  if (INNER_OF.get(second.family) === first.family) {
    const outer = pairs.find(
      ({ family, open, close }) => family === first.family && from < open && open < to && to < close,
    );
    if (outer) return turned(start + outer.open, FAMILIES[second.family]![0]!, text);
  }
  return undefined;
}

/** Whether no sentence ends between two marks, and they are close to each other. */
function isShort(text: string, from: number, to: number): boolean {
  return to - from <= MAX_DISTANCE && !/[。！？；]/.test(text.slice(from, to));
}

/** The finding for the mark at `offset` that should be `right` instead. */
function turned(offset: number, right: string, text: string): Finding {
  return {
    start: offset,
    end: offset + 1,
    message: {
      zh: '这里的「{0}」应为「{1}」。',
      en: 'This "{0}" should be "{1}".',
      values: [text[offset]!, right],
    },
    fixes: [
      {
        title: { zh: '改为「{0}」', en: 'Change to "{0}"', values: [right] },
        edits: [{ start: offset, end: offset + 1, newText: right }],
        safe: false,
        preferred: true,
      },
    ],
  };
}
