import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentText, unwrapLines } from '../../../../server/src/lexicon/intake/documentText.node';
import { findDocuments, reasonFor, textOf } from '../../../../server/src/lexicon/intake/intake.node';
import { htmlText } from '../../../../server/src/lexicon/intake/markupText';
import { soundText } from '../../../../server/src/lexicon/mining/clean';
import { Learner } from '../../../../server/src/lexicon/mining/learner';
import { learnFromPaths } from '../../../../server/src/lexicon/mining/learning.node';
import { loadLexicon } from '../../../../server/src/lexicon/model/store';
import { report, SLOGANS } from '../documents';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), '文稿 '));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const paragraphs = (text: string, wrap: (line: string) => string) => text.split('\n').map(wrap).join('');

async function docx(text: string): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  );
  zip.file(
    '_rels/.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  );
  const body = paragraphs(text, (line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`);
  zip.file(
    'word/document.xml',
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  );
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

async function odt(text: string): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file('mimetype', 'application/vnd.oasis.opendocument.text');
  const body = paragraphs(text, (line) => `<text:p>${line}</text:p>`);
  zip.file(
    'content.xml',
    `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  );
  return zip.generateAsync({ type: 'uint8array' });
}

/** A PDF with one line of text a page, its glyphs mapped to Unicode as word processors do. */
function pdf(lines: readonly string[]): Uint8Array {
  const hex = (text: string) =>
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const units = [...new Set(lines.join(''))].map((unit) => `1 beginbfchar <${hex(unit)}> <${hex(unit)}> endbfchar`);
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def 1 begincodespacerange <0000> <ffff> endcodespacerange ${units.join(' ')} endcmap end end`;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, index) => `${6 + index * 2} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>');
  add(
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent 0 /CapHeight 700 /StemV 80 >> >>',
  );
  add(`<< /Length ${map.length} >>\nstream\n${map}\nendstream`);
  lines.forEach((line, index) => {
    const content = `BT /F1 12 Tf 50 700 Td <${hex(line)}> Tj ET`;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + index * 2} 0 R >>`,
    );
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}

/**
 * RTF as word processors write it: alternating between China's code page and Unicode, with parts around it that are not
 * body text.
 */
function rtf(lines: readonly string[]): Uint8Array {
  const bytes = (text: string) =>
    Array.from(iconv.encode(text, 'gbk'), (byte) => `\\'${byte.toString(16).padStart(2, '0')}`).join('');
  const units = (text: string) =>
    Array.from(text, (character) => `\\u${(character.charCodeAt(0) << 16) >> 16}?`).join('');
  const body = lines.map((line, at) => `\\pard\\f0 ${at % 2 ? bytes(line) : units(line)}\\par\n`).join('');
  const aside = `{\\info{\\title ${bytes('标题')}}}{\\*\\generator Word;}{\\header\\pard ${bytes('页眉')}\\par}{\\footerl ${bytes('页脚')}}`;
  const picture = '{\\*\\shppict{\\pict\\pngblip 89504e47}}{\\pict\\wmetafile8 0a0b0c}';
  const fonts = `{\\fonttbl{\\f0\\fnil\\fcharset134 ${bytes('宋体')};}}{\\stylesheet{\\s1 ${bytes('标题')};}}`;
  return Buffer.from(`{\\rtf1\\ansi\\ansicpg936\\deff0\\uc1${fonts}${aside}${picture}${body}}`, 'latin1');
}

/** A PDF of one page whose content unpacks to `size` blanks. */
function pdfBomb(size: number): Uint8Array {
  const packed = zlib.deflateSync(Buffer.alloc(size, ' '));
  const head = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >> endobj
4 0 obj << /Length ${packed.length} /Filter /FlateDecode >>
stream
`;
  return Buffer.concat([
    Buffer.from(head),
    packed,
    Buffer.from('\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF'),
  ]);
}

/**
 * A PDF of one page whose content is compressed twice, or in a stored block that contains the word that ends a stream.
 */
function hiddenPdfBomb(how: 'twice' | 'stored'): Uint8Array {
  const size = 300 * 1024 * 1024;
  const packed =
    how === 'twice'
      ? zlib.deflateSync(zlib.deflateSync(Buffer.alloc(size, ' ')))
      : storedFirst(Buffer.from('\nendstream endobj\n'), Buffer.alloc(size, ' '));
  const filter = how === 'twice' ? '[/FlateDecode/FlateDecode]' : '/FlateDecode';
  const head = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >> endobj
4 0 obj << /Length ${packed.length} /Filter ${filter} >>
stream
`;
  return Buffer.concat([
    Buffer.from(head),
    packed,
    Buffer.from('\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF'),
  ]);
}

/** Deflate (RFC 1951) of `stored` verbatim and of `rest` compressed. */
function storedFirst(stored: Buffer, rest: Buffer): Buffer {
  const block = Buffer.alloc(5);
  block.writeUInt16LE(stored.length, 1);
  block.writeUInt16LE(~stored.length & 0xffff, 3);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), block, stored, zlib.deflateRawSync(rest), Buffer.alloc(4)]);
}

