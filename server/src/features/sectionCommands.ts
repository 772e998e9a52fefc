/** Sections as units: moved, promoted, demoted and deleted with everything under them, and all numbers made to follow. */
import { applyEdits, EditComposer } from '../rules/fixes';
import { type LintConfiguration, type LintResult, lint } from '../rules/lint';
import type { TextReplacement } from '../rules/rule';
import { analyse } from '../structure/analyse';
import type {
  Analysis,
  Marker,
  MarkerFamily,
  NumberedList,
  NumberingBreak,
  Section,
  Span,
} from '../structure/analysis';
import { ownEnd } from '../structure/closing';
import { isBlankOrBreak } from '../text/characters';
import type { Message } from '../text/message';
import { contentsEdits, type Written } from './contents';
import type { EditOutcome } from './editOutcome';
import { referenceEdits } from './following';
import {
  type Chain,
  type Entry,
  entriesOf,
  isNumbered,
  kindOf,
  markerEdit,
  type NewNumber,
  type Numbered,
  numberAnew,
  type Siblings,
  type Style,
  styleOf,
} from './numberAnew';
import { referencesInto } from './references';
import { decoratedStart, sectionAt } from './sections';

/** The answer of a command that needs a section where the caret is in none. */
export const NO_SECTION: Message = { zh: '光标不在任何章节中。', en: 'The caret is not in a section.' };
export const NO_NUMBER: Message = {
  zh: '光标所在的章节没有可以重排的序号。',
  en: 'The section at the caret has no number that could follow.',
};
const FIRST: Message = { zh: '已经是本组的第一节。', en: 'It is the first of its list already.' };
const LAST: Message = { zh: '已经是本组的最后一节。', en: 'It is the last of its list already.' };
const TOP_LEVEL: Message = { zh: '已经是最高一级。', en: 'It is on the highest level already.' };
const NO_SIBLING_BEFORE: Message = {
  zh: '前面没有同级的章节，不能降到它的下面。',
  en: 'No sibling stands before it, under which it could go.',
};
const ARTICLES_STAY: Message = {
  zh: '“条”是法规的基本单位，不能与章、节互换。',
  en: 'Articles (条) are the units of a law and cannot become chapters, nor chapters articles.',
};
export const NO_LOWER_LEVEL: Message = {
  zh: '没有更低一级的序号可用。',
  en: 'There is no lower level of numbers to use.',
};
const UNCLEAR: Message = {
  zh: '这样改动之后，序号会变得无法辨认，所以没有改动。请先改正原有的序号问题。',
  en: 'After this change the numbers could not be read with certainty, so nothing was done. Please mend the numbering first.',
};

/** Swaps the section at `offset` with the sibling before it. */
export function moveSectionUp(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const previous = siblingOf(analysis, section, -1);
  return previous ? swap(analysis, previous, section, section, offset) : { message: FIRST };
}

/** Swaps the section at `offset` with the sibling after it. */
export function moveSectionDown(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const next = siblingOf(analysis, section, 1);
  return next ? swap(analysis, section, next, section, offset) : { message: LAST };
}

/** Deletes the section at `offset` with everything under it. */
export function deleteSection(analysis: Analysis, offset: number): EditOutcome {
  const section = sectionAt(analysis, offset);
  if (!section || section.kind === 'title') return { message: NO_SECTION };
  const whole = { start: section.span.start, end: unitEnd(analysis, section) };
  const removed = removalSpan(analysis, section, whole.end);
  const entries = entriesOf(analysis);
  const stays = ({ span }: Section) => !startsIn(whole, span);
  const kept = [...entries.values()].filter((entry) => stays(entry.section));
  const order = analysis.headings.filter(stays);
  const edits = [
    ...numberEdits(analysis, kept, chainsOf(entries, [section]), order).filter((edit) => !holds(removed, edit)),
    { start: removed.start, end: removed.end, newText: '' },
  ];
  const outcome = settle(analysis, { edits, caret: mapped(edits, removed.start), order });
  const dangling = referencesInto(analysis, removed);
  return 'edits' in outcome && dangling > 0 ? { ...outcome, note: danglingNote(dangling) } : outcome;
}

