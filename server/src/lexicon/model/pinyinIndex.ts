/**
 * An index of phrases by pinyin: typed in full (lianggequeli), by initials (lgql), or mixed (liangge ql), and
 * incomplete; and of the words inside them, likewise, from any word on (gzzjd for the end of 坚持稳中求进工作总基调). A character
 * with several readings may be typed by any of them; the one it has in the phrase ranks first.
 */
import { isHan } from '../../text/characters';
import { segments } from '../../text/words';
import { isClosing, isOpening } from '../mining/boundaries';
import { NgramTable } from '../mining/ngrams';
import type { Phrase } from './lexicon';

/** Gives the readings of Chinese text; injected by the platform so that the dictionary is loaded only when needed. */
export interface PinyinReader {
  /** One toneless syllable for each character of `text`, other characters unchanged: 重要 → zhong, yao. */
  read(text: string): readonly string[];
  /** All toneless readings of one character. */
  readings(character: string): readonly string[];
}

export interface PinyinMatch {
  readonly phrase: Phrase;
  /** Initials of the syllables not typed yet. */
  readonly rest: string;
  /** Whether nothing of the phrase is left to type. */
  readonly complete: boolean;
  /** Whether every character was typed by the reading it has in the phrase. */
  readonly exact: boolean;
}

/** A run of whole words inside a phrase, or a word by itself, found by pinyin. */
export interface PinyinPart {
  /**
   * The words from the first typed one on: up to the last typed character if a word ends there, else to the end of the
   * clause.
   */
  readonly text: string;
  /** The phrase that contains them, the most widespread one; absent for a word by itself. */
  readonly phrase?: Phrase;
  /** Number of units of the phrase before them that are already there before the letters. */
  readonly agreeing: number;
  /** Initials of the syllables not typed yet. */
  readonly rest: string;
  readonly complete: boolean;
  readonly exact: boolean;
}

export interface PinyinOptions {
  /** Treats zh and z, ch and c, sh and s, n and l as equal. */
  readonly fuzzy?: boolean;
}

/** What may be typed for one character. */
interface Spelling {
  /** The reading in context first, then others. */
  readonly readings: readonly string[];
  /** Variants for writers who confuse some initials; none that is among the readings. */
  readonly fuzzy: readonly string[];
}

interface Entry {
  readonly text: string;
  readonly phrase: Phrase | undefined;
  readonly spellings: readonly Spelling[];
  /** For each spelling the offset of its character in the text. */
  readonly offsets: readonly number[];
  /** Where words begin in the text, including its end. */
  readonly bounds: readonly number[];
}

/** Maximum length of a query; longer ones cannot be slogans. */
const MAX_QUERY_LENGTH = 48;
/** Number of positions in one text that the index distinguishes; no phrase is this long. */
const MAX_PLACES = 256;
/** The end of a clause. */
const CLAUSE_END = /[，；。！？：,;!?:]/;
/** Number of letters by which entries are looked up. */
const FIRST_LETTERS = 2;
/** Number of letters required if only the first character of a word was begun. */
const MIN_LETTERS_OF_ONE = 3;

export class PinyinIndex {
  private readonly all: Entry[] = [];
  /** Entries by the two letters they may begin with. */
  private readonly starts = new Map<string, number[]>();
  /** Words inside the entries likewise: the number of the entry times MAX_PLACES, plus that of the spelling. */
  private readonly insides = new Map<string, number[]>();
  private readonly entries = new Map<Phrase, Entry>();
  private readonly alternatives = new Map<string, readonly string[]>();
  private readonly spelled = new Map<string, Spelling>();

  constructor(
    phrases: readonly Phrase[],
    private readonly reader: PinyinReader,
  ) {
    for (const phrase of phrases) this.add(phrase);
  }

  add(phrase: Phrase): void {
    const entry = this.entryOf(phrase.text, phrase);
    if (entry.spellings.length === 0) return;
    this.entries.set(phrase, entry);
    const number = this.all.push(entry) - 1;
    this.note(this.starts, entry, 0, number);
    for (const bound of entry.bounds) {
      const place = entry.offsets.indexOf(bound);
      if (place >= 0 && place < MAX_PLACES) this.note(this.insides, entry, place, number * MAX_PLACES + place);
    }
  }

