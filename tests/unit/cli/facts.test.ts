import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const full = path.join(folder, name);
  fs.writeFileSync(full, text);
  return full;
};
const report = file('report.txt', '2025年全县粮食总产量达到12.6万吨。\n2025年，全县粮食总产量为16.2万吨。\n');
const summary = file('summary.txt', '2025年全县粮食总产量达到12.6万吨。\n');

describe('facts', () => {
  it('lists values by indicator over several drafts, and marks what cannot be', async () => {
    const { code, out } = await policyText(['facts', report, summary, '--lang', 'zh']);
    expect(code).toBe(1);
    expect(out.split('\n').filter((row) => row.startsWith('粮食总产量'))).toHaveLength(1);
    expect(out).toMatch(/^! 16\.2万吨 {2}2025/m);
    expect(out).toContain(`${summary}:1`);
  });
  it('gives JSON with values in base units and positions', async () => {
    const { out } = await policyText(['facts', report, '--format', 'json']);
    const [described] = JSON.parse(out);
    expect(described.statements[0]).toMatchObject({
      normalised: '粮食总产量',
      value: 126_000,
      unit: '吨',
      time: '2025',
      range: { start: { line: 0, character: 14 } },
    });
    expect(described.conflicts).toEqual([{ statement: 1, others: [0], ground: 'time' }]);
  });
});

describe('facts of drafts that ought to agree', () => {
  const title = '青禾县2026年政府工作报告';
  const text = '\n2025年，全县粮食总产量达到32.5万吨，地区生产总值达到285.4亿元。\n';
  const whole = file('whole.txt', title + text);
  const short = file('short.txt', `${title}（摘要）${text.replace('32.5', '35.2').replace('285.4', '285')}`);
  const speech = file('speech.txt', `在全县粮食工作会议上的讲话${text.replace('32.5', '33.1')}`);

  it('are told where they differ, by their titles', async () => {
    const { code, out } = await policyText(['facts', whole, short, speech, '--lang', 'en']);
    expect(code).toBe(1);
    expect(out).toContain(
      `Should agree: ${whole} and ${short}\n! 粮食总产量  2025年  32.5万吨  ${whole}:2  ≠  35.2万吨`,
    );
    expect(out.match(/≠/g)).toHaveLength(1);
    expect((await policyText(['facts', whole, speech])).code).toBe(0);
    const { out: json } = await policyText(['facts', whole, short, '--format', 'json']);
    const [first, second] = JSON.parse(json);
    expect(first.siblings).toEqual([{ file: short, differences: [{ statement: 0, other: 0 }] }]);
    expect(second.siblings).toEqual([]);
  });

  it('are those that the configuration file names, too', async () => {
    const configuration = file('.policytext.json', '{ "siblings": [["whole.txt", "./speech.txt"]] }');
    const { code, out } = await policyText(['facts', whole, speech, '--lang', 'zh']);
    fs.rmSync(configuration);
    expect(code).toBe(1);
    expect(out).toContain(`应当一致：${whole} 与 ${speech}\n! 粮食总产量  2025年  32.5万吨`);
  });
});

describe('compare', () => {
  it('writes text, JSON and a page, and exits with 1 where drafts differ', async () => {
    const { code, out } = await policyText(['compare', summary, report]);
    expect(code).toBe(1);
    expect(out).toContain('{+2025年，全县粮食总产量为16.2万吨。+}');
    const json = await policyText(['compare', summary, report, '--format', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({ old: summary, new: report, sections: [{ fate: 'changed' }] });
    const page = await policyText(['compare', summary, report, '--format', 'html']);
    expect(page.out).toContain('<ins>2025年，全县粮食总产量为16.2万吨。</ins>');
    expect((await policyText(['compare', summary, summary])).code).toBe(0);
  });
  it('writes a Word document, but over no file of its name, not even over an export', async () => {
    const output = path.join(folder, 'comparison.docx');
    expect((await policyText(['compare', summary, report, '-o', output])).code).toBe(1);
    const bytes = fs.readFileSync(output);
    expect(bytes.length).toBeGreaterThan(0);
    const exported = path.join(folder, 'export.docx');
    expect((await policyText(['export', summary, '-o', exported])).code).toBe(0);
    for (const [taken, before] of [
      [output, bytes],
      [exported, fs.readFileSync(exported)],
    ] as const) {
      const { code, error } = await policyText(['compare', summary, report, '-o', taken, '--lang', 'en']);
      expect(code).toBe(2);
      expect(error).toContain('A file of that name exists; give another name.');
      expect(error).not.toContain('--force');
      expect(fs.readFileSync(taken).equals(before)).toBe(true);
    }
    const { error } = await policyText(['compare', summary, report, '-o', output, '--lang', 'zh']);
    expect(error).toContain('已有同名文件，请换一个文件名。');
  });
  it.each(['text', 'json', 'html'])(
    'writes %s into a new file, but over none, not even over a draft',
    async (format) => {
      const output = path.join(folder, `comparison.${format}`);
      const written = await policyText(['compare', summary, report, '--format', format, '-o', output]);
      expect(written).toEqual({ code: 1, out: '', error: '' });
      expect(fs.readFileSync(output, 'utf8')).toContain('粮食总产量');
      for (const taken of [output, summary, report]) {
        const before = fs.readFileSync(taken);
        const { code, error } = await policyText(['compare', summary, report, '--format', format, '-o', taken]);
        expect([code, error]).toEqual([2, expect.stringContaining('A file of that name exists; give another name.')]);
        expect(fs.readFileSync(taken).equals(before)).toBe(true);
      }
    },
  );
  it('asks for two drafts', async () => {
    expect((await policyText(['compare', summary])).code).toBe(2);
  });
});
