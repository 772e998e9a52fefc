import { type DateMention, dateMentions, datesIn } from '../../facts/time';
import type { Analysis } from '../../structure/analysis';
import type { Span } from '../../text/span';
import type { DocumentRule, Finding } from '../rule';
import { type OfficialDocument, officialDocuments } from './officialDocument';

const DAY_MS = 86_400_000;
/** Text after a day in the past: it was, it has been. */
const PAST =
  /^[，,]?(?:[^，。；！？\n]{0,30}(?:召开了|印发了|发布了|举行了|发生了|完成了|批准了|通过了|签订了|成立了|启动了|开展了|下发了))/;
/** 请于5月8日前报送: a deadline. */
const DUE_BEFORE = /(?:请|务必|须|应|并|要求|需)[^，。；！？\n]{0,14}[于在]$/;
const DUE_AFTER =
  /^(?:[（(][^（）()]{1,8}[）)])?(?:\d{1,2}(?:时|点|:\d\d)|上午|下午|下班|中午)?(?:之|以)?前[^。；！？\n]{0,20}(?:报|送|反馈|提交|完成|上传|填报|寄)/;
const EVERY = /(?:每年|次年|翌年|明年|来年|下年|当年|逐年|去年|上年|今后)[^，。；]{0,4}$/;
const NUMBER = /〔((?:19|20)\d{2})〕\d{1,4}号/g;
const PRINTED = /((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日[\s　]{0,4}印发[\s　。]{0,9}$/;
/** A day without a year this long before the signing is meant for the following year. */
const MAX_LATE_DAYS = 150;

export const chronology: DocumentRule = {
  id: 'document.chronology',
  scope: 'document',
  title: { zh: '成文日期与文中日期不合', en: 'Date of signing against other dates' },
  reason: {
    zh: '成文日期署会议通过或负责人签发的日期：文中已经发生的事、已有的文件应在其前，要求办理的期限和印发日期应在其后。',
    en: 'Past events and issued documents are dated before the date of signing; deadlines and the date of printing are after it.',
  },
  authority: {
    zh: '《党政机关公文处理工作条例》第九条（成文日期、发文字号、印发日期）；先后为事理',
    en: 'Regulation on official documents, article 9 (dates and number); the order follows from the matter',
  },
  tier: 'regulation',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请各乡镇于⟦2026年4月30日⟧前报送方案。\n青禾县人民政府\n2026年5月8日',
      },
      {
        text: '关于防汛工作情况的通报\n各乡镇人民政府：\n⟦2026年6月3日⟧，县政府召开了防汛会议。\n青禾县人民政府\n2026年5月8日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n根据《关于加强防汛工作的意见》（青政发⟦〔2027〕3号⟧），现通知如下。\n青禾县人民政府\n2026年5月8日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n请抓好落实。\n青禾县人民政府\n2026年5月8日\n青禾县人民政府办公室　　⟦2026年5月3日⟧印发',
      },
    ],
    clean: [
      {
        text: '青政发〔2026〕7号\n关于做好防汛工作的通知\n各乡镇人民政府：\n2026年4月3日，县政府召开了防汛会议。请于5月20日前报送方案，每年3月1日前报送总结。\n青禾县人民政府\n2026年5月8日\n青禾县人民政府办公室　　2026年5月9日印发',
      },
      {
        text: '关于报送年终总结的通知\n各乡镇人民政府：\n请于1月10日前报送总结。\n青禾县人民政府\n2026年12月20日',
      },
      {
        text: '关于做好防汛工作的通知\n各乡镇人民政府：\n2026年6月3日召开防汛会议，请按时参加。\n青禾县人民政府\n2026年5月8日',
      },
    ],
  },
  check(analysis) {
    return officialDocuments(analysis)
      .flatMap((document) => checkOne(analysis, document))
      .sort((a, b) => a.start - b.start);
  },
};

