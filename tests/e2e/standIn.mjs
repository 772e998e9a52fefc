#!/usr/bin/env node
// A stand-in for a desktop VS Code, so that tests/e2e/desktop.mjs can be tested on machines without one. It takes the
// arguments of @vscode/test-electron, runs the suite in the VS Code server's workbench and exits with the suite's exit
// code. `npm run e2e -- launch` uses it; so does the whole suite with VSCODE_BIN=tests/e2e/standIn.mjs.
import { parseArgs } from 'node:util';
import { openWorkbench } from './workbench.mjs';

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
let end;
const ended = new Promise((resolve) => {
  end = resolve;
});
const { close } = await openWorkbench({
  drafts: positionals,
  browserArguments: [`--remote-debugging-port=${values['remote-debugging-port']}`],
  payload: (remote) => [
    ['extensionDevelopmentPath', remote(values.extensionDevelopmentPath)],
    ['extensionTestsPath', remote(values.extensionTestsPath)],
    ['skipWelcome', 'true'],
  ],
  beforeLoad: async (page) => {
    await page.exposeFunction('codeAutomationExit', (code) => end(code));
    await page.exposeFunction('codeAutomationLog', () => {});
  },
});
process.exitCode = await ended;
await close();
