import { removeFurniture } from '../../repair/furniture';
import type { TextReplacement } from '../../text/textEdit';
import type { DocumentRule, Finding } from '../rule';

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
        text: '⟦打印\n收藏\n【字号：\n大\n小\n】⟧\n青禾县2026年政府工作报告\n来源：青禾日报\n各位代表：\n现在，请予审议。',
      },
      { text: '各位代表：\n现在，请予审议。\n⟦扫一扫在手机打开当前页⟧' },
    ],
    clean: [
      { text: '青禾县2026年政府工作报告\n——2026年1月8日在青禾县第十届人民代表大会上\n各位代表：' },
      { text: '发文机关：青禾县人民政府\n发文字号：青政发〔2026〕3号\n关于做好春耕生产的通知' },
      { text: '来源：望海区统计局' },
      { text: '> “数据多跑路，群众少跑腿。”\n>\n> ——工作报告\n', kind: 'markdown' },
    ],
  },

  check({ text, lines }) {
    return headAndTail(removeFurniture(text, lines).edits).map((edits) => finding(text, edits));
  },
};

/** Furniture with so much text between belongs to different ends; between less of it stand titles. */
const APART = 120;

/** The pieces at the head and those at the tail: a page is told of twice at most, however many pieces it left. */
function headAndTail(edits: readonly TextReplacement[]): TextReplacement[][] {
  let widest = APART;
  let split = 0;
  for (let index = 1; index < edits.length; index++) {
    const gap = edits[index]!.start - edits[index - 1]!.end;
    if (gap <= widest) continue;
    widest = gap;
    split = index;
  }
  return [edits.slice(0, split), edits.slice(split)].filter((part) => part.length > 0);
}

function finding(text: string, edits: readonly TextReplacement[]): Finding {
  const [first] = edits as [TextReplacement];
  const shown = text.slice(first.start, first.end);
  const others = edits.length - 1;
  return {
    start: first.start + shown.length - shown.trimStart().length,
    end: first.end - shown.length + shown.trimEnd().length,
    message:
      others === 0
        ? {
            zh: '这是网页上的内容，不属于文稿，可以删去。',
            en: 'This belongs to a web page, not to the text; it can go.',
          }
        : {
            zh: '这里和附近另外 {0} 处是网页上的内容，不属于文稿，可以一并删去。',
            en: 'This and {0} more nearby belong to a web page, not to the text; they can go.',
            values: [others],
          },
    fixes: [
      {
        title: { zh: '删去这些网页杂项', en: 'Take out this furniture' },
        edits,
        safe: false,
        preferred: true,
      },
    ],
  };
}
