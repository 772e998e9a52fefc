/**
 * Moves a section to any other place, as by drag and drop in the outline. Its subsections come along, it takes the
 * level of its new place, and all numbers are updated.
 */

import type { Position } from 'vscode-languageserver-types';
import type { Analysis, Section } from '../structure/analysis';
import { offsetOf } from '../structure/offsetOf';
import { decoratedStart, headingAt, sectionAt } from '../structure/sections';
import { isBlankOrBreak } from '../text/characters';
import type { Message } from '../text/message';
import type { Span } from '../text/span';
import { mapOffset } from '../text/textEdit';
import {
  entriesOf,
  isNumbered,
  kindOf,
  type Numbered,
  type NumberedEntry,
  type Siblings,
  type Style,
  styleOf,
} from './assignNumbers';
import { isArticleOfLaw, isDivision, lowerStyle, restyledUnder } from './childNumberingStyle';
import type { EditOutcome } from './editOutcome';
import { chainsOf, entriesWith, lowerAll, newSiblings, numberEdits, parentIn } from './numberEdits';
import { ARTICLES_STAY, NO_LOWER_LEVEL, NO_SECTION } from './sectionCommands';
import {
  containsSpan,
  descendantsOf,
  hashEdits,
  lineBreakOf,
  rewritten,
  startsIn,
  unitEnd,
  unitSpan,
} from './sectionText';
import { type Plan, validatePlan } from './validatePlan';

/** Destination of a section: beside the target, or under it as its last child. */
export type MovePlace = 'before' | 'after' | 'inside';

/** Arguments of the command besides the place of the section. */
export interface MoveDetails {
  /** A position in the target section; without one the section goes to the end of the text. */
  readonly target?: Position;
  /** Defaults to {@link placeByLevel}. */
  readonly place?: MovePlace;
}

const INTO_ITSELF: Message = {
  zh: '不能把一节移到它自己里面。',
  en: 'A section cannot be moved into itself.',
};
export const NOT_MOVABLE: Message = {
  zh: '标题和附件不能移动，可以移动其中的章节。',
  en: 'A title or an attachment cannot be moved; the sections in it can.',
};
const OTHER_LEVEL: Message = {
  zh: '没有序号的一节只能在同级之间移动。',
  en: 'A section without a number can only be moved on its own level.',
};
const THERE_ALREADY: Message = { zh: '已经在这个位置了。', en: 'The section is already there.' };

/** Moves the section at `offset` to the destination in `details`, which may be anything. */
export function moveSection(analysis: Analysis, offset: number, details: unknown): EditOutcome {
  const section = headingAt(analysis, offset) ?? sectionAt(analysis, offset);
  if (!section) return { message: NO_SECTION };
  if (isTop(section)) return { message: NOT_MOVABLE };
  const wanted = readDetails(analysis, details);
  const target = wanted.target ?? lastMovable(analysis, section);
  if (!target) return { message: THERE_ALREADY };
  if (containsSpan(section.span, target.span)) return { message: target === section ? THERE_ALREADY : INTO_ITSELF };
  const place = wanted.target ? (wanted.place ?? placeByLevel(section, target)) : 'after';
  if (!isTop(target)) return move(analysis, section, target, place);
  const first = analysis.sections[analysis.sections.indexOf(target) + 1];
  if (first === section) return { message: THERE_ALREADY };
  return first && !isTop(first) ? move(analysis, section, first, 'before') : move(analysis, section, target, 'after');
}

/**
 * The meaning of dropping `section` on `target`: on a heading of a higher level, its last child; on one of the same or
 * a lower level, its place, before or after which it moves. Titles and attachments have no level of their own, so a
 * section dropped on them comes right after their head.
 */
function placeByLevel(section: Section, target: Section): MovePlace {
  if (isTop(target)) return 'after';
  if (target.level < section.level) return 'inside';
  return section.span.start < target.span.start ? 'after' : 'before';
}

function readDetails(analysis: Analysis, details: unknown): { target: Section | undefined; place?: MovePlace } {
  const { target, place } = (typeof details === 'object' && details !== null ? details : {}) as Partial<
    Record<keyof MoveDetails, unknown>
  >;
  if (typeof target !== 'object' || target === null) return { target: undefined };
  const offset = offsetOf(analysis, target as Position);
  const section = headingAt(analysis, offset) ?? sectionAt(analysis, offset);
  const known = place === 'before' || place === 'after' || place === 'inside';
  return known ? { target: section, place } : { target: section };
}

/**
 * Whether it is a title or an attachment, which is beside the numbered sections in the outline and contains their text
 * without being above them.
 */
export function isTop({ kind }: Section): boolean {
  return kind === 'title' || kind === 'appendix';
}

/** The last section on the highest level of the part of the text, main text or attachment, that contains `section`. */
function lastMovable({ sections }: Analysis, section: Section): Section | undefined {
  let top = section;
  while (top.parent) top = top.parent;
  let last = top;
  for (let index = sections.indexOf(top); index < sections.length; index++) {
    const one = sections[index] as Section;
    if (isTop(one)) break;
    last = one;
  }
  return last === section ? undefined : last;
}

