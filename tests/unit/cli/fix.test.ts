import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { policyText } from './fakeTerminal';

const BROKEN =
  '一、总体要求\r\n坚持稳中求进,扎实推进各项工作落实。\r\n二、主要任务\r\n建立健全长效机制,提高服务水平。\r\n';
const MENDED = BROKEN.replaceAll(',', '，');

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 改正 '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  fs.writeFileSync(at('讲话 稿.txt'), BROKEN);
  fs.writeFileSync(at('国标.txt'), iconv.encode(BROKEN, 'gbk'));
  fs.writeFileSync(at('宽.txt'), iconv.encode(BROKEN, 'utf-16be', { addBOM: true }));
  fs.writeFileSync(at('签名.txt'), `\ufeff${BROKEN}`);
});

describe('fix', () => {
  it('fixes only what --only names, and misspellings only there', async () => {
    const text = '一、总体要求\n截止2025年底,全县己经建成示范村20个。。\n';
    const input = { input: Buffer.from(text) };
    expect((await policyText(['fix', '-'], input)).out).toBe(text.replace(',', '，').replace('。。', '。'));
    const corrected = text.replace('截止', '截至').replace('己经', '已经');
    const only = await policyText(['fix', '--only', 'text.misspelling', '-'], input);
    expect(only).toMatchObject({ code: 0, out: corrected });
    expect(only.error).toMatch(/2 places/);
    expect((await policyText(['fix', '--only', 'text', '-'], input)).out).toBe(text);
    const both = ['fix', '--only', 'text.misspelling,punctuation.half-width', '-'];
    expect((await policyText(both, input)).out).toBe(corrected.replace(',', '，'));
    const unknown = await policyText(['fix', '--only', 'text.mispelling', '-'], input);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.error).toContain('text.mispelling');
  });

  it('puts the mended text of one draft on standard output and leaves the file alone', async () => {
    const { code, out, error } = await policyText(['fix', at('讲话 稿.txt')]);
    expect({ code, out }).toEqual({ code: 0, out: MENDED });
    expect(error).toMatch(/2 places fixed in the output/);
    expect(fs.readFileSync(at('讲话 稿.txt'), 'utf8')).toBe(BROKEN);
  });

  it('writes over nothing that was saved meanwhile', async () => {
    const { readFile } = fs.promises;
    const theirs = `${BROKEN}三、新的一节\r\n`;
    // The file is checked once more just before it is replaced.
    const spy = vi.spyOn(fs.promises, 'readFile').mockImplementation((async (...args: Parameters<typeof readFile>) => {
      fs.writeFileSync(at('讲话 稿.txt'), theirs);
      return readFile(...args);
    }) as never);
    const { code, error } = await policyText(['fix', '--write', at('讲话 稿.txt')]);
    spy.mockRestore();
    expect(code).toBe(2);
    expect(error).toContain('modified in the meantime');
    expect(fs.readFileSync(at('讲话 稿.txt'), 'utf8')).toBe(theirs);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('removes what a writer left behind that was killed', async () => {
    const left = at('.policy-text-01234567-89ab-cdef-0123-456789abcdef.tmp');
    fs.writeFileSync(left, 'half');
    fs.utimesSync(left, new Date(0), new Date(0));
    await policyText(['fix', '--write', at('讲话 稿.txt')]);
    expect(fs.existsSync(left)).toBe(false);
  });

  it('will not run several drafts together', async () => {
    const { code, out, error } = await policyText(['fix', folder]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('Only one draft');
  });

  it('writes each file back in its own encoding, with its own mark and line ends', async () => {
    const { code, out, error } = await policyText(['fix', '--write', folder]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(error.trim().split('\n')).toHaveLength(4);
    expect(fs.readFileSync(at('讲话 稿.txt'), 'utf8')).toBe(MENDED);
    expect(fs.readFileSync(at('国标.txt'))).toEqual(iconv.encode(MENDED, 'gbk'));
    expect(fs.readFileSync(at('宽.txt'))).toEqual(iconv.encode(MENDED, 'utf-16be', { addBOM: true }));
    expect(fs.readFileSync(at('签名.txt'), 'utf8')).toBe(`\ufeff${MENDED}`);
    const again = await policyText(['fix', '--write', folder]);
    expect(again).toEqual({ code: 0, out: '', error: '' });
  });

  it('writes nothing where something would be lost', async () => {
    const damaged = Buffer.concat([Buffer.from(BROKEN), Buffer.from([0xb5])]);
    fs.writeFileSync(at('讲话 稿.txt'), damaged);
    const { code, error } = await policyText(['fix', '--write', at('讲话 稿.txt')]);
    expect(code).toBe(2);
    expect(error).toContain('would be lost');
    expect(fs.readFileSync(at('讲话 稿.txt'))).toEqual(damaged);
    expect((await policyText(['fix', '--write', '-'], { input: Buffer.from(BROKEN) })).code).toBe(2);
  });

  it('shows a diff that patch can apply', async () => {
    const { code, out } = await policyText(['fix', '--diff', at('讲话 稿.txt')]);
    expect(code).toBe(0);
    expect(out).toContain(`+++ b/${at('讲话 稿.txt')}\t\n@@ -1,4 +1,4 @@\n`);
    expect(out).toContain('\n-坚持稳中求进,扎实推进各项工作落实。\r\n+坚持稳中求进，扎实推进各项工作落实。\r\n');
    expect(out.endsWith('\n')).toBe(true);
    expect(fs.readFileSync(at('讲话 稿.txt'), 'utf8')).toBe(BROKEN);
    if (spawnSync('patch', ['--version']).status !== 0) return;
    const patched = spawnSync('patch', ['--binary', '-o', '-', at('讲话 稿.txt')], { input: out, encoding: 'utf8' });
    expect(patched.stdout).toBe(MENDED);
  });

  it('says nothing of a sound draft', async () => {
    fs.writeFileSync(at('讲话 稿.txt'), MENDED);
    expect(await policyText(['fix', '--diff', at('讲话 稿.txt')])).toEqual({ code: 0, out: '', error: '' });
  });

  it('obeys --rule', async () => {
    const { out } = await policyText(['fix', '--rule', 'punctuation=off', '-'], { input: Buffer.from(BROKEN) });
    expect(out).toBe(BROKEN);
  });
});
