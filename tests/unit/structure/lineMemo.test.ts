import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { LineMemo } from '../../../server/src/structure/lineMemo';
import { runToCompletion } from '../../../server/src/text/resumable';

const UNITS = [...'制订定度。 ', '\n', '\r', '\r\n', '\n\n\n'];
const text = fc.array(fc.constantFrom(...UNITS), { maxLength: 40 }).map((units) => units.join(''));

const every = new LineMemo((line) => line.length);
const rare = new LineMemo((line) => line.split('订').length - 1, { signs: { triggers: ['订'] }, otherwise: 0 });

/** The values of all lines, from both memos. */
function values(analysis: Analysis): number[][] {
  const numbers = Array.from({ length: analysis.lines.count }, (_, number) => number);
  return numbers.map((number) => [every.of(analysis, number), rare.of(analysis, number)]);
}

describe('values derived from lines', () => {
  it('after any edits are those of the text read anew', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.nat(60), fc.nat(6)), { maxLength: 5 }), text, (edits, first) => {
        let written = first;
        let analysis = analyse(written);
        const versions = [analysis];
        for (const [added, from, length] of edits) {
          // Not every version is prepared, and some are for one reader only.
          if (length % 2 === 0) runToCompletion(every.prepare(analysis));
          if (length % 3 === 0) runToCompletion(rare.prepare(analysis));
          written = written.slice(0, from) + added + written.slice(from + length);
          analysis = analyse(written, 'policytext', analysis);
          versions.push(analysis);
        }
        // Earlier versions too, although later ones have taken their columns over.
        for (const version of versions.reverse()) {
          runToCompletion(every.prepare(version));
          runToCompletion(rare.prepare(version));
          expect(values(version)).toEqual(values(analyse(version.text)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are prepared for the changed line only', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `第${index}项制度要落实。`);
    const read: string[] = [];
    const asked = new LineMemo((line) => read.push(line));
    const before = analyse(lines.join('\n'));
    runToCompletion(asked.prepare(before));
    lines[90] += '要修订。';
    const after = analyse(lines.join('\n'), 'policytext', before);
    read.length = 0;
    let visited = 0;
    const records = new Proxy(after.records, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) visited++;
        return Reflect.get(target, key);
      },
    });
    runToCompletion(asked.prepare({ ...after, text: after.text, records, columns: after.columns }));
    expect(read).toEqual([lines[90]]);
    expect(visited).toBeLessThanOrEqual(3);
  });
});
