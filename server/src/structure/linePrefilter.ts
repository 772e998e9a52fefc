/**
 * Which of certain characters a line holds. Most of what is looked for in a text stands in few of its lines, and shows in
 * characters that other lines lack: one pass over a line tells for all readers at once whether they need to look.
 */
import type { Analysis } from './analysis';
import { LineCacheKey } from './lineCache';

/** What a line must hold to be worth reading: a character of every set in `triggers`, or two of `adjacent` side by side. */
export interface CharacterTriggers {
  readonly triggers?: readonly string[] | undefined;
  readonly adjacent?: string | undefined;
}

/** Sets of characters as bits, in two words: small integers are what engines keep unboxed. */
interface Bits {
  readonly low: number;
  readonly high: number;
}

/** {@link CharacterTriggers} as bits, one for each set of characters. */
export interface CharacterMask {
  readonly all: Bits;
  readonly adjacent: Bits;
}

/** The sets that a line holds a character of, and those that it holds two of side by side. */
interface Held {
  readonly present: Bits;
  readonly sideBySide: Bits;
  /** How many sets there were to look for. */
  readonly sets: number;
}

const WORD = 32;
/** Sets beyond that many count as present everywhere, which is slower but not wrong. */
const MAX_SETS = 2 * WORD;
const NO_BITS: Bits = { low: 0, high: 0 };
/** Holds everything. */
export const EVERY_LINE: CharacterMask = { all: NO_BITS, adjacent: NO_BITS };

/** For each UTF-16 code unit the bits of the sets it belongs to. */
const lowBits = new Int32Array(0x10000);
const highBits = new Int32Array(0x10000);
const sets = new Map<string, Bits>();
const held = new LineCacheKey<Held>();

/** Enters `signs` into the table of what is looked for; the result is given to {@link lineMatches}. */
export function characterMask({ triggers = [], adjacent }: CharacterTriggers): CharacterMask {
  const sideBySide = adjacent ? bitOf(adjacent) : NO_BITS;
  const all = triggers
    .map(bitOf)
    .reduce((one, other) => ({ low: one.low | other.low, high: one.high | other.high }), NO_BITS);
  return (triggers.length > 0 && isEmpty(all)) || (adjacent && isEmpty(sideBySide))
    ? EVERY_LINE
    : { all, adjacent: sideBySide };
}

function isEmpty({ low, high }: Bits): boolean {
  return (low | high) === 0;
}

function bitOf(set: string): Bits {
  let bit = sets.get(set);
  if (bit === undefined) {
    const index = sets.size;
    if (index >= MAX_SETS) bit = NO_BITS;
    else bit = index < WORD ? { low: 1 << index, high: 0 } : { low: 0, high: 1 << (index - WORD) };
    sets.set(set, bit);
    for (let at = 0; at < set.length; at++) {
      const code = set.charCodeAt(at);
      lowBits[code]! |= bit.low;
      highBits[code]! |= bit.high;
    }
  }
  return bit;
}

/** Whether line `number` of `analysis` holds what `mask` asks for. */
export function lineMatches(analysis: Analysis, number: number, { all, adjacent }: CharacterMask): boolean {
  const wantsAll = !isEmpty(all);
  if (!wantsAll && isEmpty(adjacent)) return true;
  const { signs } = analysis;
  if (signs.sets !== sets.size) fill(analysis);
  const low = signs.low[number] as number;
  const high = signs.high[number] as number;
  if (wantsAll && (low & all.low) === all.low && (high & all.high) === all.high) return true;
  const lowAdjacent = (signs.lowAdjacent[number] as number) & adjacent.low;
  return (lowAdjacent | ((signs.highAdjacent[number] as number) & adjacent.high)) !== 0;
}

/** Puts side by side what the lines hold: dozens of readers ask about every line, and the records lie far apart. */
function fill(analysis: Analysis): void {
  const { signs, lines } = analysis;
  const { count } = lines;
  const [low, high] = [new Int32Array(count), new Int32Array(count)];
  const [lowAdjacent, highAdjacent] = [new Int32Array(count), new Int32Array(count)];
  for (let number = 0; number < count; number++) {
    const { present, sideBySide } = heldBy(analysis, number);
    low[number] = present.low;
    high[number] = present.high;
    lowAdjacent[number] = sideBySide.low;
    highAdjacent[number] = sideBySide.high;
  }
  Object.assign(signs, { sets: sets.size, low, high, lowAdjacent, highAdjacent });
}

/** Whether some line of `analysis` holds what `mask` asks for. */
export function textMatches(analysis: Analysis, mask: CharacterMask): boolean {
  for (let number = 0; number < analysis.lines.count; number++) if (lineMatches(analysis, number, mask)) return true;
  return false;
}

function heldBy(analysis: Analysis, number: number): Held {
  const { text, lines } = analysis;
  const known = held.at(analysis, number);
  if (known?.sets === sets.size) return known;
  const end = lines.end(number);
  let [low, high] = [0, 0];
  let [lowSideBySide, highSideBySide] = [0, 0];
  let [lowBefore, highBefore] = [0, 0];
  for (let at = lines.start(number); at < end; at++) {
    const code = text.charCodeAt(at);
    const lowHere = lowBits[code]!;
    const highHere = highBits[code]!;
    low |= lowHere;
    high |= highHere;
    lowSideBySide |= lowHere & lowBefore;
    highSideBySide |= highHere & highBefore;
    lowBefore = lowHere;
    highBefore = highHere;
  }
  const found: Held = {
    present: { low, high },
    sideBySide: { low: lowSideBySide, high: highSideBySide },
    sets: sets.size,
  };
  held.put(analysis, number, found);
  return found;
}
