/**
 * Finds places that are nearly, but not quite, what many documents write: one or two characters dropped, added, swapped
 * or wrong in a phrase of the lexicon. A difference in one place leaves the head or the tail of the phrase whole, so
 * these are looked up (the pigeonhole of PassJoin, Li et al. 2011) and the rest is compared from both sides; the work is
 * linear in the text. Words and their odds are compared in simplified script without quotation marks and inner commas.
 */

import type { Span } from '../structure/analysis';
import { isHan } from '../text/characters';
import { simplifiedForm } from '../text/script';
import type { Lexicon, Phrase } from './lexicon';
import { NGRAM_ORDER, NgramTable } from './ngrams';
import { learnedForm } from './prepare';

export type NearMissKind = 'missing' | 'extra' | 'wrong' | 'swapped';

/** How sure it is that the text is wrong. */
export type Confidence = 'certain' | 'likely' | 'doubtful';

/** A place where a phrase is written wrong. Offsets are those of the text given. */
export interface NearMiss {
  readonly kind: NearMissKind;
  readonly confidence: Confidence;
  readonly phrase: Phrase;
  /** The words that stand for the whole phrase. */
  readonly whole: Span;
  /** The characters that are wrong; empty where some are missing. */
  readonly wrong: Span;
  /** What the phrase has in their place, in simplified script. */
  readonly right: string;
}

/** A phrase must have this many characters, and from `LONG` on may differ by two. */
const SHORTEST = 7;
const LONG = 12;
/** In how many documents it must stand, and from how many on it is certain. */
const LEAST_DOCUMENTS = 4;
const SOME_DOCUMENTS = 6;
const MANY_DOCUMENTS = 8;
/** Characters looked up at head and tail. */
const ANCHOR = 3;
/** The part of its occurrences in which a context must go on as the phrase does. */
const ODDS = 0.84;
const MANY = 8;
/** How much more often than by chance the two characters of a word stand together. */
const WORD = 6;
const HALF = 0.5;
/** How often two characters must meet to be words that may stand side by side. */
const OFTEN = 6;
/** How often two characters should meet by chance for it to say something that they do not. */
const TELLING = 0.2;
/** Words between a phrase and what is set against it. */
const NEAR = 12;

const CLAUSE_STARTS = [...'，。、；“'].map((mark) => mark.charCodeAt(0));
const GAP = 0;
const BLANK = 0x20;
const [COMMA, PAUSE, OPEN_TITLE, CLOSE_TITLE, OPEN_QUOTE, CLOSE_QUOTE, COLON] = [...'，、《》“”：'].map((mark) =>
  mark.charCodeAt(0),
) as [number, number, number, number, number, number, number];
const NUMERALS = new Set([...'〇零一二三四五六七八九十百千万亿两0123456789'].map((mark) => mark.charCodeAt(0)));
/** Characters that stand for one another without a slip: 发展和安全 发展与安全; 代表省人民政府 代表市人民政府. */
const ALIKE = ['和与及同', '省市县区乡镇村州盟旗国', '〇零一二三四五六七八九十百千万亿两'].map(
  (group) => new Set([...group].map((each) => each.charCodeAt(0))),
);
const setOf = (characters: string): ReadonlySet<number> => new Set([...characters].map((each) => each.charCodeAt(0)));
/** Words that come and go without changing what is said, and 等, which cuts short whatever it stands in. */
const CONJUNCTIONS = setOf('和与及并');
const LOOSE = setOf('和与及并的地了之好到出');
const ET_CETERA = '等'.charCodeAt(0);
/** A phrase this long is not lightly written without its function words, or with more of them. */
const FIXED = 9;

/** A text as it is compared. */
interface Reading {
  /** All characters with their marks, and where each stands in the source. */
  readonly units: Uint16Array;
  readonly places: Int32Array;
  /** The characters that are compared, as indices of `units`. */
  readonly words: Int32Array;
}

