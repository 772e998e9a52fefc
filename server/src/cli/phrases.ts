/** `policy-text phrases`: the content of a lexicon. */
import { readLexicon } from '../lexicon/model/file.node';
import type { Lexicon, Phrase } from '../lexicon/model/lexicon';
import { LexiconError } from '../lexicon/model/store';
import { localise } from '../text/message';
import { type Command, UsageError } from './command';
import { printable } from './display';
import { reasonFor } from './drafts';
import { phraseTable } from './learning';
import { coloursFor } from './terminal';

export const phrasesCommand: Command = {
  name: 'phrases',
  operands: 'LEXICON',
  summary: { en: 'List the slogans in a lexicon.', zh: '列出词库里的表述。' },
  options: [
    {
      name: 'like',
      value: 'TEXT',
      help: { en: 'only phrases that contain TEXT', zh: '只列含有 TEXT 的表述' },
    },
    {
      name: 'limit',
      value: 'N',
      help: { en: 'at most N phrases (default: all)', zh: '最多列 N 条（默认全部）' },
    },
    {
      name: 'format',
      value: 'text|json',
      choices: ['text', 'json'],
      help: {
        en: 'a table (default), or JSON with neighbours and series',
        zh: '表格（默认），或带前后搭配和系列的 JSON',
      },
    },
  ],
  details: {
    en: 'The most useful come first: long, and in many documents.\nExit code: 0 fine, 1 nothing found, 2 wrong usage or unreadable lexicon.',
    zh: '最有用的在前：篇幅长、出现的文稿多。\n退出码：0 正常，1 没有找到，2 用法有误或词库读不了。',
  },
  async run({ operands, options, terminal, locale }) {
    const [file, extra] = operands;
    if (file === undefined || extra !== undefined) {
      throw new UsageError({ en: 'Name one lexicon.', zh: '请给出一个词库文件。' });
    }
    const limit = limitOf(options.value('limit'));
    let lexicon: Lexicon;
    try {
      lexicon = await readLexicon(file);
    } catch (error) {
      const reason = error instanceof LexiconError ? error.explanation : reasonFor(error);
      terminal.error(`${printable(file)}: ${localise(reason, locale)}\n`);
      return 2;
    }
    const like = options.value('like') ?? '';
    const found = lexicon.phrases.filter(({ text }) => text.includes(like)).slice(0, limit);
    if (options.value('format') === 'json') terminal.out(`${JSON.stringify(found.map(phraseJson), null, 2)}\n`);
    else {
      const rows = found.map(({ text, count, documents }) => [text, count, documents] as const);
      terminal.out(`${phraseTable(rows, coloursFor(terminal, 'output'), locale).join('\n')}\n`);
    }
    return found.length > 0 ? 0 : 1;
  },
};

function limitOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) {
    throw new UsageError({
      en: 'The option --limit needs a whole number from 1 on, not “{0}”.',
      zh: '选项 --limit 要用 1 以上的整数，不能是“{0}”。',
      values: [given],
    });
  }
  return value;
}

/** The JSON form of a phrase. */
function phraseJson({ series, ...phrase }: Phrase) {
  return { ...phrase, ...(series && { series: series.members }) };
}
