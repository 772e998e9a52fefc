/**
 * Byte-shift mojibake: 確!鞍税藨(zhàn)略” was 確保“八八戰略”.
 *
 * Two replacements had been run over GBK bytes without regard to where characters begin (see byteDamage.ts). Where the
 * second byte of one character and the first of the next happened to spell what was looked for, a byte was lost and the
 * pairs slid until they met again. Here the pair is put back, the bytes that a decoder then lost are tried, the
 * characters are read anew, and the readings are ranked by a model of which characters follow each other. A reading is
 * believed only where running the damage on it gives back exactly what was observed and no other comes near it.
 *
 * What is searched is bounded for each place and in number, so that the time grows with the text at most.
 */
import { isHan } from '../text/characters';
import type { Pieces } from '../text/pieces';
import { type Script, scriptOf, scriptShownBy } from '../text/script';
import { annotateAgain, DECODERS, FOLDED, foldAgain } from './byteDamage';
import { BOUNDARY, CharacterCounts, CharacterModel, characterClass } from './characterModel';
import { type Gbk, gbk, isLead, isTrail } from './gbk';
import { type Annotation, annotationsIn, isReadingOf, withoutAnnotations } from './readings';

/** A damaged place. */
export interface MojibakePlace {
  readonly start: number;
  readonly end: number;
  /** What may have stood there, most likely first. */
  readonly candidates: readonly string[];
  /** `clear`: the first candidate is beyond doubt; `likely`: it should be looked at; `open`: nothing tells. */
  readonly confidence: 'clear' | 'likely' | 'open';
}

/** What the document's annotations tell: which pair of bytes is followed by which reading. */
export type ReadingTable = ReadonlyMap<number, string>;

/**
 * Finds the damaged places of `text`. `counts` rank what may have stood there, and the text itself, which names its own
 * places and programmes again and again. `table` is empty where no readings were inserted.
 */
export function* mojibakePlaces(text: string, counts: CharacterCounts, table: ReadingTable): Pieces<MojibakePlace[]> {
  const set = gbk();
  return set ? yield* new Search(text, set, counts, table).places() : [];
}

/** How many readings are followed at a time, and how much less likely (in nats) than the best they may be. */
const BEAM = 48;
const BEHIND = 12;
/** Readings that agree in their last two characters go on alike: so many of them are kept. */
const ALIKE = 3;
/** A run this long is no slid run. */
const LONGEST = 600;
/** More pairs lost in the middle of a run than these cannot be restored. */
const MOST_LOSSES = 3;
/** What is unlikely in itself, in nats: a break that the page had and the text has not; */
const BREAK_COST = 9;
/** a reading behind a character that is not read so; */
const MISPLACED_COST = 8;
/** a pair of bytes dropped without a trace; */
const LOSS_COST = 2;
/** a character of the other script; */
const FOREIGN_COST = 6;
/** a sentence that ends inside quotation marks and goes on after them; */
const GOES_ON_COST = 4;
/** a blank, which the model does not count. */
const BLANK_COST = 8;
/** How much likelier than any other a reading must be to be clear, and to be likely. */
const CLEAR = 4.5;
const LIKELY = 0.7;
/** The same for a reading that a second look may be built on. */
const TEACHES = 3.5;
/** How much likelier than the text as it stands, as long as nothing shows that the text is damaged at all. */
const BETTER = 6;
/** How much where it is known to be. */
const AS_GOOD = 1.5;
/** A run that reads as prose costs less than this for each character, */
const PROSE = 6;
/** and no single one more than this: that would show that two were taken for one. */
const ODD = 9.5;
/** A run of so many characters has probably lost some, in a text that may have lost any. */
const MAY_HAVE_LOST = 4;
/** Text whose characters cost less needs no second look; where they cost as much as that it is no Chinese. */
const ORDINARY = 6;
const UNHEARD = 7.5;
/** Text after a suspicious mark is looked at in stretches of so many characters. */
const STRETCH = 16;
/** So far around a place its subject is looked for. */
const NEARBY = 250;
/** So much of the text behind a place is damaged again with it. */
const CONTEXT = 6;
/** How often what was left is looked at again in the light of what was read. */
const ROUNDS = 3;
/** Suspicious places beyond this number are not searched, so that no text takes for ever. */
const MOST_SUSPECTS = 3000;
/** So many characters are weighed at most, a few seconds' work; a text of 100,000 with places like a scraped one takes a tenth. */
const MOST_WORK = 4_000_000;
/** So many readings of a place are damaged again, each as much work as weighing so many characters. */
const MOST_TRIED = 60;
const VERIFYING = 500;
/** Marks of which a text has few. */
const RARE = new Set([...'!?;:'].map((mark) => mark.charCodeAt(0)));
const QUESTION = 0x3f;
const REPLACEMENT = 0xfffd;
/** The carry after a lost pair. */
const UNKNOWN = -1;

