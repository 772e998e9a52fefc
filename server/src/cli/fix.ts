/** `policy-text fix`: makes the fixes that never change meaning. */
import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';
import { fixAll } from '../rules/fixes';
import type { Message } from '../text/message';
import { type Call, type Command, UsageError } from './command';
import { Configurations } from './configuration';
import { type Draft, Drafts, ENCODING_OPTION } from './drafts';
import { LEXICON_OPTIONS, lexiconOf } from './lexicon';
import { configurationOf, RULE_OPTION } from './lint';
import { coloursFor, type Terminal } from './terminal';
import { writeDraft } from './write';

export const fixCommand: Command = {
  name: 'fix',
  operands: 'PATH…',
  summary: { en: 'Mend what has one safe answer.', zh: '自动改正有唯一稳妥改法的问题。' },
  options: [
    {
      name: 'diff',
      help: { en: 'show what would change, as a unified diff', zh: '以 unified diff 显示将要改动之处' },
    },
    { name: 'write', help: { en: 'change the files themselves', zh: '直接改写文件' } },
    RULE_OPTION,
    ...LEXICON_OPTIONS,
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Makes only fixes that never change meaning; what is left is for “policy-text lint” and for you.',
      'With neither --diff nor --write the mended text of one draft goes to standard output.',
      '--write keeps the encoding, the byte order mark and the line ends of each file.',
      'Exit code: 0 fine, also where nothing needed mending; 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '只做不改变文意的改动；其余问题请用 policy-text lint 查看，自行定夺。',
      '不带 --diff、--write 时，把一份文稿改好的全文写到标准输出。',
      '--write 保持文件原有的编码、BOM 和换行方式。',
      '退出码：0 正常（包括无需改动），2 用法有误或有文件读不了、写不了。',
    ].join('\n'),
  },
  async run(call) {
    const { options, terminal, locale } = call;
    const fromOptions = configurationOf(call);
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const configurations = new Configurations(fromOptions, drafts);
    const toOutput = !options.has('diff') && !options.has('write');
    const lexicon = await lexiconOf(call);
    const all: Draft[] = [];
    for await (const draft of drafts.read(call.operands)) all.push(draft);
    if (toOutput && all.length > 1) throw onlyOne();
    for (const draft of all) {
      const { text, applied } = fixAll(draft.text, draft.kind, await configurations.for(draft.name), lexicon);
      if (toOutput) terminal.out(text);
      if (options.has('diff')) terminal.out(difference(draft.name, draft.text, text, terminal));
      if (options.has('write') && text !== draft.text) {
        const failure = await writeDraft(draft, text);
        if (failure) {
          drafts.fail(draft.name, failure);
          continue;
        }
      }
      if (applied > 0 || toOutput) drafts.say(draft.name, report(applied, call));
    }
    return drafts.failures > 0 ? 2 : 0;
  },
};

function report(applied: number, { options }: Call): Message {
  const values = [applied];
  const places = applied === 1 ? '1 place' : `${applied} places`;
  if (options.has('write')) return { en: `${places} mended.`, zh: '已改正 {0} 处。', values };
  if (options.has('diff')) return { en: `${places} can be mended.`, zh: '可改正 {0} 处。', values };
  return { en: `${places} mended in the output.`, zh: '输出的文本已改正 {0} 处。', values };
}

function onlyOne(): UsageError {
  return new UsageError({
    en: 'Only one draft can go to standard output; use --write or --diff for several.',
    zh: '标准输出只能写一份文稿；多份文稿请用 --write 或 --diff。',
  });
}

/** What changed, as a unified diff; empty where nothing did. */
export function difference(name: string, before: string, after: string, terminal: Terminal): string {
  if (before === after) return '';
  const colours = coloursFor(terminal, 'output');
  // The library writes Chinese names in octal, as git does; `patch` and `git apply` take them as they are, too, with a
  // tab behind a name that has blanks.
  const tab = /\s/.test(name) ? '\t' : '';
  const head = [`--- a/${name}${tab}`, `+++ b/${name}${tab}`].map((line) => colours.bold(line));
  const patch = structuredPatch(name, name, before, after, undefined, undefined, { context: 1 });
  const body = formatPatch(patch, OMIT_HEADERS)
    .split('\n')
    .map((line) => {
      if (line.startsWith('@@')) return colours.cyan(line);
      if (line.startsWith('-')) return colours.red(line);
      return line.startsWith('+') ? colours.green(line) : line;
    });
  return [...head, ...body].join('\n');
}
