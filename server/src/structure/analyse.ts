/** Text in, immutable {@link Analysis} out. After an edit only the changed lines are scanned again. */

import { isBlank } from '../text/characters';
import { type LineTable, splitLines, splitLinesAgain } from '../text/lines';
import { Pace, type Resumable, runToCompletion } from '../text/resumable';
import type { Span } from '../text/span';
import type {
  Analysis,
  Block,
  DocumentKind,
  Enumeration,
  Marker,
  MarkerFamily,
  NumberedList,
  NumberingBreak,
  Placeholder,
  Section,
  SectionKind,
} from './analysis';
import { mayHoldHeading, type SlotPlace, type Slots, slotsOf } from './candidates';
import { LastNumbers, readEnumerations } from './enumerations';
import { type Head, type Layout, layOut } from './layout';
import { isBelowName } from './layout/title';
import { OCCASION_BESIDE } from './layout/titleWords';
import { LineCacheKey } from './lineCache';
import { LineColumns } from './lineColumns';
import { countCharacters, type LineRecord, scanLine } from './lineScan';
import { LineSigns } from './lineSigns';
import { withValue } from './markerFormat';
import type { ParsedMarker } from './markers';
import { placeholdersInContext } from './placeholderContext';
import type { ParsedPlaceholder } from './placeholders';
import {
  type Accepted,
  type MarkerCandidate,
  type Reading,
  type ReadList,
  read,
  readIncremental,
  type Slot,
} from './reading';
import { cleanTitle, withoutEmphasis } from './titles';

/** Longer than any threshold by which `layout.ts` distinguishes lines. */
const LONG_LINE = 100;

/** Data that an analysis keeps for the next one; not part of its public interface. */
interface Internals extends Places {
  readonly records: readonly LineRecord[];
  readonly reading: Reading;
}

/** The part that each line plays and the places where sections may begin. */
interface Places {
  readonly layout: Layout;
  readonly found: Slots;
}

/** Reading fewer slots takes a few milliseconds. */
const MANY_SLOTS = 500;

const internals = new WeakMap<Analysis, Internals>();

/**
 * Analyses the structure of `text`. Never throws, whatever the text. `previous` is an earlier analysis of a similar
 * text (the version before an edit): unchanged parts are taken from it, and the result is the same as without it.
 */
export function analyse(text: string, kind: DocumentKind = 'policytext', previous?: Analysis): Analysis {
  return runToCompletion(analyseIncremental(text, kind, previous));
}

/** Like {@link analyse}, incrementally, so that a text of millions of characters does not block for long. */
export function* analyseIncremental(
  text: string,
  kind: DocumentKind = 'policytext',
  previous?: Analysis,
): Resumable<Analysis> {
  const kept = previous && previous.kind === kind ? internals.get(previous) : undefined;
  const { lines, records, changed, columns, signs } =
    kept && previous ? rescan(text, kind, previous, kept.records) : yield* scanAll(text, splitLines(text), kind);
  const { layout, found } =
    kept && changed && playSamePart(kept.records, records, changed)
      ? kept
      : yield* findPlaces(text, lines, records, kept?.found);
  const { slots, places } = found;
  const reading = slots.length > MANY_SLOTS ? yield* readIncremental(slots, kept?.reading) : read(slots, kept?.reading);
  const analysis = new DocumentAnalysis(text, kind, lines, records, columns, signs, layout, places, reading);
  internals.set(analysis, { records, layout, found, reading });
  return analysis;
}

/**
 * Reads the sections of `analysis` in steps, so that `headings`, `sections` and `lists` then return at once; with `all` its
 * enumerations and placeholders, too.
 */
export function* readSections(analysis: Analysis, all = false): Resumable<void> {
  if (analysis instanceof DocumentAnalysis) yield* analysis.read(all);
}

