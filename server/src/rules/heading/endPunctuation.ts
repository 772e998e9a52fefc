import type { Analysis, Section } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

export const endPunctuation: DocumentRule = {
  id: 'heading.end-punctuation',
  scope: 'document',
  title: { zh: '标题末尾有句号', en: 'Heading that ends in a full stop' },
  reason: {
    zh: '独占一行的标题末尾不用句号、分号；问号、叹号、省略号可以用。',
    en: 'A heading on its own line has no final 。 or ； (？ ！ and …… are allowed).',
  },
  authority: { zh: 'GB/T 15834-2011 附录B.4', en: 'GB/T 15834-2011, annex B.4' },
  tier: 'standard',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '一、总体要求\n内容较多，分述如下。\n二、重点任务⟦。⟧\n内容较多，分述如下。\n三、保障措施\n内容较多，分述如下。',
        fixed:
          '一、总体要求\n内容较多，分述如下。\n二、重点任务\n内容较多，分述如下。\n三、保障措施\n内容较多，分述如下。',
      },
      {
        text: '（一）压实责任\n各乡镇要落实责任。\n（二）强化督查⟦；⟧\n县督查室要跟踪问效。\n（三）严格考核\n结果纳入年度考核。',
        fixed:
          '（一）压实责任\n各乡镇要落实责任。\n（二）强化督查\n县督查室要跟踪问效。\n（三）严格考核\n结果纳入年度考核。',
      },
      {
        text: '青禾县人民政府关于做好春耕工作的通知⟦。⟧\n各乡镇人民政府：\n现将有关事项通知如下。',
        fixed: '青禾县人民政府关于做好春耕工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。',
      },
    ],
    clean: [
      { text: '县政府要求做好春耕工作，并印发了关于做好春耕工作的通知。\n各乡镇要抓好落实。' },
      { text: '一、为什么要抓？\n内容较多，分述如下。\n二、怎么抓！\n内容较多，分述如下。' },
      { text: '（一）压实责任。各乡镇要落实责任。\n（二）强化督查。县督查室要跟踪问效。' },
      { text: '（一）压实责任。\n各乡镇要落实责任。\n（二）强化督查。\n县督查室要跟踪问效。' },
      { text: '有下列情形之一的，不予受理：\n（一）材料不全的；\n（二）超过期限的；\n（三）其他情形。' },
      { text: '一、总体要求\n内容较多，分述如下。\n二、重点任务主要包括：\n（一）修渠。\n（二）植树。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [...endOfTitle(analysis)];
    const lists = new Map<Section['list'], Section[]>();
    for (const section of analysis.headings) {
      if (!section.marker) continue;
      const siblings = lists.get(section.list);
      if (siblings) siblings.push(section);
      else lists.set(section.list, [section]);
    }
    for (const siblings of lists.values()) {
      // Only if the siblings are headings too: a list of clauses ends in ；；。
      const headings = siblings.filter(
        ({ kind, span, titleSpan }) => kind !== 'lead' && kind !== 'article' && span.end > titleSpan.end + 2,
      );
      const bare = headings.filter((section) => markBehind(analysis, section) === '');
      if (bare.length * 2 <= headings.length) continue;
      for (const section of headings) {
        const mark = markBehind(analysis, section);
        if (mark === '' || section.title.length > MAX_TITLE || SENTENCE.test(section.title)) continue;
        findings.push(remark(section.titleSpan.end, mark));
      }
    }
    return findings;
  },
};

/** A longer text, or one that states what is or must be, is a sentence of its own and keeps its stop. */
const MAX_TITLE = 24;
const SENTENCE = /应当|應當|是指|不得|不准|不许|自.{1,12}起|须|可以|除外|包括|生效|负责解释|废止|，|者的$|的$/;

function remark(at: number, mark: string): Finding {
  const end = at + mark.length;
  return {
    start: at,
    end,
    message: {
      zh: '标题独占一行，末尾不用“{0}”',
      en: 'A heading on its own line does not end in “{0}”',
      values: [mark],
    },
    fixes: [
      {
        title: { zh: '删去“{0}”', en: 'Remove “{0}”', values: [mark] },
        edits: [{ start: at, end, newText: '' }],
        safe: true,
        preferred: true,
      },
    ],
  };
}

/** The title of an official document followed by a stop: the layout then does not recognise it as a title. */
const TITLE =
  /^[\u4e00-\u9fff]{0,30}关于[^，。；：！？]{2,60}的(?:通知|通报|决定|意见|批复|请示|报告|函|公告|通告|议案|决议|纪要|说明|方案)[。；]$/;
/** Number of lines searched for a title: the first of a document, under its number and what a page puts above. */
const HEAD = 12;

/** The stop after the title at the head of the text. */
function* endOfTitle({ text, lines, records }: Analysis): Generator<Finding> {
  for (let line = 0; line < Math.min(lines.count, HEAD); line++) {
    const { role, contentStart, contentEnd } = records[line]!;
    if (contentStart === contentEnd || role === 'furniture' || role === 'documentNumber') continue;
    const start = lines.start(line) + contentStart;
    const end = lines.start(line) + contentEnd;
    if (end - start < 100 && TITLE.test(text.slice(start, end))) yield remark(end - 1, text.charAt(end - 1));
    return;
  }
}

/** The full stop or semicolon after a title that ends its line; otherwise ''. */
function markBehind({ text }: Analysis, { titleSpan }: Section): string {
  const mark = text[titleSpan.end] ?? '';
  if (mark === '' || !'。；;'.includes(mark)) return '';
  const next = text[titleSpan.end + 1];
  return next === undefined || next === '\n' || next === '\r' ? mark : '';
}
