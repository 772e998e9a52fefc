/** Suggestions and ghost text while a writer types. */
import { assert } from 'chai';
import { press, textsOnPage, typeText } from './bridge';
import { closeAll, eventually } from './editor';
import { becomes, choose, draft, ghost, lexiconReady, listed } from './typing';

export function defineCompletingTests(): void {
  suite('Completing', () => {
    suiteSetup(lexiconReady);
    suiteTeardown(closeAll);

    test('a slogan at the end of a line', async () => {
      const document = await draft('我们要|');
      await typeText('坚持稳中求进');
      await choose(/^坚持稳中求进工作总基调，(?![一-鿿])/);
      await becomes(document, '我们要坚持稳中求进工作总基调，');
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
      await choose(/“两个维护”(?!.*[，。])/);
      await becomes(document, '要坚决做到“两个维护”');
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

    test('typed as fast as hands can, without a character lost or added', async () => {
      const document = await draft('　　|');
      const text = '坚持稳中求进，全面推进乡村建设，落实“十项”任务。要明确责任、压实担子，一件一件抓好。';
      await typeText(text, 30);
      await becomes(document, `　　${text}`);
      assert.deepEqual(await textsOnPage('.notifications-toasts .notification-list-item'), []);
    });

    test('ghost text in the middle of a sentence, up to the mark that stands there', async () => {
      const document = await draft('要坚决做到“两个|”，抓好落实。');
      await typeText('维');
      await eventually(ghost, (text) => text.includes('护'));
      await press('Escape');
      await press('Tab');
      await becomes(document, '要坚决做到“两个维护”，抓好落实。');
    });

    test('ghost text, taken with Tab', async () => {
      const document = await draft('持续优化|');
      await typeText('营商');
      await listed(/优化营商环境/);
      await press('Escape');
      await eventually(ghost, (text) => text.includes('环境'));
      await press('Tab');
      await becomes(document, '持续优化营商环境');
    });
  });
}
