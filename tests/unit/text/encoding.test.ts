import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { DecodeError, decode, type Encoding } from '../../../server/src/text/encoding';

const SIMPLIFIED = `关于加快推进青禾县农村供水保障工程的意见
各镇人民政府，县级各部门：
为进一步提升农村供水保障水平，让群众早日喝上放心水，经县人民政府同意，现提出如下意见。
一、总体要求
坚持城乡一体、分步实施，力争用三年时间基本实现规模化供水全覆盖，建立健全长效管护机制。
（一）突出重点。优先解决高海拔山区季节性缺水问题，推动水源互联互通、应急互备。
（二）明确责任。县水利局牵头，县财政局、县卫生健康局按照职责分工抓好落实。`;

const TRADITIONAL = `關於加快推進青禾縣農村供水保障工程的意見
各鎮人民政府，縣級各部門：
為進一步提升農村供水保障水平，讓群眾早日喝上放心水，經縣人民政府同意，現提出如下意見。
一、總體要求
堅持城鄉一體、分步實施，力爭用三年時間基本實現規模化供水全覆蓋，建立健全長效管護機制。
（一）突出重點。優先解決高海拔山區季節性缺水問題，推動水源互聯互通、應急互備。
（二）明確責任。縣水利局牽頭，縣財政局、縣衛生健康局按照職責分工抓好落實。`;

const bytesOf = (text: string, encoding: string, bom = false) =>
  new Uint8Array(iconv.encode(text, encoding, { addBOM: bom }));

function problemOf(bytes: Uint8Array, encoding?: string): string {
  try {
    return decode(bytes, encoding).encoding;
  } catch (error) {
    if (error instanceof DecodeError) return error.problem;
    throw error;
  }
}

describe('detection', () => {
  const cases: [string, string, boolean, Encoding][] = [
    [SIMPLIFIED, 'utf-8', false, 'utf-8'],
    [SIMPLIFIED, 'utf-8', true, 'utf-8'],
    [SIMPLIFIED, 'utf-16le', false, 'utf-16le'],
    [SIMPLIFIED, 'utf-16le', true, 'utf-16le'],
    [SIMPLIFIED, 'utf-16be', false, 'utf-16be'],
    [SIMPLIFIED, 'utf-16be', true, 'utf-16be'],
    [SIMPLIFIED, 'gbk', false, 'gb18030'],
    [SIMPLIFIED, 'gb18030', false, 'gb18030'],
    [TRADITIONAL, 'big5', false, 'big5'],
    [TRADITIONAL, 'gbk', false, 'gb18030'],
    [TRADITIONAL, 'utf-16le', false, 'utf-16le'],
  ];
  it.each(cases)('%#: %s… in %s, byte order mark %s', (text, encoding, bom, expected) => {
    expect(decode(bytesOf(text, encoding, bom))).toEqual({ text, encoding: expected, bom, replaced: 0 });
  });

  it('knows a GB18030 byte order mark', () => {
    const bytes = new Uint8Array([0x84, 0x31, 0x95, 0x33, ...bytesOf('会议纪要', 'gbk')]);
    expect(decode(bytes)).toEqual({ text: '会议纪要', encoding: 'gb18030', bom: true, replaced: 0 });
  });

  it('keeps four-byte GB18030 characters', () => {
    const text = `${SIMPLIFIED}\n联系人：𠮷川、㐂华`;
    expect(decode(bytesOf(text, 'gb18030')).text).toBe(text);
  });

  it('reads an empty file and plain ASCII as UTF-8', () => {
    expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8', bom: false, replaced: 0 });
    expect(decode(bytesOf('1. Scope\r\n2. Terms\r\n', 'utf-8')).encoding).toBe('utf-8');
    expect(decode(bytesOf('Bush hid the facts', 'utf-8')).encoding).toBe('utf-8');
  });

  it('finds UTF-16 without a mark in a text that is half figures and Latin letters', () => {
    const text = 'GDP 1234.56 亿元\r\n5G 基站 800 个\r\nPM2.5 31 μg\r\n';
    expect(decode(bytesOf(text, 'utf-16le'))).toMatchObject({ text, encoding: 'utf-16le' });
    expect(decode(bytesOf(text, 'utf-16be'))).toMatchObject({ text, encoding: 'utf-16be' });
  });

  it('does not take a NUL in UTF-8 for binary data', () => {
    expect(decode(bytesOf(`${SIMPLIFIED}\0`, 'utf-8'))).toMatchObject({ encoding: 'utf-8', replaced: 0 });
  });

  it('keeps a lone surrogate in UTF-16 from being an error', () => {
    const units = [...`${SIMPLIFIED}`].map((character) => character.charCodeAt(0));
    units.splice(30, 0, 0xd800);
    const bytes = new Uint8Array(new Uint16Array(units).buffer);
    expect(decode(bytes)).toMatchObject({ encoding: 'utf-16le', replaced: 1 });
  });
});

