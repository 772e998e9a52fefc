/**
 * Reads the text of a Word document as Word shows it: with automatic list numbers, tracked changes either accepted or
 * rejected, and without field codes, hidden text or change markup.
 */
import { formatNumber } from './numberFormats';
import { bulletText, type Label, ListCounter, Numbering } from './numbering';
import { isOn, Styles } from './styles';
import { attribute, decodeText, scanXml } from './xml';

/** Which side of tracked changes is read: the text with all of them accepted, or with all rejected. */
export type WordView = 'final' | 'original';

/** The kind of container of a paragraph. */
export type Place = 'body' | 'table' | 'textBox' | 'note';

/** A paragraph of the document; `start` and `end` are offsets in {@link WordText.text}. */
export interface WordParagraph {
  /** Counted from 1 in reading order, empty ones included. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** Its automatic number, if it has one. */
  readonly label: Label | undefined;
  /** The id of its style. */
  readonly style: string | undefined;
  /** Its outline level in Word, 0 outermost; undefined for body text. */
  readonly outline: number | undefined;
  readonly place: Place;
  /**
   * Its range in the markup of the main part; `content` is the end of its properties, where its content begins, `-1` if
   * it has none. A paragraph of a note has the place of the note's mark.
   */
  readonly source: { readonly start: number; readonly content: number; readonly end: number };
}

/** A run of the main part: its range and its content. */
export interface WordRun {
  readonly start: number;
  end: number;
  /** Just after its start tag. */
  readonly open: number;
  /** Its properties including the tags; start equals end if there are none. */
  properties: { readonly start: number; readonly end: number };
  readonly items: WordItem[];
  /**
   * Whether its text can be changed: false in fields, links, content controls, other authors' changes, text boxes and
   * notes.
   */
  editable: boolean;
  /** Whether a comment can begin or end within it. */
  commentable: boolean;
}

/** A piece of a run's content. */
export interface WordItem {
  /** Including its tags. */
  readonly start: number;
  readonly end: number;
  /** The characters it represents, `'\t'` for a tab; undefined for an item without text. */
  readonly text: string | undefined;
  /** Whether its characters are literal in the markup, so that it can be split. */
  readonly words: boolean;
}

/**
 * Source of a range of the text. Stretches come in order and do not overlap; labels have none, and there are none at
 * all if a document is only read.
 */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly run: WordRun;
  readonly item: number;
}

/** A comment of the document, with the text it refers to. */
export interface WordComment {
  readonly id: string;
  readonly author: string;
  readonly date: string;
  readonly text: string;
  start: number;
  end: number;
}

/** A tracked change; a deletion is a single offset of the final text. */
export interface WordChange {
  readonly kind: 'insertion' | 'deletion';
  readonly moved: boolean;
  readonly author: string;
  readonly date: string;
  text: string;
  start: number;
  end: number;
}

/** Content that a draft cannot represent, with the number of occurrences in the document. */
export type Loss = 'pictures' | 'formulas' | 'charts' | 'objects' | 'hiddenText' | 'headers' | 'embeddedDocuments';

export interface WordText {
  readonly text: string;
  readonly paragraphs: readonly WordParagraph[];
  readonly stretches: readonly Stretch[];
  readonly comments: readonly WordComment[];
  readonly changes: readonly WordChange[];
  /** Number of footnotes and endnotes at the end of the text. */
  readonly notes: number;
  readonly tables: number;
  readonly losses: ReadonlyMap<Loss, number>;
}

/** The parts that are read; absent ones are empty. */
export interface WordSources {
  readonly document: string;
  /** Prefix of WordprocessingML names, `w:`. */
  readonly prefix: string;
  readonly styles: string;
  readonly numbering: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly comments: string;
  readonly settings: string;
}

/** A document with more pieces of text than this is not a draft, and would take more memory than a draft may. */
const MAX_PIECES = 4_000_000;

export class TooManyPieces extends Error {}

