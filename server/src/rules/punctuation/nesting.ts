import type { TextReplacement } from '../../text/textEdit';
import type { Finding, LineRule } from '../rule';
import {
  CORNER_QUOTES,
  DOUBLE_QUOTES,
  FAMILIES,
  glanceAtPairs,
  INNER_TITLES,
  type MarkPair,
  pairMarks,
  SINGLE_QUOTES,
  TITLES,
  WHITE_CORNER_QUOTES,
} from './pairs';

/** Outer family → inner family. */
const INNER = new Map([
  [DOUBLE_QUOTES, SINGLE_QUOTES],
  [CORNER_QUOTES, WHITE_CORNER_QUOTES],
  [TITLES, INNER_TITLES],
]);

const REVERSED = new Map([
  [DOUBLE_QUOTES, SINGLE_QUOTES],
  [SINGLE_QUOTES, DOUBLE_QUOTES],
]);

export const nesting: LineRule = {
  id: 'punctuation.nesting',
  scope: 'line',
  title: { zh: '引号、书名号的内外层', en: 'Quotes within quotes, titles within titles' },
  reason: {
    zh: '引号里再用引号，外层用双引号，里层用单引号；书名号里再用书名号，里层用单书名号。',
    en: 'Inside double quotes a quotation takes single quotes; inside a title mark a title takes single title marks.',
  },
  authority: { zh: 'GB/T 15834-2011 4.8.3.4、4.15.3', en: 'GB/T 15834-2011, 4.8.3.4 and 4.15.3' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '印发《关于印发⟦<⟧青禾县河湖管理办法>的通知》，落实《⟦＜⟧青禾县条例＞实施细则》和⟦<⟧青禾县林业条例>。',
        fixed: '印发《关于印发〈青禾县河湖管理办法〉的通知》，落实《〈青禾县条例〉实施细则》和《青禾县林业条例》。',
      },
      {
        text: '《关于修改⟦＜⟧青禾县实施《农业法》办法＞的决定》',
        fixed: '《关于修改〈青禾县实施《农业法》办法〉的决定》',
      },
      {
        text: '会议要求：“要深化⟦“⟧一网通办”改革。”',
        fixed: '会议要求：“要深化‘一网通办’改革。”',
      },
      {
        text: '《云岭省人民政府关于印发⟦《⟧云岭省农村公路条例》的通知》',
        fixed: '《云岭省人民政府关于印发〈云岭省农村公路条例〉的通知》',
      },
      {
        text: '他说：⟦‘⟧要做到“马上就办”。’',
        fixed: '他说：“要做到‘马上就办’。”',
      },
      {
        text: '局長表示：「推行⟦「⟧一站通」服務。」',
        fixed: '局長表示：「推行『一站通』服務。」',
      },
    ],
    clean: [
      { text: '会议要求：“要深化‘一网通办’改革，落实《云岭省条例》和《关于〈青禾县规划〉的批复》。”' },
      { text: '温度<5℃，a<b>c，《青禾县<html>手册》' },
      { text: '《关于修改〈青禾县实施《农业法》办法〉的决定》' },
      { text: '推进“三通一平”“两不三保”，印发《办法》《细则》。' },
      { text: '局長表示：「推行『一站通』服務。」' },
      { text: '“《关于‘放心消费’的意见》”' },
      { text: 'The mayor’s plan and the “county” office.' },
    ],
  },
  triggers: ['“‘《〈「<＜‹', '”’》〉」>＞›'],

  check(line) {
    const ascii = /[<＜‹]/.test(line) ? angleTitles(line) : [];
    if (!glanceAtPairs(line).nested) return ascii;
    const { pairs, alone } = pairMarks(line);
    const unsure = new Set(alone.map((mark) => mark.family));
    const findings: Finding[] = [...ascii];
    const reported = new Set<MarkPair>();
    pairs.forEach((pair, index) => {
      if (unsure.has(pair.family) || reported.has(pair)) return;
      if (pair.family === SINGLE_QUOTES) {
        const inner = doubleInside(pairs, index);
        if (inner.length > 0) {
          for (const each of inner) reported.add(each);
          findings.push(
            finding(
              pair,
              [pair, ...inner].flatMap((each) => rewrite(each, REVERSED.get(each.family)!)),
            ),
          );
        }
      } else if (INNER.has(pair.family) && depthOf(pair) % 2 === 1 && !isBetweenAngles(line, pair)) {
        findings.push(finding(pair, rewrite(pair, INNER.get(pair.family)!)));
      }
    });
    return ascii.length > 0 && findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },
};

