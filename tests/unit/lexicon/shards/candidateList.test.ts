/** The candidates of parts are those strings that brute force finds, and no widespread one is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, MAX_PHRASE_LENGTH, MIN_PHRASE_LENGTH } from '../../../../server/src/lexicon/mining/candidates';
import { joinTexts } from '../../../../server/src/lexicon/mining/corpus';
import { commonPrefixes } from '../../../../server/src/lexicon/mining/lcp';
import { CorpusPlan } from '../../../../server/src/lexicon/mining/plan';
import { suffixArray } from '../../../../server/src/lexicon/mining/suffixArray';
import {
  CandidateReader,
  leastFor,
  likelyStrings,
  losesNothing,
  writeCandidateStrings,
} from '../../../../server/src/lexicon/shards/candidateList';
import { NumberWriter, SectionReader } from '../../../../server/src/lexicon/shards/sectionFile.node';

interface Dated {
  readonly text: string;
  readonly recent: boolean;
}

/** Short texts of few words, so that they share strings. */
const documents = fc.array(
  fc.record({
    text: fc
      .array(fc.constantFrom('统筹', '河谷', '灌溉', '水渠', '，', '的', '“', '”', '3', '\0'), { maxLength: 24 })
      .map((words) => words.join('')),
    recent: fc.boolean(),
  }),
  { minLength: 4, maxLength: 24 },
);

function listOf(part: readonly Dated[], least: { documents: number; recent: number }) {
  const { text, documents: table } = joinTexts(
    part.map((one) => one.text),
    [...part.keys()],
    new Map(),
  );
  const suffixes = suffixArray(text);
  const blocks: Buffer[] = [];
  const to = new NumberWriter({ add: (_, bytes) => blocks.push(Buffer.from(bytes)) }, '');
  const sorted = { text, documents: table, suffixes, prefixes: commonPrefixes(text, suffixes) };
  writeCandidateStrings(
    to,
    sorted,
    least,
    Uint8Array.from(part, ({ recent }) => (recent ? 1 : 0)),
  );
  return { least, strings: new CandidateReader(new SectionReader(blocks.values())) };
}

/** All strings that may be phrases, with their documents, by brute force. */
function stringsIn(part: readonly Dated[]): Map<string, { documents: number; recent: number }> {
  const found = new Map<string, { documents: number; recent: number }>();
  for (const { text, recent } of part) {
    const own = new Set<string>();
    for (let start = 0; start < text.length; start++) {
      const longest = Math.min(text.length, start + MAX_PHRASE_LENGTH);
      for (let end = start + MIN_PHRASE_LENGTH; end <= longest; end++) {
        const string = text.slice(start, end);
        if (kindOf(string)) own.add(string);
      }
    }
    for (const string of own) {
      const known = found.get(string) ?? { documents: 0, recent: 0 };
      known.documents++;
      if (recent) known.recent++;
      found.set(string, known);
    }
  }
  return found;
}

describe('candidates of parts', () => {
  it('are the strings in enough documents, or enough recent ones, in order', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), (part, all, late) => {
        const { strings } = listOf(part, { documents: all, recent: late });
        const found: [string, number, number][] = [];
        while (strings.next()) {
          const { units, size } = strings;
          found.push([String.fromCharCode(...units.subarray(0, size)), strings.documents, strings.recent]);
        }
        const expected = [...stringsIn(part)]
          .filter(([, counts]) => counts.documents >= all || counts.recent >= late)
          .map(([string, counts]) => [string, counts.documents, counts.recent])
          .sort(([one], [other]) => ((one as string) < (other as string) ? -1 : 1));
        expect(found).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('of all parts contain every widespread string, each once, in order', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 7 }), (all, count, least) => {
        const years = all.map(({ recent }) => (recent ? 2026 : 2020));
        const plan = new CorpusPlan(all.length, { years, central: [] }, least);
        // Without a document of 2026 those of 2020 are the recent ones.
        const dated = all.map((one, index) => ({ ...one, recent: plan.isRecent(years[index] as number) }));
        const parts = Array.from({ length: count }, (_, part) => dated.filter((_, index) => index % count === part));
        const bounds = leastFor(count, plan);
        fc.pre(Math.min(bounds.documents, bounds.recent) >= 2);
        const lists = parts.map((part) => listOf(part, bounds));
        expect(losesNothing(lists, plan)).toBe(true);
        const likely = [...likelyStrings(lists, plan)];
        expect(likely).toEqual([...new Set(likely)].sort());
        const known = new Set(likely);
        for (const [string, counts] of stringsIn(dated)) {
          if (counts.documents < plan.minDocuments && counts.recent < plan.minRecent) continue;
          expect(known.has(string), string).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
