import type { DocumentRule } from '../rule';
import { sloganSlips } from './proofreader';
import { findingOf, shown, wordingOf } from './wording';

export const collocation: DocumentRule = {
  id: 'slogan.collocation',
  scope: 'document',
  title: { zh: '固定表述的动词搭配', en: 'Verb that does not go with the slogan' },
  reason: {
    zh: '固定表述有固定搭配的动词，语料中几乎总是同一个。',
    en: 'A slogan goes with one verb, which nearly all documents of the corpus use.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '全县上下要⟦坚定⟧“两个维护”，办好民生实事。' },
      { text: '要⟦坚定⟧“四个意识”，始终同党中央保持一致。' },
    ],
    clean: [
      { text: '全县上下要坚决做到“两个维护”，带头践行“两个维护”。' },
      { text: '增强“两个维护”的政治自觉，以“两个维护”为准绳。' },
      { text: '围绕“两个维护”，开展监督检查。' },
    ],
  },
  check(analysis, context) {
    return sloganSlips(analysis, context).flatMap((slip) => {
      if (slip.rule !== 'collocation') return [];
      const { wrong, right, canonical, advice } = wordingOf(slip, analysis);
      const term = shown(analysis.text.slice(slip.term.start, slip.term.end));
      const message = {
        zh: `“{0}”与“{1}”不搭配。语料中{2}处有{3}处写作“{4}”，没有一处用“{0}”，${advice.zh}。`,
        en: `“{0}” does not go with “{1}”. Of {2} places in the corpus {3} write “{4}”, none has “{0}”. ${advice.en}`,
        values: [wrong, term, slip.count, slip.times, canonical || right],
      };
      return [findingOf(slip, analysis, message)];
    });
  },
};
