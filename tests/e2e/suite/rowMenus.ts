/** The menus of the rows of the views, and of the text: their entries, and that they act on the row. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { click, hover, openMenu, press, textsOnPage, typeText } from './bridge';
import { caretShown, closeAll, eventually, fillWith, findings, open, openSpeech, quickFixes, settled } from './editor';
import { becomes, draft } from './typing';
import { OUTLINE, PLACEHOLDERS, SLOGANS, showOnly } from './viewRows';

const MENU = '.monaco-menu .action-menu-item';
const MENU_AT_EASE = 200;

/**
 * Opens the menu of a row, checks that its entries are `expected`, and chooses `entry`. Skips the test if no menu is
 * shown.
 */
async function take(
  test: Mocha.Context,
  rows: string,
  row: string,
  entry: string,
  expected: readonly string[],
): Promise<void> {
  // A rebuilt view forgets what its rows were for.
  await settled(rows, (texts) => texts.some((text) => text.includes(row)));
  if (!(await openMenu(rows, row))) test.skip();
  const shown = await eventually(
    () => textsOnPage(MENU),
    (texts) => texts.length > 0,
  );
  // A key may be on the line below.
  assert.deepEqual(
    shown.map((text) => text.trim().split('\n')[0]).filter((text) => text !== ''),
    [...expected],
  );
  // A menu ignores the mouse at first: the button that opened it may still be held.
  await new Promise((resolve) => setTimeout(resolve, MENU_AT_EASE));
  await click(MENU, entry);
}

const SECTION = [
  'Move Section Up',
  'Move Section Down',
  'Promote Section',
  'Demote Section',
  'Insert Section After This One',
  'Extract Section to a New File',
  'Delete Section',
  'Renumber This List',
  'Renumber This Section',
];

