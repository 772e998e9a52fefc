/** The language server: maps requests to features. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver';
import { foldingRanges } from '../features/folding';
import { type Linked, linkedAt, linkedRanges } from '../features/linkedEditing';
import { offsetOf } from '../features/locate';
import { documentSymbols, flatSymbols } from '../features/outline';
import { placeholderList } from '../features/placeholders';
import { selectionRanges } from '../features/selectionRange';
import { statistics } from '../features/statistics';
import { FORGET_USES_COMMAND, NOTE_USE_COMMAND } from '../features/usageCommandNames';
import { matchingSymbols } from '../features/workspaceSymbols';
import { isConfigurationFile } from '../rules/configurationFileName';
import { readsAsPolicyProse } from '../structure/recognise';
import { localeFrom } from '../text/message';
import { clientAbilities, serverCapabilities } from './capabilities';
import { Configuration } from './configuration';
import { type Draft, Drafts } from './documents';
import { allFiles } from './files';
import type { LanguageServices } from './languageServices';
import type { Platform } from './platform';
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
import { WorkspaceDrafts } from './workspace';

/** Set when the server is built. */
declare const __VERSION__: string;

/** How long after the start everything else begins, in milliseconds: the first outline does not wait for it. */
const DEFERRED_START_MS = 400;
/** So many times it is put off while no draft has been read. */
const MAX_START_ATTEMPTS = 4;

/** Serves `connection`, which is not listening yet, with what `host` lends. */
export function serve(connection: Connection, host: Platform): void {
  let started = false;
  connection.onInitialize((params) => {
    if (started) return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already');
    started = true;
    return start(connection, host, params);
  });
  connection.listen();
}