/** Takes the section at `offset` out of the text as {@link deleteSection} does, to stand in a text of its own. */
export function extractSection(analysis: Analysis, offset: number): EditOutcome {
  const outcome = deleteSection(analysis, offset);
  const section = sectionAt(analysis, offset);
  if ('message' in outcome || !section) return outcome;
  const extracted = analysis.text.slice(decoratedStart(analysis, section), unitEnd(analysis, section));
  return { ...outcome, extracted: extracted + lineBreakOf(analysis) };
}

function danglingNote(count: number): Message {
  return {
    zh: '还有{0}处引用指向已删除的章节，请核对。',
    en: '{0} references still point to what was deleted; please check them.',
    values: [count],
  };
}

/** Adds a sibling without words after the section at `offset`; the numbers behind it make room. */
export function insertSection(analysis: Analysis, offset: number): EditOutcome {
  const { text, lines } = analysis;
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const entries = entriesOf(analysis);
  const order = [...entries.values()];
  const fresh: Numbered = { ...section, children: [] };
  const place = order.findLastIndex((entry) => holds(section.span, entry.section.span)) + 1;
  order.splice(place, 0, { ...(entries.get(section) as Entry), section: fresh });
  const number = numberAnew(order).get(fresh) as NewNumber;
  const start = decoratedStart(analysis, section);
  const lead = start === section.span.start ? '' : text.slice(start, section.span.start).replaceAll('*', '');
  const own = unitEnd(analysis, section);
  const end = lines.end(lines.lineAt(own));
  const blanks = /^[\s　]*/.exec(text.slice(own, end))?.[0] ?? '';
  const words = lead + number.text + styleOf(analysis, section).gap;
  const breaks = breaksBetween(analysis, section);
  let at = own;
  let newText = breaks + words;
  let after = '';
  if (own + blanks.length === end) at = end;
  // In a flattened text the next heading stands in the same line.
  else if (blanks !== '') newText = blanks + words;
  else after = breaks;
  const others = order.filter((entry) => entry.section !== fresh);
  const edits = numberEdits(analysis, others, chainsOf(entries, [section]), undefined, numberAnew(order));
  const sections = [...analysis.headings];
  const behind = sections.findLastIndex(({ span }) => startsIn(section.span, span)) + 1;
  sections.splice(behind, 0, { ...fresh, title: WORDS_TO_COME });
  return settle(analysis, {
    edits: [...edits, { start: at, end: at, newText: newText + after }],
    caret: mapped(edits, at) + newText.length,
    order: sections,
    wordsToCome: true,
  });
}

/** The line breaks that set `section` off from its siblings; a Markdown paragraph ends at a blank line only. */
function breaksBetween(analysis: Analysis, section: Numbered): string {
  const next = siblingOf(analysis, section, 1);
  const previous = siblingOf(analysis, section, -1);
  const lineBreak = lineBreakOf(analysis);
  if (!next && !previous) return analysis.kind === 'markdown' ? lineBreak.repeat(2) : lineBreak;
  const [first, second] = next ? [section, next] : [previous as Numbered, section];
  const gap = analysis.text.slice(unitEnd(analysis, first), decoratedStart(analysis, second));
  const breaks = gap.match(/\r\n|\r|\n/g) ?? [lineBreak];
  return breaks.slice(0, MOST_BREAKS).join('');
}

/** A larger gap than one blank line is no habit. */
const MOST_BREAKS = 2;

/** Stands in for the title that will be typed, while it is made sure that a new section is read as one. */
const WORDS_TO_COME = '待写';

