/** The writer's own corpus: learned in the background, stored, and used together with the shipped lexicon. */
import {
  type CancellationToken,
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type ShowMessageParams,
  type WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import type { LearningProgress, LearningSummary } from '../lexicon/mining/learningWorker.node';
import type { MineOptions } from '../lexicon/mining/mine';
import { ngramsWithin } from '../lexicon/mining/ngrams';
import { loadLexicon } from '../lexicon/model/store';
import { type Locale, localise, type Message } from '../text/message';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { LexiconStore } from './lexicon';
import type { CorpusAccess } from './platform';
import type { LearnResult } from './protocol';
import type { Settings } from './settings';
import { SETTINGS } from './settingsTable';

/** Maximum number of problems in the log; a folder of other files may give thousands. */
const MAX_PROBLEMS = 100;
/** Debounce before a changed corpus is learned again, in ms: files change in batches. */
const DEBOUNCE_MS = 1_500;

/** Server parts that learning needs. */
export interface CorpusParts {
  readonly connection: Connection;
  readonly access: CorpusAccess;
  readonly lexicons: LexiconStore;
  readonly configuration: Configuration;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  /** Folder for stored lexicons; without it a corpus is learned in every session. */
  readonly storage: string | undefined;
  /** In an untrusted workspace documents are not read: parsing office files of strangers is not without risk. */
  readonly trusted: boolean;
}

/** What a lexicon is to be learned from, and how. */
interface Wanted {
  readonly paths: readonly string[];
  readonly options: MineOptions;
}

/** Identifies it; empty if there are no documents. */
function keyOf({ paths, options }: Wanted): string {
  return paths.length === 0 ? '' : [...paths, options.maxNgrams ?? ''].join('\n');
}

const DEFAULT_SIZE = SETTINGS['corpus.maximumSize'].default;

export class Corpus {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  /** Identifies what the current lexicon was learned from, see {@link keyOf}; and its `inputs`. */
  private current = '';
  private inputs: string | undefined;
  private watching: { readonly key: string; readonly registration: Disposable } | undefined;
  private registering: Promise<void> = Promise.resolve();
  private rest: ReturnType<typeof setTimeout> | undefined;
  private named: readonly string[] = [];
  private running: AbortController | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private warned = false;

  constructor(private readonly parts: CorpusParts) {}

  /** Learns if the settings name other documents than those in use. Never rejects. */
  async refresh(): Promise<void> {
    try {
      await this.watch();
      const wanted = await this.wanted();
      if (keyOf(wanted) !== this.current) await this.inTurn(() => this.use(wanted));
    } catch (error) {
      this.complain(error);
    }
  }

  /** Called when a watched document may have changed. Learns when nothing has changed for a while. */
  documentsChanged(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(async () => {
      try {
        const wanted = await this.wanted();
        await this.inTurn(() => this.use(wanted, 'changed'));
      } catch (error) {
        this.complain(error);
      }
    }, DEBOUNCE_MS);
  }

  /** Learns from the documents that the settings name and from `more`; null if there are none or it was cancelled. */
  async learn(more: readonly string[], token: CancellationToken): Promise<LearnResult> {
    this.named = [...this.named, ...(await this.parts.access.locate(undefined, more))];
    const wanted = await this.wanted();
    const summary = await this.inTurn(async () => {
      if (token.isCancellationRequested) return undefined;
      const listening = token.onCancellationRequested(() => this.running?.abort());
      return this.use(wanted, 'asked').finally(() => listening.dispose());
    });
    if (!summary) return null;
    const { documents, duplicates, problems, phrases } = summary;
    const [first] = problems;
    return {
      documents,
      duplicates: duplicates.length,
      unreadable: problems.length,
      ...(first && { firstUnreadable: { file: first.file, reason: localise(first.reason, this.parts.locale) } }),
      phrases,
    };
  }

  dispose(): void {
    clearTimeout(this.rest);
    this.running?.abort();
    this.parts.access.dispose();
  }

  /** Documents named in the settings, and those named in requests since the start; and how to learn from them. */
  private async wanted(): Promise<Wanted> {
    const found = await this.inFolders(async (folder, { paths, maximumSize }) => {
      return { paths: await this.parts.access.locate(folder, paths), maximumSize };
    });
    const paths = [...new Set([...found.flatMap((one) => one.paths), ...this.named])].sort();
    // One lexicon is learned from the documents of all folders.
    const size = Math.max(...found.map(({ maximumSize }) => maximumSize));
    return { paths, options: size === DEFAULT_SIZE ? {} : { maxNgrams: ngramsWithin(size * 1_000_000) } };
  }

  /** Calls `look` for each workspace folder with its settings; without a folder if there is none. */
  private inFolders<Result>(
    look: (folder: string | undefined, corpus: Settings['corpus']) => Result | Promise<Result>,
  ): Promise<Result[]> {
    const places = this.folders.length > 0 ? this.folders : [undefined];
    return Promise.all(
      places.map(async (folder) => {
        const { corpus } = await this.parts.configuration.for(folder ?? '');
        return look(this.parts.trusted ? folder : undefined, corpus);
      }),
    );
  }

  /** One registration at a time: of two concurrent ones, one would never be revoked. */
  private watch(): Promise<void> {
    const begin = () => this.register();
    this.registering = this.registering.then(begin, begin);
    return this.registering;
  }

  /** Registers for changes to the documents that the settings name. */
  private async register(): Promise<void> {
    if (!this.parts.abilities.watchedFolders) return;
    const patterns = (await this.inFolders((folder, { paths }) => this.parts.access.watched(folder, paths))).flat();
    const key = JSON.stringify(patterns);
    if (key === this.watching?.key) return;
    this.watching?.registration.dispose();
    this.watching = undefined;
    if (patterns.length === 0) return;
    const watchers = patterns.map((globPattern) => ({ globPattern }));
    const registration = await this.parts.connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers,
    });
    this.watching = { key, registration };
  }

  /** Learns one corpus at a time; a new request aborts the previous one. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.running?.abort();
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => {});
    return result;
  }

  /**
   * Switches to the lexicon that is `wanted`. A stored lexicon is used until then, and for good if the documents
   * are unchanged, unless the writer has `asked` for learning. If documents have `changed` the current lexicon is used
   * likewise.
   */
  private async use(wanted: Wanted, why?: 'asked' | 'changed'): Promise<LearningSummary | undefined> {
    const { paths, options } = wanted;
    const before = this.current;
    this.current = keyOf(wanted);
    if (paths.length === 0) {
      if (before !== '') this.parts.lexicons.use(undefined);
      this.inputs = undefined;
      return undefined;
    }
    if (why !== 'changed' || this.current !== before) {
      this.inputs = why === 'asked' ? undefined : await this.useKept(paths);
    }
    const known = this.inputs;
    const running = new AbortController();
    this.running = running;
    const report = await this.begin(running);
    try {
      const { progress } = report;
      const learned = await this.parts.access.learn(paths, options, known, progress, running.signal);
      const { unchanged, summary } = learned;
      const stored = learned.packed ?? learned.json;
      for (const { file, reason } of summary.problems.slice(0, MAX_PROBLEMS)) {
        this.parts.connection.console.warn(`${file}: ${localise(reason, this.parts.locale)}`);
      }
      if (stored !== undefined) {
        const own = loadLexicon(stored);
        this.parts.lexicons.use(own);
        this.inputs = own.inputs;
        const hindered =
          this.parts.storage === undefined
            ? undefined
            : await this.parts.access.keep(this.parts.storage, paths, stored);
        if (hindered) this.warnOfStorage(hindered);
      } else if (!unchanged) {
        this.parts.lexicons.use(undefined);
        this.inputs = undefined;
      }
      return unchanged ? undefined : summary;
    } catch (error) {
      if (!running.signal.aborted) this.complain(error);
      // An unfinished job starts again when it is next requested.
      this.current = '';
      return undefined;
    } finally {
      report.done();
      if (this.running === running) this.running = undefined;
    }
  }

  /**
   * Uses a lexicon stored in an earlier session and returns its inputs. A damaged one, or one of another version, is
   * ignored.
   */
  private async useKept(paths: readonly string[]): Promise<string | undefined> {
    const { access, storage } = this.parts;
    const stored = storage === undefined ? undefined : await access.kept(storage, paths);
    if (stored === undefined) return undefined;
    try {
      const own = loadLexicon(stored);
      this.parts.lexicons.use(own);
      return own.inputs;
    } catch {
      return undefined;
    }
  }

  /** Shows progress with a cancel button, if the client supports it. */
  private async begin(running: AbortController): Promise<{ progress: LearningProgress; done: () => void }> {
    if (!this.parts.abilities.workDoneProgress) return { progress: () => {}, done: () => {} };
    let reporter: WorkDoneProgressServerReporter;
    try {
      reporter = await this.parts.connection.window.createWorkDoneProgress();
    } catch {
      return { progress: () => {}, done: () => {} };
    }
    reporter.begin(localise({ zh: '学习规范表述', en: 'Learning slogans' }, this.parts.locale), 0, '', true);
    reporter.token.onCancellationRequested(() => running.abort());
    let shown = 0;
    return {
      progress: (part, message) => {
        const percentage = Math.floor(part * 100);
        if (percentage === shown) return;
        shown = percentage;
        reporter.report(percentage, localise(message, this.parts.locale));
      },
      done: () => reporter.done(),
    };
  }

  private complain(error: unknown): void {
    const reason = error instanceof ResponseError || error instanceof Error ? error.message : String(error);
    const message: Message = {
      en: 'Learning from your documents failed: {0}. The previous phrases stay in use.',
      zh: '学习文稿中的表述时出错：{0}。原有的词库照常使用。',
      values: [reason],
    };
    this.parts.connection.console.error(localise(message, this.parts.locale));
  }

  /** Logged each time; shown to the writer once, since a full disk concerns more than this. */
  private warnOfStorage(message: Message): void {
    const words = localise(message, this.parts.locale);
    this.parts.connection.console.warn(words);
    if (this.warned) return;
    this.warned = true;
    // A notification, not a request: no answer is needed.
    const params: ShowMessageParams = { type: MessageType.Warning, message: words };
    void this.parts.connection.sendNotification(ShowMessageNotification.type, params);
  }
}
