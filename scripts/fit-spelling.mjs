// Fits the weights of misspellings (scripts/spelling-weights.json): of the features in a line (`line`), of the evidence in a text
// of a sentence or two (`sentence`) and in a document (`text`), and the thresholds of the first stages of the search
// (`screening`, by fit-screening.mjs), from the developers' folder ../shared, with models that have
// seen neither the documents nor the sentences used for fitting:
//   for K in 0 1 2 3 4: node --max-old-space-size=12000 scripts/learn-spelling.mjs --out=FILE --hold=8 --skip=K/5
//   node --max-old-space-size=8000 scripts/fit-spelling.mjs --model=FILE --hold=8 --fold=0,1,2,3,4/5 --every=2 [--write]
//     [--samples=N] [--stages]
// Sound samples: every second of the held-out documents of the library (one in eight) and of the laws and reports of Taiwan
// and Hong Kong, whole and in parts. Slips: those planted in half of these (a character of similar sound, one that makes
// another word, one of similar shape, one omitted, doubled or transposed, another word of the same sound), and the sentences of
// the test sets' training halves whose correct side occurs in no other fold. Prints the recall of each kind by the rate of
// false alarms, fitted on one half of the documents and counted on the other, and vice versa. --write stores the weights
// fitted on all samples in the file and in corpus/spelling.bin, whose n-grams they do not change. --stages leaves the weights as
// they are and fits the thresholds of the first stages alone.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { generator } from '../tests/benchmark/planters.mjs';
import { libraryFolder } from '../tests/survey/library.mjs';
import { fittedScreening, placesOf, screened } from './fit-screening.mjs';
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
    stages: { type: 'boolean', default: false },
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
  "export { BY_SENTENCE, BY_TEXT } from './rules/text/misspelling';",
  "export { tokenise } from './spelling/tokens';",
  "export { decodeSpellingModel, withWeights } from './spelling/spellingModel';",
  "export { decide, FEATURES } from './spelling/weighing';",
  "export { WordCandidateTable } from './spelling/wordCandidates';",
  "export { heldOut } from './spelling/heldOut';",
  "export { vocabulary } from './repair/vocabulary';",
  "export { runToCompletion } from './text/resumable';",
]);
const { EVIDENCE, FEATURES } = product;
const [fold, folds] = given.fold.split('/');
const foldsGiven = fold.split(',').map(Number);
/** By fold of the sentences: the model that has not seen it. */
const models = new Map(
  foldsGiven.map((one) => [
    one,
    product.runToCompletion(product.decodeSpellingModel(withoutScreening(fs.readFileSync(`${given.model}.${one}`)))),
  ]),
);
const spelling = models.get(foldsGiven[0]);
const wordCandidates = new product.WordCandidateTable(spelling.language, spelling.confusions);
product.runToCompletion(wordCandidates.prepare());
const words = product.runToCompletion(product.vocabulary());
/** Log-odds at which nine in ten findings in sound documents turned out to be slips when read. */
const SURE = 3.5;
const NAMES = [...EVIDENCE, ...FEATURES, 'constant'];
/** Sizes of the parts of documents, in characters. */
const PARTS = [40, 40, 100, 250, 600, 1_500];
/**
 * Weights of the samples by level and source. Planted slips count less, because real ones differ; in texts of a sentence
 * or two those of real sentences, of which there are few, count much more.
 */
const WEIGHT = {
  text: { sound: 3, foreign: 3, planted: 1, sentence: 3 },
  sentence: { sound: 1, foreign: 1, planted: 0.5, sentence: 6 },
};
/** By level; the fewer samples, the higher. */
const RIDGE = { text: 10, sentence: 20 };
/**
 * Weights that are not fitted: in the test sets names are as often wrong as right, but a writer's sentence names places and
 * persons of which no document tells.
 */
const GIVEN = { text: {}, sentence: { 'may be a name': -1 } };
const FIXED = 1e6;
const random = generator(20261130);
/** Of its own, so that the samples do not depend on it. */
const placesRandom = generator(20261201);

/**
 * Samples by the level that they are for: of whole documents, and of parts of 40 to 1,500 characters and sentences. Each is
 * a source of samples `{ x, y, source, half }`.
 */
