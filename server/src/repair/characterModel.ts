/**
 * A trigram model of characters: counts of characters, pairs and triples with Witten–Bell smoothing (Witten and Bell
 * 1991). Trained on public policy documents (`characterCounts.ts`) and, when a text is repaired, on the text itself,
 * which repeats its own places and programmes.
 *
 * Both scripts share one model: characters are counted in their simplified form, figures as one class, Latin letters as
 * another, half-width marks as their full-width ones.
 */

import { isBlank, isDigit, isFullWidthDigit, isHan, isLatin } from '../text/characters';
import { doubled, Keys } from '../text/keys';
import { lazily } from '../text/lazily';
import { type Resumable, runToCompletion } from '../text/resumable';
import { simplifiedForm } from '../text/script';
import { DIGITS, VALUES } from './digits';
import { gbk } from './gbk';
import type { Words } from './words';

const FIGURE = 0x30;
const LETTER = 0x41;
/** Represents line breaks and the ends of a text. */
export const BOUNDARY = 0x0a;

const FULL_WIDTH = new Map<number, number>(
  [...',;:?!()'].map((mark) => [mark.charCodeAt(0), mark.charCodeAt(0) + 0xfee0]),
);

/** The class that `code` is counted as; -1 for blanks, which are skipped. */
export function characterClass(code: number): number {
  if (code >= 0x4e00 && code <= 0x9fff) return simplifiedForm(code);
  if (isDigit(code) || isFullWidthDigit(code)) return FIGURE;
  if (isLatin(code)) return LETTER;
  if (code === 0x0a || code === 0x0d) return BOUNDARY;
  if (isBlank(code)) return -1;
  return FULL_WIDTH.get(code) ?? simplifiedForm(code);
}

/** Counts of characters, pairs and triples, and of distinct ones, as Kneser–Ney smoothing needs them. */
export class CharacterCounts {
  /** Classes are numbered in order of appearance; 0 is for unseen ones. */
  private readonly numbers = new Uint16Array(CODES);
  private classes = 0;
  private readonly pairs = new Keys(14);
  private readonly triples = new Keys(15);
  private tripleCounts = new Int32Array(1 << 14);
  /** By pair: number of occurrences with a successor, and number of distinct predecessors. */
  private afterPair = new Int32Array(1 << 13);
  private kindsBeforePair = new Int32Array(1 << 13);
  /** By pair: the probability mass left for unseen successors. */
  private restAfterPair = new Float64Array(1 << 13);
  /**
   * By class: its pairs counted with distinct predecessors, the mass left of that, and the number of distinct
   * predecessors.
   */
  private readonly pairsAfter = new Float64Array(CLASSES);
  private readonly restAfter = new Float64Array(CLASSES);
  private readonly kindsBefore = new Float64Array(CLASSES);
  private kinds = 0;
  /** By class: the codes of its observed successors; computed on first use, after training. */
  private readonly after: number[][] = [];

  /** `words` provide the probabilities for unseen sequences. */
  constructor(private readonly words?: Words) {}

  /** Counts the characters of `text`, as many as there is room for: several million. */
  learn(text: string): void {
    let first = BOUNDARY;
    let second = BOUNDARY;
    for (let at = 0; at < text.length; at++) {
      const third = characterClass(text.charCodeAt(at));
      if (third < 0 || (third === BOUNDARY && second === BOUNDARY)) continue;
      this.add(first, second, third, 1);
      first = second;
      second = third;
    }
  }

  /** Adds `count` occurrences of three classes in a row. */
  add(first: number, second: number, third: number, count: number): void {
    const one = this.numberOf(first);
    const two = this.numberOf(second);
    const three = this.numberOf(third);
    if (one === 0 || two === 0 || three === 0 || this.pairs.count > MAX_PAIRS) return;
    const context = this.pairOf(one, two);
    const pair = this.pairOf(two, three);
    const known = this.triples.count;
    const triple = this.triples.add((context << CLASS_BITS) | three);
    if (triple >= this.tripleCounts.length) this.tripleCounts = doubled(this.tripleCounts);
    this.tripleCounts[triple]! += count;
    this.afterPair[context]! += count;
    if (triple < known) return;
    this.restAfterPair[context]! += LESS;
    this.kindsBeforePair[pair]! += 1;
    this.pairsAfter[two]! += 1;
    if (this.kindsBeforePair[pair] !== 1) return;
    this.restAfter[two]! += LESS;
    this.kindsBefore[three]! += 1;
    this.kinds++;
  }

