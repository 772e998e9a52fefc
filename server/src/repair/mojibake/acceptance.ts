/**
 * Which reading of a damaged place is believed: only one with which running the damage again (../byteDamage.ts) gives back
 * exactly what was observed, and that no other comes near.
 */
import { type ParsedMarker, readMarkers } from '../../structure/markers';
import { isHan } from '../../text/characters';
import type { Resumable } from '../../text/resumable';
import { annotateAgain, cutAgain, DECODERS, type Decoder, decodersThat, foldAgain } from '../byteDamage';
import { BOUNDARY, characterClass } from '../characterModel';
import { type Annotation, isReadingOf, withoutAnnotations } from '../readings';
import { Around } from './around';
import type { Finished, Reading } from './frontier';
import type { MojibakePlace, ReadingTable } from './index';
import type { Page } from './page';
import { MAX_LENGTH } from './scale';
import type { Losses } from './search';

/** How much likelier than any other a reading must be to be clear; */
const CLEAR = 6;
/** the same for one that begins with a stop; */
const CLEAR_STOP = 8;
/** how much likelier than is needed to be better than the text as it stands; */
const SURELY_BETTER = 5;
/** and what is ahead enough to be likely. */
const LIKELY = 0.7;
/** How much likelier than the text as it stands, as long as nothing shows that the text is damaged at all. */
const BETTER = 7;
/** How much where it is known to be. */
const AS_GOOD = 1.5;
/** How much likelier than any other where pairs were lost within it. */
const LOST = 4;
/** How much likelier than any other (in nats) a reading must be that a second look may be built on. */
const TEACHES = 3.5;
/** How much likelier than a mark by itself, which may stand where it was set. */
const ALONE = 4.5;
/** So much less likely it is still told of. */
const NAMED = 1.5;
/** A run of so many characters has probably lost some, in a text that may have lost any. */
const MAY_HAVE_LOST = 4;
/** So much of the text behind a place is damaged again with it. */
const CONTEXT = 6;
/** So many readings of a place are damaged again, each as much work as weighing so many characters. */
const MAX_TRIED = 60;
const VERIFYING = 500;

/** So many readings of a place are weighed as words too. */
const MAX_WEIGHED = 40;
/** So many are weighed, or damaged again, before others have their turn. */
const AT_A_TIME = 4;
/** So much less likely by its characters than the likeliest, no words make up for it. */
const WEIGHED = 9;

interface Weighed extends Finished {
  readonly total: number;
}

/** What was found at a place, with what the search needs to go on. */
export interface Found extends MojibakePlace {
  readonly margin: number;
  /** True where what was read may be learned from, and tells of the decoders. */
  readonly teaches: boolean;
  /** What a character of the first candidate costs on average, and at most. */
  readonly cost: number;
  readonly worst: number;
  readonly decoders: Decoders;
}

/** Which of {@link DECODERS} may have come after the annotating and after the folding, one bit each. */
export interface Decoders {
  readonly first: number;
  readonly second: number;
}

/** What is looked for of bytes lost without a sign: nothing, single ones, or whole pairs too, which takes longer. */
export type Effort = 'none' | 'some' | 'all';

/** The decoders by what they do with pairs that spell nothing. */
const BY_UNASSIGNED = (['drop', 'split', 'keep'] as const).map((kind) =>
  decodersThat(({ unassigned }) => unassigned === kind),
);
/** How much likelier than any other a reading must be to tell of the decoders. */
const TELLS = 2;
/** So many places must tell one thing for each that tells another. */
const VOTES = 3;

const ALL_DECODERS: Decoders = { first: (1 << DECODERS.length) - 1, second: (1 << DECODERS.length) - 1 };

export class Acceptance {
  decoders = ALL_DECODERS;
  /** The place read last. */
  previous: Found | undefined;

  /** What the places that tell it say of pairs that spell nothing, by where they begin: one of {@link BY_UNASSIGNED}. */
  private readonly votes = new Map<number, number>();

  constructor(private readonly page: Page) {}

  /** What the decoders may have done, as far as that is known, and as is worth the effort. */
  losses(effort: Effort): Losses {
    return {
      pairs: effort === 'all' && this.mayBe(({ unassigned }) => unassigned === 'drop'),
      leads: effort !== 'none' && this.mayBe(({ unassigned }) => unassigned === 'split'),
      following: this.mayBe(({ invalid }) => invalid === 'swallow'),
    };
  }

