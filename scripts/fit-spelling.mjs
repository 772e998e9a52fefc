// Fits the weights of the evidence for misspellings in a whole text (scripts/spelling-weights.json, `text`), from the
// developers' folder ../shared, with a model that has seen neither the documents nor the sentences used for fitting:
//   node --max-old-space-size=12000 scripts/learn-spelling.mjs --out=FILE --hold=8 --skip=0/5
//   node --max-old-space-size=6000 scripts/fit-spelling.mjs --model=FILE.0 --hold=8 --fold=0/5 [--write] [--samples=N]
// Sound samples: the held-out documents of the library (one in eight), laws and reports of Taiwan and Hong Kong. Slips:
// those planted in every second of these (a character of similar sound, one that makes another word, one of similar
// shape, one omitted, doubled or transposed), and the held-out sentences of the test sets' training halves. Prints the
// recall of each kind by the rate of false alarms, fitted on one half of the documents and counted on the other, and
// vice versa. --write stores the weights fitted on all samples in the file and in corpus/spelling.bin, whose n-grams
// they do not change.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { generator } from '../tests/benchmark/planters.mjs';
import { libraryFolder } from '../tests/survey/library.mjs';
import { LIBRARY, libraryDocuments, recordSum, SHARED, shippedWeights, spellingName } from './learned.mjs';
import { loadSources } from './sources.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values: given } = parseArgs({
  options: {
    model: { type: 'string' },
    hold: { type: 'string', default: '8' },
    fold: { type: 'string', default: '0/5' },
    every: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    samples: { type: 'string', default: '0' },
  },
});
if (!given.model) {
  console.error('Which model? Give --model=FILE, learned as the head of this file says.');
  process.exit(2);
}
const product = await loadSources([
  "export { analyse } from './structure/analyse';",
  "export { scriptOfDraft } from './structure/script';",
  "export { readMistakes, suspectedLines } from './rules/text/misspellingLines';",
  "export { EVIDENCE, isWord, placed, TextEvidence } from './rules/text/misspellingEvidence';",
  "export { decodeSpellingModel, withWeights } from './spelling/spellingModel';",
  "export { decide, FEATURES } from './spelling/weighing';",
  "export { heldOut } from './spelling/heldOut';",
  "export { vocabulary } from './repair/vocabulary';",
  "export { runToCompletion } from './text/resumable';",
]);
const { EVIDENCE, FEATURES } = product;
const spelling = product.runToCompletion(product.decodeSpellingModel(fs.readFileSync(given.model)));
const words = product.runToCompletion(product.vocabulary());
/** Log-odds at which nine in ten findings in sound documents turned out to be slips when read. */
const SURE = 3.5;
const NAMES = [...EVIDENCE, ...FEATURES, 'constant'];
const random = generator(20261130);

/** Documents and sentences, each a source of samples: `{ x, y, source, half }`. */
const samples = [];
const size = { characters: 0, foreign: 0, planted: [0, 0], wrong: 0 };

for (const { text, half, isForeign } of documents()) {
  if (isForeign) size.foreign += text.length;
  else size.characters += text.length;
  for (const one of suspected(text)) {
    const around = `${text.slice(one.start - 14, one.start)}⟦${text.slice(one.start, one.end)}→${one.newText}⟧${text.slice(one.end, one.end + 12)}`;
    samples.push({
      x: one.evidence,
      y: 0,
      source: isForeign ? 'foreign' : 'sound',
      half,
      around: around.replaceAll('\n', '⏎'),
    });
  }
  if (isForeign || text.length % 2 === 0) continue;
  const { broken, slips } = plant(text);
  size.planted[half] += slips.length;
  for (const one of suspected(broken)) {
    const slip = slips.find(({ start, end }) => start <= one.end && one.start <= end);
    if (!slip) continue;
    const mended = broken.slice(0, one.start) + one.newText + broken.slice(one.end);
    const from = Math.max(0, slip.start - 20);
    const isRight = mended.startsWith(text.slice(slip.original - (slip.start - from), slip.original + 12), from);
    samples.push({ x: one.evidence, y: Number(isRight), source: 'planted', half, kind: slip.kind });
  }
}
for (const { written, meant, half } of sentences()) {
  if (written !== meant) size.wrong++;
  for (const one of suspected(written)) {
    const isRight =
      one.newText === meant.slice(one.start, one.end) && one.newText !== written.slice(one.start, one.end);
    samples.push({ x: one.evidence, y: Number(isRight), source: 'sentence', half });
  }
}
console.log(
  `${size.characters} sound characters, ${size.foreign} of Taiwan and Hong Kong, ${size.planted} slips planted, ${size.wrong} wrong sentences`,
);
for (const source of ['sound', 'foreign', 'planted', 'sentence']) {
  const of = samples.filter((one) => one.source === source);
  console.log(`${source}: ${of.length} suspicions, ${of.filter(({ y }) => y === 1).length} of them slips`);
}

