/** Memory is returned: after thousands of edits, and after hundreds of documents were opened and closed. */
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { Session } from './session';
import { SPEECH } from './texts';

const EDITS = 10_000;
const DOCUMENTS = 500;
/** Memory the server may keep in addition: code compiled meanwhile, tables that grow once. */
const SLACK = 4_000_000;
const uri = 'untitled:长稿';
const TEXT = Array.from({ length: 15 }, (_, index) => SPEECH.replace('水利工作会议', `第${index}次会议`)).join('\n');

async function started(): Promise<Session> {
  const session = Session.spawn(['--expose-gc', '--require', path.resolve('tests/protocol/heap.cjs')]);
  await session.initialize();
  return session;
}

async function everything(session: Session, at: string): Promise<void> {
  const textDocument = { uri: at };
  await session.symbols(at);
  await session.pull(at);
  await session.request('textDocument/foldingRange', { textDocument });
  await session.request('textDocument/completion', { textDocument, position: { line: 3, character: 8 } });
}

/** Bytes in use once they no longer change: dictionaries are loaded in the background, two seconds after the start. */
async function settled(session: Session): Promise<number> {
  let last = await session.heapInUse();
  for (let calm = 0, round = 0; calm < 12 && round < 60; round++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await session.heapInUse();
    calm = Math.abs(now - last) < 100_000 ? calm + 1 : 0;
    last = now;
  }
  return last;
}

// Windows has no such signal.
describe.skipIf(process.platform === 'win32')('the memory of the server', { timeout: 120_000 }, () => {
  it(`is what it was after ${EDITS} edits`, async () => {
    const session = await started();
    await session.open(uri, TEXT);
    const lines = TEXT.split('\n').length;
    let version = 1;
    const edit = async (round: number) => {
      const start = { line: (round >> 1) % lines, character: 0 };
      const change =
        round % 2 === 0
          ? { range: { start, end: start }, text: '水' }
          : { range: { start, end: { ...start, character: 1 } }, text: '' };
      await session.change(uri, ++version, [change]);
      if (round % 50 === 0) await everything(session, uri);
    };
    for (let round = 0; round < EDITS / 10; round++) await edit(round);
    const before = await settled(session);
    for (let round = 0; round < EDITS; round++) await edit(round);
    await everything(session, uri);
    expect((await settled(session)) - before).toBeLessThan(SLACK);
    await session.stop();
  });

  it(`is what it was after ${DOCUMENTS} documents were opened and closed`, async () => {
    const session = await started();
    const visit = async (number: number) => {
      const at = `file:///folder${number % 7}/稿${number}.txt`;
      await session.open(at, `${TEXT}\n第${number}稿`);
      await everything(session, at);
      await session.close(at);
    };
    // As many as are counted below: the code that this much use compiles is compiled, and tables have grown.
    for (let number = 0; number < DOCUMENTS; number++) await visit(number);
    const before = await settled(session);
    for (let number = 0; number < DOCUMENTS; number++) await visit(1000 + number);
    expect((await settled(session)) - before).toBeLessThan(SLACK);
    await session.stop();
  });
});
