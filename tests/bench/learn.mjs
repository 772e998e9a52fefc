// Learning: time and peak memory of the command. The text is generated from real documents if the developers' folder
// ../shared is there, and from the shipped slogans and samples otherwise, by copying runs of characters (12 on average)
// from one place to the next with the same two characters before it, with invented words inserted, so that it repeats
// itself and grows new words as real text does.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { generator } from '../benchmark/planters.mjs';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');
const QUICK = [{ characters: 500_000, seconds: 3 }];
const FULL = [...QUICK, { characters: 5_000_000, seconds: 60 }, { characters: 35_000_000, seconds: 60 }];
const MEGABYTES = 2_000;

export const title = 'learning from a folder of documents';

/** Measures; yields rows for the table. */
export async function* run({ full }) {
  const source = sourceText();
  for (const { characters, seconds } of full ? FULL : QUICK) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-learn-'));
    try {
      const documents = write(folder, source, characters);
      const result = await measure(folder);
      yield {
        what: `learn from ${characters.toLocaleString('en')} characters`,
        ours: `${result.seconds.toFixed(1)} s, peak ${result.megabytes.toFixed(0)} MB`,
        note: `${documents} documents, ${(result.size / 1000).toFixed(0)} kB learned, ${result.processor.toFixed(1)} s of processor time`,
        limit: `${seconds} s, ${MEGABYTES} MB`,
        met: result.seconds < seconds && result.megabytes < MEGABYTES && result.code === 0,
      };
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }
}

function sourceText() {
  if (fs.existsSync(CORPUS)) return filesOf(CORPUS).join('\n');
  // Each slogan as often as in the documents, in an order that is the same everywhere.
  const random = generator(7);
  const { phrases } = JSON.parse(fs.readFileSync('corpus/lexicon.json', 'utf8'));
  const said = phrases.flatMap(([phrase, count]) => Array.from({ length: count }, () => phrase));
  for (let at = said.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [said[at], said[other]] = [said[other], said[at]];
  }
  return `${filesOf('corpus/samples').join('\n')}\n${said.map((each) => each + (random() < 0.3 ? '。' : '，')).join('')}`;
}

function filesOf(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

/** Writes documents of about 12,000 characters each and returns their number. */
function write(folder, source, characters) {
  const random = generator(20260101);
  const next = nextWithSamePair(source);
  const pick = () => Math.floor(random() * (source.length - 2));
  let documents = 0;
  for (let written = 0; written < characters; documents++) {
    const parts = [];
    let size = 0;
    let at = pick();
    const wanted = Math.min(12_000, characters - written);
    while (size < wanted) {
      const run = 3 + Math.floor(-Math.log(1 - random()) * 9);
      parts.push(source.slice(at, at + run));
      size += run;
      if (random() < 0.04) {
        const word = Array.from({ length: 2 + Math.floor(random() * 2) }, () => source[pick()]).join('');
        parts.push(word);
        size += word.length;
      }
      // Continues elsewhere after the same two characters: a few steps along their chain.
      let place = at + run - 2;
      for (let steps = Math.floor(random() * 20); steps >= 0; steps--) place = next[place] ?? pick();
      at = (place + 2) % (source.length - 2);
    }
    fs.writeFileSync(path.join(folder, `${documents}.txt`), parts.join(''));
    written += size;
  }
  return documents;
}

function nextWithSamePair(source) {
  const last = new Map();
  const next = new Int32Array(source.length);
  const first = new Map();
  for (let at = 0; at + 1 < source.length; at++) {
    const pair = source.slice(at, at + 2);
    const before = last.get(pair);
    if (before === undefined) first.set(pair, at);
    else next[before] = at;
    last.set(pair, at);
  }
  // The chain of each pair is a ring.
  for (const [pair, at] of last) next[at] = first.get(pair);
  return next;
}

function measure(folder) {
  const out = path.join(folder, 'lexicon.json');
  const began = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', 'learn', folder, '--out', out], {
    stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
  });
  let peak = 0;
  let processor = Number.NaN;
  const watch = setInterval(() => {
    try {
      // The kernel's own high-water mark of resident memory, in kB.
      const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      // Ticks of all its threads, in user and kernel mode; a hundred per second.
      const fields = fs.readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      processor = (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      // It has ended.
    }
  }, 100);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1000;
      const size = fs.existsSync(out) ? fs.statSync(out).size : 0;
      resolve({ code, seconds, processor, megabytes: peak / 1000, size });
    });
  });
}
