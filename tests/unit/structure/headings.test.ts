import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { breaksOf, outlineOf } from './outline';

const draft = (...lines: string[]) => lines.join('\n');

describe('schemes', () => {
  it('reads 一、（一）1.（1）① under each other', () => {
    expect(
      outlineOf(
        draft(
          '一、总体要求',
          '（一）指导思想',
          '1.坚持底线。',
          '（1）不越红线。',
          '①守住耕地；',
          '②守住水源。',
          '（2）不降标准。',
          '2.坚持重点。',
          '（二）基本原则',
          '二、重点任务',
        ),
      ),
    ).toEqual([
      '一、 总体要求',
      '  （一） 指导思想',
      '    1. 坚持底线',
      '      （1） 不越红线',
      '        ① 守住耕地',
      '        ② 守住水源',
      '      （2） 不降标准',
      '    2. 坚持重点',
      '  （二） 基本原则',
      '二、 重点任务',
    ]);
  });

  it('tells 第一个问题， from the 第一， under it', () => {
    const text = draft(
      '第一个问题，为什么要抓',
      '第一，民心所盼。',
      '第二，大势所趋。',
      '第二个问题，怎么抓',
      '第一，抓制度。',
      '第二，抓队伍。',
      '第四个问题，抓到什么程度',
    );
    expect(outlineOf(text)).toEqual([
      '第一个问题， 为什么要抓',
      '  第一， 民心所盼',
      '  第二， 大势所趋',
      '第二个问题， 怎么抓',
      '  第一， 抓制度',
      '  第二， 抓队伍',
      '第四个问题， 抓到什么程度',
    ]);
    expect(breaksOf(text)).toEqual(['第四个问题， gap→第三个问题，']);
  });

  it('reads chapters and articles, 十条之一 too', () => {
    expect(
      outlineOf(
        draft(
          '第一章　总　　则',
          '第一条　为了规范湿地管理，制定本办法。',
          '第二条　本办法适用于望海区。',
          '第二章　保护',
          '第三条　实行名录管理。',
          '（一）省级湿地；',
          '（二）市级湿地。',
          '第三条之一　名录每年公布。',
          '第四条　分级负责。',
        ),
      ),
    ).toEqual([
      '第一章 总则',
      '  第一条 为了规范湿地管理，制定本办法',
      '  第二条 本办法适用于望海区',
      '第二章 保护',
      '  第三条 实行名录管理',
      '    （一） 省级湿地',
      '    （二） 市级湿地',
      '  第三条之一 名录每年公布',
      '  第四条 分级负责',
    ]);
  });

  it('reads decimal numbering, with a bare figure as its first level', () => {
    expect(
      outlineOf(
        draft(
          '1　总则',
          '1.1　编制目的',
          '为了有序应对旱情，制定本预案。',
          '1.2　适用范围',
          '1.2.1　省级响应：由省指挥部启动。',
          '1.2.2　市级响应：由市指挥部启动。',
          '2　组织体系',
          '2.1　指挥部',
        ),
      ),
    ).toEqual([
      '1 总则',
      '  1.1 编制目的',
      '  1.2 适用范围',
      '    1.2.1 省级响应',
      '    1.2.2 市级响应',
      '2 组织体系',
      '  2.1 指挥部',
    ]);
  });

  it.each([
    [
      'ordinals',
      ['一、提高认识', '第一，思想要统一。全县上下要齐心。', '第二，行动要迅速。', '二、压实责任'],
      ['一、 提高认识', '  第一， 思想要统一', '  第二， 行动要迅速', '二、 压实责任'],
    ],
    [
      '一要',
      ['一要抓春耕。各乡镇要早动员。', '二要抓防汛。', '三要抓秋收。'],
      ['一要 抓春耕', '二要 抓防汛', '三要 抓秋收'],
    ],
    [
      'words',
      ['首先，摸清底数。', '其次，建立台账。', '最后，限期整改。'],
      ['首先， 摸清底数', '其次， 建立台账', '最后， 限期整改'],
    ],
    ['Roman', ['Ⅰ.目标', 'Ⅱ.任务', 'Ⅲ.措施'], ['Ⅰ. 目标', 'Ⅱ. 任务', 'Ⅲ. 措施']],
    ['stems', ['甲、目标', '乙、任务', '丙、措施'], ['甲、 目标', '乙、 任务', '丙、 措施']],
    [
      'traditional',
      ['第一節　總則', '第一條　本辦法適用於本市。', '第二條　自公布日施行。', '第二節　附則'],
      ['第一節 總則', '  第一條 本辦法適用於本市', '  第二條 自公布日施行', '第二節 附則'],
    ],
    [
      'formal over plain',
      ['壹、目標', '一、安居', '二、樂業', '貳、措施', '一、增班'],
      ['壹、 目標', '  一、 安居', '  二、 樂業', '貳、 措施', '  一、 增班'],
    ],
    [
      'blanks and width',
      ['　　(一)修渠', '  （二）植树', '１．春季植树。', '２．秋季植树。'],
      ['(一) 修渠', '（二） 植树', '  １． 春季植树', '  ２． 秋季植树'],
    ],
    [
      'Markdown in a draft',
      ['## 一、目标', '**（一）总量**', '> （二）结构', '## 二、任务'],
      ['一、 目标', '  （一） 总量', '  （二） 结构', '二、 任务'],
    ],
  ])('reads %s', (_, lines, outline) => {
    expect(outlineOf(draft(...lines))).toEqual(outline);
  });

  it('lets numbers run on across headings, and lists restart', () => {
    const running = draft(
      '一、要求',
      '（一）思想。',
      '（二）原则。',
      '二、任务',
      '（三）修渠。',
      '（四）植树。',
      '三、保障',
      '（五）资金。',
    );
    const restarting = draft(
      '一、要求',
      '（一）思想。',
      '（二）原则。',
      '二、任务',
      '（一）修渠。',
      '（二）植树。',
      '三、保障',
      '（一）资金。',
    );
    expect(breaksOf(running)).toEqual([]);
    expect(breaksOf(restarting)).toEqual([]);
    expect(analyse(running).lists.filter((list) => list.running)).toHaveLength(2);
  });

  it('finds a number left out where a list runs on under the next heading', () => {
    const law = (next: string) =>
      draft('第一章　总则', '第一条　目的。', '第二条　范围。', '第二章　职责', next, '第五条　配合。');
    expect(breaksOf(law('第四条　巡查。'))).toEqual(['第四条 gap→第三条']);
    expect(
      breaksOf(draft('一、要求', '（一）思想。', '（二）原则。', '二、任务', '（四）修渠。', '（五）植树。')),
    ).toEqual(['（四） gap→（三）']);
    // Lists that restart have a wrong first number.
    const anew = [
      '一、要求',
      '（一）思想。',
      '（二）原则。',
      '二、任务',
      '（一）修渠。',
      '（二）植树。',
      '三、保障',
      '（二）资金。',
    ];
    expect(breaksOf(draft(...anew))).toEqual(['（二） first→（一）']);
  });

  it('starts anew in attachments and embedded documents', () => {
    const text = draft(
      '关于印发旱情预案的通知',
      '各乡镇人民政府：',
      '一、认真组织',
      '二、严格落实',
      '青禾县人民政府',
      '2024年3月5日',
      '青禾县旱情预案',
      '一、总则',
      '二、响应',
      '附件1',
      '物资清单',
      '一、抽水机',
      '二、水管',
    );
    expect(outlineOf(text)).toEqual([
      '[title] 关于印发旱情预案的通知',
      '一、 认真组织',
      '二、 严格落实',
      '[title] 青禾县旱情预案',
      '一、 总则',
      '二、 响应',
      '[appendix] 附件1　物资清单',
      '  一、 抽水机',
      '  二、 水管',
    ]);
    expect(breaksOf(text)).toEqual([]);
  });
});

