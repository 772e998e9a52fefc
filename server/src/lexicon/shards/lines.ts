/** Finds lines that occur in several documents across many parts, without all their lines in memory. */
import { partitionPoint } from '../../text/partitionPoint';
import type { RepeatedLines, TextFacts } from '../mining/corpus';

/**
 * The lines of a part in the order of their hashes: for each twice the index of its document, plus one if it is a
 * sentence.
 */
export interface SortedLines {
  readonly hashes: Float64Array;
  readonly documents: Int32Array;
}

/** One of them: its hash and the value for its document. */
export type SortedLine = readonly [hash: number, document: number];

/** The sorted lines of the documents of a part, by their indices in it. */
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

/** Repeated lines as two arrays, in the order of their hashes: there may be more of them than a map can hold. */
export class SortedRepeats implements RepeatedLines {
  constructor(
    readonly hashes: Float64Array,
    readonly keepers: Int32Array,
  ) {}

  get(hash: number): number | undefined {
    const { hashes } = this;
    const at = partitionPoint(hashes.length, (index) => (hashes[index] as number) < hash);
    return hashes[at] === hash ? this.keepers[at] : undefined;
  }
}

/**
 * As {@link import('../mining/corpus').repeatedLines} of all documents. `placesOf` are the indices of the documents of
 * each part among those kept, below 0 for those that are not. Holds one line of each part at a time.
 */
export function repeatedAmong(
  parts: readonly Iterator<SortedLine, undefined>[],
  placesOf: readonly ArrayLike<number>[],
): SortedRepeats {
  let hashes = new Float64Array(1 << 10);
  let keepers = new Int32Array(1 << 10);
  let size = 0;
  const heads = parts.map((part) => part.next().value);
  for (;;) {
    let hash = Number.POSITIVE_INFINITY;
    for (const head of heads) if (head && head[0] < hash) hash = head[0];
    if (hash === Number.POSITIVE_INFINITY) return new SortedRepeats(hashes.slice(0, size), keepers.slice(0, size));
    let seen = 0;
    let first = -1;
    let isSentence = false;
    parts.forEach((lines, part) => {
      for (let head = heads[part]; head?.[0] === hash; head = heads[part]) {
        heads[part] = lines.next().value;
        const entry = head[1];
        const place = placesOf[part]?.[entry >> 1] ?? -1;
        if (place < 0) continue;
        seen++;
        if (first < 0 || place < first) first = place;
        isSentence = (entry & 1) === 1;
      }
    });
    if (seen < 2) continue;
    if (size === hashes.length) {
      hashes = doubled(hashes, new Float64Array(2 * size));
      keepers = doubled(keepers, new Int32Array(2 * size));
    }
    hashes[size] = hash;
    keepers[size++] = isSentence ? first : -1;
  }
}

function doubled<Kind extends { set(from: Kind): void }>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}
