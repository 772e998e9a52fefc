/**
 * Drafts come as .txt files or are typed into an untitled document, both plain text for VS Code. A text recognised as
 * policy prose is given the language `policytext`, whose settings Chinese writing needs (word pattern, suggestions,
 * wrapping). VS Code also detects the language of an untitled document, and takes Chinese prose for Ini and the like:
 * such a guess is overruled, a language that the writer chose is not.
 */
import * as vscode from 'vscode';
import type { Server } from './server';
import type { ClientSettings } from './settings';
import { isGuess, type LanguageHistory } from './untitledLanguage';

const POLICY_TEXT = 'policytext';
/** A text is checked after this debounce, but no later than {@link MAX_WAIT_MS} after the first key. */
const DEBOUNCE_MS = 120;
const MAX_WAIT_MS = 300;
/** A change of this many characters is a paste, not typing: it is checked at once. */
const PASTED = 40;
/** The recogniser looks only at the beginning of longer texts. */
const SAMPLE_LENGTH = 20_000;
/** Texts up to this length are checked after each change, longer ones only after a noticeable change. */
const SHORT = 20_000;

/** Imports the recogniser: called when the first candidate document opens, so that a paste does not wait for it. */
const recogniser = () => import('../../server/src/structure/recognise');

export class LanguageSwitch implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Time of the first change that a pending timer waits for. */
  private readonly waitingSince = new Map<string, number>();
  /**
   * Documents that were switched or asked about, and those whose language the writer chose. A writer who changes one
   * back means it.
   */
  private readonly settled = new Set<string>();
  /** Length of a text that was not recognised as policy prose; it is checked again after a noticeable change. */
  private readonly declined = new Map<string, number>();
  /** Language histories of untitled documents. */
  private readonly histories = new Map<string, LanguageHistory>();

  constructor(
    private readonly server: Server,
    private readonly settings: ClientSettings,
    private readonly log: vscode.LogOutputChannel,
  ) {
    for (const document of vscode.workspace.textDocuments) this.opened(document);
    this.subscriptions.push(
      vscode.window.onDidChangeVisibleTextEditors(() => this.considerVisible()),
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (settings.affects(event, 'switchLanguage')) this.considerVisible();
      }),
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

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const history = this.histories.get(document.uri.toString());
    if (history) history.lastChange = Date.now();
    if (!isVisible(document)) return;
    const pasted = contentChanges.some(({ text }) => text.length >= PASTED);
    this.schedule(document, pasted ? 0 : DEBOUNCE_MS);
  }

  /** A document was opened, or its language was changed, which VS Code reports in the same way. */
  private opened(document: vscode.TextDocument): void {
    if (!document.isUntitled) return;
    const key = document.uri.toString();
    const { languageId } = document;
    const history = this.histories.get(key);
    if (!history) {
      void recogniser();
      this.histories.set(key, { language: languageId, lastChange: 0, guessed: false });
      return;
    }
    if (history.language === languageId) return;
    const guess = isGuess(history, languageId, document.getText(), Date.now());
    const overruled = guess && history.language === POLICY_TEXT;
    history.language = languageId;
    if (overruled) {
      // The editor had begun to guess before the document became a policy text; it does not guess again.
      history.switched = undefined;
      this.set(document).catch((error) => this.log.error(`${key}: ${String(error)}`));
    } else if (guess) {
      history.guessed = true;
      this.schedule(document, 0);
    } else if (languageId !== POLICY_TEXT) {
      history.guessed = false;
      this.settled.add(key);
    }
  }

  private schedule(document: vscode.TextDocument, rest: number): void {
    const key = document.uri.toString();
    if (!this.isCandidate(document)) return;
    clearTimeout(this.timers.get(key));
    const now = Date.now();
    const since = this.waitingSince.get(key) ?? now;
    this.waitingSince.set(key, since);
    const timer = setTimeout(
      () => {
        this.timers.delete(key);
        this.waitingSince.delete(key);
        this.consider(document).catch((error) => this.log.error(`${key}: ${String(error)}`));
      },
      Math.max(0, Math.min(rest, since + MAX_WAIT_MS - now)),
    );
    this.timers.set(key, timer);
  }

  private async consider(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (!this.isCandidate(document)) return;
    const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    if (length === 0 || !this.isWorthALook(key, length)) return;

    // Not requested from the server: while starting or busy, it would answer after the editor has made its own guess.
    const { readsAsPolicyProse } = await recogniser();
    if (!this.isCandidate(document)) return;
    if (!readsAsPolicyProse(document.getText().slice(0, SAMPLE_LENGTH))) {
      this.declined.set(key, length);
      return;
    }
    this.settled.add(key);
    if (this.settings.get('switchLanguage', document.uri) === 'always' || (await this.agreed(document))) {
      await this.set(document);
      this.log.info(`${key} reads as a policy text: its language is now policytext.`);
    }
  }

  /** Whether a text of `length` has changed enough since the last check to be checked again. */
  private isWorthALook(key: string, length: number): boolean {
    const before = this.declined.get(key);
    if (before === undefined) return true;
    return length <= SHORT ? length !== before : Math.abs(length - before) >= before / 10;
  }

  private async set(document: vscode.TextDocument): Promise<void> {
    const history = this.histories.get(document.uri.toString());
    if (history) history.switched ??= history.language === POLICY_TEXT ? undefined : Date.now();
    await vscode.languages.setTextDocumentLanguage(document, POLICY_TEXT);
  }

  /** Asks the writer, once per document. */
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
    const key = document.uri.toString();
    return (
      (document.languageId === 'plaintext' || this.histories.get(key)?.guessed === true) &&
      document.languageId !== POLICY_TEXT &&
      this.server.isDraftScheme(document.uri.scheme) &&
      !this.settled.has(key) &&
      this.settings.get('switchLanguage', document.uri) !== 'never'
    );
  }

  /**
   * A change of language closes a document and opens it again at once. One that stays closed is forgotten: a document
   * opened later under its name, such as the next untitled document, is another.
   */
  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.waitingSince.delete(key);
    setTimeout(() => {
      if (vscode.workspace.textDocuments.some((open) => open.uri.toString() === key)) return;
      this.settled.delete(key);
      this.declined.delete(key);
      this.histories.delete(key);
    }, 0);
  }
}

function isVisible(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}
