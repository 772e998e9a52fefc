// Learns the spelling model from the developers' folder ../shared (not part of the repository):
//   node --max-old-space-size=12000 scripts/learn-spelling.mjs [--verify | --out=FILE [--hold=N] [--skip=N/M]] [--prune=A,B,C,D] …
// Without options it writes corpus/spelling.bin and records command and sums in corpus/sums.json; --verify rebuilds it
// as recorded there and compares (exit code 1 if it differs). It learns from all documents of the library except those
// held out (heldOut below), on which `npm run bench:spelling` counts false alarms, and from the correct side of the
// sentences of the test sets' training halves. --hold=N holds out one document in N instead of one in forty, for
// scripts/fit-spelling.mjs; --skip=N/M also writes OUT.N, a model that has not seen every Mth of the sentences and their
// mistakes, for cross-validation. Characters that sound alike come from pinyin-pro, those that look alike from the shapes
// of the fixtures, pairs seen as mistakes from the training halves, and the weights of their odds from
// scripts/spelling-weights.json. Only n-grams with their probabilities are written, no text.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { CONFUSION_INPUTS, confusionData, RIGHTS } from './confusion-data.mjs';
import { beginLearning, LIBRARY, libraryDocuments, SHARED, shippedWeights, spellingName } from './learned.mjs';

