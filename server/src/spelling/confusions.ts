/**
 * Which characters are confused: those that sound alike, as an input method offers them, that sound nearly alike in
 * regional pronunciation, or that look alike.
 */

import { Pace, type Resumable } from '../text/resumable';

/** Bits for the ways in which two characters are alike. */
export const SAME_TONE = 1;
export const SAME_SOUND = 2;
export const NEAR_SOUND = 4;
export const SAME_SHAPE = 8;
/** Seen as a mistake in material collected for the purpose. */
export const SEEN = 16;

/** Data on confusable characters, in its stored form. */
export interface ConfusionData {
  /** By syllable with its tone (`zhong1`): the characters with this reading. */
  readonly readings: Readonly<Record<string, string>>;
  /** A character, then those that look like it, separated by blanks. */
  readonly shapes: string;
  /** Pairs of a wrong and a right character, one after another. */
  readonly seen: string;
}

/** A representative of the toneless syllables that are confused with `syllable` in some region. */
export function nearSound(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/(?<=[aei])ng$/, 'n')
    .replace(/^n/, 'l')
    .replace(/^hu(?=[aeio])/, 'f')
    .replace(/^hu$/, 'fu')
    .replace(/^fei$/, 'fi');
}

export interface ConfusionCandidate {
  /** UTF-16 code. */
  readonly code: number;
  /** Bits such as {@link SAME_TONE}. */
  readonly ways: number;
}

/** Numbers of readings, and of characters of one shape or seen for another, read in one step of about a millisecond. */
const READINGS_PER_STEP = 50;
const PAIRS_PER_STEP = 500;

export class Confusions {
  private readonly readings = new Map<number, string[]>();
  private readonly byTone = new Map<string, number[]>();
  private readonly bySound = new Map<string, number[]>();
  private readonly byNearSound = new Map<string, number[]>();
  private readonly shapes = new Map<number, Set<number>>();
  private readonly seen = new Map<number, Set<number>>();
  private readonly known = new Map<number, readonly ConfusionCandidate[]>();

  private constructor() {}

  /** The sets of `data`, in steps. */
  static *of(data: ConfusionData): Resumable<Confusions> {
    const confusions = new Confusions();
    yield* confusions.add(data);
    return confusions;
  }

  private *add(data: ConfusionData): Resumable<void> {
    let step = 0;
    for (const [reading, characters] of Object.entries(data.readings)) {
      if (++step % READINGS_PER_STEP === 0) yield;
      const sound = reading.replace(/\d$/, '');
      const near = nearSound(sound);
      for (const character of characters) {
        const code = character.charCodeAt(0);
        push(this.readings, code, reading);
        push(this.byTone, reading, code);
        push(this.bySound, sound, code);
        push(this.byNearSound, near, code);
      }
    }
    const pace = Pace.rising(PAIRS_PER_STEP);
    for (const group of data.shapes.split(' ')) {
      if (pace.isOver(group.length)) yield;
      const [first = 0, ...others] = [...group].map((character) => character.charCodeAt(0));
      for (const other of others) {
        join(this.shapes, first, other);
        join(this.shapes, other, first);
      }
    }
    for (let at = 0; at + 1 < data.seen.length; at += 2) {
      if (pace.isOver()) yield;
      join(this.seen, data.seen.charCodeAt(at), data.seen.charCodeAt(at + 1));
    }
  }

  /** The readings of the character `code`, with their tones. */
  readingsOf(code: number): readonly string[] {
    return this.readings.get(code) ?? [];
  }

  /** The characters for which `code` may have been written. */
  of(code: number): readonly ConfusionCandidate[] {
    const known = this.known.get(code);
    if (known) return known;
    const ways = new Map<number, number>();
    const enter = (codes: Iterable<number> | undefined, way: number) => {
      for (const one of codes ?? []) if (one !== code) ways.set(one, (ways.get(one) ?? 0) | way);
    };
    for (const reading of this.readings.get(code) ?? []) {
      const sound = reading.replace(/\d$/, '');
      enter(this.byTone.get(reading), SAME_TONE);
      enter(this.bySound.get(sound), SAME_SOUND);
      enter(this.byNearSound.get(nearSound(sound)), NEAR_SOUND);
    }
    enter(this.shapes.get(code), SAME_SHAPE);
    enter(this.seen.get(code), SEEN);
    const candidates = [...ways].map(([one, way]) => ({ code: one, ways: way }));
    this.known.set(code, candidates);
    return candidates;
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function join(map: Map<number, Set<number>>, one: number, other: number): void {
  const set = map.get(one) ?? new Set();
  set.add(other);
  map.set(one, set);
}
