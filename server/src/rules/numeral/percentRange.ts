import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';
import { findRanges, rangePattern } from './ranges';

const PATTERN = rangePattern('%％‰');

export const percentRange: LineRule = {
  id: 'numeral.percent-range',
  scope: 'line',
  title: { zh: '百分数范围', en: 'Range of percentages' },
  reason: {
    zh: '表示百分数的范围，前后两个数都要带百分号，否则前一个数会被看成整数。',
    en: 'In a range of percentages both figures take the sign; otherwise the first reads as a whole number.',
  },
  authority: { zh: 'GB/T 15835-2011 5.1.3', en: 'GB/T 15835-2011, 5.1.3' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '增长⟦5-10%⟧，降低⟦1.5～2%⟧。', fixed: '增长5%-10%，降低1.5%～2%。' },
      { text: '占⟦60至70%⟧，提高⟦3—5‰⟧', fixed: '占60%至70%，提高3‰—5‰' },
    ],
    clean: [
      { text: '增长5%～10%，占60%至70%，由12提高到15%。' },
      { text: '2021—2025年增长30%，2020-2030%' },
      { text: '见https://example.org/5-10%20a' },
      { text: '第3-5项占10%，2026-01-05%' },
    ],
  },
  triggers: ['%％‰', '-–—―～~〜－至到'],

  check(line) {
    return findRanges(line, PATTERN)
      .filter(({ start }) => !isInside(foreignSpans(line), start))
      .map(({ start, end, gap, from, unit }): Finding => {
        const first = `${from}${unit}`;
        return {
          start,
          end,
          message: {
            zh: '范围的前一个数也要带“{0}”，写作“{1}”。',
            en: 'The first figure of the range takes "{0}" too: write "{1}".',
            values: [unit, first],
          },
          fixes: [
            {
              title: { zh: '补上“{0}”', en: 'Add "{0}"', values: [unit] },
              edits: [{ start: gap, end: gap, newText: unit }],
              safe: true,
              preferred: true,
            },
          ],
        };
      });
  },
};
