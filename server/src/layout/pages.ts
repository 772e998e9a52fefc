/** Paginates paragraphs line by line. Pure; the preview draws the result, the export needs the number of pages. */
import { broken, type LinePart, widthOf } from './lineBreaking';
import { MM, PAGE, type Rule, type SetDocument, type SetParagraph } from './paragraphs';

/** A line on a page; `top` in points from the top of the text area. */
export interface PageLine {
  readonly top: number;
  readonly height: number;
  readonly parts: readonly LinePart[];
  /** The line of the draft, 0-based; -1 for text from the document head. */
  readonly line: number;
  readonly paragraph: SetParagraph;
  /** Offset in its paragraph's text at which the line begins, in UTF-16 units; 0 in tables. */
  readonly start: number;
  /** Whether it is the first (the last) line of its paragraph. */
  readonly first: boolean;
  readonly last: boolean;
  /**
   * In a table: the left edges of its columns and the right edge of the last, in points from the left edge of the text
   * area.
   */
  readonly edges?: readonly number[] | undefined;
  /** In a table: whether it is the first line of a row. */
  readonly rowStart?: boolean | undefined;
}

export interface Page {
  /** Counted from 1. */
  readonly number: number;
  readonly lines: readonly PageLine[];
  /** Whether a page number is printed. */
  readonly numbered: boolean;
}

export interface PageCount {
  readonly pages: readonly Page[];
  /**
   * Whether 版记 is on a page of its own, because it must be on an even page (GB/T 33476.2, 7.3.1) or there is not enough
   * room.
   */
  readonly footApart: boolean;
  /** Whether a blank page precedes it. */
  readonly blankBefore: boolean;
  /** The top of each paragraph of 版记 including its rule, in points from the top of the page. */
  readonly footTops: readonly number[];
}

/** Height of a rule: a double one is a thick and a thin line with a gap as wide as the thin one. */
export function heightOf({ width, double }: Rule): number {
  return double ? width + 2 * THIN : width;
}

/** The thin line of a double rule, in points. */
export const THIN = 0.75;

/** The lower edge of the text area, 5.2.1: 35 mm above the page's. */
const TEXT_BOTTOM = PAGE.height - 35;
/** Distance in points between a rule of 版记 and the text. */
export const RULE_SPACE = 2;
/** Height of a rule including that distance, as measured in LibreOffice's output. */
const RULE_ROOM = RULE_SPACE + 2.3;

/** Maximum number of paragraphs kept together. */
const MAX_CHAIN = 12;

/** A line of a paragraph before it is placed on a page. */
interface BrokenLine extends Pick<PageLine, 'parts' | 'height' | 'start' | 'edges' | 'rowStart'> {}

/**
 * Caches the broken lines of paragraphs from one pagination of a document to the next: an edit changes those of a few.
 */
export class BrokenLines {
  private kept = new Map<string, readonly BrokenLine[]>();
  private used = new Map<string, readonly BrokenLine[]>();

  /** The lines cached under `key`, which must contain everything they depend on; computed on a miss. */
  of(key: string, make: () => readonly BrokenLine[]): readonly BrokenLine[] {
    const lines = this.used.get(key) ?? this.kept.get(key) ?? make();
    this.used.set(key, lines);
    return lines;
  }

  /** Evicts the entries that were not requested since the last call. */
  finish(): void {
    this.kept = this.used;
    this.used = new Map();
  }
}

/** Lays out all pages. The caller keeps `cache` for the next call. */
export function paginate(document: SetDocument, cache = new BrokenLines()): PageCount {
  return new Paginator(document, cache).paginate();
}

interface OpenPage {
  readonly number: number;
  readonly lines: PageLine[];
  numbered: boolean;
}

/** Fills the pages of one document, from the first to the last. */
class Paginator {
  private readonly pages: OpenPage[] = [];
  /** How far the page is filled, in points from its upper margin. */
  private top = 0;
  private readonly width: number;
  private readonly height: number;
  /** Width of a character of the text with the space after it, in points. */
  private readonly character: number;
  private readonly isLetter: boolean;
  /** All paragraphs but those at the foot of the last page. */
  private readonly main: readonly SetParagraph[];

  constructor(
    private readonly document: SetDocument,
    private readonly cache: BrokenLines,
  ) {
    const { margins, sizes, spacing } = document.template;
    this.width = (PAGE.width - margins.left - margins.right) * MM;
    this.height = (PAGE.height - margins.top - margins.bottom) * MM;
    this.character = sizes.text + spacing;
    this.isLetter = document.composition.form === 'letter';
    this.main = document.paragraphs.filter((one) => !one.foot);
  }

