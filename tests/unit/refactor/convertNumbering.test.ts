import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conversion, convertNumbering, readConversion } from '../../../server/src/refactor/convertNumbering';
import { NUMBERING_SCHEME_NAMES, type NumberingScheme } from '../../../server/src/refactor/numberingSchemes';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { DocumentKind } from '../../../server/src/structure/analysis';
import { applyEdits } from '../../../server/src/text/textEdit';

/** `text` converted, or the message to the writer. */
function converted(text: string, conversion: Conversion, kind: DocumentKind = 'policytext'): string {
  const outcome = convertNumbering(analyse(text, kind), conversion);
  if (!('message' in outcome)) return applyEdits(text, outcome.edits);
  return outcome.message.zh.replace(/\{(\d)\}/g, (_, index) => String(outcome.message.values?.[Number(index)]));
}

const PLAN = `一、总体要求
（一）指导思想。坚持生态优先，任务见第二部分第（二）条。
（二）基本原则。统筹推进。
二、重点任务
（一）修渠。抓紧开工。
1.东渠。先行。
2.西渠。跟进。
（二）植树。及时补植，目标见第一部分。
`;

const IN: Record<Exclude<NumberingScheme, 'official'>, string> = {
  parts: `第一部分　总体要求
一、指导思想。坚持生态优先，任务见第二部分第二条。
二、基本原则。统筹推进。
第二部分　重点任务
一、修渠。抓紧开工。
（一）东渠。先行。
（二）西渠。跟进。
二、植树。及时补植，目标见第一部分。
`,
  decimal: `1.总体要求
1.1　指导思想。坚持生态优先，任务见第2.2条。
1.2　基本原则。统筹推进。
2.重点任务
2.1　修渠。抓紧开工。
2.1.1　东渠。先行。
2.1.2　西渠。跟进。
2.2　植树。及时补植，目标见第1部分。
`,
  standard: `1　总体要求
1.1　指导思想。坚持生态优先，任务见第2.2条。
1.2　基本原则。统筹推进。
2　重点任务
2.1　修渠。抓紧开工。
2.1.1　东渠。先行。
2.1.2　西渠。跟进。
2.2　植树。及时补植，目标见第1部分。
`,
  legislation: `第一章　总体要求
第一条　指导思想。坚持生态优先，任务见第四条。
第二条　基本原则。统筹推进。
第二章　重点任务
第三条　修渠。抓紧开工。
（一）东渠。先行。
（二）西渠。跟进。
第四条　植树。及时补植，目标见第一章。
`,
};

describe('a scheme of numbering', () => {
  it.each(Object.entries(IN) as [NumberingScheme, string][])(
    'can be %s, and the official one again',
    (scheme, text) => {
      expect(converted(PLAN, { scheme })).toBe(text);
      expect(converted(text, { scheme: 'official' })).toBe(PLAN);
      expect(converted(text, { scheme })).toBe('文中的序号已经是这种写法。');
    },
  );

  it('can change from any to any other', () => {
    const all = { official: PLAN, ...IN };
    for (const from of NUMBERING_SCHEME_NAMES) {
      for (const to of NUMBERING_SCHEME_NAMES)
        if (from !== to) expect(converted(all[from], { scheme: to })).toBe(all[to]);
    }
  });

  it('can change on one level, into whatever number', () => {
    expect(converted(PLAN, { scheme: 'parts', level: 1 })).toContain('第二部分　重点任务\n（一）修渠');
    expect(converted(PLAN, { kind: 'circled', level: 3 })).toContain('①东渠。先行。\n②西渠。跟进。');
    expect(converted(PLAN, { kind: 'formal', level: 1 })).toMatch(/^壹、总体要求\n(?:.*\n)*贰、重点任务/);
    expect(converted(PLAN, { kind: 'article', level: 2 })).toContain('二、重点任务\n第三条　修渠');
  });

  it('gives a law without chapters articles on its highest level', () => {
    const law =
      '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　县水利局履行下列职责：\n（一）编制预案；\n（二）组织抢险。\n第三条　违反本办法第二条第（一）项的，责令改正。\n';
    const official = converted(law, { scheme: 'official' });
    expect(official).toContain('二、县水利局履行下列职责：\n（一）编制预案；');
    expect(official).toContain('违反本办法第二部分第（一）项的');
    expect(converted(official, { scheme: 'legislation' })).toBe(law);
  });

  it('lets numbers run on that did, where they can', () => {
    const running =
      '一、修渠\n（一）勘测。抓紧。\n（二）施工。抓紧。\n二、植树\n（三）选苗。抓紧。\n（四）栽种。抓紧。\n';
    const parts = converted(running, { kind: 'arabic', level: 2 });
    expect(parts).toContain('二、植树\n3.选苗');
    expect(converted(parts, { kind: 'chineseBracket', level: 2 })).toBe(running);
    expect(converted(running, { scheme: 'decimal' })).toContain('2.植树\n2.1　选苗');
  });

  it('keeps half-width brackets, traditional characters and Markdown', () => {
    expect(
      converted(
        '第一章　總則\n第一條　為了做好防汛工作，制定本辦法。\n第二條　縣府負責。\n第二章　附則\n第三條　本辦法自發布之日起施行。\n',
        { kind: 'division', level: 1 },
      ),
    ).toContain('第二節　附則');
    expect(converted('1.修渠\n内容(一)。\n2.植树\n(1)选苗\n(2)栽种\n', { scheme: 'official' })).toContain(
      '二、植树\n(一)选苗',
    );
    expect(
      converted('## 一、修渠\n\n内容。\n\n## 二、植树\n\n内容。\n', { scheme: 'legislation', level: 1 }, 'markdown'),
    ).toBe('## 第一条　修渠\n\n内容。\n\n## 第二条　植树\n\n内容。\n');
  });

  it('writes a printed table of contents anew, too', () => {
    const text = `青禾县规划\n目录\n一、修渠……1\n（一）东渠……2\n（二）西渠……3\n二、植树……4\n一、修渠\n（一）东渠\n内容。\n（二）西渠\n内容。\n二、植树\n内容。\n`;
    expect(converted(text, { scheme: 'decimal' })).toContain(
      '目录\n1.修渠……1\n1.1　东渠……2\n1.2　西渠……3\n2.植树……4\n1.修渠',
    );
  });

  it('leaves enumerations in the prose alone', () => {
    const text = '一、修渠\n要做到三点：一是勘测；二是施工；三是验收。\n二、植树\n首先，选苗。\n其次，栽种。\n';
    expect(converted(text, { scheme: 'parts' })).toBe(
      text.replace('一、修', '第一部分　修').replace('二、植', '第二部分　植'),
    );
  });

  it('sets a point off from a figure', () => {
    const text = '一、总结\n内容。\n二、2026年重点工作\n内容。\n';
    const decimal = converted(text, { scheme: 'decimal' });
    expect(decimal).toContain('2. 2026年重点工作');
    expect(converted(decimal, { scheme: 'official' })).toBe(text);
  });

  it('says where it cannot be done', () => {
    expect(converted('今年要抓好落实。', { scheme: 'parts' })).toContain('没有这一级序号');
    expect(converted(PLAN, { scheme: 'parts', level: 4 })).toContain('没有这一级序号');
    const deep = '一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n②己\n（2）庚\n2.辛\n（二）壬\n二、癸\n内容。';
    expect(converted(deep, { scheme: 'decimal' })).toContain('文中的序号有5级');
    // A bare figure before a whole paragraph is not a heading.
    const words = '各镇要提前谋划，主动对接，确保各项任务落到实处。';
    expect(converted(`一、${words}\n二、${words}\n`, { scheme: 'standard' })).toContain('辨认不清');
  });
});

