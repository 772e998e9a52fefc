import { describe, expect, it } from 'vitest';
import { documentHighlights } from '../../../server/src/features/documentHighlight';
import type { Analysis } from '../../../server/src/structure/analysis';
import { offsetAt, positionAt } from '../../../server/src/text/lines';
import { draft, enumeration, REPORT, REPORT_HEADS } from './draft';

function highlighted(analysis: Analysis, offset: number): string[] {
  return documentHighlights(analysis, positionAt(analysis.lines, offset)).map(({ range }) =>
    analysis.text.slice(offsetAt(analysis.lines, range.start), offsetAt(analysis.lines, range.end)),
  );
}

describe('documentHighlights', () => {
  const report = draft(REPORT, REPORT_HEADS);

  it('marks all siblings from a marker or a heading’s words', () => {
    expect(highlighted(report, REPORT.indexOf('（一）'))).toEqual(['（一）', '（二）']);
    expect(highlighted(report, REPORT.indexOf('存在问题') + 2)).toEqual(['（一）', '（二）']);
    expect(highlighted(report, REPORT.indexOf('下一步打算') + 5)).toEqual(['一、', '二、']);
  });

  it('marks nothing in prose or on an unnumbered head', () => {
    expect(highlighted(report, REPORT.indexOf('投入不足'))).toEqual([]);
    expect(highlighted(report, 1)).toEqual([]);
  });

  it('marks the items of an inline enumeration from one of its markers', () => {
    const text = '一、水利。要做到：一是抓水库；二是抓水渠。';
    const analysis = draft(text, [{ marker: '一、', title: '水利', level: 1, kind: 'lead' }], {
      enumerations: [enumeration(text, ['一是', '二是'], text.length - 1)],
    });
    expect(highlighted(analysis, text.indexOf('二是') + 1)).toEqual(['一是', '二是']);
    expect(highlighted(analysis, text.indexOf('抓水库') + 1)).toEqual([]);
    expect(highlighted(analysis, 0)).toEqual(['一、']);
  });
});
