/** Breaks text runs into lines by the rules for Chinese (GB/T 15834, 5.1.10). */
import type { Face } from './template';

export interface SetRun {
  readonly text: string;
  readonly face: Face;
  /** In points. */
  readonly size: number;
  readonly red?: boolean;
  /** Additional space between its characters, in points. */
  readonly spread?: number;
}

/** A part of a line in one font; `left` in points from the left edge of the text area. */
export interface LinePart extends SetRun {
  readonly left: number;
  readonly width: number;
}

/** Width in characters: Latin letters and figures count half. */
export function widthOf(text: string): number {
  let width = 0;
  for (const one of text) width += /[\u0020-\u00ff]/.test(one) ? 0.5 : 1;
  return width;
}

/** Marks that may not begin a line (GB/T 15834 5.1.10), and those that may not end one. */
const NOT_FIRST = '，。、；：？！”’）》〉】〕…—,.;:?!)]}％%';
const NOT_LAST = '“‘（《〈【〔([{';

/** Characters between which no line breaks: a number, a Latin word, an address. */
const IN_WORD = /[\w.%@:/&=~+#']/;
const MAX_WORD = 30;

/** Breaks runs into lines of at most `width` points; the first is indented by `first`. */
export function broken(
  runs: readonly SetRun[],
  width: number,
  first: number,
  spacing: number,
): Omit<LinePart, 'left'>[][] {
  const lines: Omit<LinePart, 'left'>[][] = [[]];
  let free = width - first;
  // A tab is a part of its own.
  for (const run of runs.flatMap((one) => one.text.split(/(\t)/).map((text) => ({ ...one, text })))) {
    const characters = [...run.text];
    let start = 0;
    let used = 0;
    const flush = (end: number) => {
      if (end > start) {
        const text = characters.slice(start, end).join('');
        (lines.at(-1) as Omit<LinePart, 'left'>[]).push({ ...run, text, width: used });
      }
      start = end;
      used = 0;
    };
    const sizeOf = (one: string) => widthOf(one) * run.size + spacing + (run.spread ?? 0);
    for (let at = 0; at < characters.length; at++) {
      const one = characters[at] as string;
      const size = sizeOf(one);
      if (used + size <= free + 0.01 || (used === 0 && start === at && lines.at(-1)?.length === 0)) {
        used += size;
        continue;
      }
      // A mark that may not begin a line takes the character before it along; one that may not end a line moves down.
      let cut = at;
      while (cut > start + 1 && NOT_FIRST.includes(characters[cut] as string)) cut--;
      while (cut > start + 1 && NOT_LAST.includes(characters[cut - 1] as string)) cut--;
      if (IN_WORD.test(characters[cut] as string)) {
        let word = cut;
        while (word > start && cut - word < MAX_WORD && IN_WORD.test(characters[word - 1] as string)) word--;
        if (word > start && cut - word < MAX_WORD) cut = word;
      }
      used = characters.slice(start, cut).reduce((sum, each) => sum + sizeOf(each), 0);
      flush(cut);
      lines.push([]);
      free = width;
      used = characters.slice(cut, at + 1).reduce((sum, each) => sum + sizeOf(each), 0);
    }
    const taken = used;
    flush(characters.length);
    free -= taken;
  }
  return lines;
}