  private mayBe(is: (decoder: Decoder) => boolean): boolean {
    const { first, second } = this.decoders;
    const bits = this.page.table.size > 0 ? first | second : second;
    return (bits & decodersThat(is)) !== 0;
  }

  /** Takes note of the decoders with which `place` could be read. A text went through the same ones everywhere. */
  vote({ start, margin, decoders: { second } }: Found): void {
    if (margin < TELLS) return;
    const told = BY_UNASSIGNED.filter((kind) => (second & kind) !== 0);
    if (told.length !== 1) return;
    this.votes.set(start, told[0]!);
    for (const kind of BY_UNASSIGNED) {
      const others = [...this.votes.values()].filter((one) => one !== kind).length;
      const decoders = this.decoders.second & kind;
      if (this.votes.size - others < VOTES * (others + 1) || decoders === 0) continue;
      this.decoders = { first: this.decoders.first, second: decoders };
    }
  }

  /** Which of the readings `finished` of the place at `start` is believed, if any; a few are weighed at a time. */
  *judge(start: number, finished: readonly Finished[]): Resumable<Found | undefined> {
    let farthest = start;
    for (const { end } of finished) farthest = Math.max(farthest, end);
    // A few characters more on the right weigh the last character read.
    const until = Math.min(this.page.text.length + 1, farthest + 4);
    const standing = this.page.standing(start, until);
    const scores = finished.map(({ reading, end }) => reading.score + standing.after(reading, end));
    const likeliest = scores.reduce((best, score) => Math.max(best, score), Number.NEGATIVE_INFINITY);
    const byCharacters: Weighed[] = [];
    finished.forEach((one, index) => {
      if (scores[index]! >= likeliest - WEIGHED) byCharacters.push({ ...one, total: scores[index]! });
    });
    byCharacters.sort((a, b) => b.total - a.total);
    yield;
    const around = new Around(this.page, start, until);
    const totals: (Weighed & { readonly text: string })[] = [];
    const weighed = new Set<string>();
    for (const one of byCharacters) {
      if (totals.length === MAX_WEIGHED) break;
      const text = this.restored(one);
      const key = `${one.end} ${text}`;
      // Several ways may lead to the same characters: the likeliest comes first.
      if (weighed.has(key)) continue;
      weighed.add(key);
      totals.push({ ...one, text, total: one.total + around.score(text, one.end) });
      if (totals.length % AT_A_TIME === 0) yield;
    }
    totals.sort((a, b) => b.total - a.total);
    const asItStands = standing.after(this.page.startAt(start), start) + around.score('', start);
    const least = asItStands + (this.page.damaged ? AS_GOOD : BETTER);
    // In a text that is damaged, what comes near to the text as it stands is named, though not restored.
    const nameable = this.page.damaged ? asItStands - NAMED : least;

    let winner: ((typeof totals)[number] & { decoders: Decoders }) | undefined;
    const candidates: string[] = [];
    let tried = 0;
    let margin = Number.POSITIVE_INFINITY;
    let ahead = Number.POSITIVE_INFINITY;
    for (const one of totals) {
      if (one.total < nameable || candidates.length === 5 || (winner && one.total < winner.total - CLEAR_STOP)) break;
      if (++tried > MAX_TRIED) break;
      if (tried % AT_A_TIME === 0) yield;
      const { text } = one;
      this.page.work += VERIFYING;
      const decoders = this.verified(one, text, start);
      if (!decoders) continue;
      if (!winner) {
        winner = { ...one, decoders };
        margin = one.total - least;
        candidates.push(text);
        continue;
      }
      ahead = Math.min(ahead, winner.total - one.total);
      margin = Math.min(margin, ahead);
      // All candidates replace the same characters, so that each can be offered.
      const whole = one.end <= winner.end ? text + this.page.text.slice(one.end, winner.end) : undefined;
      const near = one.total >= winner.total - CLEAR;
      if (near && whole !== undefined && !candidates.includes(whole)) candidates.push(whole);
    }
    // Neither better than the text as it stands nor better than others: there is nothing to tell.
    if (!winner || (winner.total < least + NAMED && ahead < LIKELY)) return undefined;
    const { end } = winner;
    const shown =
      figureFor(this.page.text, start, end, candidates) ?? memberFor(this.page.text, start, end, candidates);
    if (shown !== undefined) {
      candidates.unshift(...candidates.splice(candidates.indexOf(shown), 1));
      margin = CLEAR;
    }
    const worst = worstOf(winner.reading);
    const losing = !this.page.keepsPairs && !this.isAnchored(start, end, winner.reading.code);
    // Where pairs were dropped without a trace, two characters may have become one that fits neither neighbour,
    const following = end < this.page.text.length ? characterClass(this.page.text.charCodeAt(end)) : BOUNDARY;
    const misfit = this.hasMisfit(winner.reading, following);
    // Where nothing is left but a mark, the mark may be one.
    const enoughAlone = end === start + 1 ? asItStands + ALONE : least;
    const doubtful = winner.total < enoughAlone || (losing && (winner.reading.losses > 0 ? margin < LOST : misfit));
    // or whole words may be gone that nothing asks for.
    // A stop stands after nearly any word, and so before whatever follows one that the model does not know.
    const enough = winner.text.startsWith('。') ? CLEAR_STOP : CLEAR;
    const surely = shown !== undefined || (ahead >= enough && margin >= SURELY_BETTER);
    const sure = surely && !misfit && !this.isGuess(winner.reading) && !(losing && winner.text.length >= MAY_HAVE_LOST);
    const confidence = doubtful || margin < LIKELY ? 'open' : sure ? 'clear' : 'likely';
    const cost = -winner.reading.score / winner.text.length;
    return {
      start,
      end,
      candidates,
      confidence,
      margin: doubtful ? 0 : margin,
      teaches: !doubtful && margin >= (winner.reading.losses > 0 ? CLEAR : TEACHES),
      cost,
      worst,
      decoders: winner.decoders,
    };
  }