/** A title within a title, in brackets of another kind: 《关于印发<青禾县办法>的通知》. */
const ANGLES = /([<＜‹])((?![/a-zA-Z!])[^<>＜＞‹›\n]{2,80})([>＞›])/g;
/** Kinds of documents, at the end of their titles. */
const DOCUMENT =
  /(?:法|条例|條例|办法|辦法|规定|規定|细则|細則|规则|規則|通知|意见|意見|决定|決定|方案|规划|規劃|纲要|綱要|报告|報告|公告|章程|准则|準則|协议|協議|决议|決議|解释|解釋|计划|計劃)$/;

/** Titles in <>, ＜＞, ‹›: within 《》 they should be in 〈〉, and on their own in 《》. */
function angleTitles(line: string): Finding[] {
  const findings: Finding[] = [];
  for (const { 1: open, 2: title, 3: close, index } of line.matchAll(ANGLES)) {
    const end = index + title!.length + 2;
    const inside = isInTitle(line, index);
    if (!/[\u4e00-\u9fff]/.test(title!)) continue;
    if (!inside && (!DOCUMENT.test(title!) || line[index - 1] === open || line[end] === close)) continue;
    const right = inside ? '〈〉' : '《》';
    findings.push({
      start: index,
      end: index + 1,
      message: inside
        ? {
            zh: '书名号里层应为“〈〉”，这里写作“{0}{1}”。',
            en: 'The inner title marks are 〈 〉, not {0} {1}.',
            values: [open!, close!],
          }
        : {
            zh: '书名号应为“《》”，这里写作“{0}{1}”。',
            en: 'Title marks are 《 》, not {0} {1}.',
            values: [open!, close!],
          },
      related: [{ start: end - 1, end, message: { zh: '到这里为止', en: 'Closes here' } }],
      fixes: [
        {
          title: { zh: '改为“{0}”', en: 'Change to "{0}"', values: [right] },
          edits: [
            { start: index, end: index + 1, newText: right.charAt(0) },
            { start: end - 1, end, newText: right.charAt(1) },
          ],
          safe: true,
          preferred: true,
        },
      ],
    });
  }
  return findings;
}

/** Whether a 《 before `offset` is still open in the line. */
function isInTitle(line: string, offset: number): boolean {
  let depth = 0;
  for (let at = 0; at < offset; at++) {
    if (line[at] === '《') depth++;
    else if (line[at] === '》' && depth > 0) depth--;
  }
  return depth > 0;
}

/** Whether it is a title of the third level, 《…＜…《…》…＞…》: the one in ＜＞ is the second. */
function isBetweenAngles(line: string, pair: MarkPair): boolean {
  if (pair.family !== TITLES || !pair.parent) return false;
  return (
    /[<＜‹][^>＞›]{0,400}$/.test(line.slice(pair.parent.open, pair.open)) &&
    /^[^<＜‹]*[>＞›]/.test(line.slice(pair.close, pair.parent.close))
  );
}

/** Number of pairs of the same kind, outer or inner, around `pair`. */
function depthOf(pair: MarkPair): number {
  const inner = INNER.get(pair.family);
  let depth = 0;
  for (let around = pair.parent; around; around = around.parent) {
    if (around.family === pair.family || around.family === inner) depth++;
  }
  return depth;
}

/** The pairs of double quotes directly inside the single quotes `pairs[index]`, if those are outermost. */
function doubleInside(pairs: readonly MarkPair[], index: number): MarkPair[] {
  const pair = pairs[index]!;
  for (let around = pair.parent; around; around = around.parent) if (around.family === DOUBLE_QUOTES) return [];
  const inside: MarkPair[] = [];
  for (let at = index + 1; at < pairs.length && pairs[at]!.open < pair.close; at++) {
    if (pairs[at]!.family === DOUBLE_QUOTES && pairs[at]!.parent === pair) inside.push(pairs[at]!);
  }
  return inside;
}

function rewrite(pair: MarkPair, family: number): TextReplacement[] {
  const marks = FAMILIES[family]!;
  return [
    { start: pair.open, end: pair.open + 1, newText: marks[0]! },
    { start: pair.close, end: pair.close + 1, newText: marks[1]! },
  ];
}

function finding(pair: MarkPair, edits: TextReplacement[]): Finding {
  const isReverse = pair.family === SINGLE_QUOTES;
  const was = FAMILIES[pair.family]!;
  return {
    start: pair.open,
    end: pair.open + 1,
    message: isReverse
      ? { zh: '外层应用双引号，里层用单引号。', en: 'The outer quotes should be double and the inner ones single.' }
      : {
          zh: '里层的“{0}{1}”应为“{2}{3}”。',
          en: 'The inner "{0}{1}" should be "{2}{3}".',
          values: [was[0]!, was[1]!, edits[0]!.newText, edits[1]!.newText],
        },
    related: [{ start: pair.close, end: pair.close + 1, message: { zh: '到这里为止', en: 'Closes here' } }],
    fixes: [{ title: { zh: '改用内外层符号', en: 'Use outer and inner marks' }, edits, safe: true, preferred: true }],
  };
}
