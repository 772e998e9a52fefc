import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, compose, type Edit, Origins } from '../../../server/src/repair/edit';

/** Edits of a text of `length` characters, in order and without overlaps. */
function edits(length: number): fc.Arbitrary<Edit[]> {
  const one = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 4 }), fc.string({ maxLength: 3 }));
  return fc.array(one, { maxLength: 8 }).map((steps) => {
    const all: Edit[] = [];
    let at = 0;
    for (const [gap, removed, newText] of steps) {
      const start = at + gap + 1;
      if (start + removed > length) break;
      all.push({ start, end: start + removed, newText });
      at = start + removed;
    }
    return all;
  });
}

describe('compose', () => {
  it('does what both lists do, in one', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 5, maxLength: 60 }).chain((text) =>
          edits(text.length).chain((first) => {
            const middle = applyEdits(text, first);
            return edits(middle.length).map((second) => ({ text, first, middle, second }));
          }),
        ),
        ({ text, first, middle, second }) => {
          const both = compose(first, second, middle);
          expect(applyEdits(text, both)).toBe(applyEdits(middle, second));
          for (let at = 1; at < both.length; at++) expect(both[at]!.start).toBeGreaterThanOrEqual(both[at - 1]!.end);
        },
      ),
    );
  });

  it('keeps edits that do not touch apart', () => {
    const first = [{ start: 1, end: 2, newText: '' }];
    const second = [{ start: 5, end: 6, newText: 'x' }];
    expect(compose(first, second, 'acdefghi')).toEqual([first[0], { start: 6, end: 7, newText: 'x' }]);
  });
});

describe('Origins', () => {
  it('finds where the characters of an edited text stood before', () => {
    const text = '0123456789';
    const all = [
      { start: 2, end: 4, newText: '' },
      { start: 6, end: 6, newText: 'ab' },
    ];
    const origins = new Origins(all);
    const edited = applyEdits(text, all);
    expect(edited).toBe('0145ab6789');
    for (const [index, character] of [...edited].entries()) {
      if (/\d/.test(character)) expect(text[origins.before(index)]).toBe(character);
    }
    expect(origins.before(4)).toBe(6);
  });
});
