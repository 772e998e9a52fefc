import { describe, expect, it } from 'vitest';
import { breaksOf, outlineOf } from './outline';

const draft = (...lines: string[]) => lines.join('\n');

describe('forms that a marker takes in documents of all kinds', () => {
  it('reads articles and items that are Markdown list items, bold or not', () => {
    expect(
      outlineOf(
        draft(
          '## 第一章 内容',
          '',
          '- **第一条**　　内容包括：',
          '',
          '  - （一）履历；',
          '',
          '  - （二）鉴定。',
          '',
          '- 第二条　　应当保管。',
        ),
        'markdown',
      ),
    ).toEqual(['第一章 内容', '  第一条 内容包括', '    （一） 履历', '    （二） 鉴定', '  第二条 应当保管']);
    expect(outlineOf('- 今年来，全县增长。\n- 第二季度增长。')).toEqual([]);
  });

  it('reads a numeral whose emphasis ends before its mark, and keeps the emphasis apart from the title', () => {
    expect(outlineOf(draft('**一**、收缴', '应当按月。', '二、使用', '应当统筹。'), 'markdown')).toEqual([
      '一、 收缴',
      '二、 使用',
    ]);
  });

  it('takes the sign of a Markdown alert for no title', () => {
    expect(
      outlineOf(
        draft('> [!NOTE] 相关通知', '>', '> 各镇：', '', '## 管理规定', '', '第一条 为了管理，制定本规定。'),
        'markdown',
      ),
    ).toEqual(['[unnumbered] 管理规定', '  第一条 为了管理，制定本规定']);
  });

  it('reads chapter and article on one line as two headings', () => {
    expect(outlineOf(draft('第一章 总则 第一条 为规范管理，制定本办法。', '第二条 适用于全州。'))).toEqual([
      '第一章 总则',
      '  第一条 为规范管理，制定本办法',
      '  第二条 适用于全州',
    ]);
    expect(outlineOf(draft('第一章 总则', '第一条 依照本办法第二章 第三条 办理。'))).toEqual([
      '第一章 总则',
      '  第一条 依照本办法第二章 第三条 办理',
    ]);
  });

  it('reads every dot there is', () => {
    for (const dot of ['.', '．', '﹒', '·', '•', '‧'])
      expect(outlineOf(draft(`1${dot}建设网络。`, `2${dot}建设园区。`))).toEqual([
        `1${dot} 建设网络`,
        `2${dot} 建设园区`,
      ]);
    expect(outlineOf('3·15晚会曝光。')).toEqual([]);
  });

  it('reads what a machine misread where its siblings tell, and reports it', () => {
    const text = draft(
      '一、使用',
      'l、以公司名义的公文。',
      '2、以公司名义的证件。',
      '二、保管',
      '（—）专人。',
      '（二）专柜。',
    );
    expect(outlineOf(text)).toEqual([
      '一、 使用',
      '  l、 以公司名义的公文',
      '  2、 以公司名义的证件',
      '二、 保管',
      '  （—） 专人',
      '  （二） 专柜',
    ]);
    expect(breaksOf(text)).toEqual(['l、 misread→1、', '（—） misread→（一）']);
    expect(outlineOf('l.长度的单位是米。\n宽度也是。')).toEqual([]);
  });

  it('reads the number behind a page number that is glued to it', () => {
    const text = draft(
      '1 范围',
      '适用于全市。',
      '12 术语',
      '2.1 体检',
      '是评价。',
      '83 总则',
      '3.1 原则',
      '坚持导向。',
      '33.2 组织',
      '由市组织。',
    );
    expect(outlineOf(text)).toEqual(['1 范围', '2 术语', '  2.1 体检', '3 总则', '  3.1 原则', '  3.2 组织']);
    // Two consecutive ones that count on from each other are not page numbers.
    expect(breaksOf(draft('1 甲则', '内容。', '2 乙则', '内容。', '13 丙则', '内容。', '14 丁则', '内容。'))).toEqual([
      '13 gap→3',
    ]);
  });

  it('reads a. b. and i. ii. as items where two follow each other', () => {
    expect(
      outlineOf(draft('1.学习', 'a.服务：五十小时。', 'i.校内。', 'ii.校外。', 'b.视野：四十小时。', '2.其他')),
    ).toEqual(['1. 学习', '  a. 服务', '    i. 校内', '    ii. 校外', '  b. 视野', '2. 其他']);
    expect(outlineOf('a.表示面积。')).toEqual([]);
  });

  it('reads 第一， under the items that have it, and goes on with the items', () => {
    expect(outlineOf(draft('（一）甲', '（二）乙', '分为：', '第一，强化。', '第二，抓早。', '（三）丙'))).toEqual([
      '（一） 甲',
      '（二） 乙',
      '  第一， 强化',
      '  第二， 抓早',
      '（三） 丙',
    ]);
  });

  it('reads items whose words are letters, figures or nothing', () => {
    expect(
      outlineOf(draft('1.三区：东区。', '2.ESI：Essential Indicators。', '3.一网：网上。', '4.RCEP', '5．/')),
    ).toEqual(['1. 三区', '2. ESI', '3. 一网', '4. RCEP', '5． /']);
    expect(outlineOf(draft('1.20条街区：重点街区。', '2.三个统筹：统筹生产。'))).toEqual([
      '1. 20条街区',
      '2. 三个统筹',
    ]);
    expect(outlineOf('1.5亿元资金到位。\n2.3亿元正在办理。')).toEqual([]);
  });

  it('keeps a heading whose words name a sibling', () => {
    const text = draft(
      '（一）主体。有（三）所列情形的不得申报。',
      '（二）材料。修订办法（二）和细则（三），报送。',
      '（三）不予受理的情形。',
    );
    expect(outlineOf(text)).toEqual(['（一） 主体', '（二） 材料', '（三） 不予受理的情形']);
    expect(breaksOf(text)).toEqual([]);
  });

  it('reads numbers from a thousand, without 一 before 十, and inserted twice', () => {
    expect(
      outlineOf(
        draft(
          '第九百九十九条 甲。',
          '第一千条 乙。',
          '第一千零一条 丙。',
          '第一千零一条之一 丁。',
          '第一千零一条之一之一 戊。',
          '第一千零二条 己。',
        ),
      ).map((line) => line.trim().split(' ')[0]),
    ).toEqual([
      '第九百九十九条',
      '第一千条',
      '第一千零一条',
      '第一千零一条之一',
      '第一千零一条之一之一',
      '第一千零二条',
    ]);
    expect(
      breaksOf(draft('第一百零九條 甲。', '第一百十條 乙。', '第一百十一條 丙。', '第一百十二條 丁。')).slice(1),
    ).toEqual([]);
  });

  it('reads a number whose mark does not belong there', () => {
    expect(
      outlineOf(draft('第一章、总则', '第一条、应当公开。', '第二条、第一条规定的除外。', '第三条、应当监督。')),
    ).toEqual(['第一章、 总则', '  第一条、 应当公开', '  第三条、 应当监督']);
  });

  it('reads 注：1. and what follows it as a list of its own', () => {
    const text = draft('1．思想', '坚持。', '2．目标', '完成。', '注：1.比例；', '2.标准；', '3.规定。');
    expect(breaksOf(text)).toEqual([]);
    expect(outlineOf(text)).toHaveLength(5);
  });

  it('reads radicals and compatibility ideographs as the ordinary ones', () => {
    expect(outlineOf(draft('⼀、提高认识', '⼆、落实责任', '三、督查'))).toHaveLength(3);
    expect(outlineOf(draft('五、规定', '\uf9d1、审查', '七、协调'))).toHaveLength(3);
  });

  it('takes dates and round counts for no numbers', () => {
    expect(outlineOf(draft('97.6.6 会议通过', '98.6.9 会议通过', '103.12.28 会议修正'))).toEqual([]);
    expect(breaksOf(draft('（一）扶贫', '（二）房屋', '三、四十年前，木屋有火灾。', '（三）教育'))).toEqual([]);
    expect(outlineOf(draft('一、甲', '二、乙', '三、四大工程建设'))).toHaveLength(3);
  });

  it('keeps the question behind a label that tells nothing', () => {
    expect(outlineOf(draft('一、问：为什么？', '答：为了规范。', '二、问：有何要求？', '答：两项。'))).toEqual([
      '一、 问：为什么？',
      '二、 问：有何要求？',
    ]);
  });

  it('reads the articles of a law whose line breaks were deleted', () => {
    const law =
      '第一章　总则第一条　为了加强管理，保障储备真实和安全，根据有关规定，结合本县实际，制定本办法。第二条　县储备局负责行政管理，县财政局负责安排补贴，并接受审计监督。第三条　储备规模由县政府批准。第二章　动用第四条　有下列情形的，可以动用：（一）供应短缺；（二）发生灾害。第五条　违反本办法第三条规定的，责令限期改正；构成犯罪的，依法追究刑事责任，并向社会公布处理结果，接受监督。第六条　本办法自发布之日起施行。';
    expect(outlineOf(law).map((line) => line.split(/(?<=[章条]) /)[0])).toEqual([
      '第一章',
      '  第一条',
      '  第二条',
      '  第三条',
      '第二章',
      '  第四条',
      '  第五条',
      '  第六条',
    ]);
  });
});
