/**
 * Enter writes the next number; a writer who types, composes or pastes it all the same gets it once. Input methods commit
 * and the clipboard pastes past the editor's own formatting on type, so what the line becomes is watched instead.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { doubledMarker } from '../../server/src/features/doubledMarker';

/** A number is looked at when no key has come for so long, in milliseconds: an input method may still be writing it. */
const DEBOUNCE_MS = 120;
/** In a line that has gone on for so many characters behind its number nothing more is to be expected. */
const MAX_WATCHED = 40;

/** The line in which Enter has just written a number. */
interface NumberedLine {
  readonly document: vscode.TextDocument;
  readonly marker: string;
  line: number;
}

export class TypedNumbers implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watched: NumberedLine | undefined;

  /** What a language client has to pass on: it learns of the numbers that Enter writes. */
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
    // What Undo brings back is wanted.
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
    // Letters at the caret are an input method's: an edit would disturb it.
    if (active.line === line && /[a-z']$/.test(text.slice(0, caret)) && text.length > marker.length + 1) return;
    const doubled = doubledMarker(marker, text, caret);
    if (!doubled) {
      if (text.length > marker.length + MAX_WATCHED) this.watched = undefined;
      return;
    }
    const range = new vscode.Range(line, doubled.start, line, doubled.end);
    const done = await editor.edit((change) => change.delete(range), { undoStopBefore: false, undoStopAfter: false });
    // The text was changed on the way: the next look is at what it is then.
    if (done && this.watched === watched) this.watched = undefined;
    else this.lookSoon(watched);
  }

  private lookSoon(watched: NumberedLine): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(watched), DEBOUNCE_MS);
  }
}
