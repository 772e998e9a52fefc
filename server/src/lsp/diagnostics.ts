/** Diagnostics on request, or pushed to clients that cannot request them. */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { configurationDiagnostics, diagnostics, withKnown } from '../features/diagnostics';
import type { Lexicon } from '../lexicon/model/lexicon';
import { isConfigurationFile } from '../rules/configurationFileName';
import { type LintResult, lintIncremental } from '../rules/lint';
import { carryDamage, type SearchedText, searchedText, settleDamage } from '../rules/text/damage';
import type { SpellingModel } from '../spelling/spellingModel';
import { splitLines } from '../text/lines';
import type { Locale } from '../text/message';
import type { Resumable } from '../text/resumable';
import { BackgroundLinter, type StartLintWorker } from './backgroundLint';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { Draft, Drafts } from './documents';
import type { AnswerEncoding } from './platform';
import { cancelled, pause, type Traffic, WorkQueue } from './requests';
import type { Settings } from './settings';
import type { Typing } from './typing';

/** Debounce before pushing diagnostics, in ms. */
const DEBOUNCE_MS = 300;
/** Debounce after the last edit before a damaged text is searched again as a whole, in ms. */
const SETTLE_MS = 1_500;
/**
 * Number of UTF-16 units of drafts that wait to be linted from which on others are linted in another thread: half a second's work,
 * in which that thread has started.
 */
const CROWD = 200_000;

interface Report {
  /** Identifies the text, the settings and the lexicon that it was made from. */
  readonly inputs: string;
  /** Identifies the items: the inputs of the first report that had them. */
  readonly resultId: string;
  readonly items: Diagnostic[];
  /** The findings that the items were made from, in the same order. */
  readonly results: readonly LintResult[];
  readonly lexicon: Lexicon | undefined;
  /** Whether some results were taken over from the text before the last edit: see {@link carryDamage}. */
  readonly isProvisional: boolean;
  /** The text with its damage, if it was searched. */
  readonly searched: SearchedText | undefined;
  /** Whether it was made in another thread: the caches of this one know nothing of the text. */
  readonly isFromElsewhere: boolean;
}

/** The result of linting. */
type Linted = Pick<Report, 'results' | 'isProvisional' | 'searched' | 'isFromElsewhere'>;

/** The findings of one version of a draft. */
export interface Findings extends Report {
  readonly draft: Draft;
  readonly settings: Settings;
}

/** Whether the requester still wants the result. */
type Wanted = () => boolean;

/** A report in progress, shared by all requesters. */
interface Making {
  readonly inputs: string;
  readonly wanted: Wanted[];
  readonly report: Promise<Report | undefined>;
}

/** Server parts that diagnostics need. */
export interface DiagnosticsParts {
  readonly connection: Connection;
  readonly drafts: Drafts;
  readonly configuration: Configuration;
  readonly lexicon: () => Promise<Lexicon>;
  readonly spelling: () => Promise<SpellingModel | undefined>;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  /** Messages not yet read; absent if the platform cannot tell. */
  readonly traffic: Traffic | undefined;
  readonly typing: Typing;
  readonly encoding: AnswerEncoding | undefined;
  readonly startLintWorker: StartLintWorker | undefined;
}

/** What rules read besides text and settings. */
interface Models {
  readonly lexicon: Lexicon | undefined;
  readonly spelling: SpellingModel | undefined;
}

export class Diagnostics {
  private readonly reports = new WeakMap<Draft, Report>();
  private readonly making = new WeakMap<Draft, Making>();
  private readonly queue: WorkQueue;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly settling = new Map<string, ReturnType<typeof setTimeout>>();
  /** Distinguishes result ids of this server from those a client may remember from the one before. */
  private readonly session = Date.now().toString(36);

  /** Absent where there is none, and after it has failed. */
  private background: BackgroundLinter | undefined;
  /** Number of UTF-16 units of drafts that wait to be linted in this thread. */
  private waitingUnits = 0;

  constructor(private readonly parts: DiagnosticsParts) {
    const { traffic, drafts, typing, startLintWorker } = parts;
    this.background = startLintWorker && new BackgroundLinter(startLintWorker);
    this.queue = new WorkQueue(
      async () => {
        await (traffic ? traffic.settled() : pause());
        await typing.listGiven();
      },
      () => typing.piece,
    );
    drafts.onDidClose(({ document: { uri } }) => {
      clearTimeout(this.settling.get(uri));
      this.settling.delete(uri);
    });
  }