/** A reading under way: a chain of characters, last one first. */
interface Reading {
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

interface Finished {
  readonly reading: Reading;
  /** Where bytes and characters are in step again. */
  readonly end: number;
  /** True where that takes a break that the page had there and the text has not. */
  readonly broken: boolean;
}

/** What was found at a place, with what the search needs to go on. */
interface Found extends MojibakePlace {
  readonly margin: number;
  /** What a character of the first candidate costs on average, and at most. */
  readonly cost: number;
  readonly worst: number;
  readonly decoders: Decoders;
}

/** Which of {@link DECODERS} may have come after the annotating and after the folding, one bit each. */
interface Decoders {
  readonly first: number;
  readonly second: number;
}

const ALL_DECODERS: Decoders = { first: (1 << DECODERS.length) - 1, second: (1 << DECODERS.length) - 1 };

/** Readings under way by where they go on, and those that are through. */
class Frontier {
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

/** A stretch of text as it stands, and how likely it is from any of its places on. */
class Standing {
  /** The logarithm of the probability of all from the third on, by index. */
  private readonly rest: Float64Array;

  constructor(
    private readonly model: CharacterModel,
    private readonly places: readonly number[],
    private readonly classes: readonly number[],
    /** What stands misplaced before each character, and at the end. */
    private readonly costs: readonly number[],
    private readonly lastCost: number,
  ) {
    const count = classes.length;
    this.rest = new Float64Array(count + 1);
    this.rest[count] = -lastCost;
    for (let index = count - 1; index >= 2; index--) {
      const probability = model.logProbability(classes[index - 2]!, classes[index - 1]!, classes[index]!);
      this.rest[index] = this.rest[index + 1]! + probability - costs[index]!;
    }
  }

  /** How likely it is from `from` on after the characters of `reading`. */
  after(reading: Reading, from: number): number {
    const { places, classes, costs, model } = this;
    let index = 0;
    let high = places.length;
    while (index < high) {
      const middle = (index + high) >> 1;
      if (places[middle]! < from) index = middle + 1;
      else high = middle;
    }
    if (index === places.length) return -this.lastCost;
    const one = classes[index]!;
    let score = model.logProbability(reading.first, reading.second, one) - costs[index]!;
    if (index + 1 === places.length) return score - this.lastCost;
    score += model.logProbability(reading.second, one, classes[index + 1]!) - costs[index + 1]!;
    return index + 2 < places.length ? score + this.rest[index + 2]! : score - this.lastCost;
  }
}

class Search {
  private readonly annotations: readonly Annotation[];
  private readonly annotationAt = new Map<number, Annotation>();
  private readonly annotationTo = new Map<number, Annotation>();
  private readonly script: Script | undefined;
  /** True where the decoder has kept what spells nothing, or left a sign for it. */
  private readonly losesNothing: boolean;
  /** The marks that were folded: all, or all whose full-width form the text has no more. */
  private readonly folds: readonly ReadonlySet<number>[];
  private readonly found = new Map<number, Found>();
  private own = new CharacterCounts();
  private model: CharacterModel;
  private decoders = ALL_DECODERS;
  /** The place read last. */
  private previous: Found | undefined;
  /** True once something shows that the text is damaged: a place read beyond doubt, a reading out of place. */
  private damaged: boolean;
  /** How many characters were weighed so far. */
  private work = 0;

  constructor(
    private readonly text: string,
    private readonly gbk: Gbk,
    private readonly counts: CharacterCounts,
    private readonly table: ReadingTable,
  ) {
    this.model = new CharacterModel(counts);
    this.script = scriptOf(text).script;
    this.losesNothing = /[\ue000-\uf8ff\ufffd]/.test(text);
    const gone = new Set([...FOLDED].filter((mark) => !text.includes(String.fromCharCode(mark + 0xfee0))));
    this.folds = gone.size < FOLDED.size ? [FOLDED, gone] : [FOLDED];
    this.annotations = annotationsIn(text);
    for (const annotation of this.annotations) {
      this.annotationAt.set(annotation.start, annotation);
      if (annotation.opened) this.annotationTo.set(annotation.end, annotation);
    }
    // A reading behind a character that is not read so can only come of bytes out of step.
    this.damaged = this.annotations.some((annotation) => this.misplacedStart(annotation) >= 0);
  }

  *places(): Pieces<MojibakePlace[]> {
    const suspects = this.suspects();
    yield;
    // Learning the text is most of the work; what is learned already tells whether there is anything to read at all.
    let some = false;
    for (let at = 0; at < suspects.length && !some; at++) {
      some = this.placeAt(suspects[at]!) !== undefined;
      yield;
    }
    if (!some) return [];
    this.learnText(suspects);
    yield;
    let places = yield* this.collect(suspects);
    // As long as nothing is beyond doubt, what only may be damage is left alone.
    if (!this.damaged && !places.some(teaches)) {
      return places
        .filter(({ start }) => this.isSuspicious(start, UNHEARD))
        .map((place) => ({ ...place, confidence: 'open' }));
    }
    // The text is known to be damaged: now a rare mark is one more thing that may have come of it.
    this.damaged = true;
    const more = [...new Set([...this.suspects(), ...this.found.keys()])].sort((a, b) => a - b);
    this.learnText(more);
    yield;
    places = yield* this.collect(more);
    return places;
  }

  // Where to look ---------------------------------------------------------------------------------------------------

