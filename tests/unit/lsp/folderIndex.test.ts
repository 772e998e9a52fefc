/** The index of a folder between sessions: only changed files are read, and a broken index is ignored. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationToken } from 'vscode-languageserver';
import type { Drafts } from '../../../server/src/lsp/documents';
import type { FileAccess } from '../../../server/src/lsp/files';
import {
  type FolderIndexAccess,
  indexText,
  restoredIndex,
  storedIndex,
  UNREADABLE,
} from '../../../server/src/lsp/folderIndex';
import { nodeFolderIndex } from '../../../server/src/lsp/folderIndex.node';
import { WorkspaceDrafts } from '../../../server/src/lsp/workspace';
import { runToCompletion } from '../../../server/src/text/resumable';

const { None } = CancellationToken;
const SPEECH = `在全县会议上的讲话\n\n各位代表：\n一、总体要求\n${'坚持稳中求进，压实主体责任，完成年度目标。'.repeat(6)}\n二、预算××万元\n`;

/** A heading that no other file has, nor its characters in this order. */
const title = (number: number) => `独有标题${String(number).padStart(3, '0')}号`;

/** Successive sessions in one folder, counting what each reads. */
class Folder {
  readonly files = new Map<string, { text: string; stamp: string }>();
  stored: string | undefined;
  /** Files read in this thread, and in others. */
  read: string[] = [];
  threaded: string[] = [];

  put(name: string, text: string, stamp = '1'): void {
    this.files.set(`file:///drafts/${name}`, { text, stamp });
  }

  session(): WorkspaceDrafts {
    const { files } = this;
    const contentOf = (uri: string) => files.get(uri)?.text;
    const access = {
      async *list() {
        for (const [uri, { stamp, text }] of files) yield { uri, stamp, size: text.length * 3 };
      },
      read: async (uri: string) => {
        this.read.push(path.basename(uri));
        return contentOf(uri);
      },
    } as unknown as FileAccess;
    const index: FolderIndexAccess = {
      index: async (requests, locale) =>
        requests.map((request) => {
          this.threaded.push(path.basename(request.uri));
          const text = contentOf(request.uri);
          return text === undefined ? undefined : indexText(text, request, locale);
        }),
      dispose: () => {},
      read: async () => this.stored,
      write: async (_storage, _name, text) => {
        this.stored = text;
      },
    };
    const drafts = new WorkspaceDrafts({ all: () => [] } as unknown as Drafts, access, 'zh-cn', index, '/storage');
    drafts.folders = ['file:///drafts'];
    this.read = [];
    this.threaded = [];
    return drafts;
  }
}

const named = async (drafts: WorkspaceDrafts, query: string) =>
  (await drafts.symbols(query, None)).map(({ name, location }) => `${path.basename(location.uri)} ${name}`);

describe('the index of a folder', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = new Folder();
    for (let number = 0; number < 120; number++) {
      folder.put(`${number}.txt`, `${SPEECH}${'落实责任，狠抓进度。'.repeat(60)}\n三、${title(number)}\n`);
    }
    const first = folder.session();
    expect(await named(first, title(119))).toEqual([`119.txt 三、${title(119)}`]);
    expect(folder.threaded).toHaveLength(120);
    expect(folder.read).toEqual([]);
    await first.dispose();
  });

  it('serves the next session, which reads nothing', async () => {
    const next = folder.session();
    expect(await named(next, title(119))).toEqual([`119.txt 三、${title(119)}`]);
    expect((await next.placeholders(None)).length).toBe(120);
    expect([...folder.read, ...folder.threaded]).toEqual([]);
  });

  it('is read again for files that changed, came or went, and for no others', async () => {
    folder.put('7.txt', SPEECH.replace('总体要求', '改动之后'), '2');
    folder.put('新.txt', SPEECH.replace('总体要求', '新来之稿'));
    folder.files.delete('file:///drafts/9.txt');
    const next = folder.session();
    expect(await named(next, '改动之后')).toEqual(['7.txt 一、改动之后']);
    expect(await named(next, '新来之稿')).toEqual(['新.txt 一、新来之稿']);
    expect(await named(next, title(9))).toEqual([]);
    expect([...folder.read, ...folder.threaded].sort()).toEqual(['7.txt', '新.txt']);
    await next.dispose();
    const last = folder.session();
    expect(await named(last, '改动之后')).toEqual(['7.txt 一、改动之后']);
    expect([...folder.read, ...folder.threaded]).toEqual([]);
  });

  it('holds the same after files were only touched', async () => {
    for (const [, file] of folder.files) file.stamp = '2';
    const next = folder.session();
    expect(await named(next, title(42))).toEqual([`42.txt 三、${title(42)}`]);
    expect(folder.threaded).toHaveLength(120);
    await next.dispose();
    expect(await named(folder.session(), title(42))).toHaveLength(1);
  });

  it('is not written where nothing changed', async () => {
    const next = folder.session();
    await named(next, '要求');
    folder.stored = 'as it was';
    await next.dispose();
    expect(folder.stored).toBe('as it was');
  });

  it('loses no more than the lines that are broken', async () => {
    const lines = (folder.stored ?? '').split('\n');
    lines[3] = (lines[3] as string).slice(0, 40);
    lines[5] = '["file:///drafts/5.txt","1","x",{"names":["甲"],"places":[],"placeholders":[]}]';
    lines[8] = 'null';
    folder.stored = lines.join('\n');
    const next = folder.session();
    for (const number of [3, 5, 8]) expect(await named(next, title(number))).toHaveLength(1);
    expect(folder.read.sort()).toEqual(['3.txt', '5.txt', '8.txt']);
  });

  it('gives way to any text that is no index', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        folder.stored = text;
        expect(await named(folder.session(), title(17))).toHaveLength(1);
      }),
      { numRuns: 3 },
    );
  });

  it('leaves out a file that cannot be read, until it can', async () => {
    const file = folder.files.get('file:///drafts/1.txt') as { text: string; stamp: string };
    const { text } = file;
    Object.assign(file, { text: undefined, stamp: '2' });
    const drafts = new WorkspaceDrafts(
      { all: () => [] } as unknown as Drafts,
      {
        async *list() {
          yield { uri: 'file:///drafts/1.txt', stamp: file.stamp, size: 9 };
        },
        read: async () => file.text,
      } as unknown as FileAccess,
      'zh-cn',
    );
    drafts.folders = ['file:///drafts'];
    expect(await named(drafts, title(1))).toEqual([]);
    Object.assign(file, { text, stamp: '3' });
    expect(await named(drafts, title(1))).toHaveLength(1);
  });
});

