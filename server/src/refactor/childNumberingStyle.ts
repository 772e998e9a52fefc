/** Chooses how the level below another is numbered. */
import type { Analysis, Marker, MarkerFamily, NumberedList, Section } from '../structure/analysis';
import { isNumbered, kindOf, type Numbered, type Style, styleOf } from './assignNumbers';
import { descendantsOf } from './sectionText';

const DIVISIONS: ReadonlySet<MarkerFamily> = new Set(['volume', 'part', 'chapter', 'division']);

/** Whether it is a chapter or the like, which contains the articles of a law. */
export function isDivision(section: Section | undefined): boolean {
  return section?.marker !== undefined && DIVISIONS.has(section.marker.family);
}

/** Whether it is an article under a chapter or the like: such numbers run on across chapters. */
export function isArticleOfLaw({ marker, parent }: Section): boolean {
  return marker?.family === 'article' && isDivision(parent);
}

/** The sections under `section` that change their level with it: articles and everything under them keep theirs. */
export function* restyledUnder(section: Section): Generator<Section> {
  for (const child of section.children) {
    if (isArticleOfLaw(child)) continue;
    yield child;
    yield* restyledUnder(child);
  }
}

/** The kind of number that GB/T 9704 has under each kind, if the text itself has no example. */
const LOWER: Partial<Record<MarkerFamily, { family: MarkerFamily; shape: string; numeral: Marker['numeral'] }>> = {
  part: { family: 'chinese', shape: '#、', numeral: 'chinese' },
  chapter: { family: 'chinese', shape: '#、', numeral: 'chinese' },
  division: { family: 'chinese', shape: '#、', numeral: 'chinese' },
  formal: { family: 'chinese', shape: '#、', numeral: 'chinese' },
  article: { family: 'chineseBracket', shape: '（#）', numeral: 'chinese' },
  chinese: { family: 'chineseBracket', shape: '（#）', numeral: 'chinese' },
  chineseBracket: { family: 'arabic', shape: '#.', numeral: 'arabic' },
  arabic: { family: 'arabicBracket', shape: '（#）', numeral: 'arabic' },
  arabicBracket: { family: 'circled', shape: '#', numeral: 'circled' },
  arabicParenthesis: { family: 'circled', shape: '#', numeral: 'circled' },
};

/** Nobody reads 1.1.1.1.1. */
const MAX_DECIMAL_DEPTH = 4;

/**
 * The style of the level below `style`: as under `near`, as elsewhere in the text, or as in the standard. The list
 * `but` is not used as an example.
 */
export function lowerStyle(
  analysis: Analysis,
  { marker, gap }: Style,
  near: Section,
  but?: NumberedList,
): Style | undefined {
  const kind = kindOf(marker);
  const example = (section: Section): section is Numbered =>
    isNumbered(section) &&
    isNumbered(section.parent) &&
    kindOf(section.parent.marker) === kind &&
    !isArticleOfLaw(section) &&
    !(but && (section.list === but || kindOf(section.marker) === kindOf(but.markers[0] as Marker)));
  const found = [...descendantsOf(near)].find(example) ?? analysis.headings.find(example);
  if (found) return styleOf(analysis, found);
  if (marker.family === 'decimal' && marker.numeral === 'arabic' && marker.path.length < MAX_DECIMAL_DEPTH) {
    const path = [...marker.path, 1];
    const deeper = { ...marker, start: 0, end: 0, text: path.join('.'), value: 1, path };
    return { marker: deeper, above: marker.value, gap: gap || '　' };
  }
  const first = standardBelow(analysis, marker.family);
  return first && { marker: first, above: undefined, gap: '' };
}

/** The first marker of the kind that the standard has under `family`, in the brackets of the text. */
export function standardBelow({ lists }: Analysis, family: MarkerFamily): Marker | undefined {
  const lower = LOWER[family];
  if (!lower) return undefined;
  // A text with half-width brackets keeps them.
  const half = lists.some(({ markers }) => markers[0]?.shape === '(#)');
  const shape = half ? lower.shape.replace('（#）', '(#)') : lower.shape;
  const numeral = lower.numeral === 'chinese' ? '一' : lower.numeral === 'circled' ? '①' : '1';
  return { ...lower, shape, start: 0, end: 0, text: shape.replace('#', numeral), value: 1, path: [1] };
}
