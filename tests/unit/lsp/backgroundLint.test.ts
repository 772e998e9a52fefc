/** Linting in another thread, with a worker that the test plays: what it is sent and when, and what becomes of its failures. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyLexicon } from '../../../server/src/lexicon/model/store';
import {
  BackgroundLinter,
  type LintAnswer,
  type LintRequest,
  type LintWorkerEvents,
} from '../../../server/src/lsp/backgroundLint';
import { rules } from '../../../server/src/rules/index';

/** A worker that answers when it is told to. */
class PlayedWorker {
  readonly requests: LintRequest[] = [];
  isEnded = false;

  constructor(
    readonly dropped: Int32Array,
    private readonly events: LintWorkerEvents,
  ) {}

  get texts(): string[] {
    return this.requests.flatMap((one) => (one.kind === 'lint' ? [one.text] : []));
  }

  /** The number of the task to lint `text`. */
  idOf(text: string): number {
    for (const one of this.requests) if (one.kind === 'lint' && one.text === text) return one.id;
    throw new Error(`not requested: ${text}`);
  }

  answer(answer: LintAnswer): void {
    this.events.answered(answer);
  }

  find(text: string, ...starts: number[]): void {
    const finding = { start: 0, end: 1, message: { en: text, zh: text } };
    const results = starts.map((base) => ({ rule: 1, severity: 'hint' as const, finding, base }));
    this.answer({ id: this.idOf(text), kind: 'results', results, isLast: true });
  }

  fail(error: Error): void {
    this.events.failed(error);
  }
}

let workers: PlayedWorker[];
let linter: BackgroundLinter;
const lexicon = emptyLexicon();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  workers = [];
  linter = new BackgroundLinter(({ dropped }, events) => {
    const worker = new PlayedWorker(dropped, events);
    workers.push(worker);
    return {
      post: (request) => void worker.requests.push(structuredClone(request)),
      terminate: () => {
        worker.isEnded = true;
      },
    };
  });
});
afterEach(() => {
  linter.dispose();
  vi.useRealTimers();
});

const lint = (text: string, wanted: () => boolean = () => true, own = lexicon) =>
  linter.lint({ text, kind: 'policytext', configuration: { rules: {} }, lexicon: own, spelling: undefined }, wanted);

/** Lets the linter send what it can. */
async function sent(): Promise<PlayedWorker> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  return workers.at(-1) as PlayedWorker;
}

describe('linting in another thread', () => {
  it('starts none before a text is to be linted', () => {
    expect(workers).toEqual([]);
  });

  it('sends two texts at a time, in order, and gives results with their rules', async () => {
    const [one, two, three] = [lint('甲'), lint('乙'), lint('丙')];
    const worker = await sent();
    expect(worker.texts).toEqual(['甲', '乙']);
    worker.find('甲', 3, 5);
    await sent();
    expect(worker.texts).toEqual(['甲', '乙', '丙']);
    worker.find('丙');
    worker.find('乙', 7);
    expect((await one)?.map(({ start, rule }) => [start, rule])).toEqual([
      [3, rules[1]],
      [5, rules[1]],
    ]);
    expect((await two)?.map(({ start }) => start)).toEqual([7]);
    expect(await three).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('puts the parts of long results together', async () => {
    const found = lint('甲');
    const worker = await sent();
    const id = worker.idOf('甲');
    const finding = { start: 0, end: 0, message: { en: '', zh: '' } };
    const result = (base: number) => ({ rule: 0, severity: 'hint' as const, finding, base });
    worker.answer({ id, kind: 'results', results: [result(1), result(2)], isLast: false });
    worker.answer({ id, kind: 'results', results: [result(3)], isLast: true });
    expect((await found)?.map(({ start }) => start)).toEqual([1, 2, 3]);
  });

  it('sends a lexicon before the first text that is linted with it', async () => {
    const other = emptyLexicon();
    const all = [lint('甲'), lint('乙'), lint('丙', undefined, other), lint('丁', undefined, other)];
    const worker = await sent();
    worker.find('甲');
    await sent();
    worker.find('乙');
    await sent();
    expect(worker.requests.map((one) => (one.kind === 'lint' ? one.text : one.kind))).toEqual([
      ...['lexicon', '甲', '乙', 'lexicon', '丙', '丁'],
    ]);
    worker.find('丙');
    worker.find('丁');
    await Promise.all(all);
  });

  it('drops what nobody waits for, whether it is waiting or with the worker', async () => {
    let isWanted = true;
    const wanted = () => isWanted;
    const [one, two, three] = [lint('甲', wanted), lint('乙'), lint('丙', wanted)];
    const worker = await sent();
    isWanted = false;
    vi.advanceTimersByTime(60);
    expect(await three).toBeUndefined();
    expect([...worker.dropped]).toContain(worker.idOf('甲'));
    expect([...worker.dropped]).not.toContain(worker.idOf('乙'));
    worker.answer({ id: worker.idOf('甲'), kind: 'dropped' });
    expect(await one).toBeUndefined();
    worker.find('乙', 1);
    expect(await two).toHaveLength(1);
    await sent();
    expect(worker.texts).toEqual(['甲', '乙']);
  });

  it('ends the worker when nothing has come for a while, and starts another when something comes', async () => {
    const one = lint('甲');
    (await sent()).find('甲');
    await one;
    expect(workers[0]?.isEnded).toBe(false);
    vi.advanceTimersByTime(3_000);
    expect(workers[0]?.isEnded).toBe(true);
    const two = lint('乙');
    const next = await sent();
    expect(workers).toHaveLength(2);
    expect(next.requests.map(({ kind }) => kind)).toEqual(['lexicon', 'lint']);
    next.find('乙');
    expect(await two).toEqual([]);
  });

  it('ends the worker too if the last text was dropped', async () => {
    let isWanted = true;
    const one = lint('甲', () => isWanted);
    const worker = await sent();
    isWanted = false;
    vi.advanceTimersByTime(60);
    worker.answer({ id: worker.idOf('甲'), kind: 'dropped' });
    await one;
    vi.advanceTimersByTime(3_000);
    expect(worker.isEnded).toBe(true);
  });

  it('rejects everything if the worker fails', async () => {
    const all = [lint('甲'), lint('乙'), lint('丙')].map((one) => one.catch((error: Error) => error.message));
    const worker = await sent();
    worker.fail(new Error('out of memory'));
    expect(await Promise.all(all)).toEqual(['out of memory', 'out of memory', 'out of memory']);
  });

  it('rejects everything if there can be no worker', async () => {
    const none = new BackgroundLinter(() => {
      throw new Error('no threads');
    });
    const task = { text: '', kind: 'policytext', configuration: { rules: {} }, lexicon, spelling: undefined } as const;
    await expect(none.lint(task, () => true)).rejects.toThrow('no threads');
  });

  it('rejects one text that could not be linted', async () => {
    const [one, two] = [lint('甲').catch((error: Error) => error.message), lint('乙')];
    const worker = await sent();
    worker.answer({ id: worker.idOf('甲'), kind: 'failure', error: 'a rule threw' });
    worker.find('乙');
    expect(await one).toBe('a rule threw');
    expect(await two).toEqual([]);
  });
});
