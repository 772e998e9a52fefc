/** The stored forms of a lexicon: one JSON object, and the packed form that is loaded faster. */

import { lazily } from '../../text/lazily';
import type { Message } from '../../text/message';
import { partitionPoint } from '../../text/partitionPoint';
import { Pace, type Resumable } from '../../text/resumable';
import { NgramBuilder, type NgramBytes, NgramTable, type StoredNgrams } from '../mining/ngrams';
import type { LeastDocuments, LeastSince, Lexicon, LexiconSource, Neighbour, Phrase, Series, Spread } from './lexicon';
import { isPacked, PACKED_VERSION, packed, unpacked } from './packedForm';

/** To be raised when the stored form changes; lexicons of other versions are learned again. */
export const LEXICON_VERSION = 2;
/** Minimum number of documents with a phrase for proofreading, if documents are few. */
export const MIN_DOCUMENTS = 4;
/** Weight of the writer’s own texts: the wording of one office is repetitive. */
const OWN_WEIGHT = 4;
const FORMAT = 'policy-text-lexicon';

/** Text and count alternating. */
type StoredNeighbours = readonly (string | number)[];

/** Empty fields at the end are left out; 0 is an unknown year, the last year is stored relative to the first. */
type StoredPhrase = readonly [
  text: string,
  count: number,
  documents: number,
  before?: StoredNeighbours,
  after?: StoredNeighbours,
  series?: number,
  variants?: StoredNeighbours,
  since?: number,
  lasted?: number,
];

export interface StoredLexicon {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly inputs: string;
  readonly source: LexiconSource;
  readonly phrases: readonly StoredPhrase[];
  /** Members, count, documents, number of occurrences in another order, and of those without each member. */
  readonly series: readonly (readonly [
    members: readonly string[],
    count: number,
    documents: number,
    turned?: number,
    leftOut?: readonly number[],
  ])[];
  readonly ngrams: StoredNgrams;
  /** Absent if there are none. */
  readonly nearForms?: StoredNeighbours;
  readonly minDocuments?: number;
  readonly minDocumentsSince?: LeastSince;
}

export type { LeastSince } from './lexicon';

/** A stored lexicon that cannot be used; `explanation` is meant for the writer. */
export class LexiconError extends Error {
  constructor(
    readonly problem: 'broken' | 'version',
    readonly explanation: Message,
  ) {
    super(explanation.en);
    this.name = 'LexiconError';
  }
}

/** Input of {@link storeLexicon}: a lexicon without its look-up structures. */
export type LexiconContents = Pick<Lexicon, 'phrases' | 'series' | 'source' | 'inputs'> & {
  ngrams: StoredNgrams;
  nearForms?: readonly Neighbour[];
  minDocuments?: number;
  minDocumentsSince?: LeastSince;
};

/** Serialises a lexicon as JSON, one phrase per line so that versions can be compared. */
export function storeLexicon(contents: LexiconContents): string {
  const seriesIndex = new Map(contents.series.map((series, index) => [series, index]));
  const phrases = contents.phrases.map((phrase) => {
    const fields = [
      phrase.text,
      phrase.count,
      phrase.documents,
      phrase.before.flat(),
      phrase.after.flat(),
      phrase.series ? (seriesIndex.get(phrase.series) ?? -1) : -1,
      phrase.variants.flat(),
      ...(phrase.since === undefined ? [] : [phrase.since, (phrase.until ?? phrase.since) - phrase.since]),
    ];
    while (isEmpty(fields.at(-1))) fields.pop();
    return JSON.stringify(fields);
  });
  const series = contents.series.map((one) => {
    const counted = one.turned === undefined || !one.leftOut ? [] : [one.turned, one.leftOut];
    return JSON.stringify([one.members, one.count, one.documents, ...counted]);
  });
  return [
    `{"format":"${FORMAT}","version":${LEXICON_VERSION},"inputs":${JSON.stringify(contents.inputs)},`,
    `"source":${JSON.stringify(contents.source)},`,
    `"series":[\n${series.join(',\n')}\n],`,
    `"phrases":[\n${phrases.join(',\n')}\n],`,
    ...(contents.nearForms?.length ? [`"nearForms":${JSON.stringify(contents.nearForms.flat())},`] : []),
    ...(contents.minDocuments === undefined ? [] : [`"minDocuments":${contents.minDocuments},`]),
    ...(contents.minDocumentsSince?.length
      ? [`"minDocumentsSince":${JSON.stringify(contents.minDocumentsSince)},`]
      : []),
    `"ngrams":${JSON.stringify(contents.ngrams)}}\n`,
  ].join('\n');
}

function isEmpty(field: unknown): boolean {
  return field === -1 || (Array.isArray(field) && field.length === 0);
}

/** A lexicon without its n-grams. */
type LexiconHead = Omit<StoredLexicon, 'ngrams'>;