  /** Adds a word that is not a phrase: it is found by {@link findParts} only. */
  addWord(word: string): void {
    const entry = this.entryOf(word, undefined);
    if (entry.spellings.length === 0) return;
    const number = this.all.push(entry) - 1;
    this.note(this.insides, entry, 0, number * MAX_PLACES);
  }

  /**
   * The phrases whose pinyin begins with `letters` in any of its forms, upper or lower case: those fully typed first,
   * then the most widespread.
   */
  find(letters: string, limit: number, { fuzzy = false }: PinyinOptions = {}): PinyinMatch[] {
    const query = normalise(letters);
    if (query.length === 0 || query.length > MAX_QUERY_LENGTH) return [];
    const found: PinyinMatch[] = [];
    for (const number of this.starts.get(query.slice(0, FIRST_LETTERS)) ?? []) {
      const entry = this.all[number] as Entry;
      const match = matchEntry(entry, query, 0, fuzzy);
      if (match && entry.phrase) found.push({ phrase: entry.phrase, ...aboutOf(entry, match) });
    }
    return found.sort(byWorth).slice(0, limit);
  }

  /**
   * The words, inside phrases and by themselves, whose pinyin begins with `letters`, each text once and unordered; none
   * for two letters of one syllable. Those that continue a phrase whose words are at the end of `before` say how many
   * of its units agree.
   */
  findParts(letters: string, before = '', { fuzzy = false }: PinyinOptions = {}): PinyinPart[] {
    const query = normalise(letters);
    if (query.length < FIRST_LETTERS || query.length > MAX_QUERY_LENGTH) return [];
    // Usually a single sound: checking every tenth word of the lexicon for z… h… was the slowest case of all.
    if (/^[zcs]h$/.test(query)) return [];
    const found = new Map<string, PinyinPart>();
    for (const packed of this.insides.get(query.slice(0, FIRST_LETTERS)) ?? []) {
      const entry = this.all[Math.floor(packed / MAX_PLACES)] as Entry;
      const from = packed % MAX_PLACES;
      const match = matchEntry(entry, query, from, fuzzy);
      // Two letters of one syllable, ga or li, begin too many of them.
      if (!match || (match.last === from && query.length < MIN_LETTERS_OF_ONE)) continue;
      const part = partOf(entry, from, match, before);
      if (!part) continue;
      const known = found.get(part.text);
      if (!known || betterPart(part, known)) found.set(part.text, part);
    }
    return [...found.values()];
  }

  /**
   * The phrases in which `letters` spell the beginning of some word and what follows it: including those that {@link
   * find} leaves out.
   */
  holding(letters: string): Phrase[] {
    const query = normalise(letters);
    if (query.length < FIRST_LETTERS || query.length > MAX_QUERY_LENGTH) return [];
    const found = new Set<Phrase>();
    for (const packed of this.insides.get(query.slice(0, FIRST_LETTERS)) ?? []) {
      const entry = this.all[Math.floor(packed / MAX_PLACES)] as Entry;
      if (entry.phrase && matchEntry(entry, query, packed % MAX_PLACES, false)) found.add(entry.phrase);
    }
    return [...found];
  }

  /** How `letters` spell `phrase` from the character at `from` on; undefined if they do not. */
  match(phrase: Phrase, from: number, letters: string, { fuzzy = false }: PinyinOptions = {}): PinyinMatch | undefined {
    const query = normalise(letters);
    const entry = this.entries.get(phrase);
    if (!entry || query.length === 0 || query.length > MAX_QUERY_LENGTH) return undefined;
    const first = entry.offsets.findIndex((offset) => offset >= from);
    const match = first < 0 ? undefined : matchEntry(entry, query, first, fuzzy);
    return match && { phrase, ...aboutOf(entry, match) };
  }

  /**
   * Adds `value` under all letters that `entry` may begin with at the spelling `place`; phrases under the first one
   * alone too.
   */
  private note(places: Map<string, number[]>, { spellings }: Entry, place: number, value: number): void {
    const keys = new Set<string>();
    const next = spellings[place + 1];
    for (const one of formsOf(spellings[place] as Spelling)) {
      const first = one.charAt(0);
      if (places === this.starts) keys.add(first);
      if (one.length > 1) keys.add(one.slice(0, FIRST_LETTERS));
      if (next) for (const other of formsOf(next)) keys.add(first + other.charAt(0));
    }
    for (const key of keys) {
      const others = places.get(key);
      if (others) others.push(value);
      else places.set(key, [value]);
    }
  }

