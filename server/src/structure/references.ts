/**
 * Cross-references inside a text: 本办法第五条, 第三章第二节, 第十条第（三）项, 见第三部分第（二）条, 附件2, 前条, 前款. Each is read
 * part by part and resolved against the sections; one to another document (《…法》第五条, 民法典第五条) is told apart.
 */
import { parseChineseNumeral } from '../text/numerals';
import type { Analysis, MarkerFamily, Section, Span } from './analysis';
import { LineMemo } from './lineMemo';

export type ReferenceUnit =
  | 'volume'
  | 'part'
  | 'chapter'
  | 'division'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'attachment';

/** One step of a reference: 第三部分 and 第（二）条 in 第三部分第（二）条. */
export interface ReferencePart extends Span {
  readonly unit: ReferenceUnit;
  readonly value: number;
  /** The second figure of 第十条之一. */
  readonly insertion: number | undefined;
  /** The numeral alone; empty for 前条 and for an attachment without a number. */
  readonly numeral: Span;
  /** The section meant, where the text has it. */
  readonly target: Section | undefined;
  /** True where the text numbers such sections in one unbroken row, so that a number it lacks is surely wrong. */
  readonly certain: boolean;
}

/** A reference to a place in the same text. */
export interface Reference extends Span {
  readonly parts: readonly ReferencePart[];
  /** The section that the last part with a section means. */
  readonly target: Section | undefined;
  /** Where the target begins, for 前款, which has no heading. */
  readonly place: number | undefined;
  /** True where it surely means this text: 本办法第五条, 见第三部分, 前款, 第（三）项 of the article around it. */
  readonly own: boolean;
}

const NUMERAL = '[一二三四五六七八九十百零〇\\d]{1,7}';
const PART = new RegExp(
  `第\\s?(?:（(${NUMERAL})）|\\((${NUMERAL})\\)|(${NUMERAL}))\\s?(部分|编|編|章|节|節|条|條|款|项|項)(?:之([一二三四五六七八九十]{1,3}))?`,
  'y',
);
const ATTACHMENT = new RegExp(`附[件录錄]\\s?(${NUMERAL})?`, 'y');
const BEFORE = /前(?:一)?([条條款])/y;

const UNITS: Readonly<Record<string, ReferenceUnit>> = {
  部分: 'part',
  编: 'volume',
  編: 'volume',
  章: 'chapter',
  节: 'division',
  節: 'division',
  条: 'article',
  條: 'article',
  款: 'paragraph',
  项: 'item',
  項: 'item',
};

/** Kinds of documents, as they are named in 本办法 and in the titles of other texts. */
const KINDS =
  '法|法典|典|宪法|憲法|办法|辦法|条例|條例|规定|規定|决定|決定|决议|決議|意见|意見|通知|通告|公告|方案|细则|細則|规则|規則|规划|規劃|纲要|綱要|章程|预案|預案|解释|解釋|制度|准则|準則|通则|通則|规程|規程|规范|規範|标准|標準|指引|指南|要点|要點|计划|計劃|公约|公約|协定|協定|修正案|合同|协议|协議|批复|批復|函|令|报告|報告|清单|清單|目录|目錄|文件|文';
const OWN = new RegExp(`本(?:${KINDS})(?:的)?$`);
const OTHER = new RegExp(`(?:[》”」』]|${KINDS}|[同该該])(?:[（(][^（）()]{0,30}[）)])?(?:的|中|中的)?$`);
const POINTING = /(?:见|見|详见|詳見|参见|參見|参照|參照)(?:本文)?$/;
/** What stands between references that go on from each other: 第五条、第六条和第七条至第九条. */
const JOINT = /^(?:、|，|和|及|以及|或|或者|至|到|与|與|第[一二三四五六七八九十]{1,3}[款项])?$/;

/** How far back a mark of quotation is looked for. */
const FAR = 400;

/** Whose place a reference right behind `before` means: this text's, another one's, or it does not say. */
export function ownerOf(before: string): 'own' | 'other' | 'open' {
  if (isQuoted(before)) return 'other';
  if (OWN.test(before)) return 'own';
  return OTHER.test(before) ? 'other' : 'open';
}

