/**
 * Decodes files whose encoding is not declared. Drafts come as UTF-8 from current editors, as GBK from older Windows
 * programs and web sites, as Big5 from Taiwan and Hong Kong, as UTF-16 from "Unicode text" exports.
 *
 * Evidence is weighed in this order: a byte order mark, validity as UTF-8, the shape of UTF-16, and for the two-byte
 * sets, which accept almost anything, how common the decoded characters are. Decoding itself is the platform's
 * TextDecoder (WHATWG Encoding), which Node and browsers share.
 */
import type { Message } from './message';

/** Encodings that can be detected. `gb18030` includes its subsets GB 2312 and GBK. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

export interface Decoded {
  /** The text without its byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether the bytes began with a byte order mark. */
  readonly bom: boolean;
  /** Number of undecodable places replaced by U+FFFD. */
  readonly replaced: number;
  /** Present if anything was replaced. */
  readonly note?: Message;
}

/** The bytes are not text, or not in a supported encoding. `explanation` is meant for the writer. */
export class DecodeError extends Error {
  constructor(
    readonly problem: 'binary' | 'undecodable' | 'unknown-encoding',
    readonly explanation: Message,
  ) {
    super(explanation.en);
    this.name = 'DecodeError';
  }
}

const ALIASES: Readonly<Record<string, Encoding | 'utf-16'>> = {
  utf8: 'utf-8',
  utf8bom: 'utf-8',
  utf8sig: 'utf-8',
  ascii: 'utf-8',
  usascii: 'utf-8',
  utf16: 'utf-16',
  unicode: 'utf-16',
  ucs2: 'utf-16',
  utf16le: 'utf-16le',
  ucs2le: 'utf-16le',
  utf16be: 'utf-16be',
  ucs2be: 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  euccn: 'gb18030',
  cp936: 'gb18030',
  windows936: 'gb18030',
  ms936: 'gb18030',
  big5: 'big5',
  big5hkscs: 'big5',
  big5eten: 'big5',
  cp950: 'big5',
  windows950: 'big5',
  ms950: 'big5',
};

/** Names offered where a writer may choose an encoding. */
export const ENCODING_NAMES: readonly string[] = ['utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'gbk', 'gb18030', 'big5'];

/** Number of bytes sampled to detect the encoding: enough characters, and fast for any file. */
const SAMPLE = 1 << 18;

/**
 * Decodes `bytes` in `encoding` if given (any usual name, in any case), otherwise in the one detected. Single damaged
 * bytes are replaced and noted. Throws {@link DecodeError} for binary data, for bytes that make no sense in any
 * encoding (or in the one asked for), and for an unknown encoding name.
 */
export function decode(bytes: Uint8Array, encoding?: string): Decoded {
  const asked = encoding === undefined ? undefined : encodingNamed(encoding);
  const mark = byteOrderMark(bytes);
  if (asked !== undefined) {
    const chosen = asked === 'utf-16' ? utf16By(bytes, mark) : asked;
    return read(bytes, chosen, mark?.encoding === chosen ? mark.length : 0, true);
  }
  refuseKnownBinary(bytes);
  if (mark) return read(bytes, mark.encoding, mark.length, false);

  const nuls = count(bytes, 0);
  const fewNuls = nuls * 50 <= bytes.length;
  const utf8 = fewNuls ? decodeUtf8(bytes) : undefined;
  if (utf8 && utf8.replaced === 0) return utf8;
  const utf16 = likelyUtf16(bytes);
  if (utf16) return read(bytes, utf16, 0, false);
  if (!fewNuls || controls(bytes) * 20 > bytes.length) throw binary();
  if (utf8) return utf8;
  return read(bytes, likelyDoubleByte(bytes), 0, false);
}

function encodingNamed(name: string): Encoding | 'utf-16' {
  const found = ALIASES[name.toLowerCase().replace(/[-_\s]/g, '')];
  if (found) return found;
  throw new DecodeError('unknown-encoding', {
    en: 'Unknown encoding “{0}”. Known are: {1}.',
    zh: '不认识的编码“{0}”。可用的有：{1}。',
    values: [name, ENCODING_NAMES.join(' ')],
  });
}

function byteOrderMark(bytes: Uint8Array): { encoding: Encoding; length: number } | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', length: 3 };
  if (startsWith(bytes, [0xff, 0xfe])) return { encoding: 'utf-16le', length: 2 };
  if (startsWith(bytes, [0xfe, 0xff])) return { encoding: 'utf-16be', length: 2 };
  if (startsWith(bytes, [0x84, 0x31, 0x95, 0x33])) return { encoding: 'gb18030', length: 4 };
  return undefined;
}