interface Entry {
  readonly phrase: Phrase;
  readonly reading: Reading;
  /** Its compared characters. */
  readonly key: Uint16Array;
}

/** A way of reading the words from `start` on as a phrase; all are indices of compared characters, half open. */
interface Candidate {
  readonly entry: Entry;
  readonly kind: NearMissKind;
  readonly start: number;
  readonly end: number;
  /** Where text and phrase differ. */
  readonly textFrom: number;
  readonly textTo: number;
  readonly phraseFrom: number;
  readonly phraseTo: number;
}

interface Found {
  readonly candidate: Candidate;
  readonly confidence: Confidence;
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 2, likely: 1, doubtful: 0 };

/** A place where a phrase is written right. */
interface Exact extends Span {
  readonly entry: Entry;
}

/** [kind, characters of the phrase, characters of the text] of each difference looked for. */
const DIFFERENCES: readonly (readonly [kind: NearMissKind, phrase: number, text: number])[] = [
  ['swapped', 2, 2],
  ['missing', 1, 0],
  ['extra', 0, 1],
  ['wrong', 1, 1],
  ['missing', 2, 0],
  ['extra', 0, 2],
  ['wrong', 2, 2],
];

export class NearMissFinder {
  private readonly heads = new Map<number, Entry[]>();
  private readonly tails = new Map<number, Entry[]>();
  /** One bit for what anchors hash to: most places of a text are done with one look here. */
  private readonly mayBeAnchor = new Uint8Array(1 << 16);
  private readonly ngrams: NgramTable;

  constructor(private readonly lexicon: Lexicon) {
    this.ngrams = lexicon.ngrams;
    const entries: Entry[] = [];
    for (const phrase of lexicon.phrases) {
      if (phrase.documents < LEAST_DOCUMENTS || phrase.text.length < SHORTEST) continue;
      const entry = entryOf(phrase);
      if (entry.key.length >= SHORTEST && entry.key.every(isHan)) entries.push(entry);
    }
    for (const entry of [...entries, ...sharedParts(entries)]) {
      this.enter(this.heads, entry.key, 0, entry);
      this.enter(this.tails, entry.key, entry.key.length - ANCHOR, entry);
    }
  }

  private enter(anchors: Map<number, Entry[]>, key: Uint16Array, at: number, entry: Entry): void {
    const [first, second, third] = key.subarray(at, at + ANCHOR) as unknown as [number, number, number];
    const anchor = anchorOf(first, second, third);
    const known = anchors.get(anchor);
    if (known) known.push(entry);
    else anchors.set(anchor, [entry]);
    this.mayBeAnchor[slotOf(first, second, third)] = 1;
  }

  /**
   * What is nearly a phrase in `text` from `start` to `end`, in order and without overlap. Line breaks are read as
   * nothing, `gaps` (in order) as what nothing can be said of.
   */
  find(text: string, start: number, end: number, gaps: readonly Span[] = []): NearMiss[] {
    if (this.heads.size === 0 || !this.mayHold(text, start, end)) return [];
    const reading = read(text, start, end, gaps);
    const { units, words } = reading;
    const found: Found[] = [];
    const exact: Exact[] = [];
    let first = words.length > 0 ? (units[words[0] as number] as number) : 0;
    let second = words.length > 1 ? (units[words[1] as number] as number) : 0;
    for (let at = 0; at + ANCHOR <= words.length; at++) {
      const third = units[words[at + 2] as number] as number;
      const beginning = first;
      const slot = slotOf(first, second, third);
      const middle = second;
      first = second;
      second = third;
      if (this.mayBeAnchor[slot] === 0) continue;
      const anchor = anchorOf(beginning, middle, third);
      for (const entry of this.heads.get(anchor) ?? []) {
        const candidates = fromHead(entry, reading, at);
        if (candidates === 'exact') exact.push({ entry, start: at, end: at + entry.key.length });
        else for (const candidate of candidates) this.weigh(candidate, reading, found);
      }
      for (const entry of this.tails.get(anchor) ?? []) {
        for (const candidate of fromTail(entry, reading, at + ANCHOR)) this.weigh(candidate, reading, found);
      }
    }
    if (found.length === 0) return [];
    return choose(found, exact, words.length).map(({ candidate, confidence }) => place(candidate, confidence, reading));
  }

