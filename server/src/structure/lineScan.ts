/**
 * Reads one line by itself: the markers that may head a section, the members of enumerations, the gaps, and what part
 * the line could play in a document. The result depends on the line's text alone and is kept until that text changes.
 */
import { BLANKS, isBlank, isDigit, isHan, isLatin } from '../text/characters';
import { isChineseNumeral } from '../text/numerals';
import { isFurnitureLine } from './furniture';
import type { DocumentKind } from './kinds';
import { LineNotes } from './lineNotes';
import { type MarkerDraft, opensMarker, readMarkers } from './markers';
import { asteriskGaps, PLACEHOLDER_STARTS, type PlaceholderDraft, placeholderAt } from './placeholders';
import { titleEnd } from './titles';

/** What a short line could be, judged by its own characters. */
export type LineRole =
  | 'blank'
  | 'text'
  | 'titleLike'
  | 'contentsHead'
  | 'salutation'
  | 'adoption'
  | 'date'
  | 'documentNumber'
  | 'attachmentHead'
  | 'attachmentNote'
  | 'publishNote'
  | 'source'
  | 'furniture'
  | 'fence';

/**
 * Where in its line a marker stands. `start` opens the line, `chained` follows another marker at once, `inside` opens
 * what would be a paragraph had the text not been flattened: it stands behind a blank or a sentence's end.
 */
export type MarkerPlace = 'start' | 'chained' | 'inside';

/** A marker that may head a section. */
export interface HeadingDraft {
  readonly marker: MarkerDraft;
  readonly place: MarkerPlace;
  /** For `inside`: true where a blank stands before it. */
  readonly afterBlank: boolean;
  readonly titleStart: number;
  readonly titleEnd: number;
  /** True where the paragraph runs on behind the title and its mark. */
  readonly runsOn: boolean;
  /** The mark right behind the title, or ''. */
  readonly endMark: string;
}

/**
 * One line, understood. It holds no piece of the text itself: a slice would keep the whole version of the text alive
 * that it was cut from.
 */
export interface LineRecord {
  readonly length: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** The characters that are not blank (a surrogate pair is one). */
  readonly characters: number;
  readonly role: LineRole;
  /** Number of # a Markdown heading opens with; 0 for other lines. */
  readonly hashes: number;
  readonly headings: readonly HeadingDraft[];
  /** Enumerators inside the line, the one at its start included, in order. */
  readonly members: readonly MarkerDraft[];
  readonly placeholders: readonly PlaceholderDraft[];
  /** For a short line that could stand in a table of contents: a hash of its words without blanks, page and width; or 0. */
  readonly entry: number;
  /** True where the line ends in leaders or a gap and a page number. */
  readonly leader: boolean;
  /** True where the line may end in the first half of a marker that the next line completes. */
  readonly tail: boolean;
  /** What others have made of the line. */
  readonly notes: LineNotes;
}

const BLANK = 1;
const BOUNDARY = 2;
const OPENER = 4;
const PLACEHOLDER = 8;
const LOW_SURROGATE = 16;
const ASTERISK = 32;

const CLASSES = new Uint8Array(65536);
CLASSES.fill(LOW_SURROGATE, 0xdc00, 0xe000);
const addClass = (characters: string, flag: number) => {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= flag;
};
addClass(BLANKS, BLANK | BOUNDARY);
addClass('，。；：、！？“”‘’「」『』…—,;:!?.．>', BOUNDARY);
addClass('（(〔［[【①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩', OPENER);
addClass(PLACEHOLDER_STARTS, PLACEHOLDER);
addClass('*＊', ASTERISK);

/** Lines at least this long may hold headings inside them: no one writes a paragraph with headings in it. */
const FLATTENED_LENGTH = 200;
/** From this length on a heading may stand right behind a full stop, without a blank. */
const RUN_TOGETHER_LENGTH = 1500;

const NO_HEADINGS: readonly HeadingDraft[] = [];
const NO_MARKERS: readonly MarkerDraft[] = [];
const NO_PLACEHOLDERS: readonly PlaceholderDraft[] = [];

