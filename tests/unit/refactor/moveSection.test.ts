import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Locator } from '../../../server/src/features/locate';
import { type MovePlace, moveSection } from '../../../server/src/refactor/moveSection';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, DocumentKind } from '../../../server/src/structure/analysis';
import { applyEdits } from '../../../server/src/text/textEdit';

/**
 * The text after the section at the words `from` was moved to the one at the words `to`, or the message to the writer.
 */
function moved(text: string, from: string, to?: string, place?: MovePlace, kind: DocumentKind = 'policytext'): string {
  const analysis = analyse(text, kind);
  const target = to === undefined ? undefined : new Locator(analysis.lines).position(text.indexOf(to));
  const outcome = moveSection(analysis, text.indexOf(from), { target, place });
  if ('message' in outcome) return outcome.message.zh;
  const result = applyEdits(text, outcome.edits);
  // The caret is at the moved section's number.
  expect(result.slice(outcome.caret)).toMatch(/^(?:[第（(]?[一二三四五六七八九十\d]+|[①-⑨]|\p{L})/u);
  return result;
}

const PLAN = `青禾县水利工作方案

一、总体要求
内容。
二、重点任务
（一）修渠。抓紧开工。
（二）植树。及时补植。
（三）清淤。分段施工。

三、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。
`;

describe('moving a section to another place', () => {
  it('takes the place of a sibling', () => {
    const back = `青禾县水利工作方案

一、总体要求
内容。
二、重点任务
（一）清淤。分段施工。
（二）修渠。抓紧开工。
（三）植树。及时补植。

三、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。
`;
    expect(moved(PLAN, '（三）清', '（一）修')).toBe(back);
    expect(moved(back, '（一）清', '（三）植')).toBe(PLAN);
  });

  it('takes a list of people above a date along, and leaves the body that signs', () => {
    const people = '一、甲项工作\n内容一。\n二、联系人\n张三\n李四\n2024年5月1日\n';
    expect(moved(people, '二、', '一、')).toBe('一、联系人\n张三\n李四\n二、甲项工作\n内容一。\n2024年5月1日\n');
    const signed = '一、甲项工作\n内容一。\n二、乙项工作\n内容二。\n青禾县水利局\n2024年5月1日\n';
    const after = '一、乙项工作\n内容二。\n二、甲项工作\n内容一。\n青禾县水利局\n2024年5月1日\n';
    expect(moved(signed, '二、', '一、')).toBe(after);
    const person = signed.replace('青禾县水利局', '赵远');
    expect(moved(person, '二、', '一、')).toBe(after.replace('青禾县水利局', '赵远'));
  });

  it('takes everything under it along', () => {
    expect(moved(PLAN, '三、', '一、')).toBe(`青禾县水利工作方案

一、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。
二、总体要求
内容。
三、重点任务
（一）修渠。抓紧开工。
（二）植树。及时补植。
（三）清淤。分段施工。
`);
  });

  it('goes to the end of a higher heading', () => {
    const expected = `青禾县水利工作方案

一、总体要求
内容。
二、重点任务
（一）植树。及时补植。
（二）清淤。分段施工。

三、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。
（三）修渠。抓紧开工。
`;
    expect(moved(PLAN, '（一）修', '三、')).toBe(expected);
    expect(moved(PLAN, '（一）修', '二、')).toContain('（二）清淤。分段施工。\n（三）修渠。抓紧开工。\n');
    expect(moved(PLAN, '（一）修', '一、')).toContain('内容。\n（一）修渠。抓紧开工。\n二、重点任务\n（一）植树');
  });

  it('takes the level of a lower one, and its children go further down', () => {
    expect(moved(PLAN, '三、', '（一）修')).toContain(
      '二、重点任务\n（一）保障措施\n1.加强领导。落实责任。\n2.严格督查。定期通报。\n（二）修渠。',
    );
    expect(moved(PLAN, '（二）严', '一、', 'after')).toContain('内容。\n二、严格督查。定期通报。\n三、重点任务');
  });

  it('goes to the end of the text, or after its title', () => {
    expect(moved(PLAN, '一、')).toMatch(/（二）严格督查。定期通报。\n三、总体要求\n内容。\n$/);
    expect(moved(PLAN, '三、', '青禾县')).toContain('方案\n\n一、保障措施\n（一）加强领导');
    expect(moved(PLAN, '（二）严', '青禾县')).toContain('方案\n\n一、严格督查。定期通报。\n二、总体要求');
  });

  it('says where nothing is to be done', () => {
    expect(moved(PLAN, '二、', '（一）修')).toContain('自己里面');
    expect(moved(PLAN, '二、', '二、')).toContain('已经在这个位置');
    expect(moved(PLAN, '（二）严', '三、')).toContain('已经在这个位置');
    expect(moved(PLAN, '三、')).toContain('已经在这个位置');
    expect(moved(PLAN, '青禾县', '三、')).toContain('标题和附件');
  });

  it('carries references and counts along', () => {
    const law = `青禾县防汛办法
第一条　为了做好防汛工作，制定本办法。
第二条　违反本办法第三条的，责令改正。
第三条　各镇编制细则。
第四条　本办法自印发之日起施行。
`;
    expect(moved(law, '第三条　', '第一条')).toContain('第一条　各镇编制细则。\n第二条　为了');
    expect(moved(law, '第三条　', '第一条')).toContain('违反本办法第一条的');
    const counted = PLAN.replace('二、重点任务', '二、重点任务\n要抓好以下三项任务：');
    expect(moved(counted, '（一）修', '三、')).toContain('以下两项任务');
  });

  it('leaves the closing of a speech at its end', () => {
    const speech =
      '一、修渠\n（一）勘测。做实。\n（二）施工。抓紧。\n二、植树\n（一）选苗。抓紧。\n（二）补植。及时。\n同志们，让我们一起努力！\n';
    expect(moved(speech, '（二）补', '（一）勘', 'after')).toBe(
      '一、修渠\n（一）勘测。做实。\n（二）补植。及时。\n（三）施工。抓紧。\n二、植树\n（一）选苗。抓紧。\n同志们，让我们一起努力！\n',
    );
    expect(moved(speech, '二、', '一、', 'before')).toBe(
      '一、植树\n（一）选苗。抓紧。\n（二）补植。及时。\n二、修渠\n（一）勘测。做实。\n（二）施工。抓紧。\n同志们，让我们一起努力！\n',
    );
  });

  it('lets the articles of a law be articles', () => {
    const law =
      '第一章　总则\n第一条　为了防汛。\n第二条　分工负责。\n第二章　职责\n第一节　镇\n第三条　镇政府巡查。\n第二节　村\n第四条　村民配合。\n第三章　附则\n';
    expect(moved(law, '第一章', '第二章', 'inside')).toBe(
      '第一章　职责\n第一节　镇\n第一条　镇政府巡查。\n第二节　村\n第二条　村民配合。\n第三节　总则\n第三条　为了防汛。\n第四条　分工负责。\n第二章　附则\n',
    );
    expect(moved(law, '第一条', '第三章', 'inside')).toBe(
      '第一章　总则\n第一条　分工负责。\n第二章　职责\n第一节　镇\n第二条　镇政府巡查。\n第二节　村\n第三条　村民配合。\n第三章　附则\n第四条　为了防汛。\n',
    );
    expect(moved(law, '第一节', '第一章', 'inside')).toContain('不能与章、节互换');
    expect(moved(law, '第一条', '第二章', 'inside')).toContain('不能与章、节互换');
    expect(moved(law, '第一条', '第一章', 'before')).toContain('不能与章、节互换');
  });

  it('adds and takes away # in Markdown', () => {
    const text = '# 一、总则\n\n## （一）目的\n\n内容。\n\n# 二、机构\n\n内容。\n';
    expect(moved(text, '二、', '（一）', 'after', 'markdown')).toBe(
      '# 一、总则\n\n## （一）目的\n\n内容。\n\n## （二）机构\n\n内容。\n',
    );
  });

  it('moves a section without a number on its own level only', () => {
    const text = '## 概述\n\n内容。\n\n## 修渠\n\n内容。\n\n## 植树\n\n内容。\n';
    expect(moved(text, '概述', '植树', undefined, 'markdown')).toBe(
      '## 修渠\n\n内容。\n\n## 植树\n\n内容。\n\n## 概述\n\n内容。\n',
    );
    expect(moved(text, '概述', '植树', 'inside', 'markdown')).toContain('同级');
  });

  it('works in a flattened text', () => {
    const words = '各乡镇要提前谋划，主动对接，确保各项任务落到实处。'.repeat(12);
    const text = `现通知如下。 一、总体要求 ${words} 二、重点任务 修渠植树。${words} 三、保障措施 ${words}`;
    expect(moved(text, '三、', '一、')).toBe(
      `现通知如下。 一、保障措施 ${words} 二、总体要求 ${words} 三、重点任务 修渠植树。${words}`,
    );
  });

  it('takes whatever it is called with', () => {
    const analysis = analyse(PLAN);
    for (const details of [undefined, null, 3, 'x', { target: 'y' }, { target: { line: -1 }, place: 'beside' }]) {
      expect(() => moveSection(analysis, PLAN.indexOf('（二）植'), details)).not.toThrow();
    }
  });
});

/** Broken numbers and misplaced headings. */
function defects(analysis: Analysis): number {
  return lint(analysis).filter(({ rule: { id } }) => /^(?:numbering|heading)\./.test(id) && id !== 'heading.empty')
    .length;
}

/** The words of a text: all characters that are neither blank nor used in numbers. */
const NUMBERS =
  /[\s\d零一二三四五六七八九十百两壹贰貳叁參参肆伍陆陸柒捌玖拾①-⑳Ⅰ-Ⅻ第章节節条條部分是要之甲乙丙丁戊己庚辛壬癸（）().、．#*，。；：]/gu;
const words = (text: string): string => [...text.replace(NUMBERS, '')].sort().join('');

/** The differing parts of two texts of sorted characters, shortened. */
function differing(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a === b ? '' : `${a.slice(at, at + 9)} | ${b.slice(at, at + 9)}`;
}

function staysClean(text: string, kind: DocumentKind, runs: number): void {
  const analysis = analyse(text, kind);
  if (analysis.headings.length === 0) return;
  const before = defects(analysis);
  const locator = new Locator(analysis.lines);
  const places = analysis.headings.map(({ marker, titleSpan }) => marker?.start ?? titleSpan.start);
  const place = fc.constantFrom<MovePlace | undefined>('before', 'after', 'inside', undefined, undefined);
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...places), place, (from, to, where) => {
      const outcome = moveSection(analysis, from, { target: locator.position(to), place: where });
      if ('message' in outcome) return;
      const result = applyEdits(text, outcome.edits);
      const after = analyse(result, kind);
      expect(defects(after)).toBeLessThanOrEqual(before);
      expect(differing(words(text), words(result))).toBe('');
      expect(outcome.caret).toBeLessThanOrEqual(result.length);
    }),
    { numRuns: runs },
  );
}

