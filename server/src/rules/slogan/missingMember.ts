import type { DocumentRule } from '../rule';
import { sloganSlips } from './proofreader';
import { asInDocument, findingOf, shown, wordingOf } from './wording';

const QUOTES = /[“”‘’「」『』]/g;
/** Distance after the series within which a member counts as mentioned. */
const MAX_DISTANCE = 16;

export const missingMember: DocumentRule = {
  id: 'slogan.missing-member',
  scope: 'document',
  title: { zh: '成组的固定表述缺了一项', en: 'A slogan of a series is left out' },
  reason: {
    zh: '成组的固定表述缺一项就不完整，语料中从不省去这一项。',
    en: 'Slogans of a series belong together; the corpus never omits this one.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '要增强“四个意识⟦”、⟧做到“两个维护”，办好民生实事。' },
      { text: '要增强“四个意识”、坚定“四个自信⟦”⟧，办好民生实事。' },
      { text: '不断提高政治判断⟦力、⟧政治执行力。' },
    ],
    clean: [
      { text: '要增强“四个意识”、坚定“四个自信”、做到“两个维护”，办好民生实事。' },
      { text: '要增强“四个意识”，抓好落实。坚决做到“两个维护”。' },
      { text: '提高政治判断力。' },
      { text: '增强“四个意识”、坚定“四个自信”、做到“两个维护。' },
    ],
  },
  check(analysis, context) {
    return sloganSlips(analysis, context).flatMap((slip) => {
      if (slip.rule !== 'missing-member') return [];
      const { written, advice } = wordingOf(slip, analysis);
      const wanted = asInDocument(slip.member, analysis);
      // It is there, and only its quotation marks are wrong: the rule on pairs reports that.
      if (analysis.text.slice(slip.whole.end, slip.whole.end + MAX_DISTANCE).includes(wanted.replace(QUOTES, '')))
        return [];
      const member = shown(wanted);
      const members = slip.members.map((one) => shown(asInDocument(one, analysis))).join('、');
      const message = {
        zh: `“{0}”缺了“{1}”。语料中{2}篇都写全“{3}”，${advice.zh}。`,
        en: `“{0}” lacks “{1}”. {2} documents of the corpus write all of “{3}”. ${advice.en}`,
        values: [written, member, slip.documents, members],
      };
      return [findingOf(slip, analysis, message)];
    });
  },
};
