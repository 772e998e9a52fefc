/** Drafts in plain text are given the language whose settings Chinese writing needs, and nothing else is. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { click, focusEditor, textsOnPage, typeText } from './bridge';
import { closeAll, eventually, findings, open, SHOPPING, SPEECH } from './editor';

const becomes = (document: vscode.TextDocument, language: string) =>
  eventually(
    () => document.languageId,
    (found) => found === language,
  );

const switching = (value: string | undefined) =>
  vscode.workspace.getConfiguration('policyText').update('switchLanguage', value, vscode.ConfigurationTarget.Global);

async function untitled(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
  return vscode.window.showTextDocument(document, { preview: false });
}

const DRAFT = `关于做好青禾渠清淤工作的通知
各乡镇人民政府：
　　为保障春灌用水，现就做好青禾渠清淤工作通知如下。
一、明确任务分工
　　各乡镇负责本辖区渠段的清淤、护坡和垃圾清运，县水务局负责技术指导。
二、严格时间要求
　　清淤工作三月底前完成，逾期未完成的予以通报。
`;

export function defineLanguageTests(): void {
  suite('Language', () => {
    teardown(async () => {
      await switching(undefined);
      await closeAll();
    });

    test('of a draft in a .txt file becomes Policy Text', async () => {
      await becomes((await open(SPEECH)).document, 'policytext');
    });

    test('of other text stays as it is', async () => {
      const { document } = await open(SHOPPING);
      // A document opened later is checked later.
      await becomes((await untitled(DRAFT)).document, 'policytext');
      assert.equal(document.languageId, 'plaintext');
      assert.deepEqual(findings(document), []);
    });

    test('of an untitled document becomes Policy Text while it is typed', async () => {
      const { document } = await untitled('');
      await focusEditor();
      await typeText(DRAFT);
      await becomes(document, 'policytext');
      assert.equal(document.getText().replaceAll('\r', ''), DRAFT);
    });

    test('that the writer sets back stays so', async () => {
      const { document } = await untitled(DRAFT);
      await becomes(document, 'policytext');
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      await becomes(document, 'plaintext');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount - 1, 0), DRAFT);
      await vscode.workspace.applyEdit(edit);
      // Text typed later is checked later.
      const later = await untitled('');
      await later.edit((change) => change.insert(new vscode.Position(0, 0), DRAFT));
      await becomes(later.document, 'policytext');
      assert.equal(document.languageId, 'plaintext');
    });

    test('is left alone where the setting says never', async () => {
      await switching('never');
      const { document } = await untitled(DRAFT.replace('三月底', '××'));
      await eventually(
        () => findings(document),
        (found) => found.length > 0,
      );
      assert.equal(document.languageId, 'plaintext');
      await switching(undefined);
      await becomes(document, 'policytext');
    });

    test('is asked about where the setting says ask', async () => {
      await switching('ask');
      const { document } = await untitled(DRAFT);
      await eventually(
        () => textsOnPage('.notifications-toasts .notification-list-item'),
        (toasts) => toasts.some((toast) => toast.includes('reads as a policy text')),
      );
      assert.equal(document.languageId, 'plaintext');
      await click('.notifications-toasts .monaco-text-button', 'Switch');
      await becomes(document, 'policytext');
    });
  });
}
