import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { NgramBuilder, NgramTable } from '../../../../server/src/lexicon/mining/ngrams';
import type { Phrase } from '../../../../server/src/lexicon/model/lexicon';
import { commonPairs, PinyinIndex } from '../../../../server/src/lexicon/model/pinyinIndex';

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

describe('words inside phrases by pinyin', () => {
  const within = new PinyinIndex(
    ['全面提升供水安全水平', '供水安全水平，加快渠道改造', '落实“两条干渠”', '保障农村饮水', '一河一策'].map((text) =>
      phrase(text),
    ),
    { read: (text) => pinyin(text, options), readings: (one) => pinyin(one, { ...options, multiple: true }) },
  );
  within.addWord('堤防');
  const parts = (letters: string, before = '', fuzzy = false) =>
    within.findParts(letters, before, { fuzzy }).map(({ text }) => text);

  it('from any word on, as far as typed where a word ends there', () => {
    for (const letters of ['gsaq', 'gongshuianquan', 'gongsaq', 'GSAQ']) {
      expect(parts(letters), letters).toEqual(['供水安全']);
    }
    expect(within.findParts('gsaq')[0]).toMatchObject({ complete: true, exact: true, rest: '' });
  });

  it('to the end of the clause where a word was only begun', () => {
    expect(within.findParts('gsa')).toMatchObject([{ text: '供水安全水平', complete: false, rest: 'qsp' }]);
    expect(parts('qdg')).toEqual(['渠道改造']);
  });

  it('never from the middle of a word, nor a single character, nor for the initial of one', () => {
    for (const letters of ['saq', 'zz', 'ying', 's', 'sh', '']) expect(parts(letters), letters).toEqual([]);
  });

  it('in the quotation marks they stand in', () => {
    expect(parts('ltgq')).toEqual(['“两条干渠”']);
    // 两条 by itself would leave a mark open.
    expect(parts('lt')).toEqual([]);
  });

  it('say how much of the phrase stands before them already', () => {
    expect(within.findParts('aqsp', '我县供水')[0]).toMatchObject({ text: '安全水平', agreeing: 2 });
    expect(within.findParts('aqsp', '我县')[0]).toMatchObject({ agreeing: 0 });
  });

  it('words that are no phrase', () => {
    for (const letters of ['difang', 'df', 'dfang'])
      expect(within.findParts(letters)).toMatchObject([{ text: '堤防' }]);
    expect(within.findParts('df')[0]).not.toHaveProperty('phrase');
    expect(within.find('difang', 9)).toEqual([]);
  });

  it('with initials that are mistaken for one another only where that is wanted', () => {
    for (const letters of ['longcun', 'gongsuianquan', 'nuosi']) {
      expect(parts(letters), letters).toEqual([]);
      expect(parts(letters, '', true).length, letters).toBe(1);
    }
    expect(within.findParts('nongcun', '', { fuzzy: true })[0]).toMatchObject({ exact: true });
    expect(within.findParts('longcun', '', { fuzzy: true })[0]).toMatchObject({ exact: false });
    expect(index.find('niangtiao', 9)).toEqual([]);
    expect(index.find('niangtiao', 9, { fuzzy: true }).map((match) => match.phrase.text)).toEqual(['“两条干渠”']);
    expect(index.match(PHRASES[1] as Phrase, 3, 'ganqu', { fuzzy: true })).toMatchObject({ complete: true });
  });

  it('names the phrases they stand in', () => {
    expect(within.holding('gsaq').map(({ text }) => text)).toEqual([
      '全面提升供水安全水平',
      '供水安全水平，加快渠道改造',
    ]);
  });

  it('takes pairs of characters for words only where documents have them often', () => {
    const builder = new NgramBuilder();
    const write = (text: string, count: number) => {
      const units = Array.from(text, (one) => one.charCodeAt(0));
      for (let size = 1; size <= units.length; size++) builder.set(units, 0, size, count);
    };
    for (const [text, count] of [
      ['堤防', 400],
      ['灌溉', 3],
      ['，在', 900],
    ] as const)
      write(text, count);
    expect(commonPairs(NgramTable.load(builder.store()))).toEqual(['堤防']);
  });
});
