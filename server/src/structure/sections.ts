/** Finds the section of an offset. */

import { isBlank, isBlankOrBreak } from '../text/characters';
import { partitionPoint } from '../text/partitionPoint';
import type { Span } from '../text/span';
import type { Analysis, Section } from './analysis';

/**
 * The innermost section that contains `offset`, its last offset included. Decoration of a heading's line before the
 * marker (blanks, #, **) belongs to the heading, and blanks and blank lines after a section still to it.
 */
export function sectionAt(analysis: Analysis, offset: number): Section | undefined {
  const place = placeOf(analysis, offset);
  let found: Section | undefined;
  for (let level = analysis.sections; ; ) {
    const next = lastStartingBefore(level, place);
    if (!next || place > next.span.end) return found;
    found = next;
    level = next.children;
  }
}

/** The offset that `offset` counts as: the marker that follows in its line, or right after the words before it. */
function placeOf({ text, lines, headings }: Analysis, offset: number): number {
  const line = lines.lineAt(offset);
  const start = lines.start(line);
  let at = offset;
  while (at > start && isDecoration(text.charCodeAt(at - 1))) at--;
  if (at === start) {
    at = offset;
    while (at < lines.end(line) && isDecoration(text.charCodeAt(at))) at++;
    if (lastStartingBefore(headings, at)?.span.start === at) return at;
  }
  for (at = offset; at < lines.end(line); at++) if (!isBlank(text.charCodeAt(at))) return offset;
  at = offset;
  while (at > 0 && isBlankOrBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Start of the line's decoration (blanks, #, **, >) before a section; the section's start if words precede it. */
export function decoratedStart({ text, lines }: Analysis, { span }: Section): number {
  const start = lines.start(lines.lineAt(span.start));
  let at = span.start;
  while (at > start && isDecoration(text.charCodeAt(at - 1))) at--;
  return at === start ? start : span.start;
}

function isDecoration(code: number): boolean {
  return isBlank(code) || code === 0x23 || code === 0x2a || code === 0x3e;
}

/** The section whose marker or title contains `offset`, the offsets at both ends included. */
export function headingAt(analysis: Analysis, offset: number): Section | undefined {
  const section = lastStartingBefore(analysis.headings, offset);
  return section && offset <= headingEnd(section) ? section : undefined;
}

function headingEnd(section: Section): number {
  return Math.max(section.titleSpan.end, section.marker?.end ?? 0);
}

/** The last of `items`, which are sorted, that starts at or before `offset`. */
export function lastStartingBefore<Item extends { readonly span: Span }>(
  items: readonly Item[],
  offset: number,
): Item | undefined {
  return items[partitionPoint(items.length, (index) => (items[index] as Item).span.start <= offset) - 1];
}
