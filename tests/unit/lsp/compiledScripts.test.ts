/** The code compiled in an earlier session is used for the very scripts it was made from, and never from a place of others. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CompiledScripts, compiledFolder } from '../../../server/src/lsp/compiledScripts.node';

const FILLER = `// ${'padding '.repeat(400)}\n`;
const FIRST = `"use strict";const { twice } = require("./part.js"); const path = require("node:path");
exports.result = twice(21); exports.name = path.basename(__filename); exports.folder = __dirname;
exports.later = () => Promise.resolve().then(() => require("./lib/table.js"));\n${FILLER}`;
const PART = `exports.twice = (number) => number * 2;\n${FILLER}`;

let scripts: string;
let cache: string;
beforeEach(() => {
  scripts = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text 脚本 '));
  cache = path.join(scripts, 'cache');
  fs.mkdirSync(path.join(scripts, 'lib'));
  fs.writeFileSync(path.join(scripts, 'first.js'), FIRST);
  fs.writeFileSync(path.join(scripts, 'part.js'), PART);
  fs.writeFileSync(path.join(scripts, 'lib/table.js'), `module.exports = [1, 2, 3];\n${FILLER}`);
});
afterEach(() => fs.rmSync(scripts, { recursive: true, force: true }));

const session = (folder: string | undefined) => new CompiledScripts(scripts, folder, createRequire(import.meta.url));
const keptFolder = () => path.join(cache, fs.readdirSync(cache)[0] as string);
const kept = () => fs.readdirSync(keptFolder()).sort();

/** Runs the scripts and stores them; the number of those whose compiled code was there. */
async function run(): Promise<number> {
  const loader = session(cache);
  expect(loader.load('first.js')).toMatchObject({ result: 42, name: 'first.js', folder: scripts });
  await loader.keep();
  return loader.compiled;
}

it('runs the scripts as Node does, each once', async () => {
  const loader = session(undefined);
  const first = loader.load('first.js') as { later: () => Promise<unknown> };
  expect(loader.load('first.js')).toBe(first);
  expect(await first.later()).toEqual([1, 2, 3]);
  await loader.keep();
  expect(fs.existsSync(cache)).toBe(false);
});

it('loads nothing but the scripts of its own folder', () => {
  fs.mkdirSync(path.join(scripts, 'inner'));
  fs.copyFileSync(path.join(scripts, 'part.js'), path.join(scripts, 'inner/part.js'));
  const ids = ['../part.js', './inner/part.js', './lib/../part.js', path.join(scripts, 'part.js'), './part', 'part.js'];
  fs.writeFileSync(path.join(scripts, 'first.js'), `exports.found = ${JSON.stringify(ids)}.map(require);`);
  const loader = new CompiledScripts(scripts, undefined, (id) => `other: ${id}`);
  expect(loader.load('first.js')).toEqual({ found: ids.map((id) => `other: ${id}`) });
});

it('throws what a script throws, each time, with its line', () => {
  fs.writeFileSync(path.join(scripts, 'part.js'), '\n\nthrow new Error("no");');
  const loader = session(cache);
  for (let round = 0; round < 2; round++) expect(() => loader.load('first.js')).toThrow('no');
  const stack = (() => {
    try {
      return loader.load('part.js');
    } catch (error) {
      return (error as Error).stack;
    }
  })();
  expect(stack).toContain(`${path.join(scripts, 'part.js')}:3:`);
});

describe('compiled code', () => {
  it('is there in the second session, and nothing half written beside it', async () => {
    expect(await run()).toBe(0);
    expect(kept()).toEqual(['first.js.bin', 'part.js.bin']);
    expect(await run()).toBe(2);
  });

  it('is added for scripts that are loaded later', async () => {
    await run();
    const loader = session(cache);
    await (loader.load('first.js') as { later: () => Promise<unknown> }).later();
    await loader.keep();
    expect(kept()).toEqual(['first.js.bin', 'lib-table.js.bin', 'part.js.bin']);
  });

  it('is not used for a changed script of the same length', async () => {
    await run();
    const file = path.join(scripts, 'part.js');
    fs.writeFileSync(file, PART.replace('* 2', '* 3'));
    fs.utimesSync(file, 1_000_000, 1_000_000);
    expect(session(cache).load('first.js')).toMatchObject({ result: 63 });
    expect(await session(cache).load('part.js')).toHaveProperty('twice');
  });

  it('is not used if a byte of it is wrong, or the end is missing', async () => {
    await run();
    const file = path.join(keptFolder(), 'part.js.bin');
    const whole = fs.readFileSync(file);
    for (const at of [0, 40, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x40;
      fs.writeFileSync(file, damaged);
      expect(await run(), `byte ${at}`).toBe(1);
      expect(fs.readFileSync(file).length).toBeGreaterThan(40);
    }
    for (const length of [0, 10, 32, whole.length - 8]) {
      fs.writeFileSync(file, whole.subarray(0, length));
      expect(await run(), `${length} bytes`).toBe(1);
    }
    expect(await run()).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('is neither read nor written where others can write', async () => {
    await run();
    const folder = keptFolder();
    fs.chmodSync(folder, 0o777);
    fs.rmSync(path.join(folder, 'part.js.bin'));
    expect(await run()).toBe(0);
    expect(kept()).toEqual(['first.js.bin']);
    fs.chmodSync(folder, 0o755);
    expect(await run()).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('is not looked for behind a link', async () => {
    await run();
    const folder = keptFolder();
    fs.renameSync(folder, path.join(scripts, 'elsewhere'));
    fs.symlinkSync(path.join(scripts, 'elsewhere'), folder);
    expect(await run()).toBe(0);
  });

  it('is not needed: a file in the place of the folder is left alone', async () => {
    fs.writeFileSync(cache, 'mine');
    expect(await run()).toBe(0);
    expect(fs.readFileSync(cache, 'utf8')).toBe('mine');
  });

  it('of other versions is removed when it is old', async () => {
    await run();
    const names = ['compiled-v1.0.0-abc', 'compiled-v2.0.0-abc', 'another'];
    for (const name of names) fs.mkdirSync(path.join(cache, name));
    for (const name of ['compiled-v1.0.0-abc', 'another']) fs.utimesSync(path.join(cache, name), 1_000_000, 1_000_000);
    fs.rmSync(path.join(keptFolder(), 'part.js.bin'), { force: true });
    const loader = session(cache);
    loader.load('first.js');
    fs.appendFileSync(path.join(scripts, 'lib/table.js'), '\n');
    await (loader.load('first.js') as { later: () => Promise<unknown> }).later();
    await loader.keep();
    const left = fs.readdirSync(cache);
    expect(left).toEqual(expect.arrayContaining(['compiled-v2.0.0-abc', 'another']));
    expect(left).not.toContain('compiled-v1.0.0-abc');
  });
});

describe('the folder', () => {
  it('is the one that the extension names, else the user’s; and none where that is not wanted', () => {
    expect(compiledFolder({ NODE_COMPILE_CACHE: scripts })).toBe(scripts);
    expect(compiledFolder({ NODE_COMPILE_CACHE: scripts, NODE_DISABLE_COMPILE_CACHE: '1' })).toBeUndefined();
    const own = compiledFolder({ XDG_CACHE_HOME: scripts });
    if (process.platform === 'linux' && own) expect(own).toBe(path.join(scripts, 'policy-text'));
    expect(own === undefined || path.basename(own) === 'policy-text').toBe(true);
  });
});
