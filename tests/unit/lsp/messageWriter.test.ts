import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from 'vscode-languageserver';
import { documentSymbols } from '../../../server/src/features/outline';
import { MessageEncoder, StreamWriter } from '../../../server/src/lsp/messageWriter.node';
import { analyse } from '../../../server/src/structure/analyse';

const answer = (result: unknown): Message => ({ jsonrpc: '2.0', id: 7, result }) as Message;
const text = (parts: Buffer[]): string => Buffer.concat(parts).toString();
const decoded = (parts: Buffer[]): unknown => JSON.parse(text(parts));

interface Item {
  readonly name: string;
  readonly children?: readonly Item[];
}

/** A tree of `depth` levels with `width` items each. */
const tree = (width: number, depth: number): Item[] =>
  Array.from({ length: width }, (_, index) => ({
    name: `（${index}）稳步推进“两江”治理`,
    ...(depth > 1 && { children: tree(width, depth - 1) }),
  }));

describe('a message', () => {
  it('is encoded as JSON, whatever was said of its parts', () => {
    const kinds = fc.constantFrom('none', 'keep', 'keepItems');
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), kinds, fc.boolean(), (list, kind, inReport) => {
        const encoder = new MessageEncoder();
        if (kind === 'keep') encoder.keep(list);
        if (kind === 'keepItems') encoder.keepItems(list);
        const message = answer(inReport ? { kind: 'full', resultId: 'a', items: list } : list);
        for (let time = 0; time < 2; time++) {
          expect(decoded(encoder.encode(message))).toEqual(JSON.parse(JSON.stringify(message)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('with many nested items too', () => {
    const encoder = new MessageEncoder();
    const list = tree(6, 4);
    encoder.keepItems(list);
    expect(decoded(encoder.encode(answer(list)))).toEqual(answer(list));
  });

  it('without a result is encoded too', () => {
    const encoder = new MessageEncoder();
    for (const message of [
      answer(null),
      answer([]),
      answer('一'),
      { jsonrpc: '2.0', method: 'a', params: { a: [1] } },
    ]) {
      expect(decoded(encoder.encode(message as Message))).toEqual(message);
    }
  });

  it('encodes items once as long as they are the same', () => {
    const encoder = new MessageEncoder();
    const first = tree(6, 4);
    encoder.keepItems(first);
    encoder.encode(answer(first));
    // The last of the innermost items is new, and with it those that contain it.
    const renewed = (list: readonly Item[]): Item[] =>
      list.map((item, index) =>
        index < list.length - 1
          ? item
          : { name: `${item.name}。`, ...(item.children && { children: renewed(item.children) }) },
      );
    const second = renewed(first);
    encoder.keepItems(second);
    const stringify = vi.spyOn(JSON, 'stringify');
    const parts = encoder.encode(answer(second));
    const size = stringify.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
    stringify.mockRestore();
    expect(decoded(parts)).toEqual(answer(second));
    expect(size).toBeLessThan(text(parts).length / 20);
  });

  it('with an outline after edits is that of the outline made anew', () => {
    const encoder = new MessageEncoder();
    const report = (word: string, extra: string) =>
      `${word}年工作报告\n一、过去工作\n（一）落实${word}。\n要落实。\n${extra}（二）抓好两件事\n二、打算\n要抓好。\n`;
    let symbols: ReturnType<typeof documentSymbols> = [];
    for (const [word, extra] of [
      ['去', ''],
      ['去年', ''],
      ['去年', '又一行。\n'],
      ['去', '又一行。\n（二）补上\n'],
      ['去', ''],
    ] as const) {
      const analysis = analyse(report(word, extra));
      symbols = documentSymbols(analysis, 'zh-cn', symbols);
      encoder.keepItems(symbols);
      expect(symbols).toEqual(documentSymbols(analysis, 'zh-cn'));
      expect(decoded(encoder.encode(answer(symbols)))).toEqual(answer(documentSymbols(analysis, 'zh-cn')));
    }
  });
});

describe('a stream of messages', () => {
  it('has the length of each in bytes before it', async () => {
    const stream = new PassThrough();
    const writer = new StreamWriter(stream, new MessageEncoder());
    await writer.write(answer('一、'));
    await writer.write(answer([]));
    const [one, other] = [answer('一、'), answer([])].map((message) => JSON.stringify(message));
    expect(String(stream.read())).toBe(
      `Content-Length: ${Buffer.byteLength(one!)}\r\n\r\n${one}Content-Length: ${other!.length}\r\n\r\n${other}`,
    );
  });

  it('reports a message that cannot be encoded, and goes on', async () => {
    const stream = new PassThrough();
    const writer = new StreamWriter(stream, new MessageEncoder());
    const failed = vi.fn();
    writer.onError(failed);
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await expect(writer.write(answer(circular))).rejects.toThrow(TypeError);
    expect(failed).toHaveBeenCalledTimes(1);
    await writer.write(answer(1));
    expect(String(stream.read())).toContain('"result":1');
  });
});
