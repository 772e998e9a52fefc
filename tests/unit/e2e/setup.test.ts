import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/**
 * Finding or installing a browser for the end-to-end tests; the package manager here is a script that records its
 * arguments.
 */
const { findBrowser, obstacle } = await import(new URL('../../e2e/setup.mjs', import.meta.url).href);

describe.skipIf(process.platform !== 'linux')('a browser for the end-to-end tests', () => {
  let folder: string;
  const log = () => fs.readFileSync(path.join(folder, 'log'), 'utf8').trim().split('\n');
  const program = (name: string, script: string) =>
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-setup-'));
    vi.stubEnv('PATH', folder);
    vi.stubEnv('CHROMIUM', '');
    vi.spyOn(process as { getuid(): number }, 'getuid').mockReturnValue(0);
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is the one that is named, or one on the PATH', () => {
    expect(findBrowser()).toBeUndefined();
    program('google-chrome', '');
    expect(findBrowser()).toBe(path.join(folder, 'google-chrome'));
    expect(obstacle()).toBeUndefined();
    vi.stubEnv('CHROMIUM', '/opt/chromium');
    expect(findBrowser()).toBe('/opt/chromium');
  });

  it('is installed by root from Debian packages, with fonts for Chinese', () => {
    program(
      'apt-get',
      `echo "$DEBIAN_FRONTEND $*" >> ${folder}/log\nif [ "$7" = install ]; then echo > ${folder}/chromium; fi`,
    );
    expect(obstacle()).toBeUndefined();
    const [update = '', install = '', ...more] = log();
    expect(update).toMatch(/^noninteractive .* update$/);
    expect(install).toMatch(/^noninteractive .* install --yes --no-install-recommends chromium fonts-noto-cjk$/);
    expect(more).toEqual([]);
  });

  it('is not installed by anybody else, who is told how to', () => {
    program('apt-get', `echo "$*" >> ${folder}/log`);
    vi.spyOn(process as { getuid(): number }, 'getuid').mockReturnValue(1000);
    expect(obstacle()).toMatch(/^no Chromium found .*on Debian: apt-get install chromium fonts-noto-cjk/);
    expect(fs.existsSync(path.join(folder, 'log'))).toBe(false);
  });

  it('that cannot be installed is said so, with the reason', () => {
    program('apt-get', 'echo "Could not resolve the name" >&2; exit 100');
    expect(obstacle()).toMatch(/could not be installed: Could not resolve the name$/);
    program('apt-get', 'exit 0');
    expect(obstacle()).toMatch(/^no Chromium found/);
  });
});
