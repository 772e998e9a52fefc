import type { NumberingBreak } from '../../structure/analysis';
import { isDigit } from '../../text/characters';
import type { DocumentRule, Finding } from '../rule';

export const misread: DocumentRule = {
  id: 'numbering.misread',
  scope: 'document',
  title: { zh: '序号中有认错的字符', en: 'Misread character in a number' },
  reason: {
    zh: '扫描识别或输入法把“1”认成“l”、把“一”认成“—”，或把页码粘在序号前面：看上去像，检索、编号和目录却都认不出。',
    en: 'Text recognition or an input method wrote l for 1 or — for 一, or glued a page number to the number: it looks right, but search, numbering and contents miss it.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: true,
  examples: {
    flagged: [
      { text: '一、基本情况\n⟦l.⟧人员不足。\n2.经费不足。', fixed: '一、基本情况\n1.人员不足。\n2.经费不足。' },
      { text: '⟦（—）⟧抓部署。\n（二）抓整改。', fixed: '（一）抓部署。\n（二）抓整改。' },
      {
        text: '1 范围\n本规程适用于全市。\n⟦1⟧2 术语\n体检是评价。\n3 总则\n坚持原则。',
        fixed: '1 范围\n本规程适用于全市。\n2 术语\n体检是评价。\n3 总则\n坚持原则。',
      },
    ],
    clean: [
      { text: '1.人员不足。\n2.经费不足。' },
      { text: 'l.表示长度。\n人员不足。' },
      { text: '11 范围\n本规程适用于全市。\n12 术语\n体检是评价。' },
    ],
  },
  check({ lists, text }) {
    const findings: Finding[] = [];
    for (const { breaks } of lists)
      for (const broken of breaks) if (broken.kind === 'misread') findings.push(findingFor(broken, text));
    return findings.sort((a, b) => a.start - b.start);
  },
};

function findingFor({ marker, expectedText }: NumberingBreak, text: string): Finding {
  if (marker.misread === 'glued') {
    let start = marker.start;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    const page = text.slice(start, marker.start);
    return {
      start,
      end: marker.start,
      message: {
        zh: '序号“{0}”前面粘着“{1}”，像是页码，请删去',
        en: '“{1}”, which looks like a page number, is glued to the number “{0}”; delete it',
        values: [marker.text, page],
      },
      fixes: [
        {
          title: { zh: '删去“{0}”', en: 'Delete “{0}”', values: [page] },
          edits: [{ start, end: marker.start, newText: '' }],
          safe: true,
          preferred: true,
        },
      ],
    };
  }
  return {
    start: marker.start,
    end: marker.end,
    message: {
      zh: '“{0}”应为“{1}”，有字符认错了',
      en: '“{0}” should be “{1}”: a character was misread',
      values: [marker.text, expectedText],
    },
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [expectedText] },
        edits: [{ start: marker.start, end: marker.end, newText: expectedText }],
        safe: true,
        preferred: true,
      },
    ],
  };
}
