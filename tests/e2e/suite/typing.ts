/** A caret in a new draft, and the list of suggestions and the ghost text that come up at it. */
import * as vscode from 'vscode';
import { focusEditor, press, textsOnPage, typeText } from './bridge';
import { caretShown, closeAll, eventually, settled } from './editor';

const LIST = '.suggest-widget.visible .monaco-list-row';
const GHOST = '.ghost-text-decoration, .ghost-text-decoration-preview, .ghost-text';

/** Opens a new draft with the caret where `|` is in `marked`, ready for typing. */
export async function draft(marked: string): Promise<vscode.TextDocument> {
  await closeAll();
  const offset = marked.indexOf('|');
  const content = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const caret = document.positionAt(offset);
  editor.selection = new vscode.Selection(caret, caret);
  await focusEditor();
  await caretShown(caret);
  return document;
}

/** Waits until the list opens; it does only after characters that are registered once the lexicon is loaded. */
export async function lexiconReady(): Promise<void> {
  await eventually(
    async () => {
      await draft('|');
      await typeText('坚持稳中');
      // Each round sends a new request: faster ones would leave a busy server no time to answer.
      await new Promise((resolve) => setTimeout(resolve, 600));
      return textsOnPage(LIST);
    },
    (rows) => rows.length > 0,
  );
}

/** Waits until the list is open and has an item like `wanted`; returns its index. */
export async function listed(wanted: RegExp): Promise<number> {
  const rows = await settled(LIST, (found) => found.some((row) => wanted.test(row)));
  return rows.findIndex((row) => wanted.test(row));
}

/** Accepts an item of the list with the keyboard, finally with `key`. */
export async function choose(wanted: RegExp, key: 'Enter' | 'Tab' = 'Enter'): Promise<void> {
  const place = await listed(wanted);
  // A list that opens by itself has no item selected yet; Tab takes the first one all the same.
  const chosen = (await textsOnPage(`${LIST}.focused`)).length > 0;
  if (!chosen && place === 0 && key === 'Tab') {
    await press(key);
    return;
  }
  for (let at = chosen ? 0 : -1; at < place; at++) await press('ArrowDown');
  await eventually(
    () => textsOnPage(`${LIST}.focused`),
    (rows) => rows.some((row) => wanted.test(row)),
  );
  await press(key);
}

export const ghost = async (): Promise<string> => (await textsOnPage(GHOST)).join('');

/** Waits until the document is exactly `text`. */
export async function becomes(document: vscode.TextDocument, text: string): Promise<void> {
  await eventually(
    () => document.getText(),
    (found) => found === text,
  );
}
