/**
 * Extracts the text of office documents, web pages and PDF files. Each library is loaded when a file first needs it.
 * Meant to run in a worker that can be terminated: a library may hang or run out of memory on a broken file.
 */
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { decode } from '../../text/encoding';
import type { Message } from '../../text/message';
import { htmlText, markupText } from './markupText';

/** A document that cannot be learned from; `explanation` is meant for the writer. */
export class DocumentError extends Error {
  constructor(readonly explanation: Message) {
    super(explanation.en);
    this.name = 'DocumentError';
  }
}

/** Limits on the unpacked size of a compressed file, and on a PDF's number of pages. */
const MAX_UNPACKED = 200 * 1024 * 1024;
const MAX_PAGES = 3_000;

export type DocumentFormat = 'text' | 'html' | 'docx' | 'odt' | 'doc' | 'rtf' | 'pdf';

const BY_EXTENSION: Readonly<Record<string, DocumentFormat>> = {
  txt: 'text',
  text: 'text',
  md: 'text',
  markdown: 'text',
  gongwen: 'text',
  policytext: 'text',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  docx: 'docx',
  docm: 'docx',
  odt: 'odt',
  doc: 'doc',
  wps: 'doc',
  rtf: 'rtf',
  pdf: 'pdf',
};

/** The format suggested by a file's name; undefined for files that cannot be learned from. */
export function formatOf(name: string): DocumentFormat | undefined {
  return BY_EXTENSION[/\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
}

/**
 * Extracts the text of a document from its bytes, one paragraph per line. If the content contradicts the promised
 * format, the content decides. Throws {@link DocumentError}, or whatever a library throws on a broken file.
 */
export async function documentText(bytes: Uint8Array, promised: DocumentFormat): Promise<string> {
  if (bytes.length === 0) throw new DocumentError({ en: 'The file is empty.', zh: '文件是空的。' });
  switch (formatByContent(bytes, promised)) {
    case 'docx':
      return docxText(bytes);
    case 'odt':
      return odtText(bytes);
    case 'doc':
      return docText(bytes);
    case 'rtf':
      return rtfText(bytes);
    case 'pdf':
      return pdfText(bytes);
    case 'html':
      return htmlText(decodeMarkup(bytes));
    default:
      return decode(bytes).text;
  }
}

function formatByContent(bytes: Uint8Array, promised: DocumentFormat): DocumentFormat {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith('%PDF-')) return 'pdf';
  // Word processors save RTF under .doc too.
  if (head.startsWith('{\\rtf')) return 'rtf';
  if (head.startsWith('\xd0\xcf\x11\xe0')) return 'doc';
  if (head.startsWith('PK\x03\x04')) return promised === 'odt' ? 'odt' : 'docx';
  if (promised === 'text' || promised === 'html') return promised;
  // Web pages saved with Word's extension are common.
  if (/^\s*</.test(head)) return 'html';
  throw new DocumentError({
    en: 'The file is damaged or not of the type its name suggests.',
    zh: '文件已损坏，或者与扩展名不符。',
  });
}

/** HTML declares its encoding; if it does not, it is detected from the bytes as for any text. */
function decodeMarkup(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 2048));
  const charset = /charset\s{0,9}=\s{0,9}["']?([\w-]{2,20})/i.exec(head)?.[1];
  if (charset) {
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // An unknown encoding: detected below.
    }
  }
  return decode(bytes).text;
}

async function docxText(bytes: Uint8Array): Promise<string> {
  const { readWord, WordError, wordProblem } = await import('../../word/word.node');
  try {
    return readWord(bytes).text;
  } catch (error) {
    throw error instanceof WordError ? new DocumentError(wordProblem(error)) : error;
  }
}

async function odtText(bytes: Uint8Array): Promise<string> {
  checkUnpacked(bytes);
  const { default: JSZip } = await import('jszip');
  const content = (await JSZip.loadAsync(bytes)).file('content.xml');
  if (!content) throw new DocumentError({ en: 'The file has no text.', zh: '文件里没有文字。' });
  return markupText(await content.async('string'), {
    blocks: /^text:(?:p|h)$/,
    skip: /^(?:office:annotation|text:tracked-changes)$/,
    xml: true,
  });
}

async function docText(bytes: Uint8Array): Promise<string> {
  const { isEncrypted, wordProblem, WordError } = await import('../../word/word.node');
  if (isEncrypted(bytes)) throw new DocumentError(wordProblem(new WordError('encrypted')));
  const { default: WordExtractor } = await import('word-extractor');
  return (await new WordExtractor().extract(Buffer.from(bytes))).getBody();
}

/** Groups of an RTF file that are not body text. */
const RTF_ASIDE =
  /^(?:info|pict|object|footnote|annotation|(?:header|footer)[lrf]?|stylesheet|listtable|themedata|xe|tc)$/;

