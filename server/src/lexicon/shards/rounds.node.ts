/**
 * Learning in parts, as steps that read and write files, so that any engine can run them, on one machine or many. A
 * part consists of some documents; parts are merged into a stage, which says what is to be counted in each of them; the
 * counts are merged into the next stage, and finally into the lexicon. Everything merged is a sum, so that the result
 * is, byte for byte, that of {@link import('../mining/learner').Learner.learn}.
 */
import { createHash } from 'node:crypto';
import type { IntakeProblem } from '../intake/intake.node';
import { BoundaryModel } from '../mining/boundaries';
import { candidateOf, kindOf, type PhraseCandidate, type PhraseKind } from '../mining/candidates';
import { type ChosenPhrase, choosePhrases, isWidespread } from '../mining/choosing';
import { partsOf } from '../mining/cohesion';
import { type Corpus, factsOfText, joinTexts, nearDuplicates } from '../mining/corpus';
import { commonPrefixes } from '../mining/lcp';
import {
  byHash,
  inputsOf,
  type LearnedDocument,
  type LearnedLexicon,
  leastWidespread,
  surveyedText,
  withLives,
} from '../mining/learner';
import { heldOutText, type MineOptions, mostPhrases, phrasesOf, storedNgrams } from '../mining/mine';
import { addNeighbours, type NeighbourCount, type NeighbourCounts, NeighbourFinder } from '../mining/neighbours';
import { runsOf } from '../mining/ngramCounts';
import type { StoredNgrams } from '../mining/ngrams';
import { addOccurrences, OccurrenceCounter, type Occurrences } from '../mining/occurrences';
import { CorpusPlan } from '../mining/plan';
import { chooseSeries, countSeries, type SeriesCounts } from '../mining/series';
import { suffixArray } from '../mining/suffixArray';
import {
  addNearForms,
  addSightings,
  formsMeant,
  type NearForm,
  nearFormsIn,
  type PhraseSightings,
  type SurveyedText,
  sightingsOf,
} from '../mining/survey';
import type { LexiconSource, Phrase, Series } from '../model/lexicon';
import { loadLexicon, storeLexicon } from '../model/store';
import {
  type CandidateList,
  CandidateReader,
  type LeastDocuments,
  leastFor,
  likelyStrings,
  losesNothing,
  writeCandidateStrings,
} from './candidateList';
import { DistinctStrings } from './distinctStrings';
import { repeatedAmong, type SortedLine, SortedRepeats, sortedLines } from './lines';
import { mergedRuns, writeRuns } from './runs';
import {
  NumberWriter,
  PartError,
  SectionFile,
  SectionReader,
  type SectionWriter,
  writeSections,
} from './sectionFile.node';

/** The head of a part. */
interface PartHead {
  readonly kind: 'part';
  /** Identifies its documents, wherever they are stored. */
  readonly id: string;
  readonly documents: readonly StoredDocument[];
  /** The hashes of all files read, including those without text. */
  readonly read: readonly string[];
  readonly problems: readonly IntakeProblem[];
}

interface StoredDocument extends LearnedDocument {
  /** Number of units of its prepared text. */
  readonly size: number;
}

/** A document with its prepared text. */
export interface PreparedDocument extends LearnedDocument {
  readonly text: string;
}

/** Rounds of counting, in order; the lexicon comes after the last. */
const ROUNDS = ['phrases', 'lives', 'forms'] as const;
export type Round = (typeof ROUNDS)[number];

/** Data that all stages carry on. */
interface StageHead {
  readonly kind: 'stage';
  readonly id: string;
  readonly round: Round;
  readonly parts: readonly PartPlaces[];
  readonly options: MineOptions;
  readonly inputs: string;
  readonly years: readonly number[];
  readonly central: readonly number[];
  readonly duplicates: readonly string[];
  readonly sources: number;
  /** The years of all documents surveyed. */
  readonly surveyed: readonly number[];
  readonly problems: readonly IntakeProblem[];
}

/** The indices of the documents of a part among those kept; below 0 for the others. */
interface PartPlaces {
  readonly id: string;
  readonly places: readonly number[];
}

interface CountsHead {
  readonly kind: 'counts';
  readonly stage: string;
  readonly part: string;
  /** Number of units of the part's text, if that was counted. */
  readonly characters: number;
}

