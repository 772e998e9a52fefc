import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionList, LinkedEditingRanges } from 'vscode-languageserver-protocol';
import { Session } from './session';
import { BROKEN_SPEECH, SHOPPING, SPEECH } from './texts';

const CITY = SPEECH.replace('水利建设迈出', '××大都市建设迈出').replace('水利建设的关键', '××大都市建设的关键');

interface Listed {
  files: {
    uri: string;
    version?: number;
    placeholders: { text: string; context: string; key?: string; alike: number }[];
  }[];
}

describe('placeholders of a folder', () => {
  let folder: string;
  let session: Session;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const listed = async () => {
    const { files } = await session.request<Listed>('policyText/workspacePlaceholders', {});
    return files.map(
      ({ uri, version, placeholders }) =>
        `${path.basename(new URL(uri).pathname)}${version === undefined ? '' : ` v${version}`} ${placeholders.length}`,
    );
  };

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'folder-'));
    write('a.txt', BROKEN_SPEECH);
    write('b.txt', CITY);
    write('full.txt', SPEECH);
    write('shopping.txt', SHOPPING);
    session = await Session.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] });
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('are listed by file, those of open drafts as they are in the editor', async () => {
    expect((await listed()).sort()).toEqual(['a.txt 1', 'b.txt 2']);
    await session.open(uriOf('full.txt'), CITY, 'policytext', 7);
    await session.open(uriOf('a.txt'), SPEECH, 'policytext', 3);
    expect(await listed()).toEqual(['full.txt v7 2', 'b.txt 2']);
    await session.close(uriOf('full.txt'));
    await session.close(uriOf('a.txt'));
    expect((await listed()).sort()).toEqual(['a.txt 1', 'b.txt 2']);
  });

  it('follow files as they change', async () => {
    write('c.txt', CITY);
    expect(await listed()).toContain('c.txt 2');
    write('c.txt', SPEECH);
    expect(await listed()).not.toContain('c.txt 2');
  });

  it('have a key that tells in any file which stand for the same words', async () => {
    write('d.txt', CITY.replaceAll('水库', '堤防'));
    const { files } = await session.request<Listed>('policyText/workspacePlaceholders', {});
    const keys = files.flatMap(({ placeholders }) => placeholders.map(({ key }) => key));
    expect(keys.filter((key) => key !== undefined)).toHaveLength(4);
    expect(new Set(keys.filter((key) => key !== undefined)).size).toBe(1);
  });

  it('are filled with what stood in other drafts, by request and by completion', async () => {
    write('e.txt', SPEECH.replace('水利建设迈出', '临江大都市建设迈出'));
    await listed();
    const uri = uriOf('open.txt');
    await session.open(uri, CITY);
    const line = CITY.split('\n').findIndex((one) => one.includes('××大都市建设迈出'));
    const character = (CITY.split('\n')[line] as string).indexOf('××');
    const position = { line, character: character + 2 };
    const { words } = await session.request<{ words: unknown[] }>('policyText/placeholderWords', { uri, position });
    expect(words[0]).toEqual({ text: '临江', count: 1, source: 'drafts' });
    const at = async (place: typeof position) => {
      const params = { textDocument: { uri }, position: place, context: { triggerKind: 1 } };
      return (await session.request<CompletionList>('textDocument/completion', params)).items[0];
    };
    const start = { line, character };
    expect(await at(position)).toMatchObject({
      label: '临江',
      filterText: '××临江',
      textEdit: { range: { start, end: position }, newText: '临江' },
    });
    expect(await at(start)).toMatchObject({
      filterText: '临江',
      textEdit: { range: { start, end: start }, newText: '临江' },
      additionalTextEdits: [{ range: { start, end: position }, newText: '' }],
    });
    expect(
      (
        await session.request<{ words: unknown[] }>('policyText/placeholderWords', {
          uri,
          position: { line: 0, character: 0 },
        })
      ).words,
    ).toEqual([]);
    await session.close(uri);
  });

  it('that belong together are edited together', async () => {
    const uri = uriOf('linked.txt');
    await session.open(uri, CITY);
    const at = (line: number, character: number) =>
      session.request<LinkedEditingRanges | null>('textDocument/linkedEditingRange', {
        textDocument: { uri },
        position: { line, character },
      });
    const lines = CITY.split('\n');
    const line = lines.findIndex((one) => one.includes('××大都市建设迈出'));
    const linked = await at(line, (lines[line] as string).indexOf('××') + 1);
    expect(linked?.ranges).toHaveLength(2);
    expect(linked?.wordPattern).toBeTruthy();
    // With text typed in them they are no longer placeholders, but still belong together.
    await session.change(uri, 2, [{ text: CITY.replaceAll('××', '临') }]);
    expect((await at(line, (lines[line] as string).indexOf('××') + 1))?.ranges).toHaveLength(2);
    expect(await at(0, 0)).toBeNull();
    await session.close(uri);
  });
});
