// Fits the thresholds of the first stages of the search for misspellings (server/src/spelling/screening.ts), for
// scripts/fit-spelling.mjs: which places of a surprising line can reach a finding. Each stage loses a share of the slips that are
// found without it, and leaves a share of the places.

/** Share of the slips found, by weight, that each stage may lose. */
const LOSS = 0.0005;
/**
 * The same of two adjacent wrong characters, by number: they are one slip in a thousand, and dear to look for if few surprising
 * places are passed over.
 */
const LOSS_OF_ADJACENT = 0.2;
/** Losses printed, to see what another choice would give. */
const LOSSES = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
/** Kinds of slips by what is searched. */
export const KINDS = ['wrong', 'adjacent', 'word', 'missing', 'extra', 'swapped'];
/** By kind: the stages after the surprise. */
const STAGES = {
  wrong: ['estimate', 'context', 'gain'],
  adjacent: ['estimate', 'gain'],
  word: ['estimate', 'gain'],
  missing: ['estimate', 'gain'],
  extra: ['gain'],
  swapped: ['gain'],
};
/** By kind: the bit that the first look at a line sets where it may be. */
const BITS = { wrong: 1, adjacent: 1, word: 4, missing: 2, extra: 8, swapped: 16 };
/** Estimates tried, in nats. */
const ESTIMATES = Array.from({ length: 80 }, (_, step) => 20 - step / 2);
/** A threshold that loses nothing. */
const NONE = -100;
const RIDGE = 1e-4;

/** One place in so many of sound documents is compared with the slips. */
const ONE_IN = 20;

/** The places of a suspicion's slips in a line of `text`, each with what the first stages know of it. */
export function screened({ tokenise }, { checker }, text, base, slips) {
  const start = text.lastIndexOf('\n', base) + 1;
  const end = text.indexOf('\n', base);
  const tokens = tokenise(text.slice(start, end < 0 ? text.length : end));
  const line = checker.read(tokens);
  const { screening } = checker;
  return slips.flatMap((slip, index) => {
    // The boundary before the first character is at its offset.
    const at = tokens.offsets.subarray(0, tokens.length).indexOf(slip.start + base - start, 1);
    if (at < 0) return [];
    // Beside another word everything is searched.
    if (slips.length > 1 && slips.some(({ kind }) => kind !== 'wrong')) return [];
    // The first of two stands for both.
    if (index > 0) return [];
    const kind = slips.length > 1 ? 'adjacent' : slip.kind;
    const all = { estimate: NONE, context: NONE, gain: NONE };
    const gain = gainOf(screening, line, at, kind, all);
    const isKept = (name, least) => gainOf(screening, line, at, kind, { ...all, [name]: least }) >= gain;
    const passed = (name) => (gain > NONE ? ESTIMATES.find((one) => isKept(name, one)) : undefined) ?? NONE;
    return [
      {
        kind,
        surprise: surpriseAt(line, at),
        gain: Math.max(gain, NONE),
        estimate: passed('estimate'),
        context: passed('context'),
      },
    ];
  });
}

/** A sample of the places of `text` where a line is surprising, each with the bits of the slips that may be there. */
export function placesOf({ tokenise }, { checker }, text, random) {
  const places = [];
  for (const one of text.split('\n')) {
    const tokens = tokenise(one);
    const line = checker.read(tokens);
    const looked = checker.surprising(line, tokens);
    looked?.forEach((bits, at) => {
      if (bits === 0 || random() * ONE_IN > 1) return;
      places.push({ bits, surprise: surpriseAt(line, at) });
    });
  }
  return places;
}

