/**
 * What follows a character that stands by itself. Most of what follows 要 in a corpus follows 重要 or 需要, and says
 * nothing about 全市上下要: what stands behind words that end with the character is taken from the counts.
 */
import { isHan } from '../../text/characters';
import { wordsAmong } from '../../text/words';
import { NgramTable } from '../mining/ngrams';

/** Counts are kept to the third of an octave: less than this part of one is nothing for sure. */
const SURE_PART = 0.2;
/** A word with a smaller part of its last character's occurrences is not looked at. */
const RARE_PART = 0.01;
/** Two characters that meet less often than this many times what chance would have are no word. */
const COHESION = 4;

export class LoneCounts {
  /** By node, for n-grams of one and two units; those of one unit come first, then all of two. */
  private readonly counts: Float32Array;
  private readonly words = new Set<number>();

  constructor(private readonly ngrams: NgramTable) {
    const firsts = ngrams.childrenStart(NgramTable.ROOT);
    const seconds = ngrams.childrenEnd(NgramTable.ROOT);
    const end = seconds > firsts ? ngrams.childrenEnd(seconds - 1) : seconds;
    this.counts = Float32Array.from({ length: end }, (_, node) => (node === 0 ? 0 : ngrams.count(node)));
    for (const word of wordNodes(ngrams, seconds, end)) {
      this.words.add(word);
      const last = ngrams.child(NgramTable.ROOT, ngrams.unit(word));
      this.counts[last]! -= ngrams.count(word);
      for (let node = ngrams.childrenStart(word); node < ngrams.childrenEnd(word); node++) {
        const pair = ngrams.child(last, ngrams.unit(node));
        if (pair >= 0) this.counts[pair]! -= ngrams.count(node);
      }
    }
    for (let node = firsts; node < seconds; node++) {
      let listed = 0;
      for (let pair = ngrams.childrenStart(node); pair < ngrams.childrenEnd(node); pair++) {
        if ((this.counts[pair] as number) < SURE_PART * ngrams.count(pair)) this.counts[pair] = 0;
        listed += this.counts[pair] as number;
      }
      this.counts[node] = Math.max(this.counts[node] as number, listed);
    }
  }

  /** About how often the n-gram of one or two units stands in the corpus outside words that end with its first unit. */
  count(node: number): number {
    return this.counts[node] as number;
  }

  /** True for the n-gram of a character that is mostly a word by itself where it ends none: 要, not 制. */
  standsAlone(node: number): boolean {
    const { ngrams } = this;
    let inWords = 0;
    for (let pair = ngrams.childrenStart(node); pair < ngrams.childrenEnd(node); pair++) {
      if (this.isWord(pair)) inWords += this.count(pair);
    }
    return inWords < this.count(node) / 2;
  }

  /** True where the n-gram of two units is a word that its last character often ends. */
  isWord(node: number): boolean {
    return this.words.has(node);
  }
}

/** The n-grams of two units that are words and that their last character often ends. */
function wordNodes(ngrams: NgramTable, seconds: number, end: number): number[] {
  let total = 0;
  for (let node = ngrams.childrenStart(NgramTable.ROOT); node < seconds; node++) total += ngrams.count(node);
  const nodes: number[] = [];
  const pairs: string[] = [];
  for (let node = ngrams.childrenStart(NgramTable.ROOT); node < seconds; node++) {
    const one = ngrams.unit(node);
    if (!isHan(one)) continue;
    for (let pair = ngrams.childrenStart(node); pair < ngrams.childrenEnd(node) && pair < end; pair++) {
      const two = ngrams.unit(pair);
      const last = isHan(two) ? ngrams.child(NgramTable.ROOT, two) : -1;
      if (last < 0) continue;
      const count = ngrams.count(pair);
      const often = ngrams.count(last);
      if (count < RARE_PART * often || count * total < COHESION * often * ngrams.count(node)) continue;
      nodes.push(pair);
      pairs.push(String.fromCharCode(one, two));
    }
  }
  const words = wordsAmong(pairs);
  return nodes.filter((_, index) => words.has(pairs[index] as string));
}
