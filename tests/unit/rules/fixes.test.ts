import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainFixOf, collectEdits, fixAll, safeFixOf } from '../../../server/src/rules/fixes';
import { type LintResult, lint } from '../../../server/src/rules/lint';
import type { Fix } from '../../../server/src/rules/rule';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';

const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);
const title = { zh: '改', en: 'Change' };
const fix = (edits: Fix['edits'], safe = true, preferred = false): Fix => ({ title, edits, safe, preferred });
const result = (...fixes: Fix[]) => ({ fixes }) as unknown as LintResult;

describe('safeFixOf', () => {
  it('takes the only safe fix, or the preferred one of several, or none', () => {
    const one = fix([{ start: 0, end: 1, newText: '' }]);
    const preferred = fix([{ start: 0, end: 1, newText: 'x' }], true, true);
    const unsafe = fix([{ start: 0, end: 1, newText: 'y' }], false, true);
    expect(safeFixOf(result(one))).toBe(one);
    expect(safeFixOf(result(one, preferred))).toBe(preferred);
    expect(safeFixOf(result(one, one))).toBeUndefined();
    expect(safeFixOf(result(unsafe))).toBeUndefined();
    expect(safeFixOf(result(unsafe, one))).toBe(one);
    expect(safeFixOf(result())).toBeUndefined();
  });
});

describe('certainFixOf', () => {
  const preferred = fix([{ start: 0, end: 1, newText: 'y' }], false, true);
  const likely = fix([{ start: 0, end: 1, newText: 'z' }], false);
  const of = (fixesOnRequest: boolean, ...fixes: Fix[]) =>
    certainFixOf({ fixes, rule: { fixesOnRequest } } as unknown as LintResult);

  it('takes a preferred fix that changes words only of a rule that has them on request', () => {
    expect(of(true, likely, preferred)).toBe(preferred);
    expect(of(false, likely, preferred)).toBeUndefined();
    expect(of(true, likely)).toBeUndefined();
    expect(of(true)).toBeUndefined();
  });
});

describe('collectEdits', () => {
  it('takes a fix whole or not at all', () => {
    const pair = fix([
      { start: 0, end: 1, newText: '（' },
      { start: 8, end: 9, newText: '）' },
    ]);
    const inside = fix([{ start: 4, end: 5, newText: '，' }]);
    const clash = fix([
      { start: 2, end: 3, newText: '；' },
      { start: 8, end: 10, newText: '。' },
    ]);
    const { edits, fixes } = collectEdits([result(pair), result(clash), result(inside)]);
    expect(fixes).toBe(2);
    expect(edits.replacements.map(({ start }) => start)).toEqual([0, 4, 8]);
  });
});

describe('fixAll', () => {
  it('goes on until nothing safe is left', () => {
    const text = '坚持问题导向,,压实责任。。\n附件:1、清单。\n2、名册；';
    const fixed = fixAll(text, 'policytext');
    expect(fixed.text).toBe('坚持问题导向，压实责任。\n附件：1.清单\n2.名册');
    expect(fixed.applied).toBeGreaterThan(3);
    expect(fixAll(fixed.text, 'policytext')).toEqual({ text: fixed.text, applied: 0 });
  });

  it('leaves a wrong number beside another wrong one to the writer', () => {
    const text = '一、修渠\n内容。\n三、植树\n内容。\n二、办学\n内容。\n';
    expect(fixAll(text, 'policytext').text).toBe(text);
    const borneOut = '一、修渠\n内容。\n五、植树\n内容。\n三、办学\n内容。\n';
    expect(fixAll(borneOut, 'policytext').text).toBe(borneOut.replace('五、', '二、'));
  });

  it('corrects misspellings only when they are asked for, and only those that are certain', () => {
    const text = '截止2025年底,全县己经建成示范村。\n设立专门帐户,做好服务。\n';
    const words = { spelling };
    expect(fixAll(text, 'policytext', words).text).toBe(text.replaceAll(',', '，'));
    expect(fixAll(text, 'policytext', { ...words, only: ['text'] })).toEqual({ text, applied: 0 });
    const corrected = text.replace('截止', '截至').replace('己经', '已经');
    expect(fixAll(text, 'policytext', { ...words, only: ['text.misspelling'] })).toEqual({
      text: corrected,
      applied: 2,
    });
    const both = { ...words, only: ['text.misspelling', 'punctuation'] };
    expect(fixAll(text, 'policytext', both)).toEqual({ text: corrected.replaceAll(',', '，'), applied: 4 });
    const off = { ...both, configuration: { rules: { 'text.misspelling': 'off' as const } } };
    expect(fixAll(text, 'policytext', off)).toEqual({ text: text.replaceAll(',', '，'), applied: 2 });
  });

  it('does nothing where the rules are off', () => {
    const rules = { punctuation: 'off', document: 'off', numbering: 'off' } as const;
    expect(fixAll('坚持问题导向,压实责任。', 'policytext', { configuration: { rules } })).toEqual({
      text: '坚持问题导向,压实责任。',
      applied: 0,
    });
  });

  const slips = fc.constantFrom(
    ...[
      '，',
      '。',
      '、',
      ',',
      '.',
      ';',
      ':',
      '(',
      ')',
      '（',
      '）',
      '“',
      '”',
      '"',
      '‘',
      '’',
      '《',
      '》',
      '…',
      '。。。',
      '...',
      '——',
      '--',
      '~',
    ],
    ...[
      '青禾县',
      '加强领导',
      '5-10%',
      '二零二六年',
      '2026年01月08日',
      '青政发[2026]03号',
      '附件：1、清单。',
      '\n',
      '一、',
      '（一）',
      '1、',
    ],
  );
  const draft = fc.array(slips, { maxLength: 40 }).map((parts) => parts.join(''));

  it('leaves no safe fix behind, and changes nothing the second time', () => {
    fc.assert(
      fc.property(draft, (text) => {
        const once = fixAll(text, 'policytext');
        expect(collectEdits(lint(analyse(once.text))).fixes).toBe(0);
        expect(fixAll(once.text, 'policytext')).toEqual({ text: once.text, applied: 0 });
      }),
      { numRuns: 500 },
    );
  });

  it('never adds or drops a word', () => {
    const words = (text: string) => text.replace(/[^\u4e00-\u9fff]/g, '').replace(/[零〇]/g, '0');
    const wordy = fc.array(
      fc.constantFrom('，', ',', '"', '(', ')', '。。', '...', '--', '青禾', '加强', '《', '》', '\n'),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(wordy, (parts) => {
        const text = parts.join('');
        expect(words(fixAll(text, 'policytext').text)).toBe(words(text));
      }),
    );
  });
});
