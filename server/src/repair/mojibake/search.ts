/**
 * Searches for what may have been at a damaged place: the bytes that a decoder lost are tried, and the characters
 * decoded again, until bytes and characters are in step again. Likely readings are followed (frontier.ts).
 */
import { AnalysisMemo } from '../../structure/analysisMemo';
import { isHan } from '../../text/characters';
import type { Resumable } from '../../text/resumable';
import { traditionalForm } from '../../text/script';
import { FOLDED } from '../byteDamage';
import { BOUNDARY, characterClass } from '../characterModel';
import { type Gbk, isLead, isTrail } from '../gbk';
import { type Annotation, isReadingOf } from '../readings';
import { BEAM, type DecodedReading, type Finished, Frontier } from './frontier';
import type { Page } from './page';
import { BEHIND, MAX_LENGTH, QUESTION, REPLACEMENT } from './scale';

/** A run that lost more pairs than this in the middle cannot be restored. */
const MAX_LOSSES = 5;
/** Number of readings at a place for which the loss of more than one pair in a row is tried. */
const MAX_LOSING_AGAIN = 3;
/** Number of readings at a place for which the loss of a pair is tried. */
const MAX_LOSING = 8;
/** Costs in nats of what is unlikely in itself: a line break that the page had and the text has not; */
const BREAK_COST = 9;
/** a pair of bytes dropped without a trace; */
const LOSS_COST = 2;
/** a character of the other script; */
const FOREIGN_COST = 6;
/** a sentence that ends inside quotation marks and continues after them; */
const GOES_ON_COST = 4;
/** a blank, which the model does not count, */
const BLANK_COST = 8;
/** except for the two at the start of a paragraph. */
const INDENT_COST = 2;
const IDEOGRAPHIC_SPACE = 0x3000;
/** The carry after a lost pair. */
const UNKNOWN = -1;

/** What a decoder may have done with invalid bytes, besides dropping or marking a lead byte without a trail byte. */
export interface Losses {
  /** Dropped both bytes of a pair that encodes nothing. */
  readonly pairs: boolean;
  /**
   * Dropped only the lead byte: the second byte then began a character, and bytes and characters were in step again.
   */
  readonly leads: boolean;
  /** Replaced a lead byte without a trail byte together with what followed by one sign. */
  readonly following: boolean;
}

export class Search {
  private readonly betweenLosses = new Map<number, readonly number[]>();

  constructor(private readonly page: Page) {}

  /**
   * Starts at a half-width mark whose full-width form spanned two characters, the first of which lost its lead byte.
   */
  beginFolded(at: number, into: Frontier): void {
    const start = this.page.startAt(at);
    const code = this.page.text.charCodeAt(at);
    if (!FOLDED.has(code) && code !== REPLACEMENT) return;
    const sign = code === REPLACEMENT || code === QUESTION;
    const marked = this.page.text.charCodeAt(at + 1);
    for (let lost = 0x81; lost <= 0xfe; lost++) {
      const character = this.page.gbk.decode((lost << 8) | 0xa3);
      if (character === 0) continue;
      const begun = this.added(start, character, 0);
      if (FOLDED.has(code)) into.add(at + 1, { ...begun, carry: code + 0x80 });
      if (!sign) continue;
      if (FOLDED.has(marked)) into.add(at + 2, { ...begun, carry: marked + 0x80 });
      for (const mark of FOLDED) into.add(at + 1, { ...begun, carry: mark + 0x80 });
    }
  }

  /**
   * Starts at a line that lost the first byte of its first character, for which a decoder left a sign: all of it is
   * read one byte late. Nearly every paragraph begins with a blank, so nothing need precede the sign.
   */
  beginCut(at: number, into: Frontier): void {
    const { text } = this.page;
    const sign = text.charCodeAt(at);
    if ((sign !== REPLACEMENT && sign !== QUESTION) || !this.page.isWide(at + 1)) return;
    if (at > 0 && characterClass(text.charCodeAt(at - 1)) !== BOUNDARY) return;
    const start = this.page.startAt(at);
    for (let lost = 0x81; lost <= 0xfe; lost++) into.add(at + 1, { ...start, carry: lost });
  }

