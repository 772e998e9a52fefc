/**
 * A character language model: interpolated n-grams with modified Kneser–Ney smoothing (Chen and Goodman 1998), pruned
 * by the information that each n-gram adds to its shorter ones (Seymore and Rosenfeld 1996).
 *
 * The n-grams form a trie. A node stores its suffix (the same n-gram without its first character), so that a step costs
 * one search in the current node's children, and a back-off to the suffix if that fails. A child is stored as its index
 * among the children of its parent's suffix, which must contain it too: most such indexes are small.
 */
import { isIdeograph } from '../text/characters';
import { Pace, type Resumable } from '../text/resumable';
import { inSharedMemory } from '../text/sharedMemory';
import { HIGH_BYTE, HIGH_HALF, LOW_BITS, LOW_HALF, MAX_BACKOFF, type PackedTrie, STEP } from './modelFile';
import { SYMBOL, type Tokens } from './tokens';

/** The root, which is also the state without context. */
export const ROOT = 0;

/** Up to this many children a linear search is fastest. */
const MAX_LINEAR_SEARCH = 6;

/** Log probability of a character that is not in the vocabulary. */
const UNKNOWN = -16;

/** Number of pairs entered between two yields, which takes about a millisecond. */
const PAIRS_AT_ONCE = 1 << 13;

/** What is looked up for pairs of characters, instead of in the trie: the most frequent steps. */
interface PairTables {
  /** Number of 32-bit words in a row of {@link seenAfter} and {@link seenBefore}: a bit for each character. */
  readonly rowLength: number;
  /**
   * Bit sets of observed pairs: a row for each first character, and one for each second. Millions of pairs are looked up for a
   * text.
   */
  readonly seenAfter: Uint32Array;
  readonly seenBefore: Uint32Array;
  /**
   * For each word of {@link seenAfter}: the node of the pair of its lowest set bit, and in the high byte the level of the
   * likeliest of its pairs. Most words have one bit at most.
   */
  readonly firstNode: Uint32Array;
  /** By character: the cost of an unseen pair that it begins. */
  readonly unseenAfter: Float64Array;
}

/** A model as another thread receives it: arrays in shared memory. */
export interface SharedLanguageModel {
  readonly trie: PackedTrie;
  readonly pairs: PairTables;
}

/** By stored level: natural logarithms. */
function probabilitiesByLevel(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, level) => -level * STEP);
}

function backoffsByLevel(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, level) => MAX_BACKOFF - level * STEP);
}

function* pairTables({ vocabulary, nodes, entries }: PackedTrie): Resumable<PairTables> {
  const { length } = vocabulary;
  const backoffOf = backoffsByLevel();
  const words = (length >>> 5) + 1;
  const seenAfter = new Uint32Array((length + 1) * words);
  const seenBefore = new Uint32Array((length + 1) * words);
  const firstNode = new Uint32Array((length + 1) * words);
  const unseenAfter = new Float64Array(length + 1);
  const pace = new Pace(PAIRS_AT_ONCE);
  for (let first = 1; first <= length; first++) {
    const start = nodes[2 * first]!;
    const end = nodes[2 * first + 2]!;
    if (start < end) unseenAfter[first] = backoffOf[nodes[2 * first + 1]! >>> HIGH_BYTE]!;
    for (let child = start; child < end; child++) {
      const second = entries[child]! & LOW_HALF;
      const level = entries[child]! >>> HIGH_HALF;
      const word = first * words + (second >>> 5);
      const known = firstNode[word]!;
      const isFirst = seenAfter[word] === 0;
      const likeliest = isFirst ? level : Math.min(level, known >>> HIGH_BYTE);
      firstNode[word] = (isFirst ? child : known & LOW_BITS) | (likeliest << HIGH_BYTE);
      seenAfter[word]! |= 1 << (second & 31);
      seenBefore[second * words + (first >>> 5)]! |= 1 << (first & 31);
    }
    if (pace.isOver(1 + end - start)) yield;
  }
  return { rowLength: words, seenAfter, seenBefore, firstNode, unseenAfter };
}

export class LanguageModel {
  /** By UTF-16 code: the 1-based position in the vocabulary, which is its node too; 0 for characters not in it. */
  private readonly numbers = new Uint16Array(0x10000);
  private readonly probabilityOf = probabilitiesByLevel();
  private readonly backoffOf = backoffsByLevel();