describe('an index in a file', () => {
  let storage: string;
  let server: string;
  const bundle = 'no-worker.js';
  beforeEach(() => {
    storage = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 索引 ')), 'deep');
    server = path.join(path.dirname(storage), 'server.js');
    fs.writeFileSync(server, '1');
  });
  afterEach(() => fs.rmSync(path.dirname(storage), { recursive: true, force: true }));

  const INDEX = new Map([
    [
      'file:///一.txt',
      { stamp: '1-2', content: indexText(SPEECH, { uri: '一.txt', hash: undefined }, 'zh-cn') as never },
    ],
    ['file:///二.txt', { stamp: '1-2', content: UNREADABLE }],
  ]);
  const TEXT = runToCompletion(storedIndex(INDEX));

  it('comes back as it was', async () => {
    const access = nodeFolderIndex(bundle, server);
    await access.write(storage, 'a', TEXT);
    expect(await access.read(storage, 'a')).toBe(TEXT);
    expect(runToCompletion(restoredIndex(TEXT))).toEqual(INDEX);
    expect(fs.readdirSync(storage)).toHaveLength(1);
  });

  it('does not come back under another name, from another build, cut short or with a bit turned', async () => {
    const access = nodeFolderIndex(bundle, server);
    await access.write(storage, 'a', TEXT);
    expect(await access.read(storage, 'b')).toBeUndefined();
    const file = path.join(storage, fs.readdirSync(storage)[0] as string);
    const whole = fs.readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.option(fc.nat(7)), async (at, bit) => {
        const bytes = bit === null ? whole.subarray(0, at) : Uint8Array.from(whole);
        if (bit !== null) bytes[at] = (bytes[at] as number) ^ (1 << bit);
        fs.writeFileSync(file, bytes);
        expect(await access.read(storage, 'a')).toBeUndefined();
      }),
    );
    fs.writeFileSync(file, whole);
    expect(await access.read(storage, 'a')).toBe(TEXT);
    fs.utimesSync(server, 1, 1);
    expect(await access.read(storage, 'a')).toBeUndefined();
  });

  it('is none where nothing can be written, and says nothing of it', async () => {
    fs.writeFileSync(storage, 'a file in the way');
    const access = nodeFolderIndex(bundle, server);
    await access.write(storage, 'a', TEXT);
    expect(await access.read(storage, 'a')).toBeUndefined();
  });

  it('leaves files out where no thread can read them, and ends', async () => {
    const access = nodeFolderIndex(path.join(path.dirname(storage), 'no-worker.js'), server);
    const files = Array.from({ length: 5 }, (_, at) => ({ uri: `file:///${at}.txt`, hash: undefined }));
    expect(await access.index(files, 'zh-cn')).toEqual(files.map(() => undefined));
    access.dispose();
    expect(await access.index(files, 'zh-cn')).toEqual(files.map(() => undefined));
  });
});
