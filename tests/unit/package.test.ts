import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const manifest = readFileSync(`${root}/package.json`, 'utf8');

describe.skipIf(!existsSync(`${root}/dist/server.js`))('the package (after a build)', () => {
  const vsce = `${root}/node_modules/@vscode/vsce/vsce`;
  const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

  it('holds every file that the manifest names', () => {
    const named = [...manifest.matchAll(/"\.\/([^"\s]+\.\w+)"/g)].map(([, file]) => file);
    expect(named).toContain('syntaxes/policytext.tmLanguage.json');
    expect(files).toEqual(expect.arrayContaining(named));
  });

  it('holds what the server and the client read beside their code', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/lexicon.json',
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

  it('holds neither sources nor tests nor pictures of the READMEs', () => {
    expect(files.filter((file) => /\.(?:ts|map|mjs)$|^(?:tests|server|client|\.ci)\//.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('docs/')).sort()).toEqual([
      'docs/images/file-dark.svg',
      'docs/images/file-light.svg',
      'docs/images/icon.png',
    ]);
  });

  it('names the licence of everything that is built in', () => {
    expect(files).toContain('ThirdPartyNotices.txt');
    execFileSync(process.execPath, [`${root}/.ci/notices.mjs`, '--check'], { cwd: root });
  });
});