  /** The fields of {@link PairTables}, which are read millions of times. */
  readonly rowLength: number;
  seenAfter: Uint32Array;
  seenBefore: Uint32Array;
  private firstNode: Uint32Array;
  private readonly unseenAfter: Float64Array;

  /** Prepares the n-grams of `trie` incrementally. */
  static *of(trie: PackedTrie): Resumable<LanguageModel> {
    return new LanguageModel(trie, yield* pairTables(trie));
  }

  /** The model that another thread has {@link shared}. */
  static from({ trie, pairs }: SharedLanguageModel): LanguageModel {
    return new LanguageModel(trie, pairs);
  }

  private constructor(
    private readonly trie: PackedTrie,
    pairs: PairTables,
  ) {
    trie.vocabulary.forEach((code, index) => {
      this.numbers[code] = index + 1;
    });
    this.rowLength = pairs.rowLength;
    this.seenAfter = pairs.seenAfter;
    this.seenBefore = pairs.seenBefore;
    this.firstNode = pairs.firstNode;
    this.unseenAfter = pairs.unseenAfter;
  }

  /** The model for another thread: see {@link from}. Moves its arrays to shared memory, one at a time. */
  *shared(): Resumable<SharedLanguageModel> {
    const { trie } = this;
    trie.nodes = inSharedMemory(trie.nodes, Uint32Array);
    yield;
    trie.entries = inSharedMemory(trie.entries, Uint32Array);
    yield;
    this.seenAfter = inSharedMemory(this.seenAfter, Uint32Array);
    yield;
    this.seenBefore = inSharedMemory(this.seenBefore, Uint32Array);
    yield;
    this.firstNode = inSharedMemory(this.firstNode, Uint32Array);
    const { rowLength, seenAfter, seenBefore, firstNode, unseenAfter } = this;
    return { trie, pairs: { rowLength, seenAfter, seenBefore, firstNode, unseenAfter } };
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
    if (number === 0) {
      this.last = UNKNOWN;
      return ROOT;
    }
    const { nodes, entries, vocabulary } = this.trie;
    const { length } = vocabulary;
    let node = state;
    let sum = 0;
    while (node > length) {
      let low = nodes[2 * node]!;
      const lower = nodes[2 * node + 1]!;
      let high = nodes[2 * node + 2]! - 1;
      if (low <= high) {
        while (high - low > MAX_LINEAR_SEARCH) {
          const middle = (low + high) >>> 1;
          if ((entries[middle]! & LOW_HALF) < number) low = middle + 1;
          else high = middle;
        }
        while (low < high && (entries[low]! & LOW_HALF) < number) low++;
        const entry = entries[low]!;
        if ((entry & LOW_HALF) === number) {
          this.last = sum + this.probabilityOf[entry >>> HIGH_HALF]!;
          return low;
        }
        sum += this.backoffOf[lower >>> HIGH_BYTE]!;
      }
      node = lower & LOW_BITS;
    }
    return this.stepFromCharacter(node, number, sum);
  }

  /** A step to `number` from `node`, a character or the root; `sum` is the cost so far. */
  stepFromCharacter(node: number, number: number, sum: number): number {
    const { entries } = this.trie;
    const word = node * this.rowLength + (number >>> 5);
    const seen = this.seenAfter[word]!;
    const bit = 1 << (number & 31);
    if ((seen & bit) !== 0) {
      const pair = (this.firstNode[word]! & LOW_BITS) + bitsIn(seen & (bit - 1));
      this.last = sum + this.probabilityOf[entries[pair]! >>> HIGH_HALF]!;
      return pair;
    }
    this.last = sum + this.unseenAfter[node]! + this.probabilityOf[entries[number]! >>> HIGH_HALF]!;
    return number;
  }

  /** At least the log probability of `number` after the character `previous` alone, which it was seen after. */
  mostAfterCharacter(previous: number, number: number): number {
    return this.probabilityOf[this.firstNode[previous * this.rowLength + (number >>> 5)]! >>> HIGH_BYTE]!;
  }

  /** Log probability of `number` after the character `previous` alone. */
  pair(previous: number, number: number): number {
    this.stepFromCharacter(previous, number, 0);
    return this.last;
  }

