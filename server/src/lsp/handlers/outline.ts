/** Handlers for the structure of a draft: outline, folding, growing selections, workspace symbols, and statistics. */
import type { Connection } from 'vscode-languageserver';
import { foldingRanges } from '../../features/folding';
import { documentSymbols, flatSymbols } from '../../features/outline';
import { selectionRanges } from '../../features/selectionRange';
import { statistics } from '../../features/statistics';
import { readsAsPolicyProse } from '../../structure/recognise';
import { RECOGNISE_REQUEST, STATISTICS_REQUEST } from '../protocol';
import { cancellable, onRequest } from '../requests';
import { type ServerContext, withDraft } from '../serverContext';

export function register(connection: Connection, context: ServerContext): void {
  const { abilities, drafts, locale, services } = context;
  connection.onDocumentSymbol(
    cancellable(({ textDocument: { uri } }) =>
      withDraft(context, uri, [], ({ analysis }) =>
        abilities.hierarchicalSymbols ? documentSymbols(analysis, locale) : flatSymbols(analysis, uri, locale),
      ),
    ),
  );
  connection.onFoldingRanges(
    // Null, not an empty list: an editor then folds a plain text by its indentation, as it would without this server.
    cancellable(({ textDocument: { uri } }) =>
      withDraft(context, uri, null, ({ analysis }) => {
        const { lineFoldingOnly, foldingLimit: limit } = abilities;
        return foldingRanges(analysis, { lineFoldingOnly, limit });
      }),
    ),
  );
  connection.onSelectionRanges(
    cancellable(({ textDocument: { uri }, positions }) =>
      withDraft(context, uri, null, ({ analysis }) => selectionRanges(analysis, positions)),
    ),
  );
  connection.onWorkspaceSymbol(
    services.handler(({ workspace }, { query }, token) => workspace.symbols(String(query ?? ''), token)),
  );
  onRequest(connection, RECOGNISE_REQUEST, ({ uri, text }) => {
    const known = drafts.get(uri)?.text ?? text;
    return { policyProse: typeof known === 'string' && readsAsPolicyProse(known) };
  });
  onRequest(connection, STATISTICS_REQUEST, ({ uri, position }) =>
    withDraft(context, uri, null, ({ analysis }) => statistics(analysis, position, locale)),
  );
}
