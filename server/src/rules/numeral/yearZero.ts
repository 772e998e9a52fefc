import { scriptOf } from '../../text/script';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const YEARS = /(?<![一二三四五六七八九〇零○])[一二][一二三四五六七八九〇零○◯OoＯ0０]{3}(?=年)/g;
/** Both kinds of figures in one year: 一九九8年, 20二六年. Zeros alone are handled above. */
const MIXED =
  /(?:[一二](?=[一二三四五六七八九〇零○]{0,2}[1-9])|[12](?=\d{0,2}[一二三四五六七八九〇]))[一二三四五六七八九〇零○\d]{3}(?=年)/g;
/** What only mixed ones have: a zero may be Arabic in either kind. */
const FIGURE = /[1-9]/;
const FIGURE_BEFORE = /[一二三四五六七八九〇零○\d.]/;
const HAN_FIGURES = '〇一二三四五六七八九';
/** Sample size for detecting the script of a text. */
const SAMPLE = 4000;
const WRONG = /[零○◯OoＯ0０]/g;

export const yearZero: LineRule = {
  id: 'numeral.year-zero',
  scope: 'line',
  title: { zh: '年份中的“〇”', en: 'The zero of a year in Chinese figures' },
  reason: {
    zh: '编号性的数字（如年份）里，0的汉字是“〇”；“零”用于计量，圆圈、字母O和数字0都不是汉字。',
    en: 'In figures that name rather than count, such as years, zero is 〇; 零 is for counting, and ○, O and 0 are not Chinese figures.',
  },
  authority: { zh: 'GB/T 15835-2011 5.2.5', en: 'GB/T 15835-2011, 5.2.5' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '到⟦二零三五⟧年基本实现目标。', fixed: '到二〇三五年基本实现目标。' },
      { text: '⟦二○二六⟧年一月八日', fixed: '二〇二六年一月八日' },
      { text: '⟦二OO八⟧年和⟦二0一一⟧年', fixed: '二〇〇八年和二〇一一年' },
      { text: '⟦一九九8⟧年建成，⟦20二六⟧年扩建', fixed: '一九九八年建成，2026年扩建' },
    ],
    clean: [
      { text: '到二〇三五年基本实现目标，2020年启动。' },
      { text: '一百零三年的历史，三千零一十二年的古树。' },
      { text: '二零二零年，香港經濟發展受到影響，政府將繼續為市民紓困。' },
      { text: '第一〇二次会议，○○年' },
      { text: '第一2024年度计划，二〇二六年，一九九八年，实施方案二2025年版' },
    ],
  },
  triggers: ['年', HAN_FIGURES],

  check(line) {
    const findings = [...wrongZeros(line), ...mixedFigures(line)];
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  finalize(found, { text }) {
    // 二零二零年 is customary in Hong Kong and Taiwan, where the national standard does not apply.
    const isCustom = found.length > 0 && scriptOf(text, 0, SAMPLE).script === 'traditional';
    if (!isCustom) return found;
    return found.filter(({ base, finding }) => FIGURE.test(text.slice(base + finding.start, base + finding.end)));
  },
};

/** Years in Chinese figures with another zero than 〇. */
function* wrongZeros(line: string): Generator<Finding> {
  for (const { 0: year, index } of matchesOf(YEARS, line)) {
    const right = year.replace(WRONG, '〇');
    if (right === year) continue;
    const end = index + year.length;
    yield {
      start: index,
      end,
      message: {
        zh: '年份“{0}”应写作“{1}”。',
        en: 'Write the year "{0}" as "{1}".',
        values: [year, right],
      },
      fixes: [changeTo(index, end, right)],
    };
  }
}

/** Years with Chinese and Arabic figures, unified to the kind they begin with. */
function* mixedFigures(line: string): Generator<Finding> {
  for (const { 0: year, index } of matchesOf(MIXED, line)) {
    if (FIGURE_BEFORE.test(line.charAt(index - 1)) || isInside(foreignSpans(line), index)) continue;
    const inHan = /^[一二]/.test(year);
    const right = Array.from(year.replace(WRONG, '〇'), (one) => {
      const figure = HAN_FIGURES.indexOf(one);
      if (inHan) return figure < 0 ? HAN_FIGURES.charAt(Number(one)) : one;
      return figure < 0 ? one : String(figure);
    }).join('');
    const end = index + year.length;
    yield {
      start: index,
      end,
      message: {
        zh: '年份“{0}”混用了两种数字，写作“{1}”。',
        en: 'The year "{0}" mixes two kinds of figures; write "{1}".',
        values: [year, right],
      },
      fixes: [changeTo(index, end, right)],
    };
  }
}
