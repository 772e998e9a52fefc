import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProtocolConnection, SymbolInformation } from 'vscode-languageserver-protocol';
import { Session } from './session';
import { BROKEN_SPEECH, SHOPPING, SPEECH } from './texts';

describe('headings of a folder’s drafts', () => {
  let folder: string;
  let session: Session;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const find = async (query: string) => {
    const symbols = await session.request<SymbolInformation[]>('workspace/symbol', { query });
    return symbols.map(({ name, location }) => `${path.basename(new URL(location.uri).pathname)} ${name}`).sort();
  };

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'folder-'));
    write('speech.txt', SPEECH);
    write('shopping.txt', SHOPPING);
    fs.mkdirSync(path.join(folder, 'node_modules'));
    write('node_modules/speech.txt', SPEECH);
    session = await Session.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] });
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('are found in files that are not open', async () => {
    expect(await find('灌区')).toEqual(['speech.txt （二）灌区改造成效明显']);
    expect(await find('plumber')).toEqual([]);
  });

  it('follow files as they change', async () => {
    write('report.txt', SPEECH.replaceAll('灌区', '堤防'));
    expect(await find('改造成效')).toEqual(['report.txt （二）堤防改造成效明显', 'speech.txt （二）灌区改造成效明显']);
    fs.rmSync(path.join(folder, 'report.txt'));
    expect(await find('改造成效')).toEqual(['speech.txt （二）灌区改造成效明显']);
  });

  it('of an open draft are those in the editor, not those on disk', async () => {
    await session.open(uriOf('speech.txt'), SPEECH.replaceAll('灌区', '城区'));
    expect(await find('改造成效')).toEqual(['speech.txt （二）城区改造成效明显']);
    await session.close(uriOf('speech.txt'));
    expect(await find('改造成效')).toEqual(['speech.txt （二）灌区改造成效明显']);
  });

  it('go with a folder that leaves the workspace', async () => {
    const event = { added: [], removed: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] };
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    expect(await find('灌区')).toEqual([]);
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: event.removed, removed: [] },
    });
    expect(await find('灌区')).toHaveLength(1);
  });
});

describe('a large folder', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'large folder 稿 '));
  const storage = path.join(folder, '.storage');
  const file = (number: number) => path.join(folder, `${number}.txt`);
  const search = async (query: string) => {
    const session = await Session.start({
      initializationOptions: { storage },
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }],
    });
    const symbols = await session.request<SymbolInformation[]>('workspace/symbol', { query });
    await session.stop();
    return symbols.map(({ name, location }) => `${path.basename(new URL(location.uri).pathname)} ${name}`).sort();
  };
  beforeAll(() => {
    for (let number = 0; number < 150; number++)
      fs.writeFileSync(file(number), SPEECH.replaceAll('灌区', `甲${number}`));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('is read in threads, kept in the storage, and read again where it changed', async () => {
    expect(await search('甲149改造')).toEqual(['149.txt （二）甲149改造成效明显']);
    const [kept] = fs.readdirSync(storage).filter((name) => name.includes('index'));
    expect(fs.readFileSync(path.join(storage, kept as string), 'utf8')).toContain('甲149改造');
    fs.writeFileSync(file(149), SPEECH.replaceAll('灌区', '堤防'));
    fs.rmSync(file(148));
    expect(await search('甲149改造')).toEqual([]);
    expect(await search('甲148改造')).toEqual([]);
    expect(await search('堤防改造')).toEqual(['149.txt （二）堤防改造成效明显']);
    fs.writeFileSync(path.join(storage, kept as string), 'no index');
    expect(await search('堤防改造')).toEqual(['149.txt （二）堤防改造成效明显']);
  });
});

describe('a folder that only the client can open', () => {
  const root = 'vscode-vfs://github/qinghe/drafts';
  const files = new Map([
    [`${root}/${encodeURIComponent('讲话.txt')}`, SPEECH],
    [`${root}/2025/${encodeURIComponent('报告.txt')}`, SPEECH.replaceAll('灌区', '堤防')],
    [`${root}/.policytext.json`, '{ "rules": { "numbering": "off" } }'],
  ]);
  const start = (initializationOptions: object) => {
    const asked: string[] = [];
    const answer = <Result>(look: (uri: string) => Result) =>
      function reply({ uri }: { uri: string }): Result {
        asked.push(uri);
        return look(uri);
      };
    return Session.start(
      { initializationOptions, workspaceFolders: [{ uri: root, name: 'drafts' }] },
      (connection: ProtocolConnection) => {
        connection.onRequest(
          'policyText/readFolder',
          answer((uri) => {
            const below = [...files.keys()]
              .filter((file) => file.startsWith(uri))
              .map((file) => file.slice(uri.length));
            return below.map((rest) => ({
              name: decodeURIComponent(rest.replace(/\/.*/, '')),
              isFolder: rest.includes('/'),
            }));
          }),
        );
        connection.onRequest(
          'policyText/stamp',
          answer((uri) => (files.has(uri) ? { size: files.get(uri)?.length, changed: 1 } : null)),
        );
        connection.onRequest(
          'policyText/readFile',
          answer((uri) => files.get(uri) ?? null),
        );
      },
    ).then((session) => ({ session, asked }));
  };
  const find = async (session: Session) => {
    const symbols = await session.request<SymbolInformation[]>('workspace/symbol', { query: '改造成效' });
    return symbols.map(({ name, location }) => `${decodeURIComponent(location.uri).slice(root.length + 1)} ${name}`);
  };

  it('is read through the client, files once as long as they are the same', async () => {
    const { session, asked } = await start({ files: true });
    const found = ['2025/报告.txt （二）堤防改造成效明显', '讲话.txt （二）灌区改造成效明显'];
    expect((await find(session)).sort()).toEqual(found);
    const read = asked.length;
    expect((await find(session)).sort()).toEqual(found);
    // Folders and stamps again, but no text.
    expect(asked.length - read).toBeLessThan(read);
    await session.stop();
  });

  it('has its shared configuration', async () => {
    const { session } = await start({ files: true });
    const draft = `${root}/2025/new.txt`;
    await session.open(draft, BROKEN_SPEECH);
    expect((await session.diagnostics(draft)).map(({ code }) => code)).toEqual(['placeholder.unresolved']);
    await session.stop();
  });

  it('is not asked for where the client does not offer it, and what it fails to answer is not there', async () => {
    const { session, asked } = await start({});
    expect(await find(session)).toEqual([]);
    expect(asked).toEqual([]);
    await session.stop();
    const mute = await Session.start({
      initializationOptions: { files: true },
      workspaceFolders: [{ uri: root, name: 'drafts' }],
    });
    expect(await find(mute)).toEqual([]);
    await mute.stop();
  });
});
