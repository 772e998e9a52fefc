/** Converts the markers found line by line to the slots that the reading chooses among, with their costs. */

import { isSentenceEnd } from '../text/characters';
import { partitionPoint } from '../text/partitionPoint';
import { Pace, type Resumable } from '../text/resumable';
import { INLINE } from './enumerations';
import type { MarkerFamily } from './kinds';
import type { Layout } from './layout';
import { cutTitle, type LineRecord, type ParsedHeading } from './lineScan';
import { type ParsedMarker, readMarkers } from './markers';
import { type Boundary, type MarkerCandidate, MOST_SLOTS, type Slot } from './reading';

/** The location of a slot's candidates. */
export interface SlotPlace {
  /** The line of the marker's first character. */
  readonly line: number;
  /** The line of its last character: a marker may be broken over two lines. */
  readonly endLine: number;
  readonly headings: readonly ParsedHeading[];
  /** For a marker alone on its line, the line below that contains its title; or -1. */
  readonly titleLine: number;
}

/** Cost of reading a marker as prose, by its place and appearance. */
const PROSE = {
  start: { strong: 4, plain: 2.5, weak: 0.8, reference: 0, bare: 0.8 },
  softBreak: { strong: 4, plain: 2.5, weak: 0.8, reference: 0, bare: 0 },
  labelled: { strong: 2, plain: 1, weak: 0.5, reference: 0, bare: 0 },
  chained: { strong: 3, plain: 1.5, weak: 0.5, reference: 0, bare: 0 },
  glued: { strong: 0.2, plain: 0.2, weak: 0, reference: 0, bare: 0 },
  inside: { strong: 3.2, plain: 1.5, weak: 0.5, reference: 0, bare: 0 },
} as const;
/** A heading inside a long line, not preceded by a blank, is hardly more likely than a sentence. */
const PROSE_RUN_TOGETHER = 1.2;
const PROSE_LAW_RUN_TOGETHER = 2.5;
/** 7　附则 on a line of its own, without such a line right above it. */
const PROSE_BARE_TITLE = 1.4;
/** Additional cost if # precedes it. */
const PROSE_HASHED = 2;
/** Letters before a stop begin sentences too: a. and b. are items if both occur. */
const PROSE_LETTER = 1.2;
const OPEN_LETTER = 0.7;
/** Markers that only their siblings can confirm: l. before 2., 84 after 3. */
const PROSE_MISREAD = 0.3;
const OPEN_LOOKALIKE = 0.9;
const CONTINUE_LOOKALIKE = 0.3;
/** Less than a gap, and more than a number that runs on. */
const CONTINUE_GLUED = 1.3;
/** 1.20条街区 is an item whose words begin with a count, if 2. follows. */
const OPEN_COUNT = 1;
/** The first of a list whose others are on lines of their own, at the end of the paragraph that announces it. */
const OPEN_GLUED = 0.9;
/** The same if the next line begins with the second. */
const OPEN_ANNOUNCED = 0.3;
const OPEN_WEAK = 1;
const OPEN_INSIDE = 0.1;
const OPEN_RUN_TOGETHER = 0.8;
const CONTINUE_WEAK = 0.2;
const CONTINUE_NOTE = 1;
/**
 * More than the cost of reading it as prose: a lone number that would fit is not a marker, one between its neighbours
 * is.
 */
const CONTINUE_BARE = 1;
/** 一是…；二是… in one paragraph is an enumeration, although its first member is at the start of the paragraph. */
const OPEN_ENUMERATION = 2.5;
/** A longer line is not a table row but a paragraph: the articles of laws that are listed as 38 森林之保護…… */
const MAX_ROW = 40;
/** Consecutive rows of bare figures are a table, except sentences: 39 電業應有適當之備用供電量。 */
const OPEN_ROW = 1;

