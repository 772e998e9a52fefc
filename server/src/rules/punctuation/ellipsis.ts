import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { codeAfter, codeBefore, foreignSpans, isChinese, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const RUNS = /…+|\.{3,}|。{3,}|．{3,}|・{3,}|·{3,}/g;
/** Dots that lead to a page number in a table of contents. */
const LEADS_TO_PAGE = /^\s{0,4}第?[\d０-９Ⅰ-Ⅻivx（(-]{1,6}页?[）)\s-]{0,4}$/;
/** 等 meaning "and so on" and not "wait": it ends the list, or names the kind of things that were listed. */
const AND_SO_ON =
  /^等(?:等)?(?:[，。；：、！？）”\s]|$|[\u4e00-\u9fff]{0,4}(?:部门|单位|地区|领域|方面|问题|工作|内容|行业|情况|措施))/;

/** Only the sign between quotation marks or brackets. */
const MENTIONED = /^[“‘「（].[”’」）]$/;
/** A list that 等 or 等等 has already closed. */
const LIST_CLOSED =
  /、[^，。；：、！？「」“”]{1,20}(?<![职職中高初同平上下优優劣均何几幾甲乙丙丁一二三四五六七八九])等等?$/;

export const ellipsis: LineRule = {
  id: 'punctuation.ellipsis',
  scope: 'line',
  title: { zh: '省略号的形式', en: 'Form of the ellipsis' },
  reason: {
    zh: '省略号是占两个字位置的六连点“……”；点数不对或用句号代替都不合标准，后面也不再用“等”。',
    en: 'The ellipsis is six dots over two characters, "……"; it is not made of full stops and not followed by 等.',
  },
  authority: { zh: 'GB/T 15834-2011 4.11.2、A.9', en: 'GB/T 15834-2011, 4.11.2 and A.9' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '从春耕到秋收⟦...⟧一年到头都在忙。', fixed: '从春耕到秋收……一年到头都在忙。' },
      { text: '走访了很多人家⟦。。。⟧', fixed: '走访了很多人家……' },
      { text: '说到这里⟦…⟧他停住了。', fixed: '说到这里……他停住了。' },
      { text: '一年又一年⟦………⟧', fixed: '一年又一年……' },
      { text: '涉及水利、交通⟦……⟧等领域。', fixed: '涉及水利、交通等领域。' },
      { text: '修路、架桥、治水⟦……⟧等，都要抓紧。', fixed: '修路、架桥、治水等，都要抓紧。' },
      { text: '修路、架桥、治水等等⟦…⟧，都要抓紧。', fixed: '修路、架桥、治水等等，都要抓紧。' },
    ],
    clean: [
      { text: '从春耕到秋收……一年到头都在忙。' },
      { text: '第一章　总则...........................3' },
      { text: '一、工作回顾………………………………（2）' },
      { text: '网址为https://example.org/a...b，文件名a...b.doc' },
      { text: '他在门口站着……等我们回来。' },
      { text: '第二、三款「……或相当于第九职等……」应予删除。' },
      { text: '让他再等等……不能再等……' },
      { text: '表中“—”表示无数据，“…”表示不足最小单位数。' },
      { text: '…………' },
      { text: 'Wait... and see 青禾' },
      { text: '运行`git log a...b`。', kind: 'markdown' },
    ],
  },
  triggers: ['…'],
  adjacent: '.。．・·',

  check(line) {
    const findings: Finding[] = [];
    for (const match of matchesOf(RUNS, line)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!isChinese(codeBefore(line, start)) && !isChinese(codeAfter(line, end))) continue;
      if (isInside(foreignSpans(line), start)) continue;
      const rest = line.slice(end, end + 24);
      // A sign that is mentioned, not used.
      if (match[0] === '…' && MENTIONED.test(line.slice(start - 1, end + 1))) continue;
      if (LIST_CLOSED.test(line.slice(Math.max(0, start - 24), start))) {
        findings.push(besideAndSoOn(start, end));
      } else if (match[0] === '……') {
        if (AND_SO_ON.test(rest) && !/[，。；：！？]$/.test(line.slice(0, start)))
          findings.push(besideAndSoOn(start, end));
      } else if (!LEADS_TO_PAGE.test(rest) && !(match[0] === '…………' && rest === '')) {
        findings.push({
          start,
          end,
          message: {
            zh: '省略号应为六个点“……”，不用“{0}”。',
            en: 'The ellipsis is "……", not "{0}".',
            values: [match[0].slice(0, 12)],
          },
          fixes: [changeTo(start, end, '……')],
        });
      }
    }
    return findings;
  },
};

function besideAndSoOn(start: number, end: number): Finding {
  return {
    start,
    end,
    message: {
      zh: '省略号和“等”都表示列举未尽，只用其中一个。',
      en: 'The ellipsis and 等 both mean that the list continues; keep one of them.',
    },
    fixes: [changeTo(start, end, '')],
  };
}
