/** Converts the numbers of a text to another scheme, level by level: 一、（一）1. to 第一部分 一、（一）, to 1. 1.1 1.1.1 … */

import { analyse } from '../structure/analyse';
import type { Analysis, Marker, MarkerFamily, NumberedList, Section } from '../structure/analysis';
import type { Message } from '../text/message';
import { scriptOf } from '../text/script';
import { applyEdits, TextEdits, type TextReplacement } from '../text/textEdit';
import {
  assignNumbers,
  type Chain,
  entriesOf,
  isNumbered,
  kindOf,
  markerEdit,
  type NewNumber,
  type Numbered,
  type NumberedEntry,
  type Siblings,
  type Style,
  usualGap,
} from './assignNumbers';
import type { EditOutcome } from './editOutcome';
import {
  NUMBER_KINDS,
  NUMBERING_SCHEMES,
  type NumberingScheme,
  type NumberKind,
  type NumberKindName,
  numberKindNamed,
} from './numberingSchemes';
import { contentsEdits, type Written } from './tableOfContents';
import { uncertainAfterConversion } from './uncertainReferences';
import { convertedReferences, type NewKind } from './updateReferences';

/** The target of a conversion: a scheme for all levels or for one, or one kind of number for one level. */
export interface Conversion {
  readonly scheme?: NumberingScheme;
  /** 1 is the highest; all levels if absent. */
  readonly level?: number;
  /** Instead of a scheme, for one level. */
  readonly kind?: NumberKindName;
}

const NOTHING_CHOSEN: Message = {
  zh: '没有说明要换成哪种序号。',
  en: 'The target numbering is missing.',
};
const NO_NUMBERS: Message = {
  zh: '文中没有这一级序号。',
  en: 'The text has no numbers on this level.',
};
const SO_ALREADY: Message = {
  zh: '文中的序号已经是这种写法。',
  en: 'The numbers already have this style.',
};

/** Families that enumerate in prose (第一，首先，一是). They are not a level of a scheme and stay unchanged. */
const ENUMERATORS: ReadonlySet<MarkerFamily> = new Set(['ordinal', 'sequence', 'itemised', 'yishi', 'yiyao', 'yifang']);

/** Validates the arguments of the command, which may be anything. Undefined if they are not a conversion. */
export function readConversion(details: unknown): Conversion | undefined {
  const { scheme, level, kind } = (typeof details === 'object' && details !== null ? details : {}) as Record<
    keyof Conversion,
    unknown
  >;
  const one = typeof level === 'number' && Number.isInteger(level) && level >= 1 ? { level } : undefined;
  if (level !== undefined && !one) return undefined;
  if (typeof scheme === 'string' && Object.hasOwn(NUMBERING_SCHEMES, scheme)) {
    return { scheme: scheme as NumberingScheme, ...one };
  }
  const name = typeof kind === 'string' ? numberKindNamed(kind) : undefined;
  return name && one ? { kind: name, ...one } : undefined;
}

/**
 * Rewrites the numbers of the whole text as `conversion` says, with references and printed contents. Each level counts
 * from one; nothing is done if a number could not be read as one afterwards.
 */
