import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompletionList, RegistrationParams } from 'vscode-languageserver-protocol';
import { loadLexicon } from '../../server/src/lexicon/model/store';
import { reports } from '../unit/lexicon/documents';
import { EDITOR, Session } from './session';

const uri = 'untitled:报告';

/** A workspace with a corpus of the writer's own. */
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-corpus-'));
  fs.mkdirSync(path.join(folder, 'corpus'));
  reports(8).forEach((text, index) => {
    fs.writeFileSync(path.join(folder, 'corpus', `报告${index}.txt`), text);
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const LEFT = '各镇落实“青禾';

async function labels(session: Session): Promise<string[]> {
  const list = await session.request<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: LEFT.length },
  });
  return list.items.map(({ label }) => label);
}

async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (let round = 0; ; round++) {
    const answer = await ask();
    if (good(answer) || round === 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function start(options: object = {}): Promise<Session> {
  return Session.start({
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'w' }],
    initializationOptions: options,
  });
}

describe('the writer’s own corpus', { timeout: 60_000 }, () => {
  it('is learned from the folder in the workspace, and kept where the client allows it', async () => {
    const storage = path.join(folder, '.storage', 'deep');
    const session = await start({ storage });
    await session.open(uri, LEFT);
    const found = await eventually(
      () => labels(session),
      (all) => all.some((label) => label.endsWith('青禾计划”')),
    );
    expect(found.some((label) => label.endsWith('青禾计划”'))).toBe(true);
    // Not the temporary file beside it, which is there while it is written.
    const stored = () => (fs.existsSync(storage) ? fs.readdirSync(storage) : []);
    await eventually(
      async () => stored(),
      (names) => names.length === 1 && /^lexicon-.*\.bin$/.test(names[0] as string),
    );
    expect(stored()).toHaveLength(1);
    await session.stop();
    const kept = path.join(storage, stored()[0] as string);
    const before = fs.statSync(kept).mtimeMs;

    // The next session uses it; a damaged one is learned again.
    const again = await start({ storage });
    await again.open(uri, LEFT);
    await eventually(
      () => labels(again),
      (all) => all.some((label) => label.endsWith('青禾计划”')),
    );
    expect(fs.statSync(kept).mtimeMs).toBe(before);
    await again.stop();
    fs.writeFileSync(kept, '{"format":');
    const mended = await start({ storage });
    expect(await mended.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 8 });
    const mendedBytes = fs.readFileSync(kept);
    expect(loadLexicon(mendedBytes.subarray(mendedBytes.indexOf('\n') + 1)).source.documents).toBe(8);
    await mended.stop();
  });

  it('is learned into a lexicon of the size that is set', async () => {
    const storage = path.join(folder, '.storage');
    const session = await start({ storage, corpus: { maximumSize: 0.5 } });
    expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 8 });
    await session.stop();
    const [name] = fs.readdirSync(storage).filter((file) => file.endsWith('.bin'));
    // Half a megabyte of n-grams, instead of the default.
    expect(fs.readFileSync(path.join(storage, name as string), 'utf8')).toMatch(/"inputs":"\d+-auto-161290-/);
  });

  it('is left alone in a folder that is not trusted; what the writer keeps elsewhere is not', async () => {
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-own-'));
    fs.writeFileSync(path.join(elsewhere, '旧稿.txt'), reports(8).join('\n').replaceAll('青禾', '白沙'));
    // A folder's own path cannot lead out of it either, by .. or by a link.
    const theirs = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-theirs-'));
    fs.writeFileSync(path.join(theirs, '稿.txt'), reports(8).join('\n').replaceAll('青禾', '赤石'));
    fs.symlinkSync(theirs, path.join(folder, 'link'), 'dir');
    const relative = ['corpus', './corpus', path.join('..', path.basename(theirs)), 'link', 'link/稿.txt'];
    const session = await start({ trusted: false, corpus: { paths: [...relative, elsewhere] } });
    await session.open(uri, LEFT);
    expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({ documents: 1 });
    expect((await labels(session)).some((label) => label.includes('青禾计划'))).toBe(false);
    await session.stop();
    for (const one of [elsewhere, theirs]) fs.rmSync(one, { recursive: true });
  });

  it('is learned on request, with a sum, and broken files are named', async () => {
    const session = await start({ corpus: { paths: [] } });
    await session.open(uri, LEFT);
    expect(await session.request('policyText/learn', { paths: [] })).toBeNull();
    fs.writeFileSync(path.join(folder, 'corpus', '坏.docx'), 'not a document');
    const result = await session.request('policyText/learn', {
      paths: [path.join(folder, 'corpus'), '/not/there', 7],
    });
    expect(result).toMatchObject({ documents: 8, duplicates: 0, unreadable: 1 });
    expect(session.log.join('\n')).toContain('坏.docx');
    expect((await labels(session)).some((label) => label.endsWith('青禾计划”'))).toBe(true);
    await session.stop();
  });

  it('is learned again where a document changed, came or went', async () => {
    const watched: string[] = [];
    const session = Session.spawn();
    session.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { method, registerOptions } of registrations) {
        if (method === 'workspace/didChangeWatchedFiles') watched.push(JSON.stringify(registerOptions));
      }
    });
    const root = pathToFileURL(folder).href;
    await session.initialize({
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'w' }],
      capabilities: {
        ...EDITOR,
        workspace: {
          ...EDITOR.workspace,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
    });
    await session.open(uri, LEFT);
    const offered = (wanted: boolean) =>
      eventually(
        async () => (await labels(session)).some((label) => label.endsWith('青禾计划”')),
        (found) => found === wanted,
      );
    expect(await offered(true)).toBe(true);
    expect(watched.join()).toContain(JSON.stringify({ baseUri: `${root}/corpus`, pattern: '**/*' }));
    const tell = (type: 1 | 2 | 3) =>
      session.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: `${root}/corpus/a.txt`, type }],
      });
    // The folder is deleted, and returns with other documents.
    fs.rmSync(path.join(folder, 'corpus'), { recursive: true });
    await tell(3);
    expect(await offered(false)).toBe(false);
    fs.mkdirSync(path.join(folder, 'corpus'));
    reports(8).forEach((text, index) => {
      fs.writeFileSync(path.join(folder, 'corpus', `报告${index}.txt`), text);
    });
    await tell(1);
    expect(await offered(true)).toBe(true);
    await session.stop();
  });

  it('shows progress that can be cancelled', async () => {
    const capabilities = { ...EDITOR, window: { workDoneProgress: true } };
    const session = Session.spawn();
    const kinds: string[] = [];
    session.connection.onRequest('window/workDoneProgress/create', () => null);
    session.connection.onNotification('$/progress', ({ token, value }: { token: string; value: { kind: string } }) => {
      kinds.push(value.kind);
      if (value.kind === 'begin') void session.connection.sendNotification('window/workDoneProgress/cancel', { token });
    });
    await session.initialize({ capabilities, initializationOptions: { corpus: { paths: [] } } });
    await session.request('policyText/learn', { paths: [path.join(folder, 'corpus')] });
    expect(kinds[0]).toBe('begin');
    expect(kinds.at(-1)).toBe('end');
    // And it can be learned after all.
    session.connection.onNotification('$/progress', () => {});
    expect(await session.request('policyText/learn', { paths: [path.join(folder, 'corpus')] })).toMatchObject({
      documents: 8,
    });
    await session.stop();
  });
});
