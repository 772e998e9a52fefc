/** `policy-text learn`: a lexicon of slogans from the writer's own documents. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../disk.node';
import {
  type LearningProgress,
  type LearningResult,
  type LearningSummary,
  LearningWorker,
} from '../lexicon/mining/learningWorker.node';
import type { MineOptions } from '../lexicon/mining/mine';
import { type Locale, localise, type Message } from '../text/message';
import { type Call, type Command, UsageError } from './command';
import { displayWidth, printable } from './display';
import { reasonFor } from './drafts';
import { type Colours, coloursFor, type Terminal } from './terminal';

export const learnCommand: Command = {
  name: 'learn',
  operands: 'PATH…',
  summary: { en: 'Learn slogans from documents.', zh: '从文稿中学习规范表述，生成词库。' },
  options: [
    {
      name: 'out',
      short: 'o',
      value: 'FILE',
      help: { en: 'where to write the lexicon (default: standard output)', zh: '词库文件（默认写到标准输出）' },
    },
    {
      name: 'history',
      value: 'PATH',
      repeatable: true,
      help: {
        en: 'older documents: they tell since when phrases are in use and which other forms are written, and give none',
        zh: '较早的文稿：只用来判断表述从何时起使用、还有哪些写法，不从中收录表述',
      },
    },
    {
      name: 'size',
      value: 'MB',
      help: {
        en: 'the most that the n-grams behind completion may take in the file (default: 4)',
        zh: '词库中供补全用的字串最多占多少兆（默认 4）',
      },
    },
    {
      name: 'min-documents',
      value: 'N',
      help: {
        en: 'learn what stands in at least N documents (default: by their number, 3 of fifty)',
        zh: '至少出现在 N 篇文稿里才收录（默认按篇数确定，五十篇为 3）',
      },
    },
  ],
  details: {
    en: [
      'PATH is a file or a folder with everything in it: txt, md, docx, doc, rtf, odt, pdf, html; any Chinese encoding.',
      'Documents nearly the same as another count once; page furniture and repeated lines are left out.',
      'The lexicon holds phrases and counts, no documents. Progress and the summary go to standard error.',
      'Exit code: 0 fine (also with single files unreadable: they are named), 2 wrong usage or nothing readable.',
    ].join('\n'),
    zh: [
      'PATH 是文件，或文件夹（连同其中所有文稿）：txt、md、docx、doc、rtf、odt、pdf、html，中文编码不限。',
      '几乎相同的文稿只计一次；网页杂项和各篇重复的行不收。',
      '词库里只有表述和次数，没有文稿原文。进度和小结写到标准错误。',
      '退出码：0 正常（个别文件读不了会列出），2 用法有误或没有可读的文稿。',
    ].join('\n'),
  },
  async run(call) {
    if (call.operands.length === 0) {
      throw new UsageError({ en: 'Name files or folders to learn from.', zh: '请给出要学习的文件或文件夹。' });
    }
    const options = {
      minDocuments: minDocuments(call.options.value('min-documents')),
      ...maxNgrams(call.options.value('size')),
    };
    const out = call.options.value('out');
    const say = (text: string) => call.terminal.error(`${text}\n`);
    // Told before minutes of work rather than after them.
    const hindered = out === undefined ? undefined : await hindrance(out);
    if (out !== undefined && hindered) {
      say(`${printable(out)}: ${localise(hindered, call.locale)}`);
      return 2;
    }
    const bar = new ProgressBar(call.terminal, call.locale);
    const { json, summary } = await learn(call.operands, call.options.values('history'), options, bar.show);
    bar.clear();
    for (const { file, reason } of summary.problems) {
      say(`${coloursFor(call.terminal, 'error').bold(printable(file))}: ${printable(localise(reason, call.locale))}`);
    }
    if (json === undefined) {
      say(localise({ en: 'There is nothing to learn from.', zh: '没有可以学习的文稿。' }, call.locale));
      return 2;
    }
    if (out === undefined) call.terminal.out(json);
    else {
      try {
        await replaceFile(out, json);
      } catch (error) {
        say(`${printable(out)}: ${localise(reasonFor(error), call.locale)}`);
        return 2;
      }
    }
    call.terminal.error(summaryText(summary, out, call));
    return 0;
  },
};

/** Why nothing can be written to `file`; undefined where nothing is known against it. */
async function hindrance(file: string): Promise<Message | undefined> {
  try {
    const there = await fs.stat(file).catch(() => undefined);
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (there?.isFile() && there.size > 0 && !(await looksLikeLexicon(file))) {
      return {
        en: 'This file is no lexicon, so it is not written over. Name another file with -o.',
        zh: '这个文件不是词库，没有覆盖。请用 -o 另给一个文件名。',
      };
    }
    await (there ? fs.access(file, fs.constants.W_OK) : fs.readdir(path.dirname(file)));
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}

/** True for a file that begins as {@link import('../lexicon/model/store')} writes lexicons. */
async function looksLikeLexicon(file: string): Promise<boolean> {
  const handle = await fs.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^\ufeff?\s*\{\s*"format"\s*:/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

function minDocuments(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 2) {
    throw new UsageError({
      en: 'The option --min-documents needs a whole number from 2 on, not “{0}”.',
      zh: '选项 --min-documents 要用 2 以上的整数，不能是“{0}”。',
      values: [given],
    });
  }
  return value;
}

/** Bytes of the stored form that an n-gram takes on average. */
const NGRAM_SIZE = 3.1;

function maxNgrams(given: string | undefined): { maxNgrams?: number } {
  if (given === undefined) return {};
  const value = Number(given);
  if (!(value > 0)) {
    throw new UsageError({
      en: 'The option --size needs a number of megabytes, not “{0}”.',
      zh: '选项 --size 要用兆数，不能是“{0}”。',
      values: [given],
    });
  }
  return { maxNgrams: Math.floor((value * 1_000_000) / NGRAM_SIZE) };
}

async function learn(
  paths: readonly string[],
  history: readonly string[],
  options: MineOptions,
  progress: LearningProgress,
): Promise<LearningResult> {
  const worker = new LearningWorker(path.join(__dirname, 'learn-worker.js'));
  try {
    return await worker.learn(paths, options, progress, undefined, undefined, history);
  } finally {
    worker.dispose();
  }
}

function summaryText(summary: LearningSummary, out: string | undefined, { terminal, locale }: Call): string {
  const colours = coloursFor(terminal, 'error');
  const number = (value: number) => value.toLocaleString('en');
  const rows: [Message, string][] = [
    [{ en: 'documents', zh: '文稿' }, number(summary.documents)],
    [{ en: 'duplicates dropped', zh: '重复未计' }, number(summary.duplicates.length)],
    [{ en: 'unreadable', zh: '读不了' }, number(summary.problems.length)],
    [{ en: 'characters', zh: '字数' }, number(summary.characters)],
    [{ en: 'phrases', zh: '表述' }, number(summary.phrases)],
  ];
  if (out !== undefined) rows.push([{ en: 'written to', zh: '已写入' }, printable(out)]);
  const width = Math.max(...rows.map(([label]) => displayWidth(localise(label, locale))));
  const lines = rows.map(([label, value]) => {
    const name = localise(label, locale);
    return `${colours.dim(name)}${' '.repeat(width - displayWidth(name) + 2)}${value}`;
  });
  return `${[...lines, '', ...phraseTable(summary.top, colours, locale)].join('\n')}\n`;
}

/** A table of phrases: in how many documents, how often, which. */
export function phraseTable(
  phrases: readonly (readonly [text: string, count: number, documents: number])[],
  colours: Colours,
  locale: Locale,
): string[] {
  const labels = [
    localise({ en: 'documents', zh: '篇' }, locale),
    localise({ en: 'count', zh: '次' }, locale),
    localise({ en: 'phrase', zh: '表述' }, locale),
  ] as const;
  const widths = [0, 1].map((column) =>
    Math.max(displayWidth(labels[column] as string), ...phrases.map((row) => String(row[2 - column]).length)),
  );
  const pad = (text: string, column: number) => ' '.repeat((widths[column] as number) - displayWidth(text)) + text;
  return [
    colours.dim(`${pad(labels[0], 0)}  ${pad(labels[1], 1)}  ${labels[2]}`),
    ...phrases.map(
      ([text, count, documents]) => `${pad(String(documents), 0)}  ${pad(String(count), 1)}  ${printable(text)}`,
    ),
  ];
}

/** One line at the foot of the screen; nothing on a pipe. */
class ProgressBar {
  private shown = '';

  constructor(
    private readonly terminal: Terminal,
    private readonly locale: Locale,
  ) {}

  readonly show = (part: number, message: Message): void => {
    if (!this.terminal.errorIsScreen) return;
    const cells = 24;
    const full = Math.round(part * cells);
    const bar = `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
    const line = `${bar} ${String(Math.round(part * 100)).padStart(3)}%  ${localise(message, this.locale)}`;
    if (line === this.shown) return;
    this.shown = line;
    this.terminal.error(`\r\x1b[2K${line}`);
  };

  clear(): void {
    if (this.shown !== '') this.terminal.error('\r\x1b[2K');
  }
}