  /** False where no three characters can begin or end a phrase: a quick look that spares most short lines. */
  private mayHold(text: string, start: number, end: number): boolean {
    compared ??= comparedForms();
    const { mayBeAnchor } = this;
    let first = GAP;
    let second = GAP;
    for (let at = start; at < end; at++) {
      const unit = compared[text.charCodeAt(at)] as number;
      if (unit === NOTHING || isLight(unit)) continue;
      if (mayBeAnchor[slotOf(first, second, unit)] !== 0) return true;
      first = second;
      second = unit;
    }
    return false;
  }

  private weigh(candidate: Candidate, reading: Reading, found: Found[]): void {
    const confidence = this.confidence(candidate, reading);
    if (confidence && !isQuoted(candidate, reading)) found.push({ candidate, confidence });
  }

  /** How sure it is that the text is wrong at `candidate`; undefined where it may well be right. */
  private confidence(candidate: Candidate, reading: Reading): Confidence | undefined {
    const { entry, kind, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
    const { key, phrase } = entry;
    const { units, words } = reading;
    const unit = (word: number): number =>
      word < 0 || word >= words.length ? GAP : (units[words[word] as number] as number);

    // What stands in the text may be right by itself.
    const [wrongFrom, wrongTo] = unitsOf(candidate, reading);
    if (this.isKnown(units, wrongFrom, wrongTo)) return undefined;
    if (!sameStops(candidate, reading)) return undefined;
    for (let word = textFrom; word < textTo; word++) if (!isHan(unit(word))) return undefined;
    // Next to a gap the words may be half written.
    if (start > 0 && unit(start - 1) === GAP && textFrom === start) return undefined;
    if (end < words.length && unit(end) === GAP && textTo === end) return undefined;
    if (isOtherNumber(candidate, unit)) return undefined;
    const added = unit(textFrom);
    const given = key[phraseFrom] as number;
    if (kind === 'wrong' && ALIKE.some((group) => group.has(given) && group.has(added))) return undefined;
    if (kind === 'extra' && added === ET_CETERA) return undefined;
    if (kind === 'missing' && LOOSE.has(given) && key.length < FIXED) return undefined;

    const edge = Math.min(phraseFrom, key.length - phraseTo);
    const size = Math.max(phraseTo - phraseFrom, textTo - textFrom);
    if (size === 2 && kind !== 'swapped' && (edge < 2 || key.length < LONG)) return undefined;
    if (edge === 0 && kind === 'extra') return undefined;

    if (this.lexicon.find(textOf(units, words[start] as number, (words[end - 1] as number) + 1))) return undefined;
    const forward = this.odds(entry, phraseFrom, true);
    const backward = this.odds(entry, phraseTo, false);
    const highest = Math.max(forward, backward);
    const both = Math.min(forward, backward);
    const many = phrase.documents >= MANY_DOCUMENTS && key.length >= MANY;
    if (kind === 'swapped') return many ? 'certain' : 'likely';

    const doubled = kind === 'extra' && size === 1 && (unit(textFrom - 1) === added || unit(textTo) === added);
    const word = !doubled && this.makesWord(units, wrongFrom, wrongTo);
    if (edge === 0) {
      // At the edge of the phrase it may be another phrase that begins or ends alike.
      if (word || highest < ODDS || !this.goesOn(candidate, reading)) return undefined;
      if (kind === 'wrong' && !many && !this.isStrange(units, wrongFrom, wrongTo)) return undefined;
      return many ? 'likely' : 'doubtful';
    }
    const strange = kind !== 'missing' && this.isStrange(units, wrongFrom, wrongTo);
    if (edge === 1 && !strange && this.isAnotherWord(candidate, reading)) return undefined;
    if (size === 2) return both < ODDS || !many ? undefined : word ? 'doubtful' : 'certain';
    const short = key.length < FIXED;
    const weak = short && phrase.documents < SOME_DOCUMENTS;
    if (both < ODDS) {
      // Nothing but the phrase as a whole speaks for it.
      if (word && (short || highest < ODDS)) return undefined;
      if (!strange && (kind === 'extra' ? LOOSE.has(added) : LOOSE.has(given)) && highest < ODDS) return undefined;
      if (!strange && CONJUNCTIONS.has(kind === 'extra' ? added : given)) return undefined;
      if (kind === 'wrong' && short && !strange) return undefined;
      if (kind === 'extra' && !doubled && weak && highest < ODDS && !strange) return undefined;
    }
    // A 和 or 的 between the parts of a phrase may be meant.
    if (kind === 'extra' && !doubled && (LOOSE.has(added) || CONJUNCTIONS.has(added))) return 'doubtful';
    if (word || weak) return 'doubtful';
    if (both >= ODDS && many) return 'certain';
    return short && highest < ODDS ? 'doubtful' : 'likely';
  }

  /** True where the corpus has the characters from `from` to `to` with their neighbours on both sides. */
  private isKnown(units: Uint16Array, from: number, to: number): boolean {
    const around = Math.max(1, Math.min(2, (NGRAM_ORDER - (to - from)) >> 1));
    if (this.count(units, from - around, to + around) > 0) return true;
    for (let at = from - 2; at < Math.max(from, to); at++) if (this.count(units, at, at + 3) === 0) return false;
    return true;
  }

  /** True where two characters that meet at the difference stand together far more often than by chance: a word. */
  private makesWord(units: Uint16Array, from: number, to: number): boolean {
    for (let at = from - 1; at < Math.max(to, from); at++) if (this.isWord(units, at)) return true;
    return false;
  }

  /** True where all characters that meet at the difference avoid each other in the corpus, though they are frequent. */
  private isStrange(units: Uint16Array, from: number, to: number): boolean {
    let pairs = 0;
    for (let at = from - 1; at < Math.max(to, from); at++) {
      if (!isHan(units[at] ?? GAP) || !isHan(units[at + 1] ?? GAP)) continue;
      const chance = this.chance(units, at);
      if (chance < TELLING || this.count(units, at, at + 2) >= chance) return false;
      pairs++;
    }
    return pairs > 0;
  }

  /** How often the characters at `at` and behind it would meet in a corpus that is well shuffled. */
  private chance(units: Uint16Array, at: number): number {
    return (this.count(units, at, at + 1) * this.count(units, at + 1, at + 2)) / this.lexicon.source.characters;
  }

  private isWord(units: Uint16Array, at: number): boolean {
    if (!isHan(units[at] ?? GAP) || !isHan(units[at + 1] ?? GAP)) return false;
    const together = this.count(units, at, at + 2);
    if (together < 2) return false;
    return together >= WORD * this.chance(units, at);
  }

  /** True where the one character of the phrase on that side of the difference makes a word with what stands outside. */
  private isAnotherWord(candidate: Candidate, { units, words }: Reading): boolean {
    const { entry, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
    const given = (word: number): number => entry.key[word] as number;
    if (textFrom - start === 1) {
      const at = (words[start] as number) - 1;
      const asInPhrase = this.count([units[at] as number, units[at + 1] as number, given(phraseFrom)], 0, 3);
      const together = isHan(units[at] ?? GAP) ? this.count(units, at, at + 2) : 0;
      if (together >= OFTEN && asInPhrase < HALF * together) return true;
    }
    if (end - textTo === 1 && phraseTo > 0) {
      const at = words[end - 1] as number;
      const asInPhrase = this.count([given(phraseTo - 1), units[at] as number, units[at + 1] as number], 0, 3);
      const together = isHan(units[at + 1] ?? GAP) ? this.count(units, at, at + 2) : 0;
      if (together >= OFTEN && asInPhrase < HALF * together) return true;
    }
    return false;
  }

  /** In which part of its occurrences what stands before (after) `word` of the phrase goes on as the phrase does. */
  private odds({ reading, key }: Entry, word: number, forward: boolean): number {
    const { units, words } = reading;
    let best = 0;
    for (let size = 2; size < NGRAM_ORDER; size++) {
      let whole: number;
      let context: number;
      if (forward) {
        if (word >= key.length) return 0;
        const at = words[word] as number;
        if (at - size < 0) break;
        context = this.count(units, at - size, at);
        whole = this.count(units, at - size, at + 1);
      } else {
        if (word <= 0) return 0;
        const at = (words[word - 1] as number) + 1;
        if (at + size > units.length) break;
        context = this.count(units, at, at + size);
        whole = this.count(units, at - 1, at + size);
      }
      if (context >= 3) best = Math.max(best, whole / context);
    }
    return best;
  }

  /** True where what stands around the phrase in the text could stand around it were it written right. */
  private goesOn({ entry, kind, start, end, phraseFrom }: Candidate, { units, words }: Reading): boolean {
    const { key } = entry;
    if (phraseFrom === 0) {
      if (
        kind === 'missing' &&
        CLAUSE_STARTS.some((mark) => this.count([mark, key[1] as number, key[2] as number], 0, 3) > 0)
      ) {
        return false;
      }
      const before = start === 0 ? GAP : (units[(words[start] as number) - 1] as number);
      if (!isHan(before)) return before === GAP || CLAUSE_STARTS.includes(before);
      return this.count([before, key[0] as number, key[1] as number], 0, 3) > 0;
    }
    const last = (words[end - 1] as number) + 1;
    const after = last >= units.length ? GAP : (units[last] as number);
    if (!isHan(after)) return true;
    return this.count([key[key.length - 2] as number, key[key.length - 1] as number, after], 0, 3) > 0;
  }

  /** How often the corpus has the characters from `from` to `to`, 0 also where they are not all in the text. */
  private count(units: ArrayLike<number>, from: number, to: number): number {
    if (from < 0 || to > units.length) return 0;
    let node = NgramTable.ROOT;
    for (let at = from; at < to; at++) {
      node = this.ngrams.child(node, units[at] as number);
      if (node < 0) return 0;
    }
    return this.ngrams.count(node);
  }
}

/** The differing characters as indices of units; for what is missing, the place where the words before it end. */
function unitsOf({ start, textFrom, textTo }: Candidate, { words }: Reading): readonly [from: number, to: number] {
  if (textFrom < textTo) return [words[textFrom] as number, (words[textTo - 1] as number) + 1];
  const at = textFrom === start ? (words[start] as number) : (words[textFrom - 1] as number) + 1;
  return [at, at];
}

function anchorOf(first: number, second: number, third: number): number {
  return (first * 0x10000 + second) * 0x10000 + third;
}

function slotOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)) >>> 16;
}

