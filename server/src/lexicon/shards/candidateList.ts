/**
 * Phrase candidates of a part of a corpus: all strings that occur in a minimum number of its documents. A string in
 * enough documents of the whole is in enough of at least one part (Savasere, Omiecinski and Navathe, "An efficient
 * algorithm for mining association rules in large databases", VLDB 1995), so that no phrase is lost.
 */
import { MAX_PHRASE_LENGTH, MIN_PHRASE_LENGTH, PhraseShape } from '../mining/candidates';
import type { DocumentTable } from '../mining/lcp';
import { visitIntervals } from '../mining/lcp';
import type { CorpusPlan } from '../mining/plan';
import { MergeHeap, type SortedStream } from './mergeHeap';
import type { NumberWriter, SectionReader } from './sectionFile.node';

/** Minimum number of documents of a part, or alternatively of recent ones, with a string that is listed. */
export interface LeastDocuments {
  readonly documents: number;
  readonly recent: number;
}

/** Sorted strings with the number of documents of the part that have them: `least` or more. */
export interface CandidateList {
  readonly least: LeastDocuments;
  readonly strings: CandidateReader;
}

/** With a lower minimum a string need not be repeated within a part, and cannot be found there. */
export const MIN_DOCUMENTS_PER_PART = 2;

/** A text with its suffixes sorted. */
export interface SortedText {
  readonly text: Uint16Array;
  readonly documents: DocumentTable;
  readonly suffixes: Int32Array;
  readonly prefixes: Uint8Array;
}

/**
 * Writes the strings of a text that could be phrases by themselves and occur in at least `least` (2 or more) documents,
 * sorted. Each consists of the number of units it shares with the one before, that of those it adds and these, the
 * number of documents, and that of recent ones, for which `isRecent` is 1. Linear time.
 */
export function writeCandidateStrings(
  to: NumberWriter,
  { text, documents, suffixes, prefixes }: SortedText,
  least: LeastDocuments,
  isRecent: Uint8Array,
): void {
  const found = new IntervalsInOrder(suffixes.length);
  visitIntervals(
    suffixes,
    prefixes,
    documents,
    (first, _last, length, parent, inDocuments, recent) => {
      if (length < MIN_PHRASE_LENGTH || parent >= MAX_PHRASE_LENGTH) return;
      if (inDocuments < least.documents && recent < least.recent) return;
      found.add(first, length, parent, inDocuments, recent);
    },
    isRecent,
  );
  const shape = new PhraseShape();
  // The string written last is the beginning of the suffix at `start`.
  let start = 0;
  let written = 0;
  found.visit((first, length, parent, inDocuments, recent) => {
    const here = suffixes[first] as number;
    const longest = Math.min(length, MAX_PHRASE_LENGTH);
    let shared = 0;
    while (shared < written && text[start + shared] === text[here + shared]) shared++;
    shape.clear();
    for (let size = 1; size <= longest && shape.add(text[here + size - 1] as number); size++) {
      if (size <= parent || size < MIN_PHRASE_LENGTH || !shape.kind) continue;
      const common = Math.min(shared, size);
      to.number(common);
      to.number(size - common);
      for (let at = common; at < size; at++) to.number(text[here + at] as number);
      to.number(inDocuments);
      to.number(recent);
      shared = written = size;
      start = here;
    }
  });
  to.flush();
}

/** Intervals of suffixes, added from the inside outwards and visited in the order of their strings. */
class IntervalsInOrder {
  /** The last interval added that begins with each suffix, and the one before each interval; 0 for none. */
  private readonly lastAt: Int32Array;
  private before = new Int32Array(1 << 12);
  /** Length, parent's length, and documents of each. */
  private fields = new Int32Array(4 << 12);
  private size = 0;

  constructor(suffixes: number) {
    this.lastAt = new Int32Array(suffixes);
  }

  add(first: number, length: number, parent: number, documents: number, recent: number): void {
    const index = ++this.size;
    if (index === this.before.length) {
      this.before = doubled(this.before);
      this.fields = doubled(this.fields);
    }
    this.before[index] = this.lastAt[first] as number;
    this.lastAt[first] = index;
    const at = 4 * index;
    this.fields[at] = length;
    this.fields[at + 1] = parent;
    this.fields[at + 2] = documents;
    this.fields[at + 3] = recent;
  }

