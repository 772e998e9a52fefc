/**
 * Finds characters that are wrong, missing, doubled or swapped: a search for the likeliest text that the written one
 * may be a slip of, after Shannon's noisy channel (Kernighan, Church and Gale 1990).
 *
 * A beam of readings is carried through a line. Where the line is surprising, each reading may continue with a
 * character that is often confused with the written one; readings that reach the same state of the language model are
 * merged.
 */
import { isIdeograph } from '../text/characters';
import { CandidateTable } from './candidates';
import type { Confusions } from './confusions';
import { type Context, type LanguageModel, ROOT } from './languageModel';
import { MAX_BACKOFF } from './modelFile';
import { Beam, type Edit, editsOf, HOPELESS, type LineReading, type SlipKind } from './readings';
import {
  ANOTHER_WORD,
  EXTRA,
  MAX_CONTINUATIONS,
  MISSING,
  Screening,
  type ScreeningThresholds,
  SWAPPED,
  WRONG,
  type WrittenLine,
} from './screening';
import type { Tokens } from './tokens';
import { Weigher } from './weighing';
import type { WordCandidateTable } from './wordCandidates';

/** A place that should probably read otherwise. Offsets refer to the checked text, in UTF-16 units. */
export interface Slip {
  readonly kind: SlipKind;
  readonly start: number;
  readonly end: number;
  /** What was meant, as classes of the model; empty for a superfluous character. */
  readonly codes: readonly number[];
  /** Gain in log probability of the line, in nats, with all other slips corrected. */
  readonly gain: number;
  /** Log odds that it is a slip, judged by its line alone. */
  readonly odds: number;
  /** The features from which the odds were computed; see {@link FEATURES}. */
  readonly features: readonly number[];
}

/** A range that is not checked. */
export interface Gap {
  readonly at: number;
  readonly end: number;
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

const SETTINGS: CheckerSettings = { beam: 4, pair: 10, triple: 13, cost: 5, extra: 7, missing: 10 };
/** A character may be missing before one that, with the next, is this surprising, in nats. */
const MISSING_PAIR = 12;
/**
 * A word may be mistaken for another where its characters, and these with the next, are this surprising, in nats: it surprises
 * once, by its first character.
 */
const WORD_PAIR = 8.5;
const WORD_TRIPLE = 15.5;
/**
 * A reading that has consumed two characters at once may be less likely by this much than those that have consumed one.
 */
const BEFORE_SWAPPED = 8;
/** The same of a reading with another word, which the next character may confirm. */
const BEFORE_WORD = 5;
/** Maximum gain of a step: the stored back-off weights need not keep a probability below 1. */
const MAX_GAIN = 5 * MAX_BACKOFF;
/** Maximum gain that is waited for from the second character of a word. */
const MAX_GAIN_OF_WORD = 1;

/** The slips that are searched wherever a character may be wrong, and all that are searched reading by reading. */
const BY_CHARACTER = WRONG | EXTRA | SWAPPED;
const ONE_BY_ONE = BY_CHARACTER | MISSING;

/** One step of the search: a character of the line and the readings up to it. */
interface SearchState {
  readonly at: number;
  readonly beam: readonly LineReading[];
  /** The readings that include the character; filled pass by pass. */
  readonly next: Beam;
  /** Readings that have also consumed the next character. */
  readonly ahead: LineReading[];
  /** Minimum score of a reading that is kept. */
  readonly floor: number;
}

export class Checker {
  private readonly candidates: CandidateTable;
  private readonly weigher: Weigher;
  /** Decides which places are searched. */
  readonly screening: Screening;
  /** Scratch for the readings that a candidate may continue: their contexts, and their rows in the model's bit sets. */
  private readonly contexts: Context[] = [];
  private readonly rows: number[] = [];

  constructor(
    private readonly model: LanguageModel,
    confusions: Confusions,
    private readonly words: WordCandidateTable,
    weights: readonly number[] = [],
    private readonly thresholds?: ScreeningThresholds,
    private readonly settings: CheckerSettings = SETTINGS,
  ) {
    this.candidates = new CandidateTable(model, confusions, settings.cost);
    this.weigher = new Weigher(model, this.candidates, weights);
    this.screening = new Screening(model, this.candidates, words, settings);
  }

  /** The slips in a line; characters in or beside `gaps` are not reported, offsets as in `tokens`. */
  check(tokens: Tokens, gaps: readonly Gap[] = []): Slip[] {
    const line = this.read(tokens);
    const looked = this.surprising(line, tokens, gaps);
    if (!looked || (this.thresholds && !this.screening.sift(line, looked, this.thresholds))) return [];
    const edits = this.search(line, looked);
    const edited = { codes: line.codes, written: line.numbers, edits };
    return edits.map((edit, place) => ({
      kind: edit.kind,
      ...spanOf(edit, tokens.offsets),
      codes: edit.numbers.map((number) => this.model.codeOf(number)),
      ...this.weigher.weigh(edited, place),
    }));
  }

