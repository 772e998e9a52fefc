/** Ranges of a text. All offsets are UTF-16 code units, as in JavaScript strings and LSP. */
import { partitionPoint } from './partitionPoint';

/** A half-open range: `start` is inside, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether `offset` is inside `span`; the end is not. */
export function containsOffset(span: Span, offset: number): boolean {
  return offset >= span.start && offset < span.end;
}

/** Whether all of `inner` is inside `outer`. */
export function containsSpan(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Whether the two share at least one character. Spans that only touch do not, and an empty span never does. */
export function overlaps(one: Span, other: Span): boolean {
  return Math.max(one.start, other.start) < Math.min(one.end, other.end);
}

/**
 * For `spans` sorted by start: returns a function from an offset to the furthest end of the spans that start at or
 * before it, or -1 if there are none. Each call is logarithmic in their number.
 */
export function furthestEnds(spans: readonly Span[]): (offset: number) => number {
  const starts = spans.map(({ start }) => start);
  let furthest = -1;
  const ends = spans.map(({ end }) => {
    furthest = Math.max(furthest, end);
    return furthest;
  });
  return (offset) => ends[partitionPoint(starts.length, (index) => (starts[index] as number) <= offset) - 1] ?? -1;
}
