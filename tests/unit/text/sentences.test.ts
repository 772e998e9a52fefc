import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clauseAt, sentenceAt } from '../../../server/src/text/sentences';
import { carets } from '../features/draft';

/** The sentence and the clause at the caret `|`. */
function at(marked: string): { sentence: string; clause: string } {
  const { text, offsets } = carets(marked);
  const offset = offsets[0] as number;
  const sentence = sentenceAt(text, offset, 0, text.length);
  const clause = clauseAt(text, offset, sentence);
  return { sentence: text.slice(sentence.start, sentence.end), clause: text.slice(clause.start, clause.end) };
}

describe('sentenceAt', () => {
  it.each([
    ['要抓水|利。要抓农业。', '要抓水利。'],
    ['要抓水利。|要抓农业。', '要抓农业。'],
    ['要抓水利。要抓农业。|', '要抓农业。'],
    ['|要抓水利。要抓农业。', '要抓水利。'],
    ['干什么？谁|来干？！怎么干？', '谁来干？！'],
    ['第一句。　　第二|句。', '第二句。'],
  ])('ends at 。！？: %s', (marked, expected) => expect(at(marked).sentence).toBe(expected));

  it.each([
    ['他说：“水要|通。”大家鼓掌。', '他说：“水要通。”'],
    ['他说：“水要通。”大家|鼓掌。', '大家鼓掌。'],
    ['水要通。（鼓掌。）路|要通。', '路要通。'],
    ['水要通。|”路要通。', '水要通。”'],
  ])('takes closing quotes and brackets along: %s', (marked, expected) => expect(at(marked).sentence).toBe(expected));

  it.each([
    ['先问“怎么办？”，再问“谁|来办？”。', '先问“怎么办？”，再问“谁来办？”。'],
    ['读了《谁来种地？》一|文。', '读了《谁来种地？》一文。'],
    ['建设水库、道路……等工|程。', '建设水库、道路……等工程。'],
    ['他说“……水要|通”。', '他说“……水要通”。'],
  ])('goes on after a stop inside a name or a quotation: %s', (marked, expected) =>
    expect(at(marked).sentence).toBe(expected),
  );

  it('ends at an ellipsis that closes a sentence', () => {
    expect(at('修水库、修水渠……群众|都说好。').sentence).toBe('群众都说好。');
  });

  it('keeps within its limits', () => {
    expect(sentenceAt('甲。乙丙丁。', 3, 3, 5)).toEqual({ start: 3, end: 5 });
    expect(sentenceAt('甲', 0, 1, 1)).toEqual({ start: 1, end: 1 });
  });

  it('takes the limits where a stretch of 5,000 characters has no stop', () => {
    const text = `${'水'.repeat(25_000)}。`;
    expect(sentenceAt(text, 24_000, 0, text.length)).toEqual({ start: 0, end: 25_001 });
  });
});

describe('clauseAt', () => {
  it.each([
    ['抓水利，抓|农业；抓生态。', '抓农业'],
    ['抓水利，抓农业；抓|生态。', '抓生态'],
    ['抓水利，|抓农业。', '抓农业'],
    ['抓水利|，抓农业。', '抓水利'],
    ['抓水利、抓|农业。', '抓水利、抓农业'],
  ])('lies between ，；：: %s', (marked, expected) => expect(at(marked).clause).toBe(expected));

  it.each([
    ['他说：“水要|通，路要通。”', '水要通'],
    ['他说：“水要通，路要|通。”', '路要通'],
    ['落实“十里|长渠”，再建水库。', '落实“十里长渠”'],
    ['（水要通，路|要通。）', '路要通'],
  ])('leaves out quotes whose partner stands elsewhere: %s', (marked, expected) =>
    expect(at(marked).clause).toBe(expected),
  );

  it.each([
    ['完成1,234|亩，超计划。', '完成1,234亩'],
    ['下午3：30|开会，研究水利。', '下午3：30开会'],
  ])('does not part figures: %s', (marked, expected) => expect(at(marked).clause).toBe(expected));
});

describe('on any text', () => {
  const character = fc.constantFrom('水', '，', '。', '“', '”', '）', '》', '…', '　', '3', ':', '\ud842', '等');
  it('the clause lies in the sentence and both in the limits', () => {
    fc.assert(
      fc.property(fc.array(character, { maxLength: 60 }), fc.nat(60), fc.nat(60), fc.nat(60), (parts, a, b, c) => {
        const text = parts.join('');
        const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        const sentence = sentenceAt(text, c, from, to);
        const clause = clauseAt(text, c, sentence);
        expect(from <= sentence.start && sentence.start <= sentence.end && sentence.end <= to).toBe(true);
        expect(sentence.start <= clause.start && clause.start <= clause.end && clause.end <= sentence.end).toBe(true);
      }),
    );
  });

  it('sentences do not overlap: every offset of one gives the same one', () => {
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 40 }), fc.nat(40), (parts, place) => {
        const text = parts.join('');
        const sentence = sentenceAt(text, place, 0, text.length);
        for (let offset = sentence.start; offset < sentence.end; offset++) {
          expect(sentenceAt(text, offset, 0, text.length)).toEqual(sentence);
        }
      }),
    );
  });

  it('looks only around the place in a line of a million characters', () => {
    const text = '水'.repeat(1_000_000);
    for (let place = 0; place < 1000; place++) {
      const sentence = sentenceAt(text, place * 1000, 0, text.length);
      expect(clauseAt(text, place * 1000, sentence).end).toBeLessThanOrEqual(text.length);
    }
  });
});
