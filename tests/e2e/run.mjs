// Runs the end-to-end suite in a real VS Code workbench and prints its results.
//   node tests/e2e/run.mjs [--packed] [--only words] [--report results.json] [--picture failure.png] [--verbose]
// --packed tests the extension installed from its package instead of the one under development.
// Exit code 0: all passed; 1: a test failed or the run broke off; 3: cannot run on this machine.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { installServer, obstacle, pack, root } from './setup.mjs';
import { openWorkbench, pause } from './workbench.mjs';

const RUN_TIME = 180_000;
const CANNOT_RUN = 3;

const { values } = parseArgs({
  options: {
    packed: { type: 'boolean' },
    only: { type: 'string' },
    report: { type: 'string' },
    picture: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});

const why = obstacle();
if (why) cannotRun(why);
try {
  installServer();
} catch (error) {
  cannotRun(error.message);
}

const suite = path.join(root, 'dist/e2e/suite.js');
await esbuild.build({
  entryPoints: [path.join(root, 'tests/e2e/suite/index.ts')],
  outfile: suite,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
});

const started = Date.now();
const results = [];
let page;
/** What the suite, which runs beside the extension, asks of the page it cannot see. */
const requests = {
  /** The texts of the elements of a selector that are visible. */
  texts: ({ selector }) => page.locator(selector).filter({ visible: true }).allInnerTexts(),
  press: ({ key }) => page.keyboard.press(key),
  type: async ({ text }) => {
    await page.keyboard.insertText(text);
    // Nobody types faster; the editor mixes up what comes within one frame.
    await pause(60);
  },
  /** Puts the keyboard's focus into the text of the active editor. */
  focusEditor: () => page.locator('.editor-group-container.active .monaco-editor textarea').first().focus(),
  result: (result) => {
    results.push(result);
    const mark = { passed: 'ok    ', failed: 'FAILED', skipped: 'skip  ' }[result.state];
    console.log(`${mark} ${result.title} (${result.duration} ms)`);
    if (result.error) console.log(result.error.replace(/^/gm, '         '));
  },
};
const bridge = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece) => {
    body += piece;
  });
  request.on('end', async () => {
    try {
      const { name, ...args } = JSON.parse(body);
      response.end(JSON.stringify({ answer: await requests[name](args) }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
});
await new Promise((resolve) => bridge.listen(0, '127.0.0.1', resolve));

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-e2e-'));
const vsix = values.packed ? path.join(scratch, 'policy-text.vsix') : undefined;
if (vsix) pack(vsix);
// Tests belong to an extension under development: an empty one beside the one that is installed.
const developed = vsix ? path.join(root, 'tests/e2e/empty') : root;
let outcome = '';
let workbench;
try {
  let settle;
  const ended = new Promise((resolve) => {
    settle = resolve;
  });
  workbench = await openWorkbench({
    drafts: [path.join(root, 'tests/e2e/drafts')],
    fill: writeMany,
    vsix,
    env: {
      POLICY_TEXT_BRIDGE: `http://127.0.0.1:${bridge.address().port}`,
      ...(values.only && { POLICY_TEXT_ONLY: values.only }),
    },
    payload: (remote) => [
      ['extensionDevelopmentPath', remote(developed)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ],
    beforeLoad: async (opened) => {
      page = opened;
      page.on('crash', () => settle('the page crashed'));
      await page.exposeFunction('codeAutomationExit', (code) => settle(code === 0 ? '' : `exit code ${code}`));
      await page.exposeFunction('codeAutomationLog', (type, args) => {
        if (values.verbose) console.log(`[${type}]`, ...[args].flat());
      });
    },
  });
  const timer = setTimeout(() => settle(`no end within ${RUN_TIME / 1000} s`), RUN_TIME);
  outcome = await ended;
  clearTimeout(timer);
  if (outcome !== '' && values.picture) await page.screenshot({ path: values.picture });
} catch (error) {
  outcome = String(error);
} finally {
  await workbench?.close();
  bridge.close();
  bridge.closeAllConnections();
  fs.rmSync(scratch, { recursive: true, force: true });
}

if (!workbench) cannotRun(`the workbench did not start: ${outcome}`);

const failed = results.filter(({ state }) => state === 'failed').length;
const passed = results.filter(({ state }) => state === 'passed').length;
const broken = failed === 0 && outcome !== '' ? outcome : '';
if (broken) console.log(`FAILED the run broke off: ${broken}`);
if (values.report) fs.writeFileSync(values.report, JSON.stringify({ results }));
const time = ((Date.now() - started) / 1000).toFixed(1);
console.log(`${passed} passed, ${failed} failed, ${results.length - passed - failed} skipped in ${time} s`);
process.exitCode = failed > 0 || broken || passed === 0 ? 1 : 0;

/** A folder as a long-serving writer has it. */
function writeMany(workspace) {
  const folder = path.join(workspace, '往年');
  fs.mkdirSync(folder);
  for (let index = 1; index <= 200; index++) {
    const text = `青禾县水务局关于第${index}号水库管护的通知
各乡镇人民政府：
　　为做好汛前准备，确保水库安全运行，现将有关事项通知如下：
一、落实第${index}号水库管护责任
　　各乡镇要明确专人，建立台账，做到责任到岗、任务到人。
二、强化巡查
　　每日巡查不少于两次，发现险情立即报告，妥善处置。
`;
    fs.writeFileSync(path.join(folder, `${index}.policy.txt`), text);
  }
}

/** Ends this process: the fault is with the machine and not with the extension. The last line says what is missing. */
function cannotRun(reason) {
  console.log(`cannot run here: ${reason.trim().replaceAll('\n', ' ').slice(0, 300)}`);
  process.exit(CANNOT_RUN);
}