/** A piece of a paragraph's content, or (`anchor`) an offset that is recorded for something else. */
interface Piece {
  readonly text: string;
  readonly run: WordRun | undefined;
  readonly item: number;
  readonly anchor: undefined | { readonly target: { start: number; end: number }; readonly key: 'start' | 'end' };
}

interface OpenParagraph {
  pieces: Piece[];
  style: string | undefined;
  list: string | undefined;
  level: number | undefined;
  numberingInserted: boolean;
  markGone: boolean;
  markHidden: boolean;
  outline: number | undefined;
  start: number;
  content: number;
  end: number;
  /** Content of its text boxes, which follows below. */
  nested: Finished[];
}

interface FinishedParagraph {
  readonly row?: undefined;
  readonly pieces: readonly Piece[];
  readonly label: Label | undefined;
  readonly paragraph: OpenParagraph;
  readonly place: Place;
}

/** A row of a table: the paragraphs of each cell. */
interface FinishedRow {
  readonly row: readonly (readonly Finished[])[];
}

type Finished = FinishedParagraph | FinishedRow;

/** A container of paragraphs: the body, a cell, a text box, a note. */
interface Container {
  readonly finished: Finished[];
  readonly place: Place;
  /** A paragraph whose mark was deleted, to be joined with the next. */
  carried: OpenParagraph | undefined;
}

interface Field {
  phase: 'code' | 'result';
  code: string;
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

/** Characters of the font Symbol, where it differs from Latin-1. */
const SYMBOLS: ReadonlyMap<number, string> = new Map(
  [
    ...'61α 62β 67γ 64δ 70π 6Dμ 73σ 6Cλ 71θ 77ω 44Δ 53Σ 57Ω B7• B4× B1± A3≤ B3≥ B9≠ BB≈ B0° D6√ A5∞ AE→ AC← DA∨ D9∧ CE∈'.matchAll(
      /([\dA-F]{2})(\S)/gu,
    ),
  ].map(([, code, sign]) => [Number.parseInt(code as string, 16), sign as string]),
);

/** The Unicode character shown for the character `code` of `font`. */
function symbol(font: string, code: number): string {
  if (!(code > 0 && code <= 0xffff)) return '';
  const own = code >= 0xf000 && code <= 0xf0ff ? code & 0xff : code;
  if (/^symbol$/i.test(font)) return SYMBOLS.get(own) ?? String.fromCharCode(own);
  // Pictorial fonts: Wingdings and the like.
  return bulletText(String.fromCharCode(/wingdings|webdings/i.test(font) ? 0xf000 | own : code));
}

class Reading {
  private readonly styles: Styles;
  private readonly numbering: Numbering;
  private readonly counter: ListCounter;
  private readonly losses = new Map<Loss, number>();
  private readonly changes: WordChange[] = [];
  private readonly comments = new Map<string, WordComment>();
  private readonly notes: { kind: 'footnote' | 'endnote'; id: string; label: string; at: number }[] = [];
  private pieceCount = 0;
  private tables = 0;
  private readonly noteCounts = { footnote: 0, endnote: 0 };

  constructor(
    private readonly sources: WordSources,
    private readonly view: WordView,
    private readonly keepSources: boolean,
  ) {
    this.styles = new Styles(sources.styles, prefixIn(sources.styles, sources.prefix));
    this.numbering = new Numbering(sources.numbering, prefixIn(sources.numbering, sources.prefix), this.styles);
    this.counter = new ListCounter(this.numbering);
  }

  read(): WordText {
    this.readComments();
    const body: Container = { finished: [], place: 'body', carried: undefined };
    this.readPart(this.sources.document, body, true);
    const noteTexts = this.readNotes();
    const output = new Output();
    for (const one of body.finished) output.add(one);
    if (noteTexts.length > 0) {
      output.separate();
      for (const one of noteTexts) output.add(one);
    }
    return {
      ...output.result(),
      comments: [...this.comments.values()],
      changes: this.changes,
      notes: this.notes.length,
      tables: this.tables,
      losses: this.losses,
    };
  }

