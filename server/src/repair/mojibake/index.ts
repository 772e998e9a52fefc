/**
 * Repairs byte-shift mojibake: 確!鞍税藨(zhàn)略” was 確保“八八戰略”.
 *
 * Two replacements had been run over GBK bytes without regard to character boundaries (see ../byteDamage.ts). Where the
 * second byte of one character and the first of the next happened to match a search string, a byte was lost and the
 * pairs shifted until they were in step again. Here the pair is put back, the bytes that a decoder then lost are tried,
 * the characters are decoded again, and the readings are ranked by a character model. A reading is accepted only if
 * simulating the damage on it gives back exactly what was observed and no other comes near it.
 *
 * suspicion.ts finds where to look, search.ts what may have been there, acceptance.ts decides what is accepted. The
 * search is bounded for each place, and so is the number of places, so the time grows at most linearly with the text.
 */
import type { Resumable } from '../../text/resumable';
import type { Span } from '../../text/span';
import { CharacterCounts, CharacterModel } from '../characterModel';
import { type Gbk, gbk } from '../gbk';
import { withoutAnnotations } from '../readings';
import { Acceptance, type AcceptedPlace, type Decoders, type Effort } from './acceptance';
import type { Frontier } from './frontier';
import { REACH } from './marksAround';
import { Page, type Traits } from './page';
import { MAX_LENGTH, REPLACEMENT, UNHEARD } from './scale';
import { Search } from './search';
import { Suspicion } from './suspicion';

/** A run that reads as prose costs less than this per character, */
const PROSE = 6;
/** and no single character costs more than this: that would show that two were merged into one. */
const ODD = 9.5;
/** Distance around a place within which its subject is looked for. */
const MAX_DISTANCE = 250;
/** Maximum number of passes over what was left, each using what was read before. */
const ROUNDS = 4;
/**
 * Maximum number of characters scored, a few seconds' work; a text of 100,000 characters damaged like a scraped one
 * takes a tenth.
 */
const MAX_WORK = 8_000_000;

/** A damaged place. */
export interface MojibakePlace {
  readonly start: number;
  readonly end: number;
  /** What may have been there, most likely first; empty if there is no evidence, never for a clear or likely place. */
  readonly candidates: readonly string[];
  /** `clear`: the first candidate is beyond doubt; `likely`: it should be checked; `open`: there is no evidence. */
  readonly confidence: 'clear' | 'likely' | 'open';
}

/**
 * Cache across versions of a text: at which of its places nothing was found before there was evidence that the text is
 * damaged. That depends only on the lines around a place, and on the conditions of the text as a whole.
 */
export interface SoundPlaces {
  /** The work it took to find nothing at `start` under `conditions`; undefined if that is not known. */
  workAt(start: number, conditions: string): number | undefined;
  /** Records that nothing was found at `start`. */
  keep(start: number, conditions: string, work: number): void;
}

/** Number of lines before and after a line that may affect what is found in the line. */
export const LINES_BEFORE = 1;
export const LINES_AFTER = 5;
export const CHARACTERS_AFTER = MAX_LENGTH + REACH + 100;

/** What the document's annotations show: which pair of bytes is followed by which reading. */
export type ReadingTable = ReadonlyMap<number, string>;

/** The state that a search has learned about a whole text: enough to search a few of its lines again after an edit. */
export interface Learned {
  readonly traits: Traits;
  readonly table: ReadingTable;
  /** Counts of the text's own characters; undefined if nothing damaged was found, and so nothing was learned. */
  readonly own: CharacterCounts | undefined;
  /** Whether there is evidence that the text is damaged. */
  readonly damaged: boolean;
  readonly decoders: Decoders;
}

export interface Searched {
  readonly places: readonly MojibakePlace[];
  readonly learned: Learned;
}

/**
 * Finds the damaged places of `text`. What may have been there is ranked by `counts` and by the text itself, which
 * repeats its own places and programmes. `table` is empty if no readings were inserted. `sound` only saves time.
 */
export function* searchMojibake(
  text: string,
  counts: CharacterCounts,
  table: ReadingTable,
  sound?: SoundPlaces,
): Resumable<Searched | undefined> {
  const set = gbk();
  yield;
  if (!set) return undefined;
  const reader = new Reader(text, set, counts, { table, sound });
  const places = yield* reader.places();
  return { places, learned: reader.learned() };
}

/**
 * The damaged places of `text` that begin between `from` and `to`, judged by the state `learned` from the version
 * before a few of its lines changed. Undefined if there are some although nothing was damaged before: then the whole
 * text has to be searched.
 */
export function* mojibakeWithin(
  text: string,
  counts: CharacterCounts,
  learned: Learned,
  { start: from, end: to }: Span,
): Resumable<MojibakePlace[] | undefined> {
  const set = gbk();
  yield;
  return set ? yield* new Reader(text, set, counts, learned).placesWithin(from, to) : [];
}

