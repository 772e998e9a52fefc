/**
 * Finds characters that stand where another was meant, are missing, doubled or exchanged: a search for the likeliest text of
 * which the written one is a slip, after Shannon's noisy channel (Kernighan, Church and Gale 1990).
 *
 * A beam of readings is carried through a line. Where the line is surprising, each reading may go on with a character that
 * is often mistaken for the written one; readings that come to the same state of the language model are one from there on.
 */
import { type Confusions, NEAR_SOUND, SAME_SHAPE, SAME_SOUND, SAME_TONE, SEEN } from './confusions';
import { type LanguageModel, ROOT } from './languageModel';
import type { Tokens } from './tokens';

export type SlipKind = 'wrong' | 'missing' | 'extra' | 'swapped';

/** A place that should probably read otherwise. Offsets are in what was read, in UTF-16 units. */
export interface Slip {
  readonly kind: SlipKind;
  readonly start: number;
  readonly end: number;
  /** What was meant, as classes of the model; empty where a character is too many. */
  readonly codes: readonly number[];
  /** By how many nats the line is likelier so, all other slips put right. */
  readonly gain: number;
  /** The logarithm of the odds that it is a slip; see {@link decide}. */
  readonly odds: number;
  /** What the odds of a wrong character were weighed by; see {@link FEATURES}. */
  readonly features: readonly number[];
}

/** A stretch that is not to be read. */
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

/** `length` tokens from `index` on are read as `numbers`. */
interface Edit {
  readonly kind: SlipKind;
  readonly index: number;
  readonly length: number;
  readonly numbers: readonly number[];
  readonly ways: number;
  readonly before: Edit | undefined;
}

export interface CheckerSettings {
  /** Readings carried on. */
  readonly beam: number;
  /** A character is looked at where it and the next, and it and the next two, are as surprising as this, in nats. */
  readonly pair: number;
  readonly triple: number;
  /** Nats that a wrong character costs at least; one too many or exchanged with the next; one missing. */
  readonly cost: number;
  readonly extra: number;
  readonly missing: number;
}

const SETTINGS: CheckerSettings = { beam: 4, pair: 9.5, triple: 13, cost: 5, extra: 7, missing: 10 };
/** A character may be missing before one that is, with the next, so surprising, in nats. */
const MISSING_PAIR = 12;
/** Readings that are so much less likely than the best are dropped, in nats. */
const HOPELESS = 9;
/** After a state with more continuations than this nothing tells which character is missing. */
const MAX_CONTINUATIONS = 60;

interface CandidateNumber {
  readonly number: number;
  readonly ways: number;
  readonly cost: number;
}

export class Checker {
  private readonly candidates = new Map<number, readonly CandidateNumber[]>();

  constructor(
    private readonly model: LanguageModel,
    private readonly confusions: Confusions,
    private readonly weights: readonly number[] = [],
    private readonly settings: CheckerSettings = SETTINGS,
  ) {}

  private candidatesOf(code: number): readonly CandidateNumber[] {
    let list = this.candidates.get(code);
    if (!list) {
      list = this.confusions
        .of(code)
        .map(({ code: other, ways }) => ({
          number: this.model.numberOf(other),
          ways,
          cost: this.settings.cost + costOf(ways),
        }))
        .filter(({ number }) => number > 0);
      this.candidates.set(code, list);
    }
    return list;
  }