/** The slots of a text, and what they were made from. */
export interface Slots {
  readonly slots: Slot[];
  readonly places: SlotPlace[];
  readonly records: readonly LineRecord[];
  /** By line, what the layout says of it that matters to slots: see {@link layoutSigns}. */
  readonly signs: Uint8Array;
}

/**
 * Lists the slots of a text in order, in steps, at most the first `most`. `textOf` returns a trimmed line. `known` are the slots of an earlier version:
 * those of lines that are as before, with the lines around them, are taken from there.
 */
export function* slotsOf(
  records: readonly LineRecord[],
  layout: Layout,
  textOf: (line: number) => string,
  known?: Slots,
  most = MOST_SLOTS,
): Resumable<Slots> {
  let slots: Slot[] = [];
  let places: SlotPlace[] = [];
  let boundary: Boundary = 'none';
  let previousLine = -1;
  let bareAt = -2;
  let joinedLine = -1;
  let from = 0;
  const { boundaries, excluded } = layout;
  const signs = layoutSigns(layout, records.length);
  const same = known && sameEnds(known, records, signs);
  if (known && same) {
    const count = slotsBefore(known, records, same.head);
    if (count > 0) {
      slots = known.slots.slice(0, count);
      places = known.places.slice(0, count);
      previousLine = (places[count - 1] as SlotPlace).line;
      ({ bareAt, joinedLine } = stateAfter(places, count));
      from = previousLine + 1;
    }
  }
  const firstOfTail = same ? records.length - same.tail : records.length;
  const pace = new Pace();
  for (let line = from; line < records.length; line++) {
    if (pace.isOver()) yield;
    if (slots.length >= most) break;
    const record = records[line] as LineRecord;
    const here = boundaries.get(line);
    if (here === 'hard' || (here === 'soft' && boundary === 'none')) boundary = here;
    if (record.role === 'blank') continue;
    const before = previousLine;
    previousLine = line;
    if (excluded[line]) continue;
    const glued = gluedHeading(records, line, textOf);
    // A heading at the end of the line is not the second member of an enumeration in it.
    const withGlued = glued ? { ...record, headings: [...record.headings, glued] } : record;
    const unfinished = before >= 0 && UNFINISHED.test(textOf(before).slice(-1));
    if (record.headings.length > 0) {
      for (let first = 0; first < record.headings.length; ) {
        const at = (record.headings[first] as ParsedHeading).marker.at;
        let end = first + 1;
        while (end < record.headings.length && isSamePlace(record.headings[end] as ParsedHeading, at)) end++;
        const headings = record.headings
          .slice(first, end)
          .filter((heading) => heading.marker.strength !== 'reference')
          .map((heading) => (glued ? endingBefore(heading, glued.marker.at) : heading));
        first = end;
        if (headings.length === 0) continue;
        // The second half of a marker that was broken over two lines has been read with the first.
        if (joinedLine === line && headings[0]?.place === 'start') continue;
        const above = before >= 0 ? (records[before] as LineRecord) : undefined;
        const rowAbove = bareAt === before && before >= 0;
        const candidates = headings.map((heading) =>
          candidateOf(heading, headings, withGlued, above, rowAbove, unfinished),
        );
        if (headings[0]?.marker.family === 'decimal' && headings[0].marker.path.length === 1) bareAt = line;
        slots.push({ candidates, boundary: relevant(boundary, candidates) });
        places.push({ line, endLine: line, headings, titleLine: titleBelow(records, excluded, line, headings) });
        boundary = 'none';
      }
    }
    if (glued) {
      const read = candidateOf(glued, [glued], record, undefined, false, false);
      // 抓好四项工作。一是…… with 二是 on the next line counts as surely as if it began its own line.
      const announced = glued.marker.value === 1 && opensNext(records, line, glued.marker);
      const candidate = announced ? { ...read, opening: OPEN_ANNOUNCED, prose: PROSE.inside.strong } : read;
      slots.push({ candidates: [candidate], boundary: relevant(boundary, [candidate]) });
      places.push({ line, endLine: line, headings: [glued], titleLine: -1 });
      boundary = 'none';
    }
    const joined = joinBroken(records, line, ((signs[line] as number) & IN_TITLE) !== 0, textOf);
    if (joined) {
      slots.push({ candidates: [joined.candidate], boundary: relevant(boundary, [joined.candidate]) });
      places.push(joined.place);
      boundary = 'none';
      joinedLine = joined.place.endLine;
    }
    if (known && known.slots.length < most && line >= firstOfTail && places.at(-1)?.line === line) {
      // What the lines below depend on is the same from here on if the slots of this line leave the same state.
      const added = records.length - known.records.length;
      const next = slotsUpTo(known.places, line - added);
      if (next > 0 && (known.places[next - 1] as SlotPlace).line === line - added) {
        const [here, there] = [stateAfter(places, places.length), stateAfter(known.places, next)];
        if (here.bareAt === moved(there.bareAt, added) && here.joinedLine === moved(there.joinedLine, added)) {
          for (let index = next; index < known.slots.length; index++) {
            slots.push(known.slots[index] as Slot);
            places.push(movedPlace(known.places[index] as SlotPlace, added));
          }
          break;
        }
      }
    }
  }
  // A line may have several, and what is taken from the version before may exceed the limit.
  if (slots.length > most) slots.length = places.length = most;
  return { slots, places, records, signs };
}

