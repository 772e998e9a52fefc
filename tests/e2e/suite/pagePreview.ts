/** The page preview: what it draws, how it follows the draft and the caret, and where a click on it navigates. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { clickInWebview, textsInWebviews } from './bridge';
import { closeAll, eventually, lineOf } from './editor';

const DRAFT = `青禾县人民政府文件
青政〔2026〕12号
青禾县人民政府关于做好汛期安全工作的通知
各乡镇人民政府：
现将有关事项通知如下。
一、总体要求
${'压实责任，排查隐患，守住底线。'.repeat(6)}
二、重点任务
（一）加强值守。汛期实行领导带班。
`;

const shown = (words: string) =>
  eventually(
    async () => (await textsInWebviews('.page text')).join(''),
    (text) => text.includes(words),
  );
const position = (good: (text: string) => boolean) =>
  eventually(async () => (await textsInWebviews('#position')).join(), good);

export function definePagePreviewTests(): void {
  suite('Page preview', () => {
    let editor: vscode.TextEditor;

    suiteSetup(async () => {
      await closeAll();
      const document = await vscode.workspace.openTextDocument({ language: 'policytext', content: DRAFT });
      editor = await vscode.window.showTextDocument(document, { preview: false });
      await vscode.commands.executeCommand('policyText.pagePreview');
    });
    suiteTeardown(async () => {
      const tabs = vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview);
      await vscode.window.tabGroups.close(tabs);
      await closeAll();
    });

    test('Shows the draft beside it, on pages with their numbers', async () => {
      const text = await shown('关于做好汛期安全工作的通知');
      assert.include(text, '青政〔2026〕12号');
      assert.include(text, '— 1 —');
      await position((words) => words === 'Page 1 of 1');
      assert.equal(vscode.window.activeTextEditor, editor, 'the caret stays in the draft');
    });

    test('Follows what is typed, and counts the pages', async () => {
      const line = lineOf(editor.document, '（一）加强值守');
      await editor.edit((edit) => edit.insert(editor.document.lineAt(line).range.end, '发现险情立即报告。'));
      await shown('发现险情立即报告。');
      const more = `\n${'各乡镇要加强巡查。'.repeat(200)}`;
      await editor.edit((edit) => edit.insert(editor.document.lineAt(line).range.end, more));
      await position((words) => /^Page 1 of [4-9]$/.test(words));
      await vscode.commands.executeCommand('undo');
      await position((words) => words === 'Page 1 of 1');
    });

    test('Leads to the words in the draft, and shows where the caret is', async () => {
      await clickInWebview('.line text', '汛期实行领导带班');
      const line = lineOf(editor.document, '（一）加强值守');
      await eventually(
        () => vscode.window.activeTextEditor?.selection.active.line,
        (at) => at === line,
      );
      assert.isAbove(editor.selection.active.character, 0);
      const heading = lineOf(editor.document, '一、总体要求');
      editor.selection = new vscode.Selection(heading, 2, heading, 2);
      await eventually(
        async () => (await textsInWebviews('.line.current text')).join(''),
        (text) => text === '一、总体要求',
      );
    });

    test('Turns to another draft with its caret, and marks the line of type above a blank line', async () => {
      const current = (good: (text: string) => boolean) =>
        eventually(async () => (await textsInWebviews('.line.current text')).join(''), good);
      const content = `青禾县防汛工作总结\n一、主要做法\n${'压实责任，排查隐患，守住底线。'.repeat(6)}\n\n`;
      const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
      const selection = new vscode.Selection(3, 0, 3, 0);
      await vscode.window.showTextDocument(document, { preview: false, selection });
      await shown('防汛工作总结');
      await vscode.window.showTextDocument(editor.document, { preview: false });
      await current((text) => text === '一、总体要求');
      await vscode.window.showTextDocument(document, { preview: false });
      await current((text) => text.length < 20 && text.endsWith('底线。'));
      editor = await vscode.window.showTextDocument(editor.document, { preview: false });
    });

    test('Zooms', async () => {
      const zoom = async () => (await textsInWebviews('#zoom')).join();
      const before = await eventually(zoom, (text) => /^\d+%$/.test(text));
      await clickInWebview('#larger');
      const larger = await eventually(zoom, (text) => text !== before);
      assert.isAbove(Number.parseInt(larger, 10), Number.parseInt(before, 10));
      await clickInWebview('#fit');
      await eventually(zoom, (text) => text === before);
    });
  });
}
