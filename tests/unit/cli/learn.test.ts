/** Learning as a process: the worker's bundle beside the command line's, as shipped. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LearningCancelled, LearningWorker } from '../../../server/src/lexicon/mining/learningWorker.node';
import { loadLexicon, packLexicon } from '../../../server/src/lexicon/model/store';
import { reports, SLOGANS } from '../lexicon/documents';
import { bundleCommandLine } from './bundle';

let folder: string;
let documents: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 学习 '));
  documents = path.join(folder, '文稿');
  fs.mkdirSync(documents);
  for (const [index, text] of reports(8).entries()) fs.writeFileSync(path.join(documents, `${index}.txt`), text);
  fs.writeFileSync(path.join(documents, '又一.txt'), `${reports(1)[0]}\n（完）`);
  fs.writeFileSync(path.join(documents, '坏.docx'), 'PK\x03\x04');
  await bundleCommandLine(folder);
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

  it('writes the form that loads fastest into a file named .bin, over itself too', () => {
    expect(policyText('learn', '文稿', '-o', '词库.bin').status).toBe(0);
    const bytes = fs.readFileSync(path.join(folder, '词库.bin'));
    expect(bytes).toEqual(Buffer.from(packLexicon(fs.readFileSync(path.join(folder, '词库.json')))));
    expect(policyText('learn', '文稿', '-o', '词库.bin').status).toBe(0);
    expect(fs.readFileSync(path.join(folder, '词库.bin'))).toEqual(bytes);
    const list = policyText('phrases', '词库.bin', '--like', '意识', '--limit', '1');
    expect(list.stdout).toBe(`篇  次  表述\n 8   8  ${SLOGANS[1]}\n`);
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

describe('learn in steps', () => {
  it('gives the bytes of learning in one go, in parts that fit the memory allowed and in steps', () => {
    expect(policyText('learn', '文稿', '-o', '一次.json').status).toBe(0);
    const large = path.join(folder, '多');
    fs.mkdirSync(large);
    for (const [index, text] of reports(40).entries()) {
      fs.writeFileSync(path.join(large, `${index}.txt`), `${text}\n${'此处另有说明。'.repeat(index % 2 ? 9_000 : 10)}`);
    }
    expect(policyText('learn', '多', '-o', '一次.json').stderr).toMatch(/学习最多占用 \d+ MB 内存/);
    const inParts = policyText('learn', '多', '--memory', '260', '-o', '分批.json');
    expect(inParts.stderr).toMatch(/改为分 [2-9] 批学习，内存控制在 260 MB 以内/);
    expect(fs.readFileSync(path.join(folder, '分批.json'), 'utf8') === stored('一次.json')).toBe(true);
    // Less than the program itself takes cannot be promised.
    const least = policyText('learn', '多', '--memory', '200', '-o', '分批.json');
    expect(least.stderr).toMatch(/改为分 [2-9] 批学习，仍要占用约 25\d MB，超过允许的 200 MB。/);
    expect(fs.readFileSync(path.join(folder, '分批.json'), 'utf8') === stored('一次.json')).toBe(true);

    const names = fs.readdirSync(large).map((name) => path.join('多', name));
    const shards = [names.slice(0, 25), names.slice(25)];
    for (const [index, shard] of shards.entries()) {
      expect(policyText('learn', 'map', ...shard, '-o', `部分${index}`)).toMatchObject({ status: 0, stdout: '' });
    }
    expect(policyText('learn', 'merge', '部分1', '部分0', '-o', '阶段0').stderr).toContain('learn count 阶段0');
    for (let round = 0; round < 3; round++) {
      for (const index of [0, 1]) policyText('learn', 'count', `阶段${round}`, `部分${index}`, '-o', `统计${index}`);
      const merged = policyText('learn', 'merge', `阶段${round}`, '统计0', '统计1', '-o', `阶段${round + 1}`);
      expect(merged.status).toBe(0);
    }
    expect(stored('阶段3') === stored('一次.json')).toBe(true);

    const cut = fs.readFileSync(path.join(folder, '部分1'));
    fs.writeFileSync(path.join(folder, '部分1'), cut.subarray(0, cut.length >> 1));
    const refused = policyText('learn', 'merge', '部分0', '部分1', '-o', '新');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('不是完整的分片文件');
    expect(fs.existsSync(path.join(folder, '新'))).toBe(false);
  });

  it('says what a step lacks, and writes over nothing that is not its own', () => {
    expect(policyText('learn', 'map', '文稿').stderr).toContain('请用 -o 给出文件名');
    expect(policyText('learn', 'count', '阶段0', '-o', 'x').stderr).toContain('请给出一个阶段和一个部分');
    expect(policyText('learn', 'map', '文稿', '--size', '3', '-o', 'x').stderr).toContain('没有选项 --size');
    expect(policyText('learn', '文稿', '--least', '3').stderr).toContain('learn map');
    fs.writeFileSync(path.join(folder, '稿.txt'), '我的稿子');
    expect(policyText('learn', 'map', '文稿', '-o', '稿.txt').status).toBe(2);
    expect(stored('稿.txt')).toBe('我的稿子');
    expect(policyText('learn', 'merge', '没有', '-o', 'x').status).toBe(2);
  });

  it.skipIf(process.platform === 'win32')(
    'writes where a link leads, and puts nothing in the place of what is no file',
    () => {
      const at = (name: string): string => path.join(folder, name);
      expect(policyText('learn', 'map', '文稿', '-o', '原件')).toMatchObject({ status: 0 });
      const whole = fs.readFileSync(at('原件'));
      fs.mkdirSync(at('别处'));
      // A link to a file, one to nothing yet, and one to a link to nothing, relative to its own folder.
      fs.writeFileSync(at('别处/旧'), whole.subarray(0, 100));
      fs.symlinkSync(at('别处/旧'), at('链接1'));
      fs.symlinkSync('别处/新', at('链接2'));
      fs.symlinkSync('链接4', at('别处/链接3'));
      fs.symlinkSync('再新', at('别处/链接4'));
      for (const [link, target] of [
        ['链接1', '别处/旧'],
        ['链接2', '别处/新'],
        ['别处/链接3', '别处/再新'],
      ] as const) {
        expect(policyText('learn', 'map', '文稿', '-o', link)).toMatchObject({ status: 0 });
        expect(fs.lstatSync(at(link)).isSymbolicLink(), link).toBe(true);
        expect(fs.lstatSync(at(target)).isFile(), target).toBe(true);
        expect(fs.readFileSync(at(target)).equals(whole), target).toBe(true);
      }

      execFileSync('mkfifo', [at('管道')]);
      fs.symlinkSync('管道', at('通管道'));
      fs.symlinkSync('环', at('环'));
      for (const [out, reason] of [
        ['管道', '管道: 这不是普通文件。\n'],
        ['通管道', '通管道: 这不是普通文件。\n'],
        ['环', '环: 这个链接指回了自身。\n'],
        ['别处', '别处: 这是文件夹，不是文件。\n'],
      ] as const) {
        expect(policyText('learn', 'map', '文稿', '-o', out)).toMatchObject({ status: 2, stderr: reason });
      }
      expect(fs.lstatSync(at('管道')).isFIFO()).toBe(true);
      expect(fs.lstatSync(at('环')).isSymbolicLink()).toBe(true);
    },
  );
});

describe('learning in parts that is stopped', () => {
  const temporary = (): string => path.join(folder, 'tmp');
  const left = (): string[] => fs.readdirSync(temporary());
  /** Resolves when there are texts in the temporary folder. */
  const begun = async (): Promise<void> => {
    const isThere = (name: string): boolean => fs.readdirSync(path.join(temporary(), name)).length > 0;
    while (!left().some(isThere)) await sleep(5);
  };
  beforeAll(() => {
    fs.mkdirSync(temporary());
    fs.mkdirSync(path.join(folder, '长'));
    for (const [index, text] of reports(40).entries()) {
      const more = '此处另有说明。'.repeat(9_000);
      fs.writeFileSync(path.join(folder, '长', `${index}.txt`), `${text}\n${more}`);
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'leaves nothing behind on %s, and ends as that signal ends',
    async (signal) => {
      const environment = { ...process.env, TMPDIR: temporary() };
      const args = [path.join(folder, 'cli.js'), 'learn', '长', '--memory', '200', '-o', `${signal}.json`];
      const child = spawn(process.execPath, args, { cwd: folder, env: environment, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve([code, by])));
      await begun();
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(left()).toEqual([]);
      expect(fs.existsSync(path.join(folder, `${signal}.json`))).toBe(false);
    },
  );

  it('leaves nothing behind where it is cancelled, where the worker is ended, and where it is done', async () => {
    for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temporary());
    const task = { paths: [path.join(folder, '长')], options: {}, budget: 1 };
    const worker = new LearningWorker(path.join(folder, 'learn-worker.js'));
    const listeners = process.listenerCount('exit');
    const stop = new AbortController();
    const cancelled = worker.learn(task, undefined, stop.signal).catch((error) => error);
    await begun();
    stop.abort();
    expect(await cancelled).toBeInstanceOf(LearningCancelled);
    expect(left()).toEqual([]);

    const ended = worker.learn(task).catch((error) => error);
    await begun();
    await worker.dispose();
    expect(await ended).toBeInstanceOf(Error);
    expect(left()).toEqual([]);

    expect((await worker.learn(task)).summary.documents).toBe(40);
    expect(left()).toEqual([]);
    expect(process.listenerCount('exit')).toBe(listeners);
    await worker.dispose();
  });
});

