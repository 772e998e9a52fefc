/**
 * Longest common prefixes of adjacent suffixes (Kärkkäinen, Manzini & Puglisi, "Permuted longest-common-prefix array",
 * CPM 2009) and the tree of LCP intervals (Abouelhoda, Kurtz & Ohlebusch, "Replacing suffix trees with enhanced suffix
 * arrays", J. Discrete Algorithms 2, 2004).
 */

/** Separates lines and documents in a text of many documents: no repeated substring crosses it. */
export const SEPARATOR = 0;

/**
 * For each index of `suffixes` but the first, the number of symbols that its suffix shares with the one before; at most
 * `limit` (at most 255) are counted, and none from a {@link SEPARATOR} on, so that separators act as if each were
 * unique. Linear time, four bytes of working memory per symbol.
 */
export function commonPrefixes(text: Uint16Array, suffixes: Int32Array, limit = 255): Uint8Array {
  const length = text.length;
  const most = Math.min(limit, 255);
  // The preceding suffix in sorted order; replaced by the lengths, from the text's start to its end.
  const previous = new Int32Array(length);
  if (length > 0) previous[suffixes[0] as number] = -1;
  for (let at = 1; at < length; at++) previous[suffixes[at] as number] = suffixes[at - 1] as number;
  let shared = 0;
  for (let at = 0; at < length; at++) {
    const other = previous[at] as number;
    if (other < 0) {
      shared = 0;
      previous[at] = 0;
      continue;
    }
    while (
      at + shared < length &&
      other + shared < length &&
      text[at + shared] === text[other + shared] &&
      text[at + shared] !== SEPARATOR
    ) {
      shared++;
    }
    previous[at] = shared < most ? shared : most;
    if (shared > 0) shared--;
  }
  const prefixes = new Uint8Array(length);
  for (let at = 1; at < length; at++) prefixes[at] = previous[suffixes[at] as number] as number;
  return prefixes;
}

/**
 * Called for each repeated substring with more than one continuation: the suffixes from `first` to `last` of the order
 * (inclusive) share exactly `length` symbols; all their prefixes longer than `parent` occur exactly `last - first + 1`
 * times, in `documents` documents, of which `marked` are marked.
 */
export type IntervalVisitor = (
  first: number,
  last: number,
  length: number,
  parent: number,
  documents: number,
  marked: number,
) => void;

/** The starts of documents in a text of many; `documentOf` is constant time for documents of more than a few lines. */
export class DocumentTable {
  private readonly blocks: Int32Array;

  /** Takes the offset of each document's first symbol, ascending, the first one 0, and the length of the whole text. */
  constructor(
    private readonly starts: ArrayLike<number>,
    private readonly length: number,
  ) {
    this.blocks = new Int32Array((length >> 8) + 1);
    for (let block = 0, document = 0; block < this.blocks.length; block++) {
      while (document + 1 < starts.length && (starts[document + 1] as number) <= block << 8) document++;
      this.blocks[block] = document;
    }
  }

  get count(): number {
    return this.starts.length;
  }

  startOf(document: number): number {
    return this.starts[document] as number;
  }

  endOf(document: number): number {
    return this.starts[document + 1] ?? this.length;
  }

  /** The document that contains `offset`. */
  documentOf(offset: number): number {
    let document = this.blocks[offset >> 8] as number;
    while (document + 1 < this.starts.length && (this.starts[document + 1] as number) <= offset) document++;
    return document;
  }
}

/**
 * Visits every LCP interval of more than one suffix, inner ones before those around them, with its document frequency
 * (Hui, "Color set size problem with applications to string matching", CPM 1992). Linear except for a binary search
 * over the open intervals. `marks` are 1 for the documents that are also counted by themselves.
 */
export function visitIntervals(
  suffixes: Int32Array,
  prefixes: Uint8Array,
  documents: DocumentTable,
  visit: IntervalVisitor,
  marks: Uint8Array = new Uint8Array(documents.count),
): void {
  const size = suffixes.length;
  if (size < 2) return;
  // Open intervals, outermost first: first index, length, and number of suffixes whose document was already seen
  // inside. The same for marked documents; of those, the suffixes before the first index are counted too.
  const firsts = new Int32Array(258);
  const lengths = new Int32Array(258);
  const repeats = new Int32Array(258);
  const markedRepeats = new Int32Array(258);
  const markedFirsts = new Int32Array(258);
  let top = 0;
  let marked = 0;
  let lastMark = 0;
  const lastSeen = new Int32Array(documents.count).fill(-1);
  for (let at = 0; at <= size; at++) {
    let pendingRepeats = 0;
    let pendingMarked = 0;
    const shared = at < size && at > 0 ? (prefixes[at] as number) : 0;
    let first = at - 1;
    let markedFirst = marked - lastMark;
    while (top > 0 && (lengths[top] as number) > shared) {
      first = firsts[top] as number;
      markedFirst = markedFirsts[top] as number;
      const inside = repeats[top] as number;
      const markedInside = markedRepeats[top] as number;
      const parent = Math.max(shared, lengths[top - 1] as number);
      visit(first, at - 1, lengths[top] as number, parent, at - first - inside, marked - markedFirst - markedInside);
      top--;
      // A document seen twice inside is seen twice in the enclosing interval too: in the parent, open or about to be
      // opened below.
      if ((lengths[top] as number) >= shared) {
        repeats[top]! += inside;
        markedRepeats[top]! += markedInside;
      } else {
        pendingRepeats = inside;
        pendingMarked = markedInside;
      }
    }
    if (at === size) break;
    if (at > 0 && (lengths[top] as number) < shared) {
      top++;
      firsts[top] = first;
      lengths[top] = shared;
      repeats[top] = pendingRepeats;
      markedFirsts[top] = markedFirst;
      markedRepeats[top] = pendingMarked;
    }
    const document = documents.documentOf(suffixes[at] as number);
    const mark = marks[document] as number;
    marked += mark;
    lastMark = mark;
    const seen = lastSeen[document] as number;
    if (seen >= 0) {
      // The innermost open interval that contains both.
      let low = 0;
      let high = top;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((firsts[middle] as number) <= seen) low = middle;
        else high = middle - 1;
      }
      repeats[low]!++;
      markedRepeats[low]! += mark;
    }
    lastSeen[document] = at;
  }
}
