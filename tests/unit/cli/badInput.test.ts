/** Input of every bad kind for every command that reads drafts: one clear line, exit code 2, nothing changed. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from './fakeTerminal';

const DRAFT = '一、总体要求\n坚持稳中求进,扎实推进各项工作落实。\n三、主要任务\n健全长效机制,提高服务水平。\n';
const COMMANDS = ['outline', 'lint', 'fix', 'renumber', 'clean'];
const WRITERS = ['fix', 'renumber', 'clean'];
const POSIX = process.platform !== 'win32';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 坏 '));
  fs.writeFileSync(at('稿.txt'), DRAFT);
  fs.writeFileSync(at('图.png'), Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'));
  fs.writeFileSync(at('程序.bin'), Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 77) % 251)));
  fs.writeFileSync(at('外.txt'), Buffer.alloc(20, 0xff));
  fs.writeFileSync(at('国标.txt'), iconv.encode(DRAFT, 'gbk'));
  if (POSIX) fs.symlinkSync(at('自己.txt'), at('自己.txt'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const BAD: [what: string, args: () => string[], en: RegExp, zh: RegExp][] = [
  ['a missing file', () => [at('没有.txt')], /No such file or folder\.$/, /找不到这个文件或文件夹。$/],
  ['a file below a file', () => [at('稿.txt/x.txt')], /No such file or folder\.$/, /找不到这个文件或文件夹。$/],
  ['no name', () => [''], /^“”: No such file or folder\.$/, /^“”: 找不到这个文件或文件夹。$/],
  ['a name that is too long', () => [at('长'.repeat(200))], /name is too long\.$/, /文件名太长。$/],
  ['a picture', () => [at('图.png')], /a picture \(PNG\), not a plain text/, /这是图片（PNG），不是纯文本/],
  ['binary data', () => [at('程序.bin')], /encoding is none of|binary data/, /认不出文件的编码|二进制数据/],
  ['no encoding', () => [at('外.txt')], /encoding is none of/, /认不出文件的编码/],
  ['the wrong encoding', () => ['--encoding', 'utf-8', at('国标.txt')], /is not utf-8/, /不是 utf-8 编码/],
];
if (POSIX) BAD.push(['a link to itself', () => [at('自己.txt')], /leads back to itself\.$/, /指回了自身。$/]);

describe.each(COMMANDS)('%s', (command) => {
  it.each(BAD)('of %s says so in both languages and ends with 2', async (_what, args, en, zh) => {
    const english = await policyText([command, ...args()]);
    const chinese = await policyText([command, ...args()], { environment: { LANG: 'zh_CN.UTF-8' } });
    for (const { code, error } of [english, chinese]) {
      expect(code).toBe(2);
      expect(error.trim().split('\n')).toHaveLength(1);
    }
    expect(english.error.trim()).toMatch(en);
    expect(chinese.error.trim()).toMatch(zh);
    expect(fs.readFileSync(at('稿.txt'), 'utf8')).toBe(DRAFT);
  });

  it('reads standard input and empty files', async () => {
    const { code } = await policyText([command, '-'], { input: Buffer.from(DRAFT) });
    expect([0, 1]).toContain(code);
    const empty = await policyText([command, '-']);
    expect(empty.code).toBe(0);
    if (WRITERS.includes(command)) expect(empty.out).toBe('');
  });

  it('refuses what it does not know', async () => {
    for (const args of [['--no-such'], ['-?'], ['--encoding'], ['--encoding', 'klingon', at('稿.txt')]]) {
      const { code, out, error } = await policyText([command, ...args]);
      expect({ code, out, lines: error.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    }
  });

  it('takes any bytes at all without a fault', { timeout: 240_000 }, async () => {
    const odd = (encoding: string) =>
      fc.nat(80).map((end) => Uint8Array.from(iconv.encode(DRAFT, encoding, { addBOM: true }).subarray(0, end)));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), odd('utf-16le'), odd('utf-16be'), odd('utf-8'));
    await fc.assert(
      fc.asyncProperty(bytes, async (input) => {
        const { code, error } = await policyText([command, '-'], { input });
        expect([0, 1, 2]).toContain(code);
        if (code === 2) expect(error).toMatch(/^<stdin>: .*\n$/);
      }),
      { numRuns: 40 },
    );
  });
});

describe.each(WRITERS)('%s --write', (command) => {
  const wrong = command === 'clean' ? DRAFT : DRAFT.replace('\n三、', '\r\n四、');
  const mended = async () => (await policyText([command, '-'], { input: Buffer.from(wrong) })).out;

  it.skipIf(!POSIX)('goes through a link and keeps mode, encoding, mark and line ends', async () => {
    const right = await mended();
    expect(right).not.toBe(wrong);
    fs.writeFileSync(at('宽.txt'), iconv.encode(wrong, 'utf-16be', { addBOM: true }), { mode: 0o600 });
    fs.symlinkSync('宽.txt', at('链接.txt'));
    const { code } = await policyText([command, '--write', at('链接.txt')]);
    expect(code).toBe(0);
    expect(fs.lstatSync(at('链接.txt')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(at('宽.txt'))).toEqual(iconv.encode(right, 'utf-16be', { addBOM: true }));
    expect(fs.statSync(at('宽.txt')).mode & 0o777).toBe(0o600);
    for (const name of ['宽.txt', '链接.txt']) fs.rmSync(at(name));
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.skipIf(!POSIX || process.getuid?.() === 0)('leaves a read-only file alone', async () => {
    fs.writeFileSync(at('只读.txt'), wrong, { mode: 0o444 });
    const { code, error } = await policyText([command, '--write', at('只读.txt')]);
    expect({ code, error }).toEqual({
      code: 2,
      error: `${at('只读.txt')}: Permission to read or write it is denied.\n`,
    });
    expect(fs.readFileSync(at('只读.txt'), 'utf8')).toBe(wrong);
    fs.rmSync(at('只读.txt'));
  });

  // Root may write to read-only files, but not to immutable ones.
  it('leaves a file alone that nobody can change, and goes on with the others', async ({ skip }) => {
    fs.writeFileSync(at('甲.txt'), wrong);
    fs.writeFileSync(at('乙.txt'), wrong);
    const fixed = spawnSync('chattr', ['+i', at('甲.txt')]).status === 0;
    try {
      if (!fixed) skip('no file can be made unchangeable here');
      const { code, error } = await policyText([command, '--write', at('甲.txt'), at('乙.txt')]);
      expect(code).toBe(2);
      expect(error).toContain(`${at('甲.txt')}: Permission to read or write it is denied.\n`);
      expect(fs.readFileSync(at('甲.txt'), 'utf8')).toBe(wrong);
      expect(fs.readFileSync(at('乙.txt'), 'utf8')).toBe(await mended());
    } finally {
      spawnSync('chattr', ['-i', at('甲.txt')]);
      fs.rmSync(at('甲.txt'), { force: true });
      fs.rmSync(at('乙.txt'), { force: true });
    }
  });
});
