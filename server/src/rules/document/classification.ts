import { parseChineseNumeral } from '../../text/numerals';
import type { DocumentRule, Finding } from '../rule';

/** Number of lines at the head of a document that may contain 份号, 密级 and 紧急程度. */
const HEAD_LINES = 6;
const CLASSIFIED =
  /^[\s　]{0,40}(绝密|机密|秘密)([\s　]{0,9}[★☆*·]?[\s　]{0,9})(?:(\d{1,2}|[一二三四五六七八九十]{1,3})(年|个月|天)|(长期))?[\s　]{0,40}$/;
const COPY_NUMBER = /^[\s　]{0,40}\d{1,6}[\s　]{0,40}$/;
const URGENT = /^[\s　]{0,40}(?:特急|加急|特提|平急)[\s　]{0,40}$/;
/** Maximum number of years of a grade, unless otherwise provided. */
const MAX_YEARS: Readonly<Record<string, number>> = { 绝密: 30, 机密: 20, 秘密: 10 };

export const classification: DocumentRule = {
  id: 'document.classification',
  scope: 'document',
  title: { zh: '密级和保密期限', en: 'Classification and its term' },
  reason: {
    zh: '涉密公文标注密级和保密期限，两者之间用“★”隔开，如“机密★1年”；版头依次为份号、密级、紧急程度。',
    en: 'A classified document shows its grade and term with ★ between them (机密★1年), below the copy number and above the urgency.',
  },
  authority: {
    zh: '《党政机关公文处理工作条例》第九条；GB/T 9704-2012 7.2.1至7.2.3；《中华人民共和国保守国家秘密法》关于保密期限的规定',
    en: 'Regulation on official documents, article 9; GB/T 9704-2012, 7.2.1 to 7.2.3; Law on Guarding State Secrets (terms)',
  },
  tier: 'regulation',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      { text: '000001\n⟦机密⟧\n特急\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      { text: '000001\n⟦秘密 3年⟧\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      { text: '000001\n⟦秘密★20年⟧\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      { text: '特急\n⟦机密★1年⟧\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
    ],
    clean: [
      { text: '000001\n机密★1年\n特急\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      { text: '绝密★长期\n关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。' },
      { text: '关于做好保密工作的通知\n各乡镇人民政府：\n秘密等级由本单位确定。' },
      { text: '什么是国家秘密\n秘密\n机密\n绝密\n分为三级。' },
    ],
  },
  check({ text, lines }) {
    let urgentAbove = false;
    const found: { finding: Finding | undefined }[] = [];
    for (let line = 0; line < Math.min(HEAD_LINES, lines.count); line++) {
      const start = lines.start(line);
      const words = text.slice(start, Math.min(lines.end(line), start + 100));
      if (URGENT.test(words)) urgentAbove = true;
      const match = CLASSIFIED.exec(words);
      if (!match) {
        // It comes first, except after the copy number: a list of the grades in a text is not a classification.
        if (words.trim() === '' || COPY_NUMBER.test(words) || URGENT.test(words)) continue;
        break;
      }
      const from = start + words.length - words.trimStart().length;
      const message = remarkOn(match, urgentAbove);
      found.push({ finding: message && { start: from, end: from + words.trim().length, message } });
    }
    const [only, second] = found;
    return only?.finding && !second ? [only.finding] : [];
  },
};

/** What is wrong with a grade and its term by themselves; undefined if nothing is. */
export function classificationProblem(words: string): Finding['message'] | undefined {
  const match = CLASSIFIED.exec(words);
  if (match) return remarkOn(match, false);
  return {
    zh: '密级为绝密、机密或秘密，后加“★”和保密期限，如“机密★1年”。',
    en: 'The grade is 绝密, 机密 or 秘密, followed by ★ and the term: 机密★1年.',
  };
}

function remarkOn(
  [, grade = '', between = '', figure, unit, forever]: RegExpExecArray,
  urgentAbove: boolean,
): Finding['message'] | undefined {
  if (figure === undefined && forever === undefined) {
    return { zh: '密级之后应标注保密期限，如“{0}★1年”。', en: 'The term is missing: {0}★1年.', values: [grade] };
  }
  if (between.trim() !== '★') {
    return { zh: '密级和保密期限之间用“★”隔开。', en: 'Put ★ between grade and term.' };
  }
  const years = unit === '年' ? (/^\d/.test(figure ?? '') ? Number(figure) : parseChineseNumeral(figure ?? '')) : 0;
  const most = MAX_YEARS[grade] ?? 0;
  if ((years ?? 0) > most) {
    return {
      zh: '{0}级的保密期限除另有规定外不超过{1}年，请核对。',
      en: '{0} lasts {1} years at most unless otherwise provided; please check.',
      values: [grade, most],
    };
  }
  if (urgentAbove) {
    return {
      zh: '版头依次标注份号、密级和保密期限、紧急程度：密级应在紧急程度之上。',
      en: 'The order is copy number, classification, urgency: this goes above the urgency.',
    };
  }
  return undefined;
}
