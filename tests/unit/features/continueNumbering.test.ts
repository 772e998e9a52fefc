import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continueNumbering } from '../../../server/src/features/continueNumbering';
import { analyse } from '../../../server/src/structure/analyse';
import type { DocumentKind } from '../../../server/src/structure/analysis';
import { applyEdits, mapOffset } from '../../../server/src/text/textEdit';

/** `text` after Enter at |, with the resulting caret drawn. */
function afterEnter(text: string, kind: DocumentKind = 'policytext', lineBreak = '\n'): string {
  const caret = text.indexOf('|');
  const typed = text.slice(0, caret) + lineBreak + text.slice(caret + 1);
  const analysis = analyse(typed, kind);
  const edits = continueNumbering(analysis, analysis.lines.lineAt(caret + lineBreak.length));
  const start = caret + lineBreak.length;
  const own = edits.find((edit) => edit.start <= start && edit.end >= start);
  const place = mapOffset(edits, own ? own.start : start) + (own ? own.newText.length : 0);
  const result = applyEdits(typed, edits);
  return `${result.slice(0, place)}|${result.slice(place)}`;
}

describe('continueNumbering', () => {
  it.each([
    ['一、修渠\n内容。\n二、植树|', '一、修渠\n内容。\n二、植树\n三、|'],
    ['（一）修渠。抓紧开工。|', '（一）修渠。抓紧开工。\n（二）|'],
    ['　　1.修渠。抓紧开工。\n　　2.植树。及时补植。|', '　　1.修渠。抓紧开工。\n　　2.植树。及时补植。\n　　3.|'],
    ['第九条　各部门分工负责。|', '第九条　各部门分工负责。\n第十条　|'],
    ['1　总则\n1.1　目的\n为了防汛。\n1.2　范围|', '1　总则\n1.1　目的\n为了防汛。\n1.2　范围\n1.3　|'],
    ['一是修渠。抓紧开工。\n二是植树。及时补植。|', '一是修渠。抓紧开工。\n二是植树。及时补植。\n三是|'],
    ['①修渠\n②植树|', '①修渠\n②植树\n③|'],
    [
      '第一章　总　则\n第一条　为了防汛。\n第二条　分工负责。|\n第三条　施行。',
      '第一章　总　则\n第一条　为了防汛。\n第二条　分工负责。\n第三条　|\n第四条　施行。',
    ],
  ])('goes on from %j', (before, after) => {
    expect(afterEnter(before)).toBe(after);
    expect(afterEnter(before.replaceAll('\n', '\r\n'), 'policytext', '\r\n')).toBe(after.replaceAll('\n', '\r\n'));
  });

  it.each([
    ['一、修渠|\n二、植树\n三、筑路', '一、修渠\n二、|\n三、植树\n四、筑路'],
    ['（一）修渠。\n（二）植树。|\n（三）筑路。', '（一）修渠。\n（二）植树。\n（三）|\n（四）筑路。'],
    ['1.修渠\n2.植树|\n3.筑路', '1.修渠\n2.植树\n3.|\n4.筑路'],
    ['①修渠|\n②植树', '①修渠\n②|\n③植树'],
    [
      '1　总则\n1.1　目的\n1.2　范围|\n1.3　原则\n1.3.1　统一\n1.3.2　分级',
      '1　总则\n1.1　目的\n1.2　范围\n1.3　|\n1.4　原则\n1.4.1　统一\n1.4.2　分级',
    ],
    // References are updated; those to what comes before do not change.
    [
      '一、修渠|\n二、植树\n经费见第二部分。\n三、筑路\n按照第一部分的要求办理。',
      '一、修渠\n二、|\n三、植树\n经费见第三部分。\n四、筑路\n按照第一部分的要求办理。',
    ],
    // Items that run on from section to section still do.
    [
      '一、农业\n1.修渠\n2.植树|\n二、工业\n3.招商\n4.技改\n三、商贸\n5.市场',
      '一、农业\n1.修渠\n2.植树\n3.|\n二、工业\n4.招商\n5.技改\n三、商贸\n6.市场',
    ],
    // The list under the next heading is another one.
    [
      '一、农业\n（一）修渠|\n（二）植树\n二、工业\n（一）招商\n（二）技改',
      '一、农业\n（一）修渠\n（二）|\n（三）植树\n二、工业\n（一）招商\n（二）技改',
    ],
    // The missing number is written now.
    ['一、修渠|\n三、植树\n四、筑路', '一、修渠\n二、|\n三、植树\n四、筑路'],
    // And removed again.
    ['一、修渠\n二、|\n三、植树\n四、筑路', '一、修渠\n|\n二、植树\n三、筑路'],
    ['（一）修渠。\n（二）植树。\n（三）|\n（四）筑路。', '（一）修渠。\n（二）植树。\n|\n（三）筑路。'],
  ])('makes room in the middle of a list and closes it up again: %j', (before, after) => {
    expect(afterEnter(before)).toBe(after);
    expect(afterEnter(before.replaceAll('\n', '\r\n'), 'policytext', '\r\n')).toBe(after.replaceAll('\n', '\r\n'));
  });

  it.each([
    [
      '第一条　为了防汛。\n第二条　有下列情形之一的：|\n第三条　施行。',
      '第一条　为了防汛。\n第二条　有下列情形之一的：\n（一）|\n第三条　施行。',
    ],
    ['　　（一）修渠。要做到：|', '　　（一）修渠。要做到：\n　　1.|'],
    ['(一)修渠。\n1、勘测。\n(二)植树。要做到：|', '(一)修渠。\n1、勘测。\n(二)植树。要做到：\n1、|'],
  ])('opens the level below after a colon: %j', (before, after) => {
    expect(afterEnter(before)).toBe(after);
  });

  it.each([
    ['　　附件：1.任务分工表|', '　　附件：1.任务分工表\n　　　　　2.|'],
    [
      '　　附件：1.任务分工表\n　　　　　2.进度表|\n\n青禾县人民政府',
      '　　附件：1.任务分工表\n　　　　　2.进度表\n　　　　　3.|\n\n青禾县人民政府',
    ],
    ['　　附件：1.任务分工表\n　　　　　2.进度表\n　　　　　3.|\n', '　　附件：1.任务分工表\n　　　　　2.进度表\n|\n'],
    ['　　附件：任务分工表|', '　　附件：任务分工表\n|'],
  ])('goes on with a note of attachments: %j', (before, after) => {
    expect(afterEnter(before)).toBe(after);
  });

  it('goes on with Markdown headings', () => {
    expect(afterEnter('## 一、修渠\n内容。\n## 二、植树|', 'markdown')).toBe(
      '## 一、修渠\n内容。\n## 二、植树\n## 三、|',
    );
  });

  it.each([
    ['一、修渠\n二、|\n', '一、修渠\n|\n'],
    ['一、修渠\n内容。\n二、植树\n内容。\n三、|', '一、修渠\n内容。\n二、植树\n内容。\n|'],
    ['（一）修渠。抓紧开工。\n（二）|\n二、植树', '（一）修渠。抓紧开工。\n|\n二、植树'],
    ['　　1.修渠。\n　　2.植树。\n　　3.|', '　　1.修渠。\n　　2.植树。\n|'],
  ])('takes the number away in %j', (before, after) => {
    expect(afterEnter(before)).toBe(after);
  });

  it.each([
    ['in the middle of a paragraph', '（一）修渠。抓紧|开工。'],
    ['in a paragraph without a number', '一、修渠\n今年要抓紧开工。|'],
    ['between a heading and its text', '一、修渠|\n今年要抓紧开工。\n二、植树\n内容。'],
    [
      'between a number and its words',
      '（一）修渠。抓紧。\n（二）|\n及时补植行道树\n各镇要落实责任。\n（三）办学。配齐。',
    ],
    ['after a date', '会议定于\n2025年3月|'],
    ['after the last circled number', '㊾修渠\n㊿植树|'],
    ['after 首先', '首先，抓好春耕。|'],
    ['on an empty line', '一、修渠\n|'],
  ])('does nothing %s', (_, text) => {
    expect(afterEnter(text)).toBe(text.replace('|', '\n|'));
  });

  it('edits at the caret or takes lines above it away, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('一、', '（二）', '3.', '1.1 ', '水', '\n', '\r', '　', '*', '#', '第一条'), {
          maxLength: 20,
        }),
        fc.nat(25),
        (pieces, line) => {
          const analysis = analyse(pieces.join(''));
          const edits = continueNumbering(analysis, line);
          expect(edits.length).toBeLessThan(2);
          for (const { start, end, newText } of edits) {
            if (newText === '') expect(end).toBe(analysis.lines.start(line));
            else expect(start).toBe(analysis.lines.start(line));
          }
        },
      ),
    );
  });
});
