/**
 * Writing with a Chinese input method, as Chromium passes it on: the letters are in the text, underlined, until the
 * writer chooses what they become.
 */
import { assert } from 'chai';
import type * as vscode from 'vscode';
import { commit, compose, typeKeys, typeText } from './bridge';
import { closeAll, eventually } from './editor';
import { becomes, choose, draft, ghost, lexiconReady } from './typing';

/** Types what an input method makes of `letters`. */
async function write(letters: string, text: string): Promise<void> {
  await compose(letters);
  await commit(text);
}

const STABILITY = /^坚持稳中求进工作总基调，(?![一-鿿])/;
const SAFEGUARD = /“两个维护”(?!.*[，。])/;

export function defineInputMethodTests(): void {
  suite('An input method', () => {
    suiteSetup(lexiconReady);
    suiteTeardown(closeAll);

    for (const key of ['Enter', 'Tab'] as const) {
      test(`at the end of a line, ${key}`, async () => {
        const document = await draft('我们要|');
        await write('jc', '坚持');
        await write('wz', '稳中');
        await choose(STABILITY, key);
        await becomes(document, '我们要坚持稳中求进工作总基调，');
      });

      test(`in the middle of a sentence, ${key}`, async () => {
        const document = await draft('全县上下要|，确保完成任务。');
        await write('jcwzqj', '坚持稳中求进');
        await choose(STABILITY, key);
        await becomes(document, '全县上下要坚持稳中求进工作总基调，确保完成任务。');
      });

      test(`after “ with ” behind the caret, ${key}`, async () => {
        const document = await draft('坚决做到“|”，抓好落实。');
        await write('lg', '两个');
        await choose(SAFEGUARD, key);
        await becomes(document, '坚决做到“两个维护”，抓好落实。');
      });

      test(`after “ without ” behind the caret, ${key}`, async () => {
        const document = await draft('坚决做到“|');
        await write('lg', '两个');
        await choose(SAFEGUARD, key);
        await becomes(document, '坚决做到“两个维护”');
      });
    }

    test('and the quotation mark that closes itself', async () => {
      const document = await draft('坚决做到|，抓好落实。');
      await typeText('“');
      await write('lg', '两个');
      await choose(SAFEGUARD);
      await becomes(document, '坚决做到“两个维护”，抓好落实。');
    });

    test('by initials, in the middle of a sentence', async () => {
      const document = await draft('要深刻领悟|的决定性意义。');
      await typeKeys('lgql');
      await choose(/“两个确立”/, 'Tab');
      await becomes(document, '要深刻领悟“两个确立”的决定性意义。');
    });

    test('a whole clause at once, and typing on while the list is open', async () => {
      const document = await draft('|');
      await write('qmtj', '全面推进');
      await write('xc', '乡村');
      await choose(/推进乡村振兴$/m);
      await becomes(document, '全面推进乡村振兴');
    });

    test('shows no ghost text before the writer has chosen', async () => {
      const document = await draft('持续优化|');
      for (let end = 1; end <= 'yingshang'.length; end++) {
        await compose('yingshang'.slice(0, end), end);
        assert.equal(await ghost(), '');
      }
      assert.equal(document.getText(), '持续优化yingshang');
      await commit('营商');
      await eventually(ghost, (text) => text.includes('环境'));
      await becomes(document, '持续优化营商');
    });

    test('that is given up leaves nothing', async () => {
      const document = await draft('持续优化|营商环境。');
      await compose('gaoxiao');
      await gone(document);
      await becomes(document, '持续优化营商环境。');
    });
  });
}

/** Cancels the composition. */
async function gone(document: vscode.TextDocument): Promise<void> {
  // The page is ahead of what the extension has received.
  await eventually(
    () => document.getText(),
    (text) => text.includes('gaoxiao'),
  );
  await commit('');
}
