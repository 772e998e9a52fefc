/** Reads one part of a Word document element by element: its paragraphs, runs, fields and tracked changes. */
import type { DocumentParts, NoteKind } from './documentParts';
import { formatNumber } from './numberFormats';
import type { ListCounter, Numbering } from './numbering';
import { anchorPiece, ParagraphStack } from './paragraphStack';
import type { Container, Finished, OpenParagraph } from './parsedParagraph';
import { isOn, type Styles } from './styles';
import { symbol } from './symbols';
import type { WordChange, WordItem, WordRun, WordView } from './wordText';
import { attribute, scanXml } from './xml';
import { plainText, trimmed } from './xmlText';

/** The shared context for reading all parts of a document. */
export interface PartContext {
  readonly view: WordView;
  /** Whether runs and their items are kept, for callers that write into the document. */
  readonly keepSources: boolean;
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly counter: ListCounter;
  readonly parts: DocumentParts;
}

export interface Part {
  readonly source: string;
  /** Its prefix of WordprocessingML names, `w:`. */
  readonly prefix: string;
  /** Whether it is the main part, in which offsets in the markup are meaningful. */
  readonly main: boolean;
  /** Set for a part of notes: the content of each is put into `found` by its id. */
  readonly notes?: {
    readonly kind: NoteKind;
    readonly found: Map<string, Finished[]>;
    readonly labels: ReadonlyMap<string, string>;
  };
}

interface OpenRun {
  readonly run: WordRun;
  hidden: boolean | undefined;
  style: string | undefined;
}

interface Field {
  phase: 'code' | 'result';
  code: string;
}

/** A start tag; `local` is its name without the prefix of WordprocessingML. */
interface StartTag {
  readonly local: string;
  readonly attributes: string;
  readonly start: number;
  /** Offset after the tag. */
  readonly end: number;
  readonly empty: boolean;
}

/** Elements whose content is not part of the document's text. */
const SKIPPED = new Set([
  'mc:Fallback',
  'rPrChange',
  'sectPrChange',
  'tblPrChange',
  'tcPrChange',
  'trPrChange',
  'tblGridChange',
  'numberingChange',
  'sdtPr',
  'sdtEndPr',
  'rt',
  'sectPr',
]);

/** Longer field codes are cut: no code that is evaluated is this long. */
const MAX_CODE = 4_000;

/** Reads the paragraphs of `part` into `body`. Throws `XmlError` for broken markup and `TooManyPieces`. */
export function readPart(part: Part, body: Container, context: PartContext): void {
  new PartReader(part, body, context).read();
}

class PartReader {
  private readonly stack: ParagraphStack;
  private readonly runs: OpenRun[] = [];
  private readonly fields: Field[] = [];
  /** Open tracked changes. */
  private readonly open: WordChange[] = [];
  private skipped = 0;
  private inserted = 0;
  private deleted = 0;
  private boxes = 0;
  /** Open elements whose text must not be edited: links, content controls, simple fields. */
  private kept = 0;
  private alternates = 0;
  private properties = 0;
  private inMark = false;
  private inNumbering = false;
  private inRunProperties = false;
  private inRowProperties = false;
  private propertiesStart = 0;
  private contentStart = 0;
  private textStart = 0;
  private preserved = false;
  private note: string | undefined;

  constructor(
    private readonly part: Part,
    body: Container,
    private readonly context: PartContext,
  ) {
    this.stack = new ParagraphStack(body, (paragraph) => this.labelOf(paragraph));
  }

  read(): void {
    const { source, prefix } = this.part;
    const localOf = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
    scanXml(source, {
      open: (name, attributes, start, end, empty) => {
        const local = localOf(name);
        if (this.skipped === 0) this.openElement({ local, attributes, start, end, empty });
        else if (SKIPPED.has(local)) this.skipped++;
      },
      close: (name, start, end) => {
        const local = localOf(name);
        if (this.skipped === 0) this.closeElement(local, start, end);
        else if (SKIPPED.has(local) || (local === 'pPrChange' && this.context.view === 'final')) this.skipped--;
      },
    });
    this.stack.endBody();
  }

