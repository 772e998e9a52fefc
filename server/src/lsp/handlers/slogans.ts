/**
 * Handlers for the meaning of a place in a draft and its other occurrences: slogans, cross-references, hovers; and for
 * learning.
 */
import type { Connection } from 'vscode-languageserver';
import { LEARN_REQUEST, SLOGANS_REQUEST } from '../protocol';
import { onRequest } from '../requests';
import type { ServerContext } from '../serverContext';

export function register(connection: Connection, { services }: ServerContext): void {
  connection.onDocumentHighlight(
    services.handler((all, { textDocument: { uri }, position }) => all.highlights(uri, position)),
  );
  connection.onHover(
    services.handler((all, { textDocument: { uri }, position }, token) => all.hover(uri, position, token)),
  );
  connection.onDefinition(
    services.handler((all, { textDocument: { uri }, position }) => all.definition(uri, position)),
  );
  connection.onReferences(
    services.handler((all, { textDocument: { uri }, position, context }, token) =>
      all.references(uri, position, context?.includeDeclaration !== false, token),
    ),
  );
  connection.languages.semanticTokens.on(
    services.handler(({ slogans }, { textDocument: { uri } }) => slogans.tokens(uri)),
  );
  connection.languages.semanticTokens.onRange(
    services.handler(({ slogans }, { textDocument: { uri }, range }) => slogans.tokens(uri, range)),
  );
  onRequest(connection, SLOGANS_REQUEST, async (params) => (await services.load()).slogans.list(params));
  onRequest(connection, LEARN_REQUEST, async ({ paths }, token) => {
    const { corpus } = await services.load();
    if (!corpus || !Array.isArray(paths)) return null;
    return corpus.learn(
      paths.filter((path) => typeof path === 'string'),
      token,
    );
  });
}