/** The content of the lexicon once the phrases are chosen. */
interface Contents {
  readonly phrases: readonly Phrase[];
  readonly series: readonly Series[];
  readonly ngrams: StoredNgrams;
  readonly source: LexiconSource;
}

/** The result of a merge: another round of counting, or the lexicon. */
export type MergeResult =
  | { readonly round: Round }
  | { readonly learned: LearnedLexicon; readonly problems: readonly IntakeProblem[] };

// --- parts -----------------------------------------------------------------------------------------------------------

/** The content of a part. */
export interface PartContents {
  readonly documents: readonly PreparedDocument[];
  /** The hashes of all files read; absent if they are those of the documents. */
  readonly read?: readonly string[];
  readonly problems?: readonly IntakeProblem[];
}

/**
 * Writes a part to `file`, with the strings that occur in at least `least` of its documents (none if undefined: they
 * are found later). Throws a file system error.
 */
export function writePart(file: string, { documents, read, problems = [] }: PartContents, least?: number): void {
  const sorted = [...documents].sort(byHash);
  const fresh = sorted.filter(({ history }) => !history);
  const facts = sorted.map(({ text, history }) => (history ? NO_FACTS : factsOfText(text)));
  writeSections(file, (to) => {
    to.addJson('head', {
      kind: 'part',
      id: idOf(sorted.map(({ hash, history }) => `${hash}${history ? 'h' : ''}`)),
      documents: sorted.map(({ text, ...known }): StoredDocument => ({ ...known, size: text.length })),
      read: read ?? sorted.map(({ hash }) => hash),
      problems,
    } satisfies PartHead);
    for (const { text } of sorted) to.add('texts', Buffer.from(text, 'utf16le'));
    to.addArray(
      'sketchSizes',
      Int32Array.from(facts, ({ sketch }) => sketch.length),
    );
    for (const { sketch } of facts) to.addArray('sketches', sketch);
    const { hashes, documents: owners } = sortedLines(facts);
    to.addArray('lineHashes', hashes);
    to.addArray('lineDocuments', owners);
    // Which documents are recent is known only once all parts are.
    if (least !== undefined) writeCandidates(to, fresh, { documents: least, recent: least });
  });
}

const NO_FACTS = { sketch: new Uint32Array(), lines: new Float64Array(), sentences: new Uint8Array() };

function idOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 32);
}

/** A minimum for the candidates of a part; documents are recent from the year `since` on, all of them without it. */
export interface CandidateBounds extends LeastDocuments {
  readonly since?: number;
}

type DatedText = Pick<PreparedDocument, 'text' | 'year'>;

function writeCandidates(to: SectionWriter, documents: readonly DatedText[], bounds: CandidateBounds): void {
  to.addJson('least', bounds);
  findCandidates(new NumberWriter(to, 'candidates'), documents, bounds);
}

function findCandidates(to: NumberWriter, documents: readonly DatedText[], bounds: CandidateBounds): void {
  const { text, documents: table } = joinTexts(
    documents.map((document) => document.text),
    [...documents.keys()],
    new Map(),
  );
  const suffixes = suffixArray(text);
  const prefixes = commonPrefixes(text, suffixes);
  const isRecent = Uint8Array.from(documents, ({ year = 0 }) => (year >= (bounds.since ?? 0) ? 1 : 0));
  writeCandidateStrings(to, { text, documents: table, suffixes, prefixes }, bounds, isRecent);
}

/** Writes the strings that occur in enough documents of the part at `part` to `file`. */
export function writeCandidatesOf(part: string, file: string, bounds: CandidateBounds): void {
  const opened = Part.open(part);
  try {
    writeSections(file, (to) => writeCandidates(to, opened.freshDocuments(), bounds));
  } finally {
    opened.close();
  }
}

function candidatesIn(file: SectionFile): CandidateList {
  return { least: file.json<LeastDocuments>('least'), strings: new CandidateReader(file.reader('candidates')) };
}

/** An opened part. */
class Part {
  private constructor(
    readonly file: SectionFile,
    readonly head: PartHead,
  ) {}

  static open(given: GivenFile): Part {
    const file = opened(given);
    return new Part(file, headOf<PartHead>(file, 'part'));
  }

