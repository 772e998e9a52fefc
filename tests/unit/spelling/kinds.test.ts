import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { PHRASES, setPhraseSlips } from '../../../server/src/spelling/setPhrases';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';

const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);

/** What is written and what it should be, for each misspelling of `text`. */
const misspellings = (text: string) =>
  lint(analyse(text, 'policytext'), { rules: {} }, undefined, spelling)
    .filter(({ rule }) => rule.id === 'text.misspelling')
    .map(({ message }) => `${message.values?.[0]} ${message.values?.[1]}`);

describe('another word of the same sound', () => {
  it.each([
    ['对套取、骗取自尽的单位依法处理。', '自尽 资金'],
    ['各单位要按照管理全线做好干部监督工作。', '全线 权限'],
    ['健全人力自愿服务机构，促进就业。', '自愿 资源'],
    ['实行公务员职务与职级并行制度，完善奖金急里机制。', '急里 激励'],
  ])('is found: %s', (text, wanted) => {
    expect(misspellings(text)).toEqual([wanted]);
  });

  it.each([
    ['青禾至白石高速公路年内全线贯通。'],
    ['稳妥化解地方债务危机，守住风险底线。'],
    ['组织青年自愿参加社区服务，做好心理危机干预。'],
    ['违反财经纪律套取资金的，按照管理权限给予处分。'],
  ])('is none where it fits: %s', (text) => {
    expect(misspellings(text)).toEqual([]);
  });
});

describe('a character too rare for the model', () => {
  it.each([
    ['推动侬业农村现代化，拓宽增收渠道。', '侬业 农业'],
    ['建笠健全长效机制，压实工作责任。', '建笠 建立'],
  ])('may be written for a common one: %s', (text, wanted) => {
    expect(misspellings(text)).toEqual([wanted]);
  });

  it.each([['任命石炅为青禾县农业农村局副局长。'], ['朕见恽敬的手札一通，由县博物馆收藏。']])(
    'may be meant: %s',
    (text) => {
      expect(misspellings(text)).toEqual([]);
    },
  );
});

describe('titles', () => {
  it.each([
    ['依照《中华人民共和国传染病防止法》的规定执行。', '防止 防治'],
    ['印发《关于加强农村公路养护管哩的通知》。', '管哩 管理'],
  ])('of official documents are checked: %s', (text, wanted) => {
    expect(misspellings(text)).toEqual([wanted]);
  });

  it.each([
    ['会议听取了《培育发展大数局产业》一文的介绍。'],
    ['县图书馆推荐《大数局》一书。'],
    ['演出了《三进防止法》。'],
    ['《关于“大数局”之说的通知》已经收到。'],
  ])('of other works, and quotations in them, are not: %s', (text) => {
    expect(misspellings(text)).toEqual([]);
  });
});

describe('a set phrase with one wrong character', () => {
  it.each([
    ['有时瞻前顾后，不敢大刀阔府改革。', '大刀阔府 大刀阔斧'],
    ['发现弄虚做假的，要严肃处理。', '弄虚做假 弄虚作假'],
    ['面对困难，各级干部要知重负重、功坚克难。', '功坚克难 攻坚克难'],
    ['希望大家珍惜荣誉、再接再励。', '再接再励 再接再厉'],
    ['财政安排要量人为出，不留缺口。', '量人为出 量入为出'],
  ])('is found: %s', (text, wanted) => {
    expect(misspellings(text)).toEqual([wanted]);
  });

  it.each([
    ['要多办实事求实效，不搞花架子。'],
    ['各级各部门同心同行、苦干实干。'],
    ['不能固步自封，也不能故步自封。'],
    ['这是县委和中共青禾镇委员会正确领导的结果。'],
    ['推介“蓉归故里”计划，吸引青年回乡。'],
  ])('is none where other words stand: %s', (text) => {
    expect(misspellings(text)).toEqual([]);
  });

  it('is no phrase of the list', () => {
    for (const phrase of PHRASES) expect(setPhraseSlips(phrase, spelling.confusions, spelling.language)).toEqual([]);
  });
});
