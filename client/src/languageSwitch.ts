/**
 * Drafts come as .txt files or are typed into an untitled document, both plain text for VS Code. One that reads as
 * policy prose is given the language `policytext`, whose settings Chinese writing needs (word pattern, suggestions, wrapping).
 */
import * as vscode from 'vscode';
import { RECOGNISE_REQUEST, type RecogniseParams } from '../../server/src/lsp/protocol';
import type { Server } from './server';
import type { ClientSettings } from './settings';

/** How long a text must rest before it is looked at again, in milliseconds. */
const DEBOUNCE_MS = 800;
/** As much as recognising needs of a document that the server does not have. */
const SAMPLE_LENGTH = 100_000;

export class LanguageSwitch implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Documents switched or asked about. A writer who sets one back to plain text means it. */
  private readonly settled = new Set<string>();
  /** The length of a text that did not read as policy prose; it is looked at again when that changed noticeably. */
  private readonly declined = new Map<string, number>();

  constructor(
    private readonly server: Server,
    private readonly settings: ClientSettings,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions.push(
      vscode.window.onDidChangeVisibleTextEditors(() => this.considerVisible()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isVisible(document)) this.schedule(document, DEBOUNCE_MS);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (settings.affects(event, 'switchLanguage')) this.considerVisible();
      }),
      server.onReady(() => this.considerVisible()),
    );
    this.considerVisible();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private considerVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) this.schedule(document, 0);
  }

  private schedule(document: vscode.TextDocument, rest: number): void {
    const key = document.uri.toString();
    if (!this.isCandidate(document)) return;
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.consider(document).catch((error) => this.log.error(`${key}: ${String(error)}`));
    }, rest);
    this.timers.set(key, timer);
  }

  private async consider(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (!this.isCandidate(document)) return;
    const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    const before = this.declined.get(key);
    if (length === 0 || (before !== undefined && Math.abs(length - before) < Math.max(40, before / 10))) return;

    await this.server.start();
    const known = this.server.serves(document);
    const params: RecogniseParams = known
      ? { uri: key }
      : { uri: key, text: document.getText().slice(0, SAMPLE_LENGTH) };
    const { token } = new vscode.CancellationTokenSource();
    const answer = await this.server.ask(RECOGNISE_REQUEST, params, token);
    if (!answer) return;
    if (!answer.policyProse) {
      this.declined.set(key, length);
      return;
    }
    if (!this.isCandidate(document) || document.isClosed) return;
    this.settled.add(key);
    if (this.settings.switchLanguage(document.uri) === 'always' || (await this.agreed(document))) {
      await vscode.languages.setTextDocumentLanguage(document, 'policytext');
      this.log.info(`${key} reads as a policy text: its language is now policytext.`);
    }
  }

  /** Asks the writer, once for each document. */
  private async agreed(document: vscode.TextDocument): Promise<boolean> {
    const yes = vscode.l10n.t('Switch');
    const always = vscode.l10n.t('Always');
    const never = vscode.l10n.t('Never');
    const name = document.uri.path.split('/').at(-1) ?? '';
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” reads as a policy text. Switch its language to Policy Text for better editing?', name),
      yes,
      always,
      never,
    );
    if (choice === always) await this.settings.set('switchLanguage', 'always');
    if (choice === never) await this.settings.set('switchLanguage', 'never');
    return (choice === yes || choice === always) && !document.isClosed;
  }

  private isCandidate(document: vscode.TextDocument): boolean {
    return (
      document.languageId === 'plaintext' &&
      this.server.isDraftScheme(document.uri.scheme) &&
      !this.settled.has(document.uri.toString()) &&
      this.settings.switchLanguage(document.uri) !== 'never'
    );
  }

  /**
   * A change of language closes a document and opens it again at once. One that stays closed is forgotten: what is opened
   * under its name later, such as the next untitled document, is another.
   */
  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    setTimeout(() => {
      if (vscode.workspace.textDocuments.some((open) => open.uri.toString() === key)) return;
      this.settled.delete(key);
      this.declined.delete(key);
    }, 0);
  }
}

function isVisible(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}
