// `npm run package`: builds and packs dist/policy-text-VERSION.vsix, which must stay small.
import fs from 'node:fs';
import path from 'node:path';
import { node, root, tool } from './prepare.mjs';

/**
 * In bytes: 3 MB of code, 4.5 MB of lexicon and 3.5 MB of spelling, all compressed. The list that vsce prints shows
 * what takes space.
 */
const MAX_BYTES = 12_000_000;

const { name, version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const vsix = path.join('dist', `${name}-${version}.vsix`);
/**
 * By the Marketplace's convention pre-releases have odd minor numbers; they are accepted only if the package itself
 * says so.
 */
const isPreRelease = Number(version.split('.')[1]) % 2 === 1;

// Left-overs of an earlier build, under a name that is no longer built, would be packed too.
fs.rmSync(path.join(root, 'dist/lib'), { recursive: true, force: true });
const dist = path.join(root, 'dist');
for (const name of fs.existsSync(dist) ? fs.readdirSync(dist) : [])
  if (name.endsWith('.js')) fs.rmSync(path.join(dist, name));
step(['scripts/build.mjs', '--minify', '--quiet']);
const README = 'dist/README.md';
fs.writeFileSync(path.join(root, README), withPictures('docs/extension.md'));
step([
  tool('@vscode/vsce', 'vsce'),
  'package',
  ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
  ...(isPreRelease ? ['--pre-release'] : []),
  ...['--readme-path', README],
  ...['--out', vsix],
]);
const { size } = fs.statSync(vsix);
console.log(`${vsix}: ${(size / 1e6).toFixed(2)} MB`);
if (size > MAX_BYTES) {
  console.error(`The package must not be larger than ${MAX_BYTES / 1e6} MB.`);
  process.exitCode = 1;
}

/** The page of the installed extension: an editor does not show a package's pictures by path, so they are inlined. */
function withPictures(file) {
  const folder = path.dirname(path.join(root, file));
  return fs.readFileSync(path.join(root, file), 'utf8').replace(/\]\(([^()\s:]+\.png)\)/g, (_, picture) => {
    const bytes = fs.readFileSync(path.join(folder, picture));
    return `](data:image/png;base64,${bytes.toString('base64')})`;
  });
}

function step(args) {
  const { code } = node(args, { inherit: true });
  if (code !== 0) process.exit(code);
}
