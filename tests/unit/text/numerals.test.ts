import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatChineseNumeral,
  formatNumeral,
  parseChineseNumeral,
  parseSingleNumeral,
} from '../../../server/src/text/numerals';

describe('Chinese numerals', () => {
  it('are written and read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (value) => {
        expect(parseChineseNumeral(formatChineseNumeral(value))).toBe(value);
      }),
    );
  });

  it.each([
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['二十一', 21],
    ['一百', 100],
    ['一百零三', 103],
    ['一百一十', 110],
    ['贰拾叁', 23],
  ])('reads %s', (text, value) => {
    expect(parseChineseNumeral(text)).toBe(value);
  });

  it.each(['', '〇', '二〇〇四', '二○○四', '十百', '百二', '一二', '二十十', '三零', '年'])(
    'does not take %s for a counting numeral',
    (text) => {
      expect(parseChineseNumeral(text)).toBeUndefined();
    },
  );
});

describe('other numerals', () => {
  it('keep to the variant of their model', () => {
    expect(formatNumeral(3, 'circled', '①')).toBe('③');
    expect(formatNumeral(3, 'circled', '⑴')).toBe('⑶');
    expect(formatNumeral(25, 'circled')).toBe('㉕');
    expect(formatNumeral(4, 'roman', 'I')).toBe('IV');
    expect(formatNumeral(4, 'roman', 'Ⅰ')).toBe('Ⅳ');
    expect(formatNumeral(12, 'fullWidth')).toBe('１２');
    expect(formatNumeral(3, 'latin', 'a')).toBe('c');
    expect(formatNumeral(51, 'circled')).toBeUndefined();
  });

  it('read single characters', () => {
    expect(parseSingleNumeral('⑳'.charCodeAt(0))).toEqual({ value: 20, kind: 'circled' });
    expect(parseSingleNumeral('㈢'.charCodeAt(0))).toEqual({ value: 3, kind: 'bracketedChinese' });
    expect(parseSingleNumeral('A'.charCodeAt(0))).toBeUndefined();
  });
});
