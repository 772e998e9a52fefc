/** Word documents: opened as drafts, compared with a draft that is there, and written from one. */
import { assert } from 'chai';
import { Document, LevelFormat, Packer, Paragraph } from 'docx';
import * as vscode from 'vscode';
import { textsOnPage } from './bridge';
import { closeAll, eventually } from './editor';

const TOASTS = '.notifications-toasts .notification-list-item-message';
const READ = '青禾县修渠工作报告\n一、全面完成修渠任务\n二、落实管护责任\n';

const told = (words: string) =>
  eventually(
    () => textsOnPage(TOASTS),
    (toasts) => toasts.some((toast) => toast.includes(words)),
  );

/** A document whose numbers Word makes by itself. */
async function numbered(): Promise<Uint8Array> {
  const levels = [{ level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、' }];
  const heading = (text: string) => new Paragraph({ text, numbering: { reference: 'headings', level: 0 } });
  const document = new Document({
    numbering: { config: [{ reference: 'headings', levels }] },
    sections: [
      { children: [new Paragraph('青禾县修渠工作报告'), heading('全面完成修渠任务'), heading('落实管护责任')] },
    ],
  });
  const base64 = await Packer.toBase64String(document);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function defineWordTests(): void {
  suite('Word', () => {
    let folder: vscode.Uri;
    const at = (name: string) => vscode.Uri.joinPath(folder, name);
    const front = () => vscode.window.activeTextEditor?.document;

    suiteSetup(async function () {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      // In a browser no program can read them.
      if (first?.uri.scheme !== 'file') return this.skip();
      folder = vscode.Uri.joinPath(first.uri, '公文');
      await vscode.workspace.fs.createDirectory(folder);
      await vscode.workspace.fs.writeFile(at('修渠.docx'), await numbered());
    });
    suiteTeardown(async () => {
      if (folder) await vscode.workspace.fs.delete(folder, { recursive: true });
    });
    teardown(async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await closeAll();
    });

    test('A document becomes a draft beside it, with the numbers that Word shows', async () => {
      await vscode.commands.executeCommand('policyText.openAsDraft', at('修渠.docx'));
      assert.equal(front()?.uri.toString(), at('修渠.policy.txt').toString());
      assert.equal(front()?.getText(), READ);
      assert.equal(front()?.languageId, 'policytext');
      await told('was made from “修渠.docx”');
    });

    test('A draft that others go on with is not overwritten but compared', async () => {
      const changed = READ.replace('落实管护责任', '落实管护经费');
      await vscode.workspace.fs.writeFile(at('修渠.policy.txt'), new TextEncoder().encode(changed));
      await vscode.commands.executeCommand('policyText.openAsDraft', at('修渠.docx'));
      await told('nothing was overwritten');
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.instanceOf(input, vscode.TabInputTextDiff);
      const { original, modified } = input as vscode.TabInputTextDiff;
      assert.equal((await vscode.workspace.openTextDocument(original)).getText(), READ);
      assert.equal(modified.toString(), at('修渠.policy.txt').toString());
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(modified)), changed);
    });

    test('What is no document is refused in words', async () => {
      await vscode.workspace.fs.writeFile(at('坏.docx'), new TextEncoder().encode('PK\u0003\u0004'));
      await vscode.commands.executeCommand('policyText.openAsDraft', at('坏.docx'));
      await told('cannot be opened as a draft');
    });

    test('A draft is exported as it stands in the editor, and reads the same', async () => {
      const content =
        '青禾县修渠工作报告\n一、全面完成修渠任务\n今年共修渠三十处。\n二、落实管护责任\n经费已经到位。\n';
      const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
      await vscode.window.showTextDocument(document, { preview: false });
      void vscode.commands.executeCommand('policyText.exportWord', document.uri, at('导出.docx'));
      await told('Exported to “导出.docx”');
      await vscode.commands.executeCommand('policyText.openAsDraft', at('导出.docx'));
      const read = front()?.getText().replaceAll('　', '').replace(/\n+/g, '\n').trim();
      assert.equal(read, content.trim());
    });
  });
}
