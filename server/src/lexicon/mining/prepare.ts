/**
 * Prepares a document for learning: repairs damage, simplifies the script, unifies punctuation and width, removes
 * markup and list markers, and keeps only the lines between the page's furniture.
 */
import { isHan } from '../../text/characters';
import { convert, scriptOf } from '../../text/script';
import { SEPARATOR } from './lcp';

/** Repairs damaged text before it is learned from (pinyin annotations, mojibake …). Must not throw. */
export type Cleaner = (text: string) => string;

const LINE_BREAK = String.fromCharCode(SEPARATOR);

/** The normal form of each UTF-16 unit. `DROP` units are removed, a `SEPARATOR` ends whatever precedes it. */
const DROP = 0xffff;
const BLANK = 0x20;
const READ_AS = buildTable();

/** 1 for the marks that become full-width next to Chinese: , ; : ? ! ( ) */
const FULL_FORM: Readonly<Record<number, number>> = {
  44: 0xff0c,
  59: 0xff1b,
  58: 0xff1a,
  63: 0xff1f,
  33: 0xff01,
  40: 0xff08,
  41: 0xff09,
};

/**
 * The normal form of the UTF-16 unit `unit` in a lexicon, in its own script: one form for marks of a kind, a space for
 * every blank, U+0000 for gaps and unreadable characters; undefined if it is dropped.
 */
export function learnedForm(unit: number): number | undefined {
  const read = READ_AS[unit] as number;
  return read === DROP ? undefined : (FULL_FORM[read] ?? read);
}

/** Markdown prefixes and list markers at the start of a line; a decimal number is not a marker. */
const LINE_HEAD =
  /^(?:#{1,6} |[>+-] )?(?:第[一二三四五六七八九十百千零〇\d]{1,6}[编章节条款部](?:分| |(?=[一-鿿]))|[（(][一二三四五六七八九十百零〇\d]{1,4}[）)]|[一二三四五六七八九十百零〇]{1,4}、|\d{1,3}(?:[、)）]|[.．](?!\d))|[①-⑳])? ?/;

/**
 * Prepares `text`, already decoded, for learning. Returns its lines in simplified script and uniform punctuation, with
 * U+0000 between lines and in place of gaps and unreadable characters. Never throws on any text.
 */
export async function prepareText(text: string, clean: Cleaner): Promise<string> {
  let sound = clean(text);
  if (scriptOf(sound).script === 'traditional') sound = await convert(sound, 'simplified');
  const lines = proseLines(sound);
  return lines.join(LINE_BREAK);
}

/** The lines from the first to the last line of prose: those outside are titles and page furniture. */
function proseLines(text: string): string[] {
  const lines: string[] = [];
  let first = -1;
  let last = -1;
  let at = 0;
  while (at <= text.length) {
    let end = at;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    const line = uniformLine(text, at, end);
    at = end + 1;
    if (line.text === '') continue;
    if (line.prose) {
      if (first < 0) first = lines.length;
      last = lines.length;
    }
    lines.push(line.text);
  }
  return first < 0 ? [] : lines.slice(first, last + 1);
}

const buffer = { units: new Uint16Array(1024) };
const decoder = new TextDecoder('utf-16le');

/** One line in its normal form; empty if it contains nothing to learn. */
function uniformLine(text: string, start: number, end: number): { text: string; prose: boolean } {
  while (start < end && READ_AS[text.charCodeAt(start)] === BLANK) start++;
  const head = LINE_HEAD.exec(text.slice(start, Math.min(end, start + 24)))?.[0] ?? '';
  if (buffer.units.length < end - start) buffer.units = new Uint16Array((end - start) * 2);
  const out = buffer.units;
  let size = 0;
  let han = 0;
  let clauses = 0;
  let quoteOpen = false;
  for (let at = start + head.length; at < end; at++) {
    const raw = text.charCodeAt(at);
    let unit = READ_AS[raw] as number;
    if (unit === DROP) continue;
    const before = size > 0 ? (out[size - 1] as number) : SEPARATOR;
    if (unit === BLANK) {
      // A blank separates Latin words and figures only; between Chinese characters it is layout.
      const next = READ_AS[text.charCodeAt(at + 1)] as number;
      if (!isWordUnit(before) || at + 1 >= end || !isWordUnit(next)) continue;
    } else if (unit === SEPARATOR) {
      if (before === SEPARATOR) continue;
    } else if (unit === 0x22) {
      unit = quoteOpen ? 0x201d : 0x201c;
      quoteOpen = !quoteOpen;
    } else if (unit < 0x80) {
      const full = FULL_FORM[unit];
      if (full !== undefined && before > 0x2000) unit = full;
    }
    if (isHan(unit)) han++;
    else if (unit === 0xff0c || unit === 0x3002 || unit === 0xff1b || unit === 0xff01 || unit === 0xff1f) clauses++;
    out[size++] = unit;
  }
  while (size > 0 && out[size - 1] === SEPARATOR) size--;
  if (han < 2) return { text: '', prose: false };
  return { text: decoder.decode(new Uint8Array(out.buffer, 0, size * 2)), prose: clauses > 0 };
}

/** Letters and digits of the Latin alphabet, the only units that blanks separate. */
function isWordUnit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

function buildTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) table[unit] = unit;
  for (let unit = 0; unit < 0x20; unit++) table[unit] = DROP;
  for (let unit = 0x7f; unit < 0xa0; unit++) table[unit] = DROP;
  table[9] = table[11] = table[12] = table[0xa0] = table[0x3000] = table[0x202f] = table[0x205f] = BLANK;
  for (let unit = 0x2000; unit <= 0x200a; unit++) table[unit] = BLANK;
  for (let unit = 0x200b; unit <= 0x200f; unit++) table[unit] = DROP;
  for (let unit = 0x202a; unit <= 0x202e; unit++) table[unit] = DROP;
  for (let unit = 0x2060; unit <= 0x206f; unit++) table[unit] = DROP;
  table[0xfeff] = table[0xad] = DROP;
  // Half a surrogate pair cannot be stored as text, and the characters they encode occur in no slogan.
  for (let unit = 0xd800; unit <= 0xdfff; unit++) table[unit] = SEPARATOR;
  table[0x2028] = table[0x2029] = SEPARATOR;
  table[0xfffd] = table[0xffff] = table[0xfffe] = SEPARATOR;
  // Gaps that the writer has yet to fill, emphasis, tables.
  for (const gap of '*_|\\□■○●◆×') table[gap.charCodeAt(0)] = SEPARATOR;
  for (let unit = 0xff01; unit <= 0xff5e; unit++) {
    const ascii = unit - 0xfee0;
    if (isWordUnit(ascii) || ascii === 0x25 || ascii === 0x22) table[unit] = ascii;
  }
  const pairs: readonly (readonly [string, string])[] = [
    ['「', '“'],
    ['」', '”'],
    ['『', '‘'],
    ['』', '’'],
    ['﹁', '“'],
    ['﹂', '”'],
    ['〝', '“'],
    ['〞', '”'],
    ['﹐', '，'],
    ['﹑', '、'],
    ['﹔', '；'],
    ['﹕', '：'],
    ['﹖', '？'],
    ['﹗', '！'],
    ['｡', '。'],
    ['､', '、'],
    ['•', '·'],
    ['‧', '·'],
    ['・', '·'],
    ['─', '—'],
    ['―', '—'],
    ['〈', '《'],
    ['〉', '》'],
  ];
  for (const [from, to] of pairs) table[from.charCodeAt(0)] = to.charCodeAt(0);
  return table;
}
