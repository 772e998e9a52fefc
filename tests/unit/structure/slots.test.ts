import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { type Slots, slotsOf } from '../../../server/src/structure/candidates';
import { layOut } from '../../../server/src/structure/layout';
import { runToCompletion } from '../../../server/src/text/resumable';
import { everything } from './outline';

/** Lines whose slots depend on the lines around them, each in its own way. */
const LINES = [
  '',
  '',
  '　　各部门要抓好落实，把水渠修到田头，确保按期完成。',
  '一、总体要求',
  '二、主要任务',
  '（一）修水渠',
  '（二）',
  '补种树苗',
  '1．清理河道',
  '2．加固堤坝。二、主要任务',
  '抓好三项工作。一是修渠；',
  '二是种树；',
  '第三，护堤。',
  '38 森林之保护',
  '39 電業應有適當之備用供電量。',
  '7　附则',
  '要按照本办法第',
  '三章的规定办理。',
  '工作安排如下（',
  '三）抓好收尾',
  '附件：1．名单',
  '附件1',
  '名单',
  '# 说明',
  '11．第一类 12．第二类',
  '13．第三类',
  '青禾县人民政府',
  '2031年5月6日',
  '目录',
  '第一章　总则……1',
];

const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 12 });

function slots({ text, lines: table, records }: Analysis, known?: Slots, most?: number): Slots {
  const textOf = (line: number) => {
    const record = records[line]!;
    const start = table.start(line);
    return text.slice(start + record.contentStart, start + record.contentEnd);
  };
  return runToCompletion(slotsOf(records, runToCompletion(layOut(records, textOf)), textOf, known, most));
}

describe('the slots after an edit', () => {
  it('are those of the text read anew, as is what is made of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(3), lines), { minLength: 1, maxLength: 4 }),
        (first, edits) => {
          const written = [...first];
          let analysis = analyse(written.join('\n'));
          let known = slots(analysis);
          for (const [at, removed, added] of edits) {
            written.splice(at, removed, ...added);
            const text = written.join('\n');
            analysis = analyse(text, 'policytext', analysis);
            known = slots(analysis, known);
            expect(known).toEqual(slots(analysis));
            expect(everything(analysis)).toEqual(everything(analyse(text)));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are the first ones if there are too many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(3), lines), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 8 }),
        (first, edits, most) => {
          const written = [...first];
          let analysis = analyse(written.join('\n'));
          let known = slots(analysis, undefined, most);
          for (const [at, removed, added] of edits) {
            written.splice(at, removed, ...added);
            analysis = analyse(written.join('\n'), 'policytext', analysis);
            known = slots(analysis, known, most);
            expect(known).toEqual(slots(analysis, undefined, most));
            expect(known.slots).toEqual(slots(analysis).slots.slice(0, most));
            expect(known.places).toEqual(slots(analysis).places.slice(0, most));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of other lines are the same objects', () => {
    const written = Array.from({ length: 300 }, (_, index) => `${index + 1}．清理河道`);
    const before = slots(analyse(written.join('\n')));
    const analysis = analyse(written.join('\n'));
    const first = slots(analysis);
    written[150] = '151．清理河道水面';
    written.splice(200, 0, '要抓好。');
    const later = slots(analyse(written.join('\n'), 'policytext', analysis), first);
    expect(later.slots.filter((slot) => first.slots.includes(slot)).length).toBeGreaterThan(240);
    expect(later.places.map(({ line }) => line)).toEqual(
      before.places.map(({ line }) => (line < 200 ? line : line + 1)),
    );
  });
});
