import { describe, expect, it } from 'vitest';
import { MarksAround } from '../../../server/src/repair/mojibake/marksAround';

/** Number of unpaired marks if the star in `text` is read as `restored`. */
function unpaired(text: string, restored: string): number {
  const start = text.indexOf('*');
  return new MarksAround(text, start, start + 1).unpaired(restored, start + 1);
}

describe('MarksAround', () => {
  it.each([
    ['实施“一河三山*行动，', '”'],
    ['实施*一河三山”行动，', '“'],
    ['实施*一河三山，', '保'],
    ['称号*。《山海情》热播', '。'],
    ['以《方案*和“清单”为准', '》'],
    ['他說：「我們*\n「好。」', '」'],
  ])('finds nothing in %s read as %s', (text, restored) => {
    expect(unpaired(text, restored)).toBe(0);
  });

  it.each([
    ['实施“一河三山*行动，', '保', 1],
    ['实施“一河三山*行动，', '“', 2],
    ['实施*一河三山”行动，', '保', 1],
    ['实施*一河三山，', '”', 1],
    ['他說：「我們*\n「好。」', '。', 1],
  ])('counts what is not in turn in %s read as %s', (text, restored, count) => {
    expect(unpaired(text, restored)).toBe(count);
  });

  it('looks no further than the line', () => {
    expect(unpaired('“甲\n乙*丙\n丁”', '保')).toBe(0);
    expect(new MarksAround('', 0, 0).unpaired('', 0)).toBe(0);
  });
});
