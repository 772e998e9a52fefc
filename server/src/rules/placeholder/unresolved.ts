import type { PlaceholderKind } from '../../structure/analysis';
import type { Message } from '../../text/message';
import type { DocumentRule, Finding, RuleOption } from '../rule';

const KINDS: Record<PlaceholderKind, { zh: string; en: string }> = {
  asterisk: { zh: '星号 ** 或 *', en: 'asterisks, ** or *' },
  cross: { zh: '叉号 ××', en: 'crosses, ××' },
  latinX: { zh: '字母 XX', en: 'letters, XX' },
  circle: { zh: '圆圈 ○○', en: 'circles, ○○' },
  mou: { zh: '某某', en: '某某' },
  underscore: { zh: '下划线 ____', en: 'underscores, ____' },
  bracket: { zh: '〔待补〕【待核实】[金额] 一类的标注', en: 'notes such as 〔待补〕 and [金额]' },
  template: { zh: '模板字段 {{…}}、<<…>> 等', en: 'template fields such as {{…}} and <<…>>' },
};

const options: Record<string, RuleOption> = Object.fromEntries(
  Object.entries(KINDS).map(([kind, name]) => [
    kind,
    { default: true, description: { zh: `报告${name.zh}`, en: `Report ${name.en}` } },
  ]),
);

export const unresolved: DocumentRule = {
  id: 'placeholder.unresolved',
  scope: 'document',
  title: { zh: '占位符未填', en: 'Placeholder not filled in' },
  reason: {
    zh: '草稿中留空的名称、数字在定稿前应全部补上。',
    en: 'Names and figures left open in a draft must be filled in before it is sent.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  options,
  examples: {
    flagged: [
      { text: '实施“⟦**⟧”项目，用“⟦**⟧”理念抓落实，把推进的“⟦**⟧”战略落到实处。' },
      { text: '去年⟦*⟧月，⟦**⟧市召开动员会，⟦×××⟧同志出席。' },
      { text: '全县完成投资⟦XX⟧亿元，同比增长⟦ＸＸ⟧%，安排资金⟦XXX⟧元。' },
      { text: '由⟦○○⟧县和⟦某某⟧公司共同承担，联系人：⟦____⟧。' },
      { text: '完成率为⟦〔待补〕⟧，数据⟦【待核实】⟧，地点为⟦{{会议地点}}⟧。' },
      { text: `尊敬的⟦<<姓名>>⟧：现拨付⟦[金额]⟧万元，由⟦\${单位}⟧使用。` },
      { text: '比上年增长⟦*⟧.⟦*⟧个百分点，⟦×⟧月⟦×⟧日印发。' },
    ],
    clean: [
      {
        text: '代表机构的名称应当为“××律师事务所驻××（城市名）代表处”；编号方式为：X妆XXXXXXXX。第一位X代表发证部门。',
      },
      { text: '无法保证的，应当声明×××无法保证本报告内容真实、准确、完整；全县投资一四·〇〇亿元。' },
      { text: '仅部分活动属于本类的，行业代码用“*”做标记；带“*”和“**”的类别另行说明。' },
      { text: '结算时生成《____省（区、市）跨省结算清单》，以“**”表示合计。' },
      { text: '二○○四年以来，全县建成3×5米标准泵房，按5*3排列。' },
      { text: '**一、总体要求**\n*注：数据来源于县统计局。' },
      { text: '要把**发展**作为第一要务。', kind: 'markdown' },
      { text: '**县长 王小明**\n\n**名词解释**', kind: 'markdown' },
      { text: '关于两起典型问题的通报\n河口镇干部李某某收受王××礼品，受到警告处分。' },
      { text: '全县粮食产量达到二、〇〇〇万斤，{{< video src="a.mp4" >}}。' },
      { text: '* 摸清底数\n* 建立台账', kind: 'markdown' },
      { text: '某市在推进中走了弯路，某些单位重视不够。' },
      { text: '长×宽×高按实测值填写，车牌尺寸为480毫米×140毫米。' },
      { text: '（待遇不变），［1］见附录，参见 file__name 与 XXL 号。' },
    ],
  },

  check(analysis, { options: set }) {
    // A draft may have thousands of gaps, and most are written alike.
    const messages = new Map<string, Message>();
    const findings: Finding[] = [];
    for (const { kind, start, end, text } of analysis.placeholders) {
      if (set[kind] === false) continue;
      let message = messages.get(text);
      if (!message) {
        message = { zh: '占位符“{0}”还没有填', en: 'The placeholder “{0}” is still to be filled in', values: [text] };
        messages.set(text, message);
      }
      findings.push({ start, end, message });
    }
    return findings;
  },

  offers({ start, end, message: { values = [] } }) {
    const title = { zh: '删去占位符“{0}”', en: 'Delete the placeholder “{0}”', values };
    return [{ title, edits: [{ start, end, newText: '' }], safe: false }];
  },
};
