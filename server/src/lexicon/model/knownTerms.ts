/** The quoted terms and titles that many documents write alike, with their contexts and companions. */
import { isHan } from '../../text/characters';
import { Pace, type Resumable } from '../../text/resumable';
import { type QuotedTerm, quotedTerms } from '../mining/quotedTerms';
import { readText, textOf } from './comparedText';
import type { Lexicon, Series } from './lexicon';

export interface KnownTerm {
  /** The words between the marks, in simplified script. */
  readonly text: string;
  readonly isTitle: boolean;
  readonly documents: number;
  /** See {@link Lexicon.spread}. */
  readonly spread: number;
  readonly count: number;
  /** The year from which on it is in use; 0 if unknown. */
  readonly since: number;
  /** The terms that it forms a series with, including their marks. */
  readonly companions: ReadonlySet<string>;
  /** Words right before it, with their counts if known. */
  readonly before: ReadonlyMap<string, number>;
  /** Beginnings of the text right after it. */
  readonly after: ReadonlySet<string>;
}

const MIN_LENGTH = 3;
/** Number of characters compared of the words beside a term. */
export const BESIDE = 2;

export class KnownTerms {
  private constructor(private readonly terms: ReadonlyMap<string, KnownTerm>) {}

  /** The terms of `lexicon`, read in steps. */
  static *of(lexicon: Lexicon): Resumable<KnownTerms> {
    const pace = new Pace();
    const building = new Map<string, { -readonly [Key in keyof KnownTerm]: KnownTerm[Key] }>();
    for (const phrase of lexicon.phrases) {
      if (pace.isOver()) yield;
      const spread = lexicon.spread(phrase);
      if (spread < 1 || !/[“‘《]/.test(phrase.text)) continue;
      const reading = readText(phrase.text, 0, phrase.text.length, []);
      const { units } = reading;
      for (const { open, close, isTitle, text } of quotedTerms(reading)) {
        if (text.length < MIN_LENGTH) continue;
        let term = building.get(keyOf(text, isTitle));
        if (!term) {
          term = {
            text,
            isTitle,
            documents: 0,
            spread: 0,
            count: 0,
            since: phrase.since ?? 0,
            companions: companionsOf(text, lexicon.series),
            before: new Map(),
            after: new Set(),
          };
          building.set(keyOf(text, isTitle), term);
        }
        term.documents = Math.max(term.documents, phrase.documents);
        term.spread = Math.max(term.spread, spread);
        term.count = Math.max(term.count, phrase.count);
        term.since = Math.min(term.since, phrase.since ?? 0);
        const before = term.before as Map<string, number>;
        const after = term.after as Set<string>;
        const whole = open === 0 && close === units.length - 1;
        if (open >= BESIDE && isHan(units[open - 1] as number)) {
          const beside = textOf(units, open - BESIDE, open);
          if (!before.has(beside)) before.set(beside, 0);
        }
        if (close + BESIDE < units.length) after.add(textOf(units, close + 1, close + 1 + BESIDE));
        if (!whole) continue;
        for (const [word, count] of phrase.before) {
          if (word.length >= BESIDE && isHan(word.charCodeAt(word.length - 1))) {
            const beside = word.slice(-BESIDE);
            before.set(beside, (before.get(beside) ?? 0) + count);
          }
        }
        for (const [word] of phrase.after) if (word.length >= BESIDE) after.add(word.slice(0, BESIDE));
      }
    }
    return new KnownTerms(building);
  }

  get(text: string, isTitle: boolean): KnownTerm | undefined {
    return this.terms.get(keyOf(text, isTitle));
  }

  [Symbol.iterator](): IterableIterator<KnownTerm> {
    return this.terms.values();
  }
}

function companionsOf(text: string, series: readonly Series[]): Set<string> {
  const own = series.filter(({ members }) => members.includes(`“${text}”`));
  return new Set(own.flatMap(({ members }) => members));
}

function keyOf(text: string, isTitle: boolean): string {
  return isTitle ? `《${text}` : text;
}

/** Maximum number of units between two terms of a series, without the end of a sentence. */
const MAX_GAP_LENGTH = 8;
const STOPS = new Set([...'。！？；'].map((mark) => mark.charCodeAt(0)));

/** What may follow a member of a series. */
const JOINTS = new Set([...'、，,和与及以并'].map((mark) => mark.charCodeAt(0)));

/** Whether `next` and the previous term are together like the members of a series. */
export function areInSeries(units: Uint16Array, previous: QuotedTerm, next: QuotedTerm): boolean {
  if (next.open - previous.close - 1 > MAX_GAP_LENGTH || next.open < previous.close) return false;
  // “六保”作为“六稳”工作的着力点 states something about the two, and does not list them.
  if (next.open > previous.close + 1 && !JOINTS.has(units[previous.close + 1] as number)) return false;
  for (let at = previous.close + 1; at < next.open; at++) if (STOPS.has(units[at] as number)) return false;
  return true;
}
