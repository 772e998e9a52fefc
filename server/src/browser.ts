/** The server as a worker in a browser, where there is no file system: it asks the client for files. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { CONNECTION_OPTIONS } from './lsp/requests';
import { serve } from './lsp/server';
import { fileUrl, setFolder } from './webFiles';

/** The worker's global scope, which Node's types do not know. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0] & { close(): void };

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), CONNECTION_OPTIONS);
// The client lets go of a worker without ending it.
connection.onExit(() => self.close());
serve(connection, { ownFilesAt: setFolder, lexicon: readLexicon });

async function readLexicon(): Promise<string> {
  const response = await fetch(fileUrl('lexicon.json'));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.text();
}
