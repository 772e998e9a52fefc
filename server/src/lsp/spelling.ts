/** The spelling model, loaded when diagnostics first need it and then kept. */
import type { Connection } from 'vscode-languageserver';
import { decodeSpellingModel, type SpellingModel } from '../spelling/spellingModel';
import type { Platform } from './platform';
import { pause, runCooperatively } from './requests';
import type { Typing } from './typing';

export class SpellingStore {
  private loading: Promise<SpellingModel | undefined> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly host: Platform,
    private readonly typing: Typing,
  ) {}

  /** The model; undefined, with a log entry, if there is none. Never rejects. */
  get(): Promise<SpellingModel | undefined> {
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<SpellingModel | undefined> {
    if (!this.host.spelling) return undefined;
    try {
      const bytes = await this.host.spelling();
      return await runCooperatively(
        decodeSpellingModel(bytes),
        () => true,
        () => this.turn(),
        () => this.typing.piece,
      );
    } catch (error) {
      this.connection.console.error(`The spelling model was not loaded; misspellings will not be reported. ${error}`);
      return undefined;
    }
  }

  /** Lets others run; reading the model takes a third of a second, in which the writer may already be typing. */
  private async turn(): Promise<void> {
    await (this.host.traffic?.settled() ?? pause());
    await this.typing.listGiven();
  }
}
