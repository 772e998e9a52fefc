/** `policy-text compare`: compares a draft with an earlier one. */
import { type ComparedSection, type Comparison, compareDrafts } from '../compare/compare';
import { comparisonPage, FIGURE_HEADS } from '../compare/html';
import type { SentencePair } from '../compare/sentences';
import { FATE_NAMES, figureCells, headingOf } from '../compare/wording';
import { writeNew } from '../disk.node';
import { analyse } from '../structure/analyse';
import { type Locale, localise, type Message } from '../text/message';
import { type Command, UsageError } from './command';
import { printable } from './display';
import { Drafts, ENCODING_OPTION, type LoadedDraft, reasonFor } from './drafts';
import { type Colours, coloursFor, type Terminal } from './terminal';

export const compareCommand: Command = {
  name: 'compare',
  operands: 'OLD NEW',
  summary: { en: 'Compare a draft with an earlier one.', zh: '与上一稿（或去年的稿子）逐节、逐句、逐数对照。' },
  options: [
    {
      name: 'format',
      value: 'text|json|html|docx',
      choices: ['text', 'json', 'html', 'docx'],
      help: {
        en: 'text to read (default), JSON, one HTML page, or a Word document with tracked changes (with -o)',
        zh: '文本（默认）、JSON、单个 HTML 网页，或带修订标记的 Word 文档（须加 -o）',
      },
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      help: { en: 'write to this file instead of standard output', zh: '写入文件，而不是标准输出' },
    },
    {
      name: 'all',
      help: { en: 'text: show sentences that stayed the same as well', zh: '文本格式：未变的句子也列出' },
    },
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Sections are paired by their headings and by what stands under them, wherever they moved; what was merged, split,',
      'added or dropped is named. Within a section sentences are paired, and changed ones compared by word: [-old-]{+new+}.',
      'Figures are listed by indicator: reported and planned in OLD, reported and planned in NEW.',
      'JSON: {old, new, sections: [{fate, old, current, likeness, sentences}], figures}; lines count from 0.',
      'A Word document has NEW with all changes marked: accepting them gives NEW, rejecting them OLD, its sections where',
      'their counterparts stand. A file of that name is not replaced, whatever the format.',
      'Exit code: 0 no difference, 1 differences, 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '各节按标题和内容配对，挪了位置也能对上；合并、拆分、新增、删去的逐一标明。节内逐句对照，改动的句子逐词标出：[-原文-]{+新文+}。',
      '数据按指标列出：上稿的实绩和目标、本稿的实绩和目标。',
      'JSON 为 {old, new, sections: [{fate, old, current, likeness, sentences}], figures}，行号从 0 起算。',
      'Word 文档以修订标出全部改动：全部接受即为本稿，全部拒绝即为上稿（各节已排到对应位置）。各种格式都不覆盖同名文件。',
      '退出码：0 没有差别，1 有差别，2 用法有误或有文件读不了。',
    ].join('\n'),
  },
  async run({ operands, options, terminal, locale }) {
    if (operands.length !== 2) {
      throw new UsageError({
        en: 'Name two drafts: the earlier one and the new one.',
        zh: '请给出两份文稿：上一稿和本稿。',
      });
    }
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const read: LoadedDraft[] = [];
    for await (const draft of drafts.read(operands)) read.push(draft);
    const [old, current] = read;
    if (drafts.failures > 0 || !old || !current) return 2;
    if (read.length > 2) {
      throw new UsageError({ en: 'Compare two files, not folders.', zh: '只能对照两个文件，不能是文件夹。' });
    }
    const file = options.value('output');
    const format = options.value('format') ?? (file && /\.docx$/i.test(file) ? 'docx' : 'text');
    const [before, after] = [analyse(old.text, old.kind), analyse(current.text, current.kind)];
    const comparison = compareDrafts(before, after);
    const code = comparison.sections.some(({ fate }) => fate !== 'kept') ? 1 : 0;
    const written = async (name: string, bytes: Uint8Array): Promise<boolean> => {
      try {
        await writeNew(name, bytes);
        return true;
      } catch (error) {
        drafts.fail(name, (error as NodeJS.ErrnoException).code === 'EEXIST' ? TAKEN : reasonFor(error));
        return false;
      }
    };
    if (format === 'docx') {
      if (file === undefined) {
        throw new UsageError({
          en: 'Name the document to write: -o FILE.docx.',
          zh: '请写明输出的文档：-o 文件名.docx。',
        });
      }
      const { comparisonDocument } = await import('../word/comparison.node');
      const bytes = await comparisonDocument(before, after, [old.name, current.name]);
      return (await written(file, bytes)) ? code : 2;
    }
    const result =
      format === 'json'
        ? `${JSON.stringify({ old: old.name, new: current.name, ...comparison }, null, 2)}\n`
        : format === 'html'
          ? comparisonPage(comparison, [old.name, current.name], locale)
          : textReport(comparison, file ? undefined : terminal, locale, options.has('all'));
    if (file === undefined) terminal.out(result);
    else if (!(await written(file, Buffer.from(result)))) return 2;
    return code;
  },
};

const TAKEN: Message = { en: 'A file of that name exists; give another name.', zh: '已有同名文件，请换一个文件名。' };

const PLAIN = { bold: String, dim: String, red: String, green: String } satisfies Partial<Colours>;

function textReport(comparison: Comparison, terminal: Terminal | undefined, locale: Locale, all: boolean): string {
  const colours: Pick<Colours, 'bold' | 'dim' | 'red' | 'green'> = terminal ? coloursFor(terminal, 'output') : PLAIN;
  const rows: string[] = [];
  for (const section of comparison.sections) {
    if (section.fate === 'kept' && !all) {
      rows.push(colours.dim(`[${localise(FATE_NAMES.kept, locale)}] ${printable(headingOf(section, locale))}`));
      continue;
    }
    rows.push(
      colours.bold(
        `[${localise(FATE_NAMES[section.fate], locale)}] ${printable(headingOf(section, locale))}${linesOf(section)}`,
      ),
    );
    for (const sentence of section.sentences) {
      if (sentence.fate === 'same' && !all) continue;
      rows.push(`    ${sentenceText(sentence, colours)}`);
    }
  }
  if (comparison.figures.length > 0) {
    rows.push('', colours.bold(FIGURE_HEADS.map((head) => localise(head, locale)).join(' | ')));
    for (const row of comparison.figures) rows.push(printable(figureCells(row).join(' | ')));
  }
  return `${rows.join('\n')}\n`;
}

function linesOf({ old, current }: ComparedSection): string {
  const numbers = [old, current].map((place) => (place ? String(place.line + 1) : '–'));
  return old || current ? `  (${numbers.join(' → ')})` : '';
}

function sentenceText(
  { fate, old = '', current = '', words = [] }: SentencePair,
  colours: Pick<Colours, 'red' | 'green'>,
): string {
  const removed = (text: string) => colours.red(`[-${printable(text)}-]`);
  const added = (text: string) => colours.green(`{+${printable(text)}+}`);
  if (fate === 'same') return printable(current);
  if (fate === 'new') return added(current);
  if (fate === 'dropped') return removed(old);
  return words
    .map(({ kind, text }) => (kind === 'same' ? printable(text) : kind === 'old' ? removed(text) : added(text)))
    .join('');
}
