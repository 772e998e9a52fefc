/** Lints drafts in a worker thread that is there only while many wait; the models are in memory that both threads read. */
import type { Lexicon } from '../lexicon/model/lexicon';
import { type SharedLexiconPart, shareLexicon } from '../lexicon/model/sharedLexicon';
import { rules } from '../rules/index';
import { type LintConfiguration, type LintResult, PlacedResult } from '../rules/lint';
import type { SharedSpellingModel, SpellingModel } from '../spelling/spellingModel';
import type { Analysis } from '../structure/analysis';
import { pause, runCooperatively } from './requests';

/** An idle worker is terminated after this time to free its memory, in ms. */
const IDLE_MS = 2_000;
/** Number of texts in flight: the worker has the next one when it is done with one. */
const AT_ONCE = 2;
/** Interval of looking for texts that nobody waits for any more, in ms. */
const CHECK_MS = 50;

/** Results as plain data: findings at their places, rules by theirs in the list. */
export type PlainResult = Pick<PlacedResult, 'severity' | 'finding' | 'base'> & { readonly rule: number };

export interface LintWorkerData {
  /** Shared: the numbers of tasks that are to be dropped, each in the slot of its remainder. */
  readonly dropped: Int32Array;
}

/** Requests to the worker, and its answers. Models are those of all tasks that follow. */
export type LintRequest =
  | { readonly kind: 'lexicon'; readonly part: SharedLexiconPart }
  | { readonly kind: 'spelling'; readonly model: SharedSpellingModel }
  | {
      readonly kind: 'lint';
      readonly id: number;
      readonly text: string;
      readonly textKind: Analysis['kind'];
      readonly configuration: LintConfiguration;
      readonly withLexicon: boolean;
      readonly withSpelling: boolean;
    };
export type LintAnswer =
  | { readonly id: number; readonly kind: 'results'; readonly results: PlainResult[]; readonly isLast: boolean }
  | { readonly id: number; readonly kind: 'dropped' }
  | { readonly id: number; readonly kind: 'failure'; readonly error: string };

/** The worker, as its platform starts it. */
export interface LintWorkerPort {
  post(request: LintRequest): void;
  terminate(): void;
}

export interface LintWorkerEvents {
  answered(answer: LintAnswer): void;
  /** It could not be started, or has ended by itself. */
  failed(error: Error): void;
}

export type StartLintWorker = (data: LintWorkerData, events: LintWorkerEvents) => LintWorkerPort;

/** A text to lint, and what with. */
export interface BackgroundLint {
  readonly text: string;
  readonly kind: Analysis['kind'];
  readonly configuration: LintConfiguration;
  readonly lexicon: Lexicon | undefined;
  readonly spelling: SpellingModel | undefined;
}

interface Task extends BackgroundLint {
  readonly id: number;
  readonly results: LintResult[];
  isWanted(): boolean;
  resolve(results: LintResult[] | undefined): void;
  reject(error: Error): void;
}

export class BackgroundLinter {
  private thread: Thread | undefined;
  private lastId = 0;
  private readonly waiting: Task[] = [];
  private isSending = false;
  private checking: ReturnType<typeof setInterval> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly startWorker: StartLintWorker) {}

  /**
   * The results, which are those of `lint` in this thread; undefined once they are no longer `wanted`. Texts are linted in the
   * order in which they come. Rejects if that failed: the text may then be linted in this thread.
   */
  lint(task: BackgroundLint, wanted: () => boolean): Promise<LintResult[] | undefined> {
    clearTimeout(this.idle);
    this.checking ??= setInterval(() => this.dropUnwanted(), CHECK_MS);
    this.checking.unref();
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...task, id: ++this.lastId, results: [], isWanted: wanted, resolve, reject });
      void this.send();
    });
  }

  /** Ends the worker; what waits is rejected. */
  dispose(): void {
    this.end(new Error('Ended.'));
  }

  /** Sends as many tasks as may be in flight, each after its models. */
  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      while (this.waiting.length > 0) {
        this.thread ??= this.started();
        const { thread } = this;
        if (thread.inFlight.size >= AT_ONCE) break;
        const [next] = this.waiting as [Task];
        await thread.sendModels(next);
        // Meanwhile it may have been dropped, or the thread may have ended.
        if (this.thread !== thread || this.waiting[0] !== next) continue;
        this.waiting.shift();
        thread.sendTask(next);
      }
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.isSending = false;
    }
  }

  private started(): Thread {
    const thread: Thread = new Thread(this.startWorker, {
      done: () => {
        if (this.thread !== thread) return;
        if (this.waiting.length > 0) void this.send();
        else if (thread.inFlight.size === 0) this.endLater();
      },
      failed: (error) => {
        if (this.thread === thread) this.end(error);
      },
    });
    return thread;
  }

  private dropUnwanted(): void {
    for (const task of this.waiting.filter((one) => !one.isWanted())) {
      this.waiting.splice(this.waiting.indexOf(task), 1);
      task.resolve(undefined);
    }
    this.thread?.dropUnwanted();
    if (this.waiting.length === 0 && !this.thread?.inFlight.size) this.endLater();
  }

  private endLater(): void {
    clearInterval(this.checking);
    this.checking = undefined;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end(new Error('Idle.')), IDLE_MS);
    this.idle.unref();
  }

  private end(error: Error): void {
    clearTimeout(this.idle);
    clearInterval(this.checking);
    this.checking = undefined;
    const { thread } = this;
    this.thread = undefined;
    const tasks = [...(thread?.inFlight.values() ?? []), ...this.waiting.splice(0)];
    thread?.terminate();
    for (const task of tasks) task.reject(error);
  }
}