  close(): void {
    this.file.close();
  }

  /** The prepared texts of those documents that `wanted` accepts, by their indices in the part. */
  *texts(wanted: (document: number) => boolean): Generator<readonly [document: number, text: string]> {
    const bytes = this.file.bytes('texts');
    let at = 0;
    for (const [index, { size }] of this.head.documents.entries()) {
      if (wanted(index)) yield [index, bytes.toString('utf16le', at, at + 2 * size)];
      at += 2 * size;
    }
  }

  freshDocuments(): PreparedDocument[] {
    return Array.from(
      this.texts((index) => !this.head.documents[index]?.history),
      ([index, text]) => ({ ...(this.head.documents[index] as StoredDocument), text }),
    );
  }

  /** The sketches of its documents, empty for those of history. */
  sketches(): Uint32Array[] {
    const bytes = this.file.bytes('sketches');
    let at = 0;
    return Array.from(this.file.int32('sketchSizes'), (size) => {
      const sketch = new Uint32Array(bytes.buffer, at, size);
      at += 4 * size;
      return sketch;
    });
  }

  /** Its lines as sorted by {@link sortedLines}, read incrementally. */
  *lines(): Generator<SortedLine, undefined> {
    const documents = this.file.int32s('lineDocuments');
    for (const hash of this.file.float64s('lineHashes')) yield [hash, documents.next().value as number];
  }

  /** Number of units of the texts that phrases come from. */
  get characters(): number {
    return this.head.documents.reduce((sum, { size, history }) => sum + (history ? 0 : size), 0);
  }
}

function headOf<Head extends { readonly kind: string }>(file: SectionFile, ...kinds: readonly Head['kind'][]): Head {
  const head = file.json<Head>('head');
  if (kinds.includes(head.kind)) return head;
  file.close();
  const names = { part: '“learn map”', stage: '“learn merge”', counts: '“learn count”' } as const;
  throw new PartError({
    en: '{0} was written by {1}; another kind of file is expected here.',
    zh: '{0} 是 {1} 生成的文件，这里要用的不是它。',
    values: [file.file, names[head.kind as keyof typeof names] ?? head.kind],
  });
}

// --- merging ---------------------------------------------------------------------------------------------------------

/**
 * Merges the files at `paths`, all parts or a stage and all counts for it, with {@link mergeParts} or {@link
 * mergeCounts}. `options` are for parts; a stage contains those it was made with. Throws {@link PartError}.
 */
export function merge(paths: readonly string[], out: string, options: MineOptions): MergeResult {
  const [path, ...others] = paths as [string, ...string[]];
  const first = new SectionFile(path);
  const { kind } = headOf<PartHead | StageHead>(first, 'part', 'stage');
  return kind === 'part' ? mergeParts([first, ...others], out, options) : mergeCounts(first, others, out);
}

/** The path of a section file; or the file itself, which the receiver closes. */
type GivenFile = string | SectionFile;

function opened(given: GivenFile): SectionFile {
  return typeof given === 'string' ? new SectionFile(given) : given;
}

/**
 * Merges parts into the first stage, written to `out`. `candidates` are files of {@link writeCandidatesOf}, for parts
 * that contain none. The order of `paths` does not matter. Throws {@link PartError}.
 */
