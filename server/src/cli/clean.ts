/** `policy-text clean`: repairs damaged text, and converts text between scripts. */
import {
  REPAIR_STEPS,
  type RepairEntry,
  type RepairResult,
  type RepairStep,
  repair,
  repairsDone,
} from '../repair/index';
import { positionAt, splitLines } from '../text/lines';
import { localise, type Message } from '../text/message';
import { convert, TARGET_SCRIPTS } from '../text/script';
import { type Call, type Command, UsageError } from './command';
import { printable, truncate } from './display';
import { Drafts, ENCODING_OPTION, type LoadedDraft } from './drafts';
import { difference, single } from './rewriteDrafts';
import { type Colours, coloursFor } from './terminal';
import { writeDraft } from './write';

/** Targets whose region has vocabulary of its own. */
const WITH_WORDS: readonly string[] = ['taiwan', 'simplified'];
const CONVERTED: Message = { en: 'The script was converted.', zh: '已转换字形。' };

export const cleanCommand: Command = {
  name: 'clean',
  operands: 'FILE…',
  summary: { en: 'Repair damaged or scraped text.', zh: '修复从网页、报纸粘贴来的受损文本。' },
  options: [
    { name: 'write', help: { en: 'change the files themselves', zh: '直接改写文件' } },
    { name: 'diff', help: { en: 'show what would change, as a unified diff', zh: '以 unified diff 显示将要改动之处' } },
    {
      name: 'only',
      value: 'REPAIR',
      repeatable: true,
      help: {
        en: `make only these repairs: ${REPAIR_STEPS.join(', ')}; may be repeated or separated by commas`,
        zh: `只做指定的修复：${REPAIR_STEPS.join('、')}；可多次给出，也可用逗号连写`,
      },
    },
    {
      name: 'no-reflow',
      help: {
        en: 'keep the lines: do not restore paragraphs or join broken lines',
        zh: '保持原有的行：不恢复分段，不合并断行',
      },
    },
    {
      name: 'to',
      value: 'SCRIPT',
      choices: TARGET_SCRIPTS,
      help: {
        en: 'convert the script as well: simplified, traditional, taiwan, hongkong',
        zh: '同时转换字形：simplified 简体、traditional 繁体、taiwan 台湾、hongkong 香港',
      },
    },
    {
      name: 'vocabulary',
      help: {
        en: 'with --to taiwan or simplified: regional words too (软件 軟體)',
        zh: '与 --to taiwan、simplified 连用：词语也按地区习惯转换（软件 軟體）',
      },
    },
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Readings inserted by a site, byte-shift mojibake, half-width marks, newspaper jump lines, web furniture and code,',
      'soft line breaks, no-break blanks, invisible characters, tabs behind numbers, radicals, page numbers and headers,',
      'paragraphs run together, lines broken in mid-sentence, stray blanks. Sound text comes back as it is.',
      'The cleaned text goes to standard output, the report to standard error: what was done, what to check,',
      'what was left and why. --write keeps the encoding, byte order mark and line ends of each file.',
      'Exit code: 0 when the text was written, also with places left alone; 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '修复网站混入的注音、错位乱码、半角标点、报纸转版说明、网页杂项和代码、分段丢失、句中断行、多余空格，',
      '以及软回车、不间断空格、不可见字符、序号后的制表符、部首和兼容汉字、页码和页眉。',
      '没有问题的文本原样输出。修好的文本写到标准输出，报告写到标准错误：做了什么，哪些要核对，哪些没有动、为什么。',
      '--write 保持文件原有的编码、BOM 和换行方式。',
      '退出码：0 文本已写出（包括有的地方没有动），2 用法有误或有文件读不了、写不了。',
    ].join('\n'),
  },
  async run(call) {
    const { options, terminal, locale } = call;
    const only = stepsOf(options.values('only'));
    if (options.has('vocabulary') && !WITH_WORDS.includes(options.value('to') ?? '')) throw noWords();
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const toOutput = !options.has('diff') && !options.has('write');
    const found = drafts.read(call.operands);
    for await (const draft of toOutput ? single(found) : found) {
      const result = repair(draft.text, {
        ...(only && { only }),
        reflow: !options.has('no-reflow'),
        markdown: draft.kind === 'markdown',
      });
      const text = await converted(result.text, call);
      if (toOutput) terminal.out(text);
      if (options.has('diff')) terminal.out(difference(draft.name, draft.text, text, terminal));
      if (options.has('write') && text !== draft.text) {
        await drafts.sweepBeside(draft.name);
        const failure = await writeDraft(draft, text);
        if (failure) {
          drafts.fail(draft.name, failure);
          continue;
        }
      }
      report(draft, result, drafts, call, text !== result.text);
    }
    return drafts.failures > 0 ? 2 : 0;
  },
};