  visit(note: (first: number, length: number, parent: number, documents: number, recent: number) => void): void {
    const { lastAt, before, fields } = this;
    for (let first = 0; first < lastAt.length; first++) {
      // Those that begin with the same suffix were added last outermost, whose string is the shortest.
      for (let index = lastAt[first] as number; index > 0; index = before[index] as number) {
        const at = 4 * index;
        note(first, fields[at] as number, fields[at + 1] as number, fields[at + 2] as number, fields[at + 3] as number);
      }
    }
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}

/** Reads the output of {@link writeCandidateStrings}. */
export class CandidateReader implements SortedStream {
  readonly units = new Uint16Array(MAX_PHRASE_LENGTH);
  size = 0;
  documents = 0;
  recent = 0;

  constructor(private readonly reader: SectionReader) {}

  /** Reads the next string; the first one, too. Returns false if there is none. */
  next(): boolean {
    const { reader, units } = this;
    const shared = reader.number();
    if (shared < 0) return false;
    this.size = shared + reader.number();
    for (let at = shared; at < this.size; at++) units[at] = reader.number();
    this.documents = reader.number();
    this.recent = reader.number();
    return true;
  }
}

function isBefore(one: CandidateReader, other: CandidateReader): boolean {
  const size = Math.min(one.size, other.size);
  for (let at = 0; at < size; at++) {
    if (one.units[at] !== other.units[at]) return (one.units[at] as number) < (other.units[at] as number);
  }
  return one.size < other.size;
}

/** Whether every string that is widespread by `plan` is in one of the lists. */
export function losesNothing(lists: readonly Pick<CandidateList, 'least'>[], plan: CorpusPlan): boolean {
  const most = mostUnlisted(lists);
  return most.documents < plan.minDocuments && (plan.recentDocuments === 0 || most.recent < plan.minRecent);
}

/** Maximum number of documents with a string that is in none of the lists. */
function mostUnlisted(lists: readonly Pick<CandidateList, 'least'>[]): LeastDocuments {
  let documents = 0;
  let recent = 0;
  for (const { least } of lists) {
    documents += least.documents - 1;
    recent += least.recent - 1;
  }
  return { documents, recent };
}

/** The largest minimum for `parts` lists that loses nothing; below {@link MIN_DOCUMENTS_PER_PART} if there are too many of them. */
export function leastFor(parts: number, { minDocuments, minRecent, recentDocuments }: CorpusPlan): LeastDocuments {
  const documents = Math.floor((minDocuments - 1) / parts) + 1;
  return { documents, recent: recentDocuments === 0 ? documents : Math.floor((minRecent - 1) / parts) + 1 };
}

/** Whether a part can be searched with this minimum. */
export function isSearchable({ documents, recent }: LeastDocuments): boolean {
  return Math.min(documents, recent) >= MIN_DOCUMENTS_PER_PART;
}

/** The strings of all lists that may be widespread by `plan`, sorted, each once. */
export function* likelyStrings(lists: readonly CandidateList[], plan: CorpusPlan): Generator<string> {
  const leasts = new Map(lists.map(({ least, strings }) => [strings, least]));
  const merging = new MergeHeap(
    lists.flatMap(({ strings }) => (strings.next() ? [strings] : [])),
    isBefore,
  );
  const most = mostUnlisted(lists);
  const units = new Uint16Array(MAX_PHRASE_LENGTH);
  for (let { first } = merging; first; { first } = merging) {
    const { size } = first;
    units.set(first.units);
    let { documents, recent } = most;
    for (; first?.size === size && isSame(first.units, units, size); { first } = merging) {
      const least = leasts.get(first) as LeastDocuments;
      documents += first.documents - (least.documents - 1);
      recent += first.recent - (least.recent - 1);
      merging.next();
    }
    if (documents < plan.minDocuments && (plan.recentDocuments === 0 || recent < plan.minRecent)) continue;
    yield String.fromCharCode(...units.subarray(0, size));
  }
}

function isSame(one: Uint16Array, other: Uint16Array, size: number): boolean {
  for (let at = 0; at < size; at++) if (one[at] !== other[at]) return false;
  return true;
}
