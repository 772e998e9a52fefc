/** Updates the printed table of contents when sections are renumbered, moved or deleted. */

import type { Analysis, Block, Section } from '../structure/analysis';
import { LEADER } from '../structure/contentsEntries';
import { cleanTitle } from '../structure/titles';
import type { TextReplacement } from '../text/textEdit';

/** The new number of a section; followed by another separator if one is given. */
export interface Written {
  readonly text: string;
  readonly gap?: string;
}

/**
 * The edits that update tables of contents: entries with the old number and title of a section get the new number; if
 * `order` gives the sections afterwards, in order, entries are sorted accordingly and those of other sections are
 * deleted.
 */
export function contentsEdits(
  analysis: Analysis,
  written: ReadonlyMap<Section, Written>,
  order?: readonly Section[],
): TextReplacement[] {
  const blocks = analysis.blocks.filter(({ kind }) => kind === 'contents');
  if (blocks.length === 0) return [];
  const named = new Map<string, Section>();
  for (const section of analysis.headings) {
    if (section.marker) named.set(keyOf(section.marker.text, section.title), section);
  }
  const ranks = order && new Map(order.map((section, rank) => [section, rank]));
  return blocks.flatMap((block) => {
    const entries = entriesIn(analysis, block, named);
    const kept = ranks ? entries.filter(({ section }) => !section || ranks.has(section)) : entries;
    const rank = ({ section }: Entry) => (section && ranks?.get(section)) ?? -1;
    const stays =
      kept.length === entries.length &&
      kept.every((entry, at) => at === 0 || inOrder(kept[at - 1] as Entry, entry, rank));
    if (!ranks || stays) return entries.flatMap((entry) => numberEdit(entry, written));
    // Lines that are not entries, such as the heading 目录, stay before the entry below them.
    return [rewritten(analysis, block, kept, rank, written)];
  });
}

interface Entry {
  readonly section: Section | undefined;
  /** The whole line. */
  readonly start: number;
  readonly end: number;
  /** Its number, and the number including the blanks after it. */
  readonly markerStart: number;
  readonly markerEnd: number;
  readonly gapEnd: number;
}

/** Blanks, emphasis and the width of brackets often differ between the table and the text. */
function keyOf(marker: string, title: string): string {
  const words = title
    .replace(/[\s　*]+/g, '')
    .replaceAll('（', '(')
    .replaceAll('）', ')');
  return `${marker} ${words}`;
}

function entriesIn({ lines, records, text }: Analysis, block: Block, named: ReadonlyMap<string, Section>): Entry[] {
  const entries: Entry[] = [];
  for (let line = block.firstLine; line <= block.lastLine; line++) {
    const start = lines.start(line);
    const end = lines.end(line);
    const marker = records[line]?.headings[0]?.marker;
    const markerStart = start + (marker?.at ?? 0);
    const markerEnd = start + (marker?.end ?? 0);
    const words = text.slice(markerEnd, end).replace(LEADER, '');
    const gapEnd = markerEnd + (/^[\s　]*/.exec(words)?.[0].length ?? 0);
    const section = marker && named.get(keyOf(text.slice(markerStart, markerEnd), cleanTitle(words)));
    entries.push({ section, start, end, markerStart, markerEnd, gapEnd });
  }
  return entries;
}

function inOrder(before: Entry, after: Entry, rank: (entry: Entry) => number): boolean {
  return !before.section || !after.section || rank(before) < rank(after);
}

function numberEdit(
  { section, markerStart, markerEnd, gapEnd }: Entry,
  written: ReadonlyMap<Section, Written>,
): TextReplacement[] {
  const due = section && written.get(section);
  if (!due) return [];
  const end = due.gap === undefined ? markerEnd : gapEnd;
  return [{ start: markerStart, end, newText: due.text + (due.gap ?? '') }];
}

/** Rewrites the whole block with its entries sorted by rank; lines that are not entries stay where they are. */
function rewritten(
  { lines, text }: Analysis,
  { firstLine, lastLine }: Block,
  kept: readonly Entry[],
  rank: (entry: Entry) => number,
  written: ReadonlyMap<Section, Written>,
): TextReplacement {
  const sorted = kept.filter(({ section }) => section).sort((a, b) => rank(a) - rank(b));
  let next = 0;
  const words = kept.map((entry) => {
    const one = entry.section ? (sorted[next++] as Entry) : entry;
    const line = text.slice(one.start, one.end);
    const [edit] = numberEdit(one, written);
    return edit ? line.slice(0, edit.start - one.start) + edit.newText + line.slice(edit.end - one.start) : line;
  });
  const start = lines.start(firstLine);
  const lineBreak = firstLine < lastLine ? text.slice(lines.end(firstLine), lines.start(firstLine + 1)) : '\n';
  return { start, end: lines.end(lastLine), newText: words.join(lineBreak) };
}
