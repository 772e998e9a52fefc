/** Commands of the command line, and argument parsing. */
import { parseArgs } from 'node:util';
import type { Locale, Message } from '../text/message';
import type { Terminal } from './terminal';

/** An option of a command: a switch, or, if `value` is set, an option with a value. */
export interface Option {
  readonly name: string;
  readonly short?: string;
  /** Placeholder for the value in the help, `NAME`. Absent for a switch. */
  readonly value?: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** Whether the option may be given several times. */
  readonly repeatable?: boolean;
  readonly help: Message;
}

/** A command. One file each, listed in commands.ts. */
export interface Command {
  readonly name: string;
  readonly summary: Message;
  /** Operands in the usage line, after the options: `FILE…`. */
  readonly operands: string;
  readonly options: readonly Option[];
  /** Further text for the help page: output, exit codes, examples. */
  readonly details: Message;
  /** Runs the command and returns the exit code: 0 fine, 1 findings, 2 unreadable input. Throws {@link UsageError}. */
  run(call: Call): Promise<number>;
}

/** One invocation of a command with its parsed arguments. */
export interface Call {
  readonly operands: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  readonly locale: Locale;
}

/** Invalid arguments; ends the run with exit code 2. */
export class UsageError extends Error {
  constructor(readonly explanation: Message) {
    super(explanation.en);
    this.name = 'UsageError';
  }
}

/** The options of one invocation. */
export class Options {
  constructor(private readonly given: ReadonlyMap<string, readonly string[]>) {}

  has(name: string): boolean {
    return this.given.has(name);
  }

  /** The last value given. */
  value(name: string): string | undefined {
    return this.given.get(name)?.at(-1);
  }

  /** All values given, in order. */
  values(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }
}

/** Parses `args` with the `known` options. Throws {@link UsageError} for anything they do not allow. */
export function readArguments(
  args: readonly string[],
  known: readonly Option[],
): { operands: string[]; options: Options } {
  const byName = new Map(known.map((option) => [option.name, option]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      known.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short && { short }) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    if (!option) throw unknownOption(token.rawName);
    given.set(option.name, [...(given.get(option.name) ?? []), checkedValue(option, token.value)]);
  }
  return { operands, options: new Options(given) };
}

function checkedValue(option: Option, value: string | undefined): string {
  const shown = `--${option.name}`;
  if (option.value === undefined) {
    if (value === undefined) return '';
    throw new UsageError({
      en: 'The option {0} takes no value.',
      zh: '选项 {0} 后面不需要值。',
      values: [shown],
    });
  }
  if (value === undefined) {
    throw new UsageError({
      en: 'The option {0} needs a value: {0} {1}.',
      zh: '选项 {0} 缺少值，应写作 {0} {1}。',
      values: [shown, option.value],
    });
  }
  if (option.choices && !option.choices.includes(value)) {
    throw new UsageError({
      en: 'The option {0} cannot be “{1}”; choose one of {2}.',
      zh: '选项 {0} 不能是“{1}”，可选 {2}。',
      values: [shown, value, option.choices.join(' | ')],
    });
  }
  return value;
}

export function unknownOption(name: string): UsageError {
  return new UsageError({ en: 'Unknown option {0}.', zh: '没有选项 {0}。', values: [name] });
}
