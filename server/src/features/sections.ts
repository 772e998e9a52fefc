/** Which section a place belongs to. */
import type { Analysis, Section, Span } from '../structure/analysis';

/** The innermost section whose span holds `offset`, its last offset included. */
export function sectionAt(analysis: Analysis, offset: number): Section | undefined {
  let found: Section | undefined;
  for (let level = analysis.sections; ; ) {
    const next = lastStartingBefore(level, offset);
    if (!next || offset > next.span.end) return found;
    found = next;
    level = next.children;
  }
}

/** The section whose marker or title holds `offset`, the offsets at both ends included. */
export function headingAt(analysis: Analysis, offset: number): Section | undefined {
  const section = lastStartingBefore(analysis.headings, offset);
  return section && offset <= headingEnd(section) ? section : undefined;
}

function headingEnd(section: Section): number {
  return Math.max(section.titleSpan.end, section.marker?.end ?? 0);
}

/** The last of `items`, which are in order, that starts at or before `offset`. */
export function lastStartingBefore<Item extends { readonly span: Span }>(
  items: readonly Item[],
  offset: number,
): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as Item).span.start <= offset) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