function* findPlaces(
  text: string,
  lines: LineTable,
  records: readonly LineRecord[],
  known: Slots | undefined,
): Resumable<Places> {
  const textOf = (line: number) => {
    const record = records[line] as LineRecord;
    const start = lines.start(line);
    return text.slice(start + record.contentStart, start + record.contentEnd);
  };
  const layout = yield* layOut(records, textOf);
  yield;
  const found = yield* slotsOf(records, layout, textOf, known);
  yield;
  return { layout, found };
}

/** Lines that were scanned again, from `first` up to `end`. */
interface Changed {
  readonly first: number;
  readonly end: number;
}

interface Scan {
  readonly lines: LineTable;
  readonly records: readonly LineRecord[];
  readonly columns: LineColumns;
  readonly signs: LineSigns;
  /** Set if there are as many lines as before, so that all others keep their part. */
  readonly changed?: Changed | undefined;
}

/**
 * Whether every changed line was and is a paragraph of which both layout and the list of candidates see no more than
 * that. Their results are then unchanged: typing within paragraphs is most of what writers do.
 */
function playSamePart(before: readonly LineRecord[], now: readonly LineRecord[], { first, end }: Changed): boolean {
  // A marker broken over two lines continues in the text of the second one.
  if (first > 0 && now[first - 1]?.tail) return false;
  for (let line = first; line < end; line++) {
    const [a, b] = [before[line], now[line]];
    if (!a || !b || !isPlain(a) || !isPlain(b) || a.members.length !== b.members.length) return false;
    for (let index = 0; index < a.members.length; index++) {
      const [x, y] = [a.members[index], b.members[index]];
      if (x?.family !== y?.family || x?.value !== y?.value) return false;
    }
  }
  return true;
}

/**
 * Whether it is a long line that does not begin with a marker, contains none that could begin a section, and does not
 * end in half of one.
 */
function isPlain(record: LineRecord): boolean {
  return (
    record.role === 'text' &&
    record.characters > LONG_LINE &&
    record.headings.length === 0 &&
    record.hashes === 0 &&
    record.entry === 0 &&
    !record.leader &&
    !record.tail &&
    !mayHoldHeading(record)
  );
}

/** Number of characters scanned between two yields; every line counts for some more. */
const PIECE = 20_000;
const LINE_COST = 20;

function* scanAll(text: string, lines: LineTable, kind: DocumentKind): Resumable<Scan> {
  const records: LineRecord[] = new Array(lines.count);
  for (let line = 0; line < lines.count; ) {
    for (let scanned = 0; line < lines.count && scanned < PIECE; line++) {
      const [start, end] = [lines.start(line), lines.end(line)];
      records[line] = scanLine(text.slice(start, end), kind);
      scanned += end - start + LINE_COST;
    }
    yield;
  }
  return { lines, records, columns: new LineColumns(lines.count), signs: new LineSigns() };
}

const CHUNK = 4096;

