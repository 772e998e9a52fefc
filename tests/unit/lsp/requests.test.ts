import { describe, expect, it } from 'vitest';
import { runCooperatively, TimeSlice } from '../../../server/src/lsp/requests';

/** Busy for this many milliseconds, like real work. */
function busy(milliseconds: number): void {
  for (const began = performance.now(); performance.now() - began < milliseconds; );
}

describe('work in turns', () => {
  it('lets others have their turn, and gives the result', async () => {
    let turns = 0;
    let over = false;
    const others = (): void => {
      turns++;
      if (!over) setImmediate(others);
    };
    setImmediate(others);
    function* work() {
      for (let piece = 0; piece < 10; piece++) {
        busy(7);
        yield;
      }
      return 'done';
    }
    expect(await runCooperatively(work(), () => true)).toBe('done');
    over = true;
    expect(turns).toBeGreaterThan(2);
  });

  it('ends some twenty milliseconds after nobody wants it any more', async () => {
    let wanted = true;
    let pieces = 0;
    function* work() {
      for (;;) {
        pieces++;
        busy(5);
        yield;
      }
    }
    setImmediate(() => {
      wanted = false;
    });
    expect(await runCooperatively(work(), () => wanted)).toBeUndefined();
    // The cancellation is read in the first turn, and a turn comes after twelve milliseconds.
    expect(pieces).toBeLessThanOrEqual(4);
  });

  it('takes no turn where little has been done', async () => {
    const turns = new TimeSlice();
    expect(await turns.goOn(() => false)).toBe(true);
    busy(13);
    expect(await turns.goOn(() => false)).toBe(false);
  });
});
