/** The language server may be restarted or crash: its findings come back. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { killServers } from './bridge';
import { closeAll, eventually, findings, openSpeech } from './editor';

export function defineServerTests(): void {
  suite('The server', () => {
    teardown(closeAll);

    test('finds the same after a restart', async () => {
      const { document } = await openSpeech();
      const before = findings(document);
      await vscode.commands.executeCommand('policyText.restartServer');
      await eventually(() => findings(document), same(before));
    });

    // A worker in a browser cannot be killed from outside.
    if (vscode.env.uiKind === vscode.UIKind.Web && !vscode.env.remoteName) return;

    test('finds the same after it was killed while it was starting, again and again', async function () {
      const { document } = await openSpeech();
      const before = findings(document);
      for (let round = 0; round < 3; round++) {
        if (!(await eventually(killServers, (killed) => killed || round === 0))) this.skip();
      }
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(9, 0, 9, 3), '（三）');
      await vscode.workspace.applyEdit(edit);
      await eventually(
        () => findings(document),
        (found) => found.length === before.length - 1,
      );
    });

    test('finds the same after it was killed, and goes on', async function () {
      const { document } = await openSpeech();
      const before = findings(document);
      if (!(await killServers())) this.skip();

      // Something only a running server finds.
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(9, 0, 9, 3), '（三）');
      await vscode.workspace.applyEdit(edit);
      await eventually(
        () => findings(document),
        (found) => found.length === before.length - 1,
      );
      await vscode.commands.executeCommand('undo');
      assert.sameOrderedMembers(await eventually(() => findings(document), same(before)), before);
    });
  });
}

const same = (before: readonly string[]) => (found: readonly string[]) => found.join() === before.join();
