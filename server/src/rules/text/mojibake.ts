import type { Message } from '../../text/message';
import type { DocumentRule, Finding } from '../rule';
import { damageOf, prepareDamage } from './damage';

export const mojibake: DocumentRule = {
  id: 'text.mojibake',
  scope: 'document',
  title: { zh: '乱码', en: 'Garbled characters' },
  reason: {
    zh: '网页处理汉字编码时出错，几个字变成了毫不相干的字。原文可以推算出来的，会给出改法；拿不准的，列出可能的原文。',
    en: 'A web page mangled the bytes of some characters, which now show as others. If the original can be determined, it is offered as a fix; otherwise the candidates are.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  // The half-width marks are part of the evidence of the damage; widened they would make it unreadable.
  suppresses: ['punctuation'],
  examples: {
    flagged: [
      { text: '加强知识产权⟦;⟧,优化营商环境。', fixed: '加强知识产权保护,优化营商环境。' },
      { text: '進一步推進共同富⟦,F⟧代化建設。', fixed: '進一步推進共同富裕現代化建設。' },
    ],
    clean: [
      { text: '加强知识产权保护，优化营商环境。' },
      { text: '我们要问一问:路子对不对?作风实不实?' },
      { text: '全县生产总值(GDP)增长5%,其中工业增长6%;投资增长7%.' },
    ],
  },

  prepare: prepareDamage,

  check(analysis) {
    return damageOf(analysis).map(({ start, end, candidates, confidence }): Finding => {
      const sure = confidence === 'clear';
      return {
        start,
        end,
        message: messageFor(candidates, sure),
        fixes: candidates.slice(0, sure ? 1 : undefined).map((candidate) => ({
          title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [candidate] },
          edits: [{ start, end, newText: candidate }],
          safe: sure,
          preferred: sure,
        })),
      };
    });
  },
};

function messageFor(candidates: readonly string[], sure: boolean): Message {
  const [first] = candidates;
  if (first === undefined) {
    return {
      zh: '此处是乱码，从剩下的字节推不出原文，请查对来源。',
      en: 'Garbled beyond recovery. Please check the source.',
    };
  }
  if (sure) return { zh: '此处是乱码，原文应为“{0}”。', en: 'Garbled; it was “{0}”.', values: [first] };
  return {
    zh: '此处是乱码，原文可能是“{0}”，请查对来源。',
    en: 'Garbled; it may have been “{0}”. Please check the source.',
    values: [candidates.join('”“')],
  };
}
