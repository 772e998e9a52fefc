import { describe, expect, it } from 'vitest';
import { definition, findReferences, referenceHover } from '../../../server/src/features/references';
import { renumber } from '../../../server/src/refactor/renumber';
import { deleteSection } from '../../../server/src/refactor/sectionCommands';
import { moveSectionUp } from '../../../server/src/refactor/swapSections';
import { analyse } from '../../../server/src/structure/analyse';
import { offsetAt } from '../../../server/src/text/lines';
import { applyEdits } from '../../../server/src/text/textEdit';

const uri = 'file:///drafts/rules.txt';
const LAW = `青禾县防汛办法
第一条　为了做好防汛工作，制定本办法。
第二条　县水利局负责预案。
各镇按照前款编制细则。
第三条　违反本办法第二条的，依照本办法第四条处理。
第四条　由县水利局责令改正。
第五条　本办法自发布之日起施行。
`;
const analysis = analyse(LAW);
const words = ({
  range,
}: {
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}) => LAW.slice(offsetAt(analysis.lines, range.start), offsetAt(analysis.lines, range.end));

describe('definition', () => {
  it('leads to the head of the section meant', () => {
    const location = definition(analysis, LAW.indexOf('第二条的') + 1, uri);
    expect(location?.uri).toBe(uri);
    expect(location && words(location)).toMatch(/^第二条　县水利局/);
  });

  it('leads to the paragraph before', () => {
    const location = definition(analysis, LAW.indexOf('前款') + 1, uri);
    expect(location?.range.start.line).toBe(2);
  });

  it('leads nowhere from other words', () => {
    expect(definition(analysis, LAW.indexOf('责令'), uri)).toBeUndefined();
  });
});

describe('findReferences', () => {
  it('lists them from the heading and from a reference alike', () => {
    const fromHead = findReferences(analysis, LAW.indexOf('第四条　') + 1, uri, false);
    expect(fromHead.map(words)).toEqual(['第四条']);
    expect(findReferences(analysis, LAW.indexOf('第四条处理') + 1, uri, false)).toEqual(fromHead);
    expect(findReferences(analysis, LAW.indexOf('第四条处理') + 1, uri, true)).toHaveLength(2);
  });
});

describe('referenceHover', () => {
  it('shows the head of the section and how it begins', () => {
    const hover = referenceHover(analysis, LAW.indexOf('第四条处理') + 1, 'zh-cn', true);
    expect(hover?.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('**第四条') });
    expect(JSON.stringify(hover?.contents)).toContain('责令改正');
    expect(referenceHover(analysis, 0, 'zh-cn', true)).toBeUndefined();
    const plain = referenceHover(analysis, LAW.indexOf('第四条处理') + 1, 'zh-cn', false);
    expect(plain?.contents).toMatchObject({ kind: 'plaintext', value: expect.stringMatching(/^第四条/) });
  });
});

describe('references go along', () => {
  it('when sections are moved', () => {
    const outcome = moveSectionUp(analysis, LAW.indexOf('第四条　'));
    const text = 'edits' in outcome ? applyEdits(LAW, outcome.edits) : '';
    expect(text).toContain('第三条　由县水利局责令改正。\n第四条　违反本办法第二条的，依照本办法第三条处理。');
  });

  it('when sections are deleted, and what points to them is told', () => {
    const outcome = deleteSection(analysis, LAW.indexOf('第二条　'));
    const text = 'edits' in outcome ? applyEdits(LAW, outcome.edits) : '';
    expect(text).toContain('依照本办法第三条处理。\n第三条　由县水利局责令改正。');
    expect('edits' in outcome && outcome.note?.zh).toContain('引用指向已删除的章节');
  });

  it('when the text is renumbered', () => {
    const gapped = LAW.replace('第五条', '第九条').replace('第四条　', '第六条　').replace('第四条处理', '第六条处理');
    expect(applyEdits(gapped, renumber(analyse(gapped), { document: true }))).toBe(LAW);
  });
});
