/** The words of two characters that sound like a written pair: an input method offers them together. */

import { Pace, type Resumable } from '../text/resumable';
import { inSharedMemory } from '../text/sharedMemory';
import { type Confusions, nearSound, SAME_SOUND, SAME_TONE } from './confusions';
import type { LanguageModel } from './languageModel';

/** A word that may be meant by a pair of characters, both of which differ. */
export interface WordCandidate {
  /** Numbers of the vocabulary. */
  readonly first: number;
  readonly second: number;
  /** Log probability of the second after the first. */
  readonly log: number;
  /** Cost of the slip, in nats. */
  readonly cost: number;
  /** The ways in which both characters sound alike, as bits. */
  readonly ways: number;
}

/** Minimum log probability of the second character after the first, and minimum gain by the first: below, it is no word. */
const MIN_LOG_PROBABILITY = -6.5;
const MIN_TIE = 2.5;
/** Maximum number of candidates for a pair, and of pairs remembered. */
const MAX_CANDIDATES = 12;
const MAX_KNOWN = 20_000;
/** Costs in nats: of taking another word, and of each character that sounds only nearly alike or has another tone. */
const WORD_COST = 7;
const NEAR_COST = 2;
const TONE_COST = 0.5;

const NONE: readonly WordCandidate[] = [];

/** The readings of a character. */
interface Sounds {
  /** With their tones. */
  readonly tones: readonly string[];
  readonly syllables: readonly string[];
  /** Numbers of the syllables without regional distinctions. */
  readonly near: readonly number[];
}

/** The words of the model by how they sound. */
interface WordIndex {
  /** By the sounds of both characters: where their words begin in `words`; one more at the end. */
  readonly starts: Uint32Array;
  /** First and second number alternate; the commonest words first. */
  readonly words: Uint16Array;
}

/** A table as another thread receives it: see {@link WordCandidateTable.shared}. */
export interface SharedWordCandidates extends WordIndex {
  /** The syllables without regional distinctions, by number. */
  readonly syllables: readonly string[];
}

/** More than there are syllables without regional distinctions, and than there are words with their sounds. */
const MAX_SYLLABLES = 512;
const MAX_WORDS = 2 ** 20;
/** Rarities are compared in these parts of a nat; below the maximum. */
const RARITY_STEPS = 20;
const MAX_RARITY = 1024;
/** Number of first characters indexed between two yields; a frequent one has hundreds of followers. */
const PIECE = 20;
/** Number of words sorted between two yields. */
const SORTED_AT_ONCE = 2_000;

export class WordCandidateTable {
  private readonly known = new Map<number, readonly WordCandidate[]>();
  private readonly sounds = new Map<number, Sounds>();
  private readonly syllables = new Map<string, number>();
  private index: WordIndex | undefined;

  /** With what another thread has {@link shared} it needs no {@link prepare}. */
  constructor(
    private readonly model: LanguageModel,
    private readonly confusions: Confusions,
    shared?: SharedWordCandidates,
  ) {
    this.index = shared;
    for (const [number, syllable] of (shared?.syllables ?? []).entries()) this.syllables.set(syllable, number);
  }

  /** The index for another thread, moved to shared memory. Throws if it has not been prepared. */
  shared(): SharedWordCandidates {
    if (!this.index) throw new Error('not prepared');
    const starts = inSharedMemory(this.index.starts, Uint32Array);
    const words = inSharedMemory(this.index.words, Uint16Array);
    this.index = { starts, words };
    return { ...this.index, syllables: [...this.syllables.keys()] };
  }

  /** The candidates for the written characters `first` and `second` (UTF-16 codes), the commonest first. */
  of(first: number, second: number): readonly WordCandidate[] {
    // A 32-bit integer: the fastest key.
    const key = (first << 16) | second;
    let known = this.known.get(key);
    if (!known) {
      if (this.known.size >= MAX_KNOWN) this.known.clear();
      known = this.create(first, second);
      this.known.set(key, known);
    }
    return known;
  }

