/**
 * Commands on whole sections: insert, promote, demote and delete them with everything under them, and update all
 * numbers.
 */

import type { Analysis, Section } from '../structure/analysis';
import { referencesOf } from '../structure/references';
import { decoratedStart, sectionAt } from '../structure/sections';
import type { Message } from '../text/message';
import type { Span } from '../text/span';
import { mapOffset } from '../text/textEdit';
import {
  assignNumbers,
  entriesOf,
  isNumbered,
  kindOf,
  type NewNumber,
  type Numbered,
  type NumberedEntry,
  styleOf,
} from './assignNumbers';
import { isArticleOfLaw, lowerStyle, restyledUnder } from './childNumberingStyle';
import type { EditOutcome } from './editOutcome';
import { chainsOf, entriesWith, lowerAll, newSiblings, numberEdits, parentIn, sharedSiblings } from './numberEdits';
import { containsSpan, hashEdits, lineBreakOf, removalSpan, startsIn, unitEnd, unitSpan } from './sectionText';
import { validatePlan, WORDS_TO_COME } from './validatePlan';

/** Answer of a command that needs a section if the caret is not in one. */
export const NO_SECTION: Message = { zh: '光标不在任何章节中。', en: 'The caret is not in a section.' };
const NO_NUMBER: Message = {
  zh: '光标所在的章节没有可以重排的序号。',
  en: 'The section at the caret has no number that could be continued.',
};
const TOP_LEVEL: Message = { zh: '已经是最高一级。', en: 'It is already on the highest level.' };
const NO_SIBLING_BEFORE: Message = {
  zh: '前面没有同级的章节，不能降到它的下面。',
  en: 'It has no preceding sibling to move under.',
};
export const ARTICLES_STAY: Message = {
  zh: '“条”是法规的基本单位，不能与章、节互换。',
  en: 'Articles (条) are the units of a law and cannot become chapters, nor chapters articles.',
};
export const NO_LOWER_LEVEL: Message = {
  zh: '没有更低一级的序号可用。',
  en: 'There is no lower level of numbers to use.',
};

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
    ...numberEdits(analysis, kept, chainsOf(entries, [section]), order).filter((edit) => !containsSpan(removed, edit)),
    { start: removed.start, end: removed.end, newText: '' },
  ];
  const outcome = validatePlan(analysis, { edits, caret: mapOffset(edits, removed.start), order });
  const dangling = referencesInto(analysis, removed);
  return 'edits' in outcome && dangling > 0 ? { ...outcome, note: danglingNote(dangling) } : outcome;
}

/** Cuts the section at `offset` out of the text as {@link deleteSection} does, for a text of its own. */
export function extractSection(analysis: Analysis, offset: number): EditOutcome {
  const outcome = deleteSection(analysis, offset);
  const section = sectionAt(analysis, offset);
  if ('message' in outcome || !section) return outcome;
  const { start, end } = unitSpan(analysis, section);
  return { ...outcome, extracted: analysis.text.slice(start, end) + lineBreakOf(analysis) };
}

function danglingNote(count: number): Message {
  return {
    zh: '还有{0}处引用指向已删除的章节，请核对。',
    en: '{0} references still point to what was deleted; please check them.',
    values: [count],
  };
}

/** Adds an empty sibling after the section at `offset`; the numbers after it are updated. */
export function insertSection(analysis: Analysis, offset: number): EditOutcome {
  const { text, lines } = analysis;
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const entries = entriesOf(analysis);
  const order = [...entries.values()];
  const fresh: Numbered = { ...section, children: [] };
  const place = order.findLastIndex((entry) => containsSpan(section.span, entry.section.span)) + 1;
  order.splice(place, 0, { ...(entries.get(section) as NumberedEntry), section: fresh });
  const number = assignNumbers(order).get(fresh) as NewNumber;
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
  // In a flattened text the next heading is on the same line.
  else if (blanks !== '') newText = blanks + words;
  else after = breaks;
  const others = order.filter((entry) => entry.section !== fresh);
  const edits = numberEdits(analysis, others, chainsOf(entries, [section]), undefined, assignNumbers(order));
  const sections = [...analysis.headings];
  const behind = sections.findLastIndex(({ span }) => startsIn(section.span, span)) + 1;
  sections.splice(behind, 0, { ...fresh, title: WORDS_TO_COME });
  return validatePlan(analysis, {
    edits: [...edits, { start: at, end: at, newText: newText + after }],
    caret: mapOffset(edits, at) + newText.length,
    order: sections,
    wordsToCome: true,
  });
}

