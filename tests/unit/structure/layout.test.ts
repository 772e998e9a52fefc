import { describe, expect, it } from 'vitest';
import { breaksOf, outlineOf } from './outline';

const draft = (...lines: string[]) => lines.join('\n');

describe('contents', () => {
  it('heads nothing, whatever its page numbers look like', () => {
    expect(
      outlineOf(
        draft(
          '制度汇编',
          '目  录',
          '一、前言... 1',
          '二、管理制度',
          '1、用车办法. 3',
          '2、用水办法. 8',
          '前言',
          '没有规矩，不成方圆。',
          '用车办法',
          '一、用车须登记。',
        ),
      ),
    ).toEqual(['[title] 制度汇编', '[unnumbered] 前言', '[unnumbered] 用车办法', '  一、 用车须登记']);
    expect(
      outlineOf(
        draft(
          '目录',
          '第一章  目标 ......... 1',
          '第一节  近期 ......... 2',
          'I I',
          '第二章  工程 ......... 5',
          '第一节  近期',
          '到明年完成。',
          '第二节  远期',
          '到后年完成。',
        ),
      ),
    ).toEqual(['第一节 近期', '第二节 远期']);
    expect(
      outlineOf(
        draft(
          '治理方案',
          '目录',
          '一、要求\t错误!未定义书签。',
          '二、任务\t错误!未定义书签。',
          '一、要求',
          '落实。',
          '二、任务',
          '落实。',
        ),
      ),
    ).toEqual(['[title] 治理方案', '一、 要求', '二、 任务']);
  });

  it('is no list that a later article repeats', () => {
    const items = ['（一）倾倒垃圾；', '（二）取土；', '（三）启闭闸门。'];
    const text = draft(
      '管理办法',
      '第一条 禁止下列行为：',
      ...items,
      '第二条 应当巡查。',
      '第三条 有下列行为之一的，处罚款：',
      ...items,
    );
    expect(outlineOf(text)).toHaveLength(10);
    expect(breaksOf(text)).toEqual([]);
  });
});

