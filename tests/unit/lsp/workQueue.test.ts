/** Long work waits in one queue: counted in steps, since a busy machine changes every duration. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Traffic, WorkQueue } from '../../../server/src/lsp/requests';

/** The queue's clock: every step of work takes five milliseconds. */
let now = 0;
const STEP_MS = 5;

beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

function* work(name: string, steps: number, log: string[]): Generator<undefined, string> {
  for (let step = 0; step < steps; step++) {
    now += STEP_MS;
    log.push(name);
    yield;
  }
  return name;
}

/** Records in `log` every time that messages could be read. */
function markTurns(log: string[]): () => void {
  let stopped = false;
  const mark = () => {
    if (stopped) return;
    log.push('|');
    setImmediate(mark);
  };
  setImmediate(mark);
  return () => {
    stopped = true;
  };
}

describe('the queue of long work', () => {
  it('lets messages be read after a few steps, however many jobs there are', async () => {
    const queue = new WorkQueue();
    const log: string[] = [];
    const stop = markTurns(log);
    const names = Array.from({ length: 40 }, (_, index) => String(index));
    const done = await Promise.all(names.map((name) => queue.run(work(name, 7, log), () => true)));
    stop();
    expect(done).toEqual(names);
    expect(log.filter((entry) => entry !== '|')).toEqual(names.flatMap((name) => Array(7).fill(name)));
    for (const turn of log.join(' ').split('|')) expect(turn.trim().split(' ').length).toBeLessThanOrEqual(3);
  });

  it('does what is urgent first, also where something else has begun', async () => {
    const queue = new WorkQueue();
    const log: string[] = [];
    const slow = queue.run(work('slow', 9, log), () => true);
    const later = queue.run(work('later', 2, log), () => true);
    const urgent = queue.run(work('urgent', 4, log), () => true, true);
    await expect(urgent).resolves.toBe('urgent');
    expect(log.filter((entry) => entry === 'slow').length).toBeLessThan(9);
    expect(log).not.toContain('later');
    await expect(Promise.all([slow, later])).resolves.toEqual(['slow', 'later']);
  });

  it('drops what nobody wants any more, at its next turn', async () => {
    const queue = new WorkQueue();
    const log: string[] = [];
    let isWanted = true;
    const kept = queue.run(work('kept', 30, log), () => true);
    const dropped = queue.run(work('dropped', 2, log), () => isWanted);
    isWanted = false;
    await expect(dropped).resolves.toBeUndefined();
    expect(log.length).toBeLessThan(30);
    expect(log).not.toContain('dropped');
    await kept;
  });

  it('goes on after work that fails', async () => {
    const queue = new WorkQueue();
    const failing = queue.run(
      (function* (): Generator<undefined, void> {
        yield;
        throw new Error('broken');
      })(),
      () => true,
    );
    const other = queue.run(work('other', 2, []), () => true);
    await expect(failing).rejects.toThrow('broken');
    await expect(other).resolves.toBe('other');
    await expect(queue.run(work('again', 1, []), () => true)).resolves.toBe('again');
  });
});

it('reads all messages that have arrived before work goes on', async () => {
  const traffic = new Traffic();
  const queue = new WorkQueue(() => traffic.settled());
  const log: string[] = [];
  let left = 5;
  // Like the connection: one message per turn, as long as there are any.
  const read = () => {
    traffic.messageRead();
    log.push('message');
    if (--left > 0) setImmediate(read);
  };
  setImmediate(read);
  await queue.run(work('work', 6, log), () => true);
  expect(log.join(' ')).toMatch(/^(work ){1,3}(message ){5}(work ?)+$/);
});

it('lets what is being read from the stream come before work goes on', async () => {
  const traffic = new Traffic();
  const log: string[] = [];
  let turns = 0;
  const queue = new WorkQueue(() => {
    const settled = traffic.settled();
    log.push('|');
    // Like the connection: bytes arrive, are taken apart in the next turn and passed on in the one after it.
    const pass = () => {
      traffic.messageRead();
      log.push('message');
    };
    if (++turns === 2) setImmediate(() => setImmediate(pass));
    return settled;
  });
  await queue.run(work('work', 9, log), () => true);
  expect(log.join(' ')).toMatch(/^(work )+\| (work )+\| message (work )+\|/);
});

it('works in the slices that it is told', async () => {
  let slice = 20;
  const log: string[] = [];
  const queue = new WorkQueue(
    async () => {
      log.push('|');
    },
    () => slice,
  );
  await queue.run(work('long', 8, log), () => true);
  slice = STEP_MS;
  await queue.run(work('short', 3, log), () => true);
  expect(log.join(' ')).toMatch(/^long long long long \| long long long long \|.* short \| short \| short/);
});
