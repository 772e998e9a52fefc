/** What usually stands next to a phrase: the word before 推动|高质量发展, the clause after 增强“四个意识”、|坚定“四个自信”. */
import { isHan } from '../../text/characters';
import type { Neighbour } from '../model/lexicon';
import { type BoundaryModel, isClosing, isOpening } from './boundaries';
import type { Candidate } from './candidates';
import type { Corpus } from './corpus';
import { SEPARATOR } from './lcp';

const SAMPLE = 300;
const KEPT = 3;
const MAX_WORD_LENGTH = 4;
const MAX_CLAUSE_LENGTH = 14;
/** The part of a pair's occurrences that begin (or end) clauses from which it begins (or ends) a word for sure. */
const PLAUSIBLE = 0.05;
/** Words of one character that stand on either side of a phrase. */
const SINGLE = new Set('的和与及等是为了在对以把将'.split('').map((word) => word.charCodeAt(0)));
const COMMA = '，'.charCodeAt(0);
const PAUSE = '、'.charCodeAt(0);

export class NeighbourFinder {
  constructor(
    private readonly corpus: Corpus,
    private readonly suffixes: Int32Array,
    private readonly boundaries: BoundaryModel,
  ) {}

  /** What stands right before `phrase` in more than one document, most frequent first. */
  before(phrase: Candidate): Neighbour[] {
    return this.count(phrase, (start) => this.wordBefore(start));
  }

  /** What stands right after it. */
  after(phrase: Candidate): Neighbour[] {
    return this.count(phrase, (start) => this.wordAfter(start + phrase.text.length));
  }

  private count({ first, last }: Candidate, read: (start: number) => string): Neighbour[] {
    const seen = new Map<string, { count: number; document: number; documents: number }>();
    const step = Math.max(1, (last - first + 1) / SAMPLE);
    for (let looked = 0, at = first; at <= last; at = first + Math.floor(++looked * step)) {
      const start = this.suffixes[at] as number;
      const word = read(start);
      if (word === '') continue;
      const document = this.corpus.documents.documentOf(start);
      const entry = seen.get(word);
      if (!entry) seen.set(word, { count: 1, document, documents: 1 });
      else {
        entry.count++;
        // Suffixes come in no order of documents, so this counts some twice, but never one document as several.
        if (entry.document !== document) {
          entry.document = document;
          entry.documents++;
        }
      }
    }
    return [...seen]
      .filter(([, { count, documents }]) => count > 1 && documents > 1)
      .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
      .slice(0, KEPT)
      .map(([word, { count }]) => [word, Math.round(count * step)]);
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

  /** Where the clause before `end` begins, -1 where it is too long to be a neighbour or empty. */
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
