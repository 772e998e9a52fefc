/**
 * Nothing leaves the machine: in a whole session the server opens no socket, looks up no host and starts no process.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CodeAction, CompletionList, SymbolInformation } from 'vscode-languageserver-protocol';
import { report, reports } from '../unit/lexicon/documents';
import { EDITOR, Session } from './session';
import { BROKEN_SPEECH, SPEECH } from './texts';

const WATCH = path.join(import.meta.dirname, 'watch.cjs');
/** Nobody listens there; a request to it would be noticed. */
const ELSEWHERE = 'http://127.0.0.1:49150/';

let folder: string;
const log = () => path.join(folder, 'watch.log');
const seen = () => (fs.existsSync(log()) ? fs.readFileSync(log(), 'utf8').split('\n').filter(Boolean) : []);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-offline-'));
  vi.stubEnv('WATCH_LOG', log());
});
afterAll(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a server that is watched', { timeout: 60_000 }, () => {
  it.each([
    ['a connection', "require('node:net').connect(9, '127.0.0.1').on('error', () => {})"],
    ['a port', "require('node:net').createServer().listen(0, '127.0.0.1', function () { this.close() })"],
    ['a datagram', "require('node:dgram').createSocket('udp4').close()"],
    ['a look-up', "require('node:dns').lookup('localhost', () => {})"],
    ['fetch', `fetch('${ELSEWHERE}').catch(() => {})`],
    ['a pipe', "require('node:net').connect('/nowhere/pipe').on('error', () => {})"],
    ['a process', "require('node:child_process').spawn(process.execPath, ['-v'])"],
    ['a process waited for', "require('node:child_process').execFileSync(process.execPath, ['-v'])"],
    [
      'a thread that fetches',
      `new (require('node:worker_threads').Worker)("fetch('${ELSEWHERE}').catch(() => {})", { eval: true })`,
    ],
  ])('cannot hide %s', (_what, code) => {
    fs.rmSync(log(), { force: true });
    execFileSync(process.execPath, ['--require', WATCH, '-e', code], { stdio: 'ignore' });
    expect(seen()).not.toEqual([]);
  });

  it('keeps to itself', async () => {
    fs.rmSync(log(), { force: true });
    const corpus = path.join(folder, 'corpus');
    fs.mkdirSync(corpus);
    for (const [index, text] of reports(6).entries()) fs.writeFileSync(path.join(corpus, `${index}.txt`), text);
    fs.writeFileSync(path.join(corpus, '网页.html'), webPage(report(7)));
    fs.writeFileSync(path.join(corpus, '文档.docx'), await documentWithPicture(report(8)));
    fs.writeFileSync(path.join(folder, '讲话.txt'), SPEECH);
    fs.writeFileSync(path.join(folder, '.policytext.json'), `{ "$schema": "${ELSEWHERE}schema.json", "rules": {} }`);

    const session = Session.spawn(['--require', WATCH]);
    session.connection.onRequest('workspace/applyEdit', () => ({ applied: true }));
    const root = pathToFileURL(folder).href;
    await session.initialize({
      capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, applyEdit: true } },
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'drafts' }],
      initializationOptions: { storage: path.join(folder, 'storage') },
    });
    const uri = `${root}/草稿.txt`;
    const place = { textDocument: { uri }, position: { line: 9, character: 8 } };
    await session.open(uri, BROKEN_SPEECH);
    await session.change(uri, 2, [
      { range: { start: { line: 13, character: 2 }, end: { line: 13, character: 2 } }, text: '坚持稳中求进' },
    ]);
    expect(await session.symbols(uri)).not.toEqual([]);
    expect(await session.diagnostics(uri)).not.toEqual([]);
    expect((await session.request<CompletionList>('textDocument/completion', place)).isIncomplete).toBe(true);
    await session.request('textDocument/inlineCompletion', { ...place, context: { triggerKind: 1 } });
    await session.request('textDocument/hover', place);
    await session.request('textDocument/foldingRange', { textDocument: { uri } });
    await session.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 14, character: 0 } },
      context: { diagnostics: [] },
    });
    await session.request('workspace/executeCommand', {
      command: 'policyText.server.renumberDocument',
      arguments: [{ uri, position: place.position }],
    });
    expect(await session.request<SymbolInformation[]>('workspace/symbol', { query: '灌区' })).not.toEqual([]);
    expect(await session.request('policyText/learn', { paths: [corpus] })).toMatchObject({ documents: 8 });
    await session.stop();
    expect(session.exitCode).toBe(0);
    expect(seen()).toEqual([]);
  });
});

/** A page as saved from a site, with everything that a browser would fetch for it. */
function webPage(text: string): string {
  const body = text
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('');
  const head = `<link rel="stylesheet" href="${ELSEWHERE}a.css"><script src="${ELSEWHERE}a.js"></script>`;
  return `<html><head>${head}</head><body><img src="${ELSEWHERE}a.png">${body}</body></html>`;
}

/** A Word document whose picture is on a server. */
function documentWithPicture(text: string): Promise<Uint8Array> {
  const zip = new JSZip();
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  zip.file(
    '[Content_Types].xml',
    `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
  );
  zip.file(
    '_rels/.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
  );
  zip.file(
    'word/_rels/document.xml.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="p1" Type="${office}/image" Target="${ELSEWHERE}a.png" TargetMode="External"/></Relationships>`,
  );
  const picture = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="${office}" r:link="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  const body = text
    .split('\n')
    .map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`)
    .join('');
  zip.file(
    'word/document.xml',
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${picture}${body}</w:body></w:document>`,
  );
  return zip.generateAsync({ type: 'uint8array' });
}