export function defineRowMenuTests(): void {
  suite('The menu of a row', () => {
    teardown(closeAll);
    suiteTeardown(async () => {
      const settings = vscode.workspace.getConfiguration('policyText');
      for (const list of ['words', 'never'])
        for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global])
          await settings.update(`lexicon.${list}`, undefined, target);
      await vscode.commands.executeCommand('policyText.clearSloganFilter');
      await vscode.commands.executeCommand('workbench.view.explorer');
    });

    test('in the outline deletes that section, wherever the caret is', async function () {
      const { document } = await openSpeech();
      const before = document.getText();
      await showOnly('outline');
      await take(this, OUTLINE, '（一）工程建设提速', 'Delete Section', SECTION);
      await eventually(
        () => document.getText(),
        (text) => !text.includes('工程建设提速') && text.includes('（一）管护机制健全'),
      );
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    });

    test('in the outline inserts a section after it and leaves the caret in its title', async function () {
      const editor = await openSpeech();
      const { document } = editor;
      await showOnly('outline');
      await take(this, OUTLINE, '（二）改善水质', 'Insert Section', SECTION);
      await eventually(
        () => document.lineAt(editor.selection.active.line).text,
        (line) => line === '（三）',
      );
      await caretShown(editor.selection.active);
      await typeText('稳定水价');
      await eventually(
        () => document.getText(),
        (text) => text.includes('\n（三）稳定水价'),
      );
    });

    test('in the outline has buttons that move the section', async () => {
      const { document } = await openSpeech();
      await showOnly('outline');
      await eventually(
        () => textsOnPage(OUTLINE),
        (texts) => texts.some((text) => text.includes('（一）保障水源')),
      );
      await hover(OUTLINE, '（一）保障水源');
      await click(`${OUTLINE}:hover .action-label.codicon-arrow-down`);
      await eventually(
        () => document.getText(),
        (text) => text.indexOf('（一）改善水质') < text.indexOf('（二）保障水源') && text.includes('（一）改善水质'),
      );
    });

    test('in the placeholders fills that one', async function () {
      const document = await draft('|一、任务\n新建水厂××座。\n二、资金\n修堤××公里。\n');
      await showOnly('placeholders');
      await take(this, PLACEHOLDERS, '修堤××公里', 'Fill Placeholder', ['Fill Placeholder…']);
      await fillWith('三');
      await becomes(document, '一、任务\n新建水厂××座。\n二、资金\n修堤三公里。\n');
    });

    test('in the slogans takes one out of the suggestions, and its list takes it back', async function () {
      await draft('|');
      await showOnly('slogans');
      const common = ['Insert Slogan…', 'Suggest This First', 'Never Suggest This'];
      await take(this, SLOGANS, '坚持稳中求进工作总基调', 'Never Suggest This', common);
      await eventually(
        () => textsOnPage(SLOGANS),
        (rows) => rows.some((row) => row.startsWith('Never Suggested')),
      );
      await click(SLOGANS, 'Never Suggested');
      await take(this, SLOGANS, '坚持稳中求进工作总基调', 'Remove from List', [
        'Suggest This First',
        'Remove from List',
      ]);
      await eventually(
        () => textsOnPage(SLOGANS),
        (rows) => rows.length > 0 && !rows.some((row) => row.startsWith('Never Suggested')),
      );
    });

    test('in the slogans puts one at the caret', async function () {
      const document = await draft('各级要|，抓好落实。');
      await showOnly('slogans');
      const common = ['Insert Slogan…', 'Suggest This First', 'Never Suggest This'];
      // A row that no longer slogan begins with: the first that contains the words is chosen.
      await take(this, SLOGANS, '坚持和发展新时代“枫桥经验”', 'Insert Slogan', common);
      await becomes(document, '各级要坚持和发展新时代“枫桥经验”，抓好落实。');
    });

    test('of the text adds what is selected to the lexicon, and takes it out', async () => {
      const select = async (text: string) => {
        await draft(`${text}|`);
        const editor = vscode.window.activeTextEditor as vscode.TextEditor;
        editor.selection = new vscode.Selection(0, text.length - 4, 0, text.length);
      };
      const suggested = async () => {
        const document = await draft('各级要落实碧溪|');
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          document.positionAt(document.getText().length),
        );
        return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      };
      await select('各级要落实碧溪行动');
      await vscode.commands.executeCommand('policyText.addToLexicon');
      await eventually(suggested, (labels) => labels.includes('碧溪行动'));
      await select('各级要落实碧溪行动');
      await vscode.commands.executeCommand('policyText.neverSuggest');
      await eventually(suggested, (labels) => !labels.includes('碧溪行动'));
    });

    test('under the light bulb fills a placeholder or ignores it', async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const file = vscode.Uri.joinPath(folder.uri, '任务.policy.txt');
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('一、任务\n新建水厂××座。\n'));
      try {
        const editor = await open('任务.policy.txt');
        editor.selection = new vscode.Selection(1, 5, 1, 5);
        await eventually(
          () => findings(editor.document),
          (found) => found.length === 1,
        );
        const rows = await quickFixes();
        assert.equal(rows[0], 'Fill Placeholder…');
        assert.include(rows, 'Ignore this one');
        await press('Escape');
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });

    test('under the light bulb adds words that are right to the lexicon', async () => {
      const document = await draft('一、任务\n要坚持稳中求进工作总基凋，抓好落|实。\n');
      const found = () =>
        vscode.languages.getDiagnostics(document.uri).filter(({ message }) => message.includes('工作总基'));
      const [slip] = await eventually(found, (list) => list.length === 1);
      assert.ok(slip);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        slip.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const adding = actions.find(({ command }) => command?.command === 'policyText.addToLexicon');
      assert.ok(adding?.command, `no such action in ${actions.map(({ title }) => title)}`);
      await vscode.commands.executeCommand(adding.command.command, ...(adding.command.arguments ?? []));
      await eventually(found, (list) => list.length === 0);
    });
  });
}
