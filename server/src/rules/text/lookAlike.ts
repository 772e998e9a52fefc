import { hasRadical, replaceRadicals } from '../../repair/radicals';
import { LineMemo } from '../../structure/lineMemo';
import type { DocumentRule } from '../rule';

const radicals = new LineMemo(hasRadical);

export const lookAlike: DocumentRule = {
  id: 'text.look-alike',
  scope: 'document',
  title: { zh: '部首和兼容汉字', en: 'Radicals and compatibility characters' },
  reason: {
    zh: '从 PDF 复制的文字里，“一”“人”“工”等字常被换成样子相同的部首或兼容汉字：看不出差别，检索、校对和统计却都认不出。',
    en: 'Text copied from a PDF often has radicals or compatibility ideographs in place of 一, 人, 工: they look alike, but no search, check or count knows them.',
  },
  authority: { zh: 'Unicode 标准（兼容汉字、康熙部首）', en: 'Unicode: compatibility ideographs, Kangxi radicals' },
  tier: 'practice',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '⟦\u2f00⟧、提\u2fbc认识\n各镇要抓好春耕\u2f2f作。', fixed: '一、提高认识\n各镇要抓好春耕工作。' },
      { text: '五、依辦法處理。\n⟦\uf9d1⟧、依細則處理。', fixed: '五、依辦法處理。\n六、依細則處理。' },
      { text: '⟦\u2ed8⟧禾县⼈民政府', fixed: '青禾县人民政府' },
    ],
    clean: [{ text: '一、提高认识\n各镇要抓好春耕工作。' }, { text: '五、依辦法處理。\n六、依細則處理。' }],
  },

  prepare: (analysis) => radicals.prepare(analysis),

  check(analysis) {
    const { text } = analysis;
    if (!radicals.some(analysis, Boolean)) return [];
    const { edits } = replaceRadicals(text);
    const [first] = edits;
    if (!first) return [];
    const values = [text.slice(first.start, first.end), first.newText, edits.length];
    return [
      {
        start: first.start,
        end: first.end,
        message:
          edits.length === 1
            ? {
                zh: '这里的“{0}”是部首或兼容汉字，样子像“{1}”，却不是同一个字符。',
                en: 'This “{0}” is a radical or a compatibility ideograph: it looks like “{1}” and is another character.',
                values,
              }
            : {
                zh: '这里的“{0}”是部首或兼容汉字，样子像“{1}”，却不是同一个字符；全文共 {2} 个，可一次换回。',
                en: 'This “{0}” is a radical or a compatibility ideograph that looks like “{1}”; there are {2} of them, and one fix replaces them all.',
                values,
              },
        fixes: [
          {
            title: {
              zh: '换回 {0} 个普通汉字',
              en: 'Replace them with {0} ordinary characters',
              values: [edits.length],
            },
            edits,
            safe: true,
            preferred: true,
          },
        ],
      },
    ];
  },
};
