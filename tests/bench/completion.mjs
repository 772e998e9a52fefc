// Keystrokes that completion saves on reports it has not learned from.
//
// A quarter of ../shared/corpus/reports is held out, chosen by the hash of the file's name, and never looked at while
// tuning; the lexicon is learned from everything else by the command that users have. From each held-out report three
// windows of 1,000 characters are typed, one character at a time; of the first K items the writer takes the longest
// that is what comes next (one keystroke), as VS Code would show it: it begins with the characters it replaces.
// Measured twice: with a list wherever there is anything to suggest, and with those alone that open unasked by default.
// For both, the output gives at how many places after a word and at how many ends of lines a list opens, and how often
// one of its first five items is right; and the same for ghost text. With LEXICON=FILE in the environment that lexicon
// is measured instead: one of the whole library, learned without these reports by
//   node scripts/learn-lexicon.mjs --out FILE --without '2026.*(上海市|北京市|天津市|重庆市|宁夏回族自治区|…省)'
// With FOLDS=1 in the environment the held-out reports stay aside, and four folds of the others are measured instead:
// for tuning.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');
const WINDOW = 1_000;
/** Number of items of the list by default. */
const LIST = 12;
/** A lexicon of the library has to meet higher aims than one of fifty documents. */
const AIMS = process.env.LEXICON ? { 5: 0.38, 1: 0.27 } : { 5: 0.28, 1: 0.2 };
const SOBER_AIMS = process.env.LEXICON ? { 5: 0.25, 1: 0.19 } : undefined;
const MIN_COUNT = { 5: 0.24, 1: 0.17 };
const SLOWEST = 5;

/** Requirements for lists that open unasked: maximum shares of places and line ends, minimum share that is right. */
const SOBER = { places: 0.25, lineEnds: 0.02, right: 0.5, kept: 2 / 3 };
/** Share of keystrokes saved on these reports when lists opened everywhere, before that was changed. */
const SAVED_EVERYWHERE = 0.23;

export const title = 'keystrokes saved on unseen reports, 3 windows of 1,000 characters each';