const EXCLUDED = 1;
const IN_TITLE = 2;
const SOFT_BOUNDARY = 4;
const HARD_BOUNDARY = 8;

/** For each line, as bits, whether it is excluded, in a title, and preceded by a boundary. */
function layoutSigns({ boundaries, excluded, heads }: Layout, count: number): Uint8Array {
  const signs = new Uint8Array(count);
  for (let line = 0; line < count; line++) {
    const boundary = boundaries.get(line);
    if (excluded[line]) signs[line] = EXCLUDED;
    if (boundary !== 'none') signs[line]! |= boundary === 'hard' ? HARD_BOUNDARY : SOFT_BOUNDARY;
  }
  for (const { firstLine, lastLine } of heads)
    for (let line = firstLine; line <= lastLine; line++) signs[line]! |= IN_TITLE;
  return signs;
}

/** The number of lines at both ends that are as in `known`. */
function sameEnds(
  known: Slots,
  records: readonly LineRecord[],
  signs: Uint8Array,
): { readonly head: number; readonly tail: number } {
  const most = Math.min(records.length, known.records.length);
  const added = records.length - known.records.length;
  const isSame = (line: number, shift: number): boolean =>
    records[line] === known.records[line - shift] && signs[line] === known.signs[line - shift];
  let head = 0;
  while (head < most && isSame(head, 0)) head++;
  let tail = 0;
  while (tail < most - head && isSame(records.length - 1 - tail, added)) tail++;
  return { head, tail };
}

/** Number of lines below a slot's line that may matter to it, besides the next one that is not blank. */
const LINES_BELOW = 3;

/** How many slots of `known` are certain to be those of a text of which the first `head` lines are the same. */
function slotsBefore(known: Slots, records: readonly LineRecord[], head: number): number {
  let next = head - 1;
  while (next >= 0 && (records[next] as LineRecord).role === 'blank') next--;
  return slotsUpTo(known.places, Math.min(next, head - LINES_BELOW) - 1);
}

/** The number of `places` in lines up to `line`. */
function slotsUpTo(places: readonly SlotPlace[], line: number): number {
  return partitionPoint(places.length, (index) => (places[index] as SlotPlace).line <= line);
}

/** What the slots of a line, which end at `end` of `places`, tell the lines below; -1 for nothing. */
function stateAfter(places: readonly SlotPlace[], end: number): { bareAt: number; joinedLine: number } {
  const { line, endLine } = places[end - 1] as SlotPlace;
  let bareAt = -1;
  for (let index = end - 1; index >= 0; index--) {
    const place = places[index] as SlotPlace;
    if (place.line !== line) break;
    const [heading] = place.headings;
    const isOwn = place.endLine === line && heading?.place !== 'glued';
    if (isOwn && heading?.marker.family === 'decimal' && heading.marker.path.length === 1) bareAt = line;
  }
  return { bareAt, joinedLine: endLine === line ? -1 : endLine };
}

