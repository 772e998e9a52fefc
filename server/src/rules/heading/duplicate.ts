import type { MarkerFamily, Section } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

/** Words that introduce a sentence, not numbers of headings: 首先， 第一， 一是. */
const WORDS = new Set<MarkerFamily>(['sequence', 'ordinal', 'itemised', 'yishi', 'yiyao', 'yifang']);

/** Endings of the titles of documents. */
const DOCUMENT = /的(?:通知|公告|通告|批复|答复|意见|函|决定|规定|办法|通报|报告|请示|解释|复函)$/;

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
        text: '第一条 为了保护环境，制定本条例。\n第二条 有下列行为之一的，处五百元以下罚款：\n（一）随意倾倒垃圾的；\n第三条 有下列行为之一的，处五百元以下罚款：\n（一）擅自取水的；',
      },
      { text: '第一，感谢各位代表。\n内容较多。\n第一，感谢各位代表。\n内容较多。' },
      {
        text: '一、目标\n（一）总体要求\n内容。\n（二）主要指标\n内容。\n二、任务\n（一）总体要求\n内容。\n（二）重点项目\n内容。',
      },
    ],
  },

  check({ headings, text }) {
    const findings: Finding[] = [];
    const seen = new Map<Section['list'], Map<string, Section>>();
    for (const section of headings) {
      // An article has no heading: its first sentence is not a title, and many begin with 有下列情形之一的：.
      if (!section.list || section.kind !== 'heading' || section.title.length < 4) continue;
      if (!section.marker || WORDS.has(section.marker.family) || !standsAlone(text, section)) continue;
      let titles = seen.get(section.list);
      if (!titles) {
        titles = new Map();
        seen.set(section.list, titles);
      }
      // In a catalogue of documents several may have the same title; a duplicate number is reported elsewhere.
      if (DOCUMENT.test(section.title)) continue;
      const first = titles.get(section.title);
      if (!first) {
        titles.set(section.title, section);
        continue;
      }
      if (first.marker?.text === section.marker.text) continue;
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

/** Whether the heading is alone on its line and does not end in a stop. */
function standsAlone(text: string, { titleSpan }: Section): boolean {
  return /^[\s*#]*(?:[\r\n]|$)/.test(text.slice(titleSpan.end, titleSpan.end + 8));
}
