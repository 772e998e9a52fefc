/**
 * What word processors, PDF files, printed pages and web sites leave in a text, with controls in which nothing may
 * change.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RepairStep, repair } from '../../../server/src/repair/index';

const only = (step: RepairStep, text: string): string => repair(text, { only: [step] }).text;
const cleaned = (text: string): string => repair(text).text;

describe('soft breaks', () => {
  it('break lines', () => {
    expect(cleaned('一、总体要求\u000b各镇要抓好落实。\u2028二、任务\u000c\n各村配合。')).toBe(
      '一、总体要求\n各镇要抓好落实。\n二、任务\n各村配合。',
    );
    expect(cleaned('甲\u000b乙\r\n丙')).toBe('甲\r\n乙\r\n丙');
  });
});

describe('invisible characters', () => {
  it('go', () => {
    expect(cleaned('坚\u200b持稳中\u00ad求进\ufeff，\u200e抓好\u2060落\u0007实。')).toBe('坚持稳中求进，抓好落实。');
  });

  it.each(['一家人👨\u200d👩\u200d👧欢迎', 'می\u200cخواهم', '\ufeff青禾县工作报告', '葛\u{e0100}洲坝'])(
    'stay where they mean something: %s',
    (text) => expect(cleaned(text)).toBe(text),
  );
});

describe('no-break blanks', () => {
  it('become indents, ordinary blanks or nothing', () => {
    expect(cleaned('\u00a0\u00a0\u00a0\u00a0坚持稳中\u00a0求进，\u00a0抓好落实。')).toBe(
      '　　坚持稳中求进，抓好落实。',
    );
    expect(cleaned('建成5G\u00a0基站100\u00a0个。\u00a0')).toBe('建成5G 基站100 个。');
    // Separated on purpose.
    expect(cleaned('王\u00a0刚\u2003李\u00a0明')).toBe('王\u00a0刚\u2003李\u00a0明');
  });
});

describe('tabs behind numbers', () => {
  it('go', () => {
    expect(cleaned('一、\t总体要求\n（一）\t目标\n1.\t抓好落实\n1.1\t细则\n第一章\t总则')).toBe(
      '一、总体要求\n（一）目标\n1.抓好落实\n1.1 细则\n第一章　总则',
    );
  });

  it.each(['1.\t甲镇\t三十\n2.\t乙镇\t四十', '一、总体要求\t3', '序号\t名称', '1.\t'])('stay in tables: %j', (text) =>
    expect(cleaned(text)).toBe(text),
  );
});

describe('radicals', () => {
  it('become characters, in the script of the text', () => {
    expect(cleaned('⻘⽲县⼈⺠政府：⼀、⾼度重视⽔利⼯作，⾒⽂件，⾨⼾。')).toBe(
      '青禾县人民政府：一、高度重视水利工作，见文件，门户。',
    );
    expect(cleaned('靑禾縣應當⾒諸⾏動，發展⾦融業務。')).toBe('靑禾縣應當見諸行動，發展金融業務。');
    expect(cleaned('樂\uf914')).toBe('樂樂');
  });
});

describe('page numbers', () => {
  const pages = (number: (page: number) => string) =>
    [1, 2, 3]
      .map(
        (page) =>
          `第${page}项工作由各镇负责，按月报送进展，做到件件有着落。\n各村要认真配合，抓好落实。\n县直部门要主动服务。\n各镇要切实加强领导，保证任务\n${number(page)}\n按期完成。`,
      )
      .join('\n');

  it.each([
    ['in dashes', (page: number) => `— ${page} —`],
    ['in words', (page: number) => `第 ${page} 页 共 3 页`],
    ['with a header', (page: number) => `- ${page} -\n青禾县水利发展规划`],
    ['bare', (page: number) => `${page}`],
    ['among blank lines', (page: number) => `\n— ${page} —\n`],
  ])('go, and the sentence is whole again: %s', (_, number) => {
    const text = cleaned(pages(number));
    expect(text.match(/保证任务按期完成。/g)).toHaveLength(3);
    expect(text).not.toMatch(/^[-—\s\d]+$/m);
    expect(text.replace(/\n/g, '')).toBe(pages(() => '').replace(/\n/g, ''));
  });

  it.each([
    '项目清单\n3\n甲镇改造\n4\n乙镇改造\n5\n丙镇改造',
    '本次会议共有\n12\n个单位参加',
    '— 青禾 —',
    '2024—2026',
    '青禾县工作报告\n各位代表：\n第3页所列各项均已完成。',
  ])('are told from other figures: %j', (text) => expect(cleaned(text)).toBe(text));
});

describe('web page code', () => {
  it('goes', () => {
    expect(cleaned('<p>一、目标&mdash;&mdash;增长6%</p><p>二、任务&nbsp;分解<br/>抓好&#12290;</p>')).toBe(
      '一、目标——增长6%\n二、任务分解\n抓好。',
    );
  });

  it('is told of where what it replaced is lost', () => {
    const { text, report } = repair('全年招商引资33$1.$2亿元，增长6%。');
    expect(text).toBe('全年招商引资33$1.$2亿元，增长6%。');
    expect(report).toMatchObject([{ step: 'web-code', status: 'left', before: '$1.$2' }]);
  });

  it.each(['投资$100万美元', '见https://example.org/a?x=1&copy;=2', 'A&B公司与AT&T', '若a<b且c>d', '《青禾<县>志》'])(
    'is told from other signs: %s',
    (text) => expect(repair(text).edits).toEqual([]),
  );

  it('is the writer’s own in Markdown', () => {
    const text = '<div>说明</div>&nbsp;';
    expect(repair(text, { markdown: true }).text).toBe(text);
  });
});

describe('lines broken in mid-sentence', () => {
  it('are joined in a short paste too', () => {
    expect(cleaned('各镇各部门要提高认识，压实责任，切实加\n强领导，确保完成全年任务，不得延误。')).toBe(
      '各镇各部门要提高认识，压实责任，切实加强领导，确保完成全年任务，不得延误。',
    );
  });

  it.each([
    '青禾县关于做好今年防汛抗旱工作的通知\n各镇人民政府，县直各单位：\n请抓好落实。',
    '一、总体要求，突出重点抓好落实\n二、主要任务，分解到村落实到人。',
    '联系人：张远，电话：0576-1234567\n地址：青禾县河滨路9号，邮编：317000。',
    '各镇要提高认识，压实责任\n\n各村要主动配合，抓好落实。',
  ])('are told from lines of their own: %j', (text) => expect(only('wrapped-lines', text)).toBe(text));
});

describe('all of it', () => {
  it('changes nothing the second time', () => {
    const piece = fc.constantFrom(
      ...[
        '坚持',
        '一、',
        '\n',
        '\u000b',
        '\u00a0',
        '\t',
        '\u200b',
        '⼀',
        '&nbsp;',
        '<p>',
        '— 3 —',
        '3',
        '，',
        '。',
        '1.',
        ' ',
        '$1',
        '!',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const once = cleaned(pieces.join(''));
        expect(cleaned(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});