function moved(line: number, by: number): number {
  return line < 0 ? line : line + by;
}

function movedPlace(place: SlotPlace, by: number): SlotPlace {
  if (by === 0) return place;
  const { line, endLine, headings, titleLine } = place;
  return { line: line + by, endLine: endLine + by, headings, titleLine: moved(titleLine, by) };
}

const GLUED: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>([
  'part',
  'chapter',
  'division',
  'chinese',
  'chineseBracket',
  'arabic',
  'arabicBracket',
]);
/** The same, and articles, whose numbers are never those of items in a paragraph. */
const BETWEEN: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>([...GLUED, 'article']);
const COUNTED: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['ordinal', 'yishi', 'yiyao']);
const MAX_GLUED_TITLE = 30;

/** Whether there may be a heading at the end of the paragraph, so that its words matter and not only its markers. */
export function mayHoldHeading({ members, contentEnd }: LineRecord): boolean {
  const last = members[members.length - 1];
  if (!last) return false;
  const first = last.value === 1 && COUNTED.has(last.family);
  const secondArticle = last.family === 'article' && members.length === 2;
  return (
    first ||
    secondArticle ||
    (GLUED.has(last.family) && (last.value === 1 || contentEnd - last.end <= MAX_GLUED_TITLE + 40))
  );
}

/**
 * A heading at the end of the paragraph before it: …提出意见。一、过去五年工作回顾, where the line break was lost; or the first of a
 * list at the end of the paragraph that announces it, 抓好四项工作。（一）……, with （二） on the next line.
 */
function gluedHeading(
  records: readonly LineRecord[],
  line: number,
  textOf: (line: number) => string,
): ParsedHeading | undefined {
  const record = records[line] as LineRecord;
  const { members, contentStart, contentEnd } = record;
  const between = betweenNeighbours(records, line);
  const marker = between ?? members[members.length - 1];
  if (!marker || marker.at <= contentStart + 4 || marker.strength === 'weak') return undefined;
  const short = !between && GLUED.has(marker.family) && contentEnd - marker.end <= MAX_GLUED_TITLE;
  const first = marker.value === 1 && (GLUED.has(marker.family) || COUNTED.has(marker.family));
  if (!(short || first || between) || record.headings.some((heading) => heading.marker.at >= marker.at))
    return undefined;
  const goesOn = between !== undefined || (first && opensNext(records, line, marker));
  // 三是……。抓好两件事。一是…… with 二是 on the next line begins a list of its own.
  const alone = goesOn && COUNTED.has(marker.family);
  if (!between && !alone && members.some((member) => member !== marker && member.family === marker.family))
    return undefined;
  if (!short && !goesOn) return undefined;
  const text = textOf(line);
  const at = marker.at - contentStart;
  const before = text.slice(Math.max(0, at - 6), at);
  // …又好又快发展 （一）……: a heading of one line with the first item after a blank.
  const parted = goesOn && marker.family === 'chineseBracket' && /[\s\u3000]$/.test(before);
  if (!parted && !/[。！？；：”]\s*\**$/.test(before)) return undefined;
  const title = text.slice(marker.end - contentStart);
  if (!goesOn && (title === '' || /[。；，！]|[：:]$/.test(title))) return undefined;
  const heading: ParsedHeading = {
    marker,
    place: 'glued',
    afterBlank: false,
    titleStart: marker.end,
    titleEnd: marker.end,
    runsOn: false,
    endMark: '',
  };
  const shifted = { ...heading, marker: { ...marker, end: marker.end - contentStart } };
  const cut = cutTitle(text, shifted, text.length, false);
  return {
    ...cut,
    marker,
    titleStart: cut.titleStart + contentStart,
    titleEnd: cut.titleEnd + contentStart,
  };
}

