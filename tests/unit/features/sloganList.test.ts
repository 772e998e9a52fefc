import { pinyin } from 'pinyin-pro';
import { beforeAll, describe, expect, it } from 'vitest';
import { asksForPinyin, matchingSlogans } from '../../../server/src/features/sloganList';
import { sloganLocations, sloganOccurrences } from '../../../server/src/features/sloganOccurrences';
import type { Lexicon, Phrase } from '../../../server/src/lexicon/model/lexicon';
import { PinyinIndex } from '../../../server/src/lexicon/model/pinyinIndex';
import { SLOGANS } from '../lexicon/documents';
import { smallLexicon } from './lexicon';

let lexicon: Lexicon;
let index: PinyinIndex;
beforeAll(async () => {
  lexicon = await smallLexicon();
  const options = { toneType: 'none', type: 'array', v: true } as const;
  index = new PinyinIndex(lexicon.phrases, {
    read: (text) => pinyin(text, options),
    readings: (character) => pinyin(character, { ...options, multiple: true }),
  });
});
const found = (query: string) => matchingSlogans(lexicon, index, query).map(({ text }) => text);

describe('a list of slogans', () => {
  it('is all of them where nothing is asked', () => {
    expect(found('')).toEqual(lexicon.phrases.map(({ text }) => text));
    expect(found(' “ ')).toEqual(found(''));
  });

  it('is filtered by characters, whatever the script and marks', () => {
    for (const query of ['青禾计划', '“青禾计划”', '「青禾計劃」', '禾计']) expect(found(query)).toContain(SLOGANS[3]);
    expect(found('乡村振兴')).toContain(SLOGANS[2]);
    expect(found('老槐树')).toEqual([]);
  });

  it('is filtered by pinyin', () => {
    for (const query of ['qmtj', 'QMTJ', 'quanmiantuijin', '全面tjxc', '全面推进xiangcun']) {
      expect(found(query), query).toContain(SLOGANS[2]);
    }
    expect(found('xczx')).toContain(SLOGANS[2]);
    expect(found('zzzz')).toEqual([]);
    expect(asksForPinyin('两个ql') && !asksForPinyin('两个')).toBe(true);
    expect(matchingSlogans(lexicon, undefined, 'qmtj')).toEqual([]);
  });
});

describe('the places of a slogan', () => {
  const phrase: Phrase = {
    text: '“青禾计划”',
    count: 9,
    documents: 5,
    before: [],
    after: [],
    variants: [['青禾计划', 2]],
  };

  it('are those of all its forms, in any script, none inside another', () => {
    expect(sloganOccurrences('“青禾计划”和青禾计划', phrase)).toEqual([
      { start: 0, end: 6 },
      { start: 7, end: 11 },
    ]);
    expect(sloganOccurrences('落實「青禾計劃」，說話寫書', phrase)).toEqual([{ start: 2, end: 8 }]);
    expect(sloganOccurrences('老槐树', phrase)).toEqual([]);
  });

  it('are given as lines and characters', () => {
    const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } };
    expect(sloganLocations('file:///a', '甲\r\n落实青禾计划', phrase)).toEqual([{ uri: 'file:///a', range }]);
  });
});
