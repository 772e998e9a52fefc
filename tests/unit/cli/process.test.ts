/** The command line as a process of its own: pipes, exit codes, standard input. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const LONG = '一、总体要求\n坚持稳中求进工作总基调**。\n'.repeat(5000);
let folder: string;
let cli: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 进程 '));
  cli = path.join(folder, 'cli.js');
  await build({
    entryPoints: [path.join(import.meta.dirname, '../../../server/src/cli/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: cli,
    define: { __VERSION__: '"9.8.7"' },
    logLevel: 'silent',
  });
  fs.writeFileSync(path.join(folder, '长.txt'), LONG);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const policyText = (args: string[], input = '') =>
  spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, encoding: 'utf8', maxBuffer: 1 << 28 });

it('knows its version', () => {
  expect(policyText(['--version']).stdout).toBe('policy-text 9.8.7\n');
});

it('reads standard input and exits as the findings say', () => {
  const { status, stdout, stderr } = policyText(['lint', '-', '--lang', 'en'], '一、总体要求\n收入达到**亿元。\n');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain('placeholder.unresolved');
});

it('writes everything to a pipe before it ends', () => {
  const { status, stdout } = policyText(['lint', '--format', 'json', '--max-per-rule', '0', '长.txt']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)[0].findings.length).toBeGreaterThanOrEqual(5000);
});

it('is content when its reader goes away', async () => {
  const child = spawn(process.execPath, [cli, 'lint', '长.txt'], { cwd: folder });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(errors).toBe('');
  expect([0, 1]).toContain(code);
});

it('finishes what it writes where nobody reads the report', async () => {
  const many = path.join(folder, '许多');
  fs.mkdirSync(many);
  for (let at = 0; at < 20; at++)
    fs.writeFileSync(path.join(many, `${at}.txt`), '一、总体要求\n坚持稳中求进,抓好落实。\n');
  const child = spawn(process.execPath, [cli, 'fix', '--write', '--no-lexicon', many]);
  child.stderr.destroy();
  child.stdout.destroy();
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0);
  for (let at = 0; at < 20; at++) expect(fs.readFileSync(path.join(many, `${at}.txt`), 'utf8')).toContain('，');
});

it.skipIf(process.platform === 'win32')('reads no configuration that is no ordinary file', { timeout: 20_000 }, () => {
  const odd = path.join(folder, '怪');
  fs.mkdirSync(odd);
  fs.writeFileSync(path.join(odd, '稿.txt'), '一、总体要求\n收入达到**亿元。\n');
  for (const make of [
    (file: string) => spawnSync('mkfifo', [file]),
    (file: string) => fs.symlinkSync('/proc/self/fd/0', file),
  ]) {
    const file = path.join(odd, '.policytext.json');
    make(file);
    const { status, stdout } = spawnSync(process.execPath, [cli, 'lint', '--no-lexicon', path.join(odd, '稿.txt')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect({ status, found: stdout.includes('placeholder.unresolved') }).toEqual({ status: 1, found: true });
    fs.rmSync(file);
  }
});

it.skipIf(!fs.existsSync('/dev/full'))('says so where what it writes finds no room', () => {
  for (const args of [['outline', '长.txt'], ['--help']]) {
    const full = fs.openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args, '--lang', 'zh'], {
      cwd: folder,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    fs.closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'policy-text: 输出写不出去。磁盘空间已满，没有写入，原有内容未动。\n',
    });
  }
});

it.skipIf(process.platform === 'win32')('gives up on what never ends', { timeout: 60_000 }, () => {
  const { status, stderr } = policyText(['outline', '/dev/zero', '--lang', 'en']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '/dev/zero: The file is larger than 100 MB.\n' });
});

it('leaves the old draft or the new one where it is killed while writing', { timeout: 60_000 }, async () => {
  const file = path.join(folder, '大.txt');
  const old = '一、总体要求\r\n坚持稳中求进,扎实推进各项工作落实。\r\n'.repeat(3_000);
  const right = old.replaceAll(',', '，');
  const killed = async (after: number) => {
    fs.writeFileSync(file, old);
    const child = spawn(process.execPath, [cli, 'fix', '--write', '--no-lexicon', '大.txt'], { cwd: folder });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    // From the moment when something is written, which is when the folder changes.
    const watcher = fs.watch(folder, () => setTimeout(() => child.kill('SIGKILL'), after));
    await ended;
    watcher.close();
    return fs.readFileSync(file, 'utf8');
  };
  for (const after of [0, 1, 2, 4]) {
    const left = await killed(after);
    expect(left === old || left === right).toBe(true);
  }
});
