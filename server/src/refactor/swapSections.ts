/** Swaps a section with its neighbour. */

import type { Analysis, Section } from '../structure/analysis';
import { sectionAt } from '../structure/sections';
import type { Message } from '../text/message';
import { mapOffset } from '../text/textEdit';
import { entriesOf, isNumbered, type Numbered } from './assignNumbers';
import { isArticleOfLaw, isDivision } from './childNumberingStyle';
import type { EditOutcome } from './editOutcome';
import { isTop, type MovePlace, move, NOT_MOVABLE } from './moveSection';
import { chainsOf, numberEdits } from './numberEdits';
import { around, numberedAt, refusal, siblingOf } from './sectionCommands';
import { clamp, containsSpan, rewritten, startsIn, unitSpan } from './sectionText';
import { validatePlan } from './validatePlan';

const FIRST: Message = { zh: '已经是本组的第一节。', en: 'It is already the first of its list.' };
const LAST: Message = { zh: '已经是本组的最后一节。', en: 'It is already the last of its list.' };

/** Swaps the section at `offset` with the sibling before it. */
export function moveSectionUp(analysis: Analysis, offset: number): EditOutcome {
  return moveBy(analysis, offset, -1);
}

/** Swaps the section at `offset` with the sibling after it. */
export function moveSectionDown(analysis: Analysis, offset: number): EditOutcome {
  return moveBy(analysis, offset, 1);
}

function moveBy(analysis: Analysis, offset: number, step: 1 | -1): EditOutcome {
  const innermost = sectionAt(analysis, offset);
  if (innermost && !innermost.marker) return moveUnnumbered(analysis, innermost, step);
  const section = numberedAt(analysis, offset);
  if (!isNumbered(section)) return refusal(section);
  const sibling = siblingOf(analysis, section, step);
  if (!sibling) {
    const over = placeOverBorder(analysis, section, step);
    if (over) return move(analysis, section, over.target, over.place);
    return { message: step < 0 ? FIRST : LAST };
  }
  return step < 0
    ? swap(analysis, sibling, section, section, offset)
    : swap(analysis, section, sibling, section, offset);
}

/**
 * Destination of the first or last article of a chapter (章, 节) when it moves on up or down: the end of the division
 * before, or the beginning of the one after. The headings of both stay in place. Undefined if there is no such
 * division.
 */
function placeOverBorder(
  analysis: Analysis,
  section: Numbered,
  step: 1 | -1,
): { readonly target: Section; readonly place: MovePlace } | undefined {
  const { parent } = section;
  if (!parent || !isArticleOfLaw(section)) return undefined;
  const articles = parent.children.filter(isArticleOfLaw);
  if (articles.at(step < 0 ? 0 : -1) !== section) return undefined;
  const { headings } = analysis;
  for (let index = headings.indexOf(section) + step; index >= 0 && index < headings.length; index += step) {
    const heading = headings[index] as Section;
    if (isTop(heading)) return undefined;
    if (isArticleOfLaw(heading)) return { target: heading, place: step < 0 ? 'after' : 'before' };
    // A division around the article itself is not a destination.
    if (!isDivision(heading) || containsSpan(heading.span, section.span)) continue;
    const holdsOthers = heading.children.some((child) => isDivision(child) || isArticleOfLaw(child));
    if (!holdsOthers) return { target: heading, place: 'inside' };
  }
  return undefined;
}

function moveUnnumbered(analysis: Analysis, section: Section, step: 1 | -1): EditOutcome {
  if (isTop(section)) return { message: NOT_MOVABLE };
  const all = around(analysis, section);
  const sibling = all[all.indexOf(section) + step];
  if (!sibling || isTop(sibling)) return { message: step < 0 ? FIRST : LAST };
  return move(analysis, section, sibling, step < 0 ? 'before' : 'after');
}

/** The edit that swaps `first` and `second`, neighbours in one list. */
function swap(analysis: Analysis, first: Numbered, second: Numbered, moved: Numbered, offset: number): EditOutcome {
  const { text } = analysis;
  const before = entriesOf(analysis);
  const entries = [...before.values()];
  const inside = (section: Section) => entries.filter((entry) => containsSpan(section.span, entry.section.span));
  const at = entries.findIndex(({ section }) => section === first);
  const upper = inside(first);
  const lower = inside(second);
  entries.splice(at, upper.length + lower.length, ...lower, ...upper);
  const sectionsIn = ({ span }: Section) => analysis.headings.filter((one) => startsIn(span, one.span));
  const order = [...analysis.headings];
  const swapped = [...sectionsIn(second), ...sectionsIn(first)];
  order.splice(order.indexOf(first), swapped.length, ...swapped);
  const edits = numberEdits(analysis, entries, chainsOf(before, [first]), order);

  const upperSpan = unitSpan(analysis, first);
  const lowerSpan = unitSpan(analysis, second);
  const upperText = rewritten(text, upperSpan, edits);
  const lowerText = rewritten(text, lowerSpan, edits);
  const gap = text.slice(upperSpan.end, lowerSpan.start);
  const whole = { start: upperSpan.start, end: lowerSpan.end };
  const outside = edits.filter((edit) => !containsSpan(whole, edit));
  const newStart = mapOffset(outside, whole.start);
  const movedSpan = moved === first ? upperSpan : lowerSpan;
  const inner = clamp(offset, movedSpan.start, movedSpan.end);
  const within = edits.filter((edit) => containsSpan(movedSpan, edit));
  const place = mapOffset(within, inner) - movedSpan.start;
  const caret = newStart + place + (moved === first ? lowerText.length + gap.length : 0);
  return validatePlan(analysis, {
    edits: [...outside, { ...whole, newText: lowerText + gap + upperText }],
    caret,
    order,
  });
}
