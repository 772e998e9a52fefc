import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentSymbol, type Range, SymbolKind } from 'vscode-languageserver-types';
import { documentSymbols, flatSymbols } from '../../../server/src/features/outline';
import { offsetAt } from '../../../server/src/text/lines';
import { draft, type Head, REPORT, REPORT_HEADS } from './draft';

const report = draft(REPORT, REPORT_HEADS);

describe('documentSymbols', () => {
  it('nests sections by level', () => {
    const shape = (symbol: DocumentSymbol): unknown => [symbol.name, ...(symbol.children ?? []).map(shape)];
    expect(documentSymbols(report, 'zh-cn').map(shape)).toEqual([
      ['青禾县水利工作报告'],
      ['一、总体情况', ['（一）主要成绩'], ['（二）存在问题']],
      ['二、下一步打算'],
    ]);
  });

  it('gives the whole section as range and marker with title as selection', () => {
    const [, first] = documentSymbols(report, 'zh-cn');
    expect(first?.range).toEqual({ start: { line: 4, character: 0 }, end: { line: 10, character: 0 } });
    expect(first?.selectionRange).toEqual({ start: { line: 4, character: 0 }, end: { line: 4, character: 6 } });
  });

  it('counts the characters of a section in the reader’s language', () => {
    const long = draft(`一、概况\n${'水'.repeat(1230)}`, [{ marker: '一、', title: '概况', level: 1 }]);
    expect(documentSymbols(long, 'zh-cn')[0]?.detail).toBe('1,234 字');
    expect(documentSymbols(long, 'en')[0]?.detail).toBe('1,234 chars');
  });

  it('has a kind for each sort of head', () => {
    const kinds = documentSymbols(report, 'en').map((symbol) => symbol.kind);
    expect(kinds).toEqual([SymbolKind.File, SymbolKind.String, SymbolKind.String]);
  });

  describe('names', () => {
    const nameOf = (text: string, head: Partial<Head>) =>
      documentSymbols(draft(text, [{ title: '', level: 1, ...head }]), 'zh-cn')[0]?.name;

    it('are never empty', () => {
      expect(nameOf('\n', { title: '' })).toBe('（无题）');
      expect(nameOf('一、\n', { marker: '一、' })).toBe('一、');
    });

    it('set a blank after 第一章 but not after 一、', () => {
      expect(nameOf('第一章总则', { marker: '第一章', title: '总则', family: 'chapter' })).toBe('第一章 总则');
      expect(nameOf('1.1背景', { marker: '1.1', title: '背景', family: 'decimal' })).toBe('1.1 背景');
      expect(nameOf('一、背景', { marker: '一、', title: '背景' })).toBe('一、背景');
      expect(nameOf('第一章', { marker: '第一章', family: 'chapter' })).toBe('第一章');
    });

    it('close up letter-spacing and wrapped lines', () => {
      expect(nameOf('总　　则', { title: '总　　则' })).toBe('总则');
      expect(nameOf('关于加强水库\n管理的意见', { title: '关于加强水库\n管理的意见' })).toBe('关于加强水库管理的意见');
      expect(nameOf('深化改革　扩大开放', { title: '深化改革　扩大开放' })).toBe('深化改革 扩大开放');
    });

    it('are cut after 80 units, never inside a surrogate pair', () => {
      const title = `${'水'.repeat(79)}𠮷利`;
      expect(nameOf(title, { title })).toBe(`${'水'.repeat(79)}…`);
      const fits = `${'水'.repeat(78)}𠮷`;
      expect(nameOf(fits, { title: fits })).toBe(fits);
    });
  });

  it('keeps its law on any nesting: selections inside ranges inside parents’ ranges', () => {
    const heads = fc.array(fc.record({ level: fc.integer({ min: 1, max: 5 }), flat: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(heads, (levels) => {
        let text = '';
        const list = levels.map(({ level, flat }, index): Head => {
          text += `${flat ? '。' : '\r\n'}第${index}条标题`;
          return { marker: `第${index}条`, title: '标题', level, family: 'article' };
        });
        const analysis = draft(text, list);
        const offsets = ({ start, end }: Range) =>
          [offsetAt(analysis.lines, start), offsetAt(analysis.lines, end)] as const;
        const check = (symbol: DocumentSymbol, from: number, to: number): void => {
          const [start, end] = offsets(symbol.range);
          const [head, tail] = offsets(symbol.selectionRange);
          expect(from <= start && start <= head && head < tail && tail <= end && end <= to).toBe(true);
          expect(text.startsWith(symbol.name.slice(0, 2), head)).toBe(true);
          for (const child of symbol.children ?? []) check(child, start, end);
        };
        for (const symbol of documentSymbols(analysis, 'en')) check(symbol, 0, text.length);
      }),
    );
  });
});

describe('flatSymbols', () => {
  it('names the section around each', () => {
    const symbols = flatSymbols(report, 'file:///报告.txt', 'zh-cn');
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['青禾县水利工作报告', undefined],
      ['一、总体情况', undefined],
      ['（一）主要成绩', '一、总体情况'],
      ['（二）存在问题', '一、总体情况'],
      ['二、下一步打算', undefined],
    ]);
    expect(symbols[2]?.location.range.start).toEqual({ line: 6, character: 0 });
  });
});
