/**
 * Adds comments and tracked changes to a Word document: the main part, the comments and the entries that declare them
 * are rewritten, every other entry of the archive stays identical byte for byte.
 */

import type { Message } from '../text/message';
import { partitionPoint } from '../text/partitionPoint';
import { TextEdits, type TextReplacement } from '../text/textEdit';
import { ArchiveError } from './archive.node';
import { folderOf, relationshipsOf, WordPackage, wordPrefix } from './package.node';
import { paragraphOf } from './paragraphs';
import { readWordText } from './reader';
import { guarded, isEncrypted, sourcesOf, WordError } from './word.node';
import type { Stretch, WordParagraph, WordText } from './wordText';
import { attribute, escapeText, scanXml } from './xml';

/** A reviewer's comment on a range of the text; one string per paragraph of the comment. */
export interface ReviewComment {
  readonly start: number;
  readonly end: number;
  readonly paragraphs: readonly string[];
}

/** The reviewer and the time: an xsd:dateTime. */
export interface Reviewer {
  readonly author: string;
  readonly date: string;
}

/** Why a document cannot be reviewed though it can be read. */
export type ReviewProblem = 'signed' | 'macros' | 'protected';

export class ReviewError extends Error {
  constructor(readonly problem: ReviewProblem) {
    super(problem);
    this.name = 'ReviewError';
  }
}

/** A document that can be reviewed. Offsets refer to `text.text`, which is the text with all changes accepted. */
export interface ReviewedDocument {
  readonly text: WordText;
  readonly package: WordPackage;
}

/** Opens a .docx for review. Throws {@link WordError} and {@link ReviewError}. */
export function openForReview(bytes: Uint8Array): ReviewedDocument {
  if (isEncrypted(bytes)) throw new WordError('encrypted');
  return guarded(() => {
    const document = WordPackage.open(bytes);
    const { names } = document.archive;
    const types = document.text('[Content_Types].xml');
    if (types === '') throw new ArchiveError('damaged');
    if (names.some((name) => /^_xmlsignatures\//i.test(name)) || types.includes('digital-signature'))
      throw new ReviewError('signed');
    if (/macroEnabled/i.test(types) || names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name)))
      throw new ReviewError('macros');
    if (isProtected(document)) throw new ReviewError('protected');
    return { text: readWordText(sourcesOf(document), 'final', true), package: document };
  });
}

/** Whether Word forbids editing the document, or requires a password. */
function isProtected(document: WordPackage): boolean {
  const settings = document.part('settings')?.source ?? '';
  if (settings === '') return false;
  const prefix = wordPrefix(settings);
  let found = false;
  scanXml(settings, {
    open: (name, attributes) => {
      const get = (what: string) => attribute(attributes, prefix + what);
      if (name === `${prefix}documentProtection`) {
        found ||= !['0', 'false', 'off', undefined].includes(get('enforcement')) && get('edit') !== 'none';
      } else if (name === `${prefix}writeProtection`) found ||= (get('hash') ?? get('hashValue')) !== undefined;
    },
    close: () => {},
  });
  return found;
}

/** Tracks which characters of a text may be edited by tracked changes, also after earlier edits. */
export class Changeable {
  /** 1 for characters that may be edited, 2 for the second unit of such a character. */
  private readonly allowed: Uint8Array;
  private made = TextEdits.NONE;
  private current: Uint8Array;

  constructor({ text, stretches }: WordText) {
    this.allowed = new Uint8Array(text.length);
    for (const stretch of stretches) if (isChangeable(stretch)) this.allowed.fill(1, stretch.start, stretch.end);
    for (const { index } of text.matchAll(/[\u{10000}-\u{10ffff}]/gu))
      if (this.allowed[index + 1]) this.allowed[index + 1] = 2;
    this.current = this.allowed;
  }

  /** Whether `edit`, of the text after `made`, can be a tracked change: within one paragraph, in editable text. */
  allows(edit: TextReplacement, made: TextEdits = TextEdits.NONE): boolean {
    if (made !== this.made) {
      this.made = made;
      const parts: Uint8Array[] = [];
      let done = 0;
      for (const { start, end, newText } of made.replacements) {
        parts.push(this.allowed.subarray(done, start), new Uint8Array(newText.length).fill(1));
        done = end;
      }
      parts.push(this.allowed.subarray(done));
      this.current = Buffer.concat(parts);
    }
    const { start, end, newText } = edit;
    if (escapeText(newText) === '' ? newText !== '' : /[\t\n\r\f]/.test(newText)) return false;
    if (this.current[start] === 2 || this.current[end] === 2) return false;
    if (start === end) return (this.current[start - 1] ?? 0) > 0 || this.current[start] === 1;
    for (let at = start; at < end; at++) if (!this.current[at]) return false;
    return true;
  }
}

