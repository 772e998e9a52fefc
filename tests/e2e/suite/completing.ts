/** Suggestions and ghost text while a writer types with an input method. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { focusEditor, press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually } from './editor';

const LIST = '.suggest-widget.visible .monaco-list-row';
const GHOST = '.ghost-text-decoration, .ghost-text-decoration-preview, .ghost-text';

/** A new draft with the caret where `|` stands. */
async function draft(marked: string): Promise<vscode.TextDocument> {
  await closeAll();
  const offset = marked.indexOf('|');
  const content = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = await vscode.workspace.openTextDocument({ language: 'policytext', content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const caret = document.positionAt(offset);
  editor.selection = new vscode.Selection(caret, caret);
  await focusEditor();
  await eventually(
    () => textsOnPage('.statusbar-item[id="status.editor.selection"]'),
    (texts) => texts.join().includes(`Ln ${caret.line + 1}, Col ${caret.character + 1}`),
  );
  return document;
}

/** Waits until the list is open and has an item like `wanted`; returns its place. */
async function listed(wanted: RegExp): Promise<number> {
  const rows = await eventually(
    () => textsOnPage(LIST),
    (found) => found.some((row) => wanted.test(row)),
  );
  return rows.findIndex((row) => wanted.test(row));
}

async function choose(wanted: RegExp): Promise<void> {
  const place = await listed(wanted);
  for (let at = 0; at < place; at++) await press('ArrowDown');
  await press('Enter');
}

async function becomes(document: vscode.TextDocument, text: string): Promise<void> {
  assert.equal(
    await eventually(
      () => document.getText(),
      (found) => found === text,
    ),
    text,
  );
}

export function defineCompletingTests(): void {
  suite('Completing', () => {
    suiteSetup(async () => {
      // The list opens only after trigger characters that are registered once the lexicon is loaded.
      await draft('|');
      await eventually(
        async () => {
          await typeText('坚');
          await new Promise((resolve) => setTimeout(resolve, 300));
          return textsOnPage(LIST);
        },
        (rows) => rows.length > 0,
      );
    });
    suiteTeardown(closeAll);

    test('a slogan at the end of a line', async () => {
      const document = await draft('我们要|');
      await typeText('坚持稳中求进');
      await choose(/^坚持稳中求进工作总基调(?!.*[，。])/);
      await becomes(document, '我们要坚持稳中求进工作总基调');
    });

    test('a slogan in the middle of a sentence, between quotation marks', async () => {
      const document = await draft('全市上下要坚决做到“|”，抓好落实。');
      await typeText('两个');
      await choose(/“两个维护”/);
      await becomes(document, '全市上下要坚决做到“两个维护”，抓好落实。');
    });

    test('right after an opening quotation mark that closes itself', async () => {
      const document = await draft('要坚决做到|');
      await typeText('“');
      await choose(/“两个维护”/);
      await eventually(
        () => document.getText(),
        (text) => /^要坚决做到“两个维护”[^”]*$/.test(text),
      );
    });

    test('by pinyin, refreshed while typing on', async () => {
      const document = await draft('要深刻领悟|的决定性意义。');
      for (const letter of 'lgql') await typeText(letter);
      await choose(/“两个确立”/);
      await becomes(document, '要深刻领悟“两个确立”的决定性意义。');
    });

    test('refreshed while Chinese is typed on', async () => {
      await draft('|');
      for (const part of ['坚持', '稳中', '求进']) await typeText(part);
      await listed(/^坚持稳中求进工作总基调/);
    });

    test('the next number at the start of a line', async () => {
      const document = await draft('一、修渠\n二、筑坝\n|');
      await typeText('三');
      await choose(/^三、/);
      await becomes(document, '一、修渠\n二、筑坝\n三、');
    });

    test('ghost text, taken with Tab', async () => {
      const document = await draft('持续优化|');
      await typeText('营商');
      await listed(/优化营商环境/);
      await press('Escape');
      const ghost = await eventually(
        () => textsOnPage(GHOST),
        (texts) => texts.join('').includes('环境'),
      );
      assert.ok(ghost.length > 0);
      await press('Tab');
      await becomes(document, '持续优化营商环境');
    });
  });
}