/** The thresholds by `slips` that are found (see {@link screened}), each with a weight, and by places in sound documents. */
export function fittedScreening(slips, places) {
  const thresholds = {};
  for (const kind of KINDS) {
    const isRare = kind === 'adjacent';
    const own = slips
      .filter((slip) => slip.kind === kind)
      .map((slip) => ({ ...slip, weight: isRare ? 1 : slip.weight }));
    const others = places.filter(({ bits }) => (bits & BITS[kind]) !== 0);
    const surprise = surpriseWeights(own, others);
    const by = (one) => surprise.reduce((sum, weight, index) => sum + weight * one.surprise[index], 0);
    console.log(
      `\nfirst stages, ${kind}: ${own.length} slips found, ${others.length} places; surprise by ${surprise.join(', ')}`,
    );
    console.log(
      'lost: threshold of surprise, places left of all that are surprising, estimate, estimate by context, gain',
    );
    for (const loss of LOSSES) {
      const at = lost(own, by, loss);
      const left = others.filter((one) => by(one) >= at).length / places.length;
      const further = ['estimate', 'context', 'gain'].map((name) => lost(own, (one) => one[name], loss).toFixed(2));
      console.log(`${loss}: ${at.toFixed(2)} ${left.toFixed(3)} ${further.join(' ')}`);
    }
    const loss = isRare ? LOSS_OF_ADJACENT : LOSS;
    thresholds[kind] = { surprise, least: rounded(lost(own, by, loss)) };
    for (const name of STAGES[kind]) thresholds[kind][name] = rounded(lost(own, (one) => one[name], loss));
  }
  return thresholds;
}

function gainOf(screening, line, at, kind, least) {
  switch (kind) {
    case 'wrong':
      return screening.gainOfWrong(line, at, least);
    case 'adjacent':
      return screening.gainOfAdjacent(line, at, least);
    case 'word':
      return screening.gainOfWord(line, at, least);
    case 'missing':
      return screening.gainOfMissing(line, at, least);
    case 'extra':
      return screening.gainOfExtra(line, at, least);
    default:
      return screening.gainOfSwapped(line, at, least);
  }
}

/** The costs as written of the character at `at` and the two that follow. */
function surpriseAt({ logs }, at) {
  return [0, 1, 2].map((step) => -(logs[at + step] ?? 0));
}

/** The highest threshold of `value` that loses at most the share `loss` of the weight of `slips`. */
function lost(slips, value, loss) {
  const sorted = slips.map((slip) => [value(slip), slip.weight]).sort((a, b) => a[0] - b[0]);
  let left = loss * sorted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [at, weight] of sorted) {
    left -= weight;
    if (left < 0) return at;
  }
  return NONE;
}

/** Fewer slips than this tell nothing about the weights of their surprise. */
const MIN_SLIPS = 30;

/** The weights of the surprise that best tell slips from other places: a logistic regression with both sides of equal weight. */
function surpriseWeights(slips, others) {
  if (slips.length < MIN_SLIPS) return [1, 1, 1];
  const all = slips.reduce((sum, { weight }) => sum + weight, 0);
  const rows = [
    ...slips.map(({ surprise, weight }) => ({ x: [...surprise, 1], y: 1, weight: weight / all })),
    ...others.map(({ surprise }) => ({ x: [...surprise, 1], y: 0, weight: 1 / others.length })),
  ];
  let w = [0, 0, 0, 0];
  for (let round = 0; round < 30; round++) {
    const gradient = w.map((value) => -RIDGE * value);
    const curve = w.map((_, i) => w.map((_, j) => (i === j ? RIDGE : 0)));
    for (const { x, y, weight } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * w[i], 0)));
      for (let i = 0; i < x.length; i++) {
        gradient[i] += weight * (y - p) * x[i];
        for (let j = 0; j < x.length; j++) curve[i][j] += weight * p * (1 - p) * x[i] * x[j];
      }
    }
    const step = solved(curve, gradient);
    w = w.map((value, i) => value + step[i]);
  }
  return w.slice(0, 3).map(rounded);
}

/** The solution of a small regular system, by elimination. */
function solved(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < rows.length; j++) {
      if (j === i) continue;
      const factor = rows[j][i] / rows[i][i];
      for (let k = i; k <= rows.length; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  return rows.map((row, i) => row[rows.length] / row[i]);
}

function rounded(value) {
  return Math.floor(value * 1000) / 1000;
}
