import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateDraft } from '../../../server/src/features/updateDraft';
import { deviationsOf } from '../../../server/src/layout/deviations';
import { compose } from '../../../server/src/layout/elements';
import { columnsOf, paginate } from '../../../server/src/layout/pages';
import { setParagraphs, setText } from '../../../server/src/layout/paragraphs';
import { readTemplate, STANDARD } from '../../../server/src/layout/template';
import { analyse } from '../../../server/src/structure/analyse';
import type { Form } from '../../../server/src/structure/draftHead';
import { localise } from '../../../server/src/text/message';
import { exportWord, isUntouchedExport } from '../../../server/src/word/export.node';
import { readWord } from '../../../server/src/word/word.node';

const BODY = '推进粮食生产和乡村建设各项重点工作落地见效确保全年目标任务圆满完成';

const NOTICE = `青禾县人民政府文件

青政发〔2026〕3号

关于印发《青禾县粮食安全工作方案》的通知

各乡镇人民政府，县政府各部门：
　　为贯彻落实全省粮食工作会议精神，现将有关事项通知如下。
一、总体要求
（一）坚持统一领导。各乡镇要压实责任，“一把手”负总责——不走过场。
1.明确目标。到2026年底，播种面积稳定在23.5万亩以上。
二、重点任务
指标	目标值	责任单位
播种面积	23.5万亩	县农业农村局
总产量	9.8万吨	县统计局

附件：1.青禾县粮食安全责任清单

青禾县人民政府
2026年3月1日

（此件公开发布）

附件1

青禾县粮食安全责任清单

一、县农业农村局
负责播种面积。

抄送：县委办公室，县人大常委会办公室。
青禾县人民政府办公室　　2026年3月5日印发
`;

const ORDER = `青禾市人民政府令

第12号

　　《青禾市城市管网管理办法》已经市人民政府常务会议审议通过，现予公布，自发布之日起施行。

市　长　赵志远
2026年3月2日

青禾市城市管网管理办法

第一章　总　则

第一条　为了加强城市管网管理，制定本办法。
第二条　本市管网的下列活动适用本办法：
（一）规划；
（二）建设。
`;

const MINUTES = `青禾县人民政府常务会议纪要

〔2026〕6号

青禾县人民政府办公室　　2026年3月11日

研究春季农业生产工作

　　县长赵志远主持召开县政府常务会议，研究春季农业生产等工作。现纪要如下：
　　一、关于春耕备耕
　　会议听取了有关部门的汇报。
　　会议议定：
　　（一）由县农业农村局牵头完成农资市场检查。

出席：赵志远、王小明、李立新、钱多、孙大海、周小川、吴为民、郑国强、冯春生、陈建国、褚卫东
请假：蒋正义（外出学习）
列席：县水利局尤清泉

分送：县政府领导，各乡镇人民政府。
`;

const composed = (text: string, form?: Form) => compose(analyse(text, 'policytext'), form);
const kindsOf = (text: string, form?: Form) => composed(text, form).elements.map(({ kind }) => kind);

/** Lines of the text without empty ones, as an export carries them. */
const imported = (bytes: Uint8Array) =>
  readWord(bytes)
    .text.split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n');

