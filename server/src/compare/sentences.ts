/** Sentence against sentence, and within a changed one word against word. */
import { diffArrays } from 'diff';
import { segments } from '../text/words';

/** A run of words that both have, or that only the old or only the new sentence has. */
export interface WordRun {
  readonly kind: 'same' | 'old' | 'new';
  readonly text: string;
}

/** One sentence of the two texts. */
export interface SentencePair {
  readonly fate: 'same' | 'changed' | 'new' | 'dropped';
  readonly old?: string;
  readonly current?: string;
  /** The words of a changed sentence. */
  readonly words?: readonly WordRun[];
}

const LEAST_LIKENESS = 0.42;
/** Texts with more sentences are compared whole sentence by whole sentence only. */
const MAX_CELLS = 250_000;

/** Pairs the sentences of two texts in order. */
export function compareSentences(old: string, current: string): SentencePair[] {
  return comparePassages(sentencesOf(old), sentencesOf(current));
}

/** Pairs passages of any length, sentences or paragraphs, in order. */
export function comparePassages(before: readonly string[], after: readonly string[]): SentencePair[] {
  const pairs: SentencePair[] = [];
  let [left, right] = [0, 0];
  for (const [one, other] of matched(before, after)) {
    for (; left < one; left++) pairs.push({ fate: 'dropped', old: before[left] as string });
    for (; right < other; right++) pairs.push({ fate: 'new', current: after[right] as string });
    pairs.push(pairOf(before[left++] as string, after[right++] as string));
  }
  for (; left < before.length; left++) pairs.push({ fate: 'dropped', old: before[left] as string });
  for (; right < after.length; right++) pairs.push({ fate: 'new', current: after[right] as string });
  return pairs;
}

function pairOf(old: string, current: string): SentencePair {
  return old === current
    ? { fate: 'same', old, current }
    : { fate: 'changed', old, current, words: compareWords(old, current) };
}

/** The pairs of places with the greatest likeness in all that keep the order of both (Needleman and Wunsch 1970). */
function matched(before: readonly string[], after: readonly string[]): [number, number][] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MAX_CELLS) return [];
  const sets = [before.map(pairSet), after.map(pairSet)] as const;
  const score = new Float32Array((rows + 1) * (columns + 1));
  const likeness = new Float32Array(rows * columns);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const like =
        before[row] === after[column] ? 1 : dice(sets[0][row] as Set<string>, sets[1][column] as Set<string>);
      likeness[row * columns + column] = like;
      const both = like >= LEAST_LIKENESS ? like + (score[(row + 1) * (columns + 1) + column + 1] as number) : -1;
      const skipOld = score[(row + 1) * (columns + 1) + column] as number;
      const skipNew = score[row * (columns + 1) + column + 1] as number;
      score[row * (columns + 1) + column] = Math.max(both, skipOld, skipNew);
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    const here = score[row * (columns + 1) + column] as number;
    const like = likeness[row * columns + column] as number;
    const both = like + (score[(row + 1) * (columns + 1) + column + 1] as number);
    if (like >= LEAST_LIKENESS && Math.abs(both - here) < 1e-4) pairs.push([row++, column++]);
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

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size * 4 < large.size) return 0;
  let shared = 0;
  for (const pair of small) if (large.has(pair)) shared++;
  return (2 * shared) / (a.size + b.size);
}

/** The words of two sentences, those that stayed and those that were taken out or put in; figures are words. */
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

/** The sentences of a text, without blanks around them; lines end sentences. */
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