  private entryOf(text: string, phrase: Phrase | undefined): Entry {
    const read = this.reader.read(text);
    const spellings: Spelling[] = [];
    const offsets: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      if (isHan(text.charCodeAt(at))) {
        // The output of a reader that joins or drops characters cannot be aligned; each character is then read by
        // itself.
        const inContext = read.length === text.length ? normalise(read[at] as string) : '';
        const spelling = this.spellingOf(character, inContext);
        if (spelling.readings.length === 0) continue;
        spellings.push(spelling);
      } else if (/[A-Za-z0-9]/.test(character)) {
        spellings.push({ readings: [character.toLowerCase()], fuzzy: [] });
      } else continue;
      offsets.push(at);
    }
    const bounds = Array.from(segments(text) ?? [], ({ index }) => index);
    return { text, phrase, spellings, offsets, bounds: [...bounds, text.length] };
  }

  private spellingOf(character: string, inContext: string): Spelling {
    const key = character + inContext;
    let spelling = this.spelled.get(key);
    if (!spelling) {
      const all = [inContext, ...this.readingsOf(character)].filter((one) => one !== '');
      const readings = [...new Set(all)];
      const fuzzy = new Set(readings.map(otherInitial).filter((one) => one !== '' && !readings.includes(one)));
      spelling = { readings, fuzzy: [...fuzzy] };
      this.spelled.set(key, spelling);
    }
    return spelling;
  }

  private readingsOf(character: string): readonly string[] {
    let readings = this.alternatives.get(character);
    if (!readings) {
      readings = this.reader.readings(character).map(normalise);
      this.alternatives.set(character, readings);
    }
    return readings;
  }
}

/** Minimum number of occurrences in the documents of a pair of characters that may be a word, to be found by pinyin. */
const MIN_WORD_COUNT = 100;

/** The pairs of characters common enough in `ngrams` to be worth finding by pinyin if they are words. */
export function commonPairs(ngrams: NgramTable): string[] {
  const pairs: string[] = [];
  const end = ngrams.childrenEnd(NgramTable.ROOT);
  for (let one = ngrams.childrenStart(NgramTable.ROOT); one < end; one++) {
    if (!isHan(ngrams.unit(one))) continue;
    for (let two = ngrams.childrenStart(one); two < ngrams.childrenEnd(one); two++) {
      if (!isHan(ngrams.unit(two)) || ngrams.count(two) < MIN_WORD_COUNT) continue;
      pairs.push(String.fromCharCode(ngrams.unit(one), ngrams.unit(two)));
    }
  }
  return pairs;
}

/** The part of `entry` that `match` gives from the spelling `from` on; undefined for a single character. */
function partOf(entry: Entry, from: number, { last, exact }: Match, before: string): PinyinPart | undefined {
  const { text, phrase, offsets, bounds } = entry;
  let start = offsets[from] as number;
  const typed = (offsets[last] as number) + 1;
  const clause = text.slice(typed).search(CLAUSE_END);
  let end = clause < 0 ? text.length : typed + clause;
  if (bounds.includes(typed)) end = typed;
  if (end - start < 2) return undefined;
  const rest = initialsBetween(entry, last + 1, end);
  // A quoted term includes its quotation marks.
  if (isOpening(text.charCodeAt(start - 1))) {
    if (!isClosing(text.charCodeAt(end))) return undefined;
    start--;
    end++;
  }
  let agreeing = 0;
  while (agreeing < start && before.charAt(before.length - 1 - agreeing) === text.charAt(start - 1 - agreeing))
    agreeing++;
  return {
    text: text.slice(start, end),
    ...(phrase && { phrase }),
    agreeing,
    rest,
    complete: rest === '',
    exact,
  };
}

/** Whether `one` is the better of two matches for the same text. */
function betterPart(one: PinyinPart, other: PinyinPart): boolean {
  if (one.exact !== other.exact) return one.exact;
  if (one.agreeing !== other.agreeing) return one.agreeing > other.agreeing;
  return (one.phrase?.documents ?? 0) > (other.phrase?.documents ?? 0);
}

