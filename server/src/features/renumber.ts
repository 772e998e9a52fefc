/** Numbers counted anew: in one list, under one section or in a whole text. */
import type { TextReplacement } from '../rules/rule';
import { withValue } from '../structure/analyse';
import type { Analysis, Marker, NumberedList, Section } from '../structure/analysis';

/** Words that count no further than their own list: 首先、其次、最后, 一方面、另一方面. */
const WORDS: ReadonlySet<Marker['family']> = new Set(['sequence', 'yifang']);

/** The new figures of a marker, beside those it shows. */
export interface Renumbered {
  readonly marker: Marker;
  readonly path: readonly number[];
  readonly newText: string;
}

/**
 * The figures every heading of `analysis` should show, in document order. A list that goes on from the one before keeps
 * doing so, one that starts anew starts at one; 第十条之一 stays an insertion after its article, 首先 and 最后 stay.
 */
export function rightNumbers(analysis: Analysis): Map<Marker, Renumbered> {
  const numbers = new Map<Marker, Renumbered>();
  /** The last number of each kind of list, for those that run on. */
  const last = new Map<string, number>();
  const before = new Map<NumberedList, Renumbered>();
  const running = runningKinds(analysis.lists);
  for (const section of analysis.headings) {
    const { marker, list } = section;
    if (!marker || !list || WORDS.has(marker.family) || !Number.isFinite(marker.value)) continue;
    const previous = before.get(list);
    const runsOn = list.running || (running.has(keyOf(list)) && startsWrong(list));
    const path = pathAfter(section, previous, runsOn ? (last.get(keyOf(list)) ?? 0) + 1 : 1, numbers);
    const renumbered = { marker, path, newText: textWith(marker, path, list) };
    numbers.set(marker, renumbered);
    before.set(list, renumbered);
    last.set(keyOf(list), path[0] as number);
  }
  return numbers;
}

/** Lists of one kind go on from each other. */
function keyOf({ family, markers }: NumberedList): string {
  return family === 'decimal' ? `decimal ${markers[0]?.path.length}` : family;
}

/** The kinds of lists that run on in this text; one of them that starts in the middle was meant to. */
function runningKinds(lists: readonly NumberedList[]): ReadonlySet<string> {
  return new Set(lists.filter(({ running }) => running).map(keyOf));
}

function startsWrong({ breaks, markers }: NumberedList): boolean {
  return breaks[0]?.kind === 'first' && breaks[0].marker === markers[0];
}

/** `first` is the number of the first of its list. */
function pathAfter(
  section: Section,
  previous: Renumbered | undefined,
  first: number,
  numbers: ReadonlyMap<Marker, Renumbered>,
): readonly number[] {
  const { path, family } = section.marker as Marker;
  const before = previous?.path;
  if (family === 'article' && path.length === 2 && before) {
    return [before[0] as number, (before[1] ?? 0) + 1];
  }
  const depth = path.length;
  if (family === 'decimal' && depth > 1) {
    const own = before && before.length === depth ? (before[depth - 1] as number) + 1 : 1;
    return [...prefixOf(section, numbers), own];
  }
  return [before ? (before[0] as number) + 1 : first];
}

/** The first figures of a decimal marker name the section it stands under, as 3.1 under 3, 三、 or 第三章. */
function prefixOf({ marker, parent }: Section, numbers: ReadonlyMap<Marker, Renumbered>): readonly number[] {
  const prefix = (marker as Marker).path.slice(0, -1);
  const above = parent?.marker;
  const renumbered = above && numbers.get(above);
  if (!above || !renumbered) return prefix;
  if (above.family === 'decimal' && above.path.length === prefix.length) return renumbered.path;
  return prefix.length === 1 && prefix[0] === above.value ? renumbered.path.slice(0, 1) : prefix;
}

function textWith(marker: Marker, path: readonly number[], list: NumberedList): string {
  const same = path.length === marker.path.length && path.every((figure, index) => figure === marker.path[index]);
  return same ? marker.text : withValue(marker, path, list.markers[0] ?? marker);
}

/** What is to be renumbered: one list, a section with all under it, or everything. */
export type RenumberScope =
  | { readonly list: NumberedList }
  | { readonly section: Section }
  | { readonly document: true };

/**
 * The edits that number `scope` anew, in order. Numbers outside it stay, so that a run-on list may need a wider scope.
 * Nothing where all is right already: renumbering twice changes nothing.
 */
export function renumber(analysis: Analysis, scope: RenumberScope): TextReplacement[] {
  const edits: TextReplacement[] = [];
  const holds = within(scope);
  for (const { marker, newText } of rightNumbers(analysis).values()) {
    if (newText !== marker.text && holds(marker)) edits.push(replacement(marker, newText));
  }
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
  const wrongFirst = list.breaks.find((broken) => broken.kind === 'first' && broken.marker === list.markers[0]);
  let due = wrongFirst?.expected ?? list.markers[0]?.value ?? 1;
  for (const marker of list.markers) {
    if (Number.isFinite(marker.value) && !WORDS.has(marker.family) && marker.value !== due && holds(marker)) {
      const newText = withValue(marker, [due], list.markers[0] ?? marker);
      if (newText !== marker.text) edits.push(replacement(marker, newText));
    }
    due++;
  }
  return edits;
}

function replacement({ start, end }: Marker, newText: string): TextReplacement {
  return { start, end, newText };
}
