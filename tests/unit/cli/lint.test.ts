import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReport } from '../../../server/src/cli/json';
import { findingsOf, summary } from '../../../server/src/cli/pretty';
import { sarifReport } from '../../../server/src/cli/sarif';
import type { LintResult } from '../../../server/src/rules/lint';
import type { Rule } from '../../../server/src/rules/rule';
import { reaches } from '../../../server/src/rules/severity';
import { analyse } from '../../../server/src/structure/analyse';
import { policyText } from './fakeTerminal';

const BROKEN =
  '一、总体要求\n坚持稳中求进工作总基调。\n二、主要任务\n抓好各项工作落实。\n四、保障措施\n加强组织领导。\n';
const SOUND = BROKEN.replace('四、', '三、');

/** A rule and an invented finding, so that the reports are tested independently of the rules. */
const rule: Rule = {
  id: 'numbering.example',
  title: { en: 'Example', zh: '示例' },
  reason: { en: 'Readers count along.', zh: '读者会跟着数。' },
  authority: { en: 'practice', zh: '惯例' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  examples: { flagged: [], clean: [] },
  scope: 'line',
  check: () => [],
};
const at = BROKEN.indexOf('四、');
const before = BROKEN.indexOf('二、');
const finding: LintResult = {
  rule,
  severity: 'warning',
  start: at,
  end: at + 2,
  message: { en: '“{0}” should be “{1}”.', zh: '“{0}”应为“{1}”。', values: ['四、', '三、'] },
  related: [{ start: before, end: before + 2, message: { en: 'the one before', zh: '上一项' } }],
  fixes: [
    {
      title: { en: 'Make it “三、”', zh: '改为“三、”' },
      safe: true,
      preferred: true,
      edits: [{ start: at, end: at + 2, newText: '三、' }],
    },
  ],
};
const found = (findings: LintResult[], name = '文稿/讲话 稿.txt') => ({
  draft: { name, kind: 'policytext' as const, text: BROKEN, encoding: 'utf-8' as const, bom: false, replaced: 0 },
  analysis: analyse(BROKEN),
  findings,
});
const terminal = {
  out: () => {},
  error: () => {},
  readStandardInput: async () => new Uint8Array(),
  environment: {},
  outputIsScreen: false,
  errorIsScreen: false,
  columns: undefined,
};

describe('the report for readers', () => {
  it('shows place, words, line and carets', () => {
    expect(findingsOf(found([finding]), terminal, 'zh-cn')).toMatchInlineSnapshot(`
      "文稿/讲话 稿.txt
        5:1  警告  “四、”应为“三、”。  numbering.example
            四、保障措施
            ^^^^
            3:1  上一项

      "
    `);
  });

  it('says nothing of a clean draft', () => {
    expect(findingsOf(found([]), terminal, 'en')).toBe('');
  });

  it('sums up', () => {
    const hint: LintResult = { ...finding, severity: 'hint' };
    expect(summary([found([finding, hint, hint]), found([])], terminal, 'en')).toBe(
      '3 findings in 1 of 2 files: 1 warning, 2 hint.\n',
    );
    expect(summary([found([finding])], terminal, 'zh-cn')).toBe('1 个文件中有 1 个发现问题，共 1 处：1 警告。\n');
    expect(summary([found([])], terminal, 'en')).toBe('Nothing to report in 1 file.\n');
  });
});

describe('JSON', () => {
  it('has everything, with positions as in LSP', () => {
    const [file] = JSON.parse(jsonReport([found([finding])], 'zh-cn'));
    expect(file).toMatchObject({ file: '文稿/讲话 稿.txt', encoding: 'utf-8' });
    expect(file.findings).toEqual([
      {
        rule: 'numbering.example',
        severity: 'warning',
        message: '“四、”应为“三、”。',
        reason: '读者会跟着数。',
        authority: '惯例',
        line: 4,
        character: 0,
        range: { start: { line: 4, character: 0 }, end: { line: 4, character: 2 } },
        text: '四、',
        related: [{ message: '上一项', range: { start: { line: 2, character: 0 }, end: { line: 2, character: 2 } } }],
        fixes: [
          {
            title: '改为“三、”',
            safe: true,
            preferred: true,
            edits: [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 2 } }, newText: '三、' }],
          },
        ],
      },
    ]);
  });
});

