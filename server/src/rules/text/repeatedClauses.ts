/** Clauses, sentences and items of a list that occur twice in one line. */
import { isHan } from '../../text/characters';
import { furthestEnds, type Span } from '../../text/span';

/** A range that repeats an earlier one. Deleting from `from` on also removes the mark between them. */
export interface Repetition extends Span {
  readonly from: number;
}

/**
 * Minimum numbers of Han: of a clause that follows itself, of a clause that recurs in one sentence, of a sentence that
 * follows itself, and of a sentence that recurs in a paragraph.
 */
const NEXT_CLAUSE = 4;
const SAME_SENTENCE = 8;
const NEXT_SENTENCE = 8;
const SENTENCE = 15;
/** Minimum length of a list item that may be doubled by mistake: 甲、乙、乙 may be intended. */
const ITEM = 2;

/** Any mark that ends an item, a clause, a branch of a sentence or a sentence. */
const STOP = /[、，：,:；;。！？]/g;
const FIGURES = /[\d０-９一二三四五六七八九十百千万亿倍成]/;
/** Old and new wording side by side in an amendment. */
const AMENDS = /(?:修改|改|修正|修订|調整|调整)[为為]/;
/** Branches of a sentence may have the same end: …的，依法追究责任；…的，依法追究责任。 */
const BRANCH_END = '；;';
const SENTENCE_END = '。！？';

interface Piece extends Span {
  /** The mark after it, or '' at the end of the line. */
  readonly mark: string;
}

/** The repetitions of `line` in order; a repeated sentence includes its clauses. */
export function repetitions(line: string): Repetition[] {
  const items = pieces(line);
  if (items.length < 2 || AMENDS.test(line)) return [];
  const clauses = joined(items, (mark) => mark !== '、');
  const sentences = joined(clauses, (mark) => mark === '' || SENTENCE_END.includes(mark));
  const found = repeatedSentences(line, sentences);
  const toldUntil = furthestEnds(found);
  const parts = [...repeatedClauses(line, clauses), ...repeatedItems(line, items)];
  return [...found, ...parts.filter(({ start, end }) => end > toldUntil(start) + 1)].sort((a, b) => a.start - b.start);
}

/** `line` cut at every stop. */
function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const { index } of line.matchAll(STOP)) {
    found.push({ start, end: index, mark: line.charAt(index) });
    start = index + 1;
  }
  found.push({ start, end: line.length, mark: '' });
  return found;
}

/** `parts` joined into the larger pieces that end with a mark for which `ends` is true. */
function joined(parts: readonly Piece[], ends: (mark: string) => boolean): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const { end, mark } of parts) {
    if (!ends(mark) && end < (parts.at(-1) as Piece).end) continue;
    found.push({ start, end, mark });
    start = end + 1;
  }
  return found;
}

function repeatedItems(line: string, items: readonly Piece[]): Repetition[] {
  const found: Repetition[] = [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    const size = item.end - item.start;
    if (before?.mark !== '、' || size < ITEM || before.end - before.start !== size) return;
    if (isSame(line, before, item) && hanIn(line, item) === size) found.push({ ...item, from: item.start - 1 });
  });
  return found;
}

function repeatedClauses(line: string, clauses: readonly Piece[]): Repetition[] {
  const found: Repetition[] = [];
  /** The clauses of this branch of the sentence so far, by their words. */
  let seen = new Set<string>();
  clauses.forEach((clause, index) => {
    const before = clauses[index - 1];
    const han = hanIn(line, clause);
    if (han >= NEXT_CLAUSE) {
      // 前进！前进！ is intended.
      const follows =
        before !== undefined && clause.mark !== '！' && !isTakenUp(before, clause) && isSame(line, before, clause);
      const words = line.slice(clause.start, clause.end);
      // 甲增长一倍以上，…，乙增长一倍以上: figures may be equal.
      if (follows || (han >= SAME_SENTENCE && seen.has(words) && !FIGURES.test(words))) {
        found.push({ start: clause.start, end: clause.end, from: Math.max(0, clause.start - 1) });
      }
    }
    if (BRANCH_END.includes(clause.mark) || SENTENCE_END.includes(clause.mark)) seen = new Set();
    else seen.add(line.slice(clause.start, clause.end));
  });
  return found;
}

/** Whether a sentence begins with the words that the one before ends with: 编制年度计划。编制年度计划，应当听取意见。 */
function isTakenUp(before: Piece, clause: Piece): boolean {
  return SENTENCE_END.includes(before.mark) && clause.mark !== '' && !SENTENCE_END.includes(clause.mark);
}

function repeatedSentences(line: string, sentences: readonly Piece[]): Repetition[] {
  const found: Repetition[] = [];
  const seen = new Set<string>();
  sentences.forEach((sentence, index) => {
    const before = sentences[index - 1];
    const han = hanIn(line, sentence);
    const words = line.slice(sentence.start, sentence.end);
    if (han >= NEXT_SENTENCE) {
      const follows = before !== undefined && sentence.mark !== '！' && isSame(line, before, sentence);
      if (follows || (han >= SENTENCE && seen.has(words))) {
        found.push({ start: sentence.start, end: Math.min(sentence.end + 1, line.length), from: sentence.start });
      }
    }
    if (han >= SENTENCE) seen.add(words);
  });
  return found;
}

function isSame(line: string, one: Span, other: Span): boolean {
  const size = one.end - one.start;
  return size === other.end - other.start && line.startsWith(line.slice(one.start, one.end), other.start);
}

function hanIn(line: string, { start, end }: Span): number {
  let count = 0;
  for (let at = start; at < end; at++) if (isHan(line.charCodeAt(at))) count++;
  return count;
}
