/** Comments and tracked changes in Word documents: their content, and that everything else is unchanged. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import type { TextReplacement } from '../../../server/src/text/textEdit';
import { applyEdits } from '../../../server/src/text/textEdit';
import { Archive } from '../../../server/src/word/archive.node';
import {
  Changeable,
  openForReview,
  type ReviewComment,
  ReviewError,
  review,
} from '../../../server/src/word/review.node';
import { readWord } from '../../../server/src/word/word.node';
import { scanXml } from '../../../server/src/word/xml';
import { policyText } from '../cli/fakeTerminal';
import { abstractList, item, level, list, paragraph, row, run, wordDocument } from './documents';

const FIXTURES = path.resolve(__dirname, '../../../../shared/fixtures/word');
const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find((file) => fs.existsSync(file));
const fixtures = fs.existsSync(FIXTURES)
  ? ['pandoc', 'chinese'].flatMap((folder) =>
      fs
        .readdirSync(path.join(FIXTURES, folder))
        .filter((name) => name.endsWith('.docx'))
        .map((name) => path.join(FIXTURES, folder, name)),
    )
  : [];
const WHO = { author: '王&"笔', date: '2026-03-01T09:30:00Z' };

const part = async (bytes: Uint8Array, name = 'word/document.xml') =>
  (await (await JSZip.loadAsync(bytes)).file(name)?.async('string')) ?? '';

/** All markup written is well formed: elements nest. */
function expectNested(source: string): void {
  const open: string[] = [];
  scanXml(source, {
    open: (name) => open.push(name),
    close: (name) => expect(open.pop()).toBe(name),
  });
  expect(open).toEqual([]);
}

/**
 * Reviews `bytes` and checks what must hold for every review. Returns the reviewed bytes and the edits that were made.
 */
function reviewed(bytes: Uint8Array, comments: readonly ReviewComment[], wanted: readonly TextReplacement[]) {
  const document = openForReview(bytes);
  const changeable = new Changeable(document.text);
  const edits = wanted.filter((edit) => changeable.allows(edit));
  const result = review(document, comments, edits, WHO);
  const before = Archive.open(bytes);
  const after = Archive.open(result);
  const written = /^\[Content_Types\]\.xml$|(?:document\d*|comments)\.xml(?:\.rels)?$/;
  for (const name of before.names) {
    if (!written.test(name))
      expect(Buffer.from(after.read(name) ?? []).equals(before.read(name) ?? new Uint8Array())).toBe(true);
    else expectNested(new TextDecoder().decode(after.read(name)));
  }
  const final = readWord(result);
  expect(final.text).toBe(applyEdits(document.text.text, edits));
  expect(readWord(result, 'original').text).toBe(readWord(bytes, 'original').text);
  expect(final.comments.length).toBe(document.text.comments.length + comments.length);
  expect(new Set(final.comments.map(({ id }) => id)).size).toBe(final.comments.length);
  return { result, edits, final };
}

/** The edit that replaces the first `from` in the text of `bytes` by `to`. */
function replacement(bytes: Uint8Array, from: string, to: string): TextReplacement {
  const start = readWord(bytes).text.indexOf(from);
  expect(start).toBeGreaterThanOrEqual(0);
  return { start, end: start + from.length, newText: to };
}

const about = (bytes: Uint8Array, words: string): ReviewComment => {
  const { start, end } = replacement(bytes, words, '');
  return { start, end, paragraphs: ['说明', '为什么'] };
};