const samples = { text: [], sentence: [] };
const size = { characters: 0, foreign: 0, planted: { text: 0, sentence: 0 }, wrong: 0 };

/** Places of sound documents where the line is surprising. */
const places = [];

for (const { text, half, isForeign } of documents()) {
  if (!isForeign) for (const place of placesOf(product, spelling, text, placesRandom)) places.push(place);
  if (isForeign) size.foreign += text.length;
  else size.characters += text.length;
  sampleSound(text, { half, isForeign, level: 'text' });
  if (!isForeign && text.length % 2 === 1) samplePlanted(text, plant(text), half, 'text');
  for (const part of partsOf(text)) {
    sampleSound(part, { half, isForeign, level: 'sentence' });
    if (!isForeign && random() < 0.5) samplePlanted(part, plantOne(part), half, 'sentence');
  }
}
for (const { written, meant, half, spelling } of sentences()) {
  if (written !== meant) size.wrong++;
  for (const one of suspected(written, spelling)) {
    const isRight =
      one.newText === meant.slice(one.start, one.end) && one.newText !== written.slice(one.start, one.end);
    const sample = { x: one.evidence, y: Number(isRight), source: 'sentence', half, around: aroundOf(written, one) };
    if (isRight) sample.screened = screenedOf(written, one, spelling);
    samples.text.push(sample);
    samples.sentence.push({ ...sample });
  }
}
console.log(
  `${size.characters} sound characters, ${size.foreign} of Taiwan and Hong Kong, slips planted: ${JSON.stringify(size.planted)}, ${size.wrong} wrong sentences`,
);

const weights = given.stages ? keptWeights() : fittedWeights();
const found = ['sentence', 'text'].flatMap((level) => {
  const { possible } = level === 'text' ? product.BY_TEXT : product.BY_SENTENCE;
  return samples[level]
    .filter(({ screened, odds }) => screened && odds >= possible)
    .flatMap(({ screened, source }) => screened.map((one) => ({ ...one, weight: WEIGHT[level][source] })));
});
const screening = fittedScreening(found, places);
if (given.write) write({ ...weights, screening });

/** The weights by the samples, with their odds; prints what they find. */
function fittedWeights() {
  // The weights in a line first: the odds by the line are evidence of the other levels.
  const inLine = samples.sentence
    .filter(({ x }) => isWrongCharacter(x) && x[EVIDENCE.indexOf('several characters')] === 0)
    .map((one) => ({ ...one, x: one.x.slice(EVIDENCE.length) }));
  const result = { line: fitted(inLine, 'sentence') };
  const byLine = EVIDENCE.indexOf('odds by the line');
  for (const one of [...samples.text, ...samples.sentence]) {
    if (isWrongCharacter(one.x)) one.x[byLine] = product.decide(one.x.slice(EVIDENCE.length), result.line);
  }
  for (const level of ['sentence', 'text']) {
    const all = samples[level];
    for (const source of ['sound', 'foreign', 'planted', 'sentence']) {
      const of = all.filter((one) => one.source === source);
      console.log(
        `${level}, ${source}: ${of.length} suspicions, ${of.filter(({ y }) => y === 1).length} of them slips`,
      );
    }
    // Sound documents contain slips, too: the samples that a first round is sure of are excluded from the second.
    crosswise(all, all, level);
    const clean = all.filter(({ source, odds }) => source !== 'sound' || odds < SURE);
    console.log(`${all.length - clean.length} places of sound documents look like slips`);
    crosswise(clean, all, level);
    report(`${level}: by the line alone`, level, ({ x }) => x[byLine]);
    report(`${level}: by the evidence`, level, ({ odds }) => odds);
    if (given.samples !== '0') {
      const worst = all.filter(({ y }) => y === 0).sort((a, b) => b.odds - a.odds);
      for (const { odds, source, around } of worst.slice(0, Number(given.samples)))
        console.log(`${odds.toFixed(2)} ${source} ${around}`);
    }
    result[level] = fitted(clean, level);
  }
  NAMES.forEach((name, index) => {
    const line = result.line[index - EVIDENCE.length];
    const numbers = [line, result.sentence[index], result.text[index]];
    console.log(`${numbers.map((one) => (one === undefined ? '' : one.toFixed(3)).padStart(9)).join('')}  ${name}`);
  });
  return result;
}

