/** Caching the lines in which nothing damaged was found changes no finding, and an edit only costs what is near it. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CharacterModel } from '../../../server/src/repair/characterModel';
import { carryDamage, damageOf, searchedText, settleDamage } from '../../../server/src/rules/text/damage';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { runToCompletion } from '../../../server/src/text/resumable';

/** Half-width marks throughout, as some writers type them: every one has to be examined. */
const TYPED = [
  '各镇要细化措施,压实责任;春耕备耕期间,农技人员进村入户,指导农户科学施肥.',
  '云岭灌区续建配套,渠系清淤,泵站检修;抽查蓿麦、荞麦良种,岷江猕猴桃苗木也要抽查.',
  '“一村一策”编制规划,廊桥修缮,嵯峨山步道铺装;青禾茭白、望海鲻鱼列入名录?',
  '（二）抓好岁末年初工作,慰问困难家庭;',
];
const GARBLED = [
  '全县确!鞍税藨战略”全链条、全要素、全方位体现到工作中,',
  '加强知识产权;,优化营商环境,',
  '各项任务\ufffd实到位,',
];
const pieces = fc.array(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...TYPED) }, fc.constantFrom(...GARBLED)), {
  minLength: 3,
  maxLength: 7,
});
const edits = fc.array(
  fc.record({
    at: fc.nat({ max: 2_000 }),
    deleted: fc.constantFrom(0, 0, 1, 3, 40),
    put: fc.constantFrom('水', ',', '鞍税', '\n', '\n\n', '\r\n', '”', '“', '\ufffd', '。', ' ', '战略', '（', ''),
  }),
  { minLength: 1, maxLength: 3 },
);

afterEach(() => vi.restoreAllMocks());

describe('the damaged places of a text that is edited', () => {
  it('are those of the text read anew', () => {
    fc.assert(
      fc.property(pieces, edits, (lines, changes) => {
        let analysis = analyse(lines.join('\n'));
        damageOf(analysis);
        for (const { at, deleted, put } of changes) {
          const { text } = analysis;
          const from = Math.min(at, text.length);
          analysis = analyse(text.slice(0, from) + put + text.slice(from + deleted), 'policytext', analysis);
          expect(damageOf(analysis)).toEqual(damageOf(analyse(analysis.text)));
        }
      }),
      { numRuns: 4 },
    );
  });

  it('are searched near the edit alone where the text is sound', () => {
    const line = (number: number) =>
      `第${number}批：${TYPED[number % 3]}抽检${'蓿荞嵯鲻茭'[number % 5]}样${number}件,封存.`;
    const text = Array.from({ length: 30 }, (_, number) => line(number)).join('\n');
    const weighed = vi.spyOn(CharacterModel.prototype, 'logProbability');
    const work = (analysis: Analysis) => {
      weighed.mockClear();
      expect(damageOf(analysis)).toEqual([]);
      return weighed.mock.calls.length;
    };
    const before = analyse(text);
    const first = work(before);
    const at = before.lines.start(2) + 4;
    const after = analyse(`${text.slice(0, at)}水${text.slice(at)}`, 'policytext', before);
    expect(first).toBeGreaterThan(1_000);
    expect(work(after)).toBeLessThan(first / 2);
  });
});

/** Number of character probabilities that `search` computes. */
function workOf(search: () => void): number {
  const weighed = vi.spyOn(CharacterModel.prototype, 'logProbability');
  search();
  const { length } = weighed.mock.calls;
  weighed.mockRestore();
  return length;
}

/** The reported damaged places of `analysis`. */
function toldOf(analysis: Analysis) {
  return damageOf(analysis).map(({ start, end, candidates, confidence }) => ({ start, end, candidates, confidence }));
}

