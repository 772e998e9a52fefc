import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileCache, removeOldCaches } from '../../../client/src/compileCache';

let storage: string;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'policy text 缓存 '));
});
afterEach(() => fs.rmSync(storage, { recursive: true, force: true }));

it('keeps the compiled scripts of this version alone, and nothing else is touched', async () => {
  const { NODE_COMPILE_CACHE: folder } = compileCache(storage, '1.2.0');
  const old = compileCache(storage, '1.1.9').NODE_COMPILE_CACHE;
  for (const one of [folder, old]) {
    fs.mkdirSync(one, { recursive: true });
    fs.writeFileSync(path.join(one, 'a'), '');
  }
  fs.writeFileSync(path.join(storage, 'used-slogans.json'), '{}');
  await removeOldCaches(storage, '1.2.0');
  expect(fs.existsSync(old)).toBe(false);
  expect(fs.existsSync(path.join(folder, 'a'))).toBe(true);
  expect(fs.readdirSync(storage).sort()).toEqual(['compiled', 'used-slogans.json']);
});

it('minds no storage that is not there', async () => {
  await removeOldCaches(path.join(storage, 'none'), '1.2.0');
});
