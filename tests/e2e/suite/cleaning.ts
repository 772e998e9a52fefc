/** Damaged texts: repairing, previewing, pasting, converting and reopening. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { click, focusEditor, press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually, findings, open, quickFixes } from './editor';
import { becomes } from './typing';

const DAMAGED = `关于知识产权工作的讲话
一、总体要求
全县上下要统一思想,凝聚力量,加强知识产权;,优化营商环境,把各项任务落到实处。
各乡镇要明确责任,细化措施,有关部门要加强督查,及时通报。
二、重点任务
要加强管护,落实经费,巩固成果,确保安全度汛。
`;
/** It has another garbled place, which is ambiguous. */
const UNSURE = DAMAGED.replace('细化措施', '要压实社!耙豢ㄍā痹鹑,细化措施');
const SOUND = DAMAGED.replace(';', '保护').replaceAll(',', '，');

/** The kinds of repair, over the diff editor. */
const ROWS = '.quick-input-list .monaco-list-row';
const TOASTS = '.notifications-toasts .notification-list-item-message';
const CHOICES = '.quick-input-list .monaco-list-row';

async function draft(content: string): Promise<vscode.TextDocument> {
  await closeAll();
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

function select(words: string): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const start = editor.document.getText().indexOf(words);
  assert.isAtLeast(start, 0, words);
  const [from, to] = [start, start + words.length].map((offset) => editor.document.positionAt(offset));
  editor.selection = new vscode.Selection(from as vscode.Position, to as vscode.Position);
}

/**
 * Runs *Clean Up Text* and waits until at least `least` kinds are listed and the cleaned text is shown beside the
 * draft.
 */
async function preview(least: number): Promise<void> {
  void vscode.commands.executeCommand('policyText.cleanUp');
  await eventually(
    () => textsOnPage(ROWS),
    (rows) => rows.length >= least,
  );
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  assert.instanceOf(activeTab?.input, vscode.TabInputTextDiff);
}

const told = (words: string) =>
  eventually(
    () => textsOnPage(TOASTS),
    (toasts) => toasts.some((toast) => toast.includes(words)),
  );

const gone = (selector: string) =>
  eventually(
    () => textsOnPage(selector),
    (found) => found.length === 0,
  );