describe('elements of a draft', () => {
  it('are those of GB/T 9704', () => {
    expect(kindsOf(NOTICE)).toEqual([
      'mark',
      'number',
      'title',
      'salutation',
      'body',
      'heading',
      'body',
      'body',
      'heading',
      'table',
      'attachmentNote',
      'signature',
      'date',
      'note',
      'attachmentHead',
      'attachmentTitle',
      'heading',
      'body',
      'copyTo',
      'issued',
    ]);
  });

  it('come from the head of the draft where its text does not have them', () => {
    const head = '---\n份号：000001\n密级：机密★1年\n紧急程度：特急\n签发人：赵志远\n抄送：县委办公室\n---\n';
    const { elements, head: read } = composed(head + NOTICE);
    expect(elements.slice(0, 3).map(({ kind, words }) => [kind, words[0]?.text])).toEqual([
      ['copyNumber', '000001'],
      ['secrecy', '机密★1年'],
      ['urgency', '特急'],
    ]);
    expect(read.fields.get('signer')).toBe('赵志远');
    expect(composed('---\ntitle: 别的程序的\n---\n一、任务\n').elements).toHaveLength(1);
  });

  it('come from the unit where the draft does not say, and not where it leaves them empty', () => {
    const unit = new Map([
      ['issuer', '青禾县水利局'],
      ['urgency', '加急'],
      ['copyTo', '县委办公室'],
    ] as const);
    const draft = (head: string) =>
      `---\n${head}\n---\n青水〔2026〕2号\n\n关于做好防汛工作的通知\n\n各乡镇：\n请抓好落实。\n`;
    const of = (head: string) => {
      const { paragraphs } = setParagraphs(compose(analyse(draft(head), 'policytext'), undefined, unit));
      return paragraphs.map(({ runs }) => runs.map(({ text }) => text).join(''));
    };
    expect(of('附注：此件公开发布')).toEqual([
      '加急',
      '青禾县水利局文件',
      '青水〔2026〕2号',
      '关于做好防汛工作的通知',
      '各乡镇：',
      '请抓好落实。',
      '抄送：县委办公室。',
    ]);
    // A number below the title goes above it if there is a mark.
    const { elements } = composed(
      '---\n发文机关：青禾县\n---\n关于工作的通知\n青政〔2026〕2号\n\n各乡镇：\n请落实。\n',
    );
    expect(elements.slice(0, 3).map(({ kind }) => kind)).toEqual(['mark', 'number', 'title']);
    expect(of('紧急程度：特急\n抄送：')[0]).toBe('特急');
    expect(of('紧急程度：特急\n抄送：').at(-1)).toBe('请抓好落实。');
  });

  it('keep a heading that runs on apart from its paragraph', () => {
    const running = composed(NOTICE).elements.find(({ words }) => words[0]?.text.startsWith('（一）'));
    expect(running?.words.map(({ text, role }) => [role, text])).toEqual([
      ['heading', '（一）坚持统一领导。'],
      ['plain', '各乡镇要压实责任，“一把手”负总责——不走过场。'],
    ]);
  });

  it('are those of an order and of minutes, by what they are called', () => {
    expect(composed(ORDER).form).toBe('command');
    expect(kindsOf(ORDER)).toEqual([
      ...['mark', 'number', 'body', 'signature', 'date', 'title', 'chapter', 'body', 'body', 'body', 'body'],
    ]);
    expect(composed(MINUTES).form).toBe('minutes');
    const minutes = ['mark', 'number', 'issuing', 'title', 'body', 'heading', 'body', 'body', 'body'];
    expect(kindsOf(MINUTES)).toEqual([...minutes, 'attendance', 'attendance', 'attendance', 'copyTo']);
    // A commentary on an order, and a notice that minutes are sent out with.
    expect(composed('关于贯彻市人民政府令的通知\n\n各乡镇人民政府：\n请认真执行。\n').form).not.toBe('command');
    expect(kindsOf('关于印发《会议纪要》的通知\n\n各乡镇人民政府：\n请认真执行。\n')[0]).toBe('title');
  });

  it('are the names of all who issue a document together', () => {
    const joint = '青禾县财政局\n青禾县农业农村局文件\n青禾县水利局\n\n青财〔2026〕2号\n\n关于下达奖补资金的通知\n';
    expect(kindsOf(joint)).toEqual(['mark', 'mark', 'mark', 'number', 'title']);
    const { paragraphs } = setParagraphs(composed(joint));
    const widths = paragraphs
      .slice(0, 3)
      .map(({ runs }) =>
        runs
          .filter(({ text }) => text !== '文件')
          .reduce(
            (sum, { text, size, spread = 0 }) => sum + text.length * (size + (spread < size / 2 ? spread : 0)),
            0,
          ),
      );
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(20);
  });

  it('stand above the mark where the text has them, and who signs beside the number', () => {
    const report =
      '000001\n机密★1年\n特急\n青禾县水利局文件\n\n青水字〔2026〕8号　　签发人：赵志远\n\n关于追加工程资金的请示\n\n县人民政府：\n因汛期水毁，需追加资金。\n';
    expect(kindsOf(report)).toEqual([
      ...['copyNumber', 'secrecy', 'urgency', 'mark', 'number', 'title', 'salutation', 'body'],
    ]);
    const { paragraphs } = setParagraphs(composed(report));
    expect(paragraphs[4]?.runs.map(({ text }) => text)).toEqual(['青水字〔2026〕8号\t签发人：', '赵志远']);
  });

  it('have one line to bodies addressed, and several to people', () => {
    const kinds = (lines: string) => kindsOf(`关于王小明等同志任免的通知\n\n${lines}\n王小明任局长。\n`).slice(1);
    expect(kinds('各乡镇人民政府：\n经研究决定，任命：')).toEqual(['salutation', 'body', 'body']);
    expect(kinds('尊敬的各位领导：\n各位来宾：')).toEqual(['salutation', 'salutation', 'body']);
  });

  it('have narrow columns as wide as their words, where wide ones have to break', () => {
    const rows = [
      ['序号', '项目', '单位'],
      ['1', '泵站改造工程及附属管线和渠道衬砌工程', '各乡镇人民政府和县直有关单位'],
    ];
    const widths = columnsOf(rows, 14, 442).map((part) => part * 442);
    expect(widths[0]).toBeGreaterThanOrEqual(2 * 14 + 10);
    expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(442);
  });

  it('have who speaks, and where, in the middle below the title', () => {
    const speech = '在全县农业会议上的讲话\n\n县长　赵志远\n（2026年3月10日）\n\n同志们：\n今天的会议很重要。\n';
    expect(kindsOf(speech)).toEqual(['title', 'subtitle', 'subtitle', 'salutation', 'body']);
    const report = '政府工作报告\n\n——2026年1月12日在县人民代表大会上\n\n县长　赵志远\n\n各位代表：\n现在报告工作。\n';
    expect(kindsOf(report)).toEqual(['title', 'subtitle', 'subtitle', 'salutation', 'body']);
    // The first paragraph of a text is not one.
    const plain = '全县农业工作总结\n\n今年工作成效明显\n\n一、主要做法\n抓好春耕。\n';
    expect(kindsOf(plain)[1]).toBe('body');
  });

  it('set a numbered sentence like the text, and a heading like one', () => {
    const sentences = composed(
      '关于同意规划的批复\n\n柳河镇人民政府：\n现批复如下：\n一、原则同意规划。\n二、严格执行规划。\n',
    );
    expect(sentences.elements.slice(-2).map(({ kind, level }) => [kind, level])).toEqual([
      ['body', 0],
      ['body', 0],
    ]);
    const headings = composed('工作方案\n\n一、严格执行规划。\n各乡镇要落实责任。\n');
    expect(headings.elements[1]).toMatchObject({ kind: 'heading', level: 1 });
  });

  it('hold what a line of Markdown says, without its marks', async () => {
    const draft =
      '# 供水调研报告\n\n**2026年**赴`8`个乡镇，见[通报](https://example.com)。\n\n| 乡镇 | 人口 |\n| --- | ---: |\n| 柳河镇 | 41200 |\n\n- 水质不稳；\n> 引文。\n';
    const analysis = analyse(draft, 'markdown');
    const set = setParagraphs(compose(analysis));
    expect(setText(set)).toBe('供水调研报告\n2026年赴8个乡镇，见通报。\n乡镇\t人口\n柳河镇\t41200\n水质不稳；\n引文。');
    // Delimiter rows of tables stay in the draft when it is updated, and rows stay rows.
    const document = setText(set).replace('柳河镇\t41200', '柳河镇\t41300\n东岭乡\t15600');
    expect(updateDraft(analysis, document).text).toBe(
      draft.replace('| 柳河镇 | 41200 |', '| 柳河镇 | 41300 |\n| 东岭乡 | 15600 |'),
    );
  });

  it('take the form from the text, the head or the writer', () => {
    expect(composed(NOTICE).form).toBe('document');
    expect(composed(NOTICE, 'speech').form).toBe('speech');
    expect(composed(`---\n版式：信函\n---\n${NOTICE}`).form).toBe('letter');
  });
});

