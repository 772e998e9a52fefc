import { isDigit, isHan } from '../../text/characters';
import type { Span } from '../../text/span';
import { changeAll } from '../change';
import { isHabit, once } from '../habit';
import { matchesOf } from '../matches';
import { codeAfter, codeBefore, foreignSpans, isChinese, isInside, readsAsLatin } from '../prose';
import type { Finding, LineRule, PlacedFinding } from '../rule';
import { readMixedQuotes } from './mixedQuotes';
import { DOUBLE_QUOTES, looksLikeClosing, looksLikeOpening, pairAround, pairMarks } from './pairs';

const QUOTED = 400;
const OPENING = /[“「]/g;
const SINGLE = /['＇](?=[\u3400-\u9fff])[^'＇]{1,60}(?<=[\u3400-\u9fff])['＇]/g;

export const straightQuotes: LineRule = {
  id: 'punctuation.straight-quotes',
  scope: 'line',
  title: { zh: '中文里的直引号', en: 'Straight quotes in Chinese text' },
  reason: {
    zh: '中文引号分前后，形式是“ ”和‘ ’；直引号是西文打字机的符号，看不出开头和结尾。',
    en: 'Chinese quotes have an opening and a closing form; straight ones come from the typewriter and show neither.',
  },
  authority: { zh: 'GB/T 15834-2011 4.8.2', en: 'GB/T 15834-2011, 4.8.2' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '深化⟦"⟧一网通办"改革，推进⟦"⟧放管服"。', fixed: '深化“一网通办”改革，推进“放管服”。' },
      { text: '他说：“要落实⟦"⟧三项清单"。”', fixed: '他说：“要落实‘三项清单’。”' },
      { text: "打造⟦'⟧青禾好品'品牌", fixed: '打造“青禾好品”品牌' },
      { text: '聚焦“十五五⟦"⟧规划', fixed: '聚焦“十五五”规划' },
      { text: '落实“河长制⟦"⟧和“林长制⟦"⟧，办好⟦"⟧市集”。', fixed: '落实“河长制”和“林长制”，办好“市集”。' },
      {
        text: '办好⟦"⟧青禾博览会“和”青禾音乐节"的筹办工作。',
        fixed: '办好“青禾博览会”和“青禾音乐节”的筹办工作。',
      },
      { text: '建设⟦"⟧青禾“和美乡村”示范区"。', fixed: '建设“青禾“和美乡村”示范区”。' },
      { text: '推行「一站通」和⟦"⟧一碼通"。', fixed: '推行「一站通」和「一碼通」。' },
      {
        text: '第三条修改为：⟦"⟧村民应当参加演练。\n村委会负责组织。⟦"⟧',
        fixed: '第三条修改为：“村民应当参加演练。\n村委会负责组织。”',
      },
      { text: '发布⟦"⟧Smart City"行动计划', fixed: '发布“Smart City”行动计划' },
    ],
    clean: [
      { text: '深化“一网通办”改革，落实‘三项清单’。' },
      { text: '屏幕尺寸为15.6"，孔径3\'。' },
      { text: 'The "county" plan and the mayor\'s report (青禾) were "adopted".' },
      { text: '<a href="https://example.org" title="说明">链接</a>说明' },
      { text: '见`print("你好")`的输出', kind: 'markdown' },
      { text: '---\ntitle: "工作报告"\n---\n', kind: 'markdown' },
    ],
  },
  triggers: ['"\'＂＇'],

  check(line) {
    if (readsAsLatin(line)) return [];
    const foreign = foreignSpans(line);
    const { pairs } = pairMarks(line);
    const findings: Finding[] = [];
    const report = (open: number, close: number): void => {
      const quoted = pairAround(pairs, open)?.family === DOUBLE_QUOTES;
      findings.push(quoted ? findingOf(line, open, close, '‘', '’') : findingOf(line, open, close, '“', '”'));
    };

    const mixed = readMixedQuotes(line, foreign);
    for (const { open, close, inner, behind } of mixed?.pairs ?? []) {
      const found = inner ? findingOf(line, open, close, '‘', '’') : findingOf(line, open, close, '“', '”');
      const edits = behind && findingOf(line, behind.open, behind.close, '“', '”').fixes?.[0]?.edits;
      findings.push(
        edits ? { ...found, fixes: [changeAll([...(found.fixes?.[0]?.edits ?? []), ...edits], '“”')] } : found,
      );
    }
    for (const [open, close] of pairStraight(line, mixed?.left ?? straightMarks(line, foreign))) {
      if (open >= 0 && close >= 0) {
        if (isChinesePair(line, open, close)) {
          if (mixed) findings.push(findingOf(line, open, close, '“', '”', false));
          else report(open, close);
        }
      } else if (
        isChinese(codeBefore(line, Math.max(open, close))) ||
        isChinese(codeAfter(line, Math.max(open, close) + 1))
      ) {
        findings.push(findingOf(line, open, close, '“', '”', !mixed));
      }
    }
    for (const match of matchesOf(SINGLE, line)) {
      if (!isInside(foreign, match.index)) report(match.index, match.index + match[0].length - 1);
    }
    return findings.sort((a, b) => a.start - b.start);
  },

  finalize(found, { text }) {
    if (found.length === 0) return found;
    // In traditional text the quotes are 「」 and, inside, 『』.
    const inScript = !text.includes('“') && text.includes('「') ? found.map(withCorners) : found;
    if (!isHabit(found.length, text, OPENING)) return inScript;
    const message = {
      zh: '全文有{0}处直引号（本处起）：中文应用分前后的引号，可一次改正。',
      en: 'From here on {0} quotes are straight; Chinese quotes open and close. One fix changes them all.',
    };
    return [once(inScript, message, { zh: '全部改正', en: 'Change all' })];
  },
};

