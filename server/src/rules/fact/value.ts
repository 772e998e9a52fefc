import { findValueConflicts, valueConflicts } from '../../facts/conflicts';
import type { Statement } from '../../facts/statement';
import type { Analysis } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';

export const factValue: DocumentRule = {
  id: 'fact.value',
  scope: 'document',
  title: { zh: '同一指标数据不一致', en: 'Two values of one indicator' },
  reason: {
    zh: '同一文稿里，同一指标、同一对象、同一时间只有一个数据；两处不同，必有一处有误。',
    en: 'Within one draft an indicator has one value for one place and time; where two differ, one of them is wrong.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '一、2025年工作回顾\n2025年青禾县地区生产总值达到285.4亿元，增长5.2%。\n工业提质增效。2025年，地区生产总值完成⟦258.4亿元⟧，迈上新台阶。',
      },
      {
        text: '2025年末全县户籍人口达到三十二万人。\n2025年末，全县户籍人口为⟦35万人⟧。',
      },
      {
        text: '青禾县去年新建农村公路132.5公里\n记者从县交通运输局获悉，去年全县新建农村公路⟦123.5公里⟧，覆盖所有行政村。',
      },
    ],
    clean: [
      {
        text: '2025年青禾县地区生产总值达到285.4亿元，增长5.2%。\n2025年，地区生产总值突破280亿元，人均可支配收入达到3.2万元。',
      },
      {
        text: '2024年全县地区生产总值达到271.3亿元。\n2025年全县地区生产总值达到285.4亿元。',
      },
      { text: '2025年青禾镇粮食总产量达到1.2万吨。\n2025年河口镇粮食总产量达到1.8万吨。' },
      { text: '2025年粮食总产量预期达到12万吨。\n2025年，粮食总产量达到13万吨，超额完成目标。' },
      { text: '第五条　占用绿地的，处五千元罚款。\n第六条　毁坏树木的，处一万元罚款。' },
    ],
  },

  prepare: findValueConflicts,

  check(analysis) {
    return valueConflicts(analysis).map(({ statement, others }): Finding => {
      const first = others[0] as Statement;
      const value = (one: Statement) => analysis.text.slice(one.start, one.end);
      const message = {
        zh: '“{0}”前面写作{1}（第{2}行），这里写作{3}，请核对。',
        en: '“{0}” is {1} on line {2} and {3} here; check which is right.',
        values: [statement.indicatorText, value(first), first.line + 1, value(statement)],
      };
      return {
        start: statement.start,
        end: statement.end,
        message,
        related: others.slice(0, MAX_RELATED).map((other) => ({
          start: other.start,
          end: other.end,
          message: { zh: '另一处写作{0}', en: 'It is {0} here', values: [value(other)] },
        })),
        fixes: [useOther(analysis, statement, first)],
      };
    });
  },
};

const MAX_RELATED = 5;

function useOther({ text }: Analysis, statement: Statement, other: Statement) {
  const newText = text.slice(other.start, other.end);
  return {
    title: { zh: '改为“{0}”', en: 'Change to "{0}"', values: [newText] },
    edits: [{ start: statement.start, end: statement.end, newText }],
    safe: false,
  };
}
