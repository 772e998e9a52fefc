import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { expectLinear } from '../growth';
import { loadTokenizer, type Token, within } from './tokenizer';

const ROOT = `${import.meta.dirname}/../../..`;
const SAMPLES = `${ROOT}/corpus/samples/`;

let tokenise: (line: string) => Token[];
beforeAll(async () => {
  tokenise = await loadTokenizer();
});

/** The level of the heading at the line start, its marker and its words. */
function heading(line: string): [number, string, string] | undefined {
  const tokens = tokenise(line);
  for (let level = 1; level <= 6; level++) {
    const all = within(tokens, `markup.heading.${level}`).join('');
    const marker = within(tokens, 'punctuation.definition.heading').join('');
    if (all !== '') return [level, marker, all.slice(marker.length)];
  }
  return undefined;
}

describe('headings', () => {
  test.each<[string, number, string, string]>([
    ['一、总体要求', 1, '一、', '总体要求'],
    ['　　十二、加强组织领导', 1, '十二、', '加强组织领导'],
    ['壹、前言', 1, '壹、', '前言'],
    ['第一章　总则', 1, '第一章', '　总则'],
    ['第二部分 重点任务', 1, '第二部分', ' 重点任务'],
    ['Ⅱ. 工作安排', 1, 'Ⅱ.', ' 工作安排'],
    ['甲、基本情况', 1, '甲、', '基本情况'],
    ['1　总则', 1, '1', '　总则'],
    ['（一）健全机制。各县区要明确分工。', 2, '（一）', '健全机制'],
    ['(三)压实责任', 2, '(三)', '压实责任'],
    ['㈠压实责任', 2, '㈠', '压实责任'],
    ['第二节　供水', 2, '第二节', '　供水'],
    ['1.1　编制目的', 2, '1.1', '　编制目的'],
    ['1.扩大投资。全年安排项目260个。', 3, '1.', '扩大投资'],
    ['３．扩大投资', 3, '３．', '扩大投资'],
    ['2、2026年重点工作', 3, '2、', '2026年重点工作'],
    ['第十条之一　县级人民政府应当制定办法，并公布。', 3, '第十条之一', ''],
    ['1.2.1 范围', 3, '1.2.1', ' 范围'],
    ['（1）明确分工：市水务局牵头。', 4, '（1）', '明确分工'],
    ['2）明确分工', 4, '2）', '明确分工'],
    ['⑶明确分工', 4, '⑶', '明确分工'],
    ['①摸清底数', 5, '①', '摸清底数'],
    ['A. 摸清底数', 6, 'A.', ' 摸清底数'],
    ['## 一、总体要求', 1, '一、', '总体要求'],
    ['**一、总体要求**', 1, '一、', '总体要求'],
    ['（二）**压实责任。**各县区要明确分工。', 2, '（二）', '压实责任。'],
  ])('%s', (line, level, marker, words) => {
    expect(heading(line)).toEqual([level, marker, words]);
  });

  test.each([
    '5.5%左右的增长目标',
    '3、5天内办结',
    '1997年4月建成通水',
    '2.5亿元专项资金',
    '第五条、第六条规定的事项',
    '（一）项规定的情形除外',
    '（一）至（三）项规定的情形除外',
    '二、三产业融合发展',
    '甲、乙双方',
    '21.5+2就业之家',
    '一、总体要求	1',
    '（二）重点任务……………3',
    '首先，要提高认识',
    '第三部分已经讲过了',
  ])('none in: %s', (line) => {
    expect(heading(line)).toBeUndefined();
  });

  it('colours what stands in the words of a heading', () => {
    const tokens = tokenise('一、落实“四项机制”，投资××亿元');
    expect(within(tokens, 'string.quoted')).toEqual(['“四项机制”']);
    expect(within(tokens, 'constant.other.placeholder')).toEqual(['××']);
  });
});

