import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { diagnostics, withKnown } from '../../../server/src/features/diagnostics';
import type { LintResult } from '../../../server/src/rules/lint';
import type { Rule } from '../../../server/src/rules/rule';
import { draft } from './draft';

const rule: Rule = {
  id: 'numbering.gap',
  scope: 'document',
  title: { en: 'Gap', zh: '跳号' },
  reason: { en: 'Readers look for the missing item', zh: '读者会以为缺了一项' },
  authority: { en: 'GB/T 15834-2011, B.3', zh: 'GB/T 15834-2011 附录B.3' },
  tier: 'standard',
  severity: 'warning',
  safeFix: false,
  examples: { flagged: [], clean: [] },
  check: () => [],
};
const text = '一、水利\r\n三、农业\r\n';
const result: LintResult = {
  rule,
  severity: 'warning',
  start: 6,
  end: 8,
  message: {
    en: '“{0}” follows “{1}”: write “{2}”',
    zh: '“{1}”之后是“{0}”，应为“{2}”',
    values: ['三、', '一、', '二、'],
  },
  related: [{ start: 0, end: 2, message: { en: 'The item before', zh: '前一项' } }],
};
const options = { uri: 'file:///稿.txt', locale: 'zh-cn', relatedInformation: true } as const;

describe('diagnostics', () => {
  it('carry rule, range, and words in the reader’s language', () => {
    expect(diagnostics(draft(text), [result], options)).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } },
        severity: DiagnosticSeverity.Warning,
        code: 'numbering.gap',
        source: 'policy-text',
        message: '“一、”之后是“三、”，应为“二、”。\n读者会以为缺了一项。（GB/T 15834-2011 附录B.3）',
        relatedInformation: [
          {
            location: {
              uri: 'file:///稿.txt',
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } },
            },
            message: '前一项',
          },
        ],
      },
    ]);
  });

  it('speak English elsewhere', () => {
    const [diagnostic] = diagnostics(draft(text), [result], { ...options, locale: 'en' });
    expect(diagnostic?.message).toBe(
      '“三、” follows “一、”: write “二、”.\nReaders look for the missing item. (GB/T 15834-2011, B.3)',
    );
  });

  it('leave related places out for clients that do not show them', () => {
    const [diagnostic] = diagnostics(draft(text), [result], { ...options, relatedInformation: false });
    expect(diagnostic).not.toHaveProperty('relatedInformation');
  });

  it.each([
    ['error', DiagnosticSeverity.Error],
    ['warning', DiagnosticSeverity.Warning],
    ['information', DiagnosticSeverity.Information],
    ['hint', DiagnosticSeverity.Hint],
  ] as const)('map severity %s', (severity, expected) => {
    expect(diagnostics(draft(text), [{ ...result, severity }], options)[0]?.severity).toBe(expected);
  });

  it('are right in any order of results', () => {
    const places = [12, 6, 0].map((start) => ({ ...result, start, end: start }));
    const lines = diagnostics(draft(text), places, options).map(({ range }) => range.start.line);
    expect(lines).toEqual([2, 1, 0]);
  });
});

describe('diagnostics after an edit', () => {
  const item = (line: number): Diagnostic => ({
    range: { start: { line, character: 0 }, end: { line, character: 2 } },
    message: '应为“，”。',
  });
  const lines = fc.array(fc.nat(3), { maxLength: 8 });

  it('are what they were made as, whatever was known before', () => {
    fc.assert(
      fc.property(lines, lines, (now, before) => {
        expect(withKnown(now.map(item), before.map(item))).toEqual(now.map(item));
      }),
      { numRuns: 300 },
    );
  });

  it('are the known ones wherever they are equal, and the known list if all are', () => {
    const known = [1, 2, 3, 4].map(item);
    expect(withKnown([1, 2, 3, 4].map(item), known)).toBe(known);
    const [first, added, , , last] = withKnown([1, 9, 2, 3, 4].map(item), known);
    expect(first).toBe(known[0]);
    expect(added).toEqual(item(9));
    expect(last).toBe(known[3]);
  });
});