function start(connection: Connection, host: Platform, params: InitializeParams): InitializeResult {
  const abilities = clientAbilities(params.capabilities);
  const locale = localeFrom(params.locale ?? host.locale);
  const drafts = new Drafts();
  const { initializationOptions } = params;
  const files = allFiles(connection, host.files, optionOf(params, 'files') === true, locale);
  const ownFiles = textOption(params, 'ownFiles');
  if (ownFiles) host.ownFilesAt?.(ownFiles);
  const configuration = new Configuration(
    connection,
    abilities,
    initializationOptions,
    () => made?.settingsChanged(),
    async (settings, uri) => (await further()).configurationFiles.over(settings, uri),
    locale,
  );
  const workspace = new WorkspaceDrafts(drafts, files, locale);

  workspace.folders = foldersOf(params);
  /** The draft asked for, unless it is unknown or a plain text that is no Chinese prose. */
  const draftOf = (uri: string): Draft | undefined => {
    const draft = drafts.get(uri);
    return draft?.isChineseProse ? draft : undefined;
  };

  let made: LanguageServices | undefined;
  let making: Promise<LanguageServices> | undefined;
  /** What the first outline does not need, loaded when it is first asked for. */
  const further = (): Promise<LanguageServices> => {
    making ??= import('./languageServices').then(({ LanguageServices }) => {
      made = new LanguageServices({
        connection,
        host,
        files,
        drafts,
        draftOf,
        configuration,
        workspace,
        abilities,
        locale,
        addsWords: optionOf(params, 'addsWords') === true,
        storage: textOption(params, 'storage'),
        trusted: trustsWorkspace(params),
      });
      return made;
    });
    return making;
  };
  /** Wraps a handler that needs it. */
  const later = <Params, Result>(
    handler: (all: LanguageServices, params: Params, token: CancellationToken) => Result | Promise<Result>,
  ) => answer<Params, Result>(async (params, token) => handler(await further(), params, token));

  drafts.listen(connection);
  drafts.onDidClose(({ document }) => configuration.close(document.uri));
  const configurationFilesChanged = () => {
    made?.configurationFiles.forget();
    configuration.filesChanged();
  };
  for (const event of [drafts.onDidChange, drafts.onDidClose]) {
    event(({ document }) => {
      if (isConfigurationFile(document.uri)) configurationFilesChanged();
    });
  }
  // Its diagnostics are sent unasked: nothing that this client asks would load what makes them.
  if (!abilities.pullsDiagnostics) drafts.onDidChange(() => void further());

  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isConfigurationFile(uri))) configurationFilesChanged();
    made?.filesChanged(changes);
  });
  let beginning: ReturnType<typeof setTimeout> | undefined;
  const beginSoon = (patience: number) => {
    beginning = setTimeout(async () => {
      // On a busy machine the first outline, or even the draft, may still be on its way.
      if (patience > 0 && !drafts.all().some((draft) => draft.isRead)) beginSoon(patience - 1);
      else (await further()).begin();
    }, DEFERRED_START_MS);
  };
  connection.onInitialized(async () => {
    if (abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        workspace.folders = [
          ...workspace.folders.filter((uri) => !gone.has(uri)),
          ...added.map((folder) => folder.uri),
        ];
        made?.foldersChanged(workspace.folders);
      });
    }
    beginSoon(MAX_START_ATTEMPTS);
    await configuration.start();
  });
  connection.onShutdown(() => {
    clearTimeout(beginning);
    made?.dispose();
  });

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
  connection.onDocumentHighlight(later((all, { textDocument: { uri }, position }) => all.highlights(uri, position)));
  connection.onCodeAction(
    later(({ editing }, { textDocument: { uri }, range, context }, token) =>
      editing.codeActions(uri, range, context?.only, token),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    later(({ editing }, { textDocument: { uri }, position, ch }) =>
      ch === '\n' ? editing.afterEnter(uri, position) : null,
    ),
  );
  connection.onExecuteCommand(
    later(({ editing, suggesting }, params, token) => {
      if (params.command === NOTE_USE_COMMAND) return suggesting.recordAccepted(params.arguments?.[0]);
      if (params.command === FORGET_USES_COMMAND) return suggesting.forgetUses();
      return editing.execute(params, token);
    }),
  );
  connection.onCompletion(
    later(({ suggesting }, { textDocument: { uri }, position }) => suggesting.complete(uri, position)),
  );
  connection.onCompletionResolve(later(({ suggesting }, item) => suggesting.resolve(item)));
  connection.languages.inlineCompletion.on(
    later(({ suggesting }, { textDocument: { uri }, position }) => suggesting.inline(uri, position)),
  );
  connection.onRequest(
    LEARN_REQUEST,
    later(({ corpus }, { paths }: LearnParams, token): Promise<LearnResult> | null =>
      corpus && Array.isArray(paths)
        ? corpus.learn(
            paths.filter((one) => typeof one === 'string'),
            token,
          )
        : null,
    ),
  );
  connection.onHover(later((all, { textDocument: { uri }, position }) => all.hover(uri, position)));
  connection.onDefinition(later((all, { textDocument: { uri }, position }) => all.definition(uri, position)));
  connection.onReferences(
    later((all, { textDocument: { uri }, position, context }, token) =>
      all.references(uri, position, context?.includeDeclaration !== false, token),
    ),
  );
  connection.languages.semanticTokens.on(later(({ slogans }, { textDocument: { uri } }) => slogans.tokens(uri)));
  connection.languages.semanticTokens.onRange(
    later(({ slogans }, { textDocument: { uri }, range }) => slogans.tokens(uri, range)),
  );
  connection.onRequest(
    SLOGANS_REQUEST,
    later(({ slogans }, params: SlogansParams): Promise<SlogansResult> => slogans.list(params)),
  );
  connection.onWorkspaceSymbol(
    answer(async ({ query }, token) => matchingSymbols(await workspace.headings(token), String(query ?? ''))),
  );
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const { reports } = await further();
    return reports.pull(uri, previousResultId, token);
  });
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
    later(
      async ({ suggesting }, { uri, position }: PlaceholderWordsParams): Promise<PlaceholderWordsResult> => ({
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
  connection.onRequest(
    CLEAN_UP_REQUEST,
    later(({ cleaning }, params: CleanUpParams, token) => cleaning.cleanUp(params, token)),
  );
  connection.onRequest(
    CONVERT_SCRIPT_REQUEST,
    later(({ cleaning }, params: ConvertScriptParams, token) => cleaning.convert(params, token)),
  );
  connection.onRequest(
    ENCODING_REQUEST,
    later(({ cleaning }, params: EncodingParams) => cleaning.encoding(params)),
  );
  connection.onRequest(
    STATISTICS_REQUEST,
    answer(({ uri, position }: StatisticsParams): StatisticsResult => {
      const draft = draftOf(uri);
      return draft ? statistics(draft.analysis, position, locale) : null;
    }),
  );

  return {
    capabilities: serverCapabilities(abilities),
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
