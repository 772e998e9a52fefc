/**
 * Classifies each line of a draft for layout: the elements of GB/T 9704-2012, clause 7, and of plain manuscripts. Pure:
 * from an analysis to elements, which {@link layOut} places on pages and the export writes to Word.
 */
import type { Analysis, Section } from '../structure/analysis';
import { type DraftHead, type Form, type HeadValues, mergedHead, readHead } from '../structure/draftHead';
import { SPEAKER } from '../structure/layout/title';
import { ASIDE } from '../structure/layout/titleWords';
import { recogniseProfile } from '../structure/profile';
import { isMarkdownRuling, markdownCells, withoutMarkdown } from './markdown';

export type ElementKind =
  | 'copyNumber'
  | 'secrecy'
  | 'urgency'
  | 'mark'
  | 'number'
  | 'issuing'
  | 'title'
  | 'subtitle'
  | 'salutation'
  | 'chapter'
  | 'heading'
  | 'body'
  | 'table'
  | 'attendance'
  | 'attachmentNote'
  | 'signature'
  | 'date'
  | 'note'
  | 'attachmentHead'
  | 'attachmentTitle'
  | 'copyTo'
  | 'issued';

/** A part of an element's text: the marker and words of a heading are set in another font than what follows. */
export interface Words {
  readonly text: string;
  readonly role: 'plain' | 'heading';
}

export interface LayoutElement {
  readonly kind: ElementKind;
  readonly words: readonly Words[];
  /** Level of a heading, 1 to 4 by its marker: 一、 （一） 1. （1）; 0 for other elements. */
  readonly level: number;
  /** The cells of a table's rows. */
  readonly rows?: readonly (readonly string[])[];
  /** The line of the draft that contains each row. */
  readonly rowLines?: readonly number[];
  /** The line of the draft (0-based) that contains it, the first of several; -1 for text from the document head. */
  readonly line: number;
  /** The element at the other end of its line: a letter's 份号 before its number. */
  readonly lead?: LayoutElement;
}

/** A draft as the sequence of its layout elements. */
export interface Composition {
  readonly form: Form;
  readonly head: DraftHead;
  readonly elements: readonly LayoutElement[];
}

const NUMBER = /(?:〔\d{4}〕|\[\d{4}\]|（\d{4}）)\s*第?\d+号$|^第\s*\d+\s*[号期次]$/;
/** The signer may be on the same line as the document number, 7.2.6. */
const SIGNED_NUMBER = /[\s\u3000]{1,40}(?=签发人[：:])/;
const COPY_NUMBER = /^\d{6}$/;
const SECRECY = /^(?:绝密|机密|秘密)/;
const URGENCY = /^(?:特急|加急|平急)$/;
const COPY_TO = /^(?:抄送|主送|分送|抄报)[：:]/;
const ISSUED = /^.{2,40}[\s\u3000]\d{4}年\d{1,2}月\d{1,2}日印发$/;
/** Author and date of minutes, below their number. */
const ISSUING = /^[\u4e00-\u9fff（）()]{2,30}[\s\u3000]+\d{4}年\d{1,2}月\d{1,2}日$/;
const NOTE = /^（.{2,60}）$/;
/** 10.3: attendance lists. */
const ATTENDANCE = /^(?:出席|请假|缺席|列席|参加|主持|记录)(?:人员?|单位)?[：:]/;
/** Maximum length of a line between title and text: where and when a speech was made, who speaks. */
const MAX_FRONT = 60;
const MAX_FRONT_LINES = 4;
/** The issuing body of a text, below its title. */
const AUTHOR = /^[\u4e00-\u9fff（）()]{2,24}(?:组|局|部|委|委员会|办公室|政府|研究院|研究室|中心)$/;

/**
 * Composes the elements from an analysis, the form if the writer chose one, and the settings of the unit. Blank lines
 * are not elements.
 */
export function compose(analysis: Analysis, chosen?: Form, unit?: HeadValues): Composition {
  const head = mergedHead(readHead(analysis), unit);
  return new Composer(analysis, head, chosen ?? head.form ?? formOf(analysis)).compose();
}

interface Rows {
  readonly rows: readonly (readonly string[])[];
  readonly rowLines: readonly number[];
  readonly lastLine: number;
}