export function defineCleaningTests(): void {
  suite('A damaged text', () => {
    teardown(async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await closeAll();
    });

    test('is cleaned up once the writer has seen what changes and agreed, and one Undo takes it back', async () => {
      const document = await draft(DAMAGED);
      await preview(2);
      assert.equal(document.getText(), DAMAGED);
      await press('Enter');
      await becomes(document, SOUND);
      await told('Cleaned up: garbled characters 1, half-width marks 10');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), DAMAGED);
    });

    test('stays as it is where the writer discards the changes', async () => {
      const document = await draft(DAMAGED);
      await preview(2);
      await press('Escape');
      await gone(ROWS);
      assert.equal(document.getText(), DAMAGED);
      assert.deepEqual(await textsOnPage(TOASTS), []);
    });

    test('leads to the places that should be checked', async () => {
      const document = await draft(UNSURE);
      await preview(2);
      await press('Enter');
      await told('2 places should be checked');
      await click('.notifications-toasts .monaco-button', 'Show Places');
      const rows = await eventually(
        () => textsOnPage(CHOICES),
        (found) => found.length > 1,
      );
      assert.include(rows[0], '; → 保护');
      assert.include(rows[1], '!耙豢ㄍā痹鹑 → 。“一卡通”责任');
      assert.include(rows[1], 'or 保“一卡通”责任');
      const editor = vscode.window.activeTextEditor;
      await press('ArrowDown');
      await eventually(
        () => editor?.document.getText(editor.selection),
        (words) => words === '。“一卡通”责任',
      );
      await press('Escape');
      assert.include(document.getText(), '要压实社。“一卡通”责任');
    });

    test('is cleaned up in the selection alone', async () => {
      const document = await draft(DAMAGED);
      const line = '各乡镇要明确责任,细化措施,有关部门要加强督查,及时通报。';
      select(line);
      await preview(1);
      await press('Enter');
      await becomes(document, DAMAGED.replace(line, line.replaceAll(',', '，')));
    });

    test('that is sound is said to be', async () => {
      const document = await draft(SOUND);
      await vscode.commands.executeCommand('policyText.cleanUp');
      await told('No garbled text');
      assert.equal(document.getText(), SOUND);
    });

    test('is cleaned up on its way from the clipboard', async () => {
      const document = await draft('甲。\n');
      await focusEditor();
      await press('End');
      await vscode.env.clipboard.writeText(DAMAGED);
      await vscode.commands.executeCommand('policyText.cleanUpAndPaste');
      await becomes(document, `甲。${SOUND}\n`);
      await told('garbled characters 1');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), '甲。\n');
    });

    test('has the garbled place put right by its quick fix', async () => {
      const document = await draft(DAMAGED);
      await eventually(
        () => findings(document),
        (found) => found.includes('text.mojibake@2:21'),
      );
      select('知识产权;');
      const rows = await quickFixes();
      assert.equal(rows[0], 'Change to “保护”');
      await press('Enter');
      await becomes(document, DAMAGED.replace(';', '保护'));
    });
  });

  suite('A garbled place', () => {
    teardown(closeAll);

    test('whose original is not sure has all that it may have been among its fixes', async () => {
      const document = await draft(UNSURE);
      const found = () =>
        vscode.languages
          .getDiagnostics(document.uri)
          .filter(({ range, message }) => range.start.line === 3 && message.startsWith('Garbled; it may have been'));
      const [place] = await eventually(found, (list) => list.length === 1);
      assert.ok(place);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        place.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const changes = actions.filter(({ title }) => title.startsWith('Change to “'));
      assert.isAtLeast(changes.length, 2);
      assert.isTrue(changes.every(({ isPreferred }) => !isPreferred));
      assert.ok(changes[0]?.edit);
      await vscode.workspace.applyEdit(changes[0].edit);
      assert.include(document.getText(), '要压实社。“一卡通”责任');
    });
  });

  suite('Script', () => {
    teardown(closeAll);

    const TEXT = '要加强软件产业建设，发展里程碑项目。\n为群众办实事。\n';
    const CASES = [
      ['OpenCC standard', '要加強軟件產業建設，發展里程碑項目。\n爲羣衆辦實事。\n'],
      ['Taiwan', '要加強軟件產業建設，發展里程碑項目。\n為群眾辦實事。\n'],
      ['Hong Kong', '要加強軟件產業建設，發展里程碑項目。\n為羣眾辦實事。\n'],
      ['Taiwan, with its words', '要加強軟體產業建設，發展里程碑專案。\n為群眾辦實事。\n'],
    ] as const;
    for (const [name, converted] of CASES) {
      test(`becomes traditional: ${name}`, async () => {
        const document = await draft(TEXT);
        void vscode.commands.executeCommand('policyText.convertToTraditional');
        await choose(name);
        await becomes(document, converted);
        await vscode.commands.executeCommand('undo');
        assert.equal(document.getText(), TEXT);
      });
    }

    test('becomes simplified, in the selection alone', async () => {
      const document = await draft('加強建設。\n發展產業。\n');
      select('發展產業');
      void vscode.commands.executeCommand('policyText.convertToSimplified');
      await choose('Characters only');
      await becomes(document, '加強建設。\n发展产业。\n');
    });
  });

  suite('A file in another encoding', () => {
    teardown(async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await closeAll();
    });

    test('is recognised, and opened anew in the right one', async () => {
      const { document } = await open('GBK通知.txt');
      assert.include(document.getText(), '\ufffd');
      await told('“GBK通知.txt” was opened in the wrong encoding');
      await click('.notifications-toasts .monaco-button', 'Reopen with GB 18030');
      // Code before 1.100 offers only its own list for it.
      if (!('encoding' in document)) {
        await choose('Reopen with Encoding');
        await eventually(
          () => textsOnPage(`${CHOICES} .label-name`),
          (labels) => labels.includes('UTF-8'),
        );
        await typeText('GB18030');
        await choose('Simplified Chinese (GB18030)');
      }
      await eventually(
        () => document.getText(),
        (text) => text.startsWith('关于做好青禾渠清淤工作的通知'),
      );
      await eventually(
        () => vscode.window.activeTextEditor?.document.languageId,
        (language) => language === 'policytext',
      );
      assert.isFalse(document.isDirty);
    });

    test('is for the writer to say where nothing looks wrong', async () => {
      await open('购物.txt');
      void vscode.commands.executeCommand('policyText.reopenWithEncoding');
      await eventually(
        () => textsOnPage(`${CHOICES} .label-name`),
        (labels) => labels.includes('Reopen with Encoding'),
      );
      await press('Escape');
    });
  });
}

/** Chooses a row of the open list by its whole label. */
async function choose(label: string): Promise<void> {
  const labels = await eventually(
    () => textsOnPage(`${CHOICES} .label-name`),
    (found) => found.includes(label),
  );
  const at = labels.indexOf(label);
  for (let row = 0; row < at; row++) await press('ArrowDown');
  await press('Enter');
}
