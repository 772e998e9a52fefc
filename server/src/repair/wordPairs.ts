/**
 * Which characters follow each other within the words of the language at large: what policy documents have not shown a
 * model of characters, a dictionary may know. Made from the words and their frequencies in jieba's dictionary (MIT);
 * stored are pairs of characters with the logarithm of how often words hold them, no words.
 */
import { Keys } from './keys';

/** Pairs in printable ASCII: {@link WordPairs.toData}. */
export interface WordPairData {
  /** The characters counted, common ones first; their places from 1 up are the numbers used below. */
  readonly characters: string;
  /** For each, one digit for how often it ends a word. */
  readonly ends: string;
  /** For each, how many pairs it begins, and for each of those the step to its second character and how often it stands. */
  readonly pairs: string;
}

export class WordPairs {
  private readonly pairs = new Keys(15);
  private counts: number[] = [];
  /** By character: how often it stands in words, and how often at the end of one. */
  private readonly totals = new Float64Array(0x10000);
  private readonly ends = new Float64Array(0x10000);

  /** Enters a word of `characters`, classes of the character model, that texts use `count` times. */
  learn(characters: readonly number[], count: number): void {
    characters.forEach((one, index) => {
      const next = characters[index + 1];
      if (next === undefined) this.addEnd(one, count);
      else this.add(one, next, count);
    });
  }

  private add(one: number, next: number, count: number): void {
    const pair = this.pairs.add(one * 0x10000 + next);
    this.counts[pair] = (this.counts[pair] ?? 0) + count;
    this.totals[one]! += count;
  }

  private addEnd(one: number, count: number): void {
    this.ends[one]! += count;
    this.totals[one]! += count;
  }

  /** The probability of `third` after `second`, where `alone` is that of `third` after anything. */
  probability(second: number, third: number, alone: number): number {
    const total = this.totals[second]!;
    if (total === 0) return alone;
    const pair = this.pairs.find(second * 0x10000 + third);
    const together = pair >= 0 ? this.counts[pair]! : 0;
    return (together + (this.ends[second]! + 1) * alone) / (total + 1);
  }

  /** The pairs that stand at least `least` times, for shipping; what is left out counts as ends of words. */
  toData(least: number): WordPairData {
    // What stands in no pair that is kept would only be told to follow anything.
    const kept = new Set<number>();
    this.counts.forEach((count, pair) => {
      if (count < least) return;
      kept.add(Math.floor(this.pairs.key(pair) / 0x10000));
      kept.add(this.pairs.key(pair) % 0x10000);
    });
    const codes = [...kept].sort((a, b) => this.totals[b]! - this.totals[a]! || a - b);
    const rank = new Map(codes.map((code, index) => [code, index + 1]));
    const lists: [number, number][][] = codes.map(() => []);
    const ends = codes.map((code) => this.ends[code]!);
    this.counts.forEach((count, pair) => {
      const key = this.pairs.key(pair);
      const first = rank.get(Math.floor(key / 0x10000));
      if (first === undefined) return;
      if (count >= least) lists[first - 1]!.push([rank.get(key % 0x10000)!, count]);
      else ends[first - 1]! += count;
    });
    const pairs = lists.map((list) => {
      let last = 0;
      list.sort((a, b) => a[0] - b[0]);
      const written = list.map(([second, count]) => {
        const step = number(second - last);
        last = second;
        return step + level(count);
      });
      return number(list.length) + written.join('');
    });
    return {
      characters: String.fromCharCode(...codes),
      ends: ends.map((count) => level(count)).join(''),
      pairs: pairs.join(''),
    };
  }

  /** The pairs that {@link toData} wrote. */
  static fromData({ characters, ends, pairs }: WordPairData): WordPairs {
    const words = new WordPairs();
    let at = 0;
    const digit = () => VALUES[pairs.charCodeAt(at++)]!;
    const read = () => {
      const value = digit();
      return value < SMALL ? value : (value - SMALL) * DIGITS.length + digit();
    };
    for (let index = 0; index < characters.length; index++) {
      const code = characters.charCodeAt(index);
      words.addEnd(code, countOf(VALUES[ends.charCodeAt(index)]!));
      let second = 0;
      for (let left = read(); left > 0; left--) {
        second += read();
        words.add(code, characters.charCodeAt(second - 1), countOf(digit()));
      }
    }
    return words;
  }
}

/** Printable ASCII but the quotation mark and the backslash, so that JSON needs no escapes. */
const DIGITS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (digit) => digit !== '"' && digit !== '\\',
);
const VALUES = new Int32Array(128);
DIGITS.forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
/** Numbers below this are written with one digit, others with two: up to 7,000, more than there are characters. */
const SMALL = 16;
/** So many levels to a factor of e. */
const LEVELS = 5;

function number(value: number): string {
  if (value < SMALL) return DIGITS[value]!;
  return DIGITS[SMALL + Math.floor(value / DIGITS.length)]! + DIGITS[value % DIGITS.length]!;
}

function level(count: number): string {
  return DIGITS[Math.min(DIGITS.length - 1, Math.round(LEVELS * Math.log(count + 1)))]!;
}

function countOf(value: number): number {
  return Math.exp(value / LEVELS) - 1;
}