  /** True where readings tell both where the run begins and where it ends. */
  private isAnchored(start: number, end: number, last: number): boolean {
    const ended = this.page.annotationAt.get(end)?.opened || this.page.swallowedBefore(end, last) !== undefined;
    return ended && this.page.insertionAfter(start) !== undefined;
  }

  /** True where a character of `reading` was never seen behind the one before it, nor before the one behind it. */
  private hasMisfit(reading: Reading, following: number): boolean {
    let next = following;
    let newAfter = true;
    for (let one: Reading = reading; one.before; one = one.before) {
      const newHere = next < 0 || this.page.model.isNew(one.second, next);
      // The first character to look at is the last of the run: what follows it stands in the text.
      const newBefore = this.page.model.isNew(one.first, one.second);
      newAfter = newHere;
      if (newAfter && newBefore) return true;
      next = one.second;
    }
    return false;
  }

  /** True where the first or the last character, of which a byte is gone, was never seen beside the one within. */
  private isGuess(reading: Reading): boolean {
    const { model } = this.page;
    if (reading.before?.before && isHan(reading.second) && model.isNew(reading.first, reading.second)) return true;
    let one = reading;
    while (one.before?.before?.before) one = one.before;
    return one.before?.before !== undefined && isHan(one.first) && model.isNew(one.first, one.second);
  }

  /** The characters of a finished reading. */
  private restored({ reading, end }: Finished): string {
    const codes: number[] = [];
    for (let one: Reading | undefined = reading; one; one = one.before) if (one.code !== 0) codes.push(one.code);
    const annotation = this.page.swallowedBefore(end, reading.code);
    return String.fromCharCode(...codes.reverse()) + (annotation ? `(${annotation.reading})` : '');
  }