  private numberOf(code: number): number {
    const known = this.numbers[code]!;
    if (known > 0 || this.classes + 1 >= CLASSES) return known;
    this.classes++;
    this.numbers[code] = this.classes;
    return this.classes;
  }

  private pairOf(one: number, two: number): number {
    const pair = this.pairs.add((one << CLASS_BITS) | two);
    if (pair >= this.afterPair.length) {
      this.afterPair = doubled(this.afterPair);
      this.kindsBeforePair = doubled(this.kindsBeforePair);
      const rest = new Float64Array(this.restAfterPair.length * 2);
      rest.set(this.restAfterPair);
      this.restAfterPair = rest;
    }
    return pair;
  }

  /** The probability of `third` after `first` and `second`. */
  probability(first: number, second: number, third: number): number {
    const two = this.numbers[second]!;
    const three = this.numbers[third]!;
    const alone = (this.kindsBefore[three]! * (three > 0 ? 1 : 0) + UNSEEN * unseen()[third]!) / (this.kinds + UNSEEN);
    const general = this.words ? this.words.probability(second, third, alone) : alone;
    const after = this.pairsAfter[two]!;
    if (two === 0 || after === 0) return general;
    const pair = three > 0 ? this.pairs.find((two << CLASS_BITS) | three) : -1;
    const before = pair >= 0 ? this.kindsBeforePair[pair]! : 0;
    const byOne = (Math.max(before - LESS, 0) + this.restAfter[two]! * general) / after;
    const context = this.pairs.find((this.numbers[first]! << CLASS_BITS) | two);
    const afterPair = context >= 0 ? this.afterPair[context]! : 0;
    if (afterPair === 0) return byOne;
    const triple = three > 0 ? this.triples.find((context << CLASS_BITS) | three) : -1;
    const seen = triple >= 0 ? this.tripleCounts[triple]! : 0;
    return (Math.max(seen - LESS, 0) + this.restAfterPair[context]! * byOne) / afterPair;
  }

  /**
   * The counts in compact form, for shipping: pairs and triples that are frequent enough, and the totals of those left
   * out. Counts above sixteen are rounded.
   */
  toData(): CharacterData {
    // Common characters get small numbers, which keeps the deltas between the numbers in a list small.
    const order = Array.from({ length: this.classes }, (_, index) => index + 1);
    order.sort((a, b) => this.kindsBefore[b]! - this.kindsBefore[a]! || a - b);
    const rank = new Int32Array(CLASSES);
    order.forEach((number, index) => {
      rank[number] = index + 1;
    });
    const codes = new Int32Array(CLASSES);
    this.numbers.forEach((number, code) => {
      codes[number] = code;
    });
    const triples: [number, number][][] = Array.from({ length: this.pairs.count }, () => []);
    for (let triple = 0; triple < this.triples.count; triple++) {
      const count = this.tripleCounts[triple]!;
      const key = this.triples.key(triple);
      if (count >= MIN_TRIPLE) triples[key >>> CLASS_BITS]!.push([rank[key & (CLASSES - 1)]!, count]);
    }
    const pairs: [number, number][][] = order.map(() => []);
    for (let pair = 0; pair < this.pairs.count; pair++) {
      const key = this.pairs.key(pair);
      const words = isHan(codes[key >>> CLASS_BITS]!) && isHan(codes[key & (CLASSES - 1)]!);
      const known = this.kindsBeforePair[pair]! >= (words ? 1 : MIN_PAIR) || triples[pair]!.length > 0;
      if (known) pairs[rank[key >>> CLASS_BITS]! - 1]!.push([rank[key & (CLASSES - 1)]!, pair]);
    }
    const byRank = (a: [number, number], b: [number, number]) => a[0] - b[0];
    const written = pairs.map((list) => {
      let last = 0;
      const parts = list.sort(byRank).map(([second, pair]) => {
        const after = triples[pair]!.sort(byRank).slice(0, DIGITS.length - 1);
        const kinds = levelOf(this.kindsBeforePair[pair]!);
        const step = stepDigits(second - last);
        last = second;
        if (after.length === 0) return step + DIGITS[kinds]!;
        let lastThird = 0;
        const thirds = after.map(([third, count]) => {
          const part = stepDigits(third - lastThird) + DIGITS[levelOf(count)]!;
          lastThird = third;
          return part;
        });
        const head = DIGITS[kinds + LEVELS.length]! + DIGITS[after.length]! + DIGITS[levelOf(this.afterPair[pair]!)]!;
        return step + head + thirds.join('');
      });
      return stepDigits(list.length) + parts.join('');
    });
    return {
      classes: String.fromCharCode(...order.map((number) => codes[number]!)),
      totals: order
        .map((number) => DIGITS[levelOf(this.pairsAfter[number]!)]! + DIGITS[levelOf(this.kindsBefore[number]!)]!)
        .join(''),
      pairs: written.join(''),
    };
  }

