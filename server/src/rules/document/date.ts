import type { Analysis } from '../../structure/analysis';
import { Pace } from '../../text/resumable';
import { changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

const CHINESE =
  /^([一二][一二三四五六七八九〇零○]{3})年(十[一二]?|[一二三四五六七八九])月(二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])日$/;
const SHORT_YEAR = /^(\d{2})年(\d{1,2})月(\d{1,2})日$/;
const POINTED = /^(\d{4})[./．／](\d{1,2})[./．／](\d{1,2})[日.]?$/;
/** GB/T 9704-2012 has been in force since 1 July 2012; the previous edition required Chinese figures. */
const IN_FORCE = 20120701;
/** Judgments are dated in Chinese figures (《人民法院民事裁判文书制作规范》, 2016). */
const JUDGMENT = /(?:判\s?决|裁\s?定|调\s?解|决\s?定)\s?书\s{1,40}[（(]\d{4}[）)][\u4e00-\u9fff]\d{2,4}/;
const HEAD = 300;
const DIGITS = '〇一二三四五六七八九';

export const documentDate: DocumentRule = {
  id: 'document.date',
  scope: 'document',
  title: { zh: '成文日期', en: 'Date of signing' },
  reason: {
    zh: '成文日期用阿拉伯数字将年、月、日标全，年份标全称（2012年7月1日起施行）。',
    en: 'Since July 2012 the date under a document is written in full in Arabic figures with 年, 月 and 日.',
  },
  authority: { zh: 'GB/T 9704-2012 7.3.5.4', en: 'GB/T 9704-2012, 7.3.5.4' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n⟦二〇二六年五月二十日⟧',
        fixed:
          '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n2026年5月20日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n⟦2026.5.20⟧',
        fixed:
          '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n2026年5月20日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n⟦26年5月20日⟧',
      },
    ],
    clean: [
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n2026年5月20日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n二〇〇五年五月二十日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请做好防汛工作，落实值班制度，及时报送信息。\n青禾县人民政府\n2026-05-20',
      },
      {
        text: '青禾县人民法院\n民事判决书\n（2026）青0001民初12号\n原告：张某。\n本院判决如下：\n一、驳回诉讼请求。\n审判员　王明\n二〇二六年三月五日\n书记员　赵敏',
      },
      { text: '从二〇二六年五月二十日算起，全面启动。' },
    ],
  },

  *check(analysis) {
    if (JUDGMENT.test(analysis.text.slice(0, HEAD))) return [];
    const findings: Finding[] = [];
    const pace = new Pace();
    for (const block of analysis.blocks) {
      if (block.kind === 'furniture' || block.kind === 'contents') continue;
      for (let line = block.firstLine; line <= block.lastLine; line++) {
        if (pace.isOver()) yield;
        if (block.kind !== 'signature' && !isUnderSignature(analysis, line)) continue;
        const finding = checkLine(analysis, line);
        if (finding) findings.push(finding);
      }
    }
    return findings;
  },
};

const ORGAN = /^[\s　]*[\u4e00-\u9fff（）()\s　]{2,30}[府厅局委会办部院署处室司队组心社站所校]\s*$/;

/**
 * Whether it is a line of figures under the name of an organ; dates in an unusual form are not recognised as a
 * sign-off.
 */
function isUnderSignature({ text, lines }: Analysis, line: number): boolean {
  const start = lines.start(line);
  const length = lines.end(line) - start;
  if (line === 0 || length < 6 || length > 40) return false;
  if (!/^\s{0,30}\d{2,4}[.年/．／]/.test(text.slice(start, start + 36))) return false;
  let above = line - 1;
  while (above > 0 && lines.end(above) === lines.start(above)) above--;
  return lines.end(above) - lines.start(above) < 60 && ORGAN.test(text.slice(lines.start(above), lines.end(above)));
}

function checkLine({ text, lines }: Analysis, line: number): Finding | undefined {
  const raw = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + 80));
  const words = raw.trim();
  const start = lines.start(line) + raw.indexOf(words);
  const place = { start, end: start + words.length };
  const chinese = CHINESE.exec(words);
  if (chinese) {
    const year = Number([...chinese[1]!].map((digit) => Math.max(0, DIGITS.indexOf(digit))).join(''));
    const month = small(chinese[2]!);
    const day = small(chinese[3]!);
    if (year * 10000 + month * 100 + day < IN_FORCE) return undefined;
    return rewritten(place, `${year}年${month}月${day}日`);
  }
  const pointed = POINTED.exec(words);
  if (pointed) return rewritten(place, `${pointed[1]}年${Number(pointed[2])}月${Number(pointed[3])}日`);
  if (SHORT_YEAR.test(words)) {
    return { ...place, message: { zh: '成文日期的年份应写四位。', en: 'The year of the date has four figures.' } };
  }
  return undefined;
}

function rewritten(place: { start: number; end: number }, right: string): Finding {
  return {
    ...place,
    message: { zh: '成文日期写作“{0}”。', en: 'Write the date as "{0}".', values: [right] },
    fixes: [changeTo(place.start, place.end, right)],
  };
}

/** 一 to 三十一. */
function small(numeral: string): number {
  const [tens, units] = numeral.includes('十') ? numeral.split('十') : ['', numeral];
  const ten = numeral.includes('十') ? (tens === '' ? 1 : DIGITS.indexOf(tens!)) : 0;
  return ten * 10 + (units === '' ? 0 : DIGITS.indexOf(units!));
}
