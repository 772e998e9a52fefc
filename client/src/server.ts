/** The connection to the language server: starts it when the first draft is opened, restarts and stops it. */
import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  type CompletionList,
  ErrorAction,
  type LanguageClientOptions,
  type Middleware,
  State,
} from 'vscode-languageclient';
import { type AskedContext, type RequestType, SLOGANS_CHANGED } from '../../server/src/lsp/protocol';
import { CONFIGURATION_FILE } from '../../server/src/rules/configurationFileName';
import { answerFileRequests } from './files';
import type { ClientSettings } from './settings';
import { withholding } from './withheldDiagnostics';

/** Makes a client for the platform: a process on the desktop, a worker in a browser. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Documents of these schemes are drafts a writer edits; beside them, those of the workspace folders. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'];

/** A server that has not started by then will not, in milliseconds. */
const START_MS = 60_000;
/** A server that has ended is started again after this time, and after twice as long each time more, in milliseconds. */
const FIRST_DELAY_MS = 200;
/** One that has ended so often within the second number of milliseconds stays so until the writer wants it. */
const MAX_ENDS = 6;
const ENDS_COUNT_MS = 180_000;

/** How long settings must rest before a server is restarted for them, in milliseconds. */
const RESTART_DELAY_MS = 500;

export class Server implements vscode.Disposable {
  private client: BaseLanguageClient | undefined;
  /** Starting and stopping take turns. */
  private turn: Promise<void> = Promise.resolve();
  private restartTimer: ReturnType<typeof setTimeout> | undefined;
  /** When servers ended that nobody had stopped, in milliseconds since 1970. */
  private ends: number[] = [];
  private disposed = false;
  private readonly ready = new vscode.EventEmitter<void>();
  private readonly slogansChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.ready, this.slogansChanged];

  /** Fires each time a server is ready. */
  readonly onReady = this.ready.event;
  /** Fires when the server suggests from another lexicon. */
  readonly onSlogansChanged = this.slogansChanged.event;

  constructor(
    private readonly create: CreateClient,
    private readonly settings: ClientSettings,
    private readonly log: vscode.LogOutputChannel,
    /** A folder where the server may keep what it has learned. */
    private readonly storage: vscode.Uri,
    /** What takes part in the conversation with the server. */
    private readonly middleware: Middleware,
  ) {
    this.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.startFor(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (settings.affects(event, 'languages')) this.restartSoon();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restartSoon()),
    );
    for (const document of vscode.workspace.textDocuments) this.startFor(document);
  }

  /** True where `document` is sent to the server. */
  serves(document: vscode.TextDocument): boolean {
    return this.settings.languages().includes(document.languageId) && this.isDraftScheme(document.uri.scheme);
  }

  isDraftScheme(scheme: string): boolean {
    return this.schemes().has(scheme);
  }

  /** Starts the server unless it runs already. */
  start(): Promise<void> {
    return this.queue(async () => {
      if (this.client || this.disposed) return;
      const client = this.create(this.options());
      answerFileRequests(client, this.storage);
      client.onNotification(SLOGANS_CHANGED, () => this.slogansChanged.fire());
      const gone = new Promise<void>((resolve) => {
        client.onDidChangeState(({ newState }) => {
          if (newState !== State.Starting && newState !== State.Running) resolve();
        });
      });
      try {
        await started(client, gone);
      } catch (error) {
        this.log.error(`The language server did not start: ${String(error)}`);
        void client.dispose().catch(() => {});
        this.startAgain();
        return;
      }
      this.client = client;
      this.ready.fire();
      void gone.then(() => {
        // Whoever stopped it has put it aside before.
        if (this.client !== client) return;
        this.client = undefined;
        this.log.warn('The language server has ended.');
        void client.dispose().catch(() => {});
        this.startAgain();
      });
    });
  }

  /** Starts a server in place of one that has ended, soon and then less soon; tells the writer where that does not help. */
  private startAgain(): void {
    if (this.disposed) return;
    const now = Date.now();
    this.ends = [...this.ends.filter((time) => now - time < ENDS_COUNT_MS), now];
    if (this.ends.length > MAX_ENDS) {
      this.ends = [];
      void this.tellGone();
      return;
    }
    clearTimeout(this.restartTimer);
    this.restartTimer = setTimeout(() => void this.start(), FIRST_DELAY_MS * 2 ** (this.ends.length - 1));
  }

  private async tellGone(): Promise<void> {
    const again = vscode.l10n.t('Start Again');
    const log = vscode.l10n.t('Show Log');
    const choice = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        'The language server ends again and again. Until it runs there are no outline, checks or suggestions; your text is safe.',
      ),
      again,
      log,
    );
    if (choice === again) await this.start();
    if (choice === log) this.log.show();
  }

  /** Ends the server, where one runs, and starts a new one. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Asks the server; undefined where none runs or it cannot answer. */
  async ask<Params, Result>(
    { method }: RequestType<Params, Result>,
    params: Params,
    token: vscode.CancellationToken,
  ): Promise<Result | undefined> {
    const client = this.client;
    if (!client?.isRunning()) return undefined;
    try {
      return await client.sendRequest<Result>(method, params, token);
    } catch (error) {
      if (!token.isCancellationRequested) this.log.debug(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  /** The list of suggestions at a place where the writer asked for it: everything likely, not only what may open by itself. */
  async suggestions(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.CompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[] | vscode.CompletionList | undefined> {
    const client = this.client;
    if (!client?.isRunning()) return undefined;
    const params = client.code2ProtocolConverter.asCompletionParams(document, position, context);
    const asked: AskedContext = { asked: true };
    const request = { ...params, context: { ...params.context, ...asked } };
    const result = await client.sendRequest<CompletionList>('textDocument/completion', request, token);
    return client.protocol2CodeConverter.asCompletionResult(result, undefined, token);
  }

  /** Runs a command of the server; undefined where none runs or it failed. */
  execute<Result>(command: string, argument: object): Promise<Result | undefined> {
    const { token } = new vscode.CancellationTokenSource();
    const request: RequestType<object, Result> = { method: 'workspace/executeCommand' };
    return this.ask(request, { command, arguments: [argument] }, token);
  }

  /** Ends the server and resolves when it is gone. */
  stop(): Promise<void> {
    return this.queue(async () => {
      const client = this.client;
      this.client = undefined;
      await client?.dispose().catch((error) => this.log.warn(`The language server did not stop: ${String(error)}`));
    });
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.restartTimer);
    for (const subscription of this.subscriptions) subscription.dispose();
    void this.stop();
  }

  private startFor(document: vscode.TextDocument): void {
    if (!this.client && this.serves(document)) void this.start();
  }

  /**
   * The documents a client sends, and what a server may read, are settled when it starts. Not at once: the old client has
   * yet to send the server what else it has to say of the same change, and complains where it is gone by then.
   */
  private restartSoon(): void {
    clearTimeout(this.restartTimer);
    this.restartTimer = setTimeout(() => void this.restart(), RESTART_DELAY_MS);
  }

  private queue(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  private schemes(): Set<string> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return new Set([...SCHEMES, ...folders.map((folder) => folder.uri.scheme)]);
  }

  private options(): LanguageClientOptions {
    const schemes = [...this.schemes()];
    const { middleware, ...withheld } = withholding(this.settings);
    return {
      documentSelector: [
        ...this.settings.languages().flatMap((language) => schemes.map((scheme) => ({ language, scheme }))),
        // The settings a team shares: what is wrong in them is reported in them.
        ...schemes.map((scheme) => ({ scheme, pattern: `**/${CONFIGURATION_FILE}` })),
      ],
      outputChannel: this.log,
      initializationOptions: {
        // A server in a browser has the client keep it there.
        storage: this.storage.scheme === 'file' ? this.storage.fsPath : this.storage.toString(),
        trusted: vscode.workspace.isTrusted,
        files: true,
        addsWords: true,
      },
      diagnosticPullOptions: { onChange: true },
      // A client restarts a server that ended while it ran, and none that ended while it started: it is done here.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
      ...withheld,
      middleware: { ...this.middleware, ...middleware },
    };
  }
}

/** Resolves when `client` has started; rejects where its server ends before, or does not answer. */
async function started(client: BaseLanguageClient, gone: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const failed = new Promise<never>((_, reject) => {
    void gone.then(() => reject(new Error('it ended')));
    timer = setTimeout(() => reject(new Error('it does not answer')), START_MS);
  });
  try {
    await Promise.race([client.start(), failed]);
  } finally {
    clearTimeout(timer);
  }
}
