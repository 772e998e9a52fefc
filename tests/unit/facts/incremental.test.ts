/** Caching figures from one version of a draft to the next does not change the results. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueConflicts } from '../../../server/src/facts/conflicts';
import type { Statement } from '../../../server/src/facts/statement';
import { statementsOf } from '../../../server/src/facts/statements';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { EFFORT } from '../endurance';

const LINES = [
  '青禾县2025年政府工作报告',
  '一、2025年工作回顾',
  '（一）2024年主要成效',
  '二、2026年目标任务',
  '二、今年工作安排',
  '2025年青禾县地区生产总值达到285.4亿元，增长5.2%。',
  '2025年，地区生产总值完成258.4亿元，迈上新台阶。',
  '地区生产总值完成258.4亿元，粮食总产量达到12.6万吨。',
  '粮食总产量达到16.2万吨。工业提质增效，全年规模以上工业增加值增长7.1%。',
  '全县户籍人口为35万人，望海区户籍人口为32万人。',
  '2025年末，全县户籍人口为32万人，力争新建农村公路132.5公里。',
  '青禾县去年新建农村公路132.5公里',
  '记者从县交通运输局获悉，去年全县新建农村公路123.5公里，覆盖所有行政村。',
  '',
  '各镇要抓好落实，压实责任。',
];
const edits = fc.array(
  fc.record({
    at: fc.nat({ max: 900 }),
    deleted: fc.constantFrom(0, 0, 1, 2, 30),
    put: fc.constantFrom(
      '3',
      '水',
      '年',
      '。',
      '，',
      '\n',
      '\r',
      '2024年',
      '二、',
      '目标',
      '县',
      '',
      '地区生产总值完成285亿元',
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Statements by their places, with all their data. */
function plain(one: Statement) {
  const { start, end, line, indicator, indicatorText, inherited, kind, direction, manner, scope } = one;
  const { time, timeDistance, planned, sentence, key, section, quantity } = one;
  return [
    ...[start, end, line, indicator, indicatorText, inherited, kind, direction, manner, scope],
    ...[time, timeDistance, planned, sentence, key, section?.span.start, quantity.value, quantity.unit],
  ];
}

const found = (analysis: Analysis) => ({
  statements: statementsOf(analysis).map(plain),
  conflicts: valueConflicts(analysis).map(({ statement, others, ground }) => [
    plain(statement),
    others.map(plain),
    ground,
  ]),
});

it('finds in an edited draft what it finds in the draft read anew', () => {
  let conflicts = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { minLength: 4, maxLength: 24 }), edits, (lines, changes) => {
      let analysis = analyse(lines.join('\n'));
      found(analysis);
      for (const { at, deleted, put } of changes) {
        const { text } = analysis;
        const from = Math.min(at, text.length);
        analysis = analyse(text.slice(0, from) + put + text.slice(from + deleted), 'policytext', analysis);
        const now = found(analysis);
        conflicts += now.conflicts.length;
        expect(now).toEqual(found(analyse(analysis.text)));
      }
    }),
    { numRuns: 50 * EFFORT },
  );
  expect(conflicts).toBeGreaterThan(30);
});