/**
 * Decodes `bytes` from `skip` on; fails if more than one character in ten (one in five if the encoding was asked for)
 * is lost.
 */
function read(bytes: Uint8Array, encoding: Encoding, skip: number, asked: boolean): Decoded {
  const body = skip > 0 ? bytes.subarray(skip) : bytes;
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
    return { text, encoding, bom: skip > 0, replaced: 0 };
  } catch {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(body);
    const replaced = replacements(text);
    if ((replaced - 1) * (asked ? 5 : 10) > text.length) throw undecodable(asked ? encoding : undefined);
    return { text, encoding, bom: skip > 0, replaced, note: damage(text, replaced) };
  }
}

/**
 * Decodes `bytes` as UTF-8, or returns undefined. A damaged byte here and there does not make it another encoding: text
 * in a two-byte set hardly ever forms a valid UTF-8 character, so ten good characters to a bad one decide.
 */
function decodeUtf8(bytes: Uint8Array): Decoded | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: 'utf-8', bom: false, replaced: 0 };
  } catch {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const all = replacements(text);
    let wide = 0;
    for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x800) wide++;
    const replaced = Math.max(1, all - writtenReplacements(bytes));
    if (replaced * 10 > wide - all) return undefined;
    return { text, encoding: 'utf-8', bom: false, replaced, note: damage(text, replaced) };
  }
}

/** Counts U+FFFD written as such in UTF-8 bytes. */
function writtenReplacements(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) found++;
  }
  return found;
}

function utf16By(bytes: Uint8Array, mark: { encoding: Encoding } | undefined): Encoding {
  if (mark?.encoding === 'utf-16le' || mark?.encoding === 'utf-16be') return mark.encoding;
  return plausibleUtf16(bytes, 1, 0) > plausibleUtf16(bytes, 0, 1) ? 'utf-16le' : 'utf-16be';
}

function likelyUtf16(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length < 4) return undefined;
  const little = plausibleUtf16(bytes, 1, 0);
  const big = plausibleUtf16(bytes, 0, 1);
  if (Math.max(little, big) < 0.8) return undefined;
  return little >= big ? 'utf-16le' : 'utf-16be';
}

/** Share of code units typical of Chinese text if `bytes` were UTF-16 with the high byte at `high`. */
function plausibleUtf16(bytes: Uint8Array, high: 0 | 1, low: 0 | 1): number {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  let plausible = 0;
  for (let at = 0; at < length; at += 2) {
    const code = ((bytes[at + high] as number) << 8) | (bytes[at + low] as number);
    if (
      (code >= 0x4e00 && code <= 0x9fff) ||
      (code >= 0x20 && code <= 0x7e) ||
      (code >= 0xa0 && code <= 0x24f) ||
      (code >= 0x3000 && code <= 0x301f) ||
      (code >= 0xff01 && code <= 0xff5e) ||
      (code >= 0x2010 && code <= 0x2027) ||
      (code >= 0x2460 && code <= 0x24ff) ||
      (code >= 0xd840 && code <= 0xdfff) ||
      code === 9 ||
      code === 10 ||
      code === 13
    ) {
      plausible++;
    }
  }
  return length === 0 ? 0 : plausible / (length / 2);
}

/**
 * The commonest characters of Chinese prose in both scripts. Six in ten characters of any text are among them; bytes
 * decoded in the wrong two-byte set give characters from all over the set, of which one in twenty is.
 */
const COMMON = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经' +
    '么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又' +
    '关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通' +
    '教原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直资' +
    '命山金指许统区保至队形社便空决治展马科司五基书非则听却界达光放强即难且权思象完设式路记南品住告类求据程北边该交规万取格望术领共' +
    '确传师观清今切院让识候带导争运党委会议央省县乡村镇农企革创推施项目标准城服环境改善责落促型升障监督执纪律章节附乏坚持决策部署' +
    '六七八九百千亿零元组织单位职级省厅局办室份调研突破举措优势质供给侧济态构融投收支税财贸易绿色生态群众就医养老' +
    '這個們來為國說時會對後發過還進實長機無與業關點現當沒動開從樣種學經將兩間應頭體見產給話處義幾認條東聲門員論題氣總電數報結務場' +
    '計資統區隊決則馬書聽卻達強難權據邊規萬術領師觀讓識帶導爭運黨議縣鄉鎮農創項標環責層執紀單職級廳辦調優勢質貿綠態構財稅濟眾醫養' +
    '〇，。、：；“”（）《》「」『』？！…—',
);