function isChangeable({ run, item }: Stretch): boolean {
  return run.editable && run.items[item]?.words === true;
}

/** A position within an item of a run where markup is inserted: `at` counts the characters of the item. */
interface Mark {
  readonly item: number;
  readonly at: number;
  /** Order of marks at one position: ends of comments 0, starts 1, new text 2, ends after new text 3. */
  order: number;
  readonly markup: string;
}

interface RunWork {
  readonly marks: Mark[];
  readonly deleted: { readonly item: number; readonly start: number; readonly end: number }[];
}

interface MarkupEdit {
  readonly start: number;
  readonly end: number;
  readonly markup: string;
}

/**
 * The bytes of `document` with `comments` and with `edits` as tracked changes. Edits are in order and disjoint, and
 * {@link Changeable} allows each. Throws {@link WordError}.
 */
export function review(
  document: ReviewedDocument,
  comments: readonly ReviewComment[],
  edits: readonly TextReplacement[],
  reviewer: Reviewer,
): Uint8Array {
  if (comments.length === 0 && edits.length === 0) return document.package.archive.with(new Map());
  return guarded(() => new Reviewing(document, reviewer).write(comments, edits));
}

class Reviewing {
  private readonly source: string;
  private readonly prefix: string;
  private readonly byRun = new Map<Stretch['run'], RunWork>();
  private readonly around: MarkupEdit[] = [];
  private readonly outermost: readonly WordParagraph[];
  private readonly emptyParagraphs = new Map<WordParagraph, string>();
  private readonly usedIds: Set<number>;
  private lastId = 0;

  constructor(
    private readonly document: ReviewedDocument,
    private readonly reviewer: Reviewer,
  ) {
    this.source = document.package.text(document.package.main);
    this.prefix = wordPrefix(this.source);
    this.outermost = outermostParagraphs(document.text.paragraphs);
    this.usedIds = idsIn(this.source, this.prefix);
    for (const id of this.usedIds) if (id < 1_000_000_000) this.lastId = Math.max(this.lastId, id);
  }

  write(comments: readonly ReviewComment[], edits: readonly TextReplacement[]): Uint8Array {
    const { archive, main } = this.document.package;
    const changes = new Map<string, Uint8Array>();
    const put = (name: string, text: string) => changes.set(name, encoded(text, archive.read(name)));
    if (comments.length > 0) {
      const part = new CommentsPart(this.document.package, this.prefix, this.source);
      for (const comment of comments) this.comment(comment, part.add(comment.paragraphs, this.reviewer));
      for (const [name, text] of part.finish()) put(name, text);
    }
    for (const edit of edits) this.change(edit);
    put(main, this.rewritten());
    return archive.with(changes);
  }

  private comment({ start, end }: ReviewComment, id: number): void {
    const { prefix: w } = this;
    const opening = `<${w}commentRangeStart ${w}id="${id}"/>`;
    const closing = `<${w}commentRangeEnd ${w}id="${id}"/><${w}r><${w}commentReference ${w}id="${id}"/></${w}r>`;
    const { stretches } = this.document.text;
    const { text } = this.document.text;
    const from = halved(text, start) ? start - 1 : start;
    let to = Math.max(end, start + 1);
    if (halved(text, to)) to++;
    const first = stretches[firstEndingAfter(stretches, from)];
    const index = firstEndingAfter(stretches, to - 1);
    const last = stretches[index];
    const behind = last && last.start < to ? last : stretches[index - 1];
    if (first && behind && first.start < to && behind.end > start && first.run.commentable && behind.run.commentable) {
      const at = (stretch: Stretch, offset: number) =>
        Math.min(Math.max(offset - stretch.start, 0), stretch.end - stretch.start);
      this.work(first).marks.push({ item: first.item, at: at(first, from), order: 1, markup: opening });
      this.work(behind).marks.push({ item: behind.item, at: at(behind, to), order: 0, markup: closing });
      return;
    }
    const paragraph = this.paragraphFor(start);
    if (!paragraph) return;
    const { content, end: paragraphEnd } = paragraph.source;
    if (content < 0) {
      this.emptyParagraphs.set(paragraph, `${this.emptyParagraphs.get(paragraph) ?? ''}${opening}${closing}`);
      return;
    }
    const close = this.source.lastIndexOf('</', paragraphEnd - 1);
    this.around.push({ start: content, end: content, markup: opening }, { start: close, end: close, markup: closing });
  }

