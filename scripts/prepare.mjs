// First step of `npm start` and `npm test`: checks Node's version and installs what is missing.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 20;

/** The folder of the project, whatever the working directory. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(`policy-text needs Node.js ${NEEDED} or later; this is ${process.version}. See https://nodejs.org`);
  console.error(`需要 Node.js ${NEEDED} 或更高版本，当前为 ${process.version}。下载：https://nodejs.org`);
  process.exit(1);
}
process.chdir(root);

/** Runs Node with `args` in the project's folder. Returns the exit code and, unless `inherit` is set, the output. */
export function node(args, { inherit = false } = {}) {
  return run(process.execPath, args, { inherit });
}

/** The path of a tool's script, to be run by Node without a shell. */
export function tool(packageName, bin) {
  const folder = path.join(root, 'node_modules', packageName);
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const bins = typeof manifest.bin === 'string' ? { [bin]: manifest.bin } : manifest.bin;
  return path.join(folder, bins[bin]);
}

const QUIETLY = ['--ignore-scripts', '--no-audit'];

/** Installs the packages of package-lock.json, if any is missing or has another version. */
export function install() {
  if (isInstalled()) return;
  console.log('Installing packages, about a minute … 正在安装依赖，约需一分钟……');
  // `npm ci` installs exactly what the lock file says, but rejects one that lacks a package for another platform.
  let { code, output } = npm('ci', ...QUIETLY);
  if (code !== 0) ({ code, output } = npm('install', '--no-save', ...QUIETLY));
  if (code !== 0) {
    console.error(output.trim());
    console.error('Installing failed. 安装依赖失败，请检查网络后重试。');
    process.exit(1);
  }
}

/** Runs npm with `args` in the project's folder; returns the same as {@link node}. */
export function npm(...args) {
  args.push('--no-fund', '--loglevel=error', '--no-progress');
  // `npm start` and `npm test` set the path of npm's script; a bare `node scripts/start.mjs` has to search for npm.
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args])
    : run('npm', args, { shell: process.platform === 'win32' });
}

/** npm keeps a copy of the lock file in node_modules that says what is installed. */
function isInstalled() {
  let wanted;
  let present;
  try {
    wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    present = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

function run(command, args, { inherit = false, shell = false } = {}) {
  // Captured output is shown later or not at all; colours would only get in the way.
  const env = inherit ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env,
    shell,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  return { code: status ?? 1, output: `${stdout ?? ''}${stderr ?? ''}${error ? `\n${error.message}` : ''}` };
}
