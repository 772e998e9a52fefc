import { isDigit, isHan } from '../../text/characters';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { codeAfter, codeBefore, foreignSpans, isChinese, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const RUNS =
  /-{2,}|[—―─━]{2,}|－{2,}|(?:^|(?<=[\s　]))[—―─](?![—―─])|^\s{0,8}一一(?=在|\d{4}年|[\u4e00-\u9fff]{2,20}(?:同志)?在)/g;
const DASHES: ReadonlySet<string> = new Set(['——', '――']);
const RULE_LINE = /^[\s|:\-—―─━－=+*]*$/;
/** Tables and trees drawn with lines. */
const DRAWING = /[│├└┌┐┘┤┬┴┼┃┏┓┗┛]/;
const PAGE_NUMBER = /^\s*[-—―─－]{1,3}\s*[\dⅠ-Ⅻ]{1,4}\s*[-—―─－]{1,3}\s*$/;

export const dash: LineRule = {
  id: 'punctuation.dash',
  scope: 'line',
  title: { zh: '破折号的形式', en: 'Form of the dash' },
  reason: {
    zh: '破折号是占两个字位置的一条横线“——”；两个减号、三个一字线、制表线或汉字“一一”都不是破折号。',
    en: 'The dash is one line over two characters, "——"; hyphens, box-drawing lines and the word 一一 are not dashes.',
  },
  authority: { zh: 'GB/T 15834-2011 4.10.2、4.13.3.2', en: 'GB/T 15834-2011, 4.10.2 and 4.13.3.2' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '这是我们的根本任务⟦--⟧为民服务。', fixed: '这是我们的根本任务——为民服务。' },
      { text: '⟦———⟧综合实力明显增强。', fixed: '——综合实力明显增强。' },
      { text: '⟦──⟧在全县农村工作会议上的讲话', fixed: '——在全县农村工作会议上的讲话' },
      { text: '⟦—⟧2026年1月8日在青禾县第十届人民代表大会上', fixed: '——2026年1月8日在青禾县第十届人民代表大会上' },
      { text: '⟦--⟧2026年1月8日在青禾县第十届人民代表大会上', fixed: '——2026年1月8日在青禾县第十届人民代表大会上' },
      { text: '⟦—⟧“向新”的动能持续增强。', fixed: '——“向新”的动能持续增强。' },
      { text: '⟦一一⟧在全市教育大会上的讲话', fixed: '——在全市教育大会上的讲话' },
      { text: '规划期为2021⟦--⟧2025年。', fixed: '规划期为2021—2025年。' },
      {
        text: '规划期为2021⟦——⟧2025年，工期自2024年5月⟦——⟧2025年3月。',
        fixed: '规划期为2021—2025年，工期自2024年5月—2025年3月。',
      },
    ],
    clean: [
      { text: '他记得那是2008年——2008年冬天，雪很大。全县只剩下一个数字：7——7个村。' },
      { text: '——综合实力明显增强。临江—望海铁路通车，规划期为2021—2025年。' },
      { text: '| --- | :--- |', kind: 'markdown' },
      { text: '---\ntitle: 报告\n---\n正文', kind: 'markdown' },
      { text: '---------------' },
      { text: '— 3 —' },
      { text: '一一对应，一一落实，逐项销号。' },
      { text: '运行 lint --write 即可，命令 npm --version 显示版本。' },
      { text: 'a -- b 的写法见`git diff --stat`说明', kind: 'markdown' },
      { text: '<!-- 说明 -->正文', kind: 'markdown' },
      { text: '签名：————————' },
      { text: '├──附件目录' },
      { text: '―九八四年，全省工业总产值增长百分之十。' },
    ],
  },
  triggers: ['—―─'],
  adjacent: '-－━一',

  check(line) {
    const runs = matchesOf(RUNS, line);
    if (runs.length === 0 || RULE_LINE.test(line) || PAGE_NUMBER.test(line) || DRAWING.test(line)) return [];
    const findings: Finding[] = [];
    for (const match of runs) {
      const start = match.index + match[0].search(/\S/);
      const end = match.index + match[0].length;
      const mark = line.slice(start, end);
      if (DASHES.has(mark) && !joinsDates(line, start, end)) continue;
      if (isInside(foreignSpans(line), start)) continue;
      const right = DASHES.has(mark) ? '—' : rightForm(line, mark, start, end);
      if (!right) continue;
      findings.push({
        start,
        end,
        message: {
          zh: '“{0}”应为“{1}”。',
          en: '"{0}" should be "{1}".',
          values: [mark.slice(0, 12), right],
        },
        fixes: [changeTo(start, end, right)],
      });
    }
    return findings;
  },
};

/** Start of the line under the title of a speech. */
const DAY = /^\d{4}年/;
const YEAR_WITHOUT_FIRST = /^[〇○零一二三四五六七八九]{3}年/;
/** The start and the end of a period, from 2021 to 2025年 or from 2024年5月 to 2025年3月. */
const FROM = /(?:(?:19|20)\d\d年?|\d月|\d日)$/;
const TO = /^(?:(?:19|20)\d\d年?(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日)/;

/** Whether a dash is between two dates, the second later than the first: it joins them and is one line. */
function joinsDates(line: string, start: number, end: number): boolean {
  const from = FROM.exec(line.slice(Math.max(0, start - 5), start));
  const to = TO.exec(line.slice(end, end + 8));
  if (!from || !to) return false;
  // “那是2008年——2008年冬天” repeats a word.
  const years = [from[0], to[0]].map((date) => /^\d{4}/.exec(date)?.[0]);
  return years[0] !== years[1] || years[0] === undefined;
}

/** The right form of `mark`, or undefined if it is not a dash. */
function rightForm(line: string, mark: string, start: number, end: number): string | undefined {
  const before = codeBefore(line, start);
  const after = codeAfter(line, end);
  if (mark.length === 1) {
    // A single line joins two names or figures; only at the line start must it be half a dash.
    const opens = isHan(line.charCodeAt(end)) || isDigit(line.charCodeAt(end)) || line[end] === '“';
    // ―九八四年 has lost the 一 of its year to a scanner.
    return before === 0 && opens && !YEAR_WITHOUT_FIRST.test(line.slice(end, end + 4)) ? '——' : undefined;
  }
  // Longer runs are blanks to write on.
  if (mark.length > 3) return undefined;
  if (mark.length === 2 && isDigit(line.charCodeAt(start - 1)) && isDigit(line.charCodeAt(end))) return '—';
  if (before === 0 && DAY.test(line.slice(end, end + 6))) return '——';
  if (mark[0] === '-' && !isChinese(line.charCodeAt(start - 1)) && !isChinese(line.charCodeAt(end))) return undefined;
  return isChinese(before) || isChinese(after) || (before === 0 && isDigit(after)) ? '——' : undefined;
}
