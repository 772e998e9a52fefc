// Installs programs that tests need and a machine may lack: root may do so on Debian and its derivatives.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The path of the program `name`, as the shell would find it; undefined if there is none. */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

/** Whether {@link installPackages} may install anything at all. */
export function canInstallPackages() {
  return process.platform === 'linux' && onPath('apt-get') !== undefined && process.getuid() === 0;
}

/** Installs `packages`; returns why it failed, undefined on success. */
export function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Without a network fail quickly.
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::https::Timeout=30'];
  const steps = [['update'], ['install', '--yes', '--no-install-recommends', ...packages]];
  for (const args of steps.map((step) => [...patience, ...step])) {
    const { status, stderr, error } = spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 300_000 });
    if (status !== 0) return (error?.message ?? stderr).trim();
  }
  return undefined;
}

/** The programs that tests of Word files rely on: LibreOffice renders them, poppler measures the pages. */
export const JUDGES = [
  { file: 'soffice', packages: ['libreoffice-writer-nogui', 'fonts-noto-cjk'] },
  { file: 'pdftotext', packages: ['poppler-utils'] },
];

/** Editors whose setup pages in docs/editors are tested, and pre-commit, for that of teams. */
export const DOORS = [
  { file: 'nvim', packages: ['neovim'] },
  { file: 'emacs', packages: ['emacs-nox'] },
  { file: '/usr/lib/emacsen-common/packages/install/elpa-eglot', packages: ['elpa-eglot'] },
  { file: 'vim', packages: ['vim'] },
  { file: '/usr/share/vim-ale', packages: ['vim-ale'] },
  { file: 'kak', packages: ['kakoune'] },
  { file: 'pre-commit', packages: ['pre-commit'] },
];

/**
 * Installs those of `needed` that are missing, if allowed: where neither a program of that name nor a file of that path
 * exists. `what` tells the reader what they are for. Returns why some are still missing; undefined if none is.
 */
export function installMissing(needed, what) {
  const isThere = (file) => (path.isAbsolute(file) ? fs.existsSync(file) : onPath(file) !== undefined);
  const packages = needed.filter(({ file }) => !isThere(file)).flatMap((one) => one.packages);
  if (packages.length === 0) return undefined;
  const command = `apt-get install ${packages.join(' ')}`;
  if (!canInstallPackages()) return `on Debian: ${command}`;
  console.log(`Installing ${what}: ${command} …`);
  return installPackages(packages);
}
