import type { DocumentRule } from '../rule';
import { sayMiss } from './nearMiss';
import { sloganSlips } from './proofreader';

export const quoteDrift: DocumentRule = {
  id: 'slogan.quote-drift',
  scope: 'document',
  title: { zh: '引号、书名号内的文字与通行写法不同', en: 'Quoted term or title written otherwise' },
  reason: {
    zh: '加引号的固定提法和加书名号的文件名一字不能差；判断依据是语料中各篇的写法和前后文。',
    en: 'A quoted term and the title of a document must be written word for word, as in the corpus.',
  },
  authority: { zh: '语料统计；行文惯例', en: 'the corpus; practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '推进“高效办⟦好⟧一件事”重点事项落地。' },
      { text: '增强“四个意识”、坚定“四个自信”、做到“两个维⟦持⟧”。' },
      { text: '共建“一带一⟦道⟧”国家进出口稳步增长。' },
      { text: '共建“一带⟦路一⟧”国家进出口稳步增长。' },
      { text: '增強「四個意識」、堅定「四個自信」、做到「兩個維⟦持⟧」，為青禾縣發展作出貢獻。' },
    ],
    clean: [
      { text: '推进“高效办成一件事”重点事项落地，从“办成一件事”到“办成一类事”。' },
      { text: '打造“三个一批”平台，落实“四个最严”要求。' },
      { text: '望海区委提出“两个先行”奋斗目标。' },
      { text: '他在信中写道：“增强‘四个意识’、做到‘两个维持’。”' },
    ],
  },
  check(analysis, context) {
    return sloganSlips(analysis, context).flatMap((slip) =>
      slip.rule === 'quote-drift' ? [sayMiss(slip, slip.kind, analysis)] : [],
    );
  },
};