function noWords(): UsageError {
  return new UsageError({
    en: '--vocabulary goes with --to taiwan or --to simplified.',
    zh: '--vocabulary 要与 --to taiwan 或 --to simplified 合用。',
  });
}

/** The repairs named, or undefined for all. Throws {@link UsageError} for an unknown name. */
function stepsOf(values: readonly string[]): RepairStep[] | undefined {
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  if (names.length === 0) return undefined;
  return names.map((name) => {
    const step = REPAIR_STEPS.find((one) => one === name);
    if (step) return step;
    throw new UsageError({
      en: 'Unknown repair “{0}”; choose from {1}.',
      zh: '没有“{0}”这种修复，可选 {1}。',
      values: [name, REPAIR_STEPS.join(' | ')],
    });
  });
}

async function converted(text: string, { options }: Call): Promise<string> {
  const to = TARGET_SCRIPTS.find((target) => target === options.value('to'));
  return to ? convert(text, to, { vocabulary: options.has('vocabulary') }) : text;
}

/** Reports on standard error what was done: a count per repair, and every place to check or left alone. */
function report(
  draft: LoadedDraft,
  { report: entries }: RepairResult,
  drafts: Drafts,
  call: Call,
  isConverted: boolean,
): void {
  if (isConverted) drafts.say(draft.name, CONVERTED);
  if (entries.length === 0) {
    if (!isConverted)
      drafts.say(draft.name, {
        en: 'No garbled text, inserted readings or other damage was found. For punctuation and the like see “policy-text lint”.',
        zh: '没有发现乱码、注音等受损内容。标点等问题请用 policy-text lint 查看。',
      });
    return;
  }
  const { terminal, locale } = call;
  const colours = coloursFor(terminal, 'error');
  const done = repairsDone(entries, locale);
  drafts.say(draft.name, {
    en: done.length > 0 ? `Repaired: ${done.join(', ')}.` : 'Nothing repaired.',
    zh: done.length > 0 ? `已修复：${done.join('，')}。` : '没有改动。',
  });
  const lines = splitLines(draft.text);
  for (const entry of entries) {
    if (entry.status === 'done') continue;
    const { line, character } = positionAt(lines, entry.offset);
    terminal.error(`  ${colours.dim(`${line + 1}:${character + 1}`)}  ${described(entry, call, colours)}\n`);
  }
}

function described(entry: RepairEntry, { locale }: Call, colours: Colours): string {
  const show = (text: string) => truncate(printable(text.replace(/\s+/g, ' ')), 40);
  const label =
    entry.status === 'check'
      ? colours.yellow(localise({ en: 'check', zh: '请核对' }, locale))
      : colours.red(localise({ en: 'left', zh: '未改动' }, locale));
  const change = entry.status === 'check' ? `${show(entry.before)} → ${show(entry.after)}` : show(entry.before);
  const others = (entry.candidates ?? []).filter((one) => one !== entry.after).map(show);
  const or =
    others.length > 0 ? localise({ en: ' (or {0})', zh: '（或：{0}）', values: [others.join(' | ')] }, locale) : '';
  const note = entry.note ? `  ${colours.dim(localise(entry.note, locale))}` : '';
  return `${label}  ${change}${or}${note}`;
}