type PartDraft = Omit<ReferencePart, 'target' | 'certain'>;

interface Draft extends Span {
  readonly parts: readonly PartDraft[];
  readonly own: boolean;
  readonly other: boolean;
}

/** What stands before a reference in its line. */
interface Context {
  /** Between quotation marks the words are another text's, such as the new wording of a law that is amended. */
  readonly quoted: boolean;
  /** It says which text is meant: this one, another, or just where to look. */
  readonly own: boolean;
  readonly other: boolean;
  readonly pointing: boolean;
}

/** Parts that follow on each other, whatever heads a section; offsets count from the start of their line. */
interface LineDraft {
  readonly parts: readonly PartDraft[];
  readonly context: Context;
}

const known = new WeakMap<Analysis, readonly Reference[]>();

/** The references of `analysis` to places of the same text, in order. Read once for each analysis. */
export function referencesOf(analysis: Analysis): readonly Reference[] {
  let references = known.get(analysis);
  if (!references) {
    references = readReferences(analysis);
    known.set(analysis, references);
  }
  return references;
}

function readReferences(analysis: Analysis): Reference[] {
  const { headings } = analysis;
  const markers = new Set<number>();
  for (const { marker, titleSpan, kind } of headings) {
    if (marker) markers.add(marker.start);
    else if (kind === 'appendix') markers.add(titleSpan.start);
  }
  const drafts = draftsOf(analysis, markers);
  if (drafts.length === 0) return [];
  const resolver = new Resolver(analysis);
  return drafts.flatMap((draft) => (draft.other ? [] : resolver.resolve(draft)));
}

const NONE: readonly LineDraft[] = [];
const lineDrafts = new LineMemo(readLine);

/** What has the form of a reference, at any place where no section is headed. */
function draftsOf(analysis: Analysis, markers: ReadonlySet<number>): Draft[] {
  const drafts: Draft[] = [];
  for (let number = 0; number < analysis.lines.count; number++) {
    const found = lineDrafts.of(analysis, number);
    for (const draft of found) placeDraft(draft, number, analysis, markers, drafts);
  }
  return drafts;
}

/** Adds a draft of line `number` to `drafts`, but for the parts of it that head a section. */
function placeDraft(
  { parts, context }: LineDraft,
  number: number,
  { text, lines }: Analysis,
  markers: ReadonlySet<number>,
  drafts: Draft[],
): void {
  const base = lines.start(number);
  for (let from = 0; from < parts.length; from++) {
    const start = base + (parts[from] as PartDraft).start;
    if (markers.has(start)) continue;
    const first = from;
    while (from + 1 < parts.length && !markers.has(base + (parts[from + 1] as PartDraft).start)) from++;
    const kept = parts.slice(first, from + 1).map((part) => placed(part, base));
    const { quoted, own, other, pointing } =
      first === 0 ? context : contextAt(text.slice(base, lines.end(number)), start - base);
    const previous = drafts.at(-1);
    const joined =
      previous !== undefined &&
      previous.end < start &&
      start - previous.end < 12 &&
      JOINT.test(text.slice(previous.end, start));
    const isOther = quoted || (!own && (joined ? previous.other : other));
    const isOwn = !isOther && (own || (joined ? previous.own : pointing));
    drafts.push({ start, end: (kept.at(-1) as PartDraft).end, parts: kept, own: isOwn, other: isOther });
  }
}

/**
 * Reads references as if they stood at `offset`, where `own` tells whether they surely mean this text: a function that
 * takes the words of one and returns the section they would mean.
 */
export function referenceReader(
  analysis: Analysis,
  offset: number,
  own: boolean,
): (words: string) => Section | undefined {
  const resolver = new Resolver(analysis);
  const shifted = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
  return (words) => {
    const parts: PartDraft[] = [];
    let end = 0;
    for (let part = partAt(words, 0); part; part = partAt(words, end)) {
      end = part.end;
      parts.push({ ...part, ...shifted(part), numeral: shifted(part.numeral) });
    }
    if (parts.length === 0 || end < words.length) return undefined;
    return resolver.resolve({ start: offset, end: offset + end, parts, own, other: false })[0]?.target;
  };
}

