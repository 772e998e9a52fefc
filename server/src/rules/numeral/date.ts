import { parseChineseNumeral } from '../../text/numerals';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { blockKindAt, foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const DATES = /(?<![\d.])(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?/g;
/** One half in figures, the other in Chinese: 二〇二六年3月5日, 2026年三月五日. */
const MIXED =
  /(?:([一二][一二三四五六七八九〇零○]{3})年\s?(\d{1,2})月(?:\s?(\d{1,2})日)?|(?<!\d)(\d{4})年\s?([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)(?!份?(?:下|上|中)旬)(?!起义|起義|革命|政变|政變|战争|戰爭|事变|事變|暴动|暴動)/g;
/** A two-digit year before a month: 26年3月. */
const SHORT_YEAR = /(?<![\d.．第近约过满每后前逾达第长])(\d{2})年(\d{1,2})月(?!\d)(?!个|龄|大)/g;
/** 4月1号 for 4月1日, which is spoken language. */
const SPOKEN_DAY = /(?<![\d.])(\d{1,2})月(\d{1,2})号(?!文|令|线|楼|院|公告|通告|台风)/g;
const FIGURES = '〇一二三四五六七八九';
/** A timestamp, and the row of a table or an index card, are data and not prose. */
const ROW = /[\t|]/;
const TIME_AFTER = /^\s{0,3}\d{1,2}\s?[:：时点]/;
/** 《县报》（2026年01月08日 01 版）: the page of a newspaper. */
const PAGE_AFTER = /^\s{0,3}(?:第\s?)?[\dA-Z]{1,3}\s{0,2}版/;
const FIELD_BEFORE = /(?:日期|时间|日\s{0,4}期)[:：]\s{0,4}$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const date: LineRule = {
  id: 'numeral.date',
  scope: 'line',
  title: { zh: '日期的写法', en: 'Form of a date' },
  reason: {
    zh: '公文中的日期，月、日不编虚位（1不写作01），汉字与阿拉伯数字不混用。',
    en: 'In official documents month and day take no leading zero, and a date has figures of one kind.',
  },
  authority: {
    zh: 'GB/T 9704-2012 7.3.5.4（成文日期）；正文按惯例相同',
    en: 'GB/T 9704-2012, 7.3.5.4 (date of signing); the same in the text by practice',
  },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '青禾县人民政府\n⟦2026年01月08日⟧', fixed: '青禾县人民政府\n2026年1月8日' },
      { text: '自⟦2026年03月⟧起施行，⟦05月1日⟧前报送。', fixed: '自2026年3月起施行，5月1日前报送。' },
      { text: '截至⟦2026年13月⟧办结。' },
      { text: '自⟦二〇二六年3月5日⟧起，至⟦2026年三月五日⟧止。', fixed: '自2026年3月5日起，至2026年3月5日止。' },
      { text: '⟦26年3月⟧开工，⟦4月1号⟧验收。', fixed: '26年3月开工，4月1日验收。' },
    ],
    clean: [
      { text: '2026年1月8日，2024年2月29日，10月20日' },
      { text: '2026-01-05发布，编号2026年第01期' },
      { text: '发布日期：2026年01月08日' },
      { text: '2026年01月08日 09:30' },
      { text: '《青禾日报》（2026年01月08日 01 版）' },
      { text: '历时近10年3月龄，4月1号文件，第26年3月，2026年第三季度' },
      { text: '为期3年18个月，婴儿30月龄' },
      { text: '二〇二四年二月二十九日，十月三十一日，“九·一八”，二三月间' },
      { text: '1848年六月起义和1917年十月革命改变了世界。' },
      { text: '|报送时间|2026年01月08日|' },
    ],
  },
  triggers: ['月'],

  check(line) {
    const findings: Finding[] = [];
    for (const match of matchesOf(DATES, line)) {
      const [whole, year, month, day] = match as unknown as [string, string?, string?, string?];
      const start = match.index;
      const end = start + whole.length;
      if (isInside(foreignSpans(line), start)) continue;
      const padded = (month!.length === 2 && month!.startsWith('0')) || (day?.length === 2 && day.startsWith('0'));
      // A day that does not exist is the concern of fact.date.
      if (!day && year && !exists(Number(month), 1)) {
        findings.push({
          start,
          end,
          message: { zh: '没有“{0}”这个月，请核对。', en: 'There is no such month as {0}; check it.', values: [whole] },
        });
      } else if (padded && (day || year) && !ROW.test(line)) {
        if (PAGE_AFTER.test(line.slice(end, end + 12))) continue;
        if (TIME_AFTER.test(line.slice(end, end + 8)) || FIELD_BEFORE.test(line.slice(Math.max(0, start - 12), start)))
          continue;
        const right = whole.replace(/(?<=\D|^)0(?=[1-9]\s?[月日])/g, '');
        findings.push({
          start,
          end,
          message: {
            zh: '月、日不补“0”：“{0}”写作“{1}”。',
            en: 'No leading zero: write "{0}" as "{1}".',
            values: [whole, right],
          },
          fixes: [changeTo(start, end, right)],
        });
      }
    }
    findings.push(...otherForms(line));
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },

  finalize(found, analysis) {
    return found.filter(({ base }) => blockKindAt(analysis, analysis.lines.lineAt(base)) !== 'furniture');
  },
};

/** Dates in mixed figures, with a short year, or with 号. */
function* otherForms(line: string): Generator<Finding> {
  for (const { 0: whole, 1: year, 2: month, 3: day, 4: figures, 5: inMonth, 6: onDay, index } of matchesOf(
    MIXED,
    line,
  )) {
    const number = (words: string | undefined) => words && String(parseChineseNumeral(words) ?? '');
    const [y, m, d] = year
      ? [[...year].map((one) => Math.max(0, FIGURES.indexOf(one))).join(''), month, day]
      : [figures, number(inMonth), number(onDay)];
    const right = `${y}年${m}月${d ? `${d}日` : ''}`;
    yield {
      start: index,
      end: index + whole.length,
      message: {
        zh: '一个日期里汉字和阿拉伯数字混用：“{0}”写作“{1}”。',
        en: 'A date in two kinds of figures: write "{0}" as "{1}".',
        values: [whole, right],
      },
      fixes: [changeTo(index, index + whole.length, right)],
    };
  }
  for (const { 0: whole, 2: month, index } of matchesOf(SHORT_YEAR, line)) {
    if (Number(month) < 1 || Number(month) > 12) continue;
    yield {
      start: index,
      end: index + whole.length,
      severity: 'hint',
      message: { zh: '年份应写全四位：“{0}”。', en: 'Write the year with four figures: "{0}".', values: [whole] },
    };
  }
  for (const { 0: whole, 1: month, 2: day, index } of matchesOf(SPOKEN_DAY, line)) {
    if (!exists(Number(month), Number(day))) continue;
    const right = `${month}月${day}日`;
    yield {
      start: index,
      end: index + whole.length,
      severity: 'hint',
      message: {
        zh: '书面写作“{1}”，“{0}”是口头说法。',
        en: 'Write "{1}"; "{0}" is spoken style.',
        values: [whole, right],
      },
      fixes: [changeTo(index, index + whole.length, right)],
    };
  }
}

/** Whether some year has the day. */
function exists(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]!;
}
