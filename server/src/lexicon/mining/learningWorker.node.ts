/** Learns a lexicon in a worker of its own, so that nothing else waits. */
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

/** What the worker is asked and what it answers. */
export interface LearningRequest {
  readonly paths: readonly string[];
  readonly options: MineOptions;
  readonly known?: string | undefined;
  readonly history?: readonly string[];
}

export type LearningAnswer =
  | { readonly kind: 'progress'; readonly part: number; readonly message: Message }
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

/**
 * Learns in a worker thread. The worker stays for the next time and keeps what it read, so that learning again after one
 * file changed reads that file only.
 */
export class LearningWorker {
  private worker: Worker | undefined;

  /** Takes the path of the worker's bundle, `dist/learn-worker.js`. */
  constructor(private readonly bundle: string) {}

  /**
   * Learns from the documents among `paths`. Rejects with {@link LearningCancelled} once `signal` says so. `known` are the
   * `inputs` of a lexicon at hand: where the files are still the same, the result says `unchanged` and nothing is learned.
   */
  learn(
    paths: readonly string[],
    options: MineOptions,
    progress: LearningProgress = () => {},
    signal?: AbortSignal,
    known?: string,
    history: readonly string[] = [],
  ): Promise<LearningResult> {
    if (signal?.aborted) return Promise.reject(new LearningCancelled());
    this.worker ??= new Worker(this.bundle, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    const worker = this.worker;
    worker.ref();
    return new Promise<LearningResult>((resolve, reject) => {
      const settle = (): void => {
        worker.removeAllListeners('message');
        worker.removeAllListeners('error');
        worker.removeAllListeners('exit');
        signal?.removeEventListener('abort', cancel);
        worker.unref();
      };
      const fail = (error: Error): void => {
        settle();
        this.dispose();
        reject(error);
      };
      // Sorting suffixes looks at no flags: ending the thread is the one way that stops at once.
      const cancel = (): void => fail(new LearningCancelled());
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`The learning worker ended (${code}).`)));
      worker.on('message', (answer: LearningAnswer) => {
        if (answer.kind === 'progress') progress(answer.part, answer.message);
        else if (answer.kind === 'failure') fail(new Error(answer.error));
        else {
          settle();
          resolve(answer.result);
        }
      });
      worker.postMessage({ paths, options, known, history } satisfies LearningRequest);
    });
  }

  /** Ends the worker, if there is one. */
  dispose(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }
}
