// Learns the lexicon that is shipped, from the developers' folder ../shared (which is no part of the repository):
//   node scripts/build.mjs --quiet && node scripts/learn-lexicon.mjs [--out FILE] [--without WORDS] [--size MB] [--since YEAR] [--history-part N]
//     [--memory MB]
// Reports since 2021 and other recent documents are learned from; all others are history: they tell since when phrases are
// in use and which other forms are written. Prints the command it runs, the sums of what was read and of the result.
// --memory learns in parts that fit it, with the same result. --since takes reports from that year on, and --history-part every
// Nth of the older documents: a smaller lexicon in less time. --without leaves documents aside whose names hold one of the words
// (separated by |): to measure on what was not learned.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const SHARED = path.resolve(import.meta.dirname, '../../shared');
/** Files of the library to learn from, with the year from which on; what is older is history. */
const RECENT = {
  'reports-2026': 2026,
  'reports-2021-2025': 2021,
  'plans-statistics': 2021,
  'party-documents': 2021,
  'state-council-gazette': 2021,
};
const HISTORY = ['reports-2013-2020', 'reports-1954-2012', 'xi-speeches', 'xwlb', 'laws'];

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'corpus/lexicon.json' },
    without: { type: 'string' },
    size: { type: 'string', default: '6.2' },
    since: { type: 'string', default: '2021' },
    'history-part': { type: 'string', default: '1' },
    memory: { type: 'string' },
  },
});
const aside = values.without ? new RegExp(values.without) : undefined;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-library-'));
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
try {
  const names = [...Object.keys(RECENT), ...HISTORY];
  for (const name of names) unpack(name, RECENT[name] ?? Number.POSITIVE_INFINITY);
  for (const name of fs.readdirSync(path.join(SHARED, 'corpus'))) {
    // Seeds are damaged on purpose; laws are written another way.
    const kind = name === 'reports' || name === 'state-council' ? 'recent' : 'history';
    copy(path.join(SHARED, 'corpus', name), path.join(folder, kind, `corpus-${name}`));
  }
  const command = [
    'dist/cli.js',
    'learn',
    path.join(folder, 'recent'),
    '--history',
    path.join(folder, 'history'),
    '--size',
    values.size,
    ...(values.memory ? ['--memory', values.memory] : []),
    '--out',
    values.out,
  ];
  console.log(`node ${command.join(' ')}`);
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 2;
  else console.log(`${sum(fs.readFileSync(values.out))}  ${values.out} (${fs.statSync(values.out).size} bytes)`);
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** Writes the documents of a file of the library, one file each: the year comes first in its name. */
function unpack(name, since) {
  const file = path.join(SHARED, 'library', `${name}.jsonl.xz`);
  console.log(`${sum(fs.readFileSync(file))}  ${path.relative(SHARED, file)}`);
  const lines = execFileSync('xz', ['-dc', file], { encoding: 'utf8', maxBuffer: 1 << 30 }).split('\n');
  lines.forEach((line, index) => {
    if (line === '') return;
    const { kind, year, title, text } = JSON.parse(line);
    const label = `${year}-${kind}-${title}`.replace(/[/\\\s:]/g, '').slice(0, 60);
    if (aside?.test(label)) return;
    const recent = Number(year) >= Math.max(since, Number(values.since));
    if (!recent && index % Number(values['history-part']) > 0) return;
    const target = path.join(folder, recent ? 'recent' : 'history', name);
    fs.mkdirSync(target, { recursive: true });
    fs.writeFileSync(path.join(target, `${label}-${index}.txt`), text);
  });
}

function copy(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from).sort()) {
    if (aside?.test(name)) continue;
    fs.copyFileSync(path.join(from, name), path.join(to, name));
  }
}