/** The shipped weights, by which the samples get their odds. */
function keptWeights() {
  const { weights: line, sentence, evidence: text } = shippedWeights();
  for (const [level, of] of Object.entries({ sentence, text })) {
    for (const one of samples[level]) one.odds = product.decide(one.x, of);
  }
  return { line, sentence, text };
}

// --- samples -------------------------------------------------------------------------------------------------------

function sampleSound(text, { half, isForeign, level }) {
  for (const one of suspected(text)) {
    const source = isForeign ? 'foreign' : 'sound';
    samples[level].push({ x: one.evidence, y: 0, source, half, around: aroundOf(text, one) });
  }
}

/** What the first stages of the search know of the places of the suspicion `one`. */
function screenedOf(text, one, by = spelling) {
  return screened(product, by, text, one.start - one.inLine.start, one.inLine.slips);
}

function aroundOf(text, { start, end, newText }) {
  const around = `${text.slice(Math.max(0, start - 14), start)}⟦${text.slice(start, end)}→${newText}⟧${text.slice(end, end + 12)}`;
  return around.replaceAll('\n', '⏎');
}

function samplePlanted(text, { broken, slips }, half, level) {
  size.planted[level] += slips.length;
  if (slips.length === 0) return;
  for (const one of suspected(broken)) {
    const slip = slips.find(({ start, end }) => start <= one.end && one.start <= end);
    if (!slip) continue;
    const mended = broken.slice(0, one.start) + one.newText + broken.slice(one.end);
    const from = Math.max(0, slip.start - 20);
    const isRight = mended.startsWith(text.slice(slip.original - (slip.start - from), slip.original + 12), from);
    const sample = { x: one.evidence, y: Number(isRight), source: 'planted', half, kind: slip.kind };
    if (isRight) sample.screened = screenedOf(broken, one);
    samples[level].push({ ...sample, around: aroundOf(broken, one) });
  }
}

/** `text` in parts of whole sentences, of different sizes. */
function* partsOf(text) {
  let part = '';
  let least = 40;
  for (const sentence of text.match(/[^。\n]*[。\n]?/g)) {
    part += sentence;
    if (part.length < least) continue;
    yield part;
    part = '';
    least = PARTS[Math.floor(random() * PARTS.length)];
  }
}

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
  for (const name of ['odw', 'law']) {
    const rows = fs.readFileSync(path.join(SHARED, `fixtures/spelling/${name}.train`), 'utf8').split('\n');
    for (const [one, model] of models) {
      // The sets repeat sentences: a correct sentence that also occurs in a learned row is not held out.
      const learned = new Set(rows.filter((_, index) => index % folds !== one).map((row) => row.split('\t')[2]));
      for (const [index, row] of rows.entries()) {
        const [, written, meant] = row.split('\t');
        if (!meant || index % folds !== one || learned.has(meant)) continue;
        yield { written, meant, half: ((index / folds) % 2) | 0, spelling: model };
      }
    }
  }
}

/** The places of `text` that may be wrong according to the model `by`, each with its evidence. */
function suspected(text, by = spelling) {
  const analysis = product.analyse(text, 'policytext');
  product.runToCompletion(product.readMistakes(analysis, by));
  const isTraditional = product.scriptOfDraft(analysis).script === 'traditional';
  const lines = product.runToCompletion(product.suspectedLines(analysis, { spelling: by, isTraditional }));
  const all = lines.flatMap(({ base, line }) => line.suspicions.map((one) => product.placed(one, base)));
  if (all.length === 0) return [];
  const evidence = new product.TextEvidence(text, by, words);
  return all.map((one) => ({ ...one, evidence: evidence.of(one) }));
}

