import { describe, expect, it } from 'vitest';
import type { CancellationToken } from 'vscode-languageserver';
import type { Drafts } from '../../../server/src/lsp/documents';
import type { FileAccess } from '../../../server/src/lsp/files';
import { WorkspaceDrafts } from '../../../server/src/lsp/workspace';

const SPEECH = `在全县会议上的讲话\n\n各位代表：\n一、总体要求\n${'坚持稳中求进，压实主体责任，完成年度目标。'.repeat(6)}\n二、重点任务\n`;

/** A folder of many files, and a token that is cancelled once `wanted` have been read. */
function workspace(files: number, wanted: number) {
  let reads = 0;
  const token = {
    get isCancellationRequested() {
      return reads >= wanted;
    },
  } as CancellationToken;
  const access = {
    async *list() {
      for (let at = 0; at < files; at++) yield { uri: `file:///drafts/${at}.txt`, stamp: '1', size: 600 };
    },
    async read() {
      reads++;
      return SPEECH;
    },
  } as unknown as FileAccess;
  const drafts = new WorkspaceDrafts({ all: () => [] } as unknown as Drafts, access, 'zh-cn');
  drafts.folders = ['file:///drafts'];
  return { drafts, token, reads: () => reads };
}

describe('the drafts of a folder', () => {
  it.each([
    ['headings', (drafts: WorkspaceDrafts, token: CancellationToken) => drafts.headings(token)],
    ['placeholders', (drafts: WorkspaceDrafts, token: CancellationToken) => drafts.placeholders(token)],
    [
      'texts',
      async (drafts: WorkspaceDrafts, token: CancellationToken) => {
        for await (const _ of drafts.texts(token));
      },
    ],
  ])('are read no further for their %s once nobody wants them', async (_, ask) => {
    const { drafts, token, reads } = workspace(500, 3);
    await ask(drafts, token);
    expect(reads()).toBe(3);
  });

  it('are all read where they are wanted, and once', async () => {
    const { drafts, token, reads } = workspace(20, 1_000);
    expect([...(await drafts.headings(token))]).toHaveLength(20 * 3);
    await drafts.placeholders(token);
    expect(reads()).toBe(20);
  });
});
