/** `policy-text learn map`, `merge` and `count`: the steps of learning on many machines. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { NoOrdinaryFile, replaceFile } from '../disk.node';
import { StepRefused, type StepResult, type StepTask } from '../lexicon/mining/learningWorker.node';
import { localise, type Message } from '../text/message';
import { type Call, UsageError } from './command';
import { printable } from './display';
import { reasonFor } from './drafts';
import {
  hindrance,
  inWorker,
  optionsOf,
  ProgressBar,
  sayProblems,
  storedAs,
  summaryText,
  wholeNumber,
} from './learning';

type Step = StepTask['step'];

/** Options that each step takes in addition to `out`. */
const OPTIONS: Readonly<Record<Step, readonly string[]>> = {
  map: ['history', 'least'],
  merge: ['size', 'min-documents'],
  count: [],
};
const ALL_OPTIONS = ['history', 'size', 'min-documents', 'memory', 'least'];

/** Whether `word` names a step. */
export function isStep(word: string | undefined): word is Step {
  return word !== undefined && Object.hasOwn(OPTIONS, word);
}

/** Runs the step `step` with `operands`. Returns the exit code. Throws {@link UsageError}. */
export async function takeStep(step: Step, operands: readonly string[], call: Call): Promise<number> {
  const out = call.options.value('out');
  const foreign = ALL_OPTIONS.find((name) => call.options.has(name) && !OPTIONS[step].includes(name));
  if (foreign !== undefined) {
    throw new UsageError({
      en: 'The option --{0} does not belong to “learn {1}”.',
      zh: '“learn {1}”没有选项 --{0}。',
      values: [foreign, step],
    });
  }
  if (out === undefined) {
    throw new UsageError({
      en: '“learn {0}” writes a file: name it with -o.',
      zh: '“learn {0}”的结果要写到文件，请用 -o 给出文件名。',
      values: [step],
    });
  }
  const named = taskOf(step, operands, path.resolve(out), call);
  const say = (message: Message): void => call.terminal.error(`${localise(message, call.locale)}\n`);
  const refuse = (reason: Message): number => {
    call.terminal.error(`${printable(out)}: ${localise(reason, call.locale)}\n`);
    return 2;
  };
  let task: StepTask;
  try {
    task = { ...named, out: await targetOf(named.out) };
  } catch (error) {
    return refuse(reasonFor(error));
  }
  const refused = await hindrance(task.out, OURS, FOREIGN);
  if (refused) return refuse(refused);
  const bar = new ProgressBar(call.terminal, call.locale);
  let result: StepResult;
  try {
    result = await inWorker((worker) => worker.step(task, bar.show));
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error;
    say(error.reason);
    return 2;
  } finally {
    bar.clear();
  }
  return concluded(result, out, call);
}

async function concluded(result: StepResult, out: string, call: Call): Promise<number> {
  const say = (message: Message): void => call.terminal.error(`${localise(message, call.locale)}\n`);
  if (result.step === 'map') {
    sayProblems(result.problems, call);
    if (result.documents === 0) {
      say({ en: 'There is nothing to learn from.', zh: '没有可以学习的文稿。' });
      return 2;
    }
    const values = [printable(out), result.documents];
    say({ en: '{0}: a part of {1} documents.', zh: '{0}：{1} 篇文稿的部分。', values });
    return 0;
  }
  if (result.step === 'count') return 0;
  if ('round' in result) {
    const values = [printable(out), result.round];
    say({
      en: '{0}: a stage (“{1}”). Next: “learn count {0} PART” for each part.',
      zh: '{0}：阶段“{1}”。下一步：对每个部分运行“learn count {0} 部分”。',
      values,
    });
    return 0;
  }
  const { json, summary } = result.result;
  try {
    await replaceFile(out, storedAs(out, json ?? ''));
  } catch (error) {
    call.terminal.error(`${printable(out)}: ${localise(reasonFor(error), call.locale)}\n`);
    return 2;
  }
  sayProblems(summary.problems, call);
  call.terminal.error(summaryText(summary, out, call));
  return 0;
}

function taskOf(step: Step, operands: readonly string[], out: string, call: Call): StepTask {
  const wanted: Readonly<Record<Step, Message>> = {
    map: { en: 'Name the files and folders of the shard.', zh: '请给出分片的文件或文件夹。' },
    merge: {
      en: 'Name all parts; or a stage, and the counts of all parts.',
      zh: '请给出全部部分；或者一个阶段和各部分的统计。',
    },
    count: { en: 'Name a stage and a part.', zh: '请给出一个阶段和一个部分。' },
  };
  const [first, second] = operands;
  if (first === undefined || (step === 'count' && operands.length !== 2)) throw new UsageError(wanted[step]);
  if (step === 'map') {
    const least = wholeNumber('least', call);
    return { step, paths: operands, history: call.options.values('history'), least, out };
  }
  if (step === 'merge') return { step, paths: operands, options: optionsOf(call), out };
  return { step, stage: first, part: second as string, out };
}

/** The first bytes of the output of steps, and of a lexicon. */
const OURS = /^(?:policy-text part |PTLX|\ufeff?\s*\{\s*"format"\s*:)/;
const FOREIGN: Message = {
  en: 'This file was written by another program, so it is not overwritten. Name another file with -o.',
  zh: '这个文件是别的程序写的，没有覆盖。请用 -o 另给一个文件名。',
};

/**
 * The file actually written for `file`: the target of a link, because a step renames its output. Throws a file system
 * error, or {@link NoOrdinaryFile} for a device or a pipe, which renaming would replace.
 */
async function targetOf(file: string): Promise<string> {
  let target: string;
  try {
    target = await fs.realpath(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const link = await fs.readlink(file).catch(() => undefined);
    if (link === undefined) return file;
    // A dangling link is written through, as any program does; a loop has already given ELOOP.
    return targetOf(path.resolve(await fs.realpath(path.dirname(file)), link));
  }
  const there = await fs.stat(target);
  if (!there.isFile() && !there.isDirectory()) throw new NoOrdinaryFile();
  return target;
}