/** The head of the packed form. */
type PackedHead = LexiconHead & { readonly weights?: readonly number[] };

/** A lexicon parsed as JSON; the streams of its n-grams may still be the bytes of the file. */
type ParsedLexicon = LexiconHead & { readonly ngrams: StoredNgrams | NgramBytes };

/** Before the n-grams; the line break is in no string of JSON. */
const BEFORE_NGRAMS = '\n"ngrams":{"units":"';
/** Before each of their streams, in order, and after the last. */
const STREAMS = ['","ranks":"', '","counts":"', '","flags":"', '"'] as const;

/**
 * Parses the bytes of a file. Nine tenths of it are streams of n-grams in printable ASCII, which are not decoded if the
 * file is laid out as {@link storeLexicon} does. Throws an error if it is not JSON.
 */
function parseBytes(bytes: Uint8Array): ParsedLexicon {
  const ends: number[] = [];
  const start = placeOf(BEFORE_NGRAMS, bytes, 0);
  let at = start < 0 ? -1 : start + BEFORE_NGRAMS.length;
  for (const words of STREAMS) {
    if (at >= 0) at = placeOf(words, bytes, at);
    ends.push(at);
    if (at >= 0) at += words.length;
  }
  const decoder = new TextDecoder();
  if (at < 0) return JSON.parse(decoder.decode(bytes));
  const [unitsEnd, ranksEnd, countsEnd, flagsEnd] = ends as [number, number, number, number];
  const json = `${decoder.decode(bytes.subarray(0, unitsEnd))}"${decoder.decode(bytes.subarray(flagsEnd + 1))}`;
  const stored = JSON.parse(json) as StoredLexicon;
  const stream = (from: number, words: string, end: number): Uint8Array => bytes.subarray(from + words.length, end);
  const ngrams: NgramBytes = {
    ...stored.ngrams,
    ranks: stream(unitsEnd, STREAMS[0], ranksEnd),
    counts: stream(ranksEnd, STREAMS[1], countsEnd),
    flags: stream(countsEnd, STREAMS[2], flagsEnd),
  };
  return { ...stored, ngrams };
}

/** The first place of `words`, which are ASCII, in `bytes` from `from` on; -1 if there is none. */
function placeOf(words: string, bytes: Uint8Array, from: number): number {
  const first = words.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < words.length && bytes[at + same] === words.charCodeAt(same)) same++;
    if (same === words.length) return at;
  }
  return -1;
}

/**
 * The packed form of a stored lexicon, given as {@link loadLexicon} takes it: the same bytes for the same content.
 * Throws {@link LexiconError}.
 */
export function packLexicon(stored: string | Uint8Array): Uint8Array {
  const { head, ngrams } = parse(stored);
  const { weights } = ngrams;
  const whole: PackedHead = { ...head, ...(weights.length > 0 && { weights }) };
  return packed(new TextEncoder().encode(JSON.stringify(whole)), ngrams.packed());
}

/** What is stored, its n-grams ready to use. Throws {@link LexiconError} for anything but a lexicon of this version. */
function parse(stored: string | Uint8Array): { head: LexiconHead; ngrams: NgramTable } {
  try {
    if (typeof stored !== 'string' && isPacked(stored)) {
      const parts = unpacked(stored);
      if (parts.version !== PACKED_VERSION) throw otherVersion(parts.version, PACKED_VERSION);
      const { weights, ...head } = JSON.parse(new TextDecoder().decode(parts.head)) as PackedHead;
      checkHead(head);
      return { head, ngrams: NgramTable.unpacked(parts.ngrams, weights) };
    }
    const parsed: ParsedLexicon = typeof stored === 'string' ? JSON.parse(stored) : parseBytes(stored);
    checkHead(parsed);
    const { ngrams, ...head } = parsed;
    return { head, ngrams: NgramTable.load(ngrams) };
  } catch (error) {
    throw error instanceof LexiconError ? error : broken();
  }
}

function checkHead(head: LexiconHead): void {
  if (typeof head !== 'object' || head === null || head.format !== FORMAT) throw broken();
  if (head.version !== LEXICON_VERSION) throw otherVersion(head.version, LEXICON_VERSION);
}

function otherVersion(found: number, read: number): LexiconError {
  return new LexiconError('version', {
    en: 'This lexicon was written by another version of the program (form {0}, read here: {1}). Learn it again.',
    zh: '这个词库由其他版本的程序生成（格式 {0}，本版本为 {1}），请重新学习生成。',
    values: [String(found), read],
  });
}

/**
 * Parses a stored lexicon, given as text or as the bytes of its file, which may be in the packed form and must then not
 * be changed any more. Throws {@link LexiconError} for anything but one of this version.
 */