const { values: given } = parseArgs({
  options: {
    out: { type: 'string' },
    verify: { type: 'boolean', default: false },
    weight: { type: 'string', default: '10' },
    skip: { type: 'string' },
    hold: { type: 'string', default: '40' },
    order: { type: 'string', default: '5' },
    prune: { type: 'string', default: '6,10,18,48' },
    sample: { type: 'string', default: '1' },
  },
});
const { order, prune: limitsGiven, weight, sample: part } = given;
if (given.hold !== '40' && !given.out) throw new Error('the shipped model holds out one document in forty: give --out');
const learning = beginLearning('spelling.bin', 'learn-spelling.mjs', {
  options: { order, prune: limitsGiven, weight, sample: part },
  inputs: [...LIBRARY.map((name) => `library/${name}.jsonl.xz`), ...CONFUSION_INPUTS],
  out: given.out,
  verify: given.verify,
});
const args = learning.options;
const ORDER = Number(args.order);
const built = await esbuild.build({
  stdin: {
    contents:
      "export * from './tokens'; export * from './modelFile'; export * from './spellingModel'; export * from './heldOut';",
    resolveDir: 'server/src/spelling',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const { tokenise, STEP, MAX_BACKOFF, encodeSpellingModel, heldOut } = await import(
  `data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`
);

const started = Date.now();
const log = (text) => console.error(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);

// --- reading -------------------------------------------------------------------------------------------------------

/** All lines as codes, each with its boundaries, separated by 0. */
let codes = new Uint16Array(1 << 24);
let size = 1;
const seen = new Set();
function enter(line, times = 1) {
  const tokens = tokenise(line);
  if (tokens.length < 4) return;
  // The same sentence in a hundred laws counts as evidence once.
  if (tokens.length > 14 && times === 1) {
    let high = 0x811c9dc5;
    let low = 0x1234567;
    for (let at = 1; at < tokens.length; at++) {
      high = Math.imul(high ^ tokens.codes[at], 0x01000193);
      low = Math.imul(low ^ tokens.codes[at], 0x5bd1e995) ^ (low >>> 13);
    }
    const hash = (high >>> 0) * 0x100000 + ((low >>> 0) & 0xfffff);
    if (seen.has(hash)) return;
    seen.add(hash);
  }
  for (let time = 0; time < times; time++) {
    if (size + tokens.length + 1 > codes.length) {
      const larger = new Uint16Array(codes.length * 2);
      larger.set(codes);
      codes = larger;
    }
    codes.set(tokens.codes.subarray(0, tokens.length), size);
    size += tokens.length;
    codes[size++] = 0;
  }
}
let documents = 0;
const sample = Number(args.sample);
for (const file of LIBRARY) {
  for (const document of libraryDocuments(file)) {
    if (heldOut(spellingName(document), Number(given.hold)) || (sample > 1 && documents++ % sample)) continue;
    for (const line of document.text.split('\n')) enter(line);
  }
}
log(`${size} characters`);
const [fold, folds] = (given.skip ?? '-1/1').split('/').map(Number);
/** Start of the sentences that a model for cross-validation leaves out. */
let skippedFrom = 0;
for (const skipped of [false, true]) {
  if (skipped) skippedFrom = size;
  for (const file of RIGHTS) {
    fs.readFileSync(path.join(SHARED, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        const [, , right] = line.split('\t');
        if (right && (index % folds === fold) === skipped) enter(right, Number(args.weight));
      });
  }
}
seen.clear();
log(`${size} characters with rights`);

// The vocabulary: by frequency; less frequent characters are mapped to a symbol.
const frequency = new Float64Array(0x10000);
for (let at = 0; at < size; at++) frequency[codes[at]]++;
const SYMBOL = 0x23;
const vocabulary = [];
for (let code = 1; code < 0x10000; code++) if (frequency[code] >= 8 || code === SYMBOL) vocabulary.push(code);
vocabulary.sort((a, b) => frequency[b] - frequency[a]);
const numbers = new Uint16Array(0x10000);
vocabulary.forEach((code, index) => {
  numbers[code] = index + 1;
});
const text = new Uint16Array(size);
for (let at = 0; at < size; at++) text[at] = codes[at] === 0 ? 0 : numbers[codes[at]] || numbers[SYMBOL];
codes = undefined;
const BOUNDARY_NUMBER = numbers[0x0a];
const V = vocabulary.length;
log(`${V} different characters`);

// --- counting ------------------------------------------------------------------------------------------------------

/** Assigns consecutive numbers to pairs of a prefix and a character. */
class Grams {
  constructor(bits) {
    this.bits = bits;
    this.slots = new Uint32Array(2 ** bits);
    this.room(2 ** (bits - 1));
    this.count = 1;
  }
  room(length) {
    for (const [name, Type] of [
      ['parent', Uint32Array],
      ['suffix', Uint32Array],
      ['char', Uint16Array],
      ['times', Uint32Array],
    ]) {
      const array = new Type(length);
      if (this[name]) array.set(this[name]);
      this[name] = array;
    }
  }
  slotOf(parent, char) {
    const mask = this.slots.length - 1;
    let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(char, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let slot = hash & mask;
    for (;;) {
      const id = this.slots[slot];
      if (id === 0 || (this.parent[id] === parent && this.char[id] === char)) return slot;
      slot = (slot + 1) & mask;
    }
  }
  add(parent, char, suffix) {
    const slot = this.slotOf(parent, char);
    let id = this.slots[slot];
    if (id === 0) {
      if (this.count >= this.parent.length) {
        this.grow();
        return this.add(parent, char, suffix);
      }
      id = this.count++;
      this.slots[slot] = id;
      this.parent[id] = parent;
      this.char[id] = char;
      this.suffix[id] = suffix;
    }
    this.times[id]++;
    return id;
  }
  grow() {
    this.bits++;
    this.slots = new Uint32Array(2 ** this.bits);
    this.room(2 ** (this.bits - 1));
    for (let id = 1; id < this.count; id++) this.slots[this.slotOf(this.parent[id], this.char[id])] = id;
  }
}

/** By level: parents and suffixes are ids of the level below; ids of level 1 are the characters themselves. */
const levels = [undefined];
{
  const first = { count: V + 1, parent: new Uint32Array(V + 1), suffix: new Uint32Array(V + 1) };
  first.char = Uint16Array.from({ length: V + 1 }, (_, index) => index);
  first.times = new Uint32Array(V + 1);
  for (let at = 0; at < size; at++) first.times[text[at]]++;
  first.times[0] = 0;
  first.tail = Uint32Array.from(text.subarray(skippedFrom));
  levels.push(first);
}
{
  /** By position: the n-gram that starts there, 0 for none. */
  let ids = Uint32Array.from(text);
  for (let level = 2; level <= ORDER; level++) {
    const grams = new Grams(level === 2 ? 22 : 24);
    const next = new Uint32Array(size);
    for (let at = 0; at + level <= size; at++) {
      const char = text[at + level - 1];
      const prefix = ids[at];
      const suffix = ids[at + 1];
      if (char === 0 || prefix === 0 || suffix === 0) continue;
      next[at] = grams.add(prefix, char, suffix);
    }
    grams.slots = undefined;
    grams.tail = next.slice(skippedFrom);
    ids = next;
    levels.push(grams);
    log(`level ${level}: ${grams.count - 1} n-grams`);
  }
}

// --- Kneser and Ney ------------------------------------------------------------------------------------------------

/** Subtracts the skipped sentences from the counts, or with 1 adds them again. */
function change(by) {
  for (const { tail, times } of levels.slice(1)) for (const id of tail) if (id > 0) times[id] += by;
}

function estimate() {
  for (let level = 1; level <= ORDER; level++) {
    const grams = levels[level];
    const { count, char, parent, times } = grams;
    // Below the top level the count is the number of distinct predecessors; a boundary has none.
    grams.head = Uint8Array.from({ length: count }, (_, id) =>
      level === 1 ? Number(char[id] === BOUNDARY_NUMBER) : levels[level - 1].head[parent[id]],
    );
    grams.counts = times;
    if (level === ORDER) continue;
    const counts = new Uint32Array(count);
    const { count: above, suffix, times: timesAbove } = levels[level + 1];
    for (let id = 1; id < above; id++) if (timesAbove[id] > 0) counts[suffix[id]]++;
    for (let id = 1; id < count; id++) {
      if (times[id] === 0) counts[id] = 0;
      else if ((grams.head[id] && level > 1) || counts[id] === 0) counts[id] = grams.head[id] ? times[id] : 1;
    }
    grams.counts = counts;
  }
  for (let level = 1; level <= ORDER; level++) {
    const grams = levels[level];
    const { count, counts, parent, suffix } = grams;
    const of = [0, 0, 0, 0, 0];
    for (let id = 1; id < count; id++) if (counts[id] > 0 && counts[id] <= 4) of[counts[id]]++;
    const y = of[1] / (of[1] + 2 * of[2]);
    const discounts = [0, 1, 2, 3].map((n) => (n === 0 ? 0 : Math.max(0.05, n - ((n + 1) * y * of[n + 1]) / of[n])));
    log(`level ${level}: discounts ${discounts.map((one) => one.toFixed(2))}`);
    grams.p = new Float32Array(count);
    if (level === 1) {
      let total = 0;
      for (let id = 1; id < count; id++) total += counts[id];
      for (let id = 1; id < count; id++) grams.p[id] = Math.max(counts[id], 0.5) / total;
      continue;
    }
    const below = levels[level - 1];
    const totals = new Float64Array(below.count);
    const rest = new Float64Array(below.count);
    for (let id = 1; id < count; id++) {
      if (counts[id] === 0) continue;
      totals[parent[id]] += counts[id];
      rest[parent[id]] += discounts[Math.min(3, counts[id])];
    }
    for (let id = 1; id < count; id++) {
      if (counts[id] === 0) continue;
      const of = parent[id];
      grams.p[id] = (counts[id] - discounts[Math.min(3, counts[id])] + rest[of] * below.p[suffix[id]]) / totals[of];
    }
    below.bow = Float32Array.from(totals, (total, id) => (total > 0 ? rest[id] / total : 1));
  }
}

// --- pruning -------------------------------------------------------------------------------------------------------

try {
  for (const skipped of given.skip ? [true, false] : [false]) {
    if (skipped) change(-1);
    estimate();
    prune(args.prune.split(',').map(Number));
    pack(skipped ? `${learning.target}.${fold}` : learning.target, skipped);
    if (skipped) change(1);
  }
  learning.finish();
} finally {
  learning.close();
}

function prune(given) {
  const limits = [0, 0, ...given];
  for (const grams of levels.slice(1)) grams.kept = new Uint8Array(grams.count);
  levels[1].kept.fill(1, 1);
  for (let level = ORDER; level >= 2; level--) {
    const { count, kept, p, parent, suffix, times } = levels[level];
    const below = levels[level - 1];
    const limit = limits[level];
    let left = 0;
    for (let id = 1; id < count; id++) {
      if (!kept[id]) {
        const tells = times[id] * Math.log(p[id] / (below.bow[parent[id]] * below.p[suffix[id]]));
        if (!(tells >= limit) || times[id] < 2) continue;
        kept[id] = 1;
      }
      left++;
      below.kept[parent[id]] = 1;
      below.kept[suffix[id]] = 1;
    }
    log(`level ${level}: ${left} kept`);
  }
}

// --- numbering and packing -----------------------------------------------------------------------------------------

function pack(out, skipped) {
  const order = levels.map((_grams, level) =>
    level < 2 ? Uint32Array.from({ length: V }, (_, index) => index + 1) : undefined,
  );
  const total = levels.reduce((sum, grams) => sum + (grams ? grams.kept.reduce((all, one) => all + one, 0) : 0), 1);
  const trie = {
    vocabulary: Uint16Array.from(vocabulary),
    sizes: new Uint32Array(ORDER),
    characters: new Uint16Array(total),
    firstChild: new Uint32Array(total + 1),
    suffix: new Uint32Array(total),
    probabilities: new Uint8Array(total),
    backoffs: new Uint8Array(total),
  };
  const quantised = (p) => Math.min(255, Math.max(0, Math.round(-Math.log(p) / STEP)));
  trie.firstChild[0] = 1;
  let next = 1;
  /** By id of the level below: its node. */
  let nodes = new Uint32Array(1);
  for (let level = 1; level <= ORDER; level++) {
    const grams = levels[level];
    const own = new Uint32Array(grams.count);
    trie.sizes[level - 1] = order[level].length;
    for (const id of order[level]) {
      own[id] = next;
      trie.characters[next] = grams.char[id];
      trie.suffix[next] = level === 1 ? 0 : nodes[grams.suffix[id]];
      trie.probabilities[next] = quantised(grams.p[id]);
      next++;
    }
    if (level === ORDER) break;
    const above = levels[level + 1];
    // The mass that the retained n-grams leave to the lower distribution, and their number.
    const explicit = new Float64Array(grams.count);
    const lower = new Float64Array(grams.count);
    const number = new Uint32Array(grams.count);
    const kept = [];
    for (let id = 1; id < above.count; id++) {
      if (!above.kept[id]) continue;
      kept.push(id);
      number[above.parent[id]]++;
      explicit[above.parent[id]] += above.p[id];
      lower[above.parent[id]] += grams.p[above.suffix[id]];
    }
    const keys = Float64Array.from(kept, (id) => own[above.parent[id]] * 0x4000 + above.char[id]);
    order[level + 1] = Uint32Array.from(kept.keys())
      .sort((a, b) => keys[a] - keys[b])
      .map((index) => kept[index]);
    let first = next;
    for (const id of order[level]) {
      trie.firstChild[own[id]] = first;
      first += number[id];
      if (number[id] === 0) continue;
      const backoff = Math.max(1e-6, 1 - explicit[id]) / Math.max(1e-6, 1 - lower[id]);
      trie.backoffs[own[id]] = Math.min(255, Math.max(0, Math.round((MAX_BACKOFF - Math.log(backoff)) / STEP)));
    }
    nodes = own;
  }
  trie.firstChild.fill(total, total - order[ORDER].length);
  log(`nodes ${trie.sizes}`);
  const data = { ...confusionData(vocabulary, skipped ? { fold, folds } : undefined), ...shippedWeights() };
  const bytes = encodeSpellingModel(data, trie);
  fs.writeFileSync(out, bytes);
  log(`${out}: ${bytes.length} bytes`);
}