function placed(part: PartDraft, base: number): PartDraft {
  const { start, end, numeral } = part;
  return {
    ...part,
    start: start + base,
    end: end + base,
    numeral: { start: numeral.start + base, end: numeral.end + base },
  };
}

/** Reads one line. */
function readLine(line: string): readonly LineDraft[] {
  let drafts: LineDraft[] | undefined;
  const starts = /[第附前]/g;
  for (let match = starts.exec(line); match; match = starts.exec(line)) {
    const start = match.index;
    const parts: PartDraft[] = [];
    let end = start;
    for (let part = partAt(line, end); part; part = partAt(line, end)) {
      parts.push(part);
      end = part.end;
    }
    if (parts.length === 0) continue;
    starts.lastIndex = end;
    drafts ??= [];
    drafts.push({ parts, context: contextAt(line, start) });
  }
  return drafts ?? NONE;
}

function contextAt(line: string, start: number): Context {
  const before = line.slice(Math.max(0, start - 40), start);
  return {
    quoted: isQuoted(line.slice(Math.max(0, start - FAR), start)),
    own: OWN.test(before),
    other: OTHER.test(before),
    pointing: POINTING.test(before),
  };
}

function isQuoted(near: string): boolean {
  const before = near.slice(near.lastIndexOf('\n') + 1);
  return before.lastIndexOf('“') > before.lastIndexOf('”') || before.lastIndexOf('「') > before.lastIndexOf('」');
}

function partAt(text: string, at: number): PartDraft | undefined {
  PART.lastIndex = at;
  const part = PART.exec(text);
  if (part) {
    const [whole, bracketed, halfBracketed, bare, unit = '', insertion] = part;
    const numeral = bracketed ?? halfBracketed ?? bare ?? '';
    const value = numberIn(numeral);
    if (value === undefined) return undefined;
    const numeralStart = at + whole.indexOf(numeral, 1);
    return {
      start: at,
      end: at + whole.length,
      unit: UNITS[unit] as ReferenceUnit,
      value,
      insertion: insertion === undefined ? undefined : numberIn(insertion),
      numeral: { start: numeralStart, end: numeralStart + numeral.length },
    };
  }
  ATTACHMENT.lastIndex = at;
  const attachment = ATTACHMENT.exec(text);
  if (attachment) {
    const [whole, numeral] = attachment;
    const end = at + whole.trimEnd().length;
    if (numeral === undefined) return undefined;
    const value = numberIn(numeral);
    if (value === undefined || value > 99) return undefined;
    const span = { start: end - numeral.length, end };
    return { start: at, end, unit: 'attachment', value, insertion: undefined, numeral: span };
  }
  BEFORE.lastIndex = at;
  const before = BEFORE.exec(text);
  if (!before) return undefined;
  const end = at + before[0].length;
  const unit = UNITS[before[1] as string] as ReferenceUnit;
  return { start: at, end, unit, value: -1, insertion: undefined, numeral: { start: end, end } };
}

function numberIn(numeral: string): number | undefined {
  return /^\d+$/.test(numeral) ? Number(numeral) : parseChineseNumeral(numeral);
}

/** Sections of one kind that count in one row, such as the articles of one law. */
interface Row {
  readonly start: number;
  readonly sections: Section[];
  readonly byNumber: Map<string, Section>;
  /** False where a number is missing, stands twice or is out of order. */
  sound: boolean;
}

const FAMILIES: Partial<Record<ReferenceUnit, MarkerFamily>> = {
  volume: 'volume',
  part: 'part',
  chapter: 'chapter',
  division: 'division',
  article: 'article',
};

class Resolver {
  private readonly rows = new Map<MarkerFamily, Row[]>();
  private readonly attachments = new Map<number, Section>();
  private readonly attachmentsSound: boolean;

