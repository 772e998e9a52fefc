// Learns the character counts for repairing damaged text:
//   node scripts/learn-characters.mjs --words=DICTIONARY DIRECTORY…
// Every .txt and .md file below the directories counts; damaged ones must be left out with --except=PART-OF-NAME.
// DICTIONARY has a word, its frequency and optionally more on each line, as the dict.txt of jieba (MIT) has them. Only
// counts of characters are written, no text.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values, positionals } = parseArgs({
  options: { except: { type: 'string', multiple: true }, words: { type: 'string' } },
  allowPositionals: true,
});
const built = await esbuild.build({
  stdin: {
    contents: "export * from './characterModel'; export * from './words';",
    resolveDir: 'server/src/repair',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { CharacterCounts, Words, characterClass } = await import(
  `data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`
);

// Words consist of Chinese characters alone. Those used less often are not worth their size; longer ones say more.
const WORD = /^[\u4e00-\u9fff]{1,6}$/;
const MIN_COUNT = [0, 100, 80, 50];
const words = new Words();
for (const line of values.words ? fs.readFileSync(values.words, 'utf8').split('\n') : []) {
  const [word, frequency] = line.split(' ');
  if (!WORD.test(word) || Number(frequency) < MIN_COUNT[Math.min(word.length, MIN_COUNT.length - 1)]) continue;
  words.learn(
    [...word].map((character) => characterClass(character.charCodeAt(0))),
    Number(frequency),
  );
}

const counts = new CharacterCounts();
for (const directory of positionals) {
  for (const name of fs.readdirSync(directory, { recursive: true }).sort()) {
    if (!/\.(txt|md)$/.test(name) || values.except?.some((part) => name.includes(part))) continue;
    counts.learn(fs.readFileSync(path.join(directory, name), 'utf8'));
  }
}
const file = 'server/src/repair/characterCounts.json';
fs.writeFileSync(file, `${JSON.stringify({ ...counts.toData(), words: words.toData() }, undefined, 2)}\n`);
console.error(`${file}: ${fs.statSync(file).size} bytes`);
