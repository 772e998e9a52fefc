/** Texts and edits unlike any writer's, for the properties that must hold in any case. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { rules } from '../../server/src/rules';

/** Factor by which `npm run fuzz` searches longer. */
export const EFFORT = Number(process.env.POLICY_TEXT_FUZZ ?? 1) || 1;

/** The sample drafts, and the examples of every rule. */
export const SAMPLES: readonly string[] = readdirSync('corpus/samples')
  .filter((name) => name !== 'README.md')
  .map((name) => readFileSync(path.join('corpus/samples', name), 'utf8'));
export const EXAMPLES: readonly string[] = rules.flatMap(({ examples }) =>
  [...examples.flagged, ...examples.clean].map(({ text }) => text.replace(/[⟦⟧]/g, '')),
);

const HOSTILE = [
  '\r\n',
  '\r',
  '\n',
  '\n\n',
  '\u2028',
  '\u2029',
  '\0',
  '\ufeff',
  '\u00ad',
  '\ud840',
  '\udc0b',
  '𠀋',
  '\u200b',
];
const MARKS = '，。；：！？、…—“”‘’（）《》〔〕【】「」()[]{}<>"\'`*#_-~|/\\,.;:!?%0123456789０９';
const WORDS = [
  ...['一、', '（二）', '(三)', '1.', '2．', '第三章 ', '第十条', '①', '一是', '二要', '首先，', '附件1', '目录'],
  ...[
    '〔2026〕3号',
    '2026年1月1日',
    '××',
    '某某',
    '{{字段}}',
    '〔待补〕',
    '产(chǎn)业(yè)',
    '確!鞍税藨',
    '（下转第四版）',
  ],
  ...['经济', '經濟', '以下三点：', '见第五条', '习近平新时代特色社会主义思想', 'https://a.cn/?x=1', 'GDP', '5%～10%'],
];
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ maxLength: 5, unit: 'binary' }) },
);

/** The text inserted by one edit. */
export const insertion = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));

const lines = fc.array(fc.constantFrom(...SAMPLES.flatMap((sample) => sample.split('\n'))), { maxLength: 8 });

/** A short text: lines of the samples with anything at all between and within them. */
export const text = fc.tuple(lines, fc.array(fc.tuple(fc.nat(), insertion), { maxLength: 10 })).map(([kept, holes]) => {
  let whole = kept.join('\n');
  for (const [at, put] of holes) {
    const place = at % (whole.length + 1);
    whole = whole.slice(0, place) + put + whole.slice(place);
  }
  return whole;
});