export function loadLexicon(lexicon: string | Uint8Array): Lexicon {
  const { head: stored, ngrams } = parse(lexicon);
  try {
    const series = stored.series.map(
      ([members, count, documents, turned, leftOut]): Series => ({
        members: members.map(checkedText),
        count: checkedCount(count),
        documents: checkedCount(documents),
        ...(turned !== undefined && { turned: checkedCount(turned) }),
        ...(leftOut !== undefined && { leftOut: leftOut.map(checkedCount) }),
      }),
    );
    const phrases = stored.phrases.map((phrase) => readPhrase(phrase, series));
    const { documents, duplicates, characters } = stored.source;
    const least = checkedCount(stored.minDocuments ?? MIN_DOCUMENTS);
    const since = (stored.minDocumentsSince ?? []).map(
      ([year, documentsThen]) => [checkedCount(year), checkedCount(documentsThen)] as const,
    );
    return new LoadedLexicon({
      phrases,
      series,
      source: {
        documents: checkedCount(documents),
        duplicates: checkedCount(duplicates),
        characters: checkedCount(characters),
      },
      inputs: checkedText(stored.inputs),
      ngrams,
      nearForms: new Map(neighbours(stored.nearForms)),
      minDocuments: least,
      required: [{ documents: least, since }],
    });
  } catch {
    throw broken();
  }
}

function broken(): LexiconError {
  return new LexiconError('broken', {
    en: 'This is not a lexicon, or it is damaged. Learn it again.',
    zh: '这不是词库文件，或者文件已损坏，请重新学习生成。',
  });
}

/** Without a destructuring pattern and spreads, which take as long as parsing does in code that runs for the first time. */
function readPhrase(stored: StoredPhrase, all: readonly Series[]): Phrase {
  const phrase: { -readonly [Field in keyof Phrase]: Phrase[Field] } = {
    text: checkedText(stored[0]),
    count: checkedCount(stored[1]),
    documents: checkedCount(stored[2]),
    before: neighbours(stored[3]),
    after: neighbours(stored[4]),
    variants: neighbours(stored[6]),
  };
  const own = all[stored[5] ?? -1];
  if (own) phrase.series = own;
  const since = stored[7] ?? 0;
  if (since > 0) {
    phrase.since = checkedCount(since);
    phrase.until = since + checkedCount(stored[8] ?? 0);
  }
  return phrase;
}

const NO_NEIGHBOURS: readonly Neighbour[] = [];

function neighbours(flat: StoredNeighbours | undefined): readonly Neighbour[] {
  if (flat === undefined || flat.length === 0) return NO_NEIGHBOURS;
  const pairs: Neighbour[] = [];
  for (let at = 0; at < flat.length; at += 2) pairs.push([checkedText(flat[at]), checkedCount(flat[at + 1])]);
  return pairs;
}

function checkedText(value: unknown): string {
  if (typeof value !== 'string') throw broken();
  return value;
}

function checkedCount(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw broken();
  return value;
}

/**
 * How widespread words are by what is `required`, of a lexicon and, where another was merged into it, of the writer's own
 * documents: a phrase in many of these need not be widespread elsewhere.
 */
function spreadOf({ documents, own = 0, since: year = 0 }: Spread, required: readonly LeastDocuments[]): number {
  const [shipped, merged] = required;
  const by = (least: LeastDocuments | undefined, found: number): number =>
    least === undefined
      ? 0
      : found / Math.max(1, least.since.findLast(([from]) => from <= year)?.[1] ?? least.documents);
  return merged ? Math.max(by(shipped, documents - own), by(merged, own)) : by(shipped, documents);
}

/** A lexicon without its look-up structures. */
export type LoadedContents = Pick<
  Lexicon,
  'phrases' | 'series' | 'source' | 'inputs' | 'ngrams' | 'nearForms' | 'minDocuments' | 'required'
>;

export class LoadedLexicon implements Lexicon {
  private readonly byText: () => Map<string, Phrase>;
  /** Indices of the phrases in the order of their texts. */
  private readonly sorted: () => Uint32Array;

  readonly phrases: readonly Phrase[];
  readonly series: readonly Series[];
  readonly source: LexiconSource;
  readonly inputs: string;
  readonly ngrams: NgramTable;
  readonly nearForms: ReadonlyMap<string, number>;
  readonly minDocuments: number;
  readonly required: readonly LeastDocuments[];

  constructor(contents: LoadedContents) {
    const { phrases } = contents;
    this.phrases = phrases;
    this.series = contents.series;
    this.source = contents.source;
    this.inputs = contents.inputs;
    this.ngrams = contents.ngrams;
    this.nearForms = contents.nearForms;
    this.minDocuments = contents.minDocuments;
    this.required = contents.required;
    this.byText = lazily(() => {
      const byText = new Map<string, Phrase>();
      for (const phrase of phrases) for (const [variant] of phrase.variants) byText.set(variant, phrase);
      for (const phrase of phrases) byText.set(phrase.text, phrase);
      return byText;
    });
    this.sorted = lazily(() => {
      const text = (index: number) => (phrases[index] as Phrase).text;
      return Uint32Array.from(phrases.keys()).sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
    });
  }

