/**
 * Resolves cross-references inside a text: 本办法第五条, 第三章第二节, 第十条第（三）项, 见第三部分第（二）条, 附件2, 前条, 前款. Each is parsed part by
 * part (referenceForms.ts) and resolved here against the sections; one to another document (《…法》第五条, 民法典第五条) is left
 * out.
 */

import { partitionPoint } from '../text/partitionPoint';
import type { Span } from '../text/span';
import type { Analysis, MarkerFamily, Section } from './analysis';
import { AnalysisMemo } from './analysisMemo';
import {
  numberIn,
  type ParsedPart,
  type ParsedReference,
  type ReferenceUnit,
  referenceDraftFrom,
  referenceDrafts,
} from './referenceForms';

export { ownerOf, type ReferenceUnit } from './referenceForms';

/** One step of a reference: 第三部分 and 第（二）条 in 第三部分第（二）条. */
export interface ReferencePart extends ParsedPart {
  /** The section meant, if the text has it. */
  readonly target: Section | undefined;
  /** Whether the text numbers such places without a break, so that a missing number is certainly wrong. */
  readonly certain: boolean;
  /** The existing number nearest to one that is certainly wrong. */
  readonly nearest?: number;
}

/** A reference to a place in the same text. */
export interface Reference extends Span {
  readonly parts: readonly ReferencePart[];
  /** The section of the last part that has one. */
  readonly target: Section | undefined;
  /** Start of the target, for 前款 and 第二款, which have no heading. */
  readonly place: number | undefined;
  /** Whether it certainly means this text: 本办法第五条, 见第三部分, 前款, 第（三）项 of the enclosing article. */
  readonly own: boolean;
}

const references = new AnalysisMemo<readonly Reference[]>(readReferences);

/** The references of `analysis` to places of the same text, in order. */
export function referencesOf(analysis: Analysis): readonly Reference[] {
  return references.of(analysis);
}

function readReferences(analysis: Analysis): Reference[] {
  const { headings } = analysis;
  const heads = new Set<number>();
  for (const { marker, titleSpan, kind } of headings) {
    if (marker) heads.add(marker.start);
    else if (kind === 'appendix') heads.add(titleSpan.start);
  }
  const drafts = referenceDrafts(analysis, heads);
  if (drafts.length === 0) return [];
  const resolver = new Resolver(analysis);
  const references: Reference[] = [];
  for (const [index, draft] of drafts.entries()) {
    if (draft.other) continue;
    const reference = resolver.resolve(draft, drafts[index - 1]);
    if (reference) references.push(reference);
  }
  return references;
}

/**
 * Resolves references as if they were at `offset`, where `own` says whether they certainly mean this text: returns a
 * function from the words of a reference to the section it would mean.
 */
export function referenceReader(
  analysis: Analysis,
  offset: number,
  own: boolean,
): (words: string) => Section | undefined {
  const resolver = new Resolver(analysis);
  return (words) => {
    const draft = referenceDraftFrom(words, offset, own);
    return draft && resolver.resolve(draft, undefined)?.target;
  };
}

/** Sections of one kind numbered consecutively, such as the articles of one law. */
interface Row {
  readonly start: number;
  readonly sections: Section[];
  readonly byNumber: Map<string, Section>;
  /** False if a number is missing, duplicate or out of order. */
  sound: boolean;
  /** False if a number is duplicate. */
  unique: boolean;
  /** The largest number in it. */
  last: number;
}

const FAMILIES: Partial<Record<ReferenceUnit, MarkerFamily>> = {
  volume: 'volume',
  part: 'part',
  chapter: 'chapter',
  division: 'division',
  article: 'article',
};

/** Families of clauses that may run on through a whole text. */
const CLAUSES: readonly MarkerFamily[] = ['chineseBracket', 'arabicBracket', 'chinese', 'arabic'];

class Resolver {
  private readonly rows = new Map<MarkerFamily, Row[]>();
  private readonly attachments = new Map<number, Section>();
  private readonly attachmentsSound: boolean;
  /** Whether the text refers to the articles of another law throughout: an interpretation, a reply. */
  private readonly interprets: boolean;
  /** The previous reference and its resolution, for 第（三）项 that continues 第五条第（二）项. */
  private last: Resolved | undefined;