  private openElement(tag: StartTag): void {
    switch (tag.local) {
      case 'p':
        this.stack.openParagraph(tag.start, tag.empty ? -1 : tag.end);
        return;
      case 'pPr':
        this.properties++;
        return;
      case 'pPrChange':
      case 'pStyle':
      case 'numPr':
      case 'numId':
      case 'ilvl':
      case 'outlineLvl':
        this.openParagraphProperty(tag);
        return;
      case 'r':
      case 'rPr':
      case 'vanish':
      case 'specVanish':
      case 'rStyle':
        this.openRunElement(tag);
        return;
      case 'ins':
      case 'moveTo':
      case 'del':
      case 'moveFrom':
        this.openChange(tag);
        return;
      case 't':
      case 'delText':
      case 'm:t':
      case 'instrText':
      case 'delInstrText':
        this.openText(tag);
        return;
      case 'fldChar':
        this.openFieldCharacter(tag);
        return;
      case 'tab':
      case 'ptab':
      case 'br':
      case 'cr':
      case 'noBreakHyphen':
      case 'softHyphen':
      case 'sym':
      case 'footnoteReference':
      case 'endnoteReference':
      case 'footnoteRef':
      case 'endnoteRef':
        this.openCharacter(tag);
        return;
      case 'commentRangeStart':
      case 'commentRangeEnd':
      case 'commentReference':
        this.openComment(tag);
        return;
      default:
        this.openHolder(tag);
        return;
    }
  }

  private closeElement(local: string, start: number, end: number): void {
    switch (local) {
      case 'p':
        this.closeParagraph(end);
        return;
      case 'pPr':
      case 'numPr':
        this.closeParagraphProperties(local, end);
        return;
      case 'r': {
        const closed = this.runs.pop();
        if (closed) closed.run.end = end;
        return;
      }
      case 'rPr':
        this.closeRunProperties(end);
        return;
      case 'ins':
      case 'moveTo':
      case 'del':
      case 'moveFrom':
        if (start !== end) this.closeChange(local);
        return;
      case 't':
      case 'delText':
      case 'm:t':
      case 'instrText':
      case 'delInstrText':
        this.closeText(local, start, end);
        return;
      case 'fldChar':
      case 'drawing':
      case 'pict':
      case 'object':
        this.keepItem(this.contentStart, Math.max(this.contentStart, end));
        return;
      default:
        this.closeHolder(local, start === end);
        return;
    }
  }

  private openParagraphProperty({ local, attributes }: StartTag): void {
    const { paragraph } = this.stack;
    switch (local) {
      case 'pPrChange':
        // The properties before a tracked change: those of the original.
        if (this.context.view === 'final') this.skipped++;
        else if (paragraph) {
          Object.assign(paragraph, { style: undefined, list: undefined, level: undefined, outline: undefined });
        }
        return;
      case 'pStyle':
        if (paragraph && this.properties > 0) paragraph.style = this.valueIn(attributes);
        return;
      case 'numPr':
        this.inNumbering = this.properties > 0;
        return;
      case 'numId':
        if (paragraph && this.inNumbering) paragraph.list = this.valueIn(attributes) ?? '0';
        return;
      case 'ilvl':
        if (paragraph && this.inNumbering) paragraph.level = Number(this.valueIn(attributes)) || 0;
        return;
      case 'outlineLvl':
        if (paragraph && this.properties > 0) paragraph.outline = Number(this.valueIn(attributes)) || 0;
        return;
    }
  }

  private closeParagraphProperties(local: 'pPr' | 'numPr', end: number): void {
    if (local === 'numPr') {
      this.inNumbering = false;
      return;
    }
    this.properties = Math.max(0, this.properties - 1);
    const { paragraph } = this.stack;
    if (paragraph && this.properties === 0) paragraph.content = end;
  }

  private closeParagraph(end: number): void {
    const paragraph = this.stack.closeParagraph(end);
    if (!paragraph) return;
    // A field code that continues in the next paragraph was never closed.
    while (this.fields.at(-1)?.phase === 'code' && this.stack.isEmpty) this.fields.pop();
    for (const change of this.open) paragraph.pieces.push(anchorPiece(change, 'end'));
    this.stack.finish(paragraph);
  }