/** Lifts the section at `offset` to the level of its parent, after it; the siblings behind it come under it. */
export function promoteSection(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const { parent } = section;
  if (!isNumbered(parent)) return { message: TOP_LEVEL };
  if (isArticleOfLaw(section)) return { message: ARTICLES_STAY };
  const entries = entriesOf(analysis);
  const above = entries.get(parent) as Entry;
  const own = entries.get(section) as Entry;
  const changed = new Map<Section, Entry>();
  const lifted: Entry = { section, parent: above.parent, siblings: above.siblings, style: styleOf(analysis, parent) };
  changed.set(section, lifted);
  // Its children come to stand on its old level, where the siblings behind it go on from them.
  const under = newSiblings(analysis, kindOf(section.marker), own.siblings);
  for (const child of restyledUnder(section)) {
    if (!isNumbered(child)) continue;
    if (!isNumbered(child.parent)) return { message: NO_NUMBER };
    const style = styleOf(analysis, child.parent);
    const before = entries.get(child) as Entry;
    const siblings =
      child.parent === section
        ? under
        : sharedSiblings(changed, entries, before, () => newSiblings(analysis, kindOf(style.marker), undefined));
    changed.set(child, { section: child, parent: parentIn(changed, before), siblings, style });
  }
  for (const sibling of siblingsAfter(analysis, section)) {
    changed.set(sibling, { section: sibling, parent: lifted, siblings: under });
  }
  return restyle(analysis, entries, changed, section, offset, -1);
}

/** Puts the section at `offset` under the sibling before it, as its last child. */
export function demoteSection(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const previous = siblingOf(analysis, section, -1);
  if (!previous) return { message: NO_SIBLING_BEFORE };
  const entries = entriesOf(analysis);
  const changed = new Map<Section, Entry>();
  const last = previous.children.findLast(isNumbered);
  const holdsArticles = [previous, section].some((one) => one.children.some(isArticleOfLaw));
  if (holdsArticles && (!last || isArticleOfLaw(last))) return { message: ARTICLES_STAY };
  let style = last ? styleOf(analysis, last) : lowerStyle(analysis, styleOf(analysis, previous), previous);
  if (!style) return { message: NO_LOWER_LEVEL };
  const siblings = last
    ? (entries.get(last) as Entry).siblings
    : newSiblings(analysis, kindOf(style.marker), undefined);
  changed.set(section, { section, parent: entries.get(previous), siblings, style });
  /** The style of each level below, counted from the section. */
  const styles = [style];
  for (const child of restyledUnder(section)) {
    if (!isNumbered(child)) continue;
    const depth = child.level - section.level;
    for (let level = styles.length; level <= depth; level++) {
      style = lowerStyle(analysis, styles[level - 1] as Style, previous);
      if (!style) return { message: NO_LOWER_LEVEL };
      styles.push(style);
    }
    const own = styles[depth] as Style;
    const before = entries.get(child) as Entry;
    const shared = sharedSiblings(changed, entries, before, () => newSiblings(analysis, kindOf(own.marker), undefined));
    changed.set(child, { section: child, parent: parentIn(changed, before), siblings: shared, style: own });
  }
  return restyle(analysis, entries, changed, section, offset, 1);
}

/** The chains in which `sections` count. */
export function chainsOf(entries: ReadonlyMap<Section, Entry>, sections: readonly Section[]): Set<Chain> {
  const chains = new Set<Chain>();
  for (const section of sections) {
    const entry = entries.get(section);
    if (entry) chains.add(entry.siblings.chain);
  }
  return chains;
}

function refusal(section: Section | undefined): EditOutcome {
  return { message: section ? NO_NUMBER : NO_SECTION };
}

/** The innermost section at `offset` that has a number, or the innermost of all where none has. */
function numberedAt(analysis: Analysis, offset: number): Section | undefined {
  const innermost = sectionAt(analysis, offset);
  for (let section = innermost; section; section = section.parent) if (isNumbered(section)) return section;
  return innermost;
}

function around({ sections }: Analysis, { parent }: Section): readonly Section[] {
  return parent ? parent.children : sections;
}

function siblingOf(analysis: Analysis, section: Numbered, step: 1 | -1): Numbered | undefined {
  const all = around(analysis, section);
  const sibling = all[all.indexOf(section) + step];
  return isNumbered(sibling) && sibling.list === section.list ? sibling : undefined;
}

function siblingsAfter(analysis: Analysis, section: Numbered): Numbered[] {
  const all = around(analysis, section);
  return all
    .slice(all.indexOf(section) + 1)
    .filter((sibling): sibling is Numbered => isNumbered(sibling) && sibling.list === section.list);
}

