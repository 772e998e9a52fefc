/**
 * A diagnostic collection for the language client. It withholds findings on the clause being written until that is
 * finished: a punctuation mark is typed, the caret leaves it, or the writer pauses. The server does not know the caret,
 * and its findings stay a function of the text.
 */
import * as vscode from 'vscode';
import { type LanguageClientOptions, vsdiag } from 'vscode-languageclient';
import type { ClientSettings } from './settings';
import { caretAfterTyping, keyOf, sameClause, shownFindings, type TypingPosition } from './withholding';

/** A pause of this length ends a clause, in ms. Choosing among an input method's candidates is faster. */
const PAUSE_MS = 3_000;

/** Middleware that makes a language client put its findings into withholding collections. */
export function withholding(
  settings: ClientSettings,
): Pick<LanguageClientOptions, 'diagnosticCollectionProvider' | 'middleware'> {
  const collections = new Set<WithheldDiagnostics>();
  return {
    diagnosticCollectionProvider: {
      create: (name) => {
        const collection = new WithheldDiagnostics(name ?? 'policy-text', settings);
        collections.add(collection);
        return collection;
      },
      dispose: (collection) => {
        collections.delete(collection as WithheldDiagnostics);
        collection.dispose();
      },
    },
    middleware: {
      // A report without changes is not passed on to a collection.
      provideDiagnostics: async (document, previous, token, next) => {
        const report = await next(document, previous, token);
        const uri = document instanceof vscode.Uri ? document : document.uri;
        if (report?.kind === vsdiag.DocumentDiagnosticReportKind.unChanged)
          for (const collection of collections) collection.confirm(uri);
        return report;
      },
    },
  };
}

/** The findings of one document. */
interface ReportedDiagnostics {
  readonly all: readonly vscode.Diagnostic[];
  /** The version of the text for which the server last reported or confirmed them. */
  version: number | undefined;
  /** The keys of those displayed. */
  shown: readonly string[];
}

export class WithheldDiagnostics implements vscode.DiagnosticCollection {
  private readonly collection: vscode.DiagnosticCollection;
  private readonly known = new Map<string, ReportedDiagnostics>();
  private readonly subscriptions: vscode.Disposable[];
  private writing: { readonly document: vscode.TextDocument; caret: TypingPosition } | undefined;
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
    const shown = this.known.get(key)?.shown ?? [];
    this.known.set(key, { all: diagnostics ?? [], version: versionOf(of), shown });
    this.show(of);
  }

  /** The server's findings are unchanged for the current text; but another clause may be the one being written. */
  confirm(uri: vscode.Uri): void {
    const known = this.known.get(uri.toString());
    if (!known) return;
    known.version = versionOf(uri);
    this.show(uri);
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
    known.shown = shown.map(keyOf);
    this.collection.set(uri, shown);
  }

  /** The line and caret being written in the document `uri`; undefined if nothing is. */
  private writingIn(uri: vscode.Uri): { caret: TypingPosition; line: string } | undefined {
    const { document, caret } = this.writing ?? {};
    if (!document || !caret || document.uri.toString() !== uri.toString() || caret.line >= document.lineCount) {
      return undefined;
    }
    return { caret, line: document.lineAt(caret.line).text };
  }

  private typed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== document || contentChanges.length === 0) return;
    if (reason !== undefined || this.settings.get('diagnostics.whileTyping') === 'immediately') {
      this.finish();
      return;
    }
    // The editor reports a caret after the change that moved it, so the caret may still be where the last change found
    // it. Typing in linked places, or with several carets, is several changes; one of them is at the first caret.
    const places = [editor.selection.active, ...(this.writing?.document === document ? [this.writing.caret] : [])];
    const carets = contentChanges.flatMap((change) => places.map((place) => caretAfterTyping(change, place)));
    const caret = carets.find((one) => one !== undefined);
    if (!caret) return;
    this.writing = { document, caret };
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.finish(), PAUSE_MS);
  }

  /** A caret that moves within the clause is still writing it. */
  private moved({ document, selection: { active } }: vscode.TextEditor): void {
    const { writing } = this;
    if (writing?.document !== document) return;
    const { line, character } = writing.caret;
    const stays = line === active.line && sameClause(document.lineAt(line).text, character, active.character);
    if (stays) writing.caret = active;
    else this.finish();
  }

  /** Shows everything. Findings for an older text are left as they are: new ones are on their way. */
  private finish(): void {
    const { writing } = this;
    this.writing = undefined;
    clearTimeout(this.pause);
    const uri = writing?.document.uri;
    if (uri && this.known.get(uri.toString())?.version === writing.document.version) this.show(uri);
  }
}

function versionOf(uri: vscode.Uri): number | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key)?.version;
}
