/** Numbers of headings and items that damaged text may have begun with. */
import { type ParsedMarker, readMarkers } from '../../structure/markers';

/** Number of characters after a damaged place that may close the number that begins in it: （二 before ）. */
const CLOSING = 4;

/** The markers that a line begins with if `candidate` is what was in the damaged place that ends at `end`. */
export function restoredMarkers(candidate: string, text: string, end: number): readonly ParsedMarker[] {
  return openingMarkers(candidate + text.slice(end, end + CLOSING));
}

/** The markers that `line` may begin with, blanks aside. */
export function openingMarkers(line: string): readonly ParsedMarker[] {
  return readMarkers(line, line.length - line.trimStart().length);
}
