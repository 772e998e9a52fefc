/** Paragraph indents of two ideographic blanks (GB/T 9704-2012, 7.3.3): only on request. */

import { isBlank } from '../text/characters';
import { splitLines } from '../text/lines';
import type { TextReplacement } from '../text/textEdit';
import { doneBy, type StepResult } from './report';

const INDENT = '\u3000\u3000';

/** Gives the indented lines of `text` an indent of two ideographic blanks, whatever blanks they had. */
export function normaliseIndents(text: string): StepResult {
  const lines = splitLines(text);
  const edits: TextReplacement[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    let content = start;
    while (content < end && isBlank(text.charCodeAt(content)) && text.charCodeAt(content) !== 0xfeff) content++;
    // Deep indents centre or align; they are not paragraph indents.
    if (content === start || content === end || content - start > 8) continue;
    if (text.slice(start, content) !== INDENT) edits.push({ start, end: content, newText: INDENT });
  }
  return doneBy('indents', text, edits);
}
