/**
 * A text as it is compared with what a lexicon knows: simplified script, marks of one kind written one way, and of the
 * characters only those that count as words, since writers set “”‘’《》，、 differently around the same words.
 */

import { lazily } from '../../text/lazily';
import { simplifiedForm } from '../../text/script';
import type { Span } from '../../text/span';
import { learnedForm } from '../mining/prepare';

export interface ComparedText {
  /** All characters with their marks, and where each stands in the source. */
  readonly units: Uint16Array;
  readonly places: Int32Array;
  /** The characters that are compared, as indices of `units`. */
  readonly words: Int32Array;
  /** The others: marks that writers set differently around the same words. */
  readonly marks: Int32Array;
}

/** What nothing can be said of: a placeholder, an unreadable character. */
export const GAP = 0;
const BLANK = 0x20;
/** For units that are left out altogether. */
const NOTHING = 0xffff;
/** Beside the form of a mark that is not compared. */
const LIGHT = 0x10000;

export const [COMMA, PAUSE, OPEN_TITLE, CLOSE_TITLE, OPEN_QUOTE, CLOSE_QUOTE, COLON] = [...'，、《》“”：'].map((mark) =>
  mark.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** How each UTF-16 unit is compared, and whether it is. */
const comparedForms = lazily(() =>
  Int32Array.from({ length: 0x10000 }, (_, unit) => {
    const learned = learnedForm(unit);
    if (learned === undefined || learned === BLANK) return NOTHING;
    const form = simplifiedForm(learned);
    return isLight(form) ? form | LIGHT : form;
  }),
);

/** Memory that is used again for every text read to be looked at once. */
class Room<Kind extends Uint16Array | Int32Array> {
  /** The beginnings handed out before, by length: making one takes longer than reading some lines. */
  private readonly known: Kind[] = [];

  constructor(readonly all: Kind) {}

  /** The first `size` places. */
  first(size: number): Kind {
    if (size >= MAX_KNOWN) return this.all.subarray(0, size) as Kind;
    this.known[size] ??= this.all.subarray(0, size) as Kind;
    return this.known[size] as Kind;
  }
}

const MAX_KNOWN = 512;
let room = roomFor(MAX_KNOWN);

function roomFor(size: number) {
  return {
    size,
    units: new Room(new Uint16Array(size)),
    places: new Room(new Int32Array(size)),
    words: new Room(new Int32Array(size)),
    marks: new Room(new Int32Array(size)),
  };
}

/**
 * Reads `text` from `start` to `end`; line breaks are nothing, `gaps` (in order) become {@link GAP}. What is returned
 * holds until the next call, for it lies in memory that is used again; see {@link copied}.
 */
export function readText(text: string, start: number, end: number, gaps: readonly Span[]): ComparedText {
  const table = comparedForms();
  if (room.size < end - start) room = roomFor((end - start) * 2);
  const [units, places, words, marks] = [room.units.all, room.places.all, room.words.all, room.marks.all];
  let size = 0;
  let count = 0;
  let gap = 0;
  // Where the next gap begins, or the end.
  let gapStart = gaps[0]?.start ?? end;
  for (let at = start; at < end; at++) {
    let form = table[text.charCodeAt(at)] as number;
    if (at >= gapStart) {
      while (gap < gaps.length && (gaps[gap] as Span).end <= at) gap++;
      gapStart = gaps[gap]?.start ?? end;
      if (gapStart <= at) form = GAP;
    }
    if (form === NOTHING) continue;
    units[size] = form;
    places[size] = at;
    // Written to both lists, and counted in one: nothing need be decided.
    words[count] = size;
    marks[size - count] = size;
    count += form < LIGHT ? 1 : 0;
    size++;
  }
  return {
    units: room.units.first(size),
    places: room.places.first(size),
    words: room.words.first(count),
    marks: room.marks.first(size - count),
  };
}

/** `text` in memory of its own. */
export function copied({ units, places, words, marks }: ComparedText): ComparedText {
  return { units: units.slice(), places: places.slice(), words: words.slice(), marks: marks.slice() };
}

/** The marks that are not compared. */
function isLight(unit: number): boolean {
  if (unit >= 0x4e00 && unit < 0xff00) return false;
  return unit === COMMA || (unit >= 0x2018 && unit <= 0x201d) || unit === PAUSE || unit === 0x300a || unit === 0x300b;
}

/** The units from `from` to `to` as a string. */
export function textOf(units: Uint16Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(units[at] as number);
  return text;
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
