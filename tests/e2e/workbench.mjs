// Starts a VS Code server on a copy of some drafts and opens its workbench in a headless browser.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, installServer } from './setup.mjs';

/** No animations, prompts or telemetry: only the drafts and the extension affect the page. */
const SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};
const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const START_TIME = 60_000;

/**
 * Opens a workbench. `drafts` are folders whose files are copied into the workspace, to which `fill` may add more;
 * `payload` are pairs VS Code's workbench is started with; `vsix` is a package to install; `settings`, which `fill` may
 * return too, are added to the usual ones. `beforeLoad` gets the page before it loads. Returns the page, the
 * workspace's folder, the process id of the VS Code server and `close`.
 */
export async function openWorkbench({
  drafts,
  fill,
  payload = () => [],
  vsix,
  settings = {},
  viewport,
  locale,
  browserArguments,
  beforeLoad,
}) {
  const script = installServer();
  const { scratch, workspace, filled } = copyOf(drafts, fill);
  const user = path.join(scratch, 'user');
  const extensions = path.join(scratch, 'extensions');
  writeSettings(user, { ...settings, ...filled });

  const environment = { ...process.env, XDG_CONFIG_HOME: scratch, XDG_DATA_HOME: scratch, EXTENSIONS_GALLERY: '{}' };
  for (const name of Object.keys(environment)) if (name.startsWith('VSCODE_')) delete environment[name];
  if (vsix) install(script, vsix, extensions, user, environment);

  const port = await freePort();
  const log = path.join(scratch, 'server.log');
  const output = fs.openSync(log, 'w');
  const server = spawn(
    process.execPath,
    [
      script,
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--server-data-dir', user, '--user-data-dir', user, '--extensions-dir', extensions],
      '--without-connection-token',
      '--accept-server-license-terms',
      // Newer builds ignore tests without it.
      '--enable-smoke-test-driver',
    ],
    { env: environment, stdio: ['ignore', output, output], detached: true },
  );
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await endGroup(server);
    fs.closeSync(output);
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    const address = `http://127.0.0.1:${port}/`;
    await untilServed(address, server, log);
    const { page, ...opened } = await openBrowser({ viewport, locale, browserArguments });
    browser = opened.browser;
    await beforeLoad?.(page);
    const remote = (file) => `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`;
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload(remote, workspace)) });
    await page.goto(`${address}?${query}`, { timeout: START_TIME });
    return { page, workspace, process: server.pid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Copies `drafts` into a workspace in a scratch folder and lets `fill` add to it. Returns both and the result of
 * `fill`.
 */
export function copyOf(drafts, fill) {
  // A short path, because sockets are created under it.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-e2e-'));
  const workspace = path.join(scratch, 'drafts');
  for (const folder of drafts) fs.cpSync(folder, workspace, { recursive: true });
  return { scratch, workspace, filled: fill?.(workspace) };
}

/** Writes the settings of a new user: `settings` in addition to the usual ones. */
export function writeSettings(user, settings = {}) {
  fs.mkdirSync(path.join(user, 'User'), { recursive: true });
  fs.writeFileSync(path.join(user, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
}

/**
 * Opens a headless browser with one empty page. With `profile`, a folder, it is a regular browser; without, a private
 * window, in which no frame of another origin can start a worker: VS Code for the Web cannot fill its webviews there.
 */
export async function openBrowser({
  viewport = { width: 1400, height: 900 },
  locale = 'en-US',
  browserArguments = [],
  profile,
} = {}) {
  const launched = {
    executablePath: findBrowser(),
    headless: true,
    args: [...BROWSER_ARGUMENTS, ...browserArguments],
  };
  // The browser would ask a writer; here nobody can answer.
  const permissions = ['clipboard-read', 'clipboard-write'];
  if (profile !== undefined) {
    // 0: cookies of other origins are allowed, and with them their workers.
    const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
    fs.mkdirSync(path.join(profile, 'Default'), { recursive: true });
    fs.writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(profile, { ...launched, viewport, locale, permissions });
    return { browser: context, page: context.pages()[0] ?? (await context.newPage()) };
  }
  const browser = await chromium.launch(launched);
  const context = await browser.newContext({ viewport, locale, permissions });
  return { browser, page: await context.newPage() };
}

function install(script, vsix, extensions, user, env) {
  const args = ['--install-extension', path.resolve(vsix), '--extensions-dir', extensions, '--server-data-dir', user];
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args, '--force'], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The package could not be installed:\n${stdout}${stderr}`);
}

/** A free port of this machine. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Waits until a server answers at `address`; throws what it wrote to `log` if it exits or takes too long. */
export async function untilServed(address, server, log) {
  const end = Date.now() + START_TIME;
  for (;;) {
    const answered = await fetch(address, { redirect: 'manual' }).then(
      ({ status }) => status < 500,
      () => false,
    );
    if (answered) return;
    if (Date.now() > end || server.exitCode !== null) {
      throw new Error(`The VS Code server did not start:\n${fs.readFileSync(log, 'utf8')}`);
    }
    await pause(50);
  }
}

/** Ends the server and everything it started. */
export async function endGroup(server) {
  const alive = () => server.exitCode === null && server.signalCode === null;
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    try {
      process.kill(-server.pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; alive() && waited < 3000; waited += 50) await pause(50);
  }
}

/** Resolves after `time` milliseconds. */
export function pause(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}