/** Measures and returns false if the aims are missed or completion is too slow; true without the corpus. */
export async function run() {
  if (!fs.existsSync(path.join(CORPUS, 'reports'))) {
    console.log('  skipped: ../shared/corpus is not here');
    return true;
  }
  const { suggestions, isWorthOpening, oddsOf, OpeningBudget, clearContinuation, loadLexicon } = await sources();
  const { heldOut, others } = split();
  const all = walk(CORPUS);
  const rounds = process.env.FOLDS
    ? [0, 1, 2, 3].map((fold) => others.filter((_, index) => index % 4 === fold))
    : [heldOut];
  const saved = { 5: [[], [], []], 1: [[], [], []] };
  const fresh = { 5: [[], [], []], 1: [[], [], []] };
  const sober = { 5: [], 1: [] };
  const shown = { always: new Tally(), likely: new Tally(), ghost: new Tally() };
  const times = [];
  for (const reports of rounds) {
    const aside = new Set([...heldOut, ...reports]);
    const lexicon = process.env.LEXICON
      ? load(loadLexicon, fs.readFileSync(process.env.LEXICON, 'utf8'), process.env.LEXICON)
      : learn(
          loadLexicon,
          all.filter((file) => !aside.has(file)),
        );
    for (const report of reports) {
      const text = fs
        .readFileSync(report, 'utf8')
        .replace(/^\ufeff/, '')
        .replace(/\r\n?/g, '\n');
      windows(text).forEach((start, index) => {
        // Once with the whole draft, once as if the window were all of it.
        for (const [results, from] of [
          [saved, 0],
          [fresh, start],
        ]) {
          const answers = new Map();
          const complete = (at) => {
            if (!answers.has(at)) {
              // The better of two, because other load on the machine must not count.
              let time = Number.POSITIVE_INFINITY;
              for (let round = 0; round < 2; round++) {
                const began = performance.now();
                answers.set(at, suggestions(lexicon, undefined, { left: text.slice(from, at), right: '' }, LIST));
                time = Math.min(time, performance.now() - began);
              }
              times.push(time);
            }
            return answers.get(at);
          };
          for (const most of [5, 1]) results[most][index].push(type(text, start, complete, most));
          if (from !== 0) continue;
          const place = (at) => ({ left: text.slice(0, at), right: '' });
          // As in the server: one budget per document, in which each queried place counts.
          const soberly = () => {
            const budget = new OpeningBudget();
            return (at) => {
              const list = complete(at);
              return budget.admits(oddsOf(list).saved) && isWorthOpening(list, place(at)) ? list : [];
            };
          };
          const likely = soberly();
          for (const most of [5, 1]) sober[most].push(type(text, start, soberly(), most));
          const ghost = (at) => {
            const one = clearContinuation(lexicon, place(at));
            return one ? [{ ...one, replace: 0 }] : [];
          };
          for (const [name, list] of Object.entries({ always: complete, likely, ghost })) {
            shown[name].count(text, start, Math.min(text.length, start + WINDOW), list);
          }
        }
      });
    }
  }
  let met = true;
  for (const most of [5, 1]) {
    const mean = average(saved[most].flat());
    if (mean < MIN_COUNT[most]) met = false;
    console.log(
      `  first ${most}: ${percent(mean)} saved (opening, middle, end: ${saved[most].map((part) => percent(average(part))).join(', ')}; aim ${percent(AIMS[most])}); each window alone: ${percent(average(fresh[most].flat()))}`,
    );
  }
  const always = average(saved[5].flat());
  const kept = average(sober[5]);
  console.log(`  unasked everywhere: ${shown.always}`);
  console.log(
    `  unasked where likely: ${shown.likely}; first 5: ${percent(kept)} saved (${percent(kept / always)} of what lists everywhere save; aim ${percent(SAVED_EVERYWHERE * SOBER.kept)}), first 1: ${percent(average(sober[1]))}`,
  );
  console.log(`  ghost text: ${shown.ghost}`);
  const { likely } = shown;
  const missed = [];
  for (const most of [5, 1]) {
    if (average(saved[most].flat()) < AIMS[most]) missed.push(`first ${most} everywhere ${percent(AIMS[most])}`);
    const aim = SOBER_AIMS?.[most] ?? 0;
    if (average(sober[most]) < aim) missed.push(`first ${most} where likely ${percent(aim)}`);
  }
  if (likely.places > SOBER.places) missed.push(`open at ${percent(SOBER.places)} of the places`);
  if (likely.lineEnds > SOBER.lineEnds) missed.push(`open at ${percent(SOBER.lineEnds)} of the line ends`);
  if (likely.right < SOBER.right) missed.push(`right ${percent(SOBER.right)}`);
  console.log(missed.length > 0 ? `  MISSED: ${missed.join('; ')}` : '  every aim is met');
  if (likely.places > SOBER.places || likely.lineEnds > SOBER.lineEnds || likely.right < SOBER.right) met = false;
  if (kept < SAVED_EVERYWHERE * SOBER.kept) met = false;
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.floor((times.length - 1) * part)];
  console.log(`  an answer takes ${at(0.5).toFixed(2)} ms (median), ${at(0.99).toFixed(2)} ms (p99; aim ${SLOWEST})`);
  return met && at(0.99) < SLOWEST;
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Counts where lists open and how often one of their first five items is right. */
class Tally {
  counts = { places: 0, opened: 0, right: 0, lineEnds: 0, openedAtEnd: 0 };

  /** Examines all places after a word between `start` and `end` of `text`, and the ends of lines. */
  count(text, start, end, list) {
    let lineStart = start;
    for (const line of text.slice(start, end).split('\n')) {
      for (const { index, segment, isWordLike } of words.segment(line)) {
        const at = lineStart + index + segment.length;
        if (isWordLike && at < lineStart + line.length) this.look(text, at, list(at).slice(0, 5));
      }
      const at = lineStart + line.length;
      if (line !== '' && at < end) {
        this.counts.lineEnds++;
        if (list(at).length > 0) this.counts.openedAtEnd++;
      }
      lineStart += line.length + 1;
    }
  }

