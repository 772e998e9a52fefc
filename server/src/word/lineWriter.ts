/** Puts the paragraphs of a Word document into the lines of a text. */
import type { Label } from './numbering';
import { type Finished, type FinishedParagraph, paragraphsIn } from './parsedParagraph';
import type { Stretch, WordParagraph, WordText } from './wordText';

/** Assembles finished paragraphs into lines. */
export class LineWriter {
  private readonly parts: string[] = [];
  private length = 0;
  private readonly paragraphs: WordParagraph[] = [];
  private readonly stretches: Stretch[] = [];
  private number = 0;
  private atStart = true;

  add(one: Finished): void {
    if (one.row === undefined) {
      this.newLine();
      this.paragraph(one);
      return;
    }
    const cells = one.row.map((cell) => cell.flatMap(paragraphsIn));
    // A row becomes a line with tabs between its cells, as in Word's own plain text, unless a cell contains several
    // paragraphs.
    const filled = cells.map((cell) => cell.filter(holdsText));
    const single = filled.every((cell) => cell.length <= 1 && !cell.some(hasBreak));
    if (single && one.row.length > 1) {
      this.newLine();
      cells.forEach((cell, index) => {
        if (index > 0) this.put('\t');
        // Empty paragraphs of the cell are counted but not shown.
        const shown = filled[index]?.[0] ?? cell[0];
        for (const paragraph of cell) {
          if (paragraph === shown) this.paragraph(paragraph, true);
          else this.number++;
        }
      });
      return;
    }
    for (const cell of one.row) {
      for (const inner of cell) {
        if (inner.row === undefined && !holdsText(inner)) this.number++;
        else this.add(inner);
      }
    }
  }

  /** Adds an empty line, unless there is one already. */
  separate(): void {
    if (this.length > 0 && !/\n$/.test(this.parts.at(-1) ?? '')) this.newLine();
  }

  result(): Pick<WordText, 'text' | 'paragraphs' | 'stretches'> {
    return { text: this.parts.join(''), paragraphs: this.paragraphs, stretches: this.stretches };
  }

  private newLine(): void {
    if (this.atStart) this.atStart = false;
    else this.put('\n');
  }

  private put(text: string): void {
    if (text === '') return;
    this.parts.push(text);
    this.length += text.length;
  }

  private paragraph({ pieces, label, paragraph, place }: FinishedParagraph, inRow = false): void {
    const start = this.length;
    const last = pieces.findLastIndex(({ text }) => text !== '' && text !== '\f');
    const first = pieces.find(({ text }) => text !== '' && text !== '\f')?.text ?? '';
    if (label) this.put(labelText(label, first));
    let seen = false;
    pieces.forEach(({ text, run, item, anchor }, index) => {
      if (anchor) {
        const { target, key } = anchor;
        if (key === 'start' && target.start < 0) target.start = this.length;
        if (key === 'end') target.end = this.length;
        return;
      }
      // A page break between paragraphs separates nothing that is not separate already.
      if (text === '\f' && (!seen || index > last)) return;
      if (text !== '\f') seen = true;
      const shown = text === '\f' ? '\n' : inRow ? text.replace(/[\t\n]/g, ' ') : text;
      if (run) this.stretches.push({ start: this.length, end: this.length + shown.length, run, item });
      this.put(shown);
    });
    this.paragraphs.push({
      number: ++this.number,
      start,
      end: this.length,
      label,
      style: paragraph.style,
      outline: paragraph.outline,
      place,
      source: { start: paragraph.start, content: paragraph.content, end: paragraph.end },
    });
  }
}

function holdsText({ pieces, label }: FinishedParagraph): boolean {
  return (label !== undefined && label.text !== '') || pieces.some(({ text }) => text.trim() !== '');
}

function hasBreak({ pieces }: FinishedParagraph): boolean {
  return pieces.some(({ text }) => text === '\n' || text === '\f');
}

/**
 * A number with the separator a writer would type: nothing between a mark and a Chinese character (一、总体要求), a blank
 * elsewhere.
 */
export function labelText({ text, suffix, bullet }: Pick<Label, 'text' | 'suffix' | 'bullet'>, next: string): string {
  if (text === '') return '';
  const trimmed = text.trimEnd();
  const blank = text.length > trimmed.length;
  if (suffix === 'nothing' && !blank) return text;
  if (next === '' || /^\s/.test(next)) return trimmed;
  const closed = /[\p{P}①-⓿㈠-㊿⑴-⒛]$/u.test(trimmed) && !bullet;
  return closed && /^[\p{Script=Han}\p{P}]/u.test(next) ? trimmed : `${trimmed} `;
}
