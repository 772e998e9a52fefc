/** The gaps of a draft, for filling them: in order, with their context, and which of them belong together. */

import type { Range } from 'vscode-languageserver-types';
import { alikeOf, placeholderKey } from '../refactor/fillPlaceholder';
import type { Analysis, Placeholder } from '../structure/analysis';
import { Locator } from './locate';

/** Length of the context shown on either side of a placeholder. */
const SHOWN = 14;

export interface PlaceholderInfo {
  readonly range: Range;
  readonly text: string;
  /** The words around it, on one line. */
  readonly context: string;
  /** Offset in `context` at which it begins. */
  readonly contextStart: number;
  /** Number of placeholders, including this one, with the same context. */
  readonly alike: number;
  /** Equal for all with the same context, in any draft; absent if there is no other like it. */
  readonly key?: string;
}

/** All placeholders of `analysis` in order. */
export function placeholderList(analysis: Analysis): PlaceholderInfo[] {
  const locator = new Locator(analysis.lines);
  return analysis.placeholders.map((placeholder) => {
    const key = placeholderKey(analysis, placeholder);
    return {
      range: locator.range(placeholder),
      text: placeholder.text,
      ...contextOf(analysis, placeholder),
      alike: alikeOf(analysis, placeholder).length,
      ...(key !== undefined && { key }),
    };
  });
}

function contextOf(
  { text, lines }: Analysis,
  { start, end }: Placeholder,
): Pick<PlaceholderInfo, 'context' | 'contextStart'> {
  const line = lines.lineAt(start);
  const from = Math.max(lines.start(line), start - SHOWN);
  const to = Math.min(lines.end(lines.lineAt(end)), end + SHOWN);
  const onOneLine = (words: string) => words.replace(/\s+/g, ' ');
  const head = onOneLine((from > lines.start(line) ? '…' : '') + text.slice(from, start)).trimStart();
  const tail = onOneLine(text.slice(end, to) + (to < lines.end(lines.lineAt(end)) ? '…' : '')).trimEnd();
  return { context: head + onOneLine(text.slice(start, end)) + tail, contextStart: head.length };
}
