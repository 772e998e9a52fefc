/** The client's and the server's capabilities. */
import {
  type ClientCapabilities,
  CodeActionKind,
  MarkupKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { FIX_ALL_KIND, FIX_MISSPELLINGS_KIND, SEMANTIC_TOKENS_LEGEND } from '../features/capabilityConstants';
import { FORGET_USES_COMMAND, NOTE_USE_COMMAND } from '../features/usageCommandNames';
import { EDIT_COMMAND_NAMES } from '../refactor/editCommandNames';
import { EDIT_COMMAND_PREFIX } from './protocol';
import { commonTriggerCharacters } from './triggers';

/**
 * The client capabilities that affect an answer. A client that declares nothing gets the plainest form of everything.
 */
export interface ClientAbilities {
  readonly hierarchicalSymbols: boolean;
  readonly lineFoldingOnly: boolean;
  readonly foldingLimit: number | undefined;
  readonly pullsDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticVersions: boolean;
  readonly diagnosticRefresh: boolean;
  readonly semanticTokensRefresh: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly workspaceFolders: boolean;
  /** Completion may be registered after the start. */
  readonly completionRegistration: boolean;
  readonly labelDetails: boolean;
  readonly workDoneProgress: boolean;
  readonly markdownDocumentation: boolean;
  readonly markdownHover: boolean;
  /** Edits that carry the document version they are meant for. */
  readonly documentChanges: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
  /** The client reports changes of files it is asked to watch. */
  readonly watchedFiles: boolean;
  /** It watches folders outside the workspace too. */
  readonly watchedFolders: boolean;
  readonly codeActions: boolean;
  /** The server may ask the client to apply edits. */
  readonly applyEdit: boolean;
}

export function clientAbilities(capabilities: ClientCapabilities): ClientAbilities {
  const { textDocument, workspace } = capabilities;
  const folding = textDocument?.foldingRange;
  const limit = folding?.rangeLimit;
  // Either form of requesting diagnostics may declare it (3.17 has it under publishDiagnostics, 3.18 under both).
  const related = textDocument?.publishDiagnostics?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation;
  return {
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    lineFoldingOnly: folding?.lineFoldingOnly === true,
    foldingLimit: typeof limit === 'number' && limit >= 0 ? limit : undefined,
    pullsDiagnostics: isPresent(textDocument?.diagnostic),
    relatedInformation: related === true,
    diagnosticVersions: textDocument?.publishDiagnostics?.versionSupport === true,
    diagnosticRefresh: workspace?.diagnostics?.refreshSupport === true,
    semanticTokensRefresh: workspace?.semanticTokens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    completionRegistration: textDocument?.completion?.dynamicRegistration === true,
    workDoneProgress: capabilities.window?.workDoneProgress === true,
    labelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    markdownDocumentation: takesMarkdown(textDocument?.completion?.completionItem?.documentationFormat),
    markdownHover: takesMarkdown(textDocument?.hover?.contentFormat),
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchedFolders:
      workspace?.didChangeWatchedFiles?.dynamicRegistration === true &&
      workspace.didChangeWatchedFiles.relativePatternSupport === true,
    applyEdit: workspace?.applyEdit === true,
    codeActions: isPresent(textDocument?.codeAction?.codeActionLiteralSupport),
  };
}

const CAPABILITIES: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentHighlightProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  workspaceSymbolProvider: true,
  hoverProvider: true,
  inlineCompletionProvider: true,
  linkedEditingRangeProvider: true,
  semanticTokensProvider: { legend: SEMANTIC_TOKENS_LEGEND, full: true, range: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND, FIX_MISSPELLINGS_KIND] },
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
  executeCommandProvider: {
    commands: [...EDIT_COMMAND_NAMES.map((name) => EDIT_COMMAND_PREFIX + name), NOTE_USE_COMMAND, FORGET_USES_COMMAND],
  },
  diagnosticProvider: { identifier: 'policy-text', interFileDependencies: false, workspaceDiagnostics: false },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/**
 * The capabilities declared at once; a client with dynamic registration learns of completion when the lexicon is
 * loaded.
 */
export function serverCapabilities({ completionRegistration }: ClientAbilities): ServerCapabilities {
  if (completionRegistration) return CAPABILITIES;
  const completionProvider = { triggerCharacters: commonTriggerCharacters(), resolveProvider: true };
  return { ...CAPABILITIES, completionProvider };
}

function takesMarkdown(formats: readonly MarkupKind[] | undefined): boolean {
  return Array.isArray(formats) && formats.includes(MarkupKind.Markdown);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