  /** Where damage may begin, in order: at a mark that something unlikely follows, before a reading out of place. */
  private suspects(): number[] {
    const found: number[] = [];
    for (let at = 0; at < this.text.length && found.length < MOST_SUSPECTS; at++) {
      const annotation = this.annotationAt.get(at);
      if (annotation) {
        const start = this.misplacedStart(annotation);
        if (start >= 0 && found[found.length - 1] !== start) found.push(start);
        at = annotation.end - 1;
        continue;
      }
      const code = this.text.charCodeAt(at);
      if (!FOLDED.has(code) && code !== REPLACEMENT) continue;
      // No ideograph begins with the bytes that follow A3 in parentheses: hardly anything can have been damaged there.
      const ordinary = code === 0x28 || code === 0x29 ? UNHEARD : ORDINARY;
      const suspicious = code === REPLACEMENT || (this.damaged && this.isRare(at)) || this.isSuspicious(at, ordinary);
      if (suspicious) found.push(at);
    }
    return found;
  }

  /** The place of the character behind which a reading stands that is not its own; -1 where all is well. */
  private misplacedStart({ start, opened, reading }: Annotation): number {
    if (this.table.size === 0 || start === 0) return -1;
    const before = this.text.charCodeAt(start - 1);
    if (!opened) return start - 1;
    if (isReadingOf(reading, before)) return -1;
    return before === REPLACEMENT || before === QUESTION ? start - 2 : start - 1;
  }

  /** True for a mark of which texts have few, and for a common one before a single letter. */
  private isRare(at: number): boolean {
    if (RARE.has(this.text.charCodeAt(at))) return true;
    const letter = this.text.charCodeAt(at + 1);
    return letter < 0x80 && isTrail(letter) && this.text.charCodeAt(at + 2) > 0x7f;
  }

  /** True where a reading follows the mark, or the letter behind it. */
  private isBeforeMisplaced(at: number): boolean {
    return this.annotationAt.has(at + 1) || (this.text.charCodeAt(at + 1) < 0x80 && this.annotationAt.has(at + 2));
  }

  /** True where a reading follows the mark, or characters that are unlikely there. */
  private isSuspicious(at: number, ordinary = ORDINARY): boolean {
    if (this.table.size > 0 && this.isBeforeMisplaced(at)) return true;
    let { first, second } = this.startAt(at);
    let score = 0;
    let seen = 0;
    for (let place = at; place <= this.text.length && seen < 5; place++) {
      const annotation = this.annotationAt.get(place);
      if (annotation?.opened) {
        place = annotation.end - 1;
        continue;
      }
      const next = place < this.text.length ? characterClass(this.text.charCodeAt(place)) : BOUNDARY;
      if (next < 0) continue;
      score += this.model.logProbability(first, second, next);
      seen++;
      if (seen > 1 && score < -ordinary * seen) return true;
      first = second;
      second = next;
    }
    return false;
  }

  /**
   * Searches the places that begin at `starts`, in order. What was read beyond doubt is learned from, and may make clear
   * what was not: the same words are damaged wherever they stand.
   */
  private *collect(starts: readonly number[]): Pieces<Found[]> {
    let places: Found[] = [];
    const sound = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      places = [];
      this.previous = undefined;
      let learned = false;
      let done = 0;
      for (const start of starts) {
        if (start < done || sound.has(start)) continue;
        const known = this.found.get(start);
        const taught = known !== undefined && teaches(known);
        const place = taught ? known : this.placeAt(start);
        yield;
        if (!place) {
          sound.add(start);
          continue;
        }
        this.found.set(start, place);
        this.previous = place;
        places.push(place);
        done = place.end;
        if (taught || !teaches(place)) continue;
        learned = true;
        this.learnPlace(place);
        // A text went through the same decoders everywhere; the places tell together which.
        const first = this.decoders.first & place.decoders.first;
        const second = this.decoders.second & place.decoders.second;
        if (first !== 0 && second !== 0) this.decoders = { first, second };
      }
      if (!learned) break;
    }
    return places;
  }

  // Learning from the text itself -----------------------------------------------------------------------------------

  /** Learns from the text, but for what follows the places in `suspects`: damage must not vouch for itself. */
  private learnText(suspects: readonly number[]): void {
    const own = new CharacterCounts();
    this.own = own;
    for (const place of this.found.values()) if (teaches(place)) this.learnPlace(place);
    const pieces: string[] = [];
    let from = 0;
    let next = 0;
    const take = (to: number, goOn: number) => {
      if (to > from) pieces.push(this.text.slice(from, to));
      from = Math.max(from, goOn);
    };
    for (const annotation of [...this.annotations, undefined]) {
      if (annotation && !annotation.opened) continue;
      const until = annotation?.start ?? this.text.length;
      for (; next < suspects.length && suspects[next]! <= until; next++) {
        const suspect = suspects[next]!;
        if (suspect < from) continue;
        take(suspect - 1, this.endOfUnlikely(suspect));
        pieces.push('\n');
      }
      take(until, annotation?.end ?? until);
    }
    own.learn(pieces.join(''));
    this.model = new CharacterModel(this.counts, own);
  }

