/** The style of a marker: its brackets and kind of numeral, and the mark after it. */

import type { Analysis, Marker, MarkerFamily, NumberedList } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { Pace, type Resumable, runToCompletion } from '../../text/resumable';

const BRACKETS = /[（()）〔〕［\][【】⑴⒈㈠]/g;
const TRAILING = /[、.．，,：:。]$/;

/** Numeral and brackets of a marker, equal for siblings of one style. */
export function numeralStyleOf(marker: Marker): string {
  const family = marker.family === 'decimal' ? `decimal${marker.path.length}` : marker.family;
  const numeral = marker.numeral === 'traditional' ? 'chinese' : marker.numeral;
  return `${family} ${numeral} ${(marker.shape.match(BRACKETS) ?? []).join('')}`;
}

/** The mark after the numeral or bracket (、 . ， …), or ''. */
export function trailingMark(marker: Marker): string {
  if (marker.shape.startsWith('第') && marker.family !== 'ordinal') return '';
  return TRAILING.exec(marker.shape)?.[0] ?? '';
}

interface MarkerStyle extends Pick<Marker, 'family' | 'numeral' | 'shape'> {
  readonly figures: number;
  readonly style: string;
  /** The shape that the standard requires. */
  readonly right: string;
}

/** A text has hundreds of markers and a handful of shapes; hardly any shape is shared by two families. */
const STYLES = new Map<string, MarkerStyle[]>();

/** Dress and trailing mark together: what siblings should have in common. */
export function styleOf(marker: Marker): string {
  return markerStyle(marker).style;
}

function markerStyle(marker: Marker): MarkerStyle {
  const { family, numeral, shape } = marker;
  const figures = marker.path.length;
  let known = STYLES.get(shape);
  if (!known) {
    known = [];
    STYLES.set(shape, known);
  }
  for (const one of known) {
    if (one.family === family && one.numeral === numeral && one.figures === figures) return one;
  }
  const style = `${numeralStyleOf(marker)} ${trailingMark(marker)}`;
  const made = { family, numeral, shape, figures, style, right: RIGHT[family]?.(shape) ?? shape };
  known.push(made);
  return made;
}

/** The right shape for each wrong one, by family; a shape that is not listed here is right. */
const RIGHT: Partial<Record<MarkerFamily, (shape: string) => string>> = {
  chinese: (shape) => shape.replace(/#[.．，,：:]$/, '#、'),
  formal: (shape) => shape.replace(/#[.．，,：:]$/, '#、'),
  stem: (shape) => (shape.includes('（') || shape.includes('(') ? bracketed(shape) : shape.replace(/#[.．]$/, '#、')),
  chineseBracket: bracketed,
  arabicBracket: bracketed,
  arabic: (shape) => shape.replace(/#[、，,：:。]$/, '#.'),
  roman: (shape) => shape.replace(/#[、，,：:]$/, '#.'),
  latin: (shape) => shape.replace(/#[、，,：:]$/, '#.'),
  decimal: (shape) => shape.replace(/[.．、]$/, ''),
  circled: (shape) => shape.replace(/[、.．]$/, ''),
  ordinal: (shape) => shape.replace(/、$/, '，'),
  sequence: (shape) => shape.replace(/、$/, '，'),
  volume: lawful,
  part: lawful,
  chapter: lawful,
  division: lawful,
  article: lawful,
  yishi: (shape) => shape.replace(/、$/, ''),
  yiyao: (shape) => shape.replace(/、$/, ''),
};

/** 第一条、 has a superfluous mark. */
function lawful(shape: string): string {
  return shape.replace(/、$/, '');
}

function bracketed(shape: string): string {
  if (!shape.includes('#')) return shape.replace(/[、.．，,：:]$/, '');
  return shape.replace(/^[(〔［[【]?#[)）〕］\]】][、.．，,：:]?$|^（#(?:\)|）[、.．，,：:])$/, '（#）');
}

/** The shape that GB/T 15834-2011 B.3 requires for `marker`; its own shape if that is right. */
export function rightShape(marker: Marker): string {
  return markerStyle(marker).right;
}

/** Families whose members are words that vary by nature. */
const FREE = new Set(['sequence', 'yifang']);

/**
 * The style of most members of `list`; if two are equally common, the one more common in the whole text, and then the
 * one that the standard requires. Undefined if the members do not differ, or vary by nature.
 */
export function majorityStyle(list: NumberedList, inText: ReadonlyMap<string, number>): string | undefined {
  const counts = new Map<string, number>();
  const conforming = new Set<string>();
  for (const marker of list.markers) {
    if (FREE.has(marker.family)) return undefined;
    const style = styleOf(marker);
    counts.set(style, (counts.get(style) ?? 0) + 1);
    if (rightShape(marker) === marker.shape) conforming.add(style);
  }
  if (counts.size < 2) return undefined;
  let best = '';
  for (const [style, count] of counts) {
    const known = counts.get(best) ?? 0;
    const preferred = (candidate: string) => (inText.get(candidate) ?? 0) + (conforming.has(candidate) ? 0.5 : 0);
    if (count > known || (count === known && preferred(style) > preferred(best))) best = style;
  }
  return best;
}

const styleCounts = new AnalysisMemo<ReadonlyMap<string, number>, readonly NumberedList[]>((lists) =>
  runToCompletion(countStyles(lists)),
);

/** Counts the styles in steps, so that {@link stylesInText} then returns at once. */
export function* readStyles({ lists }: Analysis): Resumable<void> {
  if (!styleCounts.has(lists)) styleCounts.set(lists, yield* countStyles(lists));
}

function* countStyles(lists: readonly NumberedList[]): Resumable<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const pace = new Pace();
  for (const { markers } of lists) {
    for (const marker of markers) {
      if (pace.isOver()) yield;
      const style = styleOf(marker);
      counts.set(style, (counts.get(style) ?? 0) + 1);
    }
  }
  return counts;
}

/** Number of uses of each style in all `lists` of a text. */
export function stylesInText(lists: readonly NumberedList[]): ReadonlyMap<string, number> {
  return styleCounts.of(lists);
}

/** The siblings of `list` whose style differs from the majority's, with a model of how they should be. */
export function oddMembers(
  list: NumberedList,
  inText: ReadonlyMap<string, number>,
): { marker: Marker; model: Marker }[] {
  const style = majorityStyle(list, inText);
  if (style === undefined) return [];
  const model = list.markers.find((marker) => styleOf(marker) === style) as Marker;
  return list.markers.filter((marker) => styleOf(marker) !== style).map((marker) => ({ marker, model }));
}