describe('damage', () => {
  it('is still UTF-8 with one bad byte, and says where', () => {
    const good = bytesOf(SIMPLIFIED, 'utf-8');
    const at = bytesOf(SIMPLIFIED.slice(0, 60), 'utf-8').length;
    const bytes = new Uint8Array([...good.subarray(0, at), 0xb5, ...good.subarray(at)]);
    const decoded = decode(bytes);
    expect(decoded.encoding).toBe('utf-8');
    expect(decoded.replaced).toBe(1);
    expect(decoded.text).toBe(`${SIMPLIFIED.slice(0, 60)}\ufffd${SIMPLIFIED.slice(60)}`);
    expect(decoded.note?.values).toEqual([1, 3]);
  });

  it('is still UTF-8 when cut in the middle of a character', () => {
    const bytes = bytesOf(SIMPLIFIED, 'utf-8').subarray(0, -1);
    expect(decode(bytes)).toMatchObject({ encoding: 'utf-8', replaced: 1 });
  });

  it('counts only what it replaced itself, not a U+FFFD written in the text', () => {
    const good = bytesOf(`${SIMPLIFIED}\ufffd`, 'utf-8');
    expect(decode(good)).toMatchObject({ replaced: 0 });
    expect(decode(new Uint8Array([...good, 0xb5]))).toMatchObject({ encoding: 'utf-8', replaced: 1 });
  });

  it('is still GBK when cut in the middle of a character', () => {
    const bytes = bytesOf(SIMPLIFIED, 'gbk').subarray(0, -3);
    expect(decode(bytes)).toMatchObject({ encoding: 'gb18030', replaced: 1 });
  });

  it('allows an odd byte at the end of UTF-16', () => {
    const bytes = new Uint8Array([...bytesOf(SIMPLIFIED, 'utf-16le'), 0x31]);
    expect(decode(bytes)).toMatchObject({ encoding: 'utf-16le', replaced: 1 });
  });
});

describe('refusal', () => {
  const heads: [string, number[]][] = [
    ['docx', [0x50, 0x4b, 3, 4, 20, 0, 6, 0]],
    ['doc', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
    ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37]],
    ['png', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]],
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 16]],
    ['rtf', [...bytesOf('{\\rtf1\\ansi', 'utf-8')]],
  ];
  it.each(heads)('%s is binary, with what to do instead', (_name, head) => {
    expect(problemOf(new Uint8Array(head))).toBe('binary');
  });

  it('data rich in NUL or control characters is binary', () => {
    expect(problemOf(new Uint8Array(600).map((_, at) => (at % 7 === 0 ? 0 : (at * 37) % 256)))).toBe('binary');
    expect(problemOf(new Uint8Array(4000).map((_, at) => (at * at * 31 + at * 7) % 251))).toBe('binary');
  });

  it('another encoding is undecodable rather than rubbish', () => {
    expect(problemOf(bytesOf('Русский текст в кодировке для старых программ, довольно длинный', 'koi8-r'))).toBe(
      'undecodable',
    );
    expect(problemOf(bytesOf('L’été dernier, le préfet a décidé où déjà créer des allées', 'latin1'))).toBe(
      'undecodable',
    );
  });

  it('an unknown encoding name is said to be unknown', () => {
    expect(problemOf(bytesOf(SIMPLIFIED, 'utf-8'), 'klingon')).toBe('unknown-encoding');
  });

  it('an encoding that the text is not in is refused', () => {
    expect(problemOf(bytesOf(SIMPLIFIED, 'gbk'), 'utf-8')).toBe('undecodable');
  });
});

describe('an encoding asked for', () => {
  it.each(['GBK', 'gb2312', 'GB18030', 'cp936', 'gb_2312'])('%s', (name) => {
    expect(decode(bytesOf(SIMPLIFIED, 'gbk'), name)).toMatchObject({ text: SIMPLIFIED, encoding: 'gb18030' });
  });

  it('wins over detection', () => {
    const bytes = bytesOf('甲乙', 'big5');
    expect(decode(bytes, 'Big5').text).toBe('甲乙');
    expect(decode(bytes, 'gbk').text).not.toBe('甲乙');
  });

  it('utf-16 finds its byte order by the mark or the text', () => {
    expect(decode(bytesOf(SIMPLIFIED, 'utf-16be', true), 'utf-16')).toMatchObject({ text: SIMPLIFIED, bom: true });
    expect(decode(bytesOf(SIMPLIFIED, 'utf-16be'), 'UTF16').text).toBe(SIMPLIFIED);
    expect(decode(bytesOf(SIMPLIFIED, 'utf-16le'), 'UTF16').text).toBe(SIMPLIFIED);
  });

  it('takes the mark off', () => {
    expect(decode(bytesOf('一、', 'utf-8', true), 'utf-8')).toMatchObject({ text: '一、', bom: true });
  });
});

describe('laws', () => {
  /** Pieces of twenty characters and more, from anywhere. */
  const pieces = (text: string) =>
    fc
      .tuple(fc.nat(text.length - 20), fc.integer({ min: 20, max: 200 }))
      .map(([at, length]) => text.slice(at, at + length));

  it('simplified text of twenty characters comes back from every encoding that has it', () => {
    fc.assert(
      fc.property(pieces(SIMPLIFIED), fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'gb18030'), (text, encoding) => {
        expect(decode(bytesOf(text, encoding))).toMatchObject({ text, encoding });
      }),
      { numRuns: 500 },
    );
  });

  it('traditional text of twenty characters comes back from every encoding that has it', () => {
    fc.assert(
      fc.property(
        pieces(TRADITIONAL),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'),
        (text, encoding) => {
          expect(decode(bytesOf(text, encoding))).toMatchObject({ text, encoding });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('any well-formed text survives UTF-8 and, with a mark, UTF-16', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = `政策${text.replace(/\0/g, '')}`;
        expect(decode(bytesOf(plain, 'utf-8')).text).toBe(plain);
        for (const encoding of ['utf-16le', 'utf-16be']) {
          expect(decode(bytesOf(plain, encoding, true))).toMatchObject({ text: plain, bom: true });
        }
      }),
    );
  });

  it('any bytes at all give a text or a DecodeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof problemOf(bytes)).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });

  it('reads ten megabytes', () => {
    const bytes = bytesOf(SIMPLIFIED.repeat(12_000), 'gbk');
    expect(decode(bytes).encoding).toBe('gb18030');
  });
});
