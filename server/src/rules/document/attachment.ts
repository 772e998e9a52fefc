import type { Analysis } from '../../structure/analysis';
import { changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

/** 附件：1.××× — the note that names the attachments; 附件1 over an attachment is none. */
const NOTE = /^[\s　]{0,20}附件[:：][\s　]{0,4}(?:(\d{1,2})([.．、]?)[\s　]?)?(?=\S)/;
const NEXT = /^[\s　]{0,20}(\d{1,2})([.．、])[\s　]?(?=\S)/;
const FINAL_MARK = /[。；;，,、.]$/;
const NAME_LENGTH = 80;

export const attachment: DocumentRule = {
  id: 'document.attachment',
  scope: 'document',
  title: { zh: '附件说明', en: 'Attachment note' },
  reason: {
    zh: '附件说明写作“附件：1.×××”，顺序号用阿拉伯数字加点，附件名称后不加标点。',
    en: 'Attachments are named as "附件：1.×××": Arabic figures with a point, and no mark after the name.',
  },
  authority: { zh: 'GB/T 9704-2012 7.3.4', en: 'GB/T 9704-2012, 7.3.4' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '请认真贯彻执行。\n附件：1.任务分工表⟦；⟧\n2.联络员名单⟦。⟧\n青禾县人民政府\n2026年1月8日',
        fixed: '请认真贯彻执行。\n附件：1.任务分工表\n2.联络员名单\n青禾县人民政府\n2026年1月8日',
      },
      { text: '特此通知。\n附件：青禾县河湖名录⟦。⟧', fixed: '特此通知。\n附件：青禾县河湖名录' },
      {
        text: '特此通知。\n附件：1⟦、⟧任务分工表\n　　　2⟦、⟧联络员名单',
        fixed: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单',
      },
    ],
    clean: [
      { text: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单\n青禾县人民政府\n2026年1月8日' },
      { text: '附件1\n任务分工表\n一、总体要求。\n1、加强领导。' },
      {
        text: '附件：以上材料由各乡镇汇总后，经县领导小组办公室审核，于每月5日前报送市水利局，逾期不再受理，相关情况纳入年度考核并予以通报，同时抄送县纪委监委机关、县委组织部、县委督查室、县政府督查室和县财政局备案。',
      },
      { text: '具体要求见附件：1.任务分工表。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    const { text, lines } = analysis;
    // A text has few such lines; the word is looked for in the whole text, which is native code.
    let next = 0;
    for (let at = text.indexOf('附件'); at >= 0; at = text.indexOf('附件', next)) {
      const line = lines.lineAt(at);
      next = Math.max(at + 2, lines.end(line));
      const note = NOTE.exec(lineText(analysis, line, NAME_LENGTH + 40));
      if (!note || at - lines.start(line) > note[0].length) continue;
      checkEntry(analysis, line, note, findings);
      if (note[1]) checkNext(analysis, line, Number(note[1]), findings);
    }
    return findings;
  },
};

function lineText({ text, lines }: Analysis, line: number, length: number): string {
  return text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + length));
}

/** The lines below that go on counting. */
function checkNext(analysis: Analysis, line: number, value: number, findings: Finding[]): void {
  for (let next = line + 1; next < analysis.lines.count; next++) {
    const words = lineText(analysis, next, NAME_LENGTH + 40);
    if (words.trim() === '') continue;
    const entry = NEXT.exec(words);
    if (!entry || Number(entry[1]) !== value + 1) return;
    value++;
    checkEntry(analysis, next, entry, findings);
  }
}

function checkEntry(analysis: Analysis, line: number, entry: RegExpExecArray, findings: Finding[]): void {
  const { text, lines } = analysis;
  const start = lines.start(line);
  const words = lineText(analysis, line, NAME_LENGTH + 40).trimEnd();
  if (words.length > NAME_LENGTH) return;
  if (entry[2] === '、') {
    const at = start + entry[0].indexOf('、');
    findings.push({
      start: at,
      end: at + 1,
      message: {
        zh: '附件顺序号后用点：“{0}.”。',
        en: 'An attachment\'s number takes a point: "{0}.".',
        values: [entry[1]!],
      },
      fixes: [changeTo(at, at + 1, '.')],
    });
  }
  const final = FINAL_MARK.exec(words);
  if (final && final.index > entry[0].length) {
    const at = start + final.index;
    findings.push({
      start: at,
      end: at + 1,
      message: { zh: '附件名称后不加“{0}”。', en: 'No "{0}" after an attachment\'s name.', values: [text[at]!] },
      fixes: [changeTo(at, at + 1, '')],
    });
  }
}
