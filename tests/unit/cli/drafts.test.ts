import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Drafts, type LoadedDraft } from '../../../server/src/cli/drafts';
import { policyText } from './fakeTerminal';

const TEXT = '一、总体要求\n坚持稳中求进，扎实推进各项工作落实。\n二、主要任务\n建立健全长效机制，切实提高服务水平。\n';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 文稿 '));
  fs.mkdirSync(at('下级', '更下级'), { recursive: true });
  fs.mkdirSync(at('.git'));
  fs.mkdirSync(at('node_modules'));
  fs.mkdirSync(at('空'));
  const write = (name: string, bytes: Uint8Array | string) => fs.writeFileSync(at(name), bytes);
  write('乙.txt', TEXT);
  write('甲.policy.txt', iconv.encode(TEXT, 'gbk'));
  write('下级/丙.GONGWEN', iconv.encode(TEXT, 'utf-16le', { addBOM: true }));
  write('下级/更下级/丁.md', TEXT);
  write('下级/不是文稿.json', '{}');
  write('README.md', '# 说明\n\n1. 三个文件。\n3. 缺一项。\n');
  write('requirements.txt', '1. one\n3. three\n');
  write('.git/说明.txt', TEXT);
  write('node_modules/说明.txt', TEXT);
  write('word.docx', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]));
  write('坏.txt', new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff]));
  fs.symlinkSync(folder, at('下级', '回路'), 'dir');
  fs.symlinkSync(at('乙.txt'), at('下级', '乙的链接.txt'));
  fs.symlinkSync(at('自己.txt'), at('自己.txt'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function read(operands: string[], input?: Uint8Array) {
  let error = '';
  const drafts = new Drafts(
    {
      out: () => {},
      error: (text) => {
        error += text;
      },
      readStandardInput: async () => input ?? new Uint8Array(),
      environment: {},
      outputIsScreen: false,
      errorIsScreen: false,
      columns: undefined,
    },
    'en',
    undefined,
  );
  const all: LoadedDraft[] = [];
  for await (const draft of drafts.read(operands)) all.push(draft);
  return { all, names: all.map((draft) => path.relative(folder, draft.name)), failures: drafts.failures, error };
}

describe.skipIf(process.platform === 'win32')('names of an unusual kind', () => {
  it('are read where they can be, and named where they cannot; pipes in folders are passed over', async () => {
    const odd = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 怪 '));
    fs.writeFileSync(path.join(odd, '两\n行.txt'), TEXT);
    const unnamed = Buffer.concat([Buffer.from(`${odd}/`), Buffer.from([0xce, 0xc4]), Buffer.from('.txt')]);
    fs.writeFileSync(unnamed, TEXT);
    spawnSync('mkfifo', [path.join(odd, '管道.txt')]);
    fs.symlinkSync('/proc/self/fd/0', path.join(odd, '.policytext.json'));
    const { all, failures, error } = await read([odd]);
    expect(all.map(({ name }) => path.basename(name))).toEqual(['两\n行.txt']);
    expect(failures).toBe(1);
    expect(error).toContain('not in UTF-8');
    fs.rmSync(odd, { recursive: true });
  });
});

describe('reading drafts', () => {
  it('finds all drafts of a folder, sorted, each once, however the links go', async () => {
    const { names, all, failures, error } = await read([folder]);
    expect(names.map((name) => name.replace(/\\/g, '/'))).toEqual([
      '下级/丙.GONGWEN',
      '下级/乙的链接.txt',
      '下级/更下级/丁.md',
      '甲.policy.txt',
    ]);
    for (const { text } of all) expect(text).toBe(TEXT);
    expect(all.map(({ encoding }) => encoding)).toEqual(['utf-16le', 'utf-8', 'utf-8', 'gb18030']);
    expect(all.map(({ kind }) => kind)).toEqual(['policytext', 'policytext', 'markdown', 'policytext']);
    expect(failures).toBe(2);
    expect(error).toMatch(/坏\.txt: The encoding is none of .*\n/);
    expect(error).toMatch(/自己\.txt: The link leads back to itself\.\n$/);
  });

  it('reads a named file whatever its name', async () => {
    const { failures, error } = await read([at('word.docx')]);
    expect(failures).toBe(1);
    expect(error).toMatch(/^.*word\.docx: The file is damaged\.\n$/);
  });

  it('goes on after what cannot be read', async () => {
    const { names, failures, error } = await read([at('没有.txt'), at('坏.txt'), at('乙.txt'), at('自己.txt')]);
    expect(names).toEqual(['乙.txt']);
    expect(failures).toBe(3);
    expect(error.trim().split('\n')).toHaveLength(3);
  });

  it('says so where a folder has no drafts', async () => {
    const { failures, error } = await read([at('空')]);
    expect(failures).toBe(0);
    expect(error).toContain('This folder contains no drafts');
  });

  it('reads standard input', async () => {
    const { all } = await read(['-'], iconv.encode(TEXT, 'gbk'));
    expect(all).toMatchObject([{ name: '<stdin>', text: TEXT, encoding: 'gb18030' }]);
  });

  it('reads one damaged byte and tells', async () => {
    const { all, error, failures } = await read(['-'], Buffer.concat([Buffer.from(TEXT), Buffer.from([0xb5])]));
    expect(all[0]?.text).toBe(`${TEXT}\ufffd`);
    expect(error).toContain('Unreadable places: 1, the first on line 5');
    expect(failures).toBe(0);
  });

  it('is what every command does: exit 2 at the end, the rest done', async () => {
    for (const command of ['outline', 'lint']) {
      const { code, out, error } = await policyText([command, '--format', 'json', at('没有.txt'), at('乙.txt')]);
      expect(code).toBe(2);
      expect(error).toMatch(/没有\.txt: No such file/);
      expect(JSON.parse(out)).toMatchObject([{ file: at('乙.txt') }]);
    }
  });
});
