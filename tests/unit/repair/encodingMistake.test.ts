import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { encodingMistake } from '../../../server/src/repair/encodingMistake';

const SIMPLIFIED =
  '各位代表：现在，我代表青禾县人民政府，向大会报告工作，请予审议。要坚持稳中求进，扎实推动高质量发展。';
const TRADITIONAL = '各位代表：現在，我代表青禾縣人民政府，向大會報告工作，請予審議。要堅持穩中求進，推動高質量發展。';
const as = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);

describe('encodingMistake', () => {
  it.each([
    ['GBK read as UTF-8', as(iconv.encode(SIMPLIFIED, 'gbk'), 'utf-8'), 'utf8', 'gb18030'],
    ['Big5 read as UTF-8', as(iconv.encode(TRADITIONAL, 'big5'), 'utf-8'), 'utf8', 'big5hkscs'],
    ['UTF-8 read as GBK', as(Buffer.from(SIMPLIFIED), 'gbk'), 'gb18030', 'utf8'],
    ['traditional UTF-8 read as GBK', as(Buffer.from(TRADITIONAL), 'gbk'), 'gb18030', 'utf8'],
    ['UTF-8 read as Big5', as(Buffer.from(SIMPLIFIED), 'big5'), 'big5hkscs', 'utf8'],
    ['traditional UTF-8 read as Big5', as(Buffer.from(TRADITIONAL), 'big5'), 'big5hkscs', 'utf8'],
    ['UTF-8 read as Big5 by the editor', iconv.decode(Buffer.from(TRADITIONAL), 'big5hkscs'), 'big5hkscs', 'utf8'],
    ['UTF-8 read as Windows-1252', as(Buffer.from(SIMPLIFIED), 'windows-1252'), 'windows1252', 'utf8'],
    ['UTF-8 read as Latin-1', Buffer.from(SIMPLIFIED).toString('latin1'), 'windows1252', 'utf8'],
    ['Big5 read as GBK', as(iconv.encode(TRADITIONAL, 'big5'), 'gbk'), 'gb18030', 'big5hkscs'],
    ['GBK read as Big5', as(iconv.encode(SIMPLIFIED, 'gbk'), 'big5'), 'big5hkscs', 'gb18030'],
  ])('tells %s', (_, text, readAs, encoding) => {
    expect(encodingMistake(text)).toMatchObject({ readAs });
    expect(encodingMistake(text)?.candidates[0]).toBe(encoding);
  });

  it('asks the bytes where there are any', () => {
    const bytes = iconv.encode(TRADITIONAL, 'big5');
    expect(encodingMistake(as(bytes, 'utf-8'), bytes)).toEqual({ readAs: 'utf8', candidates: ['big5hkscs'] });
  });

  it('asks the bytes whether UTF-8 was read as something else', () => {
    const bytes = Buffer.from(SIMPLIFIED);
    for (const encoding of ['big5', 'gbk'] as const) {
      expect(encodingMistake(as(bytes, encoding), bytes)?.candidates).toEqual(['utf8']);
    }
    expect(encodingMistake(SIMPLIFIED, bytes)).toBeUndefined();
  });

  it.each([
    SIMPLIFIED,
    TRADITIONAL,
    '',
    'Plain ASCII text, nothing else.',
    'Crème brûlée à la carte — déjà vu, naïve façade.',
    '确!鞍税藨(zhàn)略”全链条',
    `${SIMPLIFIED}\ufffd\ufffd`,
    '張三　李四　王五　趙六　錢七　孫八',
  ])('leaves %s alone', (text) => {
    expect(encodingMistake(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 300 }), (units) => {
        encodingMistake(String.fromCharCode(...units));
      }),
    );
  });
});
