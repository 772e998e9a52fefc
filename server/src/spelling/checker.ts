/**
 * Finds characters that are wrong, missing, doubled or swapped: a search for the likeliest text that the written one
 * may be a slip of, after Shannon's noisy channel (Kernighan, Church and Gale 1990).
 *
 * A beam of readings is carried through a line. Where the line is surprising, each reading may continue with a
 * character that is often confused with the written one; readings that reach the same state of the language model are
 * merged.
 */
import { type Confusions, NEAR_SOUND, SAME_SHAPE, SAME_SOUND, SAME_TONE, SEEN } from './confusions';
import { type Context, type LanguageModel, ROOT } from './languageModel';
import { MAX_BACKOFF } from './modelFile';
import type { Tokens } from './tokens';

export type SlipKind = 'wrong' | 'missing' | 'extra' | 'swapped';

/** A place that should probably read otherwise. Offsets refer to the checked text, in UTF-16 units. */
export interface Slip {
  readonly kind: SlipKind;
  readonly start: number;
  readonly end: number;
  /** What was meant, as classes of the model; empty for a superfluous character. */
  readonly codes: readonly number[];
  /** Gain in log probability of the line, in nats, with all other slips corrected. */
  readonly gain: number;
  /** Log odds that it is a slip; see {@link decide}. */
  readonly odds: number;
  /** The features from which the odds of a wrong character were computed; see {@link FEATURES}. */
  readonly features: readonly number[];
}

/** A range that is not checked. */
export interface Gap {
  readonly at: number;
  readonly end: number;
}

interface Reading {
  state: number;
  score: number;
  /** The last character. */
  number: number;
  edits: Edit | undefined;
}

/** Replaces `length` tokens from `index` on by `numbers`. */
interface Edit {
  readonly kind: SlipKind;
  readonly index: number;
  readonly length: number;
  readonly numbers: readonly number[];
  readonly ways: number;
  readonly before: Edit | undefined;
}

export interface CheckerSettings {
  /** Beam width. */
  readonly beam: number;
  /** A character is checked if it and the next, and it and the next two, are at least this surprising, in nats. */
  readonly pair: number;
  readonly triple: number;
  /** Minimum cost in nats of a wrong character; of a superfluous or swapped one; of a missing one. */
  readonly cost: number;
  readonly extra: number;
  readonly missing: number;
}

const SETTINGS: CheckerSettings = { beam: 4, pair: 9.5, triple: 13, cost: 5, extra: 7, missing: 10 };
/** A character may be missing before one that, with the next, is this surprising, in nats. */
const MISSING_PAIR = 12;
/** Readings this much less likely than the best are dropped, in nats. */
const HOPELESS = 9;
/** Handicap allowed to a reading that has consumed two characters at once over those that have consumed one. */
const BEFORE_SWAPPED = 8;
/** Maximum gain of a step: the stored back-off weights need not keep a probability below 1. */
const MOST_GAINED = 5 * MAX_BACKOFF;
/** After a state with more continuations than this there is no evidence which character is missing. */
const MAX_CONTINUATIONS = 60;

/** The characters that may be meant by one, as parallel arrays: a line is compared with hundreds of thousands. */
interface Candidates {
  readonly numbers: Uint16Array;
  readonly ways: Uint8Array;
  readonly costs: Float32Array;
  /** Of {@link LanguageModel.frequency}. */
  readonly frequencies: Float32Array;
  /** The minimum of the costs. */
  readonly leastCost: number;
}

export class Checker {
  private readonly candidates = new Map<number, Candidates>();
  private readonly contexts: Context[] = [];

  constructor(
    private readonly model: LanguageModel,
    private readonly confusions: Confusions,
    private readonly weights: readonly number[] = [],
    private readonly settings: CheckerSettings = SETTINGS,
  ) {}

