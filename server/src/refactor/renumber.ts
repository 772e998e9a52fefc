/** Renumbers one list, one section or a whole text. */

import { analyse } from '../structure/analyse';
import type { Analysis, Marker, NumberedList, Section } from '../structure/analysis';
import { withValue } from '../structure/markerFormat';
import { applyEdits, TextEdits, type TextReplacement } from '../text/textEdit';
import { assignNumbers, entriesOf, type NewNumber, type NumberedEntry } from './assignNumbers';
import { attachmentEdits } from './attachmentNumbers';
import type { EditOutcome } from './editOutcome';
import { contentsEdits } from './tableOfContents';
import { uncertainReferences } from './uncertainReferences';
import { referenceEdits } from './updateReferences';

/** What to renumber: one list, a section with everything under it, or everything. */
export type RenumberScope =
  | { readonly list: NumberedList }
  | { readonly section: Section }
  | { readonly document: true };

/** No text written by a person needs more rounds than this. */
const ROUNDS = 4;

/**
 * The edits that renumber `scope`, in order. A list that continues the one before still does, and lists that continue
 * it are renumbered with it; one that restarts begins at one. Numbers outside the scope stay. Empty if all numbers are
 * right already: renumbering is idempotent. References to the sections are updated.
 */
export function renumber(analysis: Analysis, scope: RenumberScope): readonly TextReplacement[] {
  return renumbered(analysis, scope).edits;
}

interface Renumbered {
  readonly edits: readonly TextReplacement[];
  /** The text after the edits, if it had to be parsed to compute them. */
  readonly after?: Analysis;
}

function renumbered(analysis: Analysis, scope: RenumberScope): Renumbered {
  if (!('document' in scope)) return { edits: renumberOnce(analysis, scope) };
  // Correcting some numbers may change the reading of others: a list that seemed to restart continues.
  let composed = TextEdits.NONE;
  let current = analysis;
  for (let round = 0; round < ROUNDS; round++) {
    const edits = TextEdits.of(renumberOnce(current, scope));
    if (edits.replacements.length === 0) break;
    composed = composed.compose(edits);
    current = analyse(edits.apply(current.text), analysis.kind, current);
  }
  return { edits: composed.replacements, after: current };
}

/** The edits of {@link renumber}, with the references that they leave uncertain. */
export function renumbering(analysis: Analysis, scope: RenumberScope): Extract<EditOutcome, { edits: unknown }> {
  const { edits, after: read } = renumbered(analysis, scope);
  if (edits.length === 0) return { edits };
  const after = read ?? analyse(applyEdits(analysis.text, edits), analysis.kind, analysis);
  const uncertain = uncertainReferences(analysis, analysis.headings, after);
  return { edits, ...(uncertain.length > 0 && { uncertain }) };
}

function renumberOnce(analysis: Analysis, scope: RenumberScope): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const entries = [...entriesOf(analysis).values()];
  const holds = within(scope, entries);
  const changed = new Map<Section, NewNumber>();
  for (const [section, number] of assignNumbers(entries)) {
    const { marker } = section;
    if (!marker || number.text === marker.text || !holds(marker)) continue;
    edits.push(replacement(marker, number.text));
    changed.set(section, number);
  }
  if (changed.size > 0) {
    for (const edit of referenceEdits(analysis, changed)) edits.push(edit);
    for (const edit of contentsEdits(analysis, changed)) edits.push(edit);
  }
  if ('document' in scope) for (const edit of attachmentEdits(analysis)) edits.push(edit);
  for (const { list } of analysis.enumerations) {
    if (list.breaks.length === 0) continue;
    for (const edit of enumerationEdits(list, holds)) edits.push(edit);
  }
  return edits.sort((a, b) => a.start - b.start);
}

function within(scope: RenumberScope, entries: readonly NumberedEntry[]): (marker: Marker) => boolean {
  if ('list' in scope) {
    const { list } = scope;
    const chain = entries.find(({ section }) => section.list === list)?.siblings.chain;
    const members = new Set(list.markers);
    for (const { section, siblings } of entries) if (siblings.chain === chain) members.add(section.marker);
    return (marker) => members.has(marker);
  }
  if ('section' in scope) {
    const { section } = scope;
    return (marker) =>
      marker !== section.marker && marker.start >= section.span.start && marker.end <= section.span.end;
  }
  return () => true;
}

/** 一是…；三是… inside a paragraph: counted from its first member. */
function enumerationEdits(list: NumberedList, holds: (marker: Marker) => boolean): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const first = list.markers[0] as Marker;
  const wrongFirst = list.breaks.find(({ kind, marker }) => kind === 'first' && marker === first);
  let due = wrongFirst?.expected ?? first.value;
  for (const marker of list.markers) {
    // 最后 and 另一方面 fit any number.
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