describe('after any move the text is as clean as before, and nothing of it is lost', () => {
  const samples = 'corpus/samples';
  const names = fs.readdirSync(samples).filter((name) => name !== 'README.md');
  it.each(names)('%s', (name) => {
    staysClean(fs.readFileSync(path.join(samples, name), 'utf8'), name.endsWith('.md') ? 'markdown' : 'policytext', 40);
  });

  const shared = '../shared';
  describe.skipIf(!fs.existsSync(`${shared}/gold`))('the gold documents', () => {
    const gold = fs.existsSync(`${shared}/gold`) ? fs.readdirSync(`${shared}/gold`) : [];
    it.each(gold)('%s', (name) => {
      const { document } = JSON.parse(fs.readFileSync(`${shared}/gold/${name}`, 'utf8')) as { document: string };
      staysClean(fs.readFileSync(path.join(shared, document), 'utf8'), 'policytext', 12);
    });
  });

  const piece = fc.constantFrom(
    ...['一、', '二、', '三、', '（一）', '（二）', '1.', '2.', '1.1 ', '2.1 ', '①', '第一条　', '第二章　', '壹、'],
    ...['修渠植树', '内容。', '\n', '\n', '\r\n', '附件1\n', '一是修路；', '首先，', '**', '# ', '　', '\ud800'],
  );
  it('whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom<DocumentKind>('policytext', 'markdown'),
        (pieces, kind) => staysClean(pieces.join(''), kind, 5),
      ),
      { numRuns: 100 },
    );
  });
});