  constructor(private readonly analysis: Analysis) {
    for (const section of analysis.headings) {
      if (section.kind === 'appendix') this.addAttachment(section);
      if (section.marker) this.addToRow(section);
    }
    const numbers = [...this.attachments.keys()];
    this.attachmentsSound = numbers.length > 1 && numbers.every((number, index) => number === index + 1);
  }

  private addAttachment(section: Section): void {
    const head = this.analysis.text.slice(section.titleSpan.start, section.titleSpan.start + 12);
    const numeral = new RegExp(`^附[件录錄]\\s*(${NUMERAL})`).exec(head)?.[1];
    const value = numeral === undefined ? undefined : numberIn(numeral);
    if (value !== undefined && !this.attachments.has(value)) this.attachments.set(value, section);
  }

  private addToRow(section: Section): void {
    const { marker, list } = section;
    if (!marker || !list) return;
    let rows = this.rows.get(marker.family);
    if (!rows) {
      rows = [];
      this.rows.set(marker.family, rows);
    }
    let row = rows.at(-1);
    const opens = list.markers[0] === marker;
    const startsAnew = opens && !list.running && (marker.family !== 'division' || marker.value === 1);
    if (!row || startsAnew) {
      row = { start: section.span.start, sections: [], byNumber: new Map(), sound: marker.value === 1 };
      rows.push(row);
    }
    const key = marker.path.join('.');
    if (row.byNumber.has(key) || (opens && list.breaks.length > 0)) row.sound = false;
    else row.byNumber.set(key, section);
    row.sections.push(section);
  }

  /** The row that counts at `offset`: the last one begun before it, or the first. */
  private rowAt(family: MarkerFamily, offset: number): Row | undefined {
    const rows = this.rows.get(family);
    return rows && (lastBefore(rows, ({ start }) => start, offset) ?? rows[0]);
  }

  resolve(draft: Draft): Reference[] {
    const parts: ReferencePart[] = [];
    let inside: Section | undefined;
    let place: number | undefined;
    for (const [index, part] of draft.parts.entries()) {
      const found: Found = this.find(part, inside, draft, index);
      // Nothing of this kind stands in the text: it speaks of another one, or the items are not set apart.
      if (!found) break;
      parts.push({ ...part, target: found.target, certain: found.certain });
      inside = found.target ?? inside;
      place = found.place ?? place;
      if (!found.target && found.place === undefined && part.unit !== 'paragraph') break;
    }
    const last = parts.at(-1);
    if (!last) return [];
    const target = parts.findLast((part) => part.target)?.target;
    const resolved = parts.every((part) => part.target ?? part.unit === 'paragraph');
    return [
      {
        start: draft.start,
        end: last.end,
        parts,
        target: resolved ? target : undefined,
        place,
        own: draft.own || isWithinArticle(draft),
      },
    ];
  }

  private find(part: PartDraft, inside: Section | undefined, draft: Draft, index: number): Found {
    const { unit, value } = part;
    if (unit === 'attachment') {
      const target = this.attachments.get(value);
      if (!target && this.attachments.size === 0) return undefined;
      return { target, certain: this.attachmentsSound };
    }
    if (unit === 'paragraph') return this.findParagraph(part, inside, index);
    if (unit === 'item') {
      const holder = inside ?? this.holderAt(part.start);
      const target = childNumbered(holder, value);
      const certain = inside !== undefined && !target && endsBefore(holder, value);
      return target || certain ? { target, certain } : undefined;
    }
    if (value < 0) {
      const row = this.rowAt('article', part.start);
      const target = row?.sections[lastIndexBefore(row.sections, startOf, part.start) - 1];
      return target ? { target, certain: false } : undefined;
    }
    if (inside && unit === 'article' && !this.rows.has('article')) {
      const target = childNumbered(inside, value);
      return target ? { target, certain: false } : undefined;
    }
    return this.findInRow(part, inside, draft);
  }