/** `zip` with a record before its end that says where the entries are, in zip64 form. */
function asZip64(zip: Uint8Array): Uint8Array {
  const end = zip.length - 22;
  const old = Buffer.from(zip.subarray(end));
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 0, 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(old.readUInt16LE(10)), 24);
  record.writeBigUInt64LE(BigInt(old.readUInt16LE(10)), 32);
  record.writeBigUInt64LE(BigInt(old.readUInt32LE(12)), 40);
  record.writeBigUInt64LE(BigInt(old.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 0, 'latin1');
  locator.writeBigUInt64LE(BigInt(end), 8);
  locator.writeUInt32LE(1, 16);
  old.writeUInt16LE(0xffff, 4);
  old.writeUInt16LE(0, 8);
  old.writeUInt16LE(0, 10);
  return Buffer.concat([zip.subarray(0, end), record, locator, old]);
}

/** A document whose text is an entity that expands to a thousand million characters. */
async function entities(file: Promise<Uint8Array>, part: string): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(await file);
  const declared = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
  const xml = (await zip.file(part)?.async('string')) ?? '';
  zip.file(part, `<!DOCTYPE d [<!ENTITY e0 "稳中求进">${declared}]>${xml.replace('坚持', '&e9;')}`);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

/** A zip whose one entry unpacks to `size` zero bytes while its directory claims less. */
function bomb(size: number, entry = 'word/document.xml'): Uint8Array {
  const packed = zlib.deflateRawSync(Buffer.alloc(size));
  const name = Buffer.from(entry);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(100, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

describe('documentText', () => {
  const text = report(1);
  const lines = text.split('\n');

  it('reads docx', async () => {
    expect((await documentText(await docx(text), 'docx')).split(/\n+/).filter(Boolean)).toEqual(lines);
  });

  it('reads odt', async () => {
    expect(await documentText(await odt(text), 'odt')).toBe(text);
    const comment = '<office:annotation><text:p>批注</text:p></office:annotation>';
    const deleted = '<text:tracked-changes><text:p>删去的</text:p></text:tracked-changes>';
    expect(await documentText(await odt(`${deleted}抓好${comment}落实`), 'odt')).toBe('抓好落实');
  });

  it('reads PDF', async () => {
    expect(await documentText(pdf(lines), 'pdf')).toBe(text);
  });

  it('reads RTF, without its header, pictures and tables of styles', async () => {
    expect((await documentText(rtf(lines), 'rtf')).trim()).toBe(text);
    const table = `{\\rtf1\\ansi\\ansicpg936\\trowd\\intbl ab\\cell cd\\cell\\row{\\footnote no{\\b no}}{\\i ef}\\par}`;
    expect((await documentText(Buffer.from(table), 'rtf')).split('\n').filter(Boolean)).toEqual(['ab', 'cd', 'ef']);
  });

  it('reads the numbers of lists in RTF as they are seen, and figures in a font of another script', async () => {
    const item = (label: string, words: string) => `{\\listtext\\pard\\plain\\f0 ${label}\\tab}\\ls1 ${words}\\par\n`;
    const units = (text: string) => Array.from(text, (one) => `\\u${(one.charCodeAt(0) << 16) >> 16}?`).join('');
    const list = `{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0\\fnil\\fcharset134 A;}{\\f1\\fnil\\fcharset128 \\'91\\'cc;}}${item(units('一、'), units('总体要求'))}${item('1.', 'abc')}{\\pntext\\f0 (2)\\tab}${units('任务')}\\par {\\f1 [2017]001741}\\par}`;
    expect((await documentText(Buffer.from(list), 'rtf')).split('\n').filter(Boolean)).toEqual([
      '一、总体要求',
      '1. abc',
      '(2)任务',
      '[2017]001741',
    ]);
  });

  it('reads HTML in its own encoding, without scripts and navigation', async () => {
    const body = lines.map((line) => `<p>${line}</p>`).join('');
    const html = `<html><head><meta charset="gbk"><title>标题</title><script>var 变量=1</script></head><body><nav>首页</nav>${body}<footer>版权</footer></body></html>`;
    expect(await documentText(iconv.encode(html, 'gbk'), 'html')).toBe(text);
    expect(await htmlText('<p>一&amp;二<br>三</p>')).toBe('一&二\n三');
    expect(await htmlText('<pre>一\n二</pre><p>三\n四</p>')).toBe('一\n二\n三 四');
  });

  it('reads plain text in any encoding', async () => {
    expect(await documentText(iconv.encode(text, 'gb18030'), 'text')).toBe(text);
    expect(await documentText(iconv.encode(text, 'utf-16le', { addBOM: true }), 'text')).toBe(text);
  });

  it('goes by the content where the name is wrong', async () => {
    expect(await documentText(await docx(text), 'doc')).toContain(lines[1]);
    expect(await documentText(rtf(lines), 'doc')).toContain(lines[1]);
    expect(await documentText(Buffer.from(`<html><p>${lines[1]}</p></html>`), 'doc')).toBe(lines[1]);
  });

  it.each([
    ['an empty file', () => new Uint8Array(), 'text'],
    ['a zip bomb', () => bomb(300 * 1024 * 1024), 'docx'],
    ['a zip bomb for a text', () => bomb(300 * 1024 * 1024, 'content.xml'), 'odt'],
    ['a stream bomb', () => pdfBomb(300 * 1024 * 1024), 'pdf'],
    ['a stream bomb packed twice', () => hiddenPdfBomb('twice'), 'pdf'],
    ['a stream bomb behind a word that ends streams', () => hiddenPdfBomb('stored'), 'pdf'],
    ['a zip bomb whose entries stand elsewhere', () => asZip64(bomb(300 * 1024 * 1024)), 'docx'],
    ['noise for RTF', () => Buffer.from('{\\rtf\\fonttbl', 'latin1'), 'rtf'],
    ['half a docx', async () => (await docx(text)).slice(0, 400), 'docx'],
    ['half a PDF', () => pdf(lines).slice(0, 300), 'pdf'],
    ['noise for a Word file', () => Buffer.from('\xd0\xcf\x11\xe0 and then nothing', 'latin1'), 'doc'],
    ['a program', () => Buffer.from('\x7fELF\0\0\0\0\0\0\0\0', 'latin1'), 'doc'],
  ] as const)('refuses %s', async (_, bytes, format) => {
    await expect((async () => documentText(await bytes(), format))()).rejects.toThrow();
  });
});

describe('reasonFor', () => {
  const ofNothing = () => (undefined as unknown as { x: number }).x;
  const caught = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  it.each([
    ['a name that is not there', caught(() => new Function('return nowhere')())],
    ['a class that is none', caught(() => new Function('return new ({}.Tokenize)()')())],
    ['a module that is not there', Object.assign(new Error("Cannot find module './x'"), { code: 'MODULE_NOT_FOUND' })],
  ])('calls an error of the program its own: %s', (_, error) => {
    expect(reasonFor(error).zh).toContain('程序自身出错');
  });

  it.each([
    ['what a library says of the file', new Error('Corrupted zip: missing 3 bytes.')],
    ['a value that a damaged file did not give', caught(ofNothing)],
    ['a place beyond its end', caught(() => Buffer.alloc(2).readUInt32LE(0))],
  ])('calls damage what is damage: %s', (_, error) => {
    expect(reasonFor(error).zh).toBe('文件已损坏。');
  });

  it('tells of a password', () => {
    expect(reasonFor(Object.assign(new Error('No password given'), { name: 'PasswordException' })).zh).toContain(
      '密码',
    );
  });
});

describe('unwrapLines', () => {
  it('joins lines broken at the page width and drops page numbers', () => {
    const wide = '临江市全力推进水利工程建设和管护工作机制创';
    expect(unwrapLines([wide, '新，成效明显。', '— 3 —', '二、下一步打算'])).toBe(
      `${wide}新，成效明显。\n二、下一步打算`,
    );
  });
});

describe('learning from files and folders', () => {
  it('reads every kind, names what it cannot read, learns from the rest', async () => {
    const deep = path.join(folder, '各地', '报告');
    fs.mkdirSync(deep, { recursive: true });
    const put = (name: string, bytes: Uint8Array | string) => fs.writeFileSync(path.join(deep, name), bytes);
    put('一.txt', report(0));
    put('二.txt', iconv.encode(report(1), 'gbk'));
    put('三.docx', await docx(report(2)));
    put('四.odt', await odt(report(3)));
    put(
      '五.html',
      `<meta charset="utf-8">${report(4)
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join('')}`,
    );
    put('六.pdf', pdf(report(5).split('\n')));
    put('七.md', report(6));
    put('又一.txt', `${report(0)}\n（完）`);
    put('空.txt', '');
    put('炸弹.docx', bomb(300 * 1024 * 1024));
    put('炸弹.odt', bomb(300 * 1024 * 1024, 'content.xml'));
    put('炸弹.pdf', pdfBomb(300 * 1024 * 1024));
    put('空.docx', '');
    put('空.pdf', '');
    put('坏.docx', 'PK\x03\x04 nothing');
    put('坏.pdf', '%PDF-1.7 nothing');
    put('english.txt', 'There is nothing in Chinese here.');
    put('图.png', 'no document');
    put('.隐藏.txt', report(7));
    put('README.md', report(8));
    fs.symlinkSync(folder, path.join(deep, '回到开头'));

    const parts: number[] = [];
    const { json, summary } = await learnFromPaths(
      new Learner(soundText),
      { paths: [folder, path.join(folder, '没有'), path.join(deep, '图.png')] },
      {},
      { progress: (part) => parts.push(part) },
    );
    expect(summary.documents).toBe(7);
    expect(summary.duplicates).toHaveLength(1);
    expect(summary.problems.map(({ file }) => path.basename(file)).sort()).toEqual(
      [
        'english.txt',
        '图.png',
        '坏.docx',
        '坏.pdf',
        '没有',
        '炸弹.docx',
        '炸弹.odt',
        '炸弹.pdf',
        '空.docx',
        '空.pdf',
        '空.txt',
      ].sort(),
    );
    for (const { reason } of summary.problems) expect(reason.zh).not.toBe('');
    expect(loadLexicon(json ?? '').find(SLOGANS[1])?.documents).toBe(7);
    expect(summary.top[0]?.[2]).toBeGreaterThan(2);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts.at(-1)).toBe(1);
  });

  it('expands no entities', async () => {
    const text = report(1);
    const small = [entities(odt(text), 'content.xml'), entities(docx(text), 'word/document.xml')];
    for (const [index, format] of (['odt', 'docx'] as const).entries()) {
      const began = performance.now();
      const read = await documentText((await small[index]) as Uint8Array, format).catch(() => '');
      expect(read.length).toBeLessThan(2 * text.length);
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });

  it('names the documents of a folder that vanishes while they are read', async () => {
    const gone = path.join(folder, '移走');
    fs.mkdirSync(gone);
    for (let at = 0; at < 4; at++) fs.writeFileSync(path.join(gone, `${at}.txt`), report(at));
    const stays = path.join(folder, '留下');
    fs.mkdirSync(stays);
    for (let at = 4; at < 8; at++) fs.writeFileSync(path.join(stays, `${at}.txt`), report(at));
    const read = async (file: string, bytes: Uint8Array) => {
      if (path.basename(file) === '1.txt') fs.rmSync(gone, { recursive: true });
      return textOf(file, bytes);
    };
    const { json, summary } = await learnFromPaths(new Learner(soundText), { paths: [gone, stays] }, {}, { read });
    expect(summary.documents).toBe(6);
    expect(summary.problems.map(({ file, reason }) => [path.basename(file), reason.en])).toEqual([
      ['2.txt', expect.stringMatching(/not there|not exist|no such/i)],
      ['3.txt', expect.any(String)],
    ]);
    expect(loadLexicon(json ?? '').find(SLOGANS[1])?.documents).toBe(6);
  });

  it.skipIf(process.getuid?.() === 0)('names what it has no permission to read', async () => {
    const file = path.join(folder, '锁.txt');
    fs.writeFileSync(file, report(1), { mode: 0 });
    const { summary } = await learnFromPaths(new Learner(soundText), { paths: [file] }, {});
    expect(summary.problems[0]?.reason.en).toBe('Permission to read or write it is denied.');
  });

  it('gives nothing where there is nothing', async () => {
    const { json, summary } = await learnFromPaths(new Learner(soundText), { paths: [path.join(folder, '没有')] }, {});
    expect(json).toBeUndefined();
    expect(summary.problems).toHaveLength(1);
  });

  it('finds each file once, by name', async () => {
    const own = path.join(folder, '次序');
    fs.mkdirSync(own);
    for (const name of ['b.txt', 'a.txt', 'c.md']) fs.writeFileSync(path.join(own, name), 'x');
    const { files } = await findDocuments([own, path.join(own, 'a.txt'), own]);
    expect(files.map((file) => path.basename(file))).toEqual(['a.txt', 'b.txt', 'c.md']);
  });
});
