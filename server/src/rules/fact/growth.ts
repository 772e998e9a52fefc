import { growthSlips } from '../../facts/arithmetic';
import { incrementSlips } from '../../facts/increments';
import type { LineRule } from '../rule';

export const factGrowth: LineRule = {
  id: 'fact.growth',
  scope: 'line',
  title: { zh: '增幅与数据不符', en: 'Growth against values' },
  reason: {
    zh: '写了起点和终点，增长率、百分点、倍数就由这两个数决定。',
    en: 'If both values are given, the growth, the points or the multiple can be computed from them.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '全县森林覆盖率从32.1%提高到35.6%，提高⟦2.5个百分点⟧。' },
      { text: '经营主体由2020年的12650户增加到2025年的18975户，增长⟦60%⟧。' },
      { text: '县财政安排造林资金1500万元，比上年增加300万元，增长⟦20%⟧。' },
      { text: '全年到位资金8.4亿元，同比减少1.4亿元、下降⟦16.7%⟧。' },
      { text: '全年接待游客120万人次，比上年增长⟦10%⟧，增加20万人次。' },
    ],
    clean: [
      { text: '固定资产投资由4405万元增加到1.3亿元，翻了一番多。' },
      { text: '农民人均纯收入由2001年的7817元增加到2006年的15940元，年均增长10.5%。' },
      { text: '全县森林覆盖率从32.1%提高到35.6%，提高3.5个百分点。' },
      { text: '经营主体由2020年的1.2万户增加到2025年的1.8万户，增长50%。' },
      { text: '经营主体由2020年的1.2万户增加到2025年的1.8万户，年均增长8.4%。' },
      { text: '地区生产总值由2020年的200亿元增加到2025年的285亿元，年均增长5.6%。' },
      { text: '经营主体由1.2万户增加到2.4万户，翻了一番。' },
      { text: '县财政安排造林资金1500万元，比上年增加300万元，增长25%。' },
      { text: '全年地区生产总值120亿元，比上年增加12亿元，增长6.5%。' },
      { text: '全年税收8.4亿元，比预算增加0.4亿元，增长12.1%。' },
      { text: '各项存款余额186.3亿元，比年初增加15.1亿元，增长8.8%。' },
    ],
  },
  check: (line) =>
    [...growthSlips(line), ...incrementSlips(line)].map(({ start, end, said, right, from, to }) => ({
      start,
      end,
      message: {
        zh: '由{0}到{1}，应约为{2}，这里写作{3}，请核对。',
        en: 'From {0} to {1} makes about {2}, not {3}.',
        values: [from, to, right, said],
      },
    })),
};
