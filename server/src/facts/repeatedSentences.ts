/** Sentences of two sections that tell the same matter: near-duplicates by the pieces of five characters that they share. */
import type { Analysis, Section } from '../structure/analysis';
import { LineMemo } from '../structure/lineMemo';

/** A sentence and the earlier one that it repeats. Offsets are in the text. */
export interface RepeatedSentence {
  readonly start: number;
  readonly end: number;
  readonly firstStart: number;
  readonly firstEnd: number;
}

/** A sentence of a line with the marks of the pieces of it that are compared. Offsets are within the line. */
interface LineSentence {
  readonly start: number;
  readonly end: number;
  readonly marks: ReadonlySet<number>;
}

interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly marks: ReadonlySet<number>;
  readonly section: Section;
}

const SHINGLE = 5;
const MIN_SENTENCE = 32;
const MAX_SENTENCES = 3_000;
const LIKENESS = 0.8;
/** Of the sampled pieces. */
const SKETCH_LIKENESS = 0.5;
/** One piece in so many is compared, the same ones in every sentence (Broder 1997, mod-p sketches). */
const SAMPLED = 4;

const NO_SENTENCES: readonly LineSentence[] = [];
const read = new LineMemo<readonly LineSentence[]>(readSentences);

/** The near-duplicates of `analysis`, in order. A sentence that repeats several earlier ones is told once. */
export function repeatedSentences(analysis: Analysis): RepeatedSentence[] {
  const sentences = sentencesOf(analysis);
  const found: RepeatedSentence[] = [];
  const holders = new Map<number, number[]>();
  for (const [index, sentence] of sentences.entries()) {
    const shared = new Map<number, number>();
    for (const mark of sentence.marks) {
      for (const holder of holders.get(mark) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    }
    let best: Sentence | undefined;
    let likeness = SKETCH_LIKENESS;
    for (const [holder, count] of shared) {
      const other = sentences[holder] as Sentence;
      if (other.section === sentence.section) continue;
      const union = other.marks.size + sentence.marks.size - count;
      if (count / union >= likeness) {
        likeness = count / union;
        best = other;
      }
    }
    if (best && isAlike(analysis.text, best, sentence))
      found.push({ start: sentence.start, end: sentence.end, firstStart: best.start, firstEnd: best.end });
    for (const mark of sentence.marks) {
      const list = holders.get(mark);
      if (!list) holders.set(mark, [index]);
      else if (list.length < 12) list.push(index);
    }
  }
  return found;
}

/** Whether the sentences are alike piece by piece, which the sample only makes likely. */
function isAlike(text: string, a: Sentence, b: Sentence): boolean {
  const [one, other] = [piecesOf(text.slice(a.start, a.end)), piecesOf(text.slice(b.start, b.end))];
  let shared = 0;
  for (const piece of one) if (other.has(piece)) shared++;
  return shared / (one.size + other.size - shared) >= LIKENESS;
}

function piecesOf(sentence: string): Set<string> {
  const plain = plainOf(sentence);
  const pieces = new Set<string>();
  for (let at = 0; at + SHINGLE <= plain.length; at++) pieces.add(plain.slice(at, at + SHINGLE));
  return pieces;
}

function plainOf(sentence: string): string {
  return sentence.replace(/[^\u4e00-\u9fff]/g, '');
}

function sentencesOf(analysis: Analysis): Sentence[] {
  const { lines, blocks, headings } = analysis;
  const sentences: Sentence[] = [];
  const tops = headings.filter(({ kind, level, marker }) => kind !== 'title' && level === 1 && marker);
  let next = 0;
  for (const block of blocks) {
    if (block.kind !== 'body') continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      const from = lines.start(line);
      while (next < tops.length && (tops[next] as Section).span.start <= from) next++;
      const section = tops[next - 1];
      if (!section || sentences.length >= MAX_SENTENCES) continue;
      for (const { start, end, marks } of read.of(analysis, line)) {
        sentences.push({ start: from + start, end: from + end, marks, section });
      }
    }
  }
  return sentences;
}

function readSentences(line: string): readonly LineSentence[] {
  if (line.length < MIN_SENTENCE || line.startsWith('|')) return NO_SENTENCES;
  const sentences: LineSentence[] = [];
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    if (at < line.length && !'。！？'.includes(line.charAt(at))) continue;
    if (at - start >= MIN_SENTENCE) {
      const plain = plainOf(line.slice(start, at));
      if (plain.length >= MIN_SENTENCE - 6) sentences.push({ start, end: at, marks: marksOf(plain) });
    }
    start = at + 1;
  }
  return sentences;
}

/** Hashes of the sampled pieces of `plain`. */
function marksOf(plain: string): ReadonlySet<number> {
  const marks = new Set<number>();
  for (let at = 0; at + SHINGLE <= plain.length; at++) {
    let hash = 17;
    for (let piece = at; piece < at + SHINGLE; piece++) hash = (Math.imul(hash, 31) + plain.charCodeAt(piece)) | 0;
    hash ^= hash >>> 15;
    if ((hash & (SAMPLED - 1)) === 0) marks.add(hash);
  }
  return marks;
}
