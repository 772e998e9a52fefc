import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectSafeEdits, fixAll, safeFixOf } from '../../../server/src/rules/fixes';
import { type LintResult, lint } from '../../../server/src/rules/lint';
import type { Fix } from '../../../server/src/rules/rule';
import { analyse } from '../../../server/src/structure/analyse';

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

describe('collectSafeEdits', () => {
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
    const { edits, fixes } = collectSafeEdits([result(pair), result(clash), result(inside)]);
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

  it('does nothing where the rules are off', () => {
    const rules = { punctuation: 'off', document: 'off', numbering: 'off' } as const;
    expect(fixAll('坚持问题导向,压实责任。', 'policytext', { rules })).toEqual({
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
        expect(collectSafeEdits(lint(analyse(once.text))).fixes).toBe(0);
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
