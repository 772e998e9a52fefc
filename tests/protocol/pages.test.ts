/** Pages and exports with a unit's configuration, and completion in the head of a draft. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionList } from 'vscode-languageserver-protocol';
import type { ExportWordResult, PagesResult } from '../../server/src/lsp/protocol';
import { Session } from './session';

const DRAFT =
  '---\n附注：此件公开发布\n\n---\n关于做好春耕工作的通知\n\n各乡镇人民政府：\n请抓好春耕工作，落实播种面积。\n\n青禾县人民政府\n2026年3月1日\n';

describe('pages', () => {
  let folder: string;
  let session: Session;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const template = (text: string) => fs.writeFileSync(path.join(folder, '模板/县.json'), text);
  const uri = () => uriOf('通知.txt');

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
    fs.mkdirSync(path.join(folder, '模板'));
    fs.writeFileSync(
      path.join(folder, '.policytext.json'),
      '{ "layout": { "head": { "发文机关": "青禾县人民政府" }, "template": "模板/县.json" } }',
    );
    template('{ "fonts": { "text": "仿宋" }, "deviations": ["正文用仿宋"] }');
    session = await Session.start({ workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'drafts' }] });
    await session.open(uri(), DRAFT, 'policytext', 1);
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('have what the unit says, in its fonts, and are the same in the export', async () => {
    const pages = await session.request<PagesResult>('policyText/pages', { uri: uri() });
    expect(pages?.fonts.text).toBe('仿宋');
    expect(pages?.remark).toBeUndefined();
    const shown = pages?.pages.flatMap(({ lines }) => lines.flatMap(({ texts }) => texts.map(({ text }) => text)));
    expect(shown?.join('')).toContain('青禾县人民政府文件');
    const exported = await session.request<ExportWordResult>('policyText/exportWord', { uri: uri() });
    expect('remarks' in exported && exported.remarks).toEqual(['正文用仿宋']);
  });

  it('go by the standard where the template is wrong or not there, and say so', async () => {
    template('{ "colour": 1 }');
    const wrong = await session.request<PagesResult>('policyText/pages', { uri: uri() });
    expect(wrong?.fonts.text).toBe('仿宋_GB2312');
    expect(wrong?.remark).toContain('县.json');
    fs.rmSync(path.join(folder, '模板/县.json'));
    const gone = await session.request<PagesResult>('policyText/pages', { uri: uri() });
    expect(gone?.remark).toContain('县.json');
    template('{}');
    expect((await session.request<PagesResult>('policyText/pages', { uri: uri() }))?.remark).toBeUndefined();
  });

  it('are preceded by a head whose names and values are offered', async () => {
    const at = (line: number, character: number) => ({
      textDocument: { uri: uri() },
      position: { line, character },
      context: { triggerKind: 1 },
    });
    const names = await session.request<CompletionList>('textDocument/completion', at(2, 0));
    expect(names.items.map(({ label }) => label)).toContain('签发人');
    expect(names.items.map(({ label }) => label)).not.toContain('附注');
    const values = await session.request<CompletionList>('textDocument/completion', at(1, 3));
    expect(values.items.map(({ label }) => label)).toContain('此件公开发布');
  });
});
