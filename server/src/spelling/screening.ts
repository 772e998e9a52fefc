/**
 * The first stages of the search for misspellings, a cascade (Viola and Jones 2001): where a line is surprising, the gain of a
 * single slip is estimated from pairs of characters, then computed for a few characters, and only places where it is high enough
 * for a finding are searched. The thresholds are learned by `scripts/fit-spelling.mjs` and stored in the model.
 */
import { isIdeograph } from '../text/characters';
import type { Candidates, CandidateTable } from './candidates';
import type { LanguageModel } from './languageModel';
import type { WordCandidateTable } from './wordCandidates';

/** A line as written: the log probability of each character and the state of the model before it. */
export interface WrittenLine {
  readonly codes: Uint16Array;
  readonly numbers: Uint16Array;
  /** The last, one more than there are characters, is 0. */
  readonly logs: Float32Array;
  /** The state before each character, and after the last. */
  readonly states: Uint32Array;
}

/** Which slips are searched at a character, as bits. */
export const WRONG = 1;
export const MISSING = 2;
export const ANOTHER_WORD = 4;
export const EXTRA = 8;
export const SWAPPED = 16;

/** Costs of slips, in nats. */
export interface SlipCosts {
  /** Minimum of a wrong character; of a superfluous or swapped one; of a missing one. */
  readonly cost: number;
  readonly extra: number;
  readonly missing: number;
}

/** When a kind of slip is worth searching at a character. Gains are in log probability, less the cost of the slip, in nats. */
export interface ScreeningThreshold {
  /** Weights of the cost as written, in nats, of the character and each of the two that follow. */
  readonly surprise: readonly number[];
  /** Minimum of their weighted sum. */
  readonly least: number;
  /** Minimum gain by the best slip of the kind. */
  readonly gain: number;
}

/** The same of slips with many candidates, of which only the likelier ones are tried. */
export interface EstimatedThreshold extends ScreeningThreshold {
  /** Minimum gain as estimated from pairs of characters. */
  readonly estimate: number;
}

export interface ScreeningThresholds {
  /** `context`: minimum gain as estimated from all characters before and a pair after it. */
  readonly wrong: EstimatedThreshold & { readonly context: number };
  /** This character and the next are both wrong. */
  readonly adjacent: EstimatedThreshold;
  readonly word: EstimatedThreshold;
  readonly missing: EstimatedThreshold;
  readonly extra: ScreeningThreshold;
  readonly swapped: ScreeningThreshold;
}

/** Number of characters by which a gain is measured, from the place on: later ones hardly depend on it. */
const MEASURED = 4;
/** After a state with more continuations than this there is no evidence which character is missing. */
export const MAX_CONTINUATIONS = 60;
const NONE = Number.NEGATIVE_INFINITY;

/** Scratch: indexes of candidates. */
interface Indexes {
  count: number;
  readonly indexes: number[];
}

export class Screening {
  private readonly firsts: Indexes = { count: 0, indexes: [] };
  private readonly seconds: Indexes = { count: 0, indexes: [] };

  constructor(
    private readonly model: LanguageModel,
    private readonly candidates: CandidateTable,
    private readonly words: WordCandidateTable,
    private readonly costs: SlipCosts,
  ) {}

  /**
   * Clears the bits in `looked` of slips that are not worth searching; false if none remains. Beside another word everything is
   * searched, because what is likely there depends on it.
   */
  sift(line: WrittenLine, looked: Uint8Array, by: ScreeningThresholds): boolean {
    const { adjacent } = by;
    let any = 0;
    /** What may be wrong at the character before, and whether it may be together with this one. */
    let before = 0;
    let mayBeAdjacent = false;
    /** The last place of another word. */
    let word = -2;
    for (let at = 1; at < line.numbers.length - 1; at++) {
      const slips = looked[at]!;
      if (slips !== 0) {
        let kept = word === at - 2 ? slips : this.promising(line, at, slips, by);
        if (mayBeAdjacent && (slips & WRONG) !== 0 && this.gainOfAdjacent(line, at - 1, adjacent) >= adjacent.gain) {
          looked[at - 1]! |= WRONG;
          kept |= WRONG;
        }
        if ((kept & ANOTHER_WORD) !== 0) {
          looked[at - 1] = before;
          word = at;
        }
        looked[at] = kept;
        any |= kept;
      }
      mayBeAdjacent = (slips & WRONG) !== 0 && surprises(line.logs, at, adjacent);
      before = slips;
    }
    return any !== 0;
  }

