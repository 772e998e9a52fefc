// Bundles the client, the server and the command line for Node and for the browser.
//   node .ci/build.mjs [--watch] [--minify] [--quiet] [--only server]…
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

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
const node = { ...common, platform: 'node' };
// In a browser there is no file beside the server: the lexicon is part of it.
const shippedLexicon = {
  name: 'shipped-lexicon',
  setup(build) {
    build.onResolve({ filter: /^shipped-lexicon$/ }, () => ({ path: path.resolve(LEXICON), namespace: 'shipped' }));
    build.onLoad({ filter: /./, namespace: 'shipped' }, ({ path: file }) => ({
      contents: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '',
      loader: 'text',
      watchFiles: [file],
    }));
  },
};
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

const bundles = [
  { ...node, entryPoints: { server: 'server/src/node.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: { 'learn-worker': 'server/src/lexicon/learnWorker.node.ts' } },
  { ...node, entryPoints: { client: 'client/src/node.ts' }, external: ['vscode'] },
  { ...browser, entryPoints: { 'server.web': 'server/src/browser.ts' }, format: 'iife', plugins: [shippedLexicon] },
  { ...browser, entryPoints: { 'client.web': 'client/src/browser.ts' }, external: ['vscode'] },
]
  .filter(({ entryPoints }) => !values.only || Object.keys(entryPoints).some((name) => values.only?.includes(name)))
  .map((bundle) => ({ ...bundle, outdir: 'dist' }));

// The server in Node reads it beside itself.
if (fs.existsSync(LEXICON)) {
  fs.mkdirSync('dist', { recursive: true });
  fs.copyFileSync(LEXICON, 'dist/lexicon.json');
}

if (values.watch) for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
// esbuild has said what is wrong by then; a stack trace of this script would only bury it.
else await Promise.all(bundles.map((bundle) => esbuild.build(bundle))).catch(() => process.exit(1));