/** Visits the lines of one draft in order and adds their elements. */
class Composer {
  private readonly elements: LayoutElement[] = [];
  private readonly markdown: boolean;
  /** The heading with a marker that opens a line. */
  private readonly headings = new Map<number, Section>();
  /** The kind of block that a line belongs to. */
  private readonly kinds = new Map<number, string>();
  /** Whether there has been a mark. */
  private marked = false;
  /** Whether the title has ended. */
  private named = false;
  /** Whether an attachment has begun. */
  private appended = false;

  constructor(
    private readonly analysis: Analysis,
    private readonly head: DraftHead,
    private readonly form: Form,
  ) {
    const { lines, headings, blocks, kind } = analysis;
    this.markdown = kind === 'markdown';
    for (const section of headings) {
      const line = lines.lineAt(section.span.start);
      if (section.marker && !this.headings.has(line)) this.headings.set(line, section);
    }
    for (const { kind: block, firstLine, lastLine } of blocks) {
      for (let line = firstLine; line <= lastLine; line++) this.kinds.set(line, block);
    }
  }

  compose(): Composition {
    const { form, head, elements, analysis } = this;
    for (const kind of ['copyNumber', 'secrecy', 'urgency'] as const) {
      const value = head.fields.get(kind);
      if (value) this.add(kind, value, -1);
    }
    const behindHead = elements.length;
    const fronts = this.frontLines();
    const tail = tailOf(analysis, head.lastLine + 1);
    for (let line = head.lastLine + 1; line < analysis.lines.count; line++) {
      const words = this.wordsOf(line);
      if (words === '') continue;
      const table = this.tableAt(line);
      if (table) {
        elements.push({ kind: 'table', words: [], level: 0, ...table, line: table.rowLines[0] as number });
        line = table.lastLine;
      } else if (line >= tail) this.add(COPY_TO.test(words) ? 'copyTo' : 'issued', words, line);
      else if (fronts.has(line)) this.add('subtitle', words, line);
      else if (!this.marked && elements.length < 8 && this.kinds.get(line) !== 'title' && isAbove(words)) {
        this.add(COPY_NUMBER.test(words) ? 'copyNumber' : SECRECY.test(words) ? 'secrecy' : 'urgency', words, line);
      } else this.addLine(line, words);
    }
    this.addFromHead(behindHead);
    return { form, head, elements: form === 'letter' ? asLetter(elements) : elements };
  }

  /** Adds the element for a line of the text itself. */
  private addLine(line: number, words: string): void {
    const role = this.analysis.records[line]?.role;
    switch (this.kinds.get(line)) {
      case 'documentNumber':
        this.addNumber(line, words);
        return;
      case 'title':
        this.addTitle(line, words);
        return;
      case 'adoption':
        this.add('subtitle', words, line);
        return;
      case 'salutation':
        this.add(this.isAddressed(words) ? 'salutation' : 'body', words, line);
        return;
      case 'contents':
        this.add(role === 'contentsHead' ? 'subtitle' : 'body', words, line);
        return;
      case 'signature':
        this.add(role === 'date' ? 'date' : NOTE.test(words) ? 'note' : 'signature', words, line);
        return;
      case 'attachment':
        this.addAttachment(line, words, role);
        return;
      default:
        if (this.form === 'minutes' && ATTENDANCE.test(words)) this.addAttendance(line, words);
        else this.addRunning(line, words);
    }
  }

  private add(kind: ElementKind, words: string | readonly Words[], line: number, level = 0): void {
    const list = typeof words === 'string' ? [{ text: words, role: 'plain' as const }] : words;
    this.elements.push({ kind, words: list.filter((one) => one.text !== ''), level, line });
  }

  private rawOf(line: number): string {
    const { text, lines } = this.analysis;
    return text.slice(lines.start(line), lines.end(line));
  }

  private wordsOf(line: number): string {
    return clean(this.rawOf(line), this.markdown);
  }

  /** The next non-blank line after `line`; the number of lines if there is none. */
  private nextOf(line: number): number {
    let next = line + 1;
    while (next < this.analysis.lines.count && this.wordsOf(next) === '') next++;
    return next;
  }