describe('titles of several lines', () => {
  const linesOf = (title: string) => {
    const [first] = paginate(setParagraphs(composed(`${title}\n\n各乡镇人民政府：\n请认真执行。\n`))).pages;
    return (first?.lines ?? [])
      .filter(({ paragraph }) => paragraph.kind === 'title')
      .map(({ parts }) => parts.map(({ text }) => text).join(''));
  };
  it('break between words, into lines of about one length', () => {
    expect(linesOf('青禾县人民政府办公室关于商请支持清溪水库除险加固工程的函')).toEqual([
      '青禾县人民政府办公室关于商请',
      '支持清溪水库除险加固工程的函',
    ]);
    for (const title of [
      '关于表彰2025年度先进集体和先进个人的决定',
      '青禾县人民政府关于同意柳河镇国土空间总体规划的批复',
      '青禾县人民政府关于印发《青禾县农村供水工程管理办法》和《青禾县水费征收办法》的通知',
    ]) {
      const lines = linesOf(title);
      expect(lines.join('')).toBe(title);
      expect(lines.length).toBeGreaterThan(1);
      expect(Math.min(...lines.map((line) => line.length)) * 2).toBeGreaterThan(lines[0]?.length ?? 0);
      expect(lines.slice(1).some((line) => /^[的和]/.test(line))).toBe(false);
    }
    expect(linesOf('关于做好春耕工作的通知')).toEqual(['关于做好春耕工作的通知']);
  });
});

