/**
 * Finds near-matches of phrases that differ in one place. Such a difference leaves the head or the tail of the phrase
 * whole, so these are looked up (the pigeonhole principle of PassJoin, Li et al. 2011) and the rest is compared from
 * both sides; the work is linear in the text.
 */
import { isHan } from '../../text/characters';
import { Pace, type Resumable } from '../../text/resumable';
import { type ComparedText, copied, readText, textOf } from './comparedText';
import type { Phrase } from './lexicon';

export type NearMissKind = 'missing' | 'extra' | 'wrong' | 'swapped';

export interface PhraseEntry {
  readonly phrase: Phrase;
  readonly reading: ComparedText;
  /** Its compared characters. */
  readonly key: Uint16Array;
}

/** A reading of the words from `start` on as a phrase; all indices are of compared characters, half open. */
export interface NearPhrase {
  readonly entry: PhraseEntry;
  readonly kind: NearMissKind;
  readonly start: number;
  readonly end: number;
  /** Where text and phrase differ. */
  readonly textFrom: number;
  readonly textTo: number;
  readonly phraseFrom: number;
  readonly phraseTo: number;
}

/** A correct occurrence of a phrase, in compared characters. */
export interface Exact {
  readonly entry: PhraseEntry;
  readonly start: number;
  readonly end: number;
}

/** Minimum number of compared characters of a phrase. */
const MIN_LENGTH = 7;
/** Number of characters looked up at head and tail. */
const ANCHOR = 3;
/** Minimum number of characters of a part that phrases share. */
const MIN_PART_LENGTH = 9;

/** [kind, characters of the phrase, characters of the text] of each kind of difference searched for. */
const DIFFERENCES: readonly (readonly [kind: NearMissKind, phrase: number, text: number])[] = [
  ['swapped', 2, 2],
  ['missing', 1, 0],
  ['extra', 0, 1],
  ['wrong', 1, 1],
  ['missing', 2, 0],
  ['extra', 0, 2],
  ['wrong', 2, 2],
  ['wrong', 3, 2],
];
/** Length in the phrase of the difference that requires two of three characters to be swapped. */
const SWAPPED_OF = 3;

/** Number of phrases read in a step, in about a millisecond. */
const READ_AT_ONCE = 200;

const NONE: readonly PhraseEntry[] = [];

export class PhraseIndex {
  /** By the hash of the first (last) three characters, so that one look-up suffices for most positions of a text. */
  private readonly heads: (readonly PhraseEntry[])[] = new Array(1 << 16).fill(NONE);
  private readonly tails: (readonly PhraseEntry[])[] = new Array(1 << 16).fill(NONE);
  private readonly used = new Uint8Array(1 << 16);
  private entered = 0;

  private constructor() {}

  /** The index of the phrases that are widespread, made in steps. */
  static *of(phrases: readonly Phrase[], isWidespread: (phrase: Phrase) => boolean): Resumable<PhraseIndex> {
    const index = new PhraseIndex();
    const pace = new Pace(READ_AT_ONCE);
    const entries: PhraseEntry[] = [];
    for (const phrase of phrases) {
      if (pace.isOver()) yield;
      if (phrase.text.length < MIN_LENGTH || !isWidespread(phrase)) continue;
      const entry = entryOf(phrase);
      if (entry.key.length >= MIN_LENGTH && entry.key.every(isHan)) entries.push(entry);
    }
    const parts = yield* sharedParts(entries);
    for (const entry of [...entries, ...parts]) {
      if (pace.isOver()) yield;
      index.enter(entry);
    }
    return index;
  }

  /** Number of phrases, and of the parts that they share. */
  get size(): number {
    return this.entered;
  }

  private enter(entry: PhraseEntry): void {
    this.entered++;
    for (const [anchors, at] of [
      [this.heads, 0],
      [this.tails, entry.key.length - ANCHOR],
    ] as const) {
      const [first, second, third] = entry.key.subarray(at, at + ANCHOR) as unknown as [number, number, number];
      const slot = slotOf(first, second, third);
      anchors[slot] = [...(anchors[slot] as readonly PhraseEntry[]), entry];
      this.used[slot] = 1;
    }
  }

  /** Calls `near` for every near-match of a phrase in `text`, `right` for the exact matches. */
  visit(text: ComparedText, near: (candidate: NearPhrase) => void, right: (exact: Exact) => void): void {
    const { units, words } = text;
    const { used } = this;
    let first = words.length > 0 ? (units[words[0] as number] as number) : 0;
    let second = words.length > 1 ? (units[words[1] as number] as number) : 0;
    for (let at = 0; at + ANCHOR <= words.length; at++) {
      const third = units[words[at + 2] as number] as number;
      const slot = slotOf(first, second, third);
      first = second;
      second = third;
      if (used[slot] === 0) continue;
      for (const entry of this.heads[slot] as readonly PhraseEntry[]) fromHead(entry, text, at, near, right);
      for (const entry of this.tails[slot] as readonly PhraseEntry[]) fromTail(entry, text, at + ANCHOR, near);
    }
  }
}

function slotOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)) >>> 16;
}

function entryOf(phrase: Phrase): PhraseEntry {
  const reading = copied(readText(phrase.text, 0, phrase.text.length, []));
  return { phrase, reading, key: Uint16Array.from(reading.words, (index) => reading.units[index] as number) };
}

