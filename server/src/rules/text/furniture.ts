import { removeFurniture } from '../../repair/furniture';
import { findPageMarks } from '../../repair/pageMarks';
import type { Message } from '../../text/message';
import type { TextReplacement } from '../../text/textEdit';
import type { DocumentRule, Finding } from '../rule';

export const furniture: DocumentRule = {
  id: 'text.furniture',
  scope: 'document',
  title: { zh: '网页杂项和页码', en: 'Page furniture' },
  reason: {
    zh: '网页上的导航、按钮、字号选项、“扫一扫”、打印时间，以及从 PDF 带来的页码、页眉，都不是文稿的内容。',
    en: 'Navigation, buttons, font sizes, “扫一扫” and print stamps of a web page, page numbers and running headers of a PDF are not part of the text.',
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
      {
        text: '（一）推进饲料化利用。各镇要发展秸秆饲料，支持养殖场\n⟦— 3 —⟧\n户建设青贮池，年内新增青贮饲料十万吨。',
      },
    ],
    clean: [
      { text: '青禾县2026年政府工作报告\n——2026年1月8日在青禾县第十届人民代表大会上\n各位代表：' },
      { text: '发文机关：青禾县人民政府\n发文字号：青政发〔2026〕3号\n关于做好春耕生产的通知' },
      { text: '来源：望海区统计局' },
      { text: '序号\n1\n修建水渠\n2\n植树造林\n3\n改造道路' },
      { text: '各镇要抓好落实，县里\n——2026年1月——\n加强督查。' },
      { text: '> “数据多跑路，群众少跑腿。”\n>\n> ——工作报告\n', kind: 'markdown' },
    ],
  },

  *check({ text, lines }) {
    const found = headAndTail(removeFurniture(text, lines).edits).map((edits) => finding(text, edits, WEB));
    const { edits: pages } = yield* findPageMarks(text, lines);
    return pages.length > 0 ? [...found, finding(text, pages, PAGES)] : found;
  },
};

/** Furniture separated by this much text belongs to different ends; with less between, that is titles. */
const APART = 120;

/** The pieces at the head and those at the tail: a page is reported twice at most, however many pieces it left. */
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

interface Origin {
  readonly one: Message;
  readonly many: Message;
  readonly fix: Message;
}

const WEB: Origin = {
  one: {
    zh: '这是网页上的内容，不属于文稿，可以删去。',
    en: 'This belongs to a web page, not to the text; it can be deleted.',
  },
  many: {
    zh: '这里和附近另外 {0} 处是网页上的内容，不属于文稿，可以一并删去。',
    en: 'This and {0} more nearby belong to a web page, not to the text; they can be deleted.',
  },
  fix: { zh: '删去这些网页杂项', en: 'Delete the remains of the web page' },
};

const PAGES: Origin = {
  one: {
    zh: '这是页码，不属于文稿的正文，可以删去。',
    en: 'This is a page number, not part of the text; it can be deleted.',
  },
  many: {
    zh: '这里和后面另外 {0} 处是页码或页眉，不属于文稿的正文，可以一并删去。',
    en: 'This and {0} more below are page numbers or headers, not part of the text; they can be deleted.',
  },
  fix: { zh: '删去页码和页眉', en: 'Delete page numbers and headers' },
};

function finding(text: string, edits: readonly TextReplacement[], { one, many, fix }: Origin): Finding {
  const [first] = edits as [TextReplacement];
  const shown = text.slice(first.start, first.end);
  const others = edits.length - 1;
  return {
    start: first.start + shown.length - shown.trimStart().length,
    end: first.end - shown.length + shown.trimEnd().length,
    message: others === 0 ? one : { ...many, values: [others] },
    fixes: [
      {
        title: fix,
        edits,
        safe: false,
        preferred: true,
      },
    ],
  };
}
