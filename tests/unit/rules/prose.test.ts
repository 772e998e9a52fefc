import { describe, expect, it } from 'vitest';
import { hiddenLines } from '../../../server/src/rules/markup';
import { foreignSpans, isInside, readsAsLatin } from '../../../server/src/rules/prose';
import { analyse } from '../../../server/src/structure/analyse';

const foreignIn = (line: string) => foreignSpans(line).map(({ start, end }) => line.slice(start, end));

describe('foreignSpans', () => {
  it.each([
    [
      '详见https://example.org/a,b?c=(1)，另见www.example.org/x:y。',
      ['https://example.org/a,b?c=(1)', 'www.example.org/x:y'],
    ],
    ['邮箱：a.b-c@example.org，请联系', ['a.b-c@example.org']],
    ['见附件:实施方案(终稿).docx，存于D:\\公文\\定稿', ['实施方案(终稿).docx', 'D:\\公文\\定稿']],
    [
      '运行`a,b`，填写{{姓名,单位}}，<b title="甲,乙">粗体</b>',
      ['`a,b`', '{{姓名,单位}}', '<b title="甲,乙">', '</b>'],
    ],
    ['见[说明](文档/说明(一).md)和[^注]:来源', ['(文档/说明(一).md)', '[^注]:']],
    ['涉及&nbsp;三个&#12288;乡镇', ['&nbsp;', '&#12288;']],
    ['全县上下,真抓实干(含园区)', []],
  ])('%s', (line, expected) => {
    expect(foreignIn(line)).toEqual(expected);
  });

  it('can be asked about a place', () => {
    const spans = foreignSpans('见`a`和`b`。');
    expect([0, 1, 3, 4, 5, 7, 8].map((offset) => isInside(spans, offset))).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

it('readsAsLatin tells an English line from a Chinese one with English in it', () => {
  expect(readsAsLatin('The county (青禾) reported growth.')).toBe(true);
  expect(readsAsLatin('发展GDP、PPP等指标')).toBe(false);
});

describe('hiddenLines', () => {
  const hidden = (text: string, kind: 'markdown' | 'policytext' = 'markdown') => [...hiddenLines(analyse(text, kind))];

  it('hides front matter that is closed, fences and comments', () => {
    expect(hidden('---\na: b\n---\n正文')).toEqual([0, 1, 2]);
    expect(hidden('---\n正文')).toEqual([]);
    expect(hidden('正文\n~~~\n```\n~~~\n正文')).toEqual([1, 2, 3]);
    expect(hidden('正文\n```\n一\n二')).toEqual([1, 2, 3]);
    expect(hidden('<!--\n注\n-->\n正文 <!-- 注 -->')).toEqual([0, 1, 2]);
    expect(hidden('```行内```\n正文')).toEqual([]);
  });

  it('hides nothing in policy text', () => {
    expect(hidden('```\n一\n```', 'policytext')).toEqual([]);
  });
});