async function rtfText(bytes: Uint8Array): Promise<string> {
  const [{ Tokenize, DeEncapsulate }, { default: iconv }] = await Promise.all([
    import('rtf-stream-parser'),
    import('iconv-lite'),
  ]);
  const parts: string[] = [];
  await pipeline(
    [Buffer.from(bytes)],
    new Tokenize(),
    runningText,
    new DeEncapsulate({ decode: (bytes, name) => rtfBytes(bytes, name, iconv.decode), mode: 'text', warn: () => {} }),
    async (pieces: AsyncIterable<string>) => {
      for await (const piece of pieces) parts.push(piece);
    },
  );
  const { labelText } = await import('../../word/lineWriter');
  return parts
    .join('')
    .replace(/\r\n?/g, '\n')
    .replace(RTF_LABEL, (_, label: string, next: string) => {
      const text = label.replace(/[\s\uf0a7-\uf0d8]+/g, (found) => (/\S/.test(found) ? '•' : ' ')).trim();
      return labelText({ text, suffix: 'tab', bullet: text === '•' }, next) + next;
    })
    .replaceAll(LABEL_EDGE, '');
}

/**
 * Decodes a range of bytes of an RTF file. LibreOffice declares the Japanese character set for fonts with Chinese
 * names, whose tables the package leaves out; the platform has them.
 */
function rtfBytes(bytes: Buffer, name: string, other: (bytes: Buffer, name: string) => string): string {
  if (bytes.every((byte) => byte < 0x80)) return bytes.toString('latin1');
  const label = { cp932: 'shift_jis', cp949: 'euc-kr' }[name];
  return label === undefined ? other(bytes, name) : new TextDecoder(label).decode(bytes);
}

/** Marks the start and end of a paragraph's number while an RTF file is read; never occurs in a text. */
const LABEL_EDGE = '\u0001';
const RTF_LABEL = /\u0001([^\u0001\n]{0,200})\u0001([^\n]?)/g;

/**
 * The tokens of an RTF file without groups outside the body text, each table cell on a line of its own. The library
 * expects mails, which declare that they contain text: so does the output here.
 */
async function* runningText(tokens: AsyncIterable<Token>): AsyncGenerator<Token> {
  let depth = 0;
  /** Depth of the group being skipped, 0 for none. */
  let aside = 0;
  /** Depth of the group that contains a paragraph's number, 0 outside. */
  let label = 0;
  /** The start of a group is held back until the word that identifies it. */
  let held: Token[] = [];
  for await (const token of tokens) {
    if (token.type === TOKEN.start) {
      depth++;
      if (aside === 0) {
        yield* held;
        held = [token];
      }
      continue;
    }
    if (aside > 0) {
      if (token.type === TOKEN.end && depth-- === aside) aside = 0;
      continue;
    }
    const word = token.type === TOKEN.control ? token.word : undefined;
    if (held.length > 0 && word === '*') {
      held.push(token);
      continue;
    }
    if (held.length > 0 && (word === 'listtext' || word === 'pntext')) {
      // The number of the paragraph as displayed: text in a group of its own.
      yield* held.filter(({ type }) => type === TOKEN.start);
      held = [];
      label = depth;
      yield EDGE;
      continue;
    }
    if (held.length > 0 && word !== undefined && RTF_ASIDE.test(word)) {
      aside = depth;
      held = [];
      continue;
    }
    yield* held;
    held = [];
    if (token.type === TOKEN.end && depth-- === label) {
      label = 0;
      yield EDGE;
    }
    yield word === 'cell' || word === 'row' ? { ...token, word: 'par' } : token;
    if (word === 'rtf') yield { type: TOKEN.control, word: 'fromtext' };
  }
}

/** A token of the library's RTF reader. */
interface Token {
  readonly type: number;
  readonly word?: string;
  readonly data?: Buffer;
  readonly length?: number;
}

const TOKEN = { start: 0, end: 1, control: 2, text: 3 } as const;
const EDGE: Token = { type: TOKEN.text, data: Buffer.from(LABEL_EDGE), length: 1 };

async function pdfText(bytes: Uint8Array): Promise<string> {
  checkStreams(bytes);
  const { getDocumentProxy } = await import('unpdf');
  // A copy, and not a Node buffer: the library transfers it.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), {
    disableFontFace: true,
    isEvalSupported: false,
    verbosity: 0,
  });
  try {
    const lines: string[] = [];
    for (let number = 1; number <= Math.min(pdf.numPages, MAX_PAGES); number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      let line = '';
      for (const item of items) {
        if (!('str' in item)) continue;
        line += item.str;
        if (item.hasEOL) {
          lines.push(line);
          line = '';
        }
      }
      lines.push(line);
      page.cleanup();
    }
    const text = unwrapLines(lines);
    if (!/\p{Script=Han}/u.test(text)) {
      throw new DocumentError({
        en: 'The PDF contains no Chinese text; it may be a scan.',
        zh: '这个 PDF 里没有中文文字，可能是扫描件。',
      });
    }
    return text;
  } finally {
    await pdf.destroy();
  }
}

