/** `policy-text text`: the text of the draft that a file would be imported as. */
import { positionAt, splitLines } from '../text/lines';
import { localise } from '../text/message';
import type { WordText } from '../word/wordText';
import { type Command, UsageError } from './command';
import { Drafts, ENCODING_OPTION } from './drafts';

export const textCommand: Command = {
  name: 'text',
  operands: 'FILE',
  summary: { en: 'Show the text of a file as it is read.', zh: '把文件的文字（含自动编号）原样读出。' },
  options: [
    {
      name: 'original',
      help: {
        en: 'Word: the text with all tracked changes rejected (default: accepted)',
        zh: 'Word：按拒绝全部修订读出（默认按接受全部修订）',
      },
    },
    {
      name: 'format',
      value: 'text|json',
      choices: ['text', 'json'],
      help: {
        en: 'the text (default), or JSON with paragraphs, comments, changes and losses',
        zh: '文本（默认），或 JSON（含段落、批注、修订和未能保留的内容）',
      },
    },
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'FILE is a text, .docx, .docm, .doc, .wps, .rtf, .odt, .pdf or web page, or - for standard input.',
      'A .docx is read with the numbers that Word shows, a row of a table a line with tabs between the cells, footnotes at',
      'the end, fields by their results; hidden text, pictures, headers and footers are left out and named.',
      'Lost besides formatting, in .doc and .wps: automatic numbers, footnotes, comments; tracked changes are not told',
      'apart. In .odt: automatic numbers, comments. In .rtf: footnotes, comments, headers, tables (a cell a line). In .pdf:',
      'everything but the words: paragraphs and tables are guessed from the lines.',
      'JSON: paragraphs count from 1, start and end are UTF-16 offsets in "text", lines and characters count from 0.',
      'Exit code: 0 fine, 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      'FILE 可以是文本、.docx、.docm、.doc、.wps、.rtf、.odt、.pdf、网页，或 - 表示标准输入。',
      '.docx 按 Word 显示的自动编号读出；表格一行占一行，单元格之间用制表符隔开；脚注、尾注列在文末；域取其结果；',
      '隐藏文字、图片、页眉页脚不读，并逐项说明。',
      '除格式外还会丢失：.doc、.wps 的自动编号、脚注、批注（修订不作区分）；.odt 的自动编号、批注；',
      '.rtf 的脚注、批注、页眉页脚，表格一格一行；.pdf 只剩文字，段落和表格由行推断。',
      'JSON：段落从 1 起算，start、end 为在 text 中的 UTF-16 位置，行、列从 0 起算。',
      '退出码：0 正常，2 用法有误或文件读不了。',
    ].join('\n'),
  },
  async run({ operands, options, terminal, locale }) {
    if (operands.length > 1) throw new UsageError({ en: 'Name one file.', zh: '一次只能读一个文件。' });
    const view = options.has('original') ? 'original' : 'final';
    const drafts = new Drafts(terminal, locale, options.value('encoding'), { view });
    const asJson = options.value('format') === 'json';
    for await (const { name, text, word, encoding } of drafts.read(operands)) {
      if (asJson) {
        const { lossesOf } = await import('../word/word.node');
        const losses = word ? lossesOf(word).map((loss) => localise(loss, locale)) : [];
        terminal.out(
          `${JSON.stringify({ file: name, encoding, text, ...(word && textJson(word)), losses }, null, 2)}\n`,
        );
        continue;
      }
      terminal.out(word && text !== '' && !text.endsWith('\n') ? `${text}\n` : text);
      if (word) await reportLosses(word, (what) => drafts.say(name, what));
    }
    return drafts.failures > 0 ? 2 : 0;
  },
};

/** Reports what the document contains besides the text. */
async function reportLosses(word: WordText, say: (what: Parameters<Drafts['say']>[1]) => void): Promise<void> {
  const { lossesOf } = await import('../word/word.node');
  if (word.changes.length > 0) {
    say({ en: 'Tracked changes: {0}.', zh: '有修订 {0} 处。', values: [word.changes.length] });
  }
  if (word.comments.length > 0) {
    say({ en: 'Comments, not in the text: {0}.', zh: '有批注 {0} 条，不在正文里。', values: [word.comments.length] });
  }
  for (const { en, zh, values } of lossesOf(word)) {
    say({ en: `Left out: ${en}.`, zh: `未读出：${zh}。`, ...(values && { values }) });
  }
}

function textJson({ text, paragraphs, comments, changes, notes, tables }: WordText) {
  const lines = splitLines(text);
  const at = (start: number, end: number) => ({
    start,
    end,
    range: { start: positionAt(lines, start), end: positionAt(lines, end) },
  });
  return {
    paragraphs: paragraphs.map(({ number, start, end, label, outline, place }) => ({
      paragraph: number,
      ...at(start, end),
      label: label?.text ?? '',
      level: label?.level ?? null,
      outline: outline ?? null,
      place,
      text: text.slice(start, end),
    })),
    comments: comments.map(({ author, date, text: words, start, end }) => ({
      author,
      date,
      comment: words,
      ...(start >= 0 ? { ...at(start, Math.max(start, end)), text: text.slice(start, Math.max(start, end)) } : {}),
    })),
    changes: changes.map(({ kind, moved, author, date, text: words, start, end }) => ({
      kind,
      moved,
      author,
      date,
      text: words,
      ...(start >= 0 ? at(start, Math.max(start, end)) : {}),
    })),
    notes,
    tables,
  };
}
