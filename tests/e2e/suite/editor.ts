/** Opens drafts and waits for the results of the extension. */
import * as vscode from 'vscode';
import { focusEditor, press, textsOnPage, typeText } from './bridge';

export const SPEECH = '供水工作会议讲话.txt';
export const SHOPPING = '购物.txt';

/** Timeout of any step of a test, in ms. */
const TIMEOUT_MS = 15_000;

/** Opens a draft of the workspace as it is on disk. */
export async function open(name: string): Promise<vscode.TextEditor> {
  await closeAll();
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no workspace folder');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // VS Code remembers where a draft was scrolled to.
  const top = new vscode.Range(0, 0, 0, 0);
  editor.selection = new vscode.Selection(top.start, top.start);
  editor.revealRange(top, vscode.TextEditorRevealType.AtTop);
  return editor;
}

/** Opens the speech and waits until it is a policy text with its findings. */
export async function openSpeech(): Promise<vscode.TextEditor> {
  const editor = await open(SPEECH);
  // The change of language closes the draft and opens it again, with other settings of the editor.
  await eventually(
    () => editor.document.languageId,
    (language) => language === 'policytext',
  );
  await eventually(
    () => findings(editor.document),
    (found) => found.length === 3,
  );
  return editor;
}

/** Closes all editors and discards their changes. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Polls until the answer is good; returns it, or throws with the last answer. */
export async function eventually<T>(ask: () => T | PromiseLike<T>, good: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) throw new Error(`waited in vain; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The findings of a document, each as `rule@line:character`, in order. */
export function findings(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'policy-text')
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ code, range }) => {
      const id = typeof code === 'object' ? code.value : code;
      return `${id}@${range.start.line}:${range.start.character}`;
    });
}

/** A list must stay the same for this long to be final, in ms. */
const SETTLED_MS = 150;

/** Waits until the texts of the elements of `selector` are as wanted and stay so; returns them. */
export async function settled(selector: string, good: (texts: string[]) => boolean): Promise<string[]> {
  let before = '';
  let since = 0;
  return eventually(
    () => textsOnPage(selector),
    (texts) => {
      const now = texts.join('\n');
      if (now !== before) since = Date.now();
      before = now;
      return good(texts) && Date.now() - since >= SETTLED_MS;
    },
  );
}

/**
 * A quarter of a second after findings have come VS Code requests the light bulb, and drops an earlier explicit
 * request.
 */
const LIGHT_BULB = 400;

/** Opens the menu under the light bulb in the active editor; returns its rows. */
export async function quickFixes(): Promise<string[]> {
  await focusEditor();
  await vscode.commands.executeCommand('editor.action.quickFix');
  return eventually(
    () => textsOnPage('.action-widget .monaco-list-row.action'),
    (texts) => texts.length > 0,
  );
}

/** Runs *Fix All* in the active editor. */
export async function fixAll(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LIGHT_BULB));
  await vscode.commands.executeCommand('editor.action.fixAll');
}

/**
 * Types `words` to fill a placeholder, and accepts them once they are offered: with nothing offered Enter does nothing.
 */
export async function fillWith(words: string): Promise<void> {
  await eventually(
    () => textsOnPage('.quick-input-widget .quick-input-title'),
    (titles) => titles.join().includes('Fill Placeholder'),
  );
  await typeText(words);
  await eventually(
    () => textsOnPage('.quick-input-list .monaco-list-row'),
    ([first]) => first?.startsWith(words) === true,
  );
  await press('Enter');
}

/** The line that contains `words`; throws if none does. */
export function lineOf(document: vscode.TextDocument, words: string): number {
  const offset = document.getText().indexOf(words);
  if (offset < 0) throw new Error(`“${words}” is not in the draft`);
  return document.positionAt(offset).line;
}

/** Moves the caret to the end of `line` and waits until the page shows it there too: keys go to the page. */
export async function caretAtEndOf(editor: vscode.TextEditor, line: number): Promise<void> {
  const { end } = editor.document.lineAt(line).range;
  editor.selection = new vscode.Selection(end, end);
  await caretShown(end);
}

/** Waits until the page shows the caret at `position`. */
export async function caretShown({ line, character }: vscode.Position): Promise<void> {
  await eventually(
    () => textsOnPage('.statusbar-item[id="status.editor.selection"]'),
    (texts) => texts.join().includes(`Ln ${line + 1}, Col ${character + 1}`),
  );
}
