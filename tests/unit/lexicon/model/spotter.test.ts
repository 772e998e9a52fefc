import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phrase } from '../../../../server/src/lexicon/model/lexicon';
import { SloganSpotter } from '../../../../server/src/lexicon/model/spotter';

function phrase(text: string, variants: readonly string[] = []): Phrase {
  return { text, count: 9, documents: 5, before: [], after: [], variants: variants.map((form) => [form, 1] as const) };
}

const phrases = [phrase('修桥补路'), phrase('坚持修桥补路'), phrase('“青禾计划”', ['青禾计划']), phrase('引水')];
const spotter = new SloganSpotter({ phrases });
const spotted = (line: string) => spotter.spot(line).map(({ start, end }) => line.slice(start, end));

describe('slogans in a line', () => {
  it('are found with offsets, the longest at each place, in any of their forms', () => {
    expect(spotter.spot('望海区坚持修桥补路')).toEqual([{ phrase: phrases[1], start: 3, end: 9 }]);
    expect(spotted('修桥补路、修桥补路，落实“青禾计划”和青禾计划')).toEqual([
      '修桥补路',
      '修桥补路',
      '“青禾计划”',
      '青禾计划',
    ]);
  });

  it('are no words of three characters, no parts, and only those wanted', () => {
    expect(spotted('引水，修桥补')).toEqual([]);
    expect(new SloganSpotter({ phrases }, ({ text }) => text.length > 4).spot('修桥补路')).toEqual([]);
  });

  it('come in order and never overlap', () => {
    const lines = fc
      .array(fc.constantFrom('修桥', '补路', '坚持', '“青禾', '计划”', '，', 'a', '\ud83d'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(lines, (line) => {
        let end = 0;
        for (const one of spotter.spot(line)) {
          expect(one.start).toBeGreaterThanOrEqual(end);
          end = one.end;
          expect([one.phrase.text, ...one.phrase.variants.map(([form]) => form)]).toContain(line.slice(one.start, end));
        }
      }),
    );
  });
});