  /** Adds what the document head defines and the text does not contain; `from` is the index of the text's first element. */
  private addFromHead(from: number): void {
    const { elements, head, form } = this;
    const named = (kind: ElementKind, value: string) =>
      ({ kind, words: [{ text: value, role: 'plain' as const }], level: 0, line: -1 }) satisfies LayoutElement;
    const more: LayoutElement[] = [];
    const issuer = head.fields.get('issuer');
    if (issuer && !elements.some(({ kind }) => kind === 'mark')) {
      more.push(
        named('mark', /(?:文件|令|纪要|命令)$/.test(issuer) ? issuer : `${issuer}${MARK_ENDS[form] ?? '文件'}`),
      );
    }
    const number = head.fields.get('number');
    if (number && !elements.some(({ kind }) => kind === 'number')) more.push(named('number', number));
    // Elements above the title in the text itself belong there too.
    const at = elements.findIndex(({ kind }, index) => index >= from && !isAboveKind(kind));
    const place = at < 0 ? elements.length : at;
    // Web pages have the number below the title; with a mark it belongs above.
    const below = elements.findIndex(({ kind }, index) => kind === 'number' && index > place && index < place + 6);
    if (more.length > 0 && below >= 0) more.push(...elements.splice(below, 1));
    const mark = elements[place]?.kind === 'mark' && more.every(({ kind }) => kind === 'number') ? 1 : 0;
    elements.splice(place + mark, 0, ...more);
  }

