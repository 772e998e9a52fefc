/** A small language client that talks to the built server over its standard streams. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type CancellationToken,
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';

export const SERVER = path.resolve('dist/server.js');

/** Compiled code is kept here, not in the cache folder of who runs the tests. */
const COMPILED = path.resolve('.cache/compiled');

/** VS Code's capabilities, as far as they matter here. */
export const EDITOR: ClientCapabilities = {
  textDocument: {
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true, rangeLimit: 5000 },
    diagnostic: { relatedInformation: true, dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
  },
  workspace: { workspaceFolders: true },
};

export class Session {
  readonly connection: ProtocolConnection;
  /** All published diagnostics in the order they came. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** What the server logged. */
  readonly log: string[] = [];
  /** Messages shown to the writer. */
  readonly shown: string[] = [];
  exitCode: number | null = null;
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly exited: Promise<void>;
  private waiting: (() => void)[] = [];

  private constructor(nodeOptions: readonly string[] = []) {
    this.process = spawn(process.execPath, [...nodeOptions, SERVER, '--stdio'], {
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
    });
    this.exited = new Promise((resolve) => {
      this.process.on('exit', (code) => {
        this.exitCode = code;
        resolve();
      });
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const wake of this.waiting.splice(0)) wake();
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.shown.push(message);
    });
    this.connection.listen();
  }

  /** Milliseconds of processor time of the server's main thread; the time of the clock if the system has no /proc. */
  clock(): number {
    const { pid } = this.process;
    try {
      return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return performance.now();
    }
  }

  /** Starts a server without a handshake, in a Node with these options. */
  static spawn(nodeOptions?: readonly string[]): Session {
    return new Session(nodeOptions);
  }

  /** Starts and initializes a server. `prepare` may add handlers for the server's requests. */
  static async start(
    params: Partial<InitializeParams> = {},
    prepare?: (connection: ProtocolConnection) => void,
  ): Promise<Session> {
    const session = new Session([]);
    prepare?.(session.connection);
    await session.initialize(params);
    return session;
  }

  async initialize(params: Partial<InitializeParams> = {}): Promise<InitializeResult> {
    const result = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: EDITOR,
      locale: 'zh-cn',
      ...params,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  /** Stops the server as an editor does. */
  async stop(): Promise<void> {
    if (this.exitCode !== null) return;
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await this.exited;
    this.connection.dispose();
  }

  /** Kills the server as a crash does: at once, whatever it is doing. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
    this.connection.dispose();
  }

  /** Bytes in use after a collection, for a server with tests/protocol/heap.cjs loaded. */
  async heapInUse(): Promise<number> {
    return (await this.resources()).heap;
  }

  /** Those bytes, and the number of timers, threads, files and listeners of each kind. */
  resources(): Promise<{ heap: number; busy: Record<string, number> }> {
    return new Promise((resolve) => {
      let said = '';
      const read = (chunk: Buffer) => {
        said += chunk;
        const [, heap, busy] = /heap (\d+) busy (.*)\n/.exec(said) ?? [];
        if (heap === undefined || busy === undefined) return;
        this.process.stderr.off('data', read);
        resolve({ heap: Number(heap), busy: JSON.parse(busy) });
      };
      this.process.stderr.on('data', read);
      this.process.kill('SIGUSR2');
    });
  }

  /** Sends bytes to the server that are not a message. */
  raw(bytes: string): void {
    this.process.stdin.write(bytes);
  }

  async open(uri: string, text: string, languageId = 'policytext', version = 1): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  async change(uri: string, version: number, contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  request<Result>(method: string, params: object, token?: CancellationToken): Promise<Result> {
    // A token that is undefined would count as a second parameter.
    return token
      ? this.connection.sendRequest<Result>(method, params, token)
      : this.connection.sendRequest<Result>(method, params);
  }

  symbols(uri: string): Promise<DocumentSymbol[]> {
    return this.request('textDocument/documentSymbol', { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('a full report was expected');
    return report.items;
  }

  /** Waits for the next published diagnostics of `uri` after the first `from` ones. */
  async nextPublished(uri: string, from = 0): Promise<PublishDiagnosticsParams> {
    for (;;) {
      const found = this.published.slice(from).find((params) => params.uri === uri);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