  /** The paragraph of the running text that contains `offset`, or that its text box or note is anchored in. */
  private paragraphFor(offset: number): WordParagraph | undefined {
    const at = paragraphOf(this.document.text, offset)?.source.start ?? -1;
    const { outermost } = this;
    const first = partitionPoint(outermost.length, (index) => (outermost[index] as WordParagraph).source.end <= at);
    return outermost[first] ?? outermost.at(-1);
  }

  private change({ start, end, newText }: TextReplacement): void {
    const { stretches } = this.document.text;
    let index = firstEndingAfter(stretches, start);
    let host: Stretch | undefined;
    let at = 0;
    for (; index < stretches.length; index++) {
      const stretch = stretches[index] as Stretch;
      if (stretch.start >= end) break;
      const from = Math.max(start, stretch.start) - stretch.start;
      const to = Math.min(end, stretch.end) - stretch.start;
      this.work(stretch).deleted.push({ item: stretch.item, start: from, end: to });
      if (!host) {
        host = stretch;
        at = to;
      }
    }
    if (newText === '') return;
    if (!host) {
      // Inserted text takes the formatting of the words before it.
      const next = firstEndingAfter(stretches, start - 1);
      const candidates = [stretches[next], stretches[next + 1], stretches[firstEndingAfter(stretches, start)]];
      host = candidates.find((one) => one && isChangeable(one) && one.start <= start && one.end >= start);
      if (!host) return;
      at = start - host.start;
    }
    const { prefix: w } = this;
    const { run } = host;
    const markup = `<${w}ins ${this.signature()}>${this.source.slice(run.start, run.open)}${this.propertiesOf(run)}<${w}t xml:space="preserve">${escapeText(newText)}</${w}t></${w}r></${w}ins>`;
    this.work(host).marks.push({ item: host.item, at, order: 2, markup });
  }

  private work({ run }: Stretch): RunWork {
    let work = this.byRun.get(run);
    if (!work) {
      work = { marks: [], deleted: [] };
      this.byRun.set(run, work);
    }
    return work;
  }

  private propertiesOf({ properties }: Stretch['run']): string {
    return this.source.slice(properties.start, properties.end);
  }

  private signature(): string {
    const { prefix: w, reviewer } = this;
    do this.lastId++;
    while (this.usedIds.has(this.lastId));
    return `${w}id="${this.lastId}" ${w}author="${escapeText(reviewer.author)}" ${w}date="${reviewer.date}"`;
  }

  private rewritten(): string {
    const edits = [...this.around];
    for (const [run, work] of this.byRun) {
      edits.push({ start: run.start, end: run.end, markup: this.rewrittenRun(run, work) });
    }
    for (const [{ source }, markup] of this.emptyParagraphs) {
      const { start, end } = source;
      const tag = this.source.slice(start, end).replace(/\/>$/, '>');
      edits.push({ start, end, markup: `${tag}${markup}</${this.prefix}p>` });
    }
    // At one offset pure insertions come first; the sort is stable for the others.
    edits.sort((a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start));
    const parts: string[] = [];
    let done = 0;
    for (const { start, end, markup } of edits) {
      parts.push(this.source.slice(done, start), markup);
      done = end;
    }
    parts.push(this.source.slice(done));
    return parts.join('');
  }

