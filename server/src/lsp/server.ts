/** The language server: maps requests to features. */
import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver';
import { documentHighlights } from '../features/documentHighlight';
import { foldingRanges } from '../features/folding';
import { type Linked, linkedAt, linkedRanges } from '../features/linkedEditing';
import { offsetOf } from '../features/locate';
import { documentSymbols, flatSymbols } from '../features/outline';
import { placeholderList } from '../features/placeholders';
import { definition, findReferences, referenceHover } from '../features/references';
import { selectionRanges } from '../features/selectionRange';
import { statistics } from '../features/statistics';
import { matchingSymbols } from '../features/workspaceSymbols';
import { isConfigurationFile } from '../rules/configurationFileName';
import { readsAsPolicyProse } from '../structure/recognise';
import { localeFrom } from '../text/message';
import { clientAbilities, SERVER_CAPABILITIES } from './capabilities';
import { Cleaning } from './cleaning';
import { Configuration } from './configuration';
import { ConfigurationFiles } from './configurationFiles';
import { Corpus } from './corpus';
import { Diagnostics } from './diagnostics';
import { type Draft, Drafts } from './documents';
import { Editing } from './editing';
import { allFiles } from './files';
import type { Host } from './host';
import { LexiconStore } from './lexicon';
import {
  CLEAN_UP_REQUEST,
  type CleanUpParams,
  CONVERT_SCRIPT_REQUEST,
  type ConvertScriptParams,
  ENCODING_REQUEST,
  type EncodingParams,
  LEARN_REQUEST,
  type LearnParams,
  type LearnResult,
  PLACEHOLDER_WORDS_REQUEST,
  PLACEHOLDERS_REQUEST,
  type PlaceholdersParams,
  type PlaceholdersResult,
  type PlaceholderWordsParams,
  type PlaceholderWordsResult,
  RECOGNISE_REQUEST,
  type RecogniseParams,
  type RecogniseResult,
  SLOGANS_REQUEST,
  type SlogansParams,
  type SlogansResult,
  STATISTICS_REQUEST,
  type StatisticsParams,
  type StatisticsResult,
  WORKSPACE_PLACEHOLDERS_REQUEST,
  type WorkspacePlaceholdersResult,
} from './protocol';
import { answer } from './requests';
import { Slogans } from './slogans';
import { Suggesting } from './suggesting';
import { WorkspaceDrafts } from './workspace';

/** Set when the server is built. */
declare const __VERSION__: string;

/** Serves `connection`, which is not listening yet, with what `host` lends. */
export function serve(connection: Connection, host: Host): void {
  let started = false;
  connection.onInitialize((params) => {
    if (started) return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already');
    started = true;
    return start(connection, host, params);
  });
  connection.listen();
}

