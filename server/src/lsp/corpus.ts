/** The writer's own corpus: learned in the background, kept, and used together with the lexicon that is shipped. */
import { type Connection, ResponseError, type WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { LearningProgress, LearningSummary } from '../lexicon/learningWorker.node';
import { loadLexicon } from '../lexicon/store';
import { type Locale, localise } from '../text/message';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { CorpusAccess } from './host';
import type { LexiconStore } from './lexicon';
import type { LearnResult } from './protocol';

/** Problems named in the log; of a folder of other files there may be thousands. */
const MOST_PROBLEMS = 100;

export class Corpus {
  /** Workspace folders, as URIs. */
  folders: readonly string[] = [];
  /** What the lexicon in use was learned from. */
  private current = '';
  private named: readonly string[] = [];
  private running: AbortController | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * `storage` is a folder for what is to be kept; without it a corpus is learned in every session. Where the workspace is
   * not `trusted` its documents are left alone: reading office files of strangers is not without risk.
   */
  constructor(
    private readonly connection: Connection,
    private readonly access: CorpusAccess,
    private readonly lexicons: LexiconStore,
    private readonly configuration: Configuration,
    private readonly abilities: ClientAbilities,
    private readonly locale: Locale,
    private readonly storage: string | undefined,
    private readonly trusted: boolean,
  ) {}

  /** Learns where the settings name other documents than those in use. Never rejects. */
  async refresh(): Promise<void> {
    try {
      const paths = await this.wanted();
      if (paths.join('\n') !== this.current) await this.inTurn(() => this.use(paths));
    } catch (error) {
      this.complain(error);
    }
  }

  /** Learns anew from the documents that the settings name and from `more`; null where there are none or it was cancelled. */
  async learn(more: readonly string[]): Promise<LearnResult> {
    this.named = [...this.named, ...(await this.access.locate(undefined, more))];
    const paths = await this.wanted();
    const summary = await this.inTurn(() => this.use(paths, true));
    if (!summary) return null;
    const { documents, duplicates, problems, phrases } = summary;
    return { documents, duplicates: duplicates.length, unreadable: problems.length, phrases };
  }

  dispose(): void {
    this.running?.abort();
    this.access.dispose();
  }

  /** Documents named in the settings, and those named by request since the start. */
  private async wanted(): Promise<string[]> {
    const places = this.folders.length > 0 ? this.folders : [undefined];
    const found = await Promise.all(
      places.map(async (folder) => {
        const { corpus } = await this.configuration.for(folder ?? '');
        return this.access.locate(this.trusted ? folder : undefined, corpus.paths);
      }),
    );
    return [...new Set([...found.flat(), ...this.named])].sort();
  }

  /** One learning at a time; what is asked for later makes an earlier one idle. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.running?.abort();
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => {});
    return result;
  }

  private async use(paths: readonly string[], anew = false): Promise<LearningSummary | undefined> {
    this.current = paths.join('\n');
    if (paths.length === 0) {
      this.lexicons.use(undefined);
      return undefined;
    }
    const known = anew ? undefined : await this.useKept(paths);
    const running = new AbortController();
    this.running = running;
    const report = await this.begin(running);
    try {
      const { json, unchanged, summary } = await this.access.learn(paths, known, report.progress, running.signal);
      for (const { file, reason } of summary.problems.slice(0, MOST_PROBLEMS)) {
        this.connection.console.warn(`${file}: ${localise(reason, this.locale)}`);
      }
      if (json !== undefined) {
        this.lexicons.use(loadLexicon(json));
        if (this.storage !== undefined)
          await this.access.keep(this.storage, paths, json).catch((e) => this.complain(e));
      } else if (!unchanged) this.lexicons.use(undefined);
      return unchanged ? undefined : summary;
    } catch (error) {
      if (!running.signal.aborted) this.complain(error);
      // What was not finished is begun again when it is next asked for.
      this.current = '';
      return undefined;
    } finally {
      report.done();
      if (this.running === running) this.running = undefined;
    }
  }

  /** Uses what was learned in an earlier session and returns its inputs. What is damaged or of another version is not used. */
  private async useKept(paths: readonly string[]): Promise<string | undefined> {
    const json = this.storage === undefined ? undefined : await this.access.kept(this.storage, paths);
    if (json === undefined) return undefined;
    try {
      const own = loadLexicon(json);
      this.lexicons.use(own);
      return own.inputs;
    } catch {
      return undefined;
    }
  }

  /** Shows progress with a button that cancels, where the client can. */
  private async begin(running: AbortController): Promise<{ progress: LearningProgress; done: () => void }> {
    if (!this.abilities.workDoneProgress) return { progress: () => {}, done: () => {} };
    let reporter: WorkDoneProgressServerReporter;
    try {
      reporter = await this.connection.window.createWorkDoneProgress();
    } catch {
      return { progress: () => {}, done: () => {} };
    }
    reporter.begin(localise({ zh: '学习规范表述', en: 'Learning slogans' }, this.locale), 0, '', true);
    reporter.token.onCancellationRequested(() => running.abort());
    let shown = 0;
    return {
      progress: (part, message) => {
        const percentage = Math.floor(part * 100);
        if (percentage === shown) return;
        shown = percentage;
        reporter.report(percentage, localise(message, this.locale));
      },
      done: () => reporter.done(),
    };
  }

  private complain(error: unknown): void {
    const reason = error instanceof ResponseError || error instanceof Error ? error.message : String(error);
    this.connection.console.error(`Learning from the corpus failed: ${reason}`);
  }
}
