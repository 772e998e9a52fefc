/** Assigns numbers to sections in an order, a nesting and a style that may differ from the current text. */

import type { Analysis, Marker, MarkerFamily, NumberedList, Section } from '../structure/analysis';
import { withValue } from '../structure/markerFormat';
import { isBlank } from '../text/characters';
import type { TextReplacement } from '../text/textEdit';

/** Enumerating words, which do not count on beyond their own list: 首先、其次、最后, 一方面、另一方面. */
const WORDS: ReadonlySet<Marker['family']> = new Set(['sequence', 'yifang']);

/** A section with a number that can be reassigned. */
export type Numbered = Section & { readonly marker: Marker; readonly list: NumberedList };

/** Whether the section has a number that can be reassigned. */
export function isNumbered(section: Section | undefined): section is Numbered {
  return (
    section?.marker !== undefined &&
    section.list !== undefined &&
    !WORDS.has(section.marker.family) &&
    Number.isFinite(section.marker.value)
  );
}

/** How a number is written. */
export interface Style {
  /** A sample marker in this style. */
  readonly marker: Marker;
  /** The number of the section above that marker, which its first figure may repeat (3.1 under 第三章). */
  readonly above: number | undefined;
  /** The text between the marker and the title. */
  readonly gap: string;
  /** Whether the figures of a decimal number name all sections above, whatever those are numbered with. */
  readonly underAll?: boolean;
}

/** Families whose number is separated from the words by a blank (GB/T 15834-2011 B.3.5, B.3.6). */
const SET_OFF: ReadonlySet<MarkerFamily> = new Set(['volume', 'part', 'chapter', 'division', 'article', 'decimal']);

/** The separator that the standard requires between a number of `family` and the words. */
export function usualGap(family: MarkerFamily): string {
  return SET_OFF.has(family) ? '　' : '';
}

/** The numbering style of `section`. */
export function styleOf(analysis: Analysis, section: Numbered): Style {
  const { marker, parent, title } = section;
  // A number without words shows no separator.
  const gap = title === '' || standsAlone(analysis, section) ? usualGap(marker.family) : gapOf(analysis, section);
  return { marker, above: parent?.marker?.value, gap };
}

/** The blanks between the number and the words of `section`, or the end of its line. */
function gapOf({ text }: Analysis, { marker, titleSpan }: Numbered): string {
  let end = marker.end;
  while (end < titleSpan.start && isBlank(text.charCodeAt(end))) end++;
  return text.slice(marker.end, end);
}

function standsAlone({ lines }: Analysis, { marker, titleSpan }: Numbered): boolean {
  return titleSpan.start > lines.end(lines.lineAt(marker.end));
}

/** The edit that writes `newText` as the number of `section`, followed by the separator of `style` if one is given. */
export function markerEdit(
  analysis: Analysis,
  section: Numbered,
  newText: string,
  style: Pick<Style, 'gap'> | undefined,
): TextReplacement {
  const { start, end } = section.marker;
  if (!style) return { start, end, newText };
  const old = gapOf(analysis, section);
  // A number alone on its line needs no separator.
  const gap = standsAlone(analysis, section) ? old : style.gap;
  return { start, end: end + old.length, newText: newText + gap };
}

/** Markers of one kind can be siblings: each depth of decimal numbering is a kind of its own. */
export function kindOf({ family, path }: Marker): string {
  return family === 'decimal' ? `decimal ${path.length}` : family;
}

/** Lists that continue each other's numbers; a single list if the author restarts. */
export interface Chain {
  readonly kind: string;
  /** The number before its first one. */
  readonly before: number;
}

/** Siblings that are numbered consecutively. */
export interface Siblings {
  readonly chain: Chain;
}

/** The planned state of one numbered section. */
export interface NumberedEntry {
  readonly section: Numbered;
  readonly parent: NumberedEntry | undefined;
  readonly siblings: Siblings;
  /** Set if its number is to be written in another style than now. */
  readonly style?: Style;
}

/** The figures and the marker that a section is to show. */
export interface NewNumber {
  readonly path: readonly number[];
  readonly text: string;
}

/** Entries for the sections of `analysis` as they are, in document order. */
export function entriesOf(analysis: Analysis): Map<Section, NumberedEntry> {
  const siblings = siblingsOf(analysis);
  const entries = new Map<Section, NumberedEntry>();
  for (const section of analysis.headings) {
    if (!isNumbered(section)) continue;
    let above = section.parent;
    while (above && !entries.has(above)) above = above.parent;
    const parent = above && entries.get(above);
    entries.set(section, { section, parent, siblings: siblings.get(section.list) as Siblings });
  }
  return entries;
}