describe('what stands under what', () => {
  it('hangs the items of a glossary or an annex under it', () => {
    const text = draft(
      '工作报告',
      '各位代表：',
      '一、回顾',
      '（一）增长。增长6%。',
      '二、安排',
      '要坚持依法行政，自觉接受监督。',
      '名词解释',
      '1.三区：东区。',
      '2.两不愁：不愁吃。',
      '附件1',
      '物资清单',
      '一、水泵',
    );
    expect(outlineOf(text)).toEqual([
      '[title] 工作报告',
      '一、 回顾',
      '  （一） 增长',
      '二、 安排',
      '[appendix] 名词解释',
      '  1. 三区',
      '  2. 两不愁',
      '[appendix] 附件1　物资清单',
      '  一、 水泵',
    ]);
    expect(
      outlineOf(
        draft(
          '奋力谱写新篇章！',
          '**附：《工作报告》部分词语解释**',
          '**1.四个抓手**',
          '这是要求。',
          '**2.三个同步**',
          '这是目标。',
        ),
        'markdown',
      ),
    ).toEqual(['[appendix] 附：《工作报告》部分词语解释', '  1. 四个抓手', '  2. 三个同步']);
  });

  it('heads parts by the short lines that part a report', () => {
    const text = draft(
      '2023年工作报告',
      '各位代表：',
      '现在，我报告工作。',
      '2022年工作回顾',
      '过去一年，稳步增长。',
      '2023年主要工作',
      '要抓好以下工作。',
      '一、工业',
      '新增12家。',
      '二、农业',
      '增长8%。',
      '加强自身建设',
      '坚持依法行政。',
    );
    expect(outlineOf(text)).toEqual([
      '[title] 2023年工作报告',
      '[unnumbered] 2022年工作回顾',
      '[unnumbered] 2023年主要工作',
      '  一、 工业',
      '  二、 农业',
      '[unnumbered] 加强自身建设',
    ]);
    // A list continues across them: they are inside one of its items.
    expect(
      outlineOf(
        draft('一、工业', '新增企业。', '发展成效', '效益提升。', '存在问题', '还有短板。', '二、农业', '稳产增收。'),
      ),
    ).toEqual(['一、 工业', '二、 农业']);
    // A single line is one if the numbers of a list restart below it; a head may be broken in two.
    const again = [
      '一、推进工业',
      '新增企业12家。',
      '二、推进农业',
      '稳产增收。',
      '进一步加强自身建设',
      '坚持依法行政。',
    ];
    expect(outlineOf(draft(...again, '一、坚持学习', '真学真用。', '二、坚持廉洁', '一清二白。'))).toEqual([
      '一、 推进工业',
      '二、 推进农业',
      '[unnumbered] 进一步加强自身建设',
      '  一、 坚持学习',
      '  二、 坚持廉洁',
    ]);
    expect(
      outlineOf(
        draft(
          '稳步增长。',
          '2025年工作回顾',
          '过去一年，稳步增长。',
          '推进政府治理体系',
          '和治理能力现代化',
          '坚持依法行政。',
        ),
      ),
    ).toEqual(['[unnumbered] 2025年工作回顾', '[unnumbered] 推进政府治理体系和治理能力现代化']);
    // A single line is not a part, and neither are the rows of a table or a speaker's name.
    expect(outlineOf(draft('一、工业', '新增企业。', '发展成效', '效益提升。'))).toEqual(['一、 工业']);
    expect(
      outlineOf(
        draft('会议于上午召开。', '县长　王小明', '会议指出，要抓落实。', '书记　李大江', '会议强调，要抓实效。'),
      ),
    ).toEqual([]);
  });

  it('heads parts by whole clauses where several stand between paragraphs', () => {
    const paragraph = '全县上下咬定目标不放松，抓项目、促转型、保民生、守底线，较好地完成了年初确定的各项任务。';
    const clauses = [
      '我们致力强产业、扩投资，经济运行稳中向好',
      '我们致力抓改革、促开放，发展活力不断增强',
      '我们致力办实事、兜底线，群众生活持续改善',
    ];
    const report = draft(
      '青禾县政府工作报告',
      '各位代表：',
      '现在，我代表县人民政府报告工作。',
      '2025年工作回顾',
      paragraph,
      ...clauses.flatMap((clause) => [clause, paragraph]),
      '2026年工作安排',
      paragraph,
    );
    expect(outlineOf(report)).toEqual([
      '[title] 青禾县政府工作报告',
      '[unnumbered] 2025年工作回顾',
      ...clauses.map((clause) => `  [unnumbered] ${clause}`),
      '[unnumbered] 2026年工作安排',
    ]);
    // A single one, captions, half sentences of a text broken into lines, and a dialogue are not heads.
    const heads = (...lines: string[]) => outlineOf(draft('青禾县调研纪实', paragraph, ...lines)).slice(1);
    expect(heads(clauses[0] as string, paragraph)).toEqual([]);
    const captions = [1, 2, 3, 4].flatMap((figure) => [
      `图${figure}　2021年至2025年青禾县地区生产总值及其增长速度`,
      paragraph,
    ]);
    expect(heads(...captions)).toEqual([]);
    const broken = [1, 2, 3, 4].flatMap(() => ['深化重点领域改革，推进国企整合。加快', paragraph]);
    expect(heads(...broken)).toEqual([]);
    expect(heads(...clauses.flatMap((clause) => [clause, '对，是这样。']))).toEqual([]);
    // If most short lines are verses or names, the others head nothing either.
    const verses = Array.from({ length: 9 }, (_, index) => `青山隐隐第${index}重，绿水迢迢向东流`);
    expect(heads(...verses, ...clauses.flatMap((clause) => [clause, paragraph]))).toEqual([]);
  });

  it('parts news into items at the button below each', () => {
    const news = draft(
      '全县农村工作会议召开',
      '2月3日，全县农村工作会议在县城召开。',
      '查看原文',
      '【乡村振兴看青禾】河口镇：以水兴产业 让小山村吃上“旅游饭”',
      '河口镇的水库边，游客络绎不绝。',
      '查看原文',
      '县内快讯',
      '河口大桥建成通车',
      '2月3日，河口大桥建成通车，比计划提前三个月。',
      '县医院新大楼投入使用',
      '2月2日，县医院新大楼投入使用。',
      '查看原文',
      '书法展今天开幕',
      '2月3日，全县书法展开幕。',
      '查看原文',
    );
    expect(outlineOf(news)).toEqual([
      '[title] 全县农村工作会议召开',
      '[unnumbered] 【乡村振兴看青禾】河口镇：以水兴产业 让小山村吃上“旅游饭”',
      '[unnumbered] 县内快讯',
      '  [unnumbered] 河口大桥建成通车',
      '  [unnumbered] 县医院新大楼投入使用',
      '[unnumbered] 书法展今天开幕',
    ]);
    // The bars between the cells of a table that was taken apart separate nothing.
    const table = draft(
      '青禾县统计公报',
      '工业生产稳步增长。',
      '|',
      '粗钢',
      '|',
      '水泥',
      '|',
      '化肥',
      '|',
      '一、农业',
      '稳产。',
    );
    expect(outlineOf(table)).toEqual(['[title] 青禾县统计公报', '一、 农业']);
  });

  it('counts levels from a head that stands inside a chapter', () => {
    const text = draft(
      '第一章 总则',
      '第一条 甲。',
      '第二章 责任',
      '第二条 乙。',
      '附则',
      '第三条 用语：',
      '（一）工程；',
      '（二）设施。',
      '第四条 施行。',
    );
    expect(outlineOf(text).slice(4)).toEqual([
      '[unnumbered] 附则',
      '  第三条 用语',
      '    （一） 工程',
      '    （二） 设施',
      '  第四条 施行',
    ]);
  });

  it('begins a text of its own at its title', () => {
    expect(
      outlineOf(
        draft(
          '咨询合同',
          '填写说明',
          '一、为示范文本。',
          '二、可另附页。',
          '咨询合同',
          '委托方：某公司',
          '第一条：咨询的内容。',
          '第二条：应当支付。',
        ),
      ),
    ).toEqual([
      '[title] 咨询合同填写说明',
      '一、 为示范文本',
      '二、 可另附页',
      '[title] 咨询合同',
      '第一条 咨询的内容',
      '第二条 应当支付',
    ]);
  });

  it('takes contacts, copies and the printer for no titles, and labels for no part of one', () => {
    expect(
      outlineOf(
        draft(
          '关于经费的请示',
          '县政府：',
          '一、内容',
          '两艘。',
          '县水利局',
          '2026年3月5日',
          '（联系人：李江，电话：1234567）',
          '抄送：县财政局。',
          '县水利局办公室　　2026年3月5日印发',
        ),
      ),
    ).toEqual(['[title] 关于经费的请示', '一、 内容']);
    expect(
      outlineOf(draft('县政府　函', '受文者：河口镇公所', '发文日期：3月5日', '主旨：检送计划，请查照。')),
    ).toEqual(['[title] 县政府　函']);
    expect(
      outlineOf(
        draft('关于巡查的通知', '各站：', '请按附件的要求落实。', '附件：', '《水库名单》', '县水利局', '2026年3月5日'),
      ),
    ).toEqual(['[title] 关于巡查的通知']);
  });
});