export function mergeParts(
  paths: readonly GivenFile[],
  out: string,
  options: MineOptions,
  candidates: readonly string[] = [],
): MergeResult {
  const parts: Part[] = [];
  const lists: SectionFile[] = [];
  try {
    for (const path of paths) parts.push(Part.open(path));
    for (const path of candidates) lists.push(new SectionFile(path));
    parts.sort((one, other) => (one.head.id < other.head.id ? -1 : one.head.id > other.head.id ? 1 : 0));
    refuseRepeated(parts);
    const { fresh, duplicates, kept, history } = keptOf(parts);
    const places = parts.map(({ head }) => new Array<number>(head.documents.length).fill(DROPPED));
    for (const { part, index } of history) (places[part] as number[])[index] = HISTORY;
    kept.forEach(({ part, index }, place) => {
      (places[part] as number[])[index] = place;
    });
    const surveyed = [...kept, ...history];
    const years = kept.map(({ year = 0 }) => year);
    const central = kept.map((document) => (document.central ? 1 : 0));
    const plan = planOf(kept, options);
    const repeated = repeatedAmong(
      parts.map((part) => part.lines()),
      places,
    );
    const head = {
      kind: 'stage' as const,
      round: ROUNDS[0],
      parts: parts.map(({ head: { id } }, part): PartPlaces => ({ id, places: places[part] as number[] })),
      options,
      inputs: inputsOf(
        parts.flatMap(({ head: { read } }) => read),
        options,
      ),
      years,
      central,
      duplicates: duplicates.map((index) => fresh[index]?.name ?? ''),
      sources: new Set(surveyed.map(({ source = '' }) => source)).size,
      surveyed: surveyed.map(({ year = 0 }) => year),
      problems: parts.flatMap((part) => part.head.problems),
    };
    writeSections(out, (to) => {
      to.addJson('head', { ...head, id: stageId(head) } satisfies StageHead);
      to.addArray('repeatedHashes', repeated.hashes);
      to.addArray('repeatedKeepers', repeated.keepers);
      const pieces = new DistinctStrings();
      function* withPieces(): Generator<string> {
        for (const string of likelyStrings(listsFor(parts, lists, plan), plan)) {
          for (const piece of partsOf(string)) pieces.add(piece);
          yield string;
        }
      }
      writeLines(to, 'strings', withPieces());
      writeLines(to, 'pieces', pieces.sorted());
    });
    return { round: ROUNDS[0] };
  } finally {
    for (const part of parts) part.close();
    for (const list of lists) list.close();
  }
}

/**
 * The minimum for the candidates of each part such that no phrase of the parts is lost, see {@link mergeParts};
 * undefined if no document contributes phrases.
 */
export function boundsOfParts(paths: readonly string[], options: MineOptions): CandidateBounds | undefined {
  const parts: Part[] = [];
  try {
    for (const path of paths) parts.push(Part.open(path));
    const { kept } = keptOf(parts);
    return kept.length === 0 ? undefined : boundsFor(parts.length, planOf(kept, options));
  } finally {
    for (const part of parts) part.close();
  }
}

function boundsFor(parts: number, plan: CorpusPlan): CandidateBounds {
  return { ...leastFor(parts, plan), ...(plan.recentDocuments > 0 && { since: plan.recentSince }) };
}

/** A document with its location. */
interface Placed extends StoredDocument {
  readonly part: number;
  readonly index: number;
}

/** The documents of all parts. */
interface KeptDocuments {
  /** Those that phrases come from, in order; the duplicates among them; and the others. */
  readonly fresh: readonly Placed[];
  readonly duplicates: readonly number[];
  readonly kept: readonly Placed[];
  /** Those of history, which several shards may contain: each once, and none that is among the fresh ones. */
  readonly history: readonly Placed[];
}

function keptOf(parts: readonly Part[]): KeptDocuments {
  const all = parts.flatMap(({ head }, part) =>
    head.documents.map((document, index) => ({ ...document, part, index })),
  );
  const fresh = all.filter(({ history }) => !history).sort(byHash);
  const sketches = parts.map((part) => part.sketches());
  const duplicates = nearDuplicates(fresh.map(({ part, index }) => sketches[part]?.[index] as Uint32Array));
  const left = new Set(duplicates);
  const known = new Set(fresh.map(keyOf));
  const history = all.filter((document) => {
    if (!document.history || known.has(keyOf(document))) return false;
    known.add(keyOf(document));
    return true;
  });
  return { fresh, duplicates, kept: fresh.filter((_, index) => !left.has(index)), history };
}

function keyOf({ hash, name }: StoredDocument): string {
  return `${hash} ${name}`;
}

function planOf(kept: readonly LearnedDocument[], options: MineOptions): CorpusPlan {
  const years = kept.map(({ year = 0 }) => year);
  const central = kept.map((document) => (document.central ? 1 : 0));
  return new CorpusPlan(kept.length, { years, central }, options.minDocuments);
}

const DROPPED = -1;
const HISTORY = -2;

function stageId({ round, parts, options, inputs }: Omit<StageHead, 'id'>): string {
  return idOf([round, inputs, JSON.stringify(options), ...parts.map(({ id }) => id)]);
}

