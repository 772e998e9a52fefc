/** Growing selections: clause → sentence → paragraph → section → … → document. */

import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Analysis, Section } from '../structure/analysis';
import { offsetOf } from '../structure/offsetOf';
import { decoratedStart, sectionAt } from '../structure/sections';
import { isBlank, isBlankOrBreak } from '../text/characters';
import { clauseAt, sentenceAt, trimmed } from '../text/sentences';
import type { Span } from '../text/span';
import { Locator } from './locate';

/**
 * One chain of ranges per position, in the order of the positions; each range contains the position and is strictly
 * inside its parent, and the last is the whole text.
 */
export function selectionRanges(analysis: Analysis, positions: readonly Position[]): SelectionRange[] {
  const locator = new Locator(analysis.lines);
  return positions.map((position) => {
    const spans = spansAround(analysis, offsetOf(analysis, position));
    let chain: SelectionRange | undefined;
    for (const span of spans.reverse()) {
      const range = locator.range(span);
      chain = chain ? { range, parent: chain } : { range };
    }
    return chain as SelectionRange;
  });
}

/** The spans around `offset`, smallest first, each strictly inside the next. */
function spansAround(analysis: Analysis, offset: number): Span[] {
  const { text, lines } = analysis;
  const line = lines.lineAt(offset);
  const paragraph = trimmed(text, lines.start(line), lines.end(line));
  const sections = ancestors(sectionAt(analysis, offset)).map((section) => ({
    start: withoutIndentation(text, decoratedStart(analysis, section)),
    end: withoutTrailingBlanks(text, section.span.end),
  }));
  const innermost = sections[0];
  const section = sectionAt(analysis, offset);

  // In a flattened text many sections share one line; the sentence must not extend into the next one.
  const next = section?.children.find((child) => child.span.start > offset)?.span.start ?? Number.POSITIVE_INFINITY;
  const from = Math.max(paragraph.start, innermost?.start ?? 0);
  const to = Math.min(paragraph.end, innermost?.end ?? Number.POSITIVE_INFINITY, next);
  const sentence = sentenceAt(text, offset, from, Math.max(from, to));

  const candidates: Span[] = [clauseAt(text, offset, sentence), sentence, paragraph, ...sections];
  if (section && section.titleSpan.end > section.titleSpan.start) candidates.push(section.titleSpan);
  candidates.push({ start: 0, end: text.length });

  const chain: Span[] = [];
  const holding = candidates.filter((span) => span.start <= offset && offset <= span.end && span.start < span.end);
  holding.sort((a, b) => a.end - a.start - (b.end - b.start));
  for (const span of holding) {
    const inner = chain.at(-1);
    const grows = !inner || span.end - span.start > inner.end - inner.start;
    if (grows && (!inner || (span.start <= inner.start && inner.end <= span.end))) chain.push(span);
  }
  // The whole text, even if it is empty.
  if (chain.length === 0) chain.push({ start: 0, end: text.length });
  return chain;
}

function ancestors(section: Section | undefined): Section[] {
  const chain: Section[] = [];
  for (let at = section; at; at = at.parent) chain.push(at);
  return chain;
}

/** A selection begins after the indentation. */
function withoutIndentation(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Blank lines at the end of a section are not selected with it. */
function withoutTrailingBlanks(text: string, end: number): number {
  let at = end;
  while (at > 0 && isBlankOrBreak(text.charCodeAt(at - 1))) at--;
  return at;
}