interface ThreadEvents {
  /** A task is done. */
  done(): void;
  /** The thread has ended by itself. */
  failed(error: Error): void;
}

/** One worker, and what it was sent. */
class Thread {
  readonly inFlight = new Map<number, Task>();
  private readonly worker: LintWorkerPort;
  private readonly dropped = new Int32Array(new SharedArrayBuffer(AT_ONCE * Int32Array.BYTES_PER_ELEMENT));
  private lexicon: Lexicon | undefined;
  private spelling: SpellingModel | undefined;

  constructor(
    start: StartLintWorker,
    private readonly events: ThreadEvents,
  ) {
    this.worker = start(
      { dropped: this.dropped },
      { answered: (answer) => this.receive(answer), failed: (error) => events.failed(error) },
    );
  }

  /** Sends the models of `task`, unless they are those sent last. In steps. */
  async sendModels({ lexicon, spelling }: BackgroundLint): Promise<void> {
    if (spelling && spelling !== this.spelling) {
      this.spelling = spelling;
      const model = await runCooperatively(spelling.shared(), () => true);
      if (model) this.post({ kind: 'spelling', model });
    }
    if (lexicon && lexicon !== this.lexicon) {
      this.lexicon = lexicon;
      for (const _ of shareLexicon(lexicon, (part) => this.post({ kind: 'lexicon', part }))) await pause();
    }
  }

  sendTask(task: Task): void {
    const { id, text, kind, configuration, lexicon, spelling } = task;
    this.inFlight.set(id, task);
    const { rules: severities, profile, ignore, spelling: wordLists, lexicon: own } = configuration;
    this.post({
      kind: 'lint',
      id,
      text,
      textKind: kind,
      // Settings have more fields, which the rules do not read.
      configuration: {
        rules: severities,
        ...(profile && { profile }),
        ...(ignore && { ignore }),
        ...(wordLists && { spelling: wordLists }),
        ...(own && { lexicon: own }),
      },
      withLexicon: lexicon !== undefined,
      withSpelling: spelling !== undefined,
    });
  }

  dropUnwanted(): void {
    for (const [id, task] of this.inFlight) {
      if (!task.isWanted()) Atomics.store(this.dropped, id % this.dropped.length, id);
    }
  }

  terminate(): void {
    this.worker.terminate();
  }

  private post(request: LintRequest): void {
    this.worker.post(request);
  }

  private receive(answer: LintAnswer): void {
    const task = this.inFlight.get(answer.id);
    if (!task) return;
    if (answer.kind === 'results') {
      for (const { rule, severity, finding, base } of answer.results) {
        task.results.push(new PlacedResult(rules[rule]!, severity, finding, base));
      }
      if (!answer.isLast) return;
      this.inFlight.delete(answer.id);
      task.resolve(task.results);
    } else {
      this.inFlight.delete(answer.id);
      if (answer.kind === 'dropped') task.resolve(undefined);
      else task.reject(new Error(answer.error));
    }
    this.events.done();
  }
}
