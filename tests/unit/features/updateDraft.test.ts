/** A document that others edited is merged into its draft with nothing else changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { updateDraft } from '../../../server/src/features/updateDraft';
import { compose } from '../../../server/src/layout/elements';
import { setParagraphs } from '../../../server/src/layout/paragraphs';
import { analyse } from '../../../server/src/structure/analyse';
import { exportWord } from '../../../server/src/word/export.node';
import { readWord } from '../../../server/src/word/word.node';

const DRAFT = `---
密级：内部
签发人：赵志远
抄送：县委办公室
---

青禾县人民政府文件
青政〔2026〕12号

青禾县人民政府关于修渠工作的报告

县人民代表大会：

　　现将有关情况报告如下。

　　一、全面完成修渠任务

　　今年共修渠三十处，受益群众两千户。

　　二、落实管护责任

青禾县人民政府
2026年5月1日
`;
const exported = async (text: string) =>
  readWord(await exportWord(setParagraphs(compose(analyse(text, 'policytext'))))).text;
const updated = (draft: string, document: string) => updateDraft(analyse(draft, 'policytext'), document).text;

describe('a draft brought up to date from Word', () => {
  it('stays as it is where nobody changed the document', async () => {
    expect(updated(DRAFT, await exported(DRAFT))).toBe(DRAFT);
  });

  it('keeps a signature that reads like the mark from the head, and takes a new number without what stands beside it', async () => {
    const letter = `---\n版式：信函\n发文机关：青禾县水利局\n份号：000003\n---\n青水函〔2026〕×号\n\n关于商请支持的函\n\n市水利局：\n请予支持。\n\n青禾县水利局\n2026年3月1日\n`;
    const document = await exported(letter);
    expect(updated(letter, document)).toBe(letter);
    expect(updated(letter, document.replace('×号', '5号'))).toBe(letter.replace('×号', '5号'));
    const report = DRAFT.replace('12号', '×号');
    expect(updated(report, (await exported(report)).replace('×号', '12号'))).toBe(DRAFT);
  });

  it('takes changed words and keeps its indents, blank lines and head', async () => {
    const document = (await exported(DRAFT))
      .replace('三十处', '三十二处')
      .replace('二、落实管护责任', '二、压实管护责任');
    const wanted = DRAFT.replace('三十处', '三十二处').replace('二、落实管护责任', '二、压实管护责任');
    expect(updated(DRAFT, document)).toBe(wanted);
  });

  it('takes new paragraphs in the draft’s manner, and leaves out those that are gone', async () => {
    const document = (await exported(DRAFT))
      .replace(/(今年共修渠.*)/, '$1\n验收合格率百分之百。')
      .replace(/.*现将有关情况报告如下。\n/, '');
    const wanted = DRAFT.replace('两千户。\n', '两千户。\n\n　　验收合格率百分之百。\n').replace(
      '　　现将有关情况报告如下。\n',
      '',
    );
    expect(updated(DRAFT, document).replace(/\n{2,}/g, '\n')).toBe(wanted.replace(/\n{2,}/g, '\n'));
    expect(updated(DRAFT, document)).toContain('\n\n　　验收合格率百分之百。\n');
  });

  it('tells where each line of the document stands in the draft', async () => {
    const document = await exported(DRAFT);
    const { lines } = updateDraft(analyse(DRAFT, 'policytext'), document);
    document.split('\n').forEach((line, at) => {
      if (line.includes('今年共修渠')) expect(DRAFT.split('\n')[lines[at] as number]).toContain('今年共修渠');
    });
    expect(Math.max(...lines)).toBeGreaterThan(15);
  });

  it('has the document’s words in their order, whatever both are, and stays where both are the same', () => {
    const line = fc.constantFrom(
      '一、任务',
      '（一）要抓紧。',
      '　　要抓紧，不松劲。',
      '',
      '要抓紧，别松劲。',
      '甲\t乙',
      '## 二、保障',
    );
    const text = fc.array(line, { maxLength: 10 }).map((lines) => lines.join('\n'));
    const words = (value: string) =>
      value
        .split('\n')
        .map((one) => one.replace(/[\s#]/g, ''))
        .filter((one) => one !== '');
    fc.assert(
      fc.property(text, text, (draft, document) => {
        expect(words(updated(draft, document))).toEqual(words(document));
        expect(updated(draft, draft)).toBe(draft);
      }),
      { numRuns: 300 },
    );
  });
});
