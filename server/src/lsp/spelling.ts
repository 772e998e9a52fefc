/** The spelling model, loaded when diagnostics first need it and then kept. */
import type { Connection } from 'vscode-languageserver';
import { decodeSpellingModel, type SpellingModel } from '../spelling/spellingModel';
import type { Platform } from './platform';
import { runCooperatively } from './requests';

export class SpellingStore {
  private loading: Promise<SpellingModel | undefined> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly host: Platform,
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
      return await runCooperatively(decodeSpellingModel(bytes), () => true);
    } catch (error) {
      this.connection.console.error(`The spelling model was not loaded; misspellings will not be reported. ${error}`);
      return undefined;
    }
  }
}
