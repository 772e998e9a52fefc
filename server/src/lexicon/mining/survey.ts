/**
 * Reads many texts for what a lexicon should know of its phrases: in how many documents of which years and sources they
 * stand, and what looks like a slip of them and is written all the same: 一张蓝图干到底 beside 一张蓝图绘到底. Whoever writes
 * such a form may mean it, unless the phrase is so much more common that those texts must have slipped.
 */
import type { Lexicon, Neighbour } from '../model/lexicon';
import { formOf, isMeant, type SloganSlip, SloganSlips } from '../proofreading/sloganSlips';
import { SEPARATOR } from './lcp';
import { addCounts } from './occurrences';
import { PhraseStarts } from './phraseStarts';

/** A document as it is surveyed. */
export interface SurveyedText {
  /** As {@link import('./prepare').prepareText} leaves it. */
  readonly text: string;
  /** 0 where it is not known. */
  readonly year: number;
  /** Where it comes from: documents of one source may all be written alike. */
  readonly source: string;
}

/** Where and when a phrase is written, as counted; sums over parts of all texts. */
export interface PhraseSightings {
  count: number;
  documents: number;
  /** In how many documents of each year. */
  readonly years: Map<number, number>;
  readonly sources: Set<string>;
}

/** Where and when a phrase is written. */
export interface PhraseLife {
  readonly count: number;
  readonly documents: number;
  /** Year from which on it is widespread, and the last one that has it; 0 where no document has a date. */
  readonly since: number;
  readonly until: number;
  readonly sources: ReadonlySet<string>;
}

/** A phrase is in use from the year by which so many documents have it: single dates may be wrong. */
const WIDESPREAD = 3;
/** What is somewhat less sure than a slip is noted too: in another place it may be surer. */
const MARGIN = 1;
const LINE_BREAK = String.fromCharCode(SEPARATOR);

/** What is counted of `phrases` in `texts`, in the same order. Linear in the texts; `pause` may throw to stop it. */
export function sightingsOf(
  phrases: readonly string[],
  texts: Iterable<SurveyedText>,
  pause: () => void = () => {},
): PhraseSightings[] {
  const seen = phrases.map((): PhraseSightings => ({ count: 0, documents: 0, years: new Map(), sources: new Set() }));
  const last = new Int32Array(phrases.length).fill(-1);
  const starts = new PhraseStarts(phrases);
  let document = 0;
  for (const { text, year, source } of texts) {
    pause();
    starts.visit(
      text.length,
      (at) => text.charCodeAt(at),
      (index) => {
        const one = seen[index] as PhraseSightings;
        one.count++;
        if (last[index] === document) return;
        last[index] = document;
        one.documents++;
        one.sources.add(source);
        if (year > 0) one.years.set(year, (one.years.get(year) ?? 0) + 1);
      },
    );
    document++;
  }
  return seen;
}

/** Adds `more`, counted in other documents, to `sum`. */
export function addSightings(sum: PhraseSightings, more: PhraseSightings): void {
  sum.count += more.count;
  sum.documents += more.documents;
  addCounts(sum.years, more.years);
  for (const source of more.sources) sum.sources.add(source);
}

/** What the sightings of a phrase tell. */
export function lifeOf({ count, documents, years, sources }: PhraseSightings): PhraseLife {
  const sorted = [...years].sort(([a], [b]) => a - b);
  let sum = 0;
  const wide = sorted.find(([, inYear]) => {
    sum += inYear;
    return sum >= WIDESPREAD;
  });
  return { count, documents, since: (wide ?? sorted.at(-1))?.[0] ?? 0, until: sorted.at(-1)?.[0] ?? 0, sources };
}

/** A form that looks like a slip: how many documents have it, the rule that tells of it and how many have it right. */
export interface NearForm {
  documents: number;
  rule: SloganSlip['rule'];
  right: number;
}

/**
 * The forms in `texts` that look like slips by `lexicon` (which must hold none yet), as they are counted: those written before
 * the phrase was in use are none.
 */
export function nearFormsIn(
  lexicon: Lexicon,
  texts: Iterable<SurveyedText>,
  pause: () => void = () => {},
): Map<string, NearForm> {
  const finder = new SloganSlips(lexicon, MARGIN);
  const found = new Map<string, NearForm>();
  const last = new Map<string, number>();
  let document = 0;
  for (const { text, year } of texts) {
    pause();
    for (const line of text.split(LINE_BREAK)) {
      for (const slip of finder.find(line, 0, line.length)) {
        // Before it was in use nobody could write it.
        if (year > 0 && year <= slip.since) continue;
        const form = formOf(slip);
        addNearForms(found, [
          [form, { documents: last.get(form) === document ? 0 : 1, rule: slip.rule, right: slip.documents }],
        ]);
        last.set(form, document);
      }
    }
    document++;
  }
  return found;
}

/** Adds `more`, counted in other documents, to `sum`. */
export function addNearForms(sum: Map<string, NearForm>, more: Iterable<readonly [string, NearForm]>): void {
  for (const [form, { documents, rule, right }] of more) {
    const known = sum.get(form);
    if (!known) sum.set(form, { documents, rule, right });
    else {
      known.documents += documents;
      // What may be a slip of several phrases is held against the most common of them.
      if (right > known.right || (right === known.right && rule < known.rule)) Object.assign(known, { rule, right });
    }
  }
}

/** Of these the forms that are written too often to be slips, with the number of documents that have them. */
export function formsMeant(counted: ReadonlyMap<string, NearForm>): Neighbour[] {
  return [...counted]
    .filter(([, { documents, rule, right }]) => isMeant({ rule, documents: right }, documents))
    .map(([form, { documents }]): Neighbour => [form, documents])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
