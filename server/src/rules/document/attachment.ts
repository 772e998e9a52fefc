import type { Analysis } from '../../structure/analysis';
import { parseChineseNumeral } from '../../text/numerals';
import { changeAll, changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

/** 附件：1.××× — the note that lists the attachments; not 附件1 over an attachment. */
const NOTE = /^[\s　]{0,20}附件[:：][\s　]{0,4}(?:(\d{1,2})([.．、]?)[\s　]?)?(?=\S)/;
const NEXT = /^[\s　]{0,20}(\d{1,2})([.．、])[\s　]?(?=\S)/;
/** 附件1：××× with each attachment on a line of its own, and 附件：一、××× or （1）×××: other ways to number them. */
const NOTE_EACH = /^[\s　]{0,20}附件[\s　]?(\d{1,2})[:：.．、][\s　]{0,4}(?=\S)/;
const NOTE_ODD =
  /^[\s　]{0,20}附件[:：][\s　]{0,4}(?=[一二三四五六七八九十]{1,3}[、.．]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳])/;
const ODD =
  /^[\s　]{0,20}(?:([一二三四五六七八九十]{1,3})[、.．]|[（(]([\d一二三四五六七八九十]{1,3})[）)]|([①-⑳]))[\s　]?(?=\S)/;
/** Indent of the second and further attachments, under the first. */
const INDENT = '　　　';
/** 附件： with the names below it, one per line. */
const NOTE_ALONE = /^[\s　]{0,20}附件[:：][\s　]*$/;
const DATE = /^[\s　]*(?:\d{4}|[一二][一二三四五六七八九〇零○]{3})年.{2,8}日[\s　]*$/;
/** Maximum number of lines between the names of the attachments and the date under the document: the signers. */
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
        text: '请各站按⟦附件3⟧的要求抓好落实。\n附件：\n⟦《水库名单》⟧\n青禾县水利局\n2026年3月5日',
        fixed: '请各站按附件3的要求抓好落实。\n附件：水库名单\n青禾县水利局\n2026年3月5日',
      },
      {
        text: '特此通知。\n附件：1.⟦《⟧任务分工表》\n　　　2.⟦联络员名单⟧\n　　　3.⟦考核细则⟧\n青禾县人民政府\n2026年1月8日\n附件1\n任务分工表\n内容。\n附件2\n驻村干部花名册\n内容。',
        fixed:
          '特此通知。\n附件：1.任务分工表\n　　　2.联络员名单\n　　　3.考核细则\n青禾县人民政府\n2026年1月8日\n附件1\n任务分工表\n内容。\n附件2\n驻村干部花名册\n内容。',
      },
      {
        text: '特此通报。\n附件：1.先进集体名单（12个）\n　　　2.⟦先进个人名单（29名）⟧\n青禾县人民政府\n2026年1月8日\n附件1\n先进集体名单（12个）\n内容。\n附件2\n先进个人名单（30名）\n内容。',
      },
      {
        text: '本决定自公布之日起施行。\n附件：1.任务分工表\n　　　2.⟦联络员名单⟧\n附件1\n任务分工表\n内容。',
      },
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
      {
        text: '请按附件2填报。\n附件：1.任务分工表\n　　　2.联络员名单\n青禾县人民政府\n2026年1月8日\n附件1\n任务分工表\n内容。\n附件2\n联络员名单\n内容。',
      },
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
    // A text has few such lines; searching the whole text for the word is native code.
    let next = 0;
    for (let at = text.indexOf('附件'); at >= 0; at = text.indexOf('附件', next)) {
      const line = lines.lineAt(at);
      next = Math.max(at + 2, lines.end(line));
      if (NOTE_ALONE.test(lineText(analysis, line))) {
        const entries = entriesBelow(analysis, line, 0);
        const titled = entries.length === 0 ? titledBelow(analysis, line) : undefined;
        if (titled) findings.push(titled, ...strayReferences(analysis, line, [1]));
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
      findings.push(...remarks(text, entries), ...titleMarks(analysis, entries));
      const numbers = entries.map((_, index) => (note[1] ? Number(note[1]) + index : 1));
      const lastEntry = (entries.at(-1) as Entry).line;
      if (isSigned(analysis, lastEntry) || (entries.length > 1 && isFollowed(analysis, lastEntry))) {
        findings.push(...strayReferences(analysis, line, numbers), ...againstAttachments(analysis, entries, numbers));
      }
      const skipped = note[1] ? skippedNumber(analysis, lastEntry, Number(note[1]) + entries.length) : undefined;
      if (skipped) findings.push(skipped);
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },
};