  /** The lines between the title and the text that belong to the title: who speaks, where and when. */
  private frontLines(): ReadonlySet<number> {
    const { blocks, lines } = this.analysis;
    const title = blocks.find(({ kind, lastLine }) => kind === 'title' && lastLine > this.head.lastLine);
    const none = new Set<number>();
    if (!title || this.isMark(this.wordsOf(title.firstLine), title.firstLine)) return none;
    const found: number[] = [];
    let sure = true;
    let short = 0;
    let line = this.nextOf(title.lastLine);
    for (; line < lines.count && found.length <= MAX_FRONT_LINES; line = this.nextOf(line)) {
      const words = this.wordsOf(line);
      const kind = this.kinds.get(line);
      if (kind === 'salutation') return new Set(found);
      if ((kind !== 'body' && kind !== 'adoption') || words.length > MAX_FRONT || /[。；：:！？]$|\t/.test(words))
        break;
      if (this.headings.has(line) || /^[#|]/.test(this.rawOf(line))) break;
      if (AUTHOR.test(words)) short++;
      else sure &&= kind === 'adoption' || SPEAKER.test(words) || ASIDE.test(words);
      found.push(line);
    }
    return sure && short <= 1 && found.length <= MAX_FRONT_LINES ? new Set(found) : none;
  }

  private addNumber(line: number, words: string): void {
    if (this.form === 'minutes' && ISSUING.test(words)) {
      this.add('issuing', words, line);
      return;
    }
    const signed = SIGNED_NUMBER.exec(words);
    const isNumber = NUMBER.test(signed ? words.slice(0, signed.index) : words);
    const isMark = !isNumber && (!this.marked || this.elements.at(-1)?.kind === 'mark');
    this.add(isNumber ? 'number' : isMark ? 'mark' : 'subtitle', words, line);
    this.marked ||= isMark;
  }

  private addTitle(line: number, words: string): void {
    // The name of an order or of minutes is its mark, 10.2 and 10.3.
    const isMark = !this.marked && !this.named && this.isMark(words, line);
    const isAside = ASIDE.test(words);
    this.add(isMark ? 'mark' : this.named || isAside ? 'subtitle' : 'title', words, line);
    this.marked ||= isMark;
    this.named ||= isAside;
  }

  private addAttachment(line: number, words: string, role: string | undefined): void {
    if (role === 'attachmentNote' || (!this.appended && this.elements.at(-1)?.kind === 'attachmentNote')) {
      this.add('attachmentNote', words, line);
    } else if (role === 'attachmentHead') {
      this.add('attachmentHead', words, line);
      this.appended = true;
    } else this.add(this.appended ? 'attachmentTitle' : 'body', words, line);
  }

  /**
   * Whether a line that ends in a colon is a salutation: below a title or at the beginning of the text, not inside it.
   */
  private isAddressed(words: string): boolean {
    const before = this.elements.at(-1)?.kind;
    // Persons may be addressed on several lines, bodies on one: 经研究决定，任命： below it is text.
    if (before === 'salutation') return PEOPLE.test(words);
    return before === undefined || isAboveKind(before) || HEADS.has(before);
  }

  /** Whether `words` at the head of a document are its mark. */
  private isMark(words: string, line: number): boolean {
    if (this.form === 'command') return /令$/.test(words);
    if (this.form !== 'minutes' || !/纪要$/.test(words)) return false;
    return this.kinds.get(this.nextOf(line)) !== 'title' && words.length <= 30;
  }

  /** 出席：赵志远、…: the label is set in 黑体, 10.3. */
  private addAttendance(line: number, words: string): void {
    this.add('attendance', headed(words, (ATTENDANCE.exec(words) as RegExpExecArray)[0].length), line);
  }

  /** Body text, with the heading that it begins with. */
  private addRunning(line: number, words: string): void {
    const section = this.headings.get(line);
    const marker = section?.marker;
    if (!section || !marker || isItem(section)) {
      this.add('body', words, line);
      return;
    }
    const { lines, text } = this.analysis;
    const chapter = /^第.{1,6}[编章节]$/.test(marker.text);
    const level = chapter ? 0 : levelOf(marker.family);
    // The extent of the heading: its marker alone for an article, its words too for others.
    const from = Math.max(lines.start(line), marker.start);
    const end = section.kind === 'article' ? marker.end : Math.max(marker.end, section.titleSpan.end);
    const raw = clean(text.slice(from, Math.min(end, lines.end(line))), this.markdown);
    const at = words.indexOf(raw);
    const headingEnd = at < 0 ? 0 : at + raw.length;
    const rest = words.slice(headingEnd);
    const whole = /^[。：:；]?$/.test(rest);
    if (chapter && whole) this.add('chapter', words, line);
    // A numbered sentence with nothing under it is a paragraph: 一、原则同意《……规划》。
    else if (/^[。；]$/.test(rest) && this.holdsNothing(section, line)) this.add('body', words, line);
    else if (level > 0 && whole) this.add('heading', [{ text: words, role: 'heading' }], line, level);
    else {
      // The mark after a run-in heading belongs to the heading.
      const cut = headingEnd + (/^[。：:]/.test(rest) && section.kind !== 'article' ? 1 : 0);
      this.add('body', headed(words, cut), line, section.kind === 'article' ? 1 : level);
    }
  }

  /** Whether the heading in `line` has neither headings nor text under it. */
  private holdsNothing({ children }: Section, line: number): boolean {
    const next = this.nextOf(line);
    if (children.length > 0) return false;
    return this.headings.has(next) || this.kinds.get(next) !== 'body' || ATTENDANCE.test(this.wordsOf(next));
  }

  /** The table that begins in `line`: two or more lines with the same number of tabs, or a Markdown table. */
  private tableAt(line: number): Rows | undefined {
    const cells = this.cellsOf(line);
    if (!cells) return undefined;
    const rows = [cells];
    const rowLines = [line];
    let lastLine = line;
    const { count } = this.analysis.lines;
    for (let next = line + 1; next < count; next++) {
      if (this.markdown && isMarkdownRuling(this.rawOf(next))) {
        lastLine = next;
        continue;
      }
      if (this.wordsOf(next) === '') {
        if (next + 1 < count && this.cellsOf(next + 1)?.length === cells.length) continue;
        break;
      }
      const more = this.cellsOf(next);
      if (more?.length !== cells.length) break;
      rows.push(more);
      rowLines.push(next);
      lastLine = next;
    }
    return rows.length > 1 ? { rows, rowLines, lastLine } : undefined;
  }

  private cellsOf(line: number): string[] | undefined {
    const raw = this.rawOf(line);
    const cells = this.markdown ? markdownCells(raw) : undefined;
    if (cells) return cells;
    if (!raw.includes('\t') || raw.trim() === '') return undefined;
    return raw.split('\t').map((cell) => clean(cell, false));
  }
}

/** `words` of which those before `end` are set as a heading. */
function headed(words: string, end: number): readonly Words[] {
  return [
    { text: words.slice(0, end), role: 'heading' },
    { text: words.slice(end), role: 'plain' },
  ];
}

/** Elements above the mark, 7.2.1 to 7.2.3. */
function isAbove(words: string): boolean {
  return COPY_NUMBER.test(words) || URGENCY.test(words) || (SECRECY.test(words) && words.length <= 12);
}

function isAboveKind(kind: ElementKind): boolean {
  return kind === 'copyNumber' || kind === 'secrecy' || kind === 'urgency';
}

const PEOPLE = /各位|同志|尊敬|女士|先生|朋友|代表|委员|来宾|嘉宾|领导|同学|老师/;
/** Elements that may be followed by a salutation. */
const HEADS = new Set<ElementKind>(['mark', 'number', 'title', 'subtitle', 'attachmentHead', 'attachmentTitle']);

/** Suffix of a mark that names only its issuer, 7.2.4 and 10. */
const MARK_ENDS: Partial<Readonly<Record<Form, string>>> = { letter: '', command: '令', minutes: '纪要' };

/**
 * 10.1: below a letter's first rule 份号, 密级 and 紧急程度 are on the left, and the number on the right in the first of these
 * lines; in other forms they are above the mark.
 */
function asLetter(elements: readonly LayoutElement[]): readonly LayoutElement[] {
  const mark = elements.find(({ kind }) => kind === 'mark');
  const number = elements.find(({ kind }) => kind === 'number');
  const above = elements.filter(({ kind }) => isAboveKind(kind));
  if (!mark) return elements;
  const [lead, ...others] = above;
  const numbered = number && { ...number, ...(lead && { lead }) };
  const rest = elements.filter((one) => one !== mark && one !== number && !above.includes(one));
  return [mark, ...(numbered ? [numbered, ...others] : above), ...rest];
}

/** Whether the section is an item of an article, which is set like its text. */
function isItem(section: Section): boolean {
  if (section.kind === 'article') return false;
  for (let parent = section.parent; parent; parent = parent.parent) if (parent.kind === 'article') return true;
  return false;
}

/** The first line of 版记, 7.4, at the end of the text; the number of lines if there is none. */
function tailOf({ lines, text }: Analysis, from: number): number {
  let tail = lines.count;
  for (let line = lines.count - 1, seen = 0; line >= from && seen < 4; line--) {
    const words = text.slice(lines.start(line), lines.end(line)).trim();
    if (words === '') continue;
    seen++;
    if (!COPY_TO.test(words) && !ISSUED.test(words)) break;
    tail = line;
  }
  return tail;
}

/** Heading levels with fonts of their own in 7.3.3: 一、 （一） 1. （1）. */
function levelOf(family: string): number {
  switch (family) {
    case 'chinese':
      return 1;
    case 'chineseBracket':
      return 2;
    case 'arabic':
    case 'arabicComma':
      return 3;
    default:
      return 4;
  }
}

/** A line without what only a draft has: indentation, emphasis marks, Markdown line prefixes. */
function clean(line: string, markdown: boolean): string {
  let words = line.trim();
  if (markdown) return withoutMarkdown(words);
  if (/^#{1,6}\s/.test(words)) words = words.replace(/^#{1,6}\s{1,9}/, '');
  const bold = /^\*\*([^*]+)\*\*$/.exec(words);
  return (bold?.[1] ?? words).trim();
}

/** Length of the prefix of a draft's line before its text: indentation and Markdown prefixes. In UTF-16 units. */
export function indentOf(line: string): number {
  const [before] = /^\s*(?:>\s{0,3}){0,4}(?:#{1,6}\s{1,9}|[-*+]\s{1,9}(?:\[[ xX]\]\s{1,9})?)?(?:\*\*)?/.exec(
    line,
  ) as RegExpExecArray;
  return before.length;
}

function formOf(analysis: Analysis): Form {
  const { lines, text, blocks } = analysis;
  const mark = blocks.find(({ kind }) => kind === 'documentNumber');
  const title = blocks.find(({ kind }) => kind === 'title');
  const firstOf = (line: number) => text.slice(lines.start(line), lines.end(line)).trim();
  // 青禾市人民政府令, 第12号: the text that an order publishes may be a law.
  if (
    mark &&
    [mark.firstLine, ...(title ? [title.lastLine] : [])].some((line) => /^[^，。]{2,40}令$/.test(firstOf(line)))
  )
    return 'command';
  switch (recogniseProfile(analysis)) {
    case 'speech':
      return 'speech';
    case 'legislation':
      return 'regulation';
    case 'official':
      return [mark?.firstLine, title?.lastLine].some((line) => line !== undefined && /纪要$/.test(firstOf(line)))
        ? 'minutes'
        : 'document';
    default:
      return 'report';
  }
}
