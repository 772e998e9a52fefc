import type { DocumentRule } from '../rule';
import { sloganSlips } from './proofreader';
import { asInDocument, findingOf, shown, wordingOf } from './wording';

export const sloganOrder: DocumentRule = {
  id: 'slogan.order',
  scope: 'document',
  title: { zh: '固定排列的表述次序颠倒', en: 'Slogans of a series in another order' },
  reason: {
    zh: '成组的固定表述有固定的排列次序，语料中没有别的排法。',
    en: 'Slogans of a series have a fixed order; the corpus has no other.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '要⟦坚定“四个自信”、增强“四个意识”、做到“两个维护”⟧，办好民生实事。' },
      { text: '不断提高⟦政治判断力、政治执行力、政治领悟力⟧。' },
      { text: '要⟦堅定「四個自信」、增強「四個意識」⟧，辦好民生實事，為青禾縣發展作出貢獻。' },
    ],
    clean: [
      { text: '要增强“四个意识”、坚定“四个自信”、做到“两个维护”，办好民生实事。' },
      { text: '不断提高政治判断力、政治领悟力、政治执行力。' },
      { text: '做到“两个维护”。要增强“四个意识”，抓好落实。' },
    ],
  },
  check(analysis, context) {
    return sloganSlips(analysis, context).flatMap((slip) => {
      if (slip.rule !== 'order') return [];
      const { written, advice } = wordingOf(slip, analysis);
      const order = slip.members.map((member) => shown(asInDocument(member, analysis))).join('、');
      const message = {
        zh: `“{0}”次序颠倒。语料中{1}篇都按“{2}”的次序写，${advice.zh}。`,
        en: `“{0}” is in a different order. {1} documents of the corpus write “{2}”. ${advice.en}`,
        values: [written, slip.documents, order],
      };
      return [findingOf(slip, analysis, message)];
    });
  },
};
