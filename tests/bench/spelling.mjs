// Misspellings: how many of the wrong sentences of ../shared/fixtures/spelling are put right and how many sound ones touched,
// and how often sound documents of the library are blamed that the model was not learned from.
//   node tests/bench/spelling.mjs [--model=FILE] [--fold=K/M] [--library=FOLDER]
// The shipped model has learned from the right side of these sentences, so its own figures flatter it: --model with one
// learned with --skip=K/M, and --fold=K/M for the sentences that it has not seen, gives the honest ones.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const FIXTURES = path.resolve(import.meta.dirname, '../../../shared/fixtures/spelling');
const root = path.resolve(import.meta.dirname, '../..');
const { values: args } = parseArgs({
  options: {
    model: { type: 'string', default: path.join(root, 'corpus/spelling.bin') },
    fold: { type: 'string', default: '0/1' },
    library: { type: 'string', default: '/work/lib/txt' },
    every: { type: 'string', default: '1' },
    samples: { type: 'boolean' },
  },
});
if (!fs.existsSync(FIXTURES)) {
  console.log('skipped: ../shared/fixtures/spelling is not here');
  process.exit(0);
}
const built = await esbuild.build({
  stdin: {
    contents: [
      "export { lint } from './rules/lint';",
      "export { analyse } from './structure/analyse';",
      "export { loadLexicon } from './lexicon/model/store';",
      "export { decodeSpellingModel } from './spelling/spellingModel';",
      "export { heldOut } from './spelling/heldOut';",
      "export { runToCompletion } from './text/resumable';",
    ].join('\n'),
    resolveDir: path.join(root, 'server/src'),
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
  logLevel: 'error',
});
const module = { exports: {} };
new Function('module', 'exports', 'require', '__dirname', built.outputFiles[0].text)(
  module,
  module.exports,
  (await import('node:module')).createRequire(path.join(root, 'package.json')),
  root,
);
const { lint, analyse, loadLexicon, decodeSpellingModel, heldOut, runToCompletion } = module.exports;
const lexicon = loadLexicon(fs.readFileSync(path.join(root, 'corpus/lexicon.json'), 'utf8'));
const loading = performance.now();
const spelling = runToCompletion(decodeSpellingModel(fs.readFileSync(args.model)));
console.log(`model read in ${(performance.now() - loading).toFixed(0)} ms`);
const findings = (text) =>
  lint(analyse(text, 'policytext'), { rules: {} }, lexicon, spelling).filter(
    ({ rule }) => rule.id === 'text.misspelling',
  );

const [fold, folds] = args.fold.split('/').map(Number);
for (const name of ['odw', 'law']) {
  const count = { wrong: 0, sound: 0, right: 0, spoilt: 0, touched: 0, errors: 0, hits: 0, misses: 0 };
  for (const [index, row] of fs
    .readFileSync(path.join(FIXTURES, `${name}.train`), 'utf8')
    .split('\n')
    .entries()) {
    const [, written, meant] = row.split('\t');
    if (!meant || index % folds !== fold) continue;
    let text = written;
    const edits = findings(written).flatMap(({ fixes = [] }) => fixes[0]?.edits ?? []);
    for (const { start, end, newText } of edits.reverse()) text = text.slice(0, start) + newText + text.slice(end);
    for (let at = 0; at < written.length && text.length === written.length; at++) {
      if (written[at] !== meant[at]) count.errors++;
      if (text[at] === written[at]) continue;
      if (text[at] === meant[at]) count.hits++;
      else count.misses++;
    }
    if (written === meant) {
      count.sound++;
      if (text !== written) count.touched++;
    } else {
      count.wrong++;
      if (text === meant) count.right++;
      else if (text !== written) count.spoilt++;
    }
  }
  const score = (right, told, all) => {
    const [precision, recall] = [right / told, right / all];
    const f1 = (2 * precision * recall) / (precision + recall);
    return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
  };
  const told = count.right + count.spoilt + count.touched;
  console.log(
    `${name}: sentences ${score(count.right, told, count.wrong)}, characters ${score(count.hits, count.hits + count.misses, count.errors)}, ${count.touched} of ${count.sound} sound ones touched`,
  );
}

if (fs.existsSync(args.library)) {
  const all = { characters: 0, warning: 0, information: 0 };
  const reports = { characters: 0, warning: 0, information: 0 };
  const started = performance.now();
  let number = 0;
  for (const file of fs.readdirSync(args.library, { recursive: true }).sort()) {
    if (!file.endsWith('.txt') || !heldOut(path.basename(file)) || number++ % Number(args.every)) continue;
    const text = fs.readFileSync(path.join(args.library, file), 'utf8');
    const found = findings(text);
    for (const group of /^reports-20/.test(file) ? [all, reports] : [all]) {
      group.characters += text.length;
      for (const { severity } of found) group[severity]++;
    }
    if (!args.samples) continue;
    for (const { severity, start, end, fixes } of found)
      console.log(
        `${severity[0]} ${text.slice(start - 12, start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 10)} ${fixes[0].title.values} ${file}`.replaceAll(
          '\n',
          '⏎',
        ),
      );
  }
  const rate = ({ characters, warning, information }) =>
    `${((warning * 1e5) / characters).toFixed(2)} warnings, ${((information * 1e5) / characters).toFixed(2)} information in 100,000 characters of ${characters}`;
  console.log(`held-out documents: ${rate(all)}`);
  console.log(`held-out work reports since 2013: ${rate(reports)}`);
  console.log(`all rules: ${(all.characters / (performance.now() - started)).toFixed(0)} characters in a millisecond`);
}
