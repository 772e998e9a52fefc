/** Formats markers: the numeral and the punctuation around it. */
import { formatNumeral } from '../text/numerals';
import type { Marker } from './analysis';

/**
 * The text of `marker` with the figures of `path`: in its own shape and kind of numeral, in the variant of `model`. Its
 * own text if its numerals do not go that far (㊿, Ⅻ, 癸).
 */
export function withValue(marker: Marker, path: readonly number[], model: Marker): string {
  if (marker.family === 'decimal') {
    const figures = path.map((figure) => formatNumeral(figure, marker.numeral) ?? String(figure));
    let index = 0;
    return marker.text.replace(/[0-9０-９]+/g, () => figures[index++] ?? '');
  }
  const sample = model.numeral === marker.numeral ? model : marker;
  const numeral = formatNumeral(
    path[0] as number,
    marker.numeral,
    sample.text.replace(/[^A-Za-z①-㊿贰貳叁參陆陸]/g, ''),
  );
  if (numeral === undefined) return marker.text;
  if (marker.numeral === 'circled') return numeral + marker.text.slice(1);
  if (path.length > 1) {
    const inserted = path.slice(1).map((figure) => formatNumeral(figure, marker.numeral) ?? String(figure));
    return [(marker.shape.split('之', 1)[0] as string).replace('#', numeral), ...inserted].join('之');
  }
  return marker.shape.replace('#', numeral);
}
