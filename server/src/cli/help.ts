/** Help pages, generated from the descriptions of the commands. */
import { type Locale, localise, type Message } from '../text/message';
import type { Command, Option } from './command';
import { displayWidth } from './display';

/** Options that every command has. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  {
    name: 'lang',
    value: 'zh|en',
    choices: ['zh', 'en', 'zh-cn', 'zh-tw'],
    help: { en: 'language of messages (default: from LC_ALL or LANG)', zh: '提示语言（默认取自 LC_ALL 或 LANG）' },
  },
  { name: 'help', short: 'h', help: { en: 'show this help', zh: '显示本帮助' } },
  { name: 'version', short: 'V', help: { en: 'show the version', zh: '显示版本号' } },
];

const USAGE: Message = { en: 'Usage: ', zh: '用法：' };
const COMMANDS: Message = { en: 'Commands:', zh: '命令：' };
const OPTIONS: Message = { en: 'Options:', zh: '选项：' };
const COMMAND_WORD: Message = { en: 'COMMAND', zh: '命令' };
const REST_WORD: Message = { en: '[options] …', zh: '[选项] …' };
const OPTIONS_WORD: Message = { en: '[options]', zh: '[选项]' };
const INTRODUCTION: Message = {
  en: 'Reads the structure of Chinese policy texts and checks it.',
  zh: '读懂中文政策文稿的结构，检查序号、标题和待补内容。',
};
const EXIT_CODES: Message = {
  en: [
    'Exit code: 0 fine; 1 lint has findings, phrases has found nothing; 2 wrong usage, or something could not be read or',
    'written. What could not is named on standard error, the rest is done.',
  ].join('\n'),
  zh: [
    '退出码：0 正常；1 lint 有问题，phrases 没有找到；2 用法有误，或者有文件读不了、写不了。',
    '读写不了的文件在标准错误里列出，其余照常处理。',
  ].join('\n'),
};
const MORE: Message = {
  en: 'See “policy-text COMMAND --help” for details of a command.',
  zh: '运行“policy-text 命令 --help”查看某个命令的详细用法。',
};

/** The page shown by `policy-text --help`. */
export function generalHelp(commands: readonly Command[], locale: Locale): string {
  const say = (message: Message) => localise(message, locale);
  return [
    say(INTRODUCTION),
    '',
    `${say(USAGE)}policy-text ${say(COMMAND_WORD)} ${say(REST_WORD)}`,
    '',
    say(COMMANDS),
    ...table(commands.map((command) => [`${command.name} ${command.operands}`, say(command.summary)])),
    '',
    say(OPTIONS),
    ...optionTable(GLOBAL_OPTIONS, locale),
    '',
    say(EXIT_CODES),
    say(MORE),
    '',
  ].join('\n');
}

/** The page shown by `policy-text COMMAND --help`. */
export function commandHelp(command: Command, locale: Locale): string {
  const say = (message: Message) => localise(message, locale);
  return [
    say(command.summary),
    '',
    `${say(USAGE)}policy-text ${command.name} ${say(OPTIONS_WORD)} ${command.operands}`,
    '',
    say(OPTIONS),
    ...optionTable([...command.options, ...GLOBAL_OPTIONS], locale),
    '',
    say(command.details),
    '',
  ].join('\n');
}

function optionTable(options: readonly Option[], locale: Locale): string[] {
  return table(
    options.map(({ name, short, value, help }) => [
      `${short ? `-${short}, ` : ''}--${name}${value === undefined ? '' : ` ${value}`}`,
      localise(help, locale),
    ]),
  );
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => displayWidth(name)));
  return rows.map(([name, text]) => `  ${name}${' '.repeat(width - displayWidth(name) + 2)}${text}`);
}