export function convertNumbering(analysis: Analysis, conversion: Conversion | undefined): EditOutcome {
  if (!conversion) return { message: NOTHING_CHOSEN };
  const levels = levelsOf(analysis);
  let deepest = 0;
  for (const level of levels.values()) deepest = Math.max(deepest, level);
  if (deepest === 0 || (conversion.level ?? 1) > deepest) return { message: NO_NUMBERS };
  const scheme = conversion.scheme && kindsOf(conversion.scheme, levels);
  const lowest = conversion.level ?? deepest;
  if (scheme && lowest > scheme.length) return { message: tooDeep(lowest, scheme.length) };
  const kindAt = (level: number): NumberKindName | undefined => {
    if (conversion.level !== undefined && level !== conversion.level) return undefined;
    return scheme ? scheme[level - 1] : conversion.kind;
  };
  const entries = restyled(analysis, levels, kindAt);
  const numbers = assignNumbers(entries);
  const changed = new Map<Section, Written>();
  const edits: TextReplacement[] = [];
  for (const { section, style } of entries) {
    const number = numbers.get(section) as NewNumber;
    if (number.text === section.marker.text) continue;
    const written = { text: number.text, ...(style && { gap: gapFor(analysis, section, style, number) }) };
    edits.push(markerEdit(analysis, section, written.text, style && { gap: written.gap ?? '' }));
    changed.set(section, written);
  }
  if (edits.length === 0) return { message: SO_ALREADY, unchanged: true };
  const kinds = new Map<Section, NewKind>();
  for (const { section, style } of entries) {
    const { path } = numbers.get(section) as NewNumber;
    if (levels.has(section)) kinds.set(section, { family: (style?.marker ?? section.marker).family, path });
  }
  for (const edit of convertedReferences(analysis, kinds, (section) => schemeParent(section, levels))) edits.push(edit);
  for (const edit of contentsEdits(analysis, changed)) edits.push(edit);
  edits.sort((a, b) => a.start - b.start);
  const after = analyse(applyEdits(analysis.text, edits), analysis.kind);
  const misread = firstMisread(analysis, after, entries, numbers);
  if (misread) return { message: unreadable(misread) };
  const uncertain = uncertainAfterConversion(analysis, TextEdits.of(edits), after);
  return { edits, ...(uncertain.length > 0 && { uncertain }) };
}

/**
 * The kind of number for each level. A law whose top sections have no subsections with headings has articles and no
 * chapters.
 */
function kindsOf(scheme: NumberingScheme, levels: ReadonlyMap<Section, number>): readonly NumberKindName[] {
  const kinds = NUMBERING_SCHEMES[scheme];
  if (scheme !== 'legislation') return kinds;
  const highest = [...levels].filter(([, level]) => level === 1).map(([section]) => section);
  const chapters = highest.filter(
    ({ kind, children }) => kind === 'heading' && children.some((child) => levels.has(child)),
  );
  return chapters.length * 2 > highest.length ? kinds : kinds.slice(1);
}

/** The level of each section in the scheme of the text: the number of numbered sections above it, plus one. */
function levelsOf({ headings }: Analysis): Map<Section, number> {
  const levels = new Map<Section, number>();
  for (const section of headings) {
    if (!isNumbered(section) || ENUMERATORS.has(section.marker.family)) continue;
    const above = schemeParent(section, levels);
    levels.set(section, (above ? (levels.get(above) as number) : 0) + 1);
  }
  return levels;
}

function schemeParent({ parent }: Section, levels: ReadonlyMap<Section, number>): Section | undefined {
  let above = parent;
  while (above && !levels.has(above)) above = above.parent;
  return above;
}

/** All entries of the text, those of the levels to convert with their new style. */
function restyled(
  analysis: Analysis,
  levels: ReadonlyMap<Section, number>,
  kindAt: (level: number) => NumberKindName | undefined,
): NumberedEntry[] {
  const write = writerFor(analysis);
  const old = entriesOf(analysis);
  const now = new Map<Section, NumberedEntry>();
  const shared = new Map<unknown, Siblings>();
  const share = (key: unknown, make: () => Siblings): Siblings => {
    const known = shared.get(key) ?? make();
    shared.set(key, known);
    return known;
  };
  /** Articles are numbered throughout each document in the text. */
  let articles: Chain = { kind: 'article', before: 0 };
  for (const section of analysis.headings) {
    if (section.kind === 'title' || section.kind === 'appendix') articles = { kind: 'article', before: 0 };
    const entry = old.get(section);
    if (!entry) continue;
    const level = levels.get(section);
    const name = level === undefined ? undefined : kindAt(level);
    const above = level === undefined ? entry.parent?.section : schemeParent(section, levels);
    const parent = above && now.get(above);
    if (level === undefined || name === undefined || isWritten(entry.section, name, level)) {
      now.set(section, { ...entry, parent });
      continue;
    }
    const style = write(name, level, above?.marker);
    const chain = articles;
    let { siblings } = entry;
    if (name === 'article') siblings = share(siblings, () => ({ chain }));
    else if (name === 'decimal' && level > 1) siblings = share(parent, () => startingAnew(name));
    // Numbers that ran on from section to section still do, but articles and 1.1 1.2 had no choice.
    else if (
      entry.section.marker.family === 'article' ||
      kindOf(entry.section.marker) !== entry.section.marker.family
    ) {
      siblings = share(siblings, () => startingAnew(name));
    }
    now.set(section, { section: entry.section, parent, siblings, style });
  }
  return [...now.values()];
}

