import { describe, expect, it } from 'vitest';
import { NgramTable } from '../../../../server/src/lexicon/mining/ngrams';
import { LoneCounts } from '../../../../server/src/lexicon/model/followers';
import { emptyLexicon } from '../../../../server/src/lexicon/model/store';
import { lexiconOf } from '../learned';

const code = (character: string): number => character.charCodeAt(0);

describe('what follows a character by itself', () => {
  it('is not what follows words that end with it', async () => {
    const places = ['甲溪', '乙川', '丙岭', '丁湖', '戊原', '己港'];
    const texts = places.map(
      (place) =>
        `${place}镇认真学习重要指示精神，抓好落实。${place}镇再次传达重要指示要求，列出清单。各村要坚持稳字当头，${place}镇要坚持实字为先。\n`,
    );
    const { ngrams } = await lexiconOf(texts);
    const lone = new LoneCounts(ngrams);
    const unit = ngrams.child(NgramTable.ROOT, code('要'));
    const pointed = ngrams.child(unit, code('指'));
    const held = ngrams.child(unit, code('坚'));
    expect(ngrams.count(pointed)).toBeGreaterThan(5);
    expect(lone.count(pointed)).toBe(0);
    expect(lone.count(held)).toBeCloseTo(ngrams.count(held));
    expect(lone.count(unit)).toBeLessThan(ngrams.count(unit));
    expect(lone.isWord(ngrams.child(ngrams.child(NgramTable.ROOT, code('重')), code('要')))).toBe(true);
  });

  it('is nothing where nothing was learned', () => {
    expect(new LoneCounts(emptyLexicon().ngrams).count(NgramTable.ROOT)).toBe(0);
  });
});
