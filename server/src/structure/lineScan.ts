/**
 * Scans a single line: the markers that may begin a section, the members of enumerations, the gaps, and the part that
 * the line could play in a document. The result depends only on the line's text and is kept until that text changes.
 */
import { BLANKS, isBlank, isDigit, isHan, isLatin } from '../text/characters';
import { isChineseNumeral } from '../text/numerals';
import { couldBeEntry, entryHash, hasLeader } from './contentsEntries';
import type { DocumentKind, MarkerFamily } from './kinds';
import { LineCache } from './lineCache';
import { type LineRole, markedRole, roleOf } from './lineRoles';
import { LAW_FAMILIES, opensMarker, type ParsedMarker, readMarkers, readMisread } from './markers';
import { asteriskGaps, type ParsedPlaceholder, PLACEHOLDER_STARTS, placeholderAt } from './placeholders';
import { titleEnd } from './titles';

/**
 * The position of a marker in its line. `start` is at the line start, `chained` directly follows another marker,
 * `inside` would begin a paragraph if the text had not been flattened: it follows a blank or the end of a sentence.
 * `softBreak` follows a vertical tab or form feed, which Word writes for a line break; `labelled` follows 注：; `glued`
 * is the heading of what follows, at the end of the paragraph before it.
 */
export type MarkerPlace = 'start' | 'softBreak' | 'labelled' | 'chained' | 'inside' | 'glued';

/** A marker that may begin a section. */
export interface ParsedHeading {
  readonly marker: ParsedMarker;
  readonly place: MarkerPlace;
  /** For `inside`: whether a blank precedes it. */
  readonly afterBlank: boolean;
  readonly titleStart: number;
  readonly titleEnd: number;
  /** Whether the paragraph continues after the title and its mark. */
  readonly runsOn: boolean;
  /** The mark right after the title, or ''. */
  readonly endMark: string;
}

/**
 * The scan result of one line. It contains no part of the text itself: a slice would keep the whole version of the text
 * alive that it was cut from.
 */
export interface LineRecord {
  readonly length: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Number of non-blank characters (a surrogate pair is one). */
  readonly characters: number;
  readonly role: LineRole;
  /** Number of # at the start of a Markdown heading; 0 for other lines. */
  readonly hashes: number;
  readonly headings: readonly ParsedHeading[];
  /** Enumerators inside the line, including one at its start, in order. */
  readonly members: readonly ParsedMarker[];
  readonly placeholders: readonly ParsedPlaceholder[];
  /**
   * For a short line that could be an entry of a table of contents: a hash of its words without blanks, page and width;
   * or 0.
   */
  readonly entry: number;
  /** Whether the line ends in leaders or a gap and a page number. */
  readonly leader: boolean;
  /** Whether the line may end in the first half of a marker that the next line completes. */
  readonly tail: boolean;
  /** Values that others have derived from the line. */
  readonly notes: LineCache;
}

const BLANK = 1;
const BOUNDARY = 2;
const OPENER = 4;
const PLACEHOLDER = 8;
const LOW_SURROGATE = 16;
const ASTERISK = 32;
const ORDINAL = 64;

const CLASSES = new Uint8Array(65536);
CLASSES.fill(LOW_SURROGATE, 0xdc00, 0xe000);
const addClass = (characters: string, flag: number) => {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= flag;
};
addClass(BLANKS, BLANK | BOUNDARY);
addClass('，。；：、！？“”‘’「」『』…—,;:!?.．>', BOUNDARY);
addClass('（(〔［[【①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩', OPENER);
addClass(PLACEHOLDER_STARTS, PLACEHOLDER);
addClass('*＊', ASTERISK | BOUNDARY);
addClass('第', ORDINAL);

/** Minimum length of lines with headings inside them: nobody writes a paragraph with headings in it. */
const FLATTENED_LENGTH = 200;
/** From this length on a heading may directly follow a full stop, without a blank. */
const RUN_TOGETHER_LENGTH = 1500;

const NO_HEADINGS: readonly ParsedHeading[] = [];
const NO_MARKERS: readonly ParsedMarker[] = [];
const NO_PLACEHOLDERS: readonly ParsedPlaceholder[] = [];

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