const startingAnew = (name: NumberKindName): Siblings => ({ chain: { kind: name, before: 0 } });

/** Whether the numbers of a list are already of the kind `name`; the writer's brackets and punctuation are kept. */
function isWritten({ marker, list }: Numbered, name: NumberKindName, level: number): boolean {
  const kind = NUMBER_KINDS[name];
  const depth = name === 'decimal' ? level : 1;
  const same = (one: Marker) => one.family === kind.family && (name !== 'decimal' || one.path.length === depth);
  return same(marker) && (list as NumberedList).markers.every(same);
}

/** Builds the style of each kind following the habits of the text: half-width brackets, traditional characters. */
function writerFor({
  text,
  lists,
}: Analysis): (name: NumberKindName, level: number, above: Marker | undefined) => Style {
  const half = lists.some(({ markers }) => markers[0]?.shape === '(#)');
  const traditional = scriptOf(text.slice(0, 20_000)).script === 'traditional';
  return (name, level, above) => {
    const kind: NumberKind = NUMBER_KINDS[name];
    const depth = name === 'decimal' ? level : 1;
    const dress = (words: string) => {
      const brackets = half ? words.replace('（', '(').replace('）', ')') : words;
      return traditional ? brackets.replace('编', '編').replace('节', '節').replace('条', '條') : brackets;
    };
    const path = Array.from({ length: depth }, () => 1);
    const sample = name === 'decimal' ? path.join('.') : dress(kind.sample);
    const { family, numeral } = kind;
    const marker: Marker = {
      start: 0,
      end: 0,
      family,
      numeral,
      text: sample,
      value: 1,
      path,
      shape: dress(kind.shape),
    };
    return { marker, above: above?.value, gap: usualGap(family), underAll: name === 'decimal' };
  };
}

/** The separator between the new number and the words: the writer's own is kept if one is needed. */
function gapFor({ text }: Analysis, { marker, titleSpan, title }: Numbered, style: Style, number: NewNumber): string {
  const old = text.slice(marker.end, Math.max(marker.end, titleSpan.start));
  const own = old !== usualGap(marker.family) && /^[ 　]+$/.test(old);
  if (own && style.gap !== '') return old;
  // 1. and 2026年 would merge into one figure.
  if (style.gap === '' && number.text.endsWith('.') && /^[\d０-９]/.test(title)) return ' ';
  return style.gap;
}

/** The first section that would not be parsed with its new number on its level. */
function firstMisread(
  before: Analysis,
  after: Analysis,
  entries: readonly NumberedEntry[],
  numbers: ReadonlyMap<Section, NewNumber>,
): Section | undefined {
  const now = after.headings.filter(({ marker }) => marker);
  const was = before.headings.filter(({ marker }) => marker);
  const texts = new Map<Section, string>(entries.map(({ section }) => [section, numbers.get(section)?.text ?? '']));
  const wrong = was.findIndex((section, index) => {
    const read = now[index];
    const due = texts.get(section) ?? section.marker?.text;
    return !read || read.marker?.text !== due || read.level !== section.level;
  });
  if (wrong >= 0) return was[wrong];
  return now.length > was.length ? was.at(-1) : undefined;
}

function tooDeep(deepest: number, most: number): Message {
  return {
    zh: '文中的序号有{0}级，这种体例只有{1}级，请逐级选择。',
    en: 'The text has {0} levels of numbers, this scheme only {1}; choose level by level.',
    values: [deepest, most],
  };
}

function unreadable({ marker, title }: Section): Message {
  return {
    zh: '换成这种序号后，“{0}”会辨认不清，所以没有改动。可换一种写法，或先理顺它的序号和层级。',
    en: 'Not changed: with these numbers “{0}” would be ambiguous. Choose another style, or fix its number or level first.',
    values: [`${marker?.text ?? ''}${title}`.slice(0, 24)],
  };
}
