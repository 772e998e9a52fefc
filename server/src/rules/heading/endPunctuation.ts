import type { Analysis, Section } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

export const endPunctuation: DocumentRule = {
  id: 'heading.end-punctuation',
  scope: 'document',
  title: { zh: '标题末尾有句号', en: 'Heading that ends in a full stop' },
  reason: {
    zh: '独占一行的标题末尾不用句号、分号；问号、叹号、省略号可以用。',
    en: 'A heading on a line of its own takes no final 。 or ； (？ ！ and …… may stand).',
  },
  authority: { zh: 'GB/T 15834-2011 附录B.4', en: 'GB/T 15834-2011, annex B.4' },
  tier: 'standard',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求\n内容较多，分述如下。\n二、重点任务⟦。⟧\n内容较多，分述如下。\n三、保障措施\n内容较多，分述如下。',
        fixed:
          '一、总体要求\n内容较多，分述如下。\n二、重点任务\n内容较多，分述如下。\n三、保障措施\n内容较多，分述如下。',
      },
      {
        text: '（一）压实责任\n各乡镇要落实责任。\n（二）强化督查⟦；⟧\n县督查室要跟踪问效。\n（三）严格考核\n结果纳入年度考核。',
        fixed:
          '（一）压实责任\n各乡镇要落实责任。\n（二）强化督查\n县督查室要跟踪问效。\n（三）严格考核\n结果纳入年度考核。',
      },
    ],
    clean: [
      { text: '一、为什么要抓？\n内容较多，分述如下。\n二、怎么抓！\n内容较多，分述如下。' },
      { text: '（一）压实责任。各乡镇要落实责任。\n（二）强化督查。县督查室要跟踪问效。' },
      { text: '（一）压实责任。\n各乡镇要落实责任。\n（二）强化督查。\n县督查室要跟踪问效。' },
      { text: '有下列情形之一的，不予受理：\n（一）材料不全的；\n（二）超过期限的；\n（三）其他情形。' },
      { text: '一、总体要求\n内容较多，分述如下。\n二、重点任务主要包括：\n（一）修渠。\n（二）植树。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    const lists = new Map<Section['list'], Section[]>();
    for (const section of analysis.headings) {
      if (!section.marker) continue;
      const siblings = lists.get(section.list);
      if (siblings) siblings.push(section);
      else lists.set(section.list, [section]);
    }
    for (const siblings of lists.values()) {
      // Only where the siblings agree that they are headings: a list of clauses ends in ；；。
      const headings = siblings.filter(
        ({ kind, span, titleSpan }) => kind !== 'lead' && kind !== 'article' && span.end > titleSpan.end + 2,
      );
      const bare = headings.filter((section) => markBehind(analysis, section) === '');
      if (bare.length * 2 <= headings.length) continue;
      for (const section of headings) {
        const mark = markBehind(analysis, section);
        if (mark === '' || section.title.length > 40) continue;
        const { end } = section.titleSpan;
        findings.push({
          start: end,
          end: end + mark.length,
          message: {
            zh: '标题独占一行，末尾不用“{0}”',
            en: 'A heading on its own line takes no “{0}” at its end',
            values: [mark],
          },
          fixes: [
            {
              title: { zh: '删去“{0}”', en: 'Remove “{0}”', values: [mark] },
              edits: [{ start: end, end: end + mark.length, newText: '' }],
              safe: true,
              preferred: true,
            },
          ],
        });
      }
    }
    return findings;
  },
};

/** The full stop or semicolon behind a title that ends its line; otherwise ''. */
function markBehind({ text }: Analysis, { titleSpan }: Section): string {
  const mark = text[titleSpan.end] ?? '';
  if (mark === '' || !'。；;'.includes(mark)) return '';
  const next = text[titleSpan.end + 1];
  return next === undefined || next === '\n' || next === '\r' ? mark : '';
}
