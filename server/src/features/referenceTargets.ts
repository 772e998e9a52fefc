/** The possible targets of a reference being typed: 第三条 after 本办法, 附件2 after 见, 第（二）项 after 第五条. */
import type { Analysis, Section } from '../structure/analysis';
import { ownerOf, referenceReader } from '../structure/references';
import { sectionAt } from '../structure/sections';
import { formatChineseNumeral } from '../text/numerals';

export interface ReferenceTarget {
  /** The reference, to replace the `replace` units before the caret. */
  readonly text: string;
  readonly replace: number;
  readonly section: Section;
}

/** Number of characters before the caret that are examined. */
const MAX_DISTANCE = 40;
const NUMERAL = '[一二三四五六七八九十百零〇\\d]{0,7}';
/** A partly typed reference, and the reference it continues: 第五条第（ */
const BEGUN = new RegExp(`(第\\s?[（(]?${NUMERAL}[）)]?|附[件录錄]?\\d{0,2})$`);
const HOLDER = new RegExp(`第${NUMERAL}(?:之[一二三四五六七八九十]{1,3})?(?:[条條]|部分)$`);
/** 见 as a pointer, not as a part of 意见 or 看见. */
const POINTING = /(?:^|[^\p{Script=Han}]|[详詳参參])(?:见|見)(?:本文)?$/u;
const APPLYING = /(?:依照|按照|根据|根據|依据|依據|违反|違反|适用|適用|符合|参照|參照|属于|屬於|具有|遵守|执行|執行)$/;

/** False if there can be no reference before the caret, so that the text need not be analysed. */
export function mayRefer(left: string): boolean {
  const near = left.slice(-MAX_DISTANCE);
  return BEGUN.test(near) || POINTING.test(near) || ownerOf(near) === 'own';
}

/**
 * The places of `analysis` that a reference before `offset` may mean, the nearest first. Each of them, once written,
 * resolves to the section it is given with.
 */
export function referenceTargets(analysis: Analysis, offset: number): ReferenceTarget[] {
  const { text, lines } = analysis;
  const lineStart = lines.start(lines.lineAt(offset));
  const left = text.slice(Math.max(lineStart, offset - MAX_DISTANCE), offset);
  const begun = BEGUN.exec(left)?.[0] ?? '';
  const head = left.slice(0, left.length - begun.length);
  // A number at the start of a line begins a section.
  if (begun !== '' && head.trim() === '') return [];
  const holder = HOLDER.exec(head)?.[0];
  const lead = holder === undefined ? head : head.slice(0, -holder.length);
  const owner = ownerOf(lead);
  if (owner === 'other') return [];
  const pointed = owner === 'own' || POINTING.test(lead);
  if (begun === '' && (!pointed || holder !== undefined)) return [];

  const all = holder !== undefined ? itemsOf(analysis, holder, offset) : placesOf(analysis, pointed, offset);
  const certain = pointed || APPLYING.test(lead) || holder !== undefined;
  const typed = plain(begun);
  const meaning = referenceReader(analysis, offset, pointed);
  return all
    .filter(({ text: reference }) => plain(reference).startsWith(typed))
    .filter(({ text: reference, section }) => meaning((holder ?? '') + reference) === section)
    .filter(({ section }) => certain || section.marker?.family === 'article' || section.kind === 'appendix')
    .map((one) => ({ ...one, replace: begun.length }));
}

/**
 * `reference` normalised for comparison: without blanks, in half-width brackets, Chinese numerals instead of figures.
 */
function plain(reference: string): string {
  return reference
    .replace(/\s/g, '')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(
      /^第(\(?)(\d+)/,
      (_, bracket: string, figures: string) => `第${bracket}${formatChineseNumeral(Number(figures))}`,
    );
}

type TargetPlace = Omit<ReferenceTarget, 'replace'>;

function placesOf(analysis: Analysis, pointed: boolean, offset: number): TargetPlace[] {
  const places: TargetPlace[] = [];
  const here = sectionAt(analysis, offset);
  const around = new Set<Section>();
  for (let section = here; section; section = section.parent) around.add(section);
  for (const section of analysis.headings) {
    const text = nameOf(section, around);
    if (text !== undefined && !(around.has(section) && section.marker?.family === 'article'))
      places.push({ text, section });
  }
  if (pointed && !places.some(({ section }) => section.marker)) places.push(...partsOf(analysis));
  const unique = places.filter(({ text }, index) => places.findIndex((other) => other.text === text) === index);
  const distance = ({ section: { span } }: TargetPlace) =>
    span.start <= offset ? offset - span.start : (span.start - offset) * 2;
  return unique.sort((a, b) => distance(a) - distance(b));
}

/** The name of `section` in a reference from within the sections `around`; undefined if it has none. */
function nameOf({ kind, marker, parent, title }: Section, around: ReadonlySet<Section>): string | undefined {
  if (kind === 'appendix') return /^附[件录錄]\s?\d{1,2}/.exec(title)?.[0].replace(/\s/g, '');
  if (!marker) return undefined;
  const text = /^第[^、.．\s]+/.exec(marker.text)?.[0];
  if (text === undefined) return undefined;
  switch (marker.family) {
    case 'volume':
    case 'part':
    case 'chapter':
    case 'article':
      return text;
    case 'division': {
      const chapter = parent?.marker?.family === 'chapter' ? /^第[^、.．\s]+/.exec(parent.marker.text)?.[0] : undefined;
      if (!parent || chapter === undefined) return undefined;
      return around.has(parent) ? text : chapter + text;
    }
    default:
      return undefined;
  }
}

/** 第一部分 for the sections 一、二、三、 of a text that has no higher ones. */
function partsOf({ sections }: Analysis): TargetPlace[] {
  const parts = sections.filter(({ marker }) => marker?.family === 'chinese');
  if (parts.length < 2) return [];
  return parts.map((section) => ({ text: `第${formatChineseNumeral(section.marker?.value ?? 0)}部分`, section }));
}

/** 第（二）项 for the items （一）（二）（三） of the article that `holder` names, and 第（二）条 for those of a part. */
function itemsOf(analysis: Analysis, holder: string, offset: number): TargetPlace[] {
  const unit = holder.endsWith('部分') ? '条' : '项';
  const article = placesOf(analysis, true, offset).find(({ text }) => plain(text) === plain(holder))?.section;
  const items = (article?.children ?? []).filter(({ marker }) => marker?.family === 'chineseBracket');
  return items.map((section) => ({ text: `第${section.marker?.text}${unit}`, section }));
}
