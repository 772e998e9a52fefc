import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRanges } from '../../../server/src/features/selectionRange';
import type { Analysis } from '../../../server/src/structure/analysis';
import { offsetAt, positionAt } from '../../../server/src/text/lines';
import { draft, REPORT, REPORT_HEADS } from './draft';

/** The texts selected successively from `place` (an offset, or the offset of some words). */
function growing(analysis: Analysis, place: number | string): string[] {
  const offset = typeof place === 'number' ? place : analysis.text.indexOf(place);
  const [first] = selectionRanges(analysis, [positionAt(analysis.lines, offset)]);
  const texts: string[] = [];
  for (let range: SelectionRange | undefined = first; range; range = range.parent) {
    const { start, end } = range.range;
    texts.push(analysis.text.slice(offsetAt(analysis.lines, start), offsetAt(analysis.lines, end)));
  }
  return texts;
}

describe('selectionRanges', () => {
  const report = draft(REPORT, REPORT_HEADS);

  it('grows from clause over sentence, paragraph and sections to the document', () => {
    const texts = growing(report, '办法不多');
    expect(texts.slice(0, 3)).toEqual([
      '办法不多',
      '投入不足；人手不够，办法不多。',
      '（二）存在问题\n　　投入不足；人手不够，办法不多。',
    ]);
    expect(texts.at(-2)).toMatch(/^一、总体情况(?:.|\n)*办法不多。$/);
    expect(texts.at(-1)).toBe(REPORT);
  });

  it('selects a heading’s words before its marker', () => {
    expect(growing(report, '主要成绩').slice(0, 2)).toEqual(['主要成绩', '（一）主要成绩']);
  });

  it('takes the decoration of a heading into its section', () => {
    const marked = draft('前言。\n## 一、水利\n抓水库。', [{ marker: '一、', title: '水利', level: 1 }]);
    expect(growing(marked, '水利')).toEqual([
      '水利',
      '## 一、水利',
      '## 一、水利\n抓水库。',
      '前言。\n## 一、水利\n抓水库。',
    ]);
  });

  it('stays inside a section of a flattened text, and grows to the whole line last', () => {
    const flat = '会议要求 一、水利 要抓好水库 二、农业 要抓好粮食';
    const analysis = draft(flat, [
      { marker: '一、', title: '水利', level: 1 },
      { marker: '二、', title: '农业', level: 1 },
    ]);
    expect(growing(analysis, '抓好水库')).toEqual(['一、水利 要抓好水库', flat]);
    expect(growing(analysis, '议要求')).toEqual([flat]);
  });

  it('answers one chain for each position, wherever they are', () => {
    const odd = [
      { line: -5, character: -5 },
      { line: 1e9, character: 1e9 },
      { line: Number.NaN, character: Number.NaN },
      { line: 1.5, character: 0.5 },
      {} as never,
      null as never,
    ];
    expect(selectionRanges(report, odd)).toHaveLength(odd.length);
    expect(selectionRanges(draft(''), [{ line: 0, character: 0 }])).toEqual([
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    ]);
  });

  it('nests strictly around any place of any text', () => {
    const words = fc.constantFrom('一、', '水利', '。', '，', '“', '”', '　', '\n', '\r\n', '\r', '**', '\ud842');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.nat(120), (parts, place) => {
        const text = parts.join('');
        const markers = text.split('一、').length - 1;
        const analysis = draft(
          text,
          Array.from({ length: markers }, (_, index) => ({ marker: '一、', title: '', level: 1 + (index % 3) })),
        );
        const offset = Math.min(place, text.length);
        const position = positionAt(analysis.lines, offset);
        const at = offsetAt(analysis.lines, position);
        let inner: readonly [number, number] = [at, at];
        const [first] = selectionRanges(analysis, [position]);
        for (let range = first as SelectionRange | undefined; range; range = range.parent) {
          const start = offsetAt(analysis.lines, range.range.start);
          const end = offsetAt(analysis.lines, range.range.end);
          expect(start <= inner[0] && inner[1] <= end).toBe(true);
          if (range !== first) expect(end - start).toBeGreaterThan(inner[1] - inner[0]);
          inner = [start, end];
        }
        expect(inner).toEqual([0, offsetAt(analysis.lines, positionAt(analysis.lines, text.length))]);
      }),
    );
  });
});
