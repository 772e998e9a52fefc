// A minimal client, so that its own cost hardly matters: frames messages, tracks requests, parses answers.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

export class Client {
  #process;
  #waiting = new Map();
  #next = 1;
  #chunks = [];
  #size = 0;
  #wanted = -1;

  #answers;

  /**
   * @param {string[]} command arguments for Node
   * @param {Record<string, (params: any) => unknown>} answers to the server's requests, by method
   * @param {NodeJS.ProcessEnv} env variables besides those of this process
   */
  constructor(command, answers = {}, env = {}) {
    this.#answers = answers;
    const environment = { ...process.env, ...env };
    this.#process = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'ignore'], env: environment });
    this.#process.stdout.on('data', (chunk) => this.#read(chunk));
  }

  /** Initializes the server as VS Code would. */
  async start(initializationOptions = {}, workspaceFolders = []) {
    const textDocument = {
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      diagnostic: {},
      foldingRange: { lineFoldingOnly: true },
      completion: { completionItem: { labelDetailsSupport: true } },
    };
    const capabilities = { textDocument, workspace: { diagnostics: { refreshSupport: true } } };
    const greeting = { processId: null, rootUri: null, workspaceFolders, locale: 'zh-cn', capabilities };
    await this.request('initialize', { ...greeting, initializationOptions });
    this.notify('initialized', {});
  }

  /** Current and peak resident memory of the server in MB; 0 if the system does not provide it. */
  memory() {
    try {
      const status = fs.readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
      const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1000;
      return { now: of('VmRSS'), peak: of('VmHWM') };
    } catch {
      return { now: 0, peak: 0 };
    }
  }

  /** Milliseconds of processor time of the server's main thread; NaN if the system does not provide it. */
  processorTime() {
    try {
      const pid = this.#process.pid;
      return Number(fs.readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return Number.NaN;
    }
  }

  /** Milliseconds of processor time of all its threads, including ended ones; NaN if the system does not provide it. */
  totalProcessorTime() {
    try {
      const stat = fs.readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8');
      // Preceded by the name of the program, in brackets; it may contain blanks.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // In hundredths of a second, on every Linux.
      return 10 * (Number(fields[11]) + Number(fields[12]));
    } catch {
      return Number.NaN;
    }
  }

  notify(method, params) {
    this.#write({ jsonrpc: '2.0', method, params });
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#write({ jsonrpc: '2.0', id, method, params });
    });
  }

  async stop() {
    await this.request('shutdown');
    const exited = new Promise((resolve) => this.#process.on('exit', resolve));
    this.notify('exit');
    await exited;
  }

  #write(message) {
    const content = JSON.stringify(message);
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
  }

  #read(chunk) {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (true) {
      if (this.#wanted < 0) {
        const buffer = this.#joined();
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        this.#wanted = Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, end))[1]);
        this.#chunks = [buffer.subarray(end + 4)];
        this.#size = buffer.length - end - 4;
      }
      if (this.#size < this.#wanted) return;
      const buffer = this.#joined();
      const message = JSON.parse(buffer.toString('utf8', 0, this.#wanted));
      this.#chunks = [buffer.subarray(this.#wanted)];
      this.#size = buffer.length - this.#wanted;
      this.#wanted = -1;
      if (message.method) {
        this.#answer(message);
        continue;
      }
      const waiting = this.#waiting.get(message.id);
      if (!waiting) continue;
      this.#waiting.delete(message.id);
      if (message.error) waiting.reject(new Error(message.error.message));
      else waiting.resolve(message.result);
    }
  }

  /** Answers a request of the server; null if there is no answer. */
  #answer({ id, method, params }) {
    if (id !== undefined) this.#write({ jsonrpc: '2.0', id, result: this.#answers[method]?.(params) ?? null });
  }

  #joined() {
    const buffer = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [buffer];
    return buffer;
  }
}
