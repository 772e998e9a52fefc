/** Faults of the machine under the server: it stays alive, reports them, and loses nothing. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, type CompletionList, type SymbolInformation } from 'vscode-languageserver-protocol';
import { loadLexicon } from '../../server/src/lexicon/model/store';
import { EFFORT } from '../unit/endurance';
import { reports } from '../unit/lexicon/documents';
import { Session } from './session';
import { SPEECH } from './texts';

const uri = 'untitled:报告';
const LEFT = '各镇落实“青禾';

/** Expects that `file` is a whole lexicon after its hash. */
function expectKept(file: string): void {
  const bytes = fs.readFileSync(file);
  const content = bytes.subarray(65);
  expect(bytes.toString('latin1', 0, 65)).toBe(`${createHash('sha256').update(content).digest('hex')}\n`);
  expect(loadLexicon(content).phrases.length).toBeGreaterThan(0);
}

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-faults-'));
  fs.mkdirSync(at('corpus'));
  for (const [index, text] of reports(8).entries()) fs.writeFileSync(at('corpus', `${index}.txt`), text);
});
// Five thousand files take their time on a busy machine.
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }), 60_000);

function start(storage: string, locale = 'zh-cn'): Promise<Session> {
  const root = pathToFileURL(folder).href;
  return Session.start({
    locale,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'w' }],
    initializationOptions: { storage },
  });
}

async function suggests(session: Session): Promise<boolean> {
  const position = { line: 0, character: LEFT.length };
  const { items } = await session.request<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position,
  });
  return items.some(({ label }) => label.endsWith('青禾计划”'));
}