/** 附件： with one name in 《》 on the line below, above the sign-off. */
function titledBelow(analysis: Analysis, line: number): Finding | undefined {
  const { lines } = analysis;
  let next = line + 1;
  while (next < lines.count && lineText(analysis, next).trim() === '') next++;
  if (next >= lines.count) return undefined;
  const words = lineText(analysis, next);
  const title = /^([\s　]*)《([^《》]{2,60})》[\s　]*$/.exec(words);
  if (!title || !isSigned(analysis, next)) return undefined;
  const start = lines.start(next) + title[1]!.length;
  const end = start + title[2]!.length + 2;
  const from = lines.start(line) + lineText(analysis, line).trimEnd().length;
  return {
    start,
    end,
    message: {
      zh: '附件名称写在“附件：”之后，不用书名号，如“附件：{0}”。',
      en: 'The name of an attachment follows "附件：" in its line, without 《》: "附件：{0}".',
      values: [title[2]!],
    },
    fixes: [
      {
        ...changeTo(from, end, title[2]!),
        title: { zh: '改为“附件：{0}”', en: 'Change to "附件：{0}"', values: [title[2]!] },
      },
    ],
  };
}

/** A single finding on the 《》 around the names of attachments. */
function titleMarks({ text, lines }: Analysis, entries: readonly Entry[]): Finding[] {
  const edits = entries.flatMap(({ line }) => {
    const start = lines.start(line);
    const words = text.slice(start, Math.min(lines.end(line), start + ENTRY_LENGTH + 1));
    const title = /^([^《》]{0,30}[:：.．、\s　])《([^《》]+)》[。；;，]?[\s　]*$/.exec(words);
    if (!title) return [];
    const open = start + title[1]!.length;
    const close = open + title[2]!.length + 1;
    return [
      { start: open, end: open + 1, newText: '' },
      { start: close, end: close + 1, newText: '' },
    ];
  });
  const [first] = edits;
  if (!first) return [];
  return [
    {
      start: first.start,
      end: first.end,
      message: { zh: '附件名称不用书名号。', en: 'The name of an attachment takes no 《》.' },
      fixes: [{ ...changeAll(edits, ''), title: { zh: '删去书名号', en: 'Delete 《》' } }],
    },
  ];
}

/** An attachment mentioned in the text above the note, as 附件3, that the note does not list. */
const REFERENCE = /附件[\s　]?(\d{1,2})(?![\d.．:：-])/g;

function* strayReferences({ text, lines }: Analysis, line: number, numbers: readonly number[]): Generator<Finding> {
  for (const { 0: words, 1: number, index } of text.slice(0, lines.start(line)).matchAll(REFERENCE)) {
    // 《办法》附件3 is the attachment of another document.
    if (numbers.includes(Number(number)) || /[》）)]的?$/.test(text.slice(Math.max(0, index - 3), index))) continue;
    const lineStart = lines.start(lines.lineAt(index));
    if (text.slice(lineStart, index).trim() === '') continue;
    yield {
      start: index,
      end: index + words.length,
      message: {
        zh: '附件说明里没有附件{0}。',
        en: 'The list of attachments has no attachment {0}.',
        values: [Number(number)],
      },
      related: [{ start: lines.start(line), end: lines.end(line), message: { zh: '附件说明', en: 'The list' } }],
    };
  }
}

interface Attached {
  readonly number: number;
  readonly title: string;
}

