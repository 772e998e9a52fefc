import type { DocumentRule } from '../rule';
import { officialDocuments } from './officialDocument';

const CONTACT = /联系人|联系电话|联系方式|联系同志|电话[：:]/;
/** Number of characters before and after the sign-off that may contain the note. */
const NOTE = 200;

export const contact: DocumentRule = {
  id: 'document.contact',
  scope: 'document',
  title: { zh: '请示附注缺联系人', en: 'Request without a contact' },
  reason: {
    zh: '请示一般在附注处注明联系人的姓名和电话，写在成文日期下一行的圆括号内。',
    en: 'A request normally names a contact and a telephone number in brackets below its date.',
  },
  authority: {
    zh: '行文惯例；附注的位置见GB/T 9704-2012 7.3.6',
    en: 'practice; for the place of the note see GB/T 9704-2012, 7.3.6',
  },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。\n青禾镇人民政府\n⟦2026年5月8日⟧\n（此件公开发布）',
      },
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。\n青禾镇人民政府\n⟦2026年5月8日⟧',
      },
    ],
    clean: [
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。\n青禾镇人民政府\n2026年5月8日\n（联系人：江宁，电话：0000000）',
      },
      { text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。' },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。\n青禾县人民政府\n2026年5月8日',
      },
    ],
  },
  check(analysis) {
    const { text } = analysis;
    return officialDocuments(analysis).flatMap(({ genre, isMain, body, signOff }) => {
      if (genre !== '请示' || !isMain || !signOff) return [];
      if (CONTACT.test(text.slice(Math.max(body.start, body.end - NOTE), signOff.end + NOTE))) return [];
      return [
        {
          ...signOff.date,
          message: {
            zh: '请示一般在成文日期下一行注明联系人和电话，如“（联系人：×××，电话：×××）”。',
            en: 'A request names a contact in the line below its date: （联系人：…，电话：…）.',
          },
        },
      ];
    });
  },
};
