import type { Section } from '../../structure/analysis';
import { type ReferencePart, referencesOf } from '../../structure/references';
import { numeralLike } from '../../text/numerals';
import type { DocumentRule, Finding } from '../rule';

/** The title given with a reference: 第三部分“保障措施”, 第三部分（保障措施）. */
const NAMED = /^(?:的|中的|中)?\s?[“「（(《]([^“”「」（）()《》\r\n]{2,60})[”」）)》]/;

export const staleReference: DocumentRule = {
  id: 'reference.stale',
  scope: 'document',
  title: { zh: '引用的序号已变', en: 'Reference with an old number' },
  reason: {
    zh: '引用的序号与写明的标题应当是同一处；不一致，多半是编号改过而引用没有跟着改。',
    en: 'The number and the title of a reference must mean the same section; otherwise the text was renumbered without it.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '一、总体要求\n任务分工见⟦第二部分⟧“保障措施”。\n二、重点任务\n抓好修渠。\n三、保障措施\n加强领导。' },
    ],
    clean: [
      { text: '一、总体要求\n任务分工见第三部分“保障措施”。\n二、重点任务\n抓好修渠。\n三、保障措施\n加强领导。' },
      { text: '一、总体要求\n任务分工见第二部分“分工表”。\n二、重点任务\n抓好修渠。\n三、保障措施\n加强领导。' },
    ],
  },
  check: (analysis) =>
    referencesOf(analysis).flatMap(({ parts, end }): Finding[] => {
      const part = parts.at(-1);
      const name = NAMED.exec(analysis.text.slice(end, end + 70))?.[1]?.trim();
      const right = part?.target && name !== undefined ? namesake(part.target, name, analysis.headings) : undefined;
      return part && right ? [findingOf(part, right, analysis.text)] : [];
    }),
};

/** The only sibling of `target` with the title `name`, if `target` has another title. */
function namesake(target: Section, name: string, headings: readonly Section[]): Section | undefined {
  if (!target.list || target.title === name) return undefined;
  const found = headings.filter(({ list, title }) => list === target.list && title === name);
  return found.length === 1 ? found[0] : undefined;
}

function findingOf(part: ReferencePart, right: Section, text: string): Finding {
  const { start, end, numeral } = part;
  const value = right.marker?.value ?? 0;
  const figures = numeralLike(text.slice(numeral.start, numeral.end), value);
  const due = text.slice(start, numeral.start) + figures + text.slice(numeral.end, end);
  return {
    start,
    end,
    message: {
      zh: '“{0}”现在是{1}，这里写的是{2}',
      en: '“{0}” is now {1}; this says {2}',
      values: [right.title, due, text.slice(start, end)],
    },
    related: [
      {
        start: right.marker?.start ?? right.titleSpan.start,
        end: right.titleSpan.end,
        message: { zh: '写明的标题在这里', en: 'The section with that title' },
      },
    ],
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [due] },
        edits: [{ start: numeral.start, end: numeral.end, newText: figures }],
        safe: false,
        preferred: true,
      },
    ],
  };
}