  constructor(private readonly analysis: Analysis) {
    for (const section of analysis.headings) {
      if (section.kind === 'appendix') this.addAttachment(section);
      if (section.marker) this.addToRow(section);
    }
    const title = analysis.headings.find(({ kind }) => kind === 'title')?.title ?? '';
    this.interprets = /解释|解釋|批复|批復|答复|答復/.test(title);
    const numbers = [...this.attachments.keys()];
    this.attachmentsSound = numbers.length > 1 && numbers.every((number, index) => number === index + 1);
  }

  private addAttachment(section: Section): void {
    const head = this.analysis.text.slice(section.titleSpan.start, section.titleSpan.start + 12);
    const numeral = /^附[件录錄]\s*([一二三四五六七八九十\d]{1,3})/.exec(head)?.[1];
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
    const startsAnew =
      marker.family === 'decimal'
        ? marker.path.every((figure) => figure === 1) && row?.byNumber.has(marker.path.join('.'))
        : opens && !list.running && (marker.family !== 'division' || marker.value === 1);
    if (!row || startsAnew) {
      row = {
        start: section.span.start,
        sections: [],
        byNumber: new Map(),
        sound: marker.value === 1,
        unique: true,
        last: 0,
      };
      rows.push(row);
    }
    const key = marker.path.join('.');
    if (row.byNumber.has(key)) row.sound = row.unique = false;
    else row.byNumber.set(key, section);
    if (opens && list.breaks.length > 0) row.sound = false;
    row.sections.push(section);
    if (Number.isFinite(marker.value)) row.last = Math.max(row.last, marker.path[0] as number);
  }

  /** The row that applies at `offset`: the last one begun before it, or the first. */
  private rowAt(family: MarkerFamily, offset: number): Row | undefined {
    const rows = this.rows.get(family);
    return rows && (lastBefore(rows, ({ start }) => start, offset) ?? rows[0]);
  }

  resolve(draft: ParsedReference, before: ParsedReference | undefined): Reference | undefined {
    const parts: ReferencePart[] = [];
    const holder = this.holderOf(draft, before);
    let inside = holder;
    const relative = holder !== undefined;
    let place: number | undefined;
    for (const [index, part] of draft.parts.entries()) {
      const found: Found = this.find(part, inside, draft, index);
      // The text has nothing of this kind: it refers to another text, or the items are not set apart.
      if (!found) break;
      const { target, certain, nearest } = found;
      parts.push({ ...part, target, certain, ...(!target && certain && nearest !== undefined && { nearest }) });
      inside = found.target ?? inside;
      place = found.place;
      if (!found.target && found.place === undefined && part.unit !== 'paragraph') break;
    }
    const last = parts.at(-1);
    if (!last) return undefined;
    const target = parts.findLast((part) => part.target)?.target;
    const resolved = parts.every((part) => part.target ?? part.unit === 'paragraph');
    const reference = {
      start: draft.start,
      end: last.end,
      parts,
      target: resolved ? target : undefined,
      place,
      own:
        (draft.own || relative || isWithinArticle(draft) || (draft.bare && this.isInLaw(draft))) &&
        !this.isAmendment(draft),
    };
    this.last = { draft, reference, holder };
    return reference;
  }

  /** Whether its sentence amends another text: 第十一条改为第十三条，将第三款修改为. What it names is the text that is amended. */
  private isAmendment({ start }: ParsedReference): boolean {
    const { text } = this.analysis;
    const from = text.slice(Math.max(0, start - MAX_AMENDMENT), start);
    const before = from.slice(Math.max(...['。', '；', '\n'].map((mark) => from.lastIndexOf(mark))) + 1);
    const [after = ''] = text.slice(start, start + MAX_AMENDMENT).split(/[。；：\n]/, 1);
    return AMENDS.test(before + after);
  }

  /** Whether it is a reference like 按照第九条 inside an article: it means the same law. */
  private isInLaw({ parts, start }: ParsedReference): boolean {
    if (this.interprets) return false;
    return parts[0]?.unit === 'article' && this.around('article', start) !== undefined;
  }

