/** Lines that stand in several documents, found in many parts without all lines of all of them in memory. */
import type { RepeatedLines, TextFacts } from '../mining/corpus';

/** The lines of a part in the order of their hashes: for each its document twice, and one more where it is a sentence. */
export interface SortedLines {
  readonly hashes: Float64Array;
  readonly documents: Int32Array;
}

/** The lines of the documents of a part, by their places in it. */
export function sortedLines(facts: readonly Pick<TextFacts, 'lines' | 'sentences'>[]): SortedLines {
  const size = facts.reduce((sum, { lines }) => sum + lines.length, 0);
  const hashes = new Float64Array(size);
  const documents = new Int32Array(size);
  let filled = 0;
  facts.forEach(({ lines, sentences }, document) => {
    hashes.set(lines, filled);
    sentences.forEach((isSentence) => {
      documents[filled++] = 2 * document + isSentence;
    });
  });
  const order = Uint32Array.from({ length: size }, (_, at) => at).sort(
    (a, b) => (hashes[a] as number) - (hashes[b] as number) || a - b,
  );
  return {
    hashes: Float64Array.from(order, (at) => hashes[at] as number),
    documents: Int32Array.from(order, (at) => documents[at] as number),
  };
}

/**
 * As {@link import('../mining/corpus').repeatedLines} of all documents. `placesOf` are the places of the documents of each part
 * among those that are kept, below 0 for those that are not.
 */
export function repeatedAmong(parts: readonly SortedLines[], placesOf: readonly ArrayLike<number>[]): RepeatedLines {
  const repeated = new Map<number, number>();
  const at = parts.map(() => 0);
  for (;;) {
    let hash = Number.POSITIVE_INFINITY;
    parts.forEach(({ hashes }, part) => {
      hash = Math.min(hash, hashes[at[part] as number] ?? Number.POSITIVE_INFINITY);
    });
    if (hash === Number.POSITIVE_INFINITY) return repeated;
    let seen = 0;
    let first = -1;
    let isSentence = false;
    parts.forEach(({ hashes, documents }, part) => {
      for (; hashes[at[part] as number] === hash; at[part]!++) {
        const entry = documents[at[part] as number] as number;
        const place = placesOf[part]?.[entry >> 1] ?? -1;
        if (place < 0) continue;
        seen++;
        if (first < 0 || place < first) first = place;
        isSentence = (entry & 1) === 1;
      }
    });
    if (seen > 1) repeated.set(hash, isSentence ? first : -1);
  }
}
