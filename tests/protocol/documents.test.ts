/** Documents of every kind through the built files: a bundler may break what works in the source. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from './session';

const ROOT = path.join(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'tests/fixtures/documents');
const WORKER = path.join(ROOT, 'dist/learn-worker.js');
/** Made from the first by an office program. */
const FILES = [
  'report-utf8.txt',
  'report-gbk.txt',
  'report.docx',
  'report.doc',
  'report.rtf',
  'report.odt',
  'report.pdf',
  'report.html',
];
const RIGHT = fs.readFileSync(path.join(FIXTURES, 'report-utf8.txt'), 'utf8');
const squeeze = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ''))
    .filter(Boolean);

const cli = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], { encoding: 'utf8' });

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), '各种 文稿 '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The answer of the built worker for a document of this name. */
async function answer(name: string, bytes: Uint8Array): Promise<{ text?: string; reason?: { zh: string } }> {
  const worker = new Worker(WORKER, { workerData: 'read' });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage({ format: path.extname(name).slice(1).replace('txt', 'text'), bytes });
    });
  } finally {
    await worker.terminate();
  }
}

/** A word processor, if there is one. */
const OFFICE = ['/usr/bin/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find((one) =>
  fs.existsSync(one),
);

describe('the built reader', () => {
  it.each(FILES)('reads %s whole, paragraph by paragraph', async (name) => {
    const { text } = await answer(name, fs.readFileSync(path.join(FIXTURES, name)));
    expect(squeeze(text ?? '')).toEqual(squeeze(RIGHT));
  });

  it.skipIf(!OFFICE)('reads what an office program writes here and now', { timeout: 120_000 }, async () => {
    const source = path.join(folder, '通知.txt');
    const lines = ['关于开展河道清理工作的通知', '各镇人民政府：', '一、主要任务', '请于十月底前完成清理。'];
    fs.writeFileSync(source, lines.join('\n'));
    for (const kind of ['docx', 'doc', 'rtf', 'odt', 'pdf']) {
      const profile = pathToFileURL(path.join(folder, 'office')).href;
      const args = ['--headless', `-env:UserInstallation=${profile}`, '--convert-to', kind, '--outdir', folder, source];
      spawnSync(OFFICE as string, args, { timeout: 60_000 });
      const file = path.join(folder, `通知.${kind}`);
      const { text } = await answer(file, fs.readFileSync(file));
      expect(squeeze(text ?? '')).toEqual(lines);
    }
  });

  it('calls damage what is damage', async () => {
    const half = (name: string) => fs.readFileSync(path.join(FIXTURES, name)).subarray(0, 900);
    for (const name of ['report.docx', 'report.odt', 'report.doc', 'report.pdf']) {
      const { reason } = await answer(name, half(name));
      expect(reason?.zh, name).toMatch(/损坏|没有/);
      expect(reason?.zh, name).not.toContain('程序自身出错');
    }
  });
});

describe('the built command line', () => {
  it.each(FILES)('learns from %s', (name) => {
    const { status, stderr } = cli('learn', path.join(FIXTURES, name), '--lang', 'en');
    expect({ status, unreadable: /unreadable +0/.test(stderr) }).toEqual({ status: 0, unreadable: true });
  });
});

describe('the built server', () => {
  it('learns from all of them and names what it cannot read', { timeout: 60_000 }, async () => {
    const corpus = path.join(folder, 'corpus');
    fs.mkdirSync(corpus);
    for (const name of FILES) fs.copyFileSync(path.join(FIXTURES, name), path.join(corpus, name));
    const session = await Session.start({
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'w' }],
    });
    const learned = await session.request<{ documents: number; duplicates: number }>('policyText/learn', { paths: [] });
    expect(learned).toMatchObject({ unreadable: 0 });
    expect(learned.documents + learned.duplicates).toBe(FILES.length);
    fs.writeFileSync(path.join(corpus, '坏.pdf'), '%PDF-1.7 nothing');
    expect(await session.request('policyText/learn', { paths: [] })).toMatchObject({
      unreadable: 1,
      firstUnreadable: { file: path.join(corpus, '坏.pdf') },
    });
    await session.stop();
  });
});
