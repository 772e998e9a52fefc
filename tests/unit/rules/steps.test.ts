/**
 * No step of a lint visits a whole long text: counted in lines, headings and markers visited between two yields, since a
 * busy machine changes every duration.
 */
import fs from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { rules } from '../../../server/src/rules';
import { lintIncremental } from '../../../server/src/rules/lint';
import type { LineRule } from '../../../server/src/rules/rule';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';

const lexicon = loadLexicon(fs.readFileSync('corpus/lexicon.json', 'utf8'));

/** Number of lines, headings and so on that are visited in a few milliseconds. */
const MOST = 7_500;
const SECTIONS = 5_000;

/** `analysis` with a count of the lines, headings and markers that its users visit. */
function counting(analysis: Analysis): { counted: Analysis; visits: { count: number } } {
  const visits = { count: 0 };
  const watched = <Item>(items: readonly Item[]): readonly Item[] =>
    new Proxy(items, {
      get(target, key) {
        if (typeof key === 'string' && key >= '0' && key < ':') visits.count++;
        return Reflect.get(target, key);
      },
    });
  for (const list of [...analysis.lists, ...analysis.enumerations.map((one) => one.list)])
    Object.assign(list, { markers: watched(list.markers) });
  const { lines } = analysis;
  const counted: Analysis = {
    ...Object.fromEntries(['text', 'kind', 'columns', 'signs'].map((key) => [key, analysis[key as keyof Analysis]])),
    lines: {
      count: lines.count,
      lineAt: (offset: number) => lines.lineAt(offset),
      start(line: number) {
        visits.count++;
        return lines.start(line);
      },
      end: (line: number) => lines.end(line),
    },
    ...Object.fromEntries(
      (['records', 'blocks', 'sections', 'headings', 'lists', 'enumerations', 'placeholders'] as const).map((key) => [
        key,
        watched<unknown>(analysis[key]),
      ]),
    ),
  } as Analysis;
  return { counted, visits };
}

/** The numbers of visits of the longest steps, by the rule that took them; the limit for all others. */
function longestSteps(text: string): Record<string, number> {
  const { counted, visits } = counting(analyse(text));
  let running = 'before all rules';
  for (const rule of rules) {
    const during = (part: string) => () => {
      running = `${rule.id}: ${part}`;
    };
    if (rule.scope === 'document') called(rule, 'check', during('check'));
    else if (rule.finalize) called(rule as Required<LineRule>, 'finalize', during('finalize'));
    if (rule.prepare) called(rule as Required<LineRule>, 'prepare', during('prepare'));
  }
  const longest: Record<string, number> = {};
  const steps = lintIncremental(counted, { rules: {} }, lexicon);
  for (let done: boolean | undefined = false; !done; ) {
    visits.count = 0;
    ({ done } = steps.next());
    if (visits.count > (longest[running] ?? MOST)) longest[running] = visits.count;
  }
  return longest;
}

/** Calls `before` before every call of the function `name` of `owner`. */
function called<Owner extends object, Name extends keyof Owner>(owner: Owner, name: Name, before: () => void): void {
  const original = owner[name] as (...values: unknown[]) => unknown;
  vi.spyOn(owner, name as never).mockImplementation(((...values: unknown[]) => {
    before();
    return original.apply(owner, values);
  }) as never);
}

afterEach(() => vi.restoreAllMocks());

it('a text of many sections is visited in many steps', () => {
  const section = (at: number) =>
    `${at + 1}．抓好第${at + 1}批建设\n　　各县区要压实责任；一是修渠，二是植树，三是铺路。`;
  expect(longestSteps(Array.from({ length: SECTIONS }, (_, at) => section(at)).join('\n'))).toEqual({});
});