describe('SARIF', () => {
  it('is one run with the rules, UTF-16 columns from 1 and escaped relative paths', () => {
    const log = JSON.parse(sarifReport([found([finding])], 'en', true)) as Log;
    expect(log.version).toBe('2.1.0');
    const run = log.runs[0];
    expect(run?.columnKind).toBe('utf16CodeUnits');
    expect(run?.tool.driver.name).toBe('policy-text');
    expect(run?.invocations).toEqual([{ executionSuccessful: true }]);
    const [result] = run?.results ?? [];
    expect(result).toMatchObject({
      ruleId: 'numbering.example',
      level: 'warning',
      message: { text: '“四、” should be “三、”.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: '%E6%96%87%E7%A8%BF/%E8%AE%B2%E8%AF%9D%20%E7%A8%BF.txt', index: 0 },
            region: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 3, charOffset: at, charLength: 2 },
          },
        },
      ],
      fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: '三、' } }] }] }],
    });
    expect(result?.relatedLocations?.[0]?.physicalLocation?.region?.startLine).toBe(3);
  });

  it('gives an absolute path as a file URI, and knows notes', () => {
    const log = JSON.parse(sarifReport([found([{ ...finding, severity: 'hint' }], '/稿/一.txt')], 'en', false)) as Log;
    expect(log.runs[0]?.artifacts?.[0]?.location?.uri).toBe('file:///%E7%A8%BF/%E4%B8%80.txt');
    expect(log.runs[0]?.results?.[0]?.level).toBe('note');
    expect(log.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
  });

  it('lists each rule of the program', async () => {
    const { out } = await policyText(['lint', '--format', 'sarif', '-'], { input: Buffer.from(SOUND) });
    const log = JSON.parse(out) as Log;
    for (const { id, shortDescription, help } of log.runs[0]?.tool.driver.rules ?? []) {
      expect(id).toMatch(/^[a-z]+\.[a-z-]+$/);
      expect(shortDescription?.text).toBeTruthy();
      expect(help?.text).toBeTruthy();
    }
    expect(log.runs[0]?.results).toEqual([]);
  });
});

describe('severities', () => {
  it('reach the thresholds as heavy as they are', () => {
    expect(reaches('warning', 'warning')).toBe(true);
    expect(reaches('error', 'hint')).toBe(true);
    expect(reaches('hint', 'information')).toBe(false);
    expect(reaches('error', 'never')).toBe(false);
  });
});

describe('lint', () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 检查 '));
    fs.writeFileSync(file('坏.txt'), BROKEN);
    fs.writeFileSync(file('好.txt'), SOUND);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('exits with 0 on a sound draft', async () => {
    const { code, out, error } = await policyText(['lint', file('好.txt')]);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toBe('Nothing to report in 1 file.\n');
  });

  it('exits with 1 on a warning, and as --fail-on says', async () => {
    expect((await policyText(['lint', file('坏.txt')])).code).toBe(1);
    expect((await policyText(['lint', file('坏.txt'), '--fail-on', 'error'])).code).toBe(0);
    expect((await policyText(['lint', file('坏.txt'), '--fail-on', 'never'])).code).toBe(0);
  });

  it('obeys --rule and --min-severity', async () => {
    const off = await policyText(['lint', file('坏.txt'), '--rule', 'numbering=off']);
    expect(off).toMatchObject({ code: 0, out: 'Nothing to report in 1 file.\n' });
    const hint = await policyText(['lint', file('坏.txt'), '--rule', 'numbering=off', '--rule', 'numbering.gap=hint']);
    expect(hint).toMatchObject({ code: 0 });
    expect(hint.out).toContain('1 hint');
    const hidden = await policyText([
      'lint',
      file('坏.txt'),
      '--rule=numbering.gap=hint',
      '--min-severity',
      'information',
    ]);
    expect(hidden.out).toBe('Nothing to report in 1 file.\n');
  });

  it('exits with 2 where something could not be read, findings or not', async () => {
    const { code, out } = await policyText(['lint', file('没有.txt'), file('坏.txt')]);
    expect(code).toBe(2);
    expect(out).toContain('numbering.gap');
  });

  it('puts the gap at its marker', async () => {
    const { out } = await policyText(['lint', '--format', 'json', '-'], { input: Buffer.from(`\ufeff${BROKEN}`) });
    expect(JSON.parse(out)).toMatchObject([
      { file: '<stdin>', findings: [{ rule: 'numbering.gap', line: 4, character: 0, text: '四、' }] },
    ]);
  });
});
