import { afterAll, beforeAll, expect, it } from 'vitest';
import { Session } from './session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
  // Everything is loaded, so that no request waits for that.
  await session.open('untitled:note', '一、水利\n各镇要抓好落实。\n');
  await session.request('textDocument/hover', about('untitled:note'));
});
afterAll(() => session.stop());

const about = (uri: string) => ({ textDocument: { uri }, position: { line: 1, character: 3 } });

it.each(['textDocument/hover', 'textDocument/definition', 'textDocument/completion'])(
  'a long draft that %s is the first to need is read while others are answered',
  async (method) => {
    const uri = `untitled:${method}`;
    await session.open(uri, `一、水利\n（见第${'\n各镇要抓好落实，按时完成任务。'.repeat(30_000)}`);
    const answered: string[] = [];
    const long = session.request(method, about(uri)).then(() => answered.push('long'));
    const note = session.symbols('untitled:note').then(() => answered.push('note'));
    await Promise.all([long, note]);
    expect(answered).toEqual(['note', 'long']);
    await session.close(uri);
  },
);
