/** Cancelled requests end while they are processed, and not when all of the work is done. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver-protocol';
import { EDITOR, Session } from './session';
import { SPEECH } from './texts';

/** Places that may be damaged, each of which takes work; no two texts alike, because results are cached. */
const damaged = (seed: number, lines = 700) =>
  Array.from(
    { length: lines },
    (_, at) => `各县确!鞍税藨略${String.fromCharCode(0x5000 + ((37 * at + seed) % 0x4000))}${at}批项目“保八”`,
  ).join('\n');

const soon = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('work that is taken back', () => {
  let session: Session;
  let folder: string;
  const edits: unknown[] = [];
  let version = 0;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cancelled-'));
    for (let at = 0; at < 40; at++) fs.writeFileSync(path.join(folder, `讲话${at}.txt`), SPEECH);
    const codeAction = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };
    const capabilities = {
      textDocument: { ...EDITOR.textDocument, codeAction },
      workspace: { ...EDITOR.workspace, applyEdit: true },
    };
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'drafts' }];
    session = await Session.start({ capabilities, workspaceFolders }, (connection) => {
      connection.onRequest('workspace/applyEdit', (params) => {
        edits.push(params);
        return { applied: true };
      });
    });
  });
  afterAll(async () => {
    await session.stop();
    fs.rmSync(folder, { recursive: true });
  });

  const open = async (text: string) => {
    const uri = `untitled:${++version}`;
    await session.open(uri, text);
    await session.symbols(uri);
    return uri;
  };

  /** Sends a request, cancels it after `milliseconds`, and waits for the cancellation error. */
  async function takeBack(method: string, params: object, milliseconds: number): Promise<void> {
    const source = new CancellationTokenSource();
    const answer = session.request(method, params, source.token);
    const refused = expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    await soon(milliseconds);
    source.cancel();
    await refused;
  }

  /** How long `method` takes in full, and how long until it ends if cancelled right after it began. */
  async function compared(method: string, paramsOf: (uri: string) => object): Promise<{ all: number; cut: number }> {
    // Lazily loaded parts are loaded.
    await session.request(method, paramsOf(await open(damaged(7, 3))));
    let began = performance.now();
    await session.request(method, paramsOf(await open(damaged(++version * 101))));
    const all = performance.now() - began;
    const params = paramsOf(await open(damaged(++version * 101)));
    began = performance.now();
    await takeBack(method, params, all / 10);
    return { all, cut: performance.now() - began };
  }

  it.each([
    ['textDocument/diagnostic', (uri: string) => ({ textDocument: { uri } })],
    ['policyText/cleanUp', (uri: string) => ({ uri })],
    [
      'textDocument/codeAction',
      (uri: string) => ({
        textDocument: { uri },
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        context: { diagnostics: [] },
      }),
    ],
  ])('%s ends when it is taken back', { timeout: 60_000 }, async (method, params) => {
    const { all, cut } = await compared(method, params);
    expect(cut).toBeLessThan(all / 2);
  });

  it('learning is answered as taken back, and learns the next time', async () => {
    const params = { paths: [folder] };
    await takeBack('policyText/learn', params, 5);
    expect(await session.request('policyText/learn', params)).not.toBeNull();
  });

  it('converting the script ends when it is taken back', async () => {
    const uri = await open(SPEECH.repeat(400));
    await takeBack('policyText/convertScript', { uri, to: 'traditional', vocabulary: false }, 5);
  });

  it('a command that is taken back edits nothing', async () => {
    const uri = await open(SPEECH.replace('二、', '五、'));
    const source = new CancellationTokenSource();
    const params = {
      command: 'policyText.server.renumberDocument',
      arguments: [{ uri, position: { line: 3, character: 0 } }],
    };
    const answer = session.request('workspace/executeCommand', params, source.token);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(edits).toEqual([]);
  });
});