// Sound documents contain slips, too: the samples that a first round is sure of are excluded from the second.
crosswise(samples);
const clean = samples.filter(({ source, odds }) => source !== 'sound' || odds < SURE);
console.log(`${samples.length - clean.length} places of sound documents look like slips`);
crosswise(clean);
report('by the line alone', ({ x }) => x[0]);
report('by the whole text', ({ odds }) => odds);
if (given.samples !== '0') {
  const worst = samples.filter(({ source }) => source === 'sound').sort((a, b) => b.odds - a.odds);
  for (const { odds, around } of worst.slice(0, Number(given.samples))) console.log(`${odds.toFixed(2)} ${around}`);
}
const weights = fitted(clean);
NAMES.forEach((name, index) => {
  console.log(`${weights[index].toFixed(3).padStart(9)}  ${name}`);
});
if (given.write) write(weights);

// --- samples -------------------------------------------------------------------------------------------------------

function* documents() {
  let number = 0;
  let read = 0;
  for (const file of LIBRARY) {
    for (const document of libraryDocuments(file)) {
      if (!product.heldOut(spellingName(document), Number(given.hold)) || number++ % Number(given.every)) continue;
      yield { text: document.text, half: read++ % 2, isForeign: false };
    }
  }
  for (const part of ['hk', 'taiwan']) {
    const folder = path.join(libraryFolder(), 'markdown', part);
    for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
      if (!name.endsWith('.md') || number++ % Number(given.every)) continue;
      yield { text: fs.readFileSync(path.join(folder, name), 'utf8'), half: read++ % 2, isForeign: true };
    }
  }
}

function* sentences() {
  const [fold, folds] = given.fold.split('/').map(Number);
  for (const name of ['odw', 'law']) {
    const rows = fs.readFileSync(path.join(SHARED, `fixtures/spelling/${name}.train`), 'utf8').split('\n');
    // The sets repeat sentences: a correct sentence that also occurs in a learned row is not held out.
    const learned = new Set(rows.filter((_, index) => index % folds !== fold).map((row) => row.split('\t')[2]));
    for (const [index, row] of rows.entries()) {
      const [, written, meant] = row.split('\t');
      if (meant && index % folds === fold && !learned.has(meant))
        yield { written, meant, half: ((index / folds) % 2) | 0 };
    }
  }
}

/** The places of `text` that may be wrong according to the model, each with its evidence. */
function suspected(text) {
  const analysis = product.analyse(text, 'policytext');
  product.runToCompletion(product.readMistakes(analysis, spelling));
  const isTraditional = product.scriptOfDraft(analysis).script === 'traditional';
  const lines = product.runToCompletion(product.suspectedLines(analysis, { spelling, isTraditional }));
  const all = lines.flatMap(({ base, line }) => line.suspicions.map((one) => product.placed(one, base)));
  if (all.length === 0) return [];
  const evidence = new product.TextEvidence(text, spelling, words);
  return all.map((one) => ({ ...one, evidence: evidence.of(one) }));
}

/**
 * `text` with a slip in about one of 300 characters, no two close to each other, each with its offsets in both texts.
 */
function plant(text) {
  const slips = [];
  let broken = '';
  let done = 0;
  for (let at = 40 + Math.floor(random() * 200); at < text.length - 40; at += 100 + Math.floor(random() * 400)) {
    if (![0, 1].every((step) => isIdeograph(text[at + step]))) continue;
    const slip = slipAt(text, at);
    if (!slip) continue;
    broken += text.slice(done, at) + slip.written;
    slips.push({ ...slip, start: broken.length - slip.written.length, end: broken.length, original: at });
    done = at + slip.length;
  }
  return { broken: broken + text.slice(done), slips };
}

function slipAt(text, at) {
  const kind = random();
  const [one, two] = [text[at], text[at + 1]];
  if (kind < 0.06) return { kind: 'missing', written: '', length: 1 };
  if (kind < 0.1) return one === two ? undefined : { kind: 'swapped', written: two + one, length: 2 };
  if (kind < 0.14) return { kind: 'extra', written: one + one, length: 1 };
  const candidates = spelling.confusions.of(one.charCodeAt(0)).map(({ code, ways }) => {
    const character = String.fromCharCode(code);
    const bySound = (ways & 3) !== 0;
    const makesWord = bySound && (product.isWord(text[at - 1] + character) || product.isWord(character + two));
    const byWay = bySound ? 6 : (ways & 8) !== 0 ? 3 : 0.5;
    return {
      character,
      makesWord,
      weight: byWay * Math.exp(0.5 * spelling.language.frequency(spelling.language.numberOf(code))),
    };
  });
  const wordly = candidates.filter(({ makesWord }) => makesWord);
  const pool = wordly.length > 0 && random() < 0.4 ? wordly : candidates;
  let left = random() * pool.reduce((sum, { weight }) => sum + weight, 0);
  for (const { character, makesWord, weight } of pool) {
    left -= weight;
    if (left < 0) return { kind: makesWord ? 'another word' : 'another character', written: character, length: 1 };
  }
  return undefined;
}

