// Opens VS Code for the Web, served by @vscode/test-web on a copy of some drafts, in a headless browser. Nothing of VS
// Code or of the extension runs outside the browser; it accesses the drafts as a virtual file system.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { installWeb, WEB_COMMIT } from './setup.mjs';
import { copyOf, endGroup, freePort, openBrowser, untilServed } from './workbench.mjs';

const SERVE = 'require(process.argv[1]).open(JSON.parse(process.argv[2]))';

/**
 * `drafts` and `fill` provide the files of the workspace; `developed` is the folder of the extension, `suite` the path
 * of the tests below it; `beforeLoad` gets the page before it loads. Returns the page and `close`.
 */
export async function openWebWorkbench({ drafts, fill, developed, suite, beforeLoad }) {
  const { tester, builds } = installWeb();
  const { scratch, workspace } = copyOf(drafts, fill);
  const port = await freePort();
  const options = {
    browserType: 'none',
    quality: 'stable',
    commit: WEB_COMMIT,
    testRunnerDataDir: builds,
    host: 'localhost',
    port,
    extensionDevelopmentPath: developed,
    extensionTestsPath: suite,
    folderPath: workspace,
  };
  const log = path.join(scratch, 'server.log');
  const output = fs.openSync(log, 'w');
  const server = spawn(process.execPath, ['-e', SERVE, tester, JSON.stringify(options)], {
    stdio: ['ignore', output, output],
    detached: true,
  });
  let browser;
  const close = async () => {
    await browser?.close().catch(() => {});
    await endGroup(server);
    fs.closeSync(output);
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const address = `http://localhost:${port}/`;
    await untilServed(address, server, log);
    const { page, ...opened } = await openBrowser({ profile: path.join(scratch, 'browser') });
    browser = opened.browser;
    await beforeLoad?.(page);
    const query = new URLSearchParams({ payload: JSON.stringify([['skipWelcome', 'true']]) });
    await page.goto(`${address}?${query}`);
    return { page, workspace, close };
  } catch (error) {
    await close();
    throw error;
  }
}