export function* descendantsOf(section: Section): Generator<Section> {
  for (const child of section.children) {
    yield child;
    yield* descendantsOf(child);
  }
}

const DIVISIONS: ReadonlySet<MarkerFamily> = new Set(['volume', 'part', 'chapter', 'division']);

/** True for an article that stands under a chapter or the like: its number runs on, whatever it stands under. */
export function isArticleOfLaw({ marker, parent }: Section): boolean {
  return marker?.family === 'article' && parent?.marker !== undefined && DIVISIONS.has(parent.marker.family);
}

/** The sections under `section` that change their level with it: articles and what is under them keep theirs. */
function* restyledUnder(section: Section): Generator<Section> {
  for (const child of section.children) {
    if (isArticleOfLaw(child)) continue;
    yield child;
    yield* restyledUnder(child);
  }
}

export function startsIn(outer: Span, { start }: Span): boolean {
  return outer.start <= start && start < outer.end;
}

export function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Siblings that start anew, or go on from others of their kind where that is the habit of the text. */
export function newSiblings(analysis: Analysis, kind: string, like: Siblings | undefined): Siblings {
  const running = analysis.lists.find((list) => list.running && kindOf(list.markers[0] as Marker) === kind);
  if (!running) return { chain: { kind, before: 0 } };
  if (like) return { chain: like.chain };
  for (const entry of entriesOf(analysis).values()) {
    if (entry.section.list === running) return { chain: entry.siblings.chain };
  }
  return { chain: { kind, before: 0 } };
}

/** The new siblings of a section whose old siblings may have some already. */
export function sharedSiblings(
  changed: ReadonlyMap<Section, Entry>,
  entries: ReadonlyMap<Section, Entry>,
  entry: Entry,
  make: () => Siblings,
): Siblings {
  for (const [section, other] of changed) if (entries.get(section)?.siblings === entry.siblings) return other.siblings;
  return make();
}

export function parentIn(changed: ReadonlyMap<Section, Entry>, { parent }: Entry): Entry | undefined {
  return parent && (changed.get(parent.section) ?? parent);
}

/** What GB/T 9704 puts under each kind of number, where the text itself has no example. */
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
const DEEPEST_DECIMAL = 4;
/** Markdown knows no deeper heading. */
const MOST_HASHES = 6;

/**
 * How the level under `style` is written: as under `near`, as elsewhere in the text, or as the standard has it. The list
 * `but` is no example.
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
  if (marker.family === 'decimal' && marker.numeral === 'arabic' && marker.path.length < DEEPEST_DECIMAL) {
    const path = [...marker.path, 1];
    const deeper = { ...marker, start: 0, end: 0, text: path.join('.'), value: 1, path };
    return { marker: deeper, above: marker.value, gap: gap || '　' };
  }
  const lower = LOWER[marker.family];
  if (!lower) return undefined;
  // A text in half-width brackets stays in them.
  const half = analysis.lists.some(({ markers }) => markers[0]?.shape === '(#)');
  const shape = half ? lower.shape.replace('（#）', '(#)') : lower.shape;
  const numeral = lower.numeral === 'chinese' ? '一' : lower.numeral === 'circled' ? '①' : '1';
  const text = shape.replace('#', numeral);
  return { marker: { ...lower, shape, start: 0, end: 0, text, value: 1, path: [1] }, above: undefined, gap: '' };
}

/**
 * Where the text of a section ends. The closing of a speech stays where it is; an attachment holds all sections up to the
 * next one.
 */
export function unitEnd(analysis: Analysis, section: Section): number {
  if (section.kind !== 'appendix') return ownEnd(analysis, section);
  const { headings, blocks, lines, text } = analysis;
  const next = headings
    .slice(headings.indexOf(section) + 1)
    .find(({ kind }) => kind === 'appendix' || kind === 'title');
  const last = blocks.at(-1);
  let end = text.length;
  if (next) end = decoratedStart(analysis, next);
  else if (last?.kind === 'furniture' && lines.start(last.firstLine) > section.titleSpan.end)
    end = lines.start(last.firstLine);
  while (end > section.titleSpan.end && isBlankOrBreak(text.charCodeAt(end - 1))) end--;
  return Math.max(end, section.span.end);
}

