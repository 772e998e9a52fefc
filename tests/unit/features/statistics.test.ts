import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statistics } from '../../../server/src/features/statistics';
import { countCharacters } from '../../../server/src/text/characters';
import { positionAt } from '../../../server/src/text/lines';
import { draft, REPORT, REPORT_HEADS } from './draft';

describe('statistics', () => {
  const report = draft(REPORT, REPORT_HEADS);
  const at = (words: string) => statistics(report, positionAt(report.lines, REPORT.indexOf(words)), 'zh-cn');

  it('names the sections around the caret and counts the innermost and the whole text', () => {
    expect(at('人手不够')).toEqual({ path: ['一、总体情况', '（二）存在问题'], section: 22, document: 98 });
  });

  it('has no section before the first heading', () => {
    const plain = draft('没有标题。\n第二行。');
    expect(statistics(plain, { line: 0, character: 2 }, 'en')).toEqual({ path: [], document: 9 });
  });
});

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['水 利　工\t程\r\n', 4],
    ['共3.5万元。', 7],
    ['𠮷野家', 3],
    ['\ufeff水\u200b', 1],
    ['\ud842', 1],
  ])('of %j is %i', (text, expected) => expect(countCharacters(text)).toBe(expected));

  it('counts code points that are not blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const blank = /[\0-\x20\xa0\u2000-\u200b\u202f\u3000\ufeff]/;
        expect(countCharacters(text)).toBe(Array.from(text).filter((one) => !blank.test(one)).length);
      }),
    );
  });
});
