import { changeTo } from '../change';
import { occurrences, once } from '../habit';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

/** Figures with the marks in and after them. A number at the line start, １．, belongs to the rules of numbering. */
const FULL = /[０-９]+(?:[．，][０-９]+)*[％‰]?/g;
const HALF = /\d/g;

export const fullWidth: LineRule = {
  id: 'numeral.full-width',
  scope: 'line',
  title: { zh: '全角数字', en: 'Full-width figures' },
  reason: {
    zh: '全文的数字用半角，个别处却是全角（３３），多半是输入法没有切换或从别处粘贴的。',
    en: 'The figures of this text are half-width, but some are full-width (３３), mostly by a slip of the input method.',
  },
  authority: { zh: 'GB/T 15835-2011 5.1', en: 'GB/T 15835-2011, 5.1' },
  tier: 'practice',
  severity: 'hint',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '新增就业3000个，招商引资⟦３３⟧亿元，增长⟦２１．５％⟧，惠及2万人，完成率90%。',
        fixed: '新增就业3000个，招商引资33亿元，增长21.5%，惠及2万人，完成率90%。',
      },
    ],
    clean: [
      { text: '全县生产总值３３亿元，增长２１％。' },
      { text: '１．抓好春耕，完成30万亩。\n２．抓好防汛，投入5万元。' },
      { text: '新增就业3000个，增长21%。' },
    ],
  },
  triggers: ['０１２３４５６７８９'],

  check(line) {
    const findings: Finding[] = [];
    const head = line.length - line.trimStart().length;
    for (const { 0: figures, index } of matchesOf(FULL, line)) {
      const end = index + figures.length;
      if (index === head || /[（(第〔［]$/.test(line.slice(0, index))) continue;
      findings.push({
        start: index,
        end,
        message: {
          zh: '数字用半角：“{0}”写作“{1}”。',
          en: 'Half-width figures: write "{0}" as "{1}".',
          values: [figures, halved(figures)],
        },
        fixes: [changeTo(index, end, halved(figures))],
      });
    }
    return findings;
  },

  finalize(found, { text }) {
    if (found.length === 0) return found;
    // If most figures are full-width, that is the style of the text.
    if (occurrences(text, HALF, found.length * 4) <= found.length * 2) return [];
    if (found.length < MIN_COMBINED) return found;
    const message = {
      zh: '全文有{0}处全角数字（本处起），其余用半角，可一次改正。',
      en: 'From here on {0} numbers are full-width, the others half-width; one fix changes them all.',
    };
    return [once(found, message, { zh: '全部改为半角', en: 'Make all half-width' })];
  },
};

/** From this number on a single finding is reported instead of many. */
const MIN_COMBINED = 10;

function halved(figures: string): string {
  return figures.replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}
