/** Commands that edit a draft: each is one step for Undo. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, eventually, fillWith, lineOf, openSpeech } from './editor';

async function run(editor: vscode.TextEditor, command: string, words: string): Promise<void> {
  const line = lineOf(editor.document, words);
  editor.selection = new vscode.Selection(line, 2, line, 2);
  await vscode.commands.executeCommand(`policyText.${command}`);
}

export function defineCommandTests(): void {
  suite('Commands', () => {
    teardown(closeAll);

    test('a section is moved with its numbers, and one Undo takes it back', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const before = document.getText();
      await run(editor, 'moveSectionDown', '一、');
      await eventually(
        () => document.getText(),
        (text) => text !== before,
      );
      assert.ok(document.lineAt(editor.selection.active.line).text.startsWith('二、'));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    });

    test('a section is taken out into a document of its own', async () => {
      const editor = await openSpeech();
      await run(editor, 'extractSection', '二、突出重点');
      const shown = await eventually(
        () => vscode.window.activeTextEditor?.document,
        (document) => document?.isUntitled === true,
      );
      assert.match(shown?.getText() ?? '', /^二、突出重点[\s\S]*100%。\n$/);
      assert.match(editor.document.getText(), /\n二、加强领导/);
    });

    test('the whole text is renumbered', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      await run(editor, 'renumberDocument', '（四）');
      await eventually(
        () => document.getText(),
        (text) => !text.includes('（四）') && text.includes('（三）水费收缴规范'),
      );
    });

    test('a placeholder is found and filled', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      await vscode.commands.executeCommand('policyText.nextPlaceholder');
      await eventually(
        () => document.getText(editor.selection),
        (text) => /^[×*X○_]+$/.test(text),
      );
      const { start } = editor.selection;
      void vscode.commands.executeCommand('policyText.fillPlaceholder');
      await fillWith('42');
      await eventually(
        () => document.getText(new vscode.Range(start, start.translate(0, 2))),
        (text) => text === '42',
      );
    });

    test('a finding can be ignored in the file that the folder shares', async () => {
      const { document } = await openSpeech();
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(9, 0, 9, 3),
        vscode.CodeActionKind.QuickFix.value,
      );
      const edits = actions.flatMap(({ edit }) => edit?.entries() ?? []);
      assert.ok(
        edits.some(([uri]) => uri.path.endsWith('/.policytext.json')),
        `no action ignores: ${actions.map(({ title }) => title)}`,
      );
    });
  });
}
