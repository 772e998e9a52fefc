/** Puts set paragraphs on pages, line by line. Pure; the preview draws what comes out, the export asks how many pages there are. */
import { type SetDocument, type SetParagraph, type SetRun, widthOf } from './paragraphs';

/** A stretch of a line in one type; `left` in points from the left edge of the text area. */
export interface LinePart extends SetRun {
  readonly left: number;
  readonly width: number;
}

/** A line on a page; `top` in points from the top of the text area. */
export interface PageLine {
  readonly top: number;
  readonly height: number;
  readonly parts: readonly LinePart[];
  /** The line of the draft, 0-based; -1 for what its head says. */
  readonly line: number;
  readonly paragraph: SetParagraph;
  /** True for the first and the last line of its paragraph. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface Page {
  /** From 1. */
  readonly number: number;
  readonly lines: readonly PageLine[];
  /** False where no page number is printed. */
  readonly numbered: boolean;
}

export interface PageCount {
  readonly pages: readonly Page[];
  /** True where 版记 stands on a page of its own, since an even one is asked for (GB/T 33476.2, 7.3.1) or room is wanting. */
  readonly footApart: boolean;
  /** True where a blank page comes before it. */
  readonly blankBefore: boolean;
}

/** Marks that do not begin a line (GB/T 15834 5.1.10), and those that do not end one. */
const NOT_FIRST = '，。、；：？！”’）》〉】〕…—,.;:?!)]}％%';
const NOT_LAST = '“‘（《〈【〔([{';

/** Lays out all pages. */
export function paginate({ paragraphs, template, composition }: SetDocument): PageCount {
  const { margins, sizes, spacing } = template;
  const points = 72 / 25.4;
  const width = (210 - margins.left - margins.right) * points;
  const height = (297 - margins.top - margins.bottom) * points;
  const character = sizes.text + spacing;
  const pages: { number: number; lines: PageLine[]; numbered: boolean }[] = [];
  const isLetter = composition.form === 'letter';
  let top = 0;
  const newPage = () => {
    pages.push({ number: pages.length + 1, lines: [], numbered: !(isLetter && pages.length === 0) });
    top = 0;
  };
  newPage();
  const page = () => pages.at(-1) as { lines: PageLine[] };

  const linesOf = (set: SetParagraph): { parts: LinePart[]; height: number }[] => {
    if (set.rows) return rowsOf(set, width, sizes.small, template.line * 0.8);
    const left = set.left * character;
    const right = set.right * character;
    return broken(set.runs, width - left - right, set.first * character, spacing).map((line, index) => {
      const used = line.reduce((sum, part) => sum + part.width, 0);
      const indent = left + (index === 0 ? set.first * character : 0);
      const free = width - indent - right - used;
      let at = indent + (set.align === 'centre' ? free / 2 : set.align === 'right' ? free : 0);
      const parts = line.map((part) => {
        const placed = { ...part, left: at };
        at += part.width;
        return placed;
      });
      // What stands behind the tab goes to the right edge.
      const tab = set.rightTab === undefined ? -1 : parts.findIndex(({ text }) => text === '\t');
      if (tab >= 0) {
        let end = width - (set.rightTab ?? 0) * character;
        for (let place = parts.length - 1; place > tab; place--) {
          const part = parts[place] as LinePart;
          end -= part.width;
          parts[place] = { ...part, left: end };
        }
      }
      return { parts, height: set.line };
    });
  };

  const place = (set: SetParagraph, lines: { parts: LinePart[]; height: number }[]): void => {
    lines.forEach(({ parts, height: own }, index) => {
      if (top + own > height + 0.5) newPage();
      page().lines.push({
        top,
        height: own,
        parts,
        line: set.element.line,
        paragraph: set,
        first: index === 0,
        last: index === lines.length - 1,
      });
      top += own;
    });
  };

  const main = paragraphs.filter((one) => !one.foot);
  main.forEach((set, index) => {
    if (set.newPage && page().lines.length > 0) newPage();
    const lines = linesOf(set);
    // A heading stands with the first line of what follows, and two lines of a paragraph together at least.
    const needed =
      set.before +
      (set.keepNext ? set.line * lines.length + (main[index + 1]?.line ?? 0) : set.line * Math.min(2, lines.length));
    if (page().lines.length > 0 && top + needed > height + 0.5 && lines.length < 20) newPage();
    if (page().lines.length > 0 || pages.length === 1) top += set.before;
    place(set, lines);
  });

  const foot = paragraphs.filter((one) => one.foot);
  if (foot.length === 0) return { pages, footApart: false, blankBefore: false };
  const footLines = foot.map((set) => ({ set, lines: linesOf(set) }));
  const footHeight = footLines.reduce((sum, { lines }) => sum + lines.reduce((all, one) => all + one.height, 0), 0) + 8;
  const fits = top + footHeight <= height;
  const even = pages.length % 2 === 0;
  const footApart = !(fits && even);
  const blankBefore = footApart && even;
  if (blankBefore) {
    newPage();
    (pages.at(-1) as { numbered: boolean }).numbered = false;
  }
  if (footApart) {
    newPage();
    (pages.at(-1) as { numbered: boolean }).numbered = !blankBefore;
  }
  top = height - footHeight + 4;
  for (const { set, lines } of footLines) place(set, lines);
  return { pages, footApart, blankBefore };
}

/** Breaks runs into lines no wider than `width` points; the first is indented by `first`. */
function broken(runs: readonly SetRun[], width: number, first: number, spacing: number): Omit<LinePart, 'left'>[][] {
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
    const sizeOf = (one: string) => widthOf(one) * run.size + spacing;
    for (let at = 0; at < characters.length; at++) {
      const one = characters[at] as string;
      const size = sizeOf(one);
      if (used + size <= free + 0.01 || (used === 0 && start === at && lines.at(-1)?.length === 0)) {
        used += size;
        continue;
      }
      // What may not begin a line takes the character before it along; what may not end one goes down.
      let cut = at;
      while (cut > start + 1 && NOT_FIRST.includes(characters[cut] as string)) cut--;
      while (cut > start + 1 && NOT_LAST.includes(characters[cut - 1] as string)) cut--;
      if (/[\d.a-zA-Z%]/.test(characters[cut] as string)) {
        let word = cut;
        while (word > start && /[\d.a-zA-Z]/.test(characters[word - 1] as string)) word--;
        if (word > start && cut - word < 20) cut = word;
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

/** The rows of a table in columns as wide as their words want. */
function rowsOf(set: SetParagraph, width: number, size: number, line: number): { parts: LinePart[]; height: number }[] {
  const rows = set.rows ?? [];
  const count = Math.max(...rows.map((row) => row.length));
  const wanted = Array.from({ length: count }, (_, at) =>
    Math.max(2, ...rows.map((row) => Math.min(20, widthOf(row[at] ?? '')))),
  );
  const total = wanted.reduce((sum, one) => sum + one, 0);
  return rows.flatMap((row, index) => {
    let left = 0;
    const cells = row.map((cell, at) => {
      const columnWidth = ((wanted[at] ?? 1) / total) * width;
      const face = index === 0 ? ('black' as const) : ('text' as const);
      const lines = broken([{ text: cell, face, size }], columnWidth - 8, 0, 0);
      const placed = lines.map((parts) => parts.map((part) => ({ ...part, left: left + 4 })));
      left += columnWidth;
      return placed;
    });
    const depth = Math.max(1, ...cells.map((cell) => cell.length));
    return Array.from({ length: depth }, (_, at) => ({ parts: cells.flatMap((cell) => cell[at] ?? []), height: line }));
  });
}