const HEADING_FAMILIES = new Set([
  'volume',
  'part',
  'chapter',
  'division',
  'article',
  'formal',
  'chinese',
  'chineseBracket',
  'arabic',
  'arabicBracket',
  'decimal',
  'roman',
  'stem',
]);

/** Reads `line` (without its line break) of a document of `kind`. Takes time linear in the line's length. */
export function scanLine(line: string, kind: DocumentKind): LineRecord {
  const length = line.length;
  let contentStart = 0;
  while (contentStart < length && isBlank(line.charCodeAt(contentStart))) contentStart++;
  if (contentStart === length) return blankLine(line);
  let contentEnd = length;
  while (isBlank(line.charCodeAt(contentEnd - 1))) contentEnd--;

  let hashes = 0;
  let markerAt = contentStart;
  for (;;) {
    const code = line.charCodeAt(markerAt);
    if (code === 0x23) hashes++;
    else if (code !== 0x3e && code !== 0x2a && !isBlank(code)) break;
    markerAt++;
  }
  // ######## is no heading, and #话题# is none either.
  if (hashes > 6 || (hashes > 0 && !isBlank(line.charCodeAt(contentStart + hashes)) && kind !== 'markdown')) hashes = 0;

  const starts = readMarkers(line, markerAt);
  const headings: HeadingDraft[] = [];
  const members: MarkerDraft[] = [];
  const gaps: PlaceholderDraft[] = [];
  let asterisks = false;
  let blanks = 0;
  let previous = 0;
  let lastMark = '';

  let seen = -1;
  for (let at = nextOfClass(line, 0); at < length; at = nextOfClass(line, at + 1)) {
    const flags = CLASSES[line.charCodeAt(at)] as number;
    if (at > seen + 1) previous = 0;
    seen = at;
    if (flags & (BLANK | LOW_SURROGATE)) blanks++;
    if (flags & PLACEHOLDER) {
      const gap = placeholderAt(line, at);
      if (gap) {
        gaps.push(gap);
        at = gap.end - 1;
        previous = 0;
        continue;
      }
    }
    if (flags & ASTERISK) asterisks = true;
    // 第（二）条 refers to a place and enumerates nothing.
    if (at > markerAt && flags & OPENER && line[at - 1] !== '第') addInside(at);
    if (flags & BOUNDARY) {
      if (!(flags & BLANK)) lastMark = line[at] as string;
      else if (!(previous & BOUNDARY)) lastMark = '';
      if (
        at + 1 > markerAt &&
        at + 1 < contentEnd &&
        opensMarker(line.charCodeAt(at + 1)) &&
        !((CLASSES[line.charCodeAt(at + 1)] as number) & (BLANK | OPENER))
      ) {
        addInside(at + 1);
      }
    }
    previous = flags;
  }

  function addInside(at: number): void {
    const found = readMarkers(line, at);
    if (found.length === 0) return;
    const afterBlank = isBlank(line.charCodeAt(at - 1));
    for (const marker of found) {
      if (marker.strength === 'reference') continue;
      if (marker.strength !== 'weak') members.push(marker);
      if (marker.strength === 'weak' && !afterBlank) continue;
      const last = headings[headings.length - 1] ?? undefined;
      const chain = last ? last.marker.end : (starts[0]?.end ?? -1);
      const chained =
        chain >= 0 && at <= chain + 4 && line.slice(chain, at).trim() === '' && (last || starts.length > 0);
      if (chained && HEADING_FAMILIES.has(marker.family) && marker.strength === 'strong') {
        pushHeading(marker, 'chained', afterBlank);
      } else if (length >= FLATTENED_LENGTH && insideHeading(line, marker, afterBlank, lastMark)) {
        pushHeading(marker, 'inside', afterBlank);
      }
    }
  }

  function pushHeading(marker: MarkerDraft, place: MarkerPlace, afterBlank: boolean): void {
    headings.push({
      marker,
      place,
      afterBlank,
      titleStart: marker.end,
      titleEnd: marker.end,
      runsOn: false,
      endMark: '',
    });
  }

  if (starts.length > 0) {
    const first = starts[0] as MarkerDraft;
    if (!isDoubtful(first)) members.unshift(first);
    for (let index = starts.length - 1; index >= 0; index--) {
      const marker = starts[index] as MarkerDraft;
      headings.unshift({
        marker,
        place: 'start',
        afterBlank: true,
        titleStart: marker.end,
        titleEnd: marker.end,
        runsOn: false,
        endMark: '',
      });
    }
  }
  let placeholders: readonly PlaceholderDraft[] = gaps.length > 0 ? gaps : NO_PLACEHOLDERS;
  if (asterisks) {
    const places = new Set([markerAt, ...headings.map((heading) => firstContent(line, heading.marker.end))]);
    const found = asteriskGaps(line, contentStart, kind === 'markdown', places);
    if (found.length > 0) placeholders = [...placeholders, ...found].sort((a, b) => a.at - b.at);
  }
  const flattened = headings.some(({ place }) => place === 'inside');
  const cut =
    headings.length > 0
      ? headings.map((heading, index) => withTitle(line, heading, headings, index, contentEnd, flattened))
      : NO_HEADINGS;
  const role =
    starts.length > 0 && !isDoubtful(starts[0]!)
      ? markedRole(line, contentStart, contentEnd)
      : roleOf(line, contentStart, contentEnd, kind);
  return {
    length,
    contentStart,
    contentEnd,
    characters: length - blanks,
    role,
    hashes,
    headings: cut,
    members: members.length > 0 ? members : NO_MARKERS,
    placeholders,
    entry: couldBeEntry(line, contentStart, contentEnd, cut, role)
      ? entryHash(line.slice(contentStart, contentEnd))
      : 0,
    leader: contentEnd - contentStart <= LONGEST_ENTRY && LEADER.test(line.slice(contentStart, contentEnd)),
    tail: endsInMarkerHalf(line.charCodeAt(contentEnd - 1)),
    notes: new LineNotes(),
  };
}

