import type { Analysis } from '../../structure/analysis';
import { parseChineseNumeral } from '../../text/numerals';
import { changeAll, changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

/** 附件：1.××× — the note that names the attachments; 附件1 over an attachment is none. */
const NOTE = /^[\s　]{0,20}附件[:：][\s　]{0,4}(?:(\d{1,2})([.．、]?)[\s　]?)?(?=\S)/;
const NEXT = /^[\s　]{0,20}(\d{1,2})([.．、])[\s　]?(?=\S)/;
/** 附件1：××× with each attachment on a line of its own, and 附件：一、××× or （1）×××: other ways to number them. */
const NOTE_EACH = /^[\s　]{0,20}附件[\s　]?(\d{1,2})[:：.．、][\s　]{0,4}(?=\S)/;
const NOTE_ODD =
  /^[\s　]{0,20}附件[:：][\s　]{0,4}(?=[一二三四五六七八九十]{1,3}[、.．]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳])/;
const ODD =
  /^[\s　]{0,20}(?:([一二三四五六七八九十]{1,3})[、.．]|[（(]([\d一二三四五六七八九十]{1,3})[）)]|([①-⑳]))[\s　]?(?=\S)/;
/** Blanks before the second attachment and those below, under the first. */
const INDENT = '　　　';
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
        text: '特此通知。\n⟦附件1：⟧任务分工表\n附件2：联络员名单\n青禾县人民政府\n2026年1月8日',
        fixed: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单\n青禾县人民政府\n2026年1月8日',
      },
      {
        text: '特此通知。\n附件：⟦（1）⟧任务分工表\n　　　（2）联络员名单\n青禾县人民政府\n2026年1月8日',
        fixed: '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单\n青禾县人民政府\n2026年1月8日',
      },
      {
        text: '特此通知。\n附件：1.任务分工表\n　　　⟦3⟧.联络员名单\n青禾县人民政府\n2026年1月8日',
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
      {
        text: '特此通知。\n青禾县人民政府\n2026年1月8日\n\n附件1：任务分工表\n一、总体要求\n各乡镇要抓好落实。\n附件2：联络员名单',
      },
      { text: '特此通知。\n附件：1.任务分工表\n2026年青禾县重点工作\n青禾县人民政府\n2026年1月8日' },
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
      const other = otherNumbers(analysis, line);
      if (other) {
        findings.push(other);
        continue;
      }
      const note = NOTE.exec(lineText(analysis, line));
      if (!note || at - lines.start(line) > note[0].length) continue;
      const entries = [
        entryAt(analysis, line, note),
        ...(note[1] ? entriesBelow(analysis, line, Number(note[1])) : []),
      ];
      findings.push(...remarks(text, entries));
      const last = (entries.at(-1) as Entry).line;
      const skipped = note[1] ? skippedNumber(analysis, last, Number(note[1]) + entries.length) : undefined;
      if (skipped) findings.push(skipped);
    }
    return findings;
  },
};

/** One remark, with a fix for all entries, where a note above the sign-off numbers its attachments in another way. */
function otherNumbers(analysis: Analysis, line: number): Finding | undefined {
  const { lines } = analysis;
  const words = lineText(analysis, line);
  const each = NOTE_EACH.exec(words);
  const odd = each ? undefined : NOTE_ODD.exec(words);
  if (each?.[1] !== '1' && !odd) return undefined;
  const edits: { start: number; end: number; newText: string }[] = [];
  let last = line;
  for (let next = line; next < lines.count; next++) {
    const entry = lineText(analysis, next);
    if (entry.trim() === '') continue;
    const from = next === line && odd ? odd[0].length : 0;
    const match = (each ? NOTE_EACH : ODD).exec(entry.slice(from));
    const value = match && numberOf(match);
    if (!match || value !== edits.length + 1 || entry.length > ENTRY_LENGTH) break;
    const start = lines.start(next) + from;
    const lead = each ? (value === 1 ? '附件：' : INDENT) : (/^[\s　]*/.exec(match[0])?.[0] ?? '');
    edits.push({ start, end: start + match[0].length, newText: `${lead}${value}.` });
    last = next;
  }
  const [first] = edits;
  if (!first || !isSigned(analysis, last)) return undefined;
  return {
    start: first.start,
    end: first.end,
    message: {
      zh: '附件说明写作“附件：1.×××”，各附件依次另行，顺序号用阿拉伯数字加点。',
      en: 'Attachments are named as "附件：1.×××", one a line, with Arabic figures and a point.',
    },
    fixes: [{ ...changeAll(edits, '附件：1.'), title: { zh: '改为“附件：1.……”', en: 'Write "附件：1.…"' } }],
  };
}

function numberOf([, chinese, bracketed, circled]: RegExpExecArray): number | undefined {
  if (circled) return circled.charCodeAt(0) - '①'.charCodeAt(0) + 1;
  const numeral = chinese ?? bracketed ?? '';
  return /^\d/.test(numeral) ? Number(numeral) : parseChineseNumeral(numeral);
}

/** The finding for an attachment below `line` that does not go on with `expected`. */
function skippedNumber(analysis: Analysis, line: number, expected: number): Finding | undefined {
  let next = line + 1;
  while (next < analysis.lines.count && lineText(analysis, next).trim() === '') next++;
  if (next >= analysis.lines.count) return undefined;
  const words = lineText(analysis, next);
  const number = NEXT.exec(words);
  if (!number || Number(number[1]) > expected + 2 || words.length > ENTRY_LENGTH || !isSigned(analysis, next)) {
    return undefined;
  }
  const start = analysis.lines.start(next) + number[0].indexOf(number[1]!);
  const end = start + number[1]!.length;
  return {
    start,
    end,
    message: {
      zh: '附件顺序号不连续，这里应为“{0}”，或漏了一件。',
      en: 'The numbers of the attachments are not in sequence: this should be {0}, or one is missing.',
      values: [expected],
    },
    fixes: [changeTo(start, end, String(expected), false)],
  };
}

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
