/**
 * The likelihood of words according to the n-grams of a lexicon: the interpolated model that completion uses, see
 * {@link Interpolation}.
 */
import type { Interpolation } from '../mining/interpolation';
import { NGRAM_ORDER, NgramTable } from '../mining/ngrams';

/** Assumed number of characters if nothing is known. */
const ALPHABET = 4000;
const NONE = -1;

export class Likelihood {
  /** Nodes of the n-grams that end before the current unit, by length; reused. */
  private readonly contexts = new Int32Array(NGRAM_ORDER);

  constructor(
    private readonly ngrams: NgramTable,
    private readonly trust: Interpolation,
  ) {}

  /** Log probability of `units` from `from` to `to`, given those before them. */
  of(units: ArrayLike<number>, from: number, to: number): number {
    const { contexts, ngrams, trust } = this;
    contexts.fill(NONE);
    contexts[0] = NgramTable.ROOT;
    for (let at = Math.max(0, from - NGRAM_ORDER + 1); at < from; at++) this.advance(units[at] as number);
    let sum = 0;
    for (let at = from; at < to; at++) {
      const unit = units[at] as number;
      let likely = 1 / ALPHABET;
      for (let order = 0; order < NGRAM_ORDER; order++) {
        const context = contexts[order] as number;
        if (context === NONE) break;
        const held = trust.heldBy(context);
        if (held === 0) continue;
        const next = ngrams.child(context, unit);
        const weight = trust.weight(order, context, ngrams.count(context));
        likely = (next < 0 ? 0 : (weight * ngrams.count(next)) / held) + (1 - weight) * likely;
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
