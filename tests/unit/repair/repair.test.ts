import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPAIR_STEPS, type RepairOptions, type RepairStep, repair } from '../../../server/src/repair/index';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';
import { expectLinear } from '../growth';
import { damage } from './damage';

const clean = (text: string, options?: RepairOptions) => repair(text, options).text;
const only = (step: RepairStep, text: string) => clean(text, { only: [step] });

describe('inserted readings', () => {
  it('go where they follow common characters throughout', () => {
    const text =
      '堅(jiān)定不移推進(jìn)鄉(xiāng)村建設(shè)，堅(jiān)持規(guī)劃先行，推進(jìn)設(shè)施下鄉(xiāng)。';
    expect(clean(text)).toBe('堅定不移推進鄉村建設，堅持規劃先行，推進設施下鄉。');
  });

  it.each([
    '婺(wù)江是望海区的母亲河，婺江两岸要统筹治理。',
    '衢(qú)江、婺(wù)江、瓯(ōu)江三条流域要统筹治理，持续改善水质，衢江、婺江、瓯江沿线同步推进。',
    '实现生产总值(GDP)增长5%，其中(a)项占比六成，(b)项占比四成。',
    '“解(xiè)”作姓氏时读去声。',
  ])('are glosses in %s', (text) => {
    expect(clean(text)).toBe(text);
  });

  it('leave a gloss of a rare character in a text that is annotated', () => {
    const text = `${'產(chǎn)業(yè)發(fā)展要堅(jiān)持規(guī)劃先行，'.repeat(3)}婺(wù)江兩岸同步治理，婺江下游先行，婺江上游跟進。`;
    const { text: cleaned, report } = repair(text);
    expect(cleaned).toContain('婺(wù)江');
    expect(cleaned).not.toMatch(/產\(/);
    expect(report.filter(({ status }) => status === 'left')).toMatchObject([{ before: '(wù)' }]);
  });
});

describe('jump lines', () => {
  it.each([
    ['要扎实推进乡村（下转第四版）（上接第一版）全面振兴。', '要扎实推进乡村全面振兴。'],
    ['要扎实推进乡村\n(下轉第4版)\n\n(上接第1版)\n全面振兴。', '要扎实推进乡村全面振兴。'],
    ['建成示范社区。\n（下转第A3版）\n（上接第一版）\n　　四、强化保障', '建成示范社区。\n　　四、强化保障'],
    ['建成示范社区。 (下转第四版) (上接第三版) (六)强化保障', '建成示范社区。 (六)强化保障'],
  ])('go from %s', (text, expected) => {
    expect(only('jump-line', text)).toBe(expected);
  });

  it('are not any words in parentheses', () => {
    const text = '（上接企业需求，下转科研院所）';
    expect(only('jump-line', text)).toBe(text);
  });
});

describe('page furniture', () => {
  it('goes from head and tail, and nothing of the document with it', () => {
    const body =
      '青禾县2026年政府工作报告\n——2026年1月8日在青禾县第十届人民代表大会上\n县长 陈明\n各位代表：\n现在，请予审议。';
    const page = `首页\n>\n政务公开\n>\n【字号：\n大\n中\n小\n】\n打印\n来源：\n青禾日报\n${body}\n扫一扫在手机打开当前页\n【\n打印本页\n】`;
    expect(only('furniture', page)).toBe(body);
  });

  it('is not the index card, the sign-off, the source of a note, nor front matter', () => {
    for (const text of [
      '索 引 号：\t0001/2026-00007\t主题分类：\t农业\n发文机关：\t青禾县人民政府\t成文日期：\t2026年1月8日\n关于做好春耕生产的通知\n各乡镇：\n请认真贯彻执行。\n青禾县人民政府\n2026年1月8日\n（此件公开发布）',
      '关于做好春耕生产的通知\n来源：青禾县统计局\n各乡镇：\n请认真贯彻执行。',
      '---\ntitle: 报告\n---\n# 报告\n各位代表：',
    ]) {
      expect(only('furniture', text)).toBe(text);
    }
  });

  it('takes the stamp of a printed page and the rule before it', () => {
    expect(only('furniture', '作出新的贡献。 |\nGMT+8, 2026-1-9 00:02')).toBe('作出新的贡献。');
  });
});

describe('half-width marks', () => {
  it('become full-width in a folded text', () => {
    expect(clean('一、目标要求:高举旗帜,推进发展;坚持(县、乡)联动!路子对不对?')).toBe(
      '一、目标要求：高举旗帜，推进发展；坚持（县、乡）联动！路子对不对？',
    );
  });

  it('stay in figures, addresses, markers and Latin text', () => {
    const text =
      '投资增长12,000万元,时间定在8:30,网址https://example.com/a?b=c,要求如下:\n1)加强领导\n(2)压实责任\nPlease note, thanks!';
    expect(clean(text)).toBe(
      '投资增长12,000万元，时间定在8:30，网址https://example.com/a?b=c，要求如下：\n1)加强领导\n（2）压实责任\nPlease note, thanks!',
    );
  });

  it('stay where they are a slip or a habit, unless asked for', () => {
    const slip = '坚持稳中求进，扎实推动高质量发展，推进改革;加强领导。';
    const habit = '本条例所称条件(以下简称条件)，由县人民政府(以下简称县政府)规定。';
    expect(clean(slip)).toBe(slip);
    expect(clean(habit)).toBe(habit);
    expect(only('half-width', slip)).toBe(slip.replace(';', '；'));
    expect(only('half-width', habit)).toContain('条件（以下简称条件），');
  });
});

describe('lines', () => {
  const PARAGRAPHS = [
    '　　各乡镇要把稳就业摆在突出位置，细化措施，压实责任，推动各项政策直达企业、直达群众，确保重点群体就业稳定，确保零就业家庭动态清零。',
    '　　一、健全机制。县政府成立专班，统筹推进各项工作任务，定期调度，及时研究解决困难问题，形成闭环，建立健全长效机制，推动经验做法制度化规范化。',
  ];

  it('broken at a width are joined', () => {
    const wrapped = PARAGRAPHS.map((paragraph) => paragraph.replace(/.{24}(?=.)/g, '$&\n')).join('\n');
    expect(wrapped.split('\n').length).toBeGreaterThan(5);
    expect(only('wrapped-lines', wrapped).split('\n')).toEqual(PARAGRAPHS);
    expect(clean(wrapped, { reflow: false })).toBe(wrapped);
  });

  it('keep a marker that was broken in two together', () => {
    expect(clean('工作要求如下（\n一）加强领导。\n（二）压实责任。')).toBe(
      '工作要求如下（一）加强领导。\n（二）压实责任。',
    );
  });

  it('are left where they are paragraphs or verses', () => {
    for (const text of [
      '一、加强领导\n二、压实责任\n三、狠抓落实\n四、强化保障\n五、严明纪律\n六、注重宣传',
      '国务院关于印发\n工作规则的通知',
    ]) {
      expect(clean(text)).toBe(text);
    }
  });

  it('come back to a text that has lost them, before headings and salutations', () => {
    const long = '统筹推进产业、生态、文化各项建设，补短板、强弱项、促提升。'.repeat(22);
    const flat = `同志们：一、发展产业。${long} 二、保护生态。${long} 三、繁荣文化。${long}`;
    expect(
      clean(flat)
        .split('\n')
        .map((line) => line.slice(0, 4)),
    ).toEqual(['同志们：', '一、发展', '二、保护', '三、繁荣']);
    expect(clean(flat, { reflow: false })).toBe(flat);
  });
});

describe('blanks and indents', () => {
  it('loses the blanks within words where there are many', () => {
    const text = '各乡镇要 把稳就 业摆在突出 位置，细化 措施，压 实责任，确保政 策直达群众。';
    expect(clean(text)).toBe(text.replaceAll(' ', ''));
  });

  it.each([
    '中共青禾县委办公室 青禾县人民政府办公室联合印发，请遵照执行。',
    '总　　则',
    '国 家 粮 食 预 案',
    '县长 龚 正',
    '第一条　本办法所称补贴，是指财政补助。',
  ])('keeps those of %s', (text) => {
    expect(clean(text)).toBe(text);
  });

  it('evens indents only if asked', () => {
    const text = '通知\n  各乡镇：\n    请贯彻执行。\n　　特此通知。';
    expect(clean(text)).toBe(text);
    expect(only('indents', text)).toBe('通知\n　　各乡镇：\n　　请贯彻执行。\n　　特此通知。');
  });
});

const SOUND = [
  '各位代表：\n现在，我代表青禾县人民政府，向大会报告工作，请予审议。\n一、过去一年工作回顾\n（一）坚持稳中求进。地区生产总值增长5.5%，规模以上工业增加值增长6%。\n',
  '第一章　总　　则\r\n第一条　为了规范补贴管理，制定本办法。\r\n',
  '\ufeff各位代表！蓝图已经绘就，号角已经吹响。',
  '一是抓发展；二是惠民生；三是守底线。“两山”理念深入人心——绿水青山就是金山银山……',
  '堅持穩中求進，推動高質量發展；加強生態環境保護，改善民生福祉。',
];

/** Pieces that sound and damaged texts are composed of. */
const pieces = fc.constantFrom(
  ...SOUND,
  '產(chǎn)業(yè)',
  '(jìn)',
  '?zhèn)洹',
  '!鞍税',
  ';',
  ',',
  '!',
  '(',
  ')',
  '\n',
  '\r\n',
  ' ',
  '　',
  '（下转第四版）',
  '扫一扫在手机打开当前页',
  '下载',
  '打印',
  '\ufffd',
  '\ud800',
  '\0',
  '一、',
  '（一）',
  '(一)',
  '1.',
  '同志们：',
  '、',
  '。',
  '“',
  '”',
  '發展',
  '发展',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  fc.array(fc.nat(0xffff), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

describe('repair', () => {
  it.each(SOUND)('leaves sound text as it is: %s', (text) => {
    expect(repair(text)).toEqual({ text, edits: [], report: [] });
  });

  it('never throws, and its edits make its text', () => {
    fc.assert(
      fc.property(anyText, fc.subarray([...REPAIR_STEPS]), (text, steps) => {
        for (const options of [{}, { only: steps }, { reflow: false }]) {
          const result = repair(text, options);
          expect(applyEdits(text, result.edits)).toBe(result.text);
          for (const { offset, before, status } of result.report) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(text.length);
            if (status === 'left') expect(before.length).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = clean(text);
        expect(clean(once)).toBe(once);
      }),
    );
  });

  it.each(['(', 'a(b', '!鞍', '?', '（下转', '產(chǎn)', ' \n', '，,', '(jìn)'])(
    'takes work linear in a run of %j',
    (unit) => {
      expectLinear((length) => void repair(unit.repeat(Math.ceil(length / unit.length))), 10_000, unit);
    },
  );
});

const SHARED = path.join(import.meta.dirname, '../../../../shared');
const SEED = path.join(SHARED, 'corpus/seeds/004_21dcceef47b4f9db.txt');

describe.skipIf(!fs.existsSync(SEED))('the scraped seed in ../shared', () => {
  const text = fs.existsSync(SEED) ? fs.readFileSync(SEED, 'utf8') : '';
  const result = repair(text);
  const analysis = analyse(result.text);

  it('has no reading left, nor a half-width mark between Chinese characters, nor jump lines, nor a footer', () => {
    expect(result.text).not.toMatch(/\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)|（[a-zāáǎà]+）/);
    expect(result.text).not.toMatch(/[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/);
    expect(result.text).not.toMatch(/下轉|上接|GMT|\|/);
  });

  it('reads as it was in all thirteen places', () => {
    for (const known of [
      '確保“八八戰略”',
      '確保快突破、快見效',
      '強校”工程',
      '普通高中“縣中崛起',
      '規模化供水覆蓋率',
      '金惠保”商業補',
      '共同富裕現代化基本單元',
      '域層面推進',
      '控斷面100%',
      '鏈式閉環',
      '域實施“兩進兩回”',
      '域專項整治',
      '兼備、能征善戰的',
    ]) {
      expect(result.text).toContain(known);
    }
  });

  it('has fifty headings on lines of their own, in the right order', () => {
    const gold = JSON.parse(fs.readFileSync(path.join(SHARED, 'gold/seed-004.json'), 'utf8')) as {
      headings: { marker: string; level: number }[];
    };
    const wide = (marker: string) => marker.replace('(', '（').replace(')', '）');
    expect(analysis.headings.map(({ marker, level }) => [marker?.text, level])).toEqual(
      gold.headings.map(({ marker, level }) => [wide(marker), level]),
    );
    const { lines } = analysis;
    for (const { span } of analysis.headings) expect(lines.start(lines.lineAt(span.start))).toBe(span.start);
  });

  it('has nothing for lint to find', () => {
    expect(lint(analysis).map(({ start, end }) => result.text.slice(start, end))).toEqual([]);
  });

  it('is sound text now', () => {
    expect(clean(result.text)).toBe(result.text);
  });

  it('is cleaned in time linear in its length', () => {
    const page = `${text.slice(0, 30_700)} `;
    expectLinear((length) => void repair(page.repeat(4).slice(0, length)), 30_000);
  });
});

const CORPUS = path.join(SHARED, 'corpus');

describe.skipIf(!fs.existsSync(CORPUS))('the sound documents in ../shared', () => {
  const names = fs.existsSync(CORPUS)
    ? (fs.readdirSync(CORPUS, { recursive: true }) as string[]).filter(
        (name) => /\.(txt|md)$/.test(name) && !name.includes('004_'),
      )
    : [];

  it.each(names)('%s comes back byte for byte, but for page furniture', (name) => {
    const text = fs.readFileSync(path.join(CORPUS, name), 'utf8');
    const { text: cleaned, edits, report } = repair(text, { markdown: name.endsWith('.md') });
    expect(report.filter(({ status, step }) => status !== 'left' && step !== 'furniture')).toEqual([]);
    // Removed furniture is at the head and the tail, and says nothing about the document.
    let rest = text;
    for (const { start, end, newText } of [...edits].reverse()) {
      expect(newText).toBe('');
      expect(start < 300 || end > text.length - 60).toBe(true);
      rest = rest.slice(0, start) + rest.slice(end);
      for (const line of text.slice(start, end).split('\n')) expect(line.length).toBeLessThan(24);
    }
    expect(cleaned).toBe(rest);
    for (const own of ['索 引 号', '发文机关', '发文字号', '（此件公开发布）']) {
      expect(cleaned.includes(own)).toBe(text.includes(own));
    }
  });
});

describe('a text damaged by both replacements', () => {
  it('comes back', () => {
    const sound =
      '加強知識產權保護，優化營商環境；加強耕地保護，守住糧食安全底線。推進共同富裕現代化建設，堅持規劃先行，推進產業發展，堅持項目為王，實現環境改善，提升產業發展水平，優化發展環境。';
    const readings = new Map([
      ['產', 'chǎn'],
      ['業', 'yè'],
      ['發', 'fā'],
      ['堅', 'jiān'],
      ['環', 'huán'],
      ['現', 'xiàn'],
    ]);
    const { text, places } = damage(sound, { readings, fold: true });
    expect(places.length).toBeGreaterThan(0);
    expect(clean(text)).toBe(sound);
  });
});
