/** The server as a worker in a browser, where there is no file system: it asks the client for files. */

import shippedLexicon from 'shipped-lexicon';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { CONNECTION_OPTIONS } from './lsp/requests';
import { serve } from './lsp/server';

/** The worker's global scope, which Node's types do not know. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0] & { close(): void };

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), CONNECTION_OPTIONS);
// The client lets go of a worker without ending it.
connection.onExit(() => self.close());
serve(connection, { lexicon: async () => shippedLexicon });
