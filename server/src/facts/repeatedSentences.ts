/** Sentences of two sections that say the same thing: near-duplicates by shared five-character shingles. */
import type { Analysis, Section } from '../structure/analysis';
import { LineCacheKey } from '../structure/lineCache';
import { LineMemo } from '../structure/lineMemo';
import { LineTotals } from '../structure/lineTotals';
import { doubled, KeyCounts } from '../text/keys';
import { Pace, type Resumable } from '../text/resumable';
import type { Span } from '../text/span';

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

/** The same with the numbers of its hashes in the text's {@link Marks}. */
interface NumberedSentence {
  readonly start: number;
  readonly end: number;
  readonly numbers: Int32Array;
}

/** The sentences of a text, as parallel arrays: they are collected after every edit. */
interface Sentences {
  readonly inLine: NumberedSentence[];
  /** Offsets of their lines. */
  readonly bases: number[];
  readonly sections: Section[];
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

/** The distinct hashes of a text, numbered, and in how many sentences each is: most are in one only. */
class Marks {
  private readonly counts = new KeyCounts(MARK_BITS);

  /** Adds `by` for each hash of `sentences`. */
  count(sentences: readonly LineSentence[], by: number): void {
    for (const { marks } of sentences) for (const mark of marks) this.counts.add(mark, by);
  }

  /** More than all numbers. */
  get limit(): number {
    return this.counts.size;
  }

  /** Whether several sentences have the hash `number`. */
  isShared(number: number): boolean {
    return this.counts.at(number) > 1;
  }

  /** `sentences`, which are counted, with the numbers of their hashes. */
  numbered(sentences: readonly LineSentence[]): readonly NumberedSentence[] {
    return sentences.map(({ start, end, marks }) => ({
      start,
      end,
      numbers: marks.map((mark) => this.counts.numberOf(mark)),
    }));
  }
}

/** A power of two for a short text; the tables grow. */
const MARK_BITS = 10;

const allMarks = new LineTotals<Marks>(
  () => new Marks(),
  (marks, { text, start, record }, by) =>
    marks.count(read.ofRecord(record, text.slice(start, start + record.length)), by),
);
const numbered = new LineCacheKey<{ readonly by: Marks; readonly sentences: readonly NumberedSentence[] }>();

/** Reads the sentences of `analysis` incrementally, so that {@link repeatedSentences} then returns at once. */
export function readSentencesAhead(analysis: Analysis): Resumable<void> {
  return read.prepare(analysis);
}

/**
 * The first `limit` near-duplicates of `analysis`, in order. A sentence that repeats several earlier ones is reported
 * once, with the most similar one.
 */
export function* repeatedSentences(analysis: Analysis, limit: number): Resumable<RepeatedSentence[]> {
  // A lint of a text that has changed is abandoned between steps, so that the numbers are not changed meanwhile.
  const marks = yield* allMarks.prepare(analysis);
  const { inLine, bases, sections } = yield* sentencesOf(analysis, marks);
  const holders = new MarkHolders(marks);
  /** How many hashes each earlier sentence shares with this one, and which earlier ones share any. */
  const counts = new Int32Array(inLine.length);
  const sharing: number[] = [];
  const found: RepeatedSentence[] = [];
  const placed = (index: number): Span => ({
    start: bases[index]! + inLine[index]!.start,
    end: bases[index]! + inLine[index]!.end,
  });
  const pace = new Pace();
  for (let index = 0; index < inLine.length && found.length < limit; index++) {
    const { numbers } = inLine[index]!;
    if (pace.isOver(numbers.length)) yield;
    sharing.length = 0;
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at]!;
      if (marks.isShared(number)) holders.addHolder(number, index, counts, sharing);
    }
    let best = -1;
    let likeness = SKETCH_LIKENESS;
    for (const holder of sharing) {
      const count = counts[holder]!;
      counts[holder] = 0;
      if (sections[holder] === sections[index]) continue;
      const union = inLine[holder]!.numbers.length + numbers.length - count;
      if (count / union >= likeness) {
        likeness = count / union;
        best = holder;
      }
    }
    if (best < 0) continue;
    const [first, second] = [placed(best), placed(index)];
    if (isAlike(analysis.text, first, second)) found.push({ ...second, firstStart: first.start, firstEnd: first.end });
  }
  return found;
}

/**
 * Maps the number of a hash to the sentences that contain it, in chains in flat arrays: it is rebuilt after every edit, and
 * maps of maps took twelve megabytes an edit.
 */
class MarkHolders {
  /** Index of a hash's newest entry plus one; 0 if there is none. */
  private readonly heads: Int32Array;
  private readonly sizes: Uint8Array;
  /** Two numbers for each entry: the sentence, and the entry before plus one. */
  private entries = new Int32Array(1 << MARK_BITS);
  private used = 0;

  constructor(marks: Marks) {
    this.heads = new Int32Array(marks.limit);
    this.sizes = new Uint8Array(marks.limit);
  }

  /**
   * Increments the count of each sentence that contains the hash `number`, appends those counted for the first time to
   * `sharing`, and adds `owner` to the holders of the hash.
   */
  addHolder(number: number, owner: number, counts: Int32Array, sharing: number[]): void {
    const { heads, sizes } = this;
    const head = heads[number]!;
    for (let entry = head; entry !== 0; ) {
      const holder = this.entries[2 * entry - 2]!;
      entry = this.entries[2 * entry - 1]!;
      if (counts[holder] === 0) sharing.push(holder);
      counts[holder]!++;
    }
    if (sizes[number] === MAX_HOLDERS) return;
    sizes[number]!++;
    if (2 * this.used === this.entries.length) this.entries = doubled(this.entries);
    this.entries[2 * this.used] = owner;
    this.entries[2 * this.used + 1] = head;
    heads[number] = ++this.used;
  }
}

/** Whether the sentences are alike in all shingles, which the sample only makes likely. */
function isAlike(text: string, a: Span, b: Span): boolean {
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

function* sentencesOf(analysis: Analysis, marks: Marks): Resumable<Sentences> {
  const { lines, blocks, headings } = analysis;
  const sentences: Sentences = { inLine: [], bases: [], sections: [] };
  const tops = headings.filter(({ kind, level, marker }) => kind !== 'title' && level === 1 && marker);
  yield;
  let next = 0;
  const pace = new Pace();
  for (const block of blocks) {
    if (block.kind !== 'body') continue;
    for (let line = block.firstLine; line <= block.lastLine; line++) {
      if (sentences.inLine.length >= MAX_SENTENCES) return sentences;
      if (pace.isOver()) yield;
      const from = lines.start(line);
      while (next < tops.length && (tops[next] as Section).span.start <= from) next++;
      const section = tops[next - 1];
      if (!section) continue;
      for (const sentence of numberedSentences(analysis, line, marks)) {
        sentences.inLine.push(sentence);
        sentences.bases.push(from);
        sentences.sections.push(section);
      }
    }
  }
  return sentences;
}

function numberedSentences(analysis: Analysis, line: number, marks: Marks): readonly NumberedSentence[] {
  const inLine = read.of(analysis, line);
  if (inLine.length === 0) return NO_NUMBERED;
  let known = numbered.at(analysis, line);
  if (known?.by !== marks) {
    known = { by: marks, sentences: marks.numbered(inLine) };
    numbered.put(analysis, line, known);
  }
  return known.sentences;
}

const NO_NUMBERED: readonly NumberedSentence[] = [];

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
