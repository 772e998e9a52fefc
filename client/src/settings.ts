/** The settings used by the client. A value of the wrong type counts as the default, and is logged. */
import * as vscode from 'vscode';
import {
  type ClientSettingName,
  type SettingProblem,
  type SettingValue,
  settingValue,
  type Wanted,
} from '../../server/src/lsp/settingsTable';
import { type Goal, readSectionGoals } from './goals';

const SECTION = 'policyText';

export class ClientSettings {
  private readonly complaints = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** The value of a setting for the document or folder at `uri`, as the table of settings declares it. */
  get<Name extends ClientSettingName>(name: Name, uri?: vscode.Uri): SettingValue<Name> {
    return settingValue(name, this.stored(name, uri), (problem) => this.complain(problem));
  }

  /** Maximum length of individual sections, by title. */
  sectionGoals(uri: vscode.Uri | undefined): ReadonlyMap<string, Goal> {
    return readSectionGoals(this.get('goals.sections', uri)).sections;
  }

  /** The severities and options of rules, by their ids: all that is stored, so that it can be written back. */
  rules(): Readonly<Record<string, unknown>> {
    const value = this.stored('rules', undefined);
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

  private stored(name: string, scope: vscode.Uri | undefined): unknown {
    return vscode.workspace.getConfiguration(SECTION, scope).get<unknown>(name);
  }

  private complain({ name, wanted }: SettingProblem): void {
    if (this.complaints.has(name)) return;
    this.complaints.add(name);
    const setting = `${SECTION}.${name}`;
    this.log.warn(vscode.l10n.t('The setting {0} should be {1}; the default is used.', setting, inWords(wanted)));
  }
}

function inWords(wanted: Wanted): string {
  switch (wanted.type) {
    case 'boolean':
      return oneOf('true', 'false');
    case 'choice':
      return oneOf(...wanted.values);
    case 'number':
    case 'integer':
      return vscode.l10n.t('a number');
    case 'text':
      return vscode.l10n.t('a text');
    case 'texts':
      return vscode.l10n.t('a list of texts');
    case 'amount':
      return vscode.l10n.t('an amount such as 800 or 5 min');
    case 'object':
      return vscode.l10n.t('a list of names with values');
  }
}

function oneOf(...values: readonly string[]): string {
  return vscode.l10n.t('one of {0}', values.join(' | '));
}
