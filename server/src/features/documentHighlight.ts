/** Highlights the siblings of the heading or inline item at the caret. */

import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver-types';
import type { Analysis, Marker } from '../structure/analysis';
import { offsetOf } from '../structure/offsetOf';
import { headingAt } from '../structure/sections';
import type { Span } from '../text/span';
import { Locator } from './locate';

/**
 * The markers of the list of the one at `position`: on a heading (marker or words) those of its list, on a marker of an
 * inline enumeration (一是…；二是…) those of the enumeration. Empty anywhere else.
 */
export function documentHighlights(analysis: Analysis, position: Position): DocumentHighlight[] {
  const offset = offsetOf(analysis, position);
  const locator = new Locator(analysis.lines);
  return siblings(analysis, offset).map((marker) => ({
    range: locator.range(marker),
    kind: DocumentHighlightKind.Text,
  }));
}

function siblings(analysis: Analysis, offset: number): readonly Marker[] {
  // An enumeration may be inside a run-in heading: its marker is the more specific answer.
  for (const enumeration of analysis.enumerations) {
    if (enumeration.start > offset) break;
    if (offset > enumeration.end) continue;
    if (enumeration.list.markers.some((marker) => containsOffset(marker, offset))) return enumeration.list.markers;
  }
  return headingAt(analysis, offset)?.list?.markers ?? [];
}

function containsOffset(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
