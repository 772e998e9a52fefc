/**
 * Records which of certain characters a line contains. Most of what is searched for occurs in few lines, and involves
 * characters that other lines lack: a single pass over a line tells all readers whether they need to look.
 */
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import type { Analysis } from './analysis';
import { LineCacheKey } from './lineCache';

/**
 * What a line must contain to be worth reading: a character of every set in `triggers`, or two adjacent ones of
 * `adjacent`.
 */
export interface CharacterTriggers {
  readonly triggers?: readonly string[] | undefined;
  readonly adjacent?: string | undefined;
}

/** Sets of characters as bits, in two words: small integers, which engines keep unboxed. */
interface Bits {
  readonly low: number;
  readonly high: number;
}

/** {@link CharacterTriggers} as bits, one for each set of characters. */
export interface CharacterMask {
  readonly all: Bits;
  readonly adjacent: Bits;
}

/** The sets of which a line contains a character, and those of which it contains two adjacent ones. */
interface Held {
  readonly present: Bits;
  readonly sideBySide: Bits;
  /** Number of sets searched for. */
  readonly sets: number;
}

const WORD = 32;
/** Sets beyond this number count as present everywhere, which is slower but not wrong. */
const MAX_SETS = 2 * WORD;
const NO_BITS: Bits = { low: 0, high: 0 };
/** Matches every line. */
export const EVERY_LINE: CharacterMask = { all: NO_BITS, adjacent: NO_BITS };

/** For each UTF-16 code unit the bits of the sets it belongs to. */
const lowBits = new Int32Array(0x10000);
const highBits = new Int32Array(0x10000);
const sets = new Map<string, Bits>();
const held = new LineCacheKey<Held>();

/** Registers `signs` in the table of searched sets; the result is passed to {@link lineMatches}. */
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

/** Whether line `number` of `analysis` contains what `mask` requires. */
export function lineMatches(analysis: Analysis, number: number, { all, adjacent }: CharacterMask): boolean {
  const wantsAll = !isEmpty(all);
  if (!wantsAll && isEmpty(adjacent)) return true;
  const { signs } = analysis;
  if (signs.sets !== sets.size) runToCompletion(prepareSigns(analysis));
  const low = signs.low[number] as number;
  const high = signs.high[number] as number;
  if (wantsAll && (low & all.low) === all.low && (high & all.high) === all.high) return true;
  const lowAdjacent = (signs.lowAdjacent[number] as number) & adjacent.low;
  return (lowAdjacent | ((signs.highAdjacent[number] as number) & adjacent.high)) !== 0;
}

/** Number of characters read between two yields of {@link prepareSigns}; every line counts for some more. */
const PIECE = 40_000;
const LINE_COST = 10;

/**
 * Looks for the sets in all lines, incrementally; {@link lineMatches} then returns at once. The bits of all lines are copied to
 * contiguous arrays: dozens of readers query every line, and the records are scattered. After an edit those of the changed
 * lines are.
 */
export function* prepareSigns(analysis: Analysis): Resumable<void> {
  const { signs, lines } = analysis;
  const wanted = sets.size;
  if (signs.sets === wanted) return;
  const { count } = lines;
  const pace = new Pace(PIECE);
  const isCopied = signs.knownSets === wanted && signs.low.length === count;
  const column = (copied: Int32Array): Int32Array => (isCopied ? copied : new Int32Array(count));
  const [low, high] = [column(signs.low), column(signs.high)];
  const [lowAdjacent, highAdjacent] = [column(signs.lowAdjacent), column(signs.highAdjacent)];
  const { first, end } = isCopied ? signs.gap : { first: 0, end: count };
  for (let number = first; number < end; number++) {
    const known = held.at(analysis, number);
    const isKnown = known !== undefined && known.sets >= wanted;
    const { present, sideBySide } = isKnown ? known : heldBy(analysis, number);
    low[number] = present.low;
    high[number] = present.high;
    lowAdjacent[number] = sideBySide.low;
    highAdjacent[number] = sideBySide.high;
    if (pace.isOver(isKnown ? 1 : lines.end(number) - lines.start(number) + LINE_COST)) yield;
  }
  const gap = { first: 0, end: 0 };
  Object.assign(signs, { sets: wanted, knownSets: wanted, gap, low, high, lowAdjacent, highAdjacent });
}

/** Whether some line of `analysis` contains what `mask` requires. */
export function textMatches(analysis: Analysis, mask: CharacterMask): boolean {
  for (let number = 0; number < analysis.lines.count; number++) if (lineMatches(analysis, number, mask)) return true;
  return false;
}

function heldBy(analysis: Analysis, number: number): Held {
  const { text, lines } = analysis;
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
