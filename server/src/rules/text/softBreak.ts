import { breakSoftLines, hasSoftBreak } from '../../repair/invisible';
import { LineMemo } from '../../structure/lineMemo';
import type { DocumentRule } from '../rule';

const softBreaks = new LineMemo(hasSoftBreak);

export const softBreak: DocumentRule = {
  id: 'text.soft-break',
  scope: 'document',
  title: { zh: '软回车', en: 'Soft line breaks' },
  reason: {
    zh: 'Word 的软回车（Shift+Enter）粘贴成了控制字符：编辑器里不换行，标题和段落连在一起，打印、检索也会出错。',
    en: 'A soft break of Word (Shift+Enter) was pasted as a control character: editors break no line there, so headings and paragraphs run together.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求⟦\u000b⟧各镇要做好治理工作。\u000b二、重点任务\u000b各镇要做好整治工作。',
        fixed: '一、总体要求\n各镇要做好治理工作。\n二、重点任务\n各镇要做好整治工作。',
      },
      { text: '各镇要抓好落实。⟦\u2028⟧县里要加强督查。', fixed: '各镇要抓好落实。\n县里要加强督查。' },
    ],
    clean: [{ text: '一、总体要求\n各镇要做好治理工作。' }, { text: '序号\t任务\t单位' }],
  },

  prepare: (analysis) => softBreaks.prepare(analysis),

  check(analysis) {
    const { text } = analysis;
    if (!softBreaks.some(analysis, Boolean)) return [];
    const { edits } = breakSoftLines(text);
    const [first] = edits;
    if (!first) return [];
    return [
      {
        start: first.start,
        end: first.end,
        message: {
          zh: '全文有 {0} 处软回车（本处起），应改为换行。',
          en: 'From here on there are {0} soft line breaks; replace them with line breaks.',
          values: [edits.length],
        },
        fixes: [
          {
            title: { zh: '把 {0} 处软回车改为换行', en: 'Replace with {0} line breaks', values: [edits.length] },
            edits,
            safe: true,
            preferred: true,
          },
        ],
      },
    ];
  },
};
