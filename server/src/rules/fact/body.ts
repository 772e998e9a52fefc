import { bodySlips, listedBodySlips, readNames } from '../../facts/names';
import type { DocumentRule, Finding } from '../rule';
import { nameFinding } from './nameFinding';

export const factBody: DocumentRule = {
  id: 'fact.body',
  scope: 'document',
  title: { zh: '机构名称前后不一', en: 'One body under two names' },
  reason: {
    zh: '机构用全称或规范化简称，“以下简称”之后全文一致。',
    en: 'A body goes by its full name or one short form, the same throughout once “以下简称” has fixed it.',
  },
  authority: { zh: '《党政机关公文处理工作条例》第十九条', en: 'Regulation on official documents, article 19' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  findsNames: true,
  examples: {
    flagged: [
      {
        text: '县里成立青禾县河湖管理委员会（以下简称河湖委）。\n重大事项由⟦青禾县河湖治理委员会⟧研究决定。',
      },
      {
        text: '（责任单位：县水利局、县财政局）\n（责任单位：县教育局、县农业农村局）\n（责任单位：县水利局、县农业农村局）\n（责任单位：县财政局、县农业农村局）\n（责任单位：县水利局、⟦县农业农村委⟧）',
      },
    ],
    clean: [
      {
        text: '县里成立青禾县河湖管理委员会（以下简称河湖委）。\n重大事项由青禾县河湖管理委员会研究决定，河湖委办公室负责落实。',
      },
      {
        text: '县人民代表大会常务委员会（以下简称常委会）依法决定重大事项。\n县人民代表大会专门委员会先行审议。',
      },
      {
        text: '设立粮食交易场所的单位（以下简称粮食交易场所）须经批准。\n粮食交易所应当公开交易规则。粮食交易所的负责人由县里任命。粮食交易所每年报告。',
      },
      { text: '县建设工程材料管理办公室（以下简称县建材办）负责登记。\n生产单位应当向县建委办理手续。' },
      {
        text: '设立青禾县第一人民医院（以下简称一医院）。\n青禾县第二人民医院参照执行。',
      },
      { text: '（责任单位：县委办公室、县政府办公室、县委组织部、县委宣传部）' },
    ],
  },
  prepare: readNames,

  *check(analysis) {
    const findings: Finding[] = (yield* bodySlips(analysis)).map(nameFinding);
    for (const slip of yield* listedBodySlips(analysis)) {
      if (!findings.some(({ start }) => start === slip.start)) findings.push(nameFinding(slip));
    }
    return findings;
  },
};