/** How each UTF-16 unit is compared; `NOTHING` for what is left out. */
let compared: Uint16Array | undefined;
const NOTHING = 0xffff;

function comparedForms(): Uint16Array {
  return Uint16Array.from({ length: 0x10000 }, (_, unit) => {
    const form = learnedForm(unit);
    return form === undefined || form === BLANK ? NOTHING : simplifiedForm(form);
  });
}

function read(text: string, start: number, end: number, gaps: readonly Span[]): Reading {
  compared ??= comparedForms();
  const units = new Uint16Array(end - start);
  const places = new Int32Array(end - start);
  const words = new Int32Array(end - start);
  let size = 0;
  let count = 0;
  let gap = 0;
  for (let at = start; at < end; at++) {
    while (gap < gaps.length && (gaps[gap] as Span).end <= at) gap++;
    const inGap = gap < gaps.length && (gaps[gap] as Span).start <= at;
    const unit = inGap ? GAP : (compared[text.charCodeAt(at)] as number);
    if (unit === NOTHING) continue;
    units[size] = unit;
    places[size] = at;
    if (!isLight(unit)) words[count++] = size;
    size++;
  }
  return { units: units.subarray(0, size), places: places.subarray(0, size), words: words.subarray(0, count) };
}

/** The marks that writers set differently in the same words, “”‘’《》，、: not compared. */
function isLight(unit: number): boolean {
  if (unit >= 0x4e00 && unit < 0xff00) return false;
  return unit === COMMA || (unit >= 0x2018 && unit <= 0x201d) || unit === 0x3001 || unit === 0x300a || unit === 0x300b;
}

