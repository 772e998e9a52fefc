// Runs the suite in a desktop VS Code through @vscode/test-electron: the one named by VSCODE_BIN, or one that
// test-electron has downloaded or can download.
import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { chromium } from 'playwright-core';
import { root } from './setup.mjs';
import { copyOf, freePort, pause, writeSettings } from './workbench.mjs';

const CACHE = path.join(root, '.vscode-test');
const WAIT_FOR_PAGE = 60_000;

/** Why a desktop VS Code cannot be run here, as a message; undefined if it can. */
export function desktopObstacle() {
  const { VSCODE_BIN: named } = process.env;
  if (named && !fs.existsSync(named)) return `VSCODE_BIN names a file that is not there: ${named}`;
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return undefined;
  // The program named may bring a screen of its own: a script with xvfb-run, or the stand-in.
  return named ? undefined : 'no screen: DISPLAY is not set (xvfb-run gives one)';
}

/**
 * Opens the editor, `executable` or the one that is named or downloaded; it runs `suite` and exits by itself. Returns
 * `page`, a promise, `ended`, a promise of '' or of why it failed, and `close`. Throws if there is no VS Code and none
 * can be downloaded.
 */
export async function openDesktop({ drafts, fill, developed, suite, executable = process.env.VSCODE_BIN }) {
  const editor = executable ? editorOf(executable) : await download();
  const { scratch, workspace } = copyOf(drafts, fill);
  const user = path.join(scratch, 'user');
  // Native menus are not on the page.
  writeSettings(user, { 'window.titleBarStyle': 'custom', 'window.dialogStyle': 'custom' });
  const port = await freePort();
  let over = false;
  const ended = runTests({
    vscodeExecutablePath: editor,
    extensionDevelopmentPath: developed,
    extensionTestsPath: suite,
    extensionTestsEnv: cleared(process.env),
    launchArgs: [
      workspace,
      `--user-data-dir=${user}`,
      `--extensions-dir=${path.join(scratch, 'extensions')}`,
      `--remote-debugging-port=${port}`,
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
    ],
  }).then(
    () => '',
    (error) => `the desktop VS Code ended: ${error.message ?? error}`,
  );
  void ended.then(() => {
    over = true;
  });
  const connected = connect(port, () => over);
  return {
    page: connected.then(({ page }) => page),
    process: process.pid,
    ended,
    close: async () => {
      await connected.then(({ browser }) => browser.close()).catch(() => {});
      fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/**
 * The editor's own executable, if `file` is the launcher script (`code`, often by a link): the script would return at
 * once and end the tests.
 */
export function editorOf(file) {
  const script = fs.realpathSync(file);
  const [folder, name] = [path.dirname(script), path.basename(script)];
  if (path.basename(folder) !== 'bin') return file;
  const plain = name.replace(/\.cmd$/i, '');
  const candidates = [
    path.join(folder, '..', plain),
    path.join(folder, '..', plain === 'code' ? 'Code.exe' : 'Code - Insiders.exe'),
    // macOS: Visual Studio Code.app/Contents/Resources/app/bin/code
    path.join(folder, '../../../MacOS/Electron'),
  ];
  return candidates.find((one) => fs.existsSync(one) && fs.statSync(one).isFile()) ?? file;
}

/**
 * The environment without variables of another editor in whose terminal or task this runs: the new one would act on
 * them.
 */
function cleared(environment) {
  const names = Object.keys(environment).filter((name) => /^(?:VSCODE_|ELECTRON_)/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

async function download() {
  try {
    return await downloadAndUnzipVSCode({ cachePath: CACHE, timeout: 30_000 });
  } catch (error) {
    throw new Error(
      `no desktop VS Code: VSCODE_BIN is not set, and none could be downloaded (${error.message ?? error})`,
    );
  }
}

/** The workbench's page, through the editor's debugging port. */
async function connect(port, isOver) {
  const end = Date.now() + WAIT_FOR_PAGE;
  for (;;) {
    try {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        if ((await page.locator('.monaco-workbench').count()) > 0) return { browser, page };
      }
      await browser.close();
    } catch {
      // It has not started yet.
    }
    if (isOver() || Date.now() > end) throw new Error('the page of the desktop VS Code was not found');
    await pause(250);
  }
}
