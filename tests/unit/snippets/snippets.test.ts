import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';

interface Snippet {
  readonly prefix: string;
  readonly isFileTemplate?: boolean;
  readonly description: string;
  readonly body: readonly string[];
}

const FILE = `${import.meta.dirname}/../../../snippets/policytext.json`;
const snippets = Object.entries(JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Snippet>);
const templates = snippets.filter(([, { isFileTemplate }]) => isFileTemplate);

/** The text of a snippet before anything is filled in, and its gaps. */
function expand(body: readonly string[]): { text: string; gaps: string[] } {
  const defaults = new Map<string, string>();
  const gaps: string[] = [];
  let text = '';
  let at = 0;
  const source = body.join('\n');
  for (const match of source.matchAll(/\$\{(\d+)(?::([^}]*))?\}|\$\{CURRENT_YEAR\}|\$0/g)) {
    text += source.slice(at, match.index);
    at = match.index + match[0].length;
    const [whole, number, words] = match;
    if (whole === '$0') continue;
    if (number === undefined) {
      text += '2026';
      continue;
    }
    if (words !== undefined) defaults.set(number, words);
    const gap = defaults.get(number);
    if (gap === undefined) throw new Error(`${whole} stands before its words`);
    gaps.push(`${text.length} ${gap}`);
    text += gap;
  }
  return { text: text + source.slice(at), gaps };
}

describe('snippets', () => {
  it('have a skeleton for each kind of document', () => {
    const kinds =
      '讲话 决定 决议 意见 通知 实施方案 工作报告 会议纪要 总结 批复 函 请示 ' +
      '通报 公告 通告 报告 主持词 汇报材料 调研报告 述职报告 致辞 简报 提案 方案';
    expect(templates.map(([name]) => name)).toEqual(kinds.split(' '));
  });

  it('are told apart by their prefixes, which are typed on a keyboard', () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const prefix of prefixes) expect(prefix).toMatch(/^[a-z]+(?:-[a-z]+)?$/);
  });

  test.each(snippets)('%s leaves only gaps that the linter finds', (_, { body }) => {
    const { text, gaps } = expand(body);
    const analysis = analyse(text);
    expect(analysis.placeholders.map((gap) => `${gap.start} ${gap.text}`)).toEqual(gaps);
    const others = lint(analysis, { rules: {} }).filter(({ rule }) => rule.id !== 'placeholder.unresolved');
    expect(others.map(({ rule, start, end }) => `${rule.id} ${text.slice(start, end)}`)).toEqual([]);
  });

  test.each(templates)('%s has a title and an outline', (name, { body }) => {
    const { text } = expand(body);
    const { headings } = analyse(text);
    expect(headings[0]?.kind).toBe('title');
    // A resolution and an address are not numbered.
    if (name !== '决议' && name !== '致辞') expect(headings.filter(({ marker }) => marker).length).toBeGreaterThan(1);
  });
});