/** The destination of a section: its siblings there, and its style. */
interface Destination {
  readonly parent: NumberedEntry | undefined;
  readonly siblings: Siblings;
  /** Set if the section's number is to be written in another style than now. */
  readonly style?: Style;
  /** Number of # to add, in Markdown. */
  readonly hashes: number;
}

/** Moves `section` beside or under `target`. */
export function move(analysis: Analysis, section: Section, target: Section, place: MovePlace): EditOutcome {
  const entries = entriesOf(analysis);
  const destination = destinationOf(analysis, entries, section, target, place);
  if ('message' in destination) return destination;
  const changed = changedEntries(analysis, entries, section, target, destination);
  if (!changed) return { message: NO_LOWER_LEVEL };

  const whole = unitSpan(analysis, section);
  const at = placeOf(analysis, target, place);
  const order = orderAfter(entries, changed, whole, at);
  const concerned = [section, ...changed.keys()];
  const chains = chainsOf(entries, concerned);
  for (const chain of chainsOf(changed, concerned)) chains.add(chain);
  const headings = headingsAfter(analysis, whole, at);
  const edits = [
    ...numberEdits(analysis, order, chains, headings),
    ...hashEdits(analysis, section, destination.hashes),
  ];
  const restyled = destination.style !== undefined || destination.hashes !== 0;
  return carry(analysis, section, whole, target, place, { edits, order: headings, restyled });
}

function destinationOf(
  analysis: Analysis,
  entries: ReadonlyMap<Section, NumberedEntry>,
  section: Section,
  target: Section,
  place: MovePlace,
): Destination | { message: Message } {
  const inside = place === 'inside';
  const level = isTop(target) ? 1 : inside ? target.level + 1 : target.level;
  if (!isNumbered(section) && level !== section.level) return { message: OTHER_LEVEL };
  const row = inside ? target.children : target.parent ? target.parent.children : rowOf(analysis, target);
  const model = neighbourIn(row, target, section);
  const parent = numberedAbove(entries, inside ? target : target.parent);
  const hashes = hashesOf(analysis, target) + (inside ? 1 : 0) - hashesOf(analysis, section);
  const sameHashes = isTop(target) || hashesOf(analysis, target) === 0 ? 0 : hashes;
  if (!isNumbered(section)) return { parent, siblings: { chain: { kind: '', before: 0 } }, hashes: sameHashes };
  if (model) {
    const siblings = (entries.get(model) as NumberedEntry).siblings;
    const style = kindOf(model.marker) === kindOf(section.marker) ? undefined : styleOf(analysis, model);
    if (style && (isArticleOfLaw(section) || isArticleOfLaw(model))) return { message: ARTICLES_STAY };
    return { parent, siblings, ...(style && { style }), hashes: sameHashes };
  }
  const above = inside ? target : target.parent;
  if (isArticleOfLaw(section)) {
    // The first article of a chapter continues the numbers of those before it.
    if (!isDivision(above)) return { message: ARTICLES_STAY };
    const { chain } = (entries.get(section) as NumberedEntry).siblings;
    return { parent, siblings: { chain }, hashes: sameHashes };
  }
  const style = isNumbered(above) ? lowerStyle(analysis, styleOf(analysis, above), above) : undefined;
  if (isNumbered(above) && !style) return { message: NO_LOWER_LEVEL };
  const kind = kindOf((style ?? section).marker);
  const restyled = style && kind !== kindOf(section.marker) ? style : undefined;
  return {
    parent,
    siblings: newSiblings(analysis, kind, undefined),
    ...(restyled && { style: restyled }),
    hashes: sameHashes,
  };
}

/** The numbered sibling that `section` will be counted with: the target, or else the nearest one in its row. */
function neighbourIn(row: readonly Section[], target: Section, section: Section): Numbered | undefined {
  if (isNumbered(target) && row.includes(target)) return target;
  const from = row.indexOf(target);
  const usable = (one: Section): one is Numbered => isNumbered(one) && one !== section;
  if (from < 0) return row.findLast(usable);
  return row.slice(from).find(usable) ?? row.slice(0, from).findLast(usable);
}

/** The top-level sections between the same titles or attachments as `target`. */
function rowOf({ sections }: Analysis, target: Section): readonly Section[] {
  const at = sections.indexOf(target);
  let from = at;
  while (from > 0 && !isTop(sections[from] as Section)) from--;
  let to = at + 1;
  while (to < sections.length && !isTop(sections[to] as Section)) to++;
  return sections.slice(from, to);
}

function numberedAbove(
  entries: ReadonlyMap<Section, NumberedEntry>,
  section: Section | undefined,
): NumberedEntry | undefined {
  for (let above = section; above; above = above.parent) {
    const entry = entries.get(above);
    if (entry) return entry;
  }
  return undefined;
}

