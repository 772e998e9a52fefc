/** Which paragraph of a Word document a place in its text belongs to. */
import type { WordText } from './reader';

/** The number of the paragraph in which `offset` of the text stands, counted from 1. */
export function paragraphAt({ paragraphs }: WordText, offset: number): number {
  let low = 0;
  let high = paragraphs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((paragraphs[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return paragraphs[low]?.number ?? 1;
}
