import { readNames, titleSlips } from '../../facts/names';
import type { DocumentRule } from '../rule';
import { nameFinding } from './nameFinding';

export const factTitle: DocumentRule = {
  id: 'fact.title',
  scope: 'document',
  title: { zh: '文件名称前后不一', en: 'One title in two wordings' },
  reason: { zh: '同一文件、著作的名称全文应一致。', en: 'The title of a work is worded the same throughout a text.' },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  findsNames: true,
  examples: {
    flagged: [
      {
        text: '根据《青禾县农村人居环境整治提升行动方案》，各乡镇要压实责任。\n要对照《青禾县农村人居环境整治提升行动方案》抓落实。\n年底按《⟦青禾县农村人居环境整治提高行动方案⟧》考核。',
      },
      {
        text: '按照《关于防治形式主义的若干意见》办理。\n落实《关于防治形式主义的若干意见》。\n对照《⟦关于防治形式主义若干意见⟧》检查。',
      },
    ],
    clean: [
      {
        text: '落实《青禾县水污染防治行动实施方案》《青禾县土壤污染防治行动实施方案》。再次落实《青禾县水污染防治行动实施方案》。',
      },
      {
        text: '填写《青禾县灌溉用水应付费用明细表》、《青禾县灌溉用水应收费用明细表》，附《青禾县灌溉用水应付费用明细表》。',
      },
      { text: '落实《青禾县2025年水利工作要点》和《青禾县2026年水利工作要点》。' },
      { text: '依据《中华人民共和国民事诉讼法》《中华人民共和国刑事诉讼法》。' },
    ],
  },
  prepare: readNames,

  *check(analysis) {
    return (yield* titleSlips(analysis)).map(nameFinding);
  },
};
