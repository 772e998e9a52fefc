/** Accepted suggestions rank higher the next time, also after a restart. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol';
import { Session } from './session';

const uri = 'untitled:工作要点';
const storage = mkdtempSync(path.join(tmpdir(), 'policy-text-use-'));
const file = path.join(storage, 'used-slogans.json');
const draft = '全县要进一步';

afterAll(() => rmSync(storage, { recursive: true, force: true }));

async function begin(settings: object = {}): Promise<Session> {
  const session = await Session.start({ initializationOptions: { storage, ...settings } });
  await session.open(uri, draft, 'policytext');
  return session;
}

async function items(session: Session): Promise<CompletionItem[]> {
  const position = { line: 0, character: draft.length };
  const list = await session.request<CompletionList>('textDocument/completion', { textDocument: { uri }, position });
  return list.items;
}

async function take(session: Session, { command, arguments: given }: NonNullable<CompletionItem['command']>) {
  await session.request('workspace/executeCommand', { command, arguments: given });
}

const rankOf = async (session: Session, label: string): Promise<number> =>
  (await items(session)).findIndex((item) => item.label === label);

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 100 && !holds(); round++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

describe('an item that was taken', () => {
  it('ranks higher the next time and after a restart, until it is to be forgotten', async () => {
    let session = await begin();
    const chosen = (await items(session))[3] as CompletionItem;
    expect(chosen.command).toBeDefined();
    await take(session, chosen.command as NonNullable<CompletionItem['command']>);
    expect(await rankOf(session, chosen.label)).toBeLessThan(3);
    await until(() => existsSync(file));
    // The words, how often and on which day: nothing else of the draft.
    expect(JSON.parse(readFileSync(file, 'utf8')).uses).toEqual([
      [chosen.label.replace(/[，。]$/, ''), 1, expect.any(Number)],
    ]);
    expect(readFileSync(file, 'utf8')).not.toContain('全县');
    await session.stop();

    session = await begin();
    expect(await rankOf(session, chosen.label)).toBeLessThan(3);
    await session.request('workspace/executeCommand', { command: 'policyText.server.forgetUses' });
    expect(await rankOf(session, chosen.label)).toBe(3);
    expect(existsSync(file)).toBe(false);
    await session.stop();
  });

  it('is not remembered where the writer takes it back at once', async () => {
    const session = await begin();
    const before = await rankOf(session, ((await items(session))[3] as CompletionItem).label);
    const chosen = (await items(session))[3] as CompletionItem;
    const { textEdit } = chosen;
    if (!textEdit || !('range' in textEdit)) throw new Error('a plain text edit was expected');
    await session.change(uri, 2, [{ range: textEdit.range, text: textEdit.newText }]);
    await take(session, chosen.command as NonNullable<CompletionItem['command']>);
    await session.change(uri, 3, [{ text: draft }]);
    expect(await rankOf(session, chosen.label)).toBe(before);
    await session.request('workspace/executeCommand', { command: 'policyText.server.forgetUses' });
    await session.stop();
  });

  it('is not noted where the writer does not want it', async () => {
    const session = await begin({ policyText: { completion: { rememberUse: false } } });
    for (const item of await items(session)) expect(item.command).toBeUndefined();
    await session.stop();
  });

  it('hinders nothing where its file is damaged or cannot be written', async () => {
    writeFileSync(file, '{"version":1,"uses":[[');
    const session = await begin();
    const [, chosen] = await items(session);
    await take(session, chosen?.command as NonNullable<CompletionItem['command']>);
    await until(() => readFileSync(file, 'utf8').endsWith(']]}'));
    expect(await rankOf(session, chosen?.label as string)).toBe(0);
    await session.stop();
    const nowhere = await Session.start({ initializationOptions: { storage: path.join(file, 'below a file') } });
    await nowhere.open(uri, draft, 'policytext');
    const [, other] = await items(nowhere);
    await take(nowhere, other?.command as NonNullable<CompletionItem['command']>);
    expect(await rankOf(nowhere, other?.label as string)).toBe(0);
    await nowhere.stop();
  });
});