  private candidatesOf(code: number): Candidates {
    let known = this.candidates.get(code);
    if (!known) {
      const list = this.confusions.of(code).filter((one) => this.model.numberOf(one.code) > 0);
      const numbers = Uint16Array.from(list, (one) => this.model.numberOf(one.code));
      const costs = Float32Array.from(list, ({ ways }) => this.settings.cost + costOf(ways));
      known = {
        numbers,
        ways: Uint8Array.from(list, ({ ways }) => ways),
        costs,
        frequencies: Float32Array.from(numbers, (number) => this.model.frequency(number)),
        leastCost: costs.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY),
      };
      this.candidates.set(code, known);
    }
    return known;
  }

  /** The slips in a line; characters in or beside `gaps` are not reported, offsets as in `tokens`. */
  check(tokens: Tokens, gaps: readonly Gap[] = []): Slip[] {
    const { codes, length, offsets } = tokens;
    const { model, settings } = this;
    const numbers = new Uint16Array(length);
    const logs = new Float32Array(length + 1);
    const states = new Uint32Array(length + 1);
    const symbol = model.numberOf(0x23);
    let state = ROOT;
    for (let at = 0; at < length; at++) {
      const number = model.numberOf(codes[at]!) || (isCharacter(codes[at]!) ? 0 : symbol);
      numbers[at] = number;
      state = model.step(state, number);
      logs[at] = model.last;
      states[at + 1] = state;
    }
    const looked = new Uint8Array(length + 1);
    let any = false;
    for (let at = 1; at < length - 1; at++) {
      if (!isCharacter(codes[at]!)) continue;
      const pair = -logs[at]! - logs[at + 1]!;
      const third = at + 2 < length ? -logs[at + 2]! : 3;
      if (pair < settings.pair || pair + third < settings.triple || inRun(codes, at)) continue;
      const offset = offsets[at]!;
      if (gaps.some((gap) => gap.at - 2 <= offset && offset < gap.end + 2)) continue;
      // A missing character is more surprising than a wrong one.
      looked[at] = pair < MISSING_PAIR ? 1 : 2;
      any = true;
    }
    if (!any) return [];
    const edits = this.search(codes, numbers, logs, states, looked);
    return edits.length === 0 ? [] : this.weigh(edits, numbers, codes, offsets);
  }

  private search(
    codes: Uint16Array,
    numbers: Uint16Array,
    logs: Float32Array,
    states: Uint32Array,
    looked: Uint8Array,
  ): Edit[] {
    const { model, settings } = this;
    const { length } = numbers;
    let beam: Reading[] = [{ state: states[1]!, score: 0, number: numbers[0]!, edits: undefined }];
    const next = new Beam();
    /** Readings that have consumed the next character already. */
    let ahead: Reading[] = [];
    for (let at = 1; at < length; at++) {
      const number = numbers[at]!;
      if (beam.length === 1 && ahead.length === 0 && looked[at] === 0 && beam[0]!.state === states[at]) {
        const [one] = beam as [Reading];
        one.score += logs[at]!;
        one.state = states[at + 1]!;
        one.number = number;
        continue;
      }
      next.length = 0;
      for (const { state, score, number, edits } of ahead) next.join(state, score, number, edits);
      ahead = [];
      for (const { state, score, edits } of beam) {
        // Most continue as written, which has been looked up.
        if (state === states[at]) next.join(states[at + 1]!, score + logs[at]!, number, edits);
        else this.extend(next, state, score, number, edits);
      }
      if (looked[at]! > 0) {
        const code = codes[at]!;
        const after = numbers[at + 1]!;
        let best = Number.NEGATIVE_INFINITY;
        for (let index = 0; index < next.length; index++) best = Math.max(best, next.scores[index]!);
        const floor = best - HOPELESS;
        this.mistake(next, beam, code, after, floor);
        for (const reading of beam) {
          if (code === codes[at - 1] && reading.number === number) {
            const edit = { kind: 'extra', index: at, length: 1, numbers: [], ways: 0, before: reading.edits } as const;
            next.join(reading.state, reading.score - settings.extra, number, edit);
          }
          if (isCharacter(codes[at + 1] ?? 0) && codes[at + 1] !== code && model.follows(after, number)) {
            const first = model.step(reading.state, after);
            const score = reading.score + model.last - settings.extra;
            if (score + MOST_GAINED > floor - BEFORE_SWAPPED) {
              const state = model.step(first, number);
              const edit = {
                kind: 'swapped',
                index: at,
                length: 2,
                numbers: [after, number],
                ways: 0,
                before: reading.edits,
              } as const;
              const swapped = { state, score: score + model.last, number, edits: edit };
              if (swapped.score > floor - BEFORE_SWAPPED) ahead.push(swapped);
            }
          }
          if (looked[at] === 2) {
            const { first, end } = model.continuations(reading.state, MAX_CONTINUATIONS);
            for (let state = first; state < end; state++) {
              const other = model.lastOf(state);
              if (!model.precedes(other, number) || !isCharacter(model.codeOf(other))) continue;
              const score = reading.score + model.probability(state) - settings.missing;
              if (score < floor) continue;
              const edit = {
                kind: 'missing',
                index: at,
                length: 0,
                numbers: [other],
                ways: 0,
                before: reading.edits,
              } as const;
              this.extend(next, state, score, number, edit);
            }
          }
        }
      }
      beam = next.likeliest(settings.beam, at);
    }
    const edits: Edit[] = [];
    for (let edit = beam[0]!.edits; edit; edit = edit.before) edits.unshift(edit);
    return edits;
  }

  /**
   * Adds to `next` what `beam` may continue with in place of `code`: confusable characters that were seen before or
   * after.
   */
  private mistake(next: Beam, beam: readonly Reading[], code: number, after: number, floor: number): void {
    const { model, contexts } = this;
    const { numbers, ways, costs, frequencies, leastCost } = this.candidatesOf(code);
    let count = 0;
    for (const reading of beam) {
      // They are ordered by likelihood.
      if (reading.score - leastCost < floor) break;
      contexts[count] ??= model.context();
      contexts[count++]!.begin(reading.state);
    }
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!;
      const fitsAfter = model.precedes(number, after);
      for (let rank = 0; rank < count; rank++) {
        const reading = beam[rank]!;
        const before = reading.score - costs[index]!;
        if (before < floor) break;
        if (model.follows(reading.number, number)) {
          const state = contexts[rank]!.step(number);
          const score = before + model.last;
          if (score >= floor) next.join(state, score, number, reading.edits, ways[index]!);
        } else if (fitsAfter) {
          const score = before + contexts[rank]!.unseen + frequencies[index]!;
          if (score >= floor) next.join(number, score, number, reading.edits, ways[index]!);
        }
      }
    }
  }

  private extend(next: Beam, state: number, score: number, number: number, edits: Edit | undefined): void {
    const after = this.model.step(state, number);
    next.join(after, score + this.model.last, number, edits);
  }

  /** The gain of each of `edits` with all others applied. */
  private weigh(edits: readonly Edit[], written: Uint16Array, codes: Uint16Array, offsets: Uint32Array): Slip[] {
    return edits.map((edit, place) => {
      const { kind, index, length, numbers } = edit;
      const others = edits.filter((other) => other !== edit);
      const right = this.read(written, others, index, length, numbers);
      const wrong = this.read(written, others, index, length, written.subarray(index, index + length));
      const gain = right.sum - wrong.sum;
      const features =
        kind === 'wrong'
          ? this.features(edit, { right, wrong, edits, place, written, codes, others })
          : [gain, -right.first, -right.second];
      return {
        kind,
        start: offsets[index]!,
        end: offsets[index]! + (length === 0 ? 0 : offsets[index + length - 1]! - offsets[index]! + 1),
        codes: numbers.map((number) => this.model.codeOf(number)),
        gain,
        odds: kind === 'wrong' ? decide(features, this.weights) : decideOther(kind, gain, -right.first, -right.second),
        features,
      };
    });
  }

  /**
   * Log probability of the range affected by `numbers`, read at `index` in place of `length` tokens, with `others`
   * applied.
   */
  private read(
    written: Uint16Array,
    others: readonly Edit[],
    index: number,
    length: number,
    numbers: ArrayLike<number>,
  ): { sum: number; first: number; second: number } {
    const { model } = this;
    let state = ROOT;
    let sum = 0;
    let count = 0;
    let first = 0;
    let second = 0;
    const take = (number: number, counts: boolean): void => {
      state = model.step(state, number);
      if (!counts) return;
      sum += model.last;
      if (count === 0) first = model.last;
      else if (count === 1) second = model.last;
      count++;
    };
    const end = Math.min(written.length, index + length + WINDOW);
    for (let at = Math.max(0, index - WINDOW); at < end; at++) {
      if (at === index) {
        for (let one = 0; one < numbers.length; one++) take(numbers[one]!, true);
        at += length;
        if (at >= end) break;
      }
      const other = others.find((edit) => edit.index === at && at !== index);
      if (other) {
        for (const number of other.numbers) take(number, at >= index);
        at += other.length - 1;
        if (other.length > 0) continue;
        at++;
      }
      take(written[at]!, at >= index);
    }
    return { sum, first, second };
  }

  private features(
    { index, numbers: [number = 0], ways }: Edit,
    { right, wrong, edits, place, written, codes, others }: Surroundings,
  ): number[] {
    const { model } = this;
    const before =
      edits[place - 1]?.index === index - 1 ? (edits[place - 1]!.numbers.at(-1) ?? 0) : written[index - 1]!;
    const after =
      edits[place + 1]?.index === index + 1 ? (edits[place + 1]!.numbers[0] ?? 0) : (written[index + 1] ?? 0);
    let rival = wrong.sum;
    for (const other of this.candidatesOf(codes[index]!).numbers) {
      if (other === number || (!model.follows(before, other) && !model.follows(other, after))) continue;
      rival = Math.max(rival, this.read(written, others, index, 1, [other]).sum);
    }
    const gain = right.sum - wrong.sum;
    const left = right.first - wrong.first;
    const beside = edits[place - 1]?.index === index - 1 || edits[place + 1]?.index === index + 1;
    const sound = (ways & SAME_SOUND) !== 0;
    const shape = (ways & SAME_SHAPE) !== 0;
    return [
      gain,
      Math.min(20, left),
      Math.min(20, gain - left),
      Math.min(12, -right.first),
      Math.min(12, -right.second),
      Math.min(10, right.sum - rival),
      -model.frequency(written[index]!),
      -model.frequency(number),
      Number((ways & SAME_TONE) !== 0),
      Number(sound && (ways & SAME_TONE) === 0),
      Number(shape && sound),
      Number(shape && !sound),
      Number((ways & SEEN) !== 0),
      Number(beside),
      Number(isCharacter(codes[index - 1]!)),
      Number(isCharacter(codes[index + 1] ?? 0)),
      Number(model.follows(before, written[index]!)),
      Number(model.follows(written[index]!, after)),
      Number(model.follows(before, number)),
      Number(model.follows(number, after)),
      Number(edits.length > 3),
    ];
  }
}

