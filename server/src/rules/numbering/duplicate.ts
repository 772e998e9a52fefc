import type { Analysis } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import type { DocumentRule } from '../rule';
import { breaksOf, SEQUENCE_AUTHORITY } from './breaks';

export const duplicate: DocumentRule = {
  id: 'numbering.duplicate',
  scope: 'document',
  title: { zh: '序号重复', en: 'Number used twice' },
  reason: { zh: '同级序号不得重复，重复后无法引用。', en: 'A reference to a duplicate number is ambiguous.' },
  authority: SEQUENCE_AUTHORITY,
  tier: 'standard',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求\n内容。\n二、重点任务\n内容。\n⟦二、⟧保障措施\n内容。\n四、工作要求\n内容。',
        fixed: '一、总体要求\n内容。\n二、重点任务\n内容。\n三、保障措施\n内容。\n四、工作要求\n内容。',
      },
      { text: '（一）抓好春耕备耕。\n（二）抓好防汛抗旱。\n⟦（二）⟧抓好秋粮收购。\n（三）抓好冬季农田建设。' },
    ],
    clean: [
      { text: '一、主要任务\n（一）抓好春耕。\n（二）抓好防汛。\n二、工作要求\n（一）加强领导。\n（二）强化督查。' },
      {
        text: '部门：\n1.商务服务\n分部门：法律服务。\n部门：\n1.商务服务\n分部门：会计服务。\n部门：\n1.商务服务\n分部门：税收服务。',
      },
      { text: '一、主要任务\n内容。\n二、工作要求\n内容。\n附件1\n青禾县工作清单\n一、任务\n内容。\n二、时限\n内容。' },
    ],
  },
  check(analysis) {
    const found = breaksOf(analysis, 'duplicate');
    return found.length === 0 ? found : found.filter(({ start }) => !repeatedHeadings.of(analysis).has(start));
  },
};

/**
 * A heading that repeats the one before it, number and words: the head of a form on every card, or a passage that
 * occurs twice (heading.duplicate). Its number is right.
 */
const repeatedHeadings = new AnalysisMemo(({ headings, lists }: Analysis): ReadonlySet<number> => {
  const titles = new Map(headings.map(({ span, title }) => [span.start, title]));
  const repeated = new Set<number>();
  for (const { markers } of lists) {
    markers.forEach((marker, index) => {
      const previous = markers[index - 1];
      const title = titles.get(marker.start);
      if (title && previous?.text === marker.text && titles.get(previous.start) === title) repeated.add(marker.start);
    });
  }
  return repeated;
});
