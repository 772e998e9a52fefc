/** Linked editing: placeholders for the same words are filled together while the writer types in one of them. */

import type { Range } from 'vscode-languageserver-types';
import { alikeOf, placeholderAround } from '../refactor/fillPlaceholder';
import type { Analysis } from '../structure/analysis';
import type { Span } from '../text/span';
import { Locator } from './locate';

/** LSP's LinkedEditingRanges. */
export interface LinkedRanges {
  readonly ranges: Range[];
  readonly wordPattern: string;
}

/** Ranges of a text with equal content that are edited together. */
export interface Linked {
  readonly text: string;
  readonly spans: readonly Span[];
}

/**
 * What a linked placeholder may contain: anything but blanks and the marks that separate clauses. An editor ends linked
 * editing when the text no longer matches as a whole, and the language's own word pattern matches neither Han nor
 * asterisks.
 */
const WORDS = '[^\\s，。；：！？、,;]*';
const WHOLE = new RegExp(`^${WORDS}$`);

/**
 * The ranges edited together with the one at `offset`: the placeholders with the same context, or those of `before`,
 * the last answer, while their new content makes them no longer placeholders. An editor asks after each edit. Undefined
 * if the place is on its own.
 */
export function linkedAt(analysis: Analysis, offset: number, before?: Linked): Linked | undefined {
  const { text } = analysis;
  const begun = before && stillLinked(before, text);
  if (begun?.some(({ start, end }) => start <= offset && offset <= end)) return { text, spans: begun };
  const placeholder = placeholderAround(analysis, offset);
  const alike = placeholder ? alikeOf(analysis, placeholder) : [];
  return alike.length > 1 && alike.every((one) => WHOLE.test(one.text)) ? { text, spans: alike } : undefined;
}

/** `linked` in LSP's form. */
export function linkedRanges(analysis: Analysis, { spans }: Linked): LinkedRanges {
  const locator = new Locator(analysis.lines);
  return { ranges: spans.map((span) => locator.range(span)), wordPattern: WORDS };
}

/** The spans of `before` in `text`, if nothing has changed but their content, which is the same in all. */
function stillLinked({ text: old, spans }: Linked, text: string): Span[] | undefined {
  const kept = old.length - spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const length = (text.length - kept) / spans.length;
  if (!Number.isInteger(length) || length < 0) return undefined;
  const found: Span[] = [];
  let words: string | undefined;
  let at = 0;
  let done = 0;
  for (const { start, end } of spans) {
    if (!text.startsWith(old.slice(done, start), at)) return undefined;
    at += start - done;
    done = end;
    const here = text.slice(at, at + length);
    words ??= here;
    if (here !== words || !WHOLE.test(here)) return undefined;
    found.push({ start: at, end: at + length });
    at += length;
  }
  return text.endsWith(old.slice(done)) ? found : undefined;
}
