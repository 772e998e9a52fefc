import type { DocumentRule } from '../rule';
import { breaksOf, SEQUENCE_AUTHORITY } from './breaks';

export const gap: DocumentRule = {
  id: 'numbering.gap',
  scope: 'document',
  title: { zh: '序号缺号', en: 'Gap in the numbering' },
  reason: {
    zh: '同级序号应逐一递增，缺号会让人以为漏了一段。',
    en: 'Siblings count up by one; after a gap the reader looks for a missing section.',
  },
  authority: SEQUENCE_AUTHORITY,
  tier: 'standard',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      // 2 occurs in 2025 and 2.1, not as the number of an item.
      {
        text: '1　总则\n1.1　目的\n到底要做什么。2025年已有定论。\n⟦3⟧　组织体系\n2.1　指挥机构\n内容。\n2.2　办事机构\n内容。\n3　附则\n3.1　解释\n内容。',
        fixed:
          '1　总则\n1.1　目的\n到底要做什么。2025年已有定论。\n2　组织体系\n2.1　指挥机构\n内容。\n2.2　办事机构\n内容。\n3　附则\n3.1　解释\n内容。',
      },
      { text: '一、总体要求\n内容。\n二、重点任务\n内容。\n⟦四、⟧保障措施\n内容。' },
      {
        text: '一、主要任务\n（一）抓好春耕备耕。\n（二）抓好防汛抗旱。\n⟦（五）⟧抓好秋粮收购。\n（四）抓好冬季农田建设。\n二、工作要求\n内容。',
        fixed:
          '一、主要任务\n（一）抓好春耕备耕。\n（二）抓好防汛抗旱。\n（三）抓好秋粮收购。\n（四）抓好冬季农田建设。\n二、工作要求\n内容。',
      },
      {
        text: '第一章　总则\n第一条　为了做好防汛，制定本办法。\n第二条　本办法适用于青禾县。\n第二章　职责\n⟦第四条⟧　县水务局负责巡查。\n第五条　各镇应当配合。',
      },
      { text: '1　总则\n1.1　编制目的\n内容。\n1.2　适用范围\n内容。\n⟦1.4⟧　工作原则\n内容。' },
    ],
    clean: [
      { text: '一、推进项目\n内容。二、抓好工业\n内容。三、抓好农业\n内容。\n四、抓好服务业\n内容。' },
      {
        text: '14.四化：净化、绿化。\n15.口袋公园：小公园。16.三名工程：名校、名师。17.微改造：改造老旧小区。\n18.新工业：制造业。',
      },
      { text: '一、总体要求\n（一）指导思想。\n（二）基本原则。\n二、主要任务\n（三）夯实基础。\n（四）补齐短板。' },
      {
        text: '第一章　总则\n第一条　为了规范管理，制定本办法。\n第二条　本办法适用于青禾县。\n第二条之一　乡镇参照执行。\n第三条　各部门分工负责。',
      },
      { text: '青禾县春耕工作方案\n（一）总体要求\n?。ǘ?）主要任务。各镇要落实责任。\n（三）保障措施' },
      // The amendment quotes articles of the law that it adds.
      {
        text: '青禾县章程修正案（2018年）\n第三条　章程第二章增加一条。\n第四条　章程第三章增加一节，作为第二节。\n第十二条　青禾县设立监察办公室。\n第十三条　监察办公室对县长负责。',
      },
      // A table of crimes or projects counts through its sections, several of them on a line.
      {
        text: '第一节　农业\n1．种稻项目（三亩）\n第二节　渔业\n2．养鱼项目（四亩） 3．养虾项目（五亩）\n第三节　林业\n4．造林项目（六亩）',
      },
      { text: '2.5\n1997年4月，青禾县设立试验区。' },
    ],
  },
  check: (analysis) => breaksOf(analysis, 'gap'),
};
