import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { referencesOf } from '../../../server/src/structure/references';
import { expectLinear } from '../growth';

/** Each reference of `text` with the marker or title of its target. */
function read(text: string): string[] {
  return referencesOf(analyse(text)).map(
    ({ start, end, target, own }) =>
      `${text.slice(start, end)} → ${target ? (target.marker?.text ?? target.title) : '?'}${own ? '' : ' (perhaps)'}`,
  );
}

const LAW = `青禾县防汛办法
第一章　总则
第一条　为了做好防汛工作，制定本办法。
第二条　县水利局履行下列职责：
（一）编制预案；
（二）组织抢险。
第二条之一　各镇参照执行。
第二章　责任
`;

describe('references', () => {
  it.each([
    ['第三条　违反本办法第二条的，责令改正。', ['第二条 → 第二条']],
    ['第三条　违反本办法第二条第（二）项、第一条的，责令改正。', ['第二条第（二）项 → （二）', '第一条 → 第一条']],
    ['第三条　依照本办法第二条之一办理。', ['第二条之一 → 第二条之一']],
    ['第三条　依照本办法第一章和第二章办理。', ['第一章 → 第一章', '第二章 → 第二章']],
    ['第三条　违反本办法第二条第三项的，责令改正。', ['第二条第三项 → ?']],
    ['第三条　违反本办法第一条第三项的，责令改正。', ['第一条 → 第一条']],
    ['第三条　违反前条规定的，责令改正。', ['前条 → 第二条之一']],
    ['第三条　依照第二条办理。', ['第二条 → 第二条']],
    ['第三条　第二条规定的预案每年修订。', ['第二条 → 第二条']],
    ['第三条　预案每年修订。第二条规定的除外。', ['第二条 → 第二条']],
    ['第三条　由第二条、第一条调整。', ['第二条 → 第二条', '第一条 → 第一条']],
    ['第三条　民法典规定的除外，第二条另有规定。', ['第二条 → 第二条 (perhaps)']],
    ['第三条　依照民法典第一条办理，违反第二条的，责令改正。', ['第二条 → 第二条 (perhaps)']],
    ['第三条　依照基本法第九条办理。', []],
    ['第三条　违反本办法第九条的，责令改正。', ['第九条 → ?']],
    ['第三条　依照前两条办理。', ['前两条 → 第二条']],
    ['第三条　违反本办法第一条至第二条的，责令改正。', ['第一条 → 第一条', '第二条 → 第二条']],
    ['第三条　违反本办法第一至二条的，责令改正。', ['第一 → 第一条', '二条 → 第二条']],
    [
      '第三条　违反本办法第二条第（一）项、第（二）项的，责令改正。',
      ['第二条第（一）项 → （一）', '第（二）项 → （二）'],
    ],
    ['第三条　违反本办法第二条第（一）至（二）项的，责令改正。', ['第二条第（一） → （一）', '（二）项 → （二）']],
  ])('reads %s', (line, expected) => {
    expect(read(LAW + line)).toEqual(expected);
  });

  it.each([
    '第三条　依照《云岭省防汛条例》第二条办理。',
    '第三条　依照民法典第一条、第二条办理。',
    '第三条　依照《云岭省防汛条例（2020年修订）》的第二条办理。',
    '第三条　将第一条修改为：“第一条　依照本办法第二条办理。”',
  ])('leaves other texts alone: %s', (line) => {
    expect(read(LAW + line).filter((reference) => !reference.endsWith('(perhaps)'))).toEqual([]);
  });

  it('counts the paragraphs of an article, its items left out', () => {
    const text = `${LAW}第三条　逾期不改的，按照下列规定处理：\n（一）通报；\n（二）约谈。\n情节轻微的，不予处理。\n第四条　依照本办法第三条第二款、前条第三款办理。\n本条第一款由县水利局负责。`;
    const places = referencesOf(analyse(text)).map(({ place, parts }) => [
      place === undefined ? '' : text.slice(place, place + 3),
      parts.at(-1)?.certain,
    ]);
    expect(places).toEqual([
      ['情节轻', false],
      ['', true],
      ['第四条', false],
    ]);
  });

  it('reads the items of the list around', () => {
    expect(
      read('一、设备\n（一）水泵；\n（二）上述第（一）项的零件；\n（三）用于上述第（一）至（二）项的工具。'),
    ).toEqual(['第（一）项 → （一）', '第（一） → （一）', '（二）项 → （二）']);
  });

  it('reads clauses that run on through a decision, and its highest sections', () => {
    const running =
      '一、修渠\n（一）勘测。抓紧。\n（二）施工。抓紧。\n二、植树\n（三）选苗。按照本决定第（二）条办理。\n（四）栽种。按照本决定第三条、第九条办理。\n';
    expect(read(running)).toEqual(['第（二）条 → （二）', '第三条 → （三）', '第九条 → ?']);
    expect(read('一、修渠\n内容。\n二、植树\n按照本决定第一条办理。\n')).toEqual(['第一条 → 一、']);
  });

  it('finds the first section of a list that has a number wrong', () => {
    const text =
      '一、检查内容\n（一）工程。甲。\n（二）物资。按照本通知第一条第（一）项执行。\n三、时间安排\n内容。\n四、要求\n内容。\n';
    expect(read(text)).toEqual(['第一条第（一）项 → （一）']);
  });

  it('reads decimal numbers, and parts by whatever number they have', () => {
    const text =
      '1.总则\n1.1　目的\n分工见2.1，增长见5.5%的目标。\n1.2　范围\n依照本预案第2.3条和第1部分办理，见第2.2条。\n2.体系\n2.1　机构\n内容。\n2.2　职责\n内容。';
    expect(read(text)).toEqual(['2.1 → 2.1', '第2.3条 → ?', '第1部分 → 1.', '第2.2条 → 2.2']);
  });

  it('finds the paragraph before', () => {
    const text = `${LAW}第三条　逾期不改的，予以通报。\n前款规定的通报由县水利局作出。`;
    const [reference] = referencesOf(analyse(text));
    expect(reference?.place).toBe(text.indexOf('第三条　逾期'));
  });

  it('reads the parts of a speech, and attachments', () => {
    const text =
      '一、总体要求\n任务见第二部分第（二）条，名单见附件2。\n二、重点任务\n（一）修渠。抓紧。\n（二）植树。及时。\n\n附件1\n检查表\n青禾县\n\n附件2\n分组表\n望海区为第一组。';
    expect(read(text)).toEqual(['第二部分第（二）条 → （二）', '附件2 → 附件2　分组表']);
  });

  it('finds none in a text without such sections', () => {
    expect(read('依照第五条办理，见附件3。\n一、修渠\n第三部分是重点。')).toEqual([]);
  });

  const piece = fc.constantFrom(
    ...[
      '第一条　',
      '第二条　',
      '本办法第',
      '三',
      '条',
      '第（一）项',
      '前款',
      '前条',
      '附件',
      '2',
      '（一）',
      '一、',
      '\n',
      '\n',
      '“',
      '》',
      '第一部分',
    ],
  );
  it('never fails, and keeps its places in order and inside the text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 50 }), (pieces) => {
        const text = pieces.join('');
        let end = 0;
        for (const reference of referencesOf(analyse(text))) {
          expect(reference.start).toBeGreaterThanOrEqual(end);
          end = reference.end;
          expect(end).toBeLessThanOrEqual(text.length);
          expect(reference.parts.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it.each([
    ['one line', (size: number) => '第一条第（一）项本办法第二条前款“'.repeat(2 * size)],
    [
      'many articles',
      (size: number) =>
        Array.from({ length: size }, (_, index) => `第${(index % 900) + 1}条 依照前条和本办法第3条办理。`).join('\n'),
    ],
  ])('takes time linear in %s', (_, textOf) => {
    const analyses = new Map([5_000, 20_000].map((size) => [size, analyse(textOf(size))]));
    for (const { headings } of analyses.values()) void headings;
    expectLinear((size) => void referencesOf(analyses.get(size)!), 5_000);
  });
});

describe('references of speeches and laws', () => {
  it('knows a part of the same text by the words around it', () => {
    const speech = (said: string) => `一、回顾\n总结。\n二、任务\n${said}\n三、保障\n落实。`;
    for (const said of [
      '如第一部分所述，成绩不小。',
      '对照第三部分，抓好落实。',
      '按照第三部分的要求抓好落实。',
      '我在第一部分已经讲到。',
      '详见本讲话第三部分。',
    ])
      expect(read(speech(said)).filter((line) => !line.endsWith('(perhaps)'))).toHaveLength(1);
    expect(read(speech('《纲要》第三部分已经讲到。'))).toEqual([]);
  });

  it('goes on with the sections of the chapter named before', () => {
    const text =
      '第一章 总则\n第一节 甲\n第一条 公开。\n第二章 程序\n第一节 乙\n第二条 依据。\n第二节 丙\n第三条 参照本条例第二章第一节、第二节执行。';
    expect(read(text)).toEqual(['第二章第一节 → 第一节', '第二节 → 第二节']);
  });

  it('counts as a paragraph what ends in a full stop', () => {
    const text = (paragraph: string) =>
      `办法\n第一条 甲。\n第二条 会议由下列人员组成：\n县长，\n副县长。\n会议每月一次。\n第三条 违反第二条第${paragraph}款的，警告。`;
    const missing = (paragraph: string) =>
      referencesOf(analyse(text(paragraph))).some(({ parts }) =>
        parts.some(({ unit, certain }) => unit === 'paragraph' && certain),
      );
    expect(missing('二')).toBe(false);
    expect(missing('三')).toBe(true);
  });

  it('leaves the articles alone of the law that a text interprets', () => {
    expect(read('适用婚姻法的解释\n第一条　符合第三十二条规定的，准予。\n第二条　依照第一条办理。')).toEqual(
      expect.arrayContaining([expect.stringContaining('第一条 → 第一条')]),
    );
    expect(read('适用婚姻法的解释\n第一条　符合第三十二条规定的，准予。\n第二条　施行。').join()).not.toMatch(/\?$/);
  });
});
