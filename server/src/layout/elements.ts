/**
 * What each line of a draft is on paper: the elements of GB/T 9704-2012, clause 7, and of plain manuscripts. Pure: from an
 * analysis to elements, which {@link layOut} puts on pages and the export writes into Word.
 */
import type { Analysis, Section } from '../structure/analysis';
import { recogniseProfile } from '../structure/profile';
import { type DraftHead, readHead } from './head';

/** The forms of GB/T 9704 (general, clause 10.1 letter, 10.2 command, 10.3 minutes) and plain manuscripts. */
export const FORMS = ['document', 'letter', 'command', 'minutes', 'speech', 'report', 'regulation'] as const;
export type Form = (typeof FORMS)[number];

export type ElementKind =
  | 'copyNumber'
  | 'secrecy'
  | 'urgency'
  | 'mark'
  | 'number'
  | 'title'
  | 'subtitle'
  | 'salutation'
  | 'chapter'
  | 'heading'
  | 'body'
  | 'table'
  | 'attachmentNote'
  | 'signature'
  | 'date'
  | 'note'
  | 'attachmentHead'
  | 'attachmentTitle'
  | 'copyTo'
  | 'issued';

/** A stretch of an element's words: the marker and words of a heading are set in another type than what follows. */
export interface Words {
  readonly text: string;
  readonly role: 'plain' | 'heading';
}

export interface LayoutElement {
  readonly kind: ElementKind;
  readonly words: readonly Words[];
  /** Level of a heading, 1 to 4 by what stands before it: 一、 （一） 1. （1）; 0 for others. */
  readonly level: number;
  /** The cells of a table's rows. */
  readonly rows?: readonly (readonly string[])[];
  /** The line of the draft that each row stands in. */
  readonly rowLines?: readonly number[];
  /** The line of the draft (0-based) that it stands in, the first of several; -1 for what the head of the draft says. */
  readonly line: number;
}

/** A draft as it goes on paper. */
export interface Composition {
  readonly form: Form;
  readonly head: DraftHead;
  readonly elements: readonly LayoutElement[];
}

const NUMBER = /(?:〔\d{4}〕|\[\d{4}\]|（\d{4}）)\s*第?\d+号$|^第\s*\d+\s*[号期次]$/;
const COPY_TO = /^(?:抄送|主送|分送|抄报)[：:]/;
const ISSUED = /^.{2,40}[\s\u3000]\d{4}年\d{1,2}月\d{1,2}日印发$/;
const NOTE = /^（.{2,60}）$/;

