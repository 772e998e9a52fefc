// Writes dist/lexicon.bin: corpus/lexicon.json, which can be compared and reviewed, in the form that is loaded fastest. The
// same input gives the same bytes.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { loadSources } from './sources.mjs';

/** Packs the lexicon `from` into the file `to`, which is replaced at once: a server may be reading it. */
export async function writePacked(from, to) {
  const { packLexicon } = await loadSources(["export { packLexicon } from './lexicon/model/store';"]);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const beside = `${to}.${process.pid}`;
  fs.writeFileSync(beside, packLexicon(fs.readFileSync(from)));
  fs.renameSync(beside, to);
}
