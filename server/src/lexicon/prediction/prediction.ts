/**
 * Finds the runs of characters that are likely to come next. The next character is predicted from the last characters
 * of the text by the n-grams of a lexicon and by the draft itself, longer contexts first and shorter ones for the
 * remaining mass (interpolated absolute discounting, Ney, Essen & Kneser 1994). Likely runs are found best first.
 */
import { isBlank } from '../../text/characters';
import { isWordPair } from '../../text/words';
import { isClosing, isStop } from '../mining/boundaries';
import { Interpolation } from '../mining/interpolation';
import { NGRAM_ORDER, NgramTable } from '../mining/ngrams';
import type { Lexicon } from '../model/lexicon';

/** The draft weighs more than the corpus: writers repeat themselves. */
const DRAFT_WEIGHT = 2.2;
/**
 * Minimum number of units of the draft used before the caret, if it has as many, and the most beyond that; and number of
 * occurrences of a frequent character.
 */
const DRAFT_LENGTH = 36_000;
const DRAFT_STEP = 4_000;
const DRAFT_PLACES = 300;
/** Less likely runs are not followed further. */
export const MIN_LIKELIHOOD = 0.01;
const MAX_STEPS = 160;
const MAX_RUN_LENGTH = 40;

/** Where the part of a draft begins that predicts what follows `caret`: moves in steps, so that most keystrokes keep it. */
export function draftStart(caret: number): number {
  return Math.ceil(Math.max(0, caret - DRAFT_LENGTH - DRAFT_STEP) / DRAFT_STEP) * DRAFT_STEP;
}

/** A run of characters that may come next. */
export interface Run {
  readonly parent: Run | undefined;
  readonly unit: number;
  readonly length: number;
  readonly likelihood: number;
  /** Nodes of the n-grams that end here, by order; -1 if there is none. Undefined until the run is followed. */
  nodes: Int32Array | undefined;
  /** Length of the longest context that predicts the first character. */
  readonly order: number;
  /** The likeliest next unit and its likelihood; undefined if not computed yet, 0 if there is none. */
  next: number | undefined;
  nextLikelihood: number;
  /** The likelihood that its clause ends after it. */
  closing: number;
  /** Picked for the list, or rejected. */
  chosen: boolean;
  rejected: boolean;
}

/**
 * The draft before the caret, with the occurrences of each character linked so that contexts are found quickly. Kept
 * from one keystroke to the next, which adds a character.
 */
export class DraftContext {
  /** The run under consideration is stored after the draft. */
  readonly units = new Uint16Array(DRAFT_LENGTH + DRAFT_STEP + MAX_RUN_LENGTH + 1);
  /** For each position the previous one with the same unit, -1 if there is none. */
  private readonly previous = new Int32Array(DRAFT_LENGTH + DRAFT_STEP);
  private readonly lastPlace = new Int32Array(0x10000).fill(-1);
  /** The text that it contains. */
  private text = '';

  /** Number of units of the draft. */
  get length(): number {
    return this.text.length;
  }

  /** Sets the text before the caret, of which the end is used. */
  set(left: string): void {
    const text = left.slice(draftStart(left.length));
    let from = this.text.length;
    if (!text.startsWith(this.text)) {
      this.lastPlace.fill(-1);
      from = 0;
    }
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      this.units[at] = unit;
      this.previous[at] = this.lastPlace[unit] as number;
      this.lastPlace[unit] = at;
    }
    this.text = text;
  }

  /**
   * Calls `visit` for each earlier position after the same unit as before `end`, with the number of equal units before
   * both, up to `most`, and the next unit there. `units` up to `end` must have been written.
   */
  eachPlace(end: number, most: number, visit: (shared: number, next: number) => void): void {
    const { units, previous, length } = this;
    if (end === 0) return;
    let place = this.lastPlace[units[end - 1] as number] as number;
    for (let looked = 0; place >= 0 && looked < DRAFT_PLACES; place = previous[place] as number) {
      if (place + 1 >= length || place === end - 1) continue;
      looked++;
      let shared = 1;
      while (shared < most && shared <= place && units[place - shared] === units[end - 1 - shared]) {
        if (units[place - shared] === LINE_FEED) break;
        shared++;
      }
      visit(shared, units[place + 1] as number);
    }
  }
}

