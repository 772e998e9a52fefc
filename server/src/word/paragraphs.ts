/** Maps an offset of a Word document's text to its paragraph. */
import { partitionPoint } from '../text/partitionPoint';
import type { WordParagraph, WordText } from './wordText';

/** The paragraph that contains `offset` of the text; undefined only if there are no paragraphs. */
export function paragraphOf({ paragraphs }: WordText, offset: number): WordParagraph | undefined {
  const behind = partitionPoint(paragraphs.length, (index) => (paragraphs[index] as WordParagraph).start <= offset);
  return paragraphs[Math.max(0, behind - 1)];
}

/** The number of the paragraph that contains `offset` of the text, counted from 1. */
export function paragraphAt(text: WordText, offset: number): number {
  return paragraphOf(text, offset)?.number ?? 1;
}