  /** Restores the counts written by {@link toData}, backed by `words`. */
  static fromData(data: CharacterData, words?: Words): CharacterCounts {
    return runToCompletion(CharacterCounts.read(data, words));
  }

  /** The same incrementally. */
  static *read(data: CharacterData, words?: Words): Resumable<CharacterCounts> {
    const counts = new CharacterCounts(words);
    const { classes, totals, pairs } = data;
    for (let index = 0; index < classes.length; index++) {
      const number = counts.numberOf(classes.charCodeAt(index));
      counts.pairsAfter[number] = LEVELS[VALUES[totals.charCodeAt(2 * index)]!]!;
      counts.restAfter[number] = counts.pairsAfter[number]!;
      counts.kindsBefore[number] = LEVELS[VALUES[totals.charCodeAt(2 * index + 1)]!]!;
      counts.kinds += counts.kindsBefore[number]!;
    }
    let at = 0;
    const digit = () => VALUES[pairs.charCodeAt(at++)]!;
    const step = () => {
      const value = digit();
      return value < SMALL ? value : (value - SMALL) * DIGITS.length + digit();
    };
    for (let first = 1; first <= classes.length; first++) {
      if (first % AT_A_TIME === 0) yield;
      let second = 0;
      for (let left = step(); left > 0; left--) {
        second += step();
        const pair = counts.pairOf(first, second);
        const head = digit();
        const kinds = LEVELS[head % LEVELS.length]!;
        counts.kindsBeforePair[pair] = kinds;
        counts.restAfter[first]! -= Math.max(kinds - LESS, 0);
        if (head < LEVELS.length) continue;
        const triples = digit();
        counts.afterPair[pair] = LEVELS[digit()]!;
        let rest = counts.afterPair[pair]!;
        let third = 0;
        for (let left = triples; left > 0; left--) {
          third += step();
          const triple = counts.triples.add((pair << CLASS_BITS) | third);
          if (triple >= counts.tripleCounts.length) counts.tripleCounts = doubled(counts.tripleCounts);
          const count = LEVELS[digit()]!;
          counts.tripleCounts[triple] = count;
          rest -= count - LESS;
        }
        counts.restAfterPair[pair] = Math.max(rest, LESS);
      }
      counts.restAfter[first] = Math.max(counts.restAfter[first]!, LESS);
    }
    return counts;
  }

  /** The classes observed after `code`. */
  seenAfter(code: number): readonly number[] {
    if (this.after.length === 0) {
      const codes = new Uint16Array(CLASSES);
      this.numbers.forEach((number, one) => {
        codes[number] = one;
      });
      for (let pair = 0; pair < this.pairs.count; pair++) {
        const key = this.pairs.key(pair);
        const after = this.after[key >>> CLASS_BITS] ?? [];
        after.push(codes[key & (CLASSES - 1)]!);
        this.after[key >>> CLASS_BITS] = after;
      }
    }
    return this.after[this.numbers[code]!] ?? [];
  }

  /** Log probability of `classes` under the general word model; 0 without words. */
  wordsLogProbability(classes: readonly number[]): number {
    return this.words ? this.words.logProbability(classes) : 0;
  }

  /** Whether `second` was never seen after `first`. */
  isNew(first: number, second: number): boolean {
    return this.pairs.find((this.numbers[first]! << CLASS_BITS) | this.numbers[second]!) < 0;
  }
}

/** Counts in printable ASCII: {@link CharacterCounts.toData}. */
export interface CharacterData {
  /** The characters counted, most common first; their 1-based positions are the numbers used below. */
  readonly classes: string;
  /** For each, one digit for the pairs it begins and one for its distinct predecessors. */
  readonly totals: string;
  /**
   * For each, its pairs: their number, and for each the delta to its second character, the distinct predecessors and,
   * if there are triples, their number, the occurrences of the pair with a successor, and for each the delta and the
   * count.
   */
  readonly pairs: string;
}

/** Less frequent triples are not shipped, nor pairs in fewer contexts unless they may be words. */
const MIN_PAIR = 3;
const MIN_TRIPLE = 2;

