/** Caching the slips among names from one version of a draft to the next does not change them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listedBodySlips, personSlips, titleSlips } from '../../../server/src/facts/names';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { runToCompletion } from '../../../server/src/text/resumable';
import { EFFORT } from '../endurance';

const LINES = [
  '根据《青禾县农村人居环境整治提升行动方案》，各乡镇要压实责任。',
  '年底按《青禾县农村人居环境整治提高行动方案》考核。',
  '要对照《关于防治形式主义的若干意见》和《关于防治形式主义若干意见》检查。',
  '（责任单位：青禾水利局、望海住建局、青禾水利局）',
  '（责任单位：青禾水利委、望海住建局、青禾水利局）',
  '会上，县长王小明强调，各镇要抓好落实。',
  '县长王小鸣指出，县长王小明主持会议。',
  '意大利人马可·波罗来到望海，马可·波罗写下游记，马可·婆罗再来。',
  '',
  '一、总体要求',
];
const edits = fc.array(
  fc.record({
    at: fc.nat({ max: 400 }),
    deleted: fc.constantFrom(0, 0, 0, 1, 2, 30),
    put: fc.constantFrom('水', '。', '》', '《', '、', '\n', '小明', '提升', '', ...LINES.slice(0, 4)),
  }),
  { minLength: 1, maxLength: 6 },
);

const slipsOf = (analysis: Analysis) =>
  [titleSlips, listedBodySlips, personSlips].map((slips) => runToCompletion(slips(analysis)));

it('finds in an edited draft the slips that it finds in the draft read anew', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 14 }), edits, (lines, made) => {
      let analysis = analyse(lines.join('\n'));
      slipsOf(analysis);
      for (const { at, deleted, put } of made) {
        const { text } = analysis;
        const from = at % (text.length + 1);
        analysis = analyse(text.slice(0, from) + put + text.slice(from + deleted), 'policytext', analysis);
        expect(slipsOf(analysis)).toEqual(slipsOf(analyse(analysis.text)));
      }
    }),
    { numRuns: 60 * EFFORT },
  );
});

it('knows slips by their names, wherever these have moved', () => {
  const before = analyse(`第一行。\n${LINES.slice(0, 1).join('')}\n${LINES.slice(0, 2).join('\n')}\n`);
  const [slip] = runToCompletion(titleSlips(before));
  const after = analyse(`又一行。\n${before.text}`, 'policytext', before);
  const [moved] = runToCompletion(titleSlips(after));
  expect(moved).toEqual({
    ...slip,
    start: slip!.start + 5,
    end: slip!.end + 5,
    usualStart: slip!.usualStart + 5,
    usualEnd: slip!.usualEnd + 5,
  });
  expect(after.text.slice(moved!.start, moved!.end)).toBe('青禾县农村人居环境整治提高行动方案');
});
