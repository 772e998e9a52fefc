/** The second start of a server runs code that the first one compiled, and answers the same. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SERVER, Session } from './session';
import { SPEECH } from './texts';

const URI = 'untitled:讲话.txt';

let cache: string;
beforeEach(() => {
  cache = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-start-')), '缓存');
  vi.stubEnv('NODE_COMPILE_CACHE', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(path.dirname(cache), { recursive: true, force: true });
});

/** What a server answers in a session. */
async function session() {
  const server = await Session.start();
  await server.open(URI, SPEECH);
  const answers = [await server.symbols(URI), await server.diagnostics(URI)];
  await server.stop();
  expect(server.exitCode).toBe(0);
  return answers;
}

/** The files with compiled code and when they were written. Node's own compile cache has others. */
function kept(): Record<string, number> {
  const names = fs.existsSync(cache) ? fs.readdirSync(cache, { recursive: true, encoding: 'utf8' }) : [];
  const files = names.filter((name) => name.startsWith('compiled-') && name.includes(path.sep));
  return Object.fromEntries(files.map((name) => [path.basename(name), fs.statSync(path.join(cache, name)).mtimeMs]));
}

it('keeps what the first session compiled, once', { timeout: 60_000 }, async () => {
  const first = await session();
  const files = kept();
  expect(Object.keys(files)).toContain('language-server.js.bin');
  // The second part, which has the rules.
  expect(Object.keys(files).some((name) => name.startsWith('languageServices-'))).toBe(true);
  expect(Object.keys(files).filter((name) => !name.endsWith('.js.bin'))).toEqual([]);
  expect(await session()).toEqual(first);
  expect(kept()).toEqual(files);
});

it('keeps nothing of a session without a draft', { timeout: 60_000 }, async () => {
  await (await Session.start()).stop();
  expect(kept()).toEqual({});
});

it('starts with damaged code, and replaces it', { timeout: 60_000 }, async () => {
  const first = await session();
  const name = fs
    .readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .find((one) => one.endsWith('server.js.bin'));
  const file = path.join(cache, name as string);
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(file, bytes.fill(7, 1000, 3000));
  expect(await session()).toEqual(first);
  expect(fs.readFileSync(file).subarray(1000, 3000)).not.toEqual(bytes.subarray(1000, 3000));
});

it('is built to a small first script', () => {
  expect(fs.statSync(SERVER).size).toBeLessThan(20_000);
});
