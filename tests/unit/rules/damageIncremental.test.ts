/** What is remembered of lines in which nothing damaged was found changes no finding, and an edit pays for what is near it. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CharacterModel } from '../../../server/src/repair/characterModel';
import { damageOf } from '../../../server/src/rules/text/damage';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';

/** Half-width marks throughout, as typists have them: every one is a place to look at. */
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
