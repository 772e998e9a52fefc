/** Long work is incremental, so that it can be abandoned: counted here, since a busy machine changes every duration. */
import fs from 'node:fs';
import { expect, it, vi } from 'vitest';
import { cleanUp, cleanUpIncremental } from '../../../server/src/features/cleanUp';
import { loadLexicon } from '../../../server/src/lexicon/model/store';
import { CharacterModel } from '../../../server/src/repair/characterModel';
import { findMojibakeIncremental, mojibakeIn } from '../../../server/src/repair/mojibakeStep';
import { lint, lintIncremental } from '../../../server/src/rules/lint';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse, analyseIncremental } from '../../../server/src/structure/analyse';
import { type Resumable, runToCompletion } from '../../../server/src/text/resumable';

function counted<Result>(pieces: Resumable<Result>): { count: number; result: Result } {
  for (let count = 1; ; count++) {
    const { done, value } = pieces.next();
    if (done) return { count, result: value };
  }
}

const lexicon = loadLexicon(fs.readFileSync('corpus/lexicon.json', 'utf8'));
const spelling = runToCompletion(decodeSpellingModel(fs.readFileSync('corpus/spelling.bin')));
const PARAGRAPH =
  '　　各县区要结合实际制定方案，压实主体责任，明确完成时限；一是修渠，二是植树，三是铺路，受益群众超过三十万人。';
const report = (sections: number) =>
  Array.from({ length: sections }, (_, at) => `${at + 1}．抓好第${at + 1}批建设\n${PARAGRAPH}第${at}批。`).join('\n');
/** Full of places that may be damaged: half-width marks between ideographs that do not go together. */
const damaged = (lines: number) =>
  Array.from({ length: lines }, (_, at) => `各县确!鞍税藨略${String.fromCharCode(0x5000 + 37 * at)}${at}批项目`).join(
    '\n',
  );

it('a text ten times as long is linted in many more pieces, rules about slogans included', () => {
  const count = (sections: number) => counted(lintIncremental(analyse(report(sections)), { rules: {} }, lexicon)).count;
  const withoutSlogans = (sections: number) => counted(lintIncremental(analyse(report(sections)))).count;
  expect(count(4_000) - count(400)).toBeGreaterThan(80);
  expect(count(4_000) - withoutSlogans(4_000)).toBeGreaterThan(25);
});

it('a text ten times as long is analysed in many more pieces, however many lines it has', () => {
  const count = (text: string) => counted(analyseIncremental(text)).count;
  expect(count(report(4_000)) - count(report(400))).toBeGreaterThan(20);
  expect(count('一、\n'.repeat(40_000))).toBeGreaterThan(100);
  const { result } = counted(analyseIncremental(report(1_000)));
  expect(result.headings).toEqual(analyse(report(1_000)).headings);
});

it('a text that may be damaged is searched place by place', () => {
  const text = damaged(60);
  const { count, result } = counted(findMojibakeIncremental(text));
  expect(count).toBeGreaterThan(60);
  expect(result).toEqual(mojibakeIn(text));
  const analysis = analyse(damaged(61));
  expect(counted(lintIncremental(analysis)).count).toBeGreaterThan(61);
});

it('cleaning up goes repair by repair and place by place', () => {
  const text = damaged(62);
  const { count, result } = counted(cleanUpIncremental(text));
  expect(count).toBeGreaterThan(62);
  expect(result).toEqual(cleanUp(text));
});

it('a line without end is read rule by rule and piece by piece, and no slip in it is lost', () => {
  const sentences = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      at % 9 === 4 ? `第${at}批示范村，全县己经建成${at}个。` : `${PARAGRAPH.trim()}第${at}批，今年开工${at + 7}处。`,
    );
  const lintOf = (text: string) => counted(lintIncremental(analyse(text), { rules: {} }, lexicon, spelling));
  const [short, long] = [lintOf(sentences(100).join('')), lintOf(sentences(1_200).join(''))];
  expect(long.count - short.count).toBeGreaterThan(25);
  const slips = ({ result }: typeof long) => result.filter(({ rule }) => rule.id === 'text.misspelling').length;
  expect(slips(long)).toBeGreaterThan(0);
  expect(slips(long)).toBe(slips(lintOf(sentences(1_200).join('\n'))));
});

