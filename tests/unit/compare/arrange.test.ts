import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeLike } from '../../../server/src/compare/arrange';
import { analyse } from '../../../server/src/structure/analyse';

const SECTIONS = [
  ['农业生产', '抓好春耕备耕，落实粮食播种面积，推广良种良法。'],
  ['水利建设', '加固河堤，清淤渠道，更新泵站机组。'],
  ['教育事业', '新建两所小学，改造食堂，配齐体育教师。'],
  ['医疗卫生', '升级乡镇卫生院，引进全科医生，开展义诊。'],
] as const;

const draft = (order: readonly number[]) =>
  [
    '青禾县工作要点',
    '开头的话。',
    ...order.flatMap((index, at) => [`${'一二三四'[at]}、${SECTIONS[index]![0]}`, SECTIONS[index]![1]]),
  ].join('\n');

describe('an earlier draft arranged like the new one', () => {
  it('has its sections beside their counterparts', () => {
    const arranged = arrangeLike(analyse(draft([0, 1, 2, 3])), analyse(draft([2, 0, 3, 1])));
    const heads = arranged.split('\n').filter((line) => /^[一二三四]、/.test(line));
    expect(heads).toEqual(['三、教育事业', '一、农业生产', '四、医疗卫生', '二、水利建设']);
  });

  it('stays as it is beside itself', () => {
    const text = `${draft([0, 1, 2, 3])}\n\n`;
    expect(arrangeLike(analyse(text), analyse(text))).toBe(text);
  });

  it('keeps every line exactly once', () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3]);
    fc.assert(
      fc.property(orders, orders, (one, other) => {
        const old = draft(one);
        const arranged = arrangeLike(analyse(old), analyse(draft(other)));
        expect(arranged.split('\n').sort()).toEqual(old.split('\n').sort());
      }),
      { numRuns: 40 },
    );
  });
});