/**
 * 12. in a line that begins with 11., or 第三条 in one that begins with 第二条, if the next line begins with 13. or 第四条: only its line
 * break was lost.
 */
function betweenNeighbours(records: readonly LineRecord[], line: number): ParsedMarker | undefined {
  const { headings, members } = records[line] as LineRecord;
  const opening = headings[0]?.marker;
  if (!opening || members.length !== 2 || !BETWEEN.has(opening.family)) return undefined;
  const second = members[1] as ParsedMarker;
  const follows = second.family === opening.family && second.value === opening.value + 1;
  return follows && opensNext(records, line, second) ? second : undefined;
}

/** Whether the next line begins with the number after `marker`. */
function opensNext(records: readonly LineRecord[], line: number, marker: ParsedMarker): boolean {
  let next = line + 1;
  while (next < records.length && (records[next] as LineRecord).role === 'blank') next++;
  return (records[next]?.headings ?? []).some(
    ({ place, marker: other }) =>
      place === 'start' && other.family === marker.family && other.value === marker.value + 1,
  );
}

/**
 * Whether it is another reading of the marker at `at`; after a page number that is glued to it, it begins a little
 * later.
 */
function isSamePlace({ marker, place }: ParsedHeading, at: number): boolean {
  return marker.at === at || (place === 'start' && marker.misread === 'glued');
}

/** A head without a number lets a list restart; it does not affect a number that continues. */
function relevant(boundary: Boundary, candidates: readonly MarkerCandidate[]): Boundary {
  return boundary === 'soft' && !candidates.some(({ marker }) => marker.value === 1) ? 'none' : boundary;
}