async function eventually(ask: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let round = 0; round < 150; round++) {
    if (await ask()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The server learned, whatever else went wrong, and answers. */
async function expectLearned(session: Session): Promise<void> {
  await session.open(uri, LEFT);
  expect(await eventually(() => suggests(session))).toBe(true);
  await session.open('untitled:讲话', SPEECH);
  expect((await session.symbols('untitled:讲话')).length).toBeGreaterThan(1);
}

/** A disk at `place` without a free byte; false if it cannot be mounted. */
function mountFullDisk(place: string): boolean {
  fs.mkdirSync(place);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', place]).status !== 0) return false;
  expect(() => fs.writeFileSync(path.join(place, 'full'), Buffer.alloc(9000))).toThrow(/ENOSPC/);
  return true;
}

describe('storage that cannot be written to', { timeout: 60_000 }, () => {
  it.each([
    ['zh-cn', '没能存到'],
    ['en', 'could not be stored'],
  ])('is told once (%s), and what was learned serves all the same', async (locale, words) => {
    fs.writeFileSync(at('.taken'), '');
    const session = await start(at('.taken'), locale);
    await expectLearned(session);
    expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 8 });
    expect(session.log.filter((line) => line.includes(words)).length).toBeGreaterThan(0);
    expect(session.shown.filter((line) => line.includes(words))).toHaveLength(1);
    await session.stop();
  });

  it('may be a disk that is full', async ({ skip }) => {
    const disk = at('.disk');
    if (process.platform !== 'linux' || !mountFullDisk(disk)) skip('no disk may be mounted here');
    try {
      const session = await start(path.join(disk, 'storage'));
      await expectLearned(session);
      expect(await eventually(() => session.shown.length > 0)).toBe(true);
      expect(session.shown.join()).toContain('磁盘空间已满');
      expect(fs.readdirSync(path.join(disk, 'storage'))).toEqual([]);
      spawnSync('mount', ['-o', 'remount,ro', disk]);
      expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 8 });
      expect(await eventually(() => session.log.some((line) => line.includes('只读')))).toBe(true);
      await session.stop();
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

describe('a server that is killed', { timeout: 120_000 * EFFORT }, () => {
  it('at any moment of learning and storing leaves a sound store behind', async () => {
    const storage = at('.storage');
    const kept = () => (fs.existsSync(storage) ? fs.readdirSync(storage).filter((name) => !name.endsWith('.tmp')) : []);
    for (let round = 0; round < 9 * EFFORT; round++) {
      // Every other time there is a store already, and something new to learn.
      if (round % 2 === 0) fs.rmSync(storage, { recursive: true, force: true });
      else fs.writeFileSync(at('corpus', '又一.txt'), `${reports(1)[0]}\n第${round}稿\n`);
      const session = await start(storage);
      await session.open(uri, LEFT);
      if (round % 3 === 2) await eventually(() => fs.existsSync(storage));
      else await new Promise((resolve) => setTimeout(resolve, Math.random() * 900));
      await session.kill();
      for (const name of kept()) expectKept(path.join(storage, name));
    }
    // As if it had been killed in the middle of writing, long ago.
    fs.mkdirSync(storage, { recursive: true });
    const left = path.join(storage, '.policy-text-00000000-0000-4000-8000-000000000000.tmp');
    fs.writeFileSync(left, 'half');
    fs.utimesSync(left, 0, 0);
    const session = await start(storage);
    await expectLearned(session);
    await session.request('policyText/learn', { paths: [] });
    expect(kept()).toHaveLength(1);
    expect(fs.existsSync(left)).toBe(false);
    await session.stop();
  });
});

describe('two servers that share a storage', { timeout: 60_000 }, () => {
  it('do not get in each other’s way', async () => {
    const storage = at('.storage');
    const both = await Promise.all([start(storage), start(storage)]);
    await Promise.all(both.map(expectLearned));
    for (let round = 0; round < 3; round++) {
      fs.writeFileSync(at('corpus', `新${round}.txt`), `${reports(1)[0]}\n第${round}稿\n`);
      for (const result of await Promise.all(both.map((one) => one.request('policyText/learn', { paths: [] }))))
        expect(result).toHaveProperty('phrases');
    }
    const names = fs.readdirSync(storage);
    expect(names).toHaveLength(1);
    expectKept(path.join(storage, names[0] as string));
    for (const { log } of both) expect(log.filter((line) => /没能存到|出错/.test(line))).toEqual([]);
    await Promise.all(both.map((one) => one.stop()));
  });
});

describe('links that lead round and round', { timeout: 60_000 }, () => {
  it('end neither learning nor the search of the workspace', async () => {
    fs.mkdirSync(at('corpus', '下级'));
    fs.symlinkSync(at('corpus'), at('corpus', '下级', '回路'), 'dir');
    fs.symlinkSync(folder, at('corpus', '上级'), 'dir');
    fs.symlinkSync(at('corpus', '自己.txt'), at('corpus', '自己.txt'));
    fs.symlinkSync('/dev/zero', at('corpus', '无穷.txt'));
    fs.symlinkSync(folder, at('回路'), 'dir');
    fs.symlinkSync(at('甲'), at('乙'), 'dir');
    fs.symlinkSync(at('乙'), at('甲'), 'dir');
    fs.symlinkSync('/dev/zero', at('.policytext.json'));
    fs.writeFileSync(at('讲话.txt'), SPEECH);
    const session = await start(at('.storage'));
    await expectLearned(session);
    const result = await session.request('policyText/learn', { paths: [at('甲'), at('回路')] });
    // 自己.txt, and 甲 and 乙 through 上级.
    expect(result).toMatchObject({ documents: 9, unreadable: 3 });
    expect(session.log.join('\n')).toContain('指回了自身');
    const symbols = await session.request<SymbolInformation[]>('workspace/symbol', { query: '' });
    expect(new Set(symbols.map(({ location }) => location.uri).filter((one) => one.includes('%E8%AE%B2'))).size).toBe(
      1,
    );
    const draft = `${pathToFileURL(folder).href}/稿.txt`;
    await session.open(draft, SPEECH);
    expect(await session.diagnostics(draft)).toBeInstanceOf(Array);
    await session.stop();
  });
});

describe('a corpus that goes while it is learned', { timeout: 60_000 }, () => {
  it('and comes back is learned then', async () => {
    const session = await start(at('.storage'));
    await session.open(uri, LEFT);
    for (let round = 0; round < 4; round++) {
      const learning = session.request('policyText/learn', { paths: [] });
      await new Promise((resolve) => setTimeout(resolve, round * 40));
      fs.renameSync(at('corpus'), at('gone'));
      await learning;
      expect(await session.request('policyText/learn', { paths: [] })).toBeNull();
      fs.renameSync(at('gone'), at('corpus'));
    }
    expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 8 });
    await expectLearned(session);
    await session.stop();
  });
});

describe('a workspace of 5,000 drafts', { timeout: 120_000 }, () => {
  it('is searched whole, can be broken off, and keeps nobody waiting', async () => {
    fs.rmSync(at('corpus'), { recursive: true });
    for (let number = 0; number < 5000; number++) {
      const place = at(`组${number % 50}`);
      if (number < 50) fs.mkdirSync(place);
      fs.writeFileSync(path.join(place, `${number}.txt`), `${SPEECH}\n十、独有标题${number}号\n预算××万元。\n`);
    }
    const session = await start(at('.storage'));
    await session.open(uri, SPEECH);
    const broken = new CancellationTokenSource();
    const first = session.request('workspace/symbol', { query: '独有标题' }, broken.token).then(
      () => 'answered',
      () => 'broken off',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    broken.cancel();
    expect(await first).toBe('broken off');

    let searching = true;
    const search = session
      .request<SymbolInformation[]>('workspace/symbol', { query: '独有标题4999号' })
      .finally(() => (searching = false));
    let waited = 0;
    let answers = 0;
    while (searching) {
      const from = performance.now();
      await session.symbols(uri);
      waited = Math.max(waited, performance.now() - from);
      answers++;
    }
    expect(await search).toHaveLength(1);
    expect(answers).toBeGreaterThan(5);
    // The search itself takes ten seconds and more if the machine is busy enough for this.
    expect(waited).toBeLessThan(4000);
    const { files } = await session.request<{ files: unknown[] }>('policyText/workspacePlaceholders', {});
    expect(files).toHaveLength(5000);
    await session.stop();
  });
});
