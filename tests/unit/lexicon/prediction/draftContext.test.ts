import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftContext, draftStart } from '../../../../server/src/lexicon/prediction/prediction';

/** All places with the context before `text`'s end: what a fresh context finds. */
function places(draft: DraftContext): string {
  const found: string[] = [];
  draft.eachPlace(draft.length, 4, (shared, next) => found.push(`${shared}${String.fromCharCode(next)}`));
  return found.join(' ');
}

function fresh(text: string): DraftContext {
  const draft = new DraftContext();
  draft.set(text);
  return draft;
}

describe('the draft before the caret, kept between keystrokes', () => {
  it('finds what a fresh one finds, whatever was typed, deleted or changed before', () => {
    const piece = fc.string({ unit: fc.constantFrom('水', '利', '工', '程', '，', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.nat(15), fc.boolean()), { maxLength: 20 }), (edits) => {
        const kept = new DraftContext();
        let text = '';
        for (const [words, deleted, atStart] of edits) {
          text = text.slice(0, Math.max(0, text.length - deleted));
          text = atStart ? words + text : text + words;
          kept.set(text);
          expect(places(kept)).toBe(places(fresh(text)));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('uses the same part of a long draft however the caret came there', () => {
    const text = Array.from({ length: 50_000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * at) % 97))).join('');
    const kept = new DraftContext();
    for (let caret = 39_990; caret < 44_020; caret += 3) kept.set(text.slice(0, caret));
    kept.set(text.slice(0, 44_021));
    expect(places(kept)).toBe(places(fresh(text.slice(0, 44_021))));
    expect(places(kept)).not.toBe('');
  });

  it('moves its start in steps, and never uses less than 36,000 characters of a draft that has as many', () => {
    let moves = 0;
    for (let caret = 1; caret < 60_000; caret++) {
      const start = draftStart(caret);
      if (start !== draftStart(caret - 1)) moves++;
      if (start > 0 && caret - start < 36_000) throw new Error(`${caret}: ${start}`);
      if (caret - start > 40_000) throw new Error(`${caret}: ${start}`);
    }
    expect(moves).toBe(5);
  });
});