const PAUSE = '、'.charCodeAt(0);
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** 1 for the marks that end a clause or close a pair. */
const CLOSES = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  isClosing(unit) || (isStop(unit) && unit !== PAUSE) ? 1 : 0,
);

/** Likelihoods of units under consideration, and the list of these units. */
const likelihoods = new Float64Array(0x10000);
const touched: number[] = [];
/** Counts of next units in the draft by order of context: a unit's count is at order * 65536 + unit. */
const draftCounts = new Uint16Array(NGRAM_ORDER * 0x10000);
const draftTotals = new Float64Array(NGRAM_ORDER);
const draftUnits: number[][] = Array.from({ length: NGRAM_ORDER }, () => []);

/** Runs that may come next, each with its prefixes. They end with a closing mark that is already at the caret. */
export function likelyRuns(known: Knowledge, draft: DraftContext, after: number, least: number): Run[] {
  const root: Run = {
    parent: undefined,
    unit: 0,
    length: 0,
    likelihood: 1,
    nodes: contextNodes(known.ngrams, draft),
    order: 0,
    next: undefined,
    nextLikelihood: 0,
    closing: 0,
    chosen: false,
    rejected: false,
  };
  const found: Run[] = [];
  const queue = new Queue();
  queue.add(root);
  for (let step = 0; step < MAX_STEPS; step++) {
    const run = queue.take();
    if (!run) break;
    if (run.length === MAX_RUN_LENGTH) continue;
    predict(known, draft, run, least);
    noteNext(run);
    for (const unit of touched) {
      const likelihood = run.likelihood * (likelihoods[unit] as number);
      const order = run.length === 0 ? (orders[unit] as number) : run.order;
      likelihoods[unit] = 0;
      if (likelihood < least || unit < 0x20) continue;
      const next: Run = {
        parent: run,
        unit,
        length: run.length + 1,
        likelihood,
        nodes: undefined,
        order,
        next: undefined,
        nextLikelihood: 0,
        closing: 0,
        chosen: false,
        rejected: false,
      };
      found.push(next);
      if (unit !== after || !isClosing(unit)) queue.add(next);
    }
    touched.length = 0;
  }
  return found;
}

/** Records the likeliest predicted unit, and the likelihood of the end of a clause. */
function noteNext(run: Run): void {
  run.next = 0;
  for (const unit of touched) {
    if (CLOSES[unit] === 1) run.closing += likelihoods[unit] as number;
    if ((likelihoods[unit] as number) <= run.nextLikelihood) continue;
    run.next = unit;
    run.nextLikelihood = likelihoods[unit] as number;
  }
}

/** Predicts what follows a run that was not followed. */
export function lookBeyond(known: Knowledge, draft: DraftContext, run: Run): void {
  if (run.next !== undefined) return;
  predict(known, draft, run, MIN_LIKELIHOOD * run.likelihood);
  noteNext(run);
  for (const unit of touched) likelihoods[unit] = 0;
  touched.length = 0;
}

const orders = new Uint8Array(0x10000);

/**
 * Fills {@link likelihoods} for what may follow `run`. Contributions to units less likely than `least` may be left out.
 */
function predict({ ngrams, trust }: Knowledge, draft: DraftContext, run: Run, least: number): void {
  const nodes = nodesOf(run, ngrams);
  for (let at = draft.length + run.length - 1, one: Run = run; one.parent; at--, one = one.parent) {
    draft.units[at] = one.unit;
  }
  countInDraft(draft, draft.length + run.length);
  const floor = least / run.likelihood;
  // Statistics of the last character of a word are misleading: 赢 of 打赢 is not that of 共赢发展.
  const shortest = run.length === 0 && endsInWord(draft) ? 2 : 1;
  let rest = 1;
  for (let order = NGRAM_ORDER - 1; order >= shortest && rest >= floor; order--) {
    const node = nodes[order] as number;
    const inDraft = DRAFT_WEIGHT * (draftTotals[order] as number);
    const held = (node < 0 ? 0 : trust.heldBy(node)) + inDraft;
    if (held === 0) continue;
    const weight = trust.weight(order, node, (node < 0 ? 0 : ngrams.count(node)) + inDraft);
    const part = (rest * weight) / held;
    if (node >= 0) {
      const end = ngrams.childrenEnd(node);
      for (let child = ngrams.childrenStart(node); child < end; child++) {
        note(ngrams.unit(child), order, part * ngrams.count(child));
      }
    }
    for (const unit of draftUnits[order] as number[]) {
      note(unit, order, part * DRAFT_WEIGHT * (draftCounts[order * 0x10000 + unit] as number));
    }
    rest *= 1 - weight;
  }
}

