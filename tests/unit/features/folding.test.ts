import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldingRanges } from '../../../server/src/features/folding';
import { draft, type Head, REPORT, REPORT_HEADS } from './draft';

const lineFolding = { lineFoldingOnly: true };

describe('foldingRanges', () => {
  it('folds sections from the heading to the last line with words', () => {
    const ranges = foldingRanges(draft(REPORT, REPORT_HEADS.slice(1)), lineFolding);
    expect(ranges).toEqual([
      { startLine: 4, endLine: 9 },
      { startLine: 6, endLine: 7 },
      { startLine: 8, endLine: 9 },
      { startLine: 11, endLine: 12 },
    ]);
  });

  it('folds title block, attachments, contents and furniture', () => {
    const text = [
      '首页 > 新闻',
      '字体：大 中 小',
      '青禾县人民政府',
      '工作报告',
      '目录',
      '一、概况',
      '',
      '附件',
      '说明',
      '',
    ].join('\n');
    const ranges = foldingRanges(
      draft(text, [], {
        blocks: [
          { kind: 'furniture', firstLine: 0, lastLine: 1 },
          { kind: 'title', firstLine: 2, lastLine: 3 },
          { kind: 'contents', firstLine: 4, lastLine: 6 },
          { kind: 'attachment', firstLine: 7, lastLine: 9 },
          { kind: 'source', firstLine: 9, lastLine: 9 },
        ],
      }),
      lineFolding,
    );
    expect(ranges).toEqual([
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 2, endLine: 3 },
      { startLine: 4, endLine: 5, kind: 'region' },
      { startLine: 7, endLine: 8 },
    ]);
  });

  it('folds nothing that stands on one line', () => {
    const flat = '一、水利。抓好水库。二、农业。抓好粮食。';
    const heads: Head[] = [
      { marker: '一、', title: '水利', level: 1, kind: 'lead' },
      { marker: '二、', title: '农业', level: 1, kind: 'lead' },
    ];
    expect(foldingRanges(draft(flat, heads), lineFolding)).toEqual([]);
    expect(foldingRanges(draft('一、水利\n\n　\n', heads.slice(0, 1)), lineFolding)).toEqual([]);
  });

  it('does not reach into the next heading where a span ends at its first character', () => {
    const analysis = draft('一、水利\n抓水库。\n二、农业\n抓粮食。', [
      { marker: '一、', title: '水利', level: 1 },
      { marker: '二、', title: '农业', level: 1 },
    ]);
    const [first, second] = analysis.headings;
    const touching = { ...analysis, headings: [{ ...first!, span: { start: 0, end: second!.span.start } }, second!] };
    expect(foldingRanges(touching, lineFolding)[0]).toEqual({ startLine: 0, endLine: 1 });
  });

  it('leaves the heading’s words in sight where the client folds characters', () => {
    const [range] = foldingRanges(draft(REPORT, REPORT_HEADS.slice(1)), { lineFoldingOnly: false });
    expect(range).toEqual({ startLine: 4, startCharacter: 6, endLine: 9 });
  });

  it('keeps the outermost ranges within the client’s limit', () => {
    const ranges = foldingRanges(draft(REPORT, REPORT_HEADS.slice(1)), { lineFoldingOnly: true, limit: 2 });
    expect(ranges.map((range) => range.startLine)).toEqual([4, 11]);
  });

  it('gives at most one range a line, each longer than a line and nested or apart', () => {
    const heads = fc.array(fc.record({ level: fc.integer({ min: 1, max: 4 }), blank: fc.nat(3) }), { maxLength: 25 });
    fc.assert(
      fc.property(heads, (list) => {
        let text = '';
        for (const [index, { blank }] of list.entries())
          text += `第${index}条标题\r\n正文。${'\r\n　'.repeat(blank)}\n`;
        const analysis = draft(
          text,
          list.map(({ level }, index) => ({ marker: `第${index}条`, title: '标题', level, family: 'article' })),
        );
        const ranges = foldingRanges(analysis, lineFolding);
        const open: number[] = [];
        let last = -1;
        for (const { startLine, endLine } of ranges) {
          expect(startLine).toBeGreaterThan(last);
          expect(endLine).toBeGreaterThan(startLine);
          expect(endLine).toBeLessThan(analysis.lines.count);
          while (open.length > 0 && (open.at(-1) as number) < startLine) open.pop();
          if (open.length > 0) expect(endLine).toBeLessThanOrEqual(open.at(-1) as number);
          open.push(endLine);
          last = startLine;
        }
      }),
    );
  });

  it('looks at a long run of blank lines once, however many sections end there', () => {
    const heads: Head[] = [];
    let text = '';
    for (let level = 1; level <= 200; level++) {
      text += `第${level}条标题\n`;
      heads.push({ marker: `第${level}条`, title: '标题', level, family: 'article' });
    }
    const analysis = draft(text + '\n'.repeat(300_000), heads);
    expect(foldingRanges(analysis, lineFolding)).toHaveLength(199);
  });
});
