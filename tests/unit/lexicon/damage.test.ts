/** A lexicon file that is damaged but still parses is useless, but harmless: nothing throws or hangs on it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { semanticTokens } from '../../../server/src/features/semanticTokens';
import { sloganCard } from '../../../server/src/features/sloganCard';
import { matchingSlogans } from '../../../server/src/features/sloganList';
import { combineLexicons, LexiconError, loadLexicon } from '../../../server/src/lexicon/model/store';
import { continuations } from '../../../server/src/lexicon/prediction/continuations';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';
import { EFFORT } from '../endurance';
import { reports } from './documents';
import { storedLexiconOf } from './learned';

const json = await storedLexiconOf(reports(8));
const sound = loadLexicon(json);
const DRAFT = `一、总体要求\n${reports(2).join('\n')}\n坚持稳中求进，增强“四个意识”、做到“两个维护”，落实“青禾`;

it('is refused or used without a fault', { timeout: 120_000 * EFFORT }, () => {
  const place = fc.nat(json.length - 1);
  const damage = fc.oneof(
    // Replaces one character by another digit, letter or mark: what still parses as JSON is what matters here.
    fc.tuple(place, fc.constantFrom(...'0123456789AZaz+/=",:[]{}eE-. 一')).map(([at, put]) => ({ at, put, cut: 1 })),
    fc.record({
      at: place,
      put: fc.constantFrom('', '9'.repeat(20), '1e999', '-1', 'null', '[]', '""'),
      cut: fc.nat(6),
    }),
  );
  let used = 0;
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
      let damaged = json;
      for (const { at, put, cut } of all) damaged = damaged.slice(0, at) + put + damaged.slice(at + cut);
      let lexicon: ReturnType<typeof loadLexicon>;
      try {
        const given = damaged.length % 2 === 0 ? damaged : new TextEncoder().encode(damaged);
        lexicon = runToCompletion(combineLexicons(sound, loadLexicon(given)));
      } catch (error) {
        expect(error).toBeInstanceOf(LexiconError);
        return;
      }
      used++;
      const analysis = analyse(DRAFT);
      lint(analysis, { rules: { 'text.mojibake': 'off' } }, lexicon);
      semanticTokens(analysis, lexicon);
      continuations(lexicon, DRAFT, '', 5);
      for (const phrase of matchingSlogans(lexicon, undefined, '').slice(0, 30)) sloganCard(phrase, 'en', true, String);
    }),
    { numRuns: 150 * EFFORT },
  );
  expect(used).toBeGreaterThan(10);
});
