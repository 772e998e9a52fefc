// Runs the end-to-end suite in real VS Code workbenches and prints the results.
//   node tests/e2e/run.mjs [configuration…] [--only words] [--report results.json] [--picture failure.png] [--verbose]
// The configurations are the keys of CONFIGURATIONS below; without any it is `server`; `all` is all of them. Exit code
// 0: all passed; 1: a test failed or a run was aborted; 3: nothing could run on this machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { openBridge } from './bridge.mjs';
import { desktopObstacle, openDesktop } from './desktop.mjs';
import { library, strangers } from './drafts.mjs';
import { installServer, installWeb, obstacle, pack, root } from './setup.mjs';
import { openWebWorkbench } from './webWorkbench.mjs';
import { openWorkbench } from './workbench.mjs';

/** A suite takes up to 300 s on two quiet cores: one that takes three times as long has hung. */
const RUN_TIME = 900_000;
const CANNOT_RUN = 3;
const DRAFTS = [path.join(root, 'tests/e2e/drafts')];

/** `prepare` installs what is missing; `open` opens a workbench that runs the suite of the same name. */
const CONFIGURATIONS = {
  server: {
    what: 'the VS Code server with a headless browser',
    prepare: installServer,
    open: (options) => openServer({ ...options, fill: library }),
  },
  restricted: {
    what: 'the same in a folder that is not trusted',
    prepare: installServer,
    open: (options) =>
      openServer({
        ...options,
        fill: strangers,
        settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
      }),
  },
  packed: {
    what: 'the same with the .vsix installed in a clean profile',
    prepare: installServer,
    open: (options) => {
      const vsix = path.join(options.scratch, 'policy-text.vsix');
      pack(vsix);
      // Tests belong to an extension under development: an empty one beside the installed one.
      return openServer({ ...options, fill: library, vsix, developed: path.join(root, 'tests/e2e/empty') });
    },
  },
  web: {
    what: 'VS Code for the Web',
    prepare: installWeb,
    open: (options) => openWebWorkbench({ ...options, developed: root, fill: library }),
  },
  desktop: {
    what: 'the desktop VS Code',
    obstacle: desktopObstacle,
    prepare: () => {},
    open: (options) => openDesktop({ ...options, developed: root, fill: library }),
  },
  launch: {
    what: 'what starts a desktop VS Code, with a stand-in started',
    prepare: installServer,
    open: (options) =>
      openDesktop({
        ...options,
        developed: root,
        fill: library,
        executable: path.join(root, 'tests/e2e/standIn.mjs'),
      }),
  },
};

