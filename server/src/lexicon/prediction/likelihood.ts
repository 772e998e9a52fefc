/**
 * How likely words are, judged by the n-grams of a lexicon: an interpolated model of the next character after up to five
 * others (Witten and Bell 1991). What the table left out because it is rare goes, like what was never seen, to the
 * shorter context.
 */
import { NGRAM_ORDER, NgramTable } from '../mining/ngrams';

/** Characters that a writer may come up with where nothing is known. */
const ALPHABET = 4000;
const NONE = -1;

export class Likelihood {
  /** For each n-gram: how much of what follows it the table does not say. */
  private readonly open: Float32Array;
  private readonly total: number;
  /** Nodes of the n-grams that end before the unit looked at, by their length; used again and again. */
  private readonly contexts = new Int32Array(NGRAM_ORDER);

  constructor(private readonly ngrams: NgramTable) {
    this.open = new Float32Array(ngrams.size + 1);
    let all = 0;
    for (let node = 0; node <= ngrams.size; node++) {
      const start = ngrams.childrenStart(node);
      const end = ngrams.childrenEnd(node);
      let known = 0;
      for (let child = start; child < end; child++) known += ngrams.count(child);
      const count = node === NgramTable.ROOT ? known : Math.max(known, ngrams.count(node));
      const kinds = end - start + count - known;
      this.open[node] = start === end ? 1 : kinds / (count + kinds);
      if (node === NgramTable.ROOT) all = known;
    }
    this.total = Math.max(1, all);
  }

  /** The natural logarithm of how likely `units` are from `from` to `to`, given those before them. */
  of(units: ArrayLike<number>, from: number, to: number): number {
    const { contexts, ngrams } = this;
    contexts.fill(NONE);
    contexts[0] = NgramTable.ROOT;
    for (let at = Math.max(0, from - NGRAM_ORDER + 1); at < from; at++) this.advance(units[at] as number);
    let sum = 0;
    for (let at = from; at < to; at++) {
      const unit = units[at] as number;
      let likely = 1 / ALPHABET;
      for (let size = 0; size < NGRAM_ORDER; size++) {
        const context = contexts[size] as number;
        if (context === NONE) break;
        const open = this.open[context] as number;
        if (open === 1) continue;
        const next = ngrams.child(context, unit);
        const seen = next < 0 ? 0 : ngrams.count(next) / (size === 0 ? this.total : ngrams.count(context));
        likely = (1 - open) * seen + open * likely;
      }
      sum += Math.log(likely);
      this.advance(unit);
    }
    return sum;
  }

  private advance(unit: number): void {
    const { contexts, ngrams } = this;
    for (let size = NGRAM_ORDER - 1; size > 0; size--) {
      const shorter = contexts[size - 1] as number;
      contexts[size] = shorter === NONE ? NONE : ngrams.child(shorter, unit);
    }
  }
}