  private create(first: number, second: number): readonly WordCandidate[] {
    const { model } = this;
    if (!this.index) throw new Error('not prepared');
    const { starts, words } = this.index;
    const [one, two] = [this.soundsOf(first), this.soundsOf(second)];
    const found: WordCandidate[] = [];
    for (const before of one.near) {
      for (const after of two.near) {
        const sound = before * MAX_SYLLABLES + after;
        for (let at = starts[sound]!; at < starts[sound + 1]! && found.length < MAX_CANDIDATES; at++) {
          const [a, b] = [words[2 * at]!, words[2 * at + 1]!];
          if (model.codeOf(a) === first || model.codeOf(b) === second) continue;
          const [left, right] = [
            alike(one, this.soundsOf(model.codeOf(a))),
            alike(two, this.soundsOf(model.codeOf(b))),
          ];
          if (left === 0 && right === 0) continue;
          const cost = WORD_COST + costOf(left) + costOf(right);
          found.push({ first: a, second: b, log: model.pair(a, b), cost, ways: left & right });
        }
      }
    }
    return found.length === 0 ? NONE : found;
  }

  /** Indexes the words of the model, a few milliseconds at a time; must be called before {@link of}. */
  *prepare(): Resumable<void> {
    const { model } = this;
    const words: number[] = [];
    // By the sound of the first character, so that one of them can be sorted at a time.
    const keys: number[][] = Array.from({ length: MAX_SYLLABLES }, () => []);
    for (let first = 1; first <= model.size; first++) {
      if (first % PIECE === 0) yield;
      const one = this.soundsOf(model.codeOf(first));
      if (one.near.length === 0) continue;
      model.visitFollowers(first, (second, log) => {
        if (log < MIN_LOG_PROBABILITY || log - model.frequency(second) < MIN_TIE) return;
        const rarity = Math.round(-RARITY_STEPS * (model.frequency(first) + log));
        for (const before of one.near) {
          for (const after of this.soundsOf(model.codeOf(second)).near) {
            // Sorted as numbers: by sound, then by rarity, then by place.
            keys[before]!.push(((before * MAX_SYLLABLES + after) * MAX_RARITY + rarity) * MAX_WORDS + words.length / 2);
            words.push(first, second);
          }
        }
      });
    }
    yield;
    const starts = new Uint32Array(MAX_SYLLABLES * MAX_SYLLABLES + 1);
    const sorted = new Uint16Array(words.length);
    const pace = new Pace(SORTED_AT_ONCE);
    let at = 0;
    for (const some of keys) {
      for (const key of Float64Array.from(some).sort()) {
        const word = key % MAX_WORDS;
        sorted[2 * at] = words[2 * word]!;
        sorted[2 * at + 1] = words[2 * word + 1]!;
        starts[Math.floor(key / MAX_WORDS / MAX_RARITY) + 1] = ++at;
      }
      if (pace.isOver(some.length)) yield;
    }
    for (let sound = 1; sound < starts.length; sound++) starts[sound] = Math.max(starts[sound]!, starts[sound - 1]!);
    this.index = { starts, words: sorted };
  }

  private soundsOf(code: number): Sounds {
    let known = this.sounds.get(code);
    if (!known) {
      const tones = this.confusions.readingsOf(code);
      const syllables = [...new Set(tones.map((reading) => reading.replace(/\d$/, '')))];
      known = { tones, syllables, near: [...new Set(syllables.map((one) => this.syllable(nearSound(one))))] };
      this.sounds.set(code, known);
    }
    return known;
  }

  private syllable(near: string): number {
    let number = this.syllables.get(near);
    if (number === undefined) {
      number = this.syllables.size;
      this.syllables.set(near, number);
    }
    return number;
  }
}

/** In which ways two characters that sound nearly alike sound alike, as bits; 0 if only nearly. */
function alike(one: Sounds, other: Sounds): number {
  if (one.tones.some((reading) => other.tones.includes(reading))) return SAME_TONE | SAME_SOUND;
  return one.syllables.some((syllable) => other.syllables.includes(syllable)) ? SAME_SOUND : 0;
}

function costOf(ways: number): number {
  if (ways === 0) return NEAR_COST;
  return (ways & SAME_TONE) === 0 ? TONE_COST : 0;
}
