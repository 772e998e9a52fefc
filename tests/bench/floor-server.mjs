// A server that does nothing: it keeps documents in sync and gives prepared answers: as many headings and folds as the
// text has, as many diagnostics as requested. Its cost is the cost of the protocol, the transport and the library.
import { createConnection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const connection = createConnection(process.stdin, process.stdout);
const documents = new TextDocuments(TextDocument);
documents.listen(connection);

let symbols = [];
let folds = [];
let items = [];
let completions = [];

connection.onInitialize(({ initializationOptions }) => {
  const { headings = [], diagnostics = [], completion = [] } = initializationOptions ?? {};
  symbols = outline(headings);
  folds = headings.map(({ line }) => ({ startLine: line, endLine: line + 2 }));
  items = diagnostics;
  completions = completion;
  return {
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      completionProvider: {},
      diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
    },
  };
});
connection.onDocumentSymbol(({ textDocument }) => (documents.get(textDocument.uri) ? symbols : []));
connection.onFoldingRanges(({ textDocument }) => (documents.get(textDocument.uri) ? folds : []));
connection.onCompletion(() => ({ isIncomplete: true, items: completions }));
connection.languages.diagnostics.on(() => ({ kind: 'full', items }));
connection.listen();

function outline(headings) {
  const roots = [];
  const open = [];
  for (const { line, name, depth } of headings) {
    const range = { start: { line, character: 0 }, end: { line: line + 2, character: 210 } };
    const selectionRange = { start: { line, character: 0 }, end: { line, character: name.length } };
    const symbol = { name, detail: '1,234 字', kind: 15, range, selectionRange, children: [] };
    open.length = depth;
    (depth === 0 ? roots : open[depth - 1].children).push(symbol);
    open.push(symbol);
  }
  return roots;
}
