/** Parses the arguments, finds the command, runs it. */
import { type Locale, localeFrom, localise, type Message } from '../text/message';
import { readArguments, UsageError, unknownOption } from './command';
import { commands } from './commands';
import { commandHelp, GLOBAL_OPTIONS, generalHelp } from './help';
import type { Terminal } from './terminal';
import { version } from './version';

/** Runs `policy-text` with `args` (without node and script). Returns the exit code; never throws for invalid usage. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const locale = localeOf(args, terminal);
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--lang');
  const name = at < 0 ? undefined : args[at];
  const command = commands.find((candidate) => candidate.name === name);
  try {
    const { options: before } = readArguments(at < 0 ? args : args.slice(0, at), GLOBAL_OPTIONS);
    if (before.has('version')) return printed(terminal, versionLine());
    if (name === 'help') return help(args[at + 1], terminal, locale);
    if (before.has('help')) return help(name, terminal, locale);
    if (name === undefined) {
      terminal.error(generalHelp(commands, locale));
      return 2;
    }
    if (!command) throw unknownCommand(name);
    const rest = readArguments(args.slice(at + 1), [...command.options, ...GLOBAL_OPTIONS]);
    if (rest.options.has('help')) return printed(terminal, commandHelp(command, locale));
    if (rest.options.has('version')) return printed(terminal, versionLine());
    return await command.run({ ...rest, terminal, locale });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const hint: Message = {
      en: 'See “policy-text {0}--help”.',
      zh: '用法见 policy-text {0}--help。',
      values: [command ? `${command.name} ` : ''],
    };
    terminal.error(`policy-text: ${localise(error.explanation, locale)} ${localise(hint, locale)}\n`);
    return 2;
  }
}

function help(name: string | undefined, terminal: Terminal, locale: Locale): number {
  if (name === undefined) return printed(terminal, generalHelp(commands, locale));
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw name.startsWith('-') ? unknownOption(name) : unknownCommand(name);
  return printed(terminal, commandHelp(command, locale));
}

function printed(terminal: Terminal, text: string): number {
  terminal.out(text);
  return 0;
}

function versionLine(): string {
  return `policy-text ${version()}\n`;
}

/** Determined first, so that errors about the other arguments are in the requested language. */
export function localeOf(args: readonly string[], terminal: Terminal): Locale {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]?.slice('--lang='.length);
  const { LC_ALL, LC_MESSAGES, LANG } = terminal.environment;
  return localeFrom(asked ?? (LC_ALL || LC_MESSAGES || LANG));
}

function unknownCommand(name: string): UsageError {
  return new UsageError({
    en: 'Unknown command “{0}”; the commands are {1}.',
    zh: '没有命令“{0}”，可用的命令有 {1}。',
    values: [name, commands.map((command) => command.name).join(', ')],
  });
}