/** Scans `line` (without its line break) of a document of `kind`. Linear in the line's length. */
export function scanLine(written: string, kind: DocumentKind): LineRecord {
  const line = foldIdeographs(written);
  const { length } = line;
  let contentStart = 0;
  while (contentStart < length && isBlank(line.charCodeAt(contentStart))) contentStart++;
  if (contentStart === length) return blankLine(line);
  let contentEnd = length;
  while (isBlank(line.charCodeAt(contentEnd - 1))) contentEnd--;

  const { hashes, markerAt } = decorationAt(line, contentStart, kind);
  const scan = new LineScan(line, markerAt, contentEnd);
  scan.run();
  const { starts, headings } = scan;
  const placeholders = scan.placeholdersOf(contentStart, kind);
  const cut = headings.length > 0 ? cutTitles(line, headings, contentEnd) : NO_HEADINGS;
  const role =
    starts.length > 0 && !isDoubtful(starts[0]!)
      ? markedRole(line, contentStart, contentEnd)
      : roleOf(line, contentStart, contentEnd, kind);
  return {
    length,
    contentStart,
    contentEnd,
    characters: length - scan.blanks,
    role,
    hashes,
    headings: cut,
    // An array that has grown keeps room for more.
    members: scan.members.length > 0 ? scan.members.slice() : NO_MARKERS,
    placeholders,
    entry: couldBeEntry(line, contentStart, contentEnd, cut, role)
      ? entryHash(line.slice(contentStart, contentEnd))
      : 0,
    leader: hasLeader(line, contentStart, contentEnd),
    tail: endsInMarkerHalf(line.charCodeAt(contentEnd - 1)),
    notes: new LineCache(),
  };
}

const COMPATIBILITY = /[\u2f00-\u2fd5\uf900-\ufaff]/;

/** Replaces radicals and compatibility ideographs, which PDF readers give for the ordinary ones (⼀ for 一). */
function foldIdeographs(line: string): string {
  if (!COMPATIBILITY.test(line)) return line;
  return line.replace(/[\u2f00-\u2fd5\uf900-\ufaff]/g, (character) => {
    const folded = character.normalize('NFKC');
    return folded.length === 1 ? folded : character;
  });
}

/** One pass over a line: its markers, its gaps, and the number of units that do not count as characters. */
class LineScan {
  /** Headings whose titles have yet to be cut. */
  readonly headings: ParsedHeading[] = [];
  readonly members: ParsedMarker[] = [];
  /** The readings of the marker at the line start. */
  readonly starts: readonly ParsedMarker[];
  /** Blanks and low surrogates. */
  blanks = 0;
  private readonly gaps: ParsedPlaceholder[] = [];
  private asterisks = false;
  /** The last mark before the current position, or '' after a blank that follows no mark. */
  private lastMark = '';

  constructor(
    private readonly line: string,
    private readonly markerAt: number,
    private readonly contentEnd: number,
  ) {
    this.starts = readStarts(line, markerAt);
  }

  run(): void {
    const first = this.starts[0];
    if (first) {
      if (!isDoubtful(first)) this.members.push(first);
      for (const marker of this.starts) this.headings.push(withoutTitle(marker, 'start', true));
    }
    this.walk();
    if (this.starts.length === 0) this.labelled(this.markerAt);
  }

  /** Visits the characters that may begin a marker or a gap, or that a marker may follow. */
  private walk(): void {
    const { line, markerAt, contentEnd } = this;
    let previous = 0;
    let seen = -1;
    for (let at = nextOfClass(line, 0); at < line.length; at = nextOfClass(line, at + 1)) {
      const flags = CLASSES[line.charCodeAt(at)] as number;
      if (at > seen + 1) previous = 0;
      seen = at;
      if (flags & (BLANK | LOW_SURROGATE)) this.blanks++;
      if (flags & PLACEHOLDER) {
        const gap = placeholderAt(line, at);
        if (gap) {
          this.gaps.push(gap);
          at = gap.end - 1;
          previous = 0;
          continue;
        }
      }
      if (flags & ASTERISK) this.asterisks = true;
      // 第（二）条 is a reference and enumerates nothing.
      if (at > markerAt && flags & OPENER && line[at - 1] !== '第') this.inside(at);
      if (flags & ORDINAL && at > markerAt && (line.length >= FLATTENED_LENGTH || line[at - 1] === '。')) {
        this.runTogether(at);
      }
      if (flags & BOUNDARY) {
        if (!(flags & (BLANK | ASTERISK))) this.lastMark = line[at] as string;
        else if (!(previous & BOUNDARY)) this.lastMark = '';
        const next = line.charCodeAt(at + 1);
        const opens = at + 1 > markerAt && at + 1 < contentEnd && opensMarker(next);
        if (opens && !((CLASSES[next] as number) & (BLANK | OPENER))) this.inside(at + 1);
      }
      previous = flags;
    }
  }

