/** The server for browsers, run as VS Code runs it: a worker started from a blob, with its files elsewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentSymbol,
} from 'vscode-languageserver-protocol';
import { SPEECH } from './texts';

const FOLDER = 'https://files.example/extension/dist';
const uri = 'vscode-vfs://github/county/speech.policy.txt';
const textDocument = { uri };

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A worker's global scope with only what a browser provides, and a record of its requests. */
class Worker {
  readonly loaded: string[] = [];
  readonly log: string[] = [];
  closed = false;
  private readonly waiting = new Map<number | string, (message: Message) => void>();
  private next = 0;

  constructor(location: string) {
    const scope: Record<string, unknown> = {
      ...{ console, setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance },
      ...{ URL, TextDecoder, TextEncoder, atob, btoa },
      location: new URL(location),
      addEventListener: () => {},
      postMessage: (message: Message) => this.receive(structuredClone(message)),
      close: () => {
        this.closed = true;
      },
      importScripts: (url: string) => this.run(this.file(url)),
      fetch: async (url: string) => new Response(readFileSync(this.file(url))),
    };
    scope.self = scope;
    this.context = vm.createContext(scope);
    this.run('dist/server.web.js');
  }

  private readonly context: vm.Context;

  private run(file: string): void {
    vm.runInContext(readFileSync(file, 'utf8'), this.context, { filename: file });
  }

  /** Only files in the folder of built files can be loaded. */
  private file(url: string): string {
    if (!url.startsWith(`${FOLDER}/`)) throw new Error(`nothing at ${url}`);
    this.loaded.push(url.slice(FOLDER.length + 1));
    return path.join('dist', url.slice(FOLDER.length));
  }

  private receive(message: Message): void {
    const answer = message.id !== undefined && !message.method && this.waiting.get(message.id);
    if (answer) answer(message);
    else if (message.method === 'window/logMessage') this.log.push(JSON.stringify(message));
    else if (message.method && message.id !== undefined) this.send({ id: message.id, result: null });
  }

  private send(message: object): void {
    (this.context.onmessage as (event: object) => void)({ data: { jsonrpc: '2.0', ...message } });
  }

  notify(method: string, params: object): void {
    this.send({ method, params });
  }

  request<Result>(method: string, params: object): Promise<Result> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(error.message)) : resolve(result as Result),
      );
      this.send({ id, method, params });
    });
  }

  async start(initializationOptions: object): Promise<void> {
    const capabilities = {
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, diagnostic: {} },
    };
    await this.request('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
    this.notify('initialized', {});
  }

  open(text: string): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'policytext', version: 1, text } });
  }

  async diagnostics(): Promise<Diagnostic[]> {
    const report = await this.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument });
    return report.kind === 'full' ? report.items : [];
  }

  async complete(text: string): Promise<string> {
    this.open(text);
    const position = { line: 0, character: text.length };
    const list = await this.request<CompletionList>('textDocument/completion', { textDocument, position });
    return list.items.map(({ label }) => label).join();
  }
}

describe('the server as a worker', () => {
  let worker: Worker;
  afterEach(async () => {
    await worker.request('shutdown', {});
    worker.notify('exit', {});
    await vi.waitFor(() => expect(worker.closed).toBe(true));
  });

  it('gives the outline before it loads anything', async () => {
    worker = new Worker('blob:https://editor.example/1');
    await worker.start({ ownFiles: FOLDER });
    worker.open(SPEECH);
    const symbols = await worker.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    expect(symbols.length).toBeGreaterThan(1);
    expect(worker.loaded).toEqual([]);
  });

  it('completes in both scripts and by pinyin, and knows readings', async () => {
    worker = new Worker('blob:https://editor.example/1');
    await worker.start({ ownFiles: FOLDER });
    expect(await worker.complete('坚决做到“两个维')).toContain('两个维护');
    expect(await worker.complete('我們要堅決做到“兩個維')).toContain('兩個維護');
    expect(await worker.complete('坚决做到lgwh')).toContain('两个维护');
    worker.open('加快產(chǎn)業(yè)轉型升級(jí)，促進城鄉(xiāng)產(chǎn)業(yè)協調發展。');
    expect((await worker.diagnostics()).map(({ code }) => code)).toContain('text.pinyin-annotation');
    expect(worker.loaded).toEqual(expect.arrayContaining(['lexicon.bin', 'lib/opencc-cn2t.js', 'lib/pinyin-pro.js']));
    expect(new Set(worker.loaded).size).toBe(worker.loaded.length);
    expect(worker.log).toEqual([]);
  });

  it('finds its files by itself where it was started from them', async () => {
    worker = new Worker(`${FOLDER}/server.web.js`);
    await worker.start({});
    expect(await worker.complete('坚决做到“两个维')).toContain('两个维护');
  });

  it('goes without its files where it cannot find them, and says so', async () => {
    worker = new Worker('blob:https://editor.example/1');
    await worker.start({});
    worker.open(SPEECH.replace('（二）灌区', '（三）灌区'));
    expect((await worker.diagnostics()).map(({ code }) => code)).toContain('numbering.gap');
    expect(worker.log.join()).toContain('lexicon was not loaded');
  });
});
