/**
 * Drafts that ought to agree: a report and its summary, the plan and the budget beside the work report of one year.
 * Titles, or the writer, say which drafts belong together; their statements show where they differ.
 */
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { indicatorGroups, isMeasured } from './conflicts';
import { agrees } from './quantity';
import { writingYear } from './sectionTimes';
import type { Statement } from './statement';
import { statementsOf } from './statements';

/** Statements of two drafts that cannot both be true. */
export interface Difference {
  readonly one: Statement;
  readonly other: Statement;
}

/** Suffix of a title that marks a derived version: （摘要）, 简版. */
const DERIVED =
  /[（(—\-·：:]{0,2}(?:内容)?(?:摘要|简本|简版|简稿|简写本|精简版|缩写稿|提要|摘编|节选|详版|全文|全本|摘要版|要点|解读|新闻稿|新闻通稿|口头汇报稿|汇报稿|宣读稿|书面稿)[）)]?$/;
/** Shorter titles do not identify a subject. */
const MIN_TITLE = 8;
const PLACE = /[\u4e00-\u9fff]{2,10}?(?:自治区|自治州|自治县|[省市县区州旗镇乡])/;
/** The reports that a people's congress hears together: on the work, the plan and the budget. */
const CONGRESS = [/政府工作报告/, /国民经济和社会发展计划|计划草案/, /预算.{0,12}(?:报告|草案)/] as const;

/** The title of a draft, without blanks; its first line if no title was recognised. */
export function titleOfDraft({ headings, text }: Analysis): string {
  const title = headings.find(({ kind }) => kind === 'title')?.title;
  const first = title ?? /\S.*/.exec(text.slice(0, 2_000))?.[0] ?? '';
  return first.replace(/[\s　#*《》]/g, '');
}

/** Keys derived from the title; drafts that ought to agree share one. */
function keysOf(analysis: Analysis): readonly string[] {
  const title = titleOfDraft(analysis);
  const keys: string[] = [];
  const stem = title.replace(DERIVED, '').replace(/^关于/, '');
  if (stem.length >= MIN_TITLE) keys.push(`title ${stem}`);
  if (congressReport(title) >= 0) {
    const place = PLACE.exec(title.replace(/^关于|(?:19|20)\d{2}年?/g, ''))?.[0] ?? '';
    const years = [...title.matchAll(/(?:19|20)\d{2}/g)].map(([year]) => Number(year));
    const year = years.length > 0 ? Math.max(...years) : writingYear(analysis);
    if (place !== '' && year !== undefined) keys.push(`congress ${place} ${year}`);
  }
  return keys;
}

/** Index of the report of {@link CONGRESS} that a title is of; -1 for none. */
function congressReport(title: string): number {
  return CONGRESS.findLastIndex((pattern) => pattern.test(title));
}

const keys = new AnalysisMemo(keysOf);

/** A draft among others. */
export interface NamedDraft {
  /** Its file or address. */
  readonly name: string;
  readonly analysis: Analysis;
}

/**
 * Pairs of `drafts` that ought to agree, each once, in their order: those that `named` lists together, and those whose
 * titles show it. Drafts with the same title are versions of one text, only one of which is valid, so they are not
 * paired.
 */
export function siblings<Named extends NamedDraft>(
  drafts: readonly Named[],
  named: readonly (readonly string[])[] = [],
): (readonly [Named, Named])[] {
  const groups = new Map<string, Named[]>();
  const join = (key: string, draft: Named) => {
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  };
  for (const draft of drafts) {
    for (const key of keys.of(draft.analysis)) join(key, draft);
    for (const [index, list] of named.entries()) if (list.includes(draft.name)) join(`named ${index}`, draft);
  }
  const pairs = new Map<Named, Set<Named>>();
  const found: (readonly [Named, Named])[] = [];
  for (const [key, group] of groups) {
    if (group.length > MAX_GROUP) continue;
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) {
        const [title, otherTitle] = [titleOfDraft(one.analysis), titleOfDraft(other.analysis)];
        if (key.startsWith('title ') && title === otherTitle) continue;
        // Two work reports under one key are reports of two years.
        if (key.startsWith('congress ') && congressReport(title) === congressReport(otherTitle)) continue;
        const known = pairs.get(one) ?? new Set<Named>();
        pairs.set(one, known);
        if (known.has(other)) continue;
        known.add(other);
        found.push([one, other]);
      }
    }
  }
  return found;
}

/** If more drafts than this share a title, it is the title of a form, not of one subject. */
const MAX_GROUP = 8;
/** A time found further away than the section around a figure is a guess. */
const MAX_DISTANCE = 2;

/**
 * Where `one` and `other` give the same indicator different values for the same time and owner. Nothing is reported if
 * one of them gives several values itself, or if they also agree on one.
 */
export function differences(one: Analysis, other: Analysis): Difference[] {
  const othersGroups = indicatorGroups(other);
  const [growing, othersGrowing] = [growth.of(one), growth.of(other)];
  const found: Difference[] = [];
  for (const [key, group] of indicatorGroups(one)) {
    const against = othersGroups.get(key);
    if (!against) continue;
    const matters = byMatter(against, othersGrowing);
    for (const [matter, statements] of byMatter(group, growing)) {
      const others = matters.get(matter);
      const [mine, yours] = [statements[0], others?.[0]];
      if (!mine || !yours || !others || !isOneValue(statements) || !isOneValue(others)) continue;
      if (!agrees(mine.quantity, yours.quantity)) found.push({ one: mine, other: yours });
    }
  }
  return found.sort((a, b) => a.one.start - b.one.start);
}

/** Growth stated right after its level, in one sentence: 粮食产量1200万吨，比上年增长2%. It is of the same indicator. */
const growth = new AnalysisMemo((analysis: Analysis): ReadonlySet<Statement> => {
  const found = new Set<Statement>();
  let before: Statement | undefined;
  const { text } = analysis;
  for (const one of statementsOf(analysis)) {
    const follows =
      before?.kind === 'level' &&
      one.kind === 'growth' &&
      one.inherited &&
      before.line === one.line &&
      before.sentence === one.sentence &&
      before.indicator === one.indicator &&
      before.scope === one.scope &&
      // 分别增长9%和6% belongs to the last two indicators.
      !text.slice(before.end, one.start).includes('分别') &&
      !/^[和、]\d/.test(text.slice(one.end, one.end + 2));
    if (before && follows && isMeasured(before)) found.add(one);
    before = one;
  }
  return found;
});

/**
 * Exact statements with a certain indicator and a stated year, grouped by time, owner and direction; planned and
 * reported values are kept apart.
 */
function byMatter(group: readonly Statement[], growing: ReadonlySet<Statement>): Map<string, Statement[]> {
  const matters = new Map<string, Statement[]>();
  for (const one of group) {
    if (!(isMeasured(one) || growing.has(one)) || !/^\d{4}/.test(one.time) || one.kind === 'base') continue;
    if (one.timeDistance > MAX_DISTANCE) continue;
    // 左右 and 以内 are said of aims, which another draft may report as reached.
    if (one.quantity.qualifier !== 'exact') continue;
    const key = [one.time, one.scope, one.planned, one.direction].join('|');
    const same = matters.get(key);
    if (same) same.push(one);
    else matters.set(key, [one]);
  }
  return matters;
}

function isOneValue(statements: readonly Statement[]): boolean {
  return statements.every(({ quantity }) => agrees(quantity, (statements[0] as Statement).quantity));
}