  private learnPlace({ start, end, candidates }: Found): void {
    const { text } = this;
    const place = `\n${text.slice(Math.max(0, start - 4), start)}${candidates[0]}${text.slice(end, end + 4)}\n`;
    this.own.learn(withoutAnnotations(place));
  }

  /** Where ordinary text begins again after the suspicious place `at`. */
  private endOfUnlikely(at: number): number {
    let place = at + STRETCH;
    for (; place < this.text.length; place += STRETCH) {
      const end = Math.min(this.text.length, place + STRETCH);
      if (this.asItStands(this.startAt(place), place, end) > -ORDINARY * (end - place)) break;
    }
    return Math.min(place, this.text.length);
  }

  // Scoring ---------------------------------------------------------------------------------------------------------

  /** The reading of nothing yet, at `at`. */
  private startAt(at: number): Reading {
    const classes: number[] = [];
    for (let place = at; classes.length < 2 && place > 0; ) {
      const annotation = this.annotationTo.get(place);
      place = annotation ? annotation.start : place - 1;
      if (annotation) continue;
      const kind = characterClass(this.text.charCodeAt(place));
      if (kind >= 0) classes.push(kind);
    }
    const [second = BOUNDARY, first = BOUNDARY] = classes;
    return { before: undefined, code: 0, first, second, score: 0, carry: 0, lost: 0, losses: 0 };
  }

  private added(reading: Reading, code: number, carry: number, lost = 0): Reading {
    this.work++;
    const next = characterClass(code);
    const blank = next < 0;
    let score = reading.score;
    score += blank ? -BLANK_COST : this.model.logProbability(reading.first, reading.second, next);
    // What ends inside quotation marks as a sentence does not go on after them (GB/T 15834-2011, 4.8).
    if (reading.code === 0x201d && reading.before?.code === 0x3002 && isHan(code)) score -= GOES_ON_COST;
    if (this.isForeign(code)) score -= FOREIGN_COST;
    if (lost > 0) score -= LOSS_COST;
    return {
      before: reading,
      code,
      first: blank ? reading.first : reading.second,
      second: blank ? reading.second : next,
      score,
      carry,
      lost,
      losses: lost > 0 ? reading.losses + 1 : reading.losses,
    };
  }

  /** True for a character that shows the script that the text is not in. */
  private isForeign(code: number): boolean {
    const shown = scriptShownBy(code);
    return shown !== undefined && this.script !== undefined && shown !== this.script;
  }

  /** How likely the text from `from` to `to` is as it stands, after the characters of `reading`. */
  private asItStands(reading: Reading, from: number, to: number): number {
    return this.standing(from, to).after(reading, from);
  }

  /** The text from `from` to `to` as it stands, prepared to be weighed from any place within. */
  private standing(from: number, to: number): Standing {
    const places: number[] = [];
    const classes: number[] = [];
    const costs: number[] = [];
    let cost = 0;
    for (let at = from; at < to; at++) {
      const annotation = this.annotationAt.get(at);
      if (annotation?.opened) {
        if (at > 0 && !isReadingOf(annotation.reading, this.text.charCodeAt(at - 1))) cost += MISPLACED_COST;
        at = annotation.end - 1;
        continue;
      }
      const next = at < this.text.length ? characterClass(this.text.charCodeAt(at)) : BOUNDARY;
      if (next < 0) continue;
      places.push(at);
      classes.push(next);
      costs.push(cost);
      cost = 0;
    }
    return new Standing(this.model, places, classes, costs, cost);
  }

  // Reading a place -------------------------------------------------------------------------------------------------

  private placeAt(start: number): Found | undefined {
    if (this.work > MOST_WORK) return undefined;
    const { text } = this;
    const after = text.slice(start + 40, start + NEARBY);
    this.model.surround(withoutAnnotations(text.slice(Math.max(0, start - NEARBY), start) + after));
    const annotation = this.insertionAfter(start);
    return this.search(start, annotation !== undefined || this.isSuspicious(start, UNHEARD), (into) => {
      this.beginFolded(start, into);
      if (annotation) this.beginInserted(start, annotation, into);
    });
  }

  /** The reading that was inserted into the character at `start` and the next. */
  private insertionAfter(start: number): Annotation | undefined {
    for (const at of [start + 1, start + 2]) {
      const annotation = this.annotationAt.get(at);
      if (!annotation || this.misplacedStart(annotation) !== start) continue;
      return this.isWide(start) || !annotation.opened ? annotation : undefined;
    }
    return undefined;
  }

  /** A half-width mark whose full-width form spanned two characters, the first of which lost its lead byte. */
  private beginFolded(at: number, into: Frontier): void {
    const start = this.startAt(at);
    const code = this.text.charCodeAt(at);
    if (!FOLDED.has(code) && code !== REPLACEMENT) return;
    const sign = code === REPLACEMENT || code === QUESTION;
    const marked = this.text.charCodeAt(at + 1);
    for (let lost = 0x81; lost <= 0xfe; lost++) {
      const character = this.gbk.decode((lost << 8) | 0xa3);
      if (character === 0) continue;
      const begun = this.added(start, character, 0);
      if (FOLDED.has(code)) into.add(at + 1, { ...begun, carry: code + 0x80 });
      if (!sign) continue;
      if (FOLDED.has(marked)) into.add(at + 2, { ...begun, carry: marked + 0x80 });
      for (const mark of FOLDED) into.add(at + 1, { ...begun, carry: mark + 0x80 });
    }
  }

