import { removeFurniture } from '../../repair/furniture';
import type { DocumentRule } from '../rule';

export const furniture: DocumentRule = {
  id: 'text.furniture',
  scope: 'document',
  title: { zh: '网页杂项', en: 'Page furniture' },
  reason: {
    zh: '网页上的导航、按钮、字号选项、“扫一扫”、打印时间等不是文稿的内容。',
    en: 'Navigation, buttons, font sizes, “扫一扫” and print stamps of a web page are no part of the text.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '⟦打印\n收藏\n【字号：\n大\n小\n】⟧\n青禾县2026年政府工作报告\n各位代表：\n现在，请予审议。\n⟦扫一扫在手机打开当前页⟧',
      },
    ],
    clean: [
      { text: '青禾县2026年政府工作报告\n——2026年1月8日在青禾县第十届人民代表大会上\n各位代表：' },
      { text: '发文机关：青禾县人民政府\n发文字号：青政发〔2026〕3号\n关于做好春耕生产的通知' },
      { text: '来源：望海区统计局' },
    ],
  },

  check({ text, lines }) {
    const { edits } = removeFurniture(text, lines);
    return edits.map((edit) => {
      const shown = text.slice(edit.start, edit.end);
      return {
        start: edit.start + shown.length - shown.trimStart().length,
        end: edit.end - shown.length + shown.trimEnd().length,
        message: {
          zh: '这是网页上的内容，不属于文稿，可以删去。',
          en: 'This belongs to a web page, not to the text; it can go.',
        },
        fixes: [
          {
            title: { zh: '删去这些网页杂项', en: 'Take out this furniture' },
            edits: [edit],
            safe: false,
            preferred: true,
          },
        ],
      };
    });
  },
};
