import { partSlips, ratioSlips, type SumSlip, tableSlips } from '../../facts/arithmetic';
import { LineMemo } from '../../structure/lineMemo';
import { Pace } from '../../text/resumable';
import type { DocumentRule, Finding } from '../rule';

const lineSlips = new LineMemo<readonly SumSlip[]>((line) => [...ratioSlips(line), ...partSlips(line)]);

export const factSum: DocumentRule = {
  id: 'fact.sum',
  scope: 'document',
  title: { zh: '分项与合计不符', en: 'Parts and total' },
  reason: {
    zh: '分项之和应等于合计，构成比之和应为100%。',
    en: 'Parts add up to their total, and shares of a whole to a hundred per cent.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '全县共设立农家书屋126个，其中⟦平原乡镇84个、山区乡镇52个⟧。' },
      { text: '新建、改扩建幼儿园35个（其中⟦新建30个，改扩建6个⟧）、小学46个（其中新建24个，改扩建22个）。' },
      { text: '化解存量债务800亿元（其中，⟦市本级552亿元，区348亿元⟧），存量债务削减26.7%。' },
      { text: '三次产业结构调整为⟦8.5:43.2:58.3⟧。' },
      {
        text: '| 乡镇 | 户数 | 人口 |\n| --- | --- | --- |\n| 青禾镇 | 120 | 410 |\n| 河口镇 | 80 | 260 |\n| 合计 | 200 | ⟦690⟧ |',
      },
    ],
    clean: [
      { text: '全县共设立农家书屋136个，其中平原乡镇84个、山区乡镇52个。' },
      { text: '全年培训干部1260人，其中女干部420人、少数民族干部310人。' },
      { text: '今年安排保障性住房740万套，其中老旧小区改造580万套，增加110万套。' },
      { text: '全县获奖170项，其中特等奖3项、一等奖21项（含集体3项）、二等奖146项。' },
      { text: '水果总产1450万吨，其中苹果1050万吨，肉蛋奶产量分别达到120万吨、55万吨和205万吨。' },
      { text: '在建项目34个，其中竣工19个，较上年分别新增10个、9个。' },
      { text: '为10.5万名群众服务，其中为1万名老人体检，为7.35万名学生验光。' },
      { text: '三次产业结构调整为8.5:43.2:48.3。' },
      { text: '共实施项目503个，其中新开工268个、续建235个，竣工100个。' },
      {
        text: '| 乡镇 | 户数 | 增长率 |\n| --- | --- | --- |\n| 青禾镇 | 120 | 4.1 |\n| 河口镇 | 80 | 2.6 |\n| 合计 | 200 | 3.5 |',
      },
    ],
  },

  prepare: (analysis) => lineSlips.prepare(analysis),

  *check(analysis) {
    const { text, lines } = analysis;
    const findings: Finding[] = [];
    const pace = new Pace();
    for (let line = 0; line < lines.count; line++) {
      if (pace.isOver()) yield;
      const base = lines.start(line);
      for (const slip of lineSlips.of(analysis, line)) findings.push(findingOf(slip, base));
    }
    if (text.includes('计') && /[|\t]/.test(text)) {
      for (const slip of yield* tableSlips(text, lines.count, (line) => [lines.start(line), lines.end(line)])) {
        findings.push({
          start: slip.start,
          end: slip.end,
          message: {
            zh: '“{0}”一列各行之和为{1}，合计写作{2}，请核对。',
            en: 'The rows of “{0}” add up to {1}, but the total says {2}.',
            values: [slip.column, slip.sum, slip.total],
          },
        });
      }
    }
    return findings;
  },
};

function findingOf(slip: SumSlip, base: number): Finding {
  const place = { start: base + slip.start, end: base + slip.end };
  if (slip.kind === 'ratio') {
    return {
      ...place,
      message: {
        zh: '三项之和为{0}，不是100，请核对。',
        en: 'The three shares add up to {0} and not to 100.',
        values: [slip.sum],
      },
    };
  }
  return {
    ...place,
    ...(slip.kind === 'some' && { severity: 'hint' }),
    message: {
      zh: '分项之和为{0}，总数写作{1}，请核对。',
      en: 'The parts add up to {0}, but the total is {1}.',
      values: [slip.sum, slip.total],
    },
    related: [
      {
        start: base + slip.totalStart,
        end: base + slip.totalEnd,
        message: { zh: '总数', en: 'The total' },
      },
    ],
  };
}