  /** A character whose second byte, with the first of the next, was taken for another: its reading stands between. */
  private beginInserted(start: number, annotation: Annotation, into: Frontier): void {
    const holder = this.text.charCodeAt(start);
    const trail = this.gbk.encode(holder) & 0xff;
    const begun = this.added(this.startAt(start), holder, 0);
    for (const carry of this.secondBytes(trail, annotation.reading)) into.add(annotation.end, { ...begun, carry });
    if (annotation.opened) return;
    // Or the second byte was lost with the parenthesis, in a run that folding ended later, and the first by that.
    for (const [pair, reading] of this.table) {
      if (reading === annotation.reading) into.finish(annotation.end, this.added(begun, this.gbk.decode(pair), 0));
    }
  }

  /** The second bytes of characters with `reading` whose first is `lead`: of those in the table, or else of all. */
  private secondBytes(lead: number, reading: string): number[] {
    const known: number[] = [];
    const possible: number[] = [];
    for (let second = 0x81; second <= 0xfe && isLead(lead); second++) {
      const pair = (lead << 8) | second;
      const code = this.gbk.decode(pair);
      if (this.table.get(pair) === reading) known.push(second);
      else if (code !== 0 && isReadingOf(reading, code)) possible.push(second);
    }
    return known.length > 0 ? known : possible;
  }

  /**
   * Follows the readings that `begin` enters until bytes and characters are in step again. Returns the place that begins
   * at `start`, or undefined where the text as it stands is as likely.
   */
  private search(start: number, thorough: boolean, begin: (into: Frontier) => void): Found | undefined {
    const simple = this.follow(start, begin, false);
    const place = this.judge(start, simple);
    // Where all bytes of the run are there it reads as prose; only where it does not, more may have been lost.
    if (!thorough || this.losesNothing || (place && place.cost < PROSE && place.worst < ODD)) return place;
    return this.judge(start, [...simple, ...this.follow(start, begin, true)]);
  }

  private follow(start: number, begin: (into: Frontier) => void, losing: boolean): readonly Finished[] {
    const into = new Frontier();
    begin(into);
    const limit = Math.min(this.text.length, start + LONGEST);
    let standing = this.startAt(start);
    for (let at = start; at <= limit && !into.isEmpty(); at++) {
      const taken = into.take(at);
      // All of the first bytes are tried, but not with all of the last ones too.
      const readings = this.isWide(at) ? taken : taken.slice(0, BEAM);
      // What reads so much worse than the text as it stands will not end as the better one.
      if (readings.length > 0 && readings[0]!.score < standing.score - BEHIND) break;
      readings.forEach((reading, rank) => {
        this.step(reading, at, into, losing, rank < 4);
      });
      // Where a pair was lost the reading goes on at the same place.
      for (const reading of into.take(at)) this.step(reading, at, into, losing, false);
      if (at < this.text.length && !this.annotationOver(at)?.opened) {
        standing = this.added(standing, this.text.charCodeAt(at), 0);
      }
    }
    return into.finished;
  }

  /** True where two bytes follow, so that the next character is known. */
  private isWide(at: number): boolean {
    return at < this.text.length && this.gbk.encode(this.text.charCodeAt(at)) > 0xff;
  }

