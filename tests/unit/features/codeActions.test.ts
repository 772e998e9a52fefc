import { describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import { codeActions, FIX_ALL_KIND, type IgnoreTarget } from '../../../server/src/features/codeActions';
import { diagnostics } from '../../../server/src/features/diagnostics';
import { applyEdits, fixAll } from '../../../server/src/rules/fixes';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { offsetAt } from '../../../server/src/text/lines';
import type { Locale } from '../../../server/src/text/message';

const uri = 'file:///drafts/plan.txt';

function actionsAt(
  text: string,
  words: string,
  only?: string[],
  locale: Locale = 'zh-cn',
  ignoring?: IgnoreTarget,
): CodeAction[] {
  const analysis = analyse(text);
  const configuration = { rules: {} };
  const results = lint(analysis, configuration);
  const items = diagnostics(analysis, results, { uri, locale, relatedInformation: true });
  const start = text.indexOf(words);
  const target = { uri, version: 7, documentChanges: true };
  return codeActions(analysis, results, items, configuration, {
    span: { start, end: start },
    only,
    locale,
    target,
    ignoring,
  });
}

function applied(text: string, action: CodeAction | undefined): string {
  const { lines } = analyse(text);
  const [change] = action?.edit?.documentChanges ?? [];
  if (!change || !('edits' in change)) throw new Error('no versioned edit');
  const edits = (change.edits as TextEdit[]).map(({ range, newText }) => ({
    start: offsetAt(lines, range.start),
    end: offsetAt(lines, range.end),
    newText,
  }));
  return applyEdits(text, edits);
}

const GAP = '一、总体要求\n内容。\n二、重点任务\n内容。\n四、保障措施\n内容。\n五、督查考核\n内容。';

describe('codeActions', () => {
  it('offers a fix with its diagnostic and the version of the text', () => {
    const text = '（一）修渠。抓紧。\n（二）植树。及时。\n（五）办学。配齐。\n（四）修路。通车。';
    const [first] = actionsAt(text, '（五）');
    expect(first).toMatchObject({
      title: '改为“（三）”',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'numbering.gap' }],
      edit: { documentChanges: [{ textDocument: { uri, version: 7 } }] },
    });
    expect(applied(text, first)).toBe(text.replace('（五）', '（三）'));
    expect(actionsAt(text, '（五）', undefined, 'en')[0]?.title).toBe('Change to “（三）”');
  });

  it('offers to renumber the whole list where all that follow are wrong', () => {
    const action = actionsAt(GAP, '四、').find(({ title }) => title === '这一组重新编号');
    expect(applied(GAP, action)).toBe(GAP.replace('四、', '三、').replace('五、', '四、'));
  });

  it('prefers that where a number stands twice and the writer counts on', () => {
    const text = '一、总体要求\n内容。\n二、重点任务\n内容。\n二、保障措施\n内容。\n三、督查考核\n内容。';
    const duplicate = lint(analyse(text)).find(({ rule }) => rule.id === 'numbering.duplicate');
    const at = text.slice(duplicate?.start, (duplicate?.end ?? 0) + 4);
    const preferred = actionsAt(text, at).filter(({ isPreferred }) => isPreferred);
    expect(preferred).toHaveLength(1);
    expect(lint(analyse(applied(text, preferred[0])))).toEqual([]);
  });

  it('offers nothing away from a finding, and nothing for kinds that were not asked for', () => {
    expect(actionsAt(GAP, '总体要求')).toEqual([]);
    expect(actionsAt(GAP, '四、', ['refactor'])).toEqual([]);
  });

  it('fixes all of a kind, and leaves other kinds alone', () => {
    const text = '坚持问题导向,压实责任.\n各县要抓好春耕,抓好防汛。。';
    const action = actionsAt(text, ',压').find(({ title }) => title.startsWith('全部改正'));
    expect(action?.title).toMatch(/（3处）$/);
    expect(applied(text, action)).toBe('坚持问题导向，压实责任。\n各县要抓好春耕，抓好防汛。。');
  });

  it('fixes everything that is safe when asked by name, and nothing that is not', () => {
    const text = `坚持问题导向,,压实责任。。\n${GAP}`;
    const [action] = actionsAt(text, '坚持', ['source.fixAll']);
    expect(action?.kind).toBe(FIX_ALL_KIND);
    const fixed = applied(text, action);
    expect(fixed).toBe(fixAll(text, 'policytext').text);
    // Counting on from 四 may be meant: it is offered one by one.
    expect(fixed).toContain('四、保障措施');
    expect(actionsAt(fixed, '坚持', ['source.fixAll.policyText'])).toEqual([]);
  });

  it('has no place for fixing everything in the light bulb of a line', () => {
    expect(actionsAt('坚持问题导向,压实责任。', ',').map(({ kind }) => kind)).toEqual(['quickfix']);
  });
});