  private readComments(): void {
    const { comments: source } = this.sources;
    if (source === '') return;
    const prefix = prefixIn(source, this.sources.prefix);
    let current: { id: string; author: string; date: string; lines: string[] } | undefined;
    let text = 0;
    scanXml(source, {
      open: (name, attributes, _, end) => {
        if (name === `${prefix}comment`) {
          const get = (what: string) => attribute(attributes, prefix + what) ?? '';
          current = { id: get('id'), author: get('author'), date: get('date'), lines: [] };
        } else if (name === `${prefix}p`) current?.lines.push('');
        else if (name === `${prefix}t`) text = end;
      },
      close: (name, start) => {
        if (!current) return;
        if (name === `${prefix}t` && text > 0) {
          const line = current.lines.length - 1;
          if (line >= 0) current.lines[line] += plainText(source.slice(text, start));
          text = 0;
        } else if (name === `${prefix}comment`) {
          const { lines, ...who } = current;
          this.comments.set(who.id, { ...who, text: lines.join('\n').trim(), start: -1, end: -1 });
          current = undefined;
        }
      },
    });
  }

  private readNotes(): Finished[] {
    const finished: Finished[] = [];
    for (const kind of ['footnote', 'endnote'] as const) {
      const source = this.sources[`${kind}s`];
      const wanted = this.notes.filter((note) => note.kind === kind);
      if (wanted.length === 0 || source === '') continue;
      const found = new Map<string, Finished[]>();
      const body: Container = { finished: [], place: 'note', carried: undefined };
      this.readPart(source, body, false, { kind, found, labels: new Map(wanted.map(({ id, label }) => [id, label])) });
      for (const { id, at } of wanted) {
        const paragraphs = found.get(id) ?? [];
        for (const { paragraph } of paragraphs.flatMap(paragraphsIn))
          Object.assign(paragraph, { start: at, content: -1, end: at });
        finished.push(...paragraphs);
      }
    }
    return finished;
  }

  private lose(what: Loss): void {
    this.losses.set(what, (this.losses.get(what) ?? 0) + 1);
  }

