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

/** Delay after the last edit before compiled code is stored, in ms: by then most code of a session has run. */
const KEEP_COMPILED_MS = 8_000;

const HANDLERS = [outline, placeholders, editing, completion, slogans, cleaning, tools, word, pages, facts];

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
  const context = createContext(connection, host, params);
  const { drafts, configuration, abilities, services } = context;
  drafts.listen(connection);
  drafts.onDidClose(({ document }) => configuration.close(document.uri));
  const memory = returnMemory(drafts, host);
  const compiled = keepCompiled(drafts, host);
  watchConfigurationFiles(context);
  // Diagnostics are pushed to this client: it sends no request that would load the services.
  if (!abilities.pullsDiagnostics) drafts.onDidChange(() => void services.load());
  const deferred = new DeferredStart(context);
  connection.onInitialized(async () => {
    if (abilities.workspaceFolders) watchFolders(context);
    deferred.schedule();
    await configuration.start();
  });
  connection.onShutdown(async () => {
    deferred.dispose();
    memory.dispose();
    await services.loaded?.dispose();
    await compiled.dispose();
  });
  for (const { register } of HANDLERS) register(connection, context);
  return {
    capabilities: serverCapabilities(abilities),
    serverInfo: { name: 'policy-text', version: __VERSION__ },
  };
}

function createContext(connection: Connection, host: Platform, params: InitializeParams): ServerContext {
  const abilities = clientAbilities(params.capabilities);
  const locale = localeFrom(params.locale ?? host.locale);
  const drafts = new Drafts();
  const files = allFiles(connection, host.files, optionOf(params, 'files') === true, locale);
  const ownFiles = textOption(params, 'ownFiles');
  if (ownFiles) host.ownFilesAt?.(ownFiles);
  const configuration = new Configuration({
    connection,
    abilities,
    initial: params.initializationOptions,
    changed: () => services.loaded?.settingsChanged(),
    withFiles: async (settings, uri) => (await services.load()).configurationFiles.over(settings, uri),
    locale,
  });
  const services: LazyServices = new LazyServices(
    async () => {
      const { LanguageServices } = await import('./languageServices');
      return new LanguageServices({
        connection,
        host,
        files,
        drafts,
        draftOf: (uri) => drafts.prose(uri),
        configuration,
        folders: services.folders,
        abilities,
        locale,
        addsWords: optionOf(params, 'addsWords') === true,
        storage: textOption(params, 'storage'),
        trusted: trustsWorkspace(params),
      });
    },
    drafts,
    foldersOf(params),
  );
  const { word, encoding } = host;
  return { connection, abilities, locale, drafts, configuration, services, encoding, ...(word && { word }) };
}

/** Returns memory to the system some time after much text was closed, but not while the writer is typing. */
function returnMemory(drafts: Drafts, host: Platform): { dispose(): void } {
  let closedUnits = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    clearTimeout(timer);
    if (closedUnits < MUCH_TEXT || !host.giveBackMemory) return;
    timer = setTimeout(() => {
      closedUnits = 0;
      host.giveBackMemory?.();
    }, GIVE_BACK_MS);
  };
  drafts.onDidClose(({ document }) => {
    closedUnits += document.text.length;
    schedule();
  });
  drafts.onDidChange(schedule);
  return { dispose: () => clearTimeout(timer) };
}

/**
 * Has the compiled code stored once nothing has been typed for a while, and at the end what was compiled since; never for
 * a session in which no draft was read.
 */
function keepCompiled(drafts: Drafts, host: Platform): { dispose(): Promise<void> } {
  const keep = async () => {
    if (drafts.all().some((draft) => draft.isRead)) isUsed = true;
    if (isUsed) await host.keepCompiled?.();
  };
  let isUsed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  drafts.onDidChange(() => {
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_COMPILED_MS);
  });
  return {
    async dispose() {
      clearTimeout(timer);
      await keep();
    },
  };
}

/** Rereads a configuration file that was edited, closed or changed on disk. */
function watchConfigurationFiles({ connection, drafts, services, configuration }: ServerContext): void {
  const changed = () => {
    services.loaded?.configurationFiles.forget();
    configuration.filesChanged();
  };
  for (const event of [drafts.onDidChange, drafts.onDidClose]) {
    event(({ document }) => {
      if (isConfigurationFile(document.uri)) changed();
    });
  }
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isConfigurationFile(uri))) changed();
    services.loaded?.filesChanged(changes);
  });
}

function watchFolders({ connection, services }: ServerContext): void {
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map((folder) => folder.uri));
    const kept = services.folders.filter((uri) => !gone.has(uri));
    services.foldersChanged([...kept, ...added.map((folder) => folder.uri)]);
  });
}

/** Loads everything that the first outline does not need, soon after the start. */
class DeferredStart {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: ServerContext) {}

  schedule(attempts = MAX_START_ATTEMPTS): void {
    const { drafts, services } = this.context;
    this.timer = setTimeout(async () => {
      // On a busy machine the first outline, or even the draft, may still be on its way.
      if (attempts > 0 && !drafts.all().some((draft) => draft.isRead)) this.schedule(attempts - 1);
      else (await services.load()).begin();
    }, DEFERRED_START_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
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
