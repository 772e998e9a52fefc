// The measured servers, each started the way its own editor starts it and driven with the same requests.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';
import MarkdownIt from 'markdown-it';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Client } from './client.mjs';

const require = createRequire(import.meta.url);
const uri = 'untitled:report.md';
const textDocument = { uri };

/** One server with one document open in it. */
export class Server {
  #client;
  #languageId;
  #version = 0;
  #resultId;

  constructor(client, languageId) {
    this.#client = client;
    this.#languageId = languageId;
  }

  open(text) {
    const version = ++this.#version;
    this.#resultId = undefined;
    this.#client.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: this.#languageId, version, text },
    });
  }

  close() {
    this.#client.notify('textDocument/didClose', { textDocument });
  }

  change(contentChanges) {
    const version = ++this.#version;
    this.#client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  outline() {
    return this.#client.request('textDocument/documentSymbol', { textDocument });
  }

  folding() {
    return this.#client.request('textDocument/foldingRange', { textDocument });
  }

  completion(position) {
    return this.#client.request('textDocument/completion', { textDocument, position });
  }

  /** The items; undefined if the server reports that they are unchanged. */
  async diagnostics() {
    const report = await this.#client.request('textDocument/diagnostic', {
      textDocument,
      previousResultId: this.#resultId,
    });
    this.#resultId = report.resultId;
    return report.items;
  }

  /** The requests of an editor after an edit, all at once. */
  everything() {
    return Promise.all([this.outline(), this.folding(), this.diagnostics()]);
  }

  memory() {
    return this.#client.memory();
  }

  processorTime() {
    return this.#client.processorTime();
  }

  stop() {
    return this.#client.stop();
  }
}

/**
 * This project's server. `env` are variables of its environment; it keeps compiled code, as in an editor, but not in the cache
 * folder of who measures.
 */
export async function policyText(env = { NODE_COMPILE_CACHE: path.resolve('.cache/compiled') }) {
  const client = new Client(['dist/server.js', '--stdio'], {}, env);
  await client.start();
  return new Server(client, 'policytext');
}

/** The floor server in one file, like this project's own server: loading many small files takes time of its own. */
let bundle;

function bundledFloor() {
  if (bundle) return bundle;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-bench-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  bundle = path.join(folder, 'floor-server.cjs');
  const entryPoints = [path.join(import.meta.dirname, 'floor-server.mjs')];
  esbuild.buildSync({ entryPoints, outfile: bundle, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return bundle;
}

/** The server that does nothing, with its prepared answers: headings, and diagnostics and completions verbatim. */
export async function floor(headings, answers = {}) {
  const client = new Client([bundledFloor(), '--stdio']);
  await client.start({ headings, ...answers });
  return new Server(client, 'policytext');
}

const VALIDATION = {
  enabled: true,
  referenceLinks: { enabled: 'warning' },
  fragmentLinks: { enabled: 'warning' },
  fileLinks: { enabled: 'warning', markdownFragmentLinks: 'inherit' },
  unusedLinkDefinitions: { enabled: 'hint' },
  duplicateLinkDefinitions: { enabled: 'warning' },
  ignoredLinks: [],
};

/**
 * VS Code's own Markdown server. It leaves parsing to its client, which in VS Code is markdown-it in another process:
 * here this one, which keeps the tokens of each version and sends them unchanged, as there.
 */
export async function markdown() {
  const parser = new MarkdownIt({ html: true });
  let document;
  let parsed;
  const tokens = () => {
    if (parsed?.version !== document.version) {
      parsed = { version: document.version, tokens: parser.parse(document.getText(), {}) };
    }
    return parsed.tokens;
  };
  const answers = {
    'markdown/parse': tokens,
    'markdown/findMarkdownFilesInWorkspace': () => [],
    'markdown/fs/readDirectory': () => [],
  };
  const client = new Client(
    [require.resolve('vscode-markdown-languageserver/dist/node/workerMain.js'), '--stdio'],
    answers,
  );
  await client.start({ markdownFileExtensions: ['md'] });
  client.notify('workspace/didChangeConfiguration', {
    settings: {
      markdown: {
        server: { log: 'off' },
        validate: VALIDATION,
        suggest: { paths: { enabled: true, includeWorkspaceHeaderCompletions: 'never' } },
        occurrencesHighlight: { enabled: false },
      },
    },
  });
  const server = new Server(client, 'markdown');
  const { open, change } = server;
  server.open = (text) => {
    document = TextDocument.create(uri, 'markdown', 1, text);
    open.call(server, text);
  };
  server.change = (changes) => {
    document = TextDocument.update(document, changes, document.version + 1);
    change.call(server, changes);
  };
  return server;
}
