/** Placeholders that stand for the same words are filled together while the writer types in one of them. */

import type { Range } from 'vscode-languageserver-types';
import type { Analysis } from '../structure/analysis';
import type { Span } from '../text/span';
import { Locator } from './locate';
import { alikeOf, placeholderAround } from './placeholders';

/** LSP's LinkedEditingRanges. */
export interface LinkedRanges {
  readonly ranges: Range[];
  readonly wordPattern: string;
}

/** Places of a text that read the same and are edited together. */
export interface Linked {
  readonly text: string;
  readonly spans: readonly Span[];
}

/**
 * What may stand in a linked placeholder: everything but blanks and the marks that part clauses. An editor ends linked
 * editing where the text no longer matches as a whole, and the language's own pattern knows no Han and no asterisks.
 */
const WORDS = '[^\\s，。；：！？、,;]*';
const WHOLE = new RegExp(`^${WORDS}$`);

/**
 * The places that are edited together with the one at `offset`: the placeholders with the same surroundings, or those
 * of `before`, the last answer, while something is typed in them that makes them none any more. An editor asks after
 * each edit. Undefined where the place is on its own.
 */
export function linkedAt(analysis: Analysis, offset: number, before?: Linked): Linked | undefined {
  const { text } = analysis;
  const begun = before && stillLinked(before, text);
  if (begun?.some(({ start, end }) => start <= offset && offset <= end)) return { text, spans: begun };
  const placeholder = placeholderAround(analysis, offset);
  const alike = placeholder ? alikeOf(analysis, placeholder) : [];
  return alike.length > 1 && alike.every((one) => WHOLE.test(one.text)) ? { text, spans: alike } : undefined;
}

/** `linked` as LSP has it. */
export function linkedRanges(analysis: Analysis, { spans }: Linked): LinkedRanges {
  const locator = new Locator(analysis.lines);
  return { ranges: spans.map((span) => locator.range(span)), wordPattern: WORDS };
}

/** The spans of `before` in `text`, where nothing has changed but the words in them, which are the same in all. */
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
