/** The open paragraphs of a part and their containers: the body, cells of tables, text boxes, notes. */
import type { Label } from './numbering';
import type { Container, Finished, OpenParagraph, Piece } from './parsedParagraph';

interface Row {
  readonly cells: Finished[][];
  gone: boolean;
}

export class ParagraphStack {
  private readonly containers: Container[];
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly rows: Row[] = [];
  /** Number of open rows that are hidden in the view. */
  rowsGone = 0;

  /** `labelOf` counts a paragraph's automatic number; it is called in the order in which paragraphs end. */
  constructor(
    private readonly body: Container,
    private readonly labelOf: (paragraph: OpenParagraph) => Label | undefined,
  ) {
    this.containers = [body];
  }

  /** The innermost open paragraph. */
  get paragraph(): OpenParagraph | undefined {
    return this.paragraphs.at(-1);
  }

  /** `content` is the offset where its content begins as long as it has no properties; -1 if it has no content. */
  openParagraph(start: number, content: number): void {
    this.paragraphs.push({
      pieces: [],
      style: undefined,
      list: undefined,
      level: undefined,
      numberingInserted: false,
      markGone: false,
      markHidden: false,
      outline: undefined,
      start,
      content,
      end: start,
      nested: [],
    });
  }

  /** Removes and returns the innermost paragraph; {@link finish} adds it to its container. */
  closeParagraph(end: number): OpenParagraph | undefined {
    const paragraph = this.paragraphs.pop();
    if (paragraph) paragraph.end = end;
    return paragraph;
  }

  /** Records an offset for `target` in the innermost paragraph. */
  anchor(target: { start: number; end: number }, key: 'start' | 'end'): void {
    this.paragraph?.pieces.push(anchorPiece(target, key));
  }

  finish(paragraph: OpenParagraph): void {
    const into = this.container;
    if (this.rowsGone > 0) return;
    const carried = into.carried;
    if (carried) {
      paragraph.pieces = [...carried.pieces, ...paragraph.pieces];
      paragraph.nested = [...carried.nested, ...paragraph.nested];
      into.carried = undefined;
    }
    const visible = paragraph.pieces.some(({ text }) => text !== '');
    if (paragraph.markGone || (paragraph.markHidden && visible)) into.carried = paragraph;
    else if (paragraph.markHidden) into.finished.push(...paragraph.nested);
    else this.add(paragraph, into);
  }

  openContainer(place: Container['place']): void {
    this.containers.push({ finished: [], place, carried: undefined });
  }

  /** Closes the innermost container and returns its content; undefined if only the body is open. */
  closeContainer(): Finished[] | undefined {
    const closed = this.containers.length > 1 ? this.containers.pop() : undefined;
    if (closed) this.end(closed);
    return closed?.finished;
  }

  closeTextBox(): void {
    const held = this.closeContainer();
    if (held) (this.paragraph?.nested ?? this.container.finished).push(...held);
  }

  openRow(): void {
    this.rows.push({ cells: [], gone: false });
  }

  /** Drops the innermost row, which is hidden in the view. */
  dropRow(): void {
    const row = this.rows.at(-1);
    if (!row || row.gone) return;
    row.gone = true;
    this.rowsGone++;
  }

  closeCell(): void {
    const held = this.closeContainer();
    if (held) this.rows.at(-1)?.cells.push(held);
  }

  closeRow(): void {
    const row = this.rows.pop();
    if (!row) return;
    if (row.gone) this.rowsGone--;
    else this.container.finished.push({ row: row.cells });
  }

  /** Must be called when the part has been read. */
  endBody(): void {
    this.end(this.body);
  }

  /** Whether no paragraph is open. */
  get isEmpty(): boolean {
    return this.paragraphs.length === 0;
  }

  private get container(): Container {
    return this.containers.at(-1) as Container;
  }

  private add(paragraph: OpenParagraph, into: Container): void {
    const label = this.labelOf(paragraph);
    into.finished.push({ pieces: paragraph.pieces, label, paragraph, place: into.place }, ...paragraph.nested);
  }

  /** The last paragraph of a container keeps its mark whatever was deleted. */
  private end(into: Container): void {
    const carried = into.carried;
    if (!carried) return;
    into.carried = undefined;
    if (carried.pieces.some(({ text }) => text !== '')) this.add(carried, into);
    else into.finished.push(...carried.nested);
  }
}

export function anchorPiece(target: { start: number; end: number }, key: 'start' | 'end'): Piece {
  return { text: '', run: undefined, item: 0, anchor: { target, key } };
}
