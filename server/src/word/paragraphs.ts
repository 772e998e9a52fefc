/** Which paragraph of a Word document a place in its text belongs to. */
import { partitionPoint } from '../text/partitionPoint';
import type { WordParagraph, WordText } from './reader';

/** The paragraph in which `offset` of the text stands; undefined only where there is none at all. */
export function paragraphOf({ paragraphs }: WordText, offset: number): WordParagraph | undefined {
  const behind = partitionPoint(paragraphs.length, (index) => (paragraphs[index] as WordParagraph).start <= offset);
  return paragraphs[Math.max(0, behind - 1)];
}

/** The number of the paragraph in which `offset` of the text stands, counted from 1. */
export function paragraphAt(text: WordText, offset: number): number {
  return paragraphOf(text, offset)?.number ?? 1;
}
