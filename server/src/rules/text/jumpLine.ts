import { holdsJumpLine, jumpLinesIn } from '../../repair/jumpLine';
import { LineMemo } from '../../structure/lineMemo';
import type { DocumentRule } from '../rule';

/** Most texts have none; checked line by line, so that an edit costs one line. */
const jumps = new LineMemo(holdsJumpLine, { signs: { triggers: ['转轉接', '版页頁'] }, otherwise: false });

export const jumpLine: DocumentRule = {
  id: 'text.jump-line',
  scope: 'document',
  title: { zh: '报纸转版说明', en: 'Newspaper jump lines' },
  reason: {
    zh: '“（下转第四版）”“（上接第一版）”是报纸排版的说明，不是文稿的内容，前后的句子应当接起来。',
    en: '“（下转第四版）” and “（上接第一版）” belong to a newspaper’s pages, not to the text; the sentence runs across them.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '要扎实推进乡村⟦（下转第四版）（上接第一版）⟧全面振兴。',
        fixed: '要扎实推进乡村全面振兴。',
      },
      {
        text: '建成一批示范社区。\n⟦（下转第3版）\n（上接第1版）⟧\n四、强化保障',
        fixed: '建成一批示范社区。\n四、强化保障',
      },
    ],
    clean: [{ text: '（上接企业需求，下转科研院所，打通成果转化链条）' }, { text: '详见第四版规划文本。' }],
  },

  check(analysis) {
    const { text } = analysis;
    if (!jumps.some(analysis, Boolean)) return [];
    return jumpLinesIn(text).map(({ start, end, joint }) => {
      const shown = text.slice(start, end);
      return {
        start: start + shown.length - shown.trimStart().length,
        end: end - shown.length + shown.trimEnd().length,
        message: {
          zh: '这是报纸的转版说明，应删去并接上前后文。',
          en: 'A newspaper’s jump line; remove it and join the parts of the sentence.',
        },
        fixes: [
          {
            title: { zh: '删去转版说明', en: 'Remove the jump line' },
            edits: [{ start, end, newText: joint }],
            safe: true,
            preferred: true,
          },
        ],
      };
    });
  },
};
