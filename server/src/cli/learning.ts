/** Shared by the commands that learn: options, the worker, progress and summaries. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { type LearningEstimate, type LearningSummary, LearningWorker } from '../lexicon/mining/learningWorker.node';
import type { MineOptions } from '../lexicon/mining/mine';
import { ngramsWithin } from '../lexicon/mining/ngrams';
import { packLexicon } from '../lexicon/model/store';
import { type Locale, localise, type Message } from '../text/message';
import { type Call, UsageError } from './command';
import { displayWidth, printable } from './display';
import { reasonFor } from './drafts';
import { type Colours, coloursFor, type Terminal } from './terminal';

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

/** The lexicon `json` in the form that the name of the file `out` asks for. Throws if it is no lexicon and packed. */
export function storedAs(out: string, json: string): string | Uint8Array {
  return /\.bin$/i.test(out) ? packLexicon(json) : json;
}

/** Mining options from the options of `call`. */
export function optionsOf(call: Call): MineOptions {
  const least = wholeNumber('min-documents', call);
  const size = megabytes('size', call);
  return {
    ...(least !== undefined && { minDocuments: least }),
    ...(size !== undefined && { maxNgrams: ngramsWithin(size) }),
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

/** The value of the option `name`, in megabytes, converted to bytes. */
export function megabytes(name: string, { options }: Call): number | undefined {
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
export function estimateText({ characters, memory, budget, parts, inParts }: LearningEstimate): Message {
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
