/**
 * For `count` things of which the first ones come before some place and the rest do not: how many come before it, by binary
 * search. `isBefore` takes an index from 0.
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
