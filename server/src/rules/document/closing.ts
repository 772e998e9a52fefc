import type { DocumentRule, Finding } from '../rule';
import { GENRE_NAMES, type Genre, officialDocuments, placeOf } from './officialDocument';

/** Closing formulas of one kind of document, with the kinds they are allowed in. */
const CLOSINGS: readonly (readonly [RegExp, readonly Genre[]])[] = [
  [/特此通知/g, ['通知']],
  [/特此通报/g, ['通报']],
  [/(?:特此|专此)报告/g, ['报告']],
  [/特此请示/g, ['请示']],
  [/特此批复/g, ['批复']],
  [/(?:特此|专此)函(?:达|告|复|商|请)|特此致函|(?:盼|请|望)(?:予)?函复/g, ['函']],
  [/特此公告/g, ['公告']],
  [/特此通告/g, ['通告']],
  [
    /(?:妥否|当否|可否|是否妥当|是否可行|如无不妥)[，,]?(?:请|敬请|恳请)(?:予|予以)?(?:批示|批复|审批|审示|指示|批准)/g,
    ['请示'],
  ],
];
/** Number of lines at the end of a document that may contain its closing. */
const TAIL_LINES = 3;
const MAX_TAIL = 400;

export const closing: DocumentRule = {
  id: 'document.closing',
  scope: 'document',
  title: { zh: '结束语与文种不符', en: 'Closing of another type of document' },
  reason: {
    zh: '结束语应与文种一致：通知用“特此通知”，报告用“特此报告”，请示用“妥否，请批示”，函用“特此函达”“请予函复”。',
    en: 'The closing formula belongs to the kind of document: 特此通知 under a notice, 妥否，请批示 under a request, 特此函达 under a letter.',
  },
  authority: {
    zh: '行文惯例；文种见《党政机关公文处理工作条例》第八条',
    en: 'practice; for the kinds see article 8 of the regulation on official documents',
  },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '关于报送防汛工作情况的报告\n青禾县人民政府：\n现将有关情况报告如下。\n汛期已平稳度过。\n⟦特此通知⟧。',
      },
      { text: '关于商请支持建设资金的函\n市财政局：\n现就有关事项函告如下。\n⟦妥否，请批示⟧。' },
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n⟦特此报告⟧。\n青禾镇人民政府\n2026年5月8日\n（联系人：江宁，电话：0000000）',
      },
    ],
    clean: [
      { text: '关于报送防汛工作情况的报告\n青禾县人民政府：\n现将有关情况报告如下。\n特此报告。' },
      { text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。' },
      { text: '关于商请支持建设资金的函\n市财政局：\n现就有关事项函告如下。\n特此函达，请予函复。' },
      { text: '青禾县政府工作报告\n各位代表：\n现在，我报告工作。' },
      {
        text: '关于印发公文格式的通知\n各乡镇人民政府：\n请遵照执行。\n附件\n关于××的报告\n县政府：\n特此报告。',
      },
      { text: '关于规范结束语的通知\n各乡镇人民政府：\n报告的结束语用“特此报告”，不用其他。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    for (const { genre, body } of officialDocuments(analysis)) {
      const from = tailStart(analysis.text, body);
      const tail = analysis.text.slice(from, body.end);
      for (const [pattern, genres] of CLOSINGS) {
        if (genres.includes(genre)) continue;
        for (const match of tail.matchAll(pattern)) {
          if (/[“《「如用]$/.test(tail.slice(0, match.index))) continue;
          findings.push({
            ...placeOf(match, from),
            message: {
              zh: '“{0}”是{1}的结束语，本文是{2}，请改用相应的结束语，或核对文种。',
              en: '“{0}” closes a {3} (“{1}”), and this is a {4} (“{2}”): change it, or check the title.',
              values: [
                match[0],
                genres.join('、'),
                genre,
                genres.map((one) => GENRE_NAMES[one]).join(', '),
                GENRE_NAMES[genre],
              ],
            },
          });
        }
      }
    }
    return findings.sort((a, b) => a.start - b.start);
  },
};

/** Start of the last non-blank lines of `body`. */
function tailStart(text: string, body: { readonly start: number; readonly end: number }): number {
  let at = body.end;
  for (let seen = 0; seen < TAIL_LINES && at > body.start; ) {
    const start = Math.max(body.start, text.lastIndexOf('\n', at - 2) + 1);
    if (text.slice(start, at).trim() !== '') seen++;
    at = start;
  }
  return Math.max(at, body.end - MAX_TAIL);
}
