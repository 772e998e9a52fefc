/**
 * A character language model: interpolated n-grams with modified Kneser–Ney smoothing (Chen and Goodman 1998), pruned
 * by the information that each n-gram adds to its shorter ones (Seymore and Rosenfeld 1996).
 *
 * The n-grams form a trie. A node stores its suffix (the same n-gram without its first character), so that a step costs
 * one search in the current node's children, and a back-off to the suffix if that fails. A child is stored as its index
 * among the children of its parent's suffix, which must contain it too: most such indexes are small.
 */
import { isIdeograph } from '../text/characters';
import { MAX_BACKOFF, STEP, type Trie } from './modelFile';
import { SYMBOL, type Tokens } from './tokens';

/** The root, which is also the state without context. */
export const ROOT = 0;

/** Up to this many children a linear search is fastest. */
const MAX_LINEAR_SEARCH = 6;

/** Log probability of a character that is not in the vocabulary. */
const UNKNOWN = -16;

export class LanguageModel {
  /** By UTF-16 code: the 1-based position in the vocabulary, which is its node too; 0 for characters not in it. */
  private readonly numbers = new Uint16Array(0x10000);
  /** By stored level: natural logarithms. */
  private readonly probabilityOf = Float64Array.from({ length: 256 }, (_, level) => -level * STEP);
  private readonly backoffOf = Float64Array.from({ length: 256 }, (_, level) => MAX_BACKOFF - level * STEP);

  /** Number of 32-bit words in a bit set over the vocabulary. */
  private readonly words: number;
  /**
   * Bit sets of observed pairs: by the first character, and by the second. Millions of pairs are looked up for a text.
   */
  private readonly seenAfter: Uint32Array;
  private readonly seenBefore: Uint32Array;
  /** For each word of {@link seenAfter}: the node of the pair of its lowest set bit. */
  private readonly firstNode: Uint32Array;
  /** By character: the cost of an unseen pair that it begins. */
  private readonly unseenAfter: Float64Array;

  constructor(private readonly trie: Trie) {
    const { vocabulary, firstChild, characters, backoffs } = trie;
    vocabulary.forEach((code, index) => {
      this.numbers[code] = index + 1;
    });
    const { length } = vocabulary;
    const words = (length >>> 5) + 1;
    this.words = words;
    this.seenAfter = new Uint32Array((length + 1) * words);
    this.seenBefore = new Uint32Array((length + 1) * words);
    this.firstNode = new Uint32Array((length + 1) * words);
    this.unseenAfter = new Float64Array(length + 1);
    for (let first = 1; first <= length; first++) {
      const start = firstChild[first]!;
      const end = firstChild[first + 1]!;
      if (start < end) this.unseenAfter[first] = this.backoffOf[backoffs[first]!]!;
      for (let child = start; child < end; child++) {
        const second = characters[child]!;
        const word = first * words + (second >>> 5);
        if (this.seenAfter[word] === 0) this.firstNode[word] = child;
        this.seenAfter[word]! |= 1 << (second & 31);
        this.seenBefore[second * words + (first >>> 5)]! |= 1 << (first & 31);
      }
    }
  }

  /** The 1-based position of the character `code` in the vocabulary; 0 if it is not in it. */
  numberOf(code: number): number {
    return this.numbers[code]!;
  }

  /** The vocabulary number of a token; unknown marks and symbols share one. */
  numberOfToken(code: number): number {
    return this.numbers[code]! || (isIdeograph(code) ? 0 : this.numbers[SYMBOL]!);
  }

  /** The code of the character with this number. */
  codeOf(number: number): number {
    return this.trie.vocabulary[number - 1] ?? 0;
  }

  /** Log probability of the last step; see {@link step}. */
  last = 0;

  /** The state after `number` in `state`; stores its log probability in {@link last}. */
  step(state: number, number: number): number {
    const { firstChild, characters, suffix, probabilities, backoffs, vocabulary } = this.trie;
    if (number === 0) {
      this.last = UNKNOWN;
      return ROOT;
    }
    let node = state;
    let sum = 0;
    for (; node > vocabulary.length; node = suffix[node]!) {
      let low = firstChild[node]!;
      const end = firstChild[node + 1]!;
      if (low === end) continue;
      let high = end - 1;
      while (high - low > MAX_LINEAR_SEARCH) {
        const middle = (low + high) >>> 1;
        if (characters[middle]! < number) low = middle + 1;
        else high = middle;
      }
      while (low < high && characters[low]! < number) low++;
      if (characters[low] === number) {
        this.last = sum + this.probabilityOf[probabilities[low]!]!;
        return low;
      }
      sum += this.backoffOf[backoffs[node]!]!;
    }
    return this.stepFromCharacter(node, number, sum);
  }