function start(connection: Connection, host: Host, params: InitializeParams): InitializeResult {
  const abilities = clientAbilities(params.capabilities);
  const locale = localeFrom(params.locale ?? host.locale);
  const drafts = new Drafts();
  const { initializationOptions } = params;
  const files = allFiles(connection, host.files, optionOf(params, 'files') === true, locale);
  const configurationFiles = new ConfigurationFiles(drafts, files, abilities.watchedFiles);
  const settingsChanged = () => {
    reports.refresh();
    void corpus?.refresh();
  };
  const ownFiles = textOption(params, 'ownFiles');
  if (ownFiles) host.ownFilesAt?.(ownFiles);
  const configuration = new Configuration(
    connection,
    abilities,
    initializationOptions,
    settingsChanged,
    configurationFiles,
    locale,
  );
  const reports = new Diagnostics(connection, drafts, configuration, () => lexicons.get(), abilities, locale);
  const editing = new Editing({
    connection,
    drafts,
    configuration,
    configurationFiles,
    reports,
    abilities,
    locale,
    addsWords: optionOf(params, 'addsWords') === true,
  });
  const workspace = new WorkspaceDrafts(drafts, files, locale);

  drafts.listen(connection);
  drafts.onDidClose(({ document }) => configuration.close(document.uri));
  for (const event of [drafts.onDidChange, drafts.onDidClose]) {
    event(({ document }) => {
      if (isConfigurationFile(document.uri)) configuration.filesChanged();
    });
  }
  if (!abilities.pullsDiagnostics) reports.push();

  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isConfigurationFile(uri))) configuration.filesChanged();
    if (changes.some(({ uri }) => !isConfigurationFile(uri))) corpus?.documentsChanged();
  });
  connection.onInitialized(async () => {
    if (abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        workspace.folders = [
          ...workspace.folders.filter((uri) => !gone.has(uri)),
          ...added.map((folder) => folder.uri),
        ];
        editing.folders = workspace.folders;
        if (corpus) corpus.folders = workspace.folders;
        void corpus?.refresh();
      });
    }
    suggesting.start(() => corpus?.refresh());
    await configuration.start();
  });
  connection.onShutdown(() => {
    suggesting.stop();
    corpus?.dispose();
  });
  workspace.folders = foldersOf(params);
  editing.folders = workspace.folders;

  /** The draft asked for, unless it is unknown or a plain text that is no Chinese prose. */
  const draftOf = (uri: string): Draft | undefined => {
    const draft = drafts.get(uri);
    return draft?.isChineseProse ? draft : undefined;
  };
  const lexicons = new LexiconStore(connection, host);
  const suggesting = new Suggesting(connection, lexicons, draftOf, configuration, abilities, locale, (uri) =>
    workspace.otherTexts(uri),
  );
  const slogans = new Slogans(connection, lexicons, workspace, draftOf, abilities.semanticTokensRefresh);
  lexicons.onChange = () => {
    suggesting.renew();
    slogans.renew();
    reports.refresh();
  };
  const corpus = host.corpus
    ? new Corpus(
        connection,
        host.corpus,
        lexicons,
        configuration,
        abilities,
        locale,
        textOption(params, 'storage'),
        trustsWorkspace(params),
      )
    : undefined;
  if (corpus) corpus.folders = workspace.folders;

  connection.onDocumentSymbol(
    answer(({ textDocument: { uri } }) => {
      const draft = draftOf(uri);
      if (!draft) return [];
      return abilities.hierarchicalSymbols
        ? documentSymbols(draft.analysis, locale)
        : flatSymbols(draft.analysis, uri, locale);
    }),
  );
  connection.onFoldingRanges(
    answer(({ textDocument: { uri } }) => {
      const draft = draftOf(uri);
      // Not an empty list: an editor then folds a plain text by its indentation, as it would without this server.
      if (!draft) return null;
      const { lineFoldingOnly, foldingLimit: limit } = abilities;
      return foldingRanges(draft.analysis, { lineFoldingOnly, limit });
    }),
  );
  connection.onSelectionRanges(
    answer(({ textDocument: { uri }, positions }) => {
      const draft = draftOf(uri);
      return draft ? selectionRanges(draft.analysis, positions) : null;
    }),
  );
  connection.onDocumentHighlight(
    answer(async ({ textDocument: { uri }, position }) => {
      const draft = draftOf(uri);
      const siblings = draft ? documentHighlights(draft.analysis, position) : [];
      return siblings.length > 0 ? siblings : slogans.highlights(uri, position);
    }),
  );
  connection.onCodeAction(
    answer(({ textDocument: { uri }, range, context }, token) => editing.codeActions(uri, range, context?.only, token)),
  );
  connection.onDocumentOnTypeFormatting(
    answer(({ textDocument: { uri }, position, ch }) => (ch === '\n' ? editing.afterEnter(uri, position) : null)),
  );
  connection.onExecuteCommand((params) => editing.execute(params));
  connection.onCompletion(answer(({ textDocument: { uri }, position }) => suggesting.complete(uri, position)));
  connection.onCompletionResolve(answer((item) => suggesting.resolve(item)));
  connection.languages.inlineCompletion.on(
    answer(({ textDocument: { uri }, position }) => suggesting.inline(uri, position)),
  );
  connection.onRequest(
    LEARN_REQUEST,
    answer(({ paths }: LearnParams): Promise<LearnResult> | null =>
      corpus && Array.isArray(paths) ? corpus.learn(paths.filter((one) => typeof one === 'string')) : null,
    ),
  );
  connection.onHover(
    answer(({ textDocument: { uri }, position }) => {
      const draft = draftOf(uri);
      const reference = draft && referenceHover(draft.analysis, offsetOf(draft.analysis, position), locale);
      return reference ?? suggesting.hover(uri, position);
    }),
  );
  connection.onDefinition(
    answer(({ textDocument: { uri }, position }) => {
      const draft = draftOf(uri);
      return (draft && definition(draft.analysis, offsetOf(draft.analysis, position), uri)) ?? null;
    }),
  );
  connection.onReferences(
    answer(async ({ textDocument: { uri }, position, context }, token) => {
      const draft = draftOf(uri);
      if (!draft) return [];
      const withHead = context?.includeDeclaration !== false;
      const found = findReferences(draft.analysis, offsetOf(draft.analysis, position), uri, withHead);
      // Nobody refers to the section in whose heading the caret stands: then it is the slogan that is meant.
      if (found.length > (withHead ? 1 : 0)) return found;
      const places = await slogans.references(uri, position, token);
      return places.length > 0 ? places : found;
    }),
  );
  connection.languages.semanticTokens.on(answer(({ textDocument: { uri } }) => slogans.tokens(uri)));
  connection.languages.semanticTokens.onRange(answer(({ textDocument: { uri }, range }) => slogans.tokens(uri, range)));
  connection.onRequest(
    SLOGANS_REQUEST,
    answer((params: SlogansParams): Promise<SlogansResult> => slogans.list(params)),
  );
  connection.onWorkspaceSymbol(
    answer(async ({ query }, token) => matchingSymbols(await workspace.headings(token), String(query ?? ''))),
  );
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    reports.pull(uri, previousResultId, token),
  );
  connection.onRequest(
    RECOGNISE_REQUEST,
    answer(({ uri, text }: RecogniseParams): RecogniseResult => {
      const known = drafts.get(uri)?.text ?? text;
      return { policyProse: typeof known === 'string' && readsAsPolicyProse(known) };
    }),
  );
  connection.onRequest(
    PLACEHOLDERS_REQUEST,
    answer(({ uri }: PlaceholdersParams): PlaceholdersResult => {
      const draft = draftOf(uri);
      return { version: draft?.version ?? 0, placeholders: draft ? placeholderList(draft.analysis) : [] };
    }),
  );
  connection.onRequest(
    WORKSPACE_PLACEHOLDERS_REQUEST,
    answer(
      async (_: object, token): Promise<WorkspacePlaceholdersResult> => ({
        files: await workspace.placeholders(token),
      }),
    ),
  );
  connection.onRequest(
    PLACEHOLDER_WORDS_REQUEST,
    answer(
      async ({ uri, position }: PlaceholderWordsParams): Promise<PlaceholderWordsResult> => ({
        words: await suggesting.placeholderWords(uri, position),
      }),
    ),
  );
  /** What was linked in each draft when it was last asked for: placeholders begun are none any more. */
  const lastLinked = new WeakMap<Draft, Linked>();
  connection.languages.onLinkedEditingRange(
    answer(({ textDocument: { uri }, position }) => {
      const draft = draftOf(uri);
      if (!draft) return null;
      const { analysis } = draft;
      const linked = linkedAt(analysis, offsetOf(analysis, position), lastLinked.get(draft));
      if (linked) lastLinked.set(draft, linked);
      else lastLinked.delete(draft);
      return linked ? linkedRanges(analysis, linked) : null;
    }),
  );
  const cleaning = new Cleaning(drafts, locale);
  connection.onRequest(
    CLEAN_UP_REQUEST,
    answer((params: CleanUpParams) => cleaning.cleanUp(params)),
  );
  connection.onRequest(
    CONVERT_SCRIPT_REQUEST,
    answer((params: ConvertScriptParams) => cleaning.convert(params)),
  );
  connection.onRequest(
    ENCODING_REQUEST,
    answer((params: EncodingParams) => cleaning.encoding(params)),
  );
  connection.onRequest(
    STATISTICS_REQUEST,
    answer(({ uri, position }: StatisticsParams): StatisticsResult => {
      const draft = draftOf(uri);
      return draft ? statistics(draft.analysis, position, locale) : null;
    }),
  );

  return {
    capabilities: { ...SERVER_CAPABILITIES, ...suggesting.capabilities },
    serverInfo: { name: 'policy-text', version: __VERSION__ },
  };
}

/**
 * One of the texts a client may give in its initialization options: `storage`, the path of a folder in which the server
 * may keep what it has learned, and `ownFiles`, the URL of the folder that holds the server itself.
 */
function textOption(params: InitializeParams, name: 'storage' | 'ownFiles'): string | undefined {
  const value = optionOf(params, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** False only where the client says that the writer has not trusted the workspace's folders. */
function trustsWorkspace(params: InitializeParams): boolean {
  return optionOf(params, 'trusted') !== false;
}

function optionOf({ initializationOptions }: InitializeParams, name: string): unknown {
  return (initializationOptions as Record<string, unknown> | null | undefined)?.[name];
}

function foldersOf(params: InitializeParams): string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map((folder) => folder.uri);
  return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}
