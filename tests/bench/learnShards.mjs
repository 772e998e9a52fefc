// The cost of learning in shards: processor time per gigabyte of text, the largest process and the slowest machine of
// each step, with 1, 2, 4 and 8 shards, compared with learning in one go; and an extrapolation to 100 GB. Every lexicon
// is compared with that of one go.
//   npm run bench:shards [-- --documents N | --megabytes N]
// (needs dist/ and ../shared/library; about a minute for 100 documents). With --megabytes, text of that size is written of
// the library's clauses and sentences, and learned from in one process only: in one go, and in parts within 450 MB, which
// is less than merging takes, so that 300 MB are learned in 16 parts.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeShuffled } from './shuffledLibrary.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LIBRARY = path.resolve(ROOT, '../shared/library/reports-2021-2025.jsonl.xz');
const { values } = parseArgs({
  options: { documents: { type: 'string', default: '100' }, megabytes: { type: 'string' } },
});
if (!fs.existsSync(LIBRARY)) {
  console.log('skipped: ../shared/library is not here');
  process.exit(0);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-bench-'));
const at = (name) => path.join(folder, name);
try {
  if (values.megabytes) runShuffled(Number(values.megabytes));
  else run();
} finally {
  fs.rmSync(folder, { recursive: true });
}

function runShuffled(megabytes) {
  fs.mkdirSync(at('texts'));
  const count = writeShuffled(at('texts'), megabytes).length;
  console.log(`${count} documents, ${megabytes} MB of text in UTF-8`);
  const whole = take('learn', at('texts'), '-o', at('whole.json'), '--memory', '100000');
  const parts = take('learn', at('texts'), '-o', at('parts.json'), '--memory', '450');
  if (!fs.readFileSync(at('parts.json')).equals(fs.readFileSync(at('whole.json')))) throw new Error('another lexicon');
  for (const [name, { seconds, megabytes: peak }] of Object.entries({ 'in one go': whole, 'in parts': parts })) {
    console.log(`${name}: ${seconds.toFixed(0)} s of processor time, ${peak.toFixed(0)} MB`);
  }
  console.log(`in parts ${(parts.seconds / whole.seconds).toFixed(2)} times as long`);
}

function run() {
  const wanted = Number(values.documents);
  const lines = execFileSync('xz', ['-dc', LIBRARY], { encoding: 'utf8', maxBuffer: 1 << 30 })
    .split('\n')
    .filter(Boolean);
  const step = Math.max(1, Math.floor(lines.length / wanted));
  const texts = lines.filter((_, index) => index % step === 0).slice(0, wanted);
  let bytes = 0;
  const files = texts.map((line, index) => {
    const { year, text } = JSON.parse(line);
    const file = at(`${year}-${index}.txt`);
    fs.writeFileSync(file, text);
    bytes += Buffer.byteLength(text);
    return file;
  });
  const gigabytes = bytes / 1e9;
  console.log(`${files.length} reports, ${(bytes / 1e6).toFixed(1)} MB of text in UTF-8`);
  const whole = take('learn', ...files, '-o', at('whole.json'));
  const rows = [['in one go', whole.seconds, whole.megabytes, whole.seconds]];
  for (const shards of [1, 2, 4, 8]) {
    const shares = Array.from({ length: shards }, (_, share) => files.filter((_, index) => index % shards === share));
    const steps = [shares.map((share, index) => take('learn', 'map', ...share, '-o', at(`p${index}`)))];
    const parts = shares.map((_, index) => at(`p${index}`));
    steps.push([take('learn', 'merge', ...parts, '-o', at('s0'))]);
    for (let round = 0; round < 3; round++) {
      steps.push(parts.map((part, index) => take('learn', 'count', at(`s${round}`), part, '-o', at(`c${index}`))));
      const counts = parts.map((_, index) => at(`c${index}`));
      steps.push([take('learn', 'merge', at(`s${round}`), ...counts, '-o', at(`s${round + 1}`))]);
    }
    if (!fs.readFileSync(at('s3')).equals(fs.readFileSync(at('whole.json')))) throw new Error('another lexicon');
    const all = steps.flat();
    const size = parts.reduce((sum, part) => sum + fs.statSync(part).size, 0);
    rows.push([
      `${shards} shards`,
      all.reduce((sum, one) => sum + one.seconds, 0),
      Math.max(...all.map((one) => one.megabytes)),
      steps.reduce((sum, some) => sum + Math.max(...some.map((one) => one.seconds)), 0),
      size / bytes,
    ]);
  }
  console.log('| | processor, s/GB | largest process, MB | one machine a shard, s/GB | parts, bytes a byte |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [name, seconds, megabytes, slowest, size] of rows) {
    const cells = [seconds / gigabytes, megabytes, slowest / gigabytes].map((value) => value.toFixed(0));
    console.log(`| ${name} | ${cells.join(' | ')} | ${size ? size.toFixed(1) : '–'} |`);
  }
  const perGigabyte = rows.at(-1)[1] / gigabytes;
  console.log(
    `100 GB at the rate of 8 shards: ${((100 * perGigabyte) / 3600).toFixed(0)} hours of one processor, ` +
      `${((100 * perGigabyte) / 3600 / 64).toFixed(1)} hours on 64.`,
  );
}

/** Runs a step; returns its processor time and its peak size. */
function take(...args) {
  const { status, stderr } = spawnSync(
    '/usr/bin/time',
    ['-f', '%U %S %M', process.execPath, path.join(ROOT, 'dist/cli.js'), ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const [user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds: user + system, megabytes: kilobytes / 1024 };
}
