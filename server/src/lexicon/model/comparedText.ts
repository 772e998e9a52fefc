/**
 * A text in the form for comparison with a lexicon: simplified script, one form for marks of a kind, and only the
 * characters that count as words, because writers place “”‘’《》，、 differently around the same words.
 */

import { lazily } from '../../text/lazily';
import { simplifiedForm } from '../../text/script';
import type { Span } from '../../text/span';
import { learnedForm } from '../mining/prepare';

export interface ComparedText {
  /** All characters including marks, and their offsets in the source. */
  readonly units: Uint16Array;
  readonly places: Int32Array;
  /** The compared characters, as indices of `units`. */
  readonly words: Int32Array;
  /** The others: marks that writers place differently around the same words. */
  readonly marks: Int32Array;
}

/** Something that cannot be judged: a placeholder, an unreadable character. */
export const GAP = 0;
const BLANK = 0x20;
/** For units that are dropped altogether. */
const NOTHING = 0xffff;
/** Flag on the form of a mark that is not compared. */
const LIGHT = 0x10000;

export const [COMMA, PAUSE, OPEN_TITLE, CLOSE_TITLE, OPEN_QUOTE, CLOSE_QUOTE, COLON] = [...'，、《》“”：'].map((mark) =>
  mark.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** The comparison form of each UTF-16 unit, and whether it is compared. */
const comparedForms = lazily(() =>
  Int32Array.from({ length: 0x10000 }, (_, unit) => {
    const learned = learnedForm(unit);
    if (learned === undefined || learned === BLANK) return NOTHING;
    const form = simplifiedForm(learned);
    return isLight(form) ? form | LIGHT : form;
  }),
);

/** Memory that is reused for texts that are only examined once. */
class Room<Kind extends Uint16Array | Int32Array> {
  /** Prefixes returned before, by length: creating one takes longer than reading some lines. */
  private readonly known: Kind[] = [];

  constructor(readonly all: Kind) {}

  /** The first `size` elements. */
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
 * Reads `text` from `start` to `end`; line breaks are dropped, `gaps` (sorted) become {@link GAP}. The result is valid
 * until the next call, because its memory is reused; see {@link copied}.
 */
export function readText(text: string, start: number, end: number, gaps: readonly Span[]): ComparedText {
  const table = comparedForms();
  if (room.size < end - start) room = roomFor((end - start) * 2);
  const [units, places, words, marks] = [room.units.all, room.places.all, room.words.all, room.marks.all];
  let size = 0;
  let count = 0;
  let gap = 0;
  // Start of the next gap, or the end.
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
    // Written to both lists, and counted in one: no branch is needed.
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
  /** Number of stops. */
  readonly marks: number;
  /** Whether there is any mark that is not compared. */
  readonly light: boolean;
}

const NO_STOPS: Stops = { comma: false, marks: 0, light: false };

/** The stops between `word` and the preceding word. */
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

/** Whether the unit at `from` is inside a quotation with a named speaker, or inside the title of a document. */
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
