/** The next number after Enter, and removal of the number by Enter on a line without other content. */

import { assignNumbers, entriesOf, isNumbered, type NewNumber, type NumberedEntry } from '../refactor/assignNumbers';
import { containsSpan } from '../refactor/sectionText';
import { contentsEdits } from '../refactor/tableOfContents';
import { referenceEdits } from '../refactor/updateReferences';
import type { Analysis, Section } from '../structure/analysis';
import { withValue } from '../structure/markerFormat';
import { isBlank, trimmedEnd } from '../text/characters';
import { partitionPoint } from '../text/partitionPoint';
import type { TextReplacement } from '../text/textEdit';
import { openingUnder } from './nextMarker';

/**
 * The edits after Enter, which has just created `line`: the next number in the same style if the line above is a
 * numbered heading or paragraph that ended at the caret, the first number of the level below if it ends with a colon;
 * removal of both lines' number and break if the line above is a number without words. In the middle of a list the
 * following numbers are incremented, or decremented again, and references to them are updated. Nothing if the section
 * continues below, because its heading was only separated from its text. The edits are sorted and disjoint.
 */
export function continueNumbering(analysis: Analysis, line: number): TextReplacement[] {
  const { text, lines } = analysis;
  if (line < 1 || line >= lines.count) return [];
  const start = lines.start(line);
  const end = lines.end(line);
  if (!isBlankBetween(text, start, end)) return [];

  const above = line - 1;
  const section = headOf(analysis, above);
  if (section && isBlankBetween(text, section.marker.end, lines.end(above))) {
    // Its words may be on the line below.
    if (section.title !== '') return [];
    return inOrder([...removal(analysis, above, start), ...closedUp(analysis, section)]);
  }
  const next = section ? nextNumber(analysis, section, above) : undefined;
  if (section && next !== undefined) {
    // Text of this section below the new line: its heading was separated from it.
    if (hasTextBetween(text, end, section.span.end)) return [];
    if (announcesItems(text, lines.end(above))) {
      const newText = firstBelow(analysis, section, above);
      return newText === undefined ? [] : [{ start, end, newText }];
    }
    return inOrder([{ start, end, newText: next }, ...roomMade(analysis, section, start)]);
  }
  const attachment = nextAttachment(analysis, above);
  if (attachment !== undefined) {
    return attachment === '' ? removal(analysis, above, start) : [{ start, end, newText: attachment }];
  }

  // A number without words may count as prose where a line with words below would make it a heading.
  const before = lastLineWithText(analysis, above - 1);
  const previous = before >= 0 ? headOf(analysis, before) : undefined;
  const due = previous && nextNumber(analysis, previous, before);
  const alone = text.slice(lines.start(above), lines.end(above)).trim();
  if (!previous || due === undefined || alone === '' || due.trim() !== alone) return [];
  return inOrder([...removal(analysis, above, start), ...closedUpAfter(analysis, previous, start)]);
}

/** The new numbers after `offset` when a sibling is added right after `section`. */
function roomMade(analysis: Analysis, section: Numbered, offset: number): TextReplacement[] {
  const orders = withSibling(analysis, section);
  return orders ? renumbered(analysis, orders.without, orders.added, offset) : [];
}

/** The new numbers after `offset` when a sibling after `section` that is not a section of the analysis is removed. */
function closedUpAfter(analysis: Analysis, section: Numbered, offset: number): TextReplacement[] {
  const orders = withSibling(analysis, section);
  return orders ? renumbered(analysis, orders.added, orders.without, offset) : [];
}

/** The new numbers after `section` when it is removed. Those of sections under it are unchanged. */
function closedUp(analysis: Analysis, section: Numbered): TextReplacement[] {
  if (!isNumbered(section) || section.children.length > 0) return [];
  const entries = [...entriesOf(analysis).values()];
  const others = entries.filter((entry) => entry.section !== section);
  return renumbered(analysis, assignNumbers(entries), assignNumbers(others), section.span.end);
}

type Numbers = ReadonlyMap<Section, NewNumber>;

/** The correct numbers, and those with one more sibling right after `section`. */
function withSibling(analysis: Analysis, section: Numbered): { without: Numbers; added: Numbers } | undefined {
  if (!isNumbered(section)) return undefined;
  const entries = entriesOf(analysis);
  const order = [...entries.values()];
  const own = entries.get(section);
  if (!own) return undefined;
  const without = assignNumbers(order);
  const sibling: NumberedEntry = { ...own, section: { ...section, children: [] } };
  order.splice(order.findLastIndex((entry) => containsSpan(section.span, entry.section.span)) + 1, 0, sibling);
  return { without, added: assignNumbers(order) };
}

/**
 * Rewrites the numbers at or after `offset` that are right according to `before` and different in `after`. Numbers that
 * were wrong are left alone: the writer is told of them elsewhere.
 */
