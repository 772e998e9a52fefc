import { planSlips } from '../../facts/plans';
import { changeTo } from '../change';
import type { LineRule } from '../rule';

export const factPlan: LineRule = {
  id: 'fact.plan',
  scope: 'line',
  title: { zh: '五年规划与年份不符', en: 'Five-year plan against its years' },
  reason: {
    zh: '“十四五”为2021—2025年，“十五五”为2026—2030年，其余类推。',
    en: 'The 14th five-year plan runs from 2021 to 2025, the 15th from 2026 to 2030, and so on.',
  },
  authority: { zh: '历次五年规划（计划）', en: 'the five-year plans themselves' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '“十四五”时期（⟦2020—2025年⟧），全县将建成三座水厂。' },
      { text: '⟦2025年⟧是“十五五”开局之年。' },
    ],
    clean: [
      { text: '“十四五”时期（2021—2025年），全县将建成三座水厂。' },
      { text: '2026年是“十五五”开局之年。' },
      { text: '2025年是“十四五”规划收官之年，也是谋划“十五五”的关键一年。' },
      { text: '“十五五”规划（2026—2030年）编制工作已经启动。' },
    ],
  },
  check: (line) =>
    planSlips(line).map(({ start, end, plan, right }) => ({
      start,
      end,
      message: {
        zh: '“{0}”对应的应是{1}，请核对。',
        en: 'For “{0}” it should be {1}.',
        values: [plan, right],
      },
      fixes: [changeTo(start, end, right, false)],
    })),
};
