/** Sentences of two sections that say the same thing: near-duplicates by shared five-character shingles. */
import type { Analysis, Section } from '../structure/analysis';
import { LineMemo } from '../structure/lineMemo';
import { Pace, type Resumable } from '../text/resumable';

/** A sentence and the earlier one that it repeats. Offsets are in the text. */
export interface RepeatedSentence {
  readonly start: number;
  readonly end: number;
  readonly firstStart: number;
  readonly firstEnd: number;
}

/** A sentence of a line with the hashes of its sampled shingles. Offsets are within the line. */
interface LineSentence {
  readonly start: number;
  readonly end: number;
  readonly marks: Int32Array;
}

interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly marks: Int32Array;
  readonly section: Section;
}

const SHINGLE = 5;
const MIN_SENTENCE = 32;
const MAX_SENTENCES = 3_000;
const LIKENESS = 0.8;
/** Minimum overlap of the sampled shingles. */
const SKETCH_LIKENESS = 0.5;
/** One shingle in this many is compared, the same ones in every sentence (Broder 1997, mod-p sketches). */
const SAMPLED = 4;
/** A shingle found in more sentences than this is uninformative. */
const MAX_HOLDERS = 12;

const NO_SENTENCES: readonly LineSentence[] = [];
const read = new LineMemo<readonly LineSentence[]>(readSentences);

/** Reads the sentences of `analysis` incrementally, so that {@link repeatedSentences} then returns at once. */
export function readSentencesAhead(analysis: Analysis): Resumable<void> {
  return read.prepare(analysis);
}

/**
 * The first `limit` near-duplicates of `analysis`, in order. A sentence that repeats several earlier ones is reported
 * once, with the most similar one.
 */
export function* repeatedSentences(analysis: Analysis, limit: number): Resumable<RepeatedSentence[]> {
  const sentences = yield* sentencesOf(analysis);
  const holders = new MarkHolders(sentences.reduce((sum, { marks }) => sum + marks.length, 0));
  /** How many hashes each earlier sentence shares with this one, and which earlier ones share any. */
  const counts = new Int32Array(sentences.length);
  const sharing: number[] = [];
  const found: RepeatedSentence[] = [];
  const pace = new Pace();
  for (let index = 0; index < sentences.length && found.length < limit; index++) {
    const sentence = sentences[index] as Sentence;
    if (pace.isOver(sentence.marks.length)) yield;
    sharing.length = 0;
    for (const mark of sentence.marks) holders.addHolder(mark, index, counts, sharing);
    let best: Sentence | undefined;
    let likeness = SKETCH_LIKENESS;
    for (const holder of sharing) {
      const other = sentences[holder] as Sentence;
      const count = counts[holder] as number;
      counts[holder] = 0;
      if (other.section === sentence.section) continue;
      const union = other.marks.length + sentence.marks.length - count;
      if (count / union >= likeness) {
        likeness = count / union;
        best = other;
      }
    }
    if (best && isAlike(analysis.text, best, sentence))
      found.push({ start: sentence.start, end: sentence.end, firstStart: best.start, firstEnd: best.end });
  }
  return found;
}

/**
 * Maps a hash to the sentences that contain it: an open-addressed table over chains in flat arrays, because it is
 * rebuilt after every edit and maps of maps took twelve megabytes an edit.
 */
class MarkHolders {
  private readonly keys: Int32Array;
  /** Index of a key's newest entry plus one; 0 if there is none. */
  private readonly heads: Int32Array;
  private readonly sizes: Uint8Array;
  private readonly owners: Int32Array;
  private readonly previous: Int32Array;
  private readonly shift: number;
  private used = 0;

  /** Creates a table for at most `marks` hashes. */
  constructor(marks: number) {
    const bits = Math.ceil(Math.log2(2 * marks + 2));
    const size = 2 ** bits;
    this.shift = 32 - bits;
    this.keys = new Int32Array(size);
    this.heads = new Int32Array(size);
    this.sizes = new Uint8Array(size);
    this.owners = new Int32Array(marks);
    this.previous = new Int32Array(marks);
  }

  /**
   * Increments the count of each sentence that contains `mark`, appends those counted for the first time to `sharing`,
   * and adds `owner` to the holders of `mark`.
   */
  addHolder(mark: number, owner: number, counts: Int32Array, sharing: number[]): void {
    const last = this.keys.length - 1;
    // The high bits: sampled hashes share their low ones.
    let slot = Math.imul(mark, 0x9e3779b1) >>> this.shift;
    while (this.heads[slot] !== 0 && this.keys[slot] !== mark) slot = (slot + 1) & last;
    this.keys[slot] = mark;
    for (let entry = this.heads[slot] as number; entry !== 0; entry = this.previous[entry - 1] as number) {
      const holder = this.owners[entry - 1] as number;
      if (counts[holder] === 0) sharing.push(holder);
      counts[holder] = (counts[holder] as number) + 1;
    }
    if ((this.sizes[slot] as number) === MAX_HOLDERS) return;
    this.sizes[slot] = (this.sizes[slot] as number) + 1;
    this.owners[this.used] = owner;
    this.previous[this.used] = this.heads[slot] as number;
    this.heads[slot] = ++this.used;
  }
}

/** Whether the sentences are alike in all shingles, which the sample only makes likely. */
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

function* sentencesOf(analysis: Analysis): Resumable<Sentence[]> {
  const { lines, blocks, headings } = analysis;
  const sentences: Sentence[] = [];
  const tops = headings.filter(({ kind, level, marker }) => kind !== 'title' && level === 1 && marker);
  let next = 0;
  const pace = new Pace();
  for (const block of blocks) {
    if (block.kind !== 'body') continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      if (sentences.length >= MAX_SENTENCES) return sentences;
      if (pace.isOver()) yield;
      const from = lines.start(line);
      while (next < tops.length && (tops[next] as Section).span.start <= from) next++;
      const section = tops[next - 1];
      if (!section) continue;
      for (const { start, end, marks } of read.of(analysis, line)) {
        sentences.push({ start: from + start, end: from + end, marks, section });
      }
    }
  }
  return sentences;
}

/** A longer line is not a written paragraph; only its beginning is read. */
const MAX_LINE = 20_000;

function readSentences(whole: string): readonly LineSentence[] {
  const line = whole.length > MAX_LINE ? whole.slice(0, MAX_LINE) : whole;
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

/** Distinct hashes of the sampled shingles of `plain`. */
function marksOf(plain: string): Int32Array {
  const marks = new Set<number>();
  for (let at = 0; at + SHINGLE <= plain.length; at++) {
    let hash = 17;
    for (let piece = at; piece < at + SHINGLE; piece++) hash = (Math.imul(hash, 31) + plain.charCodeAt(piece)) | 0;
    hash ^= hash >>> 15;
    if ((hash & (SAMPLED - 1)) === 0) marks.add(hash);
  }
  return Int32Array.from(marks);
}
