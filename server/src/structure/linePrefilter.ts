/**
 * Which of certain characters a line holds. Most of what is looked for in a text stands in few of its lines, and shows in
 * characters that other lines lack: one pass over a line tells for all readers at once whether they need to look.
 */
import type { Analysis } from './analysis';
import { LineCacheKey } from './lineCache';
import type { LineRecord } from './lineScan';

/** What a line must hold to be worth reading: a character of every set in `triggers`, or two of `adjacent` side by side. */
export interface CharacterTriggers {
  readonly triggers?: readonly string[] | undefined;
  readonly adjacent?: string | undefined;
}

/** {@link CharacterTriggers} as bits, one for each set of characters. */
export interface CharacterMask {
  readonly all: number;
  readonly adjacent: number;
}

/** The sets that a line holds a character of, and those that it holds two of side by side. */
interface Held {
  readonly present: number;
  readonly sideBySide: number;
  /** How many sets there were to look for. */
  readonly sets: number;
}

/** The bits of a small integer; sets beyond that many count as present everywhere, which is slower but not wrong. */
const BITS = 32;
/** Holds everything. */
export const EVERY_LINE: CharacterMask = { all: 0, adjacent: 0 };

/** For each UTF-16 code unit the bits of the sets it belongs to. */
const bits = new Int32Array(0x10000);
const sets = new Map<string, number>();
const held = new LineCacheKey<Held>();

/** Enters `signs` into the table of what is looked for; the result is given to {@link holds}. */
export function characterMask({ triggers = [], adjacent }: CharacterTriggers): CharacterMask {
  const sideBySide = adjacent ? bitOf(adjacent) : 0;
  const all = triggers.reduce((mask, set) => mask | bitOf(set), 0);
  return (triggers.length > 0 && all === 0) || (adjacent && sideBySide === 0)
    ? EVERY_LINE
    : { all, adjacent: sideBySide };
}

function bitOf(set: string): number {
  let bit = sets.get(set);
  if (bit === undefined) {
    bit = sets.size < BITS ? 1 << sets.size : 0;
    sets.set(set, bit);
    for (let at = 0; at < set.length; at++) bits[set.charCodeAt(at)]! |= bit;
  }
  return bit;
}

/** True where line `number` of `analysis` holds what `mask` asks for. */
export function lineMatches(analysis: Analysis, number: number, { all, adjacent }: CharacterMask): boolean {
  if (all === 0 && adjacent === 0) return true;
  const { present, sideBySide } = heldBy(analysis, number);
  return (all !== 0 && (present & all) === all) || (sideBySide & adjacent) !== 0;
}

/** True where some line of `analysis` holds what `mask` asks for. */
export function textMatches(analysis: Analysis, mask: CharacterMask): boolean {
  for (let number = 0; number < analysis.lines.count; number++) if (lineMatches(analysis, number, mask)) return true;
  return false;
}

function heldBy({ text, lines, records }: Analysis, number: number): Held {
  const record = records[number] as LineRecord;
  const known = held.get(record);
  if (known?.sets === sets.size) return known;
  const end = lines.end(number);
  let present = 0;
  let sideBySide = 0;
  let before = 0;
  for (let at = lines.start(number); at < end; at++) {
    const here = bits[text.charCodeAt(at)]!;
    present |= here;
    sideBySide |= here & before;
    before = here;
  }
  const found: Held = { present, sideBySide, sets: sets.size };
  held.set(record, found);
  return found;
}
