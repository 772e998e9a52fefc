import { parseChineseQuantity } from '../../facts/quantity';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

const FIGURE = '(\\d{1,9}(?:\\.\\d{1,4})?|[一二两三四五六七八九十百千]{1,6})';
const UNIT = '(%|万元|亿元|元|年|个月|月|日|天|人|名|岁|周岁|米|公里|公斤|吨|倍|次|平方米|亩|小时|级|件|家|户)';
/** 三年以上一年以下. */
const RANGE = new RegExp(
  `(?<!分之)(?<![\\d.一二两三四五六七八九十百千万])${FIGURE}(?:${UNIT})?以上(?:[、，]|不满|至|到)?${FIGURE}${UNIT}以下`,
  'g',
);
/** 不满三人以上, 超过5万元以上: two bounds on one figure. */
const DOUBLED = new RegExp(
  `(未满|至少|最多|至多|(?<![附最就临靠邻])近|不(?:满|足)|不?(?:低于|少于|小于|超过|高于|多于|大于))${FIGURE}${UNIT}(?:的)?(以上|以下|以内)`,
  'g',
);
/** Bounds that exclude the figure itself or include it twice. */
const UPPER = new Set([
  ...['不满', '不足', '未满', '低于', '少于', '小于', '近'],
  ...['最多', '至多', '不超过', '不高于', '不多于', '不大于'],
]);
const UNITS: Readonly<Record<string, number>> = {
  万元: 1e4,
  亿元: 1e8,
  元: 1,
  个月: 30,
  月: 30,
  年: 365,
  日: 1,
  天: 1,
};

export const bounds: LineRule = {
  id: 'document.bounds',
  scope: 'line',
  title: { zh: '以上、以下、不满的界限', en: 'Bounds with 以上, 以下, 不满' },
  reason: {
    zh: '“以上”“以下”“以内”包括本数，“不满”“超过”不包括本数；一个数不能同时用两种界限，上限不能低于下限。',
    en: '以上, 以下 and 以内 include the figure, 不满 and 超过 do not; one figure takes one bound, and a range ends above its beginning.',
  },
  authority: { zh: '《中华人民共和国民法典》第一千二百五十九条', en: 'Civil Code, article 1259' },
  tier: 'regulation',
  severity: 'warning',
  safeFix: false,
  triggers: ['以', '上下内'],
  examples: {
    flagged: [
      { text: '处⟦十万元以上五万元以下⟧罚款。' },
      { text: '处⟦5万元以上2万元以下⟧罚款。' },
      { text: '⟦不满3人以上⟧的，由乡镇办理。' },
      { text: '⟦超过20%以上⟧的，另行报批。' },
      { text: '⟦不多于3人以下⟧的，不必报批。' },
    ],
    clean: [
      { text: '处五万元以上十万元以下罚款，或者三年以上十年以下。' },
      { text: '处一千元以上一万元以下罚款；处5000元以上2万元以下罚款；处六个月以上三年以下。' },
      { text: '处货值百分之五十以上三倍以下罚款；处10%以上1倍以下罚款。' },
      { text: '项目附近500米以内、最近三年以内的情况，一并填报。' },
      { text: '3人以上不满10人的，由乡镇办理；超过20%的，另行报批；近三年以来。' },
    ],
  },
  check: (line) => {
    const findings: Finding[] = [];
    for (const match of matchesOf(RANGE, line)) {
      const [whole, low = '', lowUnit, high = '', highUnit = ''] = match;
      // 五千以上一万元以下: the unit is omitted, and which one is uncertain.
      if (lowUnit === undefined && /[万亿]/.test(highUnit)) continue;
      const [least, most] = [magnitude(low, lowUnit ?? highUnit), magnitude(high, highUnit)];
      if (least === undefined || most === undefined || !sameKind(lowUnit ?? highUnit, highUnit) || least < most)
        continue;
      findings.push({
        start: match.index,
        end: match.index + whole.length,
        message: {
          zh: '下限不低于上限，请核对“以上”“以下”前的数。',
          en: 'The lower bound is not below the upper one: check both figures.',
        },
      });
    }
    for (const match of matchesOf(DOUBLED, line)) {
      const [whole, first = '', , , second = ''] = match;
      const contradicts = UPPER.has(first) === (second === '以上');
      findings.push({
        start: match.index,
        end: match.index + whole.length,
        ...(!contradicts && { severity: 'hint' as const }),
        message: contradicts
          ? {
              zh: '“{0}”和“{1}”相互矛盾，只留一个。',
              en: '“{0}” and “{1}” contradict each other; keep one.',
              values: [first, second],
            }
          : {
              zh: '“{0}”和“{1}”重复限定，只留一个。',
              en: '“{0}” and “{1}” say it twice; keep one.',
              values: [first, second],
            },
      });
    }
    return findings;
  },
};

function sameKind(one: string, other: string): boolean {
  return (
    one === other || (UNITS[one] !== undefined && UNITS[other] !== undefined && /元/.test(one) === /元/.test(other))
  );
}

function magnitude(figure: string, unit: string): number | undefined {
  const value = /^\d/.test(figure) ? Number(figure) : parseChineseQuantity(figure)?.value;
  return value === undefined ? undefined : value * (UNITS[unit] ?? 1);
}
