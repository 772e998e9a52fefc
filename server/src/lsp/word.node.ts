/** Reads and writes word-processor documents. The code for their formats is loaded with the first document. */
import path from 'node:path';
import type { Message } from '../text/message';
import type { WordText } from '../word/wordText';
import type { ReadDocument, WordAccess } from './platform';

export const nodeWord: WordAccess = { read, write, review };

async function read(uri: string): Promise<ReadDocument | { readonly refused: Message }> {
  const [
    { extracted, MAX_BYTES, Unreadable },
    { fileProblem, readOrdinary },
    { fileURLToPath },
    { DecodeError, decode },
  ] = await Promise.all([
    import('../drafts/extraction.node'),
    import('../disk.node'),
    import('node:url'),
    import('../text/encoding'),
  ]);
  try {
    const file = fileURLToPath(uri);
    const bytes = await readOrdinary(file, MAX_BYTES);
    const { text, word } = (await extracted(file, bytes, undefined)) ?? {
      ...decode(bytes, undefined),
      word: undefined,
    };
    if (text.trim() === '') return { refused: NO_TEXT };
    const losses = word ? await besideWord(word) : (LOST[path.extname(file).slice(1).toLowerCase()] ?? []);
    const comments = word?.comments ?? [];
    return { text: text.endsWith('\n') ? text : `${text}\n`, losses, comments };
  } catch (error) {
    if (error instanceof Unreadable || error instanceof DecodeError) return { refused: error.explanation };
    return { refused: fileProblem(error) ?? unread(error) };
  }
}

async function review(
  ...[uri, { author, date }, options]: Parameters<WordAccess['review']>
): ReturnType<WordAccess['review']> {
  const [{ MAX_BYTES }, { fileProblem, readOrdinary }, { fileURLToPath }, { reviewerOf, reviewWordDocument }] =
    await Promise.all([
      import('../drafts/extraction.node'),
      import('../disk.node'),
      import('node:url'),
      import('../features/wordReview.node'),
    ]);
  const reviewer = reviewerOf(author, date === '' ? undefined : date, options.locale);
  if (!reviewer) return { refused: { ...NO_DATE, values: [date] } };
  try {
    return reviewWordDocument(await readOrdinary(fileURLToPath(uri), MAX_BYTES), { ...options, reviewer });
  } catch (error) {
    return { refused: fileProblem(error) ?? unread(error) };
  }
}

function unread(error: unknown): Message {
  const reason = error instanceof Error ? error.message : String(error);
  return { en: 'It cannot be read ({0}).', zh: '读不了（{0}）。', values: [reason] };
}

async function write(...[analysis, { head, template }]: Parameters<WordAccess['write']>): Promise<Uint8Array> {
  const { exportDraft } = await import('../word/export.node');
  return (await exportDraft(analysis, undefined, template, head)).bytes;
}

const NO_DATE: Message = {
  en: 'The date of reviews is a date like 2026-03-01, not “{0}” (setting policyText.review.date).',
  zh: '审阅时间应为 2026-03-01 这样的日期，“{0}”不对（设置 policyText.review.date）。',
};

const NO_TEXT: Message = {
  en: 'It contains no text; scanned pages are pictures.',
  zh: '里面没有文字；扫描件的页面是图片，读不出字来。',
};

/** The content of a Word document besides its text and its comments. */
async function besideWord(word: WordText): Promise<Message[]> {
  const { lossesOf } = await import('../word/word.node');
  const losses = lossesOf(word);
  const changes = word.changes.length;
  if (changes > 0) {
    losses.unshift({
      en: 'tracked changes in {0} places (read as accepted)',
      zh: '修订 {0} 处（按接受后的文字读出）',
      values: [changes],
    });
  }
  return losses;
}

const OLD_WORD: readonly Message[] = [
  {
    en: 'automatic numbers, footnotes and comments, if any; tracked changes are not distinguished',
    zh: '自动编号、脚注、批注（如有；修订不作区分）',
  },
];

/** What the reader of each other format leaves out, if present. */
const LOST: Readonly<Record<string, readonly Message[]>> = {
  doc: OLD_WORD,
  wps: OLD_WORD,
  odt: [
    {
      en: 'automatic numbers and comments, if any; footnotes are part of the text',
      zh: '自动编号、批注（如有；脚注并入正文）',
    },
  ],
  rtf: [
    {
      en: 'footnotes, comments and headers, if any; each table cell becomes a line',
      zh: '脚注、批注、页眉页脚（如有）；表格一格一行',
    },
  ],
  pdf: [
    {
      en: 'everything but the words: paragraphs and tables are guessed from the lines',
      zh: '文字以外的一切（段落和表格由行推断）',
    },
  ],
};
