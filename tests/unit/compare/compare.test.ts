import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDrafts } from '../../../server/src/compare/compare';
import { compareSentences, compareWords, sentencesOf } from '../../../server/src/compare/sentences';
import { analyse } from '../../../server/src/structure/analyse';

const OLD = `青禾县政府工作报告
一、2025年工作回顾
全县地区生产总值达到285.4亿元，增长5.2%。
二、2026年工作安排
地区生产总值增长6%左右。
（一）抓好水利建设
实施青禾河综合治理工程，新建堤防十二公里，改造泵站六座，完善防汛预案。
（二）抓好教育工作
新建公办幼儿园三所，扩建县第一中学，引进骨干教师，提高普惠率。
（三）抓好旅游发展
打造古镇旅游路线，举办油菜花节，扶持民宿发展，建设游客中心。
`;
const NEW = `青禾县政府工作报告
一、2026年工作回顾
全县地区生产总值达到301.6亿元，增长5.7%。
二、2027年工作安排
地区生产总值增长6%左右。
（一）办好人民满意的教育
新建公办幼儿园五所，扩建县第一中学，引进骨干教师，提高普惠率。
（二）加快水利建设步伐
实施青禾河综合治理工程，新建堤防八公里，改造泵站六座，完善防汛预案。
（三）培育数字产业
建设数据中心，引进软件企业，培训数字工匠，开放应用场景。
`;

const compared = compareDrafts(analyse(OLD), analyse(NEW));
const fates = compared.sections.map(({ fate, old, current }) => [fate, old?.title ?? '', current?.title ?? '']);

describe('compareDrafts', () => {
  it('pairs sections by what they say, wherever they stand', () => {
    expect(fates).toContainEqual(['changed', '2025年工作回顾', '2026年工作回顾']);
    const water = fates.find(([, old]) => old === '抓好水利建设');
    const school = fates.find(([, old]) => old === '抓好教育工作');
    expect([water?.[2], school?.[2]]).toEqual(['加快水利建设步伐', '办好人民满意的教育']);
    expect([water?.[0], school?.[0]].filter((fate) => fate === 'moved')).toHaveLength(1);
    expect(fates).toContainEqual(['new', '', '培育数字产业']);
    expect(fates).toContainEqual(['dropped', '抓好旅游发展', '']);
  });
  it('sets what was planned beside what is reported', () => {
    const growth = compared.figures.find(({ indicator, kind }) => indicator.includes('生产总值') && kind === 'growth');
    expect(growth).toMatchObject({
      oldPlanned: { text: '6%左右', time: '2026' },
      planned: { text: '6%左右', time: '2027' },
    });
    const level = compared.figures.find(({ kind }) => kind === 'level');
    expect(level).toMatchObject({ oldReported: { text: '285.4亿元' }, reported: { text: '301.6亿元', time: '2026' } });
  });
  it('finds no difference between a draft and itself', () => {
    const { sections } = compareDrafts(analyse(OLD), analyse(OLD));
    expect(sections.map(({ fate }) => fate)).toEqual(sections.map(() => 'kept'));
  });
});

describe('sentences and words', () => {
  it('marks a changed figure as one word', () => {
    expect(compareWords('增长5.2%左右。', '增长6.1%左右。')).toEqual([
      { kind: 'same', text: '增长' },
      { kind: 'old', text: '5.2%' },
      { kind: 'new', text: '6.1%' },
      { kind: 'same', text: '左右。' },
    ]);
  });
  const text = fc.array(fc.constantFrom('抓好水利', '改造泵站', '增长5%', '，', '。', '；', '\n', '三所'), {
    maxLength: 40,
  });
  it('loses no sentence of either side', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [old, current] = [one.join(''), other.join('')];
        const pairs = compareSentences(old, current);
        expect(pairs.flatMap((pair) => pair.old ?? [])).toEqual(sentencesOf(old));
        expect(pairs.flatMap((pair) => pair.current ?? [])).toEqual(sentencesOf(current));
        for (const { words } of pairs) {
          if (!words) continue;
          expect(words.length).toBeGreaterThan(1);
        }
      }),
    );
  });
});

describe('an entry of a glossary that is gone', () => {
  const words =
    '青禾县实施“三线一单”生态环境分区管控，统筹保护红线、环境质量底线、资源利用上线，推进河湖治理和造林绿化。';
  const old = `青禾县工作报告\n一、生态建设\n${words.repeat(2)}\n名词解释\n1.“三线一单”\n保护红线、环境质量底线、资源利用上线。\n2.“河长制”\n由各级负责人担任河长。\n`;
  const current = `青禾县工作报告\n一、生态建设\n${words.repeat(2)}\n名词解释\n1.“河长制”\n由各级负责人担任河长。\n`;

  it('went into no section that happens to hold its words', () => {
    const fates = compareDrafts(analyse(old), analyse(current)).sections.map(({ fate }) => fate);
    expect(fates).toContain('dropped');
    expect(fates).not.toContain('merged');
  });
});
