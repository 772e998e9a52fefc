/**
 * A unigram word model of the language at large: words that the character model has not seen in policy documents may be
 * in a dictionary. Built from the words and frequencies of jieba's dictionary (MIT). The probability of a text is that
 * of its likeliest segmentation into words, each as likely as it is frequent (the unigram model that jieba segments
 * with).
 *
 * All characters are classes of the character model, so that one list serves both scripts.
 */

import { Keys } from '../text/keys';
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import { DIGITS, VALUES } from './digits';

/** Words in printable ASCII: {@link Words.toData}. */
export interface WordData {
  /** The characters of the words, most common first; their 1-based positions are the numbers used below. */
  readonly characters: string;
  /** Total frequency of all words. */
  readonly total: number;
  /**
   * A trie: for each character, whether it is a word and its frequency, then the characters that continue words, each
   * as the delta from the previous one followed by its subtree.
   */
  readonly tree: string;
}

/** Number of words and their beginnings read between two yields, in a millisecond or two. */
const AT_A_TIME = 500;
/** The root node of all words. */
const ROOT = 0;
/** There are fewer characters than this many bits can hold, and so fewer nodes than fit beside them in 32 bits. */
const CHARACTER_BITS = 13;

export class Words {
  /** The characters of the words by number, from 1 up, and their numbers. */
  private readonly characters: number[] = [0];
  private readonly numbers = new Uint16Array(0x10000);
  /** By parent node and added character: the node. Nodes are numbered from 1. */
  private readonly steps = new Keys(17);
  /** By node: frequency of the word that ends there. */
  private readonly counts: number[] = [0];
  /** By node: its cost in nats; NaN if no word ends there. */
  private logs = new Float64Array(0);
  private total = 0;
  /** Scratch for the best segmentations of the current query, by end index; the first is always 0. */
  private best = new Float64Array(64);
  /** By pair of characters: frequency within words. By character: its frequency, and that at the end of a word. */
  private readonly pairs = new Keys(15);
  private readonly pairCounts: number[] = [];
  private readonly totals = new Float64Array(0x10000);
  private readonly ends = new Float64Array(0x10000);

  /** Adds a word of `characters` with the frequency `count`. */
  learn(characters: readonly number[], count: number): void {
    let node = ROOT;
    for (const character of characters) node = this.enter(node, character);
    this.counts[node] = (this.counts[node] ?? 0) + count;
    this.total += count;
    // Not for each of tens of thousands of words.
    if (this.logs.length > 0) this.logs = new Float64Array(0);
    characters.forEach((one, index) => {
      const next = characters[index + 1];
      this.totals[one]! += count;
      if (next === undefined) {
        this.ends[one]! += count;
        return;
      }
      const pair = this.pairs.add(one * 0x10000 + next);
      this.pairCounts[pair] = (this.pairCounts[pair] ?? 0) + count;
    });
  }

  private enter(node: number, character: number): number {
    if (this.numbers[character] === 0) this.numbers[character] = this.characters.push(character) - 1;
    const next = this.steps.add((node << CHARACTER_BITS) | this.numbers[character]!) + 1;
    this.counts[next] ??= 0;
    return next;
  }

  /** The probability of `third` after `second`, given `alone`, the unconditional probability of `third`. */
  probability(second: number, third: number, alone: number): number {
    const total = this.totals[second]!;
    if (total === 0) return alone;
    const pair = this.pairs.find(second * 0x10000 + third);
    const together = pair >= 0 ? this.pairCounts[pair]! : 0;
    return (together + (this.ends[second]! + 1) * alone) / (total + 1);
  }

  /** Log probability of the likeliest segmentation of `characters` into words. */
  logProbability(characters: readonly number[]): number {
    const logs = this.logsOfNodes();
    const strange = Math.log(STRANGE / this.total);
    const length = characters.length;
    if (this.best.length <= length) this.best = new Float64Array(2 * length + 1);
    const { best } = this;
    best.fill(Number.NEGATIVE_INFINITY, 1, length + 1);
    for (let start = 0; start < length; start++) {
      const before = best[start]!;
      let number = this.numbers[characters[start]!] ?? 0;
      const alone = before + (number > 0 ? strange : (MARKS.get(characters[start]!) ?? strange));
      if (alone > best[start + 1]!) best[start + 1] = alone;
      let node = ROOT;
      for (let at = start; number > 0; number = this.numbers[characters[at]!] ?? 0) {
        node = this.steps.find((node << CHARACTER_BITS) | number) + 1;
        if (node === 0) break;
        at++;
        const score = before + logs[node]!;
        if (score > best[at]!) best[at] = score;
        if (at === length) break;
      }
    }
    return best[length]!;
  }

