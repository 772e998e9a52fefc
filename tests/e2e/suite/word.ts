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

/** A document with Word's automatic numbers. */
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

    test('A document is reviewed in a copy: comments at the words, fixes as tracked changes', async () => {
      const document = new Document({
        sections: [
          { children: [new Paragraph('青禾县修渠工作报告'), new Paragraph('今年共修渠三十处,受益群众两千户。')] },
        ],
      });
      const bytes = Uint8Array.from(atob(await Packer.toBase64String(document)), (one) => one.charCodeAt(0));
      await vscode.workspace.fs.writeFile(at('送审.docx'), bytes);
      const settings = vscode.workspace.getConfiguration('policyText.review');
      await settings.update('author', '审核处', vscode.ConfigurationTarget.Global);
      try {
        void vscode.commands.executeCommand('policyText.reviewWord', at('送审.docx'), at('送审-审.docx'));
        await told('Reviewed in “送审-审.docx”: 1 comments, 1 fixes');
      } finally {
        await settings.update('author', undefined, vscode.ConfigurationTarget.Global);
      }
      // It contains the corrected text; the document itself is unchanged.
      await vscode.commands.executeCommand('policyText.openAsDraft', at('送审-审.docx'));
      assert.include(front()?.getText() ?? '', '三十处，受益');
      const before = await vscode.workspace.fs.readFile(at('送审.docx'));
      assert.deepEqual(new Uint8Array(before), bytes);
      // The reviewer's comments come back to the draft, at their words.
      await vscode.workspace.fs.writeFile(
        at('送审.policy.txt'),
        new TextEncoder().encode('青禾县修渠工作报告\n\n　　今年共修渠三十处,受益群众两千户。\n'),
      );
      const draft = at('送审.policy.txt');
      await vscode.commands.executeCommand('policyText.updateFromWord', at('送审-审.docx'), draft);
      await told('1 comments are in the Problems view');
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.instanceOf(input, vscode.TabInputTextDiff);
      const { original, modified } = input as vscode.TabInputTextDiff;
      assert.equal(modified.toString(), draft.toString());
      assert.equal(
        (await vscode.workspace.openTextDocument(original)).getText(),
        '青禾县修渠工作报告\n\n　　今年共修渠三十处，受益群众两千户。\n',
        'only the words differ',
      );
      const [comment] = vscode.languages.getDiagnostics(draft).filter(({ source }) => source === '送审-审.docx');
      assert.equal(comment?.range.start.line, 2);
      assert.include(comment?.message ?? '', '审核处: ');
      assert.equal(comment?.severity, vscode.DiagnosticSeverity.Information);
      await vscode.commands.executeCommand('policyText.clearWordComments');
      await eventually(
        () => vscode.languages.getDiagnostics(draft).filter(({ source }) => source === '送审-审.docx').length,
        (count) => count === 0,
      );
    });

    test('What is no document is not reviewed, and the writer is told why', async () => {
      await vscode.workspace.fs.writeFile(at('坏.docx'), new TextEncoder().encode('PK\u0003\u0004'));
      void vscode.commands.executeCommand('policyText.reviewWord', at('坏.docx'), at('坏-审.docx'));
      await told('“坏.docx” was not reviewed.');
    });
  });
}
