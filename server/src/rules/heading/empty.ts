import type { DocumentRule } from '../rule';

export const empty: DocumentRule = {
  id: 'heading.empty',
  scope: 'document',
  title: { zh: '标题没有文字', en: 'Empty heading' },
  reason: {
    zh: '只有序号、没有文字的标题，多半是还没写完或误删了内容。',
    en: 'A number without a heading text is usually unfinished or was cut off by mistake.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [{ text: '一、总体要求\n内容。\n⟦二、⟧\n\n三、保障措施\n内容。' }],
    clean: [
      { text: '一、总体要求\n内容。\n二、\n重点任务\n内容。' },
      { text: '第一条\n为了规范管理，制定本办法。\n第二条\n本办法自印发之日起施行。' },
    ],
  },
  check: ({ headings, text }) =>
    headings.flatMap(({ marker, title, kind, span }) => {
      if (!marker || title !== '' || kind === 'article') return [];
      // Words on the lines below, before the next heading, are the content of the number.
      if (text.slice(marker.end, span.end).trim() !== '') return [];
      return [
        {
          start: marker.start,
          end: marker.end,
          message: { zh: '“{0}”后面没有文字', en: '“{0}” has no heading text', values: [marker.text] },
          fixes: [
            {
              title: { zh: '补上“〔待补〕”', en: 'Insert 〔待补〕 for now' },
              edits: [{ start: marker.end, end: marker.end, newText: '〔待补〕' }],
              safe: false,
            },
          ],
        },
      ];
    }),
};