/** What is taken out with a section: its text, and the blanks and breaks that set it off from what follows. */
function removalSpan(analysis: Analysis, section: Section, textEnd: number): Span {
  const { text, lines } = analysis;
  let start = decoratedStart(analysis, section);
  let end = textEnd;
  while (end < text.length && isBlankOrBreak(text.charCodeAt(end))) end++;
  if (end >= text.length) {
    // The last one: what ended its text now ends the text before it.
    end = textEnd;
    while (start > 0 && isBlankOrBreak(text.charCodeAt(start - 1))) start--;
    return { start, end };
  }
  // The next line keeps its indentation; in a flattened text the next words only lose the blanks before them.
  const next = lines.start(lines.lineAt(end));
  return { start, end: Math.max(textEnd, next) };
}

/** The break between the lines of this text. */
export function lineBreakOf({ text, lines }: Analysis): string {
  return lines.count > 1 ? text.slice(lines.end(0), lines.start(1)) : '\n';
}

/**
 * The replacements that give `entries`, in their order to be, their new numbers: those of `chains`, of sections written in
 * another style, and of all that count together with one whose number is another one than before. Numbers that were wrong
 * elsewhere stay. References and the table of contents go along; `order` are the sections there are afterwards, where they
 * are others or stand in another order.
 */
export function numberEdits(
  analysis: Analysis,
  entries: readonly Entry[],
  chains: ReadonlySet<Chain>,
  order?: readonly Section[],
  numbers = numberAnew(entries),
): TextReplacement[] {
  const right = numberAnew(entriesOf(analysis).values());
  const touched = new Set(chains);
  for (const { section, style, siblings } of entries) {
    const moved = numbers.get(section)?.path.join() !== right.get(section)?.path.join();
    if (style || moved) touched.add(siblings.chain);
  }
  const edits: TextReplacement[] = [];
  const changed = new Map<Section, NewNumber>();
  const written = new Map<Section, Written>();
  for (const { section, style, siblings } of entries) {
    if (!touched.has(siblings.chain)) continue;
    const number = numbers.get(section) as NewNumber;
    if (style || number.text !== section.marker.text) {
      edits.push(markerEdit(analysis, section, number.text, style));
      written.set(section, { text: number.text, ...(style && { gap: style.gap }) });
      // Where a section is called otherwise now, the references to it cannot simply take another figure.
      if (!style) changed.set(section, number);
    }
  }
  if (changed.size > 0) edits.push(...referenceEdits(analysis, changed));
  if (written.size > 0 || order) edits.push(...contentsEdits(analysis, written, order));
  return edits;
}

/** The edit that makes `first` and `second`, neighbours in one list, change places. */
function swap(analysis: Analysis, first: Numbered, second: Numbered, moved: Numbered, offset: number): EditOutcome {
  const { text } = analysis;
  const before = entriesOf(analysis);
  const entries = [...before.values()];
  const inside = (section: Section) => entries.filter((entry) => holds(section.span, entry.section.span));
  const at = entries.findIndex(({ section }) => section === first);
  const upper = inside(first);
  const lower = inside(second);
  entries.splice(at, upper.length + lower.length, ...lower, ...upper);
  const sectionsIn = ({ span }: Section) => analysis.headings.filter((one) => startsIn(span, one.span));
  const order = [...analysis.headings];
  const swapped = [...sectionsIn(second), ...sectionsIn(first)];
  order.splice(order.indexOf(first), swapped.length, ...swapped);
  const edits = numberEdits(analysis, entries, chainsOf(before, [first]), order);

  const upperSpan = { start: decoratedStart(analysis, first), end: unitEnd(analysis, first) };
  const lowerSpan = { start: decoratedStart(analysis, second), end: unitEnd(analysis, second) };
  const within = (span: Span) => edits.filter((edit) => holds(span, edit));
  const rewritten = (span: Span) =>
    applyEdits(
      text.slice(span.start, span.end),
      within(span).map((edit) => ({ ...edit, start: edit.start - span.start, end: edit.end - span.start })),
    );
  const upperText = rewritten(upperSpan);
  const lowerText = rewritten(lowerSpan);
  const gap = text.slice(upperSpan.end, lowerSpan.start);
  const whole = { start: upperSpan.start, end: lowerSpan.end };
  const outside = edits.filter((edit) => !holds(whole, edit));
  const newStart = mapped(outside, whole.start);
  const movedSpan = moved === first ? upperSpan : lowerSpan;
  const inner = clamp(offset, movedSpan.start, movedSpan.end);
  const place = mapped(within(movedSpan), inner) - movedSpan.start;
  const caret = newStart + place + (moved === first ? lowerText.length + gap.length : 0);
  return settle(analysis, { edits: [...outside, { ...whole, newText: lowerText + gap + upperText }], caret, order });
}