  /** The line of `tokens` by the model. */
  read({ codes, length }: Tokens): WrittenLine {
    const { model } = this;
    const numbers = new Uint16Array(length);
    const logs = new Float32Array(length + 1);
    const states = new Uint32Array(length + 1);
    let state = ROOT;
    for (let at = 0; at < length; at++) {
      const number = model.numberOfToken(codes[at]!);
      numbers[at] = number;
      state = model.step(state, number);
      logs[at] = model.last;
      states[at + 1] = state;
    }
    return { codes, numbers, logs, states };
  }

  /** For each character which slips to search where the line is surprising; undefined if none anywhere. */
  surprising(
    { codes, logs }: WrittenLine,
    { length, offsets }: Tokens,
    gaps: readonly Gap[] = [],
  ): Uint8Array | undefined {
    const { settings } = this;
    const looked = new Uint8Array(length + 1);
    let any = false;
    for (let at = 1; at < length - 1; at++) {
      if (!isIdeograph(codes[at]!)) continue;
      const pair = -logs[at]! - logs[at + 1]!;
      const third = at + 2 < length ? -logs[at + 2]! : 3;
      const isWrong = pair >= settings.pair && pair + third >= settings.triple;
      const isAnotherWord = pair >= WORD_PAIR && pair + third >= WORD_TRIPLE && isIdeograph(codes[at + 1]!);
      if (!(isWrong || isAnotherWord) || inRun(codes, at)) continue;
      const offset = offsets[at]!;
      if (gaps.some((gap) => gap.at - 2 <= offset && offset < gap.end + 2)) continue;
      const isMissing = isWrong && pair >= MISSING_PAIR;
      looked[at] = (isWrong ? BY_CHARACTER : 0) | (isMissing ? MISSING : 0) | (isAnotherWord ? ANOTHER_WORD : 0);
      any = true;
    }
    return any ? looked : undefined;
  }

  /** The edits of the likeliest reading. */
  private search(line: WrittenLine, looked: Uint8Array): Edit[] {
    const { numbers, logs, states } = line;
    let beam: LineReading[] = [{ state: states[1]!, score: 0, number: numbers[0]!, edits: undefined }];
    const next = new Beam(this.settings.beam);
    let ahead: LineReading[] = [];
    for (let at = 1; at < numbers.length; at++) {
      const [one] = beam as [LineReading];
      const slips = looked[at]!;
      const further = (slips & ANOTHER_WORD) === 0 ? undefined : this.anotherWord(line, at, one);
      const isOnlyWritten = beam.length === 1 && ahead.length === 0 && one.state === states[at];
      if (isOnlyWritten && (slips & ONE_BY_ONE) === 0 && !further) {
        one.score += logs[at]!;
        one.state = states[at + 1]!;
        one.number = numbers[at]!;
        continue;
      }
      next.length = 0;
      for (const { state, score, number, edits } of ahead) next.join(state, score, number, edits);
      ahead = further ?? [];
      this.asWritten(line, at, beam, next);
      if ((slips & ONE_BY_ONE) !== 0) {
        const place = { at, beam, next, ahead, floor: next.best() - HOPELESS };
        if ((slips & WRONG) !== 0) this.mistaken(line, place);
        for (const reading of beam) {
          if ((slips & EXTRA) !== 0) this.doubled(line, place, reading);
          if ((slips & SWAPPED) !== 0) this.exchanged(line, place, reading);
          if ((slips & MISSING) !== 0) this.missing(line, place, reading);
        }
      }
      beam = next.likeliest(at);
    }
    return editsOf(beam[0]!.edits);
  }

  /** Continues readings with the written character; most are in the state of the written line, whose step is known. */
  private asWritten(
    { numbers, logs, states }: WrittenLine,
    at: number,
    beam: readonly LineReading[],
    next: Beam,
  ): void {
    const number = numbers[at]!;
    for (const { state, score, edits } of beam) {
      if (state === states[at]) next.join(states[at + 1]!, score + logs[at]!, number, edits);
      else this.extend(next, state, score, number, edits);
    }
  }

  /** Continues readings with confusable characters that were seen beside either neighbour. */
  private mistaken({ codes, numbers: written }: WrittenLine, { at, beam, next, floor }: SearchState): void {
    const { model, contexts, rows } = this;
    const { numbers, ways, costs, frequencies, leastCost } = this.candidates.of(codes[at]!);
    const { seenAfter, seenBefore, rowLength } = model;
    const rowBefore = written[at + 1]! * rowLength;
    let count = 0;
    for (const reading of beam) {
      // They are ordered by likelihood.
      if (reading.score - leastCost < floor) break;
      contexts[count] ??= model.context();
      contexts[count]!.begin(reading.state);
      rows[count++] = reading.number * rowLength;
    }
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!;
      const word = number >>> 5;
      const bit = 1 << (number & 31);
      // Most candidates were seen beside neither neighbour; {@link LanguageModel.follows} without its calls.
      const fitsAfter = (seenBefore[rowBefore + word]! & bit) !== 0;
      for (let rank = 0; rank < count; rank++) {
        const isSeen = (seenAfter[rows[rank]! + word]! & bit) !== 0;
        if (!isSeen && !fitsAfter) continue;
        const reading = beam[rank]!;
        const context = contexts[rank]!;
        const before = reading.score - costs[index]!;
        if (before < floor) break;
        if (isSeen) {
          const least = Math.max(floor, next.worst);
          if (before + context.mostAfter(number) < least) continue;
          const state = context.step(number);
          const score = before + model.last;
          if (score >= least) next.join(state, score, number, reading.edits, ways[index]!);
        } else {
          const score = before + context.unseen + frequencies[index]!;
          if (score >= floor) next.join(number, score, number, reading.edits, ways[index]!);
        }
      }
    }
  }

