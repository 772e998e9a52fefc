/** Numbers counted anew: in one list, under one section or in a whole text. */
import type { TextReplacement } from '../rules/rule';
import { withValue } from '../structure/analyse';
import type { Analysis, Marker, NumberedList, Section } from '../structure/analysis';
import { contentsEdits, referenceEdits } from './following';
import { entriesOf, type NewNumber, numberAnew } from './numberAnew';

/** What is to be renumbered: one list, a section with all under it, or everything. */
export type RenumberScope =
  | { readonly list: NumberedList }
  | { readonly section: Section }
  | { readonly document: true };

/**
 * The edits that number `scope` anew, in order. A list that goes on from the one before keeps doing so, one that starts
 * anew starts at one. Numbers outside the scope stay, so that a run-on list may need a wider one. Nothing where all is
 * right already: renumbering twice changes nothing. References to the sections go along.
 */
export function renumber(analysis: Analysis, scope: RenumberScope): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const holds = within(scope);
  const changed = new Map<Section, NewNumber>();
  for (const [section, number] of numberAnew(entriesOf(analysis).values())) {
    const { marker } = section;
    if (!marker || number.text === marker.text || !holds(marker)) continue;
    edits.push(replacement(marker, number.text));
    changed.set(section, number);
  }
  if (changed.size > 0) edits.push(...referenceEdits(analysis, changed), ...contentsEdits(analysis, changed));
  for (const { list } of analysis.enumerations) {
    if (list.breaks.length > 0) edits.push(...enumerationEdits(list, holds));
  }
  return edits.sort((a, b) => a.start - b.start);
}

function within(scope: RenumberScope): (marker: Marker) => boolean {
  if ('list' in scope) {
    const members = new Set(scope.list.markers);
    return (marker) => members.has(marker);
  }
  if ('section' in scope) {
    const { section } = scope;
    return (marker) =>
      marker !== section.marker && marker.start >= section.span.start && marker.end <= section.span.end;
  }
  return () => true;
}

/** 一是…；三是… inside a paragraph: counts on from its first member. */
function enumerationEdits(list: NumberedList, holds: (marker: Marker) => boolean): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const first = list.markers[0] as Marker;
  const wrongFirst = list.breaks.find(({ kind, marker }) => kind === 'first' && marker === first);
  let due = wrongFirst?.expected ?? first.value;
  for (const marker of list.markers) {
    // 最后 and 另一方面 count whatever the number.
    const counts = Number.isFinite(marker.value) && marker.numeral !== 'word';
    if (counts && marker.value !== due && holds(marker)) {
      const newText = withValue(marker, [due], first);
      if (newText !== marker.text) edits.push(replacement(marker, newText));
    }
    due++;
  }
  return edits;
}

function replacement({ start, end }: Marker, newText: string): TextReplacement {
  return { start, end, newText };
}
