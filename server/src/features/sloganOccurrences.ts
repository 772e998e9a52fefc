/** Occurrences of a slogan in drafts: for highlights in one draft and references across all. */

import type { Location } from 'vscode-languageserver-types';
import { asLearned, draftScript } from '../lexicon/model/draftScript';
import type { Phrase } from '../lexicon/model/lexicon';
import { splitLines } from '../text/lines';
import type { Span } from '../text/span';
import { Locator } from './locate';

/**
 * All occurrences of `phrase` in `text`, in its canonical form or another, in the text's script and quotation marks; in
 * order, none inside another.
 */
export function sloganOccurrences(text: string, phrase: Phrase): Span[] {
  const learned = asLearned(text, draftScript(text, 0));
  const spans: Span[] = [];
  for (const form of formsOf(phrase)) {
    for (let at = learned.indexOf(form); at >= 0; at = learned.indexOf(form, at + form.length)) {
      spans.push({ start: at, end: at + form.length });
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return spans.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** The same as locations in the document at `uri`. */
export function sloganLocations(uri: string, text: string, phrase: Phrase): Location[] {
  const spans = sloganOccurrences(text, phrase);
  if (spans.length === 0) return [];
  const locator = new Locator(splitLines(text));
  return spans.map((span) => ({ uri, range: locator.range(span) }));
}

function formsOf({ text, variants }: Phrase): string[] {
  return [text, ...variants.map(([form]) => form)];
}
