/** The status bar item: the section at the caret, and the number of characters in it and in the document. */
import * as vscode from 'vscode';
import { STATISTICS_REQUEST, type StatisticsParams, type StatisticsResult } from '../../server/src/lsp/protocol';
import { type Goals, goalOf, roundedMinutes } from './goals';
import { goalsFor, overGoal } from './goalWords';
import type { Server } from './server';
import type { ClientSettings } from './settings';

/** Debounce of caret and text changes before the server is asked, in ms. */
const DEBOUNCE_MS = 150;
/** Longer section names are truncated in the status bar; the tooltip has them in full. */
const MAX_LENGTH = 18;

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly server: Server,
    private readonly settings: ClientSettings,
  ) {
    this.item = vscode.window.createStatusBarItem('policyText.section', vscode.StatusBarAlignment.Right, 99);
    this.item.name = vscode.l10n.t('Section and characters');
    this.item.command = 'workbench.action.gotoSymbol';
    this.subscriptions.push(
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.schedule(0)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.schedule(DEBOUNCE_MS);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.schedule(DEBOUNCE_MS);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (['statusBar', 'speech', 'goals'].some((name) => settings.affects(event, name))) this.schedule(0);
      }),
      server.onReady(() => this.schedule(0)),
    );
    this.schedule(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.forgetPending();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private schedule(rest: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), rest);
  }

  private async update(): Promise<void> {
    this.forgetPending();
    const editor = vscode.window.activeTextEditor;
    if (!editor || !this.settings.get('statusBar.enabled') || !this.server.serves(editor.document)) {
      this.item.hide();
      return;
    }
    const pending = new vscode.CancellationTokenSource();
    this.pending = pending;
    const { line, character } = editor.selection.active;
    const params: StatisticsParams = { uri: editor.document.uri.toString(), position: { line, character } };
    const answer = await this.server.ask(STATISTICS_REQUEST, params, pending.token);
    if (pending.token.isCancellationRequested) return;
    this.forgetPending();
    if (answer) this.show(answer, goalsFor(this.settings, editor.document.uri));
    else this.item.hide();
  }

  private show({ path, section, document }: NonNullable<StatisticsResult>, goals: Goals): void {
    const all = count(document);
    const innermost = path.at(-1);
    if (innermost !== undefined && section !== undefined) {
      this.item.text = `$(list-tree) ${plain(shortened(innermost))}  ${vscode.l10n.t('{0} / {1} chars', count(section), all)}`;
    } else {
      this.item.text = vscode.l10n.t('{0} chars', all);
    }
    const { rate } = goals;
    const own = innermost === undefined ? undefined : goalOf(goals, innermost);
    const overHere = own && section !== undefined ? overGoal(section, own, rate) : [];
    const over = [
      ...overHere.map((words) => vscode.l10n.t('This section: {0}', words)),
      ...overGoal(document, goals, rate),
    ];
    this.item.text += `  ${vscode.l10n.t('{0} min', minutes(document, rate))}`;
    if (over.length > 0) this.item.text += `  $(warning) ${over.join(' ')}`;
    const warning = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.item.backgroundColor = over.length > 0 ? warning : undefined;
    const lines = path.map((name, depth) => '\u2003'.repeat(depth) + name);
    if (section !== undefined) lines.push(vscode.l10n.t('This section: {0} characters without blanks', count(section)));
    lines.push(vscode.l10n.t('Whole text: {0} characters without blanks', all));
    if (section !== undefined) lines.push(vscode.l10n.t('This section, read aloud: {0} min', minutes(section, rate)));
    lines.push(vscode.l10n.t('Read aloud at {0} characters a minute: {1} min', rate, minutes(document, rate)), ...over);
    this.item.tooltip = lines.join('\n');
    this.item.show();
  }

  private forgetPending(): void {
    this.pending?.cancel();
    this.pending?.dispose();
    this.pending = undefined;
  }
}

/** Minutes to read this many characters aloud. */
function minutes(characters: number, rate: number): string {
  return roundedMinutes(characters / rate);
}

function count(characters: number): string {
  return characters.toLocaleString('en-US');
}

function shortened(name: string): string {
  const characters = Array.from(name);
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : name;
}

/** The status bar reads $(name) as an icon; a zero-width space keeps a heading's text literal. */
function plain(name: string): string {
  return name.replaceAll('$(', '$\u200b(');
}