  /** Reads the paragraphs of a part into `body`; `notes` receives those of each note. */
  private readPart(
    source: string,
    body: Container,
    main: boolean,
    notes?: { kind: 'footnote' | 'endnote'; found: Map<string, Finished[]>; labels: ReadonlyMap<string, string> },
  ): void {
    const prefix = prefixIn(source, this.sources.prefix);
    const { view, styles } = this;
    const value = `${prefix}val`;
    const containers: Container[] = [body];
    const paragraphs: OpenParagraph[] = [];
    const runs: { run: WordRun; hidden: boolean | undefined; style: string | undefined }[] = [];
    const rows: { cells: Finished[][]; gone: boolean }[] = [];
    const fields: Field[] = [];
    const open: WordChange[] = [];
    let skipped = 0;
    let inserted = 0;
    let deleted = 0;
    let rowsGone = 0;
    let boxes = 0;
    /** Open elements whose text must not be edited: links, content controls, simple fields. */
    let kept = 0;
    let alternates = 0;
    let properties = 0;
    let inMark = false;
    let inNumbering = false;
    let inRunProperties = false;
    let inRowProperties = false;
    let propertiesStart = 0;
    let contentStart = 0;
    let textStart = 0;
    let preserved = false;
    let note: string | undefined;

    const noteLabel = (kind: 'footnote' | 'endnote', id: string, ownMark: boolean) =>
      this.noteLabel(kind, id, ownMark, main ? contentStart : -1);
    const keepItem = (item: WordItem) => {
      if (this.keepSources) runs.at(-1)?.run.items.push(item);
    };
    const container = () => containers.at(-1) as Container;
    const showsText = () =>
      (view === 'final' ? deleted : inserted) === 0 && rowsGone === 0 && !fields.some(({ phase }) => phase === 'code');
    const isHidden = () => {
      const current = runs.at(-1);
      if (current?.hidden !== undefined) return current.hidden;
      return current?.style !== undefined && styles.hides(current.style);
    };
    const add = (text: string, from?: { start: number; end: number; words: boolean }): void => {
      const paragraph = paragraphs.at(-1);
      let shown = text !== '' && showsText();
      if (shown && isHidden()) {
        this.lose('hiddenText');
        shown = false;
      }
      const run = this.keepSources && from ? runs.at(-1)?.run : undefined;
      if (run && from) {
        const { start, end, words } = from;
        run.items.push({ start, end, text: shown ? text : undefined, words: words && shown });
      }
      for (const change of open) change.text += text;
      if (!shown || !paragraph) return;
      if (++this.pieceCount > MAX_PIECES) throw new TooManyPieces();
      const { pieces } = paragraph;
      if (run) {
        pieces.push({ text, run, item: run.items.length - 1, anchor: undefined });
        return;
      }
      const last = pieces.at(-1);
      if (last && last.text.length > 1 && text.length > 1) {
        pieces[pieces.length - 1] = { text: last.text + text, run: undefined, item: 0, anchor: undefined };
      } else pieces.push({ text, run: undefined, item: 0, anchor: undefined });
    };
    const anchor = (target: { start: number; end: number }, key: 'start' | 'end') => {
      paragraphs.at(-1)?.pieces.push({ text: '', run: undefined, item: 0, anchor: { target, key } });
    };
    const endField = (field: Field) => {
      // 带圈字符: a circled character is a formula field without a result.
      const enclosed = /^\s*eq\s*\\o\s*\\ac\s*\(\s*[○◯〇□△◇]\s*[,，]\s*(\S{1,3}?)\s*\)/i.exec(field.code)?.[1];
      if (enclosed)
        add(/^\d{1,2}$/.test(enclosed) ? formatNumber(Number(enclosed), 'decimalEnclosedCircle') : enclosed);
    };
    const finish = (paragraph: OpenParagraph): void => {
      const into = container();
      if (rowsGone > 0) return;
      const carried = into.carried;
      if (carried) {
        paragraph.pieces = [...carried.pieces, ...paragraph.pieces];
        paragraph.nested = [...carried.nested, ...paragraph.nested];
        into.carried = undefined;
      }
      const visible = paragraph.pieces.some(({ text }) => text !== '');
      if (paragraph.markGone || (paragraph.markHidden && visible)) {
        into.carried = paragraph;
        return;
      }
      if (paragraph.markHidden && !visible) {
        into.finished.push(...paragraph.nested);
        return;
      }
      close(paragraph, into);
    };
    const close = (paragraph: OpenParagraph, into: Container): void => {
      const numbered =
        paragraph.numberingInserted && view === 'original'
          ? undefined
          : this.numbering.resolve(
              paragraph.style ?? styles.defaultParagraph,
              paragraph.list === undefined && paragraph.level === undefined
                ? undefined
                : {
                    ...(paragraph.list !== undefined && { list: paragraph.list }),
                    ...(paragraph.level !== undefined && { level: paragraph.level }),
                  },
            );
      const label = numbered && this.counter.next(numbered);
      into.finished.push({ pieces: paragraph.pieces, label, paragraph, place: into.place }, ...paragraph.nested);
    };
    const end = (into: Container): void => {
      // The last paragraph of a container keeps its mark whatever was deleted.
      const carried = into.carried;
      if (!carried) return;
      into.carried = undefined;
      if (carried.pieces.some(({ text }) => text !== '')) close(carried, into);
      else into.finished.push(...carried.nested);
    };

    scanXml(source, {
      open: (name, attributes, start, tagEnd, empty) => {
        const local = name.startsWith(prefix) ? name.slice(prefix.length) : name;
        if (skipped > 0) {
          if (SKIPPED.has(local)) skipped++;
          return;
        }
        switch (local) {
          case 'p':
            paragraphs.push({
              pieces: [],
              style: undefined,
              list: undefined,
              level: undefined,
              numberingInserted: false,
              markGone: false,
              markHidden: false,
              outline: undefined,
              start,
              content: empty ? -1 : tagEnd,
              end: start,
              nested: [],
            });
            return;
          case 'pPr':
            properties++;
            return;
          case 'pPrChange': {
            if (view === 'final') {
              skipped++;
              return;
            }
            const paragraph = paragraphs.at(-1);
            if (paragraph) {
              paragraph.style = undefined;
              paragraph.list = undefined;
              paragraph.level = undefined;
              paragraph.outline = undefined;
            }
            return;
          }
          case 'pStyle': {
            const paragraph = paragraphs.at(-1);
            if (paragraph && properties > 0) paragraph.style = attribute(attributes, value);
            return;
          }
          case 'numPr':
            inNumbering = properties > 0;
            return;
          case 'numId': {
            const paragraph = paragraphs.at(-1);
            if (paragraph && inNumbering) paragraph.list = attribute(attributes, value) ?? '0';
            return;
          }
          case 'ilvl': {
            const paragraph = paragraphs.at(-1);
            if (paragraph && inNumbering) paragraph.level = Number(attribute(attributes, value)) || 0;
            return;
          }
          case 'outlineLvl': {
            const paragraph = paragraphs.at(-1);
            if (paragraph && properties > 0) paragraph.outline = Number(attribute(attributes, value)) || 0;
            return;
          }
          case 'r':
            runs.push({
              run: {
                start,
                end: tagEnd,
                open: tagEnd,
                properties: { start: tagEnd, end: tagEnd },
                items: [],
                editable:
                  main &&
                  inserted === 0 &&
                  deleted === 0 &&
                  boxes === 0 &&
                  fields.length === 0 &&
                  rowsGone === 0 &&
                  kept === 0 &&
                  alternates === 0 &&
                  runs.length === 0,
                // A run within a run holds the base text of a phonetic guide (拼音指南).
                commentable: main && boxes === 0 && alternates === 0 && runs.length === 0,
              },
              hidden: undefined,
              style: undefined,
            });
            return;
          case 'rPr':
            if (properties > 0) inMark = true;
            else if (runs.length > 0) {
              inRunProperties = true;
              propertiesStart = start;
            }
            return;
          case 'vanish':
          case 'specVanish':
          case 'webHidden': {
            if (local === 'webHidden') return;
            const on = isOn(attribute(attributes, value));
            const paragraph = paragraphs.at(-1);
            if (inMark && paragraph) paragraph.markHidden = on;
            else if (inRunProperties && local === 'vanish')
              (runs.at(-1) as { hidden: boolean | undefined }).hidden = on;
            return;
          }
          case 'rStyle':
            if (inRunProperties) (runs.at(-1) as { style: string | undefined }).style = attribute(attributes, value);
            return;
          case 'ins':
          case 'moveTo':
          case 'del':
          case 'moveFrom': {
            const isInsertion = local === 'ins' || local === 'moveTo';
            const paragraph = paragraphs.at(-1);
            const gone = isInsertion ? view === 'original' : view === 'final';
            if (inNumbering) {
              if (isInsertion && paragraph) paragraph.numberingInserted = true;
              return;
            }
            if (inMark) {
              if (gone && paragraph) paragraph.markGone = true;
              return;
            }
            if (inRowProperties) {
              const row = rows.at(-1);
              if (gone && row && !row.gone) {
                row.gone = true;
                rowsGone++;
              }
              return;
            }
            if (inRunProperties || empty) return;
            if (isInsertion) inserted++;
            else deleted++;
            const change: WordChange = {
              kind: isInsertion ? 'insertion' : 'deletion',
              moved: local.startsWith('move'),
              author: attribute(attributes, `${prefix}author`) ?? '',
              date: attribute(attributes, `${prefix}date`) ?? '',
              text: '',
              start: -1,
              end: -1,
            };
            this.changes.push(change);
            open.push(change);
            anchor(change, 'start');
            return;
          }
          case 't':
          case 'delText':
            textStart = tagEnd;
            contentStart = start;
            preserved = attribute(attributes, 'xml:space') === 'preserve';
            return;
          case 'm:t':
            textStart = tagEnd;
            return;
          case 'instrText':
          case 'delInstrText':
            textStart = tagEnd;
            contentStart = start;
            return;
          case 'fldChar': {
            contentStart = start;
            const type = attribute(attributes, `${prefix}fldCharType`);
            if (type === 'begin') fields.push({ phase: 'code', code: '' });
            else if (type === 'separate') {
              const field = fields.at(-1);
              if (field) field.phase = 'result';
            } else if (type === 'end') {
              const field = fields.pop();
              if (field?.phase === 'code') endField(field);
            }
            return;
          }
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
            contentStart = start;
            if (runs.length > 0 && !inRunProperties && properties === 0) {
              add(characterOf(local, attributes), { start, end: tagEnd, words: false });
            }
            return;
          case 'commentRangeStart':
          case 'commentRangeEnd':
          case 'commentReference': {
            const comment = this.comments.get(attribute(attributes, `${prefix}id`) ?? '');
            if (local === 'commentReference') keepItem(other(start, tagEnd));
            if (!comment) return;
            if (local === 'commentRangeStart') anchor(comment, 'start');
            else if (local === 'commentRangeEnd') anchor(comment, 'end');
            else if (comment.start < 0 && !paragraphs.at(-1)?.pieces.some((one) => one.anchor?.target === comment)) {
              anchor(comment, 'start');
              anchor(comment, 'end');
            }
            return;
          }
          case 'hyperlink':
          case 'fldSimple':
          case 'sdt':
            if (!empty) kept++;
            return;
          case 'mc:AlternateContent': {
            if (empty) return;
            alternates++;
            const around = runs.at(-1);
            if (around) Object.assign(around.run, { editable: false, commentable: false });
            return;
          }
          case 'tbl':
            this.tables++;
            return;
          case 'tr':
            rows.push({ cells: [], gone: false });
            return;
          case 'trPr':
            inRowProperties = true;
            return;
          case 'tc':
            containers.push({ finished: [], place: 'table', carried: undefined });
            return;
          case 'txbxContent':
            boxes++;
            containers.push({ finished: [], place: 'textBox', carried: undefined });
            return;
          case 'footnote':
          case 'endnote':
            if (!notes || notes.kind !== local) return;
            note = attribute(attributes, `${prefix}id`) ?? '';
            containers.push({ finished: [], place: 'note', carried: undefined });
            return;
          case 'drawing':
          case 'pict':
          case 'object':
            if (local === 'object') this.lose('objects');
            contentStart = start;
            return;
          case 'pic:pic':
          case 'v:imagedata':
            this.lose('pictures');
            return;
          case 'c:chart':
          case 'cx:chart':
            this.lose('charts');
            return;
          case 'm:oMath':
            this.lose('formulas');
            return;
          case 'altChunk':
            this.lose('embeddedDocuments');
            return;
          case 'headerReference':
          case 'footerReference':
            this.lose('headers');
            return;
          default:
            if (SKIPPED.has(local) && !empty) {
              if (local === 'sectPr' && /(?:header|footer)Reference/.test(source.slice(start, start + 2000)))
                this.lose('headers');
              skipped = 1;
            }
        }
      },
      close: (name, start, tagEnd) => {
        const local = name.startsWith(prefix) ? name.slice(prefix.length) : name;
        if (skipped > 0) {
          if (SKIPPED.has(local) || (local === 'pPrChange' && view === 'final')) skipped--;
          return;
        }
        switch (local) {
          case 'p': {
            const paragraph = paragraphs.pop();
            if (!paragraph) return;
            paragraph.end = tagEnd;
            // A field code that continues in the next paragraph was never closed.
            while (fields.at(-1)?.phase === 'code' && paragraphs.length === 0) fields.pop();
            for (const change of open) {
              paragraph.pieces.push({ text: '', run: undefined, item: 0, anchor: { target: change, key: 'end' } });
            }
            finish(paragraph);
            return;
          }
          case 'pPr': {
            properties = Math.max(0, properties - 1);
            const paragraph = paragraphs.at(-1);
            if (paragraph && properties === 0) paragraph.content = tagEnd;
            return;
          }
          case 'numPr':
            inNumbering = false;
            return;
          case 'hyperlink':
          case 'fldSimple':
          case 'sdt':
            if (start !== tagEnd) kept = Math.max(0, kept - 1);
            return;
          case 'mc:AlternateContent':
            if (start !== tagEnd) alternates = Math.max(0, alternates - 1);
            return;
          case 'r': {
            const closed = runs.pop();
            if (closed) closed.run.end = tagEnd;
            return;
          }
          case 'rPr':
            if (inMark && properties > 0) inMark = false;
            else if (inRunProperties) {
              inRunProperties = false;
              const current = runs.at(-1);
              if (current) current.run.properties = { start: propertiesStart, end: tagEnd };
            }
            return;
          case 'ins':
          case 'moveTo':
          case 'del':
          case 'moveFrom': {
            if (inNumbering || inMark || inRowProperties || inRunProperties || start === tagEnd) return;
            if (local === 'ins' || local === 'moveTo') inserted = Math.max(0, inserted - 1);
            else deleted = Math.max(0, deleted - 1);
            const change = open.pop();
            if (change) anchor(change, 'end');
            return;
          }
          case 't':
          case 'delText': {
            if (textStart === 0) return;
            const raw = source.slice(textStart, start);
            let text = plainText(raw);
            if (!preserved) text = trimmed(text);
            textStart = 0;
            const words = local === 't' && !raw.includes('<');
            add(text.replace(/[\r\n]/g, ' '), { start: contentStart, end: tagEnd, words });
            return;
          }
          case 'm:t':
            if (textStart > 0) add(plainText(source.slice(textStart, start)));
            textStart = 0;
            return;
          case 'instrText':
          case 'delInstrText': {
            const field = fields.at(-1);
            if (field?.phase === 'code' && field.code.length < 4000) {
              field.code += plainText(source.slice(textStart, start));
            }
            keepItem(other(contentStart, tagEnd));
            textStart = 0;
            return;
          }
          case 'fldChar':
          case 'drawing':
          case 'pict':
          case 'object':
            keepItem(other(contentStart, Math.max(contentStart, tagEnd)));
            return;
          case 'trPr':
            inRowProperties = false;
            return;
          case 'tc': {
            const cell = containers.length > 1 ? containers.pop() : undefined;
            if (!cell) return;
            end(cell);
            rows.at(-1)?.cells.push(cell.finished);
            return;
          }
          case 'tr': {
            const row = rows.pop();
            if (!row) return;
            if (row.gone) rowsGone--;
            else container().finished.push({ row: row.cells });
            return;
          }
          case 'txbxContent': {
            const box = containers.length > 1 ? containers.pop() : undefined;
            boxes = Math.max(0, boxes - 1);
            if (!box) return;
            end(box);
            const around = paragraphs.at(-1);
            if (around) around.nested.push(...box.finished);
            else container().finished.push(...box.finished);
            return;
          }
          case 'footnote':
          case 'endnote': {
            if (!notes || notes.kind !== local || note === undefined) return;
            const closed = containers.length > 1 ? containers.pop() : undefined;
            if (closed) {
              end(closed);
              notes.found.set(note, closed.finished);
            }
            note = undefined;
            return;
          }
        }
      },
    });
    end(body);

    function other(from: number, to: number): WordItem {
      return { start: from, end: to, text: undefined, words: false };
    }

    /** The character that an empty element represents. */
    function characterOf(local: string, attributes: string): string {
      switch (local) {
        case 'tab':
        case 'ptab':
          return '\t';
        case 'br': {
          const type = attribute(attributes, `${prefix}type`);
          return type === 'page' || type === 'column' ? '\f' : '\n';
        }
        case 'cr':
          return '\n';
        case 'noBreakHyphen':
          return '-';
        case 'softHyphen':
          return '';
        case 'sym':
          return symbol(
            attribute(attributes, `${prefix}font`) ?? '',
            Number.parseInt(attribute(attributes, `${prefix}char`) ?? '', 16),
          );
        case 'footnoteRef':
        case 'endnoteRef':
          return notes?.labels.get(note ?? '') ?? '';
        default: {
          if (!showsText() || isHidden()) return '';
          const own = attribute(attributes, `${prefix}customMarkFollows`);
          const kind = local === 'footnoteReference' ? 'footnote' : 'endnote';
          return noteLabel(kind, attribute(attributes, `${prefix}id`) ?? '', own !== undefined && isOn(own));
        }
      }
    }
  }

