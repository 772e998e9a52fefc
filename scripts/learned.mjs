// What the learning scripts have in common: the documents of ../shared (the developers' folder, no part of the repository),
// and corpus/sums.json, which says for each file that was learned by which command it was made, from what, and its sum, so
// that it can be made anew byte for byte.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
export const SHARED = path.resolve(root, '../shared');
const SUMS = path.join(root, 'corpus/sums.json');

/** The documents of a file of the library in its order: `{ kind, year, title, text }` with its place in the file. */
export function* libraryDocuments(name) {
  const file = path.join(SHARED, 'library', `${name}.jsonl.xz`);
  const lines = execFileSync('xz', ['-dc', file], { encoding: 'utf8', maxBuffer: 1 << 30 }).split('\n');
  for (const [index, line] of lines.entries()) if (line !== '') yield { ...JSON.parse(line), index };
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
 * Makes `file` of the folder corpus by `make(options, target)`, with the options that are recorded where `verify` is set, and
 * records command and sums; with `verify` or another `out` nothing is recorded. Exit code 1 where the file would be another.
 */
export async function learnFile(file, script, { options, inputs, out, verify, make }) {
  const recorded = JSON.parse(fs.readFileSync(SUMS, 'utf8'));
  const shipped = path.join(root, 'corpus', file);
  const chosen = verify ? recorded[file].options : options;
  const sums = sumsOf(inputs);
  for (const [input, value] of Object.entries(sums)) {
    const isOther = verify && recorded[file].inputs[input] !== value;
    console.log(`${value}  ${input}${isOther ? ' IS ANOTHER than was learned from' : ''}`);
  }
  const folder = verify ? fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-verify-')) : undefined;
  const target = folder ? path.join(folder, file) : (out ?? shipped);
  try {
    await make(chosen, target);
    const bytes = fs.readFileSync(target);
    const entry = {
      command: [`node scripts/${script}`, ...Object.entries(chosen).map(([name, value]) => `--${name} ${value}`)].join(
        ' ',
      ),
      options: chosen,
      inputs: sums,
      sha256: sum(bytes),
      bytes: bytes.length,
    };
    console.log(`${entry.sha256}  ${file} (${bytes.length} bytes): ${entry.command}`);
    if (verify) {
      const isSame = bytes.equals(fs.readFileSync(shipped)) && entry.sha256 === recorded[file].sha256;
      console.log(
        isSame ? `${file} is made anew byte for byte` : `${file} as made anew is ANOTHER than that committed`,
      );
      if (!isSame) process.exitCode = 1;
    } else if (target === shipped) {
      fs.writeFileSync(SUMS, `${JSON.stringify({ ...recorded, [file]: entry }, undefined, 2)}\n`);
    }
  } finally {
    if (folder) fs.rmSync(folder, { recursive: true });
  }
}
