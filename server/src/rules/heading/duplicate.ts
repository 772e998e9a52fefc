import type { Section } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

export const duplicate: DocumentRule = {
  id: 'heading.duplicate',
  scope: 'document',
  title: { zh: '同级标题重复', en: 'Siblings with the same heading' },
  reason: {
    zh: '同级标题文字相同，多半是复制后忘了改。',
    en: 'Siblings with the same words are usually a copy that was not rewritten.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [{ text: '（一）压实工作责任\n内容。\n（二）强化督促检查\n内容。\n（三）⟦压实工作责任⟧\n内容。' }],
    clean: [
      {
        text: '一、目标\n（一）总体要求\n内容。\n（二）主要指标\n内容。\n二、任务\n（一）总体要求\n内容。\n（二）重点项目\n内容。',
      },
    ],
  },

  check({ headings }) {
    const findings: Finding[] = [];
    const seen = new Map<Section['list'], Map<string, Section>>();
    for (const section of headings) {
      if (!section.list || section.title.length < 4) continue;
      let titles = seen.get(section.list);
      if (!titles) {
        titles = new Map();
        seen.set(section.list, titles);
      }
      const first = titles.get(section.title);
      if (!first) {
        titles.set(section.title, section);
        continue;
      }
      findings.push({
        start: section.titleSpan.start,
        end: section.titleSpan.end,
        message: {
          zh: '与同级的“{0}”标题相同',
          en: 'Has the same words as its sibling “{0}”',
          values: [first.marker?.text ?? ''],
        },
        related: [{ ...first.titleSpan, message: { zh: '相同的标题', en: 'The same heading' } }],
        fixes: [
          {
            title: { zh: '标题改为“〔待补〕”，留待重写', en: 'Put 〔待补〕 in its place, to be rewritten' },
            edits: [{ ...section.titleSpan, newText: '〔待补〕' }],
            safe: false,
          },
        ],
      });
    }
    return findings;
  },
};
