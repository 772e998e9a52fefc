import { describe, expect, it } from 'vitest';
import { commands } from '../../../server/src/cli/commands';
import { displayWidth } from '../../../server/src/cli/display';
import { policyText } from './fakeTerminal';

describe('help and version', () => {
  it('lists every command, in the language of the environment', async () => {
    const english = await policyText(['--help']);
    expect(english).toMatchObject({ code: 0, error: '' });
    expect(english.out).toContain('Usage: policy-text COMMAND');
    for (const { name } of commands) expect(english.out).toContain(`\n  ${name} `);
    const chinese = await policyText(['-h'], { environment: { LC_ALL: 'zh_CN.UTF-8', LANG: 'C' } });
    expect(chinese.out).toContain('用法');
  });

  it.each(commands.map(({ name }) => name))('describes %s and each of its options', async (name) => {
    for (const args of [
      [name, '--help'],
      ['help', name],
      ['--help', name],
      [name, 'x.txt', '-h'],
    ]) {
      const { code, out } = await policyText(args);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: policy-text ${name}`);
      for (const option of commands.find((command) => command.name === name)?.options ?? []) {
        expect(out).toContain(`--${option.name}`);
      }
    }
  });

  it('aligns its columns under Chinese', async () => {
    const { out } = await policyText(['lint', '--help', '--lang', 'zh']);
    const rows = out.split('\n').filter((row) => /^ {2}-/.test(row));
    expect(rows.length).toBeGreaterThan(5);
    const columns = rows.map((row) => displayWidth(row.replace(/(?<=\S {2,})\S.*$/, '')));
    expect(new Set(columns).size).toBe(1);
  });

  it('tells the version', async () => {
    expect((await policyText(['--version'])).out).toMatch(/^policy-text \d+\.\d+\.\d+\n$/);
    expect((await policyText(['lint', '--version'])).out).toMatch(/^policy-text /);
  });
});

describe('wrong usage ends with 2 and one line on standard error', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['polish'], /Unknown command “polish”/],
    ['an unknown option', ['lint', '--polish', 'x.txt'], /Unknown option --polish/],
    ['an unknown short option', ['lint', '-z', 'x.txt'], /Unknown option -z/],
    ['an unknown option before the command', ['--polish', 'lint'], /Unknown option --polish/],
    ['a missing value', ['lint', '--format'], /--format needs a value/],
    ['a value where there is none', ['lint', '--help=yes'], /--help takes no value/],
    ['a wrong choice', ['lint', '--format', 'xml', 'x.txt'], /--format cannot be “xml”/],
    ['a wrong language', ['--lang', 'fr', 'lint'], /--lang cannot be “fr”/],
    ['no operand', ['outline'], /Name a file/],
    ['an unknown encoding', ['lint', '--encoding', 'klingon', '-'], /Unknown encoding “klingon”/],
    ['an unknown rule', ['lint', '--rule', 'no.such=off', '-'], /Unknown rule “no\.such”/],
    ['a malformed rule', ['lint', '--rule', 'numbering.gap', '-'], /--rule ID=SEVERITY/],
    ['an unknown severity', ['lint', '--rule', 'numbering.gap=loud', '-'], /--rule ID=SEVERITY/],
  ])('%s', async (_what, args, message) => {
    const { code, out, error } = await policyText(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(message);
    expect(error.trim().split('\n')).toHaveLength(1);
  });

  it('no command at all: the help, on standard error', async () => {
    const { code, out, error } = await policyText([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('Usage');
  });

  it('complains in the language asked for', async () => {
    expect((await policyText(['polish', '--lang=zh'])).error).toContain('没有命令“polish”');
  });
});
