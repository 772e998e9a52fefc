/** Fills placeholders in many drafts at once, after the writer has reviewed and confirmed the changes. */
import * as vscode from 'vscode';
import type { PlaceholderInfo } from '../../server/src/features/placeholders';
import type { PlaceholderFile } from '../../server/src/lsp/protocol';

interface Choice extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly gap: PlaceholderInfo;
}

/**
 * Shows what the placeholders of `files` would become with `text` in their place, and fills the selected ones in one
 * undo step. A place that has changed meanwhile, or differs in VS Code's decoding of the file, is skipped.
 */
export async function fillAlikeEverywhere(files: readonly PlaceholderFile[], text: string): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    files.flatMap((file) => choicesOf(file, text)),
    {
      canPickMany: true,
      matchOnDescription: true,
      title: vscode.l10n.t('Fill with “{0}”: keep the right ones checked', text),
    },
  );
  if (!chosen || chosen.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  let left = 0;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, async () => {
    for (const { uri, gap } of chosen) {
      const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
      const { start, end } = gap.range;
      const place = new vscode.Range(start.line, start.character, end.line, end.character);
      if (document?.getText(place) === gap.text) edit.replace(uri, place, text);
      else left++;
    }
  });
  // Files that are not open are saved, unless `files.refactoring.autoSave` says otherwise.
  if (edit.size > 0) await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (left > 0) {
    const message = vscode.l10n.t(
      '{0} places were left alone: they have changed, or the file could not be read.',
      left,
    );
    void vscode.window.showWarningMessage(message);
  }
}

function choicesOf({ uri: written, placeholders }: PlaceholderFile, text: string): Choice[] {
  const uri = vscode.Uri.parse(written);
  return placeholders.map((gap) => {
    const { context, contextStart, range } = gap;
    return {
      label: context.slice(0, contextStart) + text + context.slice(contextStart + gap.text.length),
      description: `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`,
      picked: true,
      uri,
      gap,
    };
  });
}
