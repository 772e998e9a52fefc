/** `policy-text learn`: a lexicon of slogans from the writer's own documents. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../disk.node';
import { type LearningEstimate, type LearningSummary, LearningWorker } from '../lexicon/mining/learningWorker.node';
import type { MineOptions } from '../lexicon/mining/mine';
import { type Locale, localise, type Message } from '../text/message';
import { type Call, type Command, UsageError } from './command';
import { displayWidth, printable } from './display';
import { reasonFor } from './drafts';
import { isStep, takeStep } from './learnSteps';
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
    {
      name: 'memory',
      value: 'MB',
      help: {
        en: 'the most memory to use (default: half of what is free); what needs more is learned in parts, with the same result',
        zh: '最多使用多少兆内存（默认为空闲内存的一半）；超出时分批学习，结果相同',
      },
    },
    {
      name: 'least',
      value: 'N',
      help: {
        en: 'for map: look for what stands in at least N documents of the shard (default: 2)',
        zh: '用于 map：在分片中查找至少出现在 N 篇文稿里的表述（默认 2）',
      },
    },
  ],
  details: {
    en: [
      'PATH is a file or a folder with everything in it: txt, md, docx, doc, rtf, odt, pdf, html; any Chinese encoding.',
      'Documents nearly the same as another count once; page furniture and repeated lines are left out.',
      'The lexicon holds phrases and counts, no documents. Progress and the summary go to standard error.',
      '',
      'Over many machines the same is learned in steps, each from files to one file that is whole or not there:',
      '  learn map SHARD… -o PART          reads the documents of a shard; --history as above',
      '  learn merge PART… -o STAGE        takes all parts together; --size and --min-documents as above',
      '  learn count STAGE PART -o COUNTS  counts in a part what the stage asks for',
      '  learn merge STAGE COUNTS… -o NEXT takes the counts of all parts together: twice into another stage, to be counted',
      '                                    in each part again, and the third time into the lexicon',
      'A folder named map, merge or count is written ./map. docs/learning.md has recipes for Slurm, GNU parallel and others.',
      'Exit code: 0 fine (also with single files unreadable: they are named), 2 wrong usage or nothing readable.',
    ].join('\n'),
    zh: [
      'PATH 是文件，或文件夹（连同其中所有文稿）：txt、md、docx、doc、rtf、odt、pdf、html，中文编码不限。',
      '几乎相同的文稿只计一次；网页杂项和各篇重复的行不收。',
      '词库里只有表述和次数，没有文稿原文。进度和小结写到标准错误。',
      '',
      '文稿很多时可以分步在多台机器上学习，每一步读文件、写一个文件，要么写完整，要么没有：',
      '  learn map 分片… -o 部分            读取一个分片的文稿；可用 --history',
      '  learn merge 部分… -o 阶段          汇总全部分片；可用 --size 和 --min-documents',
      '  learn count 阶段 部分 -o 统计      在一个分片中统计该阶段所需的内容',
      '  learn merge 阶段 统计… -o 下一阶段  汇总各分片的统计：前两次得到下一阶段，再对各分片统计；第三次得到词库',
      '名为 map、merge、count 的文件夹请写作 ./map。docs/learning.md 有 Slurm、GNU parallel 等的用法。',
      '退出码：0 正常（个别文件读不了会列出），2 用法有误或没有可读的文稿。',
    ].join('\n'),
  },
  async run(call) {
    if (call.operands.length === 0) {
      throw new UsageError({ en: 'Name files or folders to learn from.', zh: '请给出要学习的文件或文件夹。' });
    }
    const [word, ...others] = call.operands;
    if (isStep(word)) return takeStep(word, others, call);
    if (call.options.has('least')) {
      throw new UsageError({
        en: 'The option --least belongs to “learn map”.',
        zh: '选项 --least 只用于“learn map”。',
      });
    }
    const options = optionsOf(call);
    const out = call.options.value('out');
    const say = (text: string) => call.terminal.error(`${text}\n`);
    // Reported before minutes of work rather than after.
    const hindered = out === undefined ? undefined : await hindrance(out, LEXICON, NO_LEXICON);
    if (out !== undefined && hindered) {
      say(`${printable(out)}: ${localise(hindered, call.locale)}`);
      return 2;
    }
    const bar = new ProgressBar(call.terminal, call.locale);
    const task = {
      paths: call.operands,
      history: call.options.values('history'),
      options,
      budget: megabytes('memory', call),
    };
    const { json, summary } = await inWorker((worker) =>
      worker.learn(task, bar.show, undefined, (estimate) => {
        bar.clear();
        say(localise(estimateText(estimate), call.locale));
      }),
    );
    bar.clear();
    sayProblems(summary.problems, call);
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

/** The first bytes of a lexicon as {@link import('../lexicon/model/store')} writes it. */
const LEXICON = /^\ufeff?\s*\{\s*"format"\s*:/;
const NO_LEXICON: Message = {
  en: 'This file is no lexicon, so it is not written over. Name another file with -o.',
  zh: '这个文件不是词库，没有覆盖。请用 -o 另给一个文件名。',
};

/**
 * Why `file` must not be written; undefined if there is no objection. `refusal` is the reason if it has content that
 * does not begin like `ours`.
 */
export async function hindrance(file: string, ours: RegExp, refusal: Message): Promise<Message | undefined> {
  try {
    const there = await fs.stat(file).catch(() => undefined);
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (there?.isFile() && there.size > 0 && !ours.test(await beginningOf(file))) return refusal;
    await (there ? fs.access(file, fs.constants.W_OK) : fs.readdir(path.dirname(file)));
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}

async function beginningOf(file: string): Promise<string> {
  const handle = await fs.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Mining options from the options of `call`. */
export function optionsOf(call: Call): MineOptions {
  const least = wholeNumber('min-documents', call);
  const size = megabytes('size', call);
  return {
    ...(least !== undefined && { minDocuments: least }),
    ...(size !== undefined && { maxNgrams: Math.floor(size / NGRAM_SIZE) }),
  };
}

/** The value of the option `name`, a whole number from 2 on; undefined if it is not given. */
export function wholeNumber(name: string, { options }: Call): number | undefined {
  const given = options.value(name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 2) {
    throw new UsageError({
      en: 'The option --{0} needs a whole number from 2 on, not “{1}”.',
      zh: '选项 --{0} 要用 2 以上的整数，不能是“{1}”。',
      values: [name, given],
    });
  }
  return value;
}

/** Average size of an n-gram in the stored form, in bytes. */
const NGRAM_SIZE = 3.1;

/** The value of the option `name`, in megabytes, converted to bytes. */
function megabytes(name: string, { options }: Call): number | undefined {
  const given = options.value(name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new UsageError({
      en: 'The option --{0} needs a number of megabytes, not “{1}”.',
      zh: '选项 --{0} 要用兆数，不能是“{1}”。',
      values: [name, given],
    });
  }
  return value * 1_000_000;
}

/** Signals that end the program, which must not leave any of the writer's texts behind. */
const STOPPING = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `work` with a worker that is terminated afterwards. A signal that ends the program terminates the worker first.
 */
export async function inWorker<Result>(work: (worker: LearningWorker) => Promise<Result>): Promise<Result> {
  const worker = new LearningWorker(path.join(__dirname, 'learn-worker.js'));
  let received: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    received = signal;
    void worker.dispose();
  };
  for (const signal of STOPPING) process.once(signal, stop);
  try {
    return await work(worker);
  } finally {
    await worker.dispose();
    for (const signal of STOPPING) process.off(signal, stop);
    // Re-raised, so that the parent process sees the signal.
    if (received) process.kill(process.pid, received);
  }
}

/** Reports what could not be read. */
export function sayProblems(problems: LearningSummary['problems'], { terminal, locale }: Call): void {
  for (const { file, reason } of problems) {
    const name = coloursFor(terminal, 'error').bold(printable(file));
    terminal.error(`${name}: ${printable(localise(reason, locale))}\n`);
  }
}

/** The estimated cost of learning, reported before it begins. */
function estimateText({ characters, memory, budget, parts, inParts }: LearningEstimate): Message {
  const values = [
    inMegabytes(memory),
    inMegabytes(budget),
    Math.round(characters).toLocaleString('en'),
    parts,
    inMegabytes(inParts),
  ];
  if (parts === 1) {
    return {
      en: 'About {2} characters: learning takes up to {0} MB of memory (allowed: {1} MB).',
      zh: '约 {2} 字：学习最多占用 {0} MB 内存（允许 {1} MB）。',
      values,
    };
  }
  if (inParts > budget) {
    return {
      en: 'About {2} characters: learning would take {0} MB of memory. It is done in {3} parts, which take about {4} MB, more than the {1} MB allowed.',
      zh: '约 {2} 字：一次学完要占用 {0} MB 内存，改为分 {3} 批学习，仍要占用约 {4} MB，超过允许的 {1} MB。',
      values,
    };
  }
  return {
    en: 'About {2} characters: learning would take {0} MB of memory. It is done in {3} parts, to stay below {1} MB.',
    zh: '约 {2} 字：一次学完要占用 {0} MB 内存，改为分 {3} 批学习，内存控制在 {1} MB 以内。',
    values,
  };
}

function inMegabytes(bytes: number): string {
  return Math.ceil(bytes / 1_000_000).toLocaleString('en');
}

/** The result of learning, as a table. */
export function summaryText(summary: LearningSummary, out: string | undefined, { terminal, locale }: Call): string {
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

/** A table of phrases: number of documents, number of occurrences, text. */
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

/** Progress as one line at the bottom of the screen; silent on a pipe. */
export class ProgressBar {
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