  private logsOfNodes(): Float64Array {
    if (this.logs.length === 0) {
      this.logs = Float64Array.from(this.counts, (count) => (count > 0 ? Math.log(count / this.total) : Number.NaN));
    }
    return this.logs;
  }

  /**
   * The words for shipping, their frequencies rounded to a level.
   * @throws RangeError if they contain more characters than can be numbered, 6,991
   */
  toData(): WordData {
    const codes = this.characters.slice(1).sort((a, b) => this.totals[b]! - this.totals[a]! || a - b);
    const ranks = new Map(codes.map((code, index) => [code, index + 1]));
    const after: [number, number][][] = this.counts.map(() => []);
    for (let step = 0; step < this.steps.count; step++) {
      const key = this.steps.key(step);
      const character = this.characters[key & ((1 << CHARACTER_BITS) - 1)]!;
      after[key >>> CHARACTER_BITS]!.push([ranks.get(character)!, step + 1]);
    }
    const written = (node: number): string => {
      const list = after[node]!.sort((a, b) => a[0] - b[0]);
      let last = 0;
      const rest = list.map(([number, next]) => {
        const step = digits(number - last);
        last = number;
        return step + written(next);
      });
      const level = levelOf(this.counts[node]!);
      return list.length === 0 ? DIGITS[level]! : DIGITS[LEVELS + level]! + digits(list.length) + rest.join('');
    };
    return { characters: String.fromCharCode(...codes), total: this.total, tree: written(ROOT) };
  }

  /** Restores the words written by {@link toData}. */
  static fromData(data: WordData): Words {
    return runToCompletion(Words.read(data));
  }

  /** The same incrementally. */
  static *read({ characters, total, tree }: WordData): Resumable<Words> {
    const words = new Words();
    let at = 0;
    const digit = () => VALUES[tree.charCodeAt(at++)]!;
    const number = () => {
      const value = digit();
      return value < SMALL ? value : (value - SMALL) * DIGITS.length + digit();
    };
    const word: number[] = [];
    const pace = new Pace(AT_A_TIME);
    let learned = 0;
    const read = () => {
      const level = digit();
      const count = countOf(level % LEVELS);
      if (count > 0) words.learn(word, count);
      learned++;
      let rank = 0;
      for (let left = level < LEVELS ? 0 : number(); left > 0; left--) {
        rank += number();
        word.push(characters.charCodeAt(rank - 1));
        read();
        word.pop();
      }
    };
    // The root is not a word: its children are read character by character.
    let rank = 0;
    for (let left = digit() < LEVELS ? 0 : number(); left > 0; left--) {
      if (pace.isOver(learned)) yield;
      learned = 0;
      rank += number();
      word.push(characters.charCodeAt(rank - 1));
      read();
      word.pop();
    }
    words.total = total;
    return words;
  }
}

/** Mass of characters that no word contains, relative to all words. */
const STRANGE = 0.3;
/** Relative frequencies of what is not a word: marks, figures and line breaks. */
const MARKS = new Map(
  (
    [
      ['，', 0.07],
      ['、', 0.05],
      ['。', 0.035],
      ['0', 0.02],
      ['\n', 0.02],
      ['“', 0.006],
      ['”', 0.006],
      ['；', 0.005],
      ['：', 0.005],
    ] as const
  ).map(([mark, share]) => [mark.charCodeAt(0), Math.log(share)]),
);

/** Numbers below this are written with one digit, others with two: up to 7,000, more than there are characters. */
const SMALL = 16;
/** Frequencies are stored in this many levels, each larger than the one before by this factor; the first is zero. */
const LEVELS = 46;
const FACTOR = 3;

function digits(value: number): string {
  if (value < SMALL) return DIGITS[value]!;
  const high = DIGITS[SMALL + Math.floor(value / DIGITS.length)];
  if (high === undefined) throw new RangeError(`too many characters to number: ${value}`);
  return high + DIGITS[value % DIGITS.length]!;
}

function levelOf(count: number): number {
  return count === 0 ? 0 : Math.min(LEVELS - 1, 1 + Math.round(Math.log(count) / Math.log(FACTOR)));
}

function countOf(level: number): number {
  return level === 0 ? 0 : FACTOR ** (level - 1);
}
