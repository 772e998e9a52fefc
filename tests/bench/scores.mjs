// Our scores on suites of others and on planted breaks, written to docs/scores.md, so that progress is a diff:
//   npm run scores
// A suite that is not on this machine is listed as skipped and keeps its previous row.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { generate } from '../benchmark/generate.mjs';
import { score } from '../benchmark/run.mjs';
import { page, rowsOf } from './scoresPage.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const PAGE = path.join(root, 'docs/scores.md');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Each returns rows { suite, cases, result, by }, or a message why it cannot be run here. */
const SUITES = [spelling, openCC, visibleNumbers, plantedBreaks];

const rows = rowsOf(fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '');
const skipped = [];
const date = new Date().toISOString().slice(0, 10);
for (const suite of SUITES) {
  const result = await suite();
  if (typeof result === 'string') skipped.push(result);
  else for (const row of result) rows.set(row.suite, { ...row, version, date });
}
fs.writeFileSync(PAGE, page([...rows.values()], skipped, date));
console.log(`${path.relative(process.cwd(), PAGE)}: ${rows.size} rows; skipped: ${skipped.join('; ') || 'none'}`);

function spelling() {
  if (!fs.existsSync(path.resolve(root, '../shared/fixtures/spelling'))) {
    return 'wrong characters of official documents (../shared/fixtures/spelling is not here)';
  }
  const output = execFileSync(
    process.execPath,
    ['--max-old-space-size=4000', 'tests/bench/spelling.mjs', '--sentences'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return [...output.matchAll(/^(odw|law): (.*), (\d+) of (\d+) sound ones touched$/gm)].map(
    ([, name, what, touched, sound]) => ({
      suite: name === 'odw' ? 'wrong characters: official documents (odw)' : 'wrong characters: laws (law)',
      cases: fs
        .readFileSync(path.resolve(root, `../shared/fixtures/spelling/${name}.train`), 'utf8')
        .trim()
        .split('\n').length,
      result: `${what}; ${touched} of ${sound} sound sentences touched`,
      by: 'tests/bench/spelling.mjs. The shipped model has read the right side of these sentences, which flatters it',
    }),
  );
}

function openCC() {
  return 'OpenCC’s own cases (opencc-js brings none; words are converted by its tables, unchanged, so they would measure OpenCC)';
}

async function visibleNumbers() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-scores-'));
  try {
    const outfile = path.join(scratch, 'numbers.cjs');
    await esbuild.build({
      entryPoints: [path.join(root, 'tests/unit/word/visibleNumbers.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      outfile,
      logLevel: 'error',
    });
    process.chdir(root);
    const { default: numbers } = await import(pathToFileURL(outfile).href);
    const { wordFixtures, SOFFICE, writeOfficeTexts, compareNumbers } = numbers;
    if (wordFixtures.length === 0) return 'visible numbers of Word files (../shared/fixtures/word is not here)';
    if (!SOFFICE) return 'visible numbers of Word files (LibreOffice, which judges them, is not installed)';
    writeOfficeTexts(SOFFICE, wordFixtures, scratch);
    const { numbered, different } = compareNumbers(wordFixtures, scratch);
    const judge = execFileSync(SOFFICE, ['--version'], { encoding: 'utf8' }).trim().split(' ').slice(0, 2).join(' ');
    return [
      {
        suite: 'visible numbers of Word files',
        cases: numbered,
        result: `${numbered - different.length} as in LibreOffice`,
        by: `${judge} on ${wordFixtures.length} files of pandoc and others`,
      },
    ];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function plantedBreaks() {
  if (!fs.existsSync(path.join(root, 'dist/cli.js'))) return 'planted breaks (nothing is built)';
  const cases = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-cases-'));
  try {
    const { seed, documents } = await generate(cases);
    const command = [process.execPath, path.join(root, 'dist/cli.js'), 'lint', '--format', 'sarif', '{folder}'];
    const { counts } = score(cases, command);
    return Object.entries(counts).map(([name, kinds]) => {
      const all = Object.entries(kinds);
      const sum = (what) => all.reduce((total, [, count]) => total + count[what], 0);
      const parts = all.map(([kind, { planted, found }]) => `${kind} ${found}/${planted}`).join(', ');
      return {
        suite: `planted breaks: ${name}`,
        cases: sum('planted'),
        result: `${sum('found')} found (${((100 * sum('found')) / sum('planted')).toFixed(1)} %): ${parts}`,
        by: `tests/benchmark, seed ${seed}, ${documents} own documents`,
      };
    });
  } finally {
    fs.rmSync(cases, { recursive: true, force: true });
  }
}
