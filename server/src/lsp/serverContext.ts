/** What the handlers of requests share: made once, when the client has introduced itself. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Locale } from '../text/message';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import type { Draft, Drafts } from './documents';
import type { LanguageServices } from './languageServices';
import type { WordAccess } from './platform';
import { cancellable } from './requests';

export interface ServerContext {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  readonly drafts: Drafts;
  readonly configuration: Configuration;
  readonly services: LazyServices;
  /** Absent where there are no files: in a browser. */
  readonly word?: WordAccess;
}

/** Everything that the first outline does not need, loaded when it is first asked for. */
export class LazyServices {
  private loading: Promise<LanguageServices> | undefined;
  private made: LanguageServices | undefined;

  constructor(private readonly make: () => Promise<LanguageServices>) {}

  /** The services where they are loaded, else undefined: for news that those not loaded need not hear. */
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

  /** A request handler that runs with the services, and answers a cancelled request as such. */
  handler<Params, Result>(
    run: (services: LanguageServices, params: Params, token: CancellationToken) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Promise<Result> {
    return cancellable(async (params, token) => run(await this.load(), params, token));
  }
}

/**
 * What `run` makes of the draft at `uri`; `fallback` where it is not open, is a plain text that is no Chinese prose, or is
 * a configuration file.
 */
export function withDraft<Result>(
  { drafts }: Pick<ServerContext, 'drafts'>,
  uri: string,
  fallback: Result,
  run: (draft: Draft) => Result,
): Result {
  const draft = drafts.prose(uri);
  return draft ? run(draft) : fallback;
}
