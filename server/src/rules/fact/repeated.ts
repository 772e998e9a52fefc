import { readSentencesAhead, repeatedSentences } from '../../facts/repeatedSentences';
import { recogniseProfile } from '../../structure/profile';
import type { DocumentRule } from '../rule';

/** More findings of this kind would bury the others; so much repetition is intended. */
const MAX_FINDINGS = 3;

export const factRepeated: DocumentRule = {
  id: 'fact.repeated',
  scope: 'document',
  title: { zh: '同一件事说了两遍', en: 'The same matter stated twice' },
  reason: {
    zh: '同一件事在两个部分各写一遍，篇幅拉长，也容易前后不一。',
    en: 'A passage repeated in nearly the same words makes the text longer, and the two versions may diverge later.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '一、抓好水利建设\n加快实施青禾河综合治理工程，新建堤防十二公里，整治河道八公里，改造沿线泵站六座。\n二、抓好防汛工作\n⟦加快实施青禾河综合治理工程，新建堤防十二公里，整治河道八公里，改造沿线泵站七座⟧。',
      },
    ],
    clean: [
      {
        text: '一、抓好水利建设\n加快实施青禾河综合治理工程，新建堤防十二公里，整治河道八公里，改造沿线泵站六座。\n二、抓好防汛工作\n汛前完成堤防、泵站、水闸的全面检查，备足物资，落实值守，确保群众安全度汛。',
      },
    ],
  },
  prepare: readSentencesAhead,

  *check(analysis) {
    if (recogniseProfile(analysis) === 'legislation') return [];
    return (yield* repeatedSentences(analysis, MAX_FINDINGS)).map(({ start, end, firstStart, firstEnd }) => ({
      start,
      end,
      message: {
        zh: '这句话与第{0}行的内容基本相同。',
        en: 'This says nearly the same as line {0}.',
        values: [analysis.lines.lineAt(firstStart) + 1],
      },
      related: [{ start: firstStart, end: firstEnd, message: { zh: '前面已经写过', en: 'It is stated here' } }],
    }));
  },
};
