/** What a writer sees on opening a draft. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { textsOnPage } from './bridge';
import { caretAtEndOf, closeAll, eventually, findings, lineOf, openSpeech } from './editor';

const HEADINGS = [
  '一、肯定成绩，坚定信心',
  '（一）工程建设提速',
  '（二）管护机制健全',
  '（四）水费收缴规范',
  '二、突出重点，补齐短板',
  '（一）保障水源',
  '（二）改善水质',
  '三、加强领导，狠抓落实',
];

export function defineDraftTests(): void {
  suite('A draft', () => {
    teardown(closeAll);

    test('has an outline', async () => {
      const { document } = await openSpeech();
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      const names = (list: readonly vscode.DocumentSymbol[]): string[] =>
        list.flatMap(({ name, children }) => [name, ...names(children)]);
      assert.deepEqual(
        names(symbols).filter((name) => /^[一二三（]/.test(name)),
        HEADINGS,
      );

      // The page only contains as many rows as fit.
      await vscode.commands.executeCommand('outline.focus');
      const visible = HEADINGS.slice(0, 4);
      const rows = await eventually(
        () => textsOnPage('.outline-tree .monaco-list-row'),
        (texts) => texts.length > visible.length,
      );
      for (const [index, heading] of visible.entries()) assert.ok(rows[index + 1]?.startsWith(heading), rows.join());
    });

    test('shows in the breadcrumbs where the caret is', async () => {
      const editor = await openSpeech();
      await caretAtEndOf(editor, lineOf(editor.document, '山区群众'));
      const crumbs = await eventually(
        () => textsOnPage('.breadcrumbs-control .monaco-breadcrumb-item'),
        (texts) => texts.some((text) => text.includes('（一）工程建设提速')),
      );
      assert.ok(crumbs.some((crumb) => crumb.includes('一、肯定成绩，坚定信心')));
    });

    test('folds by section', async () => {
      const editor = await openSpeech();
      const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        editor.document.uri,
      );
      const first = lineOf(editor.document, '一、肯定成绩');
      const next = lineOf(editor.document, '二、突出重点');
      assert.deepEqual(
        ranges.filter(({ start }) => start === first).map(({ end }) => end),
        [next - 1],
      );

      const hidden = async () => !(await textsOnPage('.view-line')).some((text) => text.includes('望海岭水厂'));
      await eventually(hidden, (folded) => !folded);
      await caretAtEndOf(editor, first);
      await vscode.commands.executeCommand('editor.fold');
      await eventually(hidden, (folded) => folded);
      await vscode.commands.executeCommand('editor.unfoldAll');
      await eventually(hidden, (folded) => !folded);
    });

    test('keeps the headings it is under in sight', async () => {
      const editor = await openSpeech();
      const line = lineOf(editor.document, '应急备用水源');
      await caretAtEndOf(editor, line);
      // Room to scroll in, whatever the size of the window.
      await editor.edit((edit) => edit.insert(new vscode.Position(line + 1, 0), '　　继续抓好管护。\n'.repeat(80)));
      editor.revealRange(new vscode.Range(line + 40, 0, line + 40, 0), vscode.TextEditorRevealType.AtTop);
      await eventually(
        () => textsOnPage('.sticky-widget .sticky-line-content'),
        (texts) => texts.join().includes('二、突出重点，补齐短板') && texts.join().includes('（一）保障水源'),
      );
    });

    test('has its mistakes marked and listed', async () => {
      const { document } = await openSpeech();
      assert.deepEqual(findings(document), [
        'placeholder.unresolved@6:19',
        'numbering.gap@9:0',
        'punctuation.half-width@11:21',
      ]);
      await eventually(
        () => textsOnPage('.monaco-editor .squiggly-warning'),
        (squiggles) => squiggles.length === 2,
      );
      await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
      const rows = await eventually(
        () => textsOnPage('.markers-panel .monaco-list-row'),
        (texts) => texts.length >= 4,
      );
      for (const id of ['placeholder.unresolved', 'numbering.gap', 'punctuation.half-width']) {
        assert.ok(
          rows.some((row) => row.includes(id)),
          `${id} is missing in ${rows}`,
        );
      }
      await vscode.commands.executeCommand('workbench.action.closePanel');
    });

    test('is found by its headings among two hundred', async () => {
      await openSpeech();
      const found = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.SymbolInformation[]>(
            'vscode.executeWorkspaceSymbolProvider',
            '落实第137号水库',
          ),
        (symbols) => symbols.length > 0,
      );
      assert.deepEqual(
        found.map(({ location }) => location.uri.path.split('/').at(-1)),
        ['137.policy.txt'],
      );
    });

    test('has its section and length in the status bar', async () => {
      const editor = await openSpeech();
      await caretAtEndOf(editor, lineOf(editor.document, '应急备用水源'));
      await eventually(
        () => textsOnPage('.statusbar-item[id$="policyText.section"]'),
        (items) => items.some((item) => /（一）保障水源\s+30 \/ 427 chars/.test(item)),
      );
    });
  });
}
