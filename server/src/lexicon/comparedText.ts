/**
 * A text as it is compared with what a lexicon knows: simplified script, marks of one kind written one way, and of the
 * characters only those that count as words, since writers set “”‘’《》，、 differently around the same words.
 */
import type { Span } from '../structure/analysis';
import { simplifiedForm } from '../text/script';
import { learnedForm } from './prepare';

export interface ComparedText {
  /** All characters with their marks, and where each stands in the source. */
  readonly units: Uint16Array;
  readonly places: Int32Array;
  /** The characters that are compared, as indices of `units`. */
  readonly words: Int32Array;
}

/** What nothing can be said of: a placeholder, an unreadable character. */
export const GAP = 0;
const BLANK = 0x20;
/** For units that are left out altogether. */
const NOTHING = 0xffff;

export const [COMMA, PAUSE, OPEN_TITLE, CLOSE_TITLE, OPEN_QUOTE, CLOSE_QUOTE, COLON] = [...'，、《》“”：'].map((mark) =>
  mark.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** How each UTF-16 unit is compared. */
let forms: Uint16Array | undefined;

function comparedForms(): Uint16Array {
  forms ??= Uint16Array.from({ length: 0x10000 }, (_, unit) => {
    const form = learnedForm(unit);
    return form === undefined || form === BLANK ? NOTHING : simplifiedForm(form);
  });
  return forms;
}

/** Room that is used again for every text read to be looked at once. */
let room = { units: new Uint16Array(0), places: new Int32Array(0), words: new Int32Array(0) };

/**
 * Reads `text` from `start` to `end`; line breaks are nothing, `gaps` (in order) become {@link GAP}. What is returned
 * holds until the next call, for it lies in memory that is used again; see {@link copied}.
 */
export function readText(text: string, start: number, end: number, gaps: readonly Span[]): ComparedText {
  const table = comparedForms();
  if (room.units.length < end - start) {
    const size = (end - start) * 2;
    room = { units: new Uint16Array(size), places: new Int32Array(size), words: new Int32Array(size) };
  }
  const { units, places, words } = room;
  let size = 0;
  let count = 0;
  let gap = 0;
  for (let at = start; at < end; at++) {
    while (gap < gaps.length && (gaps[gap] as Span).end <= at) gap++;
    const inGap = gap < gaps.length && (gaps[gap] as Span).start <= at;
    const unit = inGap ? GAP : (table[text.charCodeAt(at)] as number);
    if (unit === NOTHING) continue;
    units[size] = unit;
    places[size] = at;
    if (!isLight(unit)) words[count++] = size;
    size++;
  }
  return { units: units.subarray(0, size), places: places.subarray(0, size), words: words.subarray(0, count) };
}

/** `text` in memory of its own. */
export function copied({ units, places, words }: ComparedText): ComparedText {
  return { units: units.slice(), places: places.slice(), words: words.slice() };
}

/** The marks that are not compared. */
function isLight(unit: number): boolean {
  if (unit >= 0x4e00 && unit < 0xff00) return false;
  return unit === COMMA || (unit >= 0x2018 && unit <= 0x201d) || unit === PAUSE || unit === 0x300a || unit === 0x300b;
}

/** The units from `from` to `to` as a string. */
export function textOf(units: Uint16Array, from: number, to: number): string {
  return String.fromCharCode(...units.subarray(from, to));
}

export interface Stops {
  /** A comma or the end of a title. */
  readonly comma: boolean;
  /** How many stops. */
  readonly marks: number;
  /** Any mark at all that is not compared. */
  readonly light: boolean;
}

const NO_STOPS: Stops = { comma: false, marks: 0, light: false };

/** What stands between `word` and the one before it. */
export function stopsBefore({ units, words }: ComparedText, word: number): Stops {
  const from = (words[word - 1] as number) + 1;
  const to = words[word] as number;
  if (from === to) return NO_STOPS;
  let comma = false;
  let marks = 0;
  for (let at = from; at < to; at++) {
    if (units[at] === COMMA || units[at] === CLOSE_TITLE) comma = true;
    if (units[at] === COMMA || units[at] === PAUSE) marks++;
  }
  return { comma, marks, light: true };
}

const SPEECH = 400;

/** True for a unit at `from` in a quotation that says whose words it holds, and in the title of a document. */
export function isQuotation({ units }: ComparedText, from: number): boolean {
  let quotes = 0;
  let titles = 0;
  for (let at = from - 1; at >= 0 && at > from - SPEECH; at--) {
    const unit = units[at];
    if (unit === CLOSE_QUOTE) quotes++;
    else if (unit === CLOSE_TITLE) titles++;
    else if (unit === OPEN_TITLE && --titles < 0) return true;
    else if (unit === OPEN_QUOTE && --quotes < 0) return at > 0 && units[at - 1] === COLON;
  }
  return false;
}