describe('the head of a text', () => {
  it('keeps the records of when a law was passed, published and amended out of its title', () => {
    expect(
      outlineOf(
        draft(
          '青禾县河道管理条例',
          '2016年7月29日 青禾县第五届人民代表大会第三次会议通过',
          '根据2020年3月1日青禾县第六届人民代表大会第二次会议《关于修改〈青禾县河道管理条例〉的决定》第一次修正',
          '2020年5月1日 施行',
          '第一条　为了加强河道管理，制定本条例。',
          '第二条　本条例适用于青禾县。',
        ),
      ),
    ).toEqual(['[title] 青禾县河道管理条例', '第一条 为了加强河道管理，制定本条例', '第二条 本条例适用于青禾县']);
    expect(outlineOf(draft('青禾县水库管理办法', '1998年4月7日 青禾县人民政府令第85号', '第一章　总则'))).toEqual([
      '[title] 青禾县水库管理办法',
      '第一章 总则',
    ]);
    // A title may begin with a year, and mention what was passed.
    expect(outlineOf(draft('2026年青禾县政府工作报告', '一、2025年工作回顾'))[0]).toBe(
      '[title] 2026年青禾县政府工作报告',
    );
    expect(outlineOf(draft('青禾县关于学习2025年通过的水法的通知', '各乡镇：', '一、抓好学习'))[0]).toBe(
      '[title] 青禾县关于学习2025年通过的水法的通知',
    );
  });

  it('lets a heading of Markdown head a speech behind another text', () => {
    const text = draft(
      '## 青禾县机构改革方案',
      '现将方案公布如下。',
      '一、优化机构设置',
      '设置十个部门。',
      '---',
      '## 关于青禾县机构改革方案的说明',
      '——2026年2月3日在青禾县第三届人民代表大会第一次会议上',
      '副县长　王小明',
      '各位代表：',
      '我作如下说明。',
      '一、必要性',
      '十分必要。',
      '二、主要内容',
      '十分丰富。',
    );
    expect(outlineOf(text, 'markdown')).toEqual([
      '[unnumbered] 青禾县机构改革方案',
      '  一、 优化机构设置',
      '[unnumbered] 关于青禾县机构改革方案的说明',
      '  一、 必要性',
      '  二、 主要内容',
    ]);
  });

  it('reads a glossary that is announced with a colon, a preface and a list of attachments', () => {
    expect(
      outlineOf(
        draft(
          '一、工业',
          '新增企业。',
          '二、农业',
          '稳产。',
          '名词解释：',
          '1、四个抓手：抓项目。',
          '2、三个同步：同步快。',
        ),
      ),
    ).toEqual(['一、 工业', '二、 农业', '[appendix] 名词解释：', '  1、 四个抓手', '  2、 三个同步']);
    // In a law 附注 is a note on an article.
    expect(
      outlineOf(draft('第一条 党员应当交费。', '附注：', '（一）失业者免交。', '第二条 本章程自公布之日起施行。')),
    ).toEqual(['第一条 党员应当交费', '  （一） 失业者免交', '第二条 本章程自公布之日起施行']);
    expect(
      outlineOf(
        draft(
          '青禾县发展规划纲要',
          '序言',
          '水是命脉。',
          '第一篇　总体要求',
          '第一章　指导思想',
          '绿色发展。',
          '第二篇　主要任务',
          '治水兴县。',
        ),
      ),
    ).toEqual([
      '[title] 青禾县发展规划纲要',
      '[unnumbered] 序言',
      '第一篇 总体要求',
      '  第一章 指导思想',
      '第二篇 主要任务',
    ]);
    const annex = [
      '附件',
      '青禾县结算规程',
      '第一条 为规范结算，制定本规程。',
      '第二条 本规程自印发之日起施行。',
      '附件：1．结算明细表',
      '2．扣款明细表',
      '3．汇总表',
    ];
    expect(
      outlineOf(
        draft('关于印发结算规程的通知', '各镇：', '现将规程印发给你们。', '青禾县水利局', '2026年2月3日', ...annex),
      ).slice(1),
    ).toEqual([
      '[appendix] 附件　青禾县结算规程',
      '  第一条 为规范结算，制定本规程',
      '  第二条 本规程自印发之日起施行',
    ]);
  });

  it('takes the cells of a table flattened to lines for no headings', () => {
    const cell = (sector: string, part: string) => ['部门：', sector, '分部门：', part, '具体承诺', '不作限制。'];
    const table = draft(
      '青禾县开放清单',
      '一、总体安排',
      '有序开放。',
      ...cell('1.商务服务', 'A.专业服务'),
      ...cell('4.分销服务', 'B.批发服务'),
      ...cell('7.金融服务', 'C.其他'),
      '二、附则',
      '另行公布。',
    );
    expect(outlineOf(table).filter((heading) => /\d/.test(heading))).toEqual([]);
    expect(breaksOf(table)).toEqual([]);
    // Labels that are not repeated, or that have a list below them, are part of the text.
    expect(outlineOf(draft('任务：', '1.抓项目', '要求：', '2.抓民生', '见实效。'))).toEqual([
      '1. 抓项目',
      '2. 抓民生',
    ]);
  });

  it('begins a speech of its own behind the report of it', () => {
    expect(
      outlineOf(
        draft(
          '县委召开农村工作会议',
          '2026年2月3日，县委召开农村工作会议，县委书记王小明出席并讲话。',
          '会议强调，要抓好春耕。',
          '在全县农村工作会议上的讲话',
          '（2026年2月3日）',
          '王小明',
          '同志们：',
          '一、认清形势',
          '今年形势不一般。',
          '二、抓好落实',
          '各镇要抓紧。',
        ),
      ),
    ).toEqual(['[title] 县委召开农村工作会议', '[title] 在全县农村工作会议上的讲话', '一、 认清形势', '二、 抓好落实']);
    // The date of a sign-off stays one, with the body above it, and a name below heads nothing.
    expect(
      outlineOf(
        draft(
          '关于春耕的报告',
          '县委：',
          '一、基本情况',
          '春耕已经开始。',
          '青禾县农业局',
          '（2026年2月3日）',
          '王小明',
        ),
      ),
    ).toEqual(['[title] 关于春耕的报告', '一、 基本情况']);
  });

  it('writes a title once that the page and the text both have', () => {
    expect(
      outlineOf(draft('青禾县河道管理条例', '青禾县河道管理条例', '第一条　为了加强河道管理，制定本条例。'))[0],
    ).toBe('[title] 青禾县河道管理条例');
  });

  it('begins a text behind another one at the title that its date, or its subtitle, stands below', () => {
    const first = [
      '青禾县机构改革方案',
      '',
      '一、撤销的部门',
      '县商业局并入县商务局。',
      '二、新组建的部门',
      '县数据局',
      '',
    ];
    const speech = [
      '关于青禾县机构改革方案的说明',
      '——2023年3月28日在青禾县第七届人民代表大会第一次会议上',
      '副县长　王　平',
      '各位代表：',
      '受县政府委托，作如下说明。',
    ];
    const decision = ['青禾县人民代表大会关于机构改革方案的决定', '2023年4月9日', '会议审议了方案，决定批准。'];
    expect(outlineOf(draft(...first, ...speech, ...decision)).filter((line) => line.startsWith('[title]'))).toEqual([
      '[title] 青禾县机构改革方案',
      '[title] 关于青禾县机构改革方案的说明',
      '[title] 青禾县人民代表大会关于机构改革方案的决定',
    ]);
    // A sign-off is the name of a body with its date.
    expect(outlineOf(draft(...first, '县发展改革局', '2023年4月9日', '会议审议了方案。'))).not.toContain(
      '[title] 县发展改革局',
    );
  });

  it('begins a law anew below the decision that amends it, whatever became of it stands in between', () => {
    const passing = `（1993年12月13日青禾省人民政府令第134号公布　${'2008年11月5日青禾省人民政府第34次常务会议修订　'.repeat(6)}）`;
    const decision = [
      '关于修改《青禾省车船税办法》的决定',
      '一、将第一条修改为：“第一条　为了征收车船税，制定本办法。”',
      '本决定自公布之日起施行。',
    ];
    const law = ['青禾省车船税办法', passing, '第一条　为了征收车船税，制定本办法。', '第二条　车船所有人是纳税人。'];
    expect(outlineOf(draft(...decision, ...law)).filter((line) => line.startsWith('[title]'))).toHaveLength(2);
  });

  it('ends a title where the page says it again, where the occasion is told, and where the writer is named', () => {
    const title = '青禾省国资委关于印发《地方企业风险管控工作的指导意见》的通知';
    const again = ['青禾省国资委关于印发《地方企业风', '险管控工作的指导意见》的通知'];
    const below = [
      again,
      ['──2020年1月14日在青禾省第十七届人民代表大会第三次会议上'],
      ['2001年2月10日在青禾省第九届人民代表大会第四次会议上'],
      ['在青禾省第十一届人民代表大会第三次会议上', '（2010年1月12日）'],
      ['青禾省省长王金水'],
      ['王金水，1956年11月12日'],
      ['1978年5月11日，《青禾日报》特约评论员'],
      ['青禾省人民政府新闻办公室，1991年11月出版'],
    ];
    for (const lines of below)
      expect(outlineOf(draft(title, ...lines, '一、要求', '要抓好。'))[0]).toBe(`[title] ${title}`);
    expect(outlineOf(draft('奋进新征程　建功新时代', '为建设美丽青禾而奋斗', '一、要求', '要抓好。'))[0]).toBe(
      '[title] 奋进新征程　建功新时代为建设美丽青禾而奋斗',
    );
  });

  it('leaves the occasion on the line of the title out of it', () => {
    for (const dash of ['——', '  ——', '　―― ']) {
      const title = `政府工作报告${dash}2014年1月6日在青禾市第十二届人民代表大会第四次会议上`;
      expect(outlineOf(draft(title, '市长', '王金水', '各位代表：', '一、回顾', '增长。'))[0]).toBe(
        '[title] 政府工作报告',
      );
    }
    expect(outlineOf(draft('青禾市水利规划——2026年至2030年', '一、回顾', '增长。'))[0]).toBe(
      '[title] 青禾市水利规划——2026年至2030年',
    );
  });

  it('begins the text that a notice announces at its title', () => {
    const notice = (end: string) =>
      outlineOf(
        draft(
          '近日，青禾市委印发了《青禾市机关工作规则》，并发出通知，要求认真执行。',
          `通知指出，要抓好落实。${end}`,
          '青禾市机关工作规则',
          '（2026年3月5日青禾市委常委会会议通过）',
          '第一章　总则',
          '第一条　为了规范工作，制定本规则。',
        ),
      )[0];
    for (const end of ['《规则》全文如下。', '现将《规则》全文公布如下：', '规则全文如下'])
      expect(notice(end)).toBe('[title] 青禾市机关工作规则');
    const markdown = draft(
      '# 通知',
      '',
      '现将《办法》全文印发如下：',
      '',
      '## 管理办法',
      '',
      '第一条 为了管理，制定。',
    );
    expect(outlineOf(markdown, 'markdown')).toEqual([
      '[title] 通知',
      '[unnumbered] 管理办法',
      '  第一条 为了管理，制定',
    ]);
  });

  it('takes a subtitle and a speaker without a title above for no title', () => {
    for (const name of [
      '省长王金水',
      '市长：王金水',
      '青禾市人民政府市长:王金水',
      '张长福',
      '王　水',
      '市 长 王金水',
      '市委副书记、常务副市长 王金水',
      '自治区主席阿依古丽·买买提',
      '欧阳明同志',
    ]) {
      const text = draft(
        '——2007年1月23日在青禾省第十届人民代表大会第五次会议上',
        name,
        '各位代表：',
        '一、过去一年',
        '成绩很大。',
      );
      expect(outlineOf(text)).toEqual(['一、 过去一年']);
    }
    expect(
      outlineOf(
        draft(
          '——2024年1月5日在青禾县第十届人民代表大会第三次会议上',
          '县长　王小明',
          '各位代表：',
          '一、回顾',
          '增长。',
        ),
      ),
    ).toEqual(['一、 回顾']);
    expect(outlineOf(draft('通　知', '各镇：', '一、回顾', '增长。'))).toEqual(['[title] 通知', '一、 回顾']);
    expect(
      outlineOf(draft('规划', '前　言', '本规划指导五年。', '一、回顾', '增长。', '【名词解释】', '1.三区：东区。')),
    ).toEqual(['[title] 规划', '[unnumbered] 前言', '一、 回顾', '[appendix] 【名词解释】', '  1. 三区']);
  });
});