function likelyDoubleByte(bytes: Uint8Array): Encoding {
  // Everything before the first high byte is ASCII in both sets, so both are aligned there.
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  );
  const sample = bytes.subarray(first, first + SAMPLE);
  const gb = ordinariness(sample, 'gb18030');
  const big5 = ordinariness(sample, 'big5');
  const best = gb.score >= big5.score ? gb : big5;
  // A handful of characters may well be all names; more than that without a single common one is another encoding.
  if (best.score < (best.wide <= 8 ? 0 : 0.1)) throw undecodable(undefined);
  return best === gb ? 'gb18030' : 'big5';
}

/** How common the characters are that `bytes` decode to in `encoding`: about 0.6 if it is right, below 0.1 if not. */
function ordinariness(bytes: Uint8Array, encoding: Encoding): { score: number; wide: number } {
  const text = new TextDecoder(encoding).decode(bytes);
  let wide = 0;
  let points = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    wide++;
    if (COMMON.has(text[at] as string)) points++;
    else if (code === 0xfffd) points -= 4;
    else if (code >= 0xe000 && code <= 0xf8ff) points -= 2;
    else if (!(code >= 0x4e00 && code <= 0x9fff) && !(code >= 0x3000 && code <= 0x3020) && code < 0xff00) points -= 0.5;
  }
  return { score: wide === 0 ? 0 : points / wide, wide };
}

/** Signatures of binary files that are passed instead of a text, with the message for each. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: Message }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: { en: 'a Word, WPS or zip file (.docx, .wps, .zip)', zh: ' Word、WPS 或压缩文件（.docx、.wps、.zip）' },
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: {
      en: 'an old Word, WPS or Excel file (.doc, .wps, .xls)',
      zh: '旧版 Word、WPS 或 Excel 文件（.doc、.wps、.xls）',
    },
  },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], what: { en: 'a PDF', zh: ' PDF 文件' } },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: { en: 'a Rich Text file (.rtf)', zh: ' RTF 格式文件（.rtf）' } },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: { en: 'a picture (PNG)', zh: '图片（PNG）' } },
  { bytes: [0xff, 0xd8, 0xff], what: { en: 'a picture (JPEG)', zh: '图片（JPEG）' } },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: { en: 'a picture (GIF)', zh: '图片（GIF）' } },
  { bytes: [0x1f, 0x8b], what: { en: 'a compressed file (gzip)', zh: '压缩文件（gzip）' } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: { en: 'a compressed file (7z)', zh: '压缩文件（7z）' } },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a], what: { en: 'a compressed file (rar)', zh: '压缩文件（rar）' } },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: { en: 'a program', zh: '程序文件' } },
];

function refuseKnownBinary(bytes: Uint8Array): void {
  for (const { bytes: head, what } of SIGNATURES) {
    if (!startsWith(bytes, head)) continue;
    throw new DecodeError('binary', {
      en: `This is ${what.en}, not a plain text. Save it as plain text (UTF-8) first.`,
      zh: `这是${what.zh}，不是纯文本。请先另存为纯文本（UTF-8）。`,
    });
  }
}

function binary(): DecodeError {
  return new DecodeError('binary', {
    en: 'This is binary data, not a text.',
    zh: '这是二进制数据，不是文本。',
  });
}

function undecodable(encoding: Encoding | undefined): DecodeError {
  if (encoding) {
    return new DecodeError('undecodable', {
      en: 'The text is not {0}. Leave the encoding out to have it detected.',
      zh: '这个文件不是 {0} 编码。不指定编码即可自动识别。',
      values: [encoding],
    });
  }
  return new DecodeError('undecodable', {
    en: 'The encoding is none of UTF-8, UTF-16, GBK/GB18030 and Big5. Save the text as UTF-8.',
    zh: '认不出文件的编码：不是 UTF-8、UTF-16、GBK/GB18030 或 Big5。请另存为 UTF-8。',
  });
}

function damage(text: string, replaced: number): Message {
  const before = text.slice(0, text.indexOf('\ufffd'));
  const line = (before.match(/\r\n?|\n/g)?.length ?? 0) + 1;
  return {
    en: 'Unreadable places: {0}, the first on line {1}, shown as “\ufffd”.',
    zh: '有 {0} 处字节读不出来，以“\ufffd”代替，最先一处在第 {1} 行。',
    values: [replaced, line],
  };
}

function replacements(text: string): number {
  let found = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) found++;
  return found;
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function count(bytes: Uint8Array, wanted: number): number {
  let found = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) found++;
  return found;
}

/** Counts control characters that no text contains. */
function controls(bytes: Uint8Array): number {
  let found = 0;
  for (const byte of bytes) if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) found++;
  return found;
}
