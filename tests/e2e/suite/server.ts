/** The language server may be restarted or die: what it found comes back. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { closeAll, eventually, findings, openSpeech } from './editor';

export function defineServerTests(): void {
  suite('The server', () => {
    teardown(closeAll);

    test('finds the same after a restart', async () => {
      const { document } = await openSpeech();
      const before = findings(document);
      await vscode.commands.executeCommand('policyText.restartServer');
      assert.deepEqual(await eventually(() => findings(document), same(before)), before);
    });

    test('finds the same after it was killed', async function () {
      const { document } = await openSpeech();
      const before = findings(document);
      const killed = serverProcesses();
      if (killed.length === 0) this.skip();
      for (const id of killed) process.kill(id, 'SIGKILL');
      await eventually(serverProcesses, (alive) => alive.length > 0 && !alive.some((id) => killed.includes(id)));
      assert.deepEqual(await eventually(() => findings(document), same(before)), before);

      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(9, 0, 9, 3), '（三）');
      await vscode.workspace.applyEdit(edit);
      await eventually(
        () => findings(document),
        (found) => found.length === before.length - 1,
      );
    });
  });
}

const same = (before: readonly string[]) => (found: readonly string[]) => found.join() === before.join();

/** The language servers among this process's children, where the system tells (/proc); otherwise none. */
function serverProcesses(): number[] {
  const found: number[] = [];
  for (const name of fs.existsSync('/proc') ? fs.readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const parent = /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      if (Number(parent) === process.pid && /dist[/\\]server\.js/.test(command)) found.push(Number(name));
    } catch {
      // It ended while it was looked at.
    }
  }
  return found;
}
