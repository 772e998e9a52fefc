/**
 * What a new writer does in the first minutes: real keys, an input method and the clipboard. Nothing typed is spoiled.
 */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { commit, compose, focusEditor, paste, press, textsOnPage, typeKeys, typeText } from './bridge';
import { closeAll, eventually } from './editor';
import { KINDS_OF_TEXT } from './kindsOfText';
import { becomes, draft, lexiconReady, listed } from './typing';

const LIST = '.suggest-widget.visible .monaco-list-row';
const rest = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** Types with one letter per character in an input method, two characters at a time. */
async function write(text: string): Promise<void> {
  for (const part of text.match(/.{1,2}/gsu) ?? []) {
    await compose('a'.repeat(part.length));
    await commit(part);
  }
}

export function defineHandsTests(): void {
  suite('Hands', () => {
    suiteSetup(lexiconReady);
    teardown(closeAll);

    test('Enter after composed headings begins a new numbered line', async () => {
      const document = await draft('青禾县关于做好防汛工作的通知\n|');
      for (const heading of ['一、提高思想认识', '加强组织领导', '强化责任落实', '严肃工作纪律']) {
        await write(heading);
        await rest(600);
        const lines = document.lineCount;
        await press('Enter');
        await eventually(
          () => document.lineAt(document.lineCount - 1).text,
          (text) => document.lineCount === lines + 1 && text.endsWith('、'),
        );
      }
      await becomes(
        document,
        '青禾县关于做好防汛工作的通知\n一、提高思想认识\n二、加强组织领导\n三、强化责任落实\n四、严肃工作纪律\n五、',
      );
    });

    test('Enter begins a new line with the list open, and takes an item that the arrows have chosen', async () => {
      const document = await draft('我们要|');
      await typeText('坚持稳中');
      await listed(/^坚持稳中求进工作总基调/);
      await press('Enter');
      await becomes(document, '我们要坚持稳中\n');
      await typeText('坚持稳中');
      await listed(/^坚持稳中求进工作总基调/);
      await press('ArrowDown');
      await eventually(
        () => textsOnPage(`${LIST}.focused`),
        (rows) => rows.length === 1,
      );
      await press('Enter');
      await eventually(
        () => document.lineAt(1).text,
        (text) => text.startsWith('坚持稳中求进工作总基调'),
      );
    });

    test('Enter takes the first item where the setting asks for it', async () => {
      const editor = (value: unknown) =>
        vscode.workspace
          .getConfiguration('editor', { languageId: 'policytext' })
          .update('acceptSuggestionOnEnter', value, vscode.ConfigurationTarget.Global, true);
      await editor('on');
      try {
        const document = await draft('我们要|');
        await typeText('坚持稳中');
        await listed(/^坚持稳中求进工作总基调/);
        // Which item is first depends on the lexicon; the test is that Enter takes it.
        const [first = ''] = await textsOnPage(LIST);
        await press('Enter');
        await eventually(
          () => document.getText().replace('我们要', ''),
          (taken) => taken.length > '坚持稳中'.length && first.startsWith(taken) && document.lineCount === 1,
        );
      } finally {
        await editor(undefined);
      }
    });

    for (const [name, put] of [
      ['typed', (text: string) => typeText(text, 40)],
      ['composed', write],
      ['pasted', paste],
    ] as const) {
      for (const [before, line, after] of [
        ['一、修渠\n二、筑坝', '三、植树', '一、修渠\n二、筑坝\n三、植树'],
        ['（一）修渠。\n（二）筑坝。', '（三）植树。', '（一）修渠。\n（二）筑坝。\n（三）植树。'],
        ['1.修渠\n2.筑坝', '3.植树', '1.修渠\n2.筑坝\n3.植树'],
        ['第一条　修渠。\n第二条　筑坝。', '第三条　植树。', '第一条　修渠。\n第二条　筑坝。\n第三条　植树。'],
        ['①修渠\n②筑坝', '③植树', '①修渠\n②筑坝\n③植树'],
        ['一是修渠。\n二是筑坝。', '三是植树。', '一是修渠。\n二是筑坝。\n三是植树。'],
      ] as const) {
        test(`a number ${name} although Enter wrote it stands once: ${line}`, async () => {
          const document = await draft(`${before}|`);
          const lines = document.lineCount;
          await press('Enter');
          await eventually(
            () => document.lineAt(document.lineCount - 1).text,
            (text) => document.lineCount === lines + 1 && text !== '',
          );
          await put(line);
          await becomes(document, after);
        });
      }
    }

    test('Enter in the middle of a list numbers what follows anew, and again takes it back', async () => {
      const document = await draft('一、修渠|\n二、筑坝\n三、植树\n经费见第二部分。');
      await press('Enter');
      await becomes(document, '一、修渠\n二、\n三、筑坝\n四、植树\n经费见第三部分。');
      await press('Enter');
      await becomes(document, '一、修渠\n\n二、筑坝\n三、植树\n经费见第二部分。');
    });

    test('Tab goes to the next gap of a skeleton, with the list open too', async () => {
      await closeAll();
      await vscode.commands.executeCommand('policyText.newDraft', '讲话');
      await focusEditor();
      const editor = vscode.window.activeTextEditor as vscode.TextEditor;
      await write('全县坚持稳中');
      await rest(600);
      assert.deepEqual(await textsOnPage(LIST), []);
      // On request it opens; Tab moves on all the same.
      await vscode.commands.executeCommand('policyText.suggest');
      await eventually(
        () => textsOnPage(LIST),
        (rows) => rows.length > 0,
      );
      await press('Tab');
      await eventually(
        () => editor.document.getText(editor.selection),
        (text) => text === '×',
      );
      assert.match(editor.document.lineAt(0).text, /^在全县坚持稳中上的讲话$/);
    });

    test('Space and figures are typed with the list open', async () => {
      const document = await draft('我们要|');
      await typeText('坚持稳中');
      await listed(/^坚持稳中求进/);
      await typeKeys('2');
      await becomes(document, '我们要坚持稳中2');
      const other = await draft('我们要|');
      await typeText('坚持稳中');
      await listed(/^坚持稳中求进/);
      await press('Space');
      await becomes(other, '我们要坚持稳中 ');
    });

    test('an input method writes on with the list open', async () => {
      const document = await draft('我们要|');
      await write('坚持稳中');
      await listed(/^坚持稳中求进/);
      await write('求变');
      await becomes(document, '我们要坚持稳中求变');
    });

    test('what was asked for opens where nothing opens by itself', async () => {
      const document = await draft('我们要坚持|');
      await vscode.commands.executeCommand('policyText.suggest');
      await eventually(
        () => textsOnPage(LIST),
        (rows) => rows.length > 0,
      );
      await press('Escape');
      assert.equal(document.getText(), '我们要坚持');
    });

    for (const [kind, text] of Object.entries(KINDS_OF_TEXT)) {
      test(`${kind}, pasted into an untitled document, is Policy Text and stays so`, async () => {
        await closeAll();
        await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
        await focusEditor();
        await paste(text);
        const document = (vscode.window.activeTextEditor as vscode.TextEditor).document;
        await eventually(
          () => document.languageId,
          (language) => language === 'policytext',
        );
        // The editor's own guess comes later, if at all.
        await rest(2_500);
        await eventually(
          () => document.languageId,
          (language) => language === 'policytext',
        );
      });
    }

    test('a language chosen by hand for an untitled text is kept', async () => {
      await closeAll();
      const text = KINDS_OF_TEXT['a speech'] as string;
      const document = await vscode.workspace.openTextDocument({ content: '' });
      await vscode.window.showTextDocument(document);
      await vscode.languages.setTextDocumentLanguage(document, 'json');
      await focusEditor();
      await paste(text);
      await rest(2_500);
      assert.equal(document.languageId, 'json');
    });
  });
}
