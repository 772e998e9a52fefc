import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import type { Phrase } from '../../../../server/src/lexicon/model/lexicon';
import { PinyinIndex } from '../../../../server/src/lexicon/model/pinyinIndex';

const phrase = (text: string, documents = 5): Phrase => ({
  text,
  count: documents,
  documents,
  before: [],
  after: [],
  variants: [],
});
const PHRASES = ['长江大桥重新通行', '“两条干渠”', '绿色水利', '行业协会', '一江两岸3A景区'].map((text, at) =>
  phrase(text, 9 - at),
);
const options = { toneType: 'none', type: 'array', v: true } as const;
const index = new PinyinIndex(PHRASES, {
  read: (text) => pinyin(text, options),
  readings: (character) => pinyin(character, { ...options, multiple: true }),
});
const find = (letters: string) => index.find(letters, 9).map((match) => match.phrase.text);

describe('phrases by pinyin', () => {
  it('typed in full, by initials, mixed, in any case, with marks between syllables', () => {
    for (const typed of ['liangtiaoganqu', 'ltgq', 'liangtgq', 'LTGQ', "liang'tiao", 'ltg', 'l']) {
      expect(find(typed), typed).toContain('“两条干渠”');
    }
  });

  it('reads characters as they are read in the phrase, and as they are read elsewhere', () => {
    expect(find('changjiangdaqiaochongxintongxing')).toEqual(['长江大桥重新通行']);
    expect(find('cjdqcxtx')).toEqual(['长江大桥重新通行']);
    expect(find('zhangjiang')).toEqual(['长江大桥重新通行']);
    expect(find('hyxh')).toEqual(['行业协会']);
  });

  it('reads ü as v, and letters and figures as they are', () => {
    expect(find('lvse')).toEqual(['绿色水利']);
    expect(find('yjla3ajq')).toEqual(['一江两岸3A景区']);
  });

  it('says what is left to type', () => {
    expect(index.find('ltg', 1)[0]).toMatchObject({ rest: 'q', complete: false, exact: true });
    expect(index.find('ltgq', 1)[0]).toMatchObject({ rest: '', complete: true });
    expect(index.find('zj', 1)[0]).toMatchObject({ exact: false });
  });

  it('goes on inside a phrase', () => {
    expect(index.match(PHRASES[1] as Phrase, 3, 'gq')).toMatchObject({ complete: true });
    expect(index.match(PHRASES[1] as Phrase, 3, 'tgq')).toBeUndefined();
  });

  it('finds nothing for what is no pinyin of any', () => {
    for (const typed of ['', 'zzz', 'i', 'ltgqx', 'liantiao', "'", 'x'.repeat(1000)])
      expect(find(typed), typed).toEqual([]);
  });

  it('finds every phrase by its initials and by its syllables', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PHRASES), fc.infiniteStream(fc.boolean()), (one, choices) => {
        const letters = pinyin(one.text, options)
          .filter((syllable) => /^[a-z0-9]+$/i.test(syllable))
          .map((syllable) => (choices.next().value ? syllable : syllable.charAt(0)))
          .join('');
        expect(find(letters)).toContain(one.text);
      }),
    );
  });
});
