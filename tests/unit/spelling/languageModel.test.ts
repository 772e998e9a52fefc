import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../server/src/spelling/languageModel';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { tokenise } from '../../../server/src/spelling/tokens';
import { runToCompletion } from '../../../server/src/text/resumable';

const { language } = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);
const TEXT =
  '各县区要结合实际制定方案，压实主体责任，明确完成时限；一是修渠，二是植树，三是铺路，受益群众超过三十万人。' +
  '坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，着力推动高质量发展，切实保障和改善民生。';
const { codes, length } = tokenise(TEXT);
const numbers = Array.from({ length }, (_, at) => language.numberOf(codes[at]!));
const vocabulary = language.numberOf('的'.charCodeAt(0)) > 0 ? 4_000 : 0;

/** States as reached by texts, and characters that do or do not follow there. */
const places = fc.tuple(fc.nat({ max: length - 1 }), fc.nat({ max: 6 }));
const characters = fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: 1, max: vocabulary }));

function stateAt([at, reach]: [number, number]): number {
  let state = ROOT;
  for (let index = Math.max(0, at - reach); index <= at; index++) state = language.step(state, numbers[index]!);
  return state;
}

describe('the language model', () => {
  it('steps from a prepared state as from any', () => {
    const context = language.context();
    fc.assert(
      fc.property(places, fc.array(characters, { minLength: 1, maxLength: 20 }), (place, all) => {
        const state = stateAt(place);
        context.begin(state);
        for (const number of all) {
          const next = language.step(state, number);
          const { last } = language;
          expect([context.step(number), language.last]).toEqual([next, last]);
          if (language.follows(language.lastOf(state), number)) continue;
          expect([next, last]).toEqual([number, context.unseen + language.frequency(number)]);
        }
      }),
    );
  });

  it('knows which pairs were seen from both sides', () => {
    fc.assert(
      fc.property(characters, characters, (first, second) => {
        const seen = language.step(first, second) !== second;
        expect([language.follows(first, second), language.precedes(first, second)]).toEqual([seen, seen]);
      }),
    );
  });

  it('names what was seen in a state, as steps lead to it', () => {
    fc.assert(
      fc.property(places, (place) => {
        const state = stateAt(place);
        const { first, end } = language.continuations(state, 60);
        for (let next = first; next < end; next++) {
          expect(language.step(state, language.lastOf(next))).toBe(next);
          expect(language.last).toBeCloseTo(language.probability(next));
        }
      }),
    );
  });
});