describe('markers in odd places', () => {
  it('takes what stands under the document number for the title, not who issues it', () => {
    const text =
      '青禾县人民政府文件\n\n青政发〔2024〕3号\n\n青禾县人民政府关于加强\n古树保护的通知\n\n各镇人民政府：\n一、目标\n二、任务';
    expect(outlineOf(text)).toEqual(['[title] 青禾县人民政府关于加强古树保护的通知', '一、 目标', '二、 任务']);
    // Without a number under it such a line may well be a title.
    expect(outlineOf('古树保护文件\n\n一、目标\n二、任务')[0]).toBe('[title] 古树保护文件');
  });

  it('knows a document number with gaps, with who signs it, and with its classification above', () => {
    const text = (head: string) => `${head}\n\n青禾县水务局关于水库管护经费的请示\n\n县人民政府：\n一、缘由\n二、事项`;
    const outline = ['[title] 青禾县水务局关于水库管护经费的请示', '一、 缘由', '二、 事项'];
    for (const head of [
      '青水请〔××〕××号',
      '青水请〔2024〕12号　　　　签发人：李明',
      '机密★1年\n特急\n青禾县水务局文件\n青水请〔2024〕12号　签发人：〔待补〕',
    ]) {
      expect(outlineOf(text(head))).toEqual(outline);
    }
    expect(outlineOf(text('青水请示的签发人'))[0]).not.toBe(outline[0]);
  });

  it('takes the head of minutes and bulletins for what they are, and the title below for the title', () => {
    const minutes = (...head: string[]) => outlineOf(draft(...head, '', '一、研究防汛工作', '二、研究供水工作'))[0];
    const title = '[title] 县长办公会议纪要';
    expect(minutes('会 议 纪 要', '〔2024〕15号', '青禾县人民政府办公室　　2024年6月3日', '', title.slice(8))).toBe(
      title,
    );
    expect(minutes('工作简报', '第5期（总第81期）', '县水务局编　2024年6月3日', '', title.slice(8))).toBe(title);
    expect(minutes('会议纪要', '（第5期）', title.slice(8))).toBe(title);
    // With nothing below, the line above the number is the title.
    expect(minutes('关于加强古树保护的通报', '第12号')).toBe('[title] 关于加强古树保护的通报');
  });

  it('leaves who speaks out of the title, and keeps a title that goes on', () => {
    const titleOf = (...head: string[]) => outlineOf(draft(...head, '一、目标', '二、任务'))[0];
    expect(titleOf('在全市大会上的讲话', '赵志远', '（2025年1月6日）')).toBe('[title] 在全市大会上的讲话');
    expect(titleOf('关于2024年工作报告', '起草情况的说明')).toBe('[title] 关于2024年工作报告起草情况的说明');
    expect(titleOf('中共青禾县委关于深化改革', '推进振兴的意见')).toBe(
      '[title] 中共青禾县委关于深化改革推进振兴的意见',
    );
  });

  it('leaves a lone 首先 to its sentence', () => {
    const text = draft(
      '首先，我代表县委向大家致以问候。',
      '一、总结成绩',
      '首先，要真抓。其次，要实干。',
      '二、再创佳绩',
    );
    expect(outlineOf(text)).toEqual(['一、 总结成绩', '二、 再创佳绩']);
    expect(outlineOf(draft('首先，要真抓。', '其次，要实干。'))).toEqual(['首先， 要真抓', '其次， 要实干']);
  });

  it('reads decimals before Roman figures and Latin words', () => {
    expect(
      outlineOf(draft('4　应急响应', '4.1　Ⅰ级响应', '4.2　Ⅱ级响应', '5　附则')).map((line) => line.trim()),
    ).toEqual(['4 应急响应', '4.1 Ⅰ级响应', '4.2 Ⅱ级响应', '5 附则']);
  });

  it('does not take the rows of a table for the name of the attachment', () => {
    const text = '附件1\n任务分解表\n乡镇\t面积（万亩）\t任务（万吨）\n东河镇\t3.2\t1.5';
    expect(outlineOf(`一、目标\n二、任务\n\n${text}`)).toContain('[appendix] 附件1　任务分解表');
  });

  it('sets the name of an attachment apart from its number, with a blank line between or none', () => {
    for (const gap of ['\n', '\n\n']) {
      const text = `关于检查的通知\n一、目标\n二、任务\n\n附件1${gap}任务分工表\n一、工程\n二、资金`;
      expect(outlineOf(text)).toContain('[appendix] 附件1　任务分工表');
    }
  });

  it('takes a bare figure behind # for a number, also a wrong one', () => {
    const text = '# 平台方案\n\n## 1 概述\n### 1.1 背景\n内容。\n## 2 内容\n2.1 设施\n2.2 系统\n## 4 进度\n内容。';
    expect(outlineOf(text).map((line) => line.trim())).toContain('4 进度');
    expect(breaksOf(text)).toEqual(['4 gap→3']);
  });

  it('reads a mark set apart from its numeral', () => {
    expect(outlineOf(draft('一 、总体要求', '1 、抓产业', '2 、抓民生', '二 、重点任务'))).toEqual([
      '一 、 总体要求',
      '  1 、 抓产业',
      '  2 、 抓民生',
      '二 、 重点任务',
    ]);
    expect(outlineOf('每户补助 1 、2 万元。')).toEqual([]);
  });

  it('goes on counting in the next chapter from a wrong number at the end of the one before', () => {
    const articles = (last: string) =>
      draft(
        '第一章　总则',
        '第一条　甲。',
        '第二条　乙。',
        '第二章　管理',
        '第三条　丙。',
        `${last}　丁。`,
        '第三章　附则',
      );
    expect(breaksOf(`${articles('第五条')}\n第六条　戊。\n第七条　己。`)).toEqual(['第五条 gap→第四条']);
    expect(breaksOf(`${articles('第五条')}\n第五条　戊。\n第六条　己。`)).toEqual(['第五条 gap→第四条']);
    expect(breaksOf(`${articles('第三条')}\n第五条　戊。\n第六条　己。`)).toEqual(['第三条 duplicate→第四条']);
  });

  it('reads a number whose mark a converter has escaped', () => {
    expect(outlineOf(draft('一、做法', '1\\. 修水渠', '2\\. 种果树', '3\\) 办学堂', '二、成效'))).toEqual([
      '一、 做法',
      '  1\\. 修水渠',
      '  2\\. 种果树',
      '  3\\) 办学堂',
      '二、 成效',
    ]);
    expect(outlineOf(draft('路径是 C:\\2026\\.tmp，另有说明。'))).toEqual([]);
  });

  it('shows a title without emphasis and with its gaps', () => {
    expect(outlineOf(draft('一、**县工作回顾', '内容。', '二、推进**项目', '内容。'))).toEqual([
      '一、 **县工作回顾',
      '二、 推进**项目',
    ]);
    const items = draft('## 一、问题', '', '- 一是**人才短缺**，外出多；', '- 二是**资金不足**，渠道窄。');
    expect(outlineOf(items, 'markdown').slice(1)).toEqual(['  一是 人才短缺，外出多', '  二是 资金不足，渠道窄']);
    expect(outlineOf('**一、总体要求**\n内容。\n**二、重点任务**\n内容。', 'markdown')).toEqual([
      '一、 总体要求',
      '二、 重点任务',
    ]);
  });

  it('takes the title from the line below a marker that stands alone', () => {
    expect(outlineOf(draft('一、', '总体要求', '内容。', '二、', '重点任务', '内容。'))).toEqual([
      '一、 总体要求',
      '二、 重点任务',
    ]);
  });

  it('leaves a title whole that ends in a figure', () => {
    const headings = analyse('往事如烟……3\n）再议\n').headings;
    expect(headings.map(({ kind, marker }) => [kind, marker])).toEqual([['title', undefined]]);
  });

  it('joins a marker that was broken over two lines', () => {
    const text = draft('（一）修渠。', '各村自筹资金。（', '二）植树。', '（三）修路。');
    const headings = analyse(text).headings;
    expect(headings.map(({ marker }) => marker?.text)).toEqual(['（一）', '（二）', '（三）']);
    expect(headings[1]?.title).toBe('植树');
    expect(text.slice(headings[1]?.marker?.start, headings[1]?.marker?.end)).toBe('（\n二）');
  });

  it('finds the headings of a text flattened into one line', () => {
    const filler =
      '各乡镇要按照统一部署抓好落实，明确责任分工，细化工作举措，定期通报进展情况，确保各项任务按时完成。'.repeat(3);
    const flat = `一、总体要求 (一)指导思想。${filler} (二)基本原则。${filler} 二、重点任务 (三)修渠。${filler} (四)植树。${filler}`;
    expect(outlineOf(flat)).toEqual([
      '一、 总体要求',
      '  (一) 指导思想',
      '  (二) 基本原则',
      '二、 重点任务',
      '  (三) 修渠',
      '  (四) 植树',
    ]);
    expect(breaksOf(flat)).toEqual([]);
  });

  it('shows titles without glued pinyin', () => {
    expect(outlineOf('一、堅(jiān)持發(fā)展\n二、改善民生')[0]).toBe('一、 堅持發展');
  });

  it('reads （一） right behind its article', () => {
    expect(outlineOf(draft('第一条　（一）省级；', '（二）市级。', '第二条　另行规定。'))).toEqual([
      '第一条',
      '  （一） 省级',
      '  （二） 市级',
      '第二条 另行规定',
    ]);
  });
});

