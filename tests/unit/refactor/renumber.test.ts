import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RenumberScope, renumber } from '../../../server/src/refactor/renumber';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, Marker } from '../../../server/src/structure/analysis';
import { sectionAt } from '../../../server/src/structure/sections';
import { applyEdits } from '../../../server/src/text/textEdit';
import { expectLinear } from '../growth';

function renumbered(text: string, scopeOf: (analysis: Analysis) => RenumberScope = () => ({ document: true })): string {
  const analysis = analyse(text);
  return applyEdits(text, renumber(analysis, scopeOf(analysis)));
}

const DRAFT = `一、总体要求
内容。
三、重点任务
（一）修好水渠。抓紧开工。
（三）种好行道树。及时补植。
（四）办好学校。配齐教师。
四、保障措施
（二）加强领导。落实责任。
（三）严格督查。定期通报。`;

describe('renumber', () => {
  it('counts the whole text anew', () => {
    expect(renumbered(DRAFT)).toBe(`一、总体要求
内容。
二、重点任务
（一）修好水渠。抓紧开工。
（二）种好行道树。及时补植。
（三）办好学校。配齐教师。
三、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。`);
  });

  it('keeps to one list, or to what stands under one section', () => {
    const list = renumbered(DRAFT, (analysis) => ({ list: analysis.lists[0] as Analysis['lists'][number] }));
    expect(list).toContain('二、重点任务');
    expect(list).toContain('（三）种好行道树');
    const section = renumbered(DRAFT, (analysis) => ({
      section: sectionAt(analysis, DRAFT.indexOf('重点任务')) as Analysis['sections'][number],
    }));
    expect(section).toContain('三、重点任务');
    expect(section).toContain('（二）种好行道树');
    expect(section).toContain('（二）加强领导');
  });

  it('lets a list run on where it did, and restart where it did', () => {
    const running = `一、修渠
（一）勘测。做实前期。
（二）施工。按图施工。
二、植树
（三）选苗。选用乡土树种。
（五）栽种。赶在雨前。
三、办学
（六）选址。就近入学。`;
    expect(renumbered(running)).toBe(running.replace('（五）', '（四）').replace('（六）', '（五）'));
    const restarting = '一、修渠\n（一）勘测。\n（二）施工。\n二、植树\n（一）选苗。\n（二）栽种。';
    expect(renumbered(restarting)).toBe(restarting);
  });

  it('moves the figures below a decimal section with it', () => {
    expect(
      renumbered('1　总则\n1.1　目的\n内容。\n1.2　范围\n内容。\n3　体系\n3.1　机构\n内容。\n3.2　职责\n内容。'),
    ).toBe('1　总则\n1.1　目的\n内容。\n1.2　范围\n内容。\n2　体系\n2.1　机构\n内容。\n2.2　职责\n内容。');
  });

  it('keeps 第十条之一 an insertion, and 首先 and 最后 as they are', () => {
    const law =
      '第一条　为了规范管理，制定本办法。\n第一条之一　乡镇参照执行。\n第三条　各部门分工负责。\n第四条　自发布之日起施行。';
    expect(renumbered(law)).toBe(law.replace('第三条', '第二条').replace('第四条', '第三条'));
    const words = '首先，抓好春耕。\n其次，抓好防汛。\n最后，抓好秋收。';
    expect(renumbered(words)).toBe(words);
  });

  it('mends an enumeration inside a paragraph', () => {
    expect(renumbered('要做好工作：一是修渠；三是植树；四是办学。')).toBe('要做好工作：一是修渠；二是植树；三是办学。');
  });

  const piece = fc.constantFrom(
    ...['一、', '二、', '三、', '（一）', '（二）', '（四）', '1.', '2.', '3、', '1.1 ', '①', '第一条　', '第三条　'],
    ...['修渠植树', '内容。', '\n', '\n', '附件1\n', '一是修路；', '三是办学。', '首先，', '**', '# '],
  );

  /** Text outside numbers. */
  const words = (text: string) => text.replace(/[一二三四五六七八九十百零\d①-⑳]/g, '');

  it('changes nothing but numbers, whatever the text, and nothing in a text that is numbered right', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const analysis = analyse(text);
        const edits = renumber(analysis, { document: true });
        expect(words(applyEdits(text, edits))).toBe(words(text));
        const broken = [...analysis.lists, ...analysis.enumerations.map(({ list }) => list)].some(
          ({ breaks }) => breaks.length > 0,
        );
        if (!broken) expect(edits).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const folder = 'corpus/samples';
  const samples = fs.readdirSync(folder).filter((name) => name !== 'README.md');

  it.each(samples)('leaves %s without a broken sequence, and does nothing the second time', (name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const once = renumbered(text);
    expect(analyse(once).lists.flatMap(({ breaks }) => breaks)).toEqual([]);
    expect(renumbered(once)).toBe(once);
  });

  it.each(samples)('comes to an end in %s, however its numbers are mixed up', (name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const markers = analyse(text).lists.flatMap((list) => list.markers);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), (pairs) => {
        const damage = pairs.map(([at, by]) => {
          const { start, end } = markers[at % markers.length] as Marker;
          return { start, end, newText: (markers[by % markers.length] as Marker).text };
        });
        const once = renumbered(applyEdits(text, damage));
        expect(renumbered(once)).toBe(once);
      }),
      { numRuns: 25 },
    );
  });

  it('lets lists follow that count on from the one renumbered', () => {
    const text =
      '一、修渠\n（一）勘测。抓紧。\n（三）施工。抓紧。\n（四）验收。抓紧。\n二、植树\n（五）选苗。抓紧。\n（六）栽种。抓紧。';
    const first = (analysis: Analysis) => ({ list: analysis.lists[1] as Analysis['lists'][number] });
    expect(renumbered(text, first)).toContain('二、植树\n（四）选苗。抓紧。\n（五）栽种');
  });

  it('takes time linear in the length of the text', () => {
    const draft = (length: number) => {
      let text = '';
      for (let part = 1; text.length < length; part++) {
        text += `${part}.${'抓好落实、压实责任，'.repeat(60)}。\n`.replace('，。', '。');
      }
      return analyse(text.replace('\n7.', '\n8.'));
    };
    const drafts = new Map([80_000, 320_000].map((length) => [length, draft(length)]));
    for (const { headings } of drafts.values()) expect(headings.length).toBeGreaterThan(75);
    expectLinear((length) => {
      expect(renumber(drafts.get(length)!, { document: true })).not.toHaveLength(0);
    }, 80_000);
  });
});
