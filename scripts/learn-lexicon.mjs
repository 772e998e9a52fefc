// Learns the shipped lexicon from the developers' folder ../shared (which is not part of the repository):
//   node scripts/build.mjs --quiet && node scripts/learn-lexicon.mjs [--verify | --out FILE] [--without WORDS] [--size MB]
//     [--since YEAR] [--history-part N] [--memory MB]
// Without options it writes corpus/lexicon.json and records command and sums in corpus/sums.json; --verify rebuilds it
// as recorded there and compares (exit code 1 if it differs). A change of what reads, repairs, mines or surveys
// documents gives another lexicon: run it then, and commit both files. Reports since 2021 and other recent documents
// are learned from; all others are history: they show since when phrases are in use and which other forms are written.
// Prints the command it runs, the sums of what was read and of the result.
//
// --memory learns in parts that fit it, with the same result. --since takes reports from that year on, and
// --history-part every Nth of the older documents: a smaller lexicon in less time. --without leaves out documents whose
// names contain one of the words (separated by |): to measure on what was not learned.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { beginLearning, libraryDocuments, SHARED } from './learned.mjs';

/** Files of the library to learn from, with the first year; what is older is history. */
const RECENT = {
  'reports-2026': 2026,
  'reports-2021-2025': 2021,
  'plans-statistics': 2021,
  'party-documents': 2021,
  'state-council-gazette': 2021,
};
const HISTORY = ['reports-2013-2020', 'reports-1954-2012', 'xi-speeches', 'xwlb', 'laws'];
const LIBRARY = [...Object.keys(RECENT), ...HISTORY];
/** Seeds are damaged on purpose; laws are written in another style. */
const CORPUS = {
  reports: 'recent',
  'state-council': 'recent',
  laws: 'history',
  seeds: 'history',
  traditional: 'history',
};

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    verify: { type: 'boolean', default: false },
    without: { type: 'string' },
    size: { type: 'string', default: '6.2' },
    since: { type: 'string', default: '2021' },
    'history-part': { type: 'string', default: '1' },
    memory: { type: 'string' },
  },
});
const { size, since, 'history-part': historyPart } = values;
const learning = beginLearning('lexicon.json', 'learn-lexicon.mjs', {
  options: { size, since, 'history-part': historyPart, ...(values.without && { without: values.without }) },
  inputs: [
    ...LIBRARY.map((name) => `library/${name}.jsonl.xz`),
    ...Object.keys(CORPUS).map((name) => `corpus/${name}`),
  ],
  out: values.out,
  verify: values.verify,
});
try {
  learn(learning.options, learning.target);
  learning.finish();
} finally {
  learning.close();
}

function learn(options, target) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-library-'));
  const aside = options.without ? new RegExp(options.without) : undefined;
  try {
    for (const name of LIBRARY) {
      const first = Math.max(RECENT[name] ?? Number.POSITIVE_INFINITY, Number(options.since));
      for (const { kind, year, title, text, index } of libraryDocuments(name)) {
        // One file each, the year first in its name: names date documents.
        const label = `${year}-${kind}-${title}`.replace(/[/\\\s:]/g, '').slice(0, 60);
        if (aside?.test(label)) continue;
        const recent = Number(year) >= first;
        if (!recent && index % Number(options['history-part']) > 0) continue;
        const to = path.join(folder, recent ? 'recent' : 'history', name);
        fs.mkdirSync(to, { recursive: true });
        fs.writeFileSync(path.join(to, `${label}-${index}.txt`), text);
      }
    }
    for (const [name, kind] of Object.entries(CORPUS)) {
      const [from, to] = [path.join(SHARED, 'corpus', name), path.join(folder, kind, `corpus-${name}`)];
      fs.mkdirSync(to, { recursive: true });
      for (const file of fs.readdirSync(from)) {
        if (!aside?.test(file)) fs.copyFileSync(path.join(from, file), path.join(to, file));
      }
    }
    const command = [
      'dist/cli.js',
      'learn',
      path.join(folder, 'recent'),
      '--history',
      path.join(folder, 'history'),
      '--size',
      options.size,
      ...(values.memory ? ['--memory', values.memory] : []),
      '--out',
      target,
    ];
    console.log(`node ${command.join(' ')}`);
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`learning ended with exit code ${status}`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