describe('the articles of a law of Taiwan as bullets', () => {
  it('are read where they are short sentences, one below the other', () => {
    const law = [
      '* 1 電業應依本法設立。',
      '* 2 電業應有備用電量。',
      '* 2.1 備用電量由主管機關定之。',
      '* 3 電業應設電表。',
      '* 4 電表應每年檢驗。',
    ];
    expect(outlineOf(law.join('\n\n'), 'markdown')).toHaveLength(5);
    const table = ['1 青禾鄉 320', '2 河口鄉 410', '3 臨江鄉 280'];
    expect(outlineOf(draft('一、各鄉戶數', '如下：', ...table))).toEqual(['一、 各鄉戶數']);
  });
});

describe('the same marker on two levels', () => {
  it('stands inside itself where other lists came in between and the outer one goes on behind it', () => {
    const text = draft(
      '一、回顾',
      '成绩很大。',
      '二、任务',
      '（一）发展',
      '要快。',
      '（二）改革',
      '要稳。',
      '一、确定速度。',
      '二、调整结构。',
      '三、改善民生。',
      '三、保障',
      '要有力。',
    );
    expect(outlineOf(text)).toEqual([
      '一、 回顾',
      '二、 任务',
      '  （一） 发展',
      '  （二） 改革',
      '  一、 确定速度',
      '  二、 调整结构',
      '  三、 改善民生',
      '三、 保障',
    ]);
    // Numbers that restart with nothing of the outer list after them are beside it, not inside.
    expect(
      outlineOf(draft('一、甲', '内容。', '二、乙', '内容。', '一、丙', '内容。', '二、丁', '内容。')),
    ).toHaveLength(4);
  });

  it('is read for the items of articles under （一） of 一、', () => {
    const items = (number: string) => [
      `第${number}条　有下列情形的，应当批准：`,
      '（一）资料齐全；',
      '（二）期限未过。',
    ];
    const text = draft(
      '一、一般规定',
      ...items('一'),
      '二、担保物权',
      '（一）效力',
      ...items('二'),
      '（二）抵押',
      ...items('三'),
    );
    expect(outlineOf(text).map((line) => line.slice(0, 8).trimEnd())).toEqual(
      [
        '一、 一般规定',
        '  第一条 有下',
        '    （一） ',
        '    （二） ',
        '二、 担保物权',
        '  （一） 效力',
        '    第二条 ',
        '      （一',
        '      （二',
        '  （二） 抵押',
        '    第三条 ',
        '      （一',
        '      （二',
      ].map((line) => line.slice(0, 8).trimEnd()),
    );
  });

  it('is a contents where bullets stand before its entries', () => {
    const parts = ['第一章 总则', '第二章 任务', '第三章 保障'];
    const body = parts.flatMap((part) => [part, '要抓好落实，务求实效。']);
    expect(outlineOf(draft('青禾县规划纲要', '目录', ...parts.map((part) => `- ${part}`), ...body))).toHaveLength(4);
  });
});

