/** Requests settings from the client, or receives those it sends. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver';
import { CONFIGURATION_FILE } from '../rules/configurationFileName';
import { type Locale, localise, type Message } from '../text/message';
import type { ClientAbilities } from './capabilities';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings';

const SECTION = 'policyText';
/** A client that has not answered within this time (in ms) gets the defaults until it does. */
const TIMEOUT_MS = 3_000;

/** Server parts that settings need. */
export interface ConfigurationParts {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  /** The initialization options: settings of editors that have no other way to send them. */
  readonly initial: unknown;
  /** Called when settings differ from the ones in use. */
  readonly changed: () => void;
  /** Overlays settings with those of the configuration file for a document. */
  readonly withFiles: (settings: Settings, uri: string) => Promise<Settings>;
  readonly locale: Locale;
}

export class Configuration {
  /** Incremented with every change, to identify results made under older settings. */
  generation = 0;
  private sent: Settings;
  private asked = new Map<string, Promise<Settings>>();
  private readonly complaints = new Set<string>();

  constructor(private readonly parts: ConfigurationParts) {
    this.sent = this.read(sectionOf(parts.initial) ?? parts.initial);
    parts.connection.onDidChangeConfiguration(({ settings }) => {
      const section = sectionOf(settings);
      if (section !== undefined) this.sent = this.read(section);
      this.forget();
    });
  }

  /** Registers for changes. Called when the client is initialized. */
  async start(): Promise<void> {
    const { client } = this.parts.connection;
    if (this.parts.abilities.watchedFiles) {
      const watchers = [{ globPattern: `**/${CONFIGURATION_FILE}` }];
      await client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (!this.parts.abilities.configurationRegistration) return;
    await client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  /**
   * The settings for one document or folder, or for none in particular (''). Never fails, and waits for the client only
   * for a bounded time.
   */
  async for(uri: string): Promise<Settings> {
    return this.parts.withFiles(await this.fromClient(uri), uri);
  }

  /** Called when a configuration file has changed. */
  filesChanged(): void {
    this.generation++;
    this.parts.changed();
  }

  private fromClient(uri: string): Promise<Settings> {
    if (!this.parts.abilities.configuration) return Promise.resolve(this.sent);
    let settings = this.asked.get(uri);
    if (!settings) {
      settings = this.request(uri);
      this.asked.set(uri, settings);
    }
    return settings;
  }

  /** Drops the settings requested for a document that is closed. */
  close(uri: string): void {
    this.asked.delete(uri);
  }

  private forget(): void {
    this.asked.clear();
    this.generation++;
    this.parts.changed();
  }

  private async request(uri: string): Promise<Settings> {
    let late = false;
    const answer = this.parts.connection.workspace
      .getConfiguration({ ...(uri !== '' && { scopeUri: uri }), section: SECTION })
      .then(
        (section: unknown) => this.read(section),
        (error: unknown) => {
          this.complain({
            en: 'The editor did not send the settings ({0}); the defaults are used.',
            zh: '编辑器没有给出设置（{0}），已按默认值处理。',
            values: [String(error)],
          });
          return DEFAULT_SETTINGS;
        },
      );
    const patience = new Promise<Settings>((resolve) => {
      const timer = setTimeout(() => {
        late = true;
        resolve(DEFAULT_SETTINGS);
      }, TIMEOUT_MS);
      void answer.finally(() => clearTimeout(timer));
    });
    void answer.then((settings) => {
      if (!late || !this.asked.has(uri)) return;
      this.asked.set(uri, Promise.resolve(settings));
      this.generation++;
      this.parts.changed();
    });
    return Promise.race([answer, patience]);
  }

  private read(section: unknown): Settings {
    return readSettings(section, (problem) => this.complain(problem));
  }

  /** Reports each problem once: settings are read for every document. */
  private complain(problem: Message): void {
    const words = localise(problem, this.parts.locale);
    if (this.complaints.has(words)) return;
    this.complaints.add(words);
    this.parts.connection.console.warn(words);
  }
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>)[SECTION] : undefined;
}