  paginate(): PageCount {
    this.openPage();
    for (const [index, set] of this.main.entries()) this.placeParagraph(set, index);
    const foot = this.document.paragraphs.filter((one) => one.foot);
    const footLines = foot.map((set) => ({ set, lines: this.linesOf(set) }));
    this.cache.finish();
    if (foot.length === 0) return { pages: this.pages, footApart: false, blankBefore: false, footTops: [] };
    return { pages: this.pages, ...this.placeFoot(footLines) };
  }

  private openPage(): OpenPage {
    const page = {
      number: this.pages.length + 1,
      lines: [],
      numbered: !(this.isLetter && this.pages.length === 0),
    };
    this.pages.push(page);
    this.top = 0;
    return page;
  }

  private get page(): OpenPage {
    return this.pages.at(-1) as OpenPage;
  }

  /** Whether `height` points more do not fit on the page. */
  private isOver(height: number): boolean {
    return this.top + height > this.height + 0.5;
  }

  private placeParagraph(set: SetParagraph, index: number): void {
    if (set.newPage && this.page.lines.length > 0) this.openPage();
    const lines = this.linesOf(set);
    // A heading is kept with the first line of what follows, and at least two lines of a paragraph together.
    const chain = set.keepNext ? this.chainFrom(index + 1) : 0;
    // Two lines at its beginning and two at its end: three lines cannot be split.
    const together = lines.length === 3 && !set.rows ? 3 : Math.min(2, lines.length);
    const needed = set.before + (set.keepNext ? set.line * lines.length + chain : set.line * together);
    if (this.page.lines.length > 0 && this.isOver(needed) && lines.length < 20) this.openPage();
    if (set.pageTop !== undefined) this.top = set.pageTop - this.document.template.margins.top * MM;
    else if (this.page.lines.length > 0 || this.pages.length === 1) this.top += set.before;
    this.placeLines(set, lines);
    if (set.below) this.top += set.below.space + heightOf(set.below);
  }

  /**
   * Height that must be on the page of the paragraph before `index`: everything that is kept together, and two lines of
   * what follows.
   */
  private chainFrom(index: number): number {
    let sum = 0;
    for (let at = index; at < this.main.length && at < index + MAX_CHAIN; at++) {
      const set = this.main[at] as SetParagraph;
      if (set.newPage) break;
      const lines = this.linesOf(set).length;
      sum += set.before + set.line * (set.keepNext ? lines : Math.min(lines === 3 ? 3 : 2, lines));
      if (!set.keepNext) break;
    }
    return sum;
  }

  /** Places lines, keeping the last two of a paragraph on one page. */
  private placeLines(set: SetParagraph, lines: readonly BrokenLine[]): void {
    let row = -1;
    lines.forEach((broken, index) => {
      const own = broken.height;
      if (broken.rowStart) row++;
      const last = index === lines.length - 2 && !set.rows && lines.length > 2;
      const held = last && this.isOver(2 * own);
      if (this.isOver(own) || (held && this.page.lines.length > 0)) this.openPage();
      // Written field by field: an edit rebuilds all lines of a draft, and object spread is several times slower.
      this.page.lines.push({
        parts: broken.parts,
        height: broken.height,
        start: broken.start,
        edges: broken.edges,
        rowStart: broken.rowStart,
        top: this.top,
        line: set.element.rowLines?.[row] ?? set.element.line,
        paragraph: set,
        first: index === 0,
        last: index === lines.length - 1,
      });
      this.top += own;
    });
  }

  private linesOf(set: SetParagraph): readonly BrokenLine[] {
    const { runs, rows, align, left, right, first, line, rightTab } = set;
    const { sizes, spacing } = this.document.template;
    const { width, character } = this;
    const whole = [width, sizes.small, spacing, character];
    const key = JSON.stringify([...whole, align, left, right, first, line, rightTab, rows ?? runs]);
    return this.cache.of(key, () => this.newLinesOf(set));
  }

