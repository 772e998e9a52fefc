/** Readers that are only given lines with certain characters must find nothing in the others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsJumpLine } from '../../../server/src/repair/jumpLine';
import { mojibakeIn } from '../../../server/src/repair/mojibakeStep';
import { annotationsIn, SIGNS_OF_ANNOTATION } from '../../../server/src/repair/readings';
import { rules } from '../../../server/src/rules';
import { lint } from '../../../server/src/rules/lint';
import type { DocumentRule } from '../../../server/src/rules/rule';
import { jumpLine } from '../../../server/src/rules/text/jumpLine';
import { mojibake } from '../../../server/src/rules/text/mojibake';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { characterMask, lineMatches } from '../../../server/src/structure/linePrefilter';
import { holdsBothScripts, scriptOfDraft } from '../../../server/src/structure/script';
import { resume, runToCompletion } from '../../../server/src/text/resumable';

const examples = rules.flatMap(({ examples: { flagged, clean } }) =>
  [...flagged, ...clean].map(({ text }) => text.replace(/[⟦⟧]/g, '')),
);
/** Examples with characters of other examples inserted, removed or replaced. */
const worn = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(
      fc.record({
        at: fc.nat(400),
        cut: fc.nat(2),
        put: fc.oneof(
          fc.constantFrom(...new Set(examples.join(''))),
          fc.constantFrom(
            '第三条',
            '附件1',
            '前款',
            '见3.2',
            '（下转第四版）',
            'yè)',
            '(chǎn',
            'ǎ',
            '，, ',
            '國',
            '国',
          ),
        ),
      }),
      { maxLength: 6 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((now, { at, cut, put }) => now.slice(0, at % 97) + put + now.slice((at % 97) + cut), text),
  );

describe('a line without the signs of a rule', () => {
  const gated = rules.flatMap((rule) => (rule.scope === 'line' ? [{ rule, mask: characterMask(rule) }] : []));

  it('has nothing for the rule to find', () => {
    fc.assert(
      fc.property(worn, fc.constantFrom('policytext' as const, 'markdown' as const), (text, kind) => {
        const analysis = analyse(text, kind);
        const { lines } = analysis;
        for (let number = 0; number < lines.count; number++) {
          const line = text.slice(lines.start(number), lines.end(number));
          for (const { rule, mask } of gated) {
            if (!lineMatches(analysis, number, mask))
              expect([rule.id, ...rule.check(line, { kind })]).toEqual([rule.id]);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('readers of few lines', () => {
  it('miss nothing in the others', () => {
    const findingsOf = (rule: DocumentRule, analysis: Analysis) =>
      runToCompletion(resume(rule.check(analysis, { options: {} })));
    fc.assert(
      fc.property(worn, (text) => {
        const analysis = analyse(text);
        const { lines } = analysis;
        const all = Array.from({ length: lines.count }, (_, at) => text.slice(lines.start(at), lines.end(at)));
        expect(findingsOf(jumpLine, analysis).length > 0).toBe(all.some(holdsJumpLine));
        expect(findingsOf(mojibake, analysis)).toHaveLength(mojibakeIn(text).length);
        const { simplified, traditional } = scriptOfDraft(analysis);
        expect(holdsBothScripts(analysis)).toBe(simplified > 0 && traditional > 0);
        const annotated = lineMatches(analysis, 0, characterMask({ adjacent: SIGNS_OF_ANNOTATION }));
        if (!annotated) expect(annotationsIn(all[0] as string)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('signs', () => {
  it('ask for a character of every set, or two of one side by side', () => {
    // Sets used by rules: there is room for few others.
    const mask = characterMask({ triggers: ['月', '"\'＂＇'], adjacent: '.。．・·' });
    const held = ['月初"', '＇月', '。·', '月..'].map((text) => lineMatches(analyse(text), 0, mask));
    expect(held).toEqual([true, true, true, true]);
    expect(['月', '"', '.月.', ''].map((text) => lineMatches(analyse(text), 0, mask))).toEqual(Array(4).fill(false));
  });

  it('hold in every line where none are named', () => {
    expect(lineMatches(analyse('甲'), 0, characterMask({}))).toBe(true);
  });

  it('are looked for again in a line that was read before they were entered', () => {
    const analysis = analyse('己庚');
    expect(lineMatches(analysis, 0, characterMask({ triggers: ['月'] }))).toBe(false);
    expect(lineMatches(analysis, 0, characterMask({ triggers: ['庚癸'] }))).toBe(true);
    expect(lineMatches(analyse('己'), 0, characterMask({ triggers: ['庚癸'] }))).toBe(false);
  });

  it('of all rules find room, so that no rule is run on every line for want of it', () => {
    lint(analyse('国國'));
    expect(lineMatches(analyse('己'), 0, characterMask({ triggers: ['龘'] }))).toBe(false);
  });
});