/** Takes an analysis, and the form where the writer chose one, and gives what stands on paper. Blank lines are no elements. */
export function compose(analysis: Analysis, chosen?: Form): Composition {
  const { lines, records, blocks, text } = analysis;
  const head = readHead(analysis);
  const form = chosen ?? head.form ?? formOf(analysis);
  const elements: LayoutElement[] = [];
  const headings = new Map<number, Section>();
  for (const section of analysis.headings) {
    const line = lines.lineAt(section.span.start);
    if (section.marker && !headings.has(line)) headings.set(line, section);
  }
  const kinds = new Map<number, string>();
  for (const { kind, firstLine, lastLine } of blocks) {
    for (let line = firstLine; line <= lastLine; line++) kinds.set(line, kind);
  }
  const add = (kind: ElementKind, words: string | readonly Words[], line: number, level = 0) => {
    const list = typeof words === 'string' ? [{ text: words, role: 'plain' as const }] : words;
    elements.push({ kind, words: list.filter((one) => one.text !== ''), level, line });
  };
  const wordsOf = (line: number) => clean(text.slice(lines.start(line), lines.end(line)), analysis.kind === 'markdown');

  headElements(head, form, analysis, add);
  const tail = tailOf(analysis, head.lastLine + 1);
  let marked = false;
  let named = false;
  let appended = false;
  for (let line = head.lastLine + 1; line < lines.count; line++) {
    const words = wordsOf(line);
    if (words === '') continue;
    const rows = tableAt(line);
    if (rows) {
      const rowLines = [line];
      while (rowLines.length < rows.length) if (wordsOf(++line) !== '') rowLines.push(line);
      elements.push({ kind: 'table', words: [], level: 0, rows, rowLines, line: rowLines[0] as number });
      continue;
    }
    const role = records[line]?.role;
    if (line >= tail) add(COPY_TO.test(words) ? 'copyTo' : 'issued', words, line);
    else {
      switch (kinds.get(line)) {
        case 'documentNumber':
          add(NUMBER.test(words) ? 'number' : marked ? 'subtitle' : 'mark', words, line);
          marked ||= !NUMBER.test(words);
          break;
        case 'title':
          add(named || /^[（(—]/.test(words) ? 'subtitle' : 'title', words, line);
          named ||= /^[（(—]/.test(words);
          break;
        case 'adoption':
          add('subtitle', words, line);
          break;
        case 'salutation':
          add('salutation', words, line);
          break;
        case 'signature':
          add(role === 'date' ? 'date' : NOTE.test(words) ? 'note' : 'signature', words, line);
          break;
        case 'attachment':
          if (role === 'attachmentNote' || (!appended && elements.at(-1)?.kind === 'attachmentNote')) {
            add('attachmentNote', words, line);
          } else if (role === 'attachmentHead') {
            add('attachmentHead', words, line);
            appended = true;
          } else add(appended ? 'attachmentTitle' : 'body', words, line);
          break;
        default:
          running(line, words);
      }
    }
  }
  return { form, head, elements };

  /** Running text, with the heading that it opens with. */
  function running(line: number, words: string): void {
    const section = headings.get(line);
    const marker = section?.marker;
    if (!section || !marker) {
      add('body', words, line);
      return;
    }
    const chapter = /^第.{1,6}[编章节]$/.test(marker.text);
    const level = chapter ? 0 : levelOf(marker.family);
    // What belongs to the heading: its marker alone for an article, its words too for others.
    const from = Math.max(lines.start(line), marker.start);
    const end = section.kind === 'article' ? marker.end : Math.max(marker.end, section.titleSpan.end);
    const raw = clean(text.slice(from, Math.min(end, lines.end(line))), false);
    const at = words.indexOf(raw);
    const headingEnd = at < 0 ? 0 : at + raw.length;
    const rest = words.slice(headingEnd);
    const whole = /^[。：:；]?$/.test(rest);
    if (chapter && whole) add('chapter', words, line);
    else if (level > 0 && whole) add('heading', [{ text: words, role: 'heading' }], line, level);
    else {
      // The mark behind a heading that runs on belongs to it.
      const cut = headingEnd + (/^[。：:]/.test(rest) && section.kind !== 'article' ? 1 : 0);
      const list = [
        { text: words.slice(0, cut), role: 'heading' as const },
        { text: words.slice(cut), role: 'plain' as const },
      ];
      add('body', list, line, section.kind === 'article' ? 1 : level);
    }
  }

  /** The rows of the table that begins in `line`: two lines or more with as many tabs. */
  function tableAt(line: number): string[][] | undefined {
    const cells = cellsOf(line);
    if (!cells) return undefined;
    const rows = [cells];
    for (let next = line + 1; next < lines.count; next++) {
      if (wordsOf(next) === '') {
        if (next + 1 < lines.count && cellsOf(next + 1)?.length === cells.length) continue;
        break;
      }
      const more = cellsOf(next);
      if (more?.length !== cells.length) break;
      rows.push(more);
    }
    return rows.length > 1 ? rows : undefined;
  }

  function cellsOf(line: number): string[] | undefined {
    const raw = text.slice(lines.start(line), lines.end(line));
    if (!raw.includes('\t') || raw.trim() === '') return undefined;
    return raw.split('\t').map((cell) => clean(cell, false));
  }
}

type Add = (kind: ElementKind, words: string, line: number) => void;

/** What the head of the draft says and its text does not. */
function headElements(head: DraftHead, form: Form, analysis: Analysis, add: Add): void {
  const { fields } = head;
  const body = analysis.text.slice(head.end);
  const isThere = (value: string) => body.includes(value);
  for (const kind of ['copyNumber', 'secrecy', 'urgency'] as const) {
    const value = fields.get(kind);
    if (value) add(kind, value, -1);
  }
  const issuer = fields.get('issuer');
  if (
    issuer &&
    !body
      .slice(0, 400)
      .split('\n')
      .some((line) => line.trim().endsWith('文件'))
  ) {
    add('mark', /(?:文件|令|纪要|命令)$/.test(issuer) ? issuer : `${issuer}${form === 'letter' ? '' : '文件'}`, -1);
  }
  const number = fields.get('number');
  if (number && !isThere(number)) add('number', number, -1);
}

/** The first line of 版记, 7.4, at the end of the text; the number of lines where there is none. */
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

/** What 7.3.3 sets in types of their own: 一、 （一） 1. （1）. */
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

/** A line without what only a draft has: indents, marks of emphasis, what Markdown heads lines with. */
function clean(line: string, markdown: boolean): string {
  let words = line.trim();
  if (markdown || /^#{1,6}\s/.test(words)) words = words.replace(/^#{1,6}\s{1,9}/, '');
  const bold = /^\*\*([^*]+)\*\*$/.exec(words);
  return (bold?.[1] ?? words).trim();
}

/** How much of a line of a draft stands before its words: indents, and what Markdown heads lines with. In UTF-16 units. */
export function indentOf(line: string): number {
  return (/^\s*(?:#{1,6}\s{1,9})?(?:\*\*)?/.exec(line) as RegExpExecArray)[0].length;
}

function formOf(analysis: Analysis): Form {
  switch (recogniseProfile(analysis)) {
    case 'speech':
      return 'speech';
    case 'legislation':
      return 'regulation';
    case 'official': {
      const mark = analysis.blocks.find(({ kind }) => kind === 'documentNumber');
      if (!mark) return 'document';
      const words = analysis.text
        .slice(analysis.lines.start(mark.firstLine), analysis.lines.end(mark.firstLine))
        .trim();
      return words.endsWith('纪要') ? 'minutes' : words.endsWith('令') ? 'command' : 'document';
    }
    default:
      return 'report';
  }
}

/** The text that an import of what was exported gives back: each element a line, a row of a table a line with tabs. */
export function composedText({ elements }: Composition): string {
  return elements
    .flatMap(({ kind, rows, words }) => rows?.map((row) => row.join('\t')) ?? [wordsOf(kind, words)])
    .join('\n');
}

function wordsOf(kind: ElementKind, words: readonly Words[]): string {
  const text = words.map((one) => one.text).join('');
  return kind === 'issued' ? text.replace(ISSUED_GAP, '\t$1') : text;
}

/** The blanks between who prints a document and the date: they fill the line, 7.4.3. */
export const ISSUED_GAP = /[\s\u3000]{1,40}(\d{4}年\d{1,2}月\d{1,2}日印发)$/;
