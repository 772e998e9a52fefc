/**
 * Surveys many texts for what a lexicon should know about its phrases: the documents, years and sources they occur in,
 * and forms that look like slips of them but are in actual use: 一张蓝图干到底 beside 一张蓝图绘到底. Such a form may be intended,
 * unless the phrase is so much more common that those texts must contain slips.
 */
import { runToCompletion } from '../../text/resumable';
import type { Lexicon, Neighbour } from '../model/lexicon';
import { formOf, isMeant, type SloganSlip, SloganSlips } from '../proofreading/sloganSlips';
import { SEPARATOR } from './lcp';
import { addCounts } from './occurrences';
import { PhraseStarts } from './phraseStarts';

/** A document to survey. */
export interface SurveyedText {
  /** As returned by {@link import('./prepare').prepareText}. */
  readonly text: string;
  /** 0 if unknown. */
  readonly year: number;
  /** Its origin: documents of one source may share their wording. */
  readonly source: string;
}

/** Where and when a phrase occurs, as counts that can be summed over parts of all texts. */
export interface PhraseSightings {
  count: number;
  documents: number;
  /** Number of documents by year. */
  readonly years: Map<number, number>;
  readonly sources: Set<string>;
}

/** Where and when a phrase is in use. */
export interface PhraseLife {
  readonly count: number;
  readonly documents: number;
  /** The year from which on it is widespread, and the last one with an occurrence; 0 if no document has a date. */
  readonly since: number;
  readonly until: number;
  readonly sources: ReadonlySet<string>;
}

/** A phrase is in use from the year by which this many documents have it: single dates may be wrong. */
const WIDESPREAD = 3;
/** Somewhat less certain slips are recorded too: in another place they may be more certain. */
const MARGIN = 1;
const LINE_BREAK = String.fromCharCode(SEPARATOR);

/** The counts of `phrases` in `texts`, in the same order. Linear in the texts; `pause` may throw to stop it. */
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

/** Derives the life of a phrase from its sightings. */
export function lifeOf({ count, documents, years, sources }: PhraseSightings): PhraseLife {
  const sorted = [...years].sort(([a], [b]) => a - b);
  let sum = 0;
  const wide = sorted.find(([, inYear]) => {
    sum += inYear;
    return sum >= WIDESPREAD;
  });
  return { count, documents, since: (wide ?? sorted.at(-1))?.[0] ?? 0, until: sorted.at(-1)?.[0] ?? 0, sources };
}

/**
 * A form that looks like a slip: the number of documents with it, the rule that reports it and the number of documents
 * with the right form.
 */
export interface NearForm {
  documents: number;
  rule: SloganSlip['rule'];
  right: number;
}

/**
 * The forms in `texts` that look like slips according to `lexicon` (which must contain no near forms yet), as counts:
 * those written before the phrase was in use are excluded.
 */
export function nearFormsIn(
  lexicon: Lexicon,
  texts: Iterable<SurveyedText>,
  pause: () => void = () => {},
): Map<string, NearForm> {
  const finder = runToCompletion(SloganSlips.of(lexicon, MARGIN));
  const found = new Map<string, NearForm>();
  const last = new Map<string, number>();
  let document = 0;
  for (const { text, year } of texts) {
    pause();
    for (const line of text.split(LINE_BREAK)) {
      for (const slip of finder.find(line, 0, line.length)) {
        // Nobody could have meant the phrase before it was in use.
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
      // A possible slip of several phrases is compared with the most common of them.
      if (right > known.right || (right === known.right && rule < known.rule)) Object.assign(known, { rule, right });
    }
  }
}

/** Those forms that are too frequent to be slips, with the number of documents that have them. */
export function formsMeant(counted: ReadonlyMap<string, NearForm>): Neighbour[] {
  return [...counted]
    .filter(([, { documents, rule, right }]) => isMeant({ rule, documents: right }, documents))
    .map(([form, { documents }]): Neighbour => [form, documents])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