describe('what heads nothing', () => {
  it.each([
    [
      'a figure at a sentence start',
      draft('一、回顾', '5.5%左右的目标，是综合考虑作出的。', '1997年4月，青禾县设区。', '二、展望', '内容。'),
      ['一、 回顾', '二、 展望'],
    ],
    [
      'a figure alone on its line',
      draft('一、回顾', '人均住房面积提高', '2.5', '平方米。', '二、展望'),
      ['一、 回顾', '二、 展望'],
    ],
    [
      'a year in brackets',
      draft('关于规则的决定', '（二○○四年六月十六日会议通过）', '一、目标', '二、任务'),
      ['[title] 关于规则的决定', '一、 目标', '二、 任务'],
    ],
    [
      'rows of a table',
      draft('一、补贴标准', '1 青禾镇 300', '2 望海镇 280', '3 云口镇 260', '二、发放办法'),
      ['一、 补贴标准', '二、 发放办法'],
    ],
    [
      'coordinates',
      draft('一、范围', '1.30°12′10″', '2.30°15′20″', '3.30°18′30″', '二、时间'),
      ['一、 范围', '二、 时间'],
    ],
    [
      'references at a line start',
      draft(
        '第一条　适用范围如下。',
        '第二条　具体标准另定。',
        '第一条、第二条规定的标准，每年公布一次。',
        '（一）项规定的除外。',
        '第三条　自公布之日起施行。',
      ),
      ['第一条 适用范围如下', '第二条 具体标准另定', '第三条 自公布之日起施行'],
    ],
    [
      'an enumeration that opens its paragraph',
      draft('一、做法', '一是早动员；二是早部署；三是早落实。', '二、成效'),
      ['一、 做法', '二、 成效'],
    ],
    [
      'the list of attachments',
      draft('请认真执行。', '附件：1.任务清单', '2.责任清单', '青禾县人民政府', '2024年3月5日'),
      [],
    ],
  ])('leaves %s alone', (_, text, outline) => {
    expect(outlineOf(text)).toEqual(outline);
  });

  it('leaves out a printed table of contents, with and without its name', () => {
    const body = [
      '一、总体要求',
      '内容很多，此处从略。',
      '二、重点任务',
      '内容很多，此处从略。',
      '三、保障措施',
      '内容很多，此处从略。',
    ];
    const outline = ['一、 总体要求', '二、 重点任务', '三、 保障措施'];
    expect(
      outlineOf(draft('目　　录', '一、总体要求………………1', '二、重点任务………………3', '三、保障措施………………9', ...body)),
    ).toEqual(outline);
    expect(outlineOf(draft('目录', '一、总体要求', '二、重点任务', '三、保障措施', ...body))).toEqual(outline);
    expect(outlineOf(draft('一、总体要求', '二、重点任务', '三、保障措施', ...body))).toEqual(outline);
  });
});

