import { isHan } from '../../text/characters';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { LineRule } from '../rule';

/** A document number followed by the title: 青政发〔2026〕3号《关于……的通知》. */
const REVERSED =
  /([\u4e00-\u9fff]{2,12}〔(?:19|20)\d{2}〕\d{1,4}号)(?:文件|文)?(《[^《》\n]{2,30}关于[^《》\n]{2,60}》|《关于[^《》\n]{2,60}》)/g;
/** Words before the issuer's code that are not part of the number. */
const LEAD = /^.{0,10}(?:根据|依据|按照|依照|落实|执行|贯彻|印发|转发|遵照|的|和|及|与|以|由|在|对|将)/;
/** Maximum length of an issuer's code: 青政办发. */
const MAX_CODE = 4;

export const citation: LineRule = {
  id: 'document.citation',
  scope: 'line',
  title: { zh: '引用公文的次序', en: 'Order of title and number' },
  reason: {
    zh: '引用公文先引标题，后引发文字号，如《关于……的通知》（×政发〔2026〕1号）。',
    en: 'A document is cited by its title first and its number after it, in brackets.',
  },
  authority: { zh: '行文惯例（先引标题，后引发文字号）', en: 'practice (title first, then the number)' },
  tier: 'practice',
  severity: 'hint',
  safeFix: false,
  triggers: ['〔', '号', '《'],
  examples: {
    flagged: [
      { text: '根据⟦青政发〔2026〕3号《关于做好春耕工作的通知》⟧，现提出如下意见。' },
      { text: '⟦青办发〔2025〕11号文件《青禾县关于加强河湖管理的意见》⟧提出了要求。' },
    ],
    clean: [
      { text: '根据《关于做好春耕工作的通知》（青政发〔2026〕3号），现提出如下意见。' },
      { text: '青政发〔2026〕3号文件要求，各乡镇抓好落实。' },
      { text: '执行《春耕条例》和青政发〔2026〕3号、《河湖办法》的规定。' },
    ],
  },
  check: (line) =>
    matchesOf(REVERSED, line).map((match) => {
      const [whole, code = '', title = ''] = match;
      const lead = LEAD.exec(code.slice(0, code.indexOf('〔')))?.[0].length ?? 0;
      // If no word separates the issuer's code from the text before it, the number is not cut out by guess.
      const isCertain =
        lead > 0
          ? !/[的和及与以由在对将]$/.test(code.slice(0, lead))
          : code.indexOf('〔') <= MAX_CODE && !isHan(line.charCodeAt(match.index - 1));
      const start = match.index + lead;
      const end = match.index + whole.length;
      return {
        start,
        end,
        message: {
          zh: '先引标题，后引发文字号，发文字号放在圆括号内。',
          en: 'Cite the title first, and put the number after it in brackets.',
        },
        ...(isCertain && { fixes: [changeTo(start, end, `${title}（${code.slice(lead)}）`, false)] }),
      };
    }),
};