function refuseRepeated(parts: readonly Part[]): void {
  parts.forEach(({ head, file }, index) => {
    const before = parts[index - 1];
    if (before?.head.id !== head.id) return;
    throw new PartError({
      en: '{0} and {1} contain the same documents. Give each part once.',
      zh: '{0} 和 {1} 是同一些文稿的分片，每个分片只能给一次。',
      values: [before.file.file, file.file],
    });
  });
}

/**
 * The strings that may be phrases. If there are so many small parts that a phrase may not occur twice in any of them,
 * parts are combined and searched again.
 */
function listsFor(parts: readonly Part[], files: readonly SectionFile[], plan: CorpusPlan): CandidateList[] {
  const found = [...files, ...parts.map(({ file }) => file).filter((file) => file.has('candidates'))].map(candidatesIn);
  if (found.length >= parts.length && losesNothing(found, plan)) return found;
  const groups: Part[][] = Array.from({ length: Math.max(1, Math.min(parts.length, plan.minSeen - 1)) }, () => []);
  const sizes = groups.map(() => 0);
  for (const part of [...parts].sort((one, other) => other.characters - one.characters)) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    (groups[smallest] as Part[]).push(part);
    sizes[smallest]! += part.characters;
  }
  const bounds = boundsFor(groups.length, plan);
  return groups.map((group) => {
    const blocks: Buffer[] = [];
    const inMemory = { add: (_: string, bytes: Uint8Array) => blocks.push(Buffer.from(bytes)) };
    findCandidates(
      new NumberWriter(inMemory, ''),
      group.flatMap((part) => part.freshDocuments()),
      bounds,
    );
    return { least: bounds, strings: new CandidateReader(new SectionReader(blocks.values())) };
  });
}

/** Number of lines written together. */
const LINES_AT_ONCE = 4096;

function writeLines(to: SectionWriter, name: string, lines: Iterable<string>): void {
  let block: string[] = [];
  const write = (): void => {
    if (block.length > 0) to.add(name, Buffer.from(`${block.join('\n')}\n`));
    block = [];
  };
  for (const line of lines) {
    block.push(line);
    if (block.length === LINES_AT_ONCE) write();
  }
  write();
}

/** An opened stage, with the plan for all its counting. */
class Stage {
  readonly plan: CorpusPlan;

  private constructor(
    readonly file: SectionFile,
    readonly head: StageHead,
  ) {
    this.plan = new CorpusPlan(head.years.length, head, head.options.minDocuments);
  }

  static open(given: GivenFile): Stage {
    const file = opened(given);
    return new Stage(file, headOf<StageHead>(file, 'stage'));
  }

  close(): void {
    this.file.close();
  }

  placesOf(part: Part): readonly number[] {
    const found = this.head.parts.find(({ id }) => id === part.head.id);
    if (found) return found.places;
    throw new PartError({
      en: '{0} is not a part of {1}.',
      zh: '{0} 不在 {1} 合并的分片之中。',
      values: [part.file.file, this.file.file],
    });
  }

  /** The text of a part that is mined, and the indices of its documents. */
  corpusOf(part: Part): { corpus: Corpus; places: number[] } {
    const all = this.placesOf(part);
    const repeated = new SortedRepeats(this.file.float64('repeatedHashes'), this.file.int32('repeatedKeepers'));
    const kept = [...part.texts((index) => (all[index] as number) >= 0)];
    const places = kept.map(([index]) => all[index] as number);
    return {
      corpus: joinTexts(
        kept.map(([, text]) => text),
        places,
        repeated,
      ),
      places,
    };
  }

  *surveyed(part: Part): Generator<SurveyedText> {
    const places = this.placesOf(part);
    for (const [index, text] of part.texts((at) => places[at] !== DROPPED)) {
      yield surveyedText(part.head.documents[index] as StoredDocument, text);
    }
  }
}

// --- counting --------------------------------------------------------------------------------------------------------

/**
 * Counts what the stage at `stagePath` asks for in the part at `partPath`, and writes it to `out`. Throws {@link
 * PartError}.
 */
