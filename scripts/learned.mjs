// Shared by the learning scripts: the documents of ../shared (the developers' folder, not part of the repository), and
// corpus/sums.json, which records for each learned file its command, its inputs and its checksum, so that it can be
// rebuilt byte for byte.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
export const SHARED = path.resolve(root, '../shared');
const SUMS = path.join(root, 'corpus/sums.json');

/** The files of the library with documents in simplified characters, without those that only the survey reads. */
export const LIBRARY = [
  'laws',
  'party-documents',
  'plans-statistics',
  'reports-1954-2012',
  'reports-2013-2020',
  'reports-2021-2025',
  'reports-2026',
  'state-council-gazette',
  'xi-speeches',
  'xwlb',
];

/** The documents of a file of the library in order: `{ kind, year, title, text }` with the index in the file. */
export function* libraryDocuments(name) {
  const file = path.join(SHARED, 'library', `${name}.jsonl.xz`);
  const lines = execFileSync('xz', ['-dc', file], { encoding: 'utf8', maxBuffer: 1 << 30 }).split('\n');
  for (const [index, line] of lines.entries()) if (line !== '') yield { ...JSON.parse(line), index };
}

/**
 * The name that decides whether the spelling model leaves a document out: the file name that unpack.py of the library
 * gives it.
 */
export function spellingName({ year, title, index }) {
  return `${year}-${Array.from(title.replace(/[\\/:*?"<>|\s]/g, ''))
    .slice(0, 50)
    .join('')}-${index + 1}.txt`;
}

/**
 * The weights of the spelling model (by fit-spelling.mjs): of features in a line, in a text of a sentence, in a document, and
 * the thresholds of the first stages of the search.
 */
export function shippedWeights() {
  const { line, sentence, text, screening } = JSON.parse(
    fs.readFileSync(path.join(root, 'scripts/spelling-weights.json'), 'utf8'),
  );
  return { weights: line.weights, sentence: sentence.weights, evidence: text.weights, screening };
}

/** Updates the recorded sum of `file` in the folder corpus after a change that needs no learning. */
export function recordSum(file) {
  const all = JSON.parse(fs.readFileSync(SUMS, 'utf8'));
  const bytes = fs.readFileSync(path.join(root, 'corpus', file));
  all[file] = { ...all[file], sha256: sum(bytes), bytes: bytes.length };
  fs.writeFileSync(SUMS, `${JSON.stringify(all, undefined, 2)}\n`);
}

/** SHA-256 of `inputs`, files and folders of ../shared; of a folder, that of the names and sums of its files. */
export function sumsOf(inputs) {
  return Object.fromEntries(inputs.map((input) => [input, sumOf(path.join(SHARED, input))]));
}

function sumOf(file) {
  if (!fs.statSync(file).isDirectory()) return sum(fs.readFileSync(file));
  const names = fs.readdirSync(file).sort();
  return sum(names.map((name) => `${sumOf(path.join(file, name))}  ${name}\n`).join(''));
}

function sum(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Begins to learn `file` of the folder corpus: prints the sums of `inputs`, and returns the `options` to learn with
 * (with `verify` those that are recorded) and the `target` to write to. `finish` prints command and sum of what was
 * written, and records them if it is the shipped file; with `verify` it compares instead (exit code 1 if it differs).
 * `close` must be called.
 */
export function beginLearning(file, script, { options, inputs, out, verify }) {
  const known = JSON.parse(fs.readFileSync(SUMS, 'utf8'))[file];
  if (verify && !known) throw new Error(`${file} is not in corpus/sums.json`);
  const shipped = path.join(root, 'corpus', file);
  const chosen = verify ? known.options : options;
  const sums = sumsOf(inputs);
  for (const [input, value] of Object.entries(sums)) {
    const isOther = verify && known.inputs[input] !== value;
    console.log(`${value}  ${input}${isOther ? ' IS ANOTHER than was learned from' : ''}`);
  }
  const folder = verify ? fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-verify-')) : undefined;
  const target = folder ? path.join(folder, file) : (out ?? shipped);
  const finish = () => {
    const bytes = fs.readFileSync(target);
    const given = Object.entries(chosen).map(([name, value]) => `--${name} ${value}`);
    const command = [`node scripts/${script}`, ...given].join(' ');
    const entry = { command, options: chosen, inputs: sums, sha256: sum(bytes), bytes: bytes.length };
    console.log(`${entry.sha256}  ${file} (${bytes.length} bytes): ${command}`);
    if (verify) {
      const isSame = bytes.equals(fs.readFileSync(shipped)) && entry.sha256 === known.sha256;
      console.log(
        isSame ? `${file} is made anew byte for byte` : `${file} as made anew is ANOTHER than that committed`,
      );
      if (!isSame) process.exitCode = 1;
    } else if (path.resolve(target) === shipped) {
      // Read again: another file may have been learned meanwhile.
      const all = { ...JSON.parse(fs.readFileSync(SUMS, 'utf8')), [file]: entry };
      fs.writeFileSync(SUMS, `${JSON.stringify(all, undefined, 2)}\n`);
    }
  };
  const close = () => folder && fs.rmSync(folder, { recursive: true });
  return { options: chosen, target, finish, close };
}