/** Reads the places of one text, and learns from those that are beyond doubt. */
class Reader {
  private readonly page: Page;
  private readonly suspicion: Suspicion;
  private readonly search: Search;
  private readonly acceptance: Acceptance;
  private readonly found = new Map<number, AcceptedPlace>();
  private readonly sound: SoundPlaces | undefined;
  private own: CharacterCounts | undefined;

  constructor(
    text: string,
    gbk: Gbk,
    private readonly counts: CharacterCounts,
    known: Partial<Learned> & { readonly table: ReadingTable; readonly sound?: SoundPlaces | undefined },
  ) {
    this.page = new Page(text, gbk, counts, known.table, known.traits);
    this.suspicion = new Suspicion(this.page);
    this.search = new Search(this.page);
    this.acceptance = new Acceptance(this.page);
    this.sound = known.sound;
    this.own = known.own;
    if (known.own) this.page.model = new CharacterModel(counts, known.own);
    if (known.damaged) this.page.damaged = true;
    if (known.decoders) this.acceptance.decoders = known.decoders;
  }

  /** The learned state, after the search. */
  learned(): Learned {
    const { traits, table, damaged } = this.page;
    return { traits, table, own: this.own, damaged, decoders: this.acceptance.decoders };
  }

  /** The places that begin between `from` and `to`, in order; see {@link mojibakeWithin}. Learns nothing. */
  *placesWithin(from: number, to: number): Resumable<MojibakePlace[] | undefined> {
    const places: MojibakePlace[] = [];
    const suspects = yield* this.suspicion.suspects(from, to);
    let done = from;
    for (const start of suspects) {
      if (start < done) continue;
      const place = yield* this.placeAt(start);
      yield;
      if (!place) continue;
      // It may be the first evidence of damage, which affects how everything else is read.
      if (!this.page.damaged && (!this.own || place.teaches)) return undefined;
      this.acceptance.previous = place;
      places.push(place);
      done = place.end;
    }
    if (this.page.damaged) return this.withUnread(places, suspects);
    return this.withUnread(
      this.unlikely(places),
      suspects.filter((start) => this.isSign(start)),
    );
  }

  /** Those of `places` that are reported although nothing is beyond doubt. */
  private unlikely(places: readonly MojibakePlace[]): MojibakePlace[] {
    const unlikely = places.filter(({ start }) => this.suspicion.isSuspicious(start, UNHEARD));
    return unlikely.map((place) => ({ ...place, confidence: 'open' }));
  }

  /** Whether it is a replacement character, which is damage whatever is around it. */
  private isSign(start: number): boolean {
    return this.page.text.charCodeAt(start) === REPLACEMENT;
  }

  *places(): Resumable<MojibakePlace[]> {
    yield;
    const suspects = yield* this.suspicion.suspects();
    yield;
    // Learning the text is most of the work; the shipped model shows whether there is anything to read at all.
    let some = false;
    // Evidence from a misplaced reading is about the whole text.
    const sound = this.page.table.size === 0 && !this.page.damaged ? this.sound : undefined;
    const conditions = this.page.conditions();
    for (let at = 0; at < suspects.length && !some; at++) {
      const start = suspects[at]!;
      const before = this.page.work;
      const work = sound?.workAt(start, conditions);
      if (work !== undefined && before <= MAX_WORK) {
        this.page.work += work;
        continue;
      }
      some = (yield* this.placeAt(start)) !== undefined;
      if (!some && before <= MAX_WORK) sound?.keep(start, conditions, this.page.work - before);
      yield;
    }
    const signs = suspects.filter((start) => this.isSign(start));
    if (!some) return this.withUnread([], signs);
    this.learnText(suspects);
    yield;
    let places = yield* this.collect(suspects);
    // As long as nothing is beyond doubt, merely suspected damage is left alone.
    if (!this.page.damaged && !places.some(({ teaches }) => teaches)) {
      return this.withUnread(this.unlikely(places), signs);
    }
    // The text is known to be damaged: now a rare mark is further evidence of damage.
    this.page.damaged = true;
    const more = [...new Set([...(yield* this.suspicion.suspects()), ...this.found.keys()])].sort((a, b) => a - b);
    this.learnText(more);
    yield;
    places = yield* this.collect(more);
    return this.withUnread(places, more);
  }