  /** Whether bars enclose the line: | 一、供水 | 市水务局 | 已建成 | is no flattened text, however long its cells are. */
  private isTableRow(): boolean {
    const { line, markerAt, contentEnd } = this;
    return line[markerAt] === '|' && line[contentEnd - 1] === '|' && contentEnd - markerAt > 1;
  }

  /** Adds the markers at `at`, inside the line. */
  private inside(at: number): void {
    const { line, headings, members, starts } = this;
    const found = readMarkers(line, at);
    if (found.length === 0) return;
    const before = line.charCodeAt(at - 1);
    const afterBlank = isBlank(before);
    if (afterBlank && continuesWord(line, at)) return;
    for (const marker of found) {
      if (marker.strength === 'reference' || isReferredTo(line, marker)) continue;
      if (line[at - 1] === '、' && isNumberedTogether(line, marker)) continue;
      if (afterBlank && !ENDS_BEFORE_ITEM.includes(this.lastMark) && isSplitFigure(line, marker)) continue;
      if (marker.strength !== 'weak' || countsInWords(marker) || isItemOfFigures(line, marker)) members.push(marker);
      if (marker.strength === 'weak' && !afterBlank) continue;
      if (before === VERTICAL_TAB || before === FORM_FEED) {
        headings.push(withoutTitle(marker, 'softBreak', true));
        continue;
      }
      const last = headings[headings.length - 1];
      const chain = last ? last.marker.end : (starts[0]?.end ?? -1);
      const chained = chain >= 0 && at <= chain + 4 && line.slice(chain, at).trim() === '';
      if (chained && HEADING_FAMILIES.has(marker.family) && marker.strength === 'strong') {
        headings.push(withoutTitle(marker, 'chained', afterBlank));
      } else if (last && afterBlank && holdsArticle(line, last.marker, marker)) {
        headings.push(withoutTitle(marker, 'chained', true));
      } else if (
        line.length >= FLATTENED_LENGTH &&
        !this.isTableRow() &&
        insideHeading(line, marker, afterBlank, this.lastMark, last)
      ) {
        headings.push(withoutTitle(marker, 'inside', afterBlank));
      }
    }
  }

  /** 第二条　 right after 。 or after a chapter's title: all that is left where line breaks were deleted. */
  private runTogether(at: number): void {
    const marker = readMarkers(this.line, at)[0];
    if (!marker || !LAW_FAMILIES.has(marker.family)) return;
    const blank =
      marker.strength === 'strong' && isBlank(this.line.charCodeAt(marker.end)) && this.line.length >= FLATTENED_LENGTH;
    const last = marker.family === 'article' && LAST_ARTICLE.test(this.line.slice(marker.end, marker.end + 12));
    if (!blank && !last) return;
    if (this.headings.some((heading) => heading.marker.at === at)) return;
    if (!this.members.some((member) => member.at === at)) this.members.push(marker);
    this.headings.push(withoutTitle(marker, 'inside', false));
  }

  /** 注：1.…: the first of several notes follows the word that announces them. */
  private labelled(at: number): void {
    const label = NOTE_LABEL.exec(this.line.slice(at, at + 12));
    if (!label) return;
    for (const marker of readMarkers(this.line, at + label[0].length)) {
      if (marker.value === 1 && marker.strength !== 'reference')
        this.headings.unshift(withoutTitle(marker, 'labelled', true));
    }
  }

  /** The gaps of the line in order. */
  placeholdersOf(contentStart: number, kind: DocumentKind): readonly ParsedPlaceholder[] {
    const gaps: readonly ParsedPlaceholder[] = this.gaps.length > 0 ? this.gaps : NO_PLACEHOLDERS;
    if (!this.asterisks) return gaps;
    const { line, markerAt } = this;
    const places = new Set([markerAt, ...this.headings.map(({ marker }) => firstContent(line, marker.end))]);
    const found = asteriskGaps(line, contentStart, kind === 'markdown', places);
    return found.length > 0 ? [...gaps, ...found].sort((a, b) => a.at - b.at) : gaps;
  }
}

