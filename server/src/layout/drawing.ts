/**
 * Pages as drawing instructions: every text run and every rule with its position on the paper, in points from the upper
 * left corner. Pure; an unchanged page gives an equal result wherever it is in the draft.
 */
import { BrokenLines, type Page, type PageLine, paginate, RULE_SPACE, THIN } from './pages';
import { LETTER_FOOT, LETTER_RULE, MM, PAGE, type Rule, type SetDocument, type SetParagraph } from './paragraphs';
import type { Face } from './template';

export interface DrawnText {
  /** Left end of the baseline. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly red?: boolean;
}

export interface DrawnRule {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly red?: boolean;
}

/** A line of text on the page. */
export interface DrawnLine {
  /** The line of the draft, relative to the page's `firstLine`; absent for text from the document head. */
  readonly line?: number;
  /** Column in that line at which its text begins, in UTF-16 units. */
  readonly column: number;
  readonly top: number;
  readonly height: number;
  readonly texts: readonly DrawnText[];
}

export interface DrawnPage {
  /** The line of the draft, 0-based, that each `line` is relative to. */
  readonly firstLine: number;
  readonly lines: readonly DrawnLine[];
  readonly rules: readonly DrawnRule[];
}

/** Position of the baseline as a fraction of an exact line height, as in Word and LibreOffice. */
const BASELINE = 0.8;

/** A drawn page and the page it was drawn from. */
interface KeptPage {
  readonly page: Page;
  readonly columns: readonly number[];
  readonly from: number;
  readonly drawn: DrawnPage;
}

/** Caches broken lines and drawn pages between calls: an edit leaves most pages of a draft unchanged. */
export class PageCache extends BrokenLines {
  private template: SetDocument['template'] | undefined;
  private form: SetDocument['composition']['form'] | undefined;
  private pages: readonly KeptPage[] = [];

  /** The pages drawn last, if the template and the form were the same. */
  before({ template, composition }: SetDocument): readonly KeptPage[] {
    return this.template === template && this.form === composition.form ? this.pages : [];
  }

  keep({ template, composition }: SetDocument, pages: readonly KeptPage[]): void {
    this.template = template;
    this.form = composition.form;
    this.pages = pages;
  }
}

/**
 * Draws `document`. `lineText` returns a line of the draft, 0-based, without its end; the caller keeps `cache` for the
 * next call.
 */
export function drawPages(
  document: SetDocument,
  lineText: (line: number) => string,
  cache: BrokenLines = new BrokenLines(),
): DrawnPage[] {
  const { pages } = paginate(document, cache);
  const before = cache instanceof PageCache ? cache.before(document) : [];
  const drawing = new PageDrawing(document);
  const kept = pages.map((page, index): KeptPage => {
    const columns = page.lines.map(({ line, paragraph, start }) =>
      line >= 0 ? columnOf(lineText(line), paragraph, start) : 0,
    );
    const firstLine = page.lines.reduce((least, { line }) => (line >= 0 ? Math.min(least, line) : least), Infinity);
    const from = Number.isFinite(firstLine) ? firstLine : 0;
    const old = before[index];
    const isSame = old && isSamePage(old, page, columns, from);
    const made = isSame ? { ...old.drawn, firstLine: from } : drawing.draw(page, columns, from);
    return { page, columns, from, drawn: made };
  });
  if (cache instanceof PageCache) cache.keep(document, kept);
  return kept.map((one) => one.drawn);
}

/** Whether a page can be reused: the same broken lines at the same positions, and no rules that could have changed. */
function isSamePage(old: KeptPage, page: Page, columns: readonly number[], from: number): boolean {
  const { lines } = old.page;
  return (
    lines.length === page.lines.length &&
    old.page.number === page.number &&
    old.page.numbered === page.numbered &&
    page.lines.every((line, index) => {
      const other = lines[index] as PageLine;
      const { above, below, ruleSpan } = line.paragraph;
      const { above: oldAbove, below: oldBelow } = other.paragraph;
      return (
        line.parts === other.parts &&
        line.top === other.top &&
        line.first === other.first &&
        line.last === other.last &&
        (line.line < 0 ? other.line < 0 : line.line - from === other.line - old.from) &&
        columns[index] === old.columns[index] &&
        !(above || below || ruleSpan || oldAbove || oldBelow)
      );
    })
  );
}

/** Draws the pages of one document. */
class PageDrawing {
  private readonly left: number;
  private readonly top: number;
  /** Width of the text area. */
  private readonly width: number;
  /** Width of a character of the text with the space after it. */
  private readonly character: number;

  constructor(private readonly document: SetDocument) {
    const { margins, spacing, sizes } = document.template;
    this.left = margins.left * MM;
    this.top = margins.top * MM;
    this.width = (PAGE.width - margins.left - margins.right) * MM;
    this.character = sizes.text + spacing;
  }

