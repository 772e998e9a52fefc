import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  mapOffset,
  TextEdits,
  TextEditsBuilder,
  type TextReplacement,
} from '../../../server/src/text/textEdit';

/** Replacements of a text of `length` units in any order, including overlaps and shared starts. */
function anyReplacements(length: number): fc.Arbitrary<TextReplacement[]> {
  return fc.array(
    fc
      .tuple(fc.nat(length), fc.nat(4), fc.constantFrom('', '甲', '乙丙', 'x'))
      .map(([start, size, newText]) => ({ start, end: Math.min(length, start + size), newText })),
    { maxLength: 8 },
  );
}

const text = fc.string({ minLength: 1, maxLength: 40 });

/** A text, edits of it, and edits of the result. */
const twoRounds = text.chain((before) =>
  anyReplacements(before.length).chain((one) => {
    const first = TextEdits.of(one);
    const middle = first.apply(before);
    return anyReplacements(middle.length).map((two) => ({ before, first, middle, second: TextEdits.of(two) }));
  }),
);

describe('TextEdits', () => {
  it('is sorted and disjoint, whatever it is made from', () => {
    fc.assert(
      fc.property(anyReplacements(30), (replacements) => {
        const made = TextEdits.of(replacements).replacements;
        for (let at = 1; at < made.length; at++) expect(made[at]!.start).toBeGreaterThanOrEqual(made[at - 1]!.end);
        for (const one of made) expect(replacements).toContain(one);
      }),
    );
  });

  it('makes edits given in any order', () => {
    const edits = [
      { start: 3, end: 4, newText: 'X' },
      { start: 0, end: 1, newText: '' },
      { start: 2, end: 2, newText: '+' },
    ];
    expect(applyEdits('abcde', edits)).toBe('b+cXe');
  });

  it('skips an edit that overlaps an earlier one', () => {
    const edits = [
      { start: 1, end: 3, newText: 'X' },
      { start: 2, end: 4, newText: 'Y' },
    ];
    expect(applyEdits('abcde', edits)).toBe('aXde');
  });

  it('makes both of two edits that touch, an insertion before what it touches', () => {
    const edits = [
      { start: 2, end: 4, newText: 'X' },
      { start: 1, end: 2, newText: 'Y' },
      { start: 2, end: 2, newText: '+' },
      { start: 4, end: 4, newText: '-' },
    ];
    expect(applyEdits('abcde', edits)).toBe('aY+X-e');
  });

  it('composes: one after the other is the same as both at once', () => {
    fc.assert(
      fc.property(twoRounds, ({ before, first, middle, second }) => {
        const both = first.compose(second);
        expect(both.apply(before)).toBe(second.apply(middle));
        const made = both.replacements;
        for (let at = 1; at < made.length; at++) expect(made[at]!.start).toBeGreaterThanOrEqual(made[at - 1]!.end);
      }),
    );
  });

  it('composes associatively, with no edits as the neutral element', () => {
    const threeRounds = twoRounds.chain((rounds) =>
      anyReplacements(rounds.second.apply(rounds.middle).length).map((three) => ({
        ...rounds,
        third: TextEdits.of(three),
      })),
    );
    fc.assert(
      fc.property(threeRounds, ({ before, first, second, third }) => {
        const left = first.compose(second).compose(third);
        const right = first.compose(second.compose(third));
        expect(left.apply(before)).toBe(right.apply(before));
        expect(TextEdits.NONE.compose(first).replacements).toEqual(first.replacements);
        expect(first.compose(TextEdits.NONE).replacements).toEqual(first.replacements);
      }),
    );
  });

  it('keeps edits that do not touch apart when composing', () => {
    const first = TextEdits.of([{ start: 1, end: 2, newText: '' }]);
    const second = TextEdits.of([{ start: 5, end: 6, newText: 'x' }]);
    expect(first.compose(second).replacements).toEqual([
      { start: 1, end: 2, newText: '' },
      { start: 6, end: 7, newText: 'x' },
    ]);
  });

  it('maps offsets in order, and back to where kept characters were', () => {
    fc.assert(
      fc.property(
        text.chain((before) => anyReplacements(before.length).map((all) => ({ before, edits: TextEdits.of(all) }))),
        ({ before, edits }) => {
          const after = edits.apply(before);
          const touched = (offset: number) =>
            edits.replacements.some(({ start, end }) => offset >= start && offset <= Math.max(start, end - 1));
          let last = 0;
          for (let offset = 0; offset <= before.length; offset++) {
            const mapped = edits.map(offset);
            expect(mapped).toBeGreaterThanOrEqual(last);
            expect(mapped).toBeLessThanOrEqual(after.length);
            last = mapped;
            if (offset === before.length || touched(offset)) continue;
            expect(after[mapped]).toBe(before[offset]);
            expect(edits.unmap(mapped)).toBe(offset);
          }
        },
      ),
    );
  });

  it('maps an offset inside a replacement as far as the new text reaches', () => {
    const edits = [{ start: 2, end: 6, newText: 'xy' }];
    expect([2, 3, 4, 5, 6].map((offset) => mapOffset(edits, offset))).toEqual([2, 3, 4, 4, 4]);
    expect(TextEdits.of(edits).unmap(3)).toBe(2);
  });

  it('finds where the characters of an edited text were before', () => {
    const edits = TextEdits.of([
      { start: 2, end: 4, newText: '' },
      { start: 6, end: 6, newText: 'ab' },
    ]);
    const edited = edits.apply('0123456789');
    expect(edited).toBe('0145ab6789');
    for (const [index, character] of [...edited].entries()) {
      if (/\d/.test(character)) expect('0123456789'[edits.unmap(index)]).toBe(character);
    }
    expect(edits.unmap(4)).toBe(6);
  });

  it('is linear in the number of edits', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ start: index * 2, end: index * 2 + 1, newText: '' }));
    const halved = TextEdits.of(many).compose(TextEdits.of([{ start: 50, end: 60, newText: 'x' }]));
    expect(halved.apply('ab'.repeat(100_000))).toHaveLength(99_991);
  });
});

describe('TextEditsBuilder', () => {
  it('takes a group whole or not at all', () => {
    const builder = new TextEditsBuilder();
    const at = (start: number, end: number) => ({ start, end, newText: 'x' });
    expect(builder.add([at(0, 1), at(8, 9)])).toBe(true);
    expect(builder.add([at(2, 3), at(8, 10)])).toBe(false);
    expect(builder.add([at(4, 5)])).toBe(true);
    expect(builder.add([at(4, 4)])).toBe(false);
    expect(builder.build().replacements.map(({ start }) => start)).toEqual([0, 4, 8]);
  });
});