/** Writes `changed` sections in their new styles, in their old places. */
function restyle(
  analysis: Analysis,
  entries: ReadonlyMap<Section, Entry>,
  changed: ReadonlyMap<Section, Entry>,
  section: Numbered,
  offset: number,
  hashes: number,
): EditOutcome {
  // Sections below a changed one hang on its new entry.
  const all: Entry[] = [];
  const latest = new Map<Section, Entry>(changed);
  for (const [key, entry] of entries) {
    const parent = entry.parent && latest.get(entry.parent.section);
    const now = changed.get(key) ?? (parent && parent !== entry.parent ? { ...entry, parent } : entry);
    latest.set(key, now);
    all.push(now);
  }
  const chains = chainsOf(latest, [section, ...(section.parent ? [section.parent] : [])]);
  const edits = [...numberEdits(analysis, all, chains), ...hashEdits(analysis, section, hashes)];
  return settle(analysis, { edits, caret: mapped(edits, offset), order: analysis.headings, restyled: true });
}

/** `step` more (or, negative, fewer) # before each Markdown heading of `section`. */
export function hashEdits(analysis: Analysis, section: Section, step: number): TextReplacement[] {
  if (analysis.kind !== 'markdown') return [];
  const edits: TextReplacement[] = [];
  for (const one of [section, ...descendantsOf(section)]) {
    const start = decoratedStart(analysis, one);
    const hashes = /^\s*(#+)/.exec(analysis.text.slice(start, one.span.start));
    if (!hashes) continue;
    const end = start + hashes[0].length;
    const length = (hashes[1] as string).length;
    const wanted = clamp(length + step, 1, MOST_HASHES);
    if (wanted > length) edits.push({ start: end, end, newText: '#'.repeat(wanted - length) });
    if (wanted < length) edits.push({ start: end - (length - wanted), end, newText: '' });
  }
  return edits;
}

/** Where `offset` stands after `edits`; inside a replacement, at its end at the latest. */
export function mapped(edits: readonly TextReplacement[], offset: number): number {
  let shift = 0;
  for (const { start, end, newText } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start >= offset) break;
    if (end > offset) return start + shift + Math.min(newText.length, offset - start);
    shift += newText.length - (end - start);
  }
  return offset + shift;
}

function clamp(offset: number, least: number, most: number): number {
  return Math.max(least, Math.min(offset, most));
}

/** What a command means to do. */
export interface Plan {
  readonly edits: readonly TextReplacement[];
  /** An offset in the text after the edits. */
  readonly caret: number;
  /** The sections that there are afterwards, in order. */
  readonly order: readonly Pick<Section, 'title'>[];
  /** True where sections are written in other styles than before. */
  readonly restyled?: boolean;
  /** True where a title is still to be written at the caret. */
  readonly wordsToCome?: boolean;
}

/**
 * Adds to the edits of a plan what must follow from them: counts that were right before (三个方面 → 四个方面), the full
 * stop of a heading whose new siblings have none. Then makes sure that the text reads as it was meant to: the same
 * sections in the order wanted, and no number wrong that was right before.
 */
