/** Whether words occur in a corpus, according to its n-grams. */
import { NGRAM_ORDER, NgramTable } from '../mining/ngrams';

/**
 * Number of occurrences in the corpus of the units from `from` to `to`, 6 at most; also 0 if they are not all in the
 * text.
 */
export function countOf(ngrams: NgramTable, units: ArrayLike<number>, from: number, to: number): number {
  if (from < 0 || to > units.length) return 0;
  let node: number = NgramTable.ROOT;
  for (let at = from; at < to; at++) {
    node = ngrams.child(node, units[at] as number);
    if (node < 0) return 0;
  }
  return ngrams.count(node);
}

/** Whether every run of up to six units between `from` and `to` occurs in the corpus. */
export function isAttested(ngrams: NgramTable, units: ArrayLike<number>, from: number, to: number): boolean {
  const size = Math.min(NGRAM_ORDER, to - from);
  for (let at = from; at + size <= to; at++) if (countOf(ngrams, units, at, at + size) === 0) return false;
  return true;
}
