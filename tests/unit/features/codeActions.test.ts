import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import { FIX_ALL_KIND, FIX_MISSPELLINGS_KIND } from '../../../server/src/features/capabilityConstants';
import { codeActions, type IgnoreTarget } from '../../../server/src/features/codeActions';
import { diagnostics } from '../../../server/src/features/diagnostics';
import { structuralFixes } from '../../../server/src/refactor/structuralFixes';
import { fixAll } from '../../../server/src/rules/fixes';
import { withoutIgnored } from '../../../server/src/rules/ignoring';
import { rules } from '../../../server/src/rules/index';
import { lint } from '../../../server/src/rules/lint';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import type { DocumentKind } from '../../../server/src/structure/analysis';
import { offsetAt } from '../../../server/src/text/lines';
import type { Locale } from '../../../server/src/text/message';
import { runToCompletion } from '../../../server/src/text/resumable';
import { applyEdits } from '../../../server/src/text/textEdit';

const uri = 'file:///drafts/plan.txt';
const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);

function actionsAt(
  text: string,
  words: string,
  only?: string[],
  locale: Locale = 'zh-cn',
  ignoring?: IgnoreTarget,
  length = 0,
): CodeAction[] {
  const analysis = analyse(text);
  const configuration = { rules: {} };
  const results = lint(analysis, configuration, undefined, spelling);
  const items = diagnostics(analysis, results, { uri, locale, relatedInformation: true });
  const start = text.indexOf(words);
  const target = { uri, version: 7, documentChanges: true };
  return codeActions(analysis, results, items, configuration, {
    span: { start, end: start + length },
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

const GROUPS = /^(?:numbering|heading|placeholder|reference)\./;
const examples = rules
  .filter(({ id }) => GROUPS.test(id))
  .flatMap(({ id, examples: { flagged } }) =>
    flagged.map(({ text, kind }) => ({ id, text, kind: kind ?? 'policytext' })),
  );

describe('every finding about numbers, headings, gaps and references', () => {
  const draft = (text: string) => text.replace(/[⟦⟧]/g, '');

  it.each(examples)('can be mended: $id in $text', ({ id, text: drawn, kind }) => {
    const text = draft(drawn);
    const analysis = analyse(text, kind);
    const results = lint(analysis).filter(({ rule }) => rule.id === id);
    expect(results).not.toEqual([]);
    for (const result of results) {
      const fixes = [...(result.fixes ?? []), ...structuralFixes(analysis, result)].filter(
        ({ edits }) => edits.length > 0,
      );
      expect(fixes).not.toEqual([]);
      expect(fixes.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1);
      // Each fix leaves fewer findings of its kind than before, except a gap that is only named as one.
      const left = fixes.map(({ edits }) => findings(applyEdits(text, edits), kind, id));
      expect(Math.min(...left)).toBeLessThan(results.length);
    }
  });

  const findings = (text: string, kind: DocumentKind, id: string) =>
    lint(analyse(text, kind)).filter(({ rule }) => rule.id === id).length;

  it('has only safe fixes made unasked', () => {
    for (const { id, text, kind } of examples) {
      const rule = rules.find((one) => one.id === id);
      if (!rule?.safeFix) expect(fixAll(draft(text), kind, { configuration: only(id) }).text).toBe(draft(text));
    }
  });

  const only = (id: string) => ({
    rules: Object.fromEntries(rules.map((rule) => [rule.id, rule.id === id ? {} : ('off' as const)])),
  });

  it('offers the words that stand elsewhere in the same place', () => {
    const text = '工程由青禾县水利局负责实施。\n绿化由××县水利局负责养护。';
    const [fill, remove] = actionsAt(text, '××');
    expect(applied(text, fill)).toContain('绿化由青禾县水利局负责养护。');
    expect(remove?.title).toBe('删去占位符“××”');
  });

  it('offers the level that the text uses elsewhere', () => {
    const text =
      '一、总体要求\n（一）指导思想。明确。\n（二）基本原则。明确。\n二、重点任务\n1.抓好项目。明确。\n2.抓好民生。明确。';
    const action = actionsAt(text, '1.抓').find(({ title }) => title === '这一组改用“（一）”');
    expect(applied(text, action)).toContain('二、重点任务\n（一）抓好项目。明确。\n（二）抓好民生。明确。');
  });

  it('offers the nearest number for a reference that leads nowhere', () => {
    const text =
      '青禾县防汛办法\n第一条　为了防汛，制定本办法。\n第二条　违反本办法第六条的，责令改正。\n第三条　自发布之日起施行。';
    const [action] = actionsAt(text, '第六条');
    expect(applied(text, action)).toContain('违反本办法第三条的');
    expect(action?.isPreferred).toBeUndefined();
  });

  it('offers to delete a section without words, and lets the numbers follow', () => {
    const text = '一、总体要求\n内容。\n二、\n三、保障措施\n内容。';
    const action = actionsAt(text, '二、').find(({ title }) => title.startsWith('删除这一节'));
    expect(applied(text, action)).toBe('一、总体要求\n内容。\n二、保障措施\n内容。');
  });
});

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

  it('lets later numbers follow one that was typed before them', () => {
    const text = '一、总体要求\n内容。\n二、新的一节\n二、重点任务\n内容。\n三、保障措施\n内容。';
    const action = actionsAt(text, '新的').find(({ title }) => title === '这一组重新编号');
    expect(applied(text, action)).toBe(text.replace('三、', '四、').replace('二、重', '三、重'));
    const running =
      '一、修渠\n（一）勘测。抓紧。\n（二）新项。\n（二）施工。抓紧。\n二、植树\n（三）选苗。抓紧。\n（四）栽种。抓紧。';
    expect(applied(running, actionsAt(running, '新项').at(-1))).toBe(
      running.replace('（四）', '（五）').replace('（三）', '（四）').replace('（二）施', '（三）施'),
    );
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
    // Counting on from 四 may be intended: it is offered individually.
    expect(fixed).toContain('四、保障措施');
    expect(actionsAt(fixed, '坚持', ['source.fixAll.policyText'])).toEqual([]);
  });

  it('corrects misspellings together only by their kind, and only those that are certain', () => {
    const text = '截止2025年底，全县己经建成示范村。\n设立专门帐户，,做好服务。\n';
    const corrected = text.replace('截止', '截至').replace('己经', '已经');
    const [action, ...others] = actionsAt(text, '截止', [FIX_MISSPELLINGS_KIND]);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ kind: FIX_MISSPELLINGS_KIND, title: '改正全部确定的错别字（2处）' });
    expect(applied(text, action)).toBe(corrected);
    expect(actionsAt(corrected, '截至', [FIX_MISSPELLINGS_KIND])).toEqual([]);
    // A request for a kind includes those below it.
    const general = actionsAt(text, '截止', ['source.fixAll']);
    expect(general.map(({ kind }) => kind)).toEqual([FIX_ALL_KIND]);
    expect(applied(text, general[0])).toContain('截止2025年底，全县己经');
    expect(actionsAt(text, '截止', ['source']).map(({ kind }) => kind)).toEqual([FIX_ALL_KIND, FIX_MISSPELLINGS_KIND]);
    expect(actionsAt(text, '截止').map(({ kind }) => kind)).not.toContain(FIX_MISSPELLINGS_KIND);
    // At a misspelling, all of them are offered, and the punctuation is left alone.
    const ofRule = actionsAt(text, '截止').find(({ title }) => title.startsWith('全部改正'));
    expect(ofRule?.title).toBe('全部改正：错别字（2处）');
    expect(applied(text, ofRule)).toBe(corrected);
  });

  it('keeps a name of the other script wherever it stands, if the writer says so', () => {
    const text = `由陳敏榮負責。${'我们要坚持稳中求进，统筹发展经济和改善民生，坚决守住粮食安全底线。'.repeat(3)}陳敏榮作了说明。`;
    const target = { uri: 'file:///drafts/.policytext.json', path: 'plan.txt', text: '', exists: false };
    const action = actionsAt(text, '陳', undefined, 'zh-cn', target).find(({ title }) => title.includes('专名'));
    expect(action?.title).toBe('“陳敏榮負責”是专名，处处保留');
    const [, change] = action?.edit?.documentChanges ?? [];
    const written = change && 'edits' in change ? change.edits.map((edit) => (edit as TextEdit).newText).join('') : '';
    expect(JSON.parse(written)).toEqual({ ignore: [{ rule: 'text.mixed-script', text: '陳敏榮負責' }] });
    const analysis = analyse(text);
    const found = lint(analysis).filter(({ rule }) => rule.id === 'text.mixed-script');
    const left = withoutIgnored(found, analysis, [{ rule: 'text.mixed-script', text: '陳敏榮' }]);
    expect(left.length).toBe(found.length - 1);
  });

  it('keeps no words of rules that find no names', () => {
    const target = { uri: 'file:///drafts/.policytext.json', path: 'plan.txt', text: '', exists: false };
    const titles = actionsAt(GAP, '四、', undefined, 'zh-cn', target).map(({ title }) => title);
    expect(titles.some((title) => title.startsWith('忽略'))).toBe(true);
    expect(titles.some((title) => title.includes('专名'))).toBe(false);
  });

  it('says which finding of several is to be ignored, and of a rule once', () => {
    const target = { uri: 'file:///drafts/.policytext.json', path: 'plan.txt', text: '', exists: false };
    const text = '一、时间安排\n自2026年4月×日至5月×日，由县水务局负责检查。\n二、要求\n内容。\n';
    const titles = actionsAt(text, '自', undefined, 'zh-cn', target, 24).map(({ title }) => title);
    expect(titles.filter((title) => title === '忽略第2行的“×”').length).toBe(2);
    expect(titles.filter((title) => title.startsWith('关闭规则')).length).toBe(1);
    const many = Array.from({ length: 24 }, (_, index) => `自×月在${index + 1}号水库检查。`).join('');
    expect(
      actionsAt(many, '自', undefined, 'zh-cn', target, many.length)
        .map(({ title }) => title)
        .join(),
    ).not.toContain('忽略');
  });

  it('has no place for fixing everything in the light bulb of a line', () => {
    expect(actionsAt('坚持问题导向,压实责任。', ',').map(({ kind }) => kind)).toEqual(['quickfix']);
  });
});
