/** The commands that edit a draft. The server decides what to change; one command is one step for Undo. */
import * as vscode from 'vscode';
import { EDIT_COMMAND_NAMES } from '../../server/src/features/editCommandNames';
import { EDIT_COMMAND_PREFIX, type EditCommandParams, type EditCommandResult } from '../../server/src/lsp/protocol';
import type { Server } from './server';

/** Registers all of them. */
export function registerEditCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    ...EDIT_COMMAND_NAMES.map((name) =>
      vscode.commands.registerTextEditorCommand(`policyText.${name}`, (editor) => void run(server, editor, name)),
    ),
  );
}

async function run(server: Server, editor: vscode.TextEditor, name: string): Promise<void> {
  const { document } = editor;
  if (!server.serves(document)) return;
  await server.start();
  const { line, character } = editor.selection.active;
  const params: EditCommandParams = {
    uri: document.uri.toString(),
    position: { line, character },
    version: document.version,
  };
  const result = await server.execute<EditCommandResult>(EDIT_COMMAND_PREFIX + name, params);
  if (!result?.caret) return;
  const caret = new vscode.Position(result.caret.line, result.caret.character);
  editor.selection = new vscode.Selection(caret, caret);
  editor.revealRange(editor.selection);
}
