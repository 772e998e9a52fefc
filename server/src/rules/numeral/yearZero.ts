import { scriptOf } from '../../text/script';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

const YEARS = /(?<![一二三四五六七八九〇零○])[一二][一二三四五六七八九〇零○◯OoＯ0０]{3}(?=年)/g;
/** Enough of a text to tell its script. */
const SAMPLE = 4000;
const WRONG = /[零○◯OoＯ0０]/g;

export const yearZero: LineRule = {
  id: 'numeral.year-zero',
  scope: 'line',
  title: { zh: '年份中的“〇”', en: 'The zero of a year in Chinese figures' },
  reason: {
    zh: '编号性的数字（如年份）里，0的汉字是“〇”；“零”用于计量，圆圈、字母O和数字0都不是汉字。',
    en: 'In figures that name rather than count, such as years, zero is 〇; 零 counts, and ○, O and 0 are no Chinese figures.',
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
    ],
    clean: [
      { text: '到二〇三五年基本实现目标，2020年启动。' },
      { text: '一百零三年的历史，三千零一十二年的古树。' },
      { text: '二零二零年，香港經濟發展受到影響，政府將繼續為市民紓困。' },
      { text: '第一〇二次会议，○○年' },
    ],
  },
  triggers: ['年', '零○◯OoＯ0０', '一二'],

  check(line) {
    const findings: Finding[] = [];
    for (const { 0: year, index } of matchesOf(YEARS, line)) {
      const right = year.replace(WRONG, '〇');
      if (right === year) continue;
      const end = index + year.length;
      findings.push({
        start: index,
        end,
        message: {
          zh: '年份“{0}”应写作“{1}”。',
          en: 'Write the year "{0}" as "{1}".',
          values: [year, right],
        },
        fixes: [changeTo(index, end, right)],
      });
    }
    return findings;
  },

  overall(found, { text }) {
    // 二零二零年 is the custom of Hong Kong and Taiwan, where the national standard does not hold.
    return found.length > 0 && scriptOf(text, 0, SAMPLE).script === 'traditional' ? [] : found;
  },
};
