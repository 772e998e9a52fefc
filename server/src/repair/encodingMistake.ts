import { lazily } from '../text/lazily';
/**
 * Detects from its text that a file was opened in the wrong encoding: GBK or Big5 read as UTF-8 is full of U+FFFD,
 * UTF-8 read as GBK is 锛屾槸鐨, read as Big5 it is 嚗�糓, read as Windows-1252 it is å›½å®¶. The text on screen is lost
 * then, but the file is not: it only needs to be reopened.
 *
 * The text is encoded back to the bytes it was read from, and those are decoded in the other encodings. One in four
 * characters of any Chinese text is among a few dozen; of wrongly decoded text hardly any is.
 */

/** Encodings, by VS Code's names. */
export type EncodingName = 'utf8' | 'gb18030' | 'big5hkscs';

export interface EncodingMistake {
  /** What the file was read as. */
  readonly readAs: EncodingName | 'windows1252';
  /** The encodings to open it in, likeliest first; more than one if only the bytes of the file can tell. */
  readonly candidates: readonly EncodingName[];
}

/** Length of the sample of a text. */
const SAMPLE = 4000;
/** Fewer characters than this are not enough evidence. */
const MIN_COUNT = 8;
/** The share of common characters below which a text is wrong, and above which it is right. */
const WRONG = 0.05;
const RIGHT = 0.12;
const ORDINARY = new Set(
  '的一是不了在人有我他这這中大来來上国國和地到以说說时時要就出会會可也，。、；：“”「」（）年月日为為发發对對新建工作各进進强強推动動部省市县縣政府',
);
const LABELS: Readonly<Record<EncodingName, string>> = { utf8: 'utf-8', gb18030: 'gb18030', big5hkscs: 'big5' };

/**
 * Checks whether `text` was read in the wrong encoding. Returns undefined for text that reads as text, and for text
 * that does not in any encoding. If `bytes` of the file are given (its beginning will do), they distinguish GBK from
 * Big5.
 */
export function encodingMistake(text: string, bytes?: Uint8Array): EncodingMistake | undefined {
  const sample = text.slice(0, SAMPLE);
  const { wide, ordinary, replaced } = look(sample);
  if (wide < MIN_COUNT || ordinary > WRONG * wide) return undefined;
  if (bytes) {
    const beginning = bytes.subarray(0, 2 * SAMPLE);
    const found = likeliest(beginning, ['utf8', 'gb18030', 'big5hkscs']);
    const readAs = readingOf(sample, beginning);
    if (found) return found === readAs ? undefined : { readAs, candidates: [found] };
  }
  if (replaced * 5 >= wide && isFragmentedUtf8(sample)) return { readAs: 'big5hkscs', candidates: ['utf8'] };
  // Bytes that are invalid in UTF-8 are lost from the text.
  if (replaced * 2 >= wide) {
    // The second byte of a character is often an ASCII letter in Big5, hardly ever in GBK.
    const letters = sample.match(/\ufffd[@-~](?=\ufffd)/g)?.length ?? 0;
    return {
      readAs: 'utf8',
      candidates: letters * 8 > replaced ? ['big5hkscs', 'gb18030'] : ['gb18030', 'big5hkscs'],
    };
  }
  for (const readAs of ['windows1252', 'gb18030', 'big5hkscs'] as const) {
    const before = bytesOf(sample, readAs);
    const others = (['utf8', 'gb18030', 'big5hkscs'] as const).filter((encoding) => encoding !== readAs);
    const found = before && likeliest(before, others);
    if (found) return { readAs, candidates: [found] };
  }
  return undefined;
}

interface Look {
  /** Number of non-ASCII characters, of common ones among them, and of replacement characters. */
  readonly wide: number;
  readonly ordinary: number;
  readonly replaced: number;
}

function look(text: string): Look {
  let wide = 0;
  let ordinary = 0;
  let replaced = 0;
  for (const character of text) {
    if (character < '\x80') continue;
    wide++;
    if (character === '\ufffd') replaced++;
    else if (ORDINARY.has(character)) ordinary++;
  }
  return { wide, ordinary, replaced };
}

