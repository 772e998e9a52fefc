// `npm run survey`: outline and lint of the built product over the public documents of ../shared/library, with figures
// for each rule, differences from another version, and a sample to read. See tests/survey/README.md.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';
import { CACHE, documentsIn, libraryFolder } from '../tests/survey/library.mjs';
import { judge } from '../tests/survey/marked.mjs';
import { difference, drawn, sample, scores, shown, table } from '../tests/survey/report.mjs';
import { run } from '../tests/survey/run.mjs';
import { root } from './prepare.mjs';

const USAGE = `npm run survey -- [options]
  --rules a,b       rules or groups to show and compare (numbering, text.repeated; outline for headings); figures are of all
  --kinds law,…     only documents whose collection or kind holds one of these words
  --limit N         only every so many documents, evenly, that N remain
  --sample N        N findings of each rule, drawn at random, the same in every run
  --seed WORD       another sample
  --against REV     the difference from a revision of the project (main); built and run once, then kept
  --differences N   so many of what is gone or new are shown for each rule (default 20)
  --dist FOLDER     another built product than dist/
  --marked          only compare outlines with the headings marked by hand (tests/survey/marked.json)
  --no-scores       leave tests/survey/scores.json as it is (as with --kinds, --limit and --dist)`;

const { values } = parseArgs({
  options: {
    rules: { type: 'string', default: '' },
    kinds: { type: 'string', default: '' },
    limit: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '' },
    against: { type: 'string' },
    differences: { type: 'string', default: '20' },
    dist: { type: 'string' },
    marked: { type: 'boolean', default: false },
    'no-scores': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const folder = libraryFolder();
if (!folder) {
  console.log(
    'Skipped: survey of the library (../shared/library is not here, and POLICY_TEXT_LIBRARY names no folder).',
  );
  process.exit(0);
}

const cli = path.resolve(root, values.dist ?? 'dist', 'cli.js');
const marked = judge(cli, folder);
if (marked) {
  const { documents: count, documentsRight, headings, precision, recall, nesting } = marked.figures;
  console.log(
    `Marked by hand: ${headings} headings of ${count} documents; precision ${precision}, recall ${recall}, ` +
      `nesting ${nesting}; ${documentsRight} documents wholly right`,
  );
  for (const { document, wrong } of marked.mistakes) {
    console.log(`  ${document}`);
    for (const each of wrong.slice(0, 10)) console.log(`    ${each}`);
  }
}
if (values.marked) process.exit(0);

const words = (list) => list.split(',').filter(Boolean);
const rules = words(values.rules);
const wanted = (rule) =>
  rules.length === 0 ? rule !== 'outline' : rules.some((word) => rule === word || rule.startsWith(`${word}.`));
const all = documentsIn(folder, words(values.kinds));
const step = values.limit ? Math.max(1, all.length / Number(values.limit)) : 1;
const documents = all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
const isWhole = values.kinds === '' && values.limit === undefined;

const { records, cost } = await run(cli, folder, documents, {
  progress: progressOf('survey'),
});
const figures = scores(records);
console.log(table(figures));
console.log(
  `\n${cost.seconds.toFixed(0)} s; lint ${cost.lint.toFixed(0)} s and outline ${cost.outline.toFixed(0)} s of processor time` +
    ` (${Math.round(figures.characters / Math.max(1, cost.lint))} characters a second), ` +
    `${cost.megabytes.toFixed(0)} MB at most in a process`,
);

if (values.sample !== undefined) {
  for (const [rule, { count, shown: list }] of sample(records, Number(values.sample), values.seed, wanted)) {
    console.log(`\n## ${rule}: ${list.length} of ${count}`);
    for (const each of list) console.log(shown(each));
  }
}

if (values.against !== undefined) {
  const others = await recordsOf(values.against);
  const { gone, fresh } = difference(
    records,
    others,
    (rule) => wanted(rule) || (rules.length === 0 && rule === 'outline'),
  );
  console.log(`\n# Difference from ${values.against}: ${gone.length} gone, ${fresh.length} new`);
  for (const [list, sign, title] of [
    [gone, '-', 'gone'],
    [fresh, '+', 'new'],
  ]) {
    for (const [rule, { count, shown: some }] of drawn(list, Number(values.differences), values.seed)) {
      console.log(`\n## ${rule}: ${count} ${title}`);
      for (const each of some) console.log(shown(each, sign));
    }
  }
}

// A run of exactly what is committed is the baseline for later runs.
if (isWhole && values.dist === undefined && git('status', '--porcelain', '--', 'server', 'corpus') === '') {
  store(git('rev-parse', 'HEAD'), records);
}
if (isWhole && values.dist === undefined && !values['no-scores']) {
  const file = path.join(root, 'tests/survey/scores.json');
  fs.writeFileSync(file, `${JSON.stringify({ ...figures, marked: marked?.figures }, undefined, 2)}\n`);
  console.log(`\nWritten: ${path.relative(root, file)}`);
}

/**
 * The records of the same documents by another revision of the project: from a stored run, or else it is built in a
 * folder of its own, run and stored.
 */
async function recordsOf(revision) {
  const commit = git('rev-parse', `${revision}^{commit}`);
  const stored = storedRun(commit);
  const known = fs.existsSync(stored) ? JSON.parse(zlib.gunzipSync(fs.readFileSync(stored)).toString('utf8')) : [];
  const read = new Set(known.map(({ document }) => document));
  const missing = documents.filter((document) => !read.has(document));
  if (missing.length === 0) return known;
  const checkout = path.join(CACHE, 'versions', commit);
  if (!fs.existsSync(path.join(checkout, 'dist', 'cli.js'))) {
    fs.rmSync(checkout, { recursive: true, force: true });
    fs.mkdirSync(checkout, { recursive: true });
    const packed = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 29 });
    execFileSync('tar', ['-x', '-C', checkout], { input: packed });
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
    execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { cwd: checkout, stdio: 'inherit' });
  }
  const { records: fresh } = await run(path.join(checkout, 'dist', 'cli.js'), folder, missing, {
    progress: progressOf(revision),
  });
  const every = [...known, ...fresh];
  store(commit, every);
  return every;
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

function storedRun(commit) {
  return path.join(CACHE, 'runs', `${commit}.json.gz`);
}

function store(commit, every) {
  const file = storedRun(commit);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, zlib.gzipSync(JSON.stringify(every)));
}

/** Shows the progress of a run, on a terminal. */
function progressOf(name) {
  if (!process.stderr.isTTY) return undefined;
  return (part) => process.stderr.write(`\r${name}: ${Math.round(part * 100)} %${part === 1 ? '\n' : ''}`);
}
