/** Readings of a line: the hypotheses of the beam search in `checker.ts`. */

export type SlipKind = 'wrong' | 'missing' | 'extra' | 'swapped';

/** Replaces `length` tokens from `index` on by `numbers`. */
export interface Edit {
  readonly kind: SlipKind;
  readonly index: number;
  readonly length: number;
  readonly numbers: readonly number[];
  /** How the wrong character resembles the right one, as bits; 0 for other kinds. */
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

/** Readings that end at the same offset, at most one per state. Most are dropped, so no objects are created before. */
export class Beam {
  length = 0;
  private readonly states: number[] = [];
  private readonly scores: number[] = [];
  private readonly numbers: number[] = [];
  private readonly edits: (Edit | undefined)[] = [];
  /** If the last edit replaces a character: the ways in which the two are alike; otherwise -1. */
  private readonly ways: number[] = [];

  /**
   * Adds a reading, or replaces a less likely one with the same state. With `ways` its last character replaces a
   * written one that is like it in those ways.
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

  /** The score of the most likely reading. */
  best(): number {
    let best = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.length; index++) best = Math.max(best, this.scores[index]!);
    return best;
  }

  /**
   * The `most` most likely readings, in order (ties in order of insertion), without hopeless ones; all end after `at`.
   */
  likeliest(most: number, at: number): LineReading[] {
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
    const readings: LineReading[] = [];
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

function wrongCharacter(index: number, number: number, ways: number, before: Edit | undefined): Edit {
  return { kind: 'wrong', index, length: 1, numbers: [number], ways, before };
}

/** The edits up to and including `last`, in order. */
export function editsOf(last: Edit | undefined): Edit[] {
  const edits: Edit[] = [];
  for (let edit = last; edit; edit = edit.before) edits.unshift(edit);
  return edits;
}
