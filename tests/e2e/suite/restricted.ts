/** A folder that the writer has not trusted: nothing in it decides what is read, and nothing is learned from it. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { areToolsOpen, callTool } from './agents';
import { click } from './bridge';
import { closeAll, eventually, findings, openSpeech } from './editor';
import { learned, suggested } from './learning';

/** The writer's own slogan, the one in the folder, and the one that the folder's settings refer to (see drafts.mjs). */
const OWN = '碧溪行动';
const IN_FOLDER = '赤石工程';
const ELSEWHERE = '墨潭计划';

export function defineRestrictedTests(): void {
  suite('A folder that is not trusted', () => {
    teardown(closeAll);

    test('has its drafts read as any other', async () => {
      assert.isFalse(vscode.workspace.isTrusted);
      const { document } = await openSpeech();
      assert.deepEqual(findings(document), [
        'placeholder.unresolved@6:19',
        'numbering.gap@9:0',
        'punctuation.half-width@11:21',
      ]);
    });

    test('is closed to assistants', async function () {
      if (!areToolsOpen()) return this.skip();
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const names = (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name);
      const draft = names.find((name) => name.endsWith('.txt'));
      assert.ok(draft);
      for (const input of [{ path: draft }, { text: '一、修渠\n三、植树\n' }]) {
        const answer = await callTool('lint', input);
        assert.include(answer, 'policyText.agents.enabled');
        assert.notInclude(answer, 'findings');
      }
    });

    test('is not learned from, nor is where its settings lead, until it is trusted', async () => {
      const paths = vscode.workspace.getConfiguration('policyText').get<string[]>('corpus.paths') ?? [];
      assert.notInclude(paths.join(), 'theirs');
      // All documents are learned in one go: once the writer's own is known, the others would be.
      await learned(OWN);
      assert.notInclude(await suggested(IN_FOLDER), IN_FOLDER);
      assert.notInclude(await suggested(ELSEWHERE), ELSEWHERE);

      await vscode.commands.executeCommand('workbench.trust.manage');
      await click('.workspace-trust-editor .monaco-button', 'Trust');
      await eventually(
        () => vscode.workspace.isTrusted,
        (trusted) => trusted,
      );
      assert.include(await learned(ELSEWHERE), ELSEWHERE);
      assert.include(await learned(IN_FOLDER), IN_FOLDER);
    });
  });
}
