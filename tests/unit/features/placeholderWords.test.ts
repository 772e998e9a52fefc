import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../server/src/lexicon/model/lexicon';
import { placeholderWords, placeholderWordsLearned } from '../../../server/src/lexicon/prediction/placeholderWords';
import { analyse } from '../../../server/src/structure/analyse';

/** The words for the first gap of `draft` from itself and from `others`, each with its count and its source. */
function words(draft: string, ...others: string[]): string[] {
  const analysis = analyse(draft);
  const [gap] = analysis.placeholders;
  if (!gap) throw new Error('no gap');
  const texts = [
    { text: draft, source: 'draft' as const },
    ...others.map((text) => ({ text, source: 'drafts' as const })),
  ];
  return placeholderWords(analysis, gap, texts, 10).map(({ text, count, source }) => `${text} ${count} ${source}`);
}

describe('words for a placeholder', () => {
  it('stand between the same words elsewhere', () => {
    expect(words('加快建设现代化××大都市。\n要把现代化临江大都市建好。')).toEqual(['临江 1 draft']);
    expect(words('全年完成农业投资××亿元。', '去年完成农业投资38.5亿元，今年全年完成农业投资40亿元。')).toEqual([
      '40 1 drafts',
      '38.5 1 drafts',
    ]);
  });

  it('are counted, the most telling surroundings first', () => {
    const draft = '由××市水务局负责建设管理。';
    const other = '由青禾市水务局牵头。\n由望海市水务局负责建设管理。\n由青禾市水务局配合。';
    expect(words(draft, other)).toEqual(['望海 1 drafts', '青禾 2 drafts']);
  });

  it('begin where a clause begins, and end where a line ends', () => {
    expect(words('同志们，××大都市建设任务繁重。\n今年，临江大都市建设提速。')).toEqual(['临江 1 draft']);
    expect(words('承办单位：××\n联系人：王某', '承办单位：临江大学\n承办单位：青禾中学\n')).toEqual([
      '临江大学 1 drafts',
      '青禾中学 1 drafts',
    ]);
  });

  it('are no gaps, and nothing across marks', () => {
    expect(words('建设现代化××大都市。建设现代化**大都市。建设现代化〔待补〕大都市。')).toEqual([]);
    expect(words('建设现代化××大都市。', '建设现代化，也要建好大都市。')).toEqual([]);
    expect(words('建设××市', '城市')).toEqual([]);
  });

  it('come from the lexicon in the script of the draft', async () => {
    const lexicon = { phrases: [{ text: '全面建设社会主义现代化国家' }] } as unknown as Lexicon;
    const of = async (draft: string) => {
      const analysis = analyse(draft);
      const found = await placeholderWordsLearned(analysis, analysis.placeholders[0] as never, lexicon, 5);
      return found.map(({ text, source }) => `${text} ${source}`);
    };
    expect(await of('要全面建设××现代化国家。')).toEqual(['社会主义 lexicon']);
    expect(await of('我們要全面建設××現代化國家，讓經濟發展。')).toEqual(['社會主義 lexicon']);
  });

  it('are found or not whatever the text', () => {
    const piece = fc.constantFrom('××', '大都市', '建设', '，', '。', '\n', '临江', '亿元', '**', '\ud800', '〔待补〕');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const draft = pieces.join('');
        const analysis = analyse(draft);
        for (const gap of analysis.placeholders) {
          for (const { text } of placeholderWords(analysis, gap, [{ text: draft, source: 'draft' }], 5)) {
            expect(text).toMatch(/^[^\s，。]+$/);
            expect(draft).toContain(text);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