describe('a review', () => {
  it('parts runs at the words and keeps their look', async () => {
    const bytes = await wordDocument(
      paragraph(run('清河县委，', '<w:b/>') + run('决定,明年&lt;修桥', '<w:i/>') + run('。')),
    );
    const { result, edits, final } = reviewed(bytes, [about(bytes, '决定,')], [replacement(bytes, ',', '，')]);
    expect(edits.length).toBe(1);
    const source = await part(result);
    expect(source).toMatch(
      /<w:del [^>]*w:author="王&amp;&quot;笔"[^>]*><w:r><w:rPr><w:i\/><\/w:rPr><w:delText xml:space="preserve">,<\/w:delText>/,
    );
    expect(source).toMatch(
      /<w:ins [^>]*w:date="2026-03-01T09:30:00Z"><w:r><w:rPr><w:i\/><\/w:rPr><w:t xml:space="preserve">，<\/w:t>/,
    );
    const [comment] = final.comments;
    expect(final.text.slice(comment?.start, comment?.end)).toBe('决定，');
    expect(comment?.text).toBe('说明\n为什么');
  });

  it('changes words that run over several runs', async () => {
    const bytes = await wordDocument(paragraph(run('全面') + run('贯') + run('切落实')));
    const { final } = reviewed(bytes, [about(bytes, '贯切')], [replacement(bytes, '贯切', '贯彻')]);
    expect(final.text).toBe('全面贯彻落实');
  });

  it('leaves fields, links, content controls and changes of others alone and comments on them', async () => {
    const bytes = await wordDocument(
      [
        paragraph('<w:hyperlink r:id="rId9"><w:r><w:t>链接甲,</w:t></w:r></w:hyperlink>'),
        paragraph(
          '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>域乙,</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        paragraph('<w:fldSimple w:instr="SEQ 图"><w:r><w:t>域丙,</w:t></w:r></w:fldSimple>'),
        paragraph(
          '<w:ins w:id="7" w:author="李"><w:r><w:t>插丁,</w:t></w:r></w:ins><w:del w:id="8" w:author="李"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        ),
        `<w:sdt><w:sdtPr/><w:sdtContent>${paragraph('控戊,')}</w:sdtContent></w:sdt>`,
        paragraph('正文己,'),
      ].join(''),
    );
    const words = ['链接甲,', '域乙,', '域丙,', '插丁,', '控戊,', '正文己,'];
    const { text } = readWord(bytes);
    const wanted = words.map((word) => {
      const end = text.indexOf(word) + word.length;
      return { start: end - 1, end, newText: '，' };
    });
    const { edits, final } = reviewed(
      bytes,
      words.map((word) => about(bytes, word)),
      wanted,
    );
    expect(edits).toEqual([wanted.at(-1)]);
    expect(final.comments.map(({ start, end }) => final.text.slice(start, end))).toEqual([
      ...words.slice(0, -1),
      '正文己，',
    ]);
  });

  it('puts what is about an automatic number, a text box or an empty paragraph at a paragraph', async () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>${paragraph('框中字')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>`;
    const bytes = await wordDocument(
      `${item(1, 0, '总体要求') + paragraph(run('前') + box)}<w:p/>${paragraph('末段')}`,
      {
        numbering: abstractList(0, level(0, 'chineseCounting', '%1、')) + list(1, 0),
      },
    );
    const { text } = readWord(bytes);
    const empty = text.indexOf('\n\n') + 1;
    const { final } = reviewed(
      bytes,
      [
        { start: 0, end: 2, paragraphs: ['编号'] },
        about(bytes, '框中字'),
        { start: empty, end: empty, paragraphs: ['空段'] },
      ],
      [],
    );
    const [number] = final.comments;
    expect(final.text.slice(number?.start, number?.end)).toContain('总体要求');
    const outside = (await part(reviewed(bytes, [about(bytes, '框中字')], []).result)).replace(
      /<w:txbxContent>.*<\/w:txbxContent>/s,
      '',
    );
    expect(outside).toContain('commentReference');
  });

  it('comments on notes at their mark', async () => {
    const bytes = await wordDocument(
      paragraph(`${run('正文')}<w:r><w:footnoteReference w:id="2"/></w:r>`) + paragraph('尾'),
      {
        footnotes: `<w:footnote w:id="2">${paragraph(`<w:r><w:footnoteRef/></w:r>${run('注文')}`)}</w:footnote>`,
      },
    );
    const { final } = reviewed(bytes, [about(bytes, '注文')], [replacement(bytes, '注文', '注')]);
    expect(final.text.slice(final.comments[0]?.start, final.comments[0]?.end)).toContain('正文');
    expect(final.text).toContain('注文');
  });

  it('goes on with the ids of comments that are there', async () => {
    const comment = (id: number) => `<w:comment w:id="${id}" w:author="赵">${paragraph('旧批注')}</w:comment>`;
    const bytes = await wordDocument(
      `<w:p><w:commentRangeStart w:id="4"/>${run('已有')}<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>${run('后文')}</w:p>`,
      { comments: comment(4) },
    );
    const { result, final } = reviewed(bytes, [about(bytes, '已有后')], []);
    expect(final.comments.map(({ id }) => id)).toEqual(['4', '5']);
    expect(await part(result, 'word/comments.xml')).toContain(comment(4));
    expect(await part(result, '[Content_Types].xml')).toBe(await part(bytes, '[Content_Types].xml'));
  });

  it('names the comments in the package where there were none', async () => {
    const bytes = await wordDocument(paragraph('一段话'));
    const { result } = reviewed(bytes, [about(bytes, '一段')], []);
    expect(await part(result, '[Content_Types].xml')).toContain('<Override PartName="/word/comments.xml"');
    expect(await part(result, 'word/_rels/document.xml.rels')).toContain(
      '/relationships/comments" Target="comments.xml"',
    );
  });

  it.each([
    ['signed', { files: { '_xmlsignatures/sig1.xml': '<a/>' } }],
    ['macros', { files: { 'word/vbaProject.bin': 'x' } }],
    ['protected', { settings: '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>' }],
  ] as const)('is refused for what is %s', async (problem, parts) => {
    const bytes = await wordDocument(paragraph('一段话'), parts);
    expect(() => openForReview(bytes)).toThrow(new ReviewError(problem));
  });

  it('is made where protection is not enforced', async () => {
    const settings = '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>';
    openForReview(await wordDocument(paragraph('一段话'), { settings }));
  });

  it('gives the mended text when accepted and the old when rejected, whatever the runs', async () => {
    const words = fc.string({
      unit: fc.constantFrom('县', '，', ',', ' ', '&', '<', '桥', 'a', '𠮷'),
      minLength: 1,
      maxLength: 8,
    });
    const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const piece = fc.oneof(
      { weight: 6, arbitrary: words.map((text) => run(safe(text))) },
      { weight: 1, arbitrary: words.map((text) => run(safe(text), '<w:b/>')) },
      {
        weight: 1,
        arbitrary: fc.constant(
          '<w:r><w:t>甲</w:t><w:tab/><w:lastRenderedPageBreak/><w:t xml:space="preserve"> 乙</w:t></w:r>',
        ),
      },
      { weight: 1, arbitrary: words.map((text) => `<w:hyperlink>${run(safe(text))}</w:hyperlink>`) },
      { weight: 1, arbitrary: words.map((text) => `<w:ins w:id="3" w:author="李">${run(safe(text))}</w:ins>`) },
      {
        weight: 1,
        arbitrary: fc.constant('<w:del w:id="5" w:author="李"><w:r><w:delText>旧</w:delText></w:r></w:del>'),
      },
    );
    const body = fc.array(
      fc.tuple(fc.array(piece, { maxLength: 5 }), fc.boolean()).map(([pieces, cell]) => {
        const one = `<w:p>${pieces.join('')}</w:p>`;
        return cell ? `<w:tbl>${row(one, paragraph('格'))}</w:tbl>` : one;
      }),
      { minLength: 1, maxLength: 4 },
    );
    const place = fc.tuple(fc.nat(60), fc.nat(6), fc.constantFrom('', '新', '&新', '，'));
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.array(place, { maxLength: 4 }),
        fc.array(place, { maxLength: 4 }),
        async (markup, edits, comments) => {
          const bytes = await wordDocument(markup.join(''));
          const { length } = readWord(bytes).text;
          let done = -1;
          const wanted = edits
            .map(([start, size, newText]) => ({
              start: Math.min(start, length),
              end: Math.min(start + size, length),
              newText,
            }))
            .sort((a, b) => a.start - b.start)
            .filter(({ start, end, newText }) => {
              const apart = start > done && (end > start || newText !== '');
              if (apart) done = end;
              return apart;
            });
          const said = comments.map(([start, size]) => ({
            start: Math.min(start, length),
            end: Math.min(start + size, length),
            paragraphs: ['说明'],
          }));
          reviewed(bytes, said, wanted);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('policy-text review', () => {
  it('writes a copy, once, and leaves the document as it was', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-review-'));
    try {
      const input = path.join(folder, '稿.docx');
      const output = path.join(folder, '审.docx');
      const bytes = await wordDocument(
        paragraph('清河县工作报告') +
          paragraph('一、总体要求') +
          paragraph('坚持稳中求进,加快修桥。。') +
          paragraph('三、保障措施'),
      );
      fs.writeFileSync(input, bytes);
      const call = async (...more: string[]) => {
        const { code } = await policyText(['--lang', 'zh-cn', 'review', ...more, '--no-lexicon', '--no-spelling']);
        return code;
      };
      expect(await call(input, '-o', output, '--date', '2026-03-01', '--author', '周')).toBe(0);
      const reviewedText = readWord(fs.readFileSync(output));
      expect(reviewedText.comments.length).toBeGreaterThan(0);
      expect(
        reviewedText.comments.every(({ author, date }) => author === '周' && date === '2026-03-01T00:00:00Z'),
      ).toBe(true);
      expect(reviewedText.changes.length).toBeGreaterThan(0);
      expect(readWord(fs.readFileSync(output), 'original').text).toBe(readWord(bytes).text);
      expect(await call(input, '-o', output)).toBe(2);
      expect(await call(input, '-o', output, '--force', '--comments-only', '--fail-on', 'information')).toBe(1);
      expect(readWord(fs.readFileSync(output)).changes).toEqual([]);
      expect(await call(input, '-o', input, '--force')).toBe(2);
      expect(await call(input, '-o', output, '--date', '昨天')).toBe(2);
      expect(fs.readFileSync(input).equals(bytes)).toBe(true);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe.skipIf(fixtures.length === 0)('reviews of ../shared/fixtures/word', () => {
  const edited = (file: string) => {
    const bytes = fs.readFileSync(file);
    const { text, paragraphs } = readWord(bytes);
    // Whether a blank follows an automatic number depends on what comes next.
    const numbers = paragraphs.flatMap(({ label, start }) => (label ? [start + label.text.length] : []));
    const comments: ReviewComment[] = [];
    const wanted: TextReplacement[] = [];
    for (let at = 3; at < text.length; at += 37) {
      comments.push({ start: at, end: Math.min(text.length, at + 9), paragraphs: ['说明'] });
      wanted.push({ start: at + 2, end: Math.min(text.length, at + 4), newText: at % 2 ? '改' : '' });
    }
    return reviewed(
      bytes,
      comments,
      wanted.filter(({ start, end }) => end > start && !numbers.some((one) => start >= one - 9 && start <= one + 2)),
    ).result;
  };
  it.each(fixtures.map((file) => [path.basename(file), file] as const))('%s', (_, file) => {
    edited(file);
  });

  it.skipIf(!SOFFICE)(
    'are opened by LibreOffice',
    () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-office-'));
      try {
        const wanted = ['comments.docx', 'lists.docx', 'requirements.docx', 'peer-export-2026.docx'];
        const files = fixtures.filter((file) => wanted.includes(path.basename(file)));
        for (const file of files) fs.writeFileSync(path.join(folder, path.basename(file)), edited(file));
        execFileSync(
          SOFFICE as string,
          [
            `-env:UserInstallation=file://${folder}/profile`,
            '--headless',
            '--convert-to',
            'odt',
            '--outdir',
            folder,
            ...files.map((file) => path.join(folder, path.basename(file))),
          ],
          { stdio: 'ignore' },
        );
        for (const file of files) {
          const odt = path.join(folder, path.basename(file).replace(/docx$/, 'odt'));
          const content = Buffer.from(Archive.open(fs.readFileSync(odt)).read('content.xml') ?? []).toString();
          expect(content).toContain('office:annotation');
          expect(content).toContain('text:changed-region');
        }
      } finally {
        fs.rmSync(folder, { recursive: true });
      }
    },
    120_000,
  );
});