  private labelOf({ style, list, level, numberingInserted }: OpenParagraph) {
    const { view, numbering, styles, counter } = this.context;
    if (numberingInserted && view === 'original') return undefined;
    const own =
      list === undefined && level === undefined
        ? undefined
        : { ...(list !== undefined && { list }), ...(level !== undefined && { level }) };
    const numbered = numbering.resolve(style ?? styles.defaultParagraph, own);
    return numbered && counter.next(numbered);
  }

  private openRunElement(tag: StartTag): void {
    const { local, attributes, start } = tag;
    const current = this.runs.at(-1);
    switch (local) {
      case 'r':
        this.openRun(tag);
        return;
      case 'rPr':
        if (this.properties > 0) this.inMark = true;
        else if (current) {
          this.inRunProperties = true;
          this.propertiesStart = start;
        }
        return;
      case 'rStyle':
        if (this.inRunProperties && current) current.style = this.valueIn(attributes);
        return;
      default: {
        const on = isOn(this.valueIn(attributes));
        const { paragraph } = this.stack;
        if (this.inMark && paragraph) paragraph.markHidden = on;
        else if (this.inRunProperties && local === 'vanish' && current) current.hidden = on;
      }
    }
  }

  private openRun({ start, end }: StartTag): void {
    // A run within a run holds the base text of a phonetic guide (拼音指南).
    const commentable = this.part.main && this.boxes === 0 && this.alternates === 0 && this.runs.length === 0;
    const editable =
      commentable &&
      this.inserted === 0 &&
      this.deleted === 0 &&
      this.fields.length === 0 &&
      this.stack.rowsGone === 0 &&
      this.kept === 0;
    const properties = { start: end, end };
    this.runs.push({
      run: { start, end, open: end, properties, items: [], editable, commentable },
      hidden: undefined,
      style: undefined,
    });
  }

  private closeRunProperties(end: number): void {
    if (this.inMark && this.properties > 0) this.inMark = false;
    else if (this.inRunProperties) {
      this.inRunProperties = false;
      const current = this.runs.at(-1);
      if (current) current.run.properties = { start: this.propertiesStart, end };
    }
  }

  private openChange({ local, attributes, empty }: StartTag): void {
    const isInsertion = local === 'ins' || local === 'moveTo';
    const { paragraph } = this.stack;
    const gone = isInsertion ? this.context.view === 'original' : this.context.view === 'final';
    if (this.inNumbering) {
      if (isInsertion && paragraph) paragraph.numberingInserted = true;
      return;
    }
    if (this.inMark) {
      if (gone && paragraph) paragraph.markGone = true;
      return;
    }
    if (this.inRowProperties) {
      if (gone) this.stack.dropRow();
      return;
    }
    if (this.inRunProperties || empty) return;
    if (isInsertion) this.inserted++;
    else this.deleted++;
    const change: WordChange = {
      kind: isInsertion ? 'insertion' : 'deletion',
      moved: local.startsWith('move'),
      author: this.attributeIn(attributes, 'author') ?? '',
      date: this.attributeIn(attributes, 'date') ?? '',
      text: '',
      start: -1,
      end: -1,
    };
    this.context.parts.changes.push(change);
    this.open.push(change);
    this.stack.anchor(change, 'start');
  }

  private closeChange(local: string): void {
    if (this.inNumbering || this.inMark || this.inRowProperties || this.inRunProperties) return;
    if (local === 'ins' || local === 'moveTo') this.inserted = Math.max(0, this.inserted - 1);
    else this.deleted = Math.max(0, this.deleted - 1);
    const change = this.open.pop();
    if (change) this.stack.anchor(change, 'end');
  }

  private openText({ local, attributes, start, end }: StartTag): void {
    this.textStart = end;
    if (local !== 'm:t') this.contentStart = start;
    if (local === 't' || local === 'delText') this.preserved = attribute(attributes, 'xml:space') === 'preserve';
  }

  private closeText(local: string, start: number, end: number): void {
    const { textStart } = this;
    this.textStart = 0;
    if (local === 'instrText' || local === 'delInstrText') {
      const field = this.fields.at(-1);
      if (field?.phase === 'code' && field.code.length < MAX_CODE) {
        field.code += plainText(this.part.source.slice(textStart, start));
      }
      this.keepItem(this.contentStart, end);
      return;
    }
    if (textStart === 0) return;
    const raw = this.part.source.slice(textStart, start);
    const text = plainText(raw);
    if (local === 'm:t') {
      this.add(text);
      return;
    }
    const shown = (this.preserved ? text : trimmed(text)).replace(/[\r\n]/g, ' ');
    this.add(shown, { start: this.contentStart, end, words: local === 't' && !raw.includes('<') });
  }