/** Counts are rounded down to one of these: up to 16 exactly, then each a quarter more than the one before. */
const LEVELS: number[] = [];
for (let value = 0; LEVELS.length < DIGITS.length / 2; value = value < 16 ? value + 1 : Math.ceil(value * 1.25)) {
  LEVELS.push(value);
}
/** Deltas below this are written with one digit, others with two. */
const SMALL = 40;

function stepDigits(step: number): string {
  if (step < SMALL) return DIGITS[step]!;
  return DIGITS[SMALL + Math.floor(step / DIGITS.length)]! + DIGITS[step % DIGITS.length]!;
}

function levelOf(count: number): number {
  let level = 0;
  while (level + 1 < LEVELS.length && LEVELS[level + 1]! <= count) level++;
  return level;
}

/** Scores characters by the model trained on policy documents and, if there is one, by a model of the current text. */
export class CharacterModel {
  private near: ReadonlyMap<number, number> = new Map();

  constructor(
    private readonly learned: CharacterCounts,
    private readonly own?: CharacterCounts,
  ) {}

  /** Sets the context of the place that is scored next. */
  surround(text: string): void {
    const counts = new Map<number, number>();
    let total = 0;
    for (let at = 0; at < text.length; at++) {
      const code = characterClass(text.charCodeAt(at));
      if (code < 0) continue;
      counts.set(code, (counts.get(code) ?? 0) + 1);
      total++;
    }
    for (const [code, count] of counts) counts.set(code, count / total);
    this.near = counts;
  }

  /** Whether `second` was never seen after `first`, neither in training nor in the current text. */
  isNew(first: number, second: number): boolean {
    return this.learned.isNew(first, second) && (this.own === undefined || this.own.isNew(first, second));
  }

  /** The classes observed after `code` in policy documents. */
  seenAfter(code: number): readonly number[] {
    return this.learned.seenAfter(code);
  }

  /** Score of `classes` as words, in nats and weighted so that it can be added to the score of the characters. */
  ofWords(classes: readonly number[]): number {
    return WORDS * this.learned.wordsLogProbability(classes);
  }

  /** The natural logarithm of the probability of `third` after `first` and `second`, all of them classes. */
  logProbability(first: number, second: number, third: number): number {
    let probability = this.learned.probability(first, second, third);
    if (this.own) {
      probability *= 1 - OWN - MAX_DISTANCE;
      probability += OWN * this.own.probability(first, second, third) + MAX_DISTANCE * (this.near.get(third) ?? 0);
    }
    // Counts alone cannot show that two stops never follow each other: they are too common for that.
    if (isStop(third) && isStop(second) && this.learned.isNew(second, third)) probability *= 1e-3;
    return Math.log(probability);
  }
}

const CODES = 0x10000;
/** The pairs of this many characters are read between two yields: the most frequent have thousands each. */
const AT_A_TIME = 8;
const CLASS_BITS = 13;
const CLASSES = 1 << CLASS_BITS;
/** Maximum number of pairs for a 32-bit key of pair and class. */
const MAX_PAIRS = 1 << (31 - CLASS_BITS);
/** Discount subtracted from every count for unseen successors. */
const LESS = 0.8;
/** Mass reserved for unseen characters. */
const UNSEEN = 500;
/** Weight of the word model relative to the characters. */
const WORDS = 0.4;
/** Weight of the model of the current text. */
const OWN = 0.44;
/**
 * Weight of a character's frequency in the neighbourhood, regardless of its predecessor: texts keep to their subject.
 */
const MAX_DISTANCE = 0.12;

function isStop(code: number): boolean {
  return (
    code === 0x3002 ||
    code === 0x3001 ||
    code === 0xff0c ||
    code === 0xff1b ||
    code === 0xff1a ||
    code === 0xff1f ||
    code === 0xff01
  );
}

/**
 * Probability of an unseen character: GB 2312 sorted its characters into two levels by frequency, and what only GBK has
 * is rarer still (except traditional forms, which count as simplified ones).
 */
const unseen = lazily(() => {
  const table = new Float64Array(CODES).fill(1e-7);
  const set = gbk();
  for (let code = 0; set && code < CODES; code++) {
    const pair = set.encode(code);
    const lead = pair >> 8;
    const inGb2312 = (pair & 0xff) >= 0xa1;
    if (inGb2312 && lead >= 0xb0 && lead <= 0xd7) table[code] = 1 / 4500;
    else if (inGb2312 && lead >= 0xd8 && lead <= 0xf7) table[code] = 1 / 40000;
    else if (pair > 0xff) table[code] = 1e-6;
  }
  return table;
});