  /**
   * `places` with those at which something is damaged without evidence of what it was. Silence would suggest that they
   * are sound.
   */
  private withUnread(places: readonly MojibakePlace[], starts: readonly number[]): MojibakePlace[] {
    const all = [...places];
    const isRead = (start: number, end: number) => all.some((place) => place.start < end && place.end > start);
    for (const start of starts) {
      if (!this.isSign(start) && !this.suspicion.isGarbled(start)) continue;
      const end = this.suspicion.endOfGarbled(start);
      if (!isRead(start, end)) all.push({ start, end, candidates: [], confidence: 'open' });
    }
    return all.sort((a, b) => a.start - b.start);
  }

  /**
   * Searches the places that begin at `starts`, in order. Readings beyond doubt are learned from, and may clear up
   * others: the same words are damaged wherever they occur.
   */
  private *collect(starts: readonly number[]): Resumable<AcceptedPlace[]> {
    let places: AcceptedPlace[] = [];
    const sound = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      places = [];
      this.acceptance.previous = undefined;
      let learned = false;
      let done = 0;
      for (const start of starts) {
        if (start < done || sound.has(start)) continue;
        const known = this.found.get(start);
        const taught = known?.teaches === true;
        const place = taught ? known : yield* this.placeAt(start);
        yield;
        if (!place) {
          sound.add(start);
          continue;
        }
        this.found.set(start, place);
        this.acceptance.vote(place);
        this.acceptance.previous = place;
        places.push(place);
        done = place.end;
        if (taught || !place.teaches) continue;
        learned = true;
        this.learnPlace(place);
        // A text went through the same decoders everywhere; all places together show which.
        const first = this.acceptance.decoders.first & place.decoders.first;
        const second = this.acceptance.decoders.second & place.decoders.second;
        if (first !== 0 && second !== 0) this.acceptance.decoders = { first, second };
      }
      if (!learned) break;
    }
    return places;
  }

  /** Learns from the text, except for what follows the places in `suspects`: damage must not confirm itself. */
  private learnText(suspects: readonly number[]): void {
    const own = new CharacterCounts();
    this.own = own;
    for (const place of this.found.values()) if (place.teaches) this.learnPlace(place);
    const pieces: string[] = [];
    let from = 0;
    let next = 0;
    const take = (to: number, goOn: number) => {
      if (to > from) pieces.push(this.page.text.slice(from, to));
      from = Math.max(from, goOn);
    };
    for (const annotation of [...this.page.annotations, undefined]) {
      if (annotation && !annotation.opened) continue;
      const until = annotation?.start ?? this.page.text.length;
      for (; next < suspects.length && suspects[next]! <= until; next++) {
        const suspect = suspects[next]!;
        if (suspect < from) continue;
        take(suspect - 1, this.suspicion.endOfUnlikely(suspect));
        pieces.push('\n');
      }
      take(until, annotation?.end ?? until);
    }
    own.learn(pieces.join(''));
    this.page.model = new CharacterModel(this.counts, own);
  }

  private learnPlace({ start, end, candidates }: AcceptedPlace): void {
    const { text } = this.page;
    const place = `\n${text.slice(Math.max(0, start - 4), start)}${candidates[0]}${text.slice(end, end + 4)}\n`;
    this.own?.learn(withoutAnnotations(place));
  }

  private *placeAt(start: number): Resumable<AcceptedPlace | undefined> {
    // An earlier result is better than nothing once the budget is used up.
    if (this.page.work > MAX_WORK) return this.found.get(start);
    const { text } = this.page;
    const after = text.slice(start + 40, start + MAX_DISTANCE);
    this.page.model.surround(withoutAnnotations(text.slice(Math.max(0, start - MAX_DISTANCE), start) + after));
    const annotation = this.page.insertionAfter(start);
    const unheard = annotation !== undefined || this.suspicion.isSuspicious(start, UNHEARD);
    const effort = unheard ? 'all' : this.page.damaged ? 'some' : 'none';
    return yield* this.read(start, effort, (into) => {
      this.search.beginFolded(start, into);
      this.search.beginCut(start, into);
      if (annotation) this.search.beginInserted(start, annotation, into);
    });
  }

  /**
   * Follows the readings that `begin` adds until bytes and characters are in step again. Returns the place that begins
   * at `start`, or undefined if the original text is as likely.
   */
  private *read(start: number, effort: Effort, begin: (into: Frontier) => void): Resumable<AcceptedPlace | undefined> {
    const most = this.page.traits.losesNothing ? 'none' : effort;
    const first = most === 'all' ? 'none' : most;
    const readings = yield* this.search.follow(start, begin, this.acceptance.losses(first));
    const place = yield* this.acceptance.judge(start, readings);
    // If all bytes of the run are there it reads as prose; only otherwise may whole pairs have been lost.
    if (first === most || (place && place.cost < PROSE && place.worst < ODD)) return place;
    const more = yield* this.search.follow(start, begin, this.acceptance.losses(most));
    return yield* this.acceptance.judge(start, [...readings, ...more]);
  }
}
