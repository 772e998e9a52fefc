import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, composedText, type Form } from '../../../server/src/layout/elements';
import { paginate } from '../../../server/src/layout/pages';
import { setParagraphs } from '../../../server/src/layout/paragraphs';
import { readTemplate, STANDARD } from '../../../server/src/layout/template';
import { analyse } from '../../../server/src/structure/analyse';
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

  it('keep a heading that runs on apart from its paragraph', () => {
    const running = composed(NOTICE).elements.find(({ words }) => words[0]?.text.startsWith('（一）'));
    expect(running?.words.map(({ text, role }) => [role, text])).toEqual([
      ['heading', '（一）坚持统一领导。'],
      ['plain', '各乡镇要压实责任，“一把手”负总责——不走过场。'],
    ]);
  });

  it('take the form from the text, the head or the writer', () => {
    expect(composed(NOTICE).form).toBe('document');
    expect(composed(NOTICE, 'speech').form).toBe('speech');
    expect(composed(`---\n版式：信函\n---\n${NOTICE}`).form).toBe('letter');
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
        expect(shown.join('')).toBe(composedText(composed(draft, 'report')));
      }),
      { numRuns: 200 },
    );
  });
});

describe('export', () => {
  it('gives back the text when it is read again', async () => {
    const composition = composed(NOTICE);
    const bytes = await exportWord(setParagraphs(composition));
    expect(imported(bytes)).toBe(composedText(composition));
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
      ),
      fc.string({ unit: fc.constantFrom('政', '策', '，', ' ', '&', '<', '1', '*', '\t', '—'), maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom<Form | undefined>(undefined, 'letter', 'speech'),
        async (lines, form) => {
          const composition = composed(lines.join('\n'), form);
          const bytes = await exportWord(setParagraphs(composition));
          const expected = composedText(composition)
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
    for (const wrong of ['[]', '{"line":"29"}', '{"fonts":{"x":"y"}}', '{"margins":{"top":500}}', '{"colour":1}']) {
      expect(() => readTemplate(wrong)).toThrow();
    }
  });
});

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
  /** Lines of a page with the places of their words, in millimetres. */
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
  /** Rows and columns of a page that hold ink, as stretches in millimetres. */
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
  const table: string[] = [];
  const measured = (what: string, wanted: number, found: number, most = 1) => {
    table.push(`| ${what} | ${wanted} | ${found.toFixed(1)} |`);
    expect(Math.abs(found - wanted), `${what}: ${found}`).toBeLessThanOrEqual(most);
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-print-'));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    if (table.length > 0)
      console.log(['| what, mm | standard | measured |', '| --- | --- | --- |', ...table].join('\n'));
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
});