/** The section and its subsections in their planned state; undefined if a level would be too deep to be numbered. */
function changedEntries(
  analysis: Analysis,
  entries: ReadonlyMap<Section, NumberedEntry>,
  section: Section,
  target: Section,
  { parent, siblings, style }: Destination,
): Map<Section, NumberedEntry> | undefined {
  const changed = new Map<Section, NumberedEntry>();
  if (!isNumbered(section)) return changed;
  changed.set(section, { section, parent, siblings, ...(style && { style }) });
  if (style) {
    const below = restyledUnder(section);
    return lowerAll({ analysis, entries, changed }, section, style, below, target) ? changed : undefined;
  }
  for (const child of descendantsOf(section)) {
    if (!isNumbered(child)) continue;
    const before = entries.get(child) as NumberedEntry;
    changed.set(child, { ...before, parent: parentIn(changed, before) });
  }
  return changed;
}

/** All entries in their planned order, those of `changed` in their planned state. */
function orderAfter(
  entries: ReadonlyMap<Section, NumberedEntry>,
  changed: ReadonlyMap<Section, NumberedEntry>,
  whole: Span,
  at: number,
): NumberedEntry[] {
  const moved: NumberedEntry[] = [];
  const before: NumberedEntry[] = [];
  const after: NumberedEntry[] = [];
  for (const [section, entry] of entriesWith(entries, changed)) {
    if (startsIn(whole, section.span)) moved.push(entry);
    else (section.span.start < at ? before : after).push(entry);
  }
  return [...before, ...moved, ...after];
}

function placeOf(analysis: Analysis, target: Section, place: MovePlace): number {
  return place === 'before' ? decoratedStart(analysis, target) : unitEnd(analysis, target);
}

/** The blanks and breaks before and after `target`. */
function gapsAround(analysis: Analysis, target: Section): [string, string] {
  const span = unitSpan(analysis, target);
  const { start, end } = cutOf(analysis, span);
  return [analysis.text.slice(start, span.start), analysis.text.slice(span.end, end)];
}

/**
 * Moves the text of `whole` to `at`, applying `edits` in it and around it. Of the blanks and breaks around the section
 * the wider gap stays at the old place. At its new place it is separated by the narrowest gap found here or there.
 */
function carry(
  analysis: Analysis,
  section: Section,
  whole: Span,
  target: Section,
  place: MovePlace,
  plan: Omit<Plan, 'caret'>,
): EditOutcome {
  const { text } = analysis;
  const { edits } = plan;
  const before = place === 'before';
  const at = placeOf(analysis, target, place);
  const head = section.marker?.start ?? section.titleSpan.start;
  const cut = cutOf(analysis, whole);
  if (cut.start <= at && at <= cut.end) {
    if (edits.length === 0) return { message: THERE_ALREADY };
    return validatePlan(analysis, { ...plan, caret: mapOffset(edits, head) });
  }
  const above = text.slice(cut.start, whole.start);
  const below = text.slice(whole.end, cut.end);
  // The first or last section of a text has a gap on one side only, and leaves none.
  const left = above === '' || below === '' ? '' : above.length > below.length ? above : below;
  const gaps = [above, below, ...gapsAround(analysis, target)].filter((one) => one !== '');
  const gap = gaps.sort((a, b) => a.length - b.length)[0] ?? lineBreakOf(analysis);

  const inner = edits.filter((edit) => containsSpan(whole, edit));
  const outer = edits.filter((edit) => !containsSpan(whole, edit));
  const moved = rewritten(text, whole, edits);
  const elsewhere = [...outer, { start: cut.start, end: cut.end, newText: left }];
  const lead = before ? '' : gap;
  const insertion = { start: at, end: at, newText: before ? moved + gap : gap + moved };
  const caret = mapOffset(elsewhere, at) + lead.length + mapOffset(inner, head) - whole.start;
  return validatePlan(analysis, { ...plan, edits: [...elsewhere, insertion], caret });
}

/** All sections in order after those in `whole` have moved to `at`. */
function headingsAfter({ headings }: Analysis, whole: Span, at: number): Section[] {
  const moved = headings.filter(({ span }) => startsIn(whole, span));
  const others = headings.filter(({ span }) => !startsIn(whole, span));
  const place = others.findLastIndex(({ span }) => span.start < at) + 1;
  return [...others.slice(0, place), ...moved, ...others.slice(place)];
}

/**
 * The range cut with the text of `whole`: including the blanks and breaks on both sides, but not the next line's
 * indentation.
 */
function cutOf({ text, lines }: Analysis, whole: Span): Span {
  let { start, end } = whole;
  while (start > 0 && isBlankOrBreak(text.charCodeAt(start - 1))) start--;
  while (end < text.length && isBlankOrBreak(text.charCodeAt(end))) end++;
  // The break at the end of the text is kept, and so is the space above its first line.
  if (end >= text.length) return { start, end: whole.end };
  end = Math.max(whole.end, lines.start(lines.lineAt(end)));
  return { start: start === 0 ? whole.start : start, end };
}

function hashesOf(analysis: Analysis, section: Section): number {
  if (analysis.kind !== 'markdown') return 0;
  const start = decoratedStart(analysis, section);
  return /^\s*(#+)/.exec(analysis.text.slice(start, section.span.start))?.[1]?.length ?? 0;
}
