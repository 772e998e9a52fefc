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

/** Documents of these schemes are drafts that a writer edits; so are those of the workspace folders. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'];

/** Timeout for starting the server, in ms. */
const START_MS = 60_000;
/** Delay before a crashed server is restarted, doubled each time, in ms. */
const FIRST_DELAY_MS = 200;
/** After this many crashes within `ENDS_COUNT_MS` the server is not restarted until the writer asks for it. */
const MAX_ENDS = 6;
const ENDS_COUNT_MS = 180_000;

/** Debounce before a server is restarted for changed settings, in ms. */
const RESTART_DELAY_MS = 500;

export class Server implements vscode.Disposable {
  private client: BaseLanguageClient | undefined;
  /** Serialises starting and stopping. */
  private turn: Promise<void> = Promise.resolve();
  private restartTimer: ReturnType<typeof setTimeout> | undefined;
  /** Times at which servers ended unexpectedly, in ms since 1970. */
  private ends: number[] = [];
  private disposed = false;
  private readonly ready = new vscode.EventEmitter<void>();
  private readonly slogansChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.ready, this.slogansChanged];

  /** Fires each time a server is ready. */
  readonly onReady = this.ready.event;
  /** Fires when the server switches to another lexicon. */
  readonly onSlogansChanged = this.slogansChanged.event;

  constructor(
    private readonly create: CreateClient,
    private readonly settings: ClientSettings,
    private readonly log: vscode.LogOutputChannel,
    /** A folder where the server may store what it has learned. */
    private readonly storage: vscode.Uri,
    /** Middleware for the messages to and from the server. */
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

  /** Whether `document` is sent to the server. */
  serves(document: vscode.TextDocument): boolean {
    return this.settings.get('languages').includes(document.languageId) && this.isDraftScheme(document.uri.scheme);
  }

  isDraftScheme(scheme: string): boolean {
    return this.schemes().has(scheme);
  }

  /** Starts the server unless it is running. */
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
        // Whoever stopped it has cleared `client` first.
        if (this.client !== client) return;
        this.client = undefined;
        this.log.warn('The language server has ended.');
        void client.dispose().catch(() => {});
        this.startAgain();
      });
    });
  }

  /** Restarts a crashed server, with increasing delays; notifies the writer if that does not help. */
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
        'The language server keeps stopping. Without it there is no outline and there are no checks or suggestions; your text is safe.',
      ),
      again,
      log,
    );
    if (choice === again) await this.start();
    if (choice === log) this.log.show();
  }

  /** Stops the server, if one is running, and starts a new one. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Sends a request; undefined if no server is running or it fails. */
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

  /** The suggestions at a place where the writer asked for them: everything likely, not only what may open unasked. */
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

  /** Runs a command of the server; undefined if none is running or it fails. */
  execute<Result>(command: string, argument: object): Promise<Result | undefined> {
    const { token } = new vscode.CancellationTokenSource();
    const request: RequestType<object, Result> = { method: 'workspace/executeCommand' };
    return this.ask(request, { command, arguments: [argument] }, token);
  }

  /** Stops the server and resolves when it is gone. */
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
   * The document selector, and what a server may read, are fixed when it starts. The restart is delayed, because the
   * old client still has notifications to send about the same change, and reports an error if the server is gone by
   * then.
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
        ...this.settings.get('languages').flatMap((language) => schemes.map((scheme) => ({ language, scheme }))),
        // Shared settings of a team: errors in them are reported in the file itself.
        ...schemes.map((scheme) => ({ scheme, pattern: `**/${CONFIGURATION_FILE}` })),
      ],
      outputChannel: this.log,
      initializationOptions: {
        // A server in a browser has the client store it there.
        storage: this.storage.scheme === 'file' ? this.storage.fsPath : this.storage.toString(),
        trusted: vscode.workspace.isTrusted,
        files: true,
        addsWords: true,
      },
      diagnosticPullOptions: { onChange: true },
      // A client restarts a server that ended while running, but not one that ended while starting: handled here.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
      ...withheld,
      middleware: { ...this.middleware, ...middleware },
    };
  }
}

/** Resolves when `client` has started; rejects if its server ends first, or does not answer. */
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