export function countPart(stagePath: string, partPath: string, out: string): void {
  const stage = Stage.open(stagePath);
  try {
    const part = Part.open(partPath);
    try {
      writeSections(out, (to) => {
        const head = { kind: 'counts' as const, stage: stage.head.id, part: part.head.id };
        const characters = COUNTING[stage.head.round](stage, part, to);
        to.addJson('head', { ...head, characters } satisfies CountsHead);
      });
    } finally {
      part.close();
    }
  } finally {
    stage.close();
  }
}

const COUNTING: Readonly<Record<Round, (stage: Stage, part: Part, to: SectionWriter) => number>> = {
  phrases(stage, part, to) {
    const { corpus, places } = stage.corpusOf(part);
    const { text, documents } = corpus;
    const suffixes = suffixArray(text);
    const prefixes = commonPrefixes(text, suffixes);
    writeRuns(
      to,
      'runs',
      runsOf(text, suffixes, prefixes, (place) => places[documents.documentOf(place)] as number),
    );
    const counter = new OccurrenceCounter(corpus, suffixes, stage.plan, places);
    const numbers = new NumberWriter(to, 'strings');
    let last = 0;
    for (const string of stage.file.lines('strings')) {
      const { first, count } = counter.find(string, last);
      last = first;
      numbers.number(count);
      if (count > 0) writeOccurrences(numbers, counter.count(first, first + count - 1, string.length));
    }
    numbers.flush();
    const pieces = new NumberWriter(to, 'pieces');
    last = 0;
    for (const piece of stage.file.lines('pieces')) {
      const { first, count } = counter.find(piece, last);
      last = first;
      pieces.number(count);
    }
    pieces.flush();
    to.addArray('boundaries', BoundaryModel.of(text).entries());
    to.addJson('series', [...countSeries(corpus)]);
    const heldOut = stage.plan.heldOut();
    to.addJson(
      'heldOut',
      places.flatMap((place, index) => (heldOut.has(place) ? [[place, heldOutText(corpus, index)]] : [])),
    );
    // All parts have the separator at the start of their text.
    return text.length - 1;
  },

  lives(stage, part, to) {
    const phrases = textsOf(stage);
    const { corpus } = stage.corpusOf(part);
    const boundaries = new BoundaryModel();
    addBoundaries(boundaries, stage.file.int32('boundaries'));
    const neighbours = new NeighbourFinder(corpus, boundaries).count(phrases);
    to.addJson(
      'neighbours',
      neighbours.map(({ before, after }) => [[...before], [...after]]),
    );
    const sightings = sightingsOf(phrases, stage.surveyed(part));
    to.addJson(
      'sightings',
      sightings.map(({ count, documents, years, sources }) => [count, documents, [...years], [...sources]]),
    );
    return 0;
  },

  forms(stage, part, to) {
    const lexicon = loadLexicon(stage.file.bytes('lexicon').toString('utf8'));
    to.addJson('forms', [...nearFormsIn(lexicon, stage.surveyed(part))]);
    return 0;
  },
};

function textsOf(stage: Stage): string[] {
  return stage.file.json<ChosenPhrase[]>('chosen').map(({ candidate }) => candidate.text);
}

function writeOccurrences(numbers: NumberWriter, { documents, left, right, ...life }: Occurrences): void {
  for (const number of [documents, life.since, life.until, life.recent, life.central]) numbers.number(number);
  for (const side of [left, right]) {
    numbers.number(side.size);
    for (const [unit, count] of side) {
      numbers.number(unit);
      numbers.number(count);
    }
  }
}

/** The counts of a string but those of its sides, which follow in the file. */
function readOccurrences(count: number, from: SectionReader): Occurrences {
  const documents = from.number();
  const since = from.number();
  const until = from.number();
  const recent = from.number();
  const central = from.number();
  return { count, documents, left: new Map(), right: new Map(), since, until, recent, central };
}

/** Reads the sides of a string and adds them to `sum`; goes past them without one. */
function readSides(from: SectionReader, sum?: Occurrences): void {
  for (const side of [sum?.left, sum?.right]) {
    for (let size = from.number(); size > 0; size--) {
      const unit = from.number();
      const count = from.number();
      side?.set(unit, (side.get(unit) ?? 0) + count);
    }
  }
}

function addBoundaries(model: BoundaryModel, entries: Int32Array): void {
  for (let at = 0; at < entries.length; at += 4) {
    model.add(entries[at] as number, entries[at + 1] as number, entries[at + 2] as number, entries[at + 3] as number);
  }
}

