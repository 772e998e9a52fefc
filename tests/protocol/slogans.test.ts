import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentHighlight, Location, SemanticTokens } from 'vscode-languageserver-protocol';
import type { SlogansResult } from '../../server/src/lsp/protocol';
import { Session } from './session';
import { SPEECH } from './texts';

describe('slogans', () => {
  let folder: string;
  let session: Session;
  let uri: string;
  const draft = '一、总体要求\n增强“四个意识”、坚定“四个自信”、做到“两个维护”。\n坚决做到“两个维护”。\n';
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slogans-'));
    fs.writeFileSync(path.join(folder, 'other.txt'), `${SPEECH}\n各镇要坚决做到“两个维护”。\n`);
    uri = pathToFileURL(path.join(folder, 'draft.txt')).href;
    session = await Session.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] });
    await session.open(uri, draft);
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('are highlighted where they stand in the draft', async () => {
    const found = await session.request<DocumentHighlight[]>('textDocument/documentHighlight', at(2, 6));
    // The quoted term, also inside a longer slogan.
    expect(found.map(({ range }) => range)).toEqual([
      { start: { line: 1, character: 20 }, end: { line: 1, character: 26 } },
      { start: { line: 2, character: 4 }, end: { line: 2, character: 10 } },
    ]);
  });

  it('are found in all drafts of the workspace, open or not', async () => {
    const found = await session.request<Location[]>('textDocument/references', {
      ...at(2, 6),
      context: { includeDeclaration: true },
    });
    const names = found.map((place) => path.basename(new URL(place.uri).pathname));
    expect(names[0]).toBe('draft.txt');
    expect(names).toContain('other.txt');
    expect(new Set(found.map((place) => JSON.stringify(place))).size).toBe(found.length);
  });

  it('leave headings to their own references', async () => {
    const found = await session.request<Location[]>('textDocument/references', {
      ...at(0, 3),
      context: { includeDeclaration: true },
    });
    expect(found.map(({ range }) => range.start.line)).toEqual([0]);
  });

  it('are semantic tokens of the type that was announced', async () => {
    const other = Session.spawn();
    const { capabilities } = await other.initialize();
    await other.stop();
    expect(capabilities.semanticTokensProvider?.legend.tokenTypes).toEqual(['slogan']);
    const full = await session.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    expect(full.data.length).toBeGreaterThan(0);
    expect(full.data[0]).toBe(1);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } };
    const part = await session.request<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument: { uri },
      range,
    });
    expect(part.data[0]).toBe(2);
    expect(part.data.length).toBe(5);
  });

  it('are listed by pages, by words and by pinyin', async () => {
    const list = (params: object) => session.request<SlogansResult>('policyText/slogans', params);
    const all = await list({});
    expect(all.total).toBeGreaterThan(1_000);
    expect(all.slogans).toHaveLength(200);
    expect((await list({ from: 200, limit: 3 })).slogans).toHaveLength(3);
    const [first] = (await list({ query: '四个意识' })).slogans;
    expect(first?.text).toContain('四个意识');
    for (const query of ['lgwh', '两个weihu', '兩個維護']) {
      expect((await list({ query })).slogans.map(({ text }) => text).join(), query).toContain('两个维护');
    }
    expect(await list({ query: '老槐树下' })).toMatchObject({ total: 0, slogans: [] });
    expect((await list({ query: 7, from: 'x', limit: -1, uri: 3 })).slogans).toHaveLength(200);
  });

  it('are listed in the script of the draft', async () => {
    const traditional = 'untitled:講話';
    await session.open(traditional, '我們要堅持「一國兩制」，說話寫書，發展農業。\n');
    const { slogans } = await session.request<SlogansResult>('policyText/slogans', {
      query: '两个维护',
      uri: traditional,
    });
    expect(slogans[0]?.text).toContain('「兩個維護」');
  });

  it('say nothing of a text that is not served', async () => {
    const unknown = { textDocument: { uri: 'untitled:none' } };
    expect(await session.request('textDocument/semanticTokens/full', unknown)).toEqual({ data: [] });
  });
});