  /** The annotation that `at` lies in. */
  private annotationOver(at: number): Annotation | undefined {
    let low = 0;
    let high = this.annotations.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.annotations[middle]!.end <= at) low = middle + 1;
      else high = middle;
    }
    const annotation = this.annotations[low];
    return annotation && annotation.start <= at ? annotation : undefined;
  }

  private step(reading: Reading, at: number, into: Frontier, losing: boolean, likely: boolean): void {
    const code = at < this.text.length ? this.text.charCodeAt(at) : BOUNDARY;
    const pair = this.gbk.encode(code);
    const first = pair > 0xff ? pair >> 8 : pair;
    const second = pair > 0xff ? pair & 0xff : 0;
    if (reading.carry === UNKNOWN) {
      if (!isTrail(first)) return;
      for (let lead = 0x81; lead <= 0xfe; lead++) {
        if (this.gbk.decode((reading.lost << 8) | lead) === 0) this.join(reading, lead, first, second, at + 1, into);
      }
      return;
    }
    this.stepOverDamage(reading, at, code, into);
    this.endAtStray(reading, at, into);
    if (isTrail(first)) {
      this.join(reading, reading.carry, first, second, at + 1, into);
      if (second > 0 && losing) {
        this.endBetween(reading, at, first, into, likely);
        this.losePair(reading, at, into);
      }
      return;
    }
    if (code === REPLACEMENT || code === QUESTION) {
      this.endAtSign(reading, at, into);
      if (code === REPLACEMENT && losing) this.losePair(reading, at + 1, into);
    }
    if (code !== REPLACEMENT && this.annotationAt.get(at)?.opened !== false) this.endBefore(reading, at, into);
  }

  /** Goes on where damage was done out of step within the run: what stands on both sides of it belongs together. */
  private stepOverDamage(reading: Reading, at: number, code: number, into: Frontier): void {
    const annotation = this.annotationAt.get(at);
    if (annotation?.opened) {
      const holder = at > 0 ? this.gbk.encode(this.text.charCodeAt(at - 1)) : 0;
      if (this.table.get(holder) === annotation.reading) into.add(annotation.end, reading);
    } else if (!annotation && code > 0x20 && code < 0x7f && at < this.text.length) {
      this.join(reading, reading.carry, 0xa3, code + 0x80, at + 1, into);
    }
  }

  /** Adds the character of `lead` and `trail`; with a `carry` the run goes on at `next`, without it ends there. */
  private join(reading: Reading, lead: number, trail: number, carry: number, next: number, into: Frontier): void {
    const code = this.gbk.decode((lead << 8) | trail);
    if (code === 0) return;
    if (carry >= 0x80) {
      if (isLead(carry)) into.add(next, this.added(reading, code, carry));
    } else if (carry > 0) {
      // The second byte is a letter that stood behind the character.
      into.finish(next, this.added(this.added(reading, code, 0), carry, 0));
    } else if (this.mayPrecede(code, next)) {
      into.finish(next, this.added(reading, code, 0));
    }
  }

  /** False where the reading that stands at `at` is not one of `code`. */
  private mayPrecede(code: number, at: number): boolean {
    const annotation = this.annotationAt.get(at);
    return !annotation?.opened || isReadingOf(annotation.reading, code);
  }

  /** The byte 0x80 may end a pair, never begin one: it was dropped whatever followed. */
  private endAtStray(reading: Reading, at: number, into: Frontier): void {
    const code = this.gbk.decode((reading.carry << 8) | 0x80);
    if (code === 0 || !this.mayPrecede(code, at)) return;
    const ended = this.added(reading, code, 0);
    into.finish(at, ended);
    const sign = this.text.charCodeAt(at);
    if (sign === REPLACEMENT || sign === QUESTION) into.finish(at + 1, ended);
  }

  /** A lead byte was dropped before what cannot follow one. */
  private endBefore(reading: Reading, at: number, into: Frontier): void {
    for (let last = 0x81; last <= 0xfe; last++) {
      const code = this.gbk.decode((reading.carry << 8) | last);
      if (code !== 0 && this.mayPrecede(code, at)) into.finish(at, this.added(reading, code, 0));
    }
  }

  /** The same where the decoder left a sign, alone or in place of what followed too. */
  private endAtSign(reading: Reading, at: number, into: Frontier): void {
    const swallowed = this.annotationAt.get(at);
    const kept = this.annotationAt.get(at + 1);
    for (let last = 0x81; last <= 0xfe; last++) {
      const code = this.gbk.decode((reading.carry << 8) | last);
      if (code === 0) continue;
      if (swallowed) {
        if (isReadingOf(swallowed.reading, code)) into.finish(swallowed.end, this.added(reading, code, 0));
        continue;
      }
      if (!this.mayPrecede(code, at + 1)) continue;
      const ended = this.added(reading, code, 0);
      if (!into.finish(at + 1, ended) || kept) continue;
      // Blanks, figures and marks cannot be second bytes either.
      for (let eaten = 0x20; eaten < 0x40; eaten++) into.finish(at + 1, this.added(ended, eaten, 0));
    }
  }

  /** A lead byte was dropped that spells nothing with the next, or stood before a break that the text has no more. */
  private endBetween(reading: Reading, at: number, next: number, into: Frontier, likely: boolean): void {
    for (let last = 0x81; last <= 0xfe; last++) {
      const split = this.gbk.decode((last << 8) | next) === 0;
      if (!split && !likely) continue;
      const code = this.gbk.decode((reading.carry << 8) | last);
      if (code === 0) continue;
      const ended = this.added(reading, code, 0);
      if (split) into.finish(at, ended);
      else into.finish(at, { ...ended, score: ended.score - BREAK_COST }, true);
    }
  }

  /** A pair that spells nothing was dropped, or turned into a sign before `at`. */
  private losePair(reading: Reading, at: number, into: Frontier): void {
    if (reading.losses >= MOST_LOSSES) return;
    for (const last of leadsOfLostPairs(this.gbk)) {
      const code = this.gbk.decode((reading.carry << 8) | last);
      if (code !== 0) into.add(at, this.added(reading, code, UNKNOWN, last));
    }
  }

  // Judging ---------------------------------------------------------------------------------------------------------

  private judge(start: number, finished: readonly Finished[]): Found | undefined {
    let farthest = start;
    const bestAt = new Map<number, number>();
    for (const { reading, end } of finished) {
      farthest = Math.max(farthest, end);
      bestAt.set(end, Math.max(bestAt.get(end) ?? Number.NEGATIVE_INFINITY, reading.score));
    }
    // A few characters more on the right weigh the last character read.
    const until = Math.min(this.text.length + 1, farthest + 4);
    const standing = this.standing(start, until);
    const totals: (Finished & { readonly total: number })[] = [];
    for (const { reading, end, broken } of finished) {
      if (reading.score <= bestAt.get(end)! - BEHIND) continue;
      totals.push({ reading, end, broken, total: reading.score + standing.after(reading, end) });
    }
    totals.sort((a, b) => b.total - a.total);
    const least = standing.after(this.startAt(start), start) + (this.damaged ? AS_GOOD : BETTER);

    let winner: ((typeof totals)[number] & { text: string; decoders: Decoders }) | undefined;
    const candidates: string[] = [];
    const tried = new Set<string>();
    let margin = Number.POSITIVE_INFINITY;
    for (const one of totals) {
      if (one.total < least || candidates.length === 5 || (winner && one.total < winner.total - CLEAR)) break;
      const text = this.restored(one);
      const key = `${one.end} ${text}`;
      if (tried.has(key)) continue;
      if (tried.size === MOST_TRIED) break;
      tried.add(key);
      this.work += VERIFYING;
      const decoders = this.verified(one, text, start);
      if (!decoders) continue;
      if (!winner) {
        winner = { ...one, text, decoders };
        margin = one.total - least;
        candidates.push(text);
        continue;
      }
      margin = Math.min(margin, winner.total - one.total);
      // All candidates replace the same characters, so that each can be offered.
      const whole = one.end <= winner.end ? text + this.text.slice(one.end, winner.end) : undefined;
      if (whole !== undefined && !candidates.includes(whole)) candidates.push(whole);
    }
    if (!winner) return undefined;
    const { end } = winner;
    const figure = figureFor(this.text, start, end, candidates);
    if (figure !== undefined) {
      candidates.unshift(...candidates.splice(candidates.indexOf(figure), 1));
      margin = CLEAR;
    }
    const worst = worstOf(winner.reading);
    const losing = !this.losesNothing && !this.isAnchored(start, end, winner.reading.code);
    // Where pairs were dropped without a trace, two characters may have become one that fits neither neighbour,
    const following = end < this.text.length ? characterClass(this.text.charCodeAt(end)) : BOUNDARY;
    const misfit = this.hasMisfit(winner.reading, following);
    const doubtful = losing && (winner.reading.losses > 0 ? margin < 6 : misfit);
    // or whole words may be gone that nothing asks for.
    const sure = margin >= CLEAR && !misfit && !(losing && winner.text.length >= MAY_HAVE_LOST);
    const confidence = doubtful || margin < LIKELY ? 'open' : sure ? 'clear' : 'likely';
    const cost = -winner.reading.score / winner.text.length;
    return {
      start,
      end,
      candidates,
      confidence,
      margin: doubtful ? 0 : margin,
      cost,
      worst,
      decoders: winner.decoders,
    };
  }

  /** True where readings tell both where the run begins and where it ends. */
  private isAnchored(start: number, end: number, last: number): boolean {
    const ended = this.annotationAt.get(end)?.opened || this.swallowedBefore(end, last) !== undefined;
    return ended && this.insertionAfter(start) !== undefined;
  }

  /** True where a character of `reading` was never seen behind the one before it, nor before the one behind it. */
  private hasMisfit(reading: Reading, following: number): boolean {
    let next = following;
    let newAfter = true;
    for (let one: Reading = reading; one.before; one = one.before) {
      const newHere = next < 0 || this.model.isNew(one.second, next);
      // The first character to look at is the last of the run: what follows it stands in the text.
      const newBefore = this.model.isNew(one.first, one.second);
      newAfter = newHere;
      if (newAfter && newBefore) return true;
      next = one.second;
    }
    return false;
  }

  /** The characters of a finished reading. */
  private restored({ reading, end }: Finished): string {
    const codes: number[] = [];
    for (let one: Reading | undefined = reading; one; one = one.before) if (one.code !== 0) codes.push(one.code);
    const annotation = this.swallowedBefore(end, reading.code);
    return String.fromCharCode(...codes.reverse()) + (annotation ? `(${annotation.reading})` : '');
  }

  /** The annotation of the character `code` that ends at `end`, if a decoder took its parenthesis for a second byte. */
  private swallowedBefore(end: number, code: number): Annotation | undefined {
    const annotation = this.annotationOver(end - 1);
    const swallowed = annotation?.end === end && !annotation.opened && isReadingOf(annotation.reading, code);
    return swallowed ? annotation : undefined;
  }

  /** Runs the damage on what a place is read as. Returns with which decoders it gives what stands there, if any. */
  private verified({ reading, end, broken }: Finished, restored: string, start: number): Decoders | undefined {
    const swallowed = this.swallowedBefore(end, reading.code);
    const characters = swallowed ? restored.slice(0, -(swallowed.reading.length + 2)) : restored;
    const annotation = this.annotationAt.get(end);
    const until = annotation?.opened ? annotation.end : end;
    let following = broken ? '' : this.text.slice(until, until + 3);
    for (let at = 0; at < following.length; at++) {
      if (this.annotationAt.has(until + at)) following = following.slice(0, at);
    }
    const observed = this.text.slice(start, until) + following;
    const context = broken ? '' : withoutAnnotations(this.text.slice(until, until + CONTEXT + 24)).slice(0, CONTEXT);
    const table = this.tableFor(characters, start, swallowed ?? (annotation?.opened ? annotation : undefined));
    const alone = this.decodersBetween(characters, context, table, observed);
    if (alone || !this.previous || this.previous.end > start || start - this.previous.end > LONGEST) return alone;
    // The damage may have begun at the place before: what is between them was out of step too until it was folded.
    const { previous } = this;
    const between = withoutAnnotations(this.text.slice(previous.end, start));
    const whole = withoutAnnotations(previous.candidates[0]!) + fullWidth(between + characters);
    return this.decodersBetween(whole, context, table, this.text.slice(previous.start, start) + observed);
  }

  /** With which decoders damaging `characters`, which `context` follows, gives something that begins with `observed`. */
  private decodersBetween(
    characters: string,
    context: string,
    table: ReadingTable,
    observed: string,
  ): Decoders | undefined {
    let first = 0;
    let second = 0;
    for (const after of new Set([context, fullWidth(context)])) {
      DECODERS.forEach((decoder, index) => {
        if ((this.decoders.first & (1 << index)) === 0 || (table.size === 0 && first !== 0)) return;
        const annotated =
          table.size > 0 ? annotateAgain(characters + after, table, this.gbk, decoder) : characters + after;
        const folding = this.foldingsTo(annotated, observed);
        if (folding === 0) return;
        first |= table.size > 0 ? 1 << index : ALL_DECODERS.first;
        second |= folding;
      });
    }
    return first === 0 ? undefined : { first, second };
  }

  /** The decoders with which folding `text` gives something that begins with `observed`. */
  private foldingsTo(text: string, observed: string): number {
    let found = 0;
    DECODERS.forEach((decoder, index) => {
      if ((this.decoders.second & (1 << index)) === 0) return;
      for (const marks of this.folds) {
        const again = foldAgain(text, marks, this.gbk, decoder);
        if (again.startsWith(observed) || halfWidth(again).startsWith(observed)) found |= 1 << index;
      }
    });
    return found;
  }

  /** The table, with the readings that only this place tells: of what was looked for, and of the last character. */
  private tableFor(characters: string, start: number, last: Annotation | undefined): ReadingTable {
    const inserted = this.insertionAfter(start);
    if (!inserted && !last) return this.table;
    const table = new Map(this.table);
    const [one, two] = [this.gbk.encode(characters.charCodeAt(0)), this.gbk.encode(characters.charCodeAt(1))];
    const looked = ((one & 0xff) << 8) | (two >> 8);
    if (inserted && isReadingOf(inserted.reading, this.gbk.decode(looked))) table.set(looked, inserted.reading);
    if (last) table.set(this.gbk.encode(characters.charCodeAt(characters.length - 1)), last.reading);
    return table;
  }
}

