/** Shared state of the request handlers: created once, on initialize. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Locale } from '../text/message';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { Draft, Drafts } from './documents';
import type { LanguageServices } from './languageServices';
import type { AnswerEncoding, WordAccess } from './platform';
import { cancellable } from './requests';

export interface ServerContext {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  readonly drafts: Drafts;
  readonly configuration: Configuration;
  readonly services: LazyServices;
  readonly encoding: AnswerEncoding | undefined;
  /** Absent if there are no files: in a browser. */
  readonly word?: WordAccess;
}

/** Everything that the first outline does not need, loaded on first use. */
export class LazyServices {
  private loading: Promise<LanguageServices> | undefined;
  private made: LanguageServices | undefined;

  constructor(
    private readonly make: () => Promise<LanguageServices>,
    private readonly drafts: Drafts,
    /** The workspace folders, as URIs. */
    public folders: readonly string[],
  ) {}

  /**
   * The services if they are loaded, else undefined: for notifications that services not yet loaded need not receive.
   */
  get loaded(): LanguageServices | undefined {
    return this.made;
  }

  load(): Promise<LanguageServices> {
    this.loading ??= this.make().then((services) => {
      this.made = services;
      return services;
    });
    return this.loading;
  }

  /** Called when the workspace folders have changed. */
  foldersChanged(folders: readonly string[]): void {
    this.folders = folders;
    this.made?.foldersChanged(folders);
  }

  /**
   * Wraps a request handler so that it runs with the services and, if the request is about an open draft, after a long
   * one has been read; and cancelled requests get the cancellation error.
   */
  handler<Params, Result>(
    run: (services: LanguageServices, params: Params, token: CancellationToken) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Promise<Result> {
    return cancellable(async (params, token) => {
      const services = await this.load();
      await this.drafts.prose(uriOf(params))?.ready();
      return run(services, params, token);
    });
  }

  /** Like {@link handler}, for requests that rarely need more than the text of a draft. */
  textHandler<Params, Result>(
    run: (services: LanguageServices, params: Params, token: CancellationToken) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Promise<Result> {
    return cancellable(async (params, token) => run(await this.load(), params, token));
  }
}

/**
 * The result of `run` for the draft at `uri`; `fallback` if it is not open, is a plain text that is not Chinese prose,
 * or is a configuration file.
 */
export function withDraft<Result>(
  { drafts }: Pick<ServerContext, 'drafts'>,
  uri: string,
  fallback: Result,
  run: (draft: Draft) => Result,
): Result | Promise<Result> {
  const draft = drafts.prose(uri);
  if (!draft) return fallback;
  const reading = draft.ready();
  return reading ? reading.then(() => run(draft)) : run(draft);
}

/** The document that a request is about; empty if none. */
function uriOf(params: unknown): string {
  const { textDocument } = (params ?? {}) as { readonly textDocument?: { readonly uri?: unknown } | null };
  return typeof textDocument?.uri === 'string' ? textDocument.uri : '';
}
