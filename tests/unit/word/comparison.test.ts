import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { comparisonDocument } from '../../../server/src/word/comparison.node';

const OLD =
  '青禾县工作要点\n一、农业生产\n抓好春耕备耕，落实粮食播种面积30万亩。\n推广良种良法。\n二、水利建设\n加固河堤，清淤渠道。';
const NEW =
  '青禾县工作要点\n一、水利建设\n加固河堤，清淤渠道。\n更新泵站机组。\n二、农业生产\n抓好春耕备耕，落实粮食播种面积32万亩。';
/** OLD with its sections at the places of their counterparts in NEW. */
const ARRANGED =
  '青禾县工作要点\n二、水利建设\n加固河堤，清淤渠道。\n一、农业生产\n抓好春耕备耕，落实粮食播种面积30万亩。\n推广良种良法。';

/**
 * The paragraphs after all changes with the element `gone` were removed, including paragraphs whose mark is removed.
 */
async function paragraphs(bytes: Uint8Array, gone: 'w:ins' | 'w:del'): Promise<string> {
  const archive = await JSZip.loadAsync(bytes);
  const xml = (await archive.file('word/document.xml')?.async('string')) ?? '';
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)]
    .map(([paragraph]) => paragraph)
    .filter((paragraph) => !new RegExp(`<w:rPr>(?:(?!</w:rPr>).)*<${gone} `).test(paragraph.split('</w:pPr>')[0] ?? ''))
    .map((paragraph) =>
      [
        ...paragraph
          .replace(new RegExp(`<${gone} [^>]*>.*?</${gone}>`, 'gs'), '')
          .matchAll(/<w:(?:t|delText)(?: [^>]*)?>([^<]*)</g),
      ]
        .map(([, words]) => words)
        .join(''),
    )
    .join('\n');
}

describe('a comparison as a Word document', () => {
  it('is the new draft with all changes accepted, the old one with all rejected', async () => {
    const bytes = await comparisonDocument(analyse(OLD), analyse(NEW), ['去年', '今年']);
    expect(await paragraphs(bytes, 'w:del')).toBe(NEW);
    expect(await paragraphs(bytes, 'w:ins')).toBe(ARRANGED);
  });

  it('marks nothing where nothing differs', async () => {
    const bytes = await comparisonDocument(analyse(OLD), analyse(OLD), ['甲', '乙']);
    const archive = await JSZip.loadAsync(bytes);
    expect(await archive.file('word/document.xml')?.async('string')).not.toMatch(/<w:(?:ins|del) /);
  });
});