const CORNERS: Readonly<Record<string, string>> = { '“': '「', '”': '」', '‘': '『', '’': '』' };

function withCorners({ base, finding }: PlacedFinding): PlacedFinding {
  const edits = (finding.fixes?.[0]?.edits ?? []).map((edit) => ({
    ...edit,
    newText: CORNERS[edit.newText] ?? edit.newText,
  }));
  const shown = edits.map((edit) => edit.newText).join('');
  return {
    base,
    finding: { ...finding, message: { ...finding.message, values: [shown] }, fixes: [changeAll(edits, shown)] },
  };
}

/**
 * Pairs the straight quotes of a line, alternating and by context. -1 is a missing half: a quotation may span several
 * lines.
 */
function pairStraight(line: string, marks: readonly number[]): [open: number, close: number][] {
  const pairs: [number, number][] = [];
  let open = -1;
  for (const at of marks) {
    const opens = looksLikeOpening(line, at) && !looksLikeClosing(line, at);
    // Nothing can open at the end of a line, whatever stop precedes it.
    const closes = looksLikeClosing(line, at) && (!looksLikeOpening(line, at) || (at > 0 && at === line.length - 1));
    if (open >= 0 && !opens) {
      pairs.push([open, at]);
      open = -1;
    } else if (open >= 0) {
      pairs.push([open, -1]);
      open = at;
    } else if (closes) {
      // 15.6" is a measure.
      if (!isDigit(line.charCodeAt(at - 1))) pairs.push([-1, at]);
    } else if (opens || !isDigit(line.charCodeAt(at - 1))) {
      open = at;
    }
  }
  if (open >= 0 && looksLikeOpening(line, open)) pairs.push([open, -1]);
  return pairs;
}

/** The straight double quotes of `line` outside `foreign`. */
function straightMarks(line: string, foreign: readonly Span[]): number[] {
  const marks: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if ((line[at] === '"' || line[at] === '＂') && !isInside(foreign, at)) marks.push(at);
  }
  return marks;
}

/** Whether the quotation itself or its context is Chinese. */
function isChinesePair(line: string, open: number, close: number): boolean {
  if (close - open > QUOTED || close === open + 1) return false;
  for (let at = open + 1; at < close; at++) if (isHan(line.charCodeAt(at))) return true;
  return isChinese(codeBefore(line, open)) && isChinese(codeAfter(line, close + 1));
}

/** The finding for a pair, or for one half of it if the other is given as -1. */
function findingOf(line: string, open: number, close: number, first: string, last: string, safe = true): Finding {
  // A half that is already right needs no edit.
  const edits = [
    ...(open >= 0 && line[open] !== first ? [{ start: open, end: open + 1, newText: first }] : []),
    ...(close >= 0 && line[close] !== last ? [{ start: close, end: close + 1, newText: last }] : []),
  ];
  const at = edits[0]!.start;
  const shown = edits.map((edit) => edit.newText).join('');
  return {
    start: at,
    end: Math.min(at + 1, line.length),
    message: {
      zh: '直引号用在中文里，应为“ {0} ”。',
      en: 'Straight quote in Chinese text: write {0}.',
      values: [shown],
    },
    fixes: [changeAll(edits, shown, safe)],
  };
}
