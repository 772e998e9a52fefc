import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SymbolInformation } from 'vscode-languageserver-protocol';
import { Session } from './session';
import { SHOPPING, SPEECH } from './texts';

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