  private openFieldCharacter({ attributes, start }: StartTag): void {
    this.contentStart = start;
    const type = this.attributeIn(attributes, 'fldCharType');
    if (type === 'begin') this.fields.push({ phase: 'code', code: '' });
    else if (type === 'separate') {
      const field = this.fields.at(-1);
      if (field) field.phase = 'result';
    } else if (type === 'end') {
      const field = this.fields.pop();
      if (field?.phase === 'code') this.endField(field);
    }
  }

  /** 带圈字符: a circled character is a formula field without a result. */
  private endField({ code }: Field): void {
    const enclosed = /^\s*eq\s*\\o\s*\\ac\s*\(\s*[○◯〇□△◇]\s*[,，]\s*(\S{1,3}?)\s*\)/i.exec(code)?.[1];
    if (!enclosed) return;
    this.add(/^\d{1,2}$/.test(enclosed) ? formatNumber(Number(enclosed), 'decimalEnclosedCircle') : enclosed);
  }

  private openCharacter({ local, attributes, start, end }: StartTag): void {
    this.contentStart = start;
    if (this.runs.length === 0 || this.inRunProperties || this.properties > 0) return;
    this.add(this.characterOf(local, attributes), { start, end, words: false });
  }

  /** The character that an empty element represents. */
  private characterOf(local: string, attributes: string): string {
    switch (local) {
      case 'tab':
      case 'ptab':
        return '\t';
      case 'br': {
        const type = this.attributeIn(attributes, 'type');
        return type === 'page' || type === 'column' ? '\f' : '\n';
      }
      case 'cr':
        return '\n';
      case 'noBreakHyphen':
        return '-';
      case 'softHyphen':
        return '';
      case 'sym': {
        const code = Number.parseInt(this.attributeIn(attributes, 'char') ?? '', 16);
        return symbol(this.attributeIn(attributes, 'font') ?? '', code);
      }
      case 'footnoteRef':
      case 'endnoteRef':
        return this.part.notes?.labels.get(this.note ?? '') ?? '';
      default: {
        if (!this.showsText || this.isHidden) return '';
        const own = this.attributeIn(attributes, 'customMarkFollows');
        const kind = local === 'footnoteReference' ? 'footnote' : 'endnote';
        const id = this.attributeIn(attributes, 'id') ?? '';
        const at = this.part.main ? this.contentStart : -1;
        return this.context.parts.noteLabel(kind, id, own !== undefined && isOn(own), at);
      }
    }
  }

  private openComment({ local, attributes, start, end }: StartTag): void {
    const comment = this.context.parts.comments.get(this.attributeIn(attributes, 'id') ?? '');
    if (local === 'commentReference') this.keepItem(start, end);
    if (!comment) return;
    const { stack } = this;
    if (local === 'commentRangeStart') stack.anchor(comment, 'start');
    else if (local === 'commentRangeEnd') stack.anchor(comment, 'end');
    else if (comment.start < 0 && !stack.paragraph?.pieces.some(({ anchor }) => anchor?.target === comment)) {
      stack.anchor(comment, 'start');
      stack.anchor(comment, 'end');
    }
  }

  /**
   * Opens links, tables, text boxes and notes, which contain other elements, and elements that a text cannot represent.
   */
  private openHolder(tag: StartTag): void {
    const { local, empty, start } = tag;
    switch (local) {
      case 'hyperlink':
      case 'fldSimple':
      case 'sdt':
        if (!empty) this.kept++;
        return;
      case 'mc:AlternateContent': {
        if (empty) return;
        this.alternates++;
        const around = this.runs.at(-1);
        if (around) Object.assign(around.run, { editable: false, commentable: false });
        return;
      }
      case 'tbl':
        this.context.parts.tables++;
        return;
      case 'tr':
        this.stack.openRow();
        return;
      case 'trPr':
        this.inRowProperties = true;
        return;
      case 'tc':
        this.stack.openContainer('table');
        return;
      case 'txbxContent':
        this.boxes++;
        this.stack.openContainer('textBox');
        return;
      case 'footnote':
      case 'endnote':
        if (this.part.notes?.kind !== local) return;
        this.note = this.attributeIn(tag.attributes, 'id') ?? '';
        this.stack.openContainer('note');
        return;
      case 'drawing':
      case 'pict':
      case 'object':
        this.contentStart = start;
    }
    this.countLoss(tag);
    if (SKIPPED.has(local) && !empty) this.skipped = 1;
  }

