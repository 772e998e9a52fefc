import { describe, expect, it } from 'vitest';
import { insertionOf } from '../../../server/src/features/sloganInsertion';

/** The line after `text` has been inserted at `|`. */
function inserted(marked: string, text: string): string {
  const [left = '', right = ''] = marked.split('|');
  const { replace, over } = insertionOf(left, right, text);
  return left.slice(0, left.length - replace) + text + right.slice(over);
}

describe('a slogan put into a line', () => {
  it('stands at the caret', () => {
    expect(inserted('我们|。', '坚持稳中求进')).toBe('我们坚持稳中求进。');
    expect(inserted('|', '“青禾计划”')).toBe('“青禾计划”');
    expect(insertionOf('', '', '')).toEqual({ replace: 0, over: 0 });
  });

  it('takes the place of its own beginning', () => {
    expect(inserted('我们坚持稳中|，', '坚持稳中求进')).toBe('我们坚持稳中求进，');
    expect(inserted('我们坚|', '坚持稳中求进')).toBe('我们坚坚持稳中求进');
    expect(inserted('落实“青|', '“青禾计划”')).toBe('落实“青禾计划”');
  });

  it('doubles no mark, and leaves one that closes another', () => {
    expect(inserted('落实“|”', '“青禾计划”')).toBe('落实“青禾计划”');
    expect(inserted('落实“青禾|”', '“青禾计划”')).toBe('落实“青禾计划”');
    expect(inserted('（落实|）', '计划（试行）')).toBe('（落实计划（试行））');
    expect(inserted('他说：“落实|”', '“青禾计划”')).toBe('他说：“落实“青禾计划””');
  });
});