/**
 * Joins lines that a page's width broke: those nearly as long as most that do not end a sentence. Page numbers are
 * dropped.
 */
export function unwrapLines(lines: readonly string[]): string {
  const printed = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[-—– ]*\d{1,4}[-—– ]*$/.test(line));
  const lengths = printed.map((line) => line.length).sort((a, b) => a - b);
  const full = (lengths[Math.floor(lengths.length * 0.8)] ?? 0) * 0.85;
  let text = '';
  printed.forEach((line, index) => {
    text += line;
    const wrapped = full >= 15 && line.length >= full && !/[。！？：；]$/.test(line);
    if (!wrapped && index < printed.length - 1) text += '\n';
  });
  return text;
}

/** Rejects a zip archive that unpacks to an unreasonable size, whatever sizes its directory claims. */
function checkUnpacked(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MAX_UNPACKED;
  for (const { offset, size, packed } of zipEntries(view)) {
    const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
    if (!packed) left -= size;
    else {
      try {
        left -= zlib.inflateRawSync(bytes.subarray(start, start + size), { maxOutputLength: left + 1 }).length;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') left = -1;
        else throw damagedArchive();
      }
    }
    if (left < 0) throw unpacksToTooMuch();
  }
}

/** Maximum number of filters on a stream; more than one is unusual already. */
const MAX_FILTERS = 4;
/** Distance before a stream within which its dictionary is looked for. */
const DICTIONARY = 400;

/**
 * Rejects a PDF with a compressed stream larger than the limit for a whole document, also if it is compressed several
 * times. A stream is read to the end of its compressed data, because the word "endstream" may occur inside it. Pictures
 * are never unpacked.
 */
function checkStreams(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 1)) {
    const before = file.toString('latin1', Math.max(0, at - DICTIONARY), at);
    if (before.endsWith('end') || /\/Subtype\s*\/Image\b(?![\s\S]*\bobj\b)/.test(before)) continue;
    let start = at + 'stream'.length;
    if (file[start] === 13) start++;
    if (file[start] === 10) start++;
    let packed: Uint8Array | undefined = file.subarray(start);
    for (let filter = 0; packed && filter < MAX_FILTERS; filter++)
      packed = isDeflated(packed) ? inflated(packed) : undefined;
    if (packed && isDeflated(packed)) throw unpacksToTooMuch();
  }
}

/** Whether the bytes begin with a zlib header (RFC 1950). */
function isDeflated([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x8f) === 8 && ((first << 8) | second) % 31 === 0;
}

/** The decompressed content of `packed`; undefined if it is not valid deflate data. */
function inflated(packed: Uint8Array): Uint8Array | undefined {
  try {
    return zlib.inflateSync(packed, { maxOutputLength: MAX_UNPACKED, finishFlush: zlib.constants.Z_SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw unpacksToTooMuch();
    // Compressed in another way, or damaged: the library will report it.
    return undefined;
  }
}

function unpacksToTooMuch(): DocumentError {
  return new DocumentError({
    en: 'The file unpacks to far more data than a document has; it was not opened.',
    zh: '文件解压后大得不像文稿，没有打开。',
  });
}

interface ZipEntry {
  readonly offset: number;
  readonly size: number;
  readonly packed: boolean;
}

/**
 * The entries of a zip archive's central directory. A multi-disk or zip64 archive, or one with other bytes around its
 * directory, is rejected: a library may see other entries in it than this function.
 */
function zipEntries(view: DataView): ZipEntry[] {
  let end = view.byteLength - 22;
  const lowest = Math.max(0, end - 0xffff);
  while (end >= lowest && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < lowest) throw damagedArchive();
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  const disks = view.getUint32(end + 4, true);
  const large = end >= 20 && view.getUint32(end - 20, true) === 0x07064b50;
  if (disks !== 0 || count !== view.getUint16(end + 8, true) || count === 0xffff || large || at + size !== end) {
    throw damagedArchive();
  }
  const entries: ZipEntry[] = [];
  for (let left = count; left > 0; left--) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw damagedArchive();
    const offset = view.getUint32(at + 42, true);
    const packedSize = view.getUint32(at + 20, true);
    const unpackedSize = view.getUint32(at + 24, true);
    if (offset + 30 > view.byteLength || packedSize === 0xffffffff || unpackedSize === 0xffffffff) {
      throw damagedArchive();
    }
    entries.push({ offset, size: packedSize, packed: view.getUint16(at + 10, true) !== 0 });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (at !== end) throw damagedArchive();
  return entries;
}

function damagedArchive(): DocumentError {
  return new DocumentError({ en: 'The file is damaged.', zh: '文件已损坏。' });
}
