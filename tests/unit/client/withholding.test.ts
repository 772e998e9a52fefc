import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caretAfterTyping, type Finding, keyOf, sameClause, shownFindings } from '../../../client/src/withholding';

const LINE = '我们要坚持稳中求进工作总基凋，抓好，落实各项任务。';

/** A finding on `words` of `line`. */
function finding(words: string, line = LINE, code = 'slogan.near-miss'): Finding {
  const character = line.indexOf(words);
  return {
    range: { start: { line: 3, character }, end: { line: 3, character: character + words.length } },
    message: words,
    code,
  };
}

const ALL = [finding('总基凋'), finding('，抓'), finding('任务。')];

/** Which of `findings` are shown while the caret is after `words` of `line`. */
function shown(words: string, findings = ALL, line = LINE, before: readonly Finding[] = []): string[] {
  const caret = { line: 3, character: line.indexOf(words) + words.length };
  return shownFindings(findings, { caret, line }, before.map(keyOf)).map(({ message }) => message);
}

describe('findings while a clause is written', () => {
  it('are held back on that clause alone', () => {
    expect(shown('总基凋')).toEqual(['，抓', '任务。']);
    expect(shown('我们')).toEqual(['，抓', '任务。']);
    expect(shown('落实各项')).toEqual(['总基凋', '，抓']);
  });

  it('come when a mark is typed', () => {
    const typed = '坚持稳中求进工作总基凋，';
    expect(shown('总基凋', [finding('总基凋', typed)], typed.slice(0, -1))).toEqual([]);
    expect(shown('总基凋，', [finding('总基凋', typed)], typed)).toEqual(['总基凋']);
    // An enumeration comma and the point of a figure end nothing.
    const listed = '建成3.5公里，总基凋、';
    expect(shown('总基凋、', [finding('总基凋', listed)], listed)).toEqual([]);
    expect(shown('3.', [finding('3.5公', listed)], listed)).toEqual([]);
  });

  it('stay where they were shown already', () => {
    expect(shown('总基凋', ALL, LINE, [finding('总基凋')])).toEqual(['总基凋', '，抓', '任务。']);
  });

  it('that read the same are told apart by their number', () => {
    const line = '投资××亿元新建××座';
    const gap = (from: number): Finding => ({
      range: { start: { line: 3, character: from }, end: { line: 3, character: from + 2 } },
      message: 'a gap',
    });
    expect(shown('新建××座', [gap(2), gap(8)], line, [gap(2)])).toHaveLength(1);
    expect(shown('新建××座', [gap(2), gap(8)], line, [gap(2), gap(8)])).toHaveLength(2);
    const parted = line.replace('新', '，新');
    expect(shown('新建××座', [gap(2), gap(9)], parted, [gap(2)])).toHaveLength(1);
  });

  it('that miss something wait for the rest of the line', () => {
    const line = '要坚持“稳中求进，抓好落实';
    const unpaired = finding('“', line, 'punctuation.unpaired');
    expect(shown('抓好落实', [unpaired], line)).toEqual([]);
    expect(shown('抓好落实', [{ ...unpaired, code: 'punctuation.nesting' }], line)).toEqual(['“']);
  });

  it('in other lines, and all of them where nothing is written, are shown', () => {
    const elsewhere = {
      ...finding('总基凋'),
      range: { start: { line: 4, character: 0 }, end: { line: 4, character: 3 } },
    };
    expect(shown('总基凋', [elsewhere])).toEqual(['总基凋']);
    expect(shownFindings(ALL, undefined, [])).toEqual(ALL);
    // One that spans lines touches the clause of a line between.
    const long = { ...elsewhere, range: { start: { line: 2, character: 9 }, end: { line: 4, character: 1 } } };
    expect(shown('总基凋', [long])).toEqual([]);
  });

  it('are a part of all, in order, whatever the line', () => {
    const piece = fc.constantFrom('总基凋', '，', '。', '“', '”', '3.5', ' ', '\ud800');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(60), (pieces, at) => {
        const line = pieces.join('');
        const findings = ['总基凋', '“', '3.5']
          .filter((words) => line.includes(words))
          .map((words) => finding(words, line));
        const left = shownFindings(findings, { caret: { line: 3, character: at }, line }, []);
        expect(findings.filter((one) => left.includes(one))).toEqual(left);
      }),
      { numRuns: 200 },
    );
  });
});

describe('typing', () => {
  const place = (character: number, line = 3) => ({ line, character });
  const change = (from: number, to: number, text: string) => ({ range: { start: place(from), end: place(to) }, text });

  it('is a change at the caret', () => {
    expect(caretAfterTyping(change(5, 5, '稳中'), place(5))).toEqual(place(7));
    expect(caretAfterTyping(change(4, 5, ''), place(5))).toEqual(place(4));
    // An input method replaces what it showed before.
    expect(caretAfterTyping(change(2, 8, '坚决'), place(8))).toEqual(place(4));
    expect(caretAfterTyping(change(5, 5, '\n　　'), place(5))).toEqual(place(2, 4));
  });

  it('is neither a change elsewhere nor a paste', () => {
    expect(caretAfterTyping(change(0, 3, '（三）'), place(9))).toBeUndefined();
    expect(caretAfterTyping(change(7, 9, ''), place(3))).toBeUndefined();
    expect(caretAfterTyping(change(5, 5, '各乡镇要提前谋划，'.repeat(9)), place(5))).toBeUndefined();
  });

  it('goes on within a clause', () => {
    expect(sameClause(LINE, 2, 9)).toBe(true);
    expect(sameClause(LINE, 2, LINE.indexOf('，'))).toBe(true);
    expect(sameClause(LINE, 2, LINE.indexOf('，') + 1)).toBe(false);
  });
});
