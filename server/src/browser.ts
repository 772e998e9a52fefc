/**
 * The server as a web worker, where there is no file system: it asks the client for files. The learning worker runs the
 * same script, so that the package contains their common code once.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { answerLearning, type LearnScope } from './lexicon/mining/learnWorker.web';
import { type LearnWorker, webCorpus } from './lsp/corpus.web';
import { clientFiles } from './lsp/files';
import { STORE_FILE_REQUEST, type StoreFileParams } from './lsp/protocol';
import { connectionOptions } from './lsp/requests';
import { serve } from './lsp/server';
import { fileUrl, setFolder } from './webFiles';

/** The worker's global scope, which is missing from Node's types. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0] & {
  close(): void;
  /** Whether this is the learning worker. */
  readonly policyTextLearns?: boolean;
};
declare const Worker: new (url: string) => LearnWorker;

if (self.policyTextLearns) answerLearning(self as unknown as LearnScope);
else serveEditor();

function serveEditor(): void {
  const connection = createConnection(
    new BrowserMessageReader(self),
    new BrowserMessageWriter(self),
    connectionOptions(),
  );
  // The client drops its reference to the worker without terminating it.
  connection.onExit(() => self.close());
  const corpus = webCorpus({
    files: clientFiles(connection),
    store: (uri, text) => {
      const params: StoreFileParams = { uri, text };
      return connection.sendRequest<boolean>(STORE_FILE_REQUEST.method, params).catch(() => false);
    },
    folder: () => fileUrl('.'),
    startWorker,
  });
  const lexicon = async () => bytesOf(await fetch(fileUrl('lexicon.bin')));
  const spelling = async () => bytesOf(await fetch(fileUrl('spelling.bin')));
  serve(connection, { ownFilesAt: setFolder, lexicon, spelling, corpus });
}

/**
 * A worker can only be started from the page's origin, and this script is from another one: but a worker can import it.
 */
function startWorker(): LearnWorker {
  const script = `self.policyTextLearns = true; importScripts(${JSON.stringify(fileUrl('server.web.js'))});`;
  return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
