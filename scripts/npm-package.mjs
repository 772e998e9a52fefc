// `node scripts/npm-package.mjs [--no-build] [--out FOLDER]`: assembles dist/npm, the folder that is published to npm:
// the command line, the server and the library with its types. All dependencies are bundled, so installing the package
// installs nothing else.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { node, root, tool } from './prepare.mjs';

const { values } = parseArgs({ options: { 'no-build': { type: 'boolean' }, out: { type: 'string' } } });
const out = path.resolve(values.out ?? path.join(root, 'dist/npm'));
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

if (!values['no-build']) step(['scripts/build.mjs', '--quiet', '--minify']);
step([tool('typescript', 'tsc'), '--build']);

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(path.join(out, 'dist'), { recursive: true });
const editorOnly = /^(?:client|.*\.web)\b|\.map$/;
for (const entry of fs.readdirSync(path.join(root, 'dist'), { withFileTypes: true })) {
  const { name } = entry;
  if (entry.isFile() ? editorOnly.test(name) || name.endsWith('.vsix') : name !== 'lib') continue;
  fs.cpSync(path.join(root, 'dist', name), path.join(out, 'dist', name), {
    recursive: true,
    filter: (file) => !file.endsWith('.map'),
  });
}
fs.copyFileSync(path.join(root, 'dist/types/server/library.d.ts'), path.join(out, 'dist/library.d.ts'));
// The server's own file is loaded by editors and has no #! line.
fs.writeFileSync(path.join(out, 'dist/start-server.js'), "#!/usr/bin/env node\nrequire('./server.js');\n");
for (const name of ['LICENSE', 'ThirdPartyNotices.txt', 'SECURITY.md', 'CHANGELOG.md']) {
  fs.copyFileSync(path.join(root, name), path.join(out, name));
}
fs.copyFileSync(path.join(root, 'docs/teams.md'), path.join(out, 'README.md'));

const { name, version, license, keywords, engines } = manifest;
const published = {
  name,
  version,
  description: 'Outline, checks and fixes for Chinese policy texts: command line, language server and library',
  license,
  keywords,
  engines: { node: engines.node },
  bin: { 'policy-text': 'dist/cli.js', 'policy-text-server': 'dist/start-server.js' },
  main: 'dist/library.js',
  types: 'dist/library.d.ts',
  exports: { '.': { types: './dist/library.d.ts', default: './dist/library.js' }, './package.json': './package.json' },
  files: ['dist', '*.md', '*.txt', 'LICENSE'],
  publishConfig: { access: 'public', provenance: true },
  ...(manifest.repository && { repository: manifest.repository }),
};
fs.writeFileSync(path.join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
console.log(out);

function step(args) {
  const { code } = node(args, { inherit: true });
  if (code !== 0) process.exit(code);
}