function teaches(place: Found): boolean {
  return place.margin >= TEACHES;
}

/**
 * Where candidates differ in a figure alone (?00% may have been 100% or 200%): the one whose number the text has
 * elsewhere, if it has no other of them.
 */
function figureFor(text: string, start: number, end: number, candidates: readonly string[]): string | undefined {
  const stem = candidates[0]?.slice(0, -1);
  if (candidates.length < 2 || !candidates.every((one) => one.slice(0, -1) === stem && /[0-9]$/.test(one)))
    return undefined;
  const rest = /^[0-9.]*[^0-9.\s]/.exec(text.slice(end, end + 12))?.[0];
  if (!rest || !/^[0-9.]/.test(rest)) return undefined;
  const elsewhere: string[] = [];
  for (let figure = 0; figure <= 9; figure++) {
    let found = 0;
    const number = `${figure}${rest}`;
    for (let at = text.indexOf(number); at >= 0 && found < 2; at = text.indexOf(number, at + 1)) {
      if (at >= start && at < end) continue;
      if (!/[0-9.]/.test(text.charAt(at - 1))) found++;
    }
    if (found > 0) elsewhere.push(`${stem}${figure}`);
    if (found === 1) elsewhere.push(`${stem}${figure}`);
  }
  return elsewhere.length === 1 ? elsewhere[0] : undefined;
}

/** What the unlikeliest character of a reading costs. */
function worstOf(reading: Reading): number {
  let worst = 0;
  for (let one: Reading | undefined = reading; one?.before; one = one.before) {
    worst = Math.max(worst, one.before.score - one.score);
  }
  return worst;
}

/** Half-width marks as full-width. */
function fullWidth(text: string): string {
  return text.replace(/[!-/:-?]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
}

/** Full-width ASCII as half-width. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}

const lostPairLeads = new WeakMap<Gbk, readonly number[]>();

/** The lead bytes with which a pair may spell nothing. */
function leadsOfLostPairs(set: Gbk): readonly number[] {
  let leads = lostPairLeads.get(set);
  if (!leads) {
    const found: number[] = [];
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      let nothing = 0;
      for (let trail = 0x81; trail <= 0xfe; trail++) if (set.decode((lead << 8) | trail) === 0) nothing++;
      if (nothing > 0) found.push(lead);
    }
    leads = found;
    lostPairLeads.set(set, leads);
  }
  return leads;
}
