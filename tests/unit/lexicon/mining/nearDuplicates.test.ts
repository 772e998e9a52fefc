import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearDuplicates } from '../../../../server/src/lexicon/mining/corpus';
import { repeatedAmong, SortedRepeats } from '../../../../server/src/lexicon/shards/lines';

/** The same by maps of everything. */
function byMaps(sketches: readonly Uint32Array[]): number[] {
  const holders = new Map<number, number[]>();
  const found: number[] = [];
  sketches.forEach((sketch, index) => {
    const shared = new Map<number, number>();
    for (const hash of sketch)
      for (const other of holders.get(hash) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    const isDuplicate = [...shared].some(
      ([other, count]) => count >= 3 && resemblance(sketch, sketches[other] as Uint32Array) >= 0.8,
    );
    if (isDuplicate) {
      found.push(index);
      return;
    }
    for (const hash of sketch) {
      const list = holders.get(hash) ?? [];
      holders.set(hash, list.length < 50 ? [...list, index] : list);
    }
  });
  return found;
}

function resemblance(left: Uint32Array, right: Uint32Array): number {
  const all = [...new Set([...left, ...right])].sort((a, b) => a - b).slice(0, 96);
  return all.length === 0 ? 0 : all.filter((hash) => left.includes(hash) && right.includes(hash)).length / all.length;
}

describe('near-duplicates', () => {
  it('are those that maps of all hashes find', () => {
    const hash = fc.oneof(fc.nat(12), fc.constantFrom(0xffffffff, 0xfffffff0, 0x80000000, 0x10, 0x20));
    const sketch = fc.uniqueArray(hash, { maxLength: 12 }).map((hashes) => Uint32Array.from(hashes).sort());
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 70 }), (sketches) => {
        expect(nearDuplicates(sketches)).toEqual(byMaps(sketches));
      }),
      { numRuns: 60 },
    );
  });

  it('are found beside a shingle that hundreds of documents have', () => {
    const own = (index: number) => Uint32Array.from([7, 1000 + index * 4, 1001 + index * 4, 1002 + index * 4]);
    const sketches = Array.from({ length: 300 }, (_, index) => own(index));
    expect(nearDuplicates([...sketches, own(280), own(3)])).toEqual([300, 301]);
  });
});

describe('repeated lines of many parts', () => {
  it('are looked up by their hashes', () => {
    const lines = (...entries: (readonly [number, number])[]) =>
      entries.values() as Iterator<readonly [number, number], undefined>;
    // Document 0 of either part; the second has documents 1 and 2 among all.
    const repeated = repeatedAmong(
      [lines([3, 0], [8, 1], [2 ** 52 + 1, 1]), lines([3, 2], [8, 1], [9, 1], [2 ** 52 + 1, 3])],
      [[0], [1, 2]],
    );
    expect([3, 8, 9, 2 ** 52 + 1, 4].map((hash) => repeated.get(hash))).toEqual([-1, 0, undefined, 0, undefined]);
    expect(new SortedRepeats(new Float64Array(), new Int32Array()).get(1)).toBeUndefined();
  });

  it('may be thousands', () => {
    const hashes = Array.from({ length: 5_000 }, (_, at) => at * 3);
    const part = () =>
      hashes.map((hash) => [hash, 1] as const).values() as Iterator<readonly [number, number], undefined>;
    const repeated = repeatedAmong([part(), part()], [[4], [2]]);
    expect(hashes.every((hash) => repeated.get(hash) === 2)).toBe(true);
    expect(repeated.get(7)).toBeUndefined();
  });
});
