// The bundles: the client, the server and the command line, for Node and for the browser.
import fs from 'node:fs';
import { apartFiles, loadApart } from './apart.mjs';
import { cryptoWhenNeeded, oneProtocol, withoutFileModule } from './library.mjs';
import { commonParts, IN_PARTS } from './split.mjs';

/**
 * One for each file of dist, and one for those of dist/lib.
 * @param {{ minify?: boolean, quiet?: boolean }} [options]
 * @returns {import('esbuild').BuildOptions[]}
 */
export function bundles({ minify = false, quiet = false } = {}) {
  const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    bundle: true,
    outdir: 'dist',
    format: 'cjs',
    target: 'es2022',
    sourcemap: minify ? false : 'linked',
    minify,
    legalComments: 'none',
    charset: 'utf8',
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: quiet ? 'warning' : 'info',
  };
  const node = { ...common, platform: 'node', plugins: [loadApart()] };
  const inParts = [loadApart(), commonParts(), oneProtocol, withoutFileModule, cryptoWhenNeeded];
  const browser = {
    ...common,
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    plugins: [loadApart({ browser: true })],
  };
  return [
    ...apartFiles().map((apart) => ({ ...common, ...apart })),
    {
      ...node,
      ...IN_PARTS,
      entryPoints: {
        'language-server': 'server/src/node.ts',
        cli: 'server/src/cli/main.ts',
        library: 'server/src/library.ts',
        'learn-worker': 'server/src/lexicon/mining/learnWorker.node.ts',
        'index-worker': 'server/src/lsp/indexWorker.node.ts',
        'lint-worker': 'server/src/lsp/lintWorker.node.ts',
      },
      plugins: inParts,
    },
    // Loads language-server.js, and is a file without parts for that reason.
    { ...node, entryPoints: { server: 'server/src/start.node.ts' } },
    { ...node, entryPoints: { client: 'client/src/node.ts' }, external: ['vscode'] },
    { ...browser, entryPoints: { 'server.web': 'server/src/browser.ts' }, format: 'iife' },
    { ...browser, entryPoints: { 'client.web': 'client/src/browser.ts' }, external: ['vscode'] },
    // The script of the page preview's webview.
    { ...browser, entryPoints: { preview: 'client/preview/preview.ts' }, format: 'iife' },
  ];
}
