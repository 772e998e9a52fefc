// Builds dist: see bundles.mjs. The files of dist/lib are always built, because every other bundle may need them.
//   node scripts/build.mjs [--watch] [--minify] [--quiet] [--only server]…
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { bundles } from './bundles.mjs';
import { writePacked } from './packed.mjs';
import { writeTraditional } from './traditional.mjs';

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean' },
    minify: { type: 'boolean' },
    quiet: { type: 'boolean' },
    only: { type: 'string', multiple: true },
  },
});

// The server reads these files from its own folder. It may be built without them.
fs.mkdirSync('dist', { recursive: true });
if (fs.existsSync('corpus/spelling.bin')) fs.copyFileSync('corpus/spelling.bin', 'dist/spelling.bin');
if (fs.existsSync('corpus/lexicon.json')) await writePacked('corpus/lexicon.json', 'dist/lexicon.bin');

writeTraditional();

const wanted = bundles(values).filter(({ entryPoints }) => {
  const names = Object.keys(entryPoints);
  return !values.only || names.some((name) => name.startsWith('lib/') || values.only?.includes(name));
});
if (values.watch) for (const bundle of wanted) await (await esbuild.context(bundle)).watch();
// esbuild has reported the errors by then; a stack trace of this script would only bury them.
else await Promise.all(wanted.map((bundle) => esbuild.build(bundle))).catch(() => process.exit(1));
