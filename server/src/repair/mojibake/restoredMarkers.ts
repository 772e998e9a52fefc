/** Numbers of headings and items with which damaged text may originally have begun. */
import { type ParsedMarker, readMarkers } from '../../structure/markers';

/** Number of characters after a damaged place that may close the number that begins in it: （二 before ）. */
const CLOSING = 4;

/**
 * The markers at the beginning of a line if `candidate` is the original text of the damaged place that ends at `end`.
 */
export function restoredMarkers(candidate: string, text: string, end: number): readonly ParsedMarker[] {
  return openingMarkers(candidate + text.slice(end, end + CLOSING));
}

/** The markers with which `line` may begin, apart from blanks. */
export function openingMarkers(line: string): readonly ParsedMarker[] {
  return readMarkers(line, line.length - line.trimStart().length);
}
