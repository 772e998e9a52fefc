/** Word-processor documents and texts extracted from them, for the commands that compare them with drafts. */
import * as vscode from 'vscode';

/** File extensions of documents that the server can read. */
export const DOCUMENT = /\.(?:doc[xm]?|wps|rtf|odt|pdf)$/i;
/** The same extensions for file dialogs. */
export const READABLE: readonly string[] = ['docx', 'docm', 'doc', 'wps', 'rtf', 'odt', 'pdf'];

/** The base name of a file. */
export function nameOf({ path }: vscode.Uri): string {
  return path.replace(/^.*\//, '');
}

/** Virtual documents to compare with drafts: each can be opened until it is closed. */
export class Readings implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: vscode.Disposable;

  /** `scheme` is that of their URIs. */
  constructor(private readonly scheme: string) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Adds `text` and returns the URI that opens it: `uri` in the scheme of these texts. */
  add(uri: vscode.Uri, text: string): vscode.Uri {
    const own = uri.with({ scheme: this.scheme });
    this.texts.set(own.toString(), text);
    this.changed.fire(own);
    return own;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
