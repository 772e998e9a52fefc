/** *Learn Slogans from Corpus…*: asks for folders, names them in the settings and lets the server learn from them. */
import * as vscode from 'vscode';
import { LEARN_REQUEST, type LearnParams, type LearnResult } from '../../server/src/lsp/protocol';
import type { Server } from './server';
import type { ClientSettings } from './settings';

/** Registers the command. */
export function registerLearnCorpus(server: Server, settings: ClientSettings): vscode.Disposable {
  return vscode.commands.registerCommand('policyText.learnCorpus', async (chosen?: unknown) => {
    const folders = isUris(chosen) ? chosen : await ask();
    if (!folders || folders.length === 0) return;
    if (folders.some((folder) => folder.scheme !== 'file' && !vscode.workspace.getWorkspaceFolder(folder))) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Here only folders of the workspace can be learned from. Open the folder in the workspace first.',
        ),
      );
      return;
    }
    await remember(folders, settings);
    await server.start();
    const params: LearnParams = { paths: folders.map(pathOf) };
    const { token } = new vscode.CancellationTokenSource();
    const result = await server.ask(LEARN_REQUEST, params, token);
    tell(result);
  });
}

/** What the server knows a folder by: a path where there are paths. */
function pathOf(folder: vscode.Uri): string {
  return folder.scheme === 'file' ? folder.fsPath : folder.toString();
}

function ask(): Thenable<vscode.Uri[] | undefined> {
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

/** Adds the folders to the workspace's settings, or to the user's where no folder is open. */
async function remember(folders: readonly vscode.Uri[], settings: ClientSettings): Promise<void> {
  const known = settings.texts('corpus.paths');
  const paths = folders.map((folder) => {
    const inside = vscode.workspace.workspaceFolders?.length === 1 && vscode.workspace.getWorkspaceFolder(folder);
    return inside ? vscode.workspace.asRelativePath(folder, false) : pathOf(folder);
  });
  const added = paths.filter((one) => !known.includes(one));
  if (added.length > 0) await settings.setShared('corpus.paths', [...known, ...added]);
}

function tell(result: LearnResult | undefined): void {
  if (!result) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing was learned.'));
    return;
  }
  const { documents, duplicates, unreadable, phrases } = result;
  const sum = vscode.l10n.t(
    'Learned {0} slogans from {1} documents ({2} duplicates left out).',
    phrases,
    documents,
    duplicates,
  );
  if (unreadable === 0) {
    void vscode.window.showInformationMessage(sum);
    return;
  }
  const show = vscode.l10n.t('Show Log');
  const lacking = vscode.l10n.t('{0} files could not be read; the log names them.', unreadable);
  void vscode.window.showWarningMessage(`${sum} ${lacking}`, show).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand('policyText.showLog');
  });
}

function isUris(value: unknown): value is vscode.Uri[] {
  return Array.isArray(value) && value.every((one) => one instanceof vscode.Uri);
}
