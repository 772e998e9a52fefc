/** Handlers for suggestions and ghost text. */
import type { CompletionContext, Connection } from 'vscode-languageserver';
import type { AskedContext } from '../protocol';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  connection.onCompletion(
    services.textHandler(({ suggesting }, { textDocument: { uri }, position, context }) =>
      suggesting.complete(uri, position, isAsked(context)),
    ),
  );
  connection.onCompletionResolve(services.textHandler(({ suggesting }, item) => suggesting.resolve(item)));
  connection.languages.inlineCompletion.on(
    services.textHandler(({ suggesting }, { textDocument: { uri }, position }) => suggesting.inline(uri, position)),
  );
}

/**
 * Whether the writer asked for the list. Editors send the same `triggerKind` for an explicit request and for a list
 * that opens while letters are typed, so without further information it counts as unasked; a client that sends no
 * context requests explicitly.
 */
function isAsked(context: CompletionContext | undefined): boolean {
  return context === undefined || (context as AskedContext).asked === true;
}