/**
 * Parts that several phrases share: 以习近平同志为核心的党中央 occurs in phrases of many kinds and seldom by itself. A part counts
 * as known from as many documents as the most widespread phrase that contains it.
 */
function* sharedParts(entries: readonly PhraseEntry[]): Resumable<PhraseEntry[]> {
  const pace = new Pace(READ_AT_ONCE);
  const keys = entries.map(({ key }) => textOf(key, 0, key.length));
  const known = new Set(keys);
  const first = new Map<string, { entry: number; at: number }>();
  const parts: PhraseEntry[] = [];
  for (const [index, key] of keys.entries()) {
    if (pace.isOver()) yield;
    for (let at = 0; at + MIN_PART_LENGTH <= key.length; at++) {
      const run = key.slice(at, at + MIN_PART_LENGTH);
      const other = first.get(run);
      if (!other) {
        first.set(run, { entry: index, at });
        continue;
      }
      const otherKey = keys[other.entry] as string;
      if (other.entry === index || (at > 0 && other.at > 0 && key[at - 1] === otherKey[other.at - 1])) continue;
      let size = MIN_PART_LENGTH;
      while (at + size < key.length && key[at + size] === otherKey[other.at + size]) size++;
      const part = key.slice(at, at + size);
      if (known.has(part)) continue;
      known.add(part);
      const { phrase, reading } = entries[index] as PhraseEntry;
      const start = reading.places[reading.words[at] as number] as number;
      const end = (reading.places[reading.words[at + size - 1] as number] as number) + 1;
      const best = [phrase, (entries[other.entry] as PhraseEntry).phrase].sort(
        (a, b) => b.documents - a.documents,
      )[0] as Phrase;
      const { count, documents, own, since } = best;
      const life = { ...(own !== undefined && { own }), ...(since !== undefined && { since }) };
      const text = phrase.text.slice(start, end);
      parts.push(entryOf({ text, count, documents, ...life, before: [], after: [], variants: [] }));
    }
  }
  return parts;
}

/** The near-matches of the words from `start` on with the phrase, its head being whole. */
function fromHead(
  entry: PhraseEntry,
  { units, words }: ComparedText,
  start: number,
  near: (candidate: NearPhrase) => void,
  right: (exact: Exact) => void,
): void {
  const { key } = entry;
  let same = 0;
  while (same < key.length && units[words[start + same] as number] === key[same]) same++;
  if (same === key.length) right({ entry, start, end: start + same });
  // Another phrase with the same hash.
  if (same === key.length || same < ANCHOR) return;
  for (const [kind, inPhrase, inText] of DIFFERENCES) {
    const phraseTo = same + inPhrase;
    const textTo = start + same + inText;
    const end = textTo + key.length - phraseTo;
    if (phraseTo > key.length || end > words.length) continue;
    let at = phraseTo;
    while (at < key.length && units[words[textTo + at - phraseTo] as number] === key[at]) at++;
    if (at < key.length) continue;
    if (kind === 'swapped' && !isSwapped(key, same, units, words, start + same)) continue;
    if (inPhrase === SWAPPED_OF && !isSwappedOf(key, same, units, words, start + same)) continue;
    near({ entry, kind, start, end, textFrom: start + same, textTo, phraseFrom: same, phraseTo });
    // 展发 is 发展 with its characters swapped, not with a missing 发.
    if (kind === 'swapped') return;
  }
}

/** The same for words that end before `end`, the tail being whole and the head too short to be looked up. */
function fromTail(
  entry: PhraseEntry,
  { units, words }: ComparedText,
  end: number,
  near: (candidate: NearPhrase) => void,
): void {
  const { key } = entry;
  let same = 0;
  while (same < key.length && units[words[end - 1 - same] as number] === key[key.length - 1 - same]) same++;
  if (same < ANCHOR) return;
  for (const [kind, inPhrase, inText] of DIFFERENCES) {
    const phraseFrom = key.length - same - inPhrase;
    const textFrom = end - same - inText;
    const start = textFrom - phraseFrom;
    if (phraseFrom < 0 || phraseFrom >= ANCHOR || start < 0) continue;
    let at = 0;
    while (at < phraseFrom && units[words[start + at] as number] === key[at]) at++;
    if (at < phraseFrom) continue;
    if (kind === 'swapped' && !isSwapped(key, phraseFrom, units, words, textFrom)) continue;
    if (inPhrase === SWAPPED_OF && !isSwappedOf(key, phraseFrom, units, words, textFrom)) continue;
    const [textTo, phraseTo] = [textFrom + inText, phraseFrom + inPhrase];
    near({ entry, kind, start, end, textFrom, textTo, phraseFrom, phraseTo });
    if (kind === 'swapped') return;
  }
}

function isSwapped(key: Uint16Array, inKey: number, units: Uint16Array, words: Int32Array, inText: number): boolean {
  const first = units[words[inText] as number];
  const second = units[words[inText + 1] as number];
  return first !== second && first === key[inKey + 1] && second === key[inKey];
}

/** Whether two of the three characters from `inKey` on are swapped and the third is missing. */
function isSwappedOf(key: Uint16Array, inKey: number, units: Uint16Array, words: Int32Array, inText: number): boolean {
  const first = units[words[inText] as number] as number;
  const second = units[words[inText + 1] as number] as number;
  const [one, two, three] = [key[inKey], key[inKey + 1], key[inKey + 2]];
  return (first === two && second === one) || (first === three && (second === two || second === one));
}
