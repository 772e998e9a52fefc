import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { LineRule } from '../rule';

/** 学习 has lost its 习 to the name after it: 认真学习近平…思想, not 认真学习习近平…思想. */
const LOST = /(?<=(^|[^学]))学习近平(?=新时代|总书记|同志|主席|关于|法治|经济|生态|文化|外交|强军|有关|在|的|《)/g;

export const lostCharacter: LineRule = {
  id: 'text.lost-character',
  scope: 'line',
  title: { zh: '“学习”漏字', en: '习 lost between 学习 and a name' },
  reason: {
    zh: '“学习”后接“习近平”，漏了一个“习”字，读来成了“学 习近平……”。',
    en: '学习 before 习近平 needs both 习; one has been lost.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '要认真⟦学习近平⟧新时代中国特色社会主义思想，传达⟦学习近平⟧总书记重要讲话精神。',
        fixed: '要认真学习习近平新时代中国特色社会主义思想，传达学习习近平总书记重要讲话精神。',
      },
    ],
    clean: [{ text: '要认真学习习近平新时代中国特色社会主义思想，学习近平县的经验。' }],
  },
  triggers: ['学', '习'],

  check: (line) =>
    matchesOf(LOST, line).map(({ 0: words, index }) => ({
      start: index,
      end: index + words.length,
      message: {
        zh: '“学习近平”漏了一个“习”字，应为“学习习近平”。',
        en: '"学习近平" has lost a character: write "学习习近平".',
      },
      fixes: [changeTo(index, index + words.length, '学习习近平')],
    })),
};