const VERTICAL_TAB = 0x0b;
const FORM_FEED = 0x0c;
const NOTE_LABEL = /^(?:注|註|备注|備註|附注|附註|说明|說明)\s{0,4}[：:]\s{0,4}/;

/** The readings of the marker at the line start, at `at`. */
function readStarts(line: string, at: number): readonly ParsedMarker[] {
  const emphasised = readEmphasised(line, at);
  if (emphasised) return [emphasised];
  const sound = readMarkers(line, at);
  const misread = MISREADABLE.has(line.charCodeAt(at)) ? readMisread(line, at, sound) : NO_MARKERS;
  return misread.length > 0 ? [...sound, ...misread] : sound;
}

/** Characters that a misread marker may begin with; figures only because a page number may be glued to it. */
const MISREADABLE = new Set([...'0123456789lI|（(—―－-ーｰ–ニ'].map((character) => character.charCodeAt(0)));

const EMPHASIS_BEHIND = /^[一二三四五六七八九十百\d]{1,6}(\*{1,3})[、.．]/;

/** `**一**、`: the emphasis of a numeral ends before its punctuation. The marker's shape includes the asterisks. */
function readEmphasised(line: string, at: number): ParsedMarker | undefined {
  const stars = line[at - 1] === '*' ? EMPHASIS_BEHIND.exec(line.slice(at, at + 12))?.[1] : undefined;
  if (!stars) return undefined;
  const marker = readMarkers(
    line.slice(0, at) + line.slice(at, at + 12).replace(stars, '') + line.slice(at + 12),
    at,
  )[0];
  return marker && { ...marker, end: marker.end + stars.length, shape: marker.shape.replace('#', `#${stars}`) };
}

/** Whether it is a reference, like （三） in 有（三）所列情形 and （二） in 修订办法（二）和细则（三）: directly after a word. */
function isReferredTo(line: string, { at, end, family, value }: ParsedMarker): boolean {
  if (family !== 'chineseBracket' && family !== 'arabicBracket') return false;
  if (value < 2 || !isHan(line.charCodeAt(at - 1))) return false;
  return NAMED_BEHIND.test(line.slice(end, end + 3));
}

const NAMED_BEHIND = /^(?:$|[，。；、）)》”和与與及或至的中项項款]|所列|所述|规定|規定|情形|之一)/;

/** Whether a list of references contains it: 第一、二、三、五款. */
function isNumberedTogether(line: string, { at, family }: ParsedMarker): boolean {
  return family === 'chinese' && NUMBERED_BEFORE.test(line.slice(Math.max(0, at - MAX_NUMBERED), at));
}

const NUMBERED_BEFORE = /第[一二三四五六七八九十百]{1,4}、(?:[一二三四五六七八九十百]{1,4}、)*$/;
const MAX_NUMBERED = 40;

/** Marks that an item in a flattened paragraph may follow. */
const ENDS_BEFORE_ITEM = ['。', '；', '：', ';', ':', '！', '？'];

/** Whether it is a figure, or the first half of one, that blanks part from its unit: 达到 1.4 亿元, 人行道 6. 7 万平方米. */
function isSplitFigure(line: string, { family, shape, end }: ParsedMarker): boolean {
  if (family !== 'decimal' && shape !== '#.') return false;
  const half = family === 'decimal' ? '' : HALF_BEHIND.exec(line.slice(end, end + 6))?.[0];
  return half !== undefined && UNIT_BEHIND.test(line.slice(end + half.length, end + half.length + 6));
}

const HALF_BEHIND = /^[ \u00a0]{1,2}\d{1,4}/;

const UNIT_BEHIND = /^[ \u00a0]{0,2}(?:[万萬亿億%％‰倍成吨噸元亩畝米]|个百分点|個百分點|平方|立方|公里|千米|千瓦)/;

/** Whether it is an item whose words begin with a count: 4、12所学校. */
function isItemOfFigures(line: string, { family, shape, end }: ParsedMarker): boolean {
  return family === 'arabic' && shape === '#、' && /^\d{1,5}[\u4e00-\u9fff]{2}/.test(line.slice(end, end + 8));
}

