import { spawn, spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { SERVER, Session } from './session';
import { SPEECH } from './texts';

const uri = 'untitled:讲话';
const textDocument = { uri };
const place = { line: 0, character: 0 };

let session: Session;
afterEach(async () => {
  // Whatever happened, the server is alive and exits when told to.
  await session.open('untitled:last', SPEECH);
  expect((await session.symbols('untitled:last')).length).toBeGreaterThan(1);
  await session.stop();
  expect(session.exitCode).toBe(0);
});

describe('a client that sends what makes no sense', () => {
  it('initializes with nothing but capabilities', async () => {
    session = Session.spawn();
    const { capabilities } = await session.connection.sendRequest<{ capabilities: object }>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    expect(capabilities).toMatchObject({ documentSymbolProvider: true });
  });

  it('cannot initialize twice', async () => {
    session = await Session.start();
    await expect(session.initialize()).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
  });

  it('gets empty answers about unknown documents', async () => {
    session = await Session.start();
    expect(await session.symbols(uri)).toEqual([]);
    expect(await session.diagnostics(uri)).toEqual([]);
    expect(await session.request('textDocument/foldingRange', { textDocument })).toBeNull();
    expect(await session.request('textDocument/selectionRange', { textDocument, positions: [place] })).toBeNull();
    expect(await session.request('textDocument/documentHighlight', { textDocument, position: place })).toEqual([]);
    expect(await session.request('policyText/statistics', { uri, position: place })).toBeNull();
    expect(await session.request('workspace/symbol', { query: '水利' })).toEqual([]);
    await session.change(uri, 7, [{ text: SPEECH }]);
    await session.close(uri);
    expect(await session.symbols(uri)).toEqual([]);
  });

  it.each([
    { line: -1, character: -1 },
    { line: 1e15, character: 1e15 },
    { line: 0.5, character: 0.5 },
    { line: '3', character: null },
    {},
    null,
  ])('asks about position %j', async (position) => {
    session = await Session.start();
    await session.open(uri, SPEECH);
    expect(await session.request('textDocument/selectionRange', { textDocument, positions: [position] })).toHaveLength(
      1,
    );
    expect(await session.request('textDocument/documentHighlight', { textDocument, position })).toBeInstanceOf(Array);
    expect(await session.request('policyText/statistics', { uri, position })).toHaveProperty('document');
  });

  it('edits far outside the text', async () => {
    session = await Session.start();
    await session.open(uri, SPEECH);
    const far = { line: 1e9, character: 1e9 };
    await session.change(uri, 2, [{ range: { start: far, end: { line: 2e9, character: 0 } }, text: '三、加强领导\n' }]);
    await session.change(uri, 3, [
      { range: { start: { line: -9, character: -9 }, end: { line: -1, character: 3 } }, text: '' },
    ]);
    await session.change(uri, 4, [{ range: { start: far, end: place }, text: SPEECH }]);
    await session.open('untitled:fresh', SPEECH);
    expect(await session.symbols(uri)).toEqual(await session.symbols('untitled:fresh'));
  });

  it('sends old, equal and missing version numbers', async () => {
    session = await Session.start();
    await session.open(uri, '一、水利\n', 'policytext', 9);
    await session.change(uri, 9, [{ text: '一、水利\n二、农业\n' }]);
    expect(await session.symbols(uri)).toHaveLength(2);
    await session.change(uri, 3, [{ text: '一、水利\n二、农业\n三、林业\n' }]);
    expect(await session.symbols(uri)).toHaveLength(3);
    await session.change(uri, undefined as never, [{ text: '' }]);
  });

  it('sends parameters of the wrong shape', async () => {
    session = await Session.start();
    await session.open(uri, SPEECH);
    for (const method of [
      'textDocument/documentSymbol',
      'textDocument/foldingRange',
      'textDocument/selectionRange',
      'textDocument/documentHighlight',
      'textDocument/diagnostic',
      'policyText/statistics',
      'policyText/recognise',
      'workspace/symbol',
    ]) {
      for (const params of [
        {},
        { textDocument: null },
        { textDocument: 5, uri: 5 },
        { textDocument, positions: 7 },
        [],
      ]) {
        // An answer or an error, but not silence.
        await session.request(method, params).catch((error) => expect(error).toHaveProperty('code'));
      }
    }
    await session.connection.sendNotification('textDocument/didOpen', {});
    await session.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'untitled:none' } });
    await session.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: 'x' });
    await session.change(uri, 5, [{ range: {}, text: 'x' }, {}, null] as never);
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: 3 });
    await session.connection.sendNotification('no/such/method', { a: 1 });
    await expect(session.request('no/such/method', {})).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
    expect(await session.symbols('untitled:none')).toEqual([]);
  });

  it('sends bytes that are no message', async () => {
    session = await Session.start();
    const framed = (content: string) => `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
    session.raw(framed('{"jsonrpc":'));
    session.raw(framed('null'));
    session.raw(framed('[]'));
    session.raw(framed('{"jsonrpc":"2.0","method":"$/cancelRequest"}'));
    session.raw(framed('{"jsonrpc":"2.0","id":null,"method":"textDocument/documentSymbol"}'));
    session.raw(framed('{"jsonrpc":"2.0","id":77,"result":1}'));
    session.raw('Content-Type: nothing\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    session.raw('garbage\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('opens texts that are no prose', async () => {
    session = await Session.start();
    for (const text of [
      '\0\0\0',
      '\ud842\udfb7\ud842',
      '\r\r\n\n\r',
      '\ufeff',
      '（'.repeat(5000),
      '一、\n'.repeat(3000),
    ]) {
      await session.open(uri, text);
      expect(await session.symbols(uri)).toBeInstanceOf(Array);
      expect(await session.diagnostics(uri)).toBeInstanceOf(Array);
      expect(await session.request('textDocument/foldingRange', { textDocument })).toBeInstanceOf(Array);
    }
  });
});

describe('the server program', () => {
  it('says how it is started when it is started without a transport', async () => {
    session = await Session.start();
    const { status, stderr } = spawnSync(process.execPath, [SERVER], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('--stdio');
  });
});

describe('the life of a server', () => {
  /** A server without a session's handshake; messages are sent verbatim. */
  const run = async (...messages: (string | object)[]) => {
    const server = spawn(process.execPath, [SERVER, '--stdio']);
    let output = '';
    server.stdout.on('data', (bytes) => {
      output += bytes;
    });
    const exit = new Promise<number | null>((resolve) => server.on('exit', resolve));
    for (const message of messages) {
      const content = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message });
      server.stdin.write(
        typeof message === 'string' ? message : `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`,
      );
    }
    const code = await Promise.race([exit, new Promise<string>((resolve) => setTimeout(resolve, 4_000, 'lives'))]);
    server.kill('SIGKILL');
    return { code, output };
  };
  const initialize = { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } };
  const symbols = { id: 2, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } };

  beforeEach(async () => {
    session = await Session.start();
  });

  it.each([
    ['a length that is none', 'Content-Length: abc\r\n\r\n{}'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['a message without a header', '{"jsonrpc":"2.0","id":1,"method":"initialize"}\n'],
    ['a body longer than it says', 'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"shutdown"}'],
    ['header lines without end', 'x'.repeat(10_000)],
  ])('ends where the frames are broken: %s', async (_, bytes) => {
    expect((await run(initialize, bytes)).code).toBe(1);
  });

  it('begins with initialize and ends with shutdown', async () => {
    const early = await run(symbols);
    expect(early.output).toContain(`"code":${ErrorCodes.ServerNotInitialized}`);
    const late = await run(initialize, { id: 8, method: 'shutdown' }, { ...symbols, id: 9 }, { method: 'exit' });
    expect(late.output).toMatch(new RegExp(`"id":9,"error":\\{"code":${ErrorCodes.InvalidRequest}`));
    expect(late.code).toBe(0);
  });
});
