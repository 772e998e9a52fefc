import { describe, expect, it } from 'vitest';
import { valueConflicts } from '../../../server/src/facts/conflicts';
import { statementsOf } from '../../../server/src/facts/statements';
import { datesIn, planYears, timesIn, weekdayOf } from '../../../server/src/facts/time';
import { timeWords } from '../../../server/src/facts/timeKey';
import { analyse } from '../../../server/src/structure/analyse';

const read = (text: string) =>
  statementsOf(analyse(text, 'policytext')).map(({ indicator, kind, direction, start, end, time, planned, scope }) => ({
    indicator,
    kind,
    direction,
    words: text.slice(start, end),
    time,
    planned,
    scope,
  }));

describe('statementsOf', () => {
  it('takes the indicator over from the clause before', () => {
    expect(read('2025年，全县实现地区生产总值285.4亿元、增长5.2%。')).toMatchObject([
      { indicator: '地区生产总值', kind: 'level', words: '285.4亿元', time: '2025' },
      { indicator: '地区生产总值', kind: 'growth', direction: 1, words: '5.2%', time: '2025' },
    ]);
  });
  it('gives names of one indicator the usual one', () => {
    expect(read('2025年GDP完成285.4亿元。')[0]).toMatchObject({ indicator: '地区生产总值' });
  });
  it('knows a plan from a result by the sentence and by the heading', () => {
    const text = '一、2025年工作回顾\n粮食产量达到12万吨。\n二、2026年工作安排\n粮食产量达到13万吨。';
    expect(read(text).map(({ planned, time }) => [planned, time])).toEqual([
      [false, '2025'],
      [true, '2026'],
    ]);
  });
  it('keeps apart whose figure it is', () => {
    const [one, other] = read('粮食产量达到12万吨（青禾镇3万吨，河口镇2万吨）。').slice(1);
    expect([one?.scope, other?.scope]).toEqual(['青禾镇', '河口镇']);
    expect(one?.indicator).toBe('粮食产量');
  });
  it('leaves the year that is compared with out of the indicator', () => {
    for (const words of ['比上年', '较上年', '比2024年', '比上年同期'])
      expect(read(`2025年，粮食产量${words}增长5.2%。`)[0]).toMatchObject({ indicator: '粮食产量', kind: 'growth' });
  });
  it('leaves the mark of a note out of the indicator', () => {
    expect(read('2025年，粮食产量[2]12万吨。')[0]).toMatchObject({ indicator: '粮食产量' });
  });
  it('keeps real growth apart from nominal', () => {
    const manners = (text: string) => statementsOf(analyse(text, 'policytext')).map(({ manner }) => manner);
    expect(manners('2025年，居民人均可支配收入2.1万元，比上年增长6.2%，扣除价格因素，实际增长5.8%。')).toEqual([
      '',
      '',
      '实际',
    ]);
    expect(manners('2025年，居民人均可支配收入2.1万元，扣除物价因素，增长5.8%，粮食产量增长2.1%。')).toEqual([
      '',
      '实际',
      '',
    ]);
  });
  it('takes the year from a title that looks back on it, from no other', () => {
    const facts = '一、农业\n全年粮食产量12万吨。一季度，蔬菜产量增长2%。全年肉类产量3万吨。';
    const times = (title: string) => read(`${title}\n${facts}`).map(({ time }) => time);
    expect(times('青禾县2025年国民经济和社会发展统计公报[1]')).toEqual(['2025', '?.1-3月', '2025']);
    expect(times('青禾县水利局2025年工作总结')[0]).toBe('2025');
    for (const title of ['青禾县2026年政府工作报告', '关于2025年预算执行情况和2026年预算草案的报告'])
      expect(times(title)[0]).toBe('');
  });
  it('reads 跨越 and 迈上 as bounds', () => {
    const [one] = statementsOf(analyse('2025年，粮食产量跨越12万吨台阶。', 'policytext'));
    expect(one).toMatchObject({ indicator: '粮食产量', quantity: { qualifier: 'atLeast' } });
  });
  it('does not take the base of a comparison for the time', () => {
    expect(read('2025年粮食产量比2020年增长12%。')[0]).toMatchObject({ time: '2025', kind: 'growth' });
  });
});