/** In a browser mocha is a global of its bundle, not an export of the bundle. */
const mochaForBrowsers = {
  name: 'mocha-for-browsers',
  setup(bundle) {
    bundle.onResolve({ filter: /^mocha$/ }, ({ path: file }) => ({ path: file, namespace: 'mocha' }));
    bundle.onLoad({ filter: /./, namespace: 'mocha' }, () => ({
      contents: `import 'mocha/mocha.js'; export default globalThis.Mocha;`,
      resolveDir: root,
    }));
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    report: { type: 'string' },
    picture: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
const named = positionals.includes('all') ? Object.keys(CONFIGURATIONS) : positionals;
const wanted = named.length > 0 ? named : ['server'];
const unknown = wanted.find((name) => !Object.hasOwn(CONFIGURATIONS, name));
if (unknown) {
  console.error(`There is no configuration “${unknown}”; there are ${Object.keys(CONFIGURATIONS).join(', ')}.`);
  process.exit(2);
}

const runs = [];
for (const name of wanted) runs.push(await run(name));
if (values.report) fs.writeFileSync(values.report, JSON.stringify({ runs }));
const did = runs.filter(({ skipped }) => !skipped);
if (did.length === 0) process.exitCode = CANNOT_RUN;
else process.exitCode = did.every((one) => !one.broken && one.results.every(({ state }) => state !== 'failed')) ? 0 : 1;

/** Runs the suite in one configuration. Returns its results, or `skipped`: why it cannot run on this machine. */
async function run(name) {
  const { what, prepare, open, obstacle: hindrance = obstacle } = CONFIGURATIONS[name];
  console.log(`${name}: ${what}`);
  const started = Date.now();
  const results = [];
  const summary = { name, what, results };
  const skip = (reason) => {
    summary.skipped = reason.trim().replaceAll('\n', ' ').slice(0, 300);
    console.log(`skip   cannot run here: ${summary.skipped}`);
    return summary;
  };
  try {
    const why = hindrance();
    if (why) return skip(why);
    prepare();
  } catch (error) {
    return skip(error.message);
  }

  let opened;
  let workbench;
  let settle;
  const page = new Promise((resolve) => {
    opened = resolve;
  });
  const ended = new Promise((resolve) => {
    settle = resolve;
  });
  const bridge = await openBridge({
    page,
    process: () => workbench?.process,
    nativeMenus: name === 'desktop' && process.platform === 'darwin',
    onResult: (result) => {
      if (result.state !== 'retried') results.push(result);
      const mark = { passed: 'ok    ', failed: 'FAILED', skipped: 'skip  ', retried: 'again ' }[result.state];
      console.log(`${mark} ${result.title} (${result.duration} ms)`);
      if (result.error) console.log(result.error.replace(/^/gm, '         '));
    },
  });
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-e2e-'));
  let broken = '';
  try {
    const suite = await build(name, bridge.address);
    workbench = await open({ drafts: DRAFTS, suite, scratch, beforeLoad: (shown) => watch(shown, opened, settle) });
    opened(workbench.page);
    void workbench.ended?.then(settle);
    const timer = setTimeout(() => settle(`no end within ${RUN_TIME / 1000} s`), RUN_TIME);
    broken = await ended;
    clearTimeout(timer);
    if (broken && values.picture) await (await page).screenshot({ path: values.picture });
  } catch (error) {
    broken = String(error);
  } finally {
    await workbench?.close();
    bridge.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  if (!workbench) return skip(`the workbench did not start: ${broken}`);

  const count = (state) => results.filter((result) => result.state === state).length;
  if (count('failed') === 0 && (broken || results.length === 0)) {
    summary.broken = broken || 'no test ran';
    console.log(`FAILED the run broke off: ${summary.broken}`);
  }
  summary.seconds = (Date.now() - started) / 1000;
  const time = `${summary.seconds.toFixed(1)} s`;
  console.log(
    `${name}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped in ${time}\n`,
  );
  return summary;
}

function openServer({ developed = root, suite, ...options }) {
  return openWorkbench({
    ...options,
    payload: (remote) => [
      ['extensionDevelopmentPath', remote(developed)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ],
  });
}

/** Reports when a page is there, when the suite in it has ended and when it crashed. */
async function watch(page, opened, settle) {
  opened(page);
  page.on('crash', () => settle('the page crashed'));
  await page.exposeFunction('codeAutomationExit', (code) => settle(code === 0 ? '' : `exit code ${code}`));
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (values.verbose) console.log(`[${type}]`, ...[args].flat());
  });
}

/** Bundles the suite for one run, with the configuration and the bridge's address compiled in. Returns its path. */
async function build(name, bridge) {
  const outfile = path.join(root, `dist/e2e/${name}.js`);
  const inBrowser = name === 'web';
  await esbuild.build({
    entryPoints: [path.join(root, 'tests/e2e/suite/index.ts')],
    outfile,
    bundle: true,
    platform: inBrowser ? 'browser' : 'node',
    format: 'cjs',
    target: 'es2022',
    external: inBrowser ? ['vscode'] : ['vscode', 'mocha'],
    plugins: inBrowser ? [mochaForBrowsers] : [],
    define: {
      __CONFIGURATION__: JSON.stringify(name),
      __BRIDGE__: JSON.stringify(bridge),
      __ONLY__: JSON.stringify(values.only ?? ''),
    },
    logLevel: 'warning',
  });
  return outfile;
}