function renumbered(analysis: Analysis, before: Numbers, after: Numbers, offset: number): TextReplacement[] {
  const changed = new Map<Section, NewNumber>();
  const edits: TextReplacement[] = [];
  for (const section of analysis.headings) {
    const { marker } = section;
    const number = after.get(section);
    if (!marker || !number || marker.start < offset) continue;
    if (marker.text !== before.get(section)?.text || marker.text === number.text) continue;
    edits.push({ start: marker.start, end: marker.end, newText: number.text });
    changed.set(section, number);
  }
  if (changed.size > 0) edits.push(...referenceEdits(analysis, changed), ...contentsEdits(analysis, changed));
  return edits;
}

function inOrder(edits: readonly TextReplacement[]): TextReplacement[] {
  const ordered: TextReplacement[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start >= (ordered.at(-1)?.end ?? 0)) ordered.push(edit);
  }
  return ordered;
}

type Numbered = Section & { readonly marker: NonNullable<Section['marker']> };

/** The section whose marker begins `line`. */
function headOf({ headings, lines, text }: Analysis, line: number): Numbered | undefined {
  const start = lines.start(line);
  const section = headings[partitionPoint(headings.length, (index) => (headings[index] as Section).span.start < start)];
  if (!section?.marker || section.marker.start > lines.end(line)) return undefined;
  return /^[\s　#*>]*$/.test(text.slice(start, section.marker.start)) ? (section as Numbered) : undefined;
}

/** The indentation, the marker after this one and its separator from the words; undefined if the numbering ends. */
function nextNumber(
  { text, lines }: Analysis,
  { marker, list, titleSpan }: Numbered,
  line: number,
): string | undefined {
  if (marker.family === 'sequence' || marker.family === 'yifang' || !Number.isFinite(marker.value)) return undefined;
  const last = marker.path[marker.path.length - 1] as number;
  const next = withValue(marker, [...marker.path.slice(0, -1), last + 1], list?.markers[0] ?? marker);
  if (next === marker.text) return undefined;
  const lead = text.slice(lines.start(line), marker.start).replace(/\*/g, '');
  let gap = marker.end;
  while (gap < Math.min(lines.end(line), titleSpan.start) && isBlank(text.charCodeAt(gap))) gap++;
  return lead + next + text.slice(marker.end, gap);
}

/** Whether the line ends in a colon: 有下列情形之一的： */
function announcesItems(text: string, lineEnd: number): boolean {
  const end = trimmedEnd(text, 0, lineEnd);
  return '：:'.includes(text.charAt(end - 1) || ' ');
}

/** The indentation and the first number of the level under `section`, whose heading is on `line`. */
function firstBelow(analysis: Analysis, section: Numbered, line: number): string | undefined {
  const first = openingUnder(analysis, section)?.text;
  const lead = /^[\s　]*/.exec(analysis.text.slice(analysis.lines.start(line)))?.[0];
  return first && lead + first;
}

/** 附件：1.名称, and a line below it: 　　　　　2.名称 (GB/T 9704-2012, 7.3.4). */
const ATTACHMENTS = /^([ \t　]*附[件錄录][：:][ 　]*)(\d{1,2})([.．、])(.*)$/;
const FURTHER_ATTACHMENT = /^([ \t　]+)(\d{1,2})([.．、])(.*)$/;

/**
 * The next number in a note of attachments that `line` is part of, aligned with the one before it; empty if the number
 * of `line` has no words, undefined for other lines.
 */
function nextAttachment({ text, lines }: Analysis, line: number): string | undefined {
  const words = (at: number) => text.slice(lines.start(at), lines.end(at));
  const last = ATTACHMENTS.exec(words(line)) ?? FURTHER_ATTACHMENT.exec(words(line));
  if (!last) return undefined;
  let first = line;
  while (first > 0 && FURTHER_ATTACHMENT.test(words(first))) first--;
  if (!ATTACHMENTS.test(words(first))) return undefined;
  const [, lead = '', figures = '', point = '', title = ''] = last;
  if (title.trim() === '') return first === line ? undefined : '';
  return lead.replace(/[^\s]/g, '　') + String(Number(figures) + 1) + point;
}

/** Clears the line `above` and removes the break after it, so that the caret ends up where the number was. */
function removal({ lines }: Analysis, above: number, end: number): TextReplacement[] {
  return [{ start: lines.start(above), end, newText: '' }];
}

function isBlankBetween(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(text.charCodeAt(at))) return false;
  return true;
}

function hasTextBetween(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13 && !isBlank(code)) return true;
  }
  return false;
}

function lastLineWithText({ text, lines }: Analysis, from: number): number {
  let line = from;
  while (line >= 0 && isBlankBetween(text, lines.start(line), lines.end(line))) line--;
  return line;
}
