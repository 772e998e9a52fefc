/** Many documents as one text to mine: near duplicates left out, repeated lines dropped. */
import { DocumentTable, SEPARATOR } from './lcp';

/** The text that phrases are mined from, and where it came from. */
export interface Corpus {
  /** All documents one after another, each line and each document ended by a {@link SEPARATOR}. */
  readonly text: Uint16Array;
  readonly documents: DocumentTable;
  /** How many documents were kept. */
  readonly documentCount: number;
  /** Indices of the documents left out because they are nearly the same as one before them. */
  readonly duplicates: readonly number[];
}

/** Texts of which at least this part is the same count once. */
const SAME_TEXT = 0.8;
const SHINGLE = 12;
const SKETCH = 96;
/** A repeated line that is a whole sentence counts once; shorter ones are headings and page furniture. */
const SENTENCE_LENGTH = 30;

/**
 * Joins prepared documents (see {@link prepareText}). Documents that share four fifths of their text with an earlier one
 * are left out; of lines that stand word for word in several documents, sentences count once and the others not at all.
 */
export function joinDocuments(prepared: readonly string[]): Corpus {
  const duplicates = nearDuplicates(prepared);
  const left = new Set(duplicates);
  const kept = prepared.filter((_, index) => !left.has(index));
  const seen = countLines(kept);
  let size = 1;
  for (const text of kept) size += text.length + 1;
  const text = new Uint16Array(size);
  const starts: number[] = [];
  // The text begins with a separator, so that every place has something before it.
  let at = 1;
  for (const document of kept) {
    starts.push(starts.length === 0 ? 0 : at);
    for (let start = 0; start < document.length; ) {
      const end = lineEnd(document, start);
      const hash = hashUnits(document, start, end);
      const documentsWithIt = seen.get(hash) as number;
      if (Math.abs(documentsWithIt) === 1 || (documentsWithIt > 0 && isSentence(document, start, end))) {
        for (let from = start; from < end; from++) text[at++] = document.charCodeAt(from);
        text[at++] = SEPARATOR;
        // A negative count tells that the sentence has been taken.
        if (documentsWithIt > 1) seen.set(hash, -documentsWithIt);
      }
      start = end + 1;
    }
  }
  const used = text.slice(0, at);
  return { text: used, documents: new DocumentTable(starts, at), documentCount: kept.length, duplicates };
}

/** In how many documents each line stands. */
function countLines(documents: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const document of documents) {
    const own = new Set<number>();
    for (let start = 0; start < document.length; ) {
      const end = lineEnd(document, start);
      own.add(hashUnits(document, start, end));
      start = end + 1;
    }
    for (const hash of own) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
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
 * Documents that are nearly the same as an earlier one. Compares bottom-k sketches of 12-character shingles (Broder,
 * "On the resemblance and containment of documents", 1997).
 */
function nearDuplicates(documents: readonly string[]): number[] {
  const sketches: Uint32Array[] = [];
  const holders = new Map<number, number[]>();
  const found: number[] = [];
  documents.forEach((document, index) => {
    const sketch = sketchOf(document);
    sketches.push(sketch);
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
      // A shingle of very many documents is boilerplate and tells nothing.
      else if (list.length < 50) list.push(index);
    }
  });
  return found;
}

/** The smallest hashes of all shingles, ascending. */
function sketchOf(document: string): Uint32Array {
  const hashes = new Set<number>();
  // Candidates are thinned by a falling bound, so that few of them are ever kept.
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

/** How much of two texts is the same, 0 to 1, judged by the smallest hashes of both together. */
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
