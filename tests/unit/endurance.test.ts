/**
 * Properties that must hold for any text and any edit. `npm run fuzz` searches longer; POLICY_TEXT_FUZZ=100 makes this
 * search longer too.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnostics } from '../../server/src/features/diagnostics';
import { foldingRanges } from '../../server/src/features/folding';
import { documentSymbols } from '../../server/src/features/outline';
import { placeholderList } from '../../server/src/features/placeholders';
import { Draft } from '../../server/src/lsp/documents';
import { renumber } from '../../server/src/refactor/renumber';
import { repair } from '../../server/src/repair';
import { fixAll } from '../../server/src/rules/fixes';
import { lint } from '../../server/src/rules/lint';
import { analyse } from '../../server/src/structure/analyse';
import type { Analysis, DocumentKind } from '../../server/src/structure/analysis';
import { referencesOf } from '../../server/src/structure/references';
import { positionAt, splitLines } from '../../server/src/text/lines';
import { applyEdits } from '../../server/src/text/textEdit';
import { EFFORT, EXAMPLES, insertion, SAMPLES, text } from './endurance';
import { everything } from './structure/outline';

/** A limit for infinite loops, not for slow code: two other programs may be using the machine. */
const TIMEOUT_MS = { timeout: 240_000 * EFFORT };
const runs = (count: number) => ({ numRuns: count * EFFORT });
const kind = fc.constantFrom<DocumentKind>('policytext', 'markdown');

/** All answers to an editor about a text. */
function answers(analysis: Analysis): unknown {
  const results = lint(analysis);
  return {
    everything: everything(analysis),
    symbols: documentSymbols(analysis, 'zh-cn'),
    folds: foldingRanges(analysis, { lineFoldingOnly: true }),
    diagnostics: diagnostics(analysis, results, { uri: 'file:///稿', locale: 'en', relatedInformation: true }),
    fixes: results.map(({ fixes }) => fixes),
    placeholders: placeholderList(analysis),
    references: referencesOf(analysis).map(({ start, end, own, target }) => ({
      start,
      end,
      own,
      at: target?.span.start,
    })),
  };
}

/**
 * Every LSP range in an answer is inside the text and not reversed. A single expectation, since thousands take seconds.
 */
function expectInside(analysis: Analysis): void {
  const { lines, text: whole } = analysis;
  const outside: unknown[] = [];
  const seen = JSON.stringify(answers(analysis), (key, value) => {
    if (key !== 'range' && key !== 'selectionRange') return value;
    const { start, end } = value;
    const inside = [start, end].every(
      ({ line, character }) =>
        line >= 0 && line < lines.count && character >= 0 && character <= lines.end(line) - lines.start(line),
    );
    const forward = start.line < end.line || (start.line === end.line && start.character <= end.character);
    if (!inside || !forward) outside.push(value);
    return undefined;
  });
  expect(seen).toBeDefined();
  const isSpan = ({ start, end }: { start: number; end: number }) => 0 <= start && start <= end && end <= whole.length;
  for (const result of lint(analysis)) {
    if (!isSpan(result)) outside.push(result);
    for (const fix of result.fixes ?? []) outside.push(...fix.edits.filter((edit) => !isSpan(edit)));
  }
  expect(outside).toEqual([]);
}

describe('any text', () => {
  it('is answered with ranges inside it', TIMEOUT_MS, () => {
    fc.assert(
      fc.property(text, kind, (sample, form) => expectInside(analyse(sample, form))),
      runs(60),
    );
  });

  it('gives the same answers after any edits, several in one notification, as when opened afresh', TIMEOUT_MS, () => {
    const edit = fc.tuple(fc.nat(), fc.nat(30), insertion);
    const notifications = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, fc.constantFrom('policytext', 'markdown'), notifications, (sample, language, all) => {
        const draft = new Draft('file:///稿', language, 1, sample);
        let expected = sample;
        void answers(draft.analysis);
        for (const [version, changes] of all.entries()) {
          draft.update(
            changes.map(([at, length, put]) => {
              const lines = splitLines(expected);
              const from = inLine(expected, at % (expected.length + 1));
              const to = inLine(expected, Math.min(expected.length, from + length));
              const range = { start: positionAt(lines, from), end: positionAt(lines, to) };
              expected = expected.slice(0, from) + put + expected.slice(to);
              return { range, text: put };
            }),
            version + 2,
          );
          expect(draft.text).toBe(expected);
          expect(answers(draft.analysis)).toEqual(answers(analyse(expected, draft.kind)));
        }
      }),
      runs(40),
    );
  });

  it('comes to rest when everything is fixed', TIMEOUT_MS, () => {
    fc.assert(
      fc.property(text, kind, (sample, form) => {
        const { text: once } = fixAll(sample, form);
        expect(fixAll(once, form).text).toBe(once);
      }),
      runs(60),
    );
  });

  it('is numbered right after it is numbered anew', TIMEOUT_MS, () => {
    fc.assert(
      fc.property(text, kind, (sample, form) => {
        const edits = renumber(analyse(sample, form), { document: true });
        const once = applyEdits(sample, edits);
        // If numbering decided which lines are headings, other numbers may be read differently; they must at least
        // converge.
        const twice = applyEdits(once, renumber(analyse(once, form), { document: true }));
        expect(applyEdits(twice, renumber(analyse(twice, form), { document: true }))).toBe(twice);
      }),
      runs(60),
    );
  });

  it('is clean once it is cleaned', TIMEOUT_MS, () => {
    fc.assert(
      fc.property(text, (sample) => {
        const { text: once } = repair(sample);
        expect(repair(once).text).toBe(once);
      }),
      runs(20),
    );
  });
});

/** LSP cannot express the position between CR and LF. */
function inLine(whole: string, offset: number): number {
  return whole[offset - 1] === '\r' && whole[offset] === '\n' ? offset - 1 : offset;
}

describe('every prefix, as typing gives it,', () => {
  it('of the examples of all rules is answered', TIMEOUT_MS, () => {
    for (const example of EXAMPLES) {
      const step = EFFORT > 1 ? 1 : Math.max(1, Math.floor(example.length / 12));
      let analysis: Analysis | undefined;
      for (let end = 0; end <= example.length; end += step) {
        analysis = analyse(example.slice(0, end), 'policytext', analysis);
        expectInside(analysis);
      }
    }
  });

  it('of the samples is answered as when opened afresh', TIMEOUT_MS, () => {
    for (const sample of SAMPLES) {
      const step = EFFORT > 1 ? 1 : Math.ceil(sample.length / 25);
      let analysis: Analysis | undefined;
      for (let end = 0; end <= sample.length; end += step) {
        analysis = analyse(sample.slice(0, end), 'policytext', analysis);
        expectInside(analysis);
      }
      const whole = analyse(sample, 'policytext', analysis);
      expect(answers(whole)).toEqual(answers(analyse(sample)));
    }
  });
});

describe('a sound text', () => {
  it('is left as it is by cleaning', TIMEOUT_MS, () => {
    const sound = SAMPLES.filter((sample) => sample.includes('\n\n') || sample.split('\n').length > 20);
    expect(sound.length).toBeGreaterThan(5);
    for (const sample of sound) expect(repair(sample).text).toBe(sample);
  });
});
