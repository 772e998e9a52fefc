import { describe, expect, it } from 'vitest';
import { endsWord, isWordPair, lastWordStart, wordsAmong } from '../../../server/src/text/words';

const code = (character: string): number => character.charCodeAt(0);

describe('words', () => {
  it('are pairs of characters that the dictionary has', () => {
    expect(isWordPair(code('重'), code('要'))).toBe(true);
    expect(isWordPair(code('下'), code('要'))).toBe(false);
    expect(isWordPair(code('，'), code('要'))).toBe(false);
    expect(wordsAmong(['重要', '下要', '发展'])).toEqual(new Set(['重要', '发展']));
  });

  it('end where the next one begins', () => {
    expect(endsWord('风力发电', 2)).toBe(true);
    expect(endsWord('风力发电', 3)).toBe(false);
    expect(endsWord('风力', 2)).toBe(true);
    expect(endsWord('', 0)).toBe(true);
    expect(lastWordStart('重要指示和')).toBe(4);
    expect(lastWordStart('重要指示')).toBe(2);
    expect(lastWordStart('')).toBe(0);
  });
});
