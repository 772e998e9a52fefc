import type { Analysis } from '../../structure/analysis';
import { formatChineseNumeral } from '../../text/numerals';
import type { DocumentRule } from '../rule';
import { damageOf } from '../text/damage';
import { gluedHeadings, readGluedHeadings } from '../text/gluedHeadings';
import { breaksOf, SEQUENCE_AUTHORITY } from './breaks';

export const first: DocumentRule = {
  id: 'numbering.first',
  scope: 'document',
  title: { zh: '不从一开始', en: 'List does not start at one' },
  reason: {
    zh: '一组序号应从一开始；从中间开始，多半是前面删去了内容。',
    en: 'A list starts at one; otherwise its beginning was probably lost.',
  },
  authority: SEQUENCE_AUTHORITY,
  tier: 'standard',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求\n⟦（二）⟧指导思想。\n（二）基本原则。\n（三）主要目标。\n二、工作要求\n内容。',
        fixed: '一、总体要求\n（一）指导思想。\n（二）基本原则。\n（三）主要目标。\n二、工作要求\n内容。',
      },
      { text: '各乡镇要做好以下工作。\n⟦二、⟧强化排查\n内容。\n三、强化整改\n内容。' },
    ],
    clean: [
      {
        text: '青禾县春耕工作方案\n?　∫弧⒆芴逡?求\n　　坚持稳中求进，落实责任。\n　　二、主要任务\n　　各镇要抓好落实。',
      },
      {
        text: '现在，我代表县人民政府，向大会报告工作，请予审议，并请提出意见。一、过去五年工作回顾\n全县经济稳步增长。\n二、今后五年目标任务\n产值年均增长8%。\n三、重点工作\n修路。',
      },
      { text: '一、总体要求\n1.坚持底线。\n2.坚持重点。\n二、重点任务\n3.抓好项目。\n4.抓好民生。' },
      { text: '5.5%左右的预期目标，是综合考虑作出的。\n二○二五年，全县经济稳步增长。' },
    ],
  },
  prepare: readGluedHeadings,

  check(analysis) {
    const found = breaksOf(analysis, 'first');
    if (found.length === 0) return found;
    // If the previous number is at the end of a paragraph, that is what must be reported (text.flattened).
    const heads = gluedHeadings(analysis);
    return found.filter(({ start, end }) => {
      if (isBelowDamage(analysis, start)) return false;
      const words = analysis.text.slice(start, end);
      return !heads.some(
        (head) =>
          head.end <= start &&
          head.bracketed === /[（(]/.test(words) &&
          words.includes(formatChineseNumeral(head.value + 1)),
      );
    });
  },
};

/** Whether the line above `offset` begins with garbled characters, which may contain the previous number. */
function isBelowDamage(analysis: Analysis, offset: number): boolean {
  const { lines, text } = analysis;
  let above = lines.lineAt(offset) - 1;
  while (above >= 0 && text.slice(lines.start(above), lines.end(above)).trim() === '') above--;
  if (above < 0) return false;
  const start = lines.start(above);
  return damageOf(analysis).some((place) => place.start >= start && place.start <= start + 2);
}
