/**
 * Learning on one machine with more data than fits into memory: the steps of `rounds.node.ts`, one after another, in a
 * temporary folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import { formatOf } from '../intake/documentText.node';
import { soundText } from '../mining/clean';
import { Learner } from '../mining/learner';
import { emptySummary, resultOf } from '../mining/learningResult';
import type { LearningEstimate, LearningProgress, LearningResult } from '../mining/learningWorker.node';
import type { MineOptions } from '../mining/mine';
import { MAX_NODES } from '../mining/ngramCounts';
import { FINDING, type FoundFiles, type ReadFiles, readDocuments, type TextReader } from '../mining/reading.node';
import { isSearchable } from './candidateList';
import {
  boundsOfParts,
  countPart,
  type MergeResult,
  mergeCounts,
  mergeParts,
  type PartContents,
  writeCandidatesOf,
  writePart,
} from './rounds.node';

/** Base memory of learning, in bytes: the program, the n-grams kept, the chosen phrases. */
const BASE = 250e6;
/** Bytes per character that phrases come from: text, suffixes, their common prefixes and the space for sorting them. */
const EACH = 30;
/** Bytes per character of history, which is only surveyed. */
const EACH_OF_HISTORY = 3;
/**
 * Memory of merging the n-grams of all parts, in bytes: the program and each n-gram counted. A text has two n-grams to
 * three characters, and no more than {@link MAX_NODES} are counted, so that 25 million characters take as much as any
 * number.
 */
const MERGE_BASE = 100e6;
const EACH_NGRAM = 65;
const NGRAMS_PER_CHARACTER = 0.66;
/** Minimum size of a part, in bytes of memory, however small the budget. */
const MIN_PART_BYTES = 5e6;
/** Bytes of a file per character: of plain text in UTF-8, and of documents with markup. */
const PLAIN = 3;
const MARKED = 4;

/**
 * Estimates from file sizes how much memory learning takes, and in how many parts it stays below `budget` (in bytes).
 * No part is smaller than a file; in one go if parts would take no less.
 */
export async function estimateOf({ files, fresh }: FoundFiles, budget: number): Promise<LearningEstimate> {
  let characters = 0;
  let memory = BASE;
  let mined = 0;
  for (const [index, file] of files.entries()) {
    const length = await charactersIn(file);
    characters += length;
    if (index < fresh) mined += length;
    memory += length * (index < fresh ? EACH : EACH_OF_HISTORY);
  }
  const wanted = memory <= budget ? 1 : Math.ceil((memory - BASE) / Math.max(budget - BASE, MIN_PART_BYTES));
  const parts = Math.min(wanted, Math.max(1, files.length));
  const merging = MERGE_BASE + EACH_NGRAM * Math.min(MAX_NODES, NGRAMS_PER_CHARACTER * mined);
  const inParts = Math.max(BASE + (memory - BASE) / parts, merging);
  // A few hundred megabytes of text would take no less in parts.
  return inParts < memory
    ? { characters, memory, budget, parts, inParts }
    : { characters, memory, budget, parts: 1, inParts: memory };
}

async function charactersIn(file: string): Promise<number> {
  const size = await fs.promises.stat(file).then(
    (status) => status.size,
    () => 0,
  );
  return size / (formatOf(file) === 'text' ? PLAIN : MARKED);
}

/** Share of reading in the progress. */
const READING = 0.45;

/**
 * Learns from `found` in as many parts as `estimate` says, in `folder`, which is created for it and removed. The result
 * is that of learning in one go.
 */
export async function learnInParts(
  found: FoundFiles,
  { parts: count }: LearningEstimate,
  folder: string,
  options: MineOptions,
  progress: LearningProgress,
  read: TextReader,
): Promise<LearningResult> {
  fs.mkdirSync(folder, { mode: 0o700 });
  const at = (name: string): string => path.join(folder, name);
  try {
    const shares = await sharesOf(found, count);
    const parts: string[] = [];
    for (const [index, share] of shares.entries()) {
      const contents = await preparePart(share, read, (part, message) =>
        progress((READING * (index + part)) / shares.length, message),
      );
      writePart(at(`part-${index}`), contents);
      parts.push(at(`part-${index}`));
    }
    const bounds = boundsOfParts(parts, options);
    if (bounds === undefined) return { json: undefined, unchanged: false, summary: emptySummary(found.problems) };
    const steps = 5 * parts.length;
    let done = 0;
    const step = (): void => progress(READING + ((1 - READING) * done++) / steps, FINDING);
    const lists: string[] = [];
    if (isSearchable(bounds)) {
      for (const part of parts) {
        step();
        writeCandidatesOf(part, `${part}-candidates`, bounds);
        lists.push(`${part}-candidates`);
      }
    }
    let result: MergeResult = mergeParts(parts, at('stage-0'), options, lists);
    for (let round = 0; 'round' in result; round++) {
      const counts: string[] = [];
      for (const [index, part] of parts.entries()) {
        step();
        counts.push(at(`counts-${index}`));
        countPart(at(`stage-${round}`), part, at(`counts-${index}`));
      }
      result = mergeCounts(at(`stage-${round}`), counts, at(`stage-${round + 1}`));
    }
    return resultOf(result.learned, result.problems);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads files and prepares a part of them. */
export async function preparePart(
  share: FoundFiles,
  read: TextReader,
  progress: LearningProgress,
): Promise<PartContents & { readonly problems: ReadFiles['problems'] }> {
  const learner = new Learner(soundText);
  const { documents, hashes, problems } = await readDocuments(learner, share, read, progress);
  const prepared = documents.map((document) => ({ ...document, text: learner.textOf(document.hash) }));
  return { documents: prepared, read: hashes, problems };
}

/** The files in `count` shares of about the same length, each in order. */
async function sharesOf({ files, fresh, problems }: FoundFiles, count: number): Promise<FoundFiles[]> {
  const shares = Array.from({ length: count }, () => ({ fresh: [] as string[], history: [] as string[], size: 0 }));
  for (const [index, file] of files.entries()) {
    let smallest = shares[0] as (typeof shares)[number];
    for (const share of shares) if (share.size < smallest.size) smallest = share;
    const length = await charactersIn(file);
    smallest.size += index < fresh ? length : (length * EACH_OF_HISTORY) / EACH;
    (index < fresh ? smallest.fresh : smallest.history).push(file);
  }
  return shares
    .filter(({ size }) => size > 0)
    .map((share, index) => ({
      files: [...share.fresh, ...share.history],
      fresh: share.fresh.length,
      problems: index === 0 ? problems : [],
    }));
}