function formsOf({ readings, fuzzy }: Spelling): string[] {
  return [...readings, ...fuzzy];
}

/** The initials of the spellings of an entry from the one at `first` to the unit `end` of its text. */
function initialsBetween({ spellings, offsets }: Entry, first: number, end: number): string {
  let initials = '';
  for (let at = first; at < spellings.length && (offsets[at] as number) < end; at++) {
    initials += spellings[at]?.readings[0]?.charAt(0) ?? '';
  }
  return initials;
}

/** The match data of `match` for the whole of `entry`. */
function aboutOf(entry: Entry, { last, exact }: Match): Omit<PinyinMatch, 'phrase'> {
  const rest = initialsBetween(entry, last + 1, entry.text.length);
  return { rest, complete: last === entry.spellings.length - 1, exact };
}

/** The syllable with the initial that it is often confused with; empty for those that are not. */
function otherInitial(syllable: string): string {
  if (/^[zcs]h/.test(syllable)) return syllable.charAt(0) + syllable.slice(2);
  if (/^[zcs]./.test(syllable)) return `${syllable.charAt(0)}h${syllable.slice(1)}`;
  if (/^n./.test(syllable)) return `l${syllable.slice(1)}`;
  return /^l./.test(syllable) ? `n${syllable.slice(1)}` : '';
}

function byWorth(a: PinyinMatch, b: PinyinMatch): number {
  return (
    Number(b.complete) - Number(a.complete) ||
    Number(b.exact) - Number(a.exact) ||
    b.phrase.documents - a.phrase.documents ||
    b.phrase.count - a.phrase.count ||
    (a.phrase.text < b.phrase.text ? -1 : 1)
  );
}

/** Lower case, without separators of syllables, ü as input methods type it. */
function normalise(letters: string): string {
  return letters
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/[^a-z0-9]/g, '');
}

interface Match {
  /** The last spelling that was typed, in part or whole. */
  readonly last: number;
  /** Whether every character was typed by the reading it has in the text. */
  readonly exact: boolean;
}

/** State of a number of letters used so far. */
const UNREACHED = 0;
const REACHED = 1;
const REACHED_EXACTLY = 2;

/**
 * Processes the characters and keeps, for each number of letters used so far, whether only first readings were needed.
 */
function matchEntry({ spellings }: Entry, query: string, first: number, fuzzy: boolean): Match | undefined {
  const size = query.length;
  let reached: number[] = [REACHED_EXACTLY];
  for (let index = first; index < spellings.length; index++) {
    const { readings, fuzzy: others } = spellings[index] as Spelling;
    const forms = readings.length + (fuzzy ? others.length : 0);
    const next: number[] = [];
    for (let used = 0; used < reached.length; used++) {
      const state = reached[used] ?? UNREACHED;
      if (state === UNREACHED) continue;
      for (let form = 0; form < forms; form++) {
        const spelling = (form < readings.length ? readings[form] : others[form - readings.length]) as string;
        noteSpelling(next, spelling, query, used, form === 0 ? state : REACHED);
      }
    }
    const state = next[size] ?? UNREACHED;
    if (state !== UNREACHED) return { last: index, exact: state === REACHED_EXACTLY };
    if (next.length === 0) return undefined;
    reached = next;
  }
  return undefined;
}

/**
 * Records in `next` how many letters are used after typing `spelling` at `at`: all of it, its initial, or what the
 * query ends with.
 */
function noteSpelling(next: number[], spelling: string, query: string, at: number, state: number): void {
  let shared = 0;
  while (shared < spelling.length && at + shared < query.length && spelling[shared] === query[at + shared]) shared++;
  if (shared === 0) return;
  note(next, at + 1, state);
  if (shared >= 2 && spelling[1] === 'h' && 'zcs'.includes(spelling.charAt(0))) note(next, at + 2, state);
  if (shared > 1 && (shared === spelling.length || at + shared === query.length)) note(next, at + shared, state);
}

function note(next: number[], used: number, state: number): void {
  while (next.length <= used) next.push(UNREACHED);
  if (state > (next[used] as number)) next[used] = state;
}