/** Over an attachment: 附件, 附件1, 附件1：×××. */
const ATTACHED = /^[\s　#*]{0,12}附件[\s　]?(\d{1,2})?[\s　*]{0,9}(?:[:：][\s　]{0,9}(\S.{0,60}?))?[\s　*]{0,9}$/;

/** The attachments after the sign-off below `line`, with their titles if these are on one line. */
function attachmentsBelow(analysis: Analysis, line: number): Attached[] {
  const found: Attached[] = [];
  for (let next = line + 1; next < analysis.lines.count; next++) {
    const words = lineText(analysis, next);
    const head = words.includes('附件') ? ATTACHED.exec(words) : null;
    if (!head) continue;
    let title = head[2] ?? '';
    for (let below = next + 1; title === '' && below < Math.min(next + 4, analysis.lines.count); below++) {
      title = lineText(analysis, below).replace(/^[#*\s　]{1,99}|[*\s　]{1,99}$/g, '');
    }
    found.push({ number: Number(head[1] ?? 1), title });
  }
  return found;
}

const bare = (name: string) =>
  name.replace(/[\s　《》〈〉“”"。；，、:：.．*]/g, '').replace(/[（(][^（()）]*[）)]$/, '');

/** 先进个人名单（30名）: what the name says it lists. */
const COUNTED = /[（(][共计\s]{0,2}(\d{1,4})([个名人项家户条件所类份处])[）)]$/;

/** Whether both names say how many they list, and disagree. */
function countsDiffer(noted: string, titled: string): boolean {
  const [one, other] = [COUNTED.exec(noted), COUNTED.exec(titled)];
  return one !== null && other !== null && one[2] === other[2] && one[1] !== other[1];
}

/** Compares the note with the attachments themselves, if they are in the text. */
function* againstAttachments(
  analysis: Analysis,
  entries: readonly Entry[],
  numbers: readonly number[],
): Generator<Finding> {
  const { text, lines } = analysis;
  const attached = attachmentsBelow(analysis, (entries.at(-1) as Entry).line);
  if (attached.length === 0) return;
  for (const [index, { line }] of entries.entries()) {
    const number = numbers[index] as number;
    const lineStart = lines.start(line);
    const words = text.slice(lineStart, lines.end(line)).trimEnd();
    const head = /^[\s　]*(?:附件[:：][\s　]*)?(?:\d{1,2}[.．、][\s　]*)?/.exec(words)?.[0].length ?? 0;
    const name = words.slice(head).replace(/[。；;，,]$/, '');
    if (name === '' || name.length > 60) continue;
    const place = { start: lineStart + head, end: lineStart + head + name.length };
    const own = attached.find((one) => one.number === number);
    if (!own) {
      if (entries.length > 1) {
        yield {
          ...place,
          message: { zh: '文后没有附件{0}。', en: 'Attachment {0} does not follow the document.', values: [number] },
        };
      }
      continue;
    }
    const [noted, titled] = [bare(name), bare(own.title)];
    const same = noted.includes(titled) || titled.includes(noted);
    // A title over two lines, or one abbreviated in the note, is not compared.
    if (same ? !countsDiffer(name, own.title.trim()) : titled.length < 4 || titled.length > 40) continue;
    yield {
      ...place,
      message: {
        zh: '附件{0}的标题是“{1}”，与这里的名称不一致。',
        en: 'Attachment {0} is headed “{1}”, which is not the name given here.',
        values: [number, own.title],
      },
      fixes: [changeTo(place.start, place.end, own.title, false)],
    };
  }
}

/**
 * A single finding, with a fix for all entries, if a note above the sign-off numbers its attachments in another way.
 */
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

/** The finding for an attachment below `line` whose number is not `expected`. */
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

/** The mistakes in one entry. */
interface Entry {
  readonly line: number;
  /** Offset of 、 after the number. */
  readonly comma: number | undefined;
  /** Offset of a stop after the name. */
  readonly stop: number | undefined;
}

/** Whether the document is signed and dated a few lines below `line`. */
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

/** Whether the first attachment is right below `line`: the note of an order or a report has no date under it. */
function isFollowed(analysis: Analysis, line: number): boolean {
  let next = line + 1;
  while (next < analysis.lines.count && lineText(analysis, next).trim() === '') next++;
  return next < analysis.lines.count && ATTACHED.exec(lineText(analysis, next))?.[1] === '1';
}

/** The line, truncated if it is too long for an entry. */
function lineText({ text, lines }: Analysis, line: number): string {
  return text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + ENTRY_LENGTH + 1));
}

/** The entries in the lines below that count on. */
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
  // Anything this long is not a name but a sentence.
  if (words.length > ENTRY_LENGTH) return { line, comma: undefined, stop: undefined };
  const stop = FINAL_MARK.exec(words);
  return {
    line,
    comma: number[2] === '、' ? start + number[0].indexOf('、') : undefined,
    stop: stop && stop.index > number[0].length ? start + stop.index : undefined,
  };
}

/** One finding for each of the two mistakes, however many entries have it. */
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
        en: 'The name of an attachment is not followed by a mark; delete "{0}".',
        values: [text[stops[0]!]!],
      },
      fixes: [
        { ...changeAll(replace(stops, ''), ''), title: { zh: '删去附件名称后的标点', en: 'Delete these marks' } },
      ],
    });
  }
  return findings;
}
