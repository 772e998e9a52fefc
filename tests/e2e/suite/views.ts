/** The views of the outline and the placeholders, and what is done in them. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { click, drag, focusEditor, press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually, fillWith, lineOf, openSpeech, settled } from './editor';
import { OUTLINE, PLACEHOLDERS, showOnly } from './viewRows';

const CHOICES = '.quick-input-list .monaco-list-row';

const CITY = '要加快建设现代化××大都市。\n一、总体要求\n同志们，××大都市建设任务繁重，投资××亿元。\n';

/** Long enough to be recognised as a draft in the folder. */
const REPORT = `关于城市建设情况的报告
${CITY}　　各乡镇要提前谋划，主动对接，确保各项任务落到实处。
二、重点任务
（一）修渠。抓紧开工，加强管护，落实责任。
（二）植树。及时补植，选用乡土树种，做好养护。
三、保障措施
　　要压实责任，强化督查，严肃问责。
`;

async function draft(content: string): Promise<vscode.TextEditor> {
  await closeAll();
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  return vscode.window.showTextDocument(document, { preview: false });
}

export function defineViewTests(): void {
  suite('Views', () => {
    teardown(closeAll);
    suiteTeardown(() => vscode.commands.executeCommand('workbench.view.explorer'));

    test('the outline has the sections with their lengths, follows the caret and leads to a section', async () => {
      const editor = await openSpeech();
      await showOnly('outline');
      const rows = await eventually(
        () => textsOnPage(OUTLINE),
        (texts) => texts.length > 4,
      );
      assert.ok(
        rows.some((row) => /^一、肯定成绩，坚定信心\s*\d+ chars/.test(row)),
        rows.join('|'),
      );
      const place = new vscode.Position(lineOf(editor.document, '望海岭水厂建成'), 20);
      editor.selection = new vscode.Selection(place, place);
      await eventually(
        () => textsOnPage(`${OUTLINE}.selected`),
        ([row]) => row?.startsWith('（一）工程建设提速') === true,
      );
      await click(OUTLINE, '（二）管护机制健全');
      await eventually(
        () => editor.document.lineAt(editor.selection.active.line).text,
        (line) => line.startsWith('（二）管护机制健全'),
      );
    });

    test('the outline tells which sections and whether the text are over their goals', async () => {
      await draft(REPORT);
      await showOnly('outline');
      const { ConfigurationTarget, workspace } = vscode;
      const set = (name: string, value: unknown) =>
        workspace.getConfiguration('policyText').update(name, value, ConfigurationTarget.Workspace);
      try {
        await set('goals.sections', { 保障措施: 10, 重点任务: '5 min' });
        const rows = await eventually(
          () => textsOnPage(OUTLINE),
          (texts) => texts.some((text) => text.includes('chars over')),
        );
        assert.match(rows.find((row) => row.startsWith('三、保障措施')) ?? '', /\d+ chars · \d+ chars over/);
        assert.notMatch(rows.find((row) => row.startsWith('二、重点任务')) ?? '', /over/);
        await set('goals.sections', undefined);
        await eventually(
          () => textsOnPage(OUTLINE),
          (texts) => texts.length > 2 && !texts.some((text) => text.includes('over')),
        );
      } finally {
        await set('goals.sections', undefined);
      }
    });

    test('a section dragged onto another takes its place, and one Undo takes it back', async () => {
      const { document } = await openSpeech();
      const before = document.getText();
      await showOnly('outline');
      await eventually(
        () => textsOnPage(OUTLINE),
        (texts) => texts.some((text) => text.startsWith('（四）水费')),
      );
      // Numbers that are wrong already would only make the picture less clear.
      await drag(OUTLINE, '（二）管护机制健全', '（一）工程建设提速');
      await eventually(
        () => document.getText(),
        (text) => text.includes('（一）管护机制健全') && text.includes('（二）工程建设提速'),
      );
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    });

    test('a section is moved under another by the command, and not in a text that has changed', async () => {
      const { document } = await openSpeech();
      const at = (words: string) => ({ line: lineOf(document, words), character: 0 });
      const move = (version: number) =>
        vscode.commands.executeCommand('policyText.server.moveSection', {
          uri: document.uri.toString(),
          position: at('（二）改善水质'),
          version,
          details: { target: at('三、加强领导') },
        });
      await move(document.version - 1);
      assert.ok(!document.isDirty);
      await move(document.version);
      await eventually(
        () => document.getText(),
        (text) => /三、加强领导[\s\S]*\n（一）改善水质/.test(text),
      );
    });

    test('placeholders are listed by file with their surroundings, and lead to their place', async () => {
      const editor = await draft(CITY);
      await showOnly('placeholders');
      const rows = await settled(PLACEHOLDERS, (texts) => texts.filter((text) => text.includes('××')).length === 3);
      assert.ok(rows.some((row) => row.includes('供水工作会议讲话')));
      await click(PLACEHOLDERS, '投资××亿元');
      await eventually(
        () => editor.document.getText(editor.selection) + editor.selection.start.line,
        (found) => found === '××2',
      );
      await editor.edit((edit) => edit.replace(editor.selection, '三'));
      await eventually(
        () => textsOnPage(PLACEHOLDERS),
        (texts) => texts.filter((text) => text.includes('××')).length === 2,
      );
      await eventually(
        () => textsOnPage('.activitybar .badge-content'),
        (texts) => texts.includes('2'),
      );
    });

    test('a placeholder is filled with what stood elsewhere, and all alike in this draft', async () => {
      const { document } = await draft(`${CITY}去年，临江大都市建设任务繁重。\n`);
      await vscode.commands.executeCommand('policyText.nextPlaceholder');
      void vscode.commands.executeCommand('policyText.fillPlaceholder');
      await fillWith('望海');
      await click(CHOICES, 'All 2 in the same context');
      await eventually(
        () => document.getText(),
        (text) => text.includes('现代化望海大都市') && text.includes('，望海大都市建设') && text.includes('投资××亿元'),
      );
    });

    test('all alike in the workspace are filled after they were shown', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const other = vscode.Uri.joinPath(folder.uri, '都市.policy.txt');
      await vscode.workspace.fs.writeFile(other, new TextEncoder().encode(REPORT));
      try {
        const { document } = await draft(CITY);
        await vscode.commands.executeCommand('policyText.nextPlaceholder');
        void vscode.commands.executeCommand('policyText.fillPlaceholder');
        await fillWith('临江');
        await click(CHOICES, 'All 4 in 2 drafts of the workspace');
        await eventually(
          () => textsOnPage('.quick-input-widget .quick-input-title'),
          (texts) => texts.join().includes('keep the right ones checked'),
        );
        const shown = await textsOnPage(CHOICES);
        assert.equal(shown.filter((row) => row.includes('临江大都市')).length, 4, shown.join('|'));
        assert.ok(document.getText().includes('现代化××大都市'));
        await press('Enter');
        await eventually(
          () => document.getText(),
          (text) => text.includes('现代化临江大都市') && text.includes('，临江大都市'),
        );
        const read = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(other));
        await eventually(read, (text) => text.split('临江').length === 3 && text.includes('投资××亿元'));
      } finally {
        await vscode.workspace.fs.delete(other);
      }
    });

    test('placeholders that stand for the same words are typed together', async () => {
      const { document } = await draft(CITY);
      await vscode.commands.executeCommand('policyText.nextPlaceholder');
      await focusEditor();
      await eventually(
        () => textsOnPage('.monaco-editor .linked-editing-decoration'),
        (marked) => marked.length === 2,
      );
      await typeText('临');
      await typeText('江');
      await eventually(
        () => document.getText(),
        (text) => text.includes('现代化临江大都市') && text.includes('，临江大都市建设') && text.includes('投资××亿元'),
      );
    });
  });
}
