/** A writer's hour with a long report, from the first key to the last Undo. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { commit, compose, focusEditor, press, textsOnPage, typeText } from './bridge';
import { caretAtEndOf, closeAll, eventually, findings, fixAll, lineOf } from './editor';
import { longReport } from './longReport';
import { becomes, choose, lexiconReady } from './typing';

export function defineStoryTests(): void {
  suite('A long report', () => {
    suiteSetup(lexiconReady);
    suiteTeardown(closeAll);

    test('is written, numbered wrongly, mended and taken back, and is right to the character', async () => {
      const first = longReport();
      assert.isAbove(first.length, 30_000);
      const document = await vscode.workspace.openTextDocument({ language: 'policytext', content: first });
      const editor = await vscode.window.showTextDocument(document, { preview: false });
      await focusEditor();
      await numbering(document, []);

      // A sentence, half of it suggested.
      const chapter = lineOf(document, '五、');
      await caretAtEndOf(editor, chapter + 1);
      await compose('yao');
      await commit('要');
      await compose('jcwz');
      await commit('坚持稳中');
      await choose(/^坚持稳中求进工作总基调，(?![一-鿿])/);
      await typeText('把各项任务落到实处。', 30);
      const added = '要坚持稳中求进工作总基调，把各项任务落到实处。';
      const lines = first.split('\n');
      lines[chapter + 1] += added;
      await becomes(document, lines.join('\n'));

      // A further section at the end of a chapter.
      const last = lineOf(document, '六、') - 1;
      await caretAtEndOf(editor, last);
      await press('Enter');
      await eventually(
        () => document.lineAt(last + 1).text,
        (text) => text === '　　',
      );
      // A heading is not indented.
      await press('Backspace');
      await press('Backspace');
      await typeText('（');
      await choose(/^（五）/);
      await typeText('加强督促检查。逐月通报进度，逐项核查结果。');
      lines.splice(last + 1, 0, '（五）加强督促检查。逐月通报进度，逐项核查结果。');
      const written = lines.join('\n');
      await becomes(document, written);
      await numbering(document, []);

      // Two numbers broken by hand: one duplicate, one missing.
      const twice = lineOf(document, '三、');
      const skipped = lineOf(document, '八、');
      await overwrite(editor, twice, '二');
      await overwrite(editor, skipped, '九');
      const broken = written.split('\n');
      broken[twice] = `二${broken[twice]?.slice(1)}`;
      broken[skipped] = `九${broken[skipped]?.slice(1)}`;
      await becomes(document, broken.join('\n'));
      await numbering(document, [twice, skipped]);
      await eventually(
        () => textsOnPage('.monaco-editor .squiggly-warning'),
        (squiggles) => squiggles.length > 0,
      );

      // All fixed at once; undone and redone; then everything undone to the first key.
      await fixAll();
      await becomes(document, written);
      await numbering(document, []);
      await press('Control+z');
      await becomes(document, broken.join('\n'));
      await press('Control+Shift+z');
      await becomes(document, written);
      for (let step = 0; step < 200 && document.getText() !== first; step++)
        await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), first);
      await numbering(document, []);
    });
  });
}

/** Waits until the findings about numbers are on `lines` and on no others. */
async function numbering(document: vscode.TextDocument, lines: readonly number[]): Promise<void> {
  await eventually(
    () => findings(document).filter((finding) => finding.startsWith('numbering.')),
    (found) => found.map((finding) => Number(/@(\d+)/.exec(finding)?.[1])).join() === lines.join(),
  );
}

/** Types over the first character of a line. */
async function overwrite(editor: vscode.TextEditor, line: number, character: string): Promise<void> {
  await caretAtEndOf(editor, line);
  await press('Home');
  await press('Shift+ArrowRight');
  await eventually(
    () => editor.selection,
    ({ start, end }) => start.line === line && start.character === 0 && end.character === 1,
  );
  await typeText(character);
}
