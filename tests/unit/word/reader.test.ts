import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../server/src/word/numberFormats';
import { readWord, WordError } from '../../../server/src/word/word.node';
import { abstractList, item, level, list, type Parts, paragraph, row, run, wordDocument } from './documents';

const read = async (body: string, parts?: Parts) => readWord(await wordDocument(body, parts));
const textOf = async (body: string, parts?: Parts) => (await read(body, parts)).text;

describe('numbers that Word shows', () => {
  it.each([
    ['decimal', ['1', '2', '10', '21']],
    ['chineseCounting', ['一', '二', '十', '二十一']],
    ['chineseCountingThousand', ['一', '二', '十', '二十一']],
    ['japaneseCounting', ['一', '二', '十', '二十一']],
    ['taiwaneseCounting', ['一', '二', '十', '二十一']],
    ['ideographTraditional', ['甲', '乙', '癸', '21']],
    ['ideographZodiac', ['子', '丑', '酉', '21']],
    ['chineseLegalSimplified', ['壹', '贰', '壹拾', '贰拾壹']],
    ['decimalEnclosedCircle', ['①', '②', '⑩', '21']],
    ['decimalFullWidth', ['１', '２', '１０', '２１']],
    ['decimalZero', ['01', '02', '10', '21']],
    ['upperRoman', ['I', 'II', 'X', 'XXI']],
    ['lowerRoman', ['i', 'ii', 'x', 'xxi']],
    ['upperLetter', ['A', 'B', 'J', 'U']],
    ['lowerLetter', ['a', 'b', 'j', 'u']],
    ['ordinal', ['1st', '2nd', '10th', '21st']],
    ['none', ['', '', '', '']],
  ])('are written in %s', (format, expected) => {
    expect([1, 2, 10, 21].map((value) => formatNumber(value, format))).toEqual(expected);
  });

  it('go past a hundred and ten thousand', () => {
    expect([100, 101, 110, 1001, 10_000, 12_034].map((one) => formatNumber(one, 'chineseCountingThousand'))).toEqual([
      '一百',
      '一百零一',
      '一百一十',
      '一千零一',
      '一万',
      '一万二千零三十四',
    ]);
    expect(formatNumber(28, 'upperLetter')).toBe('BB');
  });

  it('count by level, restart under a new heading and take the form of each level', async () => {
    const numbering =
      abstractList(
        0,
        level(0, 'chineseCountingThousand', '第%1章', '<w:suff w:val="space"/>'),
        level(1, 'chineseCounting', '（%2）'),
        level(2, 'decimal', '%1.%3', '<w:isLgl/>'),
      ) + list(1, 0);
    const levels = [0, 1, 1, 2, 2, 0, 1, 2];
    expect(await textOf(levels.map((one) => item(1, one, '要求')).join(''), { numbering })).toBe(
      ['第一章 要求', '（一）要求', '（二）要求', '1.1 要求', '1.2 要求', '第二章 要求', '（一）要求', '2.1 要求'].join(
        '\n',
      ),
    );
  });

  it('run on where a level never restarts, or only after a level further out', async () => {
    const numbering =
      abstractList(
        0,
        level(0, 'chineseCounting', '第%1章'),
        level(1, 'chineseCounting', '第%2条', '<w:lvlRestart w:val="0"/>'),
        level(2, 'decimal', '%3)', '<w:lvlRestart w:val="1"/>'),
      ) + list(1, 0);
    const levels = [0, 1, 2, 1, 2, 0, 1, 2];
    expect(
      (await read(levels.map((one) => item(1, one, '甲')).join(''), { numbering })).paragraphs.map(
        (one) => one.label?.text,
      ),
    ).toEqual(['第一章', '第一条', '1)', '第二条', '2)', '第二章', '第三条', '1)']);
  });

  it('go on in another list of the same kind, unless it has a start of its own', async () => {
    const numbering =
      abstractList(0, level(0, 'decimal', '%1.')) +
      list(1, 0) +
      list(2, 0) +
      list(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>') +
      list(4, 0, `<w:lvlOverride w:ilvl="0">${level(0, 'upperLetter', '[%1]')}</w:lvlOverride>`);
    const lists = [1, 1, 2, 3, 3, 1, 4];
    expect(
      (await read(lists.map((one) => item(one, 0, '甲')).join(''), { numbering })).paragraphs.map(
        (one) => one.label?.text,
      ),
    ).toEqual(['1.', '2.', '3.', '5.', '6.', '7.', '[H]']);
  });

  it('come through styles, and can be taken off a paragraph', async () => {
    const numbering =
      abstractList(
        0,
        level(0, 'chineseCounting', '%1、', '<w:pStyle w:val="H1"/>'),
        level(1, 'chineseCounting', '（%2）', '<w:pStyle w:val="H2"/>'),
      ) + list(1, 0);
    const style = (id: string, basedOn: string, numPr: string) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${basedOn && `<w:basedOn w:val="${basedOn}"/>`}<w:pPr>${numPr}</w:pPr></w:style>`;
    const styles =
      style('H1', '', '<w:numPr><w:numId w:val="1"/></w:numPr>') +
      style('H2', 'H1', '<w:numPr><w:ilvl w:val="1"/></w:numPr>') +
      style('H3', 'H2', '');
    const of = (id: string, more = '') => paragraph('任务', `<w:pStyle w:val="${id}"/>${more}`);
    const body = of('H1') + of('H2') + of('H3') + of('H1', '<w:numPr><w:numId w:val="0"/></w:numPr>') + of('H1');
    expect(await textOf(body, { numbering, styles })).toBe('一、任务\n（一）任务\n（二）任务\n任务\n二、任务');
  });

  it('follow a numbering style to the list behind it', async () => {
    const numbering = `<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>${level(0, 'upperRoman', '%1.')}</w:abstractNum>${list(1, 0)}${list(2, 1)}`;
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>';
    expect(await textOf(item(1, 0, '甲') + item(1, 0, '乙'), { numbering, styles })).toBe('I.甲\nII.乙');
  });

  it('leave out what the paragraphs in other text boxes and notes do not count', async () => {
    const numbering = abstractList(0, level(0, 'decimal', '%1.')) + list(1, 0);
    const gone = item(
      1,
      0,
      `<w:del w:id="1" w:author="甲">${run('旧').replace('w:t ', 'w:delText ').replace('/w:t>', '/w:delText>')}</w:del>`,
      '<w:rPr><w:del w:id="2" w:author="甲"/></w:rPr>',
    );
    expect(await textOf(item(1, 0, '一件') + gone + item(1, 0, '二件'), { numbering })).toBe('1.一件\n2.二件');
  });
});

describe('text', () => {
  const deleted = (text: string) =>
    `<w:del w:id="1" w:author="审稿人" w:date="2026-03-01T08:00:00Z"><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`;
  const inserted = (text: string) =>
    `<w:ins w:id="2" w:author="审稿人" w:date="2026-03-01T08:00:00Z">${run(text)}</w:ins>`;

  it('is read with tracked changes accepted or rejected', async () => {
    const bytes = await wordDocument(paragraph(run('坚持') + deleted('原来的') + inserted('新的') + run('做法')));
    const final = readWord(bytes);
    expect(final.text).toBe('坚持新的做法');
    expect(readWord(bytes, 'original').text).toBe('坚持原来的做法');
    expect(final.changes).toMatchObject([
      { kind: 'deletion', text: '原来的', start: 2, end: 2, author: '审稿人' },
      { kind: 'insertion', text: '新的', start: 2, end: 4 },
    ]);
  });

  it('joins paragraphs whose mark was deleted, and moves what was moved', async () => {
    const mark = (kind: string) => `<w:rPr><w:${kind} w:id="3" w:author="甲"/></w:rPr>`;
    expect(await textOf(paragraph('前半', mark('del')) + paragraph('后半'))).toBe('前半后半');
    const split = await wordDocument(paragraph('前半', mark('ins')) + paragraph('后半'));
    expect(readWord(split).text).toBe('前半\n后半');
    expect(readWord(split, 'original').text).toBe('前半后半');
    const moved = await wordDocument(
      `<w:p><w:pPr>${mark('moveFrom')}</w:pPr><w:moveFrom w:id="1" w:author="甲">${run('搬走的')}</w:moveFrom></w:p>${paragraph('中间')}<w:p><w:pPr>${mark('moveTo')}</w:pPr><w:moveTo w:id="2" w:author="甲">${run('搬走的')}</w:moveTo></w:p>${paragraph('末尾')}`,
    );
    expect(readWord(moved).text).toBe('中间\n搬走的\n末尾');
    expect(readWord(moved, 'original').text).toBe('搬走的\n中间\n末尾');
  });

  it('knows the words that comments are about', async () => {
    const comments =
      '<w:comment w:id="0" w:author="李" w:date="2026-01-02T03:04:05Z"><w:p><w:r><w:t>数字待核</w:t></w:r></w:p></w:comment>';
    const body = paragraph(
      `${run('增长')}<w:commentRangeStart w:id="0"/>${run('5%')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${run('。')}`,
    );
    const { text, comments: found } = await read(body, { comments });
    expect(text).toBe('增长5%。');
    expect(found).toMatchObject([{ author: '李', text: '数字待核', start: 2, end: 4 }]);
  });

  it('has rows of tables on lines, and cells of several paragraphs on lines of their own', async () => {
    const table = `<w:tbl>${row(paragraph('指标'), paragraph('目标'))}${row(paragraph('粮食'), paragraph('5万吨'))}</w:tbl>`;
    expect(await textOf(paragraph('前') + table + paragraph('后'))).toBe('前\n指标\t目标\n粮食\t5万吨\n后');
    const tall = `<w:tbl>${row(paragraph('甲') + paragraph('乙'), paragraph('丙'))}</w:tbl>`;
    expect(await textOf(tall)).toBe('甲\n乙\n丙');
  });

  it('puts text boxes below their paragraph, once', async () => {
    const box = `<w:txbxContent>${paragraph('框内')}</w:txbxContent>`;
    const body = paragraph(
      `${run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>${run('继续')}`,
    );
    expect(await textOf(body)).toBe('正文继续\n框内');
  });

  it('shows the results of fields, not their codes', async () => {
    const char = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const code = (text: string) => `<w:r><w:instrText xml:space="preserve">${text}</w:instrText></w:r>`;
    const nested = `${char('begin')}${code(' TOC ')}${char('begin')}${code(' PAGEREF ')}${char('separate')}${run('内')}${char('end')}${char('separate')}${run('结果')}${char('end')}`;
    expect(await textOf(paragraph(nested) + paragraph('后文'))).toBe('结果\n后文');
    expect(await textOf(paragraph(`<w:fldSimple w:instr=" SEQ 表 ">${run('3')}</w:fldSimple>`))).toBe('3');
    expect(await textOf(paragraph(`${char('begin')}${code('eq \\o\\ac(○,3)')}${char('end')}${run('款')}`))).toBe('③款');
    // An unclosed field hides no more than its paragraph.
    expect(await textOf(paragraph(`${char('begin')}${code(' XE ')}`) + paragraph('后文'))).toBe('\n后文');
  });

  it('leaves out hidden text, and names it', async () => {
    const { text, losses } = await read(paragraph(run('看得见') + run('看不见', '<w:vanish/>')));
    expect(text).toBe('看得见');
    expect(losses.get('hiddenText')).toBe(1);
  });

  it('has soft breaks, tabs and content controls', async () => {
    const body = paragraph(
      `<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r><w:sdt><w:sdtPr><w:alias w:val="无"/></w:sdtPr><w:sdtContent>${run('丁')}</w:sdtContent></w:sdt><w:r><w:br w:type="page"/></w:r>`,
    );
    expect(await textOf(body)).toBe('甲\n乙\t丙丁');
  });

  it('puts notes at the end', async () => {
    const footnotes = `<w:footnote w:type="separator" w:id="-1">${paragraph('')}</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${run(' 见年鉴。')}</w:p></w:footnote>`;
    const body = paragraph(`${run('增长')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('。')}`);
    expect(await textOf(body, { footnotes })).toBe('增长¹。\n\n¹ 见年鉴。');
  });

  it('knows where each stretch stands in the markup', async () => {
    const plain = fc.string({ unit: fc.constantFrom('政', '策', '，', 'a', '&amp;', '&lt;', ' '), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(plain, { maxLength: 4 }), { maxLength: 6 }), async (paragraphs) => {
        const body = paragraphs.map((runs) => paragraph(runs.map((one) => run(one)).join(''))).join('');
        const { text, stretches } = readWord(await wordDocument(body), 'final', true);
        let done = 0;
        for (const { start, end, run: source, item: index } of stretches) {
          expect(start).toBeGreaterThanOrEqual(done);
          expect(source.items[index]?.text).toBe(text.slice(start, end));
          done = end;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is no sound document', () => {
  it.each([
    ['an archive cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 30)],
    ['no archive', () => new Uint8Array([80, 75, 3, 4, 0, 0])],
    [
      'a directory that leads nowhere',
      (bytes: Uint8Array) => bytes.map((byte, at) => (at > bytes.length - 8 ? 255 : byte)),
    ],
  ])('is refused: %s', async (_, spoil) => {
    const bytes = await wordDocument(paragraph('正文'));
    expect(() => readWord(spoil(bytes))).toThrow(WordError);
  });

  it('is refused where the markup declares entities or is cut off', async () => {
    for (const body of ['<w:p><w:r><w:t>甲', '<!DOCTYPE x>', '<w:p a="']) {
      const bytes = await wordDocument(body);
      if (body === '<w:p><w:r><w:t>甲') expect(readWord(bytes).text).toBe('');
      else expect(() => readWord(bytes)).toThrow(WordError);
    }
  });

  it('costs time in proportion to its size', async () => {
    const take = async (count: number) => {
      const bytes = await wordDocument(paragraph('推进各项工作。').repeat(count));
      const began = performance.now();
      expect(readWord(bytes).paragraphs.length).toBe(count);
      return performance.now() - began;
    };
    await take(20_000);
    const one = await take(20_000);
    expect(await take(200_000)).toBeLessThan(one * 40 + 500);
  }, 60_000);
});
