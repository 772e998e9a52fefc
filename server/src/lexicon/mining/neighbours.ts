/** What usually precedes or follows a phrase: the word before 推动|高质量发展, the clause after 增强“四个意识”、|坚定“四个自信”. */
import { isHan } from '../../text/characters';
import type { Neighbour } from '../model/lexicon';
import { type BoundaryModel, isClosing, isOpening } from './boundaries';
import type { Corpus } from './corpus';
import { SEPARATOR } from './lcp';
import { PhraseStarts } from './phraseStarts';

const KEPT = 3;
const MAX_WORD_LENGTH = 4;
const MAX_CLAUSE_LENGTH = 14;
/** Share of a pair's clause-initial (-final) occurrences from which it certainly begins (or ends) a word. */
const PLAUSIBLE = 0.05;
/** Single-character words that occur on either side of a phrase. */
const SINGLE = new Set('的和与及等是为了在对以把将'.split('').map((word) => word.charCodeAt(0)));
const COMMA = '，'.charCodeAt(0);
const PAUSE = '、'.charCodeAt(0);

/** How often a word occurs there, and in how many documents: one, or more. */
export interface NeighbourCount {
  count: number;
  documents: number;
}

/** The words on each side of a phrase. */
export interface NeighbourCounts {
  readonly before: Map<string, NeighbourCount>;
  readonly after: Map<string, NeighbourCount>;
}

/** Adds `more`, counted in other documents, to `sum`. */
export function addNeighbours(
  sum: Map<string, NeighbourCount>,
  more: Iterable<readonly [string, NeighbourCount]>,
): void {
  for (const [word, { count, documents }] of more) {
    const known = sum.get(word);
    if (!known) sum.set(word, { count, documents });
    else {
      known.count += count;
      known.documents += documents;
    }
  }
}

/** Those words beside a phrase that occur there in more than one document, most frequent first. */
export function neighboursOf(words: ReadonlyMap<string, NeighbourCount>): Neighbour[] {
  return [...words]
    .filter(([, { count, documents }]) => count > 1 && documents > 1)
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .slice(0, KEPT)
    .map(([word, { count }]) => [word, count]);
}

/** Reads the words beside phrases in a corpus, or in a part of one. */
export class NeighbourFinder {
  constructor(
    private readonly corpus: Corpus,
    private readonly boundaries: BoundaryModel,
  ) {}

  /** Counts what is beside each of `phrases`, in their order. Linear in the text. */
  count(phrases: readonly string[]): NeighbourCounts[] {
    const { text, documents } = this.corpus;
    const found = phrases.map((): NeighbourCounts => ({ before: new Map(), after: new Map() }));
    const last = new Map<NeighbourCount, number>();
    const note = (words: Map<string, NeighbourCount>, word: string, document: number): void => {
      if (word === '') return;
      let known = words.get(word);
      if (!known) {
        known = { count: 0, documents: 0 };
        words.set(word, known);
      }
      known.count++;
      if (last.get(known) === document) return;
      last.set(known, document);
      known.documents++;
    };
    const index = new PhraseStarts(phrases);
    index.visit(
      text.length,
      (at) => text[at] as number,
      (phrase, start) => {
        const document = documents.documentOf(start);
        const { before, after } = found[phrase] as NeighbourCounts;
        note(before, this.wordBefore(start), document);
        note(after, this.wordAfter(start + (phrases[phrase] as string).length), document);
      },
    );
    return found;
  }

  private wordBefore(end: number): string {
    const { text } = this.corpus;
    const unit = text[end - 1] as number;
    if (unit === COMMA || unit === PAUSE) {
      const start = this.clauseStart(end - 1);
      return start < 0 ? '' : this.slice(start, end);
    }
    if (!isHan(unit)) return '';
    if (SINGLE.has(unit)) return String.fromCharCode(unit);
    let best = 0;
    let plausible = -1;
    // The shortest that begins like a word, or the one that does so most.
    for (let size = 2; size <= MAX_WORD_LENGTH && plausible < PLAUSIBLE && isHan(text[end - size] as number); size++) {
      const here = this.boundaries.beginning(text[end - size] as number, text[end - size + 1] as number);
      if (here > plausible) {
        best = size;
        plausible = here;
      }
    }
    return this.slice(end - best, end);
  }

  private wordAfter(start: number): string {
    const { text } = this.corpus;
    const unit = text[start] as number;
    if (unit === COMMA || unit === PAUSE) {
      const end = this.clauseEnd(start + 1);
      return end < 0 ? '' : this.slice(start, end);
    }
    if (!isHan(unit)) return '';
    if (SINGLE.has(unit)) return String.fromCharCode(unit);
    let best = 0;
    let plausible = -1;
    for (
      let size = 2;
      size <= MAX_WORD_LENGTH && plausible < PLAUSIBLE && isHan(text[start + size - 1] as number);
      size++
    ) {
      const here = this.boundaries.ending(text[start + size - 2] as number, text[start + size - 1] as number);
      if (here > plausible) {
        best = size;
        plausible = here;
      }
    }
    return this.slice(start, start + best);
  }

  /** Start of the clause before `end`, -1 if it is empty or too long to be a neighbour. */
  private clauseStart(end: number): number {
    const { text } = this.corpus;
    let start = end;
    while (this.isInside(text[start - 1] as number)) if (end - --start > MAX_CLAUSE_LENGTH) return -1;
    return end - start < 2 ? -1 : start;
  }

  private clauseEnd(start: number): number {
    const { text } = this.corpus;
    let end = start;
    while (this.isInside(text[end] as number)) if (++end - start > MAX_CLAUSE_LENGTH) return -1;
    return end - start < 2 ? -1 : end;
  }

  private isInside(unit: number): boolean {
    return unit !== SEPARATOR && (isHan(unit) || isOpening(unit) || isClosing(unit) || unit < 0x80);
  }

  private slice(start: number, end: number): string {
    return String.fromCharCode(...this.corpus.text.subarray(start, end));
  }
}