export function settle(analysis: Analysis, { edits, caret, order, restyled, wordsToCome }: Plan): EditOutcome {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const composer = new EditComposer(analysis.text.length);
  composer.add(ordered);
  let result = analyse(applyEdits(analysis.text, ordered), analysis.kind, analysis);
  let place = caret;
  const change = (more: readonly TextReplacement[]): void => {
    if (more.length === 0) return;
    composer.add(more);
    result = analyse(applyEdits(result.text, more), analysis.kind, result);
    place = mapped(more, place);
  };
  if (wordsToCome) change([{ start: place, end: place, newText: WORDS_TO_COME }]);
  change(followingEdits(analysis, ordered, result, restyled ? RESTYLED : MOVED));
  if (!readsAs(result, order) || breaksNumbers(analysis, result)) return { message: UNCLEAR };
  if (wordsToCome) composer.add([{ start: place, end: place + WORDS_TO_COME.length, newText: '' }]);
  return { edits: composer.edits(), caret: place };
}

/** True where `analysis` has the sections of `order`. Numbers in their titles may be those of references, which change. */
function readsAs({ headings }: Analysis, order: Plan['order']): boolean {
  const bare = (section: Pick<Section, 'title'> | undefined) =>
    section?.title.replace(/[一二三四五六七八九十百零〇两\d]+/g, '');
  return headings.length === order.length && headings.every((section, index) => bare(section) === bare(order[index]));
}

/** Rules that may find what the writer wants: a section left without words, a habit of writing that has lost its majority. */
const INTENDED: ReadonlySet<string> = new Set(['heading.empty', 'numbering.marker-punctuation']);

/** True where a break in the sequence is new, or more is wrong with numbers and headings than before. */
function breaksNumbers(before: Analysis, after: Analysis): boolean {
  const count = (analysis: Analysis, kind: NumberingBreak['kind']) =>
    analysis.lists.reduce((sum, { breaks }) => sum + breaks.filter((broken) => broken.kind === kind).length, 0);
  const kinds = ['gap', 'duplicate', 'order', 'first'] as const;
  const defects = (analysis: Analysis) => findingsOf(analysis).filter(({ rule }) => !INTENDED.has(rule.id)).length;
  return kinds.some((kind) => count(after, kind) > count(before, kind)) || defects(after) > defects(before);
}

/** Rules whose findings, where a command causes them, are mended along with it. */
const MOVED: ReadonlySet<string> = new Set(['numbering.count']);
const RESTYLED: ReadonlySet<string> = new Set([
  'numbering.count',
  'numbering.marker-punctuation',
  'numbering.marker-style',
  'heading.end-punctuation',
]);

/** The fixes by `rules` for what is wrong in `after` and was right in `before`, from which `edits` led to it. */
function followingEdits(
  before: Analysis,
  edits: readonly TextReplacement[],
  after: Analysis,
  rules: ReadonlySet<string>,
): TextReplacement[] {
  const known = new Set(findingsOf(before).map(({ rule, start }) => `${rule.id} ${mapped(edits, start)}`));
  const taken: TextReplacement[] = [];
  for (const { rule, start, fixes } of findingsOf(after)) {
    if (!rules.has(rule.id) || known.has(`${rule.id} ${start}`)) continue;
    const fix = fixes?.find(({ preferred }) => preferred) ?? fixes?.[0];
    const end = taken.at(-1)?.end ?? 0;
    if (fix?.edits.every((edit) => edit.start >= end)) taken.push(...fix.edits);
  }
  return taken;
}

const findings = new WeakMap<Analysis, readonly LintResult[]>();

/** The groups of rules that have nothing to do with numbers and headings. */
const OTHER_GROUPS = ['reference', 'placeholder', 'punctuation', 'numeral', 'document', 'slogan', 'text'];
const NUMBERS_ONLY: LintConfiguration = { rules: Object.fromEntries(OTHER_GROUPS.map((group) => [group, 'off'])) };

/** What the rules find wrong with the numbers and headings of `analysis`. */
function findingsOf(analysis: Analysis): readonly LintResult[] {
  let results = findings.get(analysis);
  if (!results) {
    results = lint(analysis, NUMBERS_ONLY);
    findings.set(analysis, results);
  }
  return results;
}
