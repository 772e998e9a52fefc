import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const manifest = readFileSync(`${root}/package.json`, 'utf8');

/** Keys that VS Code itself uses while text is edited. */
const TAKEN = {
  key: [
    'ctrl+alt+up',
    'ctrl+alt+down',
    'ctrl+alt+left',
    'ctrl+alt+right',
    'ctrl+alt+backspace',
    'ctrl+alt+b',
    'ctrl+alt+i',
  ],
  mac: [
    'cmd+alt+f',
    'cmd+alt+.',
    'cmd+alt+n',
    'cmd+alt+p',
    'cmd+alt+[',
    'cmd+alt+]',
    'cmd+alt+up',
    'cmd+alt+down',
    'cmd+alt+b',
  ],
};

it('goes by one version, in the manifest, the lock file and every page that tells how to get it', () => {
  const { version } = JSON.parse(manifest);
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8'));
  expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  const pages = readdirSync(`${root}/docs`, { recursive: true, encoding: 'utf8' }).filter((page) =>
    page.endsWith('.md'),
  );
  const told = [
    ...pages.map((page) => `docs/${page}`),
    'README.md',
    'README.zh-CN.md',
    '.pre-commit-hooks.yaml',
  ].flatMap((page) =>
    [
      ...readFileSync(`${root}/${page}`, 'utf8').matchAll(
        /(?:policy-text[\w/]*@v?|rev: v|policy-text-)(\d+\.\d+\.\d+)/g,
      ),
    ].map(([, named]) => [page, named]),
  );
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(told.filter(([, named]) => named !== version)).toEqual([]);
});

describe('the keys', () => {
  const { keybindings, commands } = JSON.parse(manifest).contributes;

  it('are those of commands that exist, on all systems, in drafts alone', () => {
    const known = commands.map(({ command }: { command: string }) => command);
    for (const { command, key, mac, when } of keybindings) {
      if (command.startsWith('policyText.')) expect(known).toContain(command);
      // On macOS Ctrl has other uses.
      if (key.includes('ctrl')) expect(mac, command).toBeDefined();
      expect(when, command).toMatch(/policytext|policyText\./);
    }
  });

  it.each(['key', 'mac'] as const)('take none from VS Code and none twice (%s)', (system) => {
    const keys = keybindings.map((binding: Record<string, string>) => `${binding[system]} ${binding.when}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const binding of keybindings) expect(TAKEN[system]).not.toContain(binding[system]);
  });
});

describe.skipIf(!existsSync(`${root}/dist/server.js`))('the package (after a build)', () => {
  const vsce = `${root}/node_modules/@vscode/vsce/vsce`;
  const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

  it('holds every file that the manifest names', () => {
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:[\w-]+\/)+[\w.-]+\.\w+)"/g)].map(([, file]) => file);
    expect(named).toContain('syntaxes/policytext.tmLanguage.json');
    expect(files).toEqual(expect.arrayContaining(named));
  });

  it('holds what the server and the client read beside their code', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/lexicon.bin',
        'l10n/bundle.l10n.zh-cn.json',
        'package.nls.zh-cn.json',
        'LICENSE',
        'SECURITY.md',
      ]),
    );
  });

  it('holds each table once, in a file that is loaded when it is needed', () => {
    const tables = { 'opencc-cn2t': '不假外出', 'opencc-t2cn': '八字方針 八字方針', 'pinyin-pro': 'dì yī' };
    for (const [file, word] of Object.entries(tables)) {
      const holding = files.filter(
        (name) => name.endsWith('.js') && readFileSync(`${root}/${name}`, 'utf8').includes(word),
      );
      expect(holding).toEqual([`dist/lib/${file}.js`]);
    }
  });

  it('starts the server without the rules, the lexicon and the repairs', () => {
    const loaded = new Set(['server.js', 'language-server.js']);
    let size = 0;
    for (const name of loaded) {
      const code = readFileSync(`${root}/dist/${name}`, 'utf8');
      size += code.length;
      expect(code, name).not.toMatch(/slogan\.quote-drift|text\.mixed-script/);
      for (const [, part] of code.matchAll(/^[^=]*=?\s*require\("\.\/([\w-]+\.js)"\);/gm)) loaded.add(part as string);
    }
    expect(loaded.size).toBeGreaterThan(2);
    // A server that does nothing, with the same library, is 450,000; minified all are half as long.
    expect(size).toBeLessThan(800_000);
    for (const name of loaded) expect(files).toContain(`dist/${name}`);
  });

  it('holds neither sources nor tests nor pictures of the READMEs', () => {
    expect(files.filter((file) => /\.(?:ts|map|mjs)$|^(?:tests|server|client|\.ci)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /^docs\/(?!images\/walkthrough\/)/.test(file)).sort()).toEqual([
      'docs/images/file-dark.svg',
      'docs/images/file-light.svg',
      'docs/images/icon.png',
      'docs/images/view.svg',
      'docs/skills/policy-text-drafting/SKILL.md',
    ]);
  });

  it('names the licence of everything that is built in', () => {
    expect(files).toContain('ThirdPartyNotices.txt');
    execFileSync(process.execPath, [`${root}/scripts/notices.mjs`, '--check'], { cwd: root });
  });
});
