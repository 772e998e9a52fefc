/** Cross-references in the editor: definition, references to a section, hover; and their number. */

import type { Hover, Location } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import type { Analysis, Section } from '../structure/analysis';
import { type Reference, type ReferencePart, referencesOf } from '../structure/references';
import { headingAt } from '../structure/sections';
import type { Locale } from '../text/message';
import type { Span } from '../text/span';
import { Locator } from './locate';
import { escapeMarkdown } from './markdown';
import { sectionName } from './names';

/** Length of the excerpt of a section in a hover. */
const EXCERPT = 120;

interface ReferencePlace {
  readonly reference: Reference;
  readonly part: ReferencePart;
}

function placeAt(analysis: Analysis, offset: number): ReferencePlace | undefined {
  const reference = referencesOf(analysis).find(({ start, end }) => start <= offset && offset <= end);
  const part = reference?.parts.find(({ start, end }) => start <= offset && offset <= end);
  return reference && part ? { reference, part } : undefined;
}

/** Target of the reference at `offset`: the marker and title of its section, or the line of the paragraph meant. */
export function definition(analysis: Analysis, offset: number, uri: string): Location | undefined {
  const place = placeAt(analysis, offset);
  if (!place) return undefined;
  const span = targetSpan(analysis, place);
  return span && { uri, range: new Locator(analysis.lines).range(span) };
}

function targetSpan({ lines }: Analysis, { reference, part }: ReferencePlace): Span | undefined {
  if (part.target) return headSpan(part.target);
  if (reference.place === undefined) return reference.target && headSpan(reference.target);
  return { start: reference.place, end: lines.end(lines.lineAt(reference.place)) };
}

function headSpan({ marker, titleSpan }: Section): Span {
  return { start: marker?.start ?? titleSpan.start, end: Math.max(titleSpan.end, marker?.end ?? 0) };
}

/** All references to the section headed at `offset`, or to the one that the reference at `offset` means. */
export function findReferences(analysis: Analysis, offset: number, uri: string, withHead: boolean): Location[] {
  const target = placeAt(analysis, offset)?.part.target ?? headingAt(analysis, offset);
  if (!target) return [];
  const spans: Span[] = withHead ? [headSpan(target)] : [];
  for (const { parts } of referencesOf(analysis)) {
    for (const part of parts) if (part.target === target) spans.push(part);
  }
  const locator = new Locator(analysis.lines);
  return spans.sort((a, b) => a.start - b.start).map((span) => ({ uri, range: locator.range(span) }));
}

/** The title of the section that the reference at `offset` means, and the beginning of its text. */
export function referenceHover(
  analysis: Analysis,
  offset: number,
  locale: Locale,
  markdown: boolean,
): Hover | undefined {
  const place = placeAt(analysis, offset);
  const span = place && targetSpan(analysis, place);
  if (!place || !span) return undefined;
  const { text } = analysis;
  const target = place.part.target;
  const plain = (words: string): string => (markdown ? escapeMarkdown(words) : words);
  const name = target ? plain(sectionName(target, analysis, locale)) : '';
  const head = markdown && name !== '' ? `**${name}**` : name;
  const from = target ? span.end : span.start;
  const to = target ? target.span.end : span.end;
  const body = text
    .slice(from, Math.min(to, from + EXCERPT + 1))
    .replace(/\s+/g, ' ')
    .trim();
  const excerpt = plain(to > from + EXCERPT ? `${body}…` : body);
  return {
    contents: {
      kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: [head, excerpt].filter(Boolean).join('\n\n'),
    },
    range: new Locator(analysis.lines).range(place.part),
  };
}
