import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineTable, splitLines, splitLinesAgain } from '../../../server/src/text/lines';

const text = fc
  .array(fc.constantFrom('一', '水利', '\n', '\r', '\r\n', '\n\n', '\u2028', '\0', '\ud840'), { maxLength: 24 })
  .map((parts) => parts.join(''));

function table(lines: LineTable): [number, number][] {
  return Array.from({ length: lines.count }, (_, line) => [lines.start(line), lines.end(line)]);
}

describe('splitLines', () => {
  it('knows LF, CRLF and CR, and takes U+2028 for text', () => {
    expect(table(splitLines('a\nb\r\nc\rd\u2028e'))).toEqual([
      [0, 1],
      [2, 3],
      [5, 6],
      [7, 10],
    ]);
    expect(table(splitLines(''))).toEqual([[0, 0]]);
    expect(table(splitLines('a\n'))).toEqual([
      [0, 1],
      [2, 2],
    ]);
  });
});

describe('splitLinesAgain', () => {
  it('gives what splitLines gives, whatever was replaced', () => {
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), fc.nat(3), fc.nat(3), (old, put, a, b, lessBefore, lessAfter) => {
        const from = a % (old.length + 1);
        const to = from + (b % (old.length - from + 1));
        const now = old.slice(0, from) + put + old.slice(to);
        // Less than what is common will do too.
        const common = { prefix: Math.max(0, from - lessBefore), suffix: Math.max(0, old.length - to - lessAfter) };
        expect(table(splitLinesAgain(now, splitLines(old), old.length, common))).toEqual(table(splitLines(now)));
      }),
      { numRuns: 3000 },
    );
  });
});
