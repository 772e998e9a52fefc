/**
 * Finds the width for a title of several lines, so that it breaks between words and into lines of similar length
 * (7.3.1).
 */
import { endsWord } from '../text/words';
import { broken, widthOf } from './lineBreaking';

/** Words that should not begin a line of a title, and those that should not end one. */
const NOT_FIRST = '的和与及等并或者之了';
const NOT_LAST = '和与及并或在对为向将';
/** Cost of a break: inside a word, before or after one of those, inside a name in 《》. */
const IN_WORD = 4;
const AT_SMALL_WORD = 3;
const IN_NAME = 1;
const FIGURE_EDGES = /(?<=\p{Script=Han})(?=\w)|(?<=\w)(?=\p{Script=Han})/gu;
/** Cost if the lengths of lines differ by a full line. */
const RAGGED = 4;

/**
 * The width in characters, at most `most` and in steps of a half, at which `text` breaks best; `most` if it fits on one
 * line.
 */
export function titleWidth(text: string, most: number): number {
  // Word processors may add a quarter of a character between Chinese and figures: a line that only just fits would
  // overflow.
  const total = widthOf(text) + (text.match(FIGURE_EDGES)?.length ?? 0) / 4;
  if (total <= most || total > most * 6) return most;
  const breakAt = (width: number) => {
    let end = 0;
    return broken([{ text, face: 'title', size: 1 }], width, 0, 0).map((line) => {
      end += line.reduce((sum, part) => sum + part.text.length, 0);
      return end;
    });
  };
  const count = Math.max(2, breakAt(most).length);
  let best = most;
  let least = Infinity;
  for (let width = Math.ceil((total / count) * 2) / 2; width <= most; width += 0.5) {
    const ends = breakAt(width);
    if (ends.length !== count) continue;
    const cost = costOf(text, ends);
    if (cost < least - 1e-9) {
      least = cost;
      best = width;
    }
  }
  return best;
}

function costOf(text: string, ends: readonly number[]): number {
  const widths = ends.map((end, line) => widthOf(text.slice(ends[line - 1] ?? 0, end)));
  const longest = Math.max(...widths);
  let cost = widths.reduce((sum, width) => sum + ((longest - width) / longest) * RAGGED, 0) / (widths.length - 1);
  for (const end of ends.slice(0, -1)) {
    if (!endsWord(text, end)) cost += IN_WORD;
    if (NOT_FIRST.includes(text[end] as string) || NOT_LAST.includes(text[end - 1] as string)) cost += AT_SMALL_WORD;
    const before = text.slice(0, end);
    if (before.lastIndexOf('《') > before.lastIndexOf('》')) cost += IN_NAME;
  }
  return cost;
}
