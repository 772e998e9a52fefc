import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';

const found = (text: string, kind: 'policytext' | 'markdown' = 'policytext') =>
  analyse(text, kind).placeholders.map((gap) => gap.text);

describe('placeholders', () => {
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
    '（待遇从优），（请各单位认真组织实施，并将有关情况及时报县政府办公室汇总后上报），［1］',
  ])('finds none in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('knows the emphasis of Markdown', () => {
    expect(found('要把**发展**作为*第一*要务，`**`是标记\n* 一条\n', 'markdown')).toEqual([]);
    expect(found('由**市牵头', 'markdown')).toEqual(['**']);
    expect(found('完成**亿元。**一是稳定。**增收。**二是向好。**提效。', 'markdown')).toEqual(['**']);
    expect(found('**市委**高度重视，**年度目标**已定。', 'markdown')).toEqual([]);
    expect(found('联系人：**，电话：0576-**。', 'markdown')).toEqual(['**', '**']);
    expect(found('于**年**月**日前完成', 'markdown')).toEqual(['**', '**', '**']);
  });
});
