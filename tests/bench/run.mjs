// Measures speed and prints one table of ratios, all from one run on the same texts:
//   node tests/bench/run.mjs [--full] [edits|lint|waits|folder|start|suggest|learn …]
// Quick by default (a few minutes); --full takes more rounds and learns from up to 35 million characters. Benchmarks of
// quality rather than speed have to be named: completion (keystrokes saved), proofreading.
import os from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { KNOWS_PROCESSOR_TIME } from './measure.mjs';

const SPEED = ['edits', 'lint', 'waits', 'folder', 'start', 'suggest', 'learn'];
const QUALITY = ['completion', 'proofreading'];

const { values, positionals: wanted } = parseArgs({ options: { full: { type: 'boolean' } }, allowPositionals: true });
const unknown = wanted.filter((name) => !SPEED.includes(name) && !QUALITY.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${[...SPEED, ...QUALITY].join(', ')}.`);
  process.exit(2);
}

const rows = [];
for (const name of wanted.length > 0 ? wanted : SPEED) {
  const { title, run } = await import(`./${name}.mjs`);
  const began = performance.now();
  console.error(`${name}: ${title}`);
  if (QUALITY.includes(name)) {
    if ((await run()) === false) {
      console.log('  AIM MISSED');
      process.exitCode = 1;
    }
    continue;
  }
  for await (const row of run({ full: values.full === true })) {
    rows.push(row);
    console.error(`  ${row.what}: ${row.ours}${row.peer ? `; ${row.peer} ${row.theirs}` : ''}  ${ratioOf(row)}`);
  }
  console.error(`  (${((performance.now() - began) / 1000).toFixed(0)} s)`);
}
if (rows.length > 0) print();

/** `1.24 ×` as long, `41 × faster`, or the exponent of growth. */
function ratioOf({ slower, faster, exponent }) {
  if (slower !== undefined) return `${slower.toFixed(2)} × as long`;
  if (faster !== undefined) return `${faster < 10 ? faster.toFixed(1) : faster.toFixed(0)} × faster`;
  return exponent === undefined ? '' : `exponent ${exponent.toFixed(2)}`;
}

function aimOf({ slower, exponent, aim, limit }) {
  if (limit) return `≤ ${limit}`;
  if (aim === undefined) return '';
  return slower !== undefined ? `≤ ${aim} ×` : exponent !== undefined ? `≤ ${aim}` : `≥ ${aim} ×`;
}

/** Whether the aim is met, if there is one. */
function isMet({ slower, faster, exponent, aim, met }) {
  if (aim === undefined) return met;
  if (faster !== undefined) return faster >= aim;
  return (slower ?? exponent) <= aim;
}

function print() {
  const lines = rows.map((row) => {
    const met = isMet(row);
    const beside = row.peer ? `${row.peer} ${row.theirs}` : (row.note ?? '');
    return [row.what, row.ours, beside, ratioOf(row), aimOf(row), met === undefined ? '' : met ? 'met' : 'MISSED'];
  });
  const head = ['what', 'policy-text', 'beside', 'ratio', 'aim', ''];
  const all = [head, head.map(() => '---'), ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const [{ model } = { model: 'unknown processor' }] = os.cpus();
  console.log(`\nNode ${process.version}, ${os.cpus().length} × ${model}, load ${os.loadavg()[0].toFixed(1)}; medians`);
  if (KNOWS_PROCESSOR_TIME) console.log('Edits and starts are in processor time of server and client together.');
  for (const line of all) {
    const cells = line.map((cell, column) =>
      cell === '---' ? '-'.repeat(widths[column]) : cell.padEnd(widths[column]),
    );
    console.log(`| ${cells.join(' | ')} |`);
  }
  const aims = lines.filter((line) => line[5] !== '');
  const missed = aims.filter((line) => line[5] === 'MISSED');
  console.log(`\n${aims.length - missed.length} of ${aims.length} aims met`);
  if (missed.length > 0) process.exitCode = 1;
}