  /** Counts a note and returns its number as shown in the text; empty if the document defines a custom mark. */
  private noteLabel(kind: 'footnote' | 'endnote', id: string, ownMark: boolean, at: number): string {
    const { format, start } = this.noteNumbers(kind);
    const label = ownMark ? '' : raised(formatNumber(start + this.noteCounts[kind]++, format));
    this.notes.push({ kind, id, label, at });
    return label;
  }

  private noteNumbers(kind: 'footnote' | 'endnote'): { format: string; start: number } {
    const { document, settings } = this.sources;
    const found = { format: kind === 'footnote' ? 'decimal' : 'lowerRoman', start: 1 };
    for (const source of [settings, document]) {
      const at = source.lastIndexOf(`${kind}Pr>`);
      if (at < 0) continue;
      const from = source.lastIndexOf(`${kind}Pr>`, at - 1);
      const inside = source.slice(from < 0 ? at : from, at);
      found.format = /numFmt\s[^>]*val="(\w+)"/.exec(inside)?.[1] ?? found.format;
      found.start = Number(/numStart\s[^>]*val="(\d{1,5})"/.exec(inside)?.[1] ?? found.start);
    }
    return found;
  }
}

/** Assembles finished paragraphs into lines. */
class Output {
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

function paragraphsIn(one: Finished): FinishedParagraph[] {
  return one.row === undefined ? [one] : one.row.flatMap((cell) => cell.flatMap(paragraphsIn));
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

const RAISED: Readonly<Record<string, string>> = {
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
  i: 'ⁱ',
  v: 'ᵛ',
  x: 'ˣ',
  l: 'ˡ',
  c: 'ᶜ',
};

/** The number of a note as superscript. */
function raised(label: string): string {
  return [...label].map((one) => RAISED[one] ?? one).join('');
}

/** `text` without XML whitespace at its ends; an ideographic space is not XML whitespace. */
function trimmed(text: string): string {
  const isBlank = (at: number) => ' \t\r\n'.includes(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

/** Character data, also in CDATA sections and beside comments, decoded. */
function plainText(raw: string): string {
  if (!raw.includes('<')) return decodeText(raw);
  let text = '';
  const take = (start: number, end: number, plain: boolean) => {
    text += plain ? raw.slice(start, end) : decodeText(raw.slice(start, end));
  };
  scanXml(raw, { open: () => {}, close: () => {}, text: take });
  return text + decodeText(raw.slice(raw.lastIndexOf('>') + 1));
}

/** The parts of one package nearly always share the prefix; a part with a different one uses its own. */
function prefixIn(source: string, usual: string): string {
  if (source === '') return usual;
  const found =
    /\sxmlns(?::([\w.-]+))?\s*=\s*["'](?:http:\/\/schemas\.openxmlformats\.org\/wordprocessingml\/2006\/main|http:\/\/purl\.oclc\.org\/ooxml\/wordprocessingml\/main)["']/.exec(
      source.slice(0, 20_000),
    );
  if (!found) return usual;
  return found[1] === undefined ? '' : `${found[1]}:`;
}

/**
 * Reads a document in one view; `keepSources` also records where the text is in the markup, which takes more memory.
 * Throws {@link XmlError} for broken markup and {@link TooManyPieces}.
 */
export function readWordText(sources: WordSources, view: WordView = 'final', keepSources = false): WordText {
  return new Reading(sources, view, keepSources).read();
}
