/** Series of numeral-quoted terms: “四个意识”、“四个自信”、“两个维护” occur together and in this order. */

import type { Series } from '../model/lexicon';
import type { Corpus } from './corpus';
import { SEPARATOR } from './lcp';

const OPEN = '“'.charCodeAt(0);
const CLOSE = '”'.charCodeAt(0);
const STOP = new Set('。！？；'.split('').map((mark) => mark.charCodeAt(0)));
const NUMERALS = new Set('一二两三四五六七八九十百千'.split('').map((numeral) => numeral.charCodeAt(0)));
const MAX_TERM_LENGTH = 10;
/** Maximum number of characters between two members: 、做到 or ，坚决捍卫. */
const MAX_GAP_LENGTH = 8;
const MAX_SERIES_LENGTH = 6;
/** Minimum share that a series must have of all places where two of its members are adjacent in any order. */
const FROZEN = 0.8;

/** Whether `text` is a whole quoted term that begins with a numeral, like “两个维护”. */
export function isNumeralTerm(text: string): boolean {
  return (
    text.charCodeAt(0) === OPEN &&
    NUMERALS.has(text.charCodeAt(1)) &&
    text.indexOf('”') === text.length - 1 &&
    text.length <= MAX_TERM_LENGTH + 2
  );
}

/** How often terms occur together in one order, and in how many documents. */
export interface SeriesCount {
  count: number;
  documents: number;
}

/** Terms that occur together, separated by blanks, with their counts. */
export type SeriesCounts = Map<string, SeriesCount>;

/** The terms of `corpus` that occur together, in each observed order. */
export function countSeries(corpus: Corpus): SeriesCounts {
  const sequences: SeriesCounts = new Map();
  const last = new Map<string, number>();
  const chain: string[] = [];
  let document = 0;
  const note = (key: string): void => {
    let seen = sequences.get(key);
    if (!seen) {
      seen = { count: 0, documents: 0 };
      sequences.set(key, seen);
    }
    seen.count++;
    if (last.get(key) === document) return;
    last.set(key, document);
    seen.documents++;
  };
  const finish = (): void => {
    for (let from = 0; from < chain.length; from++) {
      for (let to = from + 2; to <= chain.length && to - from <= MAX_SERIES_LENGTH; to++) {
        const members = chain.slice(from, to);
        if (new Set(members).size < members.length) break;
        note(members.join(' '));
      }
    }
    chain.length = 0;
  };
  let lastEnd = -1;
  eachTerm(corpus.text, (start, end, joined) => {
    const own = corpus.documents.documentOf(start);
    if (own !== document || !joined || start - lastEnd > MAX_GAP_LENGTH) finish();
    document = own;
    chain.push(String.fromCharCode(...corpus.text.subarray(start, end)));
    lastEnd = end;
  });
  finish();
  return sequences;
}

/** Calls `visit` for each numeral-quoted term; `joined` is false if a sentence ended since the previous term. */
function eachTerm(text: Uint16Array, visit: (start: number, end: number, joined: boolean) => void): void {
  let joined = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] as number;
    if (unit === SEPARATOR || STOP.has(unit)) joined = false;
    if (unit !== OPEN || !NUMERALS.has(text[at + 1] as number)) continue;
    let end = at + 2;
    while (end - at <= MAX_TERM_LENGTH && (text[end] as number) >= 0x4e00 && (text[end] as number) < 0xa000) end++;
    if (text[end] !== CLOSE || end - at < 3) continue;
    visit(at, end + 1, joined);
    joined = true;
    at = end;
  }
}

function turnedIn({ members }: Series, sequences: ReadonlyMap<string, SeriesCount>): number {
  let turned = 0;
  members.forEach((left, index) => {
    for (const right of members.slice(index + 1)) turned += sequences.get(`${right} ${left}`)?.count ?? 0;
  });
  return turned;
}

/** For each member how often its neighbours occur together without it: the two around it, or the two at its end. */
function leftOutOf({ members }: Series, sequences: ReadonlyMap<string, SeriesCount>): number[] {
  const count = (...some: readonly (string | undefined)[]): number => sequences.get(some.join(' '))?.count ?? 0;
  return members.map((member, index) => {
    const [a, b, c, d] = [members[index - 2], members[index - 1], members[index + 1], members[index + 2]];
    if (b && c) return count(b, c);
    if (c) return d ? count(c, d) - count(member, c, d) : 0;
    return a ? count(a, b) - count(a, b, member) : 0;
  });
}

/** The series that occur in at least `minDocuments` documents, longest first among those of one frequency. */
export function chooseSeries(sequences: ReadonlyMap<string, SeriesCount>, minDocuments: number): Series[] {
  const found: Series[] = [];
  const longestFirst = [...sequences]
    .filter(([, seen]) => seen.documents >= Math.max(3, minDocuments))
    .map(([key, { count, documents }]): Series => ({ members: key.split(' '), count, documents }))
    .sort(
      (a, b) =>
        b.members.length - a.members.length ||
        b.count - a.count ||
        (a.members.join(' ') < b.members.join(' ') ? -1 : 1),
    );
  for (const series of longestFirst) {
    const pairs = series.members.slice(1).map((member, index) => [series.members[index] as string, member] as const);
    const inOrder = pairs.every(([left, right]) => {
      const kept = sequences.get(`${left} ${right}`)?.count ?? 0;
      const turned = sequences.get(`${right} ${left}`)?.count ?? 0;
      return kept >= FROZEN * (kept + turned);
    });
    if (!inOrder) continue;
    // Part of a longer series that is nearly as frequent.
    const key = series.members.join(' ');
    const within = found.some((other) => other.members.join(' ').includes(key) && other.count >= series.count * 0.5);
    if (!within) found.push({ ...series, turned: turnedIn(series, sequences), leftOut: leftOutOf(series, sequences) });
  }
  return found.sort(
    (a, b) => b.documents - a.documents || b.count - a.count || (a.members.join(' ') < b.members.join(' ') ? -1 : 1),
  );
}