interface Surroundings {
  readonly right: { readonly sum: number; readonly first: number; readonly second: number };
  readonly wrong: { readonly sum: number; readonly first: number; readonly second: number };
  readonly edits: readonly Edit[];
  readonly others: readonly Edit[];
  /** Index of the edit. */
  readonly place: number;
  readonly written: Uint16Array;
  readonly codes: Uint16Array;
}

function wrongCharacter(index: number, number: number, ways: number, before: Edit | undefined): Edit {
  return { kind: 'wrong', index, length: 1, numbers: [number], ways, before };
}

/** Whether the character at `at` is in, or beside, a run of three or more equal ones, which no slip produces. */
function inRun(codes: Uint16Array, at: number): boolean {
  for (let start = at - 3; start <= at + 1; start++) {
    const code = codes[start];
    if (code !== undefined && code === codes[start + 1] && code === codes[start + 2] && isCharacter(code)) return true;
  }
  return false;
}

/**
 * Readings that end at one position, no two in one state. Most are dropped, so no objects are created for them before.
 */
class Beam {
  length = 0;
  private readonly states: number[] = [];
  readonly scores: number[] = [];
  private readonly numbers: number[] = [];
  private readonly edits: (Edit | undefined)[] = [];
  /** If the last edit replaced a character: the ways in which the two are alike, or else -1. */
  private readonly ways: number[] = [];

