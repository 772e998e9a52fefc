/** A single mark repeated: four times the text never takes much more than four times the work. */
import { describe, it } from 'vitest';
import { documentSymbols } from '../../server/src/features/outline';
import { placeholderList } from '../../server/src/features/placeholders';
import { statistics } from '../../server/src/features/statistics';
import { lint } from '../../server/src/rules/lint';
import { analyse } from '../../server/src/structure/analyse';
import { expectLinear } from './growth';

const MARKS = [
  ...' \t　（(【[｛{“”‘’「」《》〈*#_-—…·.．、，,：:；;？！?!/\\|`~<>&=%×',
  ...['\u200b', '\ufeff', '\ufffd', '\ud842', '\0', '\r', '\n', '\u2028'],
  ...['一', '第', '十', '附件', '之', '的', 'a', '1', '年', '某'],
  ...['一、', '（一）', '1.', '1.1', '①', '一是', '第一条', '第一、', '之一', '第3.2条', '附件1', '见第一条、'],
  ...[
    '**a',
    '[1](',
    '](',
    '<!--',
    '`a',
    '{{',
    '〔×',
    '(a',
    'http://a',
    'ā',
    '(ā)',
    '5%～',
    '一是二是',
    '（见',
    '，、',
    '！，',
  ],
];
const LENGTH = 6_000;
/** The search for it is expensive, and stops by itself after the same amount of work in any text. */
const WITHOUT_MOJIBAKE = { rules: { 'text.mojibake': 'off' } } as const;

function read(mark: string, length: number): void {
  const run = mark.repeat(Math.ceil(length / mark.length));
  const text = `一、总体要求${run}完\n坚持${run}。\n${run}\n二、主要任务\n`;
  const analysis = analyse(text);
  documentSymbols(analysis, 'zh-cn');
  placeholderList(analysis);
  statistics(analysis, { line: 1, character: 5 }, 'zh-cn');
  lint(analysis, WITHOUT_MOJIBAKE);
}

describe('a text of one mark', { timeout: 120_000, retry: 2 }, () => {
  it.each(MARKS.map((mark) => [JSON.stringify(mark), mark]))('%s takes work as its length', (_name, mark) => {
    expectLinear((length) => read(mark, length), LENGTH);
  });
});
