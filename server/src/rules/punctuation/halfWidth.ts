import type { Analysis, NumberedList } from '../../structure/analysis';
import { isBlank, isDigit, isHan, isLatin } from '../../text/characters';
import type { Message } from '../../text/message';
import type { TextReplacement } from '../../text/textEdit';
import { changeAll, changeTo } from '../change';
import { isHabit, once } from '../habit';
import { matchesOf } from '../matches';
import {
  blockKindAt,
  codeAfter,
  codeBefore,
  foreignSpans,
  isChinese,
  isChineseMark,
  isInside,
  readsAsLatin,
  writesBracketsHalfWidth,
} from '../prose';
import type { Finding, LineRule, PlacedFinding } from '../rule';
import { BRACKETS, pairMarks } from './pairs';

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '.': '。',
  '｡': '。',
  '､': '、',
  '｢': '「',
  '｣': '」',
};
/** Half-width stops; those between two figures, as in 3,500 and 12:30, are the most frequent and always right. */
const STOPS = /[,;:?!.](?:(?!\d)|(?<!\d.))|[｡､｢｣]/g;

const GLOSS_LENGTH = 200;

/** A syllable in brackets after a character is its reading, a matter for another rule: 婺(wù). */
const READING = /^\((?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜɑ]{1,3}(?:ng?|r)?\)$/i;
/** A figure followed by such a sign ends there, unlike 3,500. */
const UNIT_SIGNS = '%％‰℃';
const STOPS_BESIDE = /[，。、；：]|^[,;.]|[,;.]$/;
const QUESTION_WORD = /[吗呢么谁哪几啥]|什么|怎|何|多少|是否|能否|可否|岂|难道|是不是/;
/** A marker's own point, as in “一.” or “（一）.”, belongs to the rules on numbering. */
const MARKER_BEFORE_POINT =
  /(?:^|[。！？；;.\s])[（(]?(?:第?[一二三四五六七八九十百]{1,4}[章节条]?|[甲乙丙丁戊己庚辛壬癸]|[\d０-９]{1,3})[）)]?$/;
/** A new sentence that begins with a figure; after a short word the point is part of a number. */
const FIGURE_AFTER_CLAUSE = /^[\u4e00-\u9fff]{4}\.\d{1,6}[\u4e00-\u9fff]/;
/** Brackets of a formula are left unchanged. */
const OPERATOR = /[=＝+＋×÷*/／<>≤≥]/;
const FIELD = /^\s{0,20}[A-Za-z][\w-]{0,40}$/;
/** An entry of a bibliography in the style of GB/T 7714 has half-width marks: ［1］林之远.县域经济［J］.云岭学刊,2024. */
const BIBLIOGRAPHY = /^\s{0,20}[[［〔]\d{1,3}[\]］〕].{2,300}[[［](?:[A-Z]{1,2}|EB)(?:[/／]OL)?[\]］]/;
/** The year of a document number in the wrong brackets: document.number reports it. */
const DOCUMENT_YEAR = /^\(\s?(?:19|20)\d\d\s?年?\s?\)\s?第?\s?\d{1,5}\s?号/;

