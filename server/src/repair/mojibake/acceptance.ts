/**
 * Decides which reading of a damaged place is accepted: only one for which simulating the damage (../byteDamage.ts)
 * gives back exactly what was observed, and that no other comes near.
 */
import { isHan } from '../../text/characters';
import type { Resumable } from '../../text/resumable';
import { annotateAgain, cutAgain, DECODERS, type Decoder, decodersThat, foldAgain } from '../byteDamage';
import { BOUNDARY, characterClass } from '../characterModel';
import { type Annotation, isReadingOf, withoutAnnotations } from '../readings';
import { Around } from './around';
import type { DecodedReading, Finished } from './frontier';
import type { MojibakePlace, ReadingTable } from './index';
import type { Page } from './page';
import { openingMarkers, restoredMarkers } from './restoredMarkers';
import { MAX_LENGTH } from './scale';
import type { Losses } from './search';

/** Minimum lead in nats over any other reading to be clear; */
const CLEAR = 6;
/** the same for a reading that begins with a stop; */
const CLEAR_STOP = 8;
/** and the margin it must also have, which counts the lead over the minimum score too; */
const SURELY_BETTER = 5;
/** and the margin needed to be likely. */
const LIKELY = 0.7;
/** Minimum lead over the original text as long as nothing shows that the text is damaged at all. */
const BETTER = 7;
/** Minimum lead over it once the text is known to be damaged. */
const AS_GOOD = 1.5;
/** Minimum lead over any other reading if pairs were lost within it. */
const LOST = 4;
/** Minimum lead (in nats) over any other for a reading that a further pass may build on. */
const TEACHES = 3.5;
/** Minimum lead over a lone mark, which may be genuine. */
const ALONE = 4.5;
/** A reading below the threshold by up to this much is still reported. */
const NAMED = 1.5;
/** A run of this many characters has probably lost some, in a text that may have lost any. */
const MAY_HAVE_LOST = 4;
/** Number of characters after a place included in the simulation of the damage. */
const CONTEXT = 6;
/** Number of readings of a place for which damage is simulated, each as expensive as scoring `VERIFYING` characters. */
const MAX_TRIED = 60;
const VERIFYING = 500;

/** Number of readings of a place that are also scored as words. */
const MAX_WEIGHED = 40;
/** Number of readings scored, or simulated, between two yields. */
const AT_A_TIME = 4;
/** A reading worse than the best by this much in its characters cannot be compensated by its words. */
const WEIGHED = 9;

interface Weighed extends Finished {
  readonly total: number;
}

/** The result at a place, with what the search needs to continue. */
export interface AcceptedPlace extends MojibakePlace {
  readonly margin: number;
  /** Whether the reading may be learned from, and is evidence about the decoders. */
  readonly teaches: boolean;
  /** Average and maximum cost of a character of the first candidate. */
  readonly cost: number;
  readonly worst: number;
  readonly decoders: Decoders;
}

/** Bit masks of {@link DECODERS} that may have followed the annotating and the folding. */
export interface Decoders {
  readonly first: number;
  readonly second: number;
}

/** Which losses of bytes without a sign are searched: none, single bytes, or whole pairs too, which takes longer. */
export type Effort = 'none' | 'some' | 'all';

/** The decoders by their treatment of pairs that encode nothing. */
const BY_UNASSIGNED = (['drop', 'split', 'keep'] as const).map((kind) =>
  decodersThat(({ unassigned }) => unassigned === kind),
);
/** Minimum lead over any other for a reading to be evidence about the decoders. */
const TELLS = 2;
/** Minimum ratio of places for one treatment to places for another. */
const VOTES = 3;

const ALL_DECODERS: Decoders = { first: (1 << DECODERS.length) - 1, second: (1 << DECODERS.length) - 1 };

export class Acceptance {
  decoders = ALL_DECODERS;
  /** The place read last. */
  previous: AcceptedPlace | undefined;

  /** The evidence about pairs that encode nothing, by the start of the place: one of {@link BY_UNASSIGNED}. */
  private readonly votes = new Map<number, number>();

