import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { type CountedLine, LineTotals } from '../../../server/src/structure/lineTotals';
import { CharacterCounts } from '../../../server/src/text/characterCounts';

const UNITS = [...'制订定度。 '].concat('\n', '\r', '\r\n', '\n\n\n');
const text = fc.array(fc.constantFrom(...UNITS), { maxLength: 40 }).map((units) => units.join(''));

/** How often each unit and each pair of adjacent units occurs. */
function counted(counts: CharacterCounts): number[] {
  const codes = [...new Set(UNITS.join(''))].map((unit) => unit.charCodeAt(0));
  return codes.flatMap((one) => [counts.single(one), ...codes.map((other) => counts.pair(one, other))]);
}

function totals() {
  const count = vi.fn((counts: CharacterCounts, { text, start, end }: CountedLine, by: 1 | -1) =>
    counts.add(text, start, end, by),
  );
  return { count, totals: new LineTotals(() => new CharacterCounts(), count) };
}

describe('a total over lines', () => {
  it('after any edits is that of the text counted afresh', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.nat(60), fc.nat(6)), { maxLength: 5 }), text, (edits, first) => {
        const { totals: kept } = totals();
        let written = first;
        let analysis = analyse(written);
        for (const [added, from, length] of edits) {
          // Not every version is counted.
          if (length % 2 === 0) kept.of(analysis);
          written = written.slice(0, from) + added + written.slice(from + length);
          analysis = analyse(written, 'policytext', analysis);
        }
        expect(counted(kept.of(analysis))).toEqual(counted(CharacterCounts.of(written)));
      }),
      { numRuns: 300 },
    );
  });

  it('counts two lines at most when one is edited', () => {
    const { count, totals: kept } = totals();
    const lines = Array.from({ length: 200 }, (_, index) => `第${index}项制度要落实。`);
    const before = analyse(lines.join('\n'));
    kept.of(before);
    count.mockClear();
    lines[90] += '要修订。';
    const after = analyse(lines.join('\n'), 'policytext', before);
    expect(kept.of(after).pair('制'.charCodeAt(0), '度'.charCodeAt(0))).toBe(200);
    expect(count.mock.calls.map(([, , by]) => by)).toEqual([-1, -1, 1, 1]);
    expect(kept.of(after).single('修'.charCodeAt(0))).toBe(1);
    expect(count).toHaveBeenCalledTimes(4);
  });

  it('is right for a version that an edit has left behind', () => {
    const { totals: kept } = totals();
    const before = analyse('制度\n制定\n');
    kept.of(before);
    kept.of(analyse('制度\n制订\n', 'policytext', before));
    expect(counted(kept.of(before))).toEqual(counted(CharacterCounts.of('制度\n制定\n')));
  });
});

describe('counts of characters', () => {
  it('forget what no longer occurs', () => {
    const counts = new CharacterCounts();
    for (let round = 0; round < 2_000; round++) {
      const text = String.fromCharCode(0x4e00 + round, 0x5e00 + round);
      counts.add(text, 0, 2, 1);
      counts.add(text, 0, 2, -1);
    }
    counts.add('制度', 0, 2, 1);
    expect([counts.single('制'.charCodeAt(0)), counts.pair(0x4e00, 0x5e00)]).toEqual([1, 0]);
  });

  it('have none of what is no character', () => {
    expect([
      CharacterCounts.of('制\0度').pair(Number.NaN, 0x5ea6),
      CharacterCounts.of('制').single(Number.NaN),
    ]).toEqual([0, 0]);
  });
});
