import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';
import { findRanges, rangePattern } from './ranges';

const PATTERN = rangePattern('万亿萬億');

export const ambiguousRange: LineRule = {
  id: 'numeral.ambiguous-range',
  scope: 'line',
  title: { zh: '有歧义的数值范围', en: 'Ambiguous range' },
  reason: {
    zh: '范围的前一个数省去“万”“亿”，会分不清是2还是2万；省略会造成歧义的，不应省略。',
    en: 'Without 万 or 亿, 2 could mean 2 or 20,000; if omitting the unit is ambiguous, it must be written.',
  },
  authority: { zh: 'GB/T 15835-2011 5.1.3', en: 'GB/T 15835-2011, 5.1.3' },
  tier: 'standard',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [{ text: '每村补助⟦2～5万⟧元，总投资⟦10-20亿⟧元。' }, { text: '带动就业⟦3至4万⟧人' }],
    clean: [
      { text: '每村补助2万～5万元，总投资10亿—20亿元，5000～1万元。' },
      { text: '2021—2025万人计划，由3增至4万人' },
      { text: '第1-3项投资5亿元' },
    ],
  },
  triggers: ['万亿萬億', '-–—―～~〜－至到'],

  check(line) {
    return findRanges(line, PATTERN)
      .filter(({ start }) => !isInside(foreignSpans(line), start))
      .map(
        ({ start, end, gap, from, unit }): Finding => ({
          start,
          end,
          message: {
            zh: '前一个数是“{0}”还是“{0}{1}”？若是后者，写作“{0}{1}”。',
            en: 'Is the first figure {0} or {0}{1}? If the latter, write "{0}{1}".',
            values: [from, unit],
          },
          fixes: [
            {
              title: { zh: '补上“{0}”', en: 'Add "{0}"', values: [unit] },
              edits: [{ start: gap, end: gap, newText: unit }],
              safe: false,
              preferred: true,
            },
          ],
        }),
      );
  },
};
