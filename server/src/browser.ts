/** The server as a worker in a browser, where there is no file system: it asks the client for files. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { type LearnWorker, webCorpus } from './lsp/corpus.web';
import { clientFiles } from './lsp/files';
import { STORE_FILE_REQUEST, type StoreFileParams } from './lsp/protocol';
import { CONNECTION_OPTIONS } from './lsp/requests';
import { serve } from './lsp/server';
import { fileUrl, setFolder } from './webFiles';

/** The worker's global scope, which Node's types do not know. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0] & { close(): void };
declare const Worker: new (url: string) => LearnWorker;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), CONNECTION_OPTIONS);
// The client lets go of a worker without ending it.
connection.onExit(() => self.close());
const corpus = webCorpus({
  files: clientFiles(connection),
  store: (uri, text) => {
    const params: StoreFileParams = { uri, text };
    return connection.sendRequest<boolean>(STORE_FILE_REQUEST, params).catch(() => false);
  },
  folder: () => fileUrl('.'),
  startWorker,
});
serve(connection, { ownFilesAt: setFolder, lexicon: readLexicon, corpus });

/** A worker may only be started from where the page came from, and the files are elsewhere: it fetches its script itself. */
function startWorker(): LearnWorker {
  const script = `importScripts(${JSON.stringify(fileUrl('learn-worker.web.js'))})`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}

async function readLexicon(): Promise<string> {
  const response = await fetch(fileUrl('lexicon.json'));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.text();
}
