/**
 * Binary search: the number of leading indexes below `count` for which `isBefore` is true. `isBefore` takes an index
 * from 0 and must be true for a prefix of the range.
 */
export function partitionPoint(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
