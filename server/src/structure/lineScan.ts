/**
 * Reads one line by itself: the markers that may head a section, the members of enumerations, the gaps, and what part
 * the line could play in a document. The result depends on the line's text alone and is kept until that text changes.
 */
import { BLANKS, isBlank, isDigit, isHan, isLatin } from '../text/characters';
import { isChineseNumeral } from '../text/numerals';
import { couldBeEntry, entryHash, hasLeader } from './contentsEntries';
import type { DocumentKind } from './kinds';
import { LineCache } from './lineCache';
import { type LineRole, markedRole, roleOf } from './lineRoles';
import { opensMarker, type ParsedMarker, readMarkers } from './markers';
import { asteriskGaps, type ParsedPlaceholder, PLACEHOLDER_STARTS, placeholderAt } from './placeholders';
import { titleEnd } from './titles';

/**
 * Where in its line a marker stands. `start` opens the line, `chained` follows another marker at once, `inside` opens
 * what would be a paragraph had the text not been flattened: it stands behind a blank or a sentence's end.
 */
export type MarkerPlace = 'start' | 'chained' | 'inside';

/** A marker that may head a section. */
export interface ParsedHeading {
  readonly marker: ParsedMarker;
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
  readonly headings: readonly ParsedHeading[];
  /** Enumerators inside the line, the one at its start included, in order. */
  readonly members: readonly ParsedMarker[];
  readonly placeholders: readonly ParsedPlaceholder[];
  /** For a short line that could stand in a table of contents: a hash of its words without blanks, page and width; or 0. */
  readonly entry: number;
  /** True where the line ends in leaders or a gap and a page number. */
  readonly leader: boolean;
  /** True where the line may end in the first half of a marker that the next line completes. */
  readonly tail: boolean;
  /** What others have made of the line. */
  readonly notes: LineCache;
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

/** Reads `line` (without its line break) of a document of `kind`. Takes time linear in the line's length. */
export function scanLine(line: string, kind: DocumentKind): LineRecord {
  const length = line.length;
  let contentStart = 0;
  while (contentStart < length && isBlank(line.charCodeAt(contentStart))) contentStart++;
  if (contentStart === length) return blankLine(line);
  let contentEnd = length;
  while (isBlank(line.charCodeAt(contentEnd - 1))) contentEnd--;

  const { hashes, markerAt } = decorationAt(line, contentStart, kind);
  const starts = readMarkers(line, markerAt);
  const headings: ParsedHeading[] = [];
  const members: ParsedMarker[] = [];
  const gaps: ParsedPlaceholder[] = [];
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
        headings.push(withoutTitle(marker, 'chained', afterBlank));
      } else if (length >= FLATTENED_LENGTH && insideHeading(line, marker, afterBlank, lastMark)) {
        headings.push(withoutTitle(marker, 'inside', afterBlank));
      }
    }
  }

  if (starts.length > 0) {
    const first = starts[0] as ParsedMarker;
    if (!isDoubtful(first)) members.unshift(first);
    headings.unshift(...starts.map((marker) => withoutTitle(marker, 'start', true)));
  }
  let placeholders: readonly ParsedPlaceholder[] = gaps.length > 0 ? gaps : NO_PLACEHOLDERS;
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
    leader: hasLeader(line, contentStart, contentEnd),
    tail: endsInMarkerHalf(line.charCodeAt(contentEnd - 1)),
    notes: new LineCache(),
  };
}

/** The # of a heading at `contentStart`, and where a marker may stand behind them, quotation signs and emphasis. */
function decorationAt(line: string, contentStart: number, kind: DocumentKind): { hashes: number; markerAt: number } {
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
  return { hashes, markerAt };
}

/** A heading whose title is yet to be cut. */
function withoutTitle(marker: ParsedMarker, place: MarkerPlace, afterBlank: boolean): ParsedHeading {
  return { marker, place, afterBlank, titleStart: marker.end, titleEnd: marker.end, runsOn: false, endMark: '' };
}

/** True for what only its neighbours can tell to be a marker: 第五条、第六条 and 2重点任务. */
function isDoubtful({ strength }: ParsedMarker): boolean {
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
    notes: new LineCache(),
  };
}

/** Whether a marker inside a long line, behind `lastMark`, stands where a flattened paragraph would begin. */
function insideHeading(line: string, marker: ParsedMarker, afterBlank: boolean, lastMark: string): boolean {
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
  heading: ParsedHeading,
  all: readonly ParsedHeading[],
  index: number,
  contentEnd: number,
  flattened: boolean,
): ParsedHeading {
  const titleStart = firstContent(line, heading.marker.end);
  let limit = contentEnd;
  for (let next = index + 1; next < all.length; next++) {
    const at = (all[next] as ParsedHeading).marker.at;
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