/** The line breaks that separate `section` from its siblings; a Markdown paragraph ends only at a blank line. */
function breaksBetween(analysis: Analysis, section: Numbered): string {
  const next = siblingOf(analysis, section, 1);
  const previous = siblingOf(analysis, section, -1);
  const lineBreak = lineBreakOf(analysis);
  if (!next && !previous) return analysis.kind === 'markdown' ? lineBreak.repeat(2) : lineBreak;
  const [first, second] = next ? [section, next] : [previous as Numbered, section];
  const gap = analysis.text.slice(unitEnd(analysis, first), decoratedStart(analysis, second));
  const breaks = gap.match(/\r\n|\r|\n/g) ?? [lineBreak];
  return breaks.slice(0, MAX_BREAKS).join('');
}

/** A larger gap than one blank line is not a habit of the text. */
const MAX_BREAKS = 2;

/** Raises the section at `offset` to the level of its parent, after it; its following siblings become its children. */
export function promoteSection(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const { parent } = section;
  if (!isNumbered(parent)) return { message: TOP_LEVEL };
  if (isArticleOfLaw(section)) return { message: ARTICLES_STAY };
  const entries = entriesOf(analysis);
  const above = entries.get(parent) as NumberedEntry;
  const own = entries.get(section) as NumberedEntry;
  const changed = new Map<Section, NumberedEntry>();
  const lifted: NumberedEntry = {
    section,
    parent: above.parent,
    siblings: above.siblings,
    style: styleOf(analysis, parent),
  };
  changed.set(section, lifted);
  // Its children move to its old level, where the following siblings continue their numbers.
  const under = newSiblings(analysis, kindOf(section.marker), own.siblings);
  for (const child of restyledUnder(section)) {
    if (!isNumbered(child)) continue;
    if (!isNumbered(child.parent)) return { message: NO_NUMBER };
    const style = styleOf(analysis, child.parent);
    const before = entries.get(child) as NumberedEntry;
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

/** Moves the section at `offset` under the preceding sibling, as its last child. */
export function demoteSection(analysis: Analysis, offset: number): EditOutcome {
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const previous = siblingOf(analysis, section, -1);
  if (!previous) return { message: NO_SIBLING_BEFORE };
  const entries = entriesOf(analysis);
  const changed = new Map<Section, NumberedEntry>();
  const last = previous.children.findLast(isNumbered);
  const holdsArticles = [previous, section].some((one) => one.children.some(isArticleOfLaw));
  if (holdsArticles && (!last || isArticleOfLaw(last))) return { message: ARTICLES_STAY };
  const style = last ? styleOf(analysis, last) : lowerStyle(analysis, styleOf(analysis, previous), previous);
  if (!style) return { message: NO_LOWER_LEVEL };
  const siblings = last
    ? (entries.get(last) as NumberedEntry).siblings
    : newSiblings(analysis, kindOf(style.marker), undefined);
  changed.set(section, { section, parent: entries.get(previous), siblings, style });
  const below = restyledUnder(section);
  if (!lowerAll({ analysis, entries, changed }, section, style, below, previous)) return { message: NO_LOWER_LEVEL };
  return restyle(analysis, entries, changed, section, offset, 1);
}

export function refusal(section: Section | undefined): EditOutcome {
  return { message: section ? NO_NUMBER : NO_SECTION };
}

/** The innermost numbered section at `offset`, or the innermost of all if none has a number. */
export function numberedAt(analysis: Analysis, offset: number): Section | undefined {
  const innermost = sectionAt(analysis, offset);
  for (let section = innermost; section; section = section.parent) if (isNumbered(section)) return section;
  return innermost;
}

export function around({ sections }: Analysis, { parent }: Section): readonly Section[] {
  return parent ? parent.children : sections;
}

export function siblingOf(analysis: Analysis, section: Numbered, step: 1 | -1): Numbered | undefined {
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

/** Writes `changed` sections in their new styles, in place. */
function restyle(
  analysis: Analysis,
  entries: ReadonlyMap<Section, NumberedEntry>,
  changed: ReadonlyMap<Section, NumberedEntry>,
  section: Numbered,
  offset: number,
  hashes: number,
): EditOutcome {
  const all = entriesWith(entries, changed);
  const chains = chainsOf(all, [section, ...(section.parent ? [section.parent] : [])]);
  const edits = [...numberEdits(analysis, [...all.values()], chains), ...hashEdits(analysis, section, hashes)];
  return validatePlan(analysis, { edits, caret: mapOffset(edits, offset), order: analysis.headings, restyled: true });
}

/** Number of references from outside that certainly mean a section within `span`. */
function referencesInto(analysis: Analysis, span: Span): number {
  const inside = ({ start, end }: Span) => span.start <= start && end <= span.end;
  return referencesOf(analysis).filter(
    (reference) => reference.own && !inside(reference) && reference.target && inside(reference.target.span),
  ).length;
}
