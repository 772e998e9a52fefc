import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyLexicon } from '../../../server/src/lexicon/model/store';
import { Suggesting, type SuggestingParts } from '../../../server/src/lsp/completionService';
import { Typing } from '../../../server/src/lsp/typing';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether `promise` has resolved after `milliseconds`. */
async function isDoneAfter(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(milliseconds);
  return done;
}

describe('work beside typing', () => {
  it('waits for the list after an edit if lists are requested', async () => {
    const typing = new Typing();
    typing.listAnswered();
    typing.draftChanged();
    const work = typing.listGiven();
    expect(await isDoneAfter(work, 5)).toBe(false);
    typing.listAnswered();
    expect(await isDoneAfter(work, 0)).toBe(true);
  });

  it('waits no longer than a moment for a list that does not come', async () => {
    const typing = new Typing();
    typing.listAnswered();
    typing.draftChanged();
    expect(await isDoneAfter(typing.listGiven(), 100)).toBe(true);
  });

  it('does not wait for a client that requests no lists, or no more', async () => {
    const typing = new Typing();
    typing.draftChanged();
    expect(await isDoneAfter(typing.listGiven(), 0)).toBe(true);
    typing.listAnswered();
    for (let edit = 0; edit < 20; edit++) typing.draftChanged();
    expect(await isDoneAfter(typing.listGiven(), 0)).toBe(true);
  });

  it('has shorter slices while lists are requested', async () => {
    const typing = new Typing();
    typing.draftChanged();
    const usual = typing.piece;
    typing.listAnswered();
    expect(typing.piece).toBeLessThan(usual);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(typing.piece).toBe(usual);
    typing.draftChanged();
    expect(typing.piece).toBeLessThan(usual);
  });

  it('waits for nothing once the list was answered', async () => {
    const typing = new Typing();
    typing.draftChanged();
    typing.listAnswered();
    expect(await isDoneAfter(typing.listGiven(), 0)).toBe(true);
  });

  it('is idle some time after the last edit', async () => {
    const typing = new Typing();
    expect(await isDoneAfter(typing.idle(), 0)).toBe(true);
    typing.draftChanged();
    const idle = typing.idle();
    expect(typing.isIdle).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    typing.draftChanged();
    expect(await isDoneAfter(idle, 500)).toBe(false);
    expect(await isDoneAfter(idle, 200)).toBe(true);
    expect(typing.isIdle).toBe(true);
  });

  it('does not wait for ever for a writer who never rests', async () => {
    const typing = new Typing();
    typing.draftChanged();
    let done = false;
    void typing.idle().then(() => {
      done = true;
    });
    for (let second = 0; second < 20; second += 0.2) {
      typing.draftChanged();
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(done).toBe(true);
  });
});

describe('suggestions', () => {
  it('are offered to a writer who never rests', async () => {
    const registered: unknown[] = [];
    const parts = {
      connection: {
        client: {
          register: async (_: unknown, options: unknown) => {
            registered.push(options);
            return { dispose: () => {} };
          },
        },
        console: { error: () => {} },
      },
      abilities: { completionRegistration: true },
      lexicons: { get: async () => emptyLexicon() },
      typing: { idle: () => new Promise<void>(() => {}), isIdle: false },
    } as unknown as SuggestingParts;
    await new Promise<void>((resolve) => new Suggesting(parts).start(resolve));
    expect(registered).toHaveLength(1);
  });
});