function isIdeograph(character) {
  return character >= '\u4e00' && character <= '\u9fff';
}

/** Assigns odds to all samples: fitted on one half of `of` and applied to the other, and vice versa. */
function crosswise(of) {
  for (const half of [0, 1]) {
    const weights = fitted(of.filter((one) => one.half !== half));
    for (const one of samples) if (one.half === half) one.odds = product.decide(one.x, weights);
  }
}

// --- fitting -------------------------------------------------------------------------------------------------------

/**
/**
 * Logistic regression by Newton's method with a ridge. Planted slips have a third of the weight of other samples, because
 * real slips are rarer.
 */
function fitted(of) {
  const count = NAMES.length;
  const mean = new Float64Array(count);
  const spread = new Float64Array(count).fill(1);
  for (let column = 0; column < count - 1; column++) {
    for (const { x } of of) mean[column] += x[column] / of.length;
    let variance = 0;
    for (const { x } of of) variance += (x[column] - mean[column]) ** 2 / of.length;
    spread[column] = Math.sqrt(variance) || 1;
  }
  const rows = of.map(({ x }) =>
    Float64Array.from({ length: count }, (_, index) =>
      index === count - 1 ? 1 : (x[index] - mean[index]) / spread[index],
    ),
  );
  const weight = of.map(({ source }) => ({ sound: 3, foreign: 3, planted: 1, sentence: 3 })[source]);
  let w = new Float64Array(count);
  for (let round = 0; round < 25; round++) {
    const gradient = new Float64Array(count);
    const hessian = Array.from({ length: count }, (_, index) => {
      const row = new Float64Array(count);
      row[index] = index === count - 1 ? 0 : 3;
      return row;
    });
    for (let index = 0; index < count - 1; index++) gradient[index] = -3 * w[index];
    rows.forEach((row, sample) => {
      let sum = 0;
      for (let index = 0; index < count; index++) sum += row[index] * w[index];
      const p = 1 / (1 + Math.exp(-sum));
      const error = weight[sample] * (of[sample].y - p);
      const curve = weight[sample] * p * (1 - p);
      for (let i = 0; i < count; i++) {
        gradient[i] += error * row[i];
        const scaled = curve * row[i];
        for (let j = 0; j <= i; j++) hessian[i][j] += scaled * row[j];
      }
    });
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) hessian[i][j] = hessian[j][i];
    const step = solved(hessian, gradient);
    w = w.map((value, index) => value + step[index]);
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  const result = Array.from(w, (value, index) => value / spread[index]);
  for (let index = 0; index < count - 1; index++) result[count - 1] -= result[index] * mean[index];
  return result.map((value) => Number(value.toFixed(6)));
}

/** The solution of a symmetric positive definite system, by Cholesky. */
function solved(matrix, right) {
  const n = right.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i][j];
      for (let k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k];
      lower[i][j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[j][j];
    }
  }
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= lower[i][k] * y[k];
    y[i] = sum / lower[i][i];
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i];
    for (let k = i + 1; k < n; k++) sum -= lower[k][i] * x[k];
    x[i] = sum / lower[i][i];
  }
  return x;
}

// --- results -------------------------------------------------------------------------------------------------------

/** Prints the recall for each threshold of the odds, by the rate of false alarms that it causes in sound text. */
function report(title, oddsOf) {
  const planted = size.planted[0] + size.planted[1];
  const sound = samples.filter(({ source }) => source === 'sound').map(oddsOf);
  sound.sort((a, b) => b - a);
  console.log(`\n${title}\nalarms in 100,000  odds  foreign  planted found (wrong)  sentences: slips found (wrong)`);
  for (const rate of [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10]) {
    const least = sound[Math.floor((rate * size.characters) / 1e5)] ?? Number.NEGATIVE_INFINITY;
    const reported = samples.filter((one) => oddsOf(one) > least);
    const of = (source, y) => reported.filter((one) => one.source === source && one.y === y).length;
    const share = (y) => `${((100 * of('planted', y)) / planted).toFixed(1)} %`;
    console.log(
      `${rate.toFixed(2).padStart(6)} ${least.toFixed(2).padStart(6)}  ${((of('foreign', 0) * 1e5) / Math.max(1, size.foreign)).toFixed(2)}  ` +
        `${share(1)} (${share(0)})  ${of('sentence', 1)} (${of('sentence', 0)}) of ${size.wrong}`,
    );
  }
}

function write(weights) {
  const file = path.join(root, 'scripts/spelling-weights.json');
  const known = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, `${JSON.stringify({ ...known, text: { features: NAMES, weights } }, undefined, 2)}\n`);
  execFileSync(process.execPath, [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--write', file]);
  const shipped = path.join(root, 'corpus/spelling.bin');
  fs.writeFileSync(shipped, product.withWeights(fs.readFileSync(shipped), shippedWeights()));
  recordSum('spelling.bin');
  console.log(`written: ${file}, ${shipped}`);
}
