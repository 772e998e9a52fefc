import type { Analysis } from '../../structure/analysis';
import { changeAll } from '../change';
import type { DocumentRule, Finding } from '../rule';

/** 附件：1.××× — the note that names the attachments; 附件1 over an attachment is none. */
const NOTE = /^[\s　]{0,20}附件[:：][\s　]{0,4}(?:(\d{1,2})([.．、]?)[\s　]?)?(?=\S)/;
const NEXT = /^[\s　]{0,20}(\d{1,2})([.．、])[\s　]?(?=\S)/;
/** 附件： with the names below it, one a line. */
const NOTE_ALONE = /^[\s　]{0,20}附件[:：][\s　]*$/;
const DATE = /^[\s　]*(?:\d{4}|[一二][一二三四五六七八九〇零○]{3})年.{2,8}日[\s　]*$/;
/** Lines between the names of the attachments and the date under the document: who signs it. */
const SIGNERS = 4;
const FINAL_MARK = /[。；;，,、.]$/;
const ENTRY_LENGTH = 80;

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
        text: '请认真贯彻执行。\n附件：1.任务分工表⟦；⟧\n2.联络员名单。\n青禾县人民政府\n2026年1月8日',
        fixed: '请认真贯彻执行。\n附件：1.任务分工表\n2.联络员名单\n青禾县人民政府\n2026年1月8日',
      },
      { text: '特此通知。\n附件：青禾县河湖名录⟦。⟧', fixed: '特此通知。\n附件：青禾县河湖名录' },
      {
        text: '特此通知。\n附件：\n1.任务分工表⟦。⟧\n2.联络员名单。\n青禾县人民政府\n2026年1月8日',
        fixed: '特此通知。\n附件：\n1.任务分工表\n2.联络员名单\n青禾县人民政府\n2026年1月8日',
      },
      {
        text: '特此通知。\n附件：1⟦、⟧任务分工表\n　　　2、联络员名单',
        fixed: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单',
      },
    ],
    clean: [
      { text: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单\n青禾县人民政府\n2026年1月8日' },
      { text: '附件：\n1.加强领导。\n2.压实责任。' },
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
      if (NOTE_ALONE.test(lineText(analysis, line))) {
        const entries = entriesBelow(analysis, line, 0);
        if (entries.length > 0 && isSigned(analysis, (entries.at(-1) as Entry).line))
          findings.push(...remarks(text, entries));
        continue;
      }
      const note = NOTE.exec(lineText(analysis, line));
      if (!note || at - lines.start(line) > note[0].length) continue;
      const entries = [
        entryAt(analysis, line, note),
        ...(note[1] ? entriesBelow(analysis, line, Number(note[1])) : []),
      ];
      findings.push(...remarks(text, entries));
    }
    return findings;
  },
};

/** Where one entry goes wrong. */
interface Entry {
  readonly line: number;
  /** Offset of 、 after the number. */
  readonly comma: number | undefined;
  /** Offset of a stop after the name. */
  readonly stop: number | undefined;
}

/** True where the document is signed and dated a few lines below `line`. */
function isSigned(analysis: Analysis, line: number): boolean {
  let seen = 0;
  for (let next = line + 1; next < analysis.lines.count && seen < SIGNERS; next++) {
    const words = lineText(analysis, next);
    if (words.trim() === '') continue;
    if (DATE.test(words)) return true;
    seen++;
  }
  return false;
}

/** The line, cut off where it is too long for an entry. */
function lineText({ text, lines }: Analysis, line: number): string {
  return text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + ENTRY_LENGTH + 1));
}

/** The entries in the lines below that go on counting. */
function entriesBelow(analysis: Analysis, line: number, value: number): Entry[] {
  const entries: Entry[] = [];
  for (let next = line + 1; next < analysis.lines.count; next++) {
    const words = lineText(analysis, next);
    if (words.trim() === '') continue;
    const number = NEXT.exec(words);
    if (!number || Number(number[1]) !== value + entries.length + 1) break;
    entries.push(entryAt(analysis, next, number));
  }
  return entries;
}

function entryAt(analysis: Analysis, line: number, number: RegExpExecArray): Entry {
  const start = analysis.lines.start(line);
  const words = lineText(analysis, line).trimEnd();
  // What is as long as that is no name but a sentence.
  if (words.length > ENTRY_LENGTH) return { line, comma: undefined, stop: undefined };
  const stop = FINAL_MARK.exec(words);
  return {
    line,
    comma: number[2] === '、' ? start + number[0].indexOf('、') : undefined,
    stop: stop && stop.index > number[0].length ? start + stop.index : undefined,
  };
}

/** One remark for each of the two mistakes, however many entries make it. */
function remarks(text: string, entries: readonly Entry[]): Finding[] {
  const commas = entries.flatMap(({ comma }) => (comma === undefined ? [] : [comma]));
  const stops = entries.flatMap(({ stop }) => (stop === undefined ? [] : [stop]));
  const replace = (places: readonly number[], newText: string) =>
    places.map((start) => ({ start, end: start + 1, newText }));
  const findings: Finding[] = [];
  if (commas.length > 0) {
    findings.push({
      start: commas[0]!,
      end: commas[0]! + 1,
      message: {
        zh: '附件顺序号后用点不用顿号，如“附件：1.×××”。',
        en: 'The number of an attachment takes a point and not 、: "附件：1.×××".',
      },
      fixes: [changeAll(replace(commas, '.'), '.')],
    });
  }
  if (stops.length > 0) {
    findings.push({
      start: stops[0]!,
      end: stops[0]! + 1,
      message: {
        zh: '附件名称后不加标点，这里的“{0}”应删去。',
        en: 'No mark follows the name of an attachment; delete "{0}".',
        values: [text[stops[0]!]!],
      },
      fixes: [
        { ...changeAll(replace(stops, ''), ''), title: { zh: '删去附件名称后的标点', en: 'Delete these marks' } },
      ],
    });
  }
  return findings;
}
