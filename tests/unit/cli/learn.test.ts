/** Learning as a process: the worker's bundle beside the command line's, as they are shipped. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LearningCancelled, LearningWorker } from '../../../server/src/lexicon/mining/learningWorker.node';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { reports, SLOGANS } from '../lexicon/documents';

let folder: string;
let documents: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 学习 '));
  documents = path.join(folder, '文稿');
  fs.mkdirSync(documents);
  for (const [index, text] of reports(8).entries()) fs.writeFileSync(path.join(documents, `${index}.txt`), text);
  fs.writeFileSync(path.join(documents, '又一.txt'), `${reports(1)[0]}\n（完）`);
  fs.writeFileSync(path.join(documents, '坏.docx'), 'PK\x03\x04');
  const sources = path.join(import.meta.dirname, '../../../server/src');
  await build({
    entryPoints: {
      cli: path.join(sources, 'cli/main.ts'),
      'learn-worker': path.join(sources, 'lexicon/mining/learnWorker.node.ts'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: folder,
    logLevel: 'silent',
  });
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const policyText = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(folder, 'cli.js'), ...args, '--lang', 'zh'], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('learn and phrases', () => {
  it('learns a lexicon, tells what it did, and lists it', () => {
    const { status, stdout, stderr } = policyText('learn', '文稿', '--out', '词库.json');
    expect(status).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/坏\.docx: 文件已损坏。/);
    expect(stderr).toMatch(/文稿 +8\n重复未计 +1\n读不了 +1\n字数 +[\d,]+\n表述 +\d+\n已写入 +词库\.json\n/);
    expect(stderr).toContain(SLOGANS[1]);

    const list = policyText('phrases', '词库.json', '--like', '意识', '--limit', '1');
    expect(list.stdout).toBe(`篇  次  表述\n 8   8  ${SLOGANS[1]}\n`);
    expect(policyText('phrases', '词库.json', '--like', '无此说法').status).toBe(1);
    const [first] = JSON.parse(policyText('phrases', '词库.json', '--like', '“四个意识”', '--format', 'json').stdout);
    expect(first).toMatchObject({ documents: 8, count: 8 });
  });

  it('writes over no file that is no lexicon', () => {
    const draft = path.join(folder, '我的稿.txt');
    fs.writeFileSync(draft, '一、总体要求\n');
    const { status, stderr } = policyText('learn', '文稿', '-o', '我的稿.txt');
    expect({ status, text: fs.readFileSync(draft, 'utf8') }).toEqual({ status: 2, text: '一、总体要求\n' });
    expect(stderr).toContain('不是词库');
  });

  it('writes the lexicon to standard output without --out', () => {
    const { stdout } = policyText('learn', '文稿', '--min-documents', '4');
    expect(loadLexicon(stdout).find(SLOGANS[0])?.documents).toBe(8);
  });

  it.skipIf(!fs.existsSync('/dev/stdout'))('writes to a pipe by its name, and does not put a file in its place', () => {
    const { stdout } = spawnSync('sh', ['-c', '"$0" cli.js learn 文稿 --out /dev/stdout | cat', process.execPath], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(loadLexicon(stdout).find(SLOGANS[0])?.documents).toBe(8);
    expect(fs.lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
  });

  it.each([
    [['learn'], /请给出要学习的文件/],
    [['learn', '文稿', '--min-documents', '1'], /2 以上的整数/],
    [['learn', '没有'], /找不到这个文件[\s\S]*没有可以学习的文稿/],
    [['learn', '文稿', '--out', '没有/词库.json'], /没有\/词库\.json: 找不到/],
    [['learn', '文稿', '--out', '文稿'], /^文稿: 这是文件夹，不是文件。\n$/],
    [['learn', '文稿', '--out', '文稿/0.txt/词库.json'], /^文稿\/0\.txt\/词库\.json: 找不到/],
    [['phrases', '文稿'], /这是文件夹/],
    [['lint', '文稿/0.txt', '--lexicon', '文稿'], /文稿：这是文件夹/],
    [['lint', '文稿/0.txt', '--lexicon', '文稿/1.txt'], /文稿\/1\.txt：这不是词库文件/],
    [['phrases'], /请给出一个词库文件/],
    [['phrases', '文稿/0.txt'], /不是词库文件/],
    [['phrases', '没有.json'], /找不到/],
    [['phrases', '词库.json', '--limit', '零'], /1 以上的整数/],
  ])('ends with 2 for %j', (args, message) => {
    const { status, stderr } = policyText(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('LearningWorker', () => {
  it('learns again without reading what has not changed, and stops when asked to', async () => {
    const worker = new LearningWorker(path.join(folder, 'learn-worker.js'));
    try {
      const first = await worker.learn([documents], {});
      expect(first.summary.documents).toBe(8);
      fs.writeFileSync(path.join(documents, '新.txt'), reports(9)[8] as string);
      const parts: number[] = [];
      const second = await worker.learn([documents], {}, (part) => parts.push(part));
      expect(second.summary.documents).toBe(9);
      expect(parts.at(-1)).toBe(1);
      expect(loadLexicon(second.json ?? '').inputs).not.toBe(loadLexicon(first.json ?? '').inputs);

      const { inputs } = loadLexicon(second.json ?? '');
      expect(await worker.learn([documents], {}, undefined, undefined, inputs)).toMatchObject({ unchanged: true });
      const stricter = await worker.learn([documents], { minDocuments: 5 }, undefined, undefined, inputs);
      expect(stricter).toMatchObject({ unchanged: false, summary: { documents: 9 } });

      const stop = new AbortController();
      const third = worker.learn([documents], {}, () => stop.abort(), stop.signal);
      await expect(third).rejects.toBeInstanceOf(LearningCancelled);
      await expect(worker.learn([documents], {}, undefined, AbortSignal.abort())).rejects.toThrow(LearningCancelled);
      expect((await worker.learn([documents], {})).summary.documents).toBe(9);
    } finally {
      worker.dispose();
    }
  });
});
