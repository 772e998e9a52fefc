import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../../server/src/rules/lint';
import {
  DOUBLE_QUOTES,
  FAMILIES,
  glanceAtPairs,
  pairAround,
  pairMarks,
} from '../../../../server/src/rules/punctuation/pairs';
import { analyse } from '../../../../server/src/structure/analyse';

const marks = FAMILIES.join('');

/** Offsets of unpaired marks in `text`. */
function unpaired(text: string): number[] {
  return lint(analyse(text))
    .filter(({ rule }) => rule.id === 'punctuation.unpaired')
    .map(({ start }) => start);
}

/** Prose in which all marks are paired and nested according to the standard. */
const { sound } = fc.letrec<{ sound: string; piece: string }>((tie) => ({
  sound: fc.array(tie('piece'), { maxLength: 6 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('青禾县', '推进改革，', '落实责任。', '于2026年', '5%', 'GDP'),
    fc
      .tuple(fc.constantFrom('（）', '《》', '【】', '〔〕'), tie('sound'))
      .map(([pair, inner]) => `${pair[0]}县${inner}${pair[1]}`),
  ),
}));

describe('pairMarks', () => {
  it('leaves nothing alone in sound prose, and the glance agrees', () => {
    fc.assert(
      fc.property(sound, (line) => {
        expect(pairMarks(line).alone).toEqual([]);
        expect(glanceAtPairs(line).uneven).toBe(false);
      }),
    );
  });

  it('says nothing where the glance saw nothing', () => {
    const messy = fc.array(fc.constantFrom(...marks, '(', ')', '青', '1', 'a', '，'), { maxLength: 24 });
    fc.assert(
      fc.property(messy, (characters) => {
        const line = characters.join('');
        const { alone, pairs } = pairMarks(line);
        const glance = glanceAtPairs(line);
        if (!glance.uneven) expect(alone).toEqual([]);
        if (!glance.nested) {
          for (const pair of pairs) {
            if (pair.family !== DOUBLE_QUOTES) continue;
            for (let around = pair.parent; around; around = around.parent)
              expect(around.family).not.toBe(DOUBLE_QUOTES);
          }
        }
        const offsets = [...alone.map(({ offset }) => offset), ...pairs.flatMap(({ open, close }) => [open, close])];
        expect(new Set(offsets).size).toBe(offsets.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells what stands around a place', () => {
    const { pairs } = pairMarks('“甲（乙）丙”丁');
    expect(pairAround(pairs, 3)?.open).toBe(2);
    expect(pairAround(pairs, 5)?.open).toBe(0);
    expect(pairAround(pairs, 7)).toBeUndefined();
  });
});

describe('punctuation.unpaired', () => {
  it('gives one diagnostic for one mark left out, at that pair', () => {
    const paragraph =
      '全面落实“三优先”要求，印发《青禾县规划》（含附图），办好“清河”行动，见〔2026〕号文，推进“绿满”工程。';
    const places = [...paragraph.matchAll(/[“”（）《》〔〕]/g)].map(({ index }) => index);
    for (const place of places) {
      const found = unpaired(paragraph.slice(0, place) + paragraph.slice(place + 1));
      expect(found, paragraph.slice(place, place + 5)).toHaveLength(1);
      expect(Math.abs(found[0]! - place)).toBeLessThan(8);
    }
  });

  it('gives one diagnostic for one mark written twice', () => {
    const paragraph = '全面落实“三优先”要求，印发《青禾县规划》（含附图）。';
    for (const { 0: mark, index } of paragraph.matchAll(/[“”（）《》]/g)) {
      expect(unpaired(paragraph.slice(0, index) + mark + paragraph.slice(index)), mark).toHaveLength(1);
    }
  });

  it('finds its feet again in the next paragraph and in a text on one line', () => {
    const slip = '要落实“三优先要求，';
    const rest = '印发《规划》，办好“清河”行动。';
    expect(unpaired(`${slip}压实责任。\n${rest.repeat(3)}\n${rest}`)).toEqual([3]);
    expect(unpaired(slip + rest.repeat(400))).toEqual([3]);
  });

  it('allows a quotation of several paragraphs, each opened and the last closed', () => {
    expect(unpaired('他说：\n“第一段。\n\n“第二段。\n“第三段。”\n散会。')).toEqual([]);
    expect(unpaired('他说：“第一段。\n“第二段。”\n散会。')).toEqual([]);
    expect(unpaired('修改为：“第一款。\n第二款：\n（一）甲；\n（二）乙。”')).toEqual([]);
  });

  it('does not take the next paragraph for the rest of a quotation that was never closed', () => {
    expect(unpaired('要落实“三优先要求。\n“清河”行动开局良好，“绿满”工程见效。')).toEqual([3]);
  });

  it('does not look for the other half at the other end of the text', () => {
    const far = '推进改革。\n'.repeat(60);
    expect(unpaired(`要落实“三优先要求。\n${far}办好清河”行动。`)).toHaveLength(2);
  });
});
