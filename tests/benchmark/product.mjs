// The product's own functions, bundled from the sources: they find lists, references and statements.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const ENTRY = `
export { analyse } from './structure/analyse';
export { referencesOf } from './structure/references';
export { formatNumeral } from './text/numerals';
export { lint } from './rules/lint';
export { rules } from './rules/index';
export { indicatorGroups, isSpecific } from './facts/conflicts';
export { datesIn, weekdayOf } from './facts/time';
export { loadLexicon } from './lexicon/model/store';
`;

/** Bundles and imports them; takes a second. */
export async function loadProduct() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-benchmark-'));
  const outfile = path.join(scratch, 'product.mjs');
  await esbuild.build({
    stdin: { contents: ENTRY, resolveDir: path.resolve(import.meta.dirname, '../../server/src'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const product = await import(pathToFileURL(outfile).href);
  fs.rmSync(scratch, { recursive: true });
  return product;
}
