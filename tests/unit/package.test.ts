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
      expect.arrayContaining(['dist/lexicon.json', 'l10n/bundle.l10n.zh-cn.json', 'package.nls.zh-cn.json', 'LICENSE']),
    );
  });

  it('holds neither sources nor tests', () => {
    expect(files.filter((file) => /\.(?:ts|map|mjs|png)$|^(?:tests|server|client|docs|\.ci)\//.test(file))).toEqual([]);
  });
});