export const halfWidth: LineRule = {
  id: 'punctuation.half-width',
  scope: 'line',
  title: { zh: '中文里的半角标点', en: 'Half-width marks in Chinese text' },
  reason: {
    zh: '中文的逗号、分号、冒号、问号、叹号、括号各占一个字的位置，用半角的西文符号不合国家标准，排版也不齐。',
    en: 'Chinese marks take the space of one character; Western half-width ones break the standard and the layout.',
  },
  authority: { zh: 'GB/T 15834-2011 5.1', en: 'GB/T 15834-2011, 5.1' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '全县上下要坚定信心⟦,⟧真抓实干⟦;⟧各部门要各负其责⟦:⟧',
        fixed: '全县上下要坚定信心，真抓实干；各部门要各负其责：',
      },
      { text: '青禾县⟦(⟧含开发区)增长6%⟦,⟧好于预期。', fixed: '青禾县（含开发区）增长6%，好于预期。' },
      { text: '建设大数据中心（一期⟦)⟧和算力平台。', fixed: '建设大数据中心（一期）和算力平台。' },
      { text: '为什么要改⟦?⟧怎么改⟦?⟧', fixed: '为什么要改？怎么改？' },
      { text: '到2026年⟦,⟧ 建成10个园区', fixed: '到2026年，建成10个园区' },
      { text: '各项任务全面完成⟦.⟧', fixed: '各项任务全面完成。' },
      { text: '要求如下⟦:⟧1.加强领导', fixed: '要求如下：1.加强领导' },
      { text: '感谢⟦!⟧', fixed: '感谢！' },
      { text: '增长6%⟦,⟧191家企业扩产', fixed: '增长6%，191家企业扩产' },
      { text: '绿地率达到40%⟦.⟧绿色转型加快' },
      { text: '教育提质扩优⟦.⟧20个县通过验收', fixed: '教育提质扩优。20个县通过验收' },
    ],
    clean: [
      { text: '投资3,500万元，时间为12:30，比例尺1:1000，比分3:2。' },
      { text: '详见https://www.example.gov.cn/a?x=1,2;y=(3)，邮箱：a.b@example.org。' },
      { text: '附件《实施方案(终稿).docx》，路径D:\\公文\\(定稿)\\a.doc。' },
      { text: 'The county (青禾县) reported growth, which was welcomed; see "report".' },
      { text: '二氧化硫（SO2, 24h均值）与f(x)的关系' },
      { text: '请运行`make(全部)`，参见[说明](docs/说明.md)。', kind: 'markdown' },
      { text: '---\ntitle: 工作报告,草稿\n---\n\n正文。', kind: 'markdown' },
      { text: '应纳税额=(收入-扣除)×税率' },
      { text: '1.加强领导。2.压实责任。一.总体要求' },
      { text: '水库位于婺(wù)江上游。' },
      { text: '涉及&nbsp;三个乡镇' },
      { text: '洞庭湖区、?水灌区开工建设' },
      { text: '![现场](图(一).png)', kind: 'markdown' },
      { text: '名单附后[^1]。\n\n[^1]: 名单见附件。', kind: 'markdown' },
      { text: '［1］林之远.县域经济研究［J］.云岭学刊,2024(3):12-18.' },
      { text: '根据青政发(2026)3号文件精神办理。' },
      { text: '目  录\n一、前言... 1\n1、用车管理办法. 3\n2、用水管理办法. 8\n前言\n没有规矩，不成方圆。' },
      { text: '五. 依辦法辦理：\n\uf9d1. 依細則辦理：\n七. 依規定辦理：' },
    ],
  },
  triggers: [',;:?!().｡､｢｣'],

  check(line) {
    const findings: Finding[] = [];
    for (const match of matchesOf(STOPS, line)) {
      const at = match.index;
      if (isOutOfPlace(line, at) && !isInside(foreignSpans(line), at)) findings.push(stopFinding(line, at));
    }
    if (line.includes('(') || line.includes(')')) {
      for (const { family, open, close } of pairMarks(line).pairs) {
        if (family === BRACKETS && touchesChinese(line, open, close)) findings.push(bracketFinding(line, open, close));
      }
    }
    return findings.length > 0 && (readsAsLatin(line) || BIBLIOGRAPHY.test(line)) ? [] : findings;
  },

  finalize(found, analysis) {
    if (found.length === 0) return found;
    const brackets: PlacedFinding[] = [];
    const stops: PlacedFinding[] = [];
    for (const each of found) {
      // What a web page puts around the text is not the writer's, and the dots in contents lead to a page.
      const kind = blockKindAt(analysis, analysis.lines.lineAt(each.base));
      if (kind === 'furniture' || kind === 'contents') continue;
      (isBracket(each) ? brackets : stops).push(each);
    }
    return [
      ...asHabit(stops, /[，；：？！。]/g, analysis, STOP_HABIT),
      ...asHabit(withoutMarkers(brackets, analysis), /（/g, analysis, BRACKET_HABIT),
    ];
  },
};

function isBracket({ finding }: PlacedFinding): boolean {
  return /[()]/.test(finding.message.values?.[0] as string);
}

/** Leaves the brackets of （一） to the rule on markers, unless all brackets of the text are alike. */
function withoutMarkers(brackets: readonly PlacedFinding[], analysis: Analysis): readonly PlacedFinding[] {
  if (brackets.length === 0 || writesBracketsHalfWidth(analysis)) return brackets;
  const markers = new Set<number>();
  const add = (list: NumberedList) => {
    for (const { start, end } of list.markers) for (let at = start; at < end; at++) markers.add(at);
  };
  analysis.lists.forEach(add);
  for (const { list } of analysis.enumerations) add(list);
  return brackets.filter(({ base, finding }) => !markers.has(base + finding.start));
}

const STOP_HABIT: Message = {
  zh: '全文有{0}处半角标点（本处起）：中文应用全角的“，；：？！”，可一次改正。',
  en: 'From here on {0} marks are half-width; Chinese text uses "，；：？！". One fix changes them all.',
};
const BRACKET_HABIT: Message = {
  zh: '全文有{0}处半角括号（本处起）：中文应用全角的“（）”，可一次改正。',
  en: 'From here on {0} pairs of brackets are half-width; Chinese text uses "（）". One fix changes them all.',
};