function entryOf(phrase: Phrase): Entry {
  const reading = read(phrase.text, 0, phrase.text.length, []);
  return { phrase, reading, key: Uint16Array.from(reading.words, (index) => reading.units[index] as number) };
}

/**
 * What several phrases share: 以习近平同志为核心的党中央 stands in phrases of many kinds and seldom by itself. A part is
 * known from as many documents as the phrase that holds it and has most.
 */
function sharedParts(entries: readonly Entry[]): Entry[] {
  const keys = entries.map(({ key }) => textOf(key, 0, key.length));
  const known = new Set(keys);
  const first = new Map<string, { entry: number; at: number }>();
  const parts: Entry[] = [];
  for (const [index, key] of keys.entries()) {
    for (let at = 0; at + FIXED <= key.length; at++) {
      const run = key.slice(at, at + FIXED);
      const other = first.get(run);
      if (!other) {
        first.set(run, { entry: index, at });
        continue;
      }
      const otherKey = keys[other.entry] as string;
      if (other.entry === index || (at > 0 && other.at > 0 && key[at - 1] === otherKey[other.at - 1])) continue;
      let size = FIXED;
      while (at + size < key.length && key[at + size] === otherKey[other.at + size]) size++;
      const part = key.slice(at, at + size);
      if (known.has(part)) continue;
      known.add(part);
      const { phrase, reading } = entries[index] as Entry;
      const start = reading.places[reading.words[at] as number] as number;
      const end = (reading.places[reading.words[at + size - 1] as number] as number) + 1;
      const best = [phrase, (entries[other.entry] as Entry).phrase].sort(
        (a, b) => b.documents - a.documents,
      )[0] as Phrase;
      const { count, documents } = best;
      parts.push(
        entryOf({ text: phrase.text.slice(start, end), count, documents, before: [], after: [], variants: [] }),
      );
    }
  }
  return parts;
}

