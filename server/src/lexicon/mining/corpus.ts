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
 * Lines that occur in several documents, by their hashes, with the index of the kept document that retains the line; -1
 * if none does.
 */
export type RepeatedLines = Pick<ReadonlyMap<number, number>, 'get'>;

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

/** A shingle found in more documents is boilerplate and uninformative. */
const MAX_HOLDERS = 50;

/**
 * The indices of near-duplicates of earlier documents, by their sketches. Compares bottom-k sketches of 12-character
 * shingles (Broder, "On the resemblance and containment of documents", 1997). Takes about ten bytes per hash of the
 * sketches: a map of them has a limit, and ten gigabytes of text have twice as many.
 */
export function nearDuplicates(sketches: readonly Uint32Array[]): number[] {
  const { starts, groups, sizes } = sharedHashes(sketches);
  // The kept documents with each hash, so far.
  const firstHolder = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, group) => {
    firstHolder[group + 1] = (firstHolder[group] as number) + Math.min(size, MAX_HOLDERS);
  });
  const holders = new Uint32Array(firstHolder[sizes.length] as number);
  const held = new Uint8Array(sizes.length);
  const shared = new Uint16Array(sketches.length);
  const found: number[] = [];
  sketches.forEach((sketch, index) => {
    const own = groups.subarray(starts[index], starts[index + 1]);
    const others: number[] = [];
    for (const group of own) {
      const first = firstHolder[group] as number;
      for (let at = first; at < first + (held[group] as number); at++) {
        const other = holders[at] as number;
        if (shared[other] === 0) others.push(other);
        shared[other]!++;
      }
    }
    const isDuplicate = others.some(
      (other) => (shared[other] as number) >= 3 && resemblance(sketch, sketches[other] as Uint32Array) >= SAME_TEXT,
    );
    for (const other of others) shared[other] = 0;
    if (isDuplicate) {
      found.push(index);
      return;
    }
    for (const group of own) {
      if ((held[group] as number) >= MAX_HOLDERS) continue;
      holders[(firstHolder[group] as number) + (held[group] as number)] = index;
      held[group]!++;
    }
  });
  return found;
}

/** Those hashes of documents that several of them share, numbered as groups. */
interface SharedHashes {
  /** The groups of document n are those from `starts[n]` to before `starts[n + 1]`. */
  readonly starts: Uint32Array;
  readonly groups: Uint32Array;
  /** Number of documents of each group. */
  readonly sizes: Uint32Array;
}

/** Number of slices in which hashes are sorted; with it a hash and a document's index fit into the 53 bits of a number. */
const SLICES = 16;
const MAX_DOCUMENTS = 2 ** 25;

function sharedHashes(sketches: readonly Uint32Array[]): SharedHashes {
  const owners = new GrowingArray();
  const memberships = new GrowingArray();
  const sizes = new GrowingArray();
  const starts = new Uint32Array(sketches.length + 1);
  for (let slice = 0; slice < SLICES; slice++) {
    let size = 0;
    for (const sketch of sketches) for (const hash of sketch) if (hash % SLICES === slice) size++;
    const keys = new Float64Array(size);
    let at = 0;
    sketches.forEach((sketch, index) => {
      for (const hash of sketch) {
        if (hash % SLICES === slice) keys[at++] = Math.floor(hash / SLICES) * MAX_DOCUMENTS + index;
      }
    });
    keys.sort();
    for (let from = 0, to = 0; from < size; from = to) {
      const hash = Math.floor((keys[from] as number) / MAX_DOCUMENTS);
      while (to < size && Math.floor((keys[to] as number) / MAX_DOCUMENTS) === hash) to++;
      if (to - from < 2) continue;
      for (let member = from; member < to; member++) {
        const index = (keys[member] as number) % MAX_DOCUMENTS;
        owners.push(index);
        memberships.push(sizes.length);
        starts[index + 1]!++;
      }
      sizes.push(to - from);
    }
  }
  for (let index = 0; index < sketches.length; index++) starts[index + 1]! += starts[index] as number;
  const groups = new Uint32Array(owners.length);
  const next = starts.slice();
  const [owner, membership] = [owners.values(), memberships.values()];
  for (let at = 0; at < groups.length; at++) groups[next[owner[at] as number]!++] = membership[at] as number;
  return { starts, groups, sizes: sizes.values() };
}

/** Whole numbers below 2^32, four bytes each. */
class GrowingArray {
  private items = new Uint32Array(1 << 10);
  length = 0;

  push(value: number): void {
    if (this.length === this.items.length) {
      const more = new Uint32Array(2 * this.length);
      more.set(this.items);
      this.items = more;
    }
    this.items[this.length++] = value;
  }

  values(): Uint32Array {
    return this.items.subarray(0, this.length);
  }
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