/** The encoding that `bytes` were read in to give `text`: the one with the longest matching prefix. */
function readingOf(text: string, bytes: Uint8Array): EncodingMistake['readAs'] {
  let best: EncodingMistake['readAs'] = 'utf8';
  let longest = -1;
  for (const [encoding, label] of [...Object.entries(LABELS), ['windows1252', 'windows-1252'] as const]) {
    const read = new TextDecoder(label).decode(bytes);
    let same = 0;
    while (same < text.length && read[same] === text[same]) same++;
    if (same <= longest) continue;
    longest = same;
    best = encoding as EncodingMistake['readAs'];
  }
  return best;
}

/**
 * Whether the text is UTF-8 decoded as Big5. Half of its bytes cannot be a second byte in Big5 and are lost; the pieces
 * between them are sufficient evidence, since no other text gives three-byte sequences that decode to Chinese.
 */
function isFragmentedUtf8(text: string): boolean {
  const table = tableOf('big5hkscs');
  const utf8 = new TextDecoder();
  let sequences = 0;
  let covered = 0;
  let known = 0;
  const characters: string[] = [];
  for (const piece of text.split(/[^\u0100-\ufffc]+/)) {
    let bytes = '';
    for (let at = 0; at < piece.length; at++) {
      const pair = table.get(piece.charCodeAt(at));
      if (pair !== undefined) bytes += String.fromCharCode(pair >> 8, pair & 0xff);
    }
    known += bytes.length;
    for (const [sequence] of bytes.matchAll(/[\xe2-\xe9\xef][\x80-\xbf]{2}/g)) {
      sequences++;
      covered += sequence.length;
      characters.push(utf8.decode(Uint8Array.from(sequence, (byte) => byte.charCodeAt(0))));
    }
  }
  const { wide, ordinary } = look(characters.join(''));
  return sequences >= MIN_COUNT / 2 && covered * 3 > known && ordinary > RIGHT * wide;
}

/** The encoding in which `bytes` decode to Chinese text. */
function likeliest(bytes: Uint8Array, encodings: readonly EncodingName[]): EncodingName | undefined {
  let best: EncodingName | undefined;
  let most = RIGHT;
  for (const encoding of encodings) {
    let text: string;
    try {
      text = new TextDecoder(LABELS[encoding]).decode(bytes);
    } catch {
      continue;
    }
    const { wide, ordinary, replaced } = look(text);
    if (wide < MIN_COUNT / 2 || replaced * 4 > wide) continue;
    if (ordinary / wide > most) {
      most = ordinary / wide;
      best = encoding;
    }
  }
  return best;
}

/** The bytes that `text` was read from in `encoding`, as far as they are left; undefined if it was not. */
function bytesOf(text: string, encoding: 'windows1252' | 'gb18030' | 'big5hkscs'): Uint8Array | undefined {
  const table = tableOf(encoding);
  const bytes: number[] = [];
  let strange = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const known = code < 0x80 ? code : table.get(code);
    if (known === undefined) {
      strange++;
      bytes.push(0x3f);
    } else if (known > 0xff) bytes.push(known >> 8, known & 0xff);
    else bytes.push(known);
  }
  return strange * 3 > text.length ? undefined : Uint8Array.from(bytes);
}

const TABLES = {
  windows1252: lazily(singleBytes),
  gb18030: lazily(() => doubleBytes(LABELS.gb18030)),
  big5hkscs: lazily(() => doubleBytes(LABELS.big5hkscs)),
};

/** Maps each character of an encoding to its bytes, as one number. */
function tableOf(encoding: keyof typeof TABLES): ReadonlyMap<number, number> {
  return TABLES[encoding]();
}

function singleBytes(): Map<number, number> {
  const table = new Map<number, number>();
  for (let byte = 0x80; byte <= 0xff; byte++) {
    // Latin-1 has the byte itself where Windows-1252 has another character.
    table.set(byte, byte);
    table.set(new TextDecoder('windows-1252').decode(Uint8Array.of(byte)).charCodeAt(0), byte);
  }
  return table;
}

function doubleBytes(label: string): Map<number, number> {
  const table = new Map<number, number>();
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label);
  } catch {
    return table;
  }
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      pair[0] = lead;
      pair[1] = trail;
      const text = decoder.decode(pair);
      const code = text.charCodeAt(0);
      if (text.length === 1 && code !== 0xfffd && !table.has(code)) table.set(code, (lead << 8) | trail);
    }
  }
  return table;
}
