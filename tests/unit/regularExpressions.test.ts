/**
 * No regular expression of this project takes more than linear time, whatever the text: a writer's paste must not hang the
 * server. Those written out are found in the sources, those put together are caught while the modules are loaded; scslre
 * (the analysis behind eslint-plugin-regexp's no-super-linear-backtracking and -move) looks at each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyse } from 'scslre';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

interface Expression {
  readonly source: string;
  readonly flags: string;
  readonly where: string;
}

/** The entry points, which would start, and modules that only Node loads. */
const NOT_IMPORTED = /cli[\\/]main|lsp[\\/]|\.node\.ts$|(?:node|browser|webFiles)\.ts$/;
const FOLDERS = ['server/src', 'client/src'];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name)),
);

/** The examined properties of a node of the syntax tree. */
interface Node {
  readonly type?: string;
  readonly start?: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: { readonly name?: string };
}

/** The literals in `file`, and the number of expressions constructed in it. */
function expressionsIn(file: string): { literals: Expression[]; made: number } {
  const literals: Expression[] = [];
  let made = 0;
  const text = readFileSync(file, 'utf8');
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, regex, start, callee } = node as Node;
    if (type === 'Literal' && regex) {
      const { pattern: source, flags } = regex;
      literals.push({ source, flags, where: `${file}:${text.slice(0, start).split('\n').length}` });
    }
    if (/^(?:New|Call)Expression$/.test(type ?? '') && callee?.name === 'RegExp') made++;
    Object.values(node).forEach(visit);
  };
  visit(parseAst(text, { lang: 'ts' }, file));
  return { literals, made };
}

/** Why `expression` takes more than linear time; undefined if it does not. */
function trouble({ source, flags, where }: Expression): string | undefined {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  if (reports.length === 0) return undefined;
  const kinds = reports.map(({ type, exponential }) => (exponential ? `${type}, exponential` : type));
  return `${where} /${source}/${flags}: ${[...new Set(kinds)].join('; ')}`;
}

const found = sources.map(expressionsIn);
const literals = found.flatMap((one) => one.literals);

describe('every regular expression', () => {
  it('that is written out is linear', () => {
    expect(literals.length).toBeGreaterThan(250);
    const problems = literals.map(trouble).filter(Boolean);
    expect(problems, problems.join('\n')).toEqual([]);
  });

  describe('that is put together', () => {
    const made: Expression[] = [];
    beforeAll(async () => {
      const Native = globalThis.RegExp;
      globalThis.RegExp = new Proxy(Native, {
        construct(target, args, newTarget) {
          const expression = Reflect.construct(target, args, newTarget) as RegExp;
          const caller = new Error().stack?.split('\n').find((line) => /[\\/]server[\\/]src[\\/]/.test(line));
          if (caller) made.push({ source: expression.source, flags: expression.flags, where: caller.trim() });
          return expression;
        },
      });
      try {
        const modules = sources.filter((file) => file.startsWith('server') && !NOT_IMPORTED.test(file));
        for (const file of modules) await import(pathToFileURL(path.resolve(file)).href);
      } finally {
        globalThis.RegExp = Native;
      }
    }, 60_000);

    it('is linear', () => {
      const wanted = found.reduce((sum, one, at) => sum + (NOT_IMPORTED.test(sources[at] ?? '') ? 0 : one.made), 0);
      expect(wanted).toBeGreaterThan(10);
      // Each place has been seen at least once.
      expect(new Set(made.map(({ where }) => where)).size).toBeGreaterThanOrEqual(wanted);
      expect(made.map(trouble).filter(Boolean)).toEqual([]);
    });
  });

  it('that is not linear would be seen', () => {
    for (const bad of [/^(\w+)*$/, /\s+$/, /[a-z]+\d*[a-z]+;/, /(?:a|ab)+b+c/])
      expect(trouble({ source: bad.source, flags: bad.flags, where: 'here' })).toContain('here');
    expect(trouble({ source: '^\\s+', flags: '', where: 'here' })).toBeUndefined();
  });
});
