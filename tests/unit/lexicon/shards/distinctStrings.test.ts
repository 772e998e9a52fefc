import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DistinctStrings } from '../../../../server/src/lexicon/shards/distinctStrings';

it('returns every string once, in order, however many are packed at once', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('统', '筹', '水', 'a', '\ud83d'), maxLength: 5 }));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), (all, atOnce) => {
      const strings = new DistinctStrings(atOnce);
      for (const text of all) strings.add(text);
      expect([...strings.sorted()]).toEqual([...new Set(all)].sort());
    }),
    { numRuns: 200 },
  );
});
