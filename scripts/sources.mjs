// The product's own functions for scripts and benchmarks, bundled from the sources in server/src.
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Bundles and runs the statements `exported` ("export { lint } from './rules/lint';", relative to server/src) and returns
 * what they export; takes a second.
 */
export async function loadSources(exported) {
  const built = await esbuild.build({
    stdin: { contents: exported.join('\n'), resolveDir: path.join(root, 'server/src'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'error',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', '__dirname', built.outputFiles[0].text)(
    module,
    module.exports,
    createRequire(path.join(root, 'package.json')),
    root,
  );
  return module.exports;
}
