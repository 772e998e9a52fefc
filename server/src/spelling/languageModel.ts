/**
 * How likely a text is, character by character: interpolated n-grams smoothed after Kneser and Ney as modified by Chen and
 * Goodman (1998), pruned by what each n-gram tells beyond its shorter ones (Seymore and Rosenfeld 1996).
 *
 * The n-grams form a trie. A node knows its suffix (the same n-gram without its first character), so that reading on costs
 * one search in the present node's children, and a step down to the suffix where that fails. A child is stored as its place
 * among the children of its parent's suffix, which must have it too: most such places are small.
 */

import { MAX_BACKOFF, STEP, type Trie } from './modelFile';

/** The root, which is also the state where nothing is known of what came before. */
export const ROOT = 0;

/** Natural logarithm of the probability of a character that is not in the vocabulary. */
const UNKNOWN = -16;

export class LanguageModel {
  /** By UTF-16 code: the place in the vocabulary from 1, which is its node too; 0 for what is not in it. */
  private readonly numbers = new Uint16Array(0x10000);
  /** By the stored level: natural logarithms. */
  private readonly probabilityOf = Float64Array.from({ length: 256 }, (_, level) => -level * STEP);
  private readonly backoffOf = Float64Array.from({ length: 256 }, (_, level) => MAX_BACKOFF - level * STEP);

  constructor(private readonly trie: Trie) {
    trie.vocabulary.forEach((code, index) => {
      this.numbers[code] = index + 1;
    });
  }

  /** The place in the vocabulary, from 1, of the character `code`; 0 where it is not in it. */
  numberOf(code: number): number {
    return this.numbers[code]!;
  }

  /** The code of the character with this number. */
  codeOf(number: number): number {
    return this.trie.vocabulary[number - 1] ?? 0;
  }

  /** The natural logarithm of the last step's probability; see {@link step}. */
  last = 0;
  /** How many characters, itself included, the n-gram had that the last step's probability was taken from. */
  lastBackoffs = 0;

  /** The state after `number` in `state`; leaves in {@link last} how likely it was. */
  step(state: number, number: number): number {
    const { firstChild, characters, suffix, probabilities, backoffs } = this.trie;
    let node = state;
    let sum = 0;
    let steps = 0;
    if (number === 0) {
      this.last = UNKNOWN;
      this.lastBackoffs = 9;
      return ROOT;
    }
    for (;;) {
      if (node === ROOT) {
        this.last = sum + this.probabilityOf[probabilities[number]!]!;
        this.lastBackoffs = steps;
        return number;
      }
      let low = firstChild[node]!;
      let high = firstChild[node + 1]! - 1;
      if (low <= high) {
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (characters[middle]! < number) low = middle + 1;
          else high = middle;
        }
        if (characters[low] === number) {
          this.last = sum + this.probabilityOf[probabilities[low]!]!;
          this.lastBackoffs = steps;
          return low;
        }
        sum += this.backoffOf[backoffs[node]!]!;
        steps++;
      }
      node = suffix[node]!;
    }
  }

  /** The natural logarithm of the probability of the character `code` after `previous`, both UTF-16 codes. */
  pairScore(previous: number, code: number): number {
    this.step(this.step(ROOT, this.numberOf(previous)), this.numberOf(code));
    return this.last;
  }

  /** What was seen in `state`; nothing where that is more than `limit`, or little is known of what came before. */
  *continuations(state: number, limit: number): Generator<number> {
    const { firstChild, characters, sizes } = this.trie;
    let node = state;
    while (node > sizes[0]! && firstChild[node] === firstChild[node + 1]) node = this.trie.suffix[node]!;
    const first = firstChild[node]!;
    const end = firstChild[node + 1]!;
    if (node <= sizes[0]! || end - first > limit) return;
    for (let child = first; child < end; child++) yield characters[child]!;
  }

  /** The natural logarithm of how often `number` stands anywhere. */
  frequency(number: number): number {
    return number === 0 ? UNKNOWN : this.probabilityOf[this.trie.probabilities[number]!]!;
  }

  /** Whether `number` was seen after `previous`. */
  follows(previous: number, number: number): boolean {
    if (previous === 0 || number === 0) return false;
    const { firstChild, characters } = this.trie;
    let low = firstChild[previous]!;
    let high = firstChild[previous + 1]! - 1;
    if (low > high) return false;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (characters[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return characters[low] === number;
  }
}
