/** Partial readings of a damaged place, by the offset at which they continue: the agenda of a beam search. */
import { BEHIND } from './scale';

/** Beam width: number of readings followed at a time. */
export const BEAM = 48;
/** Readings that agree in their last two characters continue alike: this many of them are kept. */
const ALIKE = 3;

/** A partial reading: a linked list of characters, last one first. */
export interface DecodedReading {
  readonly before: DecodedReading | undefined;
  /** The character added; 0 at the start. */
  readonly code: number;
  /** The classes of the last two characters. */
  readonly first: number;
  readonly second: number;
  /** The logarithm of its probability. */
  readonly score: number;
  /** The pending byte that still needs its partner. */
  readonly carry: number;
  /** The first byte of the pair last lost. */
  readonly lost: number;
  readonly losses: number;
}

export interface Finished {
  readonly reading: DecodedReading;
  /** Where bytes and characters are in step again. */
  readonly end: number;
  /** Whether that assumes a line break that the page had there and the text has not. */
  readonly broken: boolean;
}

/** Partial readings by the offset at which they continue, and finished ones. */
export class Frontier {
  readonly finished: Finished[] = [];
  private readonly bestAt = new Map<number, number>();
  private readonly bestWaiting = new Map<number, number>();
  private readonly waiting = new Map<number, DecodedReading[]>();

  /** Whether readings that continue at `at` are so much likelier than `score` that it would not be followed. */
  isBehind(at: number, score: number): boolean {
    return score < (this.bestWaiting.get(at) ?? Number.NEGATIVE_INFINITY) - BEHIND;
  }

  add(at: number, reading: DecodedReading): void {
    // The probability of the first character says little before the second is known.
    if (reading.before?.before && reading.score > (this.bestWaiting.get(at) ?? Number.NEGATIVE_INFINITY)) {
      this.bestWaiting.set(at, reading.score);
    }
    const there = this.waiting.get(at);
    if (there) there.push(reading);
    else this.waiting.set(at, [reading]);
  }

  /** Whether readings that end at `end` are so much likelier than `score` that it would not be considered. */
  isLate(end: number, score: number): boolean {
    return score < (this.bestAt.get(end) ?? Number.NEGATIVE_INFINITY) - BEHIND;
  }

  /** Adds a reading that is finished at `end`. */
  finish(end: number, reading: DecodedReading, broken = false): void {
    if (this.isLate(end, reading.score)) return;
    if (reading.score > (this.bestAt.get(end) ?? Number.NEGATIVE_INFINITY)) this.bestAt.set(end, reading.score);
    this.finished.push({ reading, end, broken });
  }

  isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  /** Removes and returns the likeliest readings that continue at `at`, likeliest first. */
  take(at: number): readonly DecodedReading[] {
    const there = this.waiting.get(at);
    if (!there) return [];
    this.waiting.delete(at);
    there.sort((a, b) => b.score - a.score);
    if (there[0]!.before?.before === undefined) return there;
    const best = there[0]!.score;
    const alike = new Map<number, number>();
    const kept: DecodedReading[] = [];
    for (const reading of there) {
      if (kept.length === BEAM || reading.score < best - BEHIND) break;
      // 16 bits each for the classes, 8 for a byte; at most one of the last two fields is in use.
      const key =
        (reading.first * 0x10000 + reading.second) * 0x200 + (reading.lost > 0 ? 0x100 + reading.lost : reading.carry);
      const number = alike.get(key) ?? 0;
      if (number === ALIKE) continue;
      alike.set(key, number + 1);
      kept.push(reading);
    }
    return kept;
  }
}