  /** Runs the damage on what a place is read as. Returns with which decoders it gives what stands there, if any. */
  private verified({ reading, end, broken }: Finished, restored: string, start: number): Decoders | undefined {
    const swallowed = this.page.swallowedBefore(end, reading.code);
    const characters = swallowed ? restored.slice(0, -(swallowed.reading.length + 2)) : restored;
    const annotation = this.page.annotationAt.get(end);
    const until = annotation?.opened ? annotation.end : end;
    let following = broken ? '' : this.page.text.slice(until, until + 3);
    for (let at = 0; at < following.length; at++) {
      if (this.page.annotationAt.has(until + at)) following = following.slice(0, at);
    }
    const observed = this.page.text.slice(start, until) + following;
    const context = broken
      ? ''
      : withoutAnnotations(this.page.text.slice(until, until + CONTEXT + 24)).slice(0, CONTEXT);
    const table = this.tableFor(characters, start, swallowed ?? (annotation?.opened ? annotation : undefined));
    if (isCut(reading)) return this.decodersThatCut(characters + context, observed);
    const alone = this.decodersBetween(characters, context, table, observed);
    if (alone || !this.previous || this.previous.end > start || start - this.previous.end > MAX_LENGTH) return alone;
    // The damage may have begun at the place before: what is between them was out of step too until it was folded.
    const { previous } = this;
    const between = withoutAnnotations(this.page.text.slice(previous.end, start));
    const whole = withoutAnnotations(previous.candidates[0]!) + fullWidth(between + characters);
    return this.decodersBetween(whole, context, table, this.page.text.slice(previous.start, start) + observed);
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
          table.size > 0 ? annotateAgain(characters + after, table, this.page.gbk, decoder) : characters + after;
        const folding = this.foldingsTo(annotated, observed);
        if (folding === 0) return;
        first |= table.size > 0 ? 1 << index : ALL_DECODERS.first;
        second |= folding;
      });
    }
    return first === 0 ? undefined : { first, second };
  }

  /** With which decoders `text` without its first byte gives something that begins with `observed`. */
  private decodersThatCut(text: string, observed: string): Decoders | undefined {
    const second = decodersThat(
      (decoder) => decoder.invalid === 'mark' && cutAgain(text, this.page.gbk, decoder).startsWith(observed),
    );
    const possible = second & this.decoders.second;
    return possible === 0 ? undefined : { first: this.decoders.first, second: possible };
  }

  /** The decoders with which folding `text` gives something that begins with `observed`. */
  private foldingsTo(text: string, observed: string): number {
    let found = 0;
    DECODERS.forEach((decoder, index) => {
      if ((this.decoders.second & (1 << index)) === 0) return;
      for (const marks of this.page.folds) {
        const again = foldAgain(text, marks, this.page.gbk, decoder);
        if (again.startsWith(observed) || halfWidth(again).startsWith(observed)) found |= 1 << index;
      }
    });
    return found;
  }

  /** The table, with the readings that only this place tells: of what was looked for, and of the last character. */
  private tableFor(characters: string, start: number, last: Annotation | undefined): ReadingTable {
    const inserted = this.page.insertionAfter(start);
    if (!inserted && !last) return this.page.table;
    const table = new Map(this.page.table);
    const [one, two] = [this.page.gbk.encode(characters.charCodeAt(0)), this.page.gbk.encode(characters.charCodeAt(1))];
    const looked = ((one & 0xff) << 8) | (two >> 8);
    if (inserted && isReadingOf(inserted.reading, this.page.gbk.decode(looked))) table.set(looked, inserted.reading);
    if (last) table.set(this.page.gbk.encode(characters.charCodeAt(characters.length - 1)), last.reading);
    return table;
  }
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

/** True for a reading of a line that lost its first byte: it begins in the middle of a character. */
function isCut(reading: Reading): boolean {
  let first = reading;
  while (first.before) first = first.before;
  return first.carry !== 0;
}

/** So many lines on either side are asked for the neighbour of a number. */
const NEIGHBOURS = 60;
/** A few characters behind a damaged place, which close the number that begins in it. */
const CLOSING = 4;

/**
 * Where a line opens with a number in one candidate alone, and a line near it opens with the number before or after it:
 * that candidate. Half a list shows what its damaged item was.
 */
function memberFor(text: string, start: number, end: number, candidates: readonly string[]): string | undefined {
  if (start > 0 && characterClass(text.charCodeAt(start - 1)) !== BOUNDARY) return undefined;
  // What the damage left whole closes the number: （二 before ）.
  const markersOf = (candidate: string) => openingMarkers(candidate + text.slice(end, end + CLOSING));
  const numbered = candidates.filter((candidate) => markersOf(candidate).length > 0);
  if (numbered.length === 0) return undefined;
  const around = NEIGHBOURS * MAX_LENGTH;
  const above = text
    .slice(Math.max(0, start - around), start)
    .split('\n')
    .slice(-NEIGHBOURS);
  const below = text
    .slice(start, start + around)
    .split('\n')
    .slice(1, NEIGHBOURS);
  const neighbours = [...above, ...below].flatMap(openingMarkers);
  const fitting = numbered.filter((candidate) =>
    markersOf(candidate).some(({ shape, value }) =>
      neighbours.some((other) => other.shape === shape && Math.abs(other.value - value) === 1),
    ),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function openingMarkers(line: string): readonly ParsedMarker[] {
  return readMarkers(line, line.length - line.trimStart().length);
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
