import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';

const found = (text: string, kind: 'policytext' | 'markdown' = 'policytext') =>
  analyse(text, kind).placeholders.map((gap) => gap.text);

describe('placeholders', () => {
  it('of a line that an edit leaves alone stay examples, and others become gaps with the edit', () => {
    const lines = ['名称统一规范为“××小学”，不得简称。', '由××局牵头。', '例如某某公司。'];
    const before = analyse(lines.join('\n'));
    expect(before.placeholders.map(({ start }) => before.lines.lineAt(start))).toEqual([1, 2]);
    const elsewhere = analyse(`新增一行。\n${before.text}`, 'policytext', before);
    expect(elsewhere.placeholders.map(({ start }) => elsewhere.lines.lineAt(start))).toEqual([2, 3]);
    const edited = analyse(elsewhere.text.replace('名称统一规范为', '新建'), 'policytext', elsewhere);
    expect(edited.placeholders.map(({ start }) => edited.lines.lineAt(start))).toEqual([1, 2, 3]);
  });

  it.each([
    ['words of a case in the next line', '送达李某某\n各单位已经收到。', '各单位', '被告人'],
    ['the code that the next line explains', '编号为XXXX。\n各单位已经收到。', '各单位', '第一位X代表'],
    ['the same name elsewhere', '送达李某某。\n由各单位组织。', '各单位', '李某某'],
    ['the title of a notice of cases', '一份通知\n河口镇干部××。', '一份', '违纪'],
    ['the title of a form', '一份通知\n附件1\n核查情况\n单位：××', '核查情况', '登记表'],
    ['the title of a paper', '一份通知\n国体是____。', '通知', '试题'],
  ])('are none after an edit of %s, as in a fresh text', (_, before, words, others) => {
    const first = analyse(before);
    const edited = analyse(before.replace(words, others), 'policytext', first);
    expect(edited.placeholders).toEqual(analyse(edited.text).placeholders);
    expect(edited.placeholders.length).toBeLessThan(first.placeholders.length);
    const undone = analyse(before, 'policytext', edited);
    expect(undone.placeholders).toEqual(first.placeholders);
  });

  it.each([
    ['去年*月，**市召开第***次会议', ['*', '**', '***']],
    ['完成投资*+*+**亿元', ['*', '*', '**']],
    ['由＊＊局牵头', ['＊＊']],
    ['×××同志，×月×日，XX省ＸＸ市，xx县', ['×××', '×', '×', 'XX', 'ＸＸ', 'xx']],
    ['20XX年，第XX届，XXX元', ['XX', 'XX', 'XXX']],
    ['○○县，〇〇镇，某某单位，联系人____', ['○○', '〇〇', '某某', '____']],
    [
      '增长〔待补〕%，见【待核实】，（待定），[TODO]，{{单位}}',
      ['〔待补〕', '【待核实】', '（待定）', '[TODO]', '{{单位}}'],
    ],
    ['**市要带头，**县要跟上', ['**', '**']],
    ['增长X%，投资Ｘ亿元，下降×％（数据待核实），名单（名单待补）', ['X', 'Ｘ', '×', '（数据待核实）', '（名单待补）']],
  ])('finds the gaps of %s', (text, gaps) => {
    expect(found(text)).toEqual(gaps);
  });

  it.each([
    '二○○四年，一○○周年，二〇〇八年',
    '（具体时间另行通知），长X宽，X光，X元素，方案（待遇从优）',
    '5*3米，480毫米×140毫米，长×宽×高，3×5',
    '*注：数据为初步统计',
    '* * *',
    '**一、总体要求**',
    '一、**总体要求**',
    '**（一）总量。**全年增长。',
    '某市某县，某些单位，X光，XL号，XXL号，file__name',
    '{{< video src="a.mp4" >}}和{{% note %}}',
    '（待遇从优），（请各单位认真组织实施，并将有关情况及时报县政府办公室汇总后上报），［1］',
  ])('finds none in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    [
      `尊敬的<<姓名>>：安排资金[金额]万元，由\${单位}和｛｝{单位名称}负责`,
      ['<<姓名>>', '[金额]', `\${单位}`, '{单位名称}'],
    ],
    ['会议定于［日期］在〔会议地点〕召开，由【单位名称】承办。', ['［日期］', '〔会议地点〕', '【单位名称】']],
    ['联系人：张××，电话：××××××××', ['××', '××××××××']],
    ['邀请张某某同志介绍经验。', ['某某']],
    ['开展“××”专项行动，打造“某某”品牌。', ['××', '某某']],
    ['如期完成××项目。', ['××']],
    ['河口镇李××任副镇长。\n各村由××镇负责。', ['××', '××']],
  ])('finds the fields and names left open in %s', (text, gaps) => {
    expect(found(text)).toEqual(gaps);
  });

  it.each([
    ['an escaped asterisk', '央视网消\\*\\*息'],
    ['a mark of a note in a line', '合计12户。*注：不含外迁户'],
    ['a code with a mark of a note', '8630*\n3770**\n| 7810* | 培训 |'],
    ['thousands in Chinese figures', '产量二、〇〇〇万斤，订为二、○○○点，共一〇、○○○户'],
    ['a number that a line begins with', '〇〇倍的显微镜\n、〇〇〇公斤'],
    ['an argument of a shortcode', '{{< video src="a.mp4" >}} {{% note %}}'],
    ['captions and links', '【会议时间】3月5日\n[日期]：3月5日\n[地址](a.html)\n［1］〔2026〕3号[注]'],
    ['a masked name in a case', '关于两起典型问题的通报\n河口镇干部李某某收受王××礼品，××公司被处罚。'],
    ['a masked name said again', '王某某经营农场。\n县里请王某某介绍经验。'],
    ['a masked party', '青禾县人民法院判决书\n被告人×××，男，某某公司职员。'],
    ['a name given as an example', '应称“××小学”、“××中学”。加盖“XX审批局”的印章。归为企业工会，如某某公司工会。'],
    ['the blanks of a paper', '青禾县法治知识试题\n一、填空题\n1．我国的根本大法是____。'],
    ['the blanks of a contract', '租赁合同\n甲方：____\n乙方：____\n租金____元。'],
    [
      'the blanks of a form behind a finished document',
      '关于开展核查的通知\n请各镇于3月5日前报送。\n附件1\n核查情况登记表\n单位：____\n日期：××××年×月×日',
    ],
  ])('finds none in %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('keeps the gaps of a draft with a form behind it', () => {
    expect(found('关于核查的通知\n请于×月×日前报送。\n附件1\n核查情况登记表\n单位：____')).toEqual(['×', '×', '____']);
  });

  it('takes what fills its line, and pairs of bold words, for emphasis in Markdown', () => {
    expect(found('**县长 王小明**\n\n**名词解释**\n\n**市十件实事：**\n', 'markdown')).toEqual([]);
    expect(found('投资**亿元，增长**%', 'markdown')).toEqual(['**', '**']);
  });

  it('knows the emphasis of Markdown', () => {
    expect(found('要把**发展**作为*第一*要务，`**`是标记\n* 一条\n', 'markdown')).toEqual([]);
    expect(found('由**市牵头', 'markdown')).toEqual(['**']);
    expect(found('经营主体倍增。**市场充满活力。**人流方面，旅客增加。', 'markdown')).toEqual([]);
    expect(found('完成**亿元。**一是稳定。**增收。**二是向好。**提效。', 'markdown')).toEqual(['**']);
    expect(found('**市委**高度重视，**年度目标**已定。', 'markdown')).toEqual([]);
    expect(found('联系人：**，电话：0576-**。', 'markdown')).toEqual(['**', '**']);
    expect(found('于**年**月**日前完成', 'markdown')).toEqual(['**', '**', '**']);
  });
});
