/** What happens while a draft is written. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { focusEditor, press, typeText } from './bridge';
import { caretAtEndOf, closeAll, eventually, findings, fixAll, lineOf, openSpeech, quickFixes } from './editor';

export function defineEditingTests(): void {
  suite('Writing', () => {
    teardown(closeAll);

    test('mends and makes findings', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const marker = new vscode.Range(9, 0, 9, 3);
      assert.equal(document.getText(marker), '（四）');
      await editor.edit((edit) => edit.replace(marker, '（三）'));
      await eventually(
        () => findings(document),
        (found) => found.join() === 'placeholder.unresolved@6:19,punctuation.half-width@11:21',
      );
      const line = lineOf(document, '（二）改善水质');
      await editor.edit((edit) => edit.replace(new vscode.Range(line, 0, line, 3), '（一）'));
      await eventually(
        () => findings(document),
        (found) => found.includes(`numbering.duplicate@${line}:0`),
      );
    });

    test('quick fix puts the number right', async () => {
      const { document } = await openSpeech();
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(9, 0, 9, 3),
        vscode.CodeActionKind.QuickFix.value,
        // Resolved, because the server may send the edit only then.
        10,
      );
      const fix = actions.find(({ edit, isPreferred }) => edit && isPreferred);
      assert.ok(fix?.edit, `no preferred fix in ${actions.map(({ title }) => title)}`);
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(document.lineAt(9).text, /^（三）水费收缴规范。/);
      await eventually(
        () => findings(document),
        (found) => !found.some((finding) => finding.startsWith('numbering')),
      );
    });

    test('quick fix from the menu under the light bulb', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      editor.selection = new vscode.Selection(9, 1, 9, 1);
      const rows = await quickFixes();
      assert.include(rows[0], '（三）');
      await press('Enter');
      await eventually(
        () => document.lineAt(9).text,
        (text) => text.startsWith('（三）水费收缴规范。'),
      );
    });

    test('fix all mends what is safe to mend in one step, and one Undo takes it back', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const before = document.getText();
      await focusEditor();
      await fixAll();
      await eventually(
        () => findings(document),
        (found) => found.join() === 'placeholder.unresolved@6:19,numbering.gap@9:0',
      );
      // A gap before the last section may be a missing section: only the writer knows.
      assert.equal(document.getText(), before.replace('水质、水价三个关键环节,', '水质、水价三个关键环节，'));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await eventually(
        () => findings(document),
        (found) => found.length === 3,
      );
    });

    test('Enter goes on with the next number', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const line = lineOf(document, '（二）改善水质');
      await caretAtEndOf(editor, line);
      await focusEditor();
      await press('Enter');
      await eventually(
        () => document.lineAt(line + 1).text,
        (text) => text === '（三）',
      );
      await typeText('稳定水价。');
      await eventually(
        () => document.lineAt(line + 1).text,
        (text) => text === '（三）稳定水价。',
      );
    });

    test('the next number is taken back by one Undo, without the new line', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const line = lineOf(document, '（二）改善水质');
      await caretAtEndOf(editor, line);
      await focusEditor();
      await press('Enter');
      await eventually(
        () => document.lineAt(line + 1).text,
        (text) => text === '（三）',
      );
      await press('Control+z');
      await eventually(
        () => document.lineAt(line + 1).text,
        (text) => text === '',
      );
    });

    test('Enter keeps the indentation of a paragraph', async () => {
      const editor = await openSpeech();
      const { document } = editor;
      const line = lineOf(document, '同志们，让我们');
      await caretAtEndOf(editor, line);
      await focusEditor();
      await press('Enter');
      await eventually(
        () => (document.lineCount > line + 1 ? document.lineAt(line + 1).text : ''),
        (text) => text === '　　',
      );
    });

    test('a new draft has nothing but gaps to be filled', async () => {
      await vscode.commands.executeCommand('policyText.newDraft', '通知');
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      assert.equal(document.languageId, 'policytext');
      const gaps = document.getText().match(/〔待补：[^〕]*〕|×+/g) ?? [];
      assert.ok(gaps.length > 10);
      const found = await eventually(
        () => findings(document),
        (list) => list.length >= gaps.length,
      );
      assert.deepEqual([...new Set(found.map((finding) => finding.split('@')[0]))], ['placeholder.unresolved']);
    });

    test('settings count as soon as they are changed', async () => {
      const { document } = await openSpeech();
      const settings = vscode.workspace.getConfiguration('policyText');
      try {
        await settings.update('rules', { punctuation: 'off' }, vscode.ConfigurationTarget.Workspace);
        await eventually(
          () => findings(document),
          (found) => found.join() === 'placeholder.unresolved@6:19,numbering.gap@9:0',
        );
      } finally {
        await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
      }
      await eventually(
        () => findings(document),
        (found) => found.length === 3,
      );
    });
  });
}