/** Whether it is an article after the short title of its chapter, like 第一条 in 第一章 总则 第一条 为了…… */
function holdsArticle(line: string, above: ParsedMarker, marker: ParsedMarker): boolean {
  if (marker.family !== 'article' || marker.strength !== 'strong') return false;
  if (above.family !== 'chapter' && above.family !== 'division') return false;
  const title = line.slice(above.end, marker.at).trim();
  return title.length > 0 && title.length <= 30 && !/[，。；：]/.test(title);
}

/**
 * The # of a heading at `contentStart`, and the offset of a possible marker after them, bullets, quotation signs and
 * emphasis.
 */
function decorationAt(line: string, contentStart: number, kind: DocumentKind): { hashes: number; markerAt: number } {
  let hashes = 0;
  let markerAt = contentStart;
  for (;;) {
    const code = line.charCodeAt(markerAt);
    const bullet = BULLETS.has(code) && isBlank(line.charCodeAt(markerAt + 1));
    if (code === 0x23) hashes++;
    else if (code !== 0x3e && code !== 0x2a && !isBlank(code) && !bullet) break;
    markerAt++;
  }
  // ######## is not a heading, and neither is #话题#.
  if (hashes > 6 || (hashes > 0 && !isBlank(line.charCodeAt(contentStart + hashes)) && kind !== 'markdown')) hashes = 0;
  return { hashes, markerAt };
}

const BULLETS = new Set([...'-+•●◆■▪·'].map((character) => character.charCodeAt(0)));

/**
 * 第23A(0) (7) and 23B (a) (2): what follows a bracket after letters or figures continues the reference to a foreign
 * law.
 */
