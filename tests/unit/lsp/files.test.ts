import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { draftsIn } from '../../../server/src/lsp/files';
import { nodeFiles } from '../../../server/src/lsp/files.node';

const drafts = draftsIn(nodeFiles);
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drafts-'));
  const write = (name: string, content: string | Buffer) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  };
  write('讲话 一.txt', '一、水利');
  write('2024/报告.MD', '# 报告');
  write('2024/稿.gw.txt', Buffer.from([0xd2, 0xbb, 0xa1, 0xa2, 0xcb, 0xae, 0xc0, 0xfb]));
  write('图.png', 'x');
  write('node_modules/a/readme.md', 'x');
  write('.git/note.txt', 'x');
  write('大.txt', Buffer.alloc(9 * 1024 * 1024, 0x20));
  fs.symlinkSync(folder, path.join(folder, '2024', 'round'));
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

async function names(token: CancellationToken = CancellationToken.None): Promise<string[]> {
  const found: string[] = [];
  for await (const { uri } of drafts.list(pathToFileURL(folder).href, token)) {
    found.push(decodeURIComponent(uri).slice(decodeURIComponent(pathToFileURL(folder).href).length + 1));
  }
  return found.sort();
}

describe('the drafts of a folder on disk', () => {
  it('lists drafts, but no hidden, installed, linked or huge ones', async () => {
    expect(await names()).toEqual(['2024/报告.MD', '2024/稿.gw.txt', '讲话 一.txt']);
  });

  it('stops when cancelled', async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    expect(await names(source.token)).toEqual([]);
  });

  it('reads files in the encodings drafts have', async () => {
    expect(await drafts.read(pathToFileURL(path.join(folder, '讲话 一.txt')).href)).toBe('一、水利');
    expect(await drafts.read(pathToFileURL(path.join(folder, '2024/稿.gw.txt')).href)).toBe('一、水利');
  });

  it('has nothing for what is not there', async () => {
    expect(await drafts.read(pathToFileURL(path.join(folder, '无.txt')).href)).toBeUndefined();
    expect(await drafts.read('untitled:Untitled-1')).toBeUndefined();
    const list = drafts.list('vscode-vfs://github/a/b', CancellationToken.None);
    for await (const file of list) expect(file).toBeUndefined();
  });

  it('marks a changed file by its stamp', async () => {
    const stampOf = async () => {
      for await (const file of drafts.list(pathToFileURL(folder).href, CancellationToken.None)) {
        if (file.uri.endsWith('.MD')) return file.stamp;
      }
      return undefined;
    };
    const before = await stampOf();
    fs.appendFileSync(path.join(folder, '2024/报告.MD'), '\n一、水利');
    expect(await stampOf()).not.toBe(before);
  });
});