describe('lists that begin in odd places', () => {
  it('reads no list in the rows of a flattened table', () => {
    const rows = ['1、居民消费价格 24.1', '其中：食品类 31.8', '2、商品零售价格 21.7', '3、工业品出厂价格 19.5'];
    expect(outlineOf(draft('一、市场物价', '各种物价比上年上涨：', ...rows, '二、对外经济', '进出口增长。'))).toEqual([
      '一、 市场物价',
      '二、 对外经济',
    ]);
    const goals = ['1、接种疫苗 2025', '继续抓好。', '2、修建道路 2026', '逐村推进。'];
    expect(outlineOf(draft('一、目标', ...goals))).toHaveLength(3);
  });

  it('reads no list in the greeting and the wishes of a speech', () => {
    const speech = ['首先，我代表县委、县政府，向大家表示欢迎！', '青禾县历史悠久。', '最后，预祝大会圆满成功！'];
    expect(outlineOf(draft('在青禾县招商大会上的致辞', '各位来宾：', ...speech))).toEqual([
      '[title] 在青禾县招商大会上的致辞',
    ]);
    const points = ['首先，我们要统一思想。要学习。', '其次，要抓好落实。要快。', '最后，要加强督查。要严。'];
    expect(outlineOf(draft('一、要求', ...points))).toHaveLength(4);
  });

  it('reads 附表：1.… as the note of attachments that 附件：1.… is', () => {
    for (const label of ['附件', '附表', '附图']) {
      expect(
        outlineOf(
          draft(
            '一、填报口径',
            '1.项目数：指开办的项目。',
            '2.赔付人次：指赔付的人次。',
            `${label}：1.统计简表`,
            '2.利润表',
            '3.情况表',
          ),
        ),
      ).toEqual(['一、 填报口径', '  1. 项目数', '  2. 赔付人次']);
    }
  });

  it('takes no place in a foreign law for an item', () => {
    const words =
      '本条参考外国法第23A(0) (7) 及23B (a) (2) 条，明定交易限制共有六款，以避免利益输送，并保障投资人的权益。'.repeat(
        3,
      );
    expect(outlineOf(draft('一、说明', words))).toEqual(['一、 说明']);
  });

  it('takes no figures that belong to letters before them for a number', () => {
    const air =
      '全县大气环境质量持续向好，全年优良天数达到306天，同比增加10天，PM 10、PM 2.5平均浓度值分别下降8.6%、7.8%，群众满意度明显提高。';
    for (const text of [air, air.repeat(5)]) {
      expect(outlineOf(draft('青禾县政府工作报告', '一、2025年工作回顾', text, '二、2026年工作安排'))).toEqual([
        '[title] 青禾县政府工作报告',
        '一、 2025年工作回顾',
        '二、 2026年工作安排',
      ]);
    }
  });

  it('reads the first of a list at the end of the paragraph that announces it', () => {
    const text = draft(
      '各位代表：',
      '今年做好四项工作。（一）抓工业。坚持强县，新增企业12家。',
      '（二）抓农业。稳面积。',
      '（三）抓民生。',
      '二、二类产业。',
    );
    expect(outlineOf(text).slice(0, 3)).toEqual(['（一） 抓工业', '（二） 抓农业', '（三） 抓民生']);
    expect(breaksOf(draft('不少问题。一是作风不实。有的怕担责。', '二是能力不强。', '三是创新不多。'))).toEqual([]);
    expect(
      breaksOf(
        draft(
          '工作报告',
          '各位代表：',
          '请予审议，并请提出意见。一、过去五年工作回顾',
          '稳步增长。',
          '二、目标任务',
          '年均增长。',
          '三、重点工作',
          '新建公路。',
        ),
      ),
    ).toEqual([]);
    expect(breaksOf(draft('二、目标任务', '年均增长。', '三、重点工作', '新建公路。'))).toEqual(['二、 first→一、']);
  });

  it('reads an item whose line break is gone between its neighbours', () => {
    expect(
      outlineOf(draft('10.三馆：文化馆。', '11.四县：九江县。12.两声：麻将声。', '13.三清：清污泥。')).slice(1),
    ).toEqual(['11. 四县', '12. 两声', '13. 三清']);
    expect(outlineOf(draft('1.要求：1.快；2.稳。', '任务繁重。'))).toHaveLength(1);
  });

  it('reads a list inside an item of a list with the same markers', () => {
    const text = draft('一、回顾', '二、纲要', '一、目标', '二、任务', '三、措施', '三、安排', '四、建设');
    expect(outlineOf(text)).toEqual([
      '一、 回顾',
      '二、 纲要',
      '  一、 目标',
      '  二、 任务',
      '  三、 措施',
      '三、 安排',
      '四、 建设',
    ]);
    expect(breaksOf(draft('一、回顾', '二、纲要', '一、目标', '四、建设'))).not.toEqual([]);
  });

  it('lets a part of a code begin with a later article', () => {
    expect(
      breaksOf(
        draft('第一章 规定', '第四百六十三条 甲。', '第四百六十四条 乙。', '第二章 订立', '第四百六十五条 丙。'),
      ),
    ).toEqual([]);
    expect(breaksOf(draft('第二条 甲。', '第三条 乙。'))).toEqual(['第二条 first→第一条']);
  });

  it('counts a gap from the number that stands there', () => {
    expect(breaksOf(draft('一、甲', '三、乙', '五、丙', '六、丁'))).toEqual(['三、 gap→二、', '五、 gap→四、']);
  });
});

