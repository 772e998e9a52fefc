/** Fills placeholders in many drafts at once, after the writer has seen and confirmed what will change. */
import * as vscode from 'vscode';
import type { PlaceholderFile } from '../../server/src/lsp/protocol';

/**
 * Puts `text` in place of the placeholders of `files`, all of which read `placeholder`, as one edit that VS Code shows for
 * confirmation. A place that reads otherwise by now, or in VS Code's reading of the file's encoding, is left alone.
 */
export async function fillAlikeEverywhere(
  files: readonly PlaceholderFile[],
  placeholder: string,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  let left = 0;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, async () => {
    for (const { uri: written, placeholders } of files) {
      const uri = vscode.Uri.parse(written);
      const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
      const metadata: vscode.WorkspaceEditEntryMetadata = {
        needsConfirmation: true,
        label: vscode.l10n.t('Fill “{0}” with “{1}”', placeholder, text),
        description: vscode.workspace.asRelativePath(uri),
      };
      for (const { range } of placeholders) {
        const { start, end } = range;
        const place = new vscode.Range(start.line, start.character, end.line, end.character);
        if (document?.getText(place) === placeholder) edit.replace(uri, place, text, metadata);
        else left++;
      }
    }
  });
  if (edit.size > 0) await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (left > 0) {
    const message = vscode.l10n.t(
      '{0} places were left alone: they have changed, or the file could not be read.',
      left,
    );
    void vscode.window.showWarningMessage(message);
  }
}