  private countLoss({ local, start, empty }: StartTag): void {
    const { parts } = this.context;
    switch (local) {
      case 'object':
        parts.lose('objects');
        return;
      case 'pic:pic':
      case 'v:imagedata':
        parts.lose('pictures');
        return;
      case 'c:chart':
      case 'cx:chart':
        parts.lose('charts');
        return;
      case 'm:oMath':
        parts.lose('formulas');
        return;
      case 'altChunk':
        parts.lose('embeddedDocuments');
        return;
      case 'headerReference':
      case 'footerReference':
        parts.lose('headers');
        return;
      case 'sectPr':
        // Its content is skipped.
        if (!empty && /(?:header|footer)Reference/.test(this.part.source.slice(start, start + 2000))) {
          parts.lose('headers');
        }
    }
  }

  private closeHolder(local: string, empty: boolean): void {
    switch (local) {
      case 'hyperlink':
      case 'fldSimple':
      case 'sdt':
        if (!empty) this.kept = Math.max(0, this.kept - 1);
        return;
      case 'mc:AlternateContent':
        if (!empty) this.alternates = Math.max(0, this.alternates - 1);
        return;
      case 'trPr':
        this.inRowProperties = false;
        return;
      case 'tc':
        this.stack.closeCell();
        return;
      case 'tr':
        this.stack.closeRow();
        return;
      case 'txbxContent':
        this.boxes = Math.max(0, this.boxes - 1);
        this.stack.closeTextBox();
        return;
      case 'footnote':
      case 'endnote': {
        const { notes } = this.part;
        if (notes?.kind !== local || this.note === undefined) return;
        const held = this.stack.closeContainer();
        if (held) notes.found.set(this.note, held);
        this.note = undefined;
      }
    }
  }

  /** Adds text to the innermost paragraph and to the open changes; `from` is its range in the markup. */
  private add(text: string, from?: { readonly start: number; readonly end: number; readonly words: boolean }): void {
    let shown = text !== '' && this.showsText;
    if (shown && this.isHidden) {
      this.context.parts.lose('hiddenText');
      shown = false;
    }
    const run = this.context.keepSources && from ? this.runs.at(-1)?.run : undefined;
    if (run && from) {
      const { start, end, words } = from;
      run.items.push({ start, end, text: shown ? text : undefined, words: words && shown });
    }
    for (const change of this.open) change.text += text;
    const { paragraph } = this.stack;
    if (!shown || !paragraph) return;
    this.context.parts.countPiece();
    const { pieces } = paragraph;
    if (run) {
      pieces.push({ text, run, item: run.items.length - 1, anchor: undefined });
      return;
    }
    const last = pieces.at(-1);
    if (last && last.text.length > 1 && text.length > 1) {
      pieces[pieces.length - 1] = { text: last.text + text, run: undefined, item: 0, anchor: undefined };
    } else pieces.push({ text, run: undefined, item: 0, anchor: undefined });
  }

  /** A piece of the innermost run that shows no text. */
  private keepItem(start: number, end: number): void {
    const item: WordItem = { start, end, text: undefined, words: false };
    if (this.context.keepSources) this.runs.at(-1)?.run.items.push(item);
  }

  private get showsText(): boolean {
    const gone = this.context.view === 'final' ? this.deleted : this.inserted;
    return gone === 0 && this.stack.rowsGone === 0 && !this.fields.some(({ phase }) => phase === 'code');
  }

  private get isHidden(): boolean {
    const current = this.runs.at(-1);
    if (current?.hidden !== undefined) return current.hidden;
    return current?.style !== undefined && this.context.styles.hides(current.style);
  }

  private attributeIn(attributes: string, name: string): string | undefined {
    return attribute(attributes, this.part.prefix + name);
  }

  private valueIn(attributes: string): string | undefined {
    return this.attributeIn(attributes, 'val');
  }
}
