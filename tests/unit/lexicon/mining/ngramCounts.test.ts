/** N-grams of documents: all that two of them share, or the most frequent if there are too many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTexts } from '../../../../server/src/lexicon/mining/corpus';
import { commonPrefixes } from '../../../../server/src/lexicon/mining/lcp';
import {
  NgramCounts,
  type NgramTree,
  type RunSource,
  runsOf,
  type Weighting,
} from '../../../../server/src/lexicon/mining/ngramCounts';
import { suffixArray } from '../../../../server/src/lexicon/mining/suffixArray';

const ORDER = 4;
const texts = fc.array(
  fc.array(fc.constantFrom('统', '筹', '水', '渠', '，', '\0'), { maxLength: 20 }).map((units) => units.join('')),
  { minLength: 2, maxLength: 6 },
);

function runsIn(all: readonly string[]): RunSource {
  const { text, documents } = joinTexts(all, [...all.keys()], new Map());
  const suffixes = suffixArray(text);
  return runsOf(text, suffixes, commonPrefixes(text, suffixes), (place) => documents.documentOf(place));
}

/** All n-grams in two documents of a weight above 0, by brute force. */
function expected(all: readonly string[], weightOf: Weighting): Map<string, number> {
  const counts = new Map<string, { count: number; documents: Set<number> }>();
  all.forEach((text, document) => {
    if (weightOf(document) === 0) return;
    for (const line of text.split('\0')) {
      for (let start = 0; start < line.length; start++) {
        for (let size = 1; size <= ORDER && start + size <= line.length; size++) {
          const key = line.slice(start, start + size);
          const known = counts.get(key) ?? { count: 0, documents: new Set() };
          known.count += weightOf(document);
          known.documents.add(document);
          counts.set(key, known);
        }
      }
    }
  });
  return new Map([...counts].flatMap(([key, { count, documents }]) => (documents.size > 1 ? [[key, count]] : [])));
}

function entriesOf(tree: NgramTree): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (node: number, text: string): void => {
    for (let child = tree.firstChild[node] as number; child < (tree.firstChild[node + 1] as number); child++) {
      const longer = text + String.fromCharCode(tree.units[child] as number);
      found.set(longer, tree.counts[child] as number);
      walk(child, longer);
    }
  };
  walk(0, '');
  return found;
}

/** Those with the smallest count such that at most `most` have it or more. */
function mostFrequent(all: Map<string, number>, most: number): Map<string, number> {
  const least = [...new Set(all.values())]
    .sort((a, b) => a - b)
    .find((count) => [...all.values()].filter((other) => other >= count).length <= most);
  return new Map([...all].filter(([, count]) => least !== undefined && count >= least));
}

describe('n-grams', () => {
  it('are all that two documents share, with each weighting', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const counts = new NgramCounts(runsIn(all), ORDER);
        const without: Weighting = (document) => (document === 0 ? 0 : 1 + (document % 3));
        const weightOf: Weighting = (document) => 1 + (document % 3);
        expect(entriesOf(counts.of(without, weightOf))).toEqual(expected(all, without));
        expect(entriesOf(counts.of(weightOf))).toEqual(expected(all, weightOf));
      }),
      { numRuns: 150 },
    );
  });

  it('are the most frequent if there are too many, and the runs are gone through three times for two weightings', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 6 }), (all, most) => {
        const without: Weighting = (document) => (document === 0 ? 0 : 1);
        const weightOf: Weighting = () => 1;
        const [fewer, more] = [expected(all, without), expected(all, weightOf)];
        fc.pre(fewer.size > most);
        const runs = runsIn(all);
        let times = 0;
        const counted: RunSource = (note) => {
          times++;
          runs(note);
        };
        const counts = new NgramCounts(counted, ORDER, most);
        const one = entriesOf(counts.of(without, weightOf));
        const other = entriesOf(counts.of(weightOf));
        expect(times).toBe(3);
        expect(one).toEqual(mostFrequent(fewer, most));
        expect(other).toEqual(mostFrequent(more, most));
      }),
      { numRuns: 150 },
    );
  });
});
