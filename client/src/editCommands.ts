/** The commands that edit a draft. The server computes the edits; each command is one undo step. */
import * as vscode from 'vscode';
import { EDIT_COMMAND_PREFIX, type EditCommandParams, type EditCommandResult } from '../../server/src/lsp/protocol';
import { type EditCommandName, PLACE_COMMAND_NAMES } from '../../server/src/refactor/editCommandNames';
import type { OutlineView } from './outlineView';
import type { Server } from './server';

/** How long the status bar shows what was done, in ms. */
const TOLD_MS = 10_000;

/** Registers all of them. They run at the caret, or on a row of the outline. */
export function registerEditCommands(server: Server, outline: OutlineView): vscode.Disposable {
  return vscode.Disposable.from(
    // Runs after Fix All; the status bar reports it, which does not get in the way when a draft is fixed on save.
    vscode.commands.registerCommand('policyText.fixesMade', (count: unknown) => {
      if (typeof count !== 'number') return;
      vscode.window.setStatusBarMessage(
        `$(check) ${vscode.l10n.t('{0} problems fixed; Undo reverts them.', count)}`,
        TOLD_MS,
      );
    }),
    ...PLACE_COMMAND_NAMES.map((name) =>
      vscode.commands.registerCommand(`policyText.${name}`, async (row: unknown) => {
        const place = (await outline.placeOf(row)) ?? placeOfCaret(server);
        if (!place) return;
        await server.start();
        await runAt(server, place.editor, name, place.position, place.version);
      }),
    ),
  );
}

/** The place in a draft that a command is invoked on, and the version of the text it refers to. */
export interface EditPosition {
  readonly editor: vscode.TextEditor;
  readonly position: vscode.Position;
  readonly version: number;
}

function placeOfCaret(server: Server): EditPosition | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !server.serves(editor.document)) return undefined;
  return { editor, position: editor.selection.active, version: editor.document.version };
}

/** Runs one of the server's edit commands at `place` of the text's `version`, and then moves the caret. */
export async function runAt(
  server: Server,
  editor: vscode.TextEditor,
  name: EditCommandName,
  { line, character }: vscode.Position,
  version: number,
  details?: object,
): Promise<void> {
  const uri = editor.document.uri.toString();
  const params: EditCommandParams = { uri, position: { line, character }, version, ...(details && { details }) };
  const result = await server.execute<EditCommandResult>(EDIT_COMMAND_PREFIX + name, params);
  if (result?.extracted !== undefined) {
    const { languageId: language } = editor.document;
    const extracted = await vscode.workspace.openTextDocument({ language, content: result.extracted });
    await vscode.window.showTextDocument(extracted, vscode.ViewColumn.Beside);
    return;
  }
  if (!result?.caret) return;
  const caret = new vscode.Position(result.caret.line, result.caret.character);
  editor.selection = new vscode.Selection(caret, caret);
  editor.revealRange(editor.selection);
}
