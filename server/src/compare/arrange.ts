/**
 * Reorders an earlier draft's sections like those of the new one, so that an editor that compares line by line finds
 * them.
 */
import type { Analysis, Section } from '../structure/analysis';
import { alignSections, comparedSections } from './align';

/**
 * The text of `old`, its sections moved to the places of their counterparts in `current`. Every line of `old` occurs
 * exactly once; dropped or merged sections stay after the section they followed.
 */
export function arrangeLike(old: Analysis, current: Analysis): string {
  const sections = comparedSections(old);
  const starts = sections.map(({ span }) => old.lines.lineAt(span.start));
  const pieceOf = new Map<Section, string>();
  for (const [index, section] of sections.entries()) {
    pieceOf.set(section, linesOf(old, starts[index] ?? 0, starts[index + 1] ?? old.lines.count));
  }
  const pieces = [linesOf(old, 0, starts[0] ?? old.lines.count)];
  for (const { fate, old: section } of alignSections(old, current)) {
    // The source of a split section has a place of its own.
    if (!section || fate === 'split') continue;
    const piece = pieceOf.get(section);
    if (piece !== undefined) pieces.push(piece);
    pieceOf.delete(section);
  }
  pieces.push(...pieceOf.values());
  return pieces.filter((piece) => piece !== '').join('\n');
}

function linesOf({ text, lines }: Analysis, from: number, to: number): string {
  return to > from ? text.slice(lines.start(from), lines.end(to - 1)) : '';
}
