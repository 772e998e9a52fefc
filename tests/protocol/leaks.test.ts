/** Nothing is leaked by what comes and goes: no timer, thread, open file, listener or registration. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  type RegistrationParams,
  type UnregistrationParams,
} from 'vscode-languageserver-protocol';
import { reports } from '../unit/lexicon/documents';
import { EDITOR, Session } from './session';
import { SPEECH } from './texts';

const ROUNDS = 8;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-leaks-'));
  for (const name of ['corpus', 'other']) {
    fs.mkdirSync(path.join(folder, name));
    for (const [index, text] of reports(4).entries()) fs.writeFileSync(path.join(folder, name, `${index}.txt`), text);
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// Windows has no such signal.
describe.skipIf(process.platform === 'win32')('a server that has seen much come and go', { timeout: 120_000 }, () => {
  it('keeps no more than one that has seen little', async () => {
    const session = Session.spawn(['--expose-gc', '--require', path.resolve('tests/protocol/heap.cjs')]);
    const registered = new Set<string>();
    let paths = ['corpus'];
    session.connection.onRequest('client/registerCapability', async ({ registrations }: RegistrationParams) => {
      for (const { id } of registrations) registered.add(id);
      // An editor that has other things to do.
      await new Promise((resolve) => setTimeout(resolve, 700));
    });
    session.connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { id } of unregisterations) registered.delete(id);
    });
    session.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => ({ corpus: { paths } })),
    );
    for (const name of ['window/workDoneProgress/create', 'workspace/semanticTokens/refresh'])
      session.connection.onRequest(name, () => null);
    session.connection.onRequest('workspace/diagnostic/refresh', () => null);
    const root = pathToFileURL(folder).href;
    await session.initialize({
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'w' }],
      initializationOptions: { storage: path.join(folder, '.storage') },
      capabilities: {
        ...EDITOR,
        textDocument: { ...EDITOR.textDocument, completion: { dynamicRegistration: true } },
        window: { workDoneProgress: true },
        workspace: {
          ...EDITOR.workspace,
          configuration: true,
          diagnostics: { refreshSupport: true },
          semanticTokens: { refreshSupport: true },
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
    });

    const visit = async (round: number) => {
      const uri = `${root}/稿${round}.txt`;
      const place = { textDocument: { uri }, position: { line: 3, character: 4 } };
      await session.open(uri, SPEECH);
      await Promise.all([session.symbols(uri), session.pull(uri), session.request('textDocument/completion', place)]);
      // Settings that name other documents, folders added and removed, files that change, learning that is cancelled.
      paths = round % 2 === 0 ? ['other'] : ['corpus'];
      await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      const event = { added: [{ uri: `${root}/other`, name: 'o' }], removed: [] };
      await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
      await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: `${root}/corpus/1.txt`, type: 2 }],
      });
      const broken = new CancellationTokenSource();
      const search = session.request('workspace/symbol', { query: '水利' }, broken.token).catch(() => {});
      const learning = session.request('policyText/learn', { paths: [] });
      broken.cancel();
      await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [], removed: event.added },
      });
      await Promise.all([search, learning]);
      await session.close(uri);
    };
    /** What is there once everything has ended. */
    const settled = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await session.request('policyText/learn', { paths: [] });
      // Pinyin of the lexicon is computed in the background, which begins a while later and takes its time on a busy
      // machine.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      let { busy } = await session.resources();
      for (let wait = 0; busy.Immediate && wait < 60; wait++) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        ({ busy } = await session.resources());
      }
      return { busy, registered: registered.size };
    };

    for (let round = 0; round < 4; round++) await visit(round);
    const before = await settled();
    for (let round = 4; round < 4 + ROUNDS; round++) await visit(round);
    const after = await settled();
    expect(after.registered).toBe(before.registered);
    for (const [kind, count] of Object.entries(after.busy)) {
      expect(count, kind).toBeLessThanOrEqual(before.busy[kind] ?? 0);
    }
    await session.stop();
  });
});