/**
 * Merges the counts of all parts of the stage `stagePath` into the next stage, written to `out`, or into the lexicon,
 * which is returned. Throws {@link PartError} if the counts of a part are missing, or present twice.
 */
export function mergeCounts(stagePath: GivenFile, paths: readonly string[], out: string): MergeResult {
  const stage = Stage.open(stagePath);
  const counts: SectionFile[] = [];
  try {
    for (const path of paths) counts.push(new SectionFile(path));
    refuseIncomplete(stage, counts);
    return MERGING[stage.head.round](stage, counts, out);
  } finally {
    for (const file of counts) file.close();
    stage.close();
  }
}

function refuseIncomplete(stage: Stage, counts: readonly SectionFile[]): void {
  const given = new Map<string, string>();
  for (const file of counts) {
    const head = headOf<CountsHead>(file, 'counts');
    if (head.stage !== stage.head.id) {
      throw new PartError({
        en: '{0} was not counted for {1}.',
        zh: '{0} 不是按 {1} 统计的。',
        values: [file.file, stage.file.file],
      });
    }
    const other = given.get(head.part);
    if (other !== undefined) {
      throw new PartError({
        en: '{0} and {1} are of the same part. Give each once.',
        zh: '{0} 和 {1} 统计的是同一个分片，每个只能给一次。',
        values: [other, file.file],
      });
    }
    given.set(head.part, file.file);
  }
  const missing = stage.head.parts.length - given.size;
  if (missing > 0) {
    throw new PartError({
      en: 'The counts of {0} of {1} parts are missing. Run “learn count” for each part.',
      zh: '{1} 个分片中有 {0} 个还没有统计结果，请对每个分片运行“learn count”。',
      values: [missing, stage.head.parts.length],
    });
  }
}

const MERGING: Readonly<Record<Round, (stage: Stage, counts: readonly SectionFile[], out: string) => MergeResult>> = {
  phrases(stage, counts, out) {
    const { plan, head } = stage;
    const boundaries = new BoundaryModel();
    const series: SeriesCounts = new Map();
    const heldOut = new Map<number, string>();
    let characters = 1;
    for (const file of counts) {
      characters += file.json<CountsHead>('head').characters;
      addBoundaries(boundaries, file.int32('boundaries'));
      for (const [key, more] of file.json<[string, { count: number; documents: number }][]>('series')) {
        const known = series.get(key);
        if (!known) series.set(key, more);
        else {
          known.count += more.count;
          known.documents += more.documents;
        }
      }
      for (const [place, text] of file.json<[number, string][]>('heldOut')) heldOut.set(place, text);
    }
    const candidates = [...mergedCandidates(stage, counts, boundaries)];
    const wanted = new Set(candidates.flatMap(({ text }) => partsOf(text)));
    const pieces = new Map<string, number>();
    const pieceReaders = counts.map((file) => file.reader('pieces'));
    for (const piece of stage.file.lines('pieces')) {
      const count = pieceReaders.reduce((sum, reader) => sum + reader.number(), 0);
      if (wanted.has(piece)) pieces.set(piece, count);
    }
    const chosen = choosePhrases(
      candidates,
      plan,
      characters,
      (piece) => pieces.get(piece) ?? 0,
      mostPhrases(head.options),
    );
    const ngrams = storedNgrams(
      mergedRuns(() => counts.map((file) => file.reader('runs'))),
      plan,
      [...plan.heldOut()].map((place) => heldOut.get(place) ?? ''),
      head.options,
    );
    return nextStage(stage, 'lives', out, (to) => {
      to.addArray('boundaries', boundaries.entries());
      to.addJson('chosen', chosen);
      to.addJson('series', chooseSeries(series, plan.minDocuments));
      to.addJson('ngrams', ngrams);
      to.addJson('source', {
        documents: plan.documentCount,
        duplicates: head.duplicates.length,
        characters,
      } satisfies LexiconSource);
    });
  },

  lives(stage, counts, out) {
    const { head, file } = stage;
    const chosen = file.json<ChosenPhrase[]>('chosen');
    const series = file.json<Series[]>('series');
    const neighbours = chosen.map((): NeighbourCounts => ({ before: new Map(), after: new Map() }));
    const sightings = chosen.map(
      (): PhraseSightings => ({ count: 0, documents: 0, years: new Map(), sources: new Set() }),
    );
    for (const one of counts) {
      type Words = [string, NeighbourCount][];
      one.json<[Words, Words][]>('neighbours').forEach(([before, after], index) => {
        const sum = neighbours[index] as NeighbourCounts;
        addNeighbours(sum.before, before);
        addNeighbours(sum.after, after);
      });
      one
        .json<[number, number, [number, number][], string[]][]>('sightings')
        .forEach(([count, documents, years, sources], index) => {
          const more = { count, documents, years: new Map(years), sources: new Set(sources) };
          addSightings(sightings[index] as PhraseSightings, more);
        });
    }
    const phrases = withLives(phrasesOf(chosen, series, neighbours), sightings, head.sources);
    const contents: Contents = { phrases, series, ngrams: file.json('ngrams'), source: file.json('source') };
    return nextStage(stage, 'forms', out, (to) => {
      to.addJson('contents', withoutSeries(contents));
      to.add('lexicon', Buffer.from(storeLexicon(storable(contents, head))));
    });
  },

  forms(stage, counts) {
    const { head, file } = stage;
    const forms = new Map<string, NearForm>();
    for (const one of counts) addNearForms(forms, one.json<[string, NearForm][]>('forms'));
    const contents = withSeries(file.json('contents'));
    const json = storeLexicon({ ...storable(contents, head), nearForms: formsMeant(forms) });
    const { source, phrases } = contents;
    return { learned: { json, source, duplicates: head.duplicates, phrases }, problems: head.problems };
  },
};

