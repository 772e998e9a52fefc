/**
 * Reads many texts for what a lexicon should know of its phrases: in how many documents of which years and sources they
 * stand, and what looks like a slip of them and is written all the same: 一张蓝图干到底 beside 一张蓝图绘到底. Whoever writes
 * such a form may mean it, unless the phrase is so much more common that those texts must have slipped.
 */
import type { Lexicon, Neighbour, Phrase } from '../model/lexicon';
import { formOf, isMeant, type SloganSlip, SloganSlips } from '../proofreading/sloganSlips';
import { SEPARATOR } from './lcp';

/** A document as it is surveyed. */
export interface SurveyedText {
  /** As {@link import('./prepare').prepareText} leaves it. */
  readonly text: string;
  /** 0 where it is not known. */
  readonly year: number;
  /** Where it comes from: documents of one source may all be written alike. */
  readonly source: string;
}

/** Where and when a phrase is written. */
export interface PhraseLife {
  count: number;
  documents: number;
  /** Year from which on it is widespread, and the last one that has it; 0 where no document has a date. */
  since: number;
  until: number;
  readonly sources: ReadonlySet<string>;
}

/** A phrase is in use from the year by which so many documents have it: single dates may be wrong. */
const WIDESPREAD = 3;
/** What is somewhat less sure than a slip is noted too: in another place it may be surer. */
const MARGIN = 1;
const LINE_BREAK = String.fromCharCode(SEPARATOR);

interface Seen {
  count: number;
  documents: number;
  last: number;
  readonly years: Map<number, number>;
  readonly sources: Set<string>;
}

/** The lives of `phrases` in `texts`, in the same order. Time is linear in the texts; `pause` may throw to stop it. */
export function livesOf(
  phrases: readonly Phrase[],
  texts: readonly SurveyedText[],
  pause: () => void = () => {},
): PhraseLife[] {
  const seen = phrases.map((): Seen => ({ count: 0, documents: 0, last: -1, years: new Map(), sources: new Set() }));
  const byBeginning = new Map<number, number[]>();
  phrases.forEach(({ text }, index) => {
    const key = beginningOf(text, 0);
    const others = byBeginning.get(key);
    if (others) others.push(index);
    else byBeginning.set(key, [index]);
  });
  texts.forEach(({ text, year, source }, document) => {
    pause();
    for (let at = 0; at + 2 < text.length; at++) {
      const likely = byBeginning.get(beginningOf(text, at));
      if (!likely) continue;
      for (const index of likely) {
        if (!text.startsWith((phrases[index] as Phrase).text, at)) continue;
        const one = seen[index] as Seen;
        one.count++;
        if (one.last === document) continue;
        one.last = document;
        one.documents++;
        one.sources.add(source);
        if (year > 0) one.years.set(year, (one.years.get(year) ?? 0) + 1);
      }
    }
  });
  return seen.map(({ count, documents, years, sources }) => {
    const sorted = [...years].sort(([a], [b]) => a - b);
    let sum = 0;
    const wide = sorted.find(([, documents]) => {
      sum += documents;
      return sum >= WIDESPREAD;
    });
    return {
      count,
      documents,
      since: (wide ?? sorted.at(-1))?.[0] ?? 0,
      until: sorted.at(-1)?.[0] ?? 0,
      sources,
    };
  });
}

/** The first three units as one number below 2^48. */
function beginningOf(text: string, at: number): number {
  return (text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1)) * 0x10000 + text.charCodeAt(at + 2);
}

/**
 * The forms in `texts` that look like slips by `lexicon` (which must hold none yet), with the number of documents that have
 * each; those too rare to matter are left out.
 */
export function nearFormsIn(
  lexicon: Lexicon,
  texts: readonly SurveyedText[],
  pause: () => void = () => {},
): Neighbour[] {
  const finder = new SloganSlips(lexicon, MARGIN);
  const found = new Map<string, { documents: number; last: number; slip: SloganSlip }>();
  texts.forEach(({ text, year }, document) => {
    pause();
    for (const line of text.split(LINE_BREAK)) {
      for (const slip of finder.find(line, 0, line.length)) {
        // Before it was in use nobody could write it.
        if (year > 0 && year <= slip.since) continue;
        const form = formOf(slip);
        const known = found.get(form);
        if (!known) found.set(form, { documents: 1, last: document, slip });
        else if (known.last !== document) {
          known.documents++;
          known.last = document;
        }
      }
    }
  });
  return [...found]
    .filter(([, { documents, slip }]) => isMeant(slip, documents))
    .map(([form, { documents }]): Neighbour => [form, documents])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}
