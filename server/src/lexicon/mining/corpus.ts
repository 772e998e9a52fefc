/** Joins many documents into one text for mining, without near-duplicates and repeated lines. */
import { DocumentTable, SEPARATOR } from './lcp';

/** The text that phrases are mined from, and its documents. */
export interface Corpus {
  /** All documents one after another, each line and each document ended by a {@link SEPARATOR}. */
  readonly text: Uint16Array;
  readonly documents: DocumentTable;
  /** Number of documents kept. */
  readonly documentCount: number;
  /** Indices of the documents left out as near-duplicates of an earlier one. */
  readonly duplicates: readonly number[];
}

/** Texts with at least this similarity count once. */
const SAME_TEXT = 0.8;
const SHINGLE = 12;
const SKETCH = 96;
/** A repeated line that is a whole sentence counts once; shorter ones are headings and page furniture. */
const SENTENCE_LENGTH = 30;

/** Data for recognising near-duplicates of a document, and its distinct lines. */
export interface TextFacts {
  /** See {@link nearDuplicates}. */
  readonly sketch: Uint32Array;
  /** 53-bit hashes of its lines. */
  readonly lines: Float64Array;
  /** For each of them 1 if it is a whole sentence. */
  readonly sentences: Uint8Array;
}

/**
 * Lines that occur in several documents, with the index of the kept document that retains the line; -1 if none does.
 */
export type RepeatedLines = ReadonlyMap<number, number>;

/**
 * Joins prepared documents (see {@link prepareText}). Documents that share four fifths of their text with an earlier
 * one are left out; of lines that occur verbatim in several documents, sentences count once and the others not at all.
 */
export function joinDocuments(prepared: readonly string[]): Corpus {
  const facts = prepared.map(factsOfText);
  const duplicates = nearDuplicates(facts.map(({ sketch }) => sketch));
  const left = new Set(duplicates);
  const kept = [...prepared.keys()].filter((index) => !left.has(index));
  const repeated = repeatedLines(kept.map((index) => facts[index] as TextFacts));
  const corpus = joinTexts(
    kept.map((index) => prepared[index] as string),
    [...kept.keys()],
    repeated,
  );
  return { ...corpus, duplicates };
}

/** The facts of a prepared text. */
export function factsOfText(text: string): TextFacts {
  const lines = new Map<number, number>();
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    lines.set(hashUnits(text, start, end), isSentence(text, start, end) ? 1 : 0);
    start = end + 1;
  }
  return { sketch: sketchOf(text), lines: Float64Array.from(lines.keys()), sentences: Uint8Array.from(lines.values()) };
}

/** The lines of the kept documents that occur in more than one of them. */
export function repeatedLines(documents: readonly Pick<TextFacts, 'lines' | 'sentences'>[]): RepeatedLines {
  const first = new Map<number, number>();
  const repeated = new Map<number, number>();
  documents.forEach(({ lines, sentences }, document) => {
    lines.forEach((hash, index) => {
      const before = first.get(hash);
      if (before === undefined) first.set(hash, document);
      else repeated.set(hash, sentences[index] === 1 ? before : -1);
    });
  });
  return repeated;
}

/**
 * Joins the texts of kept documents, `places` being their indices among all of these, without the lines they do not
 * retain.
 */
export function joinTexts(texts: readonly string[], places: readonly number[], repeated: RepeatedLines): Corpus {
  let size = 1;
  for (const text of texts) size += text.length + 1;
  const text = new Uint16Array(size);
  const starts: number[] = [];
  const taken = new Set<number>();
  // The text begins with a separator, so that every position has a predecessor.
  let at = 1;
  texts.forEach((document, index) => {
    starts.push(starts.length === 0 ? 0 : at);
    for (let start = 0; start < document.length; ) {
      const end = lineEnd(document, start);
      const hash = hashUnits(document, start, end);
      const keeper = repeated.get(hash);
      if (keeper === undefined || (keeper === places[index] && !taken.has(hash))) {
        for (let from = start; from < end; from++) text[at++] = document.charCodeAt(from);
        text[at++] = SEPARATOR;
        if (keeper !== undefined) taken.add(hash);
      }
      start = end + 1;
    }
  });
  return {
    text: text.slice(0, at),
    documents: new DocumentTable(starts, at),
    documentCount: texts.length,
    duplicates: [],
  };
}