  /** `run` split at its marks; everything else in it is unchanged. */
  private rewrittenRun(run: Stretch['run'], { marks, deleted }: RunWork): string {
    const { prefix: w, source } = this;
    const head = source.slice(run.start, run.open) + this.propertiesOf(run);
    const contentStart = Math.max(run.open, run.properties.end);
    const contentEnd = source.lastIndexOf('</', run.end - 1);
    const result: string[] = [];
    let group = '';
    const flush = () => {
      if (group.trim() !== '') result.push(`${head}${group}</${w}r>`);
      group = '';
    };
    const place = (mark: Mark) => {
      flush();
      result.push(mark.markup);
    };
    let done = contentStart;
    run.items.forEach((item, index) => {
      const here = marks.filter((mark) => mark.item === index);
      const gone = deleted.filter((one) => one.item === index);
      group += source.slice(done, item.start);
      done = item.end;
      const length = item.text?.length ?? 0;
      // A comment that ends where new text is inserted includes it.
      for (const mark of here) {
        if (mark.order === 0 && here.some((one) => one.order === 2 && one.at === mark.at)) mark.order = 3;
      }
      here.sort((a, b) => a.at - b.at || a.order - b.order);
      if (!item.words) {
        // A tab or another symbol is not split: a comment starts before and ends after it.
        for (const mark of here) if (mark.order === 1) place(mark);
        group += source.slice(item.start, item.end);
        for (const mark of here) if (mark.order !== 1) place(mark);
        return;
      }
      if (gone.length === 0 && here.every(({ at }) => at === 0 || at === length)) {
        for (const mark of here) if (mark.at === 0) place(mark);
        group += source.slice(item.start, item.end);
        for (const mark of here) if (mark.at > 0) place(mark);
        return;
      }
      const text = item.text ?? '';
      const cuts = new Set([0, length]);
      for (const { at } of here) cuts.add(at);
      for (const { start, end } of gone) cuts.add(start).add(end);
      const sorted = [...cuts].sort((a, b) => a - b);
      sorted.forEach((cut, position) => {
        for (const mark of here) if (mark.at === cut) place(mark);
        const next = sorted[position + 1];
        if (next === undefined) return;
        const words = escapeText(text.slice(cut, next));
        if (gone.some(({ start, end }) => start <= cut && next <= end)) {
          flush();
          result.push(
            `<${w}del ${this.signature()}>${head}<${w}delText xml:space="preserve">${words}</${w}delText></${w}r></${w}del>`,
          );
        } else group += `<${w}t xml:space="preserve">${words}</${w}t>`;
      });
    });
    group += source.slice(done, contentEnd);
    flush();
    return result.join('');
  }
}

