/** Learns a lexicon from files and folders, reading those that need a library in a thread that can be terminated. */
import { Worker } from 'node:worker_threads';
import type { Message } from '../../text/message';
import { DocumentError, type DocumentFormat, formatOf } from '../intake/documentText.node';
import { readDocument, reasonFor, textOf } from '../intake/intake.node';
import { estimateOf, learnInParts } from '../shards/learnInParts.node';
import { inputsOf, type LearnedLexicon, type Learner } from './learner';
import { emptySummary, resultOf } from './learningResult';
import type { LearningEstimate, LearningProgress, LearningResult } from './learningWorker.node';
import type { MineOptions } from './mine';
import { FINDING, findFiles, type LearningPaths, readDocuments, type TextReader } from './reading.node';

/** Share of reading in the progress. */
const READING = 0.35;

/** How to learn. */
export interface LearningSettings {
  readonly progress?: LearningProgress;
  readonly read?: TextReader;
  /** The inputs of an existing lexicon: if the files are those that it was learned from, nothing is learned. */
  readonly known?: string | undefined;
  /**
   * Memory budget, in bytes: larger jobs are learned in parts, in a `folder` created for them. Without it all is
   * learned in one go.
   */
  readonly within?: { readonly budget: number; readonly folder: string };
  /** Called before the work begins. */
  readonly estimated?: (estimate: LearningEstimate) => void;
}

/**
 * Reads the documents among `paths` and learns from them, in this thread. Never throws because of a document:
 * unreadable ones are named in the summary.
 */
export async function learnFromPaths(
  learner: Learner,
  { paths, history = [] }: LearningPaths,
  options: MineOptions,
  { progress = () => {}, read = textOf, known, within, estimated }: LearningSettings = {},
): Promise<LearningResult> {
  const found = await findFiles({ paths, history });
  if (known !== undefined && (await hashesOf(found.files).then((hashes) => inputsOf(hashes, options))) === known) {
    return { json: undefined, unchanged: true, summary: emptySummary(found.problems) };
  }
  if (within) {
    const estimate = await estimateOf(found, within.budget);
    estimated?.(estimate);
    if (estimate.parts > 1) return learnInParts(found, estimate, within.folder, options, progress, read);
  }
  const { documents, hashes, problems } = await readDocuments(learner, found, read, (part, message) =>
    progress(READING * part, message),
  );
  if (documents.every((document) => document.history)) {
    return { json: undefined, unchanged: false, summary: emptySummary(problems) };
  }
  const learned: LearnedLexicon = learner.learn(
    documents,
    options,
    (part) => progress(READING + (1 - READING) * part, FINDING),
    inputsOf(hashes, options),
  );
  return resultOf(learned, problems);
}

/** The hashes of all readable files; the others are reported when learning. */
async function hashesOf(files: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const file of files) {
    try {
      hashes.push((await readDocument(file)).hash);
    } catch {
      // Reported as a problem when the documents are read.
    }
  }
  return hashes;
}

/** Requests to the reading thread and its answers. */
export interface ReadingRequest {
  readonly format: DocumentFormat;
  readonly bytes: Uint8Array;
}

export type ReadingAnswer = { readonly text: string } | { readonly reason: Message };

/** Time limit for reading a document, in ms; one that takes longer is malicious or broken. */
const MAX_READING_LENGTH = 30_000;
const READING_MEMORY = 1024;
/**
 * Limit on the growth of the whole process while a document is read, in bytes: a thread's limit does not include typed
 * arrays.
 */
const READING_GROWTH = 1024 * 1024 * 1024;
const WATCH_MS = 100;
const TOO_LARGE: Message = { en: 'The file is too large to be read.', zh: '文件太大，读不了。' };

/**
 * Reads documents that need a library in a thread of their own, which is terminated if one takes too long or too much
 * memory. Plain text is read directly.
 */
export class ReadingWorker {
  private worker: Worker | undefined;

  constructor(private readonly bundle: string) {}

  readonly read: TextReader = (file, bytes) => {
    const format = formatOf(file) ?? 'text';
    if (format === 'text') return textOf(file, bytes);
    this.worker ??= new Worker(this.bundle, {
      workerData: 'read',
      resourceLimits: { maxOldGenerationSizeMb: READING_MEMORY },
      // What libraries print about broken files is not meant for the writer.
      stdout: true,
      stderr: true,
    });
    const worker = this.worker;
    return new Promise<string>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        worker.removeAllListeners('message');
        worker.removeAllListeners('error');
        worker.removeAllListeners('exit');
      };
      const fail = (reason: Message): void => {
        settle();
        this.dispose();
        reject(new DocumentError(reason));
      };
      const timer = setTimeout(
        () => fail({ en: 'Reading it took too long.', zh: '读取时间太长，已经放弃。' }),
        MAX_READING_LENGTH,
      );
      const before = process.memoryUsage.rss();
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > READING_GROWTH) fail(TOO_LARGE);
      }, WATCH_MS);
      worker.on('error', (error: NodeJS.ErrnoException) =>
        fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? TOO_LARGE : reasonFor(error)),
      );
      worker.on('exit', () => fail(TOO_LARGE));
      worker.on('message', (answer: ReadingAnswer) => {
        settle();
        if ('text' in answer) resolve(answer.text);
        else reject(new DocumentError(answer.reason));
      });
      worker.postMessage({ format, bytes } satisfies ReadingRequest);
    });
  };

  dispose(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }
}
