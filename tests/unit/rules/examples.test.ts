import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { fixAll } from '../../../server/src/rules/fixes';
import { rules } from '../../../server/src/rules/index';
import { type LintConfiguration, lint } from '../../../server/src/rules/lint';
import type { Rule } from '../../../server/src/rules/rule';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';

/** The lexicon for the rules about slogans: the shipped one. */
const lexicon = loadLexicon(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/lexicon.json'), 'utf8'));

/** The spelling model. */
const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);

/** Removes ⟦ and ⟧ from `drawn`; returns the text and the ranges they enclosed. */
function undraw(drawn: string): { text: string; ranges: [number, number][] } {
  const ranges: [number, number][] = [];
  let text = '';
  for (const character of drawn) {
    if (character === '⟦') ranges.push([text.length, -1]);
    else if (character === '⟧') ranges[ranges.length - 1]![1] = text.length;
    else text += character;
  }
  return { text, ranges };
}

/** Draws the ranges of `results` into `text`, so that a failure shows the place. */
function draw(text: string, results: readonly { start: number; end: number }[]): string {
  let drawn = '';
  let at = 0;
  for (const { start, end } of results) {
    drawn += `${text.slice(at, start)}⟦${text.slice(start, end)}⟧`;
    at = end;
  }
  return drawn + text.slice(at);
}

/** Everything off but `rule`. */
function only(rule: Rule): LintConfiguration {
  const off = rules.map((each) => [each.id, each === rule ? {} : ('off' as const)] as const);
  return { rules: Object.fromEntries(off) };
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const configuration = only(rule);

  it.each(rule.examples.flagged)('finds $text', (example) => {
    const { text } = undraw(example.text);
    const results = lint(analyse(text, example.kind), configuration, lexicon, spelling);
    expect(draw(text, results)).toBe(example.text);
    const { text: fixed } = fixAll(text, example.kind ?? 'policytext', { configuration, lexicon, spelling });
    expect(fixed).toBe(example.fixed ?? text);
    expect(fixAll(fixed, example.kind ?? 'policytext', { configuration, lexicon, spelling })).toEqual({
      text: fixed,
      applied: 0,
    });
  });

  it.each(rule.examples.clean)('allows $text', ({ text, kind }) => {
    expect(draw(text, lint(analyse(text, kind), configuration, lexicon, spelling))).toBe(text);
  });

  it('explains itself', () => {
    expect(rule.id).toMatch(/^[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+$/);
    for (const words of [rule.title, rule.reason]) {
      expect(words.en).toMatch(/\w/);
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(rule.examples.flagged.length).toBeGreaterThan(0);
    expect(rule.examples.clean.length).toBeGreaterThan(0);
    expect(rule.examples.flagged.some((example) => example.fixed !== undefined)).toBe(rule.safeFix);
  });
});

it('gives every rule an id of its own', () => {
  const names = rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
});