describe('breaks', () => {
  const list = (...numbers: string[]) => numbers.map((number) => `${number}抓好各项工作落实到位。`).join('\n');

  it.each([
    ['a number raised by one', list('（一）', '（二）', '（四）', '（四）', '（五）'), ['（四） gap→（三）']],
    ['a number left out', list('（一）', '（二）', '（四）', '（五）', '（六）'), ['（四） gap→（三）']],
    ['a number repeated', list('1.', '2.', '2.', '4.'), ['2. duplicate→3.']],
    ['a number inserted twice', list('1.', '2.', '2.', '3.'), ['2. duplicate→3.']],
    ['a number far off', list('一、', '二、', '九、', '四、', '五、'), ['九、 gap→三、']],
    ['a number that goes back', list('一、', '二、', '三、', '二、', '五、'), ['二、 order→四、']],
    ['a list that starts at two', list('（二）', '（三）', '（四）'), ['（二） first→（一）']],
    ['a first number raised', list('（二）', '（二）', '（三）'), ['（二） first→（一）']],
    ['the last number', list('第一条　', '第二条　', '第四条　'), ['第四条 gap→第三条']],
    ['a decimal', '1　总则\n1.1　目的\n1.2　范围\n1.4　原则\n2　体系\n2.1　机构', ['1.4 gap→1.3']],
    [
      'a two-member list',
      '一、任务\n内容。\n二、措施\n（一）抓好春耕备耕。\n（三）抓好防汛抗旱。\n三、要求\n内容。',
      ['（三） gap→（二）'],
    ],
  ])('finds %s once, on its marker', (_, text, breaks) => {
    expect(breaksOf(text)).toEqual(breaks);
  });
});