function lineEnd(document: string, start: number): number {
  const end = document.indexOf('\0', start);
  return end < 0 ? document.length : end;
}

function isSentence(document: string, start: number, end: number): boolean {
  return end - start >= SENTENCE_LENGTH && document.slice(start, end).includes('。');
}

/** A 53-bit hash of part of a text (two FNV-1a runs). */
function hashUnits(text: string, start: number, end: number): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return (high >>> 11) * 0x100000000 + (low >>> 0);
}

/**
 * The indices of near-duplicates of earlier documents, by their sketches. Compares bottom-k sketches of 12-character
 * shingles (Broder, "On the resemblance and containment of documents", 1997).
 */
export function nearDuplicates(sketches: readonly Uint32Array[]): number[] {
  const holders = new Map<number, number[]>();
  const found: number[] = [];
  sketches.forEach((sketch, index) => {
    const shared = new Map<number, number>();
    for (const hash of sketch) {
      for (const other of holders.get(hash) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    for (const [other, count] of shared) {
      if (count >= 3 && resemblance(sketch, sketches[other] as Uint32Array) >= SAME_TEXT) {
        found.push(index);
        return;
      }
    }
    for (const hash of sketch) {
      const list = holders.get(hash);
      if (!list) holders.set(hash, [index]);
      // A shingle found in very many documents is boilerplate and uninformative.
      else if (list.length < 50) list.push(index);
    }
  });
  return found;
}

/** The smallest hashes of all shingles, ascending. */
function sketchOf(document: string): Uint32Array {
  const hashes = new Set<number>();
  // Candidates are filtered by a decreasing bound, so that only few are stored at a time.
  let bound = 0xffffffff;
  const squeeze = (): void => {
    const smallest = Uint32Array.from(hashes).sort().subarray(0, SKETCH);
    hashes.clear();
    for (const hash of smallest) hashes.add(hash);
    if (smallest.length === SKETCH) bound = smallest[SKETCH - 1] as number;
  };
  let rolling = 0;
  const power = powerOf(SHINGLE);
  for (let at = 0; at < document.length; at++) {
    rolling = (Math.imul(rolling, BASE) + document.charCodeAt(at)) | 0;
    if (at >= SHINGLE) rolling = (rolling - Math.imul(document.charCodeAt(at - SHINGLE), power)) | 0;
    if (at < SHINGLE - 1) continue;
    const hash = scramble(rolling);
    if (hash <= bound) {
      hashes.add(hash);
      if (hashes.size >= SKETCH * 8) squeeze();
    }
  }
  squeeze();
  return Uint32Array.from(hashes).sort();
}

const BASE = 0x01000193;

function powerOf(exponent: number): number {
  let power = 1;
  for (let step = 0; step < exponent; step++) power = Math.imul(power, BASE);
  return power;
}

/** Spreads the bits of a rolling hash (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Similarity of two texts, 0 to 1, estimated from the smallest hashes of both together. */
function resemblance(left: Uint32Array, right: Uint32Array): number {
  let shared = 0;
  let union = 0;
  let a = 0;
  let b = 0;
  while (union < SKETCH && (a < left.length || b < right.length)) {
    const x = left[a] ?? 0x100000000;
    const y = right[b] ?? 0x100000000;
    if (x === y) shared++;
    if (x <= y) a++;
    if (y <= x) b++;
    union++;
  }
  return union === 0 ? 0 : shared / union;
}
