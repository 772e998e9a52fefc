import { describe, expect, it } from 'vitest';
import { differences, siblings, titleOfDraft } from '../../../server/src/facts/siblings';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';

const draft = (title: string, facts = '') => ({ name: title, analysis: analyse(`${title}\n${facts}\n`) });
const pairsOf = (titles: readonly string[], named: readonly (readonly string[])[] = []) =>
  siblings(
    titles.map((title) => draft(title)),
    named,
  ).map(([one, other]) => [one.name, other.name]);

describe('drafts that ought to agree', () => {
  const REPORT = '青禾县2026年政府工作报告';
  const PLAN = '关于青禾县2025年国民经济和社会发展计划执行情况与2026年国民经济和社会发展计划草案的报告';
  const BUDGET = '关于青禾县2025年预算执行情况和2026年预算草案的报告';

  it('are a report and what is made of it', () => {
    expect(pairsOf([REPORT, `${REPORT}（摘要）`])).toEqual([[REPORT, `${REPORT}（摘要）`]]);
    expect(pairsOf(['青禾县防汛工作情况报告', '青禾县防汛工作情况报告（口头汇报稿）'])).toHaveLength(1);
    expect(titleOfDraft(draft(`　　${REPORT}`).analysis)).toBe(REPORT);
  });

  it('are the reports that a congress hears in one year', () => {
    expect(pairsOf([REPORT, PLAN, BUDGET])).toEqual([
      [REPORT, PLAN],
      [REPORT, BUDGET],
      [PLAN, BUDGET],
    ]);
  });

  it('are not those of another year or place, nor two versions of one text, nor any two reports', () => {
    expect(pairsOf([REPORT, PLAN.replace('2025', '2024').replace('2026', '2025').replace('2026', '2025')])).toEqual([]);
    expect(pairsOf([REPORT, BUDGET.replace('青禾县', '望海县')])).toEqual([]);
    expect(pairsOf([REPORT, '青禾县2025年政府工作报告'])).toEqual([]);
    expect(pairsOf(['青禾县防汛工作情况报告', '青禾县抗旱工作情况报告'])).toEqual([]);
    const twice = [draft(REPORT), { ...draft(REPORT), name: 'second' }];
    expect(siblings(twice)).toEqual([]);
  });

  it('are those that the writer names', () => {
    expect(pairsOf(['甲', '乙', '丙'], [['乙', '丙', '丁']])).toEqual([['乙', '丙']]);
  });
});

describe('what they differ in', () => {
  const differing = (one: string, other: string) => {
    const [first, second] = [one, other].map((text) => analyse(`青禾县工作报告\n${text}`)) as [Analysis, Analysis];
    return differences(first, second).map(({ one: mine, other: theirs }) => [
      mine.indicatorText,
      first.text.slice(mine.start, mine.end),
      second.text.slice(theirs.start, theirs.end),
    ]);
  };

  it('is told by indicator and year', () => {
    expect(
      differing('2025年，全县粮食总产量达到32.5万吨，增长2.1%。', '2025年，全县粮食总产量达到35.2万吨，增长2.1%。'),
    ).toEqual([['粮食总产量', '32.5万吨', '35.2万吨']]);
  });

  it('is told of growth right behind its level, and of the year of a communiqué', () => {
    const report = '一、2025年工作回顾\n粮食产量增长5.1%。';
    const [first, second] = [
      '青禾县2025年国民经济和社会发展统计公报\n全年粮食产量12万吨，比上年增长2.1%。',
      report,
    ].map((text) => analyse(text)) as [Analysis, Analysis];
    expect(differences(first, second)).toHaveLength(1);
  });

  it.each([
    ['real beside nominal growth', '2025年，居民人均收入实际增长5.2%。', '2025年，居民人均收入增长6.1%。'],
    ['one of several indicators in turn', '2025年，钢铁、水泥产量分别增长9.4%、9.2%。', '2025年，水泥产量增长9.2%。'],
    [
      'the second of two that share a clause',
      '2025年，城镇居民人均收入2.1万元，农村居民人均收入1.1万元，增长9.8%和8.5%。',
      '2025年，农村居民人均收入增长8.5%。',
    ],
    ['a step that was passed', '2025年，粮食产量连续跨越11万吨、12万吨。', '2025年，粮食产量达到12.4万吨。'],
    ['a rounded figure', '2025年，全县粮食总产量达到32.5万吨。', '2025年，全县粮食总产量达到33万吨。'],
    ['another year', '2025年，全县粮食总产量达到32.5万吨。', '2024年，全县粮食总产量达到35.2万吨。'],
    ['no year', '全县粮食总产量达到32.5万吨。', '全县粮食总产量达到35.2万吨。'],
    ['an aim', '2026年，力争全县粮食总产量达到32.5万吨。', '2026年，全县粮食总产量达到35.2万吨。'],
    ['a bound', '2025年，城镇登记失业率控制在4.5%以内。', '2025年，城镇登记失业率为3.2%。'],
    ['another place', '2025年，青禾镇粮食总产量达到32.5万吨。', '2025年，河口镇粮食总产量达到35.2万吨。'],
    ['what is done several times', '2025年，新建农村公路12.5公里。', '2025年，新建农村公路32.4公里。'],
    [
      'what one of them gives two values itself',
      '2025年，全县粮食总产量达到32.5万吨。2025年，全县粮食总产量达到35.2万吨。',
      '2025年，全县粮食总产量达到31.8万吨。',
    ],
  ])('is not %s', (_, one, other) => expect(differing(one, other)).toEqual([]));
});
