/**
 * Enter inserts the next number; a writer who types, composes or pastes it anyway gets it once. Input methods commit
 * and the clipboard pastes without triggering the editor's on-type formatting, so the content of the line is watched
 * instead.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { doubledMarker } from '../../server/src/features/doubledMarker';

/** Debounce before the number is checked, in ms: an input method may still be composing. */
const DEBOUNCE_MS = 120;
/** With more characters than this after its number a line is no longer watched. */
const MAX_WATCHED = 40;

/** The line in which Enter has just inserted a number. */
interface NumberedLine {
  readonly document: vscode.TextDocument;
  readonly marker: string;
  line: number;
}

export class TypedNumbers implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watched: NumberedLine | undefined;

  /** Middleware for the language client: it observes the numbers that Enter inserts. */
  readonly middleware: Pick<Middleware, 'provideOnTypeFormattingEdits'> = {
    provideOnTypeFormattingEdits: async (document, position, key, options, token, next) => {
      const edits = await next(document, position, key, options, token);
      const own = edits?.find(({ range }) => range.end.line === position.line && range.start.line === position.line);
      if (own && own.newText.trim() !== '') this.watched = { document, marker: own.newText, line: position.line };
      return edits;
    },
  };

  constructor() {
    this.subscription = vscode.workspace.onDidChangeTextDocument((event) => this.changed(event));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const { watched } = this;
    if (watched?.document !== document || contentChanges.length === 0) return;
    // Text restored by Undo is wanted.
    if (reason !== undefined) {
      this.watched = undefined;
      return;
    }
    for (const { range, text } of contentChanges) {
      if (range.end.line < watched.line || (range.end.line === watched.line && range.start.line < watched.line)) {
        watched.line += (text.match(/\n/g)?.length ?? 0) - (range.end.line - range.start.line);
      }
    }
    this.lookSoon(watched);
  }

  private async look(watched: NumberedLine): Promise<void> {
    const { document, marker, line } = watched;
    if (this.watched !== watched || document.isClosed || line < 0 || line >= document.lineCount) return;
    const { text } = document.lineAt(line);
    const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
    if (!editor || !text.startsWith(marker)) {
      this.watched = undefined;
      return;
    }
    const { active } = editor.selection;
    const caret = active.line === line ? active.character : text.length;
    // Letters at the caret belong to an input method, which an edit would disturb.
    if (active.line === line && /[a-z']$/.test(text.slice(0, caret)) && text.length > marker.length + 1) return;
    const doubled = doubledMarker(marker, text, caret);
    if (!doubled) {
      if (text.length > marker.length + MAX_WATCHED) this.watched = undefined;
      return;
    }
    const range = new vscode.Range(line, doubled.start, line, doubled.end);
    const done = await editor.edit((change) => change.delete(range), { undoStopBefore: false, undoStopAfter: false });
    // The text has changed meanwhile: check again.
    if (done && this.watched === watched) this.watched = undefined;
    else this.lookSoon(watched);
  }

  private lookSoon(watched: NumberedLine): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(watched), DEBOUNCE_MS);
  }
}
