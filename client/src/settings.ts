/** The settings used by the client. A value of the wrong type counts as the default, and is logged. */
import * as vscode from 'vscode';
import { type Goal, readSectionGoals } from './goals';

const SECTION = 'policyText';

export type SwitchLanguage = 'always' | 'ask' | 'never';

export class ClientSettings {
  private readonly complaints = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** The language ids whose documents are sent to the server. */
  languages(): string[] {
    const standard = ['policytext', 'plaintext'];
    const value = this.get('languages', undefined);
    if (value === undefined) return standard;
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    this.complain('languages', vscode.l10n.t('a list of language ids'));
    return standard;
  }

  switchLanguage(uri: vscode.Uri): SwitchLanguage {
    const value = this.get('switchLanguage', uri);
    if (value === 'always' || value === 'ask' || value === 'never') return value;
    if (value !== undefined) this.complain('switchLanguage', oneOf('always', 'ask', 'never'));
    return 'always';
  }

  statusBarEnabled(): boolean {
    const value = this.get('statusBar.enabled', undefined);
    if (typeof value === 'boolean') return value;
    if (value !== undefined) this.complain('statusBar.enabled', oneOf('true', 'false'));
    return true;
  }

  /** Reading speed in characters per minute, and maximum length of a draft; 0 if there is no such goal. */
  amount(
    name: 'speech.charactersPerMinute' | 'goals.characters' | 'goals.minutes',
    uri: vscode.Uri | undefined,
  ): number {
    const value = this.get(name, uri);
    if (typeof value === 'number') return Math.max(name === 'speech.charactersPerMinute' ? 1 : 0, value);
    if (value !== undefined) this.complain(name, vscode.l10n.t('a number'));
    return name === 'speech.charactersPerMinute' ? 200 : 0;
  }

  /** Maximum length of individual sections, by title. */
  sectionGoals(uri: vscode.Uri | undefined): ReadonlyMap<string, Goal> {
    const value = this.get('goals.sections', uri);
    const isList = typeof value === 'object' && value !== null && !Array.isArray(value);
    const { sections, unread } = readSectionGoals(isList ? value : {});
    if (unread.length > 0 || (value !== undefined && !isList)) {
      this.complain('goals.sections', vscode.l10n.t('titles with amounts such as 800 or 5 min'));
    }
    return sections;
  }

  diagnosticsWhileTyping(): 'afterClause' | 'immediately' {
    const value = this.get('diagnostics.whileTyping', undefined);
    if (value === 'afterClause' || value === 'immediately') return value;
    if (value !== undefined) this.complain('diagnostics.whileTyping', oneOf('afterClause', 'immediately'));
    return 'afterClause';
  }

  /** A setting that is a list of texts. */
  texts(name: 'corpus.paths' | 'lexicon.words' | 'lexicon.never' | 'templates.folders', uri?: vscode.Uri): string[] {
    const value = this.get(name, uri);
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    if (value !== undefined) this.complain(name, vscode.l10n.t('a list of texts'));
    return [];
  }

  /** The severities and options of rules, by their ids. */
  rules(): Readonly<Record<string, unknown>> {
    const value = this.get('rules', undefined);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  }

  /** Writes a setting to the workspace, where it can be shared, or for all windows if no folder is open. */
  async setShared(name: string, value: unknown): Promise<void> {
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const target = vscode.workspace.workspaceFolders ? Workspace : Global;
    await vscode.workspace.getConfiguration(SECTION).update(name, value, target);
  }

  /** Whether `event` affects the setting `name`. */
  affects(event: vscode.ConfigurationChangeEvent, name: string): boolean {
    return event.affectsConfiguration(`${SECTION}.${name}`);
  }

  /** Writes a setting for all of the user's windows. */
  async set(name: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
  }

  private get(name: string, scope: vscode.Uri | undefined): unknown {
    return vscode.workspace.getConfiguration(SECTION, scope).get<unknown>(name);
  }

  private complain(name: string, wanted: string): void {
    if (this.complaints.has(name)) return;
    this.complaints.add(name);
    this.log.warn(vscode.l10n.t('The setting {0} should be {1}; the default is used.', `${SECTION}.${name}`, wanted));
  }
}

function oneOf(...values: readonly string[]): string {
  return vscode.l10n.t('one of {0}', values.join(' | '));
}
