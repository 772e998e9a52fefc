import type { NearMissKind } from '../../lexicon/model/phraseIndex';
import type { SloganSlip } from '../../lexicon/proofreading/sloganSlips';
import type { Analysis } from '../../structure/analysis';
import type { Message } from '../../text/message';
import type { DocumentRule, Finding } from '../rule';
import { readSlogans, sloganSlips } from './proofreader';
import { findingOf, wordingOf } from './wording';

export const nearMiss: DocumentRule = {
  id: 'slogan.near-miss',
  scope: 'document',
  title: { zh: '固定表述有错漏', en: 'Slogan written wrong' },
  reason: {
    zh: '固定表述错一个字、漏一个字，意思就变了，是政策文稿最忌讳的差错。判断依据是语料中各篇的写法。',
    en: 'A set phrase with one wrong or missing character says something else. The corpus shows the right form.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '要着力推动高质量发展⟦展⟧，办好民生实事。' },
      { text: '青禾县要着力⟦推质⟧量发展，办好民生实事。' },
      {
        text: '要坚持以习近平新时⟦代特⟧色社会主义思想为指导，办好民生实事。',
      },
      {
        text: '推动经济实现质的有效提升和量的⟦理合⟧增长，坚持稳中求进工⟦作基⟧调。',
      },
      {
        text: '望海区委以习近平新时代中国特色社会主义思⟦相⟧为指导，谋划全年工作。',
      },
      {
        text: '青禾縣要堅持以習近平新時⟦代特⟧色社會主義思想為指導，辦好民生實事。',
      },
      {
        text: '青禾县各级各部门要认真学习领会，坚持以习近平新时代中国⟦特\n⟧社会主义思想为指导。',
      },
    ],
    clean: [
      { text: '坚持以习近平新时代中国特色社会主义思想为指导，坚持稳中求进工作总基调。' },
      { text: '为全面建成社会主义现代化强国、全面建设社会主义现代化国家而奋斗。' },
      { text: '坚持以习近平新时代__________特色社会主义思想为指导。' },
      { text: '防範化解重點領域風險，著力穩就業、穩企業、穩市場、穩預期，推動青禾縣經濟實現質的有效提升。' },
      { text: '会议指出：“坚持以习近平新时代特色社会主义思想为指导”，原文如此。' },
      { text: '青禾县全县上下要统一思想，坚持稳中求进工作总基\n调，推动高质量发\n展，办好民生实事。' },
    ],
  },
  prepare: readSlogans,

  check(analysis, context) {
    return sloganSlips(analysis, context).flatMap((slip) =>
      slip.rule === 'near-miss' ? [sayMiss(slip, slip.kind, analysis)] : [],
    );
  },
};

const WHAT: Readonly<Record<NearMissKind, Message>> = {
  missing: { zh: '“{0}”漏了“{1}”', en: '“{0}” lacks “{1}”' },
  extra: { zh: '“{0}”多了“{2}”', en: '“{0}” has a superfluous “{2}”' },
  wrong: { zh: '“{0}”中的“{2}”应为“{1}”', en: '“{2}” in “{0}” should be “{1}”' },
  swapped: { zh: '“{0}”中的“{2}”颠倒了，应为“{1}”', en: '“{2}” in “{0}” is the wrong way round, it should be “{1}”' },
};

/** The finding for a phrase or term with one or two characters missing, added, wrong or swapped. */
export function sayMiss(slip: SloganSlip, kind: NearMissKind, analysis: Analysis): Finding {
  const { written, canonical, wrong, right, advice } = wordingOf(slip, analysis);
  return findingOf(slip, analysis, {
    zh: `${WHAT[kind].zh}。语料中{3}篇都写作“{4}”，${advice.zh}。`,
    en: `${WHAT[kind].en}. {3} documents of the corpus write “{4}”. ${advice.en}`,
    values: [written, right, wrong, slip.documents, canonical],
  });
}
