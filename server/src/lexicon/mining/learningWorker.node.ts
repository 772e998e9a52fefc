/** Learns a lexicon in a worker of its own, so that nothing else waits. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Message } from '../../text/message';
import type { IntakeProblem } from '../intake/intake.node';
import type { MineOptions } from './mine';

/** What was learned, as it is told to the writer. */
export interface LearningSummary {
  /** Documents kept, characters in them. */
  readonly documents: number;
  readonly characters: number;
  /** Files left out because they are nearly the same as another. */
  readonly duplicates: readonly string[];
  /** Files and folders that could not be read. */
  readonly problems: readonly IntakeProblem[];
  readonly phrases: number;
  /** The twenty most useful: text, count, documents. */
  readonly top: readonly (readonly [text: string, count: number, documents: number])[];
}

export interface LearningResult {
  /** The stored lexicon; absent where no document could be read, and where nothing has changed. */
  readonly json: string | undefined;
  /** True where the lexicon named in the request is the one that would be learned. */
  readonly unchanged: boolean;
  readonly summary: LearningSummary;
}

/** `part` of the whole work is done, from 0 to 1; `message` tells what is going on. */
export type LearningProgress = (part: number, message: Message) => void;

/** What learning will take, as far as the sizes of the files tell. */
export interface LearningEstimate {
  readonly characters: number;
  /** In bytes, in one go; and what may be used. */
  readonly memory: number;
  readonly budget: number;
  /** In how many parts it is done, and the memory that takes. */
  readonly parts: number;
  readonly inParts: number;
}

/** What to learn from, and how. */
export interface LearningTask {
  readonly paths: readonly string[];
  readonly options: MineOptions;
  /** The `inputs` of a lexicon at hand: where the files are still the same, nothing is learned. */
  readonly known?: string | undefined;
  readonly history?: readonly string[];
  /** The memory that may be used, in bytes; by what the machine has where it is not given. */
  readonly budget?: number | undefined;
}

/** One of the steps that learning in parts takes, each from files to a file. */
export type StepTask =
  | {
      readonly step: 'map';
      readonly paths: readonly string[];
      readonly history: readonly string[];
      /** In how many documents of the shard a string must stand to be looked for; in two where it is not given. */
      readonly least: number | undefined;
      readonly out: string;
    }
  | { readonly step: 'merge'; readonly paths: readonly string[]; readonly options: MineOptions; readonly out: string }
  | { readonly step: 'count'; readonly stage: string; readonly part: string; readonly out: string };

/** What a step did. */
export type StepResult =
  | { readonly step: 'map'; readonly documents: number; readonly problems: readonly IntakeProblem[] }
  /** The counting that comes next, or the lexicon. */
  | { readonly step: 'merge'; readonly round: string }
  | { readonly step: 'merge'; readonly result: LearningResult }
  | { readonly step: 'count' };

/** What the worker is asked, `folder` for what it learns in parts, and what it answers. */
export type LearningRequest = (LearningTask & { readonly folder: string }) | StepTask;

export type LearningAnswer =
  | { readonly kind: 'progress'; readonly part: number; readonly message: Message }
  | { readonly kind: 'estimate'; readonly estimate: LearningEstimate }
  | { readonly kind: 'stepped'; readonly result: StepResult }
  /** What was given is not what it should be; the message is meant for the writer. */
  | { readonly kind: 'refusal'; readonly reason: Message }
  | { readonly kind: 'result'; readonly result: LearningResult }
  | { readonly kind: 'failure'; readonly error: string };

/** What the worker may use beside typed arrays, in MB: the texts themselves and what is found in them. */
const MEMORY = 8192;

/** Learning stopped because it was asked to. */
export class LearningCancelled extends Error {
  constructor() {
    super('Learning was cancelled.');
    this.name = 'LearningCancelled';
  }
}

/** A step of learning in parts was given what it cannot use; `reason` is meant for the writer. */
export class StepRefused extends Error {
  constructor(readonly reason: Message) {
    super(reason.en);
    this.name = 'StepRefused';
  }
}

/**
 * Learns in a worker thread. The worker stays for the next time and keeps what it read, so that learning again after one
 * file changed reads that file only.
 */
export class LearningWorker {
  private worker: Worker | undefined;
  /** Resolves when the worker that was last ended has ended. */
  private ended: Promise<unknown> = Promise.resolve();

  /** Takes the path of the worker's bundle, `dist/learn-worker.js`. */
  constructor(private readonly bundle: string) {}

  /**
   * Learns what `task` says. Rejects with {@link LearningCancelled} once `signal` says so, when the thread has ended and
   * what it wrote is removed.
   */
  async learn(
    task: LearningTask,
    progress: LearningProgress = () => {},
    signal?: AbortSignal,
    estimated?: (estimate: LearningEstimate) => void,
  ): Promise<LearningResult> {
    // It comes to hold the texts of all documents, and a thread that is ended removes nothing.
    const folder = path.join(os.tmpdir(), `policy-text-learn-${randomUUID()}`);
    const remove = (): void => {
      try {
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      } catch {
        // Whoever holds it keeps it.
      }
    };
    process.once('exit', remove);
    try {
      const answer = await this.ask({ ...task, folder }, progress, signal, estimated);
      if (answer.kind !== 'result') throw new Error('The learning worker gave no result.');
      return answer.result;
    } finally {
      await this.ended;
      remove();
      process.off('exit', remove);
    }
  }

  /** Takes a step of learning in parts. Rejects with {@link StepRefused} where a file is not what it should be. */
  async step(task: StepTask, progress: LearningProgress = () => {}): Promise<StepResult> {
    const answer = await this.ask(task, progress);
    if (answer.kind === 'refusal') throw new StepRefused(answer.reason);
    if (answer.kind !== 'stepped') throw new Error('The learning worker gave no result.');
    return answer.result;
  }

  private ask(
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
      // Sorting suffixes looks at no flags: ending the thread is the one way that stops at once.
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

  /** Ends the worker, if there is one. Resolves when it has ended. */
  async dispose(): Promise<void> {
    if (this.worker) this.ended = this.worker.terminate();
    this.worker = undefined;
    await this.ended;
  }
}