  /**
   * Starts at a character whose second byte, with the first of the next, was taken for another: the inserted reading is
   * between them.
   */
  beginInserted(start: number, annotation: Annotation, into: Frontier): void {
    const holder = this.page.text.charCodeAt(start);
    const trail = this.page.gbk.encode(holder) & 0xff;
    const begun = this.added(this.page.startAt(start), holder, 0);
    for (const carry of this.secondBytes(trail, annotation.reading)) into.add(annotation.end, { ...begun, carry });
    if (annotation.opened) return;
    // Or the second byte was lost with the parenthesis, in a run that folding ended later, and the first by that.
    for (const [pair, reading] of this.page.table) {
      if (reading === annotation.reading) into.finish(annotation.end, this.added(begun, this.page.gbk.decode(pair), 0));
    }
  }

  /**
   * The second bytes of characters with `reading` whose first byte is `lead`: of those in the table, or else of all.
   */
  private secondBytes(lead: number, reading: string): number[] {
    const known: number[] = [];
    const possible: number[] = [];
    for (let second = 0x81; second <= 0xfe && isLead(lead); second++) {
      const pair = (lead << 8) | second;
      const code = this.page.gbk.decode(pair);
      if (this.page.table.get(pair) === reading) known.push(second);
      else if (code !== 0 && isReadingOf(reading, code)) possible.push(second);
    }
    return known.length > 0 ? known : possible;
  }

  /** Follows the readings that `begin` adds, one offset of the text after the other. */
  *follow(start: number, begin: (into: Frontier) => void, losses: Losses): Resumable<readonly Finished[]> {
    const into = new Frontier();
    begin(into);
    const limit = Math.min(this.page.text.length, start + MAX_LENGTH);
    let standing = this.page.startAt(start);
    for (let at = start; at <= limit && !into.isEmpty(); at++) {
      const taken = into.take(at);
      // All first bytes are tried, but not in combination with all last ones.
      const readings = this.page.isWide(at) ? taken : taken.slice(0, BEAM);
      // A reading so much worse than the original text will not end up better.
      if (readings.length > 0 && readings[0]!.score < standing.score - BEHIND) break;
      readings.forEach((reading, rank) => {
        this.step(reading, at, into, losses, rank);
      });
      // After lost pairs the reading continues at the same offset.
      for (let lost = 0; lost < MAX_LOSSES; lost++) {
        const again = into.take(at);
        if (again.length === 0) break;
        again.forEach((reading, rank) => {
          this.stepAfterLoss(reading, at, into, rank < MAX_LOSING_AGAIN);
        });
      }
      if (at < this.page.text.length && !this.page.annotationOver(at)?.opened) {
        standing = this.added(standing, this.page.text.charCodeAt(at), 0);
      }
      yield;
    }
    return into.finished;
  }

