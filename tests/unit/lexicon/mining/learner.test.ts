import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundText } from '../../../../server/src/lexicon/mining/clean';
import { inputsOf, Learner, leastWidespread } from '../../../../server/src/lexicon/mining/learner';
import { loadLexicon } from '../../../../server/src/lexicon/model/store';
import { convert } from '../../../../server/src/text/script';
import { reports, SLOGANS } from '../documents';

async function learn(texts: readonly string[], minDocuments?: number) {
  const learner = new Learner(soundText);
  const documents: { name: string; hash: string }[] = [];
  for (const [index, text] of texts.entries()) {
    await learner.prepare(`${index}`, async () => text);
    documents.push({ name: `${index}.txt`, hash: `${index}` });
  }
  const learned = learner.learn(documents, { minDocuments });
  return { ...learned, lexicon: loadLexicon(learned.json), texts: learned.phrases.map((phrase) => phrase.text) };
}

describe('learning phrases', () => {
  it('finds whole slogans, with commas and nested quotation marks', async () => {
    const { lexicon } = await learn(reports(8));
    for (const slogan of SLOGANS) expect(lexicon.find(slogan)?.documents, slogan).toBe(8);
    expect(lexicon.find('坚持稳中求进工作总基调')?.count).toBe(16);
  });

  it('keeps no fragments: cut at words, figures, commas or quotation marks', async () => {
    const { texts } = await learn(reports(8));
    for (const slogan of SLOGANS) {
      for (const text of texts) {
        if (text === slogan || !slogan.includes(text)) continue;
        // A part that is a phrase itself is complete between quotation marks or commas.
        expect(slogan.split(/[、]/).concat(slogan.match(/“[^”]+”/g) ?? [])).toContain(text);
      }
    }
    for (const text of texts) expect(text).toMatch(/^[一-鿿“《].*[一-鿿”》]$/);
  });

  it('knows what stands in two documents at least, whatever is asked for', async () => {
    const { phrases } = await learn(reports(6), 2);
    for (const phrase of phrases) expect(phrase.documents).toBeGreaterThan(1);
    const strict = await learn(reports(6), 7);
    expect(strict.phrases).toEqual([]);
  });

  it('finds the series of numeral terms and the neighbours of a phrase', async () => {
    const { lexicon } = await learn(reports(8));
    expect(lexicon.series[0]?.members).toEqual(['“四个意识”', '“四个自信”', '“两个维护”']);
    expect(lexicon.find('“青禾计划”')?.before).toEqual([['落实', 8]]);
    const after = lexicon.find('“青禾计划”')?.after.map(([text]) => text);
    expect(after).toContain('任务');
  });

  it('counts nearly identical documents once', async () => {
    const texts = reports(8);
    const again = `${texts[3]}\n扫码关注我们`.replace('去年以来', '一年以来');
    const { duplicates, source, lexicon } = await learn([...texts, again]);
    expect(duplicates).toHaveLength(1);
    expect(source).toMatchObject({ documents: 8, duplicates: 1 });
    expect(lexicon.find(SLOGANS[2])?.count).toBe(16);
  });

  it('counts traditional and simplified together', async () => {
    const texts = reports(8);
    const mixed = await Promise.all(texts.map((text, index) => (index % 2 ? convert(text, 'taiwan') : text)));
    const { lexicon, texts: found } = await learn(
      mixed.map((text, index) => (index % 2 ? text.replace(/“/g, '「').replace(/”/g, '」') : text)),
    );
    expect(lexicon.find(SLOGANS[1])?.documents).toBe(8);
    expect(found.join('')).not.toMatch(/[們個與]/);
  });

  it('takes pinyin annotations out first', async () => {
    const readings: Record<string, string> = { 进: 'jìn', 工: 'gōng', 作: 'zuò', 总: 'zǒng', 兴: 'xīng' };
    const annotated = reports(8).map((text) => text.replace(/[进工作总兴]/g, (one) => `${one}(${readings[one]})`));
    const { lexicon } = await learn(annotated);
    expect(lexicon.find(SLOGANS[0])?.documents).toBe(8);
  });

  it('drops page furniture and lines repeated word for word', async () => {
    const framed = reports(8).map(
      (text) =>
        `首页 > 政务公开\n扫一扫在手机打开当前页\n${text}\n主办：云岭省办公厅，承办：云岭省信息中心\n打印本页 关闭窗口\n分享到微信朋友圈`,
    );
    const { texts } = await learn(framed, 2);
    expect(texts.filter((text) => /扫一扫|打印|关闭|朋友圈|主办|承办|办公厅|政务公开/.test(text))).toEqual([]);
    expect(texts).toContain(SLOGANS[0]);
  });

  it('prepares a document once and forgets those that went', async () => {
    const learner = new Learner(soundText);
    let read = 0;
    const prepare = (hash: string) =>
      learner.prepare(hash, async () => {
        read++;
        return reports(3)[Number(hash)] as string;
      });
    for (const hash of ['0', '1', '2', '1']) await prepare(hash);
    expect(read).toBe(3);
    learner.learn(
      [
        { name: 'a', hash: '0' },
        { name: 'b', hash: '1' },
      ],
      {},
    );
    await prepare('1');
    expect(read).toBe(3);
    await prepare('2');
    expect(read).toBe(4);
  });

  it('gives the same lexicon in whatever order the documents are found', async () => {
    const texts = reports(6);
    const make = async (order: readonly number[]) => {
      const learner = new Learner(soundText);
      const documents: { name: string; hash: string }[] = [];
      for (const index of order) {
        await learner.prepare(`${index}`, async () => texts[index] as string);
        documents.push({ name: `${index}`, hash: `${index}` });
      }
      return learner.learn(documents, {}).json;
    };
    expect(await make([5, 1, 3, 0, 2, 4])).toBe(await make([0, 1, 2, 3, 4, 5]));
  });

  it('learns from any text without failing, and only what stands in it', async () => {
    const any = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.constantFrom(...SLOGANS, '\n', '，', '\0', '\ud800', '“'),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 6 }), async (texts) => {
        const { lexicon } = await learn(texts, 2);
        for (const phrase of lexicon.phrases) expect(phrase.documents).toBeLessThanOrEqual(texts.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('inputsOf', () => {
  it('changes with the documents and settings and not with their order', () => {
    expect(inputsOf(['a', 'b'], {})).toBe(inputsOf(['b', 'a'], {}));
    expect(inputsOf(['a', 'b'], {})).not.toBe(inputsOf(['a', 'c'], {}));
    expect(inputsOf(['a'], {})).not.toBe(inputsOf(['a'], { minDocuments: 4 }));
  });
});

it('asks of words the documents that can have them, and a fifth of all at least', () => {
  const years = [
    ...Array.from({ length: 1_000 }, () => 0),
    ...Array.from({ length: 8_000 }, () => 2010),
    ...Array.from({ length: 2_900 }, () => 2020),
    ...Array.from({ length: 100 }, () => 2026),
  ];
  const expected = {
    minDocuments: 120,
    minDocumentsSince: [
      [2020, 40],
      [2026, 24],
    ],
  };
  expect(leastWidespread(years)).toEqual(expected);
  expect(leastWidespread([...years].reverse())).toEqual(expected);
  expect(leastWidespread([0, 2020, 2026])).toEqual({ minDocuments: 4, minDocumentsSince: [] });
});