const NONE: readonly Candidate[] = [];

/** The ways in which the words from `start` on are the phrase but for one place, its head being whole. */
function fromHead(entry: Entry, { units, words }: Reading, start: number): readonly Candidate[] | 'exact' {
  const { key } = entry;
  let same = ANCHOR;
  while (same < key.length && units[words[start + same] as number] === key[same]) same++;
  if (same === key.length) return 'exact';
  let candidates: Candidate[] | undefined;
  for (const [kind, inPhrase, inText] of DIFFERENCES) {
    const phraseTo = same + inPhrase;
    const textTo = start + same + inText;
    const end = textTo + key.length - phraseTo;
    if (phraseTo > key.length || end > words.length) continue;
    if (kind === 'swapped' && !isSwapped(key, same, units, words, start + same)) continue;
    let rest = 0;
    while (phraseTo + rest < key.length && units[words[textTo + rest] as number] === key[phraseTo + rest]) rest++;
    if (phraseTo + rest < key.length) continue;
    const candidate: Candidate = {
      entry,
      kind,
      start,
      end,
      textFrom: start + same,
      textTo,
      phraseFrom: same,
      phraseTo,
    };
    // 展发 is 发展 the wrong way round, and not a missing 发.
    if (kind === 'swapped') return [candidate];
    candidates ??= [];
    candidates.push(candidate);
  }
  return candidates ?? NONE;
}

