/** Finds where damage may begin: after which marks, and before which readings, the text is not normal. */

import type { Resumable } from '../../text/resumable';
import { FOLDED } from '../byteDamage';
import { BOUNDARY, characterClass } from '../characterModel';
import { isTrail } from '../gbk';
import type { Page } from './page';
import { MAX_LENGTH, ORDINARY, REPLACEMENT, UNHEARD } from './scale';

/** Text after a suspicious mark is checked in windows of this many characters. */
const STRETCH = 16;
/** A few characters that cost this much each are not Chinese at all. */
const GARBLED = 9.5;
const GARBLED_LENGTH = 6;
/** Maximum number of suspicious places searched, so that the time for any text is bounded. */
const MAX_SUSPECTS = 3000;
/** Marks that are rare in texts. */
const RARE = new Set([...'!?;:'].map((mark) => mark.charCodeAt(0)));

/** Number of characters scanned between two yields; scoring one takes as long as scanning `WEIGHT`. */
const AT_A_TIME = 20_000;
const WEIGHT = 100;

export class Suspicion {
  constructor(private readonly page: Page) {}

  /**
   * Where damage may begin between `from` and `to`, in order: at a mark followed by something unlikely, before a misplaced
   * reading.
   */
  *suspects(from = 0, to = this.page.text.length): Resumable<number[]> {
    const found: number[] = [];
    let looked = 0;
    for (let at = from; at < to && found.length < MAX_SUSPECTS; at++) {
      if (++looked > AT_A_TIME) {
        yield;
        looked = 0;
      }
      const annotation = this.page.annotationAt.get(at);
      if (annotation) {
        const start = this.page.misplacedStart(annotation);
        if (start >= 0 && found[found.length - 1] !== start) found.push(start);
        at = annotation.end - 1;
        continue;
      }
      const code = this.page.text.charCodeAt(at);
      if (!FOLDED.has(code) && code !== REPLACEMENT) continue;
      looked += WEIGHT;
      // No ideograph begins with the bytes that follow A3 in parentheses: they are unlikely to be damage.
      const ordinary = code === 0x28 || code === 0x29 ? UNHEARD : ORDINARY;
      const suspicious =
        code === REPLACEMENT || (this.page.damaged && this.isRare(at)) || this.isSuspicious(at, ordinary);
      if (suspicious) found.push(at);
    }
    return found;
  }

  /** Whether it is a mark that is rare in texts, or a common one before a single letter. */
  private isRare(at: number): boolean {
    if (RARE.has(this.page.text.charCodeAt(at))) return true;
    const letter = this.page.text.charCodeAt(at + 1);
    return letter < 0x80 && isTrail(letter) && this.page.text.charCodeAt(at + 2) > 0x7f;
  }

  /** Whether a misplaced reading follows the mark, or the letter after it. */
  private isBeforeMisplaced(at: number): boolean {
    return (
      this.page.annotationAt.has(at + 1) ||
      (this.page.text.charCodeAt(at + 1) < 0x80 && this.page.annotationAt.has(at + 2))
    );
  }

  /** Whether a misplaced reading follows the mark, or characters that are unlikely there. */
  isSuspicious(at: number, ordinary = ORDINARY): boolean {
    if (this.page.table.size > 0 && this.isBeforeMisplaced(at)) return true;
    let { first, second } = this.page.startAt(at);
    let score = 0;
    let seen = 0;
    for (let place = at; place <= this.page.text.length && seen < 5; place++) {
      const annotation = this.page.annotationAt.get(place);
      if (annotation?.opened) {
        place = annotation.end - 1;
        continue;
      }
      const next = place < this.page.text.length ? characterClass(this.page.text.charCodeAt(place)) : BOUNDARY;
      if (next < 0) continue;
      score += this.page.model.logProbability(first, second, next);
      seen++;
      if (seen > 1 && score < -ordinary * seen) return true;
      first = second;
      second = next;
    }
    return false;
  }

  /** Where normal text begins again after the suspicious place `at`. */
  endOfUnlikely(at: number): number {
    let place = at + STRETCH;
    for (; place < this.page.text.length; place += STRETCH) {
      const end = Math.min(this.page.text.length, place + STRETCH);
      if (this.page.asItStands(this.page.startAt(place), place, end) > -ORDINARY * (end - place)) break;
    }
    return Math.min(place, this.page.text.length);
  }

  /** Whether the text after the mark at `start` is not Chinese: stricter than suspicion, since names are rare too. */
  isGarbled(start: number): boolean {
    const { text } = this.page;
    let { first, second } = this.page.startAt(start + 1);
    let score = 0;
    let seen = 0;
    for (let at = start + 1; at < text.length && seen < GARBLED_LENGTH; at++) {
      const code = text.charCodeAt(at);
      const kind = characterClass(code);
      if (kind < 0) continue;
      if (kind === BOUNDARY || code < 0x80) break;
      score += this.page.model.logProbability(first, second, kind);
      seen++;
      first = second;
      second = kind;
    }
    return seen > 1 && score < -GARBLED * seen;
  }

  /** Where the characters after `start` are likely again: two in a row with a low cost. */
  endOfGarbled(start: number): number {
    const { text } = this.page;
    let { first, second } = this.page.startAt(start);
    let sound = 0;
    const until = Math.min(text.length, start + MAX_LENGTH);
    for (let at = start; at < until; at++) {
      const kind = characterClass(text.charCodeAt(at));
      if (kind < 0) continue;
      if (kind === BOUNDARY) return Math.max(at, start + 1);
      sound = this.page.model.logProbability(first, second, kind) > -ORDINARY ? sound + 1 : 0;
      if (sound === 2 && at > start + 1) return at - 1;
      first = second;
      second = kind;
    }
    return until;
  }
}
