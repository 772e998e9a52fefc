/** The commands that edit a draft. The server decides what to change; one command is one step for Undo. */
import * as vscode from 'vscode';
import { EDIT_COMMAND_PREFIX, type EditCommandParams, type EditCommandResult } from '../../server/src/lsp/protocol';
import { type EditCommandName, PLACE_COMMAND_NAMES } from '../../server/src/refactor/editCommandNames';
import type { OutlineView } from './outlineView';
import type { Server } from './server';

/** How long the status bar tells what was done, in milliseconds. */
const TOLD_MS = 10_000;

/** Registers all of them. They are called at the caret, or at a row of the outline. */
export function registerEditCommands(server: Server, outline: OutlineView): vscode.Disposable {
  return vscode.Disposable.from(
    // Run behind Fix All; the status bar tells of it, which stands in nobody's way when a draft is fixed as it is saved.
    vscode.commands.registerCommand('policyText.fixesMade', (count: unknown) => {
      if (typeof count !== 'number') return;
      vscode.window.setStatusBarMessage(
        `$(check) ${vscode.l10n.t('{0} problems fixed; Undo takes them back.', count)}`,
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

/** A place in a draft that a command is called at, and the version of the text that it was seen in. */
export interface Place {
  readonly editor: vscode.TextEditor;
  readonly position: vscode.Position;
  readonly version: number;
}

function placeOfCaret(server: Server): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !server.serves(editor.document)) return undefined;
  return { editor, position: editor.selection.active, version: editor.document.version };
}

/** Runs one of the server's edit commands at `place` of the text's `version`, and moves the caret where it belongs then. */
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
