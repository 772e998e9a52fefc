import type { DocumentRule } from '../rule';
import { breaksOf, SEQUENCE_AUTHORITY } from './breaks';

export const order: DocumentRule = {
  id: 'numbering.order',
  scope: 'document',
  title: { zh: '序号颠倒', en: 'Number out of order' },
  reason: { zh: '同级序号应由小到大。', en: 'Siblings count upwards.' },
  authority: SEQUENCE_AUTHORITY,
  tier: 'standard',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求\n内容。\n二、重点任务\n内容。\n三、政策支持\n内容。\n⟦二、⟧保障措施\n内容。\n五、工作要求\n内容。',
        fixed:
          '一、总体要求\n内容。\n二、重点任务\n内容。\n三、政策支持\n内容。\n四、保障措施\n内容。\n五、工作要求\n内容。',
      },
      // The heading of 2 lost its number.
      {
        text: '1　总则\n1.1　目的\n内容。\n1.2　依据\n内容。\n⟦组织体系⟧\n2.1　指挥机构\n内容。\n2.2　办事机构\n内容。\n3　附则\n3.1　解释\n内容。',
      },
      { text: '1　总则\n1.1　目的\n内容。\n1.2　依据\n内容。\n⟦2.1⟧　指挥机构\n内容。\n2.2　办事机构\n内容。' },
    ],
    clean: [
      // A second list of a speech counts from one again.
      {
        text: '第一个问题，讲讲治水。\n第二个问题，讲讲修路。\n第三个问题，讲讲育人。\n第四，增强防汛能力。\n第一个问题，讲讲治水。\n第二个问题，讲讲修路。\n第三，推进学校建设。',
      },
      // The first of the second list is at the end of the paragraph that announces it.
      {
        text: '一、抓好农业。\n一是种好水稻。\n二是管好果园。\n三是办好渔场。\n二、抓好工业。全县上下要合力攻坚。一是建好园区。\n二是引进项目。',
      },
      // Every entry of a table names its group again.
      {
        text: '1.种植服务\n甲县承诺放开。\n2.养殖服务\n甲县承诺放开。\n3.加工服务\n甲县承诺放开。\n1.种植服务\n乙县承诺放开。\n3.加工服务\n乙县承诺放开。',
      },
      // a. and b. under F. are another list.
      {
        text: 'A.农业\n内容。\nB.渔业\n内容。\nC.林业\na.造林\n内容。\nb.护林\n内容。\nD.牧业\na.养羊\n内容。\nb.养牛\n内容。',
      },
      { text: '一、总体要求\n1.坚持底线。\n2.坚持重点。\n二、重点任务\n1.抓好项目。\n2.抓好民生。' },
      {
        text: '第一章　总则\n一、本县各部门履行职责。\n二、本县各部门依法行政。\n第二章　分工\n三、县长主持全面工作。\n四、副县长协助县长工作。',
      },
    ],
  },
  check: (analysis) => breaksOf(analysis, 'order'),
};