function checkOne(analysis: Analysis, document: OfficialDocument): Finding[] {
  const { text, lines } = analysis;
  const signed = signingOf(text, document);
  if (!signed) return [];
  const findings: Finding[] = [];
  const related = [{ start: signed.start, end: signed.end, message: { zh: '成文日期', en: 'Date of signing' } }];
  const add = (place: Span, zh: string, en: string) =>
    findings.push({
      start: place.start,
      end: place.end,
      message: { zh, en, values: [text.slice(signed.start, signed.end)] },
      related,
    });
  const first = lines.lineAt(document.body.start);
  const last = lines.lineAt(Math.max(document.body.start, document.body.end - 1));
  for (let line = first; line <= last; line++) {
    const base = lines.start(line);
    const words = text.slice(base, lines.end(line));
    const dates = dateMentions.of(analysis, line);
    if (dates.length === 0 && !words.includes('〔')) continue;
    for (const date of dates) {
      const before = words.slice(Math.max(0, date.start - 24), date.start);
      const after = words.slice(date.end, date.end + 48);
      if (EVERY.test(before)) continue;
      const place = { start: base + date.start, end: base + date.end };
      const days = daysBetween(signed, date);
      if (DUE_BEFORE.test(before) && DUE_AFTER.test(after)) {
        if (days < 0 && (date.year !== undefined || days >= -MAX_LATE_DAYS))
          add(
            place,
            '要求办理的期限早于成文日期（{0}），请核对。',
            'This deadline is before the date of signing ({0}).',
          );
      } else if (date.year !== undefined && days > 0 && PAST.test(after))
        add(
          place,
          '这里说的是已经发生的事，日期却在成文日期（{0}）之后，请核对。',
          'This has happened, yet its date is after the date of signing ({0}).',
        );
    }
    for (const { 0: whole, 1: year, index } of words.matchAll(NUMBER)) {
      const isOverYear = Number(year) === signed.year + 1 && signed.month === 12;
      if (Number(year) > signed.year && !isOverYear)
        add(
          { start: base + index, end: base + index + whole.length },
          '所引文件的年份在成文日期（{0}）之后，请核对。',
          'The document cited is of a year after the date of signing ({0}).',
        );
    }
  }
  if (document.isMain) {
    const printed = printedOf(analysis, document);
    if (printed && daysBetween(signed, printed) < 0)
      add(
        printed,
        '印发日期早于成文日期（{0}），请核对。',
        'The date of printing is before the date of signing ({0}).',
      );
  }
  return findings;
}

interface Day extends Span {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date in the last dated line of the sign-off. */
function signingOf(text: string, { signOff }: OfficialDocument): Day | undefined {
  if (!signOff) return undefined;
  const { start, end } = signOff.date;
  const date = datesIn(text.slice(start, end)).findLast(({ year }) => year !== undefined);
  if (date?.year === undefined) return undefined;
  return { ...date, year: date.year, start: start + date.start, end: start + date.end };
}

/** The date of the imprint, in one of the last lines of the text. */
function printedOf({ text, lines }: Analysis, { signOff, body }: OfficialDocument): Day | undefined {
  const from = lines.lineAt(signOff?.end ?? body.end);
  for (let line = lines.count - 1, seen = 0; line > from && seen < 3; line--) {
    const words = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + 120));
    if (words.trim() === '') continue;
    seen++;
    const match = PRINTED.exec(words);
    if (!match) continue;
    const start = lines.start(line) + match.index;
    const end = start + match[0].indexOf('日') + 1;
    return { start, end, year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  }
  return undefined;
}

/** Days from `signed` to `date`; negative if it is earlier. A day without a year is assumed to be in the same year. */
function daysBetween(signed: Day, { year = signed.year, month, day }: Day | DateMention): number {
  return (Date.UTC(year, month - 1, day) - Date.UTC(signed.year, signed.month - 1, signed.day)) / DAY_MS;
}
