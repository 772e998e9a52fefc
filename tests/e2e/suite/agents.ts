/** The tools for assistants, called as an assistant in the editor calls them. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from './editor';

export interface LanguageModels {
  readonly tools: readonly { name: string; inputSchema?: object }[];
  invokeTool(name: string, options: object): Thenable<{ content: { value: string }[] }>;
}

/** The editor's tools for assistants; undefined before VS Code 1.95. */
export const models = (vscode as unknown as { lm?: LanguageModels }).lm;

/** The answer of the tool `name`. */
export async function callTool(name: string, input: object): Promise<string> {
  const { content } = await models!.invokeTool(`policytext_${name}`, { input, toolInvocationToken: undefined });
  return content.map(({ value }) => value).join('');
}

/** Whether the editor lets extensions use the tools: before 1.95 they were a proposal, and using them threw. */
export function areToolsOpen(): boolean {
  try {
    return models?.invokeTool !== undefined && models.tools !== undefined;
  } catch {
    return false;
  }
}

export function defineAgentTests(): void {
  suite('Tools for assistants', () => {
    suiteSetup(async function () {
      if (!areToolsOpen()) return this.skip();
      await eventually(
        async () => models!.tools.filter(({ name }) => name.startsWith('policytext_')).length,
        (count) => count > 0,
      );
    });

    test('Lint, fix and outline answer for a text', async () => {
      const text = '一、修渠\n内容:好。\n三、植树\n内容。\n';
      const { findings } = JSON.parse(await callTool('lint', { text })) as { findings: { rule: string }[] };
      const ids = findings.map(({ rule }) => rule);
      assert.includeMembers(ids, ['numbering.gap', 'punctuation.half-width']);
      assert.include(await callTool('fix', { text }), '内容：好。');
      assert.include(await callTool('outline', { text }), '"title":"修渠"');
    });

    test('A file of the workspace is read, no other', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const names = await vscode.workspace.fs.readDirectory(folder.uri);
      const name = names.map(([one]) => one).find((one) => one.endsWith('.txt'));
      assert.ok(name);
      assert.include(await callTool('outline', { path: name }), '"headings"');
      assert.notInclude(await callTool('outline', { path: '/etc/passwd' }), 'headings');
      assert.notInclude(await callTool('outline', { path: '../../../etc/passwd' }), 'headings');
    });

    test('The setting switches them off', async () => {
      const configuration = vscode.workspace.getConfiguration('policyText');
      await configuration.update('agents.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        await eventually(
          () => callTool('outline', { text: '一、修渠\n' }).catch(() => ''),
          (answer) => !answer.includes('headings'),
        );
      } finally {
        await configuration.update('agents.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });
}