  constructor(private readonly page: Page) {}

  /** The losses that the decoders may have caused, as far as known and worth the effort. */
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

  /** Records the decoders with which `place` could be read. A text went through the same ones everywhere. */
  vote({ start, margin, decoders: { second } }: AcceptedPlace): void {
    if (margin < TELLS) return;
    const kinds = BY_UNASSIGNED.filter((kind) => (second & kind) !== 0);
    if (kinds.length !== 1) return;
    this.votes.set(start, kinds[0]!);
    for (const kind of BY_UNASSIGNED) {
      const others = [...this.votes.values()].filter((one) => one !== kind).length;
      const decoders = this.decoders.second & kind;
      if (this.votes.size - others < VOTES * (others + 1) || decoders === 0) continue;
      this.decoders = { first: this.decoders.first, second: decoders };
    }
  }

  /**
   * Decides which of the readings `finished` of the place at `start` is accepted, if any; scores a few between yields.
   */
  *judge(start: number, finished: readonly Finished[]): Resumable<AcceptedPlace | undefined> {
    let farthest = start;
    for (const { end } of finished) farthest = Math.max(farthest, end);
    // A few more characters on the right give the last character a context.
    const until = Math.min(this.page.text.length + 1, farthest + 4);
    const original = this.page.originalBetween(start, until);
    const scores = finished.map(({ reading, end }) => reading.score + original.after(reading, end));
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
      // Several paths may lead to the same characters: the likeliest comes first.
      if (weighed.has(key)) continue;
      weighed.add(key);
      totals.push({ ...one, text, total: one.total + around.score(text, one.end) });
      if (totals.length % AT_A_TIME === 0) yield;
    }
    totals.sort((a, b) => b.total - a.total);
    const asItStands = original.after(this.page.startAt(start), start) + around.score('', start);
    const least = asItStands + (this.page.damaged ? AS_GOOD : BETTER);
    // In a text known to be damaged, a reading close to the original text is reported, though not applied.
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
    // Neither better than the original text nor better than others: there is nothing to report.
    if (!winner || (winner.total < least + NAMED && ahead < LIKELY)) return undefined;
    const { end } = winner;
    const shown =
      figureFor(this.page.text, start, end, candidates) ?? memberFor(this.page.text, start, end, candidates);
    if (shown !== undefined) {
      candidates.unshift(...candidates.splice(candidates.indexOf(shown), 1));
      margin = CLEAR;
    }
    const worst = worstOf(winner.reading);
    const losing = !this.page.traits.keepsPairs && !this.isAnchored(start, end, winner.reading.code);
    // If pairs were dropped without a trace, two characters may have become one that fits neither neighbour,
    const following = end < this.page.text.length ? characterClass(this.page.text.charCodeAt(end)) : BOUNDARY;
    const misfit = this.hasMisfit(winner.reading, following);
    // If only a mark is left, the mark may be genuine.
    const enoughAlone = end === start + 1 ? asItStands + ALONE : least;
    const doubtful = winner.total < enoughAlone || (losing && (winner.reading.losses > 0 ? margin < LOST : misfit));
    // or whole words may be missing that nothing requires. A stop fits after nearly any word, and so before anything
    // that follows a word unknown to the model.
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

  /** Whether readings show both where the run begins and where it ends. */
  private isAnchored(start: number, end: number, last: number): boolean {
    const ended = this.page.annotationAt.get(end)?.opened || this.page.swallowedBefore(end, last) !== undefined;
    return ended && this.page.insertionAfter(start) !== undefined;
  }

  /** Whether a character of `reading` was never seen after its predecessor, nor before its successor. */
  private hasMisfit(reading: DecodedReading, following: number): boolean {
    let next = following;
    let newAfter = true;
    for (let one: DecodedReading = reading; one.before; one = one.before) {
      const newHere = next < 0 || this.page.model.isNew(one.second, next);
      // The first character to check is the last of the run: what follows it is in the text.
      const newBefore = this.page.model.isNew(one.first, one.second);
      newAfter = newHere;
      if (newAfter && newBefore) return true;
      next = one.second;
    }
    return false;
  }