  private newLinesOf(set: SetParagraph): BrokenLine[] {
    const { width, character } = this;
    const { sizes, spacing, line: pitch } = this.document.template;
    if (set.rows) return rowsOf(set, width, sizes.small, pitch * 0.8);
    const left = set.left * character;
    const right = set.right * character;
    let start = 0;
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
      if (set.rightTab !== undefined) alignAfterTab(parts, width - set.rightTab * character);
      const from = start;
      start += line.reduce((sum, { text }) => sum + text.length, 0);
      return { parts, height: set.line, start: from };
    });
  }

  /** Puts 版记 at the foot of an even page, after a blank page if need be. */
  private placeFoot(footLines: readonly FootLines[]): Omit<PageCount, 'pages'> {
    const { isLetter } = this;
    const { top: margin } = this.document.template.margins;
    const heights = footLines.map(({ set, lines }) => {
      const rules = (set.above ? RULE_ROOM : 0) + (set.below ? RULE_ROOM : 0);
      return lines.reduce((all, one) => all + one.height, 0) + rules;
    });
    const footHeight = heights.reduce((sum, one) => sum + one, 0);
    const bottom = (TEXT_BOTTOM - margin) * MM;
    const fits = this.top + footHeight + 8 <= Math.min(this.height, bottom);
    // A letter's 版记 is on its last page, 10.1.
    const even = isLetter || this.pages.length % 2 === 0;
    const footApart = !(fits && even);
    const blankBefore = footApart && even && !isLetter;
    if (blankBefore) this.openPage().numbered = false;
    if (footApart) this.openPage().numbered = !blankBefore;
    const footTops: number[] = [];
    let at = bottom - footHeight;
    footLines.forEach(({ set, lines }, index) => {
      footTops.push(at + margin * MM);
      let top = at + (set.above ? RULE_ROOM : 0);
      lines.forEach((broken, line) => {
        const [first, last] = [line === 0, line === lines.length - 1];
        this.page.lines.push({ ...broken, top, line: set.element.line, paragraph: set, first, last });
        top += broken.height;
      });
      at += heights[index] as number;
    });
    return { footApart, blankBefore, footTops };
  }
}

interface FootLines {
  readonly set: SetParagraph;
  readonly lines: readonly BrokenLine[];
}

/** Aligns the parts after the first tab so that they end at `right`. */
function alignAfterTab(parts: LinePart[], right: number): void {
  const tab = parts.findIndex(({ text }) => text === '\t');
  if (tab < 0) return;
  let end = right;
  for (let place = parts.length - 1; place > tab; place--) {
    const part = parts[place] as LinePart;
    end -= part.width;
    parts[place] = { ...part, left: end };
  }
}

/** Padding of a cell in points. */
const CELL_ROOM = 11.5;
/** Maximum preferred width of a column in characters. */
const MAX_COLUMN = 20;

/**
 * The widths of the columns of `rows` in a font of `size` points, which add up to `width`: the preferred widths and, if
 * these are too large, the widest columns are cut down to a common width.
 */
export function columnsOf(rows: readonly (readonly string[])[], size: number, width: number): number[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const wanted = Array.from(
    { length: count },
    (_, at) =>
      rows.reduce((most, row) => Math.max(most, Math.min(MAX_COLUMN, widthOf(row[at] ?? ''))), 2) * size + CELL_ROOM,
  );
  // Narrow columns get their preferred width; the others share the rest.
  let left = width;
  let cap = Infinity;
  [...wanted]
    .sort((a, b) => a - b)
    .forEach((own, index) => {
      const share = left / (count - index);
      if (own <= share) left -= own;
      else cap = Math.min(cap, share);
    });
  const taken = wanted.map((own) => Math.min(own, cap));
  const total = taken.reduce((sum, one) => sum + one, 0);
  return taken.map((one) => one / total);
}

/** Breaks the rows of a table into lines. */
function rowsOf(set: SetParagraph, width: number, size: number, line: number): BrokenLine[] {
  const rows = set.rows ?? [];
  const columns = columnsOf(rows, size, width);
  const edges = [0];
  for (const column of columns) edges.push((edges.at(-1) as number) + column * width);
  return rows.flatMap((row, index) => {
    const cells = row.map((cell, at) => {
      const left = edges[at] ?? 0;
      const columnWidth = (columns[at] ?? 1) * width;
      const face = index === 0 ? ('black' as const) : ('text' as const);
      const lines = broken([{ text: cell, face, size }], columnWidth - 8, 0, 0);
      return lines.map((parts) => {
        let from = left + (columnWidth - parts.reduce((sum, part) => sum + part.width, 0)) / 2;
        return parts.map((part) => {
          const placed = { ...part, left: from };
          from += part.width;
          return placed;
        });
      });
    });
    const depth = cells.reduce((most, cell) => Math.max(most, cell.length), 1);
    return Array.from({ length: depth }, (_, at) => ({
      parts: cells.flatMap((cell) => cell[at] ?? []),
      height: line,
      start: 0,
      edges,
      rowStart: at === 0,
    }));
  });
}
