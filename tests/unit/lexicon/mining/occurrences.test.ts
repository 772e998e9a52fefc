import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTexts } from '../../../../server/src/lexicon/mining/corpus';
import { OccurrenceCounter } from '../../../../server/src/lexicon/mining/occurrences';
import { CorpusPlan } from '../../../../server/src/lexicon/mining/plan';
import { suffixArray } from '../../../../server/src/lexicon/mining/suffixArray';

describe('the occurrences of strings', () => {
  it('are as many however they are looked for: alone, or each from where the one before is', () => {
    const text = fc.string({ unit: fc.constantFrom('水', '利', '工', '程'), maxLength: 30 });
    const string = fc.string({ unit: fc.constantFrom('水', '利', '工', '程', '桥'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.array(string, { maxLength: 12 }), (texts, all) => {
        const corpus = joinTexts(texts, [...texts.keys()], new Map());
        const plan = new CorpusPlan(texts.length);
        const counter = new OccurrenceCounter(corpus, suffixArray(corpus.text), plan, [...texts.keys()]);
        let last = 0;
        for (const sought of all.sort()) {
          const near = counter.find(sought, last);
          expect(near).toEqual(counter.find(sought));
          const occurrences = texts.flatMap((one) =>
            Array.from(one, (_, at) => at).filter((at) => one.startsWith(sought, at)),
          );
          expect(near.count).toBe(occurrences.length);
          last = near.first;
        }
      }),
      { numRuns: 200 },
    );
  });
});