  spread(words: Spread): number {
    return spreadOf(words, this.required);
  }

  find(text: string): Phrase | undefined {
    return this.byText().get(text);
  }

  startingWith(prefix: string, limit: number): Phrase[] {
    const { phrases } = this;
    const sorted = this.sorted();
    const isBefore = (at: number) => (phrases[sorted[at] as number] as Phrase).text < prefix;
    const found: number[] = [];
    for (let at = partitionPoint(sorted.length, isBefore); at < sorted.length; at++) {
      const index = sorted[at] as number;
      if (!(phrases[index] as Phrase).text.startsWith(prefix)) break;
      found.push(index);
    }
    found.sort((a, b) => a - b);
    return found.slice(0, limit).map((index) => phrases[index] as Phrase);
  }
}

/** An empty lexicon, if none was learned. */
export function emptyLexicon(): Lexicon {
  return new LoadedLexicon({
    phrases: [],
    series: [],
    source: { documents: 0, duplicates: 0, characters: 0 },
    inputs: '',
    ngrams: NgramTable.load(new NgramBuilder().store()),
    nearForms: new Map(),
    minDocuments: MIN_DOCUMENTS,
    required: [{ documents: MIN_DOCUMENTS, since: [] }],
  });
}

/** Number of phrases combined in a step, in about a millisecond. */
const COMBINED_AT_ONCE = 200;

/**
 * Merges two lexicons, the shipped one and the writer's own: counts of common phrases are combined; the phrases of
 * `own` that `shipped` does not have are inserted by rank. Done in steps, as the tables of n-grams are large.
 */
export function* combineLexicons(shipped: Lexicon, own: Lexicon): Resumable<Lexicon> {
  const pace = new Pace(COMBINED_AT_ONCE);
  const phrases: Phrase[] = [];
  for (const phrase of shipped.phrases) {
    const other = own.find(phrase.text);
    phrases.push(other?.text === phrase.text ? sum(phrase, other) : phrase);
    if (pace.isOver()) yield;
  }
  const known = new Set(phrases.map((phrase) => phrase.text));
  const added: Phrase[] = [];
  for (const phrase of own.phrases) {
    if (!known.has(phrase.text)) added.push({ ...phrase, own: phrase.documents });
    if (pace.isOver()) yield;
  }
  const merged: Phrase[] = [];
  // Interleaved by rank, which means the same in both.
  for (let at = 0; at < Math.max(phrases.length, added.length); at++) {
    if (at < added.length) merged.push(added[at] as Phrase);
    if (at < phrases.length) merged.push(phrases[at] as Phrase);
  }
  const ngrams = yield* shipped.ngrams.mergedWith(own.ngrams, OWN_WEIGHT);
  return new LoadedLexicon({
    phrases: merged,
    series: [...shipped.series, ...own.series.map((series) => ({ ...series, own: series.documents }))],
    source: {
      documents: shipped.source.documents + own.source.documents,
      duplicates: shipped.source.duplicates + own.source.duplicates,
      characters: shipped.source.characters + own.source.characters,
      own: own.source.documents,
    },
    inputs: `${shipped.inputs}+${own.inputs}`,
    ngrams,
    nearForms: new Map(sumNeighbours([...shipped.nearForms], [...own.nearForms])),
    minDocuments: Math.max(shipped.minDocuments, own.minDocuments),
    required: [...shipped.required, ...own.required],
  });
}

function sum(phrase: Phrase, other: Phrase): Phrase {
  const series = phrase.series ?? other.series;
  return {
    text: phrase.text,
    count: phrase.count + other.count,
    documents: phrase.documents + other.documents,
    own: other.documents,
    ...(series && { series }),
    before: sumNeighbours(phrase.before, other.before),
    after: sumNeighbours(phrase.after, other.after),
    ...lifeOf(phrase, other),
    variants: sumNeighbours(phrase.variants, other.variants),
  };
}

function lifeOf(one: Phrase, other: Phrase): Pick<Phrase, 'since' | 'until'> {
  const years = [one, other].filter(({ since }) => since !== undefined);
  if (years.length === 0) return {};
  return {
    since: Math.min(...years.map(({ since = 0 }) => since)),
    until: Math.max(...years.map(({ until = 0 }) => until)),
  };
}

function sumNeighbours(left: readonly Neighbour[], right: readonly Neighbour[]): Neighbour[] {
  const counts = new Map(left);
  for (const [text, count] of right) counts.set(text, (counts.get(text) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
