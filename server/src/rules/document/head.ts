import { HEAD_FIELDS, type HeadEntry, headEntry, readHead } from '../../structure/draftHead';
import type { Span } from '../../text/span';
import { headValueProblem, nearestHeadName } from '../headValues';
import type { DocumentRule, Finding } from '../rule';

/** Maximum number of lines of a head. */
const MAX_LINES = 30;
const LABELS = Object.values(HEAD_FIELDS).map(([name]) => name);

export const documentHead: DocumentRule = {
  id: 'document.head',
  scope: 'document',
  title: { zh: '版头要素', en: 'Head of the draft' },
  reason: {
    zh: '文稿开头两行“---”之间写正文里没有的公文要素，一行一项，导出和预览照此排版。',
    en: 'Between two lines of --- at its beginning a draft gives the elements that are not part of its text; they are used in the page layout.',
  },
  authority: {
    zh: 'GB/T 9704-2012 7.2、7.4、10；《党政机关公文处理工作条例》第九条',
    en: 'GB/T 9704-2012, 7.2, 7.4 and 10; Regulation on official documents, article 9',
  },
  tier: 'standard',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '---\n发文机关：青禾县人民政府\n密级：⟦内部⟧\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。',
      },
      {
        text: '---\n发文机关：青禾县人民政府\n⟦签发入⟧：赵志远\n---\n关于追加资金的请示\n县人民政府：\n妥否，请批示。',
      },
      { text: '---\n份号：⟦12⟧\n版式：⟦公函⟧\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      {
        text: '---\n印发机关：青禾县人民政府办公室\n印发日期：⟦2026.3.5⟧\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。',
      },
      { text: '---\n紧急程度：特急\n⟦紧急程度⟧：加急\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      {
        text: '⟦---⟧\n发文机关：青禾县人民政府\n密级：机密★1年\n\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。',
      },
    ],
    clean: [
      {
        text: '---\n份号：000001\n密级：机密★1年\n紧急程度：特急\n发文机关：青禾县人民政府\n签发人：赵志远、王小明\n印发日期：2026年3月5日\n用印：否\n版式：信函\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。',
      },
      {
        text: '---\ntitle: 供水调研\ndate: 2026-03-05\ntags: [供水]\n---\n供水工作调研报告\n现将情况报告如下。',
        kind: 'markdown',
      },
      {
        text: '---\n发文机关：青禾县人民政府\n发文字号：青政〔2026〕×号\n抄送：\n---\n关于做好春耕工作的通知\n各乡镇人民政府：\n请抓好落实。',
      },
      { text: '---\n\n关于做好春耕工作的通知\n各乡镇人民政府：\n现就密级：机密等事项通知如下。' },
    ],
  },
  check(analysis) {
    const { entries, lastLine } = readHead(analysis);
    if (lastLine < 0) {
      const open = unclosed(analysis);
      return open ? [open] : [];
    }
    // A head without any known field belongs to another program.
    if (!entries.some(({ field }) => field)) return [];
    const seen = new Map<string, HeadEntry>();
    return entries.flatMap((entry): Finding[] => {
      const { field, name, nameSpan, value, valueSpan } = entry;
      if (!field) return unknown(name, nameSpan);
      const before = seen.get(field);
      if (before) {
        return [
          {
            ...nameSpan,
            message: {
              zh: '“{0}”写了两次，以后面的为准。',
              en: '“{0}” is given twice; the later one applies.',
              values: [name],
            },
            related: [{ ...before.nameSpan, message: { zh: '前面写在这里', en: 'First given here' } }],
          },
        ];
      }
      seen.set(field, entry);
      const message = value === '' ? undefined : headValueProblem(field, value);
      return message ? [{ ...valueSpan, message }] : [];
    });
  },
};

/** An unknown Chinese name; others may belong to another program. */
function unknown(name: string, place: Span): Finding[] {
  if (!/^[\u4e00-\u9fff]{2,12}$/.test(name)) return [];
  const near = nearestHeadName(name);
  return [
    {
      ...place,
      message: {
        zh: '版头里没有“{0}”这一项，排版时不用；可用的有：{1}。',
        en: '“{0}” is not an element of the head and is ignored; possible elements: {1}.',
        values: [name, LABELS.join('、')],
      },
      ...(near !== undefined && {
        fixes: [
          {
            title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [near] },
            edits: [{ ...place, newText: near }],
            safe: false,
            preferred: true,
          },
        ],
      }),
    },
  ];
}

/** A head without its closing line ---: it would be printed. */
function unclosed({ text, lines }: Parameters<DocumentRule['check']>[0]): Finding | undefined {
  if (!/^---\s*$/.test(text.slice(0, Math.min(lines.end(0), 100)))) return undefined;
  let last = 0;
  for (let line = 1; line < Math.min(lines.count, MAX_LINES); line++) {
    const start = lines.start(line);
    const entry = headEntry(text.slice(start, Math.min(lines.end(line), start + 200)), start);
    if (!entry?.field) break;
    last = line;
  }
  if (last === 0) return undefined;
  const end = lines.end(last);
  return {
    start: 0,
    end: 3,
    message: {
      zh: '版头要素之后还要一行“---”，否则这些内容会排进正文。',
      en: 'Add a line of --- below the head; otherwise it is printed as text.',
    },
    fixes: [
      {
        title: { zh: '补上“---”', en: 'Add ---' },
        edits: [{ start: end, end, newText: '\n---' }],
        safe: false,
        preferred: true,
      },
    ],
  };
}