  /** Whether the first or the last character, which has lost a byte, was never seen beside its inner neighbour. */
  private isGuess(reading: DecodedReading): boolean {
    const { model } = this.page;
    if (reading.before?.before && isHan(reading.second) && model.isNew(reading.first, reading.second)) return true;
    let one = reading;
    while (one.before?.before?.before) one = one.before;
    return one.before?.before !== undefined && isHan(one.first) && model.isNew(one.first, one.second);
  }

  /** The characters of a finished reading. */
  private restored({ reading, end }: Finished): string {
    const codes: number[] = [];
    for (let one: DecodedReading | undefined = reading; one; one = one.before) if (one.code !== 0) codes.push(one.code);
    const annotation = this.page.swallowedBefore(end, reading.code);
    return String.fromCharCode(...codes.reverse()) + (annotation ? `(${annotation.reading})` : '');
  }

  /** Simulates the damage on a reading. Returns the decoders with which it gives the observed text, if any. */
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
    // The damage may have begun at the previous place: what is between them was out of step too until it was folded.
    const { previous } = this;
    const between = withoutAnnotations(this.page.text.slice(previous.end, start));
    const whole = withoutAnnotations(previous.candidates[0]!) + fullWidth(between + characters);
    return this.decodersBetween(whole, context, table, this.page.text.slice(previous.start, start) + observed);
  }

  /** The decoders with which damaging `characters`, followed by `context`, gives a text that begins with `observed`. */
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

  /** The decoders with which `text` without its first byte gives a text that begins with `observed`. */
  private decodersThatCut(text: string, observed: string): Decoders | undefined {
    const second = decodersThat(
      (decoder) => decoder.invalid === 'mark' && cutAgain(text, this.page.gbk, decoder).startsWith(observed),
    );
    const possible = second & this.decoders.second;
    return possible === 0 ? undefined : { first: this.decoders.first, second: possible };
  }

  /** The decoders with which folding `text` gives a text that begins with `observed`. */
  private foldingsTo(text: string, observed: string): number {
    let found = 0;
    DECODERS.forEach((decoder, index) => {
      if ((this.decoders.second & (1 << index)) === 0) return;
      for (const marks of this.page.traits.folds) {
        const again = foldAgain(text, marks, this.page.gbk, decoder);
        if (again.startsWith(observed) || halfWidth(again).startsWith(observed)) found |= 1 << index;
      }
    });
    return found;
  }

  /**
   * The table, extended by the readings that only this place shows: that of the searched character, and that of the
   * last one.
   */
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
 * If candidates differ in a figure alone (?00% may have been 100% or 200%): the one whose number occurs elsewhere in
 * the text, if none of the others does.
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

/** Whether it is a reading of a line that lost its first byte: it begins in the middle of a character. */
function isCut(reading: DecodedReading): boolean {
  let first = reading;
  while (first.before) first = first.before;
  return first.carry !== 0;
}

/** Number of lines on either side searched for the neighbour of a number. */
const NEIGHBOURS = 60;

/**
 * If a line begins with a number in one candidate alone, and a line near it begins with the number before or after it:
 * that candidate. The intact half of a list shows what its damaged item was.
 */
function memberFor(text: string, start: number, end: number, candidates: readonly string[]): string | undefined {
  if (start > 0 && characterClass(text.charCodeAt(start - 1)) !== BOUNDARY) return undefined;
  const markersOf = (candidate: string) => restoredMarkers(candidate, text, end);
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

/** Cost of the least likely character of a reading. */
function worstOf(reading: DecodedReading): number {
  let worst = 0;
  for (let one: DecodedReading | undefined = reading; one?.before; one = one.before) {
    worst = Math.max(worst, one.before.score - one.score);
  }
  return worst;
}

/** Converts half-width marks to full-width. */
function fullWidth(text: string): string {
  return text.replace(/[!-/:-?]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
}

/** Converts full-width ASCII to half-width. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}
