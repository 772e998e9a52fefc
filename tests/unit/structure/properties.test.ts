import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, DocumentKind, Section } from '../../../server/src/structure/analysis';
import { referencesOf } from '../../../server/src/structure/references';
import { scriptOfDraft } from '../../../server/src/structure/script';
import { scriptOf } from '../../../server/src/text/script';
import { everything } from './outline';

const PIECES = [
  '一、',
  '（二）',
  '(三)',
  '1.',
  '1．',
  '1.2.3',
  '第三章 ',
  '第十条之一',
  '①',
  'Ⅰ.',
  '甲、',
  '一是',
  '二要',
  '首先，',
  '另一方面',
  '目录',
  '附件1',
  '附件：1.',
  '2024年1月1日',
  '（此件公开发布）',
  '总体要求',
  '加强领导。',
  '各乡镇：',
  '……3',
  '**',
  '*',
  '××',
  '某某',
  '{{',
  '}}',
  '〔待补〕',
  '“',
  '”',
  '《',
  '》',
  '（',
  '）',
  '# ',
  '> ',
  '---',
  '`',
  ' ',
  '　',
  '\t',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\u2028',
  '\0',
  '\ufeff',
  '\ud840',
  '\udc00',
  '，',
  '。',
  '：',
  'A',
  '9',
  '壹、',
];
const text = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 4, unit: 'binary' })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const kind = fc.constantFrom<DocumentKind>('policytext', 'markdown');

/** Paragraphs as long as real ones, among short lines: edits within them do not change the layout. */
const FILLER = '坚持问题导向逐项列出清单压实主体责任明确完成时限受益群众超过三十万人满意度明显提高'.repeat(3);
const paragraphs = fc
  .array(
    fc.tuple(fc.constantFrom('', ...PIECES), fc.constantFrom('', FILLER, `　　${FILLER}，一是修渠；二是植树。`), text),
    { maxLength: 12 },
  )
  .map((lines) => lines.map(([open, filler, rest]) => `${open}${filler}${rest.slice(0, 8)}`).join('\n'));

function expectSound(analysis: Analysis): void {
  const { length } = analysis.text;
  const within = ({ start, end }: { start: number; end: number }) => {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(length);
  };
  let last = -1;
  for (const section of analysis.headings) {
    within(section.span);
    within(section.titleSpan);
    expect(section.titleSpan.end).toBeLessThanOrEqual(section.span.end);
    if (section.marker) {
      within(section.marker);
      expect(section.marker.end).toBeGreaterThan(section.marker.start);
      expect(section.marker.start).toBe(section.span.start);
    }
    expect(section.span.start).toBeGreaterThanOrEqual(last);
    last = section.span.start;
    expectNested(section);
  }
  for (const { list, ...span } of analysis.enumerations) {
    within(span);
    for (const marker of list.markers) within(marker);
  }
  for (const gap of analysis.placeholders) {
    within(gap);
    expect(gap.end).toBeGreaterThan(gap.start);
  }
  for (const { firstLine, lastLine } of analysis.blocks) {
    expect(firstLine).toBeLessThanOrEqual(lastLine);
    expect(lastLine).toBeLessThan(analysis.lines.count);
  }
}

function expectNested({ parent, level, span }: Section): void {
  expect(level).toBe((parent?.level ?? 0) + 1);
  if (!parent) return;
  expect(span.start).toBeGreaterThanOrEqual(parent.span.start);
  expect(span.end).toBeLessThanOrEqual(parent.span.end);
}

describe('any text at all', () => {
  it('is read without an exception, with every range inside it', () => {
    fc.assert(
      fc.property(text, kind, (sample, form) => expectSound(analyse(sample, form))),
      { numRuns: 400 },
    );
  });

  it('keeps a list that opens inside the line of a title out of the title', () => {
    for (const sample of ['A一、附件：1.㐀\n（二）', '青川县方案一、总体要求：1.坚持党的领导\n（二）基本原则']) {
      const analysis = analyse(sample, 'policytext');
      expectSound(analysis);
      const [title, first] = analysis.headings;
      expect(title?.marker).toBeUndefined();
      expect(title?.span.end).toBe(first?.span.start);
    }
  });

  it('gives the same answers after an edit as when opened afresh', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(20),
      insert: fc.constantFrom('', ...PIECES),
    });
    fc.assert(
      fc.property(
        fc.oneof(text, paragraphs),
        kind,
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        (sample, form, edits) => {
          let current = sample;
          let analysis = analyse(current, form);
          for (const { at, remove, insert } of edits) {
            const start = Math.floor(at * current.length);
            current = current.slice(0, start) + insert + current.slice(start + remove);
            analysis = analyse(current, form, analysis);
            const fresh = analyse(current, form);
            expect(everything(analysis)).toEqual(everything(fresh));
            expect(referencesOf(analysis)).toEqual(referencesOf(fresh));
            expect(scriptOfDraft(analysis)).toEqual(scriptOf(current));
            expect(lint(analysis)).toEqual(lint(fresh));
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('survives the prefixes of every sample, as typing gives them', () => {
    const folder = path.resolve('corpus/samples');
    for (const file of readdirSync(folder).filter((name) => name !== 'README.md')) {
      const sample = readFileSync(path.join(folder, file), 'utf8');
      let analysis: Analysis | undefined;
      for (let end = 0; end <= sample.length; end += end < 400 ? 1 : 11) {
        analysis = analyse(sample.slice(0, end), 'policytext', analysis);
        // A single check of all of them: an expectation for each finding takes longer than finding them.
        expect(lint(analysis).filter((finding) => finding.end < finding.start)).toEqual([]);
      }
      expect(everything(analysis as Analysis)).toEqual(everything(analyse((analysis as Analysis).text)));
    }
  }, 240_000);

  it.each([
    ['opening brackets', '（'],
    ['asterisks', '* '],
    ['markers', '一、'],
    ['figures', '1.'],
    ['flattened markers', '。 一、'],
    ['fields', '{{'],
    ['lines', '\n'],
    ['articles', '第一条 \n'],
    ['contents', '目录\n'],
    ['attachments', '附件\n'],
    ['backticks', '`*'],
    ['sign-offs', '2024年1月1日\n标题\n'],
  ])('gets through 200,000 characters of %s', (_, unit) => {
    const sample = unit.repeat(Math.ceil(200_000 / unit.length));
    for (const form of ['policytext', 'markdown'] as const) {
      const { headings, placeholders, enumerations } = analyse(sample, form);
      expect(headings.length + placeholders.length + enumerations.length).toBeGreaterThanOrEqual(0);
    }
  });
});