  /** The cost of a character that was not seen after the character `previous`, to be added to its {@link frequency}. */
  unseenPair(previous: number): number {
    return this.unseenAfter[previous]!;
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
    const { nodes, vocabulary } = this.trie;
    let node = state;
    while (node > vocabulary.length && nodes[2 * node] === nodes[2 * node + 2]) node = nodes[2 * node + 1]! & LOW_BITS;
    const first = nodes[2 * node]!;
    const end = nodes[2 * node + 2]!;
    return node <= vocabulary.length || end - first > limit ? { first, end: first } : { first, end };
  }

  /** The last character of `state`. */
  lastOf(state: number): number {
    return this.trie.entries[state]! & LOW_HALF;
  }

  /** Log probability of the last character of `state` after those before it. */
  probability(state: number): number {
    return this.probabilityOf[this.trie.entries[state]! >>> HIGH_HALF]!;
  }

  /** Log frequency of `number` regardless of context. */
  frequency(number: number): number {
    return number === 0 ? UNKNOWN : this.probabilityOf[this.trie.entries[number]! >>> HIGH_HALF]!;
  }

  /** Whether `number` was seen after `previous`. Fast for many numbers after one. */
  follows(previous: number, number: number): boolean {
    return (this.seenAfter[previous * this.rowLength + (number >>> 5)]! & (1 << (number & 31))) !== 0;
  }

  /** The number of characters in the vocabulary. */
  get size(): number {
    return this.trie.vocabulary.length;
  }

  /** Visits the characters that were seen after `first` with their log probability there. */
  visitFollowers(first: number, visit: (second: number, logProbability: number) => void): void {
    const { nodes, entries } = this.trie;
    for (let pair = nodes[2 * first]!; pair < nodes[2 * first + 2]!; pair++) {
      const entry = entries[pair]!;
      visit(entry & LOW_HALF, this.probabilityOf[entry >>> HIGH_HALF]!);
    }
  }

  /** Whether `previous` was seen before `number`. Fast for many numbers before one. */
  precedes(previous: number, number: number): boolean {
    return (this.seenBefore[number * this.rowLength + (previous >>> 5)]! & (1 << (previous & 31))) !== 0;
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
  /** The highest cost of backing off to any of its suffixes. */
  private most = 0;
  private readonly notes = new Uint32Array(NOTES / 32);
  private noted = true;

  constructor(
    private readonly model: LanguageModel,
    private readonly trie: PackedTrie,
    private readonly backoffOf: Float64Array,
    private readonly unseenAfter: Float64Array,
  ) {}

  /** Prepares for steps from `state`. */
  begin(state: number): void {
    const { notes } = this;
    const { nodes, entries, vocabulary } = this.trie;
    notes.fill(0);
    this.state = state;
    this.noted = true;
    let sum = 0;
    let most = 0;
    let node = state;
    while (node > vocabulary.length) {
      const first = nodes[2 * node]!;
      const lower = nodes[2 * node + 1]!;
      const end = nodes[2 * node + 2]!;
      if (first < end) {
        sum += this.backoffOf[lower >>> HIGH_BYTE]!;
        most = Math.max(most, sum);
        if (end - first > MAX_NOTED) this.noted = false;
        else for (let child = first; child < end; child++) note(notes, entries[child]! & LOW_HALF);
      }
      node = lower & LOW_BITS;
    }
    this.character = node;
    this.sum = sum;
    this.most = most;
    this.unseen = sum + this.unseenAfter[node]!;
  }

  /** At least the log probability of `number`, without searching for it: most are too unlikely. */
  mostAfter(number: number): number {
    if (this.mayFollow(number)) return this.most;
    return this.sum + this.model.mostAfterCharacter(this.character, number);
  }

  /** Whether `number` may have been seen after more than the last character. */
  private mayFollow(number: number): boolean {
    return !this.noted || (this.notes[(number & (NOTES - 1)) >>> 5]! & (1 << (number & 31))) !== 0;
  }

  /** The state after `number`; stores its log probability in the model's {@link LanguageModel.last}. */
  step(number: number): number {
    return this.mayFollow(number)
      ? this.model.step(this.state, number)
      : this.model.stepFromCharacter(this.character, number, this.sum);
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