  /**
   * Adds a reading, or replaces a less likely one with the same state. With `ways` its last character replaces one that
   * is alike in those ways.
   */
  join(state: number, score: number, number: number, edits: Edit | undefined, ways = -1): void {
    const { states, scores } = this;
    let index = 0;
    while (index < this.length && states[index] !== state) index++;
    if (index === this.length) {
      this.length++;
      states[index] = state;
    } else if (scores[index]! >= score) return;
    scores[index] = score;
    this.numbers[index] = number;
    this.edits[index] = edits;
    this.ways[index] = ways;
  }

  /**
   * The `most` likeliest readings, ordered by likelihood and then by insertion, without hopeless ones; all end after
   * `at`.
   */
  likeliest(most: number, at: number): Reading[] {
    const { scores } = this;
    const kept: number[] = [];
    for (let index = 0; index < this.length; index++) {
      const score = scores[index]!;
      let place = kept.length;
      while (place > 0 && scores[kept[place - 1]!]! < score) place--;
      if (place === most) continue;
      if (kept.length < most) kept.push(index);
      for (let other = kept.length - 1; other > place; other--) kept[other] = kept[other - 1]!;
      kept[place] = index;
    }
    const floor = scores[kept[0]!]! - HOPELESS;
    const readings: Reading[] = [];
    for (const index of kept) {
      const score = scores[index]!;
      if (score < floor) break;
      const number = this.numbers[index]!;
      const ways = this.ways[index]!;
      const before = this.edits[index];
      const edits = ways < 0 ? before : wrongCharacter(at, number, ways, before);
      readings.push({ state: this.states[index]!, score, number, edits });
    }
    return readings;
  }
}

