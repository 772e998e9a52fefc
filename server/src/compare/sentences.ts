/** Compares sentences, and the words within a changed sentence. */
import { diffArrays } from 'diff';
import { segments } from '../text/words';

/** A run of words that is in both sentences, or only in the old or the new one. */
export interface WordRun {
  readonly kind: 'same' | 'old' | 'new';
  readonly text: string;
}

/** A sentence of one text with its counterpart in the other. */
export interface SentencePair {
  readonly fate: 'same' | 'changed' | 'new' | 'dropped';
  readonly old?: string;
  readonly current?: string;
  /** The words of a changed sentence. */
  readonly words?: readonly WordRun[];
}

/** Indexes of a passage in the old and in the new text, from 0; undefined if that text does not have it. */
export type PlacePair = readonly [old: number | undefined, current: number | undefined];

/** How passages that are not equal are compared. */
export interface Likeness {
  /** The features of a passage that are compared. */
  readonly partsOf: (passage: string) => ReadonlySet<string>;
  /** Minimum similarity, from 0 to 1 (Dice 1945), for two passages to be versions of one. */
  readonly least: number;
}

/** Figures are ignored: from one year's text to the next they change in sentences that stay. */
const WITHOUT_FIGURES: Likeness = { partsOf: pairSet, least: 0.42 };
/** Longer texts are compared by equal sentences only. */
const MAX_CELLS = 250_000;

/** Pairs the sentences of two texts in order. */
export function compareSentences(old: string, current: string): SentencePair[] {
  return comparePassages(sentencesOf(old), sentencesOf(current));
}

/** Pairs passages of any length, sentences or paragraphs, in order. */
export function comparePassages(before: readonly string[], after: readonly string[]): SentencePair[] {
  return aligned(before, after, WITHOUT_FIGURES).map((places) => passagesAt(before, after, places));
}

/**
 * The indexes of the passages of both texts, in order: equal passages are paired first, those between them by
 * similarity.
 */
export function pairPlaces(
  before: readonly string[],
  after: readonly string[],
  likeness: Likeness = WITHOUT_FIGURES,
): PlacePair[] {
  const pairs: PlacePair[] = [];
  let [left, right] = [0, 0];
  let [leftEnd, rightEnd] = [0, 0];
  const settle = () => {
    for (const [one, other] of aligned(before.slice(left, leftEnd), after.slice(right, rightEnd), likeness)) {
      pairs.push([one === undefined ? undefined : left + one, other === undefined ? undefined : right + other]);
    }
  };
  for (const { removed, added, count } of diffArrays([...before], [...after])) {
    if (removed) leftEnd += count;
    else if (added) rightEnd += count;
    else {
      settle();
      for (let at = 0; at < count; at++) pairs.push([leftEnd++, rightEnd++]);
      [left, right] = [leftEnd, rightEnd];
    }
  }
  settle();
  return pairs;
}

/** The passages at two indexes, compared by word if they differ. */
export function passagesAt(before: readonly string[], after: readonly string[], [one, other]: PlacePair): SentencePair {
  const old = one === undefined ? undefined : before[one];
  const current = other === undefined ? undefined : after[other];
  if (old === undefined) return { fate: 'new', current: current as string };
  if (current === undefined) return { fate: 'dropped', old };
  return old === current
    ? { fate: 'same', old, current }
    : { fate: 'changed', old, current, words: compareWords(old, current) };
}

/** All indexes of both texts in order; between pairs those of the old text first. */
function aligned(before: readonly string[], after: readonly string[], likeness: Likeness): PlacePair[] {
  const pairs: PlacePair[] = [];
  let [left, right] = [0, 0];
  for (const [one, other] of matched(before, after, likeness)) {
    while (left < one) pairs.push([left++, undefined]);
    while (right < other) pairs.push([undefined, right++]);
    pairs.push([left++, right++]);
  }
  while (left < before.length) pairs.push([left++, undefined]);
  while (right < after.length) pairs.push([undefined, right++]);
  return pairs;
}

/** The order-preserving pairs of indexes with the greatest total similarity (Needleman and Wunsch 1970). */
function matched(
  before: readonly string[],
  after: readonly string[],
  { partsOf, least }: Likeness,
): [number, number][] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MAX_CELLS) return [];
  const sets = [before.map(partsOf), after.map(partsOf)] as const;
  const score = new Float32Array((rows + 1) * (columns + 1));
  const shares = new Float32Array(rows * columns);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const like =
        before[row] === after[column] ? 1 : dice(sets[0][row] as Set<string>, sets[1][column] as Set<string>, least);
      shares[row * columns + column] = like;
      const both = like >= least ? like + (score[(row + 1) * (columns + 1) + column + 1] as number) : -1;
      const skipOld = score[(row + 1) * (columns + 1) + column] as number;
      const skipNew = score[row * (columns + 1) + column + 1] as number;
      score[row * (columns + 1) + column] = Math.max(both, skipOld, skipNew);
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    const here = score[row * (columns + 1) + column] as number;
    const like = shares[row * columns + column] as number;
    const both = like + (score[(row + 1) * (columns + 1) + column + 1] as number);
    if (like >= least && Math.abs(both - here) < 1e-4) pairs.push([row++, column++]);
    else if (score[(row + 1) * (columns + 1) + column] === here) row++;
    else column++;
  }
  return pairs;
}

function pairSet(sentence: string): Set<string> {
  const plain = sentence.replace(/[\d\s.%]/g, '');
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < plain.length; at++) pairs.add(plain.slice(at, at + 2));
  return pairs;
}

/** Dice coefficient of two sets; 0 if it cannot reach `least`. */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>, least: number): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (2 * small.size < least * (small.size + large.size)) return 0;
  let shared = 0;
  for (const pair of small) if (large.has(pair)) shared++;
  return (2 * shared) / (a.size + b.size);
}

/** The words of two sentences, marked as kept, removed or inserted; figures are words. */
export function compareWords(old: string, current: string): WordRun[] {
  return diffArrays(wordsOf(old), wordsOf(current)).map(({ added, removed, value }) => ({
    kind: added ? 'new' : removed ? 'old' : 'same',
    text: value.join(''),
  }));
}

function wordsOf(sentence: string): string[] {
  const words: string[] = [];
  for (const { segment } of segments(sentence) ?? []) {
    const last = words.at(-1);
    // 3 . 2 % is one figure.
    if (last !== undefined && /^[\d.%]+$/.test(segment) && /^[\d.]+$/.test(last))
      words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words.length > 0 ? words : [...sentence];
}

/** The sentences of a text, trimmed; line breaks end sentences. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const character = text.charAt(at);
    if (at < text.length && !'。！？；\n\r'.includes(character)) continue;
    const end = character === '' || character === '\n' || character === '\r' ? at : at + 1;
    const sentence = text.slice(start, end).trim();
    if (sentence !== '') sentences.push(sentence);
    start = at + 1;
  }
  return sentences;
}