/** The stored content of a lexicon except for its near forms. */
function storable(contents: Contents, { inputs, surveyed }: StageHead) {
  return { ...contents, inputs, ...leastWidespread(surveyed) };
}

type SeriesByNumber = Omit<Contents, 'phrases'> & {
  readonly phrases: readonly (Omit<Phrase, 'series'> & { readonly series?: number })[];
};

/** Phrases refer to the series objects of the lexicon, which JSON cannot express. */
function withoutSeries(contents: Contents): SeriesByNumber {
  const phrases = contents.phrases.map(({ series, ...phrase }) => ({
    ...phrase,
    ...(series && { series: contents.series.indexOf(series) }),
  }));
  return { ...contents, phrases };
}

function withSeries(stored: SeriesByNumber): Contents {
  const phrases = stored.phrases.map(({ series, ...phrase }): Phrase => {
    const own = series === undefined ? undefined : stored.series[series];
    return { ...phrase, ...(own && { series: own }) };
  });
  return { ...stored, phrases };
}

/** The candidates among the strings of the stage, with their counts over all parts. */
function* mergedCandidates(
  stage: Stage,
  counts: readonly SectionFile[],
  boundaries: BoundaryModel,
): Generator<PhraseCandidate> {
  const readers = counts.map((file) => file.reader('strings'));
  for (const string of stage.file.lines('strings')) {
    let sum: Occurrences | undefined;
    const holders: SectionReader[] = [];
    for (const reader of readers) {
      const count = reader.number();
      if (count === 0) continue;
      holders.push(reader);
      const more = readOccurrences(count, reader);
      if (sum) addOccurrences(sum, more);
      else sum = more;
    }
    if (!sum) continue;
    // Most strings are too rare in all parts together, and their sides are of no use.
    const isCandidate = sum.documents >= stage.plan.minSeen && isWidespread(sum, stage.plan);
    for (const reader of holders) readSides(reader, isCandidate ? sum : undefined);
    if (!isCandidate) continue;
    const candidate = candidateOf(string, kindOf(string) as PhraseKind, sum, boundaries);
    if (candidate) yield candidate;
  }
}

function nextStage(stage: Stage, round: Round, out: string, write: (to: SectionWriter) => void): MergeResult {
  const { id: _, ...known } = stage.head;
  const head = { ...known, round };
  writeSections(out, (to) => {
    to.addJson('head', { ...head, id: stageId(head) } satisfies StageHead);
    to.add('repeatedHashes', stage.file.bytes('repeatedHashes'));
    to.add('repeatedKeepers', stage.file.bytes('repeatedKeepers'));
    write(to);
  });
  return { round };
}
