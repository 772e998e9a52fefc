import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const RANGES =
  /(?<=[\d０-９%％‰℃°一二三四五六七八九十百千万亿元天日月年时点岁级号])\s?[~〜∼]\s?(?=[\d０-９一二三四五六七八九十百千万第+－-])/g;

/**
 * From one year, month or number to another, joined by a hyphen or a short dash. Codes are not followed by a unit
 * (9704-2012, 0700-1234567), and a range increases.
 */
const HYPHENS =
  /(?<![\d.\-–－—A-Za-zＡ-Ｚ〔〕（(/第])(\d{1,4}(?:\.\d+)?)(\s?[-–－﹣‐‑]\s?)(\d{1,4}(?:\.\d+)?)(?=年|月|日|个|個|天|周|岁|歲|小时|公里|公顷|吨|亩|名|人|家|项|次|倍|户|所|座|米|元|层|时|分钟|期间|号(?!文|令))/g;

export const range: LineRule = {
  id: 'punctuation.range',
  scope: 'line',
  title: { zh: '数值范围的连接号', en: 'Mark in a range' },
  reason: {
    zh: '标示起止、范围用一字线“—”或全角浪纹线“～”；键盘上的“~”和短横“-”另有用处。',
    en: 'A range takes a dash "—" or the full-width "～"; "~" and the hyphen are for other things.',
  },
  authority: { zh: 'GB/T 15834-2011 4.13.2、4.13.3', en: 'GB/T 15834-2011, 4.13.2 and 4.13.3' },
  tier: 'standard',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      { text: '气温12⟦~⟧18℃，工期5天⟦ ~ ⟧10天。', fixed: '气温12～18℃，工期5天～10天。' },
      {
        text: '规划期为2021⟦-⟧2025年，1⟦-⟧5月完成排查，建设周期2026⟦–⟧2027年，3⟦－⟧5年见效。',
        fixed: '规划期为2021—2025年，1—5月完成排查，建设周期2026—2027年，3—5年见效。',
      },
      { text: '一⟦~⟧三年级，8:00⟦~⟧12:00', fixed: '一～三年级，8:00～12:00' },
    ],
    clean: [
      { text: '气温12～18℃，工期5至10天，2021—2025年。' },
      { text: 'GB/T 9704-2012，0700-1234567，附件1-1，2026-01-05发布，5-3班，第3-5号文件' },
      { text: '主目录为`~/data`，网址https://example.org/~3/a', kind: 'markdown' },
      { text: '~~删去~~的内容，约~100户', kind: 'markdown' },
    ],
  },
  triggers: ['~〜∼-–－﹣‐‑', '0123456789０１２３４５６７８９一二三四五六七八九十百千万亿元天日月年时点岁级号%％‰℃°'],

  check(line) {
    const findings: Finding[] = [];
    for (const { 0: mark, index } of matchesOf(RANGES, line)) {
      const end = index + mark.length;
      if (isInside(foreignSpans(line), index)) continue;
      findings.push({
        start: index,
        end,
        message: {
          zh: '表示范围用全角的“～”（或“至”“—”）。',
          en: 'A range takes the full-width "～" (or 至, —).',
        },
        fixes: [changeTo(index, end, '～')],
      });
    }
    for (const { 0: whole, 1: from, 2: mark, 3: to, index } of matchesOf(HYPHENS, line)) {
      const start = index + from!.length;
      const rest = line.slice(index + whole.length);
      const years = from!.length === 4 && to!.length === 4 && rest.startsWith('年');
      if (Number(from) >= Number(to) || (rest.startsWith('年') && !years && Number(to) > 99)) continue;
      if (isInside(foreignSpans(line), start)) continue;
      findings.push({
        start,
        end: start + mark!.length,
        message: {
          zh: '起止用一字线“—”，短横“{0}”用来连接代号。',
          en: 'From … to takes a dash "—"; the hyphen "{0}" joins codes.',
          values: [mark!.trim()],
        },
        fixes: [changeTo(start, start + mark!.length, '—')],
      });
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },
};