function siblingsOf({ lists }: Analysis): Map<NumberedList, Siblings> {
  const kind = (list: NumberedList) => kindOf(list.markers[0] as Marker);
  const running = new Set(lists.filter((list) => list.running).map(kind));
  const last = new Map<string, { chain: Chain; shown: number; sound: boolean }>();
  const siblings = new Map<NumberedList, Siblings>();
  for (const list of lists) {
    const key = kind(list);
    const first = list.markers[0] as Marker;
    const sound = list.breaks.length === 0;
    let before = last.get(key);
    // A list that continues one of another kind (（三） after （1）（2）), or begins a part of a code, is right as it is.
    const excerpt = !list.running && sound && (first.path[0] ?? 1) > 1;
    const strange =
      excerpt || (list.running && sound && (!before || (before.sound && before.shown + 1 !== first.value)));
    // In a text with lists that continue others, a list that starts in the middle was meant to.
    if (strange || !(list.running || (running.has(key) && startsWrong(list)))) before = undefined;
    const chain = before?.chain ?? { kind: key, before: strange ? first.value - 1 : 0 };
    const shown = (list.markers[list.markers.length - 1] as Marker).path[0] as number;
    last.set(key, { chain, shown, sound: sound && (before?.sound ?? true) });
    siblings.set(list, { chain });
  }
  return siblings;
}

function startsWrong({ breaks, markers }: NumberedList): boolean {
  return breaks[0]?.kind === 'first' && breaks[0].marker === markers[0];
}

/**
 * The numbers that `entries` should show, given in their planned order. Siblings count up by one; the first of a chain
 * of lists is one; 第十条之一 stays an insertion after its article.
 */
export function assignNumbers(entries: Iterable<NumberedEntry>): Map<Section, NewNumber> {
  const numbers = new Map<Section, NewNumber>();
  const ofChain = new Map<Chain, number>();
  const ofSiblings = new Map<Siblings, { last: readonly number[]; model: Marker }>();
  for (const entry of entries) {
    const { section, siblings, style } = entry;
    const marker = style?.marker ?? section.marker;
    const before = ofSiblings.get(siblings);
    const path = pathAfter(
      entry,
      marker,
      before?.last,
      (ofChain.get(siblings.chain) ?? siblings.chain.before) + 1,
      numbers,
    );
    const model = before?.model ?? modelOf(section, marker);
    numbers.set(section, {
      path,
      text:
        !style && samePath(path, marker.path) && marker.misread !== 'lookalike'
          ? marker.text
          : withValue(marker, path, model),
    });
    ofSiblings.set(siblings, { last: path, model });
    ofChain.set(siblings.chain, path[0] as number);
  }
  return numbers;
}

/** A marker that shows which variant its siblings use: 壹 is the same in both scripts, 贰 and 貳 are not. */
function modelOf({ list }: Numbered, marker: Marker): Marker {
  if (marker.numeral !== 'traditional') return marker;
  return list.markers.find(({ text }) => /[贰貳叁參陆陸]/.test(text)) ?? marker;
}

function samePath(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((figure, index) => figure === b[index]);
}

/** `first` is the number of the first sibling. */
function pathAfter(
  entry: NumberedEntry,
  { family, path }: Marker,
  before: readonly number[] | undefined,
  first: number,
  numbers: ReadonlyMap<Section, NewNumber>,
): readonly number[] {
  const depth = path.length;
  if (family === 'article' && depth === 2 && before) return [before[0] as number, (before[1] ?? 0) + 1];
  if (family === 'decimal' && depth > 1) {
    const own = before?.length === depth ? (before[depth - 1] as number) + 1 : 1;
    return [...prefixOf(entry, path.slice(0, -1), numbers), own];
  }
  return [before ? (before[0] as number) + 1 : first];
}

/** The leading figures of a decimal marker name the enclosing section, as 3.1 under 3, 三、 or 第三章. */
function prefixOf(
  { section, parent, style }: NumberedEntry,
  prefix: readonly number[],
  numbers: ReadonlyMap<Section, NewNumber>,
): readonly number[] {
  if (style?.underAll) return figuresAbove(parent, numbers);
  const number = parent && numbers.get(parent.section);
  if (!number) return prefix;
  const marker = parent.style?.marker ?? parent.section.marker;
  if (marker.family === 'decimal' && number.path.length === prefix.length) return number.path;
  const above = style ? style.above : section.parent?.marker?.value;
  return prefix.length === 1 && prefix[0] === above ? number.path.slice(0, 1) : prefix;
}

function figuresAbove(entry: NumberedEntry | undefined, numbers: ReadonlyMap<Section, NewNumber>): number[] {
  const figures: number[] = [];
  for (let above = entry; above; above = above.parent) {
    figures.unshift(numbers.get(above.section)?.path.at(-1) ?? 1);
  }
  return figures;
}
