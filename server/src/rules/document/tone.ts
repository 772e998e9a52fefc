import type { DocumentRule, Finding } from '../rule';
import { GENRE_NAMES, officialDocuments, placeOf } from './officialDocument';

const ADDRESSED = /(?:你|贵)(?:局|厅|委|部|办|府|县|市|区|省|州|院|署|处|公司|单位|政府|办公室)(?!们)/g;

export const tone: DocumentRule = {
  id: 'document.tone',
  scope: 'document',
  title: { zh: '上行文称谓不当', en: 'Peer’s address in a text to a superior' },
  reason: {
    zh: '请示、报告是上行文，对上级机关称全称或规范化简称，不称“你局”“贵局”。',
    en: 'A request or a report goes to a superior, who is named and not called 你局 or 贵局.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      { text: '关于拨付防汛经费的请示\n县财政局：\n恳请⟦贵局⟧拨付防汛经费三十万元。\n妥否，请批示。' },
      { text: '关于防汛工作情况的报告\n市水利局：\n按照⟦你局⟧要求，现将有关情况报告如下。' },
    ],
    clean: [
      { text: '关于商请支持建设资金的函\n市财政局：\n请你局大力支持。' },
      { text: '关于河口镇区划调整的批复\n河口镇人民政府：\n你镇请示收悉。' },
      { text: '关于拨付防汛经费的请示\n县财政局：\n恳请县财政局拨付防汛经费三十万元。' },
      { text: '关于防汛工作情况的报告\n市水利局：\n群众来信写道：“盼你局尽快修好水渠。”现报告如下。' },
    ],
  },
  check(analysis) {
    const findings: Finding[] = [];
    for (const { genre, addressees, body } of officialDocuments(analysis)) {
      if (!addressees || (genre !== '请示' && genre !== '报告')) continue;
      const words = analysis.text.slice(body.start, body.end);
      for (const match of words.matchAll(ADDRESSED)) {
        if (isQuoted(words, match.index)) continue;
        findings.push({
          ...placeOf(match, body.start),
          message: {
            zh: '这是写给上级的{1}，不宜称“{0}”，请写机关名称。',
            en: 'This {2} goes to a superior; name the body instead of “{0}”.',
            values: [match[0], genre, GENRE_NAMES[genre]],
          },
        });
      }
    }
    return findings;
  },
};

/** Whether a quotation is open at `offset` of its line. */
function isQuoted(words: string, offset: number): boolean {
  const before = words.slice(words.lastIndexOf('\n', offset) + 1, offset);
  return before.lastIndexOf('“') > before.lastIndexOf('”') || before.lastIndexOf('《') > before.lastIndexOf('》');
}
