/** Learning from documents of the workspace, also if only VS Code's file systems can read them. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, eventually } from './editor';
import { draft } from './typing';

/** In the folder 历年 of the drafts (see drafts.mjs). */
const SLOGAN = '玉泉规划';

/** The suggestions after “ and the first two characters of a slogan. */
export async function suggested(slogan: string): Promise<string> {
  const document = await draft(`各镇要落实“${slogan.slice(0, 2)}|`);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    document.positionAt(document.getText().length),
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label)).join();
}

/** Waits until a slogan is suggested. */
export const learned = (slogan: string) =>
  eventually(
    () => suggested(slogan),
    (labels) => labels.includes(slogan),
  );

const forgotten = (slogan: string) =>
  eventually(
    () => suggested(slogan),
    (labels) => !labels.includes(slogan),
  );

export function defineLearningTests(): void {
  suite('Learning', () => {
    const name = (paths: string[] | undefined) =>
      vscode.workspace
        .getConfiguration('policyText')
        .update('corpus.paths', paths, vscode.ConfigurationTarget.Workspace);

    teardown(async () => {
      await name(undefined);
      await closeAll();
    });

    test('begins with the setting, ends with it, and comes back with it', async () => {
      assert.notInclude(await suggested(SLOGAN), SLOGAN);
      await name(['历年']);
      await learned(SLOGAN);
      await name([]);
      await forgotten(SLOGAN);
      await name(['./历年/']);
      await learned(SLOGAN);
    });

    test('is asked for by command, of a folder of the workspace', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      await vscode.commands.executeCommand('policyText.learnCorpus', [vscode.Uri.joinPath(folder.uri, '历年')]);
      await learned(SLOGAN);
      const paths = vscode.workspace.getConfiguration('policyText').get<string[]>('corpus.paths');
      assert.include(paths ?? [], '历年');
    });

    test('is not undone by a restart of the server', async () => {
      await name(['历年']);
      await learned(SLOGAN);
      await vscode.commands.executeCommand('policyText.restartServer');
      await learned(SLOGAN);
    });
  });
}
