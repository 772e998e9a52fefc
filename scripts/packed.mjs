// Writes dist/lexicon.bin: corpus/lexicon.json, which can be compared and reviewed, in the form that is loaded fastest. The
// same input gives the same bytes.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Packs the lexicon `from` into the file `to`, which is replaced at once: a server may be reading it. */
export async function writePacked(from, to) {
  const { packLexicon } = await store();
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const beside = `${to}.${process.pid}`;
  fs.writeFileSync(beside, packLexicon(fs.readFileSync(from)));
  fs.renameSync(beside, to);
}

/** The module that reads and writes lexicons, from the sources. */
async function store() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-pack-'));
  try {
    const outfile = path.join(folder, 'store.mjs');
    await build({
      entryPoints: [path.resolve(import.meta.dirname, '../server/src/lexicon/model/store.ts')],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      outfile,
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