/** The same for words that end before `end`, its tail being whole and its head too short to be looked up. */
function fromTail(entry: Entry, { units, words }: Reading, end: number): readonly Candidate[] {
  const { key } = entry;
  let same = ANCHOR;
  while (same < key.length && units[words[end - 1 - same] as number] === key[key.length - 1 - same]) same++;
  let candidates: Candidate[] | undefined;
  for (const [kind, inPhrase, inText] of DIFFERENCES) {
    const phraseFrom = key.length - same - inPhrase;
    const textFrom = end - same - inText;
    const start = textFrom - phraseFrom;
    if (phraseFrom < 0 || phraseFrom >= ANCHOR || start < 0) continue;
    if (kind === 'swapped' && !isSwapped(key, phraseFrom, units, words, textFrom)) continue;
    let rest = 0;
    while (rest < phraseFrom && units[words[start + rest] as number] === key[rest]) rest++;
    if (rest < phraseFrom) continue;
    const phraseTo = phraseFrom + inPhrase;
    const candidate: Candidate = { entry, kind, start, end, textFrom, textTo: textFrom + inText, phraseFrom, phraseTo };
    // 展发 is 发展 the wrong way round, and not a missing 发.
    if (kind === 'swapped') return [candidate];
    candidates ??= [];
    candidates.push(candidate);
  }
  return candidates ?? NONE;
}

function isSwapped(key: Uint16Array, inKey: number, units: Uint16Array, words: Int32Array, inText: number): boolean {
  const first = units[words[inText] as number];
  const second = units[words[inText + 1] as number];
  return first !== second && first === key[inKey + 1] && second === key[inKey];
}

