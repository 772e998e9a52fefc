/** Learns a lexicon in a worker of its own, so that nothing else is blocked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Message } from '../../text/message';
import type { IntakeProblem } from '../intake/intake.node';
import type { MineOptions } from './mine';

/** The summary of learning for the writer. */
export interface LearningSummary {
  /** Number of documents kept, and of characters in them. */
  readonly documents: number;
  readonly characters: number;
  /** Files left out as near-duplicates of another. */
  readonly duplicates: readonly string[];
  /** Files and folders that could not be read. */
  readonly problems: readonly IntakeProblem[];
  readonly phrases: number;
  /** The twenty most useful: text, count, documents. */
  readonly top: readonly (readonly [text: string, count: number, documents: number])[];
}

export interface LearningResult {
  /** The stored lexicon; absent if no document could be read, and if nothing has changed. */
  readonly json: string | undefined;
  /** The same in the packed form, instead of `json`, if the request was for that. */
  readonly packed?: Uint8Array;
  /** Whether the existing lexicon named in the request is up to date. */
  readonly unchanged: boolean;
  readonly summary: LearningSummary;
}

/** `part` is the share of the whole work done, from 0 to 1; `message` describes the current step. */
export type LearningProgress = (part: number, message: Message) => void;

/** Estimated cost of learning, from the sizes of the files. */
export interface LearningEstimate {
  readonly characters: number;
  /** Memory in bytes if done in one go; and the budget. */
  readonly memory: number;
  readonly budget: number;
  /** Number of parts, and the memory they need. */
  readonly parts: number;
  readonly inParts: number;
}

/** What to learn from, and how. */
export interface LearningTask {
  readonly paths: readonly string[];
  readonly options: MineOptions;
  /** The `inputs` of an existing lexicon: if the files are unchanged, nothing is learned. */
  readonly known?: string | undefined;
  readonly history?: readonly string[];
  /** Whether the lexicon is wanted in the packed form, which is made in the worker and loaded faster. */
  readonly packed?: boolean;
  /** Memory budget, in bytes; derived from the machine's memory if not given. */
  readonly budget?: number | undefined;
}

/** A step of learning in parts, each from files to a file. */
export type StepTask =
  | {
      readonly step: 'map';
      readonly paths: readonly string[];
      readonly history: readonly string[];
      /** Minimum number of documents of the shard with a string to be considered; two by default. */
      readonly least: number | undefined;
      readonly out: string;
    }
  | { readonly step: 'merge'; readonly paths: readonly string[]; readonly options: MineOptions; readonly out: string }
  | { readonly step: 'count'; readonly stage: string; readonly part: string; readonly out: string };

/** The result of a step. */
export type StepResult =
  | { readonly step: 'map'; readonly documents: number; readonly problems: readonly IntakeProblem[] }
  /** The next round of counting, or the lexicon. */
  | { readonly step: 'merge'; readonly round: string }
  | { readonly step: 'merge'; readonly result: LearningResult }
  | { readonly step: 'count' };

/** Requests to the worker, `folder` being for learning in parts, and its answers. */
export type LearningRequest = (LearningTask & { readonly folder: string }) | StepTask;

export type LearningAnswer =
  | { readonly kind: 'progress'; readonly part: number; readonly message: Message }
  | { readonly kind: 'estimate'; readonly estimate: LearningEstimate }
  | { readonly kind: 'stepped'; readonly result: StepResult }
  /** Invalid input; the message is meant for the writer. */
  | { readonly kind: 'refusal'; readonly reason: Message }
  | { readonly kind: 'result'; readonly result: LearningResult }
  | { readonly kind: 'failure'; readonly error: string };

/** Memory limit of the worker besides typed arrays, in MB: the texts themselves and what is found in them. */
const MEMORY = 8192;

/** Learning was cancelled. */
export class LearningCancelled extends Error {
  constructor() {
    super('Learning was cancelled.');
    this.name = 'LearningCancelled';
  }
}

/** A step of learning in parts was given unusable input; `reason` is meant for the writer. */
export class StepRefused extends Error {
  constructor(readonly reason: Message) {
    super(reason.en);
    this.name = 'StepRefused';
  }
}

/**
 * Learns in a worker thread. The worker is kept with its cache, so that learning again after one file changed reads
 * only that file.
 */
export class LearningWorker {
  private worker: Worker | undefined;
  /** Resolves when the previous worker has terminated. */
  private ended: Promise<unknown> = Promise.resolve();

  /** Takes the path of the worker's bundle, `dist/learn-worker.js`. */
  constructor(private readonly bundle: string) {}

  /**
   * Learns from `task`. Rejects with {@link LearningCancelled} if `signal` aborts it, after the thread has ended and
   * what it wrote is removed.
   */
  async learn(
    task: LearningTask,
    progress: LearningProgress = () => {},
    signal?: AbortSignal,
    estimated?: (estimate: LearningEstimate) => void,
  ): Promise<LearningResult> {
    // It will contain the texts of all documents, and a terminated thread removes nothing.
    const folder = path.join(os.tmpdir(), `policy-text-learn-${crypto.randomUUID()}`);
    const remove = (): void => {
      try {
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      } catch {
        // Another process holds it open.
      }
    };
    process.once('exit', remove);
    try {
      const answer = await this.request({ ...task, folder }, progress, signal, estimated);
      if (answer.kind !== 'result') throw new Error('The learning worker gave no result.');
      return answer.result;
    } finally {
      await this.ended;
      remove();
      process.off('exit', remove);
    }
  }

  /** Runs a step of learning in parts. Rejects with {@link StepRefused} if a file is unusable. */
  async step(task: StepTask, progress: LearningProgress = () => {}): Promise<StepResult> {
    const answer = await this.request(task, progress);
    if (answer.kind === 'refusal') throw new StepRefused(answer.reason);
    if (answer.kind !== 'stepped') throw new Error('The learning worker gave no result.');
    return answer.result;
  }

  private request(
    request: LearningRequest,
    progress: LearningProgress,
    signal?: AbortSignal,
    estimated?: (estimate: LearningEstimate) => void,
  ): Promise<LearningAnswer> {
    if (signal?.aborted) return Promise.reject(new LearningCancelled());
    this.worker ??= new Worker(this.bundle, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    const worker = this.worker;
    worker.ref();
    return new Promise<LearningAnswer>((resolve, reject) => {
      const settle = (): void => {
        worker.removeAllListeners('message');
        worker.removeAllListeners('error');
        worker.removeAllListeners('exit');
        signal?.removeEventListener('abort', cancel);
        worker.unref();
      };
      const fail = (error: Error): void => {
        settle();
        void this.dispose();
        reject(error);
      };
      // Suffix sorting checks no flags: only terminating the thread stops it at once.
      const cancel = (): void => fail(new LearningCancelled());
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`The learning worker ended (${code}).`)));
      worker.on('message', (answer: LearningAnswer) => {
        if (answer.kind === 'progress') progress(answer.part, answer.message);
        else if (answer.kind === 'estimate') estimated?.(answer.estimate);
        else if (answer.kind === 'failure') fail(new Error(answer.error));
        else {
          settle();
          resolve(answer);
        }
      });
      worker.postMessage(request);
    });
  }

  /** Terminates the worker, if there is one. Resolves when it has ended. */
  async dispose(): Promise<void> {
    if (this.worker) this.ended = this.worker.terminate();
    this.worker = undefined;
    await this.ended;
  }
}
