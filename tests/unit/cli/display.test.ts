import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, frame, printable, truncate } from '../../../server/src/cli/display';
import { splitLines } from '../../../server/src/text/lines';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['一、', 4],
    ['（1）', 5],
    ['𠮷', 2],
    ['e\u0301', 1],
    ['①', 1],
  ])('%s', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('printable', () => {
  it('disarms what a terminal would obey', () => {
    expect(printable('红\u001b[31m字\u0007\u009b')).toBe('红␛[31m字␇\ufffd');
    expect(printable('一\t二\r\n三')).toBe('一 二  三');
    expect(printable('左\u202e右\u200b')).toBe('左右');
    expect(printable('\ud800坏')).toBe('\ufffd坏');
  });

  it('never leaves a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2028\u2029]/u);
      }),
    );
  });
});

describe('truncate', () => {
  it('cuts by columns', () => {
    expect(truncate('一二三四', 8)).toBe('一二三四');
    expect(truncate('一二三四', 7)).toBe('一二三…');
    expect(truncate('abc', 3)).toBe('abc');
  });
});

/** Draws the frame around the part of `text` between ⟦ and ⟧. */
function drawn(text: string, width: number): string {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  const plain = text.replace(/[⟦⟧]/g, '');
  const { source, carets } = frame(plain, splitLines(plain), { start, end }, width);
  return `${source}\n${carets}`;
}

describe('frame', () => {
  it('puts carets below wide characters', () => {
    expect(drawn('前一行\n（一）抓⟦落实⟧。', 40)).toBe('（一）抓落实。\n        ^^^^');
  });

  it('leaves the indent of a paragraph out', () => {
    expect(drawn('　　⟦四、⟧保障措施', 40)).toBe('四、保障措施\n^^^^');
  });

  it('keeps blanks that are marked', () => {
    expect(drawn('⟦  ⟧一、', 40)).toBe('  一、\n^^');
  });

  it('shows a window of a long line', () => {
    const text = `${'前'.repeat(300)}⟦中间⟧${'后'.repeat(300)}`;
    const [source, carets] = drawn(text, 40).split('\n') as [string, string];
    expect(displayWidth(source)).toBeLessThanOrEqual(40);
    expect(source).toMatch(/^…前+中间后+…$/);
    expect(displayWidth(source.slice(0, source.indexOf('中')))).toBe(carets.indexOf('^'));
    expect(carets.trim()).toBe('^^^^');
  });

  it('uses the room that one side does not need', () => {
    expect(drawn(`${'前'.repeat(300)}⟦尾⟧`, 21)).toBe(`…${'前'.repeat(8)}尾\n${' '.repeat(17)}^^`);
    expect(drawn(`⟦头⟧${'后'.repeat(300)}`, 21)).toBe(`头${'后'.repeat(8)}…\n^^`);
  });

  it('marks a long finding as far as there is room, and an empty one with one caret', () => {
    expect(drawn(`⟦${'长'.repeat(300)}⟧`, 12)).toBe(`${'长'.repeat(5)}…\n${'^'.repeat(10)}`);
    expect(drawn('一⟦⟧二', 40)).toBe('一二\n  ^');
  });

  it('marks only the first line of a finding over several', () => {
    expect(drawn('甲⟦乙\n丙⟧丁', 40)).toBe('甲乙\n  ^^');
  });

  it('fits any span of any text into its width, with the carets inside', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 10, max: 60 }),
        (text, one, other, width) => {
          const start = one % (text.length + 1);
          const end = start + (other % (text.length - start + 1));
          const { source, carets } = frame(text, splitLines(text), { start, end }, width);
          expect(displayWidth(source)).toBeLessThanOrEqual(width);
          expect(carets.length).toBeLessThanOrEqual(Math.max(1, displayWidth(source)) + 1);
          expect(carets).toMatch(/^ *\^+$/);
          expect(source).not.toMatch(/\p{Cc}/u);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('looks only at the neighbourhood of a long line', () => {
    const text = '字'.repeat(2_000_000);
    const lines = splitLines(text);
    for (let at = 0; at < 2_000_000; at += 2000) {
      expect(frame(text, lines, { start: at, end: at + 2 }, 80)).toBeTruthy();
    }
  });
});
