/** Sections as ranges of the text: where they begin and end, how they are separated, what edits make of them. */

import type { Analysis, Section } from '../structure/analysis';
import { ownEnd } from '../structure/closing';
import { decoratedStart } from '../structure/sections';
import { isBlankOrBreak } from '../text/characters';
import type { Span } from '../text/span';
import { applyEdits, type TextReplacement } from '../text/textEdit';

/**
 * End of the text of a section. The closing of a speech stays where it is; an attachment contains all sections up to
 * the next one.
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

/** The text of a section from the decoration before its heading to {@link unitEnd}. */
export function unitSpan(analysis: Analysis, section: Section): Span {
  return { start: decoratedStart(analysis, section), end: unitEnd(analysis, section) };
}

/** The text of `span` after those of `edits` inside it. */
export function rewritten(text: string, span: Span, edits: readonly TextReplacement[]): string {
  const inner = edits
    .filter((edit) => containsSpan(span, edit))
    .map((edit) => ({ ...edit, start: edit.start - span.start, end: edit.end - span.start }));
  return applyEdits(text.slice(span.start, span.end), inner);
}

/**
 * The range deleted with a section: its text, and the blanks and breaks that separate it from what follows; if those
 * are the wider ones, as before a sign-off, they stay and the ones above are deleted.
 */
export function removalSpan(analysis: Analysis, section: Section, textEnd: number): Span {
  const { text, lines } = analysis;
  const start = decoratedStart(analysis, section);
  let above = start;
  while (above > 0 && isBlankOrBreak(text.charCodeAt(above - 1))) above--;
  let below = textEnd;
  while (below < text.length && isBlankOrBreak(text.charCodeAt(below))) below++;
  // For the last section: what ended its text now ends the text before it.
  const isLast = below >= text.length;
  const isWider = lines.lineAt(below) - lines.lineAt(textEnd) > lines.lineAt(start) - lines.lineAt(above);
  if (isLast || (isWider && above > 0)) {
    const lineEnd = lines.end(lines.lineAt(textEnd));
    return { start: above, end: isLast ? textEnd : Math.max(textEnd, Math.min(lineEnd, below)) };
  }
  // The next line keeps its indentation; in a flattened text the next words only lose the blanks before them.
  return { start, end: Math.max(textEnd, lines.start(lines.lineAt(below))) };
}

/** The line break used in this text. */
export function lineBreakOf({ text, lines }: Analysis): string {
  return lines.count > 1 ? text.slice(lines.end(0), lines.start(1)) : '\n';
}

export function startsIn(outer: Span, { start }: Span): boolean {
  return outer.start <= start && start < outer.end;
}

export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function clamp(offset: number, least: number, most: number): number {
  return Math.max(least, Math.min(offset, most));
}

export function* descendantsOf(section: Section): Generator<Section> {
  for (const child of section.children) {
    yield child;
    yield* descendantsOf(child);
  }
}

/** Maximum depth of a Markdown heading. */
const MAX_HASHES = 6;

/** Adds `step` # (or, if negative, removes them) before each Markdown heading of `section`. */
export function hashEdits(analysis: Analysis, section: Section, step: number): TextReplacement[] {
  if (analysis.kind !== 'markdown') return [];
  const edits: TextReplacement[] = [];
  for (const one of [section, ...descendantsOf(section)]) {
    const start = decoratedStart(analysis, one);
    const hashes = /^\s*(#+)/.exec(analysis.text.slice(start, one.span.start));
    if (!hashes) continue;
    const end = start + hashes[0].length;
    const length = (hashes[1] as string).length;
    const wanted = clamp(length + step, 1, MAX_HASHES);
    if (wanted > length) edits.push({ start: end, end, newText: '#'.repeat(wanted - length) });
    if (wanted < length) edits.push({ start: end - (length - wanted), end, newText: '' });
  }
  return edits;
}
