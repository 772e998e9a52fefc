/** Growth of work with the length of a text, for tests: a ratio, so that a slow or busy machine does not matter. */
import process from 'node:process';
import { expect } from 'vitest';

/** Below this many milliseconds a compiler's or a collector's work hides that of the code under test. */
const NOISE_MS = 300;
/** Four times the text is four times the work if it is linear and sixteen times if it is quadratic. */
const MAX_GROWTH = 9;

/** Milliseconds of processor time that `run` takes; other programs do not lengthen it much. */
export function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Number of measurements before the growth is believed: other load affects processor time, too. */
const ATTEMPTS = 3;

/** Expects `run`, given four times `length`, to do at most nine times the work it does for `length`. */
export function expectLinear(run: (length: number) => void, length: number, name?: string): void {
  for (let attempt = 1; ; attempt++) {
    const long = processorTime(() => run(4 * length));
    if (long <= NOISE_MS) return;
    const limit = MAX_GROWTH * processorTime(() => run(length));
    if (long < limit) return;
    if (attempt === ATTEMPTS) expect(long, name).toBeLessThan(limit);
  }
}
