/** Suggestions and ghost text. */
import type { CompletionContext, Connection } from 'vscode-languageserver';
import type { AskedContext } from '../protocol';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  connection.onCompletion(
    services.handler(({ suggesting }, { textDocument: { uri }, position, context }) =>
      suggesting.complete(uri, position, isAsked(context)),
    ),
  );
  connection.onCompletionResolve(services.handler(({ suggesting }, item) => suggesting.resolve(item)));
  connection.languages.inlineCompletion.on(
    services.handler(({ suggesting }, { textDocument: { uri }, position }) => suggesting.inline(uri, position)),
  );
}

/**
 * True where the writer asked for the list. Editors send the same `triggerKind` for a key of the writer's and for a
 * list that opens while letters are typed, so one that says no more is taken for unasked; a client that gives no context
 * asks by hand.
 */
function isAsked(context: CompletionContext | undefined): boolean {
  return context === undefined || (context as AskedContext).asked === true;
}