/** True for what only its neighbours can tell to be a marker: 第五条、第六条 and 2重点任务. */
function isDoubtful({ strength }: MarkerDraft): boolean {
  return strength === 'reference' || strength === 'bare';
}

/**
 * The first character from `at` on that belongs to some class. Nine characters in ten belong to none: the loop over them
 * is kept so small that it is soon run as machine code, when a text has just been opened.
 */
function nextOfClass(line: string, at: number): number {
  const { length } = line;
  while (at < length && CLASSES[line.charCodeAt(at)] === 0) at++;
  return at;
}

function firstContent(line: string, at: number): number {
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

function blankLine(line: string): LineRecord {
  return {
    length: line.length,
    contentStart: line.length,
    contentEnd: line.length,
    characters: 0,
    role: 'blank',
    hashes: 0,
    headings: NO_HEADINGS,
    members: NO_MARKERS,
    placeholders: NO_PLACEHOLDERS,
    entry: 0,
    leader: false,
    tail: false,
    notes: new LineNotes(),
  };
}

/** Whether a marker inside a long line, behind `lastMark`, stands where a flattened paragraph would begin. */
function insideHeading(line: string, marker: MarkerDraft, afterBlank: boolean, lastMark: string): boolean {
  const heads = HEADING_FAMILIES.has(marker.family);
  const ended = lastMark !== '' && '。！？；”…!?;'.includes(lastMark);
  if (!afterBlank) return line.length >= RUN_TOGETHER_LENGTH && ended && heads && marker.strength === 'strong';
  if (ended || lastMark === '：' || lastMark === ':') return true;
  // 2　组织机构 may follow a title, which ends in no mark; the blank behind the figure must be no accident.
  return heads && (marker.strength !== 'weak' || (marker.family === 'decimal' && line[marker.end] === '\u3000'));
}

/** In a flattened text the blank behind a heading's words is all that is left of a line break. */
function blankIn(line: string, from: number, to: number): number {
  for (let at = from + 3; at < to - 1; at++) {
    if (isBlank(line.charCodeAt(at)) && isHan(line.charCodeAt(at + 1)) && !isLatin(line.charCodeAt(at - 1))) return at;
  }
  return to;
}

function withTitle(
  line: string,
  heading: HeadingDraft,
  all: readonly HeadingDraft[],
  index: number,
  contentEnd: number,
  flattened: boolean,
): HeadingDraft {
  const titleStart = firstContent(line, heading.marker.end);
  let limit = contentEnd;
  for (let next = index + 1; next < all.length; next++) {
    const at = (all[next] as HeadingDraft).marker.at;
    if (at > heading.marker.at) {
      limit = at;
      break;
    }
  }
  let end = titleEnd(line, titleStart, limit);
  if (flattened) end = blankIn(line, titleStart, end);
  const mark = end < limit ? (line[end] as string) : '';
  const endMark = /[。：:；;，,、]/.test(mark) ? mark : '';
  let rest = end + endMark.length;
  while (rest < limit && (isBlank(line.charCodeAt(rest)) || line[rest] === '*')) rest++;
  return { ...heading, titleStart, titleEnd: end, runsOn: rest < limit, endMark };
}

const LONGEST_ROLE = 160;

/** A line that opens with a marker may still be an attachment note's entry or a caption; nothing else matters. */
function markedRole(line: string, from: number, to: number): LineRole {
  return to - from <= 40 && isFurnitureLine(line.slice(from, to)) ? 'furniture' : 'text';
}

const DATE =
  /^[（(]?(?:[12]\d{3}|[二一][〇○零ＯO0一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[）)]?$/;
const ADOPTION =
  /^[（(].{4,120}(?:通过|通過|公布|修订|修訂|修正|发布|發布|批准|施行|印发|印發|讲话|講話|报告|報告)(?:[，,].{0,20})?[）)]$/;
const DATED_ADOPTION = /^[（(](?:[12]\d{3}|[二一][〇○零一二三四五六七八九]{3})年.{2,120}[）)]$/;
/** 青政发〔2024〕3号, also with gaps for figures to come and with 签发人：… behind it, as reports to a higher body have it. */
const NUMBER =
  /^[\u4e00-\u9fff、×XＸ*＊○_＿]{1,20}[〔［[（(【]\s{0,8}(?:\d{4}|[×XＸ*＊○_＿]{1,4})\s{0,8}[〕］\])）】]\s{0,8}第?\s{0,8}(?:\d{1,5}|[×XＸ*＊○_＿]{1,8})\s{0,8}[号號](?:[\s\u3000]+[签簽][发發]人[：:].{0,30})?$/;
/** The number alone: 〔2024〕15号, 第5期, （第12期）, 2024年第3期（总第81期）. */
const ISSUE =
  /^(?:[〔［[（(【]?\s{0,8}[12]\d{3}\s{0,8}[〕］\])）】]?年?\s{0,8}第?|[（(]?第)\s{0,8}(?:[\dXＸ×*]{1,5}|[一二三四五六七八九十百]{1,5})\s{0,8}[号號期][）)]?(?:\s{0,8}[（(]总第?\s{0,8}\d{1,5}\s{0,8}期[）)])?$/;
/** What may stand above it: how secret and how urgent (GB/T 9704 7.2.2, 7.2.3). */
const CLASSIFICATION = /^(?:(?:绝密|絕密|机密|機密|秘密)(?:★.{0,8})?|特急|加急|平急)$/;
const ATTACHMENT_HEAD =
  /^(?:附件|附錄|附录|附表|附图|附圖)\s{0,8}(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[０-９]{1,2})?\s{0,8}[：:]?$|^附\s{0,8}[：:]?$/;
const ATTACHMENT_NOTE = /^(?:附件|附)\s{0,8}(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s{0,8}[：:]\s{0,8}\S/;
const SOURCE = /^[（(]?(?:摘自|原载|原載|选自|選自|来源[：:]|來源[：:]|据《|（?新华社).{0,60}[）)]?$/;
const PUBLISH_NOTE = /^[（(](?:此件|本文|此文).{2,20}[）)]$/;
const SALUTATION =
  /^(?:(?:尊敬的|各位|同志|全体|女士|先生|朋友|老师|同学|代表|委员|领导|来宾|嘉宾|主席|主任|委員|同學|老師|來賓|嘉賓|領導)[\u4e00-\u9fff、，,\s]{0,40}|[\u4e00-\u9fff]{0,20}(?:同志们|同志們|朋友们|朋友們|各位代表|各位委员|各位委員|代表们|同学们|同學們))[：:！!]$/;
const RECIPIENTS = /^[\u4e00-\u9fff（）()、，,\s]{2,150}[：:]$/;
const CONTENTS = /^[【[（(]?目[\s\u3000]*[录錄次][】\])）]?[：:]?$/;
/** A line that ends like this is the end of a sentence, or its paragraph goes on. */
const SENTENCE_END = /[。；;：:，,、！!？?…]["”』」）)]?$/;

function roleOf(line: string, from: number, to: number, kind: DocumentKind): LineRole {
  if (to - from > LONGEST_ROLE) return 'text';
  const text = line.slice(from, to);
  if (/^(?:-{3,}|`{3,}|~{3,}|<!--.*)$/.test(text)) return 'fence';
  const words =
    kind === 'markdown' || text.startsWith('#') || text.startsWith('*')
      ? text.replace(/^[#*>\s]+|(?<![*\s])[*\s]+$/g, '')
      : text;
  if (words === '') return 'fence';
  if (CONTENTS.test(words)) return 'contentsHead';
  if (DATE.test(words.replace(/[\s\u3000]+/g, ''))) return 'date';
  if (ATTACHMENT_HEAD.test(words)) return 'attachmentHead';
  if (ATTACHMENT_NOTE.test(words)) return 'attachmentNote';
  if (NUMBER.test(words) || ISSUE.test(words) || CLASSIFICATION.test(words)) return 'documentNumber';
  if (PUBLISH_NOTE.test(words)) return 'publishNote';
  if (ADOPTION.test(words) || DATED_ADOPTION.test(words)) return 'adoption';
  if (SALUTATION.test(words)) return 'salutation';
  if (SOURCE.test(words)) return 'source';
  if (isFurnitureLine(words)) return 'furniture';
  if (RECIPIENTS.test(words)) return 'salutation';
  if (words.length <= 60 && !SENTENCE_END.test(words) && hasHan(words)) return 'titleLike';
  return 'text';
}

function hasHan(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isHan(text.charCodeAt(at))) return true;
  return false;
}

const LONGEST_ENTRY = 90;

/** True where a line may stand in a table of contents: a short heading or title. A whole sentence behind a heading never does. */
function couldBeEntry(
  line: string,
  from: number,
  to: number,
  headings: readonly HeadingDraft[],
  role: LineRole,
): boolean {
  if (to - from > LONGEST_ENTRY) return false;
  const last = headings.at(-1);
  return last ? !(last.runsOn && '。；'.includes(line[to - 1] as string)) : role === 'titleLike';
}

/** Leaders or a gap, and a page number: 一、总体要求……………3 */
export const LEADER = /(?:(?<![….·．—-])[….·．—-]{2,}|\t|(?<! ) {2,}|(?<!\u3000)\u3000{2,})\s{0,8}[（(]?\d{1,4}[）)]?$/;

/** Two entries of equal hash say the same but for blanks, emphasis, page number and width. Never 0. */
function entryHash(text: string): number {
  const words = text.replace(/^[#*\s]+/, '').replace(LEADER, '');
  let hash = 0x811c9dc5;
  let counted = 0;
  for (let at = 0; at < words.length; at++) {
    let code = words.charCodeAt(at);
    if (isBlank(code) || code === 0x2a) continue;
    counted++;
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
  }
  return hash * 256 + (counted & 0xff) + 1;
}

/** True where a line that ends in `code` may end in the first half of a marker: （ 第 三 or a figure. */
function endsInMarkerHalf(code: number): boolean {
  return (
    code === 0xff08 || code === 0x28 || code === 0x3014 || code === 0x7b2c || isChineseNumeral(code) || isDigit(code)
  );
}

/** Counts the characters of `text` from `start` to `end` that are not blank; a surrogate pair is one. */
export function countCharacters(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13 && !((CLASSES[code] as number) & (BLANK | LOW_SURROGATE))) count++;
  }
  return count;
}