/** False where a comma or a closing mark of a title parts what is one in the phrase: two clauses that meet by chance. */
function sameStops(candidate: Candidate, text: Reading): boolean {
  const { entry, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const phrase = entry.reading;
  let marks = 0;
  let quotes = false;
  for (let word = start + 1; word < end; word++) {
    const stops = stopsBefore(text, word);
    if (word >= textFrom && word <= textTo) {
      marks += stops.marks;
      quotes ||= stops.light;
      continue;
    }
    const own = word < textFrom ? word - start : phraseTo + word - textTo;
    if (stops.comma && !stopsBefore(phrase, own).light) return false;
  }
  if (!quotes) return true;
  // At the difference itself any mark may be what makes the words another sentence, or one more member of a series.
  let own = 0;
  let ownQuotes = false;
  for (let word = Math.max(1, phraseFrom); word <= phraseTo && word < phrase.words.length; word++) {
    const stops = stopsBefore(phrase, word);
    own += stops.marks;
    ownQuotes ||= stops.light;
  }
  return ownQuotes && marks <= own;
}

/** What stands before `word`: a comma or the end of a title, how many stops, any mark at all. */
function stopsBefore(
  { units, words }: Reading,
  word: number,
): { readonly comma: boolean; readonly marks: number; readonly light: boolean } {
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

const NO_STOPS = { comma: false, marks: 0, light: false };

/** True for 十九大 and 二十大: another number is another thing. */
function isOtherNumber(candidate: Candidate, unit: (word: number) => number): boolean {
  const { entry, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const inText: number[] = [];
  for (let word = textFrom; word < textTo; word++) inText.push(unit(word));
  const inPhrase = [...entry.key.subarray(phraseFrom, phraseTo)];
  const numeral = (one: number) => NUMERALS.has(one);
  if (inText.some(numeral) && inPhrase.some(numeral)) return true;
  if (![...inText, ...inPhrase].some(numeral)) return false;
  return numeral(unit(textFrom - 1)) || numeral(unit(textTo));
}

/** True in a quotation that says whose words it holds, and in the title of a document. */
function isQuoted({ start }: Candidate, { units, words }: Reading): boolean {
  const from = words[start] as number;
  let quotes = 0;
  let titles = 0;
  for (let at = from - 1; at >= 0 && at > from - 400; at--) {
    const unit = units[at];
    if (unit === CLOSE_QUOTE) quotes++;
    else if (unit === CLOSE_TITLE) titles++;
    else if (unit === OPEN_TITLE && --titles < 0) return true;
    else if (unit === OPEN_QUOTE && --quotes < 0) return at > 0 && units[at - 1] === COLON;
  }
  return false;
}

/**
 * One reading for each place: the surest, of these the longest; none inside a phrase that is written right. `exact` is in
 * order of start, and `size` the number of words.
 */
function choose(found: readonly Found[], exact: readonly Exact[], size: number): Found[] {
  const order = [...found].sort(
    (a, b) =>
      RANK[b.confidence] - RANK[a.confidence] ||
      b.candidate.entry.key.length - a.candidate.entry.key.length ||
      a.candidate.start - b.candidate.start,
  );
  // For each word the farthest end of a right phrase that starts there or before.
  const reach = new Int32Array(size + 1);
  const lastRight = new Map<Entry, number[]>();
  for (const { entry, start, end } of exact) {
    reach[start] = Math.max(reach[start] as number, end);
    const starts = lastRight.get(entry);
    if (starts) starts.push(start);
    else lastRight.set(entry, [start]);
  }
  for (let word = 1; word <= size; word++) reach[word] = Math.max(reach[word] as number, reach[word - 1] as number);
  const taken = new Uint8Array(size);
  const chosen: Found[] = [];
  for (const one of order) {
    const { entry, kind, start, end, textFrom, textTo } = one.candidate;
    // Set against the phrase itself: from “办成一件事” to “办成一类事”.
    if (kind === 'wrong' && hasBetween(lastRight.get(entry), start - NEAR - entry.key.length, end + NEAR)) continue;
    const inside = textFrom === textTo ? 1 : 0;
    if (textFrom >= inside && (reach[textFrom - inside] as number) >= textTo + inside) continue;
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    chosen.push(one);
  }
  return chosen.sort((a, b) => a.candidate.start - b.candidate.start);
}

/** True where one of `starts`, in order, lies between the two. */
function hasBetween(starts: readonly number[] | undefined, from: number, to: number): boolean {
  if (!starts) return false;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low < starts.length && (starts[low] as number) < to;
}

function place(candidate: Candidate, confidence: Confidence, { places, words }: Reading): NearMiss {
  const { entry, kind, start, end, textFrom, textTo, phraseFrom, phraseTo } = candidate;
  const startOf = (word: number): number => places[words[word] as number] as number;
  const endOf = (word: number): number => startOf(word) + 1;
  const right = textOf(entry.key, phraseFrom, phraseTo);
  const whole = { start: startOf(start), end: endOf(end - 1) };
  const facts = { kind, confidence, phrase: entry.phrase, whole, right };
  if (textFrom < textTo) return { ...facts, wrong: { start: startOf(textFrom), end: endOf(textTo - 1) } };
  if (textFrom === start) return { ...facts, wrong: { start: whole.start, end: whole.start } };
  if (textFrom === end) return { ...facts, wrong: { start: whole.end, end: whole.end } };
  // Where the phrase has a mark before what is missing, it goes behind the mark that stands there.
  const afterMark = stopsBefore(entry.reading, phraseFrom).light;
  const at = afterMark ? startOf(textFrom) : endOf(textFrom - 1);
  return { ...facts, wrong: { start: at, end: at } };
}

function textOf(units: Uint16Array, from: number, to: number): string {
  return String.fromCharCode(...units.subarray(from, to));
}
