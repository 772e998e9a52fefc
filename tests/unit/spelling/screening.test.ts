import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checker } from '../../../server/src/spelling/checker';
import type { ScreeningThresholds } from '../../../server/src/spelling/screening';
import { decodeSpellingModel, withWeights } from '../../../server/src/spelling/spellingModel';
import { tokenise } from '../../../server/src/spelling/tokens';
import { runToCompletion } from '../../../server/src/text/resumable';

const root = path.join(import.meta.dirname, '../../..');
const bytes = fs.readFileSync(path.join(root, 'corpus/spelling.bin'));
const { line, sentence, text, screening } = JSON.parse(
  fs.readFileSync(path.join(root, 'scripts/spelling-weights.json'), 'utf8'),
);
const weights = { weights: line.weights, sentence: sentence.weights, evidence: text.weights };
const modelWith = (thresholds: ScreeningThresholds | undefined) =>
  runToCompletion(
    decodeSpellingModel(withWeights(bytes, { ...weights, ...(thresholds && { screening: thresholds }) })),
  );
const shipped = runToCompletion(decodeSpellingModel(bytes)).checker;
const withoutStages = modelWith(undefined).checker;

/** What is written and meant at each likely slip of `line`. */
const slips = (checker: Checker, line: string) =>
  checker
    .check(tokenise(line))
    .filter(({ odds }) => odds > 0)
    .map(({ kind, start, end, codes }) => `${kind} ${line.slice(start, end)} ${String.fromCharCode(...codes)}`);

/** Number of places of `line` that are surprising, and that are searched. */
function placesOf(line: string): { surprising: number; searched: number } {
  const tokens = tokenise(line);
  const read = shipped.read(tokens);
  const looked = shipped.surprising(read, tokens) ?? new Uint8Array();
  const surprising = looked.filter((bits) => bits !== 0).length;
  shipped.screening.sift(read, looked, screening);
  return { surprising, searched: looked.filter((bits) => bits !== 0).length };
}

const SLIPS = [
  ['wrong', '要加强数字政府建设，培育发展大数局产业。'],
  ['wrong', '进一步完善体制机智，优化营商环境。'],
  ['wrong', '建笠健全长效机制，压实工作责任。'],
  ['word', '对套取、骗取自尽的单位依法处理。'],
  ['word', '实行公务员职务与职级并行制度，完善奖金急里机制。'],
  ['missing', '深入开展隐患排整治，坚决防范重特大事故。'],
  ['extra', '扎实推进乡村振兴战战略，促进农民增收。'],
  ['swapped', '全面贯彻落新实发展理念的各项要求。'],
  ['swapped', '推动高质展发量，全面深化改革。'],
] as const;

describe('the first stages of the search for misspellings', () => {
  it.each(SLIPS)('keep what is found without them: %s, %s', (_kind, sentence) => {
    expect(slips(shipped, sentence)).toEqual(slips(withoutStages, sentence));
  });

  it.each([
    ['青禾县加快建设现代化产业体系，培育新质生产力。'],
    ['白石镇新建农村公路一百二十公里，完成户厕改造三千户。'],
    ['全县规模以上工业增加值增长百分之八，固定资产投资增长百分之六。'],
  ])('leave few places of a sound line: %s', (sentence) => {
    expect(placesOf(sentence).searched).toBeLessThanOrEqual(1);
  });

  it('leave one in twenty of the surprising places of the samples', () => {
    const folder = path.join(root, 'corpus/samples');
    const total = { surprising: 0, searched: 0 };
    for (const name of fs.readdirSync(folder)) {
      for (const one of fs.readFileSync(path.join(folder, name), 'utf8').split('\n')) {
        const { surprising, searched } = placesOf(one);
        total.surprising += surprising;
        total.searched += searched;
      }
    }
    expect(total.surprising).toBeGreaterThan(100);
    expect(total.searched).toBeLessThan(total.surprising / 20);
  });

  it('clear bits and set none', () => {
    const words = fc.array(fc.constantFrom(...SLIPS.flatMap(([, sentence]) => [...sentence])), { maxLength: 40 });
    fc.assert(
      fc.property(words, (all) => {
        const tokens = tokenise(all.join(''));
        const read = shipped.read(tokens);
        const looked = shipped.surprising(read, tokens);
        const before = looked?.slice();
        if (!looked || !before) return;
        const any = shipped.screening.sift(read, looked, screening);
        looked.forEach((bits, at) => {
          expect(bits & ~before[at]!).toBe(0);
        });
        expect(any).toBe(looked.some((bits) => bits !== 0));
      }),
    );
  });

  it('lose nothing with thresholds that everything reaches', () => {
    const none = { surprise: [0, 0, 0], least: 0, gain: -1000, estimate: -1000, context: -1000 };
    const all = { wrong: none, adjacent: none, word: none, missing: none, extra: none, swapped: none };
    const { checker } = modelWith(all);
    for (const [, sentence] of SLIPS) expect(slips(checker, sentence)).toEqual(slips(withoutStages, sentence));
  });
});