const stored = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

describe('LearningWorker', () => {
  it('learns again without reading what has not changed, and stops when asked to', async () => {
    const worker = new LearningWorker(path.join(folder, 'learn-worker.js'));
    try {
      const first = await worker.learn({ paths: [documents], options: {} });
      expect(first.summary.documents).toBe(8);
      fs.writeFileSync(path.join(documents, '新.txt'), reports(9)[8] as string);
      const parts: number[] = [];
      const second = await worker.learn({ paths: [documents], options: {} }, (part) => parts.push(part));
      expect(second.summary.documents).toBe(9);
      expect(parts.at(-1)).toBe(1);
      expect(loadLexicon(second.json ?? '').inputs).not.toBe(loadLexicon(first.json ?? '').inputs);

      const { inputs } = loadLexicon(second.json ?? '');
      expect(await worker.learn({ paths: [documents], options: {}, known: inputs })).toMatchObject({ unchanged: true });
      const stricter = await worker.learn({ paths: [documents], options: { minDocuments: 5 }, known: inputs });
      expect(stricter).toMatchObject({ unchanged: false, summary: { documents: 9 } });

      const stop = new AbortController();
      const third = worker.learn({ paths: [documents], options: {} }, () => stop.abort(), stop.signal);
      await expect(third).rejects.toBeInstanceOf(LearningCancelled);
      await expect(worker.learn({ paths: [documents], options: {} }, undefined, AbortSignal.abort())).rejects.toThrow(
        LearningCancelled,
      );
      expect((await worker.learn({ paths: [documents], options: {} })).summary.documents).toBe(9);
    } finally {
      await worker.dispose();
    }
  });
});
