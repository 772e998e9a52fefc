/**
 * Learning in a browser, from documents of the workspace: the client reads them through VS Code's file systems, a
 * worker learns, and the client stores the result. Text, Markdown and web pages are read; office documents are not,
 * because the libraries for them would be larger than everything else.
 */
import type { RelativePattern } from 'vscode-languageserver';
import type { IntakeProblem } from '../lexicon/intake/intake.node';
import { inputsOf } from '../lexicon/mining/learner';
import { emptySummary } from '../lexicon/mining/learningResult';
import type { LearningProgress, LearningResult } from '../lexicon/mining/learningWorker.node';
import type { LearnAnswer, LearnedDocument, LearnRequest } from '../lexicon/mining/learnMessages';
import type { MineOptions } from '../lexicon/mining/mine';
import type { Message } from '../text/message';
import { type DraftFile, listFiles } from './files';
import type { CorpusAccess, FileSystem } from './platform';

/** The part of a web worker's interface needed here. */
export interface LearnWorker {
  onmessage: ((event: { readonly data: LearnAnswer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(request: LearnRequest): void;
  terminate(): void;
}

export interface WebHost {
  /** The client's files. */
  readonly files: FileSystem;
  /** Has the client write a file in its storage folder; false if it could not. */
  readonly store: (uri: string, text: string) => Promise<boolean>;
  /** The URL of the folder with the server's own files. */
  readonly folder: () => string;
  readonly startWorker: () => LearnWorker;
}

const DOCUMENT = /\.(?:txt|text|md|markdown|gongwen|policytext|html?|xhtml)$/i;
const MARKUP = /\.(?:html?|xhtml)$/i;
/** About the folder, not one of its documents. */
const README = /\/readme\b[^/]*$/i;
/** Maximum number of characters to learn from: a worker has a few hundred megabytes. */
const MAX_CHARACTERS = 12_000_000;
/** Share of reading in the progress. */
const READING = 0.5;

const UNREADABLE: Message = {
  en: 'It could not be read, or it is not text.',
  zh: '读取不了，或者不是文本。',
};
const EMPTY: Message = { en: 'It contains no Chinese text.', zh: '里面没有中文正文。' };
const TOO_MUCH: Message = {
  en: 'Skipped: the limit for learning in a browser is reached. VS Code on the desktop learns from everything.',
  zh: '没有读取：浏览器中学不了这么多，请在桌面版 VS Code 中学习。',
};
const NOT_KEPT: Message = {
  en: 'The browser did not store the learned phrases; they will be learned again next time.',
  zh: '浏览器没有保存学到的内容，下次会重新学习。',
};

/** `paths` are those of the settings, below a workspace folder, or URIs. */
export function webCorpus(host: WebHost): CorpusAccess {
  const { files, store } = host;
  const worker = new Learning(host);

  return {
    async locate(folderUri, paths) {
      const found: string[] = [];
      for (const uri of urisOf(folderUri, paths))
        if ((await files.readFolder(uri)) ?? (await files.stamp(uri))) found.push(uri);
      return found;
    },

    watched: (folderUri, paths): RelativePattern[] =>
      urisOf(folderUri, paths).flatMap((uri) => {
        const [, parent = '', name = ''] = /^(.*)\/([^/]+)$/.exec(uri) ?? [];
        return [
          { baseUri: uri, pattern: '**/*' },
          // Glob characters in a name are literal only within brackets.
          { baseUri: parent, pattern: decodeURIComponent(name).replace(/[*?[\]{}!]/g, '[$&]') },
        ];
      }),

    learn: (paths, options, known, progress, signal) => worker.learn(paths, options, known, progress, signal),

    kept: (storage, paths) => files.readFile(fileOf(storage, paths)),

    // The client stores text, which is what learning gives here.
    keep: async (storage, paths, lexicon) =>
      typeof lexicon === 'string' && (await store(fileOf(storage, paths), lexicon)) ? undefined : NOT_KEPT,

    dispose: () => worker.end(),
  };
}

/**
 * Reads and learns. The worker is kept for the next time with the texts it was given, so that only changed ones are
 * read.
 */
class Learning {
  private worker: LearnWorker | undefined;
  private settle: { resolve(answer: LearnAnswer): void; reject(error: Error): void } | undefined;
  private progress: (part: number) => void = () => {};
  /** The lengths of the texts that the worker has, by hash. */
  private given = new Map<string, number>();

  constructor(private readonly host: WebHost) {}

  async learn(
    paths: readonly string[],
    options: MineOptions,
    known: string | undefined,
    progress: LearningProgress,
    signal: AbortSignal,
  ): Promise<LearningResult> {
    const cancel = (): void => this.end(new Error('Learning was cancelled.'));
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const found = await this.find(paths, signal);
      const inputs = inputsOf(
        found.map((file) => hashOf(file)),
        options,
      );
      if (inputs === known) return { json: undefined, unchanged: true, summary: emptySummary([]) };
      const problems: IntakeProblem[] = [];
      const documents: LearnedDocument[] = [];
      let characters = 0;
      for (const [index, file] of found.entries()) {
        signal.throwIfAborted();
        progress((READING * index) / found.length, {
          en: 'Reading document {0} of {1}',
          zh: '正在读取第 {0} 篇，共 {1} 篇',
          values: [index + 1, found.length],
        });
        const hash = hashOf(file);
        const { length, reason } =
          characters < MAX_CHARACTERS ? await this.give(file, hash) : { length: 0, reason: TOO_MUCH };
        characters += length;
        if (reason) problems.push({ file: file.uri, reason });
        else documents.push({ name: file.uri, hash });
      }
      if (documents.length === 0) return { json: undefined, unchanged: false, summary: emptySummary(problems) };
      this.progress = (part) =>
        progress(READING + (1 - READING) * part, { en: 'Finding phrases', zh: '正在提取常用表述' });
      const answer = await this.request({ kind: 'learn', documents, options, inputs, problems });
      this.given = new Map(documents.map(({ hash }) => [hash, this.given.get(hash) ?? 0]));
      if (answer.kind !== 'result') throw new Error(answer.kind === 'failure' ? answer.error : answer.kind);
      return answer.result;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Terminates the worker, and rejects pending requests with `reason`. */
  end(reason = new Error('The server has ended.')): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.given.clear();
    this.settle?.reject(reason);
    this.settle = undefined;
  }

  private async find(paths: readonly string[], signal: AbortSignal): Promise<DraftFile[]> {
    const { files } = this.host;
    const token = {
      get isCancellationRequested() {
        return signal.aborted;
      },
    };
    const found = new Map<string, DraftFile>();
    for (const uri of paths) {
      if (await files.readFolder(uri)) {
        for await (const file of listFiles(files, uri, token, (name) => DOCUMENT.test(name)))
          if (!README.test(file.uri)) found.set(file.uri, file);
      } else if (DOCUMENT.test(uri)) {
        const stamp = await files.stamp(uri);
        if (stamp) found.set(uri, { uri, stamp: `${stamp.size}-${stamp.changed}`, size: stamp.size });
      }
    }
    signal.throwIfAborted();
    return [...found.values()];
  }

  /**
   * Passes a document to the worker unless it has it. Returns its length, and the reason if nothing is learned from it.
   */
  private async give({ uri }: DraftFile, hash: string): Promise<{ length: number; reason?: Message }> {
    const known = this.given.get(hash);
    if (known !== undefined) return { length: known };
    const text = await this.host.files.readFile(uri);
    if (text === undefined) return { length: 0, reason: UNREADABLE };
    const request = { folder: this.host.folder(), hash, text, markup: MARKUP.test(uri) };
    const answer = await this.request({ kind: 'text', ...request });
    if (answer.kind !== 'prepared') return { length: 0, reason: UNREADABLE };
    if (answer.empty) return { length: text.length, reason: EMPTY };
    this.given.set(hash, text.length);
    return { length: text.length };
  }

  /** One request at a time. */
  private request(request: LearnRequest): Promise<LearnAnswer> {
    return new Promise((resolve, reject) => {
      this.worker ??= this.host.startWorker();
      const { worker } = this;
      this.settle = { resolve, reject };
      worker.onerror = ({ message }) => this.end(new Error(message || 'The learning worker ended.'));
      worker.onmessage = ({ data }) => {
        if (data.kind === 'progress') this.progress(data.part);
        else {
          this.settle = undefined;
          resolve(data);
        }
      };
      worker.postMessage(request);
    });
  }
}

/**
 * The paths as URIs: those in the settings that are below the workspace's folder, and those that the client names
 * itself.
 */
function urisOf(folderUri: string | undefined, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (/^[a-z][\w+.-]*:\/\//i.test(path)) return [path.replace(/\/$/, '')];
    // A browser cannot see other places on a disk.
    if (folderUri === undefined || /^(?:[\\/~]|[a-z]:)/i.test(path)) return [];
    const steps = path.split(/[\\/]/).filter((step) => step !== '' && step !== '.');
    if (steps.includes('..')) return [];
    return [[folderUri.replace(/\/$/, ''), ...steps.map(encodeURIComponent)].join('/')];
  });
}

/** Identifies a version of a document without reading it. */
function hashOf({ uri, stamp }: DraftFile): string {
  return inputsOf([`${uri} ${stamp}`], {});
}

function fileOf(storage: string, paths: readonly string[]): string {
  return `${storage.replace(/\/$/, '')}/lexicon-${inputsOf(paths, {})}.json`;
}