describe('what the command is called with', () => {
  it('is read with care', () => {
    expect(readConversion({ scheme: 'decimal' })).toEqual({ scheme: 'decimal' });
    expect(readConversion({ kind: '（一）', level: 2 })).toEqual({ kind: 'chineseBracket', level: 2 });
    for (const wrong of [
      undefined,
      null,
      3,
      {},
      { scheme: 'toString' },
      { scheme: 'decimal', level: 0 },
      { kind: '一、' },
    ]) {
      expect(readConversion(wrong)).toBeUndefined();
    }
    expect(convertNumbering(analyse(PLAN), undefined)).toHaveProperty('message');
  });
});

describe('there and back', () => {
  /** A text in the official scheme, arbitrarily nested, with references to its sections. */
  const plan = fc
    .array(fc.record({ leaves: fc.array(fc.nat(2), { maxLength: 4 }), mention: fc.nat() }), {
      minLength: 2,
      maxLength: 6,
    })
    .map((parts) => {
      const numerals = '一二三四五六七八九';
      const places = parts.flatMap(({ leaves }, part) => [
        `第${numerals[part]}部分`,
        ...leaves.map((_, leaf) => `第${numerals[part]}部分第（${numerals[leaf]}）条`),
      ]);
      const lines = parts.flatMap(({ leaves, mention }, part) => [
        `${numerals[part]}、抓好第${part + 7}批工作`,
        `任务分工见${places[mention % places.length]}。`,
        ...leaves.flatMap((items, leaf) => [
          `（${numerals[leaf]}）修渠植树。各镇要抓紧开工。`,
          ...Array.from({ length: items && items + 1 }, (_, item) => `${item + 1}.整修水渠。按期完成。`),
        ]),
      ]);
      return `${lines.join('\n')}\n`;
    });

  it.each(NUMBERING_SCHEME_NAMES.filter((name) => name !== 'official'))(
    'by way of %s gives the same text',
    (scheme) => {
      fc.assert(
        fc.property(plan, (text) => {
          const there = converted(text, { scheme });
          if (scheme === 'legislation' && !there.includes('第一章')) return;
          expect(there).not.toBe(text);
          expect(converted(there, { scheme: 'official' })).toBe(text);
        }),
        { numRuns: 60 },
      );
    },
  );

  const samples = 'corpus/samples';
  const shared = ['seeds', 'reports', 'laws', 'state-council'].map((name) => `../shared/corpus/${name}`);
  const files = [samples, ...shared.filter((folder) => fs.existsSync(folder))].flatMap((folder) =>
    fs.readdirSync(folder).map((name) => path.join(folder, name)),
  );
  it.each(files.filter((name) => !name.endsWith('README.md')))('reads as before: %s', (name) => {
    const text = fs.readFileSync(name, 'utf8');
    const kind = name.endsWith('.md') ? 'markdown' : 'policytext';
    const before = analyse(text, kind);
    const breaks = (analysis: typeof before) =>
      lint(analysis).filter(({ rule: { id } }) => /^numbering\.(?:gap|duplicate|order|first)$/.test(id)).length;
    for (const scheme of NUMBERING_SCHEME_NAMES) {
      const outcome = convertNumbering(before, { scheme });
      if ('message' in outcome) continue;
      const after = analyse(applyEdits(text, outcome.edits), kind);
      expect(after.headings.map(({ level }) => level)).toEqual(before.headings.map(({ level }) => level));
      expect(breaks(after)).toBeLessThanOrEqual(breaks(before));
      expect(convertNumbering(after, { scheme })).toHaveProperty('unchanged', true);
    }
  });
});
