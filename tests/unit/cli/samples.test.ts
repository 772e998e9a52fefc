import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { rules } from '../../../server/src/rules/index';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { MarkerFamily } from '../../../server/src/structure/analysis';

const folder = path.join(import.meta.dirname, '../../../corpus/samples');
const lexicon = loadLexicon(fs.readFileSync(path.join(folder, '../lexicon.json'), 'utf8'));
const readme = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');

/** The errors in each sample according to the README: `line rule`. */
const planted = new Map(
  readme
    .split(/^## /m)
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf('\n')).trim(),
      [...section.matchAll(/^\| (\d+) \| `([\w.-]+)` \|/gm)].map(([, line, rule]) => `${line} ${rule}`),
    ]),
);
const known = new Set(rules.map((rule) => rule.id));
const analysisOf = (name: string) => {
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  return analyse(text, name.endsWith('.md') ? 'markdown' : 'policytext');
};

it('the README lists every sample', () => {
  const files = fs.readdirSync(folder).filter((name) => name !== 'README.md');
  expect([...planted.keys()].sort()).toEqual(files.sort());
  expect(files.length).toBeGreaterThanOrEqual(8);
});

it('between them the samples use every usual family of markers', () => {
  const used = new Set([...planted.keys()].flatMap((name) => analysisOf(name).lists.map((list) => list.family)));
  const usual: MarkerFamily[] = [
    ...(['chapter', 'article', 'chinese', 'chineseBracket', 'arabic', 'arabicBracket', 'circled'] as const),
    ...(['roman', 'stem', 'decimal', 'ordinal', 'sequence', 'yishi'] as const),
  ];
  expect(usual.filter((family) => !used.has(family))).toEqual([]);
});

describe.each([...planted.keys()])('%s', (name) => {
  const analysis = analysisOf(name);
  const findings = lint(analysis, undefined, lexicon);
  const found = findings.map(({ start, rule }) => `${analysis.lines.lineAt(start) + 1} ${rule.id}`);
  const expected = planted.get(name) ?? [];

  it.each(expected)('%s is found', (place) => {
    if (known.has(place.split(' ')[1] as string)) expect(found).toContain(place);
  });

  it('has no other finding that weighs', () => {
    const weighty = found.filter((_, index) => ['error', 'warning'].includes(findings[index]?.severity ?? ''));
    expect(weighty.filter((place) => !expected.includes(place))).toEqual([]);
  });

  if (expected.length === 0) {
    it('is sound: nothing is found at all', () => {
      expect(found).toEqual([]);
    });
  }
});
