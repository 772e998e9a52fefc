/** Readings of a line: the hypotheses of the beam search in `checker.ts`. */

/** `word`: another word of the same sound. */
export type SlipKind = 'wrong' | 'word' | 'missing' | 'extra' | 'swapped';

/** Replaces `length` tokens from `index` on by `numbers`. */
export interface Edit {
  readonly kind: SlipKind;
  readonly index: number;
  readonly length: number;
  readonly numbers: readonly number[];
  /** How what is written resembles what is meant, as bits; 0 for other kinds than `wrong` and `word`. */
  readonly ways: number;
  readonly before: Edit | undefined;
}

export interface LineReading {
  state: number;
  score: number;
  /** The last character. */
  number: number;
  edits: Edit | undefined;
}

/** Readings this much less likely than the best are dropped, in nats. */
export const HOPELESS = 9;

/**
 * The likeliest readings that end at the same offset, at most one per state, in order (ties in order of insertion). Most are
 * dropped, so no objects are created before.
 */
export class Beam {
  length = 0;
  private readonly states: Uint32Array;
  private readonly scores: Float64Array;
  private readonly numbers: Uint32Array;
  /** If the last edit replaces a character: the ways in which the two are alike; otherwise -1. */
  private readonly ways: Int32Array;
  private readonly edits: (Edit | undefined)[] = [];

  /** Keeps the `most` likeliest readings. */
  constructor(private readonly most: number) {
    this.states = new Uint32Array(most);
    this.scores = new Float64Array(most);
    this.numbers = new Uint32Array(most);
    this.ways = new Int32Array(most);
  }

  /** The score that a further reading must exceed to be kept. */
  get worst(): number {
    return this.length < this.most ? Number.NEGATIVE_INFINITY : this.scores[this.most - 1]!;
  }

  /**
   * Adds a reading if it is likely enough, instead of a less likely one with the same state. With `ways` its last character
   * replaces a written one that is like it in those ways.
   */
  join(state: number, score: number, number: number, edits: Edit | undefined, ways = -1): void {
    const { states, scores, most } = this;
    if (this.length === most && score <= scores[most - 1]!) return;
    let place = 0;
    while (place < this.length && states[place] !== state) place++;
    if (place < this.length && scores[place]! >= score) return;
    if (place === this.length) {
      if (place < most) this.length++;
      else place--;
    }
    for (; place > 0 && scores[place - 1]! < score; place--) this.copy(place - 1, place);
    states[place] = state;
    scores[place] = score;
    this.numbers[place] = number;
    this.edits[place] = edits;
    this.ways[place] = ways;
  }

  private copy(from: number, to: number): void {
    this.states[to] = this.states[from]!;
    this.scores[to] = this.scores[from]!;
    this.numbers[to] = this.numbers[from]!;
    this.edits[to] = this.edits[from];
    this.ways[to] = this.ways[from]!;
  }

  /** The score of the most likely reading. */
  best(): number {
    return this.length > 0 ? this.scores[0]! : Number.NEGATIVE_INFINITY;
  }

  /** The readings in order, without hopeless ones; all end after `at`. */
  likeliest(at: number): LineReading[] {
    const { scores } = this;
    const floor = this.best() - HOPELESS;
    const readings: LineReading[] = [];
    for (let index = 0; index < this.length && scores[index]! >= floor; index++) {
      const number = this.numbers[index]!;
      const ways = this.ways[index]!;
      const before = this.edits[index];
      const edits = ways < 0 ? before : wrongCharacter(at, number, ways, before);
      readings.push({ state: this.states[index]!, score: scores[index]!, number, edits });
    }
    return readings;
  }
}

function wrongCharacter(index: number, number: number, ways: number, before: Edit | undefined): Edit {
  return { kind: 'wrong', index, length: 1, numbers: [number], ways, before };
}

/** The edits up to and including `last`, in order. */
export function editsOf(last: Edit | undefined): Edit[] {
  const edits: Edit[] = [];
  for (let edit = last; edit; edit = edit.before) edits.unshift(edit);
  return edits;
}