describe('what is no statement, and what stands where', () => {
  const told = (line: string) =>
    statementsOf(analyse(line)).map(({ indicatorText, kind, start, end, scope }) => [
      indicatorText,
      kind,
      line.slice(start, end),
      scope,
    ]);

  it('leaves named sets and 二元结构 alone', () => {
    expect(told('深刻领悟“两个确立”的决定性意义，破除城乡二元结构。')).toEqual([]);
    expect(told('建成两个县域医疗共同体，补助十二元。').map(([, , text]) => text)).toEqual(['两个', '十二元']);
  });

  it('takes a range for one figure', () => {
    expect(told('每年统筹2～3亿元，用于村庄建设。')).toEqual([['每年统筹', 'level', '2～3亿元', '']]);
    expect(told('粮食产量增长5%-6%。')[0]?.[2]).toBe('5%-6%');
  });

  it('knows where a figure began from where it stands', () => {
    expect(told('一般公共预算收入从175.9亿元增至220.9亿元。').map(([name, kind]) => [name, kind])).toEqual([
      ['一般公共预算收入', 'base'],
      ['一般公共预算收入', 'level'],
    ]);
  });

  it('takes no words that only end as a name of a place does for one', () => {
    for (const words of ['建成区域性养老服务中心6个。', '培育省级龙头企业10家。', '文化兴市，地区生产总值增长5%。'])
      expect(told(words).every(([, , , scope]) => !/[建培兴]/.test(scope as string))).toBe(true);
    expect(told('文化兴市，地区生产总值增长5%。')[0]?.[3]).toBe('');
    expect(told('建成区域性养老服务中心6个。')[0]?.[3]).toBe('');
    expect(told('青禾市报告。临江县粮食产量增长5%。')[0]?.[3]).toBe('临江县');
  });

  it('tells times as a person reads them', () => {
    expect(['0.', '-1.1-6月', '2025', '2021-2025', '2025.年末', '?.1-6月', ''].map(timeWords)).toEqual([
      '今年',
      '去年1-6月',
      '2025年',
      '2021—2025年',
      '2025年年末',
      '1-6月',
      '',
    ]);
  });
});

describe('valueConflicts', () => {
  const conflicts = (text: string) =>
    valueConflicts(analyse(text, 'policytext')).map(({ statement }) => text.slice(statement.start, statement.end));

  it('tells the one that stands alone against two', () => {
    const text =
      '2025年末全县公路总里程达到1286公里。\n2025年末，全县公路总里程为1268公里。\n截至2025年末，全县公路总里程为1286公里。';
    expect(conflicts(text)).toEqual(['1268公里']);
  });
  it('finds the sentence that is told twice with another figure', () => {
    const text =
      '会议期间，来自各乡镇的代表共提交提案八十六件，其中有关水利的提案26件，已全部交办。\n会议期间，来自各乡镇的代表共提交提案八十六件，其中有关水利的提案36件，已全部交办。';
    expect(conflicts(text)).toEqual(['36件']);
  });
  it.each([
    '2025年新增城镇就业1.2万人。\n2025年上半年新增城镇就业0.7万人。',
    '2025年地区生产总值达到285.4亿元。\n2025年地区生产总值达到285亿元左右。',
    '项目总投资5.2亿元。\n另一项目总投资3.8亿元。',
    '2025年青禾镇农民人均纯收入达到1.2万元。\n2025年河口镇农民人均纯收入达到1.3万元。',
  ])('says nothing of %s', (text) => expect(conflicts(text)).toEqual([]));
});

describe('times and dates', () => {
  it('reads years, plans and parts of years', () => {
    expect(
      timesIn('2025年底，“十四五”时期，今年上半年，2021—2025年').map(({ from, to, part }) => [from, to, part]),
    ).toEqual([
      [2025, 2025, '底'],
      [2021, 2025, ''],
      [undefined, undefined, '上半年'],
      [2021, 2025, ''],
    ]);
  });
  it('knows the years of plans', () => {
    expect([planYears('一五'), planYears('三五'), planYears('十五'), planYears('十五五')]).toEqual([
      [1953, 1957],
      [1966, 1970],
      [2001, 2005],
      [2026, 2030],
    ]);
  });
  it('reads days in both kinds of figures', () => {
    expect(datesIn('二〇二六年十一月二十九日，2026年3月5日（星期四）')).toMatchObject([
      { year: 2026, month: 11, day: 29 },
      { year: 2026, month: 3, day: 5, weekday: 4 },
    ]);
    expect(weekdayOf(2026, 11, 29)).toBe(0);
  });
});
