import { removeAnnotations } from '../../repair/pinyinAnnotation';
import { annotationsIn, SIGNS_OF_ANNOTATION } from '../../repair/readings';
import { LineMemo } from '../../structure/lineMemo';
import type { DocumentRule } from '../rule';

/** Most texts have none; checked line by line, so that an edit costs one line. */
const annotated = new LineMemo((line) => annotationsIn(line).length > 0, {
  signs: { adjacent: SIGNS_OF_ANNOTATION },
  otherwise: false,
});

export const pinyinAnnotation: DocumentRule = {
  id: 'text.pinyin-annotation',
  scope: 'document',
  title: { zh: '混入的注音', en: 'Inserted readings' },
  reason: {
    zh: '有的网站会给某些字逐一加上拼音，复制时一并带了过来；它们不是原文。给生僻字的注音不在此列。',
    en: 'Some sites insert the pronunciation after certain characters everywhere, and copied text contains it too. The gloss of a rare character is not reported.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '推进产⟦(chǎn)⟧业(yè)转型升级(jí)，促进城乡(xiāng)产(chǎn)业(yè)协调发展。',
        fixed: '推进产业转型升级，促进城乡产业协调发展。',
      },
      {
        text: '堅⟦(jiān)⟧定不移推進(jìn)鄉(xiāng)村建設(shè)，堅(jiān)持規(guī)劃先行。',
        fixed: '堅定不移推進鄉村建設，堅持規劃先行。',
      },
    ],
    clean: [
      { text: '衢（qú）江流域和婺（wù）江流域要统筹治理。' },
      { text: '推进“一县一品”(yī)的说法有误。' },
      { text: '实现生产总值(GDP)和生态系统生产总值(GEP)双增长。' },
    ],
  },

  check(analysis) {
    if (!annotated.some(analysis, Boolean)) return [];
    const { edits } = removeAnnotations(analysis.text);
    const [first] = edits;
    if (!first) return [];
    return [
      {
        start: first.start,
        end: first.end,
        message: {
          zh: '文中混入了 {0} 处注音，可一次全部删去。',
          en: 'The text has {0} inserted readings; all can be removed at once.',
          values: [edits.length],
        },
        fixes: [
          {
            title: {
              zh: '删去混入的 {0} 处注音',
              en: 'Remove the {0} inserted readings',
              values: [edits.length],
            },
            edits,
            safe: true,
            preferred: true,
          },
        ],
      },
    ];
  },
};