  /** A step to `number` from `node`, a character or the root; `sum` is the cost so far. */
  stepFromCharacter(node: number, number: number, sum: number): number {
    const { probabilities } = this.trie;
    const word = node * this.words + (number >>> 5);
    const seen = this.seenAfter[word]!;
    const bit = 1 << (number & 31);
    if ((seen & bit) !== 0) {
      const pair = this.firstNode[word]! + bitsIn(seen & (bit - 1));
      this.last = sum + this.probabilityOf[probabilities[pair]!]!;
      return pair;
    }
    this.last = sum + this.unseenAfter[node]! + this.probabilityOf[probabilities[number]!]!;
    return number;
  }

  /** Log probability of the character `code` after `previous`, both UTF-16 codes. */
  pairScore(previous: number, code: number): number {
    this.step(this.step(ROOT, this.numberOf(previous)), this.numberOf(code));
    return this.last;
  }

  /** The log probability of `tokens`, a line or part of one, in nats. */
  logProbability({ codes, length }: Tokens): number {
    let state = ROOT;
    let sum = 0;
    for (let at = 0; at < length; at++) {
      state = this.step(state, this.numberOfToken(codes[at]!));
      sum += this.last;
    }
    return sum;
  }

  /** A reusable helper to query the successors of one state after another; see {@link Context}. */
  context(): Context {
    return new Context(this, this.trie, this.backoffOf, this.unseenAfter);
  }

  /**
   * The observed successors of `state` as a range of states; empty if there are more than `limit`, or there is little
   * context. A step to one of them has the {@link probability} given there.
   */
  continuations(state: number, limit: number): { readonly first: number; readonly end: number } {
    const { firstChild, suffix, vocabulary } = this.trie;
    let node = state;
    while (node > vocabulary.length && firstChild[node] === firstChild[node + 1]) node = suffix[node]!;
    const first = firstChild[node]!;
    const end = firstChild[node + 1]!;
    return node <= vocabulary.length || end - first > limit ? { first, end: first } : { first, end };
  }

  /** The last character of `state`. */
  lastOf(state: number): number {
    return this.trie.characters[state]!;
  }

  /** Log probability of the last character of `state` after those before it. */
  probability(state: number): number {
    return this.probabilityOf[this.trie.probabilities[state]!]!;
  }

  /** Log frequency of `number` regardless of context. */
  frequency(number: number): number {
    return number === 0 ? UNKNOWN : this.probabilityOf[this.trie.probabilities[number]!]!;
  }

  /** Whether `number` was seen after `previous`. Fast for many numbers after one. */
  follows(previous: number, number: number): boolean {
    return (this.seenAfter[previous * this.words + (number >>> 5)]! & (1 << (number & 31))) !== 0;
  }

  /** Whether `previous` was seen before `number`. Fast for many numbers before one. */
  precedes(previous: number, number: number): boolean {
    return (this.seenBefore[number * this.words + (previous >>> 5)]! & (1 << (previous & 31))) !== 0;
  }
}

/** More successors than this are not recorded in the bit set, but searched for directly. */
const MAX_NOTED = 256;
/** Size of the bit set of successors in bits; the frequent characters have one each. */
const NOTES = 1024;

/**
 * A state prepared for queries of many successors. Most were seen after its last character at best: successors of
 * longer contexts are recorded in a bit set by the low bits of their numbers, so that they are searched for only if
 * they may be there.
 */
export class Context {
  /**
   * Cost of an unseen pair: a step to an unseen successor of the last character leads to the state of that successor
   * alone.
   */
  unseen = 0;
  private state = ROOT;
  /** The last character, and the cost of backing off to it. */
  private character = ROOT;
  private sum = 0;
  private readonly notes = new Uint32Array(NOTES / 32);
  private noted = true;

  constructor(
    private readonly model: LanguageModel,
    private readonly trie: Trie,
    private readonly backoffOf: Float64Array,
    private readonly unseenAfter: Float64Array,
  ) {}

  /** Prepares for steps from `state`. */
  begin(state: number): void {
    const { notes } = this;
    const { firstChild, suffix, backoffs, characters, vocabulary } = this.trie;
    notes.fill(0);
    this.state = state;
    this.noted = true;
    let sum = 0;
    let node = state;
    for (; node > vocabulary.length; node = suffix[node]!) {
      const first = firstChild[node]!;
      const end = firstChild[node + 1]!;
      if (first === end) continue;
      sum += this.backoffOf[backoffs[node]!]!;
      if (end - first > MAX_NOTED) this.noted = false;
      else for (let child = first; child < end; child++) note(notes, characters[child]!);
    }
    this.character = node;
    this.sum = sum;
    this.unseen = sum + this.unseenAfter[node]!;
  }

  /** The state after `number`; stores its log probability in the model's {@link LanguageModel.last}. */
  step(number: number): number {
    const { notes } = this;
    const mayBe = !this.noted || (notes[(number & (NOTES - 1)) >>> 5]! & (1 << (number & 31))) !== 0;
    return mayBe ? this.model.step(this.state, number) : this.model.stepFromCharacter(this.character, number, this.sum);
  }
}

function note(notes: Uint32Array, number: number): void {
  notes[(number & (NOTES - 1)) >>> 5]! |= 1 << (number & 31);
}

/** Number of bits set in the low 32 of `word`. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
