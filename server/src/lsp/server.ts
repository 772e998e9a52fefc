/** The language server: maps requests to features. */
import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver';
import { isConfigurationFile } from '../rules/configurationFileName';
import { localeFrom } from '../text/message';
import { clientAbilities, serverCapabilities } from './capabilities';
import { Configuration } from './configuration';
import { Drafts } from './documents';
import { allFiles } from './files';
import * as cleaning from './handlers/cleaning';
import * as completion from './handlers/completion';
import * as editing from './handlers/editing';
import * as facts from './handlers/facts';
import * as outline from './handlers/outline';
import * as pages from './handlers/pages';
import * as placeholders from './handlers/placeholders';
import * as slogans from './handlers/slogans';
import * as tools from './handlers/tools';
import * as word from './handlers/word';
import type { Platform } from './platform';
import { refuseOutOfTurn } from './requests';
import { LazyServices, type ServerContext } from './serverContext';

/** Set when the server is built. */
declare const __VERSION__: string;

/** Delay after the start before everything else is loaded, in ms: the first outline does not wait for it. */
const DEFERRED_START_MS = 400;
/** After drafts of this many UTF-16 units were closed, their memory is returned `GIVE_BACK_MS` ms later. */
const MUCH_TEXT = 1_000_000;
const GIVE_BACK_MS = 3_000;
/** Maximum number of times loading is postponed while no draft has been analysed. */
const MAX_START_ATTEMPTS = 4;

/** Serves `connection`, which is not listening yet, with the services of `host`. */
export function serve(connection: Connection, host: Platform): void {
  let started = false;
  refuseOutOfTurn(connection);
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
    () => services.loaded?.settingsChanged(),
    async (settings, uri) => (await services.load()).configurationFiles.over(settings, uri),
    locale,
  );
  let folders: readonly string[] = foldersOf(params);
  const services = new LazyServices(async () => {
    const { LanguageServices } = await import('./languageServices');
    return new LanguageServices({
      connection,
      host,
      files,
      drafts,
      draftOf: (uri) => drafts.prose(uri),
      configuration,
      folders,
      abilities,
      locale,
      addsWords: optionOf(params, 'addsWords') === true,
      storage: textOption(params, 'storage'),
      trusted: trustsWorkspace(params),
    });
  });
  const context: ServerContext = {
    connection,
    abilities,
    locale,
    drafts,
    configuration,
    services,
    ...(host.word && { word: host.word }),
  };

  drafts.listen(connection);
  drafts.onDidClose(({ document }) => configuration.close(document.uri));
  let closedUnits = 0;
  let givingBack: ReturnType<typeof setTimeout> | undefined;
  const giveBackLater = () => {
    clearTimeout(givingBack);
    if (closedUnits < MUCH_TEXT || !host.giveBackMemory) return;
    givingBack = setTimeout(() => {
      closedUnits = 0;
      host.giveBackMemory?.();
    }, GIVE_BACK_MS);
  };
  drafts.onDidClose(({ document }) => {
    closedUnits += document.text.length;
    giveBackLater();
  });
  // Never pause while the writer is typing.
  drafts.onDidChange(giveBackLater);
  const configurationFilesChanged = () => {
    services.loaded?.configurationFiles.forget();
    configuration.filesChanged();
  };
  for (const event of [drafts.onDidChange, drafts.onDidClose]) {
    event(({ document }) => {
      if (isConfigurationFile(document.uri)) configurationFilesChanged();
    });
  }
  // Diagnostics are pushed to this client: it sends no request that would load the services.
  if (!abilities.pullsDiagnostics) drafts.onDidChange(() => void services.load());

  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isConfigurationFile(uri))) configurationFilesChanged();
    services.loaded?.filesChanged(changes);
  });
  let beginning: ReturnType<typeof setTimeout> | undefined;
  const beginSoon = (patience: number) => {
    beginning = setTimeout(async () => {
      // On a busy machine the first outline, or even the draft, may still be on its way.
      if (patience > 0 && !drafts.all().some((draft) => draft.isRead)) beginSoon(patience - 1);
      else (await services.load()).begin();
    }, DEFERRED_START_MS);
  };
  connection.onInitialized(async () => {
    if (abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)];
        services.loaded?.foldersChanged(folders);
      });
    }
    beginSoon(MAX_START_ATTEMPTS);
    await configuration.start();
  });
  connection.onShutdown(async () => {
    clearTimeout(beginning);
    clearTimeout(givingBack);
    await services.loaded?.dispose();
  });

  for (const { register } of [
    outline,
    placeholders,
    editing,
    completion,
    slogans,
    cleaning,
    tools,
    word,
    pages,
    facts,
  ]) {
    register(connection, context);
  }

  return {
    capabilities: serverCapabilities(abilities),
    serverInfo: { name: 'policy-text', version: __VERSION__ },
  };
}

/**
 * A text in the client's initialization options: `storage`, the path of a folder in which the server may store what it
 * has learned, and `ownFiles`, the URL of the folder that contains the server itself.
 */
function textOption(params: InitializeParams, name: 'storage' | 'ownFiles'): string | undefined {
  const value = optionOf(params, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** False only if the client says that the writer has not trusted the workspace's folders. */
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
