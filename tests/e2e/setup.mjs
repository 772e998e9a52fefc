// What the end-to-end tests run in: a browser that is already here, and the VS Code server of the npm package code-server,
// installed without install scripts into a cache folder. `node tests/e2e/setup.mjs` prepares it beforehand.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** code-server 4.100.3 is VS Code 1.100.3, the last that runs on Node 20. */
const VERSION = '4.100.3';
const cache = path.join(root, '.codeserver', VERSION);
const code = path.join(cache, 'node_modules/code-server/lib/vscode');
const finished = path.join(cache, '.finished');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The path of a Chromium to drive: the variable CHROMIUM, or the first found on the PATH; undefined where there is none. */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(folder, name);
      if (folder !== '' && fs.existsSync(file)) return file;
    }
  }
  return undefined;
}

/** Why the tests cannot run on this machine, in words for a person; undefined where they can. */
export function obstacle() {
  if (process.platform === 'win32') return 'the VS Code server from npm does not run on Windows';
  if (!findBrowser()) {
    return `no Chromium found (looked for ${NAMES.join(', ')}; on Debian: apt-get install chromium fonts-noto-cjk)`;
  }
  return undefined;
}

/** Installs the VS Code server unless it is there. Returns the path of its script; throws where it cannot be installed. */
export function installServer() {
  if (!fs.existsSync(finished)) {
    console.log(`Installing the VS Code server into ${path.relative(root, cache)}, about 300 MB …`);
    fs.rmSync(cache, { recursive: true, force: true });
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(path.join(cache, 'package.json'), '{ "private": true }\n');
    npm(cache, 'install', `code-server@${VERSION}`);
    // What the package's own install script would do, less the modules it compiles: VS Code gets by without them.
    npm(code, 'install', '--omit=dev');
    fs.symlinkSync('node_modules', path.join(code, 'node_modules.asar'));
    fs.writeFileSync(finished, '');
  }
  return path.join(code, 'out/server-main.js');
}

/** Packs the extension, as it was last built, into the file `vsix`. */
export function pack(vsix) {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args, '--out', vsix], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The extension could not be packed:\n${stdout}${stderr}`);
}

function npm(cwd, ...args) {
  args.push('--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error');
  // Where there is no network it should be said soon.
  args.push('--fetch-retries=1', '--fetch-timeout=30000');
  const { status, stderr, error } = spawnSync('npm', args, { cwd, encoding: 'utf8', timeout: 150_000 });
  if (status !== 0) throw new Error(`npm ${args[0]} failed: ${(error?.message ?? stderr).trim().slice(0, 200)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const why = obstacle();
  if (why) console.log(`The end-to-end tests cannot run here: ${why}.`);
  installServer();
  console.log('The VS Code server is installed.');
}