/** Whether `offset` is inside a surrogate pair. */
function halved(text: string, offset: number): boolean {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

/** Index of the first stretch that ends after `offset`. */
function firstEndingAfter(stretches: readonly Stretch[], offset: number): number {
  return partitionPoint(stretches.length, (index) => (stretches[index] as Stretch).end <= offset);
}

/**
 * Paragraphs that are not inside another one, in markup order; those in text boxes are inside one, notes are anchored
 * in one.
 */
function outermostParagraphs(paragraphs: readonly WordParagraph[]): WordParagraph[] {
  const sorted = paragraphs
    .filter(({ source }) => source.end > source.start)
    .sort((a, b) => a.source.start - b.source.start || b.source.end - a.source.end);
  const found: WordParagraph[] = [];
  let end = -1;
  for (const paragraph of sorted) {
    const { source } = paragraph;
    if (source.start < end) continue;
    found.push(paragraph);
    end = Math.max(end, source.end);
  }
  return found;
}

/** All ids of changes, comments and bookmarks in `source`. */
function idsIn(source: string, prefix: string): Set<number> {
  const ids = new Set<number>();
  for (const [, id] of source.matchAll(new RegExp(`\\s${prefix}id\\s*=\\s*["'](\\d{1,10})["']`, 'g')))
    ids.add(Number(id));
  return ids;
}

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const COMMENTS_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The part with the comments, and the entries that declare it if it is new. */
class CommentsPart {
  private readonly name: string;
  private readonly before: string | undefined;
  private readonly prefix: string;
  private readonly added: string[] = [];
  private readonly namespace: string;
  private next: number;

  constructor(
    private readonly document: WordPackage,
    mainPrefix: string,
    mainSource: string,
  ) {
    const part = document.part('comments');
    this.before = part?.source;
    const folder = folderOf(document.main);
    let name = `${folder}comments.xml`;
    for (let count = 2; !part && document.archive.has(name); count++) name = `${folder}comments${count}.xml`;
    this.name = part?.name ?? name;
    this.prefix = this.before === undefined ? 'w:' : wordPrefix(this.before);
    this.namespace = /http:\/\/purl\.oclc\.org\/ooxml\/wordprocessingml\/main/.test(mainSource.slice(0, 20_000))
      ? 'http://purl.oclc.org/ooxml'
      : 'http://schemas.openxmlformats.org';
    const references = new RegExp(`<${mainPrefix}comment(?:RangeStart|RangeEnd|Reference)\\s[^>]*>`, 'g');
    const used = [
      ...idsIn(this.before ?? '', this.prefix),
      ...[...mainSource.matchAll(references)].flatMap(([tag]) => [...idsIn(tag, mainPrefix)]),
    ];
    this.next = used.reduce((most, id) => Math.max(most, id + 1), 0);
  }

  /** Adds a comment and returns its id. */
  add(paragraphs: readonly string[], { author, date }: Reviewer): number {
    const { prefix: w } = this;
    const id = this.next++;
    const initials = [...author].slice(0, 2).join('');
    const lines = paragraphs.map(
      (line) => `<${w}p><${w}r><${w}t xml:space="preserve">${escapeText(line)}</${w}t></${w}r></${w}p>`,
    );
    this.added.push(
      `<${w}comment ${w}id="${id}" ${w}author="${escapeText(author)}" ${w}date="${date}" ${w}initials="${escapeText(initials)}">${lines.join('')}</${w}comment>`,
    );
    return id;
  }

  /** The entries to write, by name. */
  finish(): Map<string, string> {
    const { added, before, document, name, namespace, prefix: w } = this;
    const markup = added.join('');
    if (before !== undefined) return new Map([[name, appended(before, markup)]]);
    const strict = namespace.includes('purl');
    const main = strict ? `${namespace}/wordprocessingml/main` : `${namespace}/wordprocessingml/2006/main`;
    const types = appended(
      document.text('[Content_Types].xml'),
      `<Override PartName="/${escapeText(name)}" ContentType="${COMMENTS_TYPE}"/>`,
    );
    const relationships = relationshipsOf(document.main);
    const existing =
      document.text(relationships) || `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"></Relationships>`;
    let number = 1;
    while (new RegExp(`Id\\s*=\\s*["']rId${number}["']`).test(existing)) number++;
    const type = `${namespace}/officeDocument${strict ? '' : '/2006'}/relationships/comments`;
    const related = appended(
      existing,
      `<Relationship Id="rId${number}" Type="${type}" Target="${name.slice(folderOf(name).length)}"/>`,
    );
    return new Map([
      [name, `${DECLARATION}<${w}comments xmlns:w="${main}">${markup}</${w}comments>`],
      ['[Content_Types].xml', types],
      [relationships, related],
    ]);
  }
}

/**
 * `source` with `markup` at the end of its root; if the root has a prefix and `markup` has none, the prefix is added.
 */
function appended(source: string, markup: string): string {
  const at = source.lastIndexOf('</');
  const end = at < 0 ? undefined : /^<\/([\w.-]+:)?/.exec(source.slice(at));
  if (end) return source.slice(0, at) + prefixed(markup, end[1]) + source.slice(at);
  const empty = /<(([\w.-]+:)?[\w.-]+)((?:\s[^<>]*)?)\/>\s*$/.exec(source);
  if (!empty) throw new ArchiveError('damaged');
  const [, name, prefix, attributes] = empty;
  return `${source.slice(0, empty.index)}<${name}${attributes}>${prefixed(markup, prefix)}</${name}>`;
}

function prefixed(markup: string, prefix: string | undefined): string {
  return prefix === undefined || markup.startsWith(`<${prefix}`) ? markup : markup.replace(/^</, `<${prefix}`);
}

/** `text` in the encoding that the part had before. */
function encoded(text: string, before: Uint8Array | undefined): Uint8Array {
  const [first, second, third] = before ?? [];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return first === 0xff ? bytes : bytes.swap16();
  }
  return Buffer.from(first === 0xef && second === 0xbb && third === 0xbf ? `\ufeff${text}` : text, 'utf8');
}

/** The message for a document that cannot be reviewed. */
export function reviewProblem({ problem }: ReviewError): Message {
  switch (problem) {
    case 'signed':
      return {
        en: 'The document is signed; a review would break the signature. Save an unsigned copy in Word and review that.',
        zh: '文档有数字签名，批注会使签名失效。请在 Word 里另存一份没有签名的再审。',
      };
    case 'macros':
      return {
        en: 'The document contains macros. Save it as .docx in Word and review that.',
        zh: '文档带有宏。请在 Word 里另存为 .docx 再审。',
      };
    default:
      return {
        en: 'The document is protected against changes. End the protection in Word (Review, Restrict Editing) first.',
        zh: '文档限制编辑。请先在 Word 的“审阅—限制编辑”里停止保护。',
      };
  }
}
