import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfigurationFile } from '../../../server/src/rules/configurationFile';
import { lint } from '../../../server/src/rules/lint';
import { NumberDecoder, NumberEncoder } from '../../../server/src/spelling/entropyCoder';
import { tokenise } from '../../../server/src/spelling/tokens';
import { wordMatches } from '../../../server/src/spelling/wordRules';
import { analyse } from '../../../server/src/structure/analyse';

describe('the entropy coder', () => {
  it('gives back what it was given', () => {
    const numbers = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 60_000 })), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(numbers, (pairs) => {
        const encoder = new NumberEncoder();
        for (const [context, value] of pairs) encoder.code(context, value);
        const decoder = new NumberDecoder(encoder.finish());
        expect(pairs.map(([context]) => decoder.code(context))).toEqual(pairs.map(([, value]) => value));
      }),
    );
  });
});

describe('tokens', () => {
  it('stand in order, inside the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (line) => {
        const { offsets, length } = tokenise(line);
        for (let at = 1; at < length; at++) expect(offsets[at]!).toBeGreaterThanOrEqual(offsets[at - 1]!);
        expect(offsets[length - 1]).toBe(line.length);
      }),
    );
  });
});

describe('the word lists of a unit', () => {
  const text = JSON.stringify({
    spelling: {
      replace: [{ wrong: '青禾', right: '清禾', level: 'information', after: ['县', '#'], notBefore: '小' }],
      allow: ['大数局'],
    },
  });

  it('are read, and applied under their conditions', () => {
    const { spelling, problems } = readConfigurationFile(text);
    expect(problems).toEqual([]);
    const found = lint(analyse('青禾县与小青禾县，青禾3号，青禾人。', 'policytext'), {
      rules: {},
      ...(spelling && { spelling }),
    });
    expect(found.map(({ start, end, severity, rule }) => [rule.id, start, end, severity])).toEqual([
      ['text.misspelling', 0, 2, 'information'],
      ['text.misspelling', 9, 11, 'information'],
    ]);
  });

  it('tell what is wrong in them with its place', () => {
    const broken = '{"spelling":{"replace":[{"wrong":"甲"},{"wrong":"乙","right":"丙","level":"grave"}],"other":[]}}';
    const { problems, spelling } = readConfigurationFile(broken);
    expect(problems.length).toBe(3);
    expect(spelling?.replace.map(({ wrong }) => wrong)).toEqual(['乙']);
  });
});

it('a wrong form is none within the right one', () => {
  const rule = { wrong: '村官', right: '大学生村官', level: 'warning' } as const;
  expect(wordMatches('大学生村官和村官', [rule])).toMatchObject([{ start: 6, end: 8 }]);
});

it('the longest wrong form at a place counts', () => {
  const rule = (wrong: string, right: string) => ({ wrong, right, level: 'warning' }) as const;
  expect(wordMatches('布署工作', [rule('布署', '部署'), rule('布署工作', '部署工作')])).toMatchObject([
    { start: 0, end: 4 },
  ]);
});
