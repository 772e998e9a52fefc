/**
 * The collection that the language client puts findings into. It holds back those on the clause being written until that is
 * finished: a mark is typed, the caret leaves it, or the writer pauses. The server knows no caret, and its findings stay
 * a function of the text.
 */
import * as vscode from 'vscode';
import type { ClientSettings } from './settings';
import { caretAfterTyping, keyOf, type Place, sameClause, shownFindings } from './withholding';

/** A pause of this length counts as the end of a clause, in milliseconds. Choosing among an input method's words is shorter. */
const PAUSE = 3_000;

/** The findings of one document. */
interface Known {
  readonly all: readonly vscode.Diagnostic[];
  /** The version of the text they were found in, as far as the editor can tell. */
  readonly version: number | undefined;
  /** The keys of those that are shown. */
  shown: ReadonlySet<string>;
}

export class WithheldDiagnostics implements vscode.DiagnosticCollection {
  private readonly collection: vscode.DiagnosticCollection;
  private readonly known = new Map<string, Known>();
  private readonly subscriptions: vscode.Disposable[];
  private writing: { readonly document: vscode.TextDocument; caret: Place } | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly name: string,
    private readonly settings: ClientSettings,
  ) {
    this.collection = vscode.languages.createDiagnosticCollection(name);
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.typed(event)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.moved(textEditor)),
      vscode.window.onDidChangeActiveTextEditor(() => this.finish()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (settings.affects(event, 'diagnostics')) this.finish();
      }),
    ];
  }

  set(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[] | undefined): void;
  set(entries: readonly [vscode.Uri, readonly vscode.Diagnostic[] | undefined][]): void;
  set(
    of: vscode.Uri | readonly [vscode.Uri, readonly vscode.Diagnostic[] | undefined][],
    diagnostics?: readonly vscode.Diagnostic[],
  ): void {
    if (!(of instanceof vscode.Uri)) {
      for (const [uri, ones] of of) this.set(uri, ones);
      return;
    }
    const key = of.toString();
    const version = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key)?.version;
    this.known.set(key, { all: diagnostics ?? [], version, shown: this.known.get(key)?.shown ?? new Set() });
    this.show(of);
  }

  delete(uri: vscode.Uri): void {
    this.known.delete(uri.toString());
    this.collection.delete(uri);
  }

  clear(): void {
    this.known.clear();
    this.collection.clear();
  }

  forEach(
    visit: (
      uri: vscode.Uri,
      diagnostics: readonly vscode.Diagnostic[],
      collection: vscode.DiagnosticCollection,
    ) => void,
    self?: unknown,
  ): void {
    for (const [uri, diagnostics] of this.collection) visit.call(self, uri, diagnostics, this);
  }

  get(uri: vscode.Uri): readonly vscode.Diagnostic[] | undefined {
    return this.collection.get(uri);
  }

  has(uri: vscode.Uri): boolean {
    return this.collection.has(uri);
  }

  [Symbol.iterator](): Iterator<[uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]]> {
    return this.collection[Symbol.iterator]();
  }

  dispose(): void {
    clearTimeout(this.pause);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.collection.dispose();
  }

  private show(uri: vscode.Uri): void {
    const known = this.known.get(uri.toString());
    if (!known) return;
    const shown = shownFindings(known.all, this.writingIn(uri), known.shown);
    known.shown = new Set(shown.map(keyOf));
    this.collection.set(uri, shown);
  }

  /** What is being written in the document `uri`; undefined where nothing is. */
  private writingIn(uri: vscode.Uri): { caret: Place; line: string } | undefined {
    const { document, caret } = this.writing ?? {};
    if (!document || !caret || document.uri.toString() !== uri.toString() || caret.line >= document.lineCount) {
      return undefined;
    }
    return { caret, line: document.lineAt(caret.line).text };
  }

  private typed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== document || contentChanges.length === 0) return;
    if (reason !== undefined || this.settings.diagnosticsWhileTyping() === 'immediately') {
      this.finish();
      return;
    }
    // Typing in linked places, or with several carets, is several changes; one of them is at the first caret.
    const carets = contentChanges.map((change) => caretAfterTyping(change, editor.selection.active));
    const caret = carets.find((one) => one !== undefined);
    if (!caret) return;
    this.writing = { document, caret };
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.finish(), PAUSE);
  }

  /** A caret that moves on within the clause is still at it. */
  private moved({ document, selection: { active } }: vscode.TextEditor): void {
    const { writing } = this;
    if (writing?.document !== document) return;
    const { line, character } = writing.caret;
    const stays = line === active.line && sameClause(document.lineAt(line).text, character, active.character);
    if (stays) writing.caret = active;
    else this.finish();
  }

  /** Shows everything. Findings of an older text are left as they are: those of the latest are on their way. */
  private finish(): void {
    const { writing } = this;
    this.writing = undefined;
    clearTimeout(this.pause);
    const uri = writing?.document.uri;
    if (uri && this.known.get(uri.toString())?.version === writing.document.version) this.show(uri);
  }
}