/** Increases the likelihood of `unit` by `more`; called for the longest context that knows it first. */
function note(unit: number, order: number, more: number): void {
  if (likelihoods[unit] === 0) {
    touched.push(unit);
    orders[unit] = order;
  }
  likelihoods[unit]! += more;
}

function endsInWord({ units, length }: DraftContext): boolean {
  // Nor those of a blank: what follows one elsewhere is the start of something else.
  if (length > 0 && isBlank(units[length - 1] as number)) return true;
  return length > 1 && isWordPair(units[length - 2] as number, units[length - 1] as number);
}

/** The model of a lexicon for predicting text. */
export interface Knowledge {
  readonly ngrams: NgramTable;
  readonly trust: Interpolation;
  readonly draft: DraftContext;
}

const KNOWN = new WeakMap<Lexicon, Knowledge>();

/** The model of `lexicon`, built on first use. */
export function knowledgeOf(lexicon: Lexicon): Knowledge {
  let known = KNOWN.get(lexicon);
  if (!known) {
    const { ngrams } = lexicon;
    known = { ngrams, trust: new Interpolation(ngrams), draft: new DraftContext() };
    KNOWN.set(lexicon, known);
  }
  return known;
}

/** Counts what follows the contexts that end at `end` elsewhere in the draft. */
function countInDraft(draft: DraftContext, end: number): void {
  for (let order = 1; order < NGRAM_ORDER; order++) {
    const units = draftUnits[order] as number[];
    for (const unit of units) draftCounts[order * 0x10000 + unit] = 0;
    units.length = 0;
    draftTotals[order] = 0;
  }
  draft.eachPlace(end, NGRAM_ORDER - 1, (shared, next) => {
    if (next === LINE_FEED || next === CARRIAGE_RETURN) return;
    for (let order = 1; order <= shared; order++) {
      const key = order * 0x10000 + next;
      if (draftCounts[key] === 0) (draftUnits[order] as number[]).push(next);
      draftCounts[key]!++;
      draftTotals[order]!++;
    }
  });
}

/** The nodes of the n-grams that end with the draft, by order. */
function contextNodes(ngrams: NgramTable, { units, length }: DraftContext): Int32Array {
  const nodes = new Int32Array(NGRAM_ORDER).fill(-1);
  nodes[0] = NgramTable.ROOT;
  for (let order = 1; order < NGRAM_ORDER && order <= length; order++) {
    let node: number = NgramTable.ROOT;
    for (let at = length - order; at < length && node >= 0; at++) node = ngrams.child(node, units[at] as number);
    nodes[order] = node;
  }
  return nodes;
}

/** The nodes of `run`; most runs are never followed and need none. */
function nodesOf(run: Run, ngrams: NgramTable): Int32Array {
  run.nodes ??= run.parent
    ? nextNodes(ngrams, nodesOf(run.parent, ngrams), run.unit)
    : new Int32Array(NGRAM_ORDER).fill(-1);
  return run.nodes;
}

function nextNodes(ngrams: NgramTable, nodes: Int32Array, unit: number): Int32Array {
  const next = new Int32Array(NGRAM_ORDER).fill(-1);
  next[0] = NgramTable.ROOT;
  for (let order = 1; order < NGRAM_ORDER; order++) {
    const node = nodes[order - 1] as number;
    if (node >= 0) next[order] = ngrams.child(node, unit);
  }
  return next;
}

/** The characters of `run`. */
export function textOf(run: Run): string {
  let text = '';
  for (let one = run; one.parent; one = one.parent) text = String.fromCharCode(one.unit) + text;
  return text;
}

/** Runs waiting to be followed, the likeliest first: a binary heap. */
class Queue {
  private readonly heap: Run[] = [];

  add(run: Run): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(run);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as Run).likelihood >= run.likelihood) break;
      heap[at] = heap[above] as Run;
      at = above;
    }
    heap[at] = run;
  }

  take(): Run | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] as Run).likelihood > (heap[below] as Run).likelihood) below++;
      if ((heap[below] as Run).likelihood <= last.likelihood) break;
      heap[at] = heap[below] as Run;
      at = below;
    }
    heap[at] = last;
    return top;
  }
}
