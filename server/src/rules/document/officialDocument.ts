/**
 * Recognises the official documents in a text: genre and title, addressees, body, sign-off. An attachment may be one of
 * its own.
 */
import type { Analysis, Block } from '../../structure/analysis';
import { AnalysisMemo } from '../../structure/analysisMemo';
import { partitionPoint } from '../../text/partitionPoint';
import type { Span } from '../../text/span';

/** Kinds of official document (regulation on official documents, article 8). */
export type Genre =
  | '通知'
  | '通报'
  | '报告'
  | '请示'
  | '批复'
  | '函'
  | '公告'
  | '通告'
  | '意见'
  | '决定'
  | '决议'
  | '纪要';

/** English names of the kinds, for messages. */
export const GENRE_NAMES: Readonly<Record<Genre, string>> = {
  通知: 'notice',
  通报: 'circular',
  报告: 'report',
  请示: 'request',
  批复: 'reply',
  函: 'letter',
  公告: 'announcement',
  通告: 'public notice',
  意见: 'opinion',
  决定: 'decision',
  决议: 'resolution',
  纪要: 'minutes',
};

export interface OfficialDocument {
  readonly genre: Genre;
  /** The title without blanks and emphasis; it may span several lines. */
  readonly titleText: string;
  readonly title: Span;
  /** The addressees, without the colon; absent if there are none. */
  readonly addressees: Span | undefined;
  /** From after the addressees (or the title) to the sign-off, the next document or the end. */
  readonly body: Span;
  /** The lines of the signer, the date and notes below it; absent if the draft is not signed yet. */
  readonly signOff: (Span & { readonly date: Span }) | undefined;
  /** True for the document the text begins with, false for one attached to it. */
  readonly isMain: boolean;
}

const GENRE = /(通知|通报|报告|请示|批复|函|公告|通告|意见|决定|决议|纪要)(?:[（(][^（）()]{1,20}[）)])?$/;
/** Reports that are read out or are genres of their own, and titles that only end in such a word. */
const OTHER_PAPER =
  /(?:工作|述职|述廉|调研|调查|考察|审计|研究|学习|评估|分析|发展|监测|蓝皮|实验|可行性|体检|执行情况的?|草案的?|个人|心得|审查|审议(?:结果)?|预算|决算|专项|事项|情况)报告$|征求意见$|信函$|公函$/;