  /** The bits in `slips` of those that are worth searching at `at`. */
  private promising(line: WrittenLine, at: number, slips: number, by: ScreeningThresholds): number {
    const { wrong, missing, word, extra, swapped } = by;
    const isSurprising = (kind: number, least: ScreeningThreshold) =>
      (slips & kind) !== 0 && surprises(line.logs, at, least);
    let kept = 0;
    if (isSurprising(WRONG, wrong) && this.gainOfWrong(line, at, wrong) >= wrong.gain) kept |= WRONG;
    if (isSurprising(ANOTHER_WORD, word) && this.gainOfWord(line, at, word) >= word.gain) kept |= ANOTHER_WORD;
    if (isSurprising(SWAPPED, swapped) && this.gainOfSwapped(line, at, swapped) >= swapped.gain) kept |= SWAPPED;
    if (isSurprising(MISSING, missing) && this.gainOfMissing(line, at, missing) >= missing.gain) kept |= MISSING;
    if (isSurprising(EXTRA, extra) && this.gainOfExtra(line, at, extra) >= extra.gain) kept |= EXTRA;
    return kept;
  }

  /**
   * The highest gain by a confusable character in place of the one at `at`; if it is below the minimum, or only estimated to be,
   * any number below.
   */
  gainOfWrong(line: WrittenLine, at: number, least: ScreeningThresholds['wrong']): number {
    const { model } = this;
    const { codes, numbers: written, logs, states } = line;
    const { numbers, words, bits, costs, frequencies } = this.candidates.of(codes[at]!);
    const { seenAfter, seenBefore, rowLength } = model;
    const before = written[at - 1]!;
    const after = written[at + 1]!;
    const rowAfter = before * rowLength;
    const rowBefore = after * rowLength;
    const pairAsWritten = logs[at]! + logs[at + 1]!;
    const leastPairs = pairAsWritten + least.estimate;
    const unseenAfter = model.unseenPair(before);
    const rarity = model.frequency(after);
    const asWritten = writtenLog(line, at);
    let best = NONE;
    for (let index = 0; index < words.length; index++) {
      const word = words[index]!;
      const bit = bits[index]!;
      const isSeenAfter = seenAfter[rowAfter + word]! & bit;
      const isSeenBefore = seenBefore[rowBefore + word]! & bit;
      if ((isSeenAfter | isSeenBefore) === 0) continue;
      const number = numbers[index]!;
      // What needs no search first.
      let rest = leastPairs + costs[index]!;
      if (isSeenAfter === 0) rest -= unseenAfter + frequencies[index]!;
      else if (isSeenBefore === 0) rest -= model.unseenPair(number) + rarity;
      if (rest > 0) continue;
      if (isSeenAfter !== 0) rest -= model.pair(before, number);
      if (rest > 0) continue;
      const right = model.pair(number, after);
      if (isSeenBefore !== 0 && rest > right) continue;
      const state = model.step(states[at]!, number);
      const left = model.last - costs[index]!;
      if (left + right < pairAsWritten + least.context) continue;
      const floor = asWritten + Math.max(best, least.gain);
      best = Math.max(best, this.through(line, at, at + 1, state, left, floor) - asWritten);
    }
    return best;
  }

  /** The same by two characters in place of those at `at` and after it, each seen beside the other and its neighbour. */
  gainOfAdjacent(line: WrittenLine, at: number, least: EstimatedThreshold): number {
    const { model, firsts, seconds } = this;
    const { codes, numbers: written, logs, states } = line;
    const before = written[at - 1]!;
    const after = written[at + 2];
    if (after === undefined) return NONE;
    const first = this.candidates.of(codes[at]!);
    const second = this.candidates.of(codes[at + 1]!);
    const leastPairs = logs[at]! + logs[at + 1]! + logs[at + 2]! + least.estimate;
    const asWritten = writtenLog(line, at);
    seenIn(model.seenAfter, before * model.rowLength, first, firsts);
    if (firsts.count === 0) return NONE;
    seenIn(model.seenBefore, after * model.rowLength, second, seconds);
    let best = NONE;
    for (let one = 0; one < firsts.count; one++) {
      const number = first.numbers[firsts.indexes[one]!]!;
      const left = model.pair(before, number) - first.costs[firsts.indexes[one]!]!;
      if (left - second.leastCost < leastPairs) continue;
      for (let two = 0; two < seconds.count; two++) {
        const other = second.numbers[seconds.indexes[two]!]!;
        if (!model.follows(number, other)) continue;
        const cost = second.costs[seconds.indexes[two]!]!;
        const middle = left - cost + model.pair(number, other);
        if (middle < leastPairs || middle + model.pair(other, after) < leastPairs) continue;
        const floor = asWritten + Math.max(best, least.gain);
        const between = model.step(states[at]!, number);
        const half = model.last - first.costs[firsts.indexes[one]!]! - cost;
        const state = model.step(between, other);
        best = Math.max(best, this.through(line, at, at + 2, state, half + model.last, floor) - asWritten);
      }
    }
    return best;
  }