/** Whether evidence `x` is about characters that are wrong, whose odds by the line are a regression. */
function isWrongCharacter(x) {
  return ['missing', 'extra', 'swapped', 'another word'].every((kind) => x[EVIDENCE.indexOf(kind)] === 0);
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

/** `text` with one slip, if one can be made. */
function plantOne(text) {
  for (let attempt = 0; attempt < 10; attempt++) {
    const at = Math.floor(random() * (text.length - 1));
    if (![0, 1].every((step) => isIdeograph(text[at + step]))) continue;
    const slip = slipAt(text, at);
    if (!slip) continue;
    const broken = text.slice(0, at) + slip.written + text.slice(at + slip.length);
    return { broken, slips: [{ ...slip, start: at, end: at + slip.written.length, original: at }] };
  }
  return { broken: text, slips: [] };
}

function slipAt(text, at) {
  const kind = random();
  const [one, two] = [text[at], text[at + 1]];
  if (kind > 0.85) {
    const others = product.isWord(one + two) ? wordCandidates.of(one.charCodeAt(0), two.charCodeAt(0)) : [];
    const other = others[Math.floor(random() * others.length)];
    if (other) {
      const written = [other.first, other.second].map((number) => spelling.language.codeOf(number));
      return { kind: 'another word of that sound', written: String.fromCharCode(...written), length: 2 };
    }
  }
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

/** Assigns odds to `all` samples: fitted to one half of `of` and applied to the other, and vice versa. */
function crosswise(of, all, level) {
  for (const half of [0, 1]) {
    const weights = fitted(
      of.filter((one) => one.half !== half),
      level,
    );
    for (const one of all) if (one.half === half) one.odds = product.decide(one.x, weights);
  }
}

// --- fitting -------------------------------------------------------------------------------------------------------

/** Logistic regression of the samples `of` for a level, by Newton's method with a {@link RIDGE}. */
function fitted(of, level) {
  const ridge = RIDGE[level];
  const count = of[0].x.length + 1;
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
  const weight = of.map(({ source }) => WEIGHT[level][source]);
  const isWhole = count === NAMES.length;
  const given = new Map(
    isWhole ? Object.entries(GIVEN[level]).map(([name, value]) => [NAMES.indexOf(name), value]) : [],
  );
  const ridges = Float64Array.from({ length: count }, (_, index) => (given.has(index) ? FIXED : ridge));
  ridges[count - 1] = 0;
  const prior = Float64Array.from({ length: count }, (_, index) => (given.get(index) ?? 0) * spread[index]);
  let w = Float64Array.from(prior);
  for (let round = 0; round < 25; round++) {
    const gradient = new Float64Array(count);
    const hessian = Array.from({ length: count }, (_, index) => {
      const row = new Float64Array(count);
      row[index] = ridges[index];
      return row;
    });
    for (let index = 0; index < count; index++) gradient[index] = ridges[index] * (prior[index] - w[index]);
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
function report(title, level, oddsOf) {
  const all = samples[level];
  const planted = size.planted[level];
  const sound = all.filter(({ source }) => source === 'sound').map(oddsOf);
  sound.sort((a, b) => b - a);
  console.log(`\n${title}\nalarms in 100,000  odds  foreign  planted found (wrong)  sentences: slips found (wrong)`);
  for (const rate of [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 40]) {
    const least = sound[Math.floor((rate * size.characters) / 1e5)] ?? Number.NEGATIVE_INFINITY;
    const reported = all.filter((one) => oddsOf(one) > least);
    const of = (source, y) => reported.filter((one) => one.source === source && one.y === y).length;
    const share = (y) => `${((100 * of('planted', y)) / planted).toFixed(1)} %`;
    console.log(
      `${rate.toFixed(2).padStart(6)} ${least.toFixed(2).padStart(6)}  ${((of('foreign', 0) * 1e5) / Math.max(1, size.foreign)).toFixed(2)}  ` +
        `${share(1)} (${share(0)})  ${of('sentence', 1)} (${of('sentence', 0)}) of ${size.wrong}`,
    );
  }
}

/** The model in `bytes` without first stages, which searches wherever a line is surprising. */
function withoutScreening(bytes) {
  return product.withWeights(bytes, { ...shippedWeights(), screening: undefined });
}

function write({ line, sentence, text, screening }) {
  const file = path.join(root, 'scripts/spelling-weights.json');
  const content = {
    line: { features: [...FEATURES, 'constant'], weights: line },
    sentence: { features: NAMES, weights: sentence },
    text: { features: NAMES, weights: text },
    screening,
  };
  fs.writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
  execFileSync(process.execPath, [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--write', file]);
  const shipped = path.join(root, 'corpus/spelling.bin');
  fs.writeFileSync(shipped, product.withWeights(fs.readFileSync(shipped), shippedWeights()));
  recordSum('spelling.bin');
  console.log(`written: ${file}, ${shipped}`);
}