  /** Answers `textDocument/diagnostic`. */
  async pull(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    // Processes edits and cancellations that have already arrived first: nobody wants the findings of an old text.
    await pause();
    if (token.isCancellationRequested) throw cancelled();
    const report = await this.report(uri, () => !token.isCancellationRequested);
    if (token.isCancellationRequested) throw cancelled();
    if (!report) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    return report.resultId === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: report.resultId, items: report.items };
  }

  /** The findings in the latest text of `uri`; undefined if it is not open, or `token` is cancelled. */
  async findings(uri: string, token: CancellationToken): Promise<Findings | undefined> {
    const settings = await this.parts.configuration.for(uri);
    const report = await this.report(uri, () => !token.isCancellationRequested);
    const draft = this.parts.drafts.get(uri);
    return report && draft ? { ...report, draft, settings } : undefined;
  }

  /** Called after the settings changed. */
  refresh(): void {
    if (!this.parts.abilities.pullsDiagnostics) {
      for (const draft of this.parts.drafts.all()) this.schedule(draft);
    } else if (this.parts.abilities.diagnosticRefresh) {
      this.parts.connection.languages.diagnostics.refresh().catch(() => {});
    }
  }

  dispose(): void {
    const { background } = this;
    this.background = undefined;
    background?.dispose();
  }

  /** Pushes diagnostics from now on. New ones replace the old; they are never cleared in between. */
  push(): void {
    for (const draft of this.parts.drafts.all()) this.schedule(draft);
    this.parts.drafts.onDidChange(({ document }) => this.schedule(document));
    this.parts.drafts.onDidClose(({ document: { uri } }) => {
      clearTimeout(this.timers.get(uri));
      this.timers.delete(uri);
      void this.parts.connection.sendDiagnostics({ uri, diagnostics: [] });
    });
  }

  private schedule({ uri }: Draft): void {
    clearTimeout(this.timers.get(uri));
    const timer = setTimeout(() => {
      this.timers.delete(uri);
      this.send(uri).catch((error) => this.parts.connection.console.error(`Diagnostics of ${uri} failed: ${error}`));
    }, DEBOUNCE_MS);
    this.timers.set(uri, timer);
  }

  private async send(uri: string): Promise<void> {
    const report = await this.report(uri);
    const draft = this.parts.drafts.get(uri);
    // A timer that was set again means a newer text; its diagnostics will follow.
    if (!report || !draft || this.timers.has(uri)) return;
    const version = this.parts.abilities.diagnosticVersions ? { version: draft.version } : {};
    await this.parts.connection.sendDiagnostics({ uri, ...version, diagnostics: report.items });
  }

  /** The report on the latest text; undefined if the document is not open, or the request is cancelled. */
  private async report(uri: string, wanted: Wanted = () => true): Promise<Report | undefined> {
    for (;;) {
      const settings = await this.parts.configuration.for(uri);
      const lexicon = this.parts.drafts.get(uri)?.isChineseProse ? await this.parts.lexicon() : undefined;
      const spelling = lexicon && (await this.parts.spelling());
      const draft = this.parts.drafts.get(uri);
      if (!draft || !wanted()) return undefined;
      const inputs = `${this.session}-${draft.revision}-${this.parts.configuration.generation}-${lexicon?.inputs ?? ''}`;
      const known = this.reports.get(draft);
      if (known?.inputs === inputs) {
        if (known.isFromElsewhere && draft.isRead) this.fillCaches(draft, known, settings, { lexicon, spelling });
        return known;
      }
      let making = this.making.get(draft);
      if (making?.inputs === inputs) {
        making.wanted.push(wanted);
      } else {
        const asking = [wanted];
        making = {
          inputs,
          wanted: asking,
          report: this.compute(draft, inputs, settings, { lexicon, spelling }, asking),
        };
        this.making.set(draft, making);
      }
      const report = await making.report;
      if (this.making.get(draft) === making) this.making.delete(draft);
      if (report) return report;
      // The text changed meanwhile, and the unfinished work is useless: lint the new text instead.
    }
  }

  /** Lints; undefined as soon as the text has changed, or all requesters have cancelled. */
  private async compute(
    draft: Draft,
    inputs: string,
    settings: Settings,
    models: Models,
    asking: readonly Wanted[],
  ): Promise<Report | undefined> {
    const { uri, revision } = draft;
    const { lexicon } = models;
    const { locale } = this.parts;
    const { relatedInformation } = this.parts.abilities;
    const known = this.reports.get(draft);
    let items: Diagnostic[] = [];
    let linted: Linted = { results: [], isProvisional: false, searched: undefined, isFromElsewhere: false };
    if (isConfigurationFile(uri)) {
      items = configurationDiagnostics(draft.text, locale);
    } else if (draft.isChineseProse) {
      const isWanted = () =>
        draft.revision === revision && this.parts.drafts.get(uri) === draft && asking.some((wanted) => wanted());
      // Decided at once: many may have waited for the models, and go on together.
      const { background } = this;
      const isOneOfMany = !draft.isRead && this.waitingUnits >= CROWD;
      let found =
        background && isOneOfMany && (await this.lintElsewhere(background, draft, settings, models, isWanted));
      if (!found && (!isOneOfMany || isWanted())) found = await this.lintHere(draft, settings, models, isWanted, known);
      if (!found) return undefined;
      linted = found;
      const { results } = linted;
      const text = draft.isRead ? draft.analysis : { lines: splitLines(draft.text) };
      if (results.length > 0) items = diagnostics(text, results, { uri, locale, relatedInformation });
    }
    // Most edits change no finding and move none; the client then keeps what it has.
    const told = known ? withKnown(items, known.items) : items;
    this.parts.encoding?.keepItems(told);
    const resultId = known && told === known.items ? known.resultId : inputs;
    const report: Report = { inputs, resultId, items: told, lexicon, ...linted };
    this.reports.set(draft, report);
    if (report.isProvisional) this.settleLater(draft, revision);
    return report;
  }

  /** Lints `draft` in turns when its turn comes; `known` is the last report on it. Undefined if it is not wanted then. */
  private async lintHere(
    draft: Draft,
    settings: Settings,
    models: Models,
    isWanted: Wanted,
    known: Report | undefined,
  ): Promise<Linted | undefined> {
    const { length } = draft.text;
    // A draft that was linted before is being edited by the writer, and one that was read before is looked at, unlike those that a
    // folder is opened with.
    const isUrgent = known !== undefined || draft.isRead;
    this.waitingUnits += length;
    try {
      await this.parts.typing.listGiven();
      await draft.ready();
      const carry = this.canSettle && { before: known?.searched };
      return await this.queue.run(readAndLint(draft, settings, models, carry), isWanted, isUrgent);
    } finally {
      this.waitingUnits -= length;
    }
  }

  /**
   * Lints `draft`, which nobody is looking at, as its outline was not requested, in another thread. Undefined if it is to be linted
   * here, as that failed or the writer has turned to it meanwhile.
   */
  private async lintElsewhere(
    background: BackgroundLinter,
    draft: Draft,
    configuration: Settings,
    models: Models,
    isWanted: Wanted,
  ): Promise<Linted | undefined> {
    const { text, kind } = draft;
    try {
      const results = await background.lint(
        { text, kind, configuration, ...models },
        () => isWanted() && !draft.isRead,
      );
      return results && { results, isProvisional: false, searched: undefined, isFromElsewhere: true };
    } catch (error) {
      if (this.background === background) {
        this.background = undefined;
        background.dispose();
        this.parts.connection.console.error(`The thread that lints drafts failed; from now on there is none. ${error}`);
      }
      return undefined;
    }
  }

  /** Lints `draft`, which the writer has turned to, again in this thread, so that an edit costs only what it changes. */
  private fillCaches(draft: Draft, report: Report, settings: Settings, models: Models): void {
    const here = { ...report, isFromElsewhere: false };
    this.reports.set(draft, here);
    const pieces = readAndLint(draft, settings, models, false);
    this.queue
      .run(pieces, () => this.reports.get(draft) === here)
      .catch((error) => this.parts.connection.console.error(`Diagnostics of ${draft.uri} failed: ${error}`));
  }

  /** Whether the client can be notified that findings have changed although the text has not. */
  private get canSettle(): boolean {
    return !this.parts.abilities.pullsDiagnostics || this.parts.abilities.diagnosticRefresh;
  }

  private settleLater(draft: Draft, revision: number): void {
    clearTimeout(this.settling.get(draft.uri));
    const timer = setTimeout(() => {
      this.settling.delete(draft.uri);
      this.settle(draft, revision).catch((error) =>
        this.parts.connection.console.error(`Diagnostics of ${draft.uri} failed: ${error}`),
      );
    }, SETTLE_MS);
    this.settling.set(draft.uri, timer);
  }

  /** Searches the whole of `draft`; if that changes the findings of the last report, notifies the client. */
  private async settle(draft: Draft, revision: number): Promise<void> {
    const isLatest = () => draft.revision === revision && this.parts.drafts.get(draft.uri) === draft;
    if (!isLatest()) return;
    const differs = await this.queue.run(settleDamage(draft.analysis), isLatest);
    const report = this.reports.get(draft);
    if (!differs || !report || !isLatest()) return;
    // The same inputs give a different report now.
    this.reports.set(draft, { ...report, inputs: '' });
    if (this.parts.abilities.pullsDiagnostics) this.refresh();
    else this.schedule(draft);
  }
}

/**
 * Analyses and lints `draft` when its turn comes: hundreds may be opened at once. With `carry`, expensive results may be
 * taken over from the text before the last edit.
 */
function* readAndLint(
  draft: Draft,
  settings: Settings,
  { lexicon, spelling }: Models,
  carry: false | { readonly before: SearchedText | undefined },
): Resumable<Linted> {
  const analysis = yield* draft.read();
  yield;
  const isProvisional = carry && (yield* carryDamage(analysis, carry.before));
  const results = yield* lintIncremental(analysis, settings, lexicon, spelling);
  return { results, isProvisional, searched: searchedText(analysis), isFromElsewhere: false };
}