  /** `columns` are those of the lines in the draft; lines of the draft count from `from`. */
  draw(page: Page, columns: readonly number[], from: number): DrawnPage {
    const rules: DrawnRule[] = [];
    const lines = page.lines.map((line, index): DrawnLine => {
      const next = page.lines[index + 1];
      if (line.edges) rules.push(...this.tableRules(line, next?.paragraph !== line.paragraph));
      rules.push(...this.paragraphRules(line));
      return { ...(line.line >= 0 && { line: line.line - from }), ...this.drawnLine(line, columns[index] as number) };
    });
    if (page.numbered) lines.push(this.pageNumber(page.number));
    if (this.document.composition.form === 'letter' && page.number === 1) rules.push(...this.letterFoot());
    return { firstLine: from, lines, rules };
  }

  private drawnLine(line: PageLine, column: number): DrawnLine {
    const { left, top, width, character } = this;
    const { paragraph } = line;
    const baseline = top + line.top + line.height * BASELINE;
    // Justified text is stretched to the right edge, except on its last line.
    const used = line.parts.reduce((sum, part) => sum + part.width, 0);
    const indent = (paragraph.left + (line.first ? paragraph.first : 0)) * character;
    const room = width - indent - paragraph.right * character;
    const factor = paragraph.align === 'both' && !line.last && used > room * 0.8 ? room / used : 1;
    const start = line.parts[0]?.left ?? 0;
    return {
      column,
      top: rounded(top + line.top),
      height: rounded(line.height),
      texts: line.parts
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, face, size, red, left: at, width: own }) => ({
          x: rounded(left + start + (at - start) * factor),
          y: rounded(baseline),
          width: rounded(own * factor),
          text,
          face,
          size,
          ...(red && { red }),
        })),
    };
  }

  /** The rules above and below a paragraph. */
  private paragraphRules(line: PageLine): DrawnRule[] {
    const { above, below, ruleSpan: span, foot } = line.paragraph;
    const [left, width] = span ? [span.left * MM, span.width * MM] : [this.left, this.width];
    const top = this.top + line.top;
    // Below the text at the rule's distance; in the foot the text is at the bottom of its line.
    const space = foot ? RULE_SPACE : (below?.space ?? 0);
    return [
      ...(above && line.first ? ruleAt(above, left, top - RULE_SPACE, width, true) : []),
      ...(below && line.last ? ruleAt(below, left, top + line.height + space, width, false) : []),
    ];
  }

  private tableRules(line: PageLine, isLast: boolean): DrawnRule[] {
    const edges = line.edges ?? [];
    const y = this.top + line.top;
    const width = rounded((edges.at(-1) ?? 0) - (edges[0] ?? 0));
    const across = (at: number): DrawnRule => ({ x: rounded(this.left), y: rounded(at), width, height: 0.5 });
    return [
      ...(line.rowStart ? [across(y)] : []),
      ...(isLast ? [across(y + line.height)] : []),
      ...edges.map((edge) => ({
        x: rounded(this.left + edge),
        y: rounded(y),
        width: 0.5,
        height: rounded(line.height),
      })),
    ];
  }

  /** 10.1: the second double rule 20 mm above the page's lower edge, the thin line on top. */
  private letterFoot(): DrawnRule[] {
    const rule: Rule = { width: 3, space: 0, red: true, double: true };
    const y = (PAGE.height - LETTER_FOOT) * MM - rule.width - 2 * THIN;
    return [...ruleAt(rule, LETTER_RULE.left * MM, y, LETTER_RULE.width * MM, true)];
  }

  /** 7.5: — 1 —, 7 mm below the text area, odd right, even left, one character from the edge. */
  private pageNumber(number: number): DrawnLine {
    const text = `— ${number} —`;
    const size = this.document.template.sizes.small;
    const own = size * (3 + 0.5 * String(number).length);
    const x = number % 2 === 1 ? this.left + this.width - size - own : this.left + size;
    const middle = (PAGE.height - 35 + 7) * MM;
    const y = rounded(middle + size * 0.34);
    return {
      column: 0,
      top: rounded(middle - size / 2),
      height: size,
      texts: [{ x: rounded(x), y, width: rounded(own), text, face: 'page', size }],
    };
  }
}

/**
 * Column in the draft's line of the character at `start` of a paragraph's text; the line may contain Markdown markup.
 */
function columnOf(line: string, { runs, rows }: SetParagraph, start: number): number {
  const indent = (/^[\s|]*/.exec(line) as RegExpExecArray)[0].length;
  if (rows) return indent;
  const words = runs.map(({ text }) => text).join('');
  const at = line.indexOf(words);
  if (at >= 0) return at + start;
  // The displayed text is the line with some of its characters removed.
  let column = indent;
  for (let done = 0; done <= start; done++) {
    const next = line.indexOf(words[done] as string, column);
    if (next < 0) break;
    column = next + (done < start ? 1 : 0);
  }
  return column;
}

/** A rule or, if it is double, a thick and a thin line, the thick one on the outside. */
function ruleAt({ width: thick, red, double }: Rule, x: number, y: number, width: number, above: boolean): DrawnRule[] {
  const one = (at: number, height: number): DrawnRule => ({
    x: rounded(x),
    y: rounded(at),
    width: rounded(width),
    height: rounded(height),
    ...(red && { red }),
  });
  if (!double) return [one(y, thick)];
  return above ? [one(y, THIN), one(y + THIN * 2, thick)] : [one(y, thick), one(y + thick + THIN, THIN)];
}

function rounded(points: number): number {
  return Math.round(points * 100) / 100;
}