describe('inside a paragraph', () => {
  const pieces = (line: string, scope: string) => within(tokenise(line), scope);

  it('tells the members of an enumeration', () => {
    const scope = 'keyword.other.enumerator';
    expect(pieces('要做到：一是抓早；二是抓小，三要抓实。', scope)).toEqual(['一是', '二是', '三要']);
    expect(pieces('首先，要抓早。其次，要抓小。最后，要抓实。', scope)).toEqual(['首先，', '其次，', '最后，']);
    expect(pieces('包括：（一）名称；（二）住所。', scope)).toEqual(['（一）', '（二）']);
    expect(pieces('依照第（一）、（二）项办理，一要务就是发展，统一是前提。', scope)).toEqual([]);
  });

  it('tells quotations and the names of documents, unclosed ones too', () => {
    const line = '落实“四项机制”，按照《云岭省水库管理办法》执行，坚持“枫林经验，抓实';
    expect(pieces(line, 'string.quoted')).toEqual(['“四项机制”']);
    expect(pieces(line, 'entity.name.type.document')).toEqual(['《云岭省水库管理办法》']);
  });

  it('tells the numbers of documents', () => {
    const scope = 'entity.name.type.document-number';
    expect(pieces('根据通知（云政办发〔2024〕3号）要求', scope)).toEqual(['云政办发〔2024〕3号']);
    expect(pieces('望政办[2024]第15号', scope)).toEqual(['望政办[2024]第15号']);
  });

  it('tells dates, and figures with their units', () => {
    const line = '2024年1月12日至3月底投资1,250.5亿元，增长5.6%，二〇二三年建成36个，占地5万平方米，第2批';
    expect(pieces(line, 'constant.numeric.date')).toEqual(['2024年1月12日', '3月', '二〇二三年']);
    expect(pieces(line, 'keyword.other.unit')).toEqual(['亿元', '%', '个', '万平方米', '批']);
    expect(pieces(line, 'constant.numeric')).toContain('1,250.5');
  });

  it('tells gaps from what looks like them', () => {
    const line = '产值**亿元，XX局于×月×日报○○镇，联系人某某，电话____，〔待补〕{{名称}}，二○○四年，3×5，5*3';
    expect(pieces(line, 'constant.other.placeholder')).toEqual([
      '**',
      'XX',
      '×',
      '×',
      '○○',
      '某某',
      '____',
      '〔待补〕{{名称}}',
    ]);
    expect(pieces('**这一行整行强调**', 'markup.bold')).toEqual(['这一行整行强调']);
    expect(pieces('* * *', 'constant.other.placeholder')).toEqual([]);
  });
});

describe('agrees with the structure that is read from the whole text', () => {
  const files = readdirSync(SAMPLES).filter((name) => /\.(txt|gongwen)$/.test(name));

  test.each(files)('%s', (name) => {
    const analysis = analyse(readFileSync(SAMPLES + name, 'utf8'), 'policytext');
    const { text, lines } = analysis;
    const starts = Array.from({ length: lines.count }, (_, line) => lines.start(line));
    const tokens = starts.map((start, line) => tokenise(text.slice(start, lines.end(line))));
    const gaps = tokens.flatMap((line, index) =>
      line
        .filter(({ scopes }) => scopes.some((scope) => scope.startsWith('constant.other.placeholder')))
        .map(({ start }) => starts[index]! + start),
    );
    expect(gaps).toEqual(analysis.placeholders.map(({ start }) => start));

    for (const { marker } of analysis.headings) {
      if (!marker) continue;
      const index = starts.findLastIndex((start) => start <= marker.start);
      const at = marker.start - starts[index]!;
      // A flattened text has headings in the middle of a line, which a single line does not show.
      if (text.slice(starts[index]!, marker.start).trim() !== '') continue;
      const scopes = tokens[index]!.find(({ end }) => end > at)!.scopes.join(' ');
      expect(scopes, marker.text).toMatch(/punctuation\.definition\.heading|keyword\.other\.enumerator/);
    }
  });
});

describe('any text', () => {
  const PIECES = [
    '一',
    '、',
    '（',
    '）',
    '1',
    '.',
    '*',
    '×',
    'X',
    '○',
    '“',
    '”',
    '《',
    '　',
    ' ',
    '第',
    '条',
    '年',
    '〔',
    '_',
    '{',
  ];

  it('is covered by tokens without a hole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES, '字', '\0', '\ud800'), { maxLength: 60 }), (characters) => {
        const line = characters.join('');
        const tokens = tokenise(line);
        expect(tokens.map(({ text }) => text).join('')).toBe(line);
      }),
    );
  });

  // VS Code itself leaves lines of more than 20,000 characters uncoloured.
  test.each([...PIECES, '“一', '（一', '**一', '1.', '1,', '第一', '〔2024', '【待', '一 ', '* ', '\t', '…'])(
    'a line of nothing but %j takes time linear in its length',
    (piece) => {
      expectLinear((length) => void tokenise(piece.repeat(length / piece.length)), 5_000);
    },
  );
});

describe('whole texts', () => {
  it('are coloured as drawn in *.txt beside this test', () => {
    const bin = createRequire(import.meta.url).resolve('vscode-tmgrammar-test/dist/unit.js');
    const grammar = 'syntaxes/policytext.tmLanguage.json';
    const args = [bin, '--compact', '--grammar', grammar, 'tests/unit/syntaxes/*.txt'];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT });
    expect(stdout).toContain('draft.txt');
    expect(status, stdout).toBe(0);
  });
});