  /** The same by another word of two characters that sounds like those at `at` and after it. */
  gainOfWord(line: WrittenLine, at: number, least: EstimatedThreshold): number {
    const { model } = this;
    const { codes, numbers, logs, states } = line;
    const before = numbers[at - 1]!;
    const after = numbers[at + 2]!;
    const leastPairs = logs[at]! + logs[at + 1]! + logs[at + 2]! + least.estimate;
    const asWritten = writtenLog(line, at);
    let best = NONE;
    for (const { first, second, log, cost } of this.words.of(codes[at]!, codes[at + 1]!)) {
      const left = log - cost + model.pair(before, first);
      if (left < leastPairs || left + model.pair(second, after) < leastPairs) continue;
      const floor = asWritten + Math.max(best, least.gain);
      const between = model.step(states[at]!, first);
      const half = model.last - cost;
      const state = model.step(between, second);
      best = Math.max(best, this.through(line, at, at + 2, state, half + model.last, floor) - asWritten);
    }
    return best;
  }

  /** The same by a character between that at `at` and the one before. */
  gainOfMissing(line: WrittenLine, at: number, least: EstimatedThreshold): number {
    const { model } = this;
    const asWritten = writtenLog(line, at);
    const written = line.numbers[at]!;
    const leastPairs = line.logs[at]! + least.estimate;
    const { first, end } = model.continuations(line.states[at]!, MAX_CONTINUATIONS);
    let best = NONE;
    for (let state = first; state < end; state++) {
      const whole = model.probability(state) - this.costs.missing;
      if (whole < leastPairs) continue;
      const number = model.lastOf(state);
      if (!model.precedes(number, written) || !isIdeograph(model.codeOf(number))) continue;
      if (whole + model.pair(number, written) < leastPairs) continue;
      const floor = asWritten + Math.max(best, least.gain);
      best = Math.max(best, this.through(line, at, at, state, whole, floor) - asWritten);
    }
    return best;
  }

  /** The same without the character at `at`, which must double the one before. */
  gainOfExtra(line: WrittenLine, at: number, { gain }: ScreeningThreshold): number {
    const { codes, states } = line;
    if (codes[at] !== codes[at - 1]) return NONE;
    const asWritten = writtenLog(line, at);
    return this.through(line, at, at + 1, states[at]!, -this.costs.extra, asWritten + gain) - asWritten;
  }

  /** The same by the two characters from `at` on in the opposite order. */
  gainOfSwapped(line: WrittenLine, at: number, { gain }: ScreeningThreshold): number {
    const { model } = this;
    const { codes, numbers, states } = line;
    const number = numbers[at]!;
    const after = numbers[at + 1]!;
    if (!isIdeograph(codes[at + 1]!) || codes[at + 1] === codes[at] || !model.follows(after, number)) return NONE;
    const asWritten = writtenLog(line, at);
    const between = model.step(states[at]!, after);
    const half = model.last - this.costs.extra;
    if (half < asWritten + gain) return NONE;
    const state = model.step(between, number);
    return this.through(line, at, at + 2, state, half + model.last, asWritten + gain) - asWritten;
  }

  /**
   * `sum` and the log probability after `state` of the characters from `from` on by which the gain at `at` is measured;
   * below `floor`, any number below.
   */
  private through(
    { numbers }: WrittenLine,
    at: number,
    from: number,
    state: number,
    sum: number,
    floor: number,
  ): number {
    const { model } = this;
    const end = Math.min(numbers.length, at + MEASURED);
    let after = state;
    let whole = sum;
    for (let next = from; next < end && whole >= floor; next++) {
      after = model.step(after, numbers[next]!);
      whole += model.last;
    }
    return whole;
  }
}

/** Stores the indexes of the candidates that are in a row of the bit set `seen` in `found`. */
function seenIn(seen: Uint32Array, row: number, { words, bits }: Candidates, found: Indexes): void {
  found.count = 0;
  for (let index = 0; index < words.length; index++) {
    if ((seen[row + words[index]!]! & bits[index]!) !== 0) found.indexes[found.count++] = index;
  }
}

/** The log probability of the characters by which the gain at `at` is measured, as written. */
function writtenLog({ logs }: WrittenLine, at: number): number {
  const end = Math.min(logs.length, at + MEASURED);
  let sum = 0;
  for (let next = at; next < end; next++) sum += logs[next]!;
  return sum;
}

/** Whether the characters from `at` on, of these log probabilities, are surprising enough. */
function surprises(logs: Float32Array, at: number, { surprise, least }: ScreeningThreshold): boolean {
  return -surprise[0]! * logs[at]! - surprise[1]! * logs[at + 1]! - surprise[2]! * logs[at + 2]! >= least;
}
