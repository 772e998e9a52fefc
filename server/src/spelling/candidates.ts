/** The characters that may be meant by one, as parallel arrays: a line is compared with hundreds of thousands. */
import { type Confusions, NEAR_SOUND, SAME_SHAPE, SAME_SOUND, SAME_TONE, SEEN } from './confusions';
import type { LanguageModel } from './languageModel';

/** Parallel arrays, indexed by candidate. */
export interface Candidates {
  readonly numbers: Uint16Array;
  /** Where each is in a row of the model's bit sets: the word and the bit in it. */
  readonly words: Uint16Array;
  readonly bits: Int32Array;
  readonly ways: Uint8Array;
  readonly costs: Float32Array;
  /** See {@link LanguageModel.frequency}. */
  readonly frequencies: Float32Array;
  /** The minimum of the costs. */
  readonly leastCost: number;
}

export class CandidateTable {
  private readonly known = new Map<number, Candidates>();

  /** `cost` is the minimum cost of a wrong character, in nats. */
  constructor(
    private readonly model: LanguageModel,
    private readonly confusions: Confusions,
    private readonly cost: number,
  ) {}

  /** The candidates for the written character `code`. */
  of(code: number): Candidates {
    let known = this.known.get(code);
    if (!known) {
      known = this.create(code);
      this.known.set(code, known);
    }
    return known;
  }

  private create(code: number): Candidates {
    const { model } = this;
    const list = this.confusions.of(code).filter((one) => model.numberOf(one.code) > 0);
    const numbers = Uint16Array.from(list, (one) => model.numberOf(one.code));
    const costs = Float32Array.from(list, ({ ways }) => this.cost + costOf(ways));
    return {
      numbers,
      words: numbers.map((number) => number >>> 5),
      bits: Int32Array.from(numbers, (number) => 1 << (number & 31)),
      ways: Uint8Array.from(list, ({ ways }) => ways),
      costs,
      frequencies: Float32Array.from(numbers, (number) => model.frequency(number)),
      leastCost: costs.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY),
    };
  }
}

function costOf(ways: number): number {
  if (ways & SEEN) return 0;
  if (ways & SAME_TONE) return 0.5;
  if (ways & SAME_SOUND) return 1;
  if (ways & SAME_SHAPE) return 2;
  if (ways & NEAR_SOUND) return 3;
  return 5;
}