  /** What is wrong in a line; nothing is said of characters in `gaps` or beside them, offsets as in `tokens`. */
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
      if (!isCharacter(codes[at]!) || inRun(codes, at)) continue;
      const pair = -logs[at]! - logs[at + 1]!;
      const third = at + 2 < length ? -logs[at + 2]! : 3;
      if (pair < settings.pair || pair + third < settings.triple) continue;
      const offset = offsets[at]!;
      if (gaps.some((gap) => gap.at - 2 <= offset && offset < gap.end + 2)) continue;
      // What is missing leaves a deeper hole than what is mistaken.
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
    /** Readings that have taken the next character already. */
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
      const next: Reading[] = [];
      for (const reading of ahead) join(next, reading);
      ahead = [];
      for (const reading of beam) this.extend(next, reading, number, 0, reading.edits);
      if (looked[at]! > 0) {
        const code = codes[at]!;
        const after = numbers[at + 1]!;
        let best = Number.NEGATIVE_INFINITY;
        for (const { score } of next) if (score > best) best = score;
        const floor = best - HOPELESS;
        for (const candidate of this.candidatesOf(code)) {
          const { number: other, cost } = candidate;
          const fitsAfter = model.follows(other, after);
          for (const reading of beam) {
            const before = reading.score - cost;
            if (before < floor || (!fitsAfter && !model.follows(reading.number, other))) continue;
            const state = model.step(reading.state, other);
            const score = before + model.last;
            // Most candidates end here, before anything is made of them.
            if (score < floor) continue;
            const edits = wrongCharacter(at, candidate, reading.edits);
            join(next, { state, score, number: other, edits });
          }
        }
        for (const reading of beam) {
          if (code === codes[at - 1] && reading.number === number) {
            const edit = { kind: 'extra', index: at, length: 1, numbers: [], ways: 0, before: reading.edits } as const;
            join(next, { ...reading, score: reading.score - settings.extra, edits: edit });
          }
          if (isCharacter(codes[at + 1] ?? 0) && codes[at + 1] !== code && model.follows(after, number)) {
            const pair = [after, number];
            const edit = {
              kind: 'swapped',
              index: at,
              length: 2,
              numbers: pair,
              ways: 0,
              before: reading.edits,
            } as const;
            const first = model.step(reading.state, after);
            const score = reading.score + model.last;
            const state = model.step(first, number);
            const swapped = { state, score: score + model.last - settings.extra, number, edits: edit };
            if (swapped.score > best - HOPELESS - 8) ahead.push(swapped);
          }
          if (looked[at] === 2)
            for (const other of model.continuations(reading.state, MAX_CONTINUATIONS)) {
              if (!isCharacter(model.codeOf(other)) || !model.follows(other, number)) continue;
              const state = model.step(reading.state, other);
              const score = reading.score + model.last - settings.missing;
              if (score < best - HOPELESS) continue;
              const edit = {
                kind: 'missing',
                index: at,
                length: 0,
                numbers: [other],
                ways: 0,
                before: reading.edits,
              } as const;
              this.extend(next, { ...reading, state, score }, number, 0, edit);
            }
        }
      }
      next.sort((a, b) => b.score - a.score);
      if (next.length > settings.beam) next.length = settings.beam;
      const floor = next[0]!.score - HOPELESS;
      while (next.at(-1)!.score < floor) next.pop();
      beam = next;
    }
    const edits: Edit[] = [];
    for (let edit = beam[0]!.edits; edit; edit = edit.before) edits.unshift(edit);
    return edits;
  }

  private extend(
    next: Reading[],
    { state, score }: Reading,
    number: number,
    cost: number,
    edits: Edit | undefined,
  ): void {
    const after = this.model.step(state, number);
    join(next, { state: after, score: score + this.model.last - cost, number, edits });
  }

  /** What each of `edits` is worth where all others are made. */
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

  /** How likely the stretch is that `numbers` bear upon, read at `index` in place of `length` tokens, with `others` made. */
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
    for (const { number: other } of this.candidatesOf(codes[index]!)) {
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
  /** Of the edit among all. */
  readonly place: number;
  readonly written: Uint16Array;
  readonly codes: Uint16Array;
}

function wrongCharacter(index: number, { number, ways }: CandidateNumber, before: Edit | undefined): Edit {
  return { kind: 'wrong', index, length: 1, numbers: [number], ways, before };
}

/** Whether the character at `at` stands in, or beside, three or more of one: no slip of the pen does that. */
function inRun(codes: Uint16Array, at: number): boolean {
  for (let start = at - 3; start <= at + 1; start++) {
    const code = codes[start];
    if (code !== undefined && code === codes[start + 1] && code === codes[start + 2] && isCharacter(code)) return true;
  }
  return false;
}

/** Adds a reading to a beam, or puts it in the place of a less likely one with the same state. */
function join(beam: Reading[], reading: Reading): void {
  for (const one of beam) {
    if (one.state !== reading.state) continue;
    if (one.score < reading.score) {
      one.score = reading.score;
      one.edits = reading.edits;
      one.number = reading.number;
    }
    return;
  }
  beam.push(reading);
}

/** An n-gram of the model reaches at most so many characters further. */
const WINDOW = 5;
/** What is weighed, in the order of the weights. */
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

/** The log-odds of a slip with these features: a logistic regression whose last weight is the constant. */
export function decide(features: readonly number[], weights: readonly number[]): number {
  if (weights.length === 0) return features[0]!;
  let sum = weights[features.length]!;
  for (let index = 0; index < features.length; index++) sum += features[index]! * weights[index]!;
  return sum;
}

/**
 * The log-odds of a slip of another kind, from how much likelier the line is without it and how surprising it then still is,
 * both in nats. A character is left out or doubled more rarely than mistaken.
 */
function decideOther(kind: SlipKind, gain: number, here: number, next: number): number {
  const { least, weight } = OTHER[kind] ?? { least: 20, weight: 0.5 };
  return (gain - least) * weight - Math.max(0, here + next - 6) * 0.3;
}

/** By kind: the gain at which both are as likely, and what each nat more is worth. */
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
