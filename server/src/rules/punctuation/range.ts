import { changeTo } from '../change';
import { matchesOf } from '../matches';
import { foreignSpans, isInside } from '../prose';
import type { Finding, LineRule } from '../rule';

const RANGES =
  /(?<=[\d０-９%％‰℃°一二三四五六七八九十百千万亿元天日月年时点岁级号])\s?[~〜∼]\s?(?=[\d０-９一二三四五六七八九十百千万第+－-])/g;

export const range: LineRule = {
  id: 'punctuation.range',
  scope: 'line',
  title: { zh: '数值范围的连接号', en: 'Mark in a range' },
  reason: {
    zh: '标示数值范围的浪纹线是全角的“～”，键盘上的“~”是西文符号。',
    en: 'The wave line of a range is the full-width "～"; the keyboard\'s "~" is a Western sign.',
  },
  authority: { zh: 'GB/T 15834-2011 4.13.2、4.13.3.2', en: 'GB/T 15834-2011, 4.13.2 and 4.13.3.2' },
  tier: 'standard',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      { text: '气温12⟦~⟧18℃，工期5天⟦ ~ ⟧10天。', fixed: '气温12～18℃，工期5天～10天。' },
      { text: '一⟦~⟧三年级，8:00⟦~⟧12:00', fixed: '一～三年级，8:00～12:00' },
    ],
    clean: [
      { text: '气温12～18℃，工期5至10天，2021—2025年。' },
      { text: '主目录为`~/data`，网址https://example.org/~3/a', kind: 'markdown' },
      { text: '~~删去~~的内容，约~100户', kind: 'markdown' },
    ],
  },
  triggers: ['~〜∼'],

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
    return findings;
  },
};
