import { type DateMention, dateMentions, daysIn, weekdayOf } from '../../facts/time';
import type { Analysis } from '../../structure/analysis';
import { changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

const WEEKDAYS = '日一二三四五六';

export const factDate: DocumentRule = {
  id: 'fact.date',
  scope: 'document',
  title: { zh: '日期有误', en: 'Impossible dates' },
  reason: {
    zh: '日期应当存在，星期应与日期相符。',
    en: 'A date must exist, and the weekday must be that of the date.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '会议定于2026年⟦11月31日⟧召开。' },
      { text: '截至2025年⟦2月29日⟧，⟦4月31日⟧报送，⟦13月5日⟧核验，二〇二五年⟦二月二十九日⟧召开。' },
      { text: '会议定于2026年3月5日（⟦星期三⟧）上午9时召开。' },
      { text: '2026年5月6日，全县启动排查。请于⟦13月5日⟧前报送材料。' },
      {
        text: '关于2026年劳动节放假安排的通知\n5月9日（星期六）上班。5月4日（⟦星期二⟧）照常上班。',
      },
    ],
    clean: [
      { text: '会议定于2026年11月30日召开。' },
      { text: '会议定于2026年3月5日（星期四）上午9时召开。' },
      { text: '请于2月29日前报送材料。' },
      { text: '活动于5月4日（星期二）举行。' },
      { text: '2024年2月29日，全县召开动员会。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    let year: number | undefined | 'unread' = 'unread';
    for (let line = 0; line < analysis.lines.count; line++) {
      const found = dateMentions.of(analysis, line);
      if (found.length === 0) continue;
      const base = analysis.lines.start(line);
      for (const date of found) {
        if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysIn(date.month, date.year)) {
          findings.push(impossible(analysis, date, base));
          continue;
        }
        if (date.weekday === undefined) continue;
        if (year === 'unread') year = yearOfText(analysis);
        const known = date.year ?? yearBefore(found, date) ?? year;
        if (known === undefined) continue;
        const right = weekdayOf(known, date.month, date.day);
        if (right === date.weekday) continue;
        findings.push(wrongWeekday(analysis, date, base, known, right));
      }
    }
    return findings;
  },
};

function impossible(
  { text }: Analysis,
  { start, end, month, day, year, weekdayStart }: DateMention,
  base: number,
): Finding {
  const words = text.slice(base + start, base + end);
  const from = base + start + (year === undefined ? 0 : words.indexOf('年') + 1);
  const to = weekdayStart === undefined ? base + end : base + start + words.search(/[日号]/) + 1;
  const last = month >= 1 && month <= 12 ? daysIn(month, year) : 0;
  return {
    start: from,
    end: to,
    message:
      last > 0 && day > last
        ? {
            zh: '{0}月只有{1}天，没有{2}日，请核对。',
            en: 'Month {0} has only {1} days; there is no day {2}.',
            values: [month, last, day],
          }
        : { zh: '没有这个日期，请核对。', en: 'There is no such date.' },
  };
}

function wrongWeekday({ text }: Analysis, date: DateMention, base: number, year: number, right: number): Finding {
  const start = base + (date.weekdayStart as number);
  const word = /^(?:星期|周|礼拜)./.exec(text.slice(start, start + 3))?.[0] ?? '';
  const rightWord = word.slice(0, -1) + WEEKDAYS.charAt(right);
  return {
    start,
    end: start + word.length,
    message: {
      zh: '{0}年{1}月{2}日是{3}，这里写作{4}，请核对日期或星期。',
      en: '{1}/{2}/{0} is a {3}, not {4}; check the date and the weekday.',
      values: [year, date.month, date.day, rightWord, word],
    },
    fixes: [changeTo(start, start + word.length, rightWord, false)],
  };
}

/** The year of an earlier date in the line that gives one. */
function yearBefore(found: readonly DateMention[], date: DateMention): number | undefined {
  let year: number | undefined;
  for (const one of found) {
    if (one === date) return year;
    if (one.year !== undefined) year = one.year;
  }
  return year;
}

/**
 * The one year that days without a year belong to: the one among the years named in the text that fits all weekdays
 * except at most one; undefined if no named year fits two, or if the only date stands alone and the title names no
 * year.
 */
function yearOfText(analysis: Analysis): number | undefined {
  const mentions: DateMention[] = [];
  for (let line = 0; line < analysis.lines.count; line++) {
    for (const date of dateMentions.of(analysis, line)) {
      if (date.weekday !== undefined && date.year === undefined && date.month <= 12 && date.day <= 31)
        mentions.push(date);
    }
  }
  const named = new Set(Array.from(analysis.text.matchAll(/(?<!\d)((?:19|20)\d{2})年/g), (match) => Number(match[1])));
  const fits = (year: number) =>
    mentions.filter(({ month, day, weekday }) => weekdayOf(year, month, day) === weekday).length;
  let best: number | undefined;
  for (const year of named) if (best === undefined || fits(year) > fits(best)) best = year;
  if (best === undefined || named.size > 4) return undefined;
  if (mentions.length >= 2 && fits(best) >= Math.max(1, mentions.length - 1)) return best;
  return undefined;
}