describe('a law with a Markdown heading for its title', () => {
  const law = ['', '第一条 为了加强管理，制定本规定。', '', '第二条 本规定自印发之日起施行。'];
  for (const [name, head] of [
    ['behind a notice', ['各镇党委：', '', '现将《用车管理规定》印发给你们。', '', '## 用车管理规定']],
    ['at a third level', ['各镇党委：', '', '现将有关规定印发给你们。', '', '### 用车管理规定']],
    ['behind a sign-off', ['现将规定印发给你们。', '', '青禾县人民政府', '', '2026年3月5日', '', '## 用车管理规定']],
    ['in a quotation', ['现将规定印发给你们。', '', '> ## 用车管理规定']],
  ] as const) {
    it(`is read to its end ${name}`, () => {
      const outline = outlineOf(draft(...head, ...law), 'markdown');
      expect(outline.slice(-3)).toEqual([
        '[unnumbered] 用车管理规定',
        '  第一条 为了加强管理，制定本规定',
        '  第二条 本规定自印发之日起施行',
      ]);
    });
  }

  it('is a title of its own where its heading is of the first level', () => {
    expect(outlineOf(draft('# 通知', '', '现将规定印发给你们。', '', '# 用车管理规定', ...law), 'markdown')).toContain(
      '[title] 用车管理规定',
    );
  });
});
