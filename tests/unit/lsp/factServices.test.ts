import { afterEach, expect, it, vi } from 'vitest';
import { CancellationToken } from 'vscode-languageserver';
import { FactServices } from '../../../server/src/lsp/factServices';
import type { WorkspaceDrafts } from '../../../server/src/lsp/workspace';
import type { Analysis } from '../../../server/src/structure/analysis';
import type { Resumable } from '../../../server/src/text/resumable';

const analysed: string[] = [];
vi.mock('../../../server/src/structure/analyse', async (original) => {
  const { analyseIncremental, ...rest } = await original<typeof import('../../../server/src/structure/analyse')>();
  const counting = (text: string, ...others: never[]): Resumable<Analysis> => {
    analysed.push(text);
    return analyseIncremental(text, ...others);
  };
  return { ...rest, analyseIncremental: counting };
});
afterEach(() => {
  analysed.length = 0;
});

it('reads again only the drafts whose text has changed', async () => {
  const texts = new Map(
    Array.from({ length: 20 }, (_, at) => [`file:///${at}.txt`, `青禾县通报\n2025年，粮食产量${at + 10}万吨。`]),
  );
  const workspace = {
    async *texts() {
      for (const [uri, text] of texts) yield { uri, text };
    },
  } as unknown as WorkspaceDrafts;
  const services = new FactServices(workspace, () => undefined, 'zh-cn');
  const figures = async () => {
    const { drafts } = await services.facts('file:///none.txt', CancellationToken.None);
    return drafts.map(({ indicators }) => indicators[0]?.figures[0]?.text);
  };
  expect((await figures())[7]).toBe('17万吨');
  expect(analysed).toHaveLength(20);
  analysed.length = 0;

  const changed = '青禾县通报\n2025年，粮食产量99万吨。';
  texts.set('file:///7.txt', changed);
  expect((await figures())[7]).toBe('99万吨');
  expect(analysed).toEqual([changed]);
  analysed.length = 0;

  // A deleted draft is forgotten; one that comes back is read.
  texts.delete('file:///3.txt');
  expect(await figures()).toHaveLength(19);
  expect(analysed).toEqual([]);
});