  /** The section that certainly contains a reference's first part: that of 本条, 上述 or the reference it continues. */
  private holderOf(
    { around, aboveSaid, parts, start }: ParsedReference,
    before: ParsedReference | undefined,
  ): Section | undefined {
    const [first] = parts;
    if (around) return this.around(around, start);
    const goesOn = before && this.last?.draft === before && before.end <= start && start - before.end < 4;
    if (
      goesOn &&
      first &&
      (first.unit === 'item' || first.unit === 'paragraph' || first.unit === 'division' || first.bracketed) &&
      first.value > 0
    ) {
      const { reference, holder } = this.last as Resolved;
      const above = reference.parts.findLast(({ target, unit }) => target && unit !== first.unit)?.target;
      if (above) return above;
      // 第二章第二节、第三节、第五节: the third is in the same chapter as the second.
      if (holder && first.unit === 'division' && reference.parts[0]?.unit === 'division') return holder;
    }
    return aboveSaid && first?.unit === 'item' ? this.listAround(first.value, start) : undefined;
  }

  /** The innermost section of a kind around `offset`. */
  private around(unit: ReferenceUnit, offset: number): Section | undefined {
    const family = FAMILIES[unit];
    let found: Section | undefined;
    for (let level = this.analysis.sections; ; ) {
      const next = lastBefore(level, startOf, offset);
      if (!next || offset > next.span.end) return found;
      if (next.marker?.family === family || (unit === 'part' && next.level === 1 && next.marker)) found = next;
      level = next.children;
    }
  }

  /** The innermost section around `offset` that has a child with the number `value`. */
  private listAround(value: number, offset: number): Section | undefined {
    let found: Section | undefined;
    for (let level = this.analysis.sections; ; ) {
      const next = lastBefore(level, startOf, offset);
      if (!next || offset > next.span.end) return found;
      const child = childNumbered(next, value);
      if (child && child.span.start <= offset) found = next;
      level = next.children;
    }
  }

  /** The list around 第（三）项 or 第3项 whose numbers are written in the same form. */
  private listLike({ value, start, bracketed, numeral }: ParsedPart): Section | undefined {
    const holder = this.listAround(value, start);
    const family = childNumbered(holder, value)?.marker?.family;
    const arabic = /^\d/.test(this.analysis.text.slice(numeral.start, numeral.end));
    const like = bracketed
      ? family === 'chineseBracket' || family === 'arabicBracket'
      : arabic
        ? family === 'arabic' || family === 'decimal'
        : family === 'chinese';
    return like ? holder : undefined;
  }

  private find(part: ParsedPart, inside: Section | undefined, draft: ParsedReference, index: number): Found {
    const { unit, value } = part;
    if (unit === 'attachment') {
      const target = this.attachments.get(value);
      if (!target && this.attachments.size === 0) return undefined;
      return { target, certain: this.attachmentsSound, nearest: this.attachments.size };
    }
    if (part.path) return this.findDecimal(part);
    if (unit === 'paragraph') return this.findParagraph(part, inside, index);
    if (part.bracketed && unit === 'article' && !inside && draft.own && !this.rows.has('article')) {
      return this.findInRow(part, undefined, draft);
    }
    if (unit === 'item' || (part.bracketed && unit === 'article')) {
      const holder = inside ?? this.holderAt(part.start) ?? this.listLike(part);
      const target = childNumbered(holder, value);
      const certain = inside !== undefined && !target && endsBefore(holder, value);
      return target || certain ? { target, certain, nearest: nearestTo(value, holder?.children ?? []) } : undefined;
    }
    if (value < 0) {
      const row = this.rowAt('article', part.start);
      const target = row?.sections[lastIndexBefore(row.sections, startOf, part.start) + value];
      return target ? { target, certain: false } : undefined;
    }
    if (inside && unit === 'article' && !this.rows.has('article')) {
      const target = childNumbered(inside, value);
      return target ? { target, certain: false } : undefined;
    }
    return this.findInRow(part, inside, draft);
  }

  /** 第3.2条 of a text numbered 1, 1.1, 1.1.1. */
  private findDecimal({ path = [], start }: ParsedPart): Found {
    const row = this.rowAt('decimal', start);
    const target = row?.byNumber.get(path.join('.'));
    if (target) return { target, certain: false };
    const above =
      path.length === 2 ? this.topLevel(path[0] as number, start) : row?.byNumber.get(path.slice(0, -1).join('.'));
    const sound = above?.children.some(({ marker, list }) => marker?.family === 'decimal' && list?.breaks.length === 0);
    return sound && childNumbered(above, path.at(-1) as number) === undefined
      ? { target: undefined, certain: true }
      : undefined;
  }