/** An n-gram of the model affects at most this many further characters. */
const WINDOW = 5;
/** The features, in the order of the weights. */
export const FEATURES = [
  'gain',
  'left gain',
  'right gain',
  'surprise mended',
  'surprise after',
  'lead over rivals',
  'rarity written',
  'rarity meant',
  'same tone',
  'same sound',
  'sound and shape',
  'shape',
  'seen',
  'beside another',
  'character before',
  'character after',
  'pair before written',
  'pair after written',
  'pair before meant',
  'pair after meant',
  'many in the line',
];

/** Log odds of a slip with these features: a logistic regression whose last weight is the constant. */
export function decide(features: readonly number[], weights: readonly number[]): number {
  if (weights.length === 0) return features[0]!;
  let sum = weights[features.length]!;
  for (let index = 0; index < features.length; index++) sum += features[index]! * weights[index]!;
  return sum;
}

/**
 * Log odds of a slip of another kind, from the gain in log probability without it and the remaining surprise, both in
 * nats. A character is left out or doubled more rarely than confused.
 */
function decideOther(kind: SlipKind, gain: number, here: number, next: number): number {
  const { least, weight } = OTHER[kind] ?? { least: 20, weight: 0.5 };
  return (gain - least) * weight - Math.max(0, here + next - 6) * 0.3;
}

/** By kind: the gain at even odds, and the log odds per further nat. */
const OTHER: Readonly<Partial<Record<SlipKind, { readonly least: number; readonly weight: number }>>> = {
  missing: { least: 17, weight: 0.5 },
  extra: { least: 13, weight: 0.5 },
  swapped: { least: 14, weight: 0.5 },
};

function costOf(ways: number): number {
  if (ways & SEEN) return 0;
  if (ways & SAME_TONE) return 0.5;
  if (ways & SAME_SOUND) return 1;
  if (ways & SAME_SHAPE) return 2;
  if (ways & NEAR_SOUND) return 3;
  return 5;
}

function isCharacter(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}
