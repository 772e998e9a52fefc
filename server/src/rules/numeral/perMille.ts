import type { Span } from '../../text/span';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

/** A rate of the population and its figure. */
const RATE =
  /(?:(?<of>人口)[^，。；、,;\d]{0,6}|[，；、,;])(?<rate>自然增[长長]率|出生率|死亡率)(?<between>[^，。；、,;%％‰\d０-９]{0,12})(?<figure>[\d０-９]{1,3}(?:[.．][\d０-９]{1,3})?) ?[%％](?![\d０-９])/g;
/** Says how much a rate has changed, or gives the figures of several. */
const CHANGE = /下降|降低|降幅|上升|提高|减少|減少|同比|比|分别|分別|增幅|增加/;
/** No population grows by four in a hundred a year, or has as many births or deaths as the others say. */
const IMPOSSIBLE: Readonly<Record<string, number>> = { 自然增长率: 4, 自然增長率: 4, 出生率: 6, 死亡率: 4 };
/** ‰ as a scanner reads it, %。 or %o, before what continues the clause; after any figure, and after that of a rate. */
const MISREAD =
  /(?<figure>[\d０-９]{1,3}(?:[.．][\d０-９]{1,3})?) ?[%％][。oO〇0](?=(?:以[内內下上]|左右)(?:$|[，。；、,;）)的]))/g;
const ROUND = /^[。oO〇0](?=以[内內下上]|左右|的|[，。；、,;])/;
/** Number of characters before a rate within which its population is named: 人口出生率9‰，自然增长率3‰. */
const NAMED_BEFORE = 40;

export const perMille: LineRule = {
  id: 'numeral.per-mille',
  scope: 'line',
  title: { zh: '千分号误作百分号', en: 'Percent for per mille' },
  reason: {
    zh: '人口自然增长率、出生率、死亡率以千分率表示。“‰”常被认成“％。”，或者误打成“%”，数字就大了十倍。',
    en: 'Rates of population are given per mille. ‰ is often scanned as %。 or typed as %, which makes the figure ten times as large.',
  },
  authority: {
    zh: '国家统计局《主要统计指标解释》（人口）',
    en: 'National Bureau of Statistics, definitions of population rates',
  },
  tier: 'standard',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '人口自然增长率控制在⟦6.5%。⟧以内；城镇登记失业率2.9%。' },
      { text: '青禾县人口自然增长率为⟦8.69％。⟧，出生人口性别比下降。' },
      { text: '人口出生率⟦9.08%⟧，自然增长率⟦4.81％⟧。' },
      { text: '人口自然增长率控制在⟦7％o⟧以内，失业率控制在⟦3%。⟧以内。' },
      { text: '青禾縣人口自然增長率控制在⟦5.2%⟧左右。' },
    ],
    clean: [
      { text: '人口自然增长率控制在6.5‰以内，人口自然增长率为0.65%。' },
      { text: '城镇登记失业率、人口自然增长率分别控制在4.5%和7‰以内。' },
      { text: '煤矿百万吨死亡率下降35%，婴儿死亡率比上年降低13.8%。' },
      { text: '全县生产总值增长8%。左右两岸同步治理，出口额自然增长率达到12%。' },
      { text: '患者死亡率达50%，重点项目完工率95%。' },
    ],
  },
  triggers: ['%％'],

  check: (line) => misreadRates(line).map((rate) => findingOf(line, rate)),
};

/** A figure in `line` with the sign that should be ‰. */
interface MisreadRate extends Span {
  readonly figure: string;
}

/** The figures in `line` whose sign should be ‰, in order. */
function misreadRates(line: string): MisreadRate[] {
  const found: MisreadRate[] = [];
  for (const { 0: whole, index, groups } of matchesOf(RATE, line)) {
    const { of, rate = '', between = '', figure = '' } = groups as Record<string, string | undefined>;
    if (!of && !line.slice(Math.max(0, index - NAMED_BEFORE), index).includes('人口')) continue;
    if (CHANGE.test(between)) continue;
    const end = index + whole.length;
    const round = ROUND.exec(line.slice(end, end + 3))?.[0] ?? '';
    if (round === '' && Number(figure.normalize('NFKC')) < (IMPOSSIBLE[rate] as number)) continue;
    found.push({ start: line.lastIndexOf(figure, end), end: end + round.length, figure });
  }
  const ofRates = [...found];
  for (const { 0: whole, index: start, groups } of matchesOf(MISREAD, line)) {
    const end = start + whole.length;
    if (ofRates.some((other) => other.start < end && start < other.end)) continue;
    found.push({ start, end, figure: groups?.figure ?? '' });
  }
  return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
}

/** Whether the mark at `at` is part of a misread ‰: 。 after the figure of a rate is none that is doubled. */
export function isPartOfRate(line: string, at: number): boolean {
  return misreadRates(line).some(({ start, end }) => start < at && at < end);
}

function findingOf(line: string, { start, end, figure }: MisreadRate): Finding {
  const right = `${figure}‰`;
  return {
    start,
    end,
    message: {
      zh: '“{0}”应为“{1}”：这里用的是千分率，不是百分率。',
      en: '"{0}" should be "{1}": the rate is per mille, not per cent.',
      values: [line.slice(start, end), right],
    },
    fixes: [changeTo(start, end, right, false)],
  };
}