  /** The section on the highest level with the number `value`, in the part of the text that contains `offset`. */
  private topLevel(value: number, offset: number): Section | undefined {
    const first = this.analysis.headings.find(({ marker, level }) => marker && level === 1);
    const family = first?.marker?.family;
    const row = family && this.rowAt(family, offset);
    return row?.byNumber.get(String(value));
  }

  private findInRow(
    { unit, value, insertion, start }: ParsedPart,
    inside: Section | undefined,
    draft: ParsedReference,
  ): Found {
    const family = FAMILIES[unit] as MarkerFamily;
    const key = insertion === undefined ? String(value) : `${value}.${insertion}`;
    let row = this.rowAt(family, inside?.span.start ?? start);
    if (inside && unit === 'division') {
      const target = inside.children.find(({ marker }) => marker?.family === 'division' && marker.value === value);
      return target ? { target, certain: false } : undefined;
    }
    if (!row && unit === 'part') {
      // 第三部分 of a text whose parts are numbered 一、二、三、 or 1. 2. 3.; only if it certainly means this text, because it
      // may be a part of anything.
      if (!draft.own) return undefined;
      const top = this.analysis.headings.find(({ marker, level }) => marker && level === 1)?.marker?.family;
      row = top && top !== 'article' && top !== 'chapter' ? this.rowAt(top, start) : undefined;
      const mixed = top !== 'decimal' && row?.sections.some(({ level }) => level !== row?.sections[0]?.level);
      if (!row || mixed) return undefined;
    }
    if (!row && unit === 'article' && draft.own) row = this.clausesAt(start);
    if (!row || row.sections.length < 2) return undefined;
    const target = row.byNumber.get(key);
    if (insertion !== undefined) {
      // 第一条之二 is missing if 第一条 is unique, even if 之一 and 之三 leave a gap. No other number is near it.
      return { target, certain: row.sound || value > row.last || (row.unique && row.byNumber.has(String(value))) };
    }
    const certain = row.sound || value > row.last;
    return { target, certain, ...(!target && certain && { nearest: nearestTo(value, row.sections) }) };
  }

  /** What 本决定第五条 counts in a text without 第X条: the clauses that run on through it, or else its highest sections. */
  private clausesAt(offset: number): Row | undefined {
    const rows = CLAUSES.map((family) => this.rowAt(family, offset));
    const running = rows.find((row) => row?.sections.some(({ list }) => list?.running));
    if (running) return running;
    const top = this.analysis.headings.find(({ marker, level }) => marker && level === 1)?.marker?.family;
    return top === 'chinese' || top === 'arabic' ? this.rowAt(top, offset) : undefined;
  }

  /** 第二款, 前款, 前两款: paragraphs are not numbered; they are lines of the article. */
  private findParagraph({ value, start }: ParsedPart, inside: Section | undefined, index: number): Found {
    if (value >= 0) {
      if (!inside) return index > 0 ? { target: undefined, certain: false } : undefined;
      if (inside.marker?.family !== 'article') return { target: undefined, certain: false };
      const paragraphs = this.paragraphsOf(inside);
      // The paragraphs of a treaty's article are numbered 一、二、 below its title.
      if (paragraphs.length <= 1 && inside.children[0]?.marker?.family === 'chinese') {
        const target = childNumbered(inside, value);
        return target ? { target, place: target.span.start, certain: false } : { target: undefined, certain: false };
      }
      const place = paragraphs[value - 1];
      return {
        target: undefined,
        certain: place === undefined,
        ...(place === undefined ? { nearest: paragraphs.length } : { place }),
      };
    }
    const article = lastBefore(this.rowAt('article', start)?.sections ?? [], startOf, start);
    if (!article || start > article.span.end) return undefined;
    const paragraphs = this.paragraphsOf(article);
    const lineStart = this.analysis.lines.start(this.analysis.lines.lineAt(start));
    // For 前款 in an item it is the paragraph that contains the items.
    const here = paragraphs.findLastIndex((place) => place < lineStart);
    const at = here + 1 + value;
    const place = paragraphs[at];
    if (place === undefined) return undefined;
    return { target: at === 0 ? article : undefined, place, certain: false };
  }