it('pieces give what is given at once', () => {
  const text = report(50);
  expect(counted(lintIncremental(analyse(text), undefined, lexicon)).result).toEqual(
    lint(analyse(text), undefined, lexicon),
  );
});

it('two damaged drafts linted in turns do not undo each other’s work', () => {
  // Different damage in each: what one search caches must not be what the other one needs.
  const draft = (name: string) => analyse(`${name}\n${damaged(40)}“${name}\n各县（${name}\n`);
  const alone = () => longestStep([lintIncremental(draft('甲'))]);
  const interleaved = () => longestStep([lintIncremental(draft('乙')), lintIncremental(draft('丙'))]);
  // Measured in character probabilities computed between two yields, which a busy machine does not change.
  expect(interleaved()).toBeLessThanOrEqual(alone() * 1.2);
});

it('damage is searched once for all rules, also where words are misspelt', () => {
  const text = `截止2025年底，全县己经建成示范村20个。\n${damaged(30)}`;
  const work = (model?: typeof spelling) => {
    const logProbability = vi.spyOn(CharacterModel.prototype, 'logProbability');
    const results = runToCompletion(lintIncremental(analyse(text), { rules: {} }, lexicon, model));
    const calls = logProbability.mock.calls.length;
    logProbability.mockRestore();
    return { calls, misspelt: results.some(({ rule }) => rule.id === 'text.misspelling') };
  };
  const without = work();
  const all = work(spelling);
  expect([without.misspelt, all.misspelt]).toEqual([false, true]);
  expect(all.calls).toBe(without.calls);
});

it('no step of the search for damage weighs more characters than a few milliseconds allow', () => {
  const longest = longestStep([findMojibakeIncremental(damaged(40))]);
  expect(longest).toBeGreaterThan(0);
  // A character is scored in a third of a microsecond.
  expect(longest).toBeLessThan(15_000);
});

/** The maximum work of a single step when all `resumables` are run alternately. */
function longestStep(resumables: Resumable<unknown>[]): number {
  const logProbability = vi.spyOn(CharacterModel.prototype, 'logProbability');
  let longest = 0;
  const open = new Set(resumables);
  while (open.size > 0) {
    for (const one of open) {
      logProbability.mockClear();
      if (one.next().done) open.delete(one);
      longest = Math.max(longest, logProbability.mock.calls.length);
    }
  }
  logProbability.mockRestore();
  return longest;
}

it('misspellings after edits are those of the text read anew', () => {
  const line = (at: number) =>
    `第${at}批示范村，全县己经建成${at}个，各镇要按时报送进展，报名截止${at}日。${PARAGRAPH.trim()}`;
  let analysis = analyse(Array.from({ length: 60 }, (_, at) => line(at)).join('\n'));
  const misspelt = (one: typeof analysis) =>
    runToCompletion(lintIncremental(one, { rules: {} }, lexicon, spelling)).filter(
      ({ rule }) => rule.id === 'text.misspelling',
    );
  expect(misspelt(analysis).length).toBeGreaterThan(0);
  // The evidence cached for a place depends only on the characters around it: edits beside it, in adjacent lines, and
  // far away.
  for (const [at, put] of [
    [30, '己经'],
    [9, '\n'],
    [2_000, '已经建成已经建成'],
    [12, '、青禾、河口、'],
    [4_100, '县'],
  ] as const) {
    const { text } = analysis;
    analysis = analyse(text.slice(0, at) + put + text.slice(at), 'policytext', analysis);
    expect(misspelt(analysis)).toEqual(misspelt(analyse(analysis.text)));
  }
});