/** A report sent to a superior body: 关于……的报告. */
const SENT_REPORT = /关于.{2,60}的报告$/;
const MAX_TITLE_LINES = 4;
const MAX_LINE = 120;
/** Maximum number of lines before the title: 份号, 密级, the issuer's mark, number, blanks. */
const MAX_HEAD_LINES = 24;
const ADDRESSED = /^[\u4e00-\u9fff、，,（）()\s]{2,118}[：:]$/;
/** Over an attachment; not a note of attachments (附件：1.×××). */
const ATTACHED = /^[\s　#*]{0,12}附件[\s　]?\d{0,2}[\s　*]{0,9}(?:[:：][\s　]{0,9}《?关于|$)/;
const DATED =
  /^[\s　]{0,40}[（(]?(?:(?:19|20)\d{2}|[一二][一二三四五六七八九〇○零]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?[\s　]*$/;
/** Elements of the imprint, which belong to the text as a whole. */
export const IMPRINT = /^[\s　]{0,8}(?:抄送|抄报|主送|分送)[：:]|年\d{1,2}月\d{1,2}日[\s　]{0,4}印发[\s　]*$/;

const documents = new AnalysisMemo(read);

/** The official documents in `analysis`, in order; none for speeches, laws and texts whose title names no genre. */
export function officialDocuments(analysis: Analysis): readonly OfficialDocument[] {
  return documents.of(analysis);
}

interface Head {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly titleText: string;
  readonly genre: Genre;
  readonly addresseeLine: number | undefined;
}

function read(analysis: Analysis): readonly OfficialDocument[] {
  const { lines, text } = analysis;
  const heads = headsOf(analysis);
  const attached: number[] = [];
  for (let at = text.indexOf('附件'); at >= 0; at = text.indexOf('附件', at + 2)) {
    const line = lines.lineAt(at);
    if (ATTACHED.test(lineText(analysis, line)) && line !== attached.at(-1)) attached.push(line);
  }
  return heads.map((head, index) => {
    const { genre, titleText, addresseeLine } = head;
    const first = (addresseeLine ?? head.lastLine) + 1;
    const next = heads[index + 1]?.firstLine ?? lines.count;
    const behind = partitionPoint(attached.length, (at) => (attached[at] as number) < first);
    const limit = Math.min(next, attached[behind] ?? next);
    const signed = signOffOf(analysis, first, limit);
    const bodyEnd = signed ? signed.firstLine : limit;
    const start = first < lines.count ? lines.start(first) : text.length;
    return {
      genre,
      titleText,
      title: trimmed(text, lines.start(head.firstLine), lines.end(head.lastLine)),
      addressees: addresseeLine === undefined ? undefined : addresseesOf(analysis, addresseeLine),
      body: { start, end: Math.max(start, bodyEnd < lines.count ? lines.start(bodyEnd) : text.length) },
      signOff: signed && {
        start: lines.start(signed.firstLine),
        end: lines.end(signed.lastLine),
        date: trimmed(text, lines.start(signed.datedLine), lines.end(signed.datedLine)),
      },
      isMain: index === 0 && !((attached[0] ?? head.firstLine) < head.firstLine),
    };
  });
}

/** Titles that name a genre: title blocks, and lines right above a line of addressees. */
function headsOf(analysis: Analysis): Head[] {
  const { blocks } = analysis;
  const heads: Head[] = [];
  const add = (firstLine: number, lastLine: number, addresseeLine: number | undefined) => {
    if ((heads.at(-1)?.lastLine ?? -1) >= firstLine || lastLine - firstLine >= MAX_TITLE_LINES) return;
    let titleText = '';
    for (let line = firstLine; line <= lastLine; line++) titleText += lineText(analysis, line).replace(/[\s　*#]/g, '');
    const genre = GENRE.exec(titleText)?.[1] as Genre | undefined;
    if (!genre || titleText.length > MAX_LINE || !/关于|^[^，。；：]{0,20}(?:公告|通告|通知|通报)/.test(titleText))
      return;
    const words = titleText.replace(/[（(][^（）()]{1,20}[）)]$/, '');
    if (OTHER_PAPER.test(words) && !SENT_REPORT.test(words)) return;
    // Addressed to an audience.
    if (addresseeLine !== undefined && /各位|同志们|代表|委员[：:]/.test(lineText(analysis, addresseeLine))) return;
    heads.push({ firstLine, lastLine, titleText, genre, addresseeLine });
  };
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'title') {
      let last = block.lastLine;
      // The addressees may have been read as one more line of the title, and then do not lack a colon of their own.
      const below = addresseeBelow(analysis, last + 1);
      if (below === undefined && last > block.firstLine && ADDRESSED.test(lineText(analysis, last).trim())) {
        last--;
        add(block.firstLine, last, block.lastLine);
      } else add(block.firstLine, last, below);
    } else if (block.kind === 'salutation' && ADDRESSED.test(lineText(analysis, block.firstLine).trim())) {
      const last = titleAbove(analysis, block.firstLine, blocks[index - 1]);
      if (last === undefined) continue;
      let first = last;
      while (first > 0 && last - first < MAX_TITLE_LINES - 1 && goesOn(lineText(analysis, first - 1))) first--;
      if (heads.length === 0 && isFarDown(analysis, first)) continue;
      add(first, last, block.firstLine);
    }
  }
  return heads;
}

/** Whether `words` may be an earlier line of a title: not blank, not a number, not the issuer's mark. */
function goesOn(words: string): boolean {
  const bare = words.trim();
  return (
    bare !== '' &&
    bare.length <= 50 &&
    !/[。；：:！？]|号(?:[\s　]|$)|^附件|文件$|〔|★|^\d{6}$|^特急$|^加急$/.test(bare)
  );
}

/** Whether there are more non-blank lines above `line` than may precede a first title. */
function isFarDown(analysis: Analysis, line: number): boolean {
  let count = 0;
  for (let at = 0; at < line && count <= MAX_HEAD_LINES; at++) if (lineText(analysis, at).trim() !== '') count++;
  return count > MAX_HEAD_LINES;
}

/** The last line of the title above the addressees in `line`; a number in brackets may be between. */
function titleAbove(analysis: Analysis, line: number, before: Block | undefined): number | undefined {
  if (before?.kind === 'title') return undefined;
  for (let at = line - 1, seen = 0; at >= 0 && seen < 2; at--) {
    const words = lineText(analysis, at).trim();
    if (words === '') continue;
    seen++;
    if (GENRE.test(words.replace(/[\s　*#]/g, ''))) return at;
    if (!/号[）)]?$/.test(words)) return undefined;
  }
  return undefined;
}

/** The line of addressees within a few lines from `line` on; a number, a date or a note may come before it. */
function addresseeBelow(analysis: Analysis, line: number): number | undefined {
  for (let at = line, seen = 0; at < analysis.lines.count && seen < 3; at++) {
    const words = lineText(analysis, at).trim();
    if (words === '') continue;
    if (ADDRESSED.test(words)) return at;
    if (!/^[（(].{1,60}[）)]$|号$|日$/.test(words)) return undefined;
    seen++;
  }
  return undefined;
}

function addresseesOf(analysis: Analysis, line: number): Span {
  const place = trimmed(analysis.text, analysis.lines.start(line), analysis.lines.end(line));
  return { start: place.start, end: place.end - 1 };
}

/** The lines of a sign-off between two lines: names above a date on a line of its own, and the notes right below. */
function signOffOf(
  analysis: Analysis,
  from: number,
  limit: number,
): { readonly firstLine: number; readonly lastLine: number; readonly datedLine: number } | undefined {
  for (let line = limit - 1; line >= from; line--) {
    if (!DATED.test(lineText(analysis, line))) continue;
    let firstLine = line;
    for (let above = line - 1, seen = 0; above >= from && seen < 6; above--) {
      const words = lineText(analysis, above).trim();
      if (words === '') continue;
      if (words.length > 50 || /[。；：:！？，]|^\d|^附件/.test(words)) break;
      firstLine = above;
      seen++;
    }
    let lastLine = line;
    for (let below = line + 1; below < limit; below++) {
      const words = lineText(analysis, below).trim();
      if (words === '') continue;
      if (!/^[（(].{1,80}[）)]$/.test(words)) break;
      lastLine = below;
    }
    return { firstLine, lastLine, datedLine: line };
  }
  return undefined;
}

function trimmed(text: string, start: number, end: number): Span {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, words.trimEnd().length) };
}

/** The line, truncated if it is longer than a title. */
function lineText({ text, lines }: Analysis, line: number): string {
  return text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + MAX_LINE + 1));
}

/** The range of `match` in a text that was searched from `base` on. */
export function placeOf(match: RegExpExecArray | RegExpMatchArray, base = 0): Span {
  const start = base + (match.index ?? 0);
  return { start, end: start + match[0].length };
}
