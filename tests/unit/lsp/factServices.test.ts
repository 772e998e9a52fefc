import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CancellationToken } from 'vscode-languageserver';
import { FactServices } from '../../../server/src/lsp/factServices';
import type { WorkspaceDrafts } from '../../../server/src/lsp/workspace';
import { analyse } from '../../../server/src/structure/analyse';

vi.mock('../../../server/src/structure/analyse', async (original) => {
  const real = await original<typeof import('../../../server/src/structure/analyse')>();
  return { analyse: vi.fn(real.analyse) };
});

const REPORT = ['青禾县工作报告', '一、农业工作', '2025年，全县粮食产量达到31.5万吨，农业稳步发展。'].join('\n');
const LONG = `${REPORT}\n${'坚持稳中求进，压实主体责任，完成年度目标。2025年，全县粮食产量达到31.5万吨。\n'.repeat(300)}`;

/** Drafts of these names and texts, none of them open; how many were asked for. */
function servicesFor(drafts: readonly { uri: string; text: string }[]) {
  let asked = 0;
  const workspace = {
    async *texts() {
      for (const draft of drafts) {
        asked++;
        yield draft;
      }
    },
  } as unknown as WorkspaceDrafts;
  return { services: new FactServices(workspace, () => undefined, 'en'), asked: () => asked };
}

const many = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => ({ uri: `file:///drafts/${index}.txt`, text: `${index}${text}` }));
const untaken = { isCancellationRequested: false } as CancellationToken;

/** A token that is taken back when others have their first turn. */
function takenBack(): CancellationToken {
  const token = { isCancellationRequested: false };
  setImmediate(() => {
    token.isCancellationRequested = true;
  });
  return token as CancellationToken;
}

describe('figures of many drafts', () => {
  beforeEach(() => {
    vi.mocked(analyse).mockClear();
  });

  it('are read with turns for others, and what was read before a request was taken back is kept', async () => {
    const { services } = servicesFor(many(40, LONG));
    await services.facts('file:///other.txt', takenBack());
    const first = vi.mocked(analyse).mock.calls.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(40);
    const { drafts } = await services.facts('file:///other.txt', untaken);
    expect(drafts).toHaveLength(40);
    expect(vi.mocked(analyse).mock.calls.length).toBe(40);
    await services.facts('file:///other.txt', untaken);
    expect(vi.mocked(analyse).mock.calls.length).toBe(40);
  });

  it('are read as the kind of text that the name of the file tells', async () => {
    const { services } = servicesFor([
      { uri: 'file:///a.md', text: REPORT },
      { uri: 'file:///b.txt', text: `${REPORT}\n` },
    ]);
    await services.facts('file:///other.txt', untaken);
    expect(vi.mocked(analyse).mock.calls.map(([, kind]) => kind)).toEqual(['markdown', 'policytext']);
  });

  it('are sought in six hundred drafts and no more, and no further draft is read', async () => {
    const { services, asked } = servicesFor(many(700, REPORT));
    expect((await services.facts('file:///other.txt', untaken)).drafts).toHaveLength(600);
    expect(asked()).toBeLessThanOrEqual(601);
  });
});

describe('passages of many drafts', () => {
  it('are found by each of several requests at once, with turns for others', async () => {
    const { services } = servicesFor(many(40, LONG));
    let turns = 0;
    let over = false;
    const others = (): void => {
      turns++;
      if (!over) setImmediate(others);
    };
    setImmediate(others);
    const ask = (token: CancellationToken) => services.passages({ uri: 'file:///0.txt', query: '粮食产量' }, token);
    const [first, dropped, third] = await Promise.all([ask(untaken), ask(takenBack()), ask(untaken)]);
    over = true;
    expect(turns).toBeGreaterThan(2);
    expect(first.passages.length).toBeGreaterThan(0);
    expect(dropped.passages).toEqual([]);
    expect(third.passages).toEqual(first.passages);
  });
});