  look(text, at, items) {
    this.counts.places++;
    if (items.length === 0) return;
    this.counts.opened++;
    const isRight = (item) => {
      const typed = item.replace === 0 ? '' : text.slice(at - item.replace, at);
      return item.text.startsWith(typed) && text.startsWith(item.text.slice(typed.length), at);
    };
    if (items.some(isRight)) this.counts.right++;
  }

  get places() {
    return this.counts.opened / this.counts.places;
  }
  get lineEnds() {
    return this.counts.openedAtEnd / Math.max(1, this.counts.lineEnds);
  }
  get right() {
    return this.counts.right / Math.max(1, this.counts.opened);
  }

  toString() {
    const { lineEnds } = this.counts;
    return `at ${percent(this.places)} of the places after a word, at ${percent(this.lineEnds)} of ${lineEnds} line ends; right ${percent(this.right)}`;
  }
}

/** Types a window and returns the share of its keystrokes that was saved. */
function type(text, start, complete, most) {
  const end = Math.min(text.length, start + WINDOW);
  let keys = 0;
  for (let at = start; at < end; keys++) {
    let longest = 1;
    for (const item of complete(at).slice(0, most)) {
      const typed = text.slice(at - item.replace, at);
      if (!item.text.startsWith(typed)) continue;
      const rest = item.text.slice(typed.length);
      if (rest.length > longest && at + rest.length <= end && text.startsWith(rest, at)) longest = rest.length;
    }
    at += longest;
  }
  return 1 - keys / (end - start);
}

/** Starts of the windows: at the first paragraph, around the middle, before the end. */
function windows(text) {
  let first = 0;
  for (const line of text.split('\n')) {
    if (line.length >= 40) break;
    first += line.length + 1;
  }
  const last = Math.max(first, text.length - WINDOW);
  return [first, Math.max(first, Math.floor((first + text.length - WINDOW) / 2)), last];
}

/** The held-out quarter and the other reports, by the hash of their names. */
function split() {
  const folder = path.join(CORPUS, 'reports');
  const hash = (name) => createHash('sha256').update(name.normalize('NFC')).digest('hex');
  const names = fs.readdirSync(folder).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const files = names.map((name) => path.join(folder, name));
  const quarter = Math.floor(files.length / 4);
  return { heldOut: files.slice(0, quarter), others: files.slice(quarter) };
}

function learn(loadLexicon, files) {
  const out = path.join(os.tmpdir(), `policy-text-bench-${process.pid}.json`);
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'learn', ...files, '--out', out], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const json = fs.readFileSync(out, 'utf8');
  fs.rmSync(out);
  return load(loadLexicon, json, `learned from ${files.length} documents`);
}

function load(loadLexicon, json, origin) {
  const began = performance.now();
  const lexicon = loadLexicon(json);
  console.log(
    `  ${origin}: ${(Buffer.byteLength(json) / 1000).toFixed(0)} kB, ${lexicon.phrases.length} phrases, ${lexicon.ngrams.size} n-grams, loaded in ${(performance.now() - began).toFixed(0)} ms`,
  );
  return lexicon;
}

/** The completion code of this working copy. */
async function sources() {
  const out = path.join(os.tmpdir(), `policy-text-bench-${process.pid}.mjs`);
  const folder = path.resolve(import.meta.dirname, '../../server/src/lexicon');
  await build({
    stdin: {
      contents:
        "export { clearContinuation, suggestions } from '../features/sloganSuggestions'; export { isWorthOpening, oddsOf, OpeningBudget } from '../features/suggestionFit'; export { loadLexicon } from './model/store';",
      resolveDir: folder,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: out,
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(out).href);
  } finally {
    fs.rmSync(out);
  }
}

function walk(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (part) => `${(part * 100).toFixed(1)} %`;
