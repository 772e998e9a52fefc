/** Handlers for the structure of a draft: outline, folding, growing selections, workspace symbols, and statistics. */
import type { Connection, DocumentSymbol, FoldingRange, SymbolInformation } from 'vscode-languageserver';
import { foldingRanges, sameFolds } from '../../features/folding';
import { documentSymbols, flatSymbols } from '../../features/outline';
import { selectionRanges } from '../../features/selectionRange';
import { statistics } from '../../features/statistics';
import { readsAsPolicyProse } from '../../structure/recognise';
import type { Draft } from '../documents';
import { RECOGNISE_REQUEST, STATISTICS_REQUEST } from '../protocol';
import { cancellable, onRequest } from '../requests';
import { type ServerContext, withDraft } from '../serverContext';

export function register(connection: Connection, context: ServerContext): void {
  const { abilities, drafts, locale, services, encoding } = context;
  const outlines = new WeakMap<Draft, DocumentSymbol[]>();
  const folds = new WeakMap<Draft, FoldingRange[]>();
  connection.onDocumentSymbol(
    cancellable(({ textDocument: { uri } }) =>
      withDraft<DocumentSymbol[] | SymbolInformation[]>(context, uri, [], (draft) => {
        if (!abilities.hierarchicalSymbols) return flatSymbols(draft.analysis, uri, locale);
        const symbols = documentSymbols(draft.analysis, locale, outlines.get(draft));
        outlines.set(draft, symbols);
        encoding?.keepItems(symbols);
        return symbols;
      }),
    ),
  );
  connection.onFoldingRanges(
    // Null, not an empty list: an editor then folds a plain text by its indentation, as it would without this server.
    cancellable(({ textDocument: { uri } }) =>
      withDraft(context, uri, null, (draft) => {
        const { lineFoldingOnly, foldingLimit: limit } = abilities;
        const known = folds.get(draft);
        const ranges = foldingRanges(draft.analysis, { lineFoldingOnly, limit });
        // Most edits change none of them.
        if (known && sameFolds(ranges, known)) return known;
        folds.set(draft, ranges);
        encoding?.keep(ranges);
        return ranges;
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
