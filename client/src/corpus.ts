/** *Learn Slogans from Corpus…*: asks for folders, adds them to the settings and has the server learn from them. */
import * as vscode from 'vscode';
import { LEARN_REQUEST, type LearnParams, type LearnResult } from '../../server/src/lsp/protocol';
import type { Server } from './server';
import type { ClientSettings } from './settings';

/** Registers the command. */
export function registerLearnCorpus(server: Server, settings: ClientSettings): vscode.Disposable {
  return vscode.commands.registerCommand('policyText.learnCorpus', async (chosen?: unknown) => {
    const folders = isUris(chosen) ? chosen : await pickFolders();
    if (!folders || folders.length === 0) return;
    if (folders.some((folder) => folder.scheme !== 'file' && !vscode.workspace.getWorkspaceFolder(folder))) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Here only folders of the workspace can be learned from. Open the folder in the workspace first.',
        ),
      );
      return;
    }
    await server.start();
    const params: LearnParams = { paths: folders.map(pathOf) };
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Learning slogans'),
      cancellable: true,
    };
    const result = await vscode.window.withProgress(options, async (progress, token) => {
      progress.report({ message: vscode.l10n.t('reading documents on this machine…') });
      const learned = await server.ask(LEARN_REQUEST, params, token);
      return token.isCancellationRequested ? 'cancelled' : learned;
    });
    if (result === 'cancelled') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Learning was cancelled.'));
      return;
    }
    // Only now, because a changed setting makes the server learn by itself.
    const noted = result ? await remember(folders, settings) : '';
    showResult(result, noted);
  });
}

/** The server's identifier of a folder: a path if it has one. */
function pathOf(folder: vscode.Uri): string {
  return folder.scheme === 'file' ? folder.fsPath : folder.toString();
}

function pickFolders(): Thenable<vscode.Uri[] | undefined> {
  const first = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Learn'),
    title: vscode.l10n.t('Folders of documents to learn slogans from'),
    ...(first && { defaultUri: first }),
  });
}

/**
 * Adds the folders to the workspace's settings, or to the user's if no folder is open. Returns a message saying where;
 * '' if they were there already.
 */
async function remember(folders: readonly vscode.Uri[], settings: ClientSettings): Promise<string> {
  const known = settings.get('corpus.paths');
  const paths = folders.map((folder) => {
    const inside = vscode.workspace.workspaceFolders?.length === 1 && vscode.workspace.getWorkspaceFolder(folder);
    return inside ? vscode.workspace.asRelativePath(folder, false) : pathOf(folder);
  });
  const added = paths.filter((one) => !known.includes(one));
  if (added.length === 0) return '';
  await settings.setShared('corpus.paths', [...known, ...added]);
  const place = vscode.workspace.workspaceFolders
    ? vscode.l10n.t('the settings of this folder (.vscode/settings.json)')
    : vscode.l10n.t('your own settings');
  return vscode.l10n.t('The folders are saved in {0}, so that new documents in them are learned too.', place);
}

function showResult(result: LearnResult | undefined, noted: string): void {
  if (!result) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing was learned.'));
    return;
  }
  const { documents, duplicates, unreadable, firstUnreadable, phrases } = result;
  const sum = vscode.l10n.t(
    'Learned {0} slogans from {1} documents ({2} duplicates left out).',
    phrases,
    documents,
    duplicates,
  );
  if (unreadable === 0) {
    void vscode.window.showInformationMessage([sum, noted].filter(Boolean).join(' '));
    return;
  }
  const show = vscode.l10n.t('Show Log');
  const lacking = firstUnreadable
    ? vscode.l10n.t(
        '{0} files could not be read; the first is {1}: {2}',
        unreadable,
        firstUnreadable.file.split(/[\\/]/).at(-1) ?? '',
        firstUnreadable.reason,
      )
    : vscode.l10n.t('{0} files could not be read; the log names them.', unreadable);
  void vscode.window.showWarningMessage([sum, lacking, noted].filter(Boolean).join(' '), show).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand('policyText.showLog');
  });
}

function isUris(value: unknown): value is vscode.Uri[] {
  return Array.isArray(value) && value.every((one) => one instanceof vscode.Uri);
}
