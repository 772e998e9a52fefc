/** The Slogans view, and slogans in the draft. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually } from './editor';

const ROWS = '.pane:has(.pane-header[aria-label*="Slogans"]) .monaco-list-row';

async function draft(content: string): Promise<vscode.TextEditor> {
  await closeAll();
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const end = document.positionAt(content.length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

export function defineSloganTests(): void {
  suite('Slogans', () => {
    suiteTeardown(async () => {
      await vscode.commands.executeCommand('policyText.clearSloganFilter');
      await closeAll();
      await vscode.commands.executeCommand('workbench.view.explorer');
    });

    test('are browsed in a view and filtered by pinyin', async () => {
      await draft('');
      await vscode.commands.executeCommand('policyText.slogans.focus');
      await eventually(
        () => textsOnPage(ROWS),
        (rows) => rows.some((row) => row.includes('习近平新时代中国特色社会主义思想')),
      );
      void vscode.commands.executeCommand('policyText.filterSlogans');
      await eventually(
        () => textsOnPage('.quick-input-widget'),
        (texts) => texts.some((text) => text.includes('Filter Slogans')),
      );
      await typeText('lgwh');
      await eventually(
        () => textsOnPage(ROWS),
        (rows) => rows.length > 0 && rows.every((row) => /两个维护/.test(row)),
      );
      await press('Enter');
    });

    test('are picked by pinyin and put at the caret, over what is there of them', async () => {
      const editor = await draft('各镇要“');
      void vscode.commands.executeCommand('policyText.insertSlogan');
      await eventually(
        () => textsOnPage('.quick-input-widget'),
        (texts) => texts.some((text) => text.includes('Insert Slogan')),
      );
      await typeText('lgwh');
      await eventually(
        () => textsOnPage('.quick-input-list .monaco-list-row'),
        (rows) => rows[0]?.includes('“两个维护”') === true,
      );
      await press('Enter');
      await eventually(
        () => editor.document.getText(),
        (text) => text === '各镇要“两个维护”',
      );
      assert.equal(editor.document.offsetAt(editor.selection.active), editor.document.getText().length);
    });

    test('have their places and tokens in the draft', async () => {
      const { document } = await draft('坚决做到“两个维护”。\n增强“四个意识”、坚定“四个自信”、做到“两个维护”。');
      const places = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.Location[]>(
            'vscode.executeReferenceProvider',
            document.uri,
            new vscode.Position(0, 6),
          ),
        (found) => found.length > 0,
      );
      assert.deepEqual(
        places.map(({ range }) => document.getText(range)),
        ['“两个维护”', '“两个维护”'],
      );
      const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
        'vscode.provideDocumentSemanticTokens',
        document.uri,
      );
      assert.ok(tokens.data.length >= 10);
    });
  });
}