  /**
   * Starts of the paragraphs (款) of `article`, without items. The first begins with its line; a line continues the
   * paragraph before it unless that has ended in a full stop.
   */
  private paragraphsOf(article: Section): number[] {
    const { text, lines } = this.analysis;
    const places: number[] = [];
    const first = lines.lineAt(article.span.start);
    let ended = true;
    for (let line = first; line < lines.count && lines.start(line) < article.span.end; line++) {
      const start = lines.start(line);
      const end = lines.end(line);
      const words = text.slice(start, end).trim();
      if (words === '') continue;
      const child = lastBefore(article.children, startOf, end);
      const isItem = child !== undefined && child.span.start >= start && line !== first;
      // Items that end in ； before a paragraph of their own occur too.
      if (!isItem && (ended || followsItems(article, start))) places.push(start);
      ended = /[。！？…][”’」』）)*]*$/.test(words);
    }
    return places;
  }

  /** The section whose items a plain 第（三）项 means: the enclosing article or list. */
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

/** Whether the item of `article` before `offset` is its last, so that the text at `offset` is outside the items. */
function followsItems({ children }: Section, offset: number): boolean {
  const last = children.at(-1);
  return last !== undefined && last.span.start < offset;
}

/** Whether it refers to the surrounding article, like 前款, 前条 and 第（三）项 without an article. */
function isWithinArticle({ parts }: ParsedReference): boolean {
  const [first] = parts;
  return first !== undefined && (first.value < 0 || first.unit === 'item');
}

/** Characters of a sentence that are looked at for what it amends. */
const MAX_AMENDMENT = 60;
/** What a decision that amends another text says of its parts. */
const AMENDS = /修改为|修改為|改为第|改為第|删去|刪去|增加[一两二三四五]?[款项項条條]|作为第|作為第/;

interface Resolved {
  readonly draft: ParsedReference;
  readonly reference: Reference;
  /** The section that certainly contains its first part, if any. */
  readonly holder: Section | undefined;
}

type Found =
  | {
      readonly target: Section | undefined;
      readonly certain: boolean;
      readonly place?: number;
      readonly nearest?: number | undefined;
    }
  | undefined;

/** The number among those of `sections` that is nearest to `value`. */
function nearestTo(value: number, sections: readonly Section[]): number | undefined {
  let nearest: number | undefined;
  for (const { marker } of sections) {
    const number = marker?.value;
    if (number === undefined || !Number.isFinite(number)) continue;
    if (nearest === undefined || Math.abs(number - value) < Math.abs(nearest - value)) nearest = number;
  }
  return nearest;
}

/** The children of a section by number; undefined for a duplicate number. */
const numberedChildren = new AnalysisMemo<ReadonlyMap<number, Section | undefined>, Section>((section) => {
  const children = new Map<number, Section | undefined>();
  for (const child of section.children) {
    const number = child.marker?.value;
    if (number !== undefined) children.set(number, children.has(number) ? undefined : child);
  }
  return children;
});

/** The child of `section` with the number `value`, if there is exactly one. */
function childNumbered(section: Section | undefined, value: number): Section | undefined {
  return section && numberedChildren.of(section).get(value);
}

/** Whether `section` has lists without a break, all of which end before `value`. */
function endsBefore(section: Section | undefined, value: number): boolean {
  const items = section?.children.filter(({ marker }) => marker?.family === 'chineseBracket') ?? [];
  return (
    items.length > 1 && items.every(({ marker, list }) => list?.breaks.length === 0 && (marker?.value ?? 0) < value)
  );
}

const startOf = ({ span }: Section) => span.start;

/** Index of the last of `items`, sorted by start, that starts at or before `offset`; -1 if none does. */
function lastIndexBefore<Item>(items: readonly Item[], start: (item: Item) => number, offset: number): number {
  return partitionPoint(items.length, (index) => start(items[index] as Item) <= offset) - 1;
}

function lastBefore<Item>(items: readonly Item[], start: (item: Item) => number, offset: number): Item | undefined {
  return items[lastIndexBefore(items, start, offset)];
}