/** Length of the longest common prefix of two texts, compared in chunks because that is native code. */
function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + CHUNK <= limit && a.slice(at, at + CHUNK) === b.slice(at, at + CHUNK)) at += CHUNK;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonSuffix(a: string, b: string, limit: number): number {
  let count = 0;
  while (
    count + CHUNK <= limit &&
    a.slice(a.length - count - CHUNK, a.length - count) === b.slice(b.length - count - CHUNK, b.length - count)
  ) {
    count += CHUNK;
  }
  while (count < limit && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++;
  return count;
}

/** Takes the records of unchanged lines from before and scans the others. */
function rescan(text: string, kind: DocumentKind, previous: Analysis, old: readonly LineRecord[]): Scan {
  if (previous.text === text) {
    const { lines, columns, signs } = previous;
    return { lines, records: old, columns, signs, changed: { first: 0, end: 0 } };
  }
  const prefix = commonPrefix(previous.text, text);
  const suffix = commonSuffix(previous.text, text, Math.min(previous.text.length, text.length) - prefix);
  const lines = splitLinesAgain(text, previous.lines, previous.text.length, { prefix, suffix });
  // A line is unchanged if it and its break are entirely in the common part; the line of the first difference is not.
  let head = Math.min(lines.lineAt(prefix), previous.lines.lineAt(prefix));
  if (head > 0 && lines.start(head) !== previous.lines.start(head)) head--;
  let tail = Math.min(
    lines.count - 1 - lines.lineAt(text.length - suffix),
    previous.lines.count - 1 - previous.lines.lineAt(previous.text.length - suffix),
    lines.count - head,
    old.length - head,
  );
  tail = Math.max(0, tail);
  const records: LineRecord[] = old.slice(0, head);
  for (let line = head; line < lines.count - tail; line++) {
    records.push(scanLine(text.slice(lines.start(line), lines.end(line)), kind));
  }
  for (let line = old.length - tail; line < old.length; line++) records.push(old[line] as LineRecord);
  const changed = records.length === old.length ? { first: head, end: records.length - tail } : undefined;
  const columns = new LineColumns(lines.count).takeOver(previous.columns, head, tail);
  const signs = new LineSigns().copy(previous.signs, lines.count, head, tail);
  return { lines, records, changed, columns, signs };
}

/** A section while its place in the tree is still being determined. */
interface OpenSection {
  kind: SectionKind;
  marker: Marker | undefined;
  title: string;
  titleSpan: Span;
  span: { start: number; end: number };
  /** Start of its line's content, including # and **; the section before ends there at the latest. */
  from: number;
  level: number;
  parent: OpenSection | undefined;
  children: OpenSection[];
  list: NumberedList | undefined;
  characters: number;
}

interface OpenList {
  family: NumberedList['family'];
  markers: Marker[];
  breaks: NumberingBreak[];
  running: boolean;
  inverted: boolean;
  /**
   * The kind of its last child: a clause that ends with a full stop after clauses that end with ； is of the same kind.
   */
  lastKind?: SectionKind;
}

interface Tree {
  readonly sections: Section[];
  readonly headings: Section[];
  readonly lists: NumberedList[];
}

/** The words of a line's placeholders, so that those of unchanged lines are the same strings in every version. */
const placeholderTexts = new LineCacheKey<readonly string[]>();

class DocumentAnalysis implements Analysis {
  private tree: Tree | undefined;
  private gaps: readonly Placeholder[] | undefined;
  private inline: Enumeration[] | undefined;

  constructor(
    readonly text: string,
    readonly kind: DocumentKind,
    readonly lines: Analysis['lines'],
    readonly records: readonly LineRecord[],
    readonly columns: LineColumns,
    readonly signs: LineSigns,
    private readonly layout: Layout,
    private readonly places: readonly SlotPlace[],
    private readonly reading: Reading,
  ) {}

  get blocks(): readonly Block[] {
    return this.layout.blocks;
  }

  /** See {@link readSections}. */
  *read(all: boolean): Resumable<void> {
    this.tree ??= yield* this.buildTree();
    if (!all) return;
    this.inline ??= yield* this.findEnumerations();
    this.gaps ??= yield* this.findPlaceholders();
  }

  private get wholeTree(): Tree {
    this.tree ??= runToCompletion(this.buildTree());
    return this.tree;
  }

  get sections(): readonly Section[] {
    return this.wholeTree.sections;
  }

  get headings(): readonly Section[] {
    return this.wholeTree.headings;
  }

  get lists(): readonly NumberedList[] {
    return this.wholeTree.lists;
  }

  get placeholders(): readonly Placeholder[] {
    this.gaps ??= runToCompletion(this.findPlaceholders());
    return this.gaps;
  }

  get enumerations(): readonly Enumeration[] {
    this.inline ??= runToCompletion(this.findEnumerations());
    return this.inline;
  }

  private *findPlaceholders(): Resumable<readonly Placeholder[]> {
    const found: Placeholder[] = [];
    const pace = new Pace();
    for (let line = 0; line < this.records.length; line++) {
      if (pace.isOver()) yield;
      const drafts = (this.records[line] as LineRecord).placeholders;
      if (drafts.length === 0) continue;
      const start = this.lines.start(line);
      const texts = placeholderTexts.at(this, line) ?? this.readPlaceholders(line, drafts);
      for (let index = 0; index < drafts.length; index++) {
        const { at, end, kind } = drafts[index] as ParsedPlaceholder;
        found.push({ start: start + at, end: start + end, kind, text: texts[index] as string });
      }
    }
    return yield* placeholdersInContext(this, found);
  }

  /** The words of the placeholders of `line`, which are kept with it. */
  private readPlaceholders(line: number, drafts: readonly ParsedPlaceholder[]): readonly string[] {
    const start = this.lines.start(line);
    const texts = drafts.map(({ at, end }) => this.text.slice(start + at, start + end));
    placeholderTexts.put(this, line, texts);
    return texts;
  }

  private *findEnumerations(): Resumable<Enumeration[]> {
    const pace = new Pace();
    // Offsets of the headings, which only lines with several markers need.
    let heading: Set<number> | undefined;
    const found: Enumeration[] = [];
    const before = new LastNumbers();
    for (let line = 0; line < this.records.length; line++) {
      const record = this.records[line] as LineRecord;
      if (pace.isOver(1 + record.members.length)) yield;
      if (record.members.length === 0 || this.layout.excluded[line]) continue;
      if (record.members.length === 1) {
        before.note(record.members[0] as ParsedMarker);
        continue;
      }
      if (!heading) {
        heading = new Set();
        for (const accepted of this.reading.accepted) {
          if (pace.isOver()) yield;
          heading.add(this.markerStart(accepted));
        }
      }
      this.enumerationsIn(record, this.lines.start(line), heading, before, found);
    }
    return found;
  }

  /** Adds those of the line from `start` to `found`; `heading` has the offsets of headings, `before` the last numbers so far. */
  private enumerationsIn(
    record: LineRecord,
    start: number,
    heading: ReadonlySet<number>,
    before: LastNumbers,
    found: Enumeration[],
  ): void {
    // In a flattened text a heading ends the paragraph before it.
    let paragraph: ParsedMarker[] = [];
    const flush = () => {
      if (paragraph.length > 1)
        for (const draft of readEnumerations(paragraph, record.members, before))
          found.push(this.enumeration(draft, start));
      for (const member of paragraph) before.note(member);
      paragraph = [];
    };
    for (const member of record.members) {
      if (heading.has(start + member.at)) {
        flush();
        before.note(member);
      } else paragraph.push(member);
    }
    flush();
  }

  private enumeration(draft: ReturnType<typeof readEnumerations>[number], lineStart: number): Enumeration {
    const markers = draft.members.map((member) => this.marker(member, lineStart + member.at, lineStart + member.end));
    const first = markers[0] as Marker;
    const breaks = draft.breaks.map(({ index, kind, expected, slip }): NumberingBreak => {
      const marker = markers[index] as Marker;
      return {
        kind,
        marker,
        slip,
        expected,
        expectedText: withValue(marker, [expected], first),
        previous: markers[index - 1],
      };
    });
    const list: NumberedList = { family: first.family, markers, breaks, running: false, inverted: false };
    return { start: first.start, end: (markers[markers.length - 1] as Marker).end, list };
  }

  private marker(draft: ParsedMarker, start: number, end: number): Marker {
    const { family, value, path, shape, numeral, misread } = draft;
    const raw = this.text.slice(start, end);
    const text = /[\r\n*]/.test(raw) ? raw.replace(/[\s*]+/g, '') : raw;
    return { start, end, family, text, value, path, shape, numeral, ...(misread && { misread }) };
  }

  private markerStart(accepted: Accepted): number {
    const place = this.places[accepted.slot] as SlotPlace;
    return this.lines.start(place.line) + this.draftOf(accepted).at;
  }

  /** The marker in this version of the text; the reading may be older, with its markers at other offsets. */
  private draftOf({ slot, choice }: Accepted): ParsedMarker {
    return ((this.reading.slots[slot] as Slot).candidates[choice] as MarkerCandidate).marker;
  }

  /** Converts the reading to sections with spans, titles and parents. */
  private *buildTree(): Resumable<Tree> {
    const pace = new Pace(SECTIONS_AT_ONCE);
    const lists = new Map<ReadList, OpenList>();
    const all: OpenSection[] = [];
    const hashesOf = new Map<OpenSection, number>();
    let head = 0;
    const heads = this.headsThatHold();
    const prefaces = new Set<OpenSection>();
    /** Adds the heads that begin before `marker`; a list that begins inside the line of a title ends that title. */
    const addHeads = (marker: number) => {
      while (head < heads.length && this.startOfHead(heads[head] as Head) < marker) {
        const section = this.headSection(heads[head] as Head, marker);
        const { hashes, part, isBelow, isPreface } = heads[head] as Head;
        if (isPreface) prefaces.add(section);
        hashesOf.set(section, part ? PART_DEPTH + (isBelow ? 1 : 0) : hashes);
        all.push(section);
        head++;
      }
    };
    for (const accepted of this.reading.accepted) {
      if (pace.isOver()) yield;
      const section = this.numberedSection(accepted, lists);
      addHeads(section.span.start);
      all.push(section);
    }
    addHeads(Number.POSITIVE_INFINITY);
    yield* nest(all, hashesOf, prefaces);
    yield* this.close(all);
    const sections: OpenSection[] = [];
    for (const section of all) if (!section.parent) sections.push(section);
    return { sections, headings: all, lists: [...lists.values()] };
  }

  /**
   * The heads of the layout, except short lines across which a numbered list continues, or that are the only ones of
   * their kind.
   */
  private headsThatHold(): readonly Head[] {
    const { heads } = this.layout;
    if (!heads.some(({ part }) => part)) return heads;
    const extents = new Map<ReadList, { first: number; last: number }>();
    for (const { slot, list } of this.reading.accepted) {
      const { line } = this.places[slot] as SlotPlace;
      const extent = extents.get(list);
      if (extent) extent.last = line;
      else extents.set(list, { first: line, last: line });
    }
    const spanned = [...extents.values()].filter(({ first, last }) => last > first);
    const several = heads.filter(({ part }) => part === 'bold').length > 1;
    const isApart = ({ firstLine, part }: Head) =>
      part === 'named' ||
      (part === 'bold' && several) ||
      !spanned.some(({ first, last }) => first < firstLine && firstLine <= last);
    const apart = heads.filter((head) => head.part && isApart(head));
    const kept = new Set(
      apart.length > 1 ? apart : apart.filter((head) => head.part === 'named' || this.opensListAnew(head, extents)),
    );
    return heads.filter((head) => !head.part || kept.has(head));
  }

  /** Whether the numbers of a list that ended above `head` restart below it: 五、, 加强自身建设, 一、. */
  private opensListAnew({ firstLine }: Head, extents: ReadonlyMap<ReadList, { first: number; last: number }>): boolean {
    let above: ReadList | undefined;
    let below: ReadList | undefined;
    for (const [list, { first, last }] of extents) {
      if (last < firstLine && last > (above ? (extents.get(above)?.last ?? -1) : -1)) above = list;
      else if (first > firstLine && (!below || first < (extents.get(below)?.first ?? first))) below = list;
    }
    return (
      above !== undefined && below !== undefined && above.family === below.family && HEADING_FAMILIES.has(above.family)
    );
  }

  private numberedSection(accepted: Accepted, lists: Map<ReadList, OpenList>): OpenSection {
    const place = this.places[accepted.slot] as SlotPlace;
    const draft = this.draftOf(accepted);
    const lineStart = this.lines.start(place.line);
    const endLineStart = this.lines.start(place.endLine);
    const marker = this.marker(draft, lineStart + draft.at, endLineStart + draft.end);
    let list = lists.get(accepted.list);
    if (!list) {
      const { family, running, inverted } = accepted.list;
      list = { family, markers: [], breaks: [], running, inverted };
      lists.set(accepted.list, list);
    }
    if (accepted.broken) {
      const { kind, expected, slip } = accepted.broken;
      const previous = list.markers[list.markers.length - 1];
      list.breaks.push({
        kind,
        marker,
        slip,
        expected: expected[expected.length - 1] as number,
        expectedText: withValue(marker, expected, previous ?? marker),
        previous,
      });
    }
    if (marker.misread) {
      const previous = list.markers[list.markers.length - 1];
      const expected = marker.path[marker.path.length - 1] as number;
      const expectedText = withValue(marker, marker.path, marker);
      list.breaks.push({ kind: 'misread', marker, slip: true, expected, expectedText, previous });
    }
    list.markers.push(marker);
    const heading = headingOf(place, draft);
    let titleStart = endLineStart + (heading?.titleStart ?? draft.end);
    let titleEnd = endLineStart + (heading?.titleEnd ?? draft.end);
    let runsOn = heading?.runsOn ?? false;
    let endMark = heading?.endMark ?? '';
    if (titleEnd <= titleStart && place.titleLine >= 0) {
      const record = this.records[place.titleLine] as LineRecord;
      titleStart = this.lines.start(place.titleLine) + record.contentStart;
      titleEnd = this.lines.start(place.titleLine) + record.contentEnd;
      runsOn = false;
      endMark = '';
    }
    // No title at all: blanks after the number are not part of the section.
    if (titleEnd <= titleStart) titleStart = titleEnd = marker.end;
    const kind: SectionKind =
      draft.family === 'article'
        ? 'article'
        : runsOn
          ? 'lead'
          : endMark === '；' || endMark === ';' || (endMark === '。' && list.lastKind === 'item')
            ? 'item'
            : 'heading';
    list.lastKind = kind;
    const section: OpenSection = {
      kind,
      marker,
      title: cleanTitle(this.wordsAt(titleStart, titleEnd)),
      titleSpan: { start: titleStart, end: titleEnd },
      span: { start: marker.start, end: marker.end },
      from:
        heading?.place === 'start' ? lineStart + (this.records[place.line] as LineRecord).contentStart : marker.start,
      level: accepted.level,
      parent: undefined,
      children: [],
      list,
      characters: 0,
    };
    return section;
  }

  /** The words from `start` to `end`, within one line, without emphasis. */
  private wordsAt(start: number, end: number): string {
    const words = this.text.slice(start, end);
    if (!words.includes('*')) return words;
    const line = this.lines.lineAt(start);
    const gaps = (this.records[line] as LineRecord).placeholders;
    const from = this.lines.start(line);
    return withoutEmphasis(this.text.slice(from, end), start - from, end - from, gaps);
  }

  /** Start of the content of the first line of `head`. */
  private startOfHead({ firstLine }: Head): number {
    return this.lines.start(firstLine) + (this.records[firstLine] as LineRecord).contentStart;
  }

  /** The section of a head without a number, which ends before the numbered heading at `limit` at the latest. */
  private headSection(head: Head, limit: number): OpenSection {
    const last = this.records[head.lastLine] as LineRecord;
    const from = this.startOfHead(head);
    const end = Math.min(limit, this.lines.start(head.lastLine) + last.contentEnd);
    let start = from;
    while (start < end && /[#*\s>]/.test(this.text[start] as string)) start++;
    let title = '';
    for (let line = head.firstLine; line <= head.lastLine; line++) {
      const record = this.records[line] as LineRecord;
      if (record.role === 'blank') continue;
      const lineStart = this.lines.start(line);
      if (lineStart + record.contentStart >= end) break;
      const words = this.wordsAt(lineStart + record.contentStart, Math.min(end, lineStart + record.contentEnd))
        .replace(/^[#\s>]{1,99}/, '')
        .trimEnd()
        .replace(/^(附[件录錄]?\s*[一二三四五六七八九十\d]*)[：:]$/, '$1');
      // ——副题, a speaker's name or a date under the title are not part of the title.
      if (title !== '' && head.kind === 'title' && isBelowName(words)) break;
      const name = head.kind === 'title' ? words.replace(OCCASION_BESIDE, '') : words;
      title +=
        head.kind === 'appendix' && /^附[件录錄]?\s*[一二三四五六七八九十\d]*$/.test(title)
          ? `　${cleanTitle(name)}`
          : cleanTitle(name);
      // The speaker is below the occasion.
      if (name !== words) break;
    }
    return {
      kind: head.kind,
      marker: undefined,
      title,
      titleSpan: { start, end },
      span: { start, end },
      from,
      level: 1,
      parent: undefined,
      children: [],
      list: undefined,
      characters: 0,
    };
  }

  /** Sets the end of every section, from the last to the first, and counts its characters. */
  private *close(all: OpenSection[]): Resumable<void> {
    const stops = [...this.layout.stops].sort((a, b) => a - b).map((line) => this.lines.start(line));
    let stop = stops.length - 1;
    let limit = this.text.length;
    const before = yield* this.charactersBefore();
    // Start of the next section at each level or above; as the loop runs backwards, the nearest one wins.
    const next: number[] = [];
    const pace = new Pace(SECTIONS_AT_ONCE);
    for (let index = all.length - 1; index >= 0; index--) {
      if (pace.isOver()) yield;
      const section = all[index] as OpenSection;
      while (stop >= 0 && (stops[stop] as number) > section.span.start) limit = stops[stop--] as number;
      let end = limit;
      for (let level = 1; level <= section.level; level++) {
        const at = next[level];
        if (at !== undefined && at < end) end = at;
      }
      // Its last child may extend beyond a sign-off; then it does not end there.
      const lastPart = section.children.at(-1)?.span.end ?? 0;
      section.span.end = Math.max(
        section.titleSpan.end,
        section.span.end,
        lastPart,
        this.trimEnd(end, section.span.start),
      );
      section.characters = before(section.span.end) - before(section.span.start);
      if (next.length > section.level + 1) next.length = section.level + 1;
      next[section.level] = section.from;
    }
  }

  /** Moves `end` back over blanks and line breaks, but not before `start`. */
  private trimEnd(end: number, start: number): number {
    while (end > start) {
      const code = this.text.charCodeAt(end - 1);
      if (code !== 10 && code !== 13 && !isBlank(code)) break;
      end--;
    }
    return end;
  }

  /** Returns a function that counts the non-blank characters before an offset. */
  private *charactersBefore(): Resumable<(offset: number) => number> {
    const { lines, records, text } = this;
    const sums = new Int32Array(records.length + 1);
    const pace = new Pace();
    for (let line = 0; line < records.length; line++) {
      if (pace.isOver()) yield;
      sums[line + 1] = (sums[line] as number) + (records[line] as LineRecord).characters;
    }
    let line = 0;
    // A flattened text is one line with many sections: its characters are counted once, with checkpoints at intervals.
    const marks = new Map<number, number[]>();
    const within = (at: number, start: number, offset: number): number => {
      if (offset - start < INTERVAL) return countCharacters(text, start, offset);
      let counted = marks.get(at);
      if (!counted) {
        counted = [0];
        for (let from = start; from + INTERVAL <= lines.end(at); from += INTERVAL) {
          counted.push((counted[counted.length - 1] as number) + countCharacters(text, from, from + INTERVAL));
        }
        marks.set(at, counted);
      }
      const mark = Math.floor((offset - start) / INTERVAL);
      return (counted[mark] as number) + countCharacters(text, start + mark * INTERVAL, offset);
    };
    return (offset) => {
      // Most successive offsets are close to each other, where walking beats searching; the end of a long section is not.
      for (let step = 0; step < STEPS && line > 0 && lines.start(line) > offset; step++) line--;
      for (let step = 0; step < STEPS && line + 1 < lines.count && lines.start(line + 1) <= offset; step++) line++;
      if (lines.start(line) > offset || (line + 1 < lines.count && lines.start(line + 1) <= offset))
        line = lines.lineAt(offset);
      const start = lines.start(line);
      const record = records[line] as LineRecord;
      if (offset >= start + record.contentEnd) return sums[line + 1] as number;
      if (offset <= start + record.contentStart) return sums[line] as number;
      return (sums[line] as number) + within(line, start, offset);
    };
  }
}

const INTERVAL = 64;
/** Number of lines walked before a line is searched. */
const STEPS = 6;
/** Number of sections built or closed between two yields. */
const SECTIONS_AT_ONCE = 500;
/** Families of headings on a line of their own, in drafts of all kinds. */
const HEADING_FAMILIES: ReadonlySet<MarkerFamily> = new Set(['chinese', 'chineseBracket', 'arabic', 'arabicBracket']);
/** A part of a report is below any Markdown heading. */
const PART_DEPTH = 7;

/** The heading at `place` that begins with `marker`. */
function headingOf({ headings }: SlotPlace, marker: ParsedMarker): SlotPlace['headings'][number] | undefined {
  for (const heading of headings) if (heading.marker === marker) return heading;
  return undefined;
}

/** Nests sections by level; # headings without numbers contain what follows them. */
function* nest(
  all: OpenSection[],
  hashesOf: ReadonlyMap<OpenSection, number>,
  prefaces: ReadonlySet<OpenSection>,
): Resumable<void> {
  const pace = new Pace();
  const open: OpenSection[] = [];
  let holder: { section: OpenSection; hashes: number }[] = [];
  let shift = 0;
  /**
   * The Markdown depths of unnumbered headings outside attachments: another heading of these depths ends an attachment.
   */
  let depths = new Set<number>();
  // For a head in the middle of a chapter: what follows begins at the level below the head, not at the chapter's depth.
  let skipped: number | undefined = 0;
  for (const section of all) {
    if (pace.isOver()) yield;
    const hashes = hashesOf.get(section);
    if (hashes !== undefined) {
      // A title or a preface is a sibling of what follows; an attachment, a part or a # heading without a number contains it.
      const ends = depths.has(hashes);
      holder =
        section.kind === 'unnumbered'
          ? holder.filter((entry) => entry.hashes < hashes && !(ends && entry.section.kind === 'appendix'))
          : [];
      if (section.kind === 'title') depths = new Set();
      else if (section.kind === 'unnumbered' && !holder.some((entry) => entry.section.kind === 'appendix'))
        depths.add(hashes);
      open.length = holder.length;
      section.level = holder.length + 1;
      section.parent = holder[holder.length - 1]?.section;
      section.parent?.children.push(section);
      if (section.kind !== 'title' && !prefaces.has(section)) {
        holder.push({ section, hashes });
        open[holder.length - 1] = section;
      }
      shift = holder.length;
      skipped = undefined;
      continue;
    }
    skipped = Math.min(skipped ?? section.level - 1, section.level - 1);
    section.level += shift - skipped;
    while (open.length >= section.level) open.pop();
    section.parent = open[open.length - 1];
    section.parent?.children.push(section);
    section.level = open.length + 1;
    open.push(section);
  }
}
