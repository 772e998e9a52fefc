import { periodSlips } from '../../facts/plans';
import type { LineRule } from '../rule';

export const factPeriod: LineRule = {
  id: 'fact.period',
  scope: 'line',
  title: { zh: '时间段起止颠倒', en: 'Period that ends before it starts' },
  reason: { zh: '时间段的终点不会早于起点。', en: 'A period ends after it has started.' },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '实施期限为⟦2025—2023年⟧。' },
      { text: '公示时间为⟦2026年5月20日至5月15日⟧。' },
      { text: '报名时间为⟦6月20日至15日⟧。' },
    ],
    clean: [
      { text: '实施期限为2023—2025年。' },
      { text: '公示时间为2026年5月15日至5月20日。' },
      { text: '取暖期为2026年11月15日至3月15日。' },
      { text: '由2025年与2023年相比，增长5%。' },
      { text: '报名时间为6月20日至7月15日。' },
    ],
  },
  check: (line) =>
    periodSlips(line).map(({ start, end }) => ({
      start,
      end,
      message: {
        zh: '这个时间段的终点早于起点，请核对。',
        en: 'This period ends before it starts; check both dates.',
      },
    })),
};