  /**
   * Continues after a lost pair: with the character whose first byte was lost in it, or with one that lost both its
   * own.
   */
  private stepAfterLoss(reading: DecodedReading, at: number, into: Frontier, again: boolean): void {
    const { first, second } = this.bytesAt(at);
    if (!isTrail(first)) return;
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      if (this.page.gbk.decode((reading.lost << 8) | lead) !== 0) continue;
      this.join(reading, lead, first, second, at + 1, into);
    }
    if (!again || reading.losses >= MAX_LOSSES) return;
    for (const code of this.lostBetween(reading)) {
      this.goOn(at, into, reading, code, UNKNOWN, this.page.gbk.encode(code) & 0xff);
    }
  }

  /**
   * The characters that may have lost both bytes after `reading`, which lost its last byte. There are thousands: only
   * known successors of the previous character are tried.
   */
  private lostBetween({ second, lost }: DecodedReading): readonly number[] {
    const key = second * 0x100 + lost;
    let codes = this.betweenLosses.get(key);
    if (!codes) {
      const { gbk, model, traits } = this.page;
      codes = model
        .seenAfter(second)
        .map((one) => (traits.script === 'traditional' ? traditionalForm(one) : one))
        .filter((code) => {
          const pair = gbk.encode(code);
          return pair > 0xff && gbk.decode((lost << 8) | (pair >> 8)) === 0 && isLostLead(gbk, pair & 0xff);
        });
      this.betweenLosses.set(key, codes);
    }
    return codes;
  }

  /** The bytes of the character at `at`; a single-byte character has 0 as its second. */
  private bytesAt(at: number): { code: number; first: number; second: number } {
    const code = at < this.page.text.length ? this.page.text.charCodeAt(at) : BOUNDARY;
    const pair = this.page.gbk.encode(code);
    return pair > 0xff ? { code, first: pair >> 8, second: pair & 0xff } : { code, first: pair, second: 0 };
  }

  private step(reading: DecodedReading, at: number, into: Frontier, losses: Losses, rank: number): void {
    const { code, first, second } = this.bytesAt(at);
    this.stepOverDamage(reading, at, code, into);
    this.endAtStray(reading, at, into);
    if (isTrail(first)) {
      this.join(reading, reading.carry, first, second, at + 1, into);
      if (second > 0 && (losses.leads || losses.pairs))
        this.endBetween(reading, at, first, into, losses.leads, rank < 4);
      if (second > 0 && losses.pairs && rank < MAX_LOSING) this.losePair(reading, at, into);
      return;
    }
    if (code === REPLACEMENT || code === QUESTION) {
      this.endAtSign(reading, at, into, losses.following);
      if (code === REPLACEMENT && losses.pairs) this.losePair(reading, at + 1, into);
    }
    if (code !== REPLACEMENT && this.page.annotationAt.get(at)?.opened !== false) this.endBefore(reading, at, into);
  }

  /** Continues across damage that happened out of step within the run: what is on both sides of it belongs together. */
  private stepOverDamage(reading: DecodedReading, at: number, code: number, into: Frontier): void {
    const annotation = this.page.annotationAt.get(at);
    if (annotation?.opened) {
      const holder = at > 0 ? this.page.gbk.encode(this.page.text.charCodeAt(at - 1)) : 0;
      if (this.page.table.get(holder) === annotation.reading) into.add(annotation.end, reading);
    } else if (!annotation && code > 0x20 && code < 0x7f && at < this.page.text.length) {
      this.join(reading, reading.carry, 0xa3, code + 0x80, at + 1, into);
    }
  }

  /** Adds the character of `lead` and `trail`; with a `carry` the run continues at `next`, without it ends there. */
  private join(
    reading: DecodedReading,
    lead: number,
    trail: number,
    carry: number,
    next: number,
    into: Frontier,
  ): void {
    const code = this.page.gbk.decode((lead << 8) | trail);
    if (code === 0) return;
    if (carry >= 0x80) {
      if (isLead(carry)) this.goOn(next, into, reading, code, carry);
    } else if (carry > 0) {
      // The second byte is a letter that followed the character.
      this.end(next, into, this.added(reading, code, 0), carry);
    } else if (this.page.mayPrecede(code, next)) {
      this.end(next, into, reading, code);
    }
  }

  /** The byte 0x80 may end a pair but not begin one: it was dropped whatever followed. */
  private endAtStray(reading: DecodedReading, at: number, into: Frontier): void {
    const code = this.page.gbk.decode((reading.carry << 8) | 0x80);
    if (code === 0 || !this.page.mayPrecede(code, at)) return;
    const ended = this.added(reading, code, 0);
    into.finish(at, ended);
    const sign = this.page.text.charCodeAt(at);
    if (sign === REPLACEMENT || sign === QUESTION) into.finish(at + 1, ended);
  }

  /** A lead byte was dropped before a byte that cannot follow one. */
  private endBefore(reading: DecodedReading, at: number, into: Frontier): void {
    for (let last = 0x81; last <= 0xfe; last++) {
      const code = this.page.gbk.decode((reading.carry << 8) | last);
      if (code !== 0 && this.page.mayPrecede(code, at)) this.end(at, into, reading, code);
    }
  }

  /** The same if the decoder left a sign, alone or in place of what followed too. */
  private endAtSign(reading: DecodedReading, at: number, into: Frontier, losesFollowing: boolean): void {
    const swallowed = this.page.annotationAt.get(at);
    const kept = this.page.annotationAt.get(at + 1);
    for (let last = 0x81; last <= 0xfe; last++) {
      const code = this.page.gbk.decode((reading.carry << 8) | last);
      if (code === 0) continue;
      if (swallowed) {
        if (isReadingOf(swallowed.reading, code)) this.end(swallowed.end, into, reading, code);
        continue;
      }
      if (!this.page.mayPrecede(code, at + 1)) continue;
      const ended = this.end(at + 1, into, reading, code);
      if (!ended || kept || !losesFollowing) continue;
      // Blanks, figures and marks cannot be second bytes either.
      for (let eaten = 0x20; eaten < 0x40; eaten++) this.end(at + 1, into, ended, eaten);
    }
  }

  /**
   * A lead byte was dropped that encodes nothing with the next byte, or preceded a break that the text no longer has.
   */
  private endBetween(
    reading: DecodedReading,
    at: number,
    next: number,
    into: Frontier,
    losesLeads: boolean,
    likely: boolean,
  ): void {
    for (let last = 0x81; last <= 0xfe; last++) {
      const split = this.page.gbk.decode((last << 8) | next) === 0;
      if (split ? !losesLeads : !likely) continue;
      const code = this.page.gbk.decode((reading.carry << 8) | last);
      if (code === 0) continue;
      this.end(at, into, reading, code, !split);
    }
  }

  /** A pair that encodes nothing was dropped, or replaced by a sign before `at`. */
  private losePair(reading: DecodedReading, at: number, into: Frontier): void {
    if (reading.losses >= MAX_LOSSES) return;
    for (const last of leadsOfLostPairs.of(this.page.gbk)) {
      const code = this.page.gbk.decode((reading.carry << 8) | last);
      if (code !== 0) this.goOn(at, into, reading, code, UNKNOWN, last);
    }
  }

  /**
   * Adds `reading` with the character `code` as finished at `at`; `broken` assumes a line break that the text has not.
   * Returns it, or undefined if others that end there are much likelier.
   */
  private end(
    at: number,
    into: Frontier,
    reading: DecodedReading,
    code: number,
    broken = false,
  ): DecodedReading | undefined {
    const score = this.scoreWith(reading, code, 0) - (broken ? BREAK_COST : 0);
    if (into.isLate(at, score)) return undefined;
    const ended = this.withCharacter(reading, code, score, 0, 0);
    into.finish(at, ended, broken);
    return ended;
  }

  /** Continues at `at` with `reading` and the character `code`, unless others that do are much likelier. */
  private goOn(at: number, into: Frontier, reading: DecodedReading, code: number, carry: number, lost = 0): void {
    const score = this.scoreWith(reading, code, lost);
    if (!into.isBehind(at, score)) into.add(at, this.withCharacter(reading, code, score, carry, lost));
  }

  private added(reading: DecodedReading, code: number, carry: number): DecodedReading {
    return this.withCharacter(reading, code, this.scoreWith(reading, code, 0), carry, 0);
  }

  private scoreWith(reading: DecodedReading, code: number, lost: number): number {
    this.page.work++;
    const next = characterClass(code);
    let score = reading.score;
    score +=
      next < 0
        ? -(opensParagraph(reading, code) ? INDENT_COST : BLANK_COST)
        : this.page.model.logProbability(reading.first, reading.second, next);
    // A sentence that ends inside quotation marks does not continue after them (GB/T 15834-2011, 4.8).
    if (reading.code === 0x201d && reading.before?.code === 0x3002 && isHan(code)) score -= GOES_ON_COST;
    if (this.page.isForeign(code)) score -= FOREIGN_COST;
    return lost > 0 ? score - LOSS_COST : score;
  }

  private withCharacter(
    reading: DecodedReading,
    code: number,
    score: number,
    carry: number,
    lost: number,
  ): DecodedReading {
    const next = characterClass(code);
    const blank = next < 0;
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
}

/** Whether `code` is a full-width blank with nothing but such blanks before it on its line. */
function opensParagraph({ before, code: last, second }: DecodedReading, code: number): boolean {
  return code === IDEOGRAPHIC_SPACE && second === BOUNDARY && (before === undefined || last === IDEOGRAPHIC_SPACE);
}

/** The lead bytes with which a pair may encode nothing. */
const leadsOfLostPairs = new AnalysisMemo((set: Gbk): readonly number[] => {
  const found: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    let nothing = 0;
    for (let trail = 0x81; trail <= 0xfe; trail++) if (set.decode((lead << 8) | trail) === 0) nothing++;
    if (nothing > 0) found.push(lead);
  }
  return found;
});

function isLostLead(set: Gbk, byte: number): boolean {
  return leadsOfLostPairs.of(set).includes(byte);
}
