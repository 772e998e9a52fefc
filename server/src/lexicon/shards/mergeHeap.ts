/** Merges sorted streams. */

/** A stream at its current item. */
export interface SortedStream {
  /** Goes on to the next item. Returns false at the end. */
  next(): boolean;
}

/**
 * Streams, each at its first item, as a binary heap by their current items: a large corpus has dozens of parts, and each
 * item would be compared with those of all others.
 */
export class MergeHeap<Stream extends SortedStream> {
  private readonly heap: Stream[];

  /** `isBefore` says whether the current item of one stream comes before that of another. */
  constructor(
    streams: readonly Stream[],
    private readonly isBefore: (one: Stream, other: Stream) => boolean,
  ) {
    this.heap = [...streams];
    for (let at = (this.heap.length >> 1) - 1; at >= 0; at--) this.sift(at);
  }

  /** The stream whose current item comes first; undefined if all have ended. */
  get first(): Stream | undefined {
    return this.heap[0];
  }

  /** Goes on to the next item of the first stream. */
  next(): void {
    const { heap } = this;
    if (!(heap[0] as Stream).next()) {
      const last = heap.pop() as Stream;
      if (heap.length === 0) return;
      heap[0] = last;
    }
    this.sift(0);
  }

  private sift(from: number): void {
    const { heap, isBefore } = this;
    const moved = heap[from] as Stream;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      const right = heap[below + 1];
      if (right && isBefore(right, heap[below] as Stream)) below++;
      if (!isBefore(heap[below] as Stream, moved)) break;
      heap[at] = heap[below] as Stream;
      at = below;
    }
    heap[at] = moved;
  }
}
