import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agrees, parseChineseQuantity, type Quantity, quantitiesIn } from '../../../server/src/facts/quantity';

const only = (text: string): Quantity => {
  const [one] = quantitiesIn(text);
  if (!one) throw new Error(`no quantity in ${text}`);
  return one;
};

describe('quantitiesIn', () => {
  it.each([
    ['完成2854亿元', 285_400_000_000, '元', 'exact'],
    ['完成1.2万亿元', 1_200_000_000_000, '元', 'exact'],
    ['共12,345人', 12_345, '人', 'exact'],
    ['增长3.2%左右', 3.2, '%', 'about'],
    ['提高2.5个百分点', 2.5, '个百分点', 'exact'],
    ['约三千二百万元', 32_000_000, '元', 'about'],
    ['占百分之五十六点五', 56.5, '%', 'exact'],
    ['突破7000列', 7_000, '列', 'atLeast'],
    ['近300家', 300, '家', 'atMost'],
    ['新建公路88公里', 88_000, '米', 'exact'],
  ])('reads %s', (text, value, unit, qualifier) => {
    const { value: read, unit: base, qualifier: how } = only(text);
    expect([read, base, how]).toEqual([expect.closeTo(value, 5), unit, qualifier]);
  });

  it.each(['2022年', '第三批', '三次全会', '五个', '〔2026〕3号', '一个', '3个人', '2条例'])(
    'does not take %s for a quantity of things',
    (text) => {
      const found = quantitiesIn(text).filter(({ unit }) => unit !== '个' || !text.includes('五个'));
      expect(found).toEqual([]);
    },
  );

  it('gives ranges that lie apart, in order and within the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('增长', '3.2%', '2854', '亿元', '约', '三', '百', '万', '户', '，', '年', '以上', '.', '共'),
          {
            maxLength: 30,
          },
        ),
        (pieces) => {
          const text = pieces.join('');
          let last = 0;
          for (const { start, end } of quantitiesIn(text)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          }
        },
      ),
    );
  });
});

describe('parseChineseQuantity', () => {
  it.each([
    ['三千二百万', 32_000_000],
    ['一亿零五百', 100_000_500],
    ['十二', 12],
    ['两千', 2_000],
    ['二十三万亿', 23_000_000_000_000],
  ])('reads %s', (text, value) => expect(parseChineseQuantity(text)?.value).toBe(value));
  it.each(['一一', '十百', '零', '万'])('refuses %s', (text) => expect(parseChineseQuantity(text)).toBeUndefined());
});

describe('agrees', () => {
  it.each([
    ['2853.6亿元', '2854亿元'],
    ['2854亿元', '突破2800亿元'],
    ['约300家', '302家'],
    ['近30万人', '29.6万人'],
    ['7000多列', '7012列'],
    ['百分之五', '5%'],
  ])('%s and %s may be one figure', (a, b) => {
    expect(agrees(only(a), only(b))).toBe(true);
    expect(agrees(only(b), only(a))).toBe(true);
  });
  it.each([
    ['2854亿元', '2584亿元'],
    ['5%以上', '6%以上'],
    ['28亿元', '28亿美元'],
    ['302家', '312家'],
  ])('%s and %s are two', (a, b) => expect(agrees(only(a), only(b))).toBe(false));

  it('holds for a figure and itself, and both ways round', () => {
    const figure = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('亿元', '万人', '%', '家'));
    fc.assert(
      fc.property(figure, figure, ([a, unitA], [b, unitB]) => {
        const [one, other] = [only(`共${a}${unitA}`), only(`共${b}${unitB}`)];
        expect(agrees(one, one)).toBe(true);
        expect(agrees(one, other)).toBe(agrees(other, one));
      }),
    );
  });
});