describe('sections', () => {
  it('span the whole section, without the blank lines and the sign-off behind it', () => {
    const text = draft(
      '一、目标',
      '内容甲。',
      '',
      '（一）总量',
      '内容乙。',
      '',
      '二、任务',
      '内容丙。',
      '',
      '青禾县人民政府',
      '2024年3月5日',
    );
    const spans = analyse(text).headings.map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual(['一、目标\n内容甲。\n\n（一）总量\n内容乙。', '（一）总量\n内容乙。', '二、任务\n内容丙。']);
  });

  it('hold what is read as a part of them, although it stands behind a sign-off', () => {
    const text = draft('一、目标', '内容甲。', '2024年3月5日', '（一）总量', '内容乙。', '2024年3月6日');
    const spans = analyse(text).headings.map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual(['一、目标\n内容甲。\n2024年3月5日\n（一）总量\n内容乙。', '（一）总量\n内容乙。']);
  });

  it('count characters without blanks, a rare character as one', () => {
    expect(analyse('一、目 标\n内　容\u{20000}。\n二、任务').headings[0]?.characters).toBe(8);
  });

  it('tell leads, headings, items and articles apart', () => {
    const text = draft('一、目标', '（一）总量。全年增长。', '1.县级；', '2.乡级。', '第一条　适用。');
    // The last clause ends with a full stop and is one of them.
    expect(analyse(text).headings.map(({ kind }) => kind)).toEqual(['heading', 'lead', 'item', 'item', 'article']);
    const sentences = draft('一、目标', '1.全年增长。', '2.民生改善。');
    expect(analyse(sentences).headings.map(({ kind }) => kind)).toEqual(['heading', 'heading', 'heading']);
  });
});

