/** Readings of a damaged place under way, by where they go on: the agenda of a beam search. */
import { BEHIND } from './scale';

/** How many readings are followed at a time. */
export const BEAM = 48;
/** Readings that agree in their last two characters go on alike: so many of them are kept. */
const ALIKE = 3;

/** A reading under way: a chain of characters, last one first. */
export interface Reading {
  readonly before: Reading | undefined;
  /** The character added; 0 at the start. */
  readonly code: number;
  /** The classes of the last two characters. */
  readonly first: number;
  readonly second: number;
  /** The logarithm of its probability. */
  readonly score: number;
  /** The byte that waits for its partner. */
  readonly carry: number;
  /** The first byte of the pair last lost. */
  readonly lost: number;
  readonly losses: number;
}

export interface Finished {
  readonly reading: Reading;
  /** Where bytes and characters are in step again. */
  readonly end: number;
  /** True where that takes a break that the page had there and the text has not. */
  readonly broken: boolean;
}

/** Readings under way by where they go on, and those that are through. */
export class Frontier {
  readonly finished: Finished[] = [];
  private readonly bestAt = new Map<number, number>();
  private readonly waiting = new Map<number, Reading[]>();

  add(at: number, reading: Reading): void {
    const there = this.waiting.get(at);
    if (there) there.push(reading);
    else this.waiting.set(at, [reading]);
  }

  /** Enters a reading that is through at `end`. Returns false where others that end there are much likelier. */
  finish(end: number, reading: Reading, broken = false): boolean {
    const best = this.bestAt.get(end) ?? Number.NEGATIVE_INFINITY;
    if (reading.score < best - BEHIND) return false;
    if (reading.score > best) this.bestAt.set(end, reading.score);
    this.finished.push({ reading, end, broken });
    return true;
  }

  isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  /** Takes the likeliest of the readings that go on at `at`, likeliest first. */
  take(at: number): readonly Reading[] {
    const there = this.waiting.get(at);
    if (!there) return [];
    this.waiting.delete(at);
    there.sort((a, b) => b.score - a.score);
    // How likely the first character is tells little before the second is known.
    if (there[0]!.before?.before === undefined) return there;
    const best = there[0]!.score;
    const alike = new Map<string, number>();
    const kept: Reading[] = [];
    for (const reading of there) {
      if (kept.length === BEAM || reading.score < best - BEHIND) break;
      const key = `${reading.first} ${reading.second} ${reading.carry} ${reading.lost}`;
      const number = alike.get(key) ?? 0;
      if (number === ALIKE) continue;
      alike.set(key, number + 1);
      kept.push(reading);
    }
    return kept;
  }
}