describe('what was found in a damaged text before an edit', () => {
  /** A draft with `damage` in every sixth line. */
  const draft = (damage: readonly string[]) =>
    Array.from({ length: 24 }, (_, number) =>
      number % 6 === 5 ? `${damage[(number - 5) % damage.length]}第${number}项` : `第${number}批：${TYPED[number % 4]}`,
    ).join('\n');
  const typed = (before: Analysis, line: number, put: string) => {
    const at = before.lines.start(line) + 8;
    return analyse(before.text.slice(0, at) + put + before.text.slice(at), 'policytext', before);
  };
  /** Beyond doubt; likely; and possibly sound. */
  const kinds = [
    ['加强知识产权;,优化营商环境，', ...GARBLED],
    ['進一步推進共同富,F代化建設。'],
    [GARBLED[0] as string],
  ];

  it.each(kinds)('holds until the text is searched again, and is not searched for: %s', (...damage) => {
    const before = analyse(draft(damage));
    const first = workOf(() => damageOf(before));
    expect(damageOf(before).length).toBeGreaterThan(1);
    const after = typed(before, 9, '水');
    const work = workOf(() => {
      expect(runToCompletion(carryDamage(after))).toBe(true);
      damageOf(after);
    });
    expect(work).toBeLessThan(first / 10);
    // Less likely candidates depend on every word of the text.
    const likeliest = (analysis: Analysis) =>
      toldOf(analysis).map((one) => ({ ...one, candidates: one.candidates[0] }));
    const anew = analyse(after.text);
    expect(likeliest(after)).toEqual(likeliest(anew));
    const carried = toldOf(after);
    expect(runToCompletion(settleDamage(after))).toBe(JSON.stringify(carried) !== JSON.stringify(toldOf(anew)));
    expect(toldOf(after)).toEqual(toldOf(anew));
  });

  it('holds over several edits, in damaged lines too', () => {
    let analysis = analyse(draft(kinds[1] as string[]));
    damageOf(analysis);
    for (const line of [4, 5, 17, 17]) {
      analysis = typed(analysis, line, '渠');
      expect(runToCompletion(carryDamage(analysis))).toBe(true);
      expect(toldOf(analysis)).toEqual(toldOf(analyse(analysis.text)));
    }
  });

  it('is joined by what an edit brings', () => {
    const before = analyse(draft(kinds[1] as string[]));
    const known = damageOf(before).length;
    const after = typed(before, 9, '\n進一步推進共同富,F代化建設。\n');
    expect(runToCompletion(carryDamage(after))).toBe(true);
    expect(damageOf(after).length).toBeGreaterThan(known);
    expect(toldOf(after)).toEqual(toldOf(analyse(after.text)));
  });

  it('does not stand for a search where a sound text is damaged by the edit', () => {
    const before = analyse(TYPED.join('\n'));
    expect(damageOf(before)).toEqual([]);
    const sound = typed(before, 1, '水');
    expect(runToCompletion(carryDamage(sound))).toBe(true);
    expect(damageOf(sound)).toEqual([]);
    const damaged = typed(sound, 1, '\n進一步推進共同富,F代化建設。\n');
    expect(runToCompletion(carryDamage(damaged))).toBe(false);
    expect(damageOf(damaged)).not.toEqual([]);
    expect(toldOf(damaged)).toEqual(toldOf(analyse(damaged.text)));
  });

  it('holds away from the edit in a text of one long line', () => {
    // Few marks to look at, and longer than what is searched again as a line.
    const line = `${'各鎮要細化措施壓實責任指導農戶科學施肥'.repeat(290)}進一步推進共同富,F代化建設。`.repeat(4);
    const before = analyse(line);
    const first = workOf(() => damageOf(before));
    const known = damageOf(before).length;
    expect(known).toBeGreaterThan(2);
    const at = 12_000;
    const put = '水進一步推進共同富,F代化建設。';
    const after = analyse(line.slice(0, at) + put + line.slice(at), 'policytext', before);
    const work = workOf(() => expect(runToCompletion(carryDamage(after, searchedText(before)))).toBe(true));
    expect(work).toBeLessThan(first / 2);
    const places = damageOf(after);
    expect(places.length).toBe(known + 1);
    expect(places.filter(({ end }) => end < at - 200)).toEqual(damageOf(before).filter(({ end }) => end < at - 200));
    expect(
      places.find(({ start }) => after.text.startsWith(',F代', start) && start > at && start < at + 20),
    ).toBeDefined();
    runToCompletion(settleDamage(after));
    expect(toldOf(after)).toEqual(toldOf(analyse(after.text)));
  });

  it('gives way to what is found in the text read anew', () => {
    fc.assert(
      fc.property(pieces, edits, (lines, changes) => {
        let analysis = analyse(lines.join('\n'));
        damageOf(analysis);
        for (const { at, deleted, put } of changes) {
          const { text } = analysis;
          const from = Math.min(at, text.length);
          analysis = analyse(text.slice(0, from) + put + text.slice(from + deleted), 'policytext', analysis);
          runToCompletion(carryDamage(analysis));
          let done = 0;
          for (const { start, end } of damageOf(analysis)) {
            expect(start).toBeGreaterThanOrEqual(done);
            done = end;
          }
          expect(done).toBeLessThanOrEqual(analysis.text.length);
        }
        runToCompletion(settleDamage(analysis));
        expect(toldOf(analysis)).toEqual(toldOf(analyse(analysis.text)));
      }),
      { numRuns: 4 },
    );
  });
});
