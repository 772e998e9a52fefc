import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';

const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);

/** A report about an invented county. */
const SECTIONS = `青禾县政府工作报告
各位代表：
过去一年，全县上下坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，扎实推进高质量发展，较好完成了年初确定的各项目标任务。
一、过去一年工作回顾
（一）产业发展提质增效。新建现代农业产业园三个，培育规模以上工业企业十二家，数字经济核心产业增加值增长百分之十五。加快推进农副产品加工园区建设，农产品加工业产值突破五十亿元。
（二）城乡面貌持续改善。改造老旧小区二十一个，新建农村公路一百二十公里，完成农村户厕改造三千户，人居环境整治成效明显。
（三）民生福祉不断增进。城镇新增就业五千人，发放创业担保贷款两亿元，新建改扩建中小学八所，县人民医院新院区投入使用。
（四）生态环境更加优良。空气优良天数比例达到百分之九十二，主要河流断面水质全部达标，完成造林绿化三万亩。
二、今年重点工作
（一）全力以赴稳增长。抢抓政策机遇，谋划储备一批打基础、利长远的重大项目，推动青禾至白石高速公路开工建设。
（二）坚定不移促改革。深化“放管服”改革，优化营商环境，推动更多事项一网通办、跨省通办，全面完成机构改革任务。
（三）用心用情惠民生。健全社会保障体系，扩大基本养老保险覆盖面，加强困难群众基本生活保障，办好人民满意的教育。
（四）毫不松懈保安全。压实安全生产责任，深入开展隐患排查整治，坚决防范和遏制重特大事故发生，维护社会大局和谐稳定。
`;
/** As long as a real report, so that only the evidence of the whole text counts. */
const REPORT = Array.from({ length: 6 }, (_, year) => SECTIONS.replaceAll('一年', `${year + 1}年`)).join('');

const misspellings = (text: string, ownWords?: readonly string[]) =>
  lint(
    analyse(text, 'policytext'),
    { rules: {}, ...(ownWords && { lexicon: { words: ownWords } }) },
    undefined,
    spelling,
  )
    .filter(({ rule }) => rule.id === 'text.misspelling')
    .map(({ start, end, severity, message, phrase }) => ({
      written: text.slice(start, end),
      meant: message.values?.[1],
      severity,
      phrase: phrase && text.slice(phrase.start, phrase.end),
    }));
/** REPORT with `wrong` in place of the first `right` after its first third. */
function broken(right: string, wrong: string): string {
  const at = REPORT.indexOf(right, REPORT.length / 3);
  return REPORT.slice(0, at) + wrong + REPORT.slice(at + right.length);
}

describe('a misspelling in a report', () => {
  it.each([
    ['农副产品加工', '农剖产品加工', '剖产', '副产'],
    ['打基础、利长远', '打基储、利长远', '基储', '基础'],
    ['“放管服”改革', '“放管服”该革', '该革', '改革'],
    ['社会保障体系', '社会保章体系', '保章', '保障'],
    ['隐患排查整治', '隐患排差整治', '排差', '排查'],
    ['优化营商环境', '优化赢商环境', '赢商', '营商'],
    ['人居环境整治', '人局环境整治', '人局', '人居'],
    ['主要河流断面', '主要和流断面', '和流', '河流'],
    ['总基调', '总基凋', '基凋', '基调'],
    ['压实安全生产责任', '压实安全生产责认', '责认', '责任'],
    ['机构改革', '机构革改', '革改', '改革'],
    ['重大项目', '重大项项目', '项项目', '项目'],
    ['重点工作', '重点工做', '工做', '工作'],
  ])('is told with certainty where nothing speaks for what is written: %s, %s', (right, wrong, written, meant) => {
    expect(misspellings(broken(right, wrong))).toEqual([{ written, meant, severity: 'warning', phrase: written }]);
  });

  it('is told as likely where what is written may be a word', () => {
    const text = broken('社会保障体系', '社会报章体系');
    expect(misspellings(text)).toMatchObject([{ written: '报章', meant: '保障', severity: 'information' }]);
  });

  it('is a hint where more speaks for what is written', () => {
    const text = broken('优化营商环境', '优化体制机智，优化营商环境');
    expect(misspellings(text)).toMatchObject([{ written: '机智', severity: 'hint' }]);
  });

  it('is none where the writer has added the word to the lexicon', () => {
    const text = broken('隐患排查整治', '隐患排差整治');
    expect(misspellings(text, ['排差'])).toEqual([]);
  });
});

describe('a report', () => {
  it.each([
    ['is sound', ''],
    ['chooses a conjunction', '建立执业医师或执业助理医师的档案，由所在医院和乡镇卫生院管理。'],
    ['speaks of women', '关心她们的特殊利益，帮助她们就业创业。'],
    ['names a thing that others do not', '定期进行塔架安全检查，修复渠首塔架两座，更换塔架螺栓，排除火灾隐患。'],
    ['names people one after another', '表彰惠敏莉、左莉、苏琴、石玉莲、付巧妹等十名先进个人。'],
    ['names a firm', '推动青禾泓昇集团、白石鑫硒食品、绿舍建材等企业投产达效。'],
    ['uses its own short name', '实施人才强禾工程，做好强禾人才引进，兑现强禾政策。'],
    ['has a document number', '根据青工商稽字〔2026〕3号请示的批复办理。'],
    ['says a thing twice in a set pattern', '对开发区授权做到应授尽授，逐街逐路进行设计，做到应登尽登。'],
    ['lets two numerals differ', '处四千元以上五千元以下罚款，淘汰国二及以下柴油货车。'],
  ])('in which nothing is told: it %s', (_, sentence) => {
    const at = REPORT.indexOf('（三）', REPORT.length / 2);
    const text = `${REPORT.slice(0, at)}${sentence}\n${REPORT.slice(at)}`;
    expect(misspellings(text)).toEqual([]);
  });
});
