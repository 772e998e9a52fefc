// Learns the character counts that damaged text is repaired with:
//   node .ci/learn-characters.mjs DIRECTORY…
// Every .txt and .md file below the directories counts; damaged ones must be left out with --except=PART-OF-NAME.
// Only counts of characters are written, no text.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values, positionals } = parseArgs({
  options: { except: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const built = await esbuild.build({
  entryPoints: ['server/src/repair/characterModel.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { CharacterCounts } = await import(
  `data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`
);

const counts = new CharacterCounts();
for (const directory of positionals) {
  for (const name of fs.readdirSync(directory, { recursive: true }).sort()) {
    if (!/\.(txt|md)$/.test(name) || values.except?.some((part) => name.includes(part))) continue;
    counts.learn(fs.readFileSync(path.join(directory, name), 'utf8'));
  }
}
const file = 'server/src/repair/characterCounts.json';
fs.writeFileSync(file, `${JSON.stringify(counts.toData(), undefined, 2)}\n`);
console.error(`${file}: ${fs.statSync(file).size} bytes`);