  private findInRow({ unit, value, insertion, start }: PartDraft, inside: Section | undefined, draft: Draft): Found {
    const family = FAMILIES[unit] as MarkerFamily;
    const key = insertion === undefined ? String(value) : `${value}.${insertion}`;
    let row = this.rowAt(family, inside?.span.start ?? start);
    if (inside && unit === 'division') {
      const target = inside.children.find(({ marker }) => marker?.family === 'division' && marker.value === value);
      return target ? { target, certain: false } : undefined;
    }
    if (!row && unit === 'part') {
      // 第三部分 of a text whose parts are headed 一、二、三、; said of this text, or it may be a part of anything.
      if (!draft.own) return undefined;
      row = this.rowAt('chinese', start);
      if (!row || row.sections.some(({ level }) => level !== row?.sections[0]?.level)) return undefined;
    }
    if (!row || row.sections.length < 2) return undefined;
    const target = row.byNumber.get(key);
    return { target, certain: row.sound };
  }

  /** 第二款, 前款: paragraphs are not numbered; they are lines of the article. */
  private findParagraph({ value, start }: PartDraft, inside: Section | undefined, index: number): Found {
    const { text, lines } = this.analysis;
    if (value >= 0) return inside || index > 0 ? { target: undefined, certain: false } : undefined;
    const article = lastBefore(this.rowAt('article', start)?.sections ?? [], startOf, start);
    if (!article || start > article.span.end) return undefined;
    const isItem = (at: number) => {
      const child = lastBefore(article.children, startOf, lines.end(at));
      return child !== undefined && child.span.start >= lines.start(at);
    };
    let line = lines.lineAt(start) - 1;
    const first = lines.lineAt(article.span.start);
    while (line >= first && (isItem(line) || text.slice(lines.start(line), lines.end(line)).trim() === '')) line--;
    if (line < first) return undefined;
    return { target: line === first ? article : undefined, place: lines.start(line), certain: false };
  }

  /** The section whose items 第（三）项 without more means: the article or the list around it. */
  private holderAt(offset: number): Section | undefined {
    let holder: Section | undefined;
    for (let level = this.analysis.sections; ; ) {
      const next = lastBefore(level, startOf, offset);
      if (!next || offset > next.span.end) break;
      if (next.children[0]?.marker?.family === 'chineseBracket') holder = next;
      level = next.children;
    }
    return holder?.marker?.family === 'article' ? holder : undefined;
  }
}

/** 前款, 前条 and 第（三）项 without an article mean the ones around them. */
function isWithinArticle({ parts }: Draft): boolean {
  const [first] = parts;
  return first !== undefined && (first.value < 0 || first.unit === 'item');
}

type Found = { readonly target: Section | undefined; readonly certain: boolean; readonly place?: number } | undefined;

const numbered = new WeakMap<Section, Map<number, Section | undefined>>();

/** The child of `section` with the number `value`, where there is exactly one. */
function childNumbered(section: Section | undefined, value: number): Section | undefined {
  if (!section) return undefined;
  let children = numbered.get(section);
  if (!children) {
    children = new Map();
    for (const child of section.children) {
      const number = child.marker?.value;
      if (number !== undefined) children.set(number, children.has(number) ? undefined : child);
    }
    numbered.set(section, children);
  }
  return children.get(value);
}

/** True where `section` has lists without a break, all of which end before `value`. */
function endsBefore(section: Section | undefined, value: number): boolean {
  const items = section?.children.filter(({ marker }) => marker?.family === 'chineseBracket') ?? [];
  return (
    items.length > 1 && items.every(({ marker, list }) => list?.breaks.length === 0 && (marker?.value ?? 0) < value)
  );
}

const startOf = ({ span }: Section) => span.start;

/** Index of the last of `items`, in order of their starts, that starts at or before `offset`; -1 where none does. */
function lastIndexBefore<Item>(items: readonly Item[], start: (item: Item) => number, offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(items[middle] as Item) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lastBefore<Item>(items: readonly Item[], start: (item: Item) => number, offset: number): Item | undefined {
  return items[lastIndexBefore(items, start, offset)];
}