describe('pages', () => {
  it('hold 22 lines of 28 characters', () => {
    const set = setParagraphs(composed('推'.repeat(28 * 50)));
    expect(set.columns).toBe(28);
    const [first] = paginate(set).pages;
    expect(first?.lines).toHaveLength(22);
    expect(first?.lines[3]?.parts.map(({ text }) => text).join('')).toHaveLength(28);
  });

  it('put 版记 on an even page, with a blank page before it where need be', () => {
    const of = (paragraphs: number) =>
      paginate(setParagraphs(composed(NOTICE.replace('现将', `${BODY.repeat(paragraphs)}现将`))));
    for (const paragraphs of [0, 20, 40, 60]) {
      const { pages, blankBefore } = of(paragraphs);
      expect(pages.length % 2).toBe(0);
      expect(pages.at(-1)?.lines.at(-1)?.paragraph.kind).toBe('issued');
      expect(pages.at(-1)?.numbered).toBe(!blankBefore);
    }
  });

  it('never lose a character, and begin no line with a mark', () => {
    const text = fc.string({
      unit: fc.constantFrom('政', '策', '，', '。', '2', '6', 'a', '“', '”', '、'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, (words) => {
        const draft = `政${words}。`;
        const lines = paginate(setParagraphs(composed(draft, 'report'))).pages.flatMap((page) => page.lines);
        const shown = lines.map(({ parts }) => parts.map((part) => part.text).join(''));
        expect(shown.join('')).toBe(setText(setParagraphs(composed(draft, 'report'))));
      }),
      { numRuns: 200 },
    );
  });
});

describe('export', () => {
  it('gives back the text when it is read again', async () => {
    const composition = composed(NOTICE);
    const bytes = await exportWord(setParagraphs(composition));
    expect(imported(bytes)).toBe(setText(setParagraphs(composition)));
    expect(isUntouchedExport(bytes)).toBe(true);
  });

  it('gives back any text', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '一、总体要求',
        '（一）任务。要抓紧。',
        '第一条 为了规范，制定本办法。',
        '附件：1.名单',
        '2026年3月1日',
        '甲\t乙',
        '同志们：',
        '关于工作的通知',
        '## 标题',
        '青禾县人民政府令',
        '第3号',
        '青政〔2026〕3号　　签发人：赵志远',
        '秘密★6个月',
        '出席：赵志远、王小明',
        '分送：县政府领导。',
      ),
      fc.string({ unit: fc.constantFrom('政', '策', '，', ' ', '&', '<', '1', '*', '\t', '—'), maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom<Form | undefined>(undefined, 'letter', 'speech', 'command', 'minutes'),
        async (lines, form) => {
          const composition = composed(lines.join('\n'), form);
          const bytes = await exportWord(setParagraphs(composition));
          // Only what just a draft has is lost: blanks, Markdown markup.
          const marks = (text: string) => [...text.replace(/[\s#*]/g, '')].sort().join('');
          expect(marks(setText(setParagraphs(composition)))).toBe(marks(lines.join('\n')));
          const expected = setText(setParagraphs(composition))
            .split('\n')
            .filter((one) => one.trim() !== '');
          expect(
            imported(bytes)
              .split('\n')
              .map((one) => one.trim()),
          ).toEqual(expected.length > 0 ? expected.map((one) => one.trim()) : ['']);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('has headings that Word knows, and numbers that are text', async () => {
    const { paragraphs } = readWord(await exportWord(setParagraphs(composed(NOTICE))));
    expect(paragraphs.filter(({ style }) => style === 'Heading1').length).toBe(3);
    expect(paragraphs.every(({ label }) => label === undefined)).toBe(true);
  });

  it('reads templates and names what is wrong in them', () => {
    expect(readTemplate('{"fonts":{"text":"仿宋"},"deviations":["正文用仿宋"]}').fonts.text).toBe('仿宋');
    expect(deviationsOf(readTemplate('{}'))).toEqual([]);
    const own = readTemplate('{"margins":{"top":30},"sizes":{"text":15},"deviations":["正文用仿宋"]}');
    expect(deviationsOf(own).map((one) => localise(one, 'zh-cn'))).toEqual([
      '上边距为 30 毫米，国家标准按行距折算为 33.6 毫米',
      '正文字号为 15 磅，国家标准为 16 磅',
      '正文用仿宋',
    ]);
    for (const wrong of ['[]', '{"line":"29"}', '{"fonts":{"x":"y"}}', '{"margins":{"top":500}}', '{"colour":1}']) {
      expect(() => readTemplate(wrong)).toThrow();
    }
  });
});

const rounded = (value: number) => String(Math.round(value * 10) / 10);
/** Millimetres from line to line, across a character including its spacing, and left free by two empty lines. */
const LINE = (STANDARD.line / 72) * 25.4;
const CHARACTER = ((STANDARD.sizes.text + STANDARD.spacing) / 72) * 25.4;
const TWO_LINES = 2 * LINE + ((STANDARD.sizes.text * 7) / 8 / 72) * 25.4;
const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find((file) => fs.existsSync(file));
const FONT = 'Noto Serif CJK SC';
const tools = SOFFICE !== undefined && ['/usr/bin/pdftotext', '/usr/bin/pdftoppm'].every((file) => fs.existsSync(file));

describe.skipIf(!tools)('the layout, measured in what LibreOffice prints', () => {
  const template = readTemplate(
    JSON.stringify({ fonts: Object.fromEntries(Object.keys(STANDARD.fonts).map((face) => [face, FONT])) }),
  );
  let folder: string;
  const print = async (name: string, text: string, form: Form): Promise<string> => {
    fs.writeFileSync(
      path.join(folder, `${name}.docx`),
      await exportWord(setParagraphs(composed(text, form), template)),
    );
    execFileSync(
      SOFFICE as string,
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        path.join(folder, `${name}.docx`),
      ],
      { stdio: 'ignore' },
    );
    return path.join(folder, `${name}.pdf`);
  };
  /** Lines of a page with the positions of their words, in millimetres. */
  const linesOf = (file: string, page: number) => {
    const layout = execFileSync('pdftotext', ['-bbox-layout', '-f', String(page), '-l', String(page), file, '-'], {
      encoding: 'utf8',
    });
    return [
      ...layout.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([\s\S]*?)<\/line>/g),
    ].map(([, left, top, right, bottom, words]) => ({
      left: (Number(left) * 25.4) / 72,
      top: (Number(top) * 25.4) / 72,
      right: (Number(right) * 25.4) / 72,
      bottom: (Number(bottom) * 25.4) / 72,
      text: [...(words as string).matchAll(/>([^<]+)<\/word>/g)].map(([, word]) => word).join(''),
    }));
  };
  const DPI = 200;
  /** Rows and columns of a page that contain ink, as ranges in millimetres. */
  const ink = (file: string, page: number, wanted: (red: number, green: number, blue: number) => boolean) => {
    const base = path.join(folder, `ink-${page}`);
    execFileSync('pdftoppm', [
      '-r',
      String(DPI),
      '-f',
      String(page),
      '-l',
      String(page),
      '-singlefile',
      '-png',
      file,
      base,
    ]);
    const { width, height, data } = PNG.sync.read(fs.readFileSync(`${base}.png`));
    const mm = 25.4 / DPI;
    const rows: { top: number; bottom: number; left: number; right: number }[] = [];
    for (let y = 0; y < height; y++) {
      let left = -1;
      let right = -1;
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        if (!wanted(data[at] as number, data[at + 1] as number, data[at + 2] as number)) continue;
        if (left < 0) left = x;
        right = x;
      }
      if (left < 0) continue;
      const last = rows.at(-1);
      if (last && Math.abs(last.bottom - y * mm) < mm * 1.5) {
        last.bottom = (y + 1) * mm;
        last.left = Math.min(last.left, left * mm);
        last.right = Math.max(last.right, (right + 1) * mm);
      } else rows.push({ top: y * mm, bottom: (y + 1) * mm, left: left * mm, right: (right + 1) * mm });
    }
    return rows;
  };
  const dark = (red: number, green: number, blue: number) => red + green + blue < 380;
  const red = (r: number, green: number, blue: number) => r > 180 && green < 120 && blue < 120;
  const table: (readonly [what: string, wanted: number, found: number])[] = [];
  const measured = (what: string, wanted: number, found: number, most = 1) => {
    table.push([what, wanted, found]);
    expect(Math.abs(found - wanted), `${what}: ${found}`).toBeLessThanOrEqual(most);
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-print-'));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('has full pages of 22 lines of 28 characters on 156 × 225 mm, and page numbers', async () => {
    const file = await print('full', '国'.repeat(28 * 70), 'document');
    const inked = ink(file, 2, dark);
    const lines = linesOf(file, 2).filter(({ text }) => text.startsWith('国'));
    measured('lines on a full page', 22, lines.length, 0);
    measured('characters in a line', 28, lines[5]?.text.length ?? 0, 0);
    const words = inked.filter(({ top, bottom }) => bottom - top > 3 && top < 264);
    measured('first line, top of ink', 37, words[0]?.top ?? 0);
    measured('height of the text area', 225, (words.at(-1)?.bottom ?? 0) - (words[0]?.top ?? 0));
    // By the advance of characters: their ink leaves a little room on both sides.
    measured('width of the text area', 156, Math.max(...lines.map(({ right, left }) => right - left)));
    measured('left edge', 28, Math.min(...words.map(({ left }) => left)));
    for (const page of [1, 2]) {
      // The dashes are the flattest ink of the number's line: its middle.
      const number = ink(file, page, dark).filter(({ top }) => top > 264);
      const top = Math.min(...number.map((one) => one.top));
      const bottom = Math.max(...number.map((one) => one.bottom));
      measured(`page ${page}: dashes of the number`, 269, (top + bottom) / 2);
      const left = Math.min(...number.map((one) => one.left));
      const right = Math.max(...number.map((one) => one.right));
      if (page === 1) measured('odd page: number ends', 184 - 4.9, right);
      else measured('even page: number begins', 28 + 4.9, left);
    }
  }, 120_000);

  it('has mark, number, red rule and title in their places', async () => {
    const file = await print('notice', NOTICE, 'document');
    const reds = ink(file, 1, red);
    const rule = reds.find(({ top, bottom }) => bottom - top < 1);
    const mark = reds.filter(({ top, bottom }) => bottom - top > 3);
    measured('mark, top edge', 72, mark[0]?.top ?? 0);
    measured('red rule, width', 156, (rule?.right ?? 0) - (rule?.left ?? 0));
    const number = linesOf(file, 1).find(({ text }) => text.includes('〔2026〕'));
    const numberInk = ink(file, 1, dark).find(({ top, bottom }) => top >= (number?.top ?? 0) - 2 && bottom - top > 3);
    measured('number, two lines below the mark', TWO_LINES, (numberInk?.top ?? 0) - (mark.at(-1)?.bottom ?? 0));
    measured('red rule below the number', 4, (rule?.top ?? 0) - (numberInk?.bottom ?? 0));
    const last = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    const pages = Number(/Pages:\s+(\d+)/.exec(last)?.[1]);
    measured('版记 on an even page', 0, pages % 2, 0);
    const foot = ink(file, pages, dark).filter(
      ({ top, bottom, left, right }) => bottom - top < 1 && right - left > 100 && top < 264,
    );
    measured('版记: last rule at the foot of the text area', 262, foot.at(-1)?.bottom ?? 0);
    measured('版记: rules, width', 156, (foot[0]?.right ?? 0) - (foot[0]?.left ?? 0));
  }, 120_000);

  it('has mark and double rules of a letter in their places, and no number on its first page', async () => {
    const head = '---\n发文机关：青禾县人民政府\n---\n';
    const body = NOTICE.slice(NOTICE.indexOf('\n') + 1).replace('现将', `${BODY.repeat(30)}现将`);
    const file = await print('letter', head + body, 'letter');
    const reds = ink(file, 1, red);
    const mark = reds.filter(({ top, bottom }) => bottom - top > 3);
    const rules = reds.filter(({ top, bottom, right, left }) => bottom - top < 2 && right - left > 150);
    measured('letter: mark, top edge', 30, mark[0]?.top ?? 0);
    measured('letter: first double rule below the mark', 4, (rules[0]?.top ?? 0) - (mark.at(-1)?.bottom ?? 0));
    measured('letter: rules, length', 170, (rules[0]?.right ?? 0) - (rules[0]?.left ?? 0));
    measured('letter: second double rule above the page’s edge', 20, 297 - (rules.at(-1)?.bottom ?? 0));
    expect(linesOf(file, 1).some(({ text }) => /^—\s*1\s*—$/.test(text))).toBe(false);
    expect(linesOf(file, 2).some(({ text }) => /^—\s*2\s*—$/.test(text))).toBe(true);
  }, 120_000);

  it('has mark, number, text and signature of an order in their places', async () => {
    const file = await print('order', ORDER, 'command');
    const mark = ink(file, 1, red).filter(({ top, bottom }) => bottom - top > 3);
    measured('order: mark, top edge', 57, mark[0]?.top ?? 0);
    measured('order: mark, middle', 106, ((mark[0]?.left ?? 0) + (mark[0]?.right ?? 0)) / 2);
    const lines = linesOf(file, 1);
    const line = (words: string) => lines.find(({ text }) => text.startsWith(words));
    const [number, body, signer, date] = ['第12号', '《青禾市', '市', '2026年3月'].map(line);
    const black = ink(file, 1, dark).filter(({ top, bottom }) => bottom - top > 2 && top > (mark.at(-1)?.bottom ?? 0));
    measured('order: number, two lines below the mark', TWO_LINES, (black[0]?.top ?? 0) - (mark.at(-1)?.bottom ?? 0));
    measured('order: text, two lines below the number', 3 * LINE, (body?.top ?? 0) - (number?.top ?? 0));
    const end = lines.findLast(({ top }) => top < (signer?.top ?? 0) - 5);
    measured('order: signature, two lines below the text', 3 * LINE, (signer?.top ?? 0) - (end?.top ?? 0));
    measured('order: date, one line below the signature', 2 * LINE, (date?.top ?? 0) - (signer?.top ?? 0));
    for (const [what, one] of [['signature', signer] as const, ['date', date] as const])
      measured(`order: ${what}, four characters from the right edge`, 184 - 4 * CHARACTER, one?.right ?? 0);
    expect(linesOf(file, 2)[0]?.text).toBe('青禾市城市管网管理办法');
  }, 120_000);

  it('has mark and those who were there of minutes in their places', async () => {
    const file = await print('minutes', MINUTES.replace('会议听取', `${BODY.repeat(8)}会议听取`), 'minutes');
    const mark = ink(file, 1, red).filter(({ top, bottom }) => bottom - top > 3);
    measured('minutes: mark, top edge', 72, mark[0]?.top ?? 0);
    measured('minutes: mark, middle', 106, ((mark[0]?.left ?? 0) + (mark[0]?.right ?? 0)) / 2);
    const lines = [1, 2].flatMap((page) => linesOf(file, page).map((line) => ({ ...line, page })));
    const at = lines.findIndex(({ text }) => text.startsWith('出席'));
    const [before, first, second] = [lines[at - 1], lines[at], lines[at + 1]];
    expect(before?.page).toBe(first?.page);
    measured('minutes: 出席, one line below the text', 2 * LINE, (first?.top ?? 0) - (before?.top ?? 0));
    measured('minutes: 出席, two characters in', 28 + 2 * CHARACTER, first?.left ?? 0);
    measured('minutes: further lines below the first name', 28 + 5 * CHARACTER, second?.left ?? 0);
    expect(lines.filter(({ text }) => /^(?:请假|列席)/.test(text))).toHaveLength(2);
  }, 120_000);

  it('has the pages of the preview, with text on the page of each sign-off', async () => {
    const drafts = Array.from({ length: 16 }, (_, index) => {
      const lines = Array.from({ length: 4 + index }, () => '　　各乡镇要压实责任抓好落实。\n').join('');
      const last = `　　${'要把责任落实到田到户'.repeat((index % 3) * 4 + 2)}。`;
      return `青禾县人民政府文件\n\n青政发〔2026〕2号\n\n关于做好春耕工作的通知\n\n各乡镇人民政府：\n${lines}${last}\n\n附件：春耕任务分解表\n\n青禾县人民政府\n2026年3月1日\n`;
    });
    const sets = drafts.map((draft) => setParagraphs(composed(draft), template));
    const files = sets.map((_, index) => path.join(folder, `pages-${index}.docx`));
    for (const [index, set] of sets.entries()) fs.writeFileSync(files[index] as string, await exportWord(set));
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const conversion = ['--headless', '--convert-to', 'pdf', '--outdir', folder];
    execFileSync(SOFFICE as string, [profile, ...conversion, ...files], { stdio: 'ignore' });
    const counted = (lines: readonly string[]) => lines.filter((line) => line.trim() !== '').length;
    for (const [index, set] of sets.entries()) {
      const { pages } = paginate(set);
      const file = (files[index] as string).replace(/docx$/, 'pdf');
      const printed = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
        .split('\f')
        .slice(0, -1)
        .map((page) => counted(page.split('\n').filter((line) => !/^\s*—\s*\d+\s*—\s*$/.test(line))));
      expect(printed, `${index}`).toEqual(
        pages.map(({ lines }) => counted(lines.map(({ parts }) => parts.map(({ text }) => text).join('')))),
      );
      for (const { lines } of pages) {
        const kinds = lines.map(({ paragraph }) => paragraph.kind);
        if (kinds.includes('date') && index % 3 < 2) expect(kinds.includes('body')).toBe(true);
      }
    }
  }, 120_000);

  it('is what docs/word.md says, which POLICY_TEXT_WRITE_DOCS=1 writes anew', () => {
    const rows = table.map(([what, wanted, found]) => `| ${what} | ${rounded(wanted)} | ${rounded(found)} |`);
    const printed = ['| What, mm 项目（毫米） | Wanted 应为 | Measured 实测 |', '| --- | ---: | ---: |', ...rows].join(
      '\n',
    );
    console.log(printed);
    const page = fs.readFileSync('docs/word.md', 'utf8');
    const [before, old, after] = page.split(/(?<=<!-- measured -->\n)|(?=\n<!-- end -->)/) as [string, string, string];
    if (process.env.POLICY_TEXT_WRITE_DOCS) fs.writeFileSync('docs/word.md', `${before}${printed}${after}`);
    else {
      const kept = old.split('\n').slice(2);
      expect(kept.map((row) => row.replace(/[^|]*\|$/, ''))).toEqual(rows.map((row) => row.replace(/[^|]*\|$/, '')));
      // Versions of fonts and of LibreOffice differ by tenths.
      kept.forEach((row, index) => {
        const said = Number(/([-\d.]+) \|$/.exec(row)?.[1]);
        expect(Math.abs(said - (table[index]?.[2] ?? Number.NaN)), row).toBeLessThanOrEqual(0.5);
      });
    }
  });
});