/** Whether the half-width stop at `at` belongs to Chinese prose. */
function isOutOfPlace(line: string, at: number): boolean {
  const mark = line[at]!;
  if (mark > '\u007f') return true;
  const right = line.charCodeAt(at + 1);
  // Beside another stop it is superfluous: punctuation.repeated reports it.
  if (STOPS_BESIDE.test(`${line.charAt(at - 1) || ' '}${line.charAt(at + 1) || ' '}`)) return false;
  if (mark === '.') return isFullStop(line, at);
  const before = codeBefore(line, at);
  const after = codeAfter(line, at + 1);
  switch (mark) {
    case '?':
      return isQuestion(line, at, before, right);
    case '!':
      return isChinese(before) && line[at + 1] !== '[';
    case ':':
      if (line[at + 1] === ':' || line[at - 1] === ':' || line[at + 1] === '/') return false;
      if (isLatin(before) && FIELD.test(line.slice(0, at))) return false;
      return isChinese(before) || isChinese(after) || (isDigit(before) && after === 0 && isHan(line.charCodeAt(0)));
    default:
      return isChinese(before) || isChinese(after) || UNIT_SIGNS.includes(String.fromCharCode(before));
  }
}

/** A question mark where a question can end; elsewhere it replaces a character lost in an encoding. */
function isQuestion(line: string, at: number, before: number, right: number): boolean {
  if (!isHan(before) && !'”’」』）》%'.includes(String.fromCharCode(before))) return false;
  if (!isHan(right)) return true;
  return QUESTION_WORD.test(line.slice(Math.max(0, at - 40), at));
}

/** A point after Chinese that ends a sentence, not the point of a marker, a decimal or a file name. */
function isFullStop(line: string, at: number): boolean {
  const left = line.charCodeAt(at - 1);
  if (!isHan(left) && !'”’」』）》%％'.includes(line[at - 1] ?? ' ')) return false;
  const right = line.charCodeAt(at + 1);
  const ends = Number.isNaN(right) || isBlank(right) || isHan(right) || isChineseMark(right);
  if (!ends && !FIGURE_AFTER_CLAUSE.test(line.slice(Math.max(0, at - 4), at + 8))) return false;
  // 六 as U+F9D1 and ⼀ are the figures they look like.
  return !MARKER_BEFORE_POINT.test(line.slice(Math.max(0, at - 8), at).normalize('NFKC'));
}

function stopFinding(line: string, at: number): Finding {
  const mark = line[at]!;
  const right = FULL_WIDTH[mark]!;
  const base = { start: at, end: at + 1, message: remark(mark, right) };
  // Between two Han a point ends a sentence or divides a foreign name; only the writer knows.
  if (mark === '.' && isHan(line.charCodeAt(at + 1))) {
    return {
      ...base,
      fixes: [changeTo(at, at + 1, '。', false), { ...changeTo(at, at + 1, '·', false), preferred: false }],
    };
  }
  // A blank after the mark made up for its width; after a full stop it may be all that is left of a paragraph's end.
  const blankAfter = ',;:'.includes(mark) && line[at + 1] === ' ' && isHan(line.charCodeAt(at + 2));
  const blankBefore = line[at - 1] === ' ' && isHan(line.charCodeAt(at - 2));
  return { ...base, fixes: [changeTo(at - (blankBefore ? 1 : 0), at + (blankAfter ? 2 : 1), right)] };
}

function remark(mark: string, right: string): Message {
  return {
    zh: '半角的“{0}”用在中文里，应为全角的“{1}”。',
    en: 'Half-width "{0}" in Chinese text: write "{1}".',
    values: [mark, right],
  };
}

/** Whether Chinese precedes the brackets or is in them, or whether they are a marker before Chinese. */
function touchesChinese(line: string, open: number, close: number): boolean {
  if (line[open] !== '(' && line[close] !== ')') return false;
  if (line[open] !== '(' || line[close] !== ')') return true;
  if (close - open < 10 && READING.test(line.slice(open, close + 1))) return false;
  if (DOCUMENT_YEAR.test(line.slice(open, open + 24))) return false;
  const before = codeBefore(line, open);
  const after = codeAfter(line, close + 1);
  if (OPERATOR.test(String.fromCharCode(before, after))) return false;
  if (isChinese(before)) return true;
  if (before === 0 && isChinese(after)) return true;
  for (let at = open + 1; at < Math.min(close, open + GLOSS_LENGTH); at++) {
    if (isHan(line.charCodeAt(at))) return true;
  }
  return false;
}

function bracketFinding(line: string, open: number, close: number): Finding {
  const edits: TextReplacement[] = [];
  for (const at of [open, close]) {
    const right = FULL_WIDTH[line[at]!];
    if (right) edits.push({ start: at, end: at + 1, newText: right });
  }
  const at = edits[0]!.start;
  return {
    start: at,
    end: at + 1,
    message: remark(line[at]!, FULL_WIDTH[line[at]!]!),
    fixes: [changeAll(edits, '（）')],
  };
}

/** A single finding at the first place instead of many, if the text has half-width marks as a habit. */
function asHabit(
  found: readonly PlacedFinding[],
  rightForm: RegExp,
  { text }: Analysis,
  message: Message,
): readonly PlacedFinding[] {
  return isHabit(found.length, text, rightForm) ? [once(found, message, FIX_ALL)] : found;
}

const FIX_ALL: Message = { zh: '全部改为全角', en: 'Make all full-width' };
