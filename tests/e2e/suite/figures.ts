/** Figures and earlier drafts: the view of facts, a figure changed everywhere, drafts compared, passages found. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { focusEditor, press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually, lineOf } from './editor';
import { FACTS, showOnly } from './viewRows';

const CHOICES = '.quick-input-list .monaco-list-row';
const REPORT = `青禾县2025年政府工作报告
一、过去一年工作回顾
2025年，全县地区生产总值达到356亿元，粮食总产量稳定在48万吨以上。
二、主要成绩
2025年，全县地区生产总值达到356亿元，民生保障有力有效。
三、今年工作安排
扎实推进水库管护，抓好农村供水。
`;
const EARLIER = `青禾县2024年政府工作报告
一、今年工作安排
扎实推进水库管护，抓好农村供水。
二、过去一年工作回顾
2024年，全县地区生产总值达到338亿元，粮食总产量稳定在47万吨以上。
`;

async function draft(content: string): Promise<vscode.TextEditor> {
  await closeAll();
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  return vscode.window.showTextDocument(document, { preview: false });
}

export function defineFigureTests(): void {
  suite('Figures and earlier drafts', () => {
    teardown(closeAll);
    suiteTeardown(() => vscode.commands.executeCommand('workbench.view.explorer'));

    test('the view of facts has each indicator with its figures', async () => {
      await draft(REPORT);
      await showOnly('facts');
      await eventually(
        () => textsOnPage(FACTS),
        (rows) => rows.some((row) => row.includes('地区生产总值') && row.includes('356亿元')),
      );
    });

    test('a figure is changed at all its places after a look at them', async () => {
      const editor = await draft(REPORT);
      const line = lineOf(editor.document, '2025年，全县地区生产总值达到356亿元，粮食');
      const place = new vscode.Position(line, editor.document.lineAt(line).text.indexOf('356') + 1);
      editor.selection = new vscode.Selection(place, place);
      await focusEditor();
      const changing = vscode.commands.executeCommand('policyText.changeFigure');
      await eventually(
        () => textsOnPage('.quick-input-widget .quick-input-title'),
        ([title]) => title?.includes('Change This Figure') === true,
      );
      await press('Control+a');
      await typeText('361亿元');
      await press('Enter');
      await eventually(
        () => textsOnPage(CHOICES),
        (rows) => rows.filter((row) => row.includes('361亿元')).length === 2,
      );
      await press('Enter');
      await eventually(
        () => editor.document.getText(),
        (text) => text.split('361亿元').length === 3 && !text.includes('356亿元'),
      );
      await changing;
    });

    test('no figure is changed where another draft has changed since the places were shown', async () => {
      await closeAll();
      const other = await vscode.workspace.openTextDocument({ language: 'policytext', content: REPORT });
      await vscode.window.showTextDocument(other, { preview: false });
      const document = await vscode.workspace.openTextDocument({ language: 'policytext', content: REPORT });
      const editor = await vscode.window.showTextDocument(document, { preview: false });
      const line = lineOf(document, '2025年，全县地区生产总值达到356亿元，粮食');
      const place = new vscode.Position(line, document.lineAt(line).text.indexOf('356') + 1);
      editor.selection = new vscode.Selection(place, place);
      await focusEditor();
      const changing = vscode.commands.executeCommand('policyText.changeFigure');
      await eventually(
        () => textsOnPage('.quick-input-widget .quick-input-title'),
        ([title]) => title?.includes('Change This Figure') === true,
      );
      await press('Control+a');
      await typeText('361亿元');
      await press('Enter');
      await eventually(
        () => textsOnPage(CHOICES),
        (rows) => rows.filter((row) => row.includes('361亿元')).length === 4,
      );
      const edit = new vscode.WorkspaceEdit();
      edit.insert(other.uri, new vscode.Position(line, 0), '截至');
      await vscode.workspace.applyEdit(edit);
      const before = other.getText();
      await press('Enter');
      await changing;
      assert.equal(other.getText(), before);
      assert.equal(document.getText(), REPORT);
    });

    test('an earlier draft stands beside this one, its sections in this order', async () => {
      const earlier = await vscode.workspace.openTextDocument({ language: 'policytext', content: EARLIER });
      const editor = await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: 'policytext', content: REPORT }),
        { preview: false },
      );
      await vscode.commands.executeCommand('policyText.compareEarlier', earlier.uri);
      const side = await eventually(
        () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
        (input) => input instanceof vscode.TabInputTextDiff,
      );
      assert.instanceOf(side, vscode.TabInputTextDiff);
      assert.equal(side.modified.toString(), editor.document.uri.toString());
      const arranged = (await vscode.workspace.openTextDocument(side.original)).getText();
      assert.isBelow(arranged.indexOf('过去一年工作回顾'), arranged.indexOf('今年工作安排'), arranged);
    });

    test('a passage of a past draft is put at the caret with its source', async () => {
      const editor = await draft('关于水库管护的报告\n一、水库巡查\n发现险情立即报告\n');
      const place = new vscode.Position(2, 8);
      editor.selection = new vscode.Selection(place, place);
      await focusEditor();
      await vscode.commands.executeCommand('policyText.findInPastDrafts');
      await eventually(
        () => textsOnPage(CHOICES),
        (rows) => rows.some((row) => row.includes('险情')),
      );
      await press('Enter');
      await eventually(
        () => editor.document.getText(),
        (text) => /立即报告.+〔待核实：出自“.+”〕/.test(text),
      );
    });
  });
}
