// Bundles the client, the server and the command line for Node and for the browser.
//   node .ci/build.mjs [--watch] [--minify] [--quiet] [--only server]…
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { apartFiles, loadApart } from './apart.mjs';

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean' },
    minify: { type: 'boolean' },
    quiet: { type: 'boolean' },
    only: { type: 'string', multiple: true },
  },
});
const LEXICON = 'corpus/lexicon.json';
const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  format: 'cjs',
  target: 'es2022',
  sourcemap: values.minify ? false : 'linked',
  minify: values.minify ?? false,
  legalComments: 'none',
  charset: 'utf8',
  define: { __VERSION__: JSON.stringify(version) },
  logLevel: values.quiet ? 'warning' : 'info',
};
const node = { ...common, platform: 'node', plugins: [loadApart()] };
/** The tables of encodings that no Chinese draft comes in are not packed. */
const withoutForeignTables = {
  name: 'without-foreign-tables',
  setup(build) {
    build.onLoad({ filter: /iconv-lite.encodings.tables.(?:shiftjis|eucjp|cp949)\.json$/ }, () => ({
      contents: '[]',
      loader: 'json',
    }));
  },
};
const browser = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  plugins: [loadApart({ browser: true })],
};

const bundles = [
  { ...common, ...apartFiles() },
  { ...node, entryPoints: { server: 'server/src/node.ts' } },
  {
    ...node,
    ...node,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [loadApart(), withoutForeignTables],
  },
  { ...node, entryPoints: { 'learn-worker': 'server/src/lexicon/learnWorker.node.ts' } },
  { ...node, entryPoints: { client: 'client/src/node.ts' }, external: ['vscode'] },
  { ...browser, entryPoints: { 'server.web': 'server/src/browser.ts' }, format: 'iife' },
  { ...browser, entryPoints: { 'client.web': 'client/src/browser.ts' }, external: ['vscode'] },
]
  .filter(({ entryPoints }) => {
    const names = Object.keys(entryPoints);
    return !values.only || names.some((name) => name.startsWith('lib/') || values.only?.includes(name));
  })
  .map((bundle) => ({ ...bundle, outdir: 'dist' }));

// The server reads it beside itself.
if (fs.existsSync(LEXICON)) {
  fs.mkdirSync('dist', { recursive: true });
  fs.copyFileSync(LEXICON, 'dist/lexicon.json');
}

if (values.watch) for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
// esbuild has said what is wrong by then; a stack trace of this script would only bury it.
else await Promise.all(bundles.map((bundle) => esbuild.build(bundle))).catch(() => process.exit(1));
