/**
 * Phrases by their pinyin: typed in full (lianggequeli), by initials (lgql), or mixed (liangge ql), and as far as typed.
 * A character with several readings may be typed by any of them; the one it has in the phrase ranks first.
 */
import { isHan } from '../../text/characters';
import type { Phrase } from './lexicon';

/** Reads Chinese text aloud; given by the platform so that the dictionary is loaded only when it is needed. */
export interface PinyinReader {
  /** One syllable without tone for each character of `text`, other characters as they are: 重要 → zhong, yao. */
  read(text: string): readonly string[];
  /** All readings of one character, without tones. */
  readings(character: string): readonly string[];
}

export interface PinyinMatch {
  readonly phrase: Phrase;
  /** Initials of the syllables that were not typed yet. */
  readonly rest: string;
  /** True where nothing of the phrase is left to type. */
  readonly complete: boolean;
  /** True where every character was typed by the reading it has in the phrase. */
  readonly exact: boolean;
}

/** What may be typed for one character: the reading in context first, then others. */
type Spelling = readonly string[];

interface Entry {
  readonly phrase: Phrase;
  readonly spellings: readonly Spelling[];
  /** For each spelling the offset of its character in the phrase. */
  readonly offsets: readonly number[];
}

/** More letters than this are no slogan. */
const MAX_QUERY_LENGTH = 48;

export class PinyinIndex {
  /** Entries by the letters that their first character may begin with. */
  private readonly byFirst = new Map<string, Entry[]>();
  private readonly entries = new Map<Phrase, Entry>();
  private readonly alternatives = new Map<string, readonly string[]>();

  constructor(
    phrases: readonly Phrase[],
    private readonly reader: PinyinReader,
  ) {
    for (const phrase of phrases) this.add(phrase);
  }

  add(phrase: Phrase): void {
    const entry = this.entryOf(phrase);
    const first = entry.spellings[0];
    if (!first) return;
    this.entries.set(phrase, entry);
    for (const letter of new Set(first.map((spelling) => spelling.charAt(0)))) {
      const others = this.byFirst.get(letter);
      if (others) others.push(entry);
      else this.byFirst.set(letter, [entry]);
    }
  }

  /**
   * The phrases whose pinyin begins with `letters` in any of its forms, upper or lower case: those fully typed first,
   * then those in most documents.
   */
  find(letters: string, limit: number): PinyinMatch[] {
    const query = normalise(letters);
    if (query.length === 0 || query.length > MAX_QUERY_LENGTH) return [];
    const found: PinyinMatch[] = [];
    for (const entry of this.byFirst.get(query.charAt(0)) ?? []) {
      const match = matchEntry(entry, query, 0);
      if (match) found.push(match);
    }
    return found.sort(byWorth).slice(0, limit);
  }

  /** How `letters` spell `phrase` from the character at `from` on; undefined where they do not. */
  match(phrase: Phrase, from: number, letters: string): PinyinMatch | undefined {
    const query = normalise(letters);
    const entry = this.entries.get(phrase);
    if (!entry || query.length === 0 || query.length > MAX_QUERY_LENGTH) return undefined;
    const first = entry.offsets.findIndex((offset) => offset >= from);
    return first < 0 ? undefined : matchEntry(entry, query, first);
  }

  private entryOf(phrase: Phrase): Entry {
    const { text } = phrase;
    const read = this.reader.read(text);
    const spellings: Spelling[] = [];
    const offsets: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      if (isHan(text.charCodeAt(at))) {
        // A reader that joins or drops characters cannot be lined up; each character is then read by itself.
        const inContext = read.length === text.length ? normalise(read[at] as string) : '';
        const all = [inContext, ...this.readingsOf(character)].filter((spelling) => spelling !== '');
        if (all.length === 0) continue;
        spellings.push([...new Set(all)]);
      } else if (/[A-Za-z0-9]/.test(character)) {
        spellings.push([character.toLowerCase()]);
      } else continue;
      offsets.push(at);
    }
    return { phrase, spellings, offsets };
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

function byWorth(a: PinyinMatch, b: PinyinMatch): number {
  return (
    Number(b.complete) - Number(a.complete) ||
    Number(b.exact) - Number(a.exact) ||
    b.phrase.documents - a.phrase.documents ||
    b.phrase.count - a.phrase.count ||
    (a.phrase.text < b.phrase.text ? -1 : 1)
  );
}

/** Lower case, without what separates syllables, ü as input methods type it. */
function normalise(letters: string): string {
  return letters
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/[^a-z0-9]/g, '');
}

/** Walks the characters and keeps, for each number of letters used so far, whether only first readings were needed. */
function matchEntry({ phrase, spellings }: Entry, query: string, first: number): PinyinMatch | undefined {
  let reached = new Map<number, boolean>([[0, true]]);
  for (let index = first; index < spellings.length; index++) {
    const next = new Map<number, boolean>();
    for (const [used, exact] of reached) {
      (spellings[index] as Spelling).forEach((spelling, reading) => {
        for (const size of prefixSizes(spelling, query, used)) {
          const sure = exact && reading === 0;
          next.set(used + size, sure || next.get(used + size) === true);
        }
      });
    }
    const exact = next.get(query.length);
    if (exact !== undefined) {
      const left = spellings.slice(index + 1);
      const rest = left.map(([spelling]) => (spelling as string).charAt(0)).join('');
      return { phrase, rest, complete: left.length === 0, exact };
    }
    if (next.size === 0) return undefined;
    reached = next;
  }
  return undefined;
}

/** How many letters of `spelling` may be typed at `at`: all, its initial, or what the query ends with. */
function prefixSizes(spelling: string, query: string, at: number): number[] {
  let shared = 0;
  while (shared < spelling.length && at + shared < query.length && spelling[shared] === query[at + shared]) shared++;
  if (shared === 0) return [];
  const sizes = [1];
  if (shared >= 2 && /^[zcs]h/.test(spelling)) sizes.push(2);
  if (shared > 1 && (shared === spelling.length || at + shared === query.length)) sizes.push(shared);
  return sizes;
}