function candidateOf(
  heading: ParsedHeading,
  alternatives: readonly ParsedHeading[],
  record: LineRecord,
  above: LineRecord | undefined,
  rowAbove: boolean,
  unfinished: boolean,
): MarkerCandidate {
  const { marker, place, afterBlank } = heading;
  const hashed = place === 'start' && record.hashes > 0;
  const weak = marker.strength === 'weak' && !hashed;
  let prose: number = PROSE[place][marker.strength];
  let opening = weak ? OPEN_WEAK : 0;
  let continuing = weak ? CONTINUE_WEAK : 0;
  if (place === 'inside') {
    // 第二条 followed by a blank can only begin an article.
    const lawful = marker.family === 'article' || marker.family === 'chapter';
    opening += afterBlank || lawful ? OPEN_INSIDE : OPEN_RUN_TOGETHER;
    if (!afterBlank) prose = Math.min(prose, lawful ? PROSE_LAW_RUN_TOGETHER : PROSE_RUN_TOGETHER);
  }
  if (place === 'glued') {
    opening += OPEN_GLUED;
    continuing += CONTINUE_LOOKALIKE;
  }
  if (marker.family === 'latin' && place === 'start') {
    prose = PROSE_LETTER;
    opening = OPEN_LETTER;
    continuing = 0;
  }
  if (marker.misread) {
    prose = PROSE_MISREAD;
    opening = marker.misread === 'lookalike' && marker.value === 1 ? OPEN_LOOKALIKE : Number.POSITIVE_INFINITY;
    continuing = marker.misread === 'lookalike' ? CONTINUE_LOOKALIKE : CONTINUE_GLUED;
    if (marker.family === 'chinese' || marker.family === 'chapter') opening = Math.min(opening, OPEN_LOOKALIKE);
  }
  // 1.5 is one figure; 1. before a figure can only continue an existing list, or begin one that continues.
  if (
    marker.family === 'arabic' &&
    alternatives.some(({ marker: other }) => other.family === 'decimal' && !other.misread)
  )
    opening = marker.value === 1 ? opening + OPEN_COUNT : Number.POSITIVE_INFINITY;
  // ［1］ is a footnote mark; it can only be a slip for （1） in an existing list.
  if (marker.family === 'arabicBracket' && /^[［[【]/.test(marker.shape)) {
    opening = Number.POSITIVE_INFINITY;
    continuing = CONTINUE_NOTE;
  }
  if (marker.strength === 'bare') {
    opening = Number.POSITIVE_INFINITY;
    continuing = CONTINUE_BARE;
  }
  if (marker.family === 'decimal' && marker.path.length === 1) {
    if (heading.titleEnd <= heading.titleStart) opening = Number.POSITIVE_INFINITY;
    else if (rowAbove && record.characters <= MAX_ROW && heading.endMark !== '。') {
      opening += OPEN_ROW;
      continuing += OPEN_ROW;
    } else if (!heading.runsOn && heading.titleEnd - heading.titleStart <= 20) prose = PROSE_BARE_TITLE;
  }
  if (place === 'inside' && COUNTED.has(marker.family) && enumeratesInside(marker, record)) {
    // 一是……。二是……。 三是……: the blank is a slip; all of them enumerate inside the paragraph.
    prose = 0;
    opening += OPEN_ENUMERATION;
    continuing += OPEN_ENUMERATION;
  }
  if (place === 'start' && INLINE.has(marker.family)) {
    if (countsOnInside(marker, record)) {
      prose = 0;
      opening += OPEN_ENUMERATION;
      continuing += OPEN_ENUMERATION;
    } else if (above && marker.value > 1 && !LISTED.has(marker.family) && endsEnumeration(marker, above)) {
      prose = 0.2;
      opening += 1;
    } else if (unfinished && marker.family === 'ordinal' && marker.value > 1) {
      // …第三，……； ⏎ 第四，……: a line broken inside its sentence.
      prose = 0.2;
      opening += 1;
    }
  }
  // A # means a heading, whatever its number looks like.
  if (hashed) prose += PROSE_HASHED;
  return { marker, prose, opening, continuing };
}

/** Marks at the end of a line whose sentence continues below. */
const UNFINISHED = /[；;，,、]/;

/** `heading` with its words cut before `at`, where the next one begins. */
function endingBefore(heading: ParsedHeading, at: number): ParsedHeading {
  return heading.titleEnd > at && heading.marker.at < at
    ? { ...heading, titleEnd: Math.max(heading.titleStart, at) }
    : heading;
}

/** Families whose members begin paragraphs of their own even if the first of them is inside one. */
const LISTED: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>([
  'chinese',
  'chineseBracket',
  'arabic',
  'arabicBracket',
]);

/** Whether the next number of the same family follows inside the same paragraph. */
function countsOnInside(marker: ParsedMarker, record: LineRecord): boolean {
  const { members } = record;
  if (members.length < 2) return false;
  for (let index = 1; index < members.length; index++) {
    const member = members[index] as ParsedMarker;
    if (member.at <= marker.at || !sameEnumeration(member, marker)) continue;
    if (record.headings.some((heading) => heading.marker === member)) return false;
    return (
      member.value === marker.value + 1 || (marker.value === 1 && member.value > 1 && !BRACKETED.has(member.family))
    );
  }
  return false;
}

/** Whether the number before or after it is inside the same paragraph and begins no section. */
function enumeratesInside(marker: ParsedMarker, { members, headings }: LineRecord): boolean {
  return members.some(
    (member) =>
      sameEnumeration(member, marker) &&
      Math.abs(member.value - marker.value) === 1 &&
      !headings.some((heading) => heading.marker === member),
  );
}

/** A number in brackets that is not the next one is more likely a reference than an item. */
const BRACKETED: ReadonlySet<MarkerFamily> = new Set<MarkerFamily>(['chineseBracket', 'arabicBracket']);

/** Whether this marker continues an enumeration in the paragraph above. */
function endsEnumeration(marker: ParsedMarker, above: LineRecord): boolean {
  for (let index = above.members.length - 1; index >= 0; index--) {
    const member = above.members[index] as ParsedMarker;
    if (!sameEnumeration(member, marker)) continue;
    // One at the start of its paragraph is a sibling of this one and not an enumerator before it.
    return member.at > above.contentStart && member.value === marker.value - 1;
  }
  return false;
}

function sameEnumeration(a: ParsedMarker, b: ParsedMarker): boolean {
  return (
    a.family === b.family ||
    (a.family.startsWith('yi') && b.family.startsWith('yi') && a.family !== 'yifang' && b.family !== 'yifang')
  );
}

/** The line below a marker that is alone on its line, if it can be its title; otherwise -1. */
function titleBelow(
  records: readonly LineRecord[],
  excluded: Uint8Array,
  line: number,
  headings: readonly ParsedHeading[],
): number {
  const last = headings[headings.length - 1] as ParsedHeading;
  const record = records[line] as LineRecord;
  if (last.titleEnd > last.titleStart || last.marker.end < record.contentEnd) return -1;
  let below = line + 1;
  while (below < records.length && below <= line + 2 && (records[below] as LineRecord).role === 'blank') below++;
  const next = records[below];
  if (!next || excluded[below] || next.headings.length > 0) return -1;
  return next.role === 'titleLike' ? below : -1;
}

const OPENERS = '（(〔';
const MARKER_TAIL =
  /(?:[（(〔]\s*[一二三四五六七八九十百\d]{0,4}|第[一二三四五六七八九十百\d]{0,5}|[一二三四五六七八九十百]{1,4}|\d{1,3})$/;

/** （ at the end of one line and 三）… on the next; 第 and 三章…; 三 and 、… */
function joinBroken(
  records: readonly LineRecord[],
  line: number,
  inTitle: boolean,
  textOf: (line: number) => string,
): { candidate: MarkerCandidate; place: SlotPlace } | undefined {
  const record = records[line] as LineRecord;
  const next = records[line + 1];
  if (!next || next.characters === 0 || record.contentEnd === 0) return undefined;
  if (!record.tail) return undefined;
  const text = textOf(line);
  const tail = MARKER_TAIL.exec(text.slice(-8))?.[0];
  if (!tail) return undefined;
  const tailAt = text.length - tail.length;
  // It begins the line or a sentence; 2025年1 ⏎ 月 does neither.
  if (tailAt > 0 && !isSentenceEnd(text.charCodeAt(tailAt - 1)) && !/\s/.test(text[tailAt - 1] as string))
    return undefined;
  // …；第 ⏎ 三，… counts on inside the sentence.
  if (tailAt > 0 && /[；;]/.test(text[tailAt - 1] as string)) return undefined;
  // A title is a unit from its first character to its last.
  if (tailAt > 0 && inTitle) return undefined;
  const nextText = textOf(line + 1).slice(0, 60);
  const whole = readMarkers(tail + nextText, 0)[0];
  if (whole?.strength !== 'strong' || whole.end <= tail.length) return undefined;
  // A line that is not part of a marker, such as a page number, joins nothing.
  if (!OPENERS.includes(tail[0] as string) && tail[0] !== '第' && !/^[、．.）)]/.test(nextText)) return undefined;
  const end = next.contentStart + whole.end - tail.length;
  const marker: ParsedMarker = { ...whole, at: record.contentStart + tailAt, end };
  const rest = next.headings[0];
  const heading: ParsedHeading = {
    marker,
    place: 'start',
    afterBlank: true,
    titleStart: rest && rest.marker.end >= end ? rest.titleStart : end,
    titleEnd: rest && rest.marker.end >= end ? rest.titleEnd : next.contentEnd,
    runsOn: rest?.runsOn ?? false,
    endMark: rest?.endMark ?? '',
  };
  return {
    candidate: { marker, prose: PROSE.start.strong, opening: 0, continuing: 0 },
    place: { line, endLine: line + 1, headings: [heading], titleLine: -1 },
  };
}