  /** The readings that continue `reading` with a word that sounds like the character and the next. */
  private anotherWord(
    { codes, logs, numbers, states }: WrittenLine,
    at: number,
    reading: LineReading,
  ): LineReading[] | undefined {
    const { model } = this;
    const words = this.words.of(codes[at]!, codes[at + 1]!);
    if (words.length === 0) return undefined;
    const { state, score, edits } = reading;
    const asWritten =
      state === states[at] ? logs[at]! + logs[at + 1]! : this.probabilityOf(state, numbers[at]!, numbers[at + 1]!);
    const floor = score + asWritten - BEFORE_WORD;
    let readings: LineReading[] | undefined;
    for (const { first, second, cost, ways } of words) {
      const between = model.step(state, first);
      const half = score - cost + model.last;
      if (half + MAX_GAIN_OF_WORD < floor) continue;
      const end = model.step(between, second);
      const whole = half + model.last;
      if (whole < floor) continue;
      const edit: Edit = { kind: 'word', index: at, length: 2, numbers: [first, second], ways, before: edits };
      readings ??= [];
      readings.push({ state: end, score: whole, number: second, edits: edit });
    }
    return readings;
  }

  /** Log probability of two characters in `state`. */
  private probabilityOf(state: number, first: number, second: number): number {
    const { model } = this;
    const between = model.step(state, first);
    const { last } = model;
    model.step(between, second);
    return last + model.last;
  }

  /** Skips a character that doubles the one before. */
  private doubled({ codes, numbers }: WrittenLine, { at, next }: SearchState, reading: LineReading): void {
    const { state, score, number, edits: before } = reading;
    if (codes[at] !== codes[at - 1] || number !== numbers[at]) return;
    const edit: Edit = { kind: 'extra', index: at, length: 1, numbers: [], ways: 0, before };
    next.join(state, score - this.settings.extra, number, edit);
  }

  /** Swaps the character with the next one. */
  private exchanged({ codes, numbers }: WrittenLine, { at, ahead, floor }: SearchState, reading: LineReading): void {
    const { model, settings } = this;
    const [number, after] = [numbers[at]!, numbers[at + 1]!];
    if (!isIdeograph(codes[at + 1] ?? 0) || codes[at + 1] === codes[at] || !model.follows(after, number)) return;
    const first = model.step(reading.state, after);
    const score = reading.score + model.last - settings.extra;
    if (score + MAX_GAIN <= floor - BEFORE_SWAPPED) return;
    const state = model.step(first, number);
    const whole = score + model.last;
    if (whole <= floor - BEFORE_SWAPPED) return;
    const edit: Edit = {
      kind: 'swapped',
      index: at,
      length: 2,
      numbers: [after, number],
      ways: 0,
      before: reading.edits,
    };
    ahead.push({ state, score: whole, number, edits: edit });
  }

  /** Inserts a character before it. */
  private missing({ numbers }: WrittenLine, { at, next, floor }: SearchState, reading: LineReading): void {
    const { model, settings } = this;
    const number = numbers[at]!;
    const { first, end } = model.continuations(reading.state, MAX_CONTINUATIONS);
    for (let state = first; state < end; state++) {
      const other = model.lastOf(state);
      if (!model.precedes(other, number) || !isIdeograph(model.codeOf(other))) continue;
      const score = reading.score + model.probability(state) - settings.missing;
      if (score < floor) continue;
      const edit: Edit = { kind: 'missing', index: at, length: 0, numbers: [other], ways: 0, before: reading.edits };
      this.extend(next, state, score, number, edit);
    }
  }

  private extend(next: Beam, state: number, score: number, number: number, edits: Edit | undefined): void {
    const after = this.model.step(state, number);
    next.join(after, score + this.model.last, number, edits);
  }
}

function spanOf({ index, length }: Edit, offsets: Uint32Array): { start: number; end: number } {
  const start = offsets[index]!;
  return { start, end: length === 0 ? start : offsets[index + length - 1]! + 1 };
}

/** Whether the character at `at` is in, or beside, a run of three or more equal ones, which no slip produces. */
function inRun(codes: Uint16Array, at: number): boolean {
  for (let start = at - 3; start <= at + 1; start++) {
    const code = codes[start];
    if (code !== undefined && code === codes[start + 1] && code === codes[start + 2] && isIdeograph(code)) return true;
  }
  return false;
}