const CITED = /[A-Za-z0-9][ \u00a0]?\([0-9A-Za-z]{1,3}\)[ \u00a0]$/;
const MAX_CITED = 8;
/** ，PM 10、PM 2.5, S 282 、 S 284, 第 5、第 29: figures after letters or 第 belong to them. */
const LETTERS = /(?:[，、；。：（(“ \u00a0][A-Za-z]{1,4}|第)[ \u00a0]$/;

/** Whether the figures at `at`, after a blank, continue what letters or 第 before it begin: they do not enumerate. */
function continuesWord(line: string, at: number): boolean {
  const before = line[at] === '(' ? CITED : isDigit(line.charCodeAt(at)) ? LETTERS : undefined;
  return before?.test(line.slice(Math.max(0, at - MAX_CITED), at)) ?? false;
}

/** 第四十二条本条例自2021年1月1日起施行: the last article of a law, which no reference to it looks like. */
const LAST_ARTICLE =
  /^本(?:条例|條例|办法|辦法|规定|規定|规则|規則|细则|細則|准则|準則|章程|决定|決定|法|制度)(?:自|由)/;

/** A heading whose title has yet to be cut. */
function withoutTitle(marker: ParsedMarker, place: MarkerPlace, afterBlank: boolean): ParsedHeading {
  return { marker, place, afterBlank, titleStart: marker.end, titleEnd: marker.end, runsOn: false, endMark: '' };
}

/** Whether only its neighbours can show that it is a marker: 第五条、第六条 and 2重点任务. */
function isDoubtful({ strength }: ParsedMarker): boolean {
  return strength === 'reference' || strength === 'bare';
}

/**
 * The first character from `at` on that belongs to some class. Nine characters in ten belong to none: the loop over
 * them is kept so small that it is soon compiled to machine code, when a text has just been opened.
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
    notes: new LineCache(),
  };
}

const COUNTS_ITEMS: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['yishi', 'yiyao', 'ordinal']);
/** Maximum length of the title that an item may directly follow. */
const MAX_TITLE = 40;

/** Whether a marker inside a long line, after `lastMark`, is where a flattened paragraph would begin. */
function insideHeading(
  line: string,
  marker: ParsedMarker,
  afterBlank: boolean,
  lastMark: string,
  before: ParsedHeading | undefined,
): boolean {
  const heads = HEADING_FAMILIES.has(marker.family);
  const ended = lastMark !== '' && '。！？；”…!?;'.includes(lastMark);
  if (!afterBlank) {
    if (!ended || !heads || marker.strength !== 'strong') return false;
    // If its siblings have kept a blank, one may have lost it.
    const sibling = before?.marker.family === marker.family && before.marker.value === marker.value - 1;
    return line.length >= RUN_TOGETHER_LENGTH || (sibling && before.place === 'inside' && before.afterBlank);
  }
  if (ended || lastMark === '：' || lastMark === ':') return true;
  // 一、去年工作 一是……: the first item follows the title, which ends in no mark.
  if (before && marker.value === 1 && COUNTS_ITEMS.has(marker.family) && marker.at - before.marker.end <= MAX_TITLE)
    return true;
  // 2　组织机构 may follow a title, which ends in no mark; the blank after the figure must not be accidental.
  return heads && (marker.strength !== 'weak' || (marker.family === 'decimal' && line[marker.end] === '\u3000'));
}

/** Whether it enumerates whatever follows it: 其次， and 第二步，. */
function countsInWords({ family, shape }: ParsedMarker): boolean {
  return family === 'sequence' || (family === 'ordinal' && shape.startsWith('第#步'));
}

/** In a flattened text the blank after a heading's words is all that is left of a line break. */
function blankIn(line: string, from: number, to: number): number {
  for (let at = from + 3; at < to - 1; at++) {
    if (isBlank(line.charCodeAt(at)) && isHan(line.charCodeAt(at + 1)) && !isLatin(line.charCodeAt(at - 1))) return at;
  }
  return to;
}

/** Cuts the titles of all `headings` of a line. */
function cutTitles(line: string, headings: readonly ParsedHeading[], contentEnd: number): ParsedHeading[] {
  const flattened = headings.some(({ place }) => place === 'inside');
  return headings.map((heading, index) => {
    let limit = contentEnd;
    for (let next = index + 1; next < headings.length; next++) {
      const { at, misread } = (headings[next] as ParsedHeading).marker;
      if (at > heading.marker.at && !misread) {
        limit = at;
        break;
      }
    }
    return cutTitle(line, heading, limit, flattened);
  });
}

/** `heading` with the words that are its title, which end before `limit`. */
export function cutTitle(line: string, heading: ParsedHeading, limit: number, flattened: boolean): ParsedHeading {
  let titleStart = firstContent(line, heading.marker.end);
  // 第一部分：总体要求 — the mark is between number and title.
  if (heading.marker.shape.startsWith('第') && '：:'.includes(line[titleStart] ?? '?'))
    titleStart = firstContent(line, titleStart + 1);
  let end = titleEnd(line, titleStart, softBreakIn(line, titleStart, limit));
  if (flattened) end = blankIn(line, titleStart, end);
  if (isQuestionLabel(line, titleStart, end, limit)) end = limit;
  const mark = end < limit ? (line[end] as string) : '';
  const endMark = /[。：:；;，,、]/.test(mark) ? mark : '';
  let rest = end + endMark.length;
  while (rest < limit && (isBlank(line.charCodeAt(rest)) || line[rest] === '*')) rest++;
  return { ...heading, titleStart, titleEnd: end, runsOn: rest < limit, endMark };
}

/** Whether it is a question like 一、问：为什么出台？ whose label alone would not distinguish its entry. */
function isQuestionLabel(line: string, from: number, end: number, limit: number): boolean {
  if (end - from > 2 || limit - end < 4 || limit - end > 60 || !'：:'.includes(line[end] ?? '?')) return false;
  return !/[。；]/.test(line.slice(end, limit));
}

/** The first vertical tab or form feed from `from` up to `to`, or `to`. */
function softBreakIn(line: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = line.charCodeAt(at);
    if (code === VERTICAL_TAB || code === FORM_FEED) return at;
  }
  return to;
}

/** Whether a line that ends in `code` may end in the first half of a marker: （ 第 三 or a figure. */
function endsInMarkerHalf(code: number): boolean {
  return (
    code === 0xff08 || code === 0x28 || code === 0x3014 || code === 0x7b2c || isChineseNumeral(code) || isDigit(code)
  );
}

/** Counts the non-blank characters of `text` from `start` to `end`; a surrogate pair is one. */
export function countCharacters(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13 && !((CLASSES[code] as number) & (BLANK | LOW_SURROGATE))) count++;
  }
  return count;
}
