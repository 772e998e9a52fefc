/** Suggestions and ghost text. */
import type { Connection } from 'vscode-languageserver';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  connection.onCompletion(
    services.handler(({ suggesting }, { textDocument: { uri }, position }) => suggesting.complete(uri, position)),
  );
  connection.onCompletionResolve(services.handler(({ suggesting }, item) => suggesting.resolve(item)));
  connection.languages.inlineCompletion.on(
    services.handler(({ suggesting }, { textDocument: { uri }, position }) => suggesting.inline(uri, position)),
  );
}