describe('what only looks like a broken sequence', () => {
  it('opens another list where a second 首先， stands, or none', () => {
    expect(
      breaksOf(draft('首先，我代表县委问好！', '一年来成绩很大。', '讲话全文如下：', '首先，我代表县委问好！')),
    ).toEqual([]);
    expect(outlineOf(draft('首先，摸清底数。', '其次，建立台账。', '再次，限期整改。'))).toEqual([
      '首先， 摸清底数',
      '其次， 建立台账',
      '再次， 限期整改',
    ]);
  });

  it('begins a list inside a paragraph again where one like it has gone before', () => {
    const list = (topic: string) => [
      `要做好三项${topic}。一是改革。要抓好。`,
      '二是开放。要扩大。',
      '三是创新。要加强。',
    ];
    expect(breaksOf(draft(...list('工作'), '会议认为，要稳中求进。', ...list('任务')))).toEqual([]);
    expect(breaksOf(draft('一是改革。', '二是开放。', '四是创新。'))).not.toEqual([]);
  });

  it('leaves 三是 to its paragraph, although a blank precedes it', () => {
    const long = '各乡镇要把任务落实到村、落实到户、落实到人，每月调度一次，每季通报一次，年底统一考核。'.repeat(4);
    const text = draft(
      '一、去年工作',
      `一是修好水渠。${long}`,
      `二是种好水稻。${long}`,
      `看到成绩的同时，还要看到不足。一是底子不厚。${long}二是人手不够。${long} 三是经费不足。${long}四是机制不活。`,
      '二、今年工作',
    );
    expect(outlineOf(text)).toEqual(['一、 去年工作', '  一是 修好水渠', '  二是 种好水稻', '二、 今年工作']);
    expect(breaksOf(text)).toEqual([]);
    // In a flattened text the blanks are all that is left of the line breaks.
    const flattened = `一、去年工作 一是修好水渠。${long} 二是种好水稻。${long} 三是建好渔场。${long} 二、今年工作 ${long}`;
    expect(outlineOf(flattened)).toEqual([
      '一、 去年工作',
      '  一是 修好水渠',
      '  二是 种好水稻',
      '  三是 建好渔场',
      '二、 今年工作',
    ]);
  });

  it('takes figures before a unit, and after letters or 第, for no markers, however blanks part them', () => {
    const long = '全县上下真抓实干，群众得到实惠，城乡面貌一新，'.repeat(8);
    expect(outlineOf(`外贸总额达到 1.4 亿美元，增长 19.5% ，居全省前列；就业 1.5 万人；${long}`)).toEqual([]);
    expect(outlineOf(`山根公路开工建设。 S 282 、 S 284 、 S 370 线完成改造，指数分别排名第 5、第29，${long}`)).toEqual(
      [],
    );
    // Of an item whose words begin with a measure there is no other figure before the unit.
    expect(outlineOf(`${long}。 1. 万吨码头建成。${long}。 2. 千米长堤合龙。${long}`)).toHaveLength(2);
  });

  it('takes no number in the cells of a table for a heading, however long its rows are', () => {
    const cell = '建成泵站三座，改造管网二十公里，惠及群众八千户，水质达标。'.repeat(6);
    const table = `实事完成情况表\n| 事项 | 单位 | 进度 |\n| 一、供水改造“甘泉”| 水务局 | ${cell} |\n| 二、公交提升 | 交通局 | ${cell} |`;
    expect(outlineOf(table).join()).not.toMatch(/供水|公交/);
  });

  it('takes 6. 7 万 for a figure that a blank divides', () => {
    const long = '各乡镇要把任务落实到村、落实到户、落实到人，每月调度一次，每季通报一次，年底统一考核。'.repeat(5);
    expect(outlineOf(`今年建成步道 6. 7 万平方米、管网 37. 06 公里，${long}`)).toEqual([]);
  });

  it('reads a. b. under A. as a list of its own', () => {
    const text = draft('A.农业', 'a.造林', 'b.护林', 'B.渔业', 'a.养鱼', 'b.养虾', 'C.牧业', 'a.养羊', 'b.养牛');
    expect(outlineOf(text).filter((line) => line.startsWith('  ')).length).toBe(6);
    expect(breaksOf(text)).toEqual([]);
  });

  it('takes 第三条　所列 for the rest of a sentence, and 第五条　规定 for an article', () => {
    const law = (line: string) =>
      draft(
        '第一条　为了规范，制定本规定。',
        '第二条　不得有下列行为。',
        '第三条　企业不准与',
        line,
        '第四条　自发布之日起施行。',
      );
    expect(breaksOf(law('第二条　所列人员发生业务往来。'))).toEqual([]);
    expect(breaksOf(law('第二条　企业发生业务往来。'))).not.toEqual([]);
  });

  it('goes on in the sentence where a line was broken inside an inline list', () => {
    expect(
      outlineOf(
        draft(
          '（一）引言',
          '首先，问题不能一步解',
          '决；第二，政府已经推出政策；第',
          '三，大家要齐心；',
          '第四，部分决策即将公布。',
          '（二）经济',
        ),
      ),
    ).toEqual(['（一） 引言', '（二） 经济']);
    expect(outlineOf(draft('第一，统一思想；', '第二，压实责任；', '第三，强化督查。'))).toHaveLength(3);
  });

  it('reads the first item behind the heading of its list in one line', () => {
    expect(
      outlineOf(draft('一、提高质量效益 （一）抓农业。要增收。', '（二）抓工业。要增效。', '二、改善民生', '内容。')),
    ).toEqual(['一、 提高质量效益', '  （一） 抓农业', '  （二） 抓工业', '二、 改善民生']);
  });

  it('reads 41“词语”： in a glossary as the item between 40. and 42.', () => {
    expect(breaksOf(draft('1.三区：东区。', '2“振兴”计划：提高办学水平。', '3.一网：网上办理。'))).toEqual([]);
  });

  it('ends a title above a chronicle', () => {
    expect(outlineOf(draft('大事记', '2015.3.5 协会成立', '2016.6.6 协会召开年会'))).toEqual(['[title] 大事记']);
  });

  it('takes （二）与第三人 for an item and （二）与第三项 for a reference', () => {
    expect(outlineOf(draft('（一）申请书；', '（二）与第三人的关系说明；', '（三）其他材料。'))).toHaveLength(3);
  });
});

it('reads more markers than any document has, with the slip among them', () => {
  const PLACES = '青禾望海临江云岭河口松岗南屏北川';
  const digits = (number: number) =>
    [...number.toString(16)].map((digit) => PLACES[Number.parseInt(digit, 16)]).join('');
  const lines = Array.from({ length: 31_000 }, (_, at) => {
    const number = at === 20_003 ? 9 : at % 4;
    return `${at % 4 === 0 ? `${'一二三四五'[(at / 4) % 5]}、` : `${number}. `}${digits(at)}水利工程`;
  });
  const { headings } = analyse(lines.join('\n'));
  expect(headings).toHaveLength(lines.length);
  const misplaced = headings.filter(({ level }, at) => level !== (at % 4 === 0 ? 1 : 2));
  // Where 一、 comes again for the first time, two readings cost the same.
  expect(misplaced.length).toBeLessThan(4);
});
